package decide_test

import (
	"context"
	"strings"
	"testing"

	"ugoda/model/proposal"
	"ugoda/service/approvals"
	"ugoda/service/demo/demotest"
	"ugoda/store/storetest"
	"ugoda/ui/screen/decide"
	"ugoda/ui/screen/screentest"
)

// An answer is given to what stands in the box: what was changed meanwhile is
// shown as it is now, and then it is answered.
func TestAnswersWhatIsShown(t *testing.T) {
	ctx := context.Background()
	s := demotest.Small(t, storetest.SQLite(t), 3, 0).System()
	all, err := approvals.Queue(ctx, s)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d wait, %v", len(all), err)
	}
	id := all[0].Proposal.ID
	get := func() *proposal.Proposal {
		t.Helper()
		rec, err := s.Get(ctx, "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		return rec.(*proposal.Proposal)
	}
	h := screentest.New(t, s)
	done := 0
	decide.Open(ctx, h, id, func() { done++ })
	if len(h.Dialogs) != 1 {
		t.Fatal("no box")
	}
	p := get()
	for i := range p.Variants[0].Lines {
		p.Variants[0].Lines[i].Discount = 9000
	}
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	h.Dialogs[0].Enter()
	if p = get(); p.Status != proposal.Awaiting || done != 0 {
		t.Fatalf("it was approved unseen: %s", p.Status)
	}
	if len(h.Dialogs) != 2 || h.Dialogs[0].Open() || !h.Dialogs[1].Open() {
		t.Fatal("it is not shown as it is now")
	}
	if said := strings.Join(h.Said, "\n"); !strings.Contains(said, "змінили") {
		t.Errorf("said %q", said)
	}
	h.Dialogs[1].Enter()
	if p = get(); p.Status != proposal.Approved || done != 1 {
		t.Errorf("%s, answered %d times", p.Status, done)
	}
}
