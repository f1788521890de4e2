package list

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

type region int

const (
	nowhere region = iota
	inHead
	onEdge // between two heads: drags the width of the left one
	inBody
	belowRows
	onBar
	onFlatBar
)

// drag is what the pressed button is doing.
type drag struct {
	part   region
	col    int // in shown
	from   fyne.Position
	grab   float32 // where within the thumb, or the width at the start
	moved  bool
	target int // a moved column goes before this one of shown
	row    int
	link   bool
	button desktop.MouseButton
	mod    fyne.KeyModifier
	before []column // while an edge is dragged: the columns as they were
}

type click struct {
	row int
	at  time.Time
	pos fyne.Position
}

// hit finds what lies at a place: the part, the row (inBody) and the column of
// shown, -1 for none.
func (g *Grid) hit(p fyne.Position) (region, int, int) {
	d := &g.dims
	col := -1
	for i, c := range g.shown {
		if x := c.x - g.left; p.X >= x && p.X < x+c.w {
			col = i
		}
	}
	if p.Y < d.head {
		for i, c := range g.shown {
			if edge := c.x + c.w - g.left; math.Abs(float64(p.X-edge)) <= 4 {
				return onEdge, -1, i
			}
		}
		return inHead, -1, col
	}
	if d.vertical && p.X >= d.size.Width-d.bar {
		return onBar, -1, -1
	}
	if d.horizontal && p.Y >= d.size.Height-d.bar {
		return onFlatBar, -1, -1
	}
	row := int(math.Floor((g.top + float64(p.Y-d.head)) / float64(d.row)))
	if row < 0 || row >= d.n {
		return belowRows, -1, col
	}
	return inBody, row, col
}

// rowY is where a row stands within the grid.
func (g *Grid) rowY(row int) float32 {
	return g.dims.head + float32(math.Round(float64(row)*float64(g.dims.row)-g.top))
}

func (g *Grid) key(col int) string {
	if col < 0 || col >= len(g.shown) {
		return ""
	}
	return g.shown[col].Key
}

// MouseDown is for Fyne. Everything happens on the press, so that no click
// waits for the second one of a double click.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	g.hideTip()
	if c := canvasOf(g); c != nil && c.Focused() != fyne.Focusable(g) {
		c.Focus(g)
	}
	part, row, col := g.hit(e.Position)
	g.drag = drag{part: part, col: col, from: e.Position, row: row, button: e.Button, mod: e.Modifier, target: -1}
	if e.Button == desktop.MouseButtonSecondary {
		g.pressMenu(part, row, col, e)
		return
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	switch part {
	case onEdge:
		g.pressEdge(col)
	case onBar:
		g.pressBar(e.Position)
	case onFlatBar:
		g.pressFlatBar(e.Position)
	case inBody:
		g.pressRow(row, col, e)
	case belowRows:
		if e.Modifier == 0 && g.selected.Count() > 0 {
			g.ClearSelection()
		}
	}
}

func (g *Grid) pressMenu(part region, row, col int, e *desktop.MouseEvent) {
	switch part {
	case inHead, onEdge:
		if g.OnHeadMenu != nil {
			g.OnHeadMenu(g.key(col), e.AbsolutePosition)
		}
	case inBody, belowRows:
		if row >= 0 && !g.selected.Contains(row) {
			g.pick(row, false, false)
		} else if row >= 0 {
			g.focus = row
			g.repaint()
		}
		if g.OnMenu != nil {
			g.OnMenu(row, g.key(col), e.AbsolutePosition)
		}
	}
}

// pressEdge fits a column to what stands in it on a double click.
func (g *Grid) pressEdge(col int) {
	c := g.shown[col]
	g.drag.grab = c.w
	now := g.now()
	if now.Sub(g.clicked.at) < fyne.CurrentApp().Driver().DoubleTapDelay() && g.clicked.row == -2-col {
		g.fitColumn(col)
		g.drag.part = nowhere
		g.clicked = click{row: -1}
		return
	}
	g.clicked = click{row: -2 - col, at: now}
}

func (g *Grid) pressRow(row, col int, e *desktop.MouseEvent) {
	now := g.now()
	last := g.clicked
	g.clicked = click{row: row, at: now, pos: e.Position}
	ctrl := e.Modifier&fyne.KeyModifierShortcutDefault != 0
	shift := e.Modifier&fyne.KeyModifierShift != 0
	if !ctrl && !shift && last.row == row && now.Sub(last.at) < fyne.CurrentApp().Driver().DoubleTapDelay() &&
		math.Abs(float64(e.Position.X-last.pos.X)) < 6 {
		g.clicked = click{row: -1}
		g.drag.part = nowhere
		if r := g.rows.At(row); r == nil || r.Group == nil {
			g.open(row)
		}
		return
	}
	if r := g.rows.At(row); r != nil && r.Group != nil && !ctrl && !shift {
		g.drag.part = nowhere
		g.pick(row, false, false)
		if g.OnGroup != nil {
			g.OnGroup(row)
		}
		return
	}
	if c := g.cell(row, col); c != nil && c.Link && !ctrl && !shift {
		g.drag.link = true
	}
	g.pick(row, shift, ctrl)
}

