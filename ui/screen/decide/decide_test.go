package decide_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	p = get()
	p.Variants[0].Lines = append(p.Variants[0].Lines, proposal.Line{Text: "Монтаж", Quantity: 1000, Price: 7_777_700, VAT: "20", Optional: true})
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
	if most := h.Words().Money(get().Most()); !slices.Contains(texts(h.Dialogs[1].Content), most) {
		t.Errorf("the box does not say that it may come to %s: %q", most, texts(h.Dialogs[1].Content))
	}
	if said := strings.Join(h.Said, "\n"); !strings.Contains(said, "змінили") {
		t.Errorf("said %q", said)
	}
	h.Dialogs[1].Enter()
	if p = get(); p.Status != proposal.Approved || done != 1 {
		t.Errorf("%s, answered %d times", p.Status, done)
	}
}

// texts are the words of all labels in a tree of objects.
func texts(o fyne.CanvasObject) []string {
	var out []string
	switch o := o.(type) {
	case *widget.Label:
		out = append(out, o.Text)
	case *fyne.Container:
		for _, x := range o.Objects {
			out = append(out, texts(x)...)
		}
	case *container.Scroll:
		out = texts(o.Content)
	}
	return out
}
