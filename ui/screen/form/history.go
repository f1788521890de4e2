package form

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// How much of a history is shown at once: a window draws each line of it.
const (
	historySaves  = 200 // saves, the latest first
	historyFields = 40  // fields of one save
)

// chronicle shows who changed what, and when: a line for each save, and under
// it its fields.
type chronicle struct {
	b    *below
	box  *fyne.Container
	foot *fyne.Container
	seen int64 // how many saves stand there
	last int64 // id of the earliest of them
}

// readHistory shows the latest saves.
func (b *below) readHistory() {
	c := &chronicle{b: b, box: container.New(layout.NewCustomPaddedVBoxLayout(-7)), foot: container.NewHBox()}
	c.read(func() {
		var view fyne.CanvasObject = container.NewVBox(c.box, c.foot)
		if b.s.page != nil {
			view = input.NewScroll(view)
		}
		b.place.Objects = []fyne.CanvasObject{view}
		b.place.Refresh()
	})
}

// read reads the saves before those that stand there, and goes on with shown.
func (c *chronicle) read(shown func()) {
	s := c.b.s
	session, id, kind, before := s.host.Session(), s.address.ID, s.kind.Name, c.last
	type page struct {
		saves []store.Change
		all   int64
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) (p page, err error) {
		if p.saves, err = session.HistoryBefore(ctx, kind, id, before, historySaves); err == nil {
			p.all, err = session.CountHistory(ctx, kind, id)
		}
		return p, err
	}, func(p page) {
		c.add(p.saves, p.all)
		shown()
	})
}

// add puts further saves below, and says how many stand there of how many.
func (c *chronicle) add(saves []store.Change, all int64) {
	t := c.b.s.host.Words()
	for i := range saves {
		c.save(&saves[i])
		c.last = saves[i].ID
	}
	c.seen += int64(len(saves))
	c.foot.RemoveAll()
	switch {
	case c.seen == 0:
		c.foot.Add(widget.NewLabel(t.T("form.history_empty")))
	case c.seen < all:
		c.foot.Add(widget.NewLabel(t.T("form.history_part", "shown", c.seen, "all", all)))
		c.foot.Add(input.NewButton(t.T("form.history_earlier"), func() { c.read(func() { c.b.place.Refresh() }) }))
	}
}

// save is one of them.
func (c *chronicle) save(x *store.Change) {
	h, k := c.b.s.host, c.b.s.kind
	t := h.Words()
	who := x.User.Name
	if who == "" {
		who = "Ugoda"
	}
	head := widget.NewLabelWithStyle(t.Moment(x.At)+" · "+who+" · "+actionName(h, k, x.Action), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.Truncation = fyne.TextTruncateEllipsis
	c.box.Add(head)
	line := func(f store.FieldChange) fyne.CanvasObject {
		l := widget.NewLabel("    " + t.FieldPath(k.Name, f.Name) + ": " + was(h, k, f.Name, f.Old) + " → " + was(h, k, f.Name, f.New))
		l.Wrapping = fyne.TextWrapWord
		return l
	}
	first := min(len(x.Fields), historyFields)
	for _, f := range x.Fields[:first] {
		c.box.Add(line(f))
	}
	rest := x.Fields[first:]
	if len(rest) == 0 {
		return
	}
	place := container.New(layout.NewCustomPaddedVBoxLayout(-7))
	place.Add(container.NewHBox(input.NewButton(t.N("form.history_fields", int64(len(rest))), func() {
		place.RemoveAll()
		for _, f := range rest {
			place.Add(line(f))
		}
		c.box.Refresh()
	})))
	c.box.Add(place)
}

func actionName(h screen.Host, k *model.Kind, action string) string {
	t := h.Words()
	if k.Action(action) != nil {
		return t.Action(k.Name, action)
	}
	if key := "ui.history." + action; t.Has(key) {
		return t.T(key)
	}
	return action
}

// was is a value of the history in words.
func was(h screen.Host, k *model.Kind, name string, v any) string {
	if f := k.Field(name); f != nil {
		return said(h, k.Name, f, v)
	}
	if v == nil {
		return "—"
	}
	return h.Words().Value(v)
}

// said is a value in words, a dash for none.
func said(h screen.Host, kind string, f *model.Field, v any) string {
	if text := field.Text(h, kind, f, v); text != "" {
		return text
	}
	return "—"
}
