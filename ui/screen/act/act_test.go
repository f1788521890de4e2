package act

import (
	"context"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen/screentest"
)

// What is refused stands in the box, beside the question, which keeps what was
// answered; mended, it goes through.
func TestRefusalsAreMendedInTheBox(t *testing.T) {
	ctx := context.Background()
	base := demotest.Small(t, storetest.SQLite(t), 3, 0)
	s := base.System()
	one := func(kind, where string) int64 {
		t.Helper()
		n, err := filter.Parse(s.Registry(), kind, where)
		if err != nil {
			t.Fatal(err)
		}
		ids, err := s.IDs(ctx, store.Query{Kind: kind, Where: n, Limit: 1})
		if err != nil || len(ids) != 1 {
			t.Fatal(kind, where, ids, err)
		}
		return ids[0]
	}
	h := screentest.New(t, s) // it fails the test when an error is shown elsewhere
	id, other := one("deal", `state = "open"`), one("loss-reason", "needs_words = yes")
	ended := 0
	action := s.Registry().Kind("deal").Action("lose")
	b := newBox(h, "deal", action, nil, func(a model.Answers, end func(error)) {
		Try(ctx, h, "deal", id, "lose", a, func(_ model.Effects, err error) {
			end(err)
			if err == nil {
				ended++
			}
		})
	})
	b.show()
	reason, words := b.editors[0], b.editors[1]
	b.answer()
	if reason.Problem() == "" || !b.dialog.Open() {
		t.Fatal("no reason was asked for")
	}
	reason.Set(model.Ref{ID: other, Name: "Інше"})
	b.answer()
	if words.Problem() == "" || !b.dialog.Open() || ended != 0 {
		t.Fatalf("without words: %q is said, the box is open: %v", words.Problem(), b.dialog.Open())
	}
	if !b.note.Visible() || b.note.Text != words.Problem() {
		t.Errorf("the box says %q", b.note.Text)
	}
	if h.Canvas().Focused() != words.Focus {
		t.Error("the keyboard is not where the mistake is")
	}
	if r, _ := reason.Value().(model.Ref); r.ID != other {
		t.Error("the reason is forgotten")
	}
	words.Set("Переїхали за кордон")
	b.answer()
	if b.dialog.Open() || ended != 1 {
		t.Fatalf("mended, the box is open: %v; done %d times", b.dialog.Open(), ended)
	}
	rec, err := s.Get(ctx, "deal", id)
	if d := rec.(*deal.Deal); err != nil || d.State != deal.Lost || d.LossReason.ID != other || d.LossWords != "Переїхали за кордон" {
		t.Errorf("%+v %v", d, err)
	}
}

// What belongs to records of the kind is offered of this one alone: the
// revisions that a proposal may go back to.
func TestWhatIsAskedBelongsToTheRecord(t *testing.T) {
	ctx := context.Background()
	s := demotest.Small(t, storetest.SQLite(t), 30, 0).System()
	ids, err := s.IDs(ctx, store.Query{Kind: "revision"})
	if err != nil || len(ids) == 0 {
		t.Fatal(ids, err)
	}
	rec, err := s.Get(ctx, "revision", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	of := rec.(*proposal.Revision).Proposal
	h := screentest.New(t, s)
	b := newBox(h, "proposal", s.Registry().Kind("proposal").Action("take_up"), model.Answers{"proposal": of}, func(model.Answers, func(error)) {})
	offered, err := s.IDs(ctx, store.Query{Kind: "revision", Where: b.editors[0].Narrow()})
	if err != nil || len(offered) == 0 || len(offered) == len(ids) {
		t.Fatalf("offered %d of %d, %v", len(offered), len(ids), err)
	}
	for _, id := range offered {
		if rec, err = s.Get(ctx, "revision", id); err != nil || rec.(*proposal.Revision).Proposal.ID != of.ID {
			t.Errorf("offered %v, %v", rec, err)
		}
	}
}
