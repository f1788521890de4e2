package versions

import (
	"context"
	"testing"

	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// Other sides that are asked for are compared in the tab that is open; asked for
// none, it stays at those that were chosen.
func TestOtherSidesInTheSameTab(t *testing.T) {
	ctx := context.Background()
	s := demotest.Small(t, storetest.SQLite(t), 30, 0).System()
	where, err := filter.Parse(s.Registry(), "revision", "no = 2")
	if err != nil {
		t.Fatal(err)
	}
	ids, err := s.IDs(ctx, store.Query{Kind: "revision", Where: where, Limit: 1})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	rec, err := s.Get(ctx, "revision", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	to := screen.Address{Screen: Screen, Kind: "proposal", ID: rec.(*proposal.Revision).Proposal.ID}
	h := screentest.New(t, s)
	x, err := New(h, to.With(ArgOld, "1").With(ArgNew, "2"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	v := x.(*view)
	stands := func(old, now string) {
		t.Helper()
		if v.old.Value() != old || v.now.Value() != now || v.Address().Arg(ArgOld) != old || v.Address().Arg(ArgNew) != now {
			t.Errorf("%s beside %s, at %v; not %s and %s", v.old.Value(), v.now.Value(), v.Address(), old, now)
		}
	}
	stands("1", "2")
	v.Goes(to.With(ArgOld, "2").With(ArgNew, "1"))
	stands("2", "1")
	v.Goes(to)
	stands("2", "1")
}
