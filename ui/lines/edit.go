package lines

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/ui/input"
)

// edit is a cell being typed.
type edit struct {
	place
	entry *input.Entry     // a Text or a Number
	ref   *input.Reference // a Reference or an Option
	was   string           // what stood there
	over  bool             // is ending: leaving must not end it again
}

func (e *edit) object() fyne.CanvasObject {
	if e.ref != nil {
		return e.ref
	}
	return e.entry
}

func (e *edit) text() string {
	if e.ref != nil {
		return strings.TrimSpace(e.ref.Text)
	}
	return strings.TrimSpace(e.entry.Text)
}

// begin opens the editor of the cell with the cursor. With a text, that takes
// the place of what stands there, as typing over it does.
func (g *Grid) begin(typed string) {
	row, col := g.row, g.col
	if g.edit != nil || !g.editable(row, col) {
		return
	}
	var cell Cell
	if row < g.lines.Len() {
		cell = g.lines.Cell(row, col)
	}
	column := g.lines.Columns()[col]
	if column.Editor == Check {
		g.toggle(row, col, cell.Yes)
		return
	}
	g.anchorRow, g.anchorCol = row, col
	e := &edit{place: place{row, col}, was: typedText(cell)}
	if r, ok := g.rejected[e.place]; ok {
		e.was = r.text
	}
	editor := column.Editor
	if cell.Plain {
		editor = Text
	}
	switch editor {
	case Reference:
		e.ref = g.newReference(column, e)
		e.ref.Set(input.Item{ID: cell.Item.ID, Text: e.was})
	case Option:
		e.ref = g.newReference(column, e)
		e.ref.SetProvider(options(column.Options))
		e.ref.Set(input.Item{Text: e.was})
	default:
		e.entry = input.NewEntry()
		e.entry.SetText(e.was)
	}
	entry := e.entry
	if e.ref != nil {
		entry = &e.ref.Entry
	}
	entry.SetKeys(g.keyInCell)
	entry.OnTab = func(back bool) { g.tab(back) }
	leave := entry.OnLeave
	entry.OnLeave = func() {
		if leave != nil {
			leave()
		}
		if g.edit == e && !e.over {
			g.commit()
		}
	}
	g.edit = e
	g.Refresh()
	if c := canvasOf(g); c != nil {
		c.Focus(e.object().(fyne.Focusable))
	}
	for _, r := range typed {
		e.object().(fyne.Focusable).TypedRune(r)
	}
	if typed == "" && column.Editor == Option {
		e.ref.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
	}
}

func (g *Grid) newReference(column Column, e *edit) *input.Reference {
	ref := input.NewReference(column.Provider, g.runner, g.words.Reference)
	ref.Free = column.Free
	ref.OnPick = func() { g.entered(false) }
	if column.Editor == Reference {
		if g.OnPick != nil {
			ref.OnShowAll = func(text string) { g.OnPick(e.row, e.col, text) }
		}
		if g.OnCreate != nil {
			ref.OnCreate = func(text string) { g.OnCreate(e.row, e.col, text) }
		}
	}
	return ref
}

// options completes among a few values.
func options(all []input.Option) input.Provider {
	return input.ProviderFunc(func(_ context.Context, text string) ([]input.Item, error) {
		var found []input.Item
		for i, o := range all {
			if strings.Contains(strings.ToLower(o.Text), strings.ToLower(strings.TrimSpace(text))) {
				found = append(found, input.Item{ID: int64(i + 1), Text: o.Text})
			}
		}
		return found, nil
	})
}

func (g *Grid) toggle(row, col int, was bool) {
	g.together(func() {
		row = g.grown(row)
		g.judge(row, col, "", g.lines.Set(row, col, yes(!was)))
	})
	g.changed()
}

// grown makes a line of the empty one at the end.
func (g *Grid) grown(row int) int {
	if row >= g.lines.Len() {
		row = g.lines.Insert(g.lines.Len())
	}
	return row
}

