// Package timeline shows what happened with a deal or a client: activities,
// letters, documents and moves, with a box for a note on top.
package timeline

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/reports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/theme"
)

// Width of the panel at zoom 100.
const Width = 340

// most is how many events of each sort are read.
const most = 60

// Panel is the timeline of one record.
type Panel struct {
	Content fyne.CanvasObject
	// OnRead is told the events, whenever they were read.
	OnRead func([]reports.Event)

	host screen.Host
	ctx  context.Context
	kind string
	id   int64
	fill func() map[string]any
	note *input.Entry
	list *fyne.Container

	scroll *container.Scroll
	views  []*eventView
	at     int // of the event that takes the keyboard
}

// New makes the panel of a deal or a client; fill gives a new note and a new
// activity what ties them to it.
func New(ctx context.Context, h screen.Host, kind string, id int64, fill func() map[string]any) *Panel {
	p := &Panel{host: h, ctx: ctx, kind: kind, id: id, fill: fill, list: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	t := h.Words()
	p.note = input.NewMulti(2)
	p.note.SetPlaceHolder(t.T("timeline.note_hint"))
	add := input.NewButton(t.T("timeline.add_note"), p.addNote).Framed()
	plan := input.NewButton("+ "+t.Kind("activity"), p.Plan).Framed()
	box := container.NewVBox(p.note, container.NewHBox(add, layout.NewSpacer(), plan))
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Scaled(8)), p.list))
	padded := container.New(layout.NewCustomPaddedLayout(6, 4, 8, 8), container.NewBorder(box, nil, nil, nil, p.scroll))
	p.Content = container.New(&fixed{}, widget.NewSeparator(), padded)
	return p
}

// fixed gives the panel its width and a line at its left.
type fixed struct{}

// MinSize is the width of the panel.
func (*fixed) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(Width), theme.Row()*6)
}

// Layout puts the line at the left edge.
func (*fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(1, size.Height))
	o[1].Move(fyne.NewPos(1, 0))
	o[1].Resize(size.SubtractWidthHeight(1, 0))
}

// Read reads the events anew.
func (p *Panel) Read(id int64) {
	p.id = id
	s, kind := p.host.Session(), p.kind
	screen.Read(p.ctx, p.host, func(ctx context.Context) ([]reports.Event, error) {
		return reports.Timeline(ctx, s, kind, id, most)
	}, func(events []reports.Event) {
		p.show(events)
		if p.OnRead != nil {
			p.OnRead(events)
		}
	})
}

// Plan opens a small form for a new activity.
func (p *Panel) Plan() {
	p.host.Edit("activity", 0, p.fill(), func(model.Ref) { p.Read(p.id) })
}

// addNote keeps what was typed as a note.
func (p *Panel) addNote() {
	words := p.note.Text
	if words == "" {
		p.host.Canvas().Focus(p.note)
		return
	}
	s, fill := p.host.Session(), p.fill()
	screen.Read(p.ctx, p.host, func(ctx context.Context) (int64, error) { return KeepNote(ctx, s, words, fill) }, func(id int64) {
		p.note.SetText("")
		p.host.Saved("activity", id)
		p.Read(p.id)
	})
}

// KeepNote saves a note; fill gives its fields.
func KeepNote(ctx context.Context, s *store.Session, words string, fill map[string]any) (int64, error) {
	rec, err := s.New(ctx, "activity")
	if err != nil {
		return 0, err
	}
	a := rec.(*deal.Activity)
	k := s.Registry().Kind("activity")
	for name, v := range fill {
		if err := model.Assign(k.Field(name).Ptr(a), v); err != nil {
			return 0, err
		}
	}
	a.Type, a.Done, a.Due, a.Note = "note", true, s.Today(), words
	if err := s.Save(ctx, "activity", a); err != nil {
		return 0, err
	}
	return a.ID, nil
}

// show draws the events.
func (p *Panel) show(events []reports.Event) {
	had := p.focused()
	p.list.RemoveAll()
	p.views = nil
	t := p.host.Words()
	planned := true
	for i, e := range events {
		if e.Open && i == 0 {
			p.list.Add(heading(t.T("timeline.planned")))
		}
		if !e.Open && planned {
			planned = false
			p.list.Add(heading(t.T("timeline.was")))
		}
		p.list.Add(p.row(e))
	}
	if len(events) == 0 {
		l := widget.NewLabel(t.T("timeline.empty"))
		l.Wrapping, l.Importance = fyne.TextWrapWord, widget.LowImportance
		p.list.Add(l)
	}
	p.list.Refresh()
	p.scroll.Refresh() // there may be more of it now
	p.at = min(p.at, max(len(p.views)-1, 0))
	if had && len(p.views) > 0 {
		p.host.Canvas().Focus(p.views[p.at])
	}
}

// focused reports that one of the events has the keyboard.
func (p *Panel) focused() bool {
	c := p.host.Canvas()
	if c == nil {
		return false
	}
	v, ok := c.Focused().(*eventView)
	return ok && slices.Contains(p.views, v)
}

// step gives the keyboard to an event further on.
func (p *Panel) step(from *eventView, by int) {
	at := slices.Index(p.views, from)
	if at < 0 {
		return
	}
	p.at = min(max(at+by, 0), len(p.views)-1)
	v := p.views[p.at]
	p.host.Canvas().Focus(v)
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(v).Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(p.scroll).Y
	switch high := v.Size().Height; {
	case y < 0:
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, y))
	case y+high > p.scroll.Size().Height:
		p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, y+high-p.scroll.Size().Height))
	}
}

func heading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// row is one event.
func (p *Panel) row(e reports.Event) fyne.CanvasObject {
	v := newEventView(p.host, e, func() { p.open(e) })
	place := len(p.views)
	p.views = append(p.views, v)
	v.current = func() bool { return p.at == place }
	v.step = p.step
	if !e.Open {
		return v
	}
	v.finish = func() { p.finish(e.ID) }
	done := input.NewButton(p.host.Words().Action("activity", "finish"), func() { p.finish(e.ID) }).Framed()
	return container.NewBorder(nil, nil, nil, container.NewVBox(done), v)
}

// finish asks what came of an activity, and the next step.
func (p *Panel) finish(id int64) {
	act.AskAndRun(p.ctx, p.host, "activity", id, "finish", nil, func() { p.Read(p.id) })
}

// open opens what an event is about.
func (p *Panel) open(e reports.Event) {
	switch {
	case e.Kind == "move" && p.kind == "deal":
	case e.Kind == "move":
		p.host.Open(screen.ToCard("deal", e.ID))
	case e.Kind == "activity":
		p.host.Edit("activity", e.ID, nil, func(model.Ref) { p.Read(p.id) })
	default:
		p.host.Open(screen.ToCard(e.Kind, e.ID))
	}
}

// Next is the earliest open activity among events, nil when there is none.
func Next(events []reports.Event) *reports.Event {
	for i := range events {
		if events[i].Open {
			return &events[i]
		}
	}
	return nil
}
