package timeline

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/reports"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen/screentest"
	"ugoda/ui/theme"
)

type desk struct {
	h *screentest.Host
	s *store.Session
	d *deal.Deal
	p *Panel
}

// newDesk shows the timeline of an open deal with something planned.
func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 3, 0)
	s := b.System()
	ids, err := s.IDs(ctx, store.Query{Kind: "deal", Limit: 1, Where: filter.And{
		filter.Cond{Path: "state", Op: filter.Eq, Values: []filter.Value{filter.String(deal.Open)}},
		filter.Cond{Path: "next_due", Op: filter.NotEmpty},
	}})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	rec, err := s.Get(ctx, "deal", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	x := &desk{h: screentest.New(t, s), s: s, d: rec.(*deal.Deal)}
	x.p = New(ctx, x.h, "deal", x.d.ID, func() map[string]any { return map[string]any{"deal": x.d.Ref(), "client": x.d.Client} })
	x.h.Window().SetContent(x.p.Content)
	x.h.Window().Resize(fyne.NewSize(360, 300))
	return x
}

func press(v fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestNotesJoinTheTimeline(t *testing.T) {
	x := newDesk(t)
	var read []reports.Event
	x.p.OnRead = func(e []reports.Event) { read = e }
	x.p.Read(x.d.ID)
	before := len(read)
	if before == 0 || Next(read) == nil || !read[0].Open {
		t.Fatalf("%d events, the next step is %v", before, Next(read))
	}
	x.p.addNote() // nothing typed: the box takes the keyboard
	if x.h.Canvas().Focused() != fyne.Focusable(x.p.note) || len(read) != before {
		t.Error("an empty note was kept")
	}
	x.p.note.SetText("Просить знижку\nна монтаж")
	x.p.addNote()
	if len(read) != before+1 || x.p.note.Text != "" {
		t.Fatalf("%d events after a note, %d before; the box holds %q", len(read), before, x.p.note.Text)
	}
	found := false
	for _, e := range read {
		found = found || !e.Open && e.Kind == "activity" && strings.Contains(e.Title+e.Words, "на монтаж")
	}
	if !found {
		t.Error("the note is not among what has been")
	}
}

// The keyboard goes through the events: one stop for Tab, arrows within, Enter
// opens, Space finishes what is planned.
func TestEventsByKeys(t *testing.T) {
	x := newDesk(t)
	x.p.Read(x.d.ID)
	for _, note := range []string{"Перша нотатка", "Друга нотатка", "Третя нотатка", "Четверта нотатка"} {
		x.p.note.SetText(note)
		x.p.addNote()
	}
	views := x.p.views
	if len(views) < 6 {
		t.Fatalf("only %d events", len(views))
	}
	stops := func() (n int) {
		for _, v := range x.p.views {
			if !v.Disabled() {
				n++
			}
		}
		return n
	}
	if stops() != 1 || views[0].Disabled() {
		t.Errorf("%d events stop Tab", stops())
	}
	x.h.Canvas().Focus(views[0])
	press(views[0], fyne.KeySpace)
	if len(x.h.Dialogs) != 1 {
		t.Fatalf("%d boxes ask what came of it", len(x.h.Dialogs))
	}
	x.h.Dialogs[0].Close()
	press(views[0], fyne.KeyReturn)
	if a := x.h.Opened[len(x.h.Opened)-1]; a.Kind != "activity" || a.ID == 0 {
		t.Errorf("Enter opens %v", a)
	}
	press(views[0], fyne.KeyDown)
	if x.h.Canvas().Focused() != fyne.Focusable(views[1]) || stops() != 1 || views[1].Disabled() {
		t.Error("Down does not go to the next event")
	}
	press(views[1], fyne.KeyEnd)
	last := views[len(views)-1]
	if x.h.Canvas().Focused() != fyne.Focusable(last) {
		t.Fatal("End does not go to the last event")
	}
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y
	if y+last.Size().Height > 301 {
		t.Errorf("the last event ends at %.0f, the window at 300", y+last.Size().Height)
	}
	x.p.Read(x.d.ID) // read anew: the keyboard stays among the events
	if v, ok := x.h.Canvas().Focused().(*eventView); !ok || v != x.p.views[len(x.p.views)-1] {
		t.Error("the keyboard is lost when the timeline is read anew")
	}
}

func TestColourOfADay(t *testing.T) {
	today := model.Date(2026, 11, 25)
	for due, want := range map[model.Day]string{0: string(theme.Muted), today - 1: string(theme.Red), today: string(theme.Amber), today + 1: string(theme.Green)} {
		if got := DueTone(due, today); string(got) != want {
			t.Errorf("%v is %s", due, got)
		}
	}
}
