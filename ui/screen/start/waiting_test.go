package start_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ugoda/model/proposal"
	"ugoda/service/approvals"
	"ugoda/store/storetest"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
	"ugoda/ui/screen/start"
)

// queueGrid is the grid of what waits, among the others of the start screen.
func queueGrid(t *testing.T, x screen.Screen) *list.Grid {
	t.Helper()
	var found *list.Grid
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *fyne.Container:
			for _, x := range o.Objects {
				look(x)
			}
		case *list.Grid:
			if len(o.Columns()) > 0 && o.Columns()[0].Key == "proposal" {
				found = o
			}
		}
	}
	look(x.Content())
	if found == nil {
		t.Fatal("no queue of approvals on the start screen")
	}
	return found
}

// A head answers from the start screen, by keyboard: a return wants a word, and
// Enter in it approves nothing.
func TestApprovalsAreAnsweredOnStart(t *testing.T) {
	s := demoBase(t, storetest.SQLite(t))
	ctx := context.Background()
	waiting, err := approvals.Queue(ctx, s)
	if err != nil || len(waiting) < 2 {
		t.Fatalf("%d wait, %v", len(waiting), err)
	}
	h := screentest.New(t, s)
	x, err := start.New(h, screen.Address{Screen: "start", Args: map[string]string{"scope": "firm"}})
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	g := queueGrid(t, x)
	if g.Len() != len(waiting) {
		t.Fatalf("%d rows, %d wait", g.Len(), len(waiting))
	}
	cells := g.Row(0).Cells
	if !strings.Contains(cells[0].Text, waiting[0].Proposal.Number) || cells[2].Text != waiting[0].Rule() || cells[4].Text == "" {
		t.Errorf("the row says %+v", cells)
	}
	status := func(id int64) string {
		t.Helper()
		rec, err := s.Get(ctx, "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		return rec.(*proposal.Proposal).Status
	}
	for _, a := range x.(screen.Actor).Actions() {
		a.Do()
	}
	if h.Canvas().Focused() != fyne.Focusable(g) || g.FocusRow() != 0 {
		t.Fatalf("the keyboard is with %T, row %d", h.Canvas().Focused(), g.FocusRow())
	}
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(h.Dialogs) == 0 {
		t.Fatal("Enter opens nothing")
	}
	d := h.Dialogs[0]
	d.Typed(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.Press(d.Buttons[3]) // return, without a word
	if got := status(waiting[0].Proposal.ID); got != proposal.Awaiting {
		t.Fatalf("answered without a word: %s", got)
	}
	test.Type(d.Focus, "No more than 10 %")
	d.Press(d.Buttons[3])
	if got := status(waiting[0].Proposal.ID); got != proposal.Draft {
		t.Fatalf("returned: %s", got)
	}
	if g.Len() != len(waiting)-1 {
		t.Errorf("%d rows after an answer of %d", g.Len(), len(waiting))
	}
	g.Select(0)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	h.Dialogs[1].Enter()
	if got := status(waiting[1].Proposal.ID); got != proposal.Approved {
		t.Errorf("approved: %s", got)
	}
	if said := h.Words().T("approvals.done.approve", "number", waiting[1].Proposal.Number); !slices.Contains(h.Said, said) {
		t.Errorf("it says %q, not %q", h.Said, said)
	}
	x.Close()
}
