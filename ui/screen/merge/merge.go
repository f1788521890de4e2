// Package merge joins two clients that are the same one: both stand side by
// side, a person says which stays, and all is undone as one.
package merge

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// merging is the dialog over two clients.
type merging struct {
	host screen.Host
	kind *model.Kind
	both [2]model.Keeper
	keep *input.Choice
	rows []list.Row
	grid *list.Grid
}

// Ask shows two clients side by side and makes one of them; then is called
// with the one that stays.
func Ask(ctx context.Context, h screen.Host, first, second int64, then func(kept int64, b store.Batch)) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) ([2]model.Keeper, error) {
		var both [2]model.Keeper
		for i, id := range []int64{first, second} {
			rec, err := session.Get(ctx, "client", id)
			if err != nil {
				return both, err
			}
			both[i] = rec
		}
		return both, nil
	}, func(both [2]model.Keeper) { show(ctx, h, both, then) })
}

func show(ctx context.Context, h screen.Host, both [2]model.Keeper, then func(kept int64, b store.Batch)) {
	t := h.Words().T
	m := &merging{host: h, kind: h.Session().Registry().Kind("client"), both: both}
	m.keep = input.NewChoice([]input.Option{{Key: "0", Text: m.name(0)}, {Key: "1", Text: m.name(1)}})
	m.keep.Set("0")
	m.grid = list.NewGrid([]list.Column{
		{Key: "field", Title: t("filter.field"), Width: 140, NoSort: true},
		{Key: "first", Title: m.name(0), Width: 220, Grow: true, NoSort: true},
		{Key: "second", Title: m.name(1), Width: 220, Grow: true, NoSort: true},
	}, m)
	m.keep.OnChange = m.fill
	m.fill()
	hint := widget.NewLabel(t("merge.hint"))
	hint.Wrapping = fyne.TextWrapWord
	h.Dialog(&screen.Dialog{
		Title: t("merge.title"), Size: fyne.NewSize(720, 480), Focus: m.keep,
		Content: container.NewBorder(container.NewVBox(input.NewLabelled(t("merge.keep"), m.keep, false, 90), hint), nil, nil, nil, m.grid),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("merge.do"), Primary: true, Do: func() { m.apply(ctx, then) }}},
	})
}

// name says which of the two it is.
func (m *merging) name(i int) string {
	return screen.RefText(model.Ref{Code: m.both[i].Base().Number, Name: m.kind.TitleOf(m.both[i])})
}

// chosen is the place of the one that stays, and of the one that goes.
func (m *merging) chosen() (keep, drop int) {
	if m.keep.Value() == "1" {
		return 1, 0
	}
	return 0, 1
}

// fill lists the fields that either has, and marks what stays.
func (m *merging) fill() {
	keep, drop := m.chosen()
	m.rows = nil
	add := func(label string, texts [2]string) {
		if texts[0] == "" && texts[1] == "" {
			return
		}
		cells := []list.Cell{{Text: label, Tone: theme.Muted}, {Text: texts[0]}, {Text: texts[1]}}
		switch {
		case texts[keep] == texts[drop]:
		case texts[keep] != "":
			cells[keep+1].Bold, cells[drop+1].Tone, cells[drop+1].Strike = true, theme.Muted, true
		default:
			cells[drop+1].Bold = true // what the first lacks it takes from the second
		}
		m.rows = append(m.rows, list.Row{Cells: cells})
	}
	session := m.host.Session()
	for _, f := range m.kind.Fields {
		if f.Hidden || f.Computed || f.Type == model.Bytes || !session.Sees(f) || slices.Contains([]string{"created", "changed"}, f.Name) {
			continue
		}
		var texts [2]string
		for i, rec := range m.both {
			if v := f.Value(rec); !field.Empty(v) {
				texts[i] = field.Text(m.host, m.kind.Name, f, v)
			}
		}
		add(m.host.Words().Field(m.kind.Name, f.Name), texts)
	}
	for _, p := range m.kind.Parts {
		var texts [2]string
		for i, rec := range m.both {
			if n := p.Len(rec); n > 0 {
				texts[i] = m.host.Words().Int(int64(n))
			}
		}
		if texts[0] != "" || texts[1] != "" { // rows of both are kept
			m.rows = append(m.rows, list.Row{Cells: []list.Cell{{Text: m.host.Words().Kinds(p.Kind.Name), Tone: theme.Muted}, {Text: texts[0], Bold: true}, {Text: texts[1], Bold: true}}})
		}
	}
	m.grid.Invalidate()
}

// Len implements list.Source.
func (m *merging) Len() int { return len(m.rows) }

// Window implements list.Source.
func (m *merging) Window(from, to int) { m.grid.SetRows(from, m.rows[from:min(to, len(m.rows))]) }

// apply makes them one.
func (m *merging) apply(ctx context.Context, then func(kept int64, b store.Batch)) {
	h := m.host
	k, d := m.chosen()
	keep, drop := m.both[k].Base().ID, m.both[d].Base().ID
	name, session := m.name(k), h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (store.Batch, error) {
		return session.Merge(ctx, keep, drop)
	}, func(b store.Batch) {
		h.Saved("client", keep, drop)
		h.Done(h.Words().T("merge.done", "name", name), b)
		if then != nil {
			then(keep, b)
		}
	})
}