// commit ends the typing and takes what was typed. What is refused stays in
// the cell, marked; the typing has ended all the same, so nobody is locked in.
func (g *Grid) commit() bool {
	e := g.edit
	if e == nil {
		return true
	}
	e.over = true
	ok := true
	text := e.text()
	_, refused := g.rejected[e.place]
	if text != strings.TrimSpace(e.was) || refused || e.ref != nil && e.ref.Value().ID != 0 && e.row < g.lines.Len() && e.ref.Value().ID != g.lines.Cell(e.row, e.col).Item.ID {
		g.together(func() { ok = g.take(e, text) })
		defer g.changed()
	}
	g.endEdit()
	return ok
}

func (g *Grid) take(e *edit, text string) bool {
	row := e.row
	if text == "" && row >= g.lines.Len() {
		return true
	}
	row = g.grown(row)
	if e.ref != nil && g.lines.Columns()[e.col].Editor == Reference {
		v := e.ref.Value()
		if v.ID != 0 && v.Text == e.ref.Text || text == "" {
			return g.judge(row, e.col, text, g.lines.SetItem(row, e.col, v))
		}
	}
	return g.set(row, e.col, text)
}

func (g *Grid) cancelEdit() {
	if g.edit != nil {
		g.edit.over = true
		g.endEdit()
	}
}

// endEdit closes the editor and brings the keyboard back to the grid, if the
// editor had it.
func (g *Grid) endEdit() {
	e := g.edit
	c := canvasOf(g)
	had := c != nil && any(c.Focused()) == any(e.object())
	if had {
		c.Focus(g)
	}
	g.edit = nil
	g.Refresh()
}

// enter goes on to the next cell that can be typed; past the last one, to the
// next line, which is the empty one at the end.
func (g *Grid) enter(back bool) {
	g.refocus()
	g.commit()
	by := 1
	if back {
		by = -1
	}
	if col := g.nextEditable(g.col, by); col >= 0 && !(g.col == -1) {
		g.moveTo(g.row, col, false)
		return
	}
	g.nextLine(back)
}

// nextLine goes to the first cell that can be typed of the next line that has
// one; back, to the last one of the line before.
func (g *Grid) nextLine(back bool) {
	by, was := 1, g.row
	if back {
		by = -1
	}
	for row := g.row + by; row >= 0 && row < g.rows(); row += by {
		g.row = row
		first := -1
		for c := range g.lines.Columns() {
			if g.editable(row, c) && (first < 0 || back) {
				first = c
			}
		}
		if first < 0 && row+by >= 0 && row+by < g.rows() {
			continue
		}
		g.row = was
		g.moveTo(row, max(first, 0), false)
		return
	}
	g.row = was
}

// entered goes on as Enter does: where nothing is left to type in the last
// line, to the empty one.
func (g *Grid) entered(back bool) {
	row, col := g.row, g.col
	g.refocus()
	g.commit()
	s, ok := g.lines.(Stepper)
	if !back && ok && row < g.lines.Len() && len(g.rejected) == 0 && g.row == row && s.Done(row, col) {
		g.nextLine(false)
		return
	}
	g.enter(back)
}

// refocus takes the keyboard from the editor, so that it can be closed.
func (g *Grid) refocus() {
	if g.edit == nil {
		return
	}
	g.edit.over = true
	if c := canvasOf(g); c != nil {
		c.Focus(g)
	}
}

// tab moves like enter, and leaves the grid at its ends.
func (g *Grid) tab(back bool) {
	last := g.row == g.rows()-1 && g.nextEditable(g.col, 1) < 0 || g.row == g.lines.Len() && g.edit == nil
	first := g.row == 0 && g.nextEditable(g.col, -1) < 0
	if !back && !last || back && !first {
		g.enter(back)
		return
	}
	g.refocus()
	g.commit()
	c := canvasOf(g)
	if c == nil {
		return
	}
	if back {
		c.FocusPrevious()
	} else {
		c.FocusNext()
	}
}