func (g *Grid) cell(row, col int) *Cell {
	r := g.rows.At(row)
	if r == nil || col < 0 || col >= len(g.shown) || g.shown[col].cell >= len(r.Cells) {
		return nil
	}
	return &r.Cells[g.shown[col].cell]
}

// MouseUp is for Fyne.
func (g *Grid) MouseUp(e *desktop.MouseEvent) {
	d := g.drag
	if e.Button != d.button {
		return
	}
	g.drag = drag{}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	switch d.part {
	case inHead:
		if d.moved {
			g.moveColumn(d.col, d.target)
		} else if p, _, col := g.hit(e.Position); p == inHead && col == d.col && col >= 0 {
			g.clickHead(col, d.mod&fyne.KeyModifierShift != 0)
		}
	case onEdge:
		g.dropEdge(d)
	case inBody:
		if d.link && !d.moved && g.OnLink != nil {
			if p, row, col := g.hit(e.Position); p == inBody && row == d.row && col == d.col {
				g.OnLink(row, g.key(col))
			}
		}
	}
	if d.moved || d.part == onBar || d.part == onFlatBar {
		g.repaint()
	}
}

func (g *Grid) clickHead(col int, add bool) {
	c := g.shown[col]
	if c.NoSort {
		return
	}
	g.sort = nextSort(g.sort, c.Key, add)
	g.repaint()
	if g.OnSort != nil {
		g.OnSort(g.Sort())
	}
}

// Dragged is for Fyne.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	d := &g.drag
	p := e.Position
	if !d.moved && d.part == inHead && math.Abs(float64(p.X-d.from.X)) < 6 {
		return
	}
	d.moved = true
	switch d.part {
	case onBar:
		g.dragBar(p)
	case onFlatBar:
		g.dragFlatBar(p)
	case onEdge:
		g.dragEdge(p)
	case inHead:
		if d.col >= 0 {
			d.target = g.gap(p.X)
			g.repaint()
		}
	case inBody:
		g.sweep(p)
	}
}

// DragEnd is for Fyne; MouseUp follows with what is to be done.
func (g *Grid) DragEnd() {}

// sweep selects from where the button was pressed to where the pointer is.
func (g *Grid) sweep(p fyne.Position) {
	row := int(math.Floor((g.top + float64(p.Y-g.dims.head)) / float64(g.dims.row)))
	row = min(max(row, 0), g.dims.n-1)
	if row != g.focus && row >= 0 {
		g.scrollTo(row)
		g.pick(row, true, false)
	}
}

// gap is before which visible column something dropped at x goes.
func (g *Grid) gap(x float32) int {
	for i, c := range g.shown {
		if x < c.x+c.w/2-g.left {
			return i
		}
	}
	return len(g.shown)
}

func (g *Grid) moveColumn(col, before int) {
	if col < 0 || before < 0 || before == col || before == col+1 {
		return
	}
	from := g.shown[col].at
	to := len(g.columns)
	if before < len(g.shown) {
		to = g.shown[before].at
	}
	c := g.columns[from]
	g.columns = append(g.columns[:from], g.columns[from+1:]...)
	if to > from {
		to--
	}
	g.columns = append(g.columns[:to], append([]column{c}, g.columns[to:]...)...)
	g.columnsChanged()
}

// dragEdge widens or narrows a column. The others keep what they have while
// the button is down, so that the edge stays under the pointer.
func (g *Grid) dragEdge(p fyne.Position) {
	if g.drag.before == nil {
		g.drag.before = slices.Clone(g.columns)
		for _, c := range g.shown {
			g.columns[c.at].Width, g.columns[c.at].ByHand = c.w/g.dims.scale, true
		}
	}
	c := g.shown[g.drag.col]
	g.columns[c.at].Width = min(max((g.drag.grab+p.X-g.drag.from.X)/g.dims.scale, MinWidth), MaxWidth)
	g.shown = nil
	g.repaint()
}

// dropEdge keeps the width of the column that was dragged; the others go by
// their own again.
func (g *Grid) dropEdge(d drag) {
	if d.before == nil {
		return
	}
	at := g.shown[d.col].at
	width := g.columns[at].Width
	g.columns = d.before
	g.columns[at].Width, g.columns[at].ByHand = width, true
	g.columnsChanged()
}

// MouseIn is for Fyne.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved is for Fyne.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	part, row, col := g.hit(e.Position)
	hover, head := -1, -1
	g.cursor = desktop.DefaultCursor
	switch part {
	case inBody:
		hover = row
		if c := g.cell(row, col); c != nil && c.Link {
			g.cursor = desktop.PointerCursor
		}
	case inHead:
		head = col
	case onEdge:
		g.cursor = desktop.HResizeCursor
	}
	g.hoverTip(part, row, col, e.Position)
	if hover != g.hover || head != g.head {
		g.hover, g.head = hover, head
		g.repaint()
	}
}

// MouseOut is for Fyne.
func (g *Grid) MouseOut() {
	g.hideTip()
	if g.hover >= 0 || g.head >= 0 {
		g.hover, g.head = -1, -1
		g.repaint()
	}
}

// Cursor is for Fyne.
func (g *Grid) Cursor() desktop.Cursor { return g.cursor }
