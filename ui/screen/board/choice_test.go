package board

import (
	"context"
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// A board shows one salesperson's deals when asked to, and comes back so.
func TestBoardOfOneManagerIsRemembered(t *testing.T) {
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 7, 0)
	h := screentest.New(t, b.System())
	open := func() *Screen {
		t.Helper()
		x, err := New(h, screen.Address{Screen: "board"})
		if err != nil {
			t.Fatal(err)
		}
		h.Show(x)
		return x.(*Screen)
	}
	count := func(s *Screen) int {
		n := 0
		for _, c := range s.source.Columns() {
			n += c.Len
		}
		return n
	}
	s := open()
	all := count(s)
	rows, err := h.Session().Page(ctx, store.Query{Kind: "deal", Columns: []string{"manager"}, Where: mustParse(t, h.Session(), s.where()), Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal(rows, err)
	}
	who, _ := rows[0].Cells[0].(model.Ref)
	s.manager.Set(who)
	s.manager.OnChange()
	want, err := h.Session().Count(ctx, store.Query{Kind: "deal", Where: mustParse(t, h.Session(), s.where())})
	if err != nil || int64(count(s)) != want || want == 0 || int(want) >= all {
		t.Errorf("%d cards of %d, %d in the list, %v", count(s), all, want, err)
	}
	again := open()
	if got, _ := again.manager.Value().(model.Ref); got.ID != who.ID || int64(count(again)) != want {
		t.Errorf("came back with %v and %d cards", got, count(again))
	}
}

func mustParse(t *testing.T, s *store.Session, text string) filter.Node {
	t.Helper()
	n, err := filter.Parse(s.Registry(), "deal", text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
