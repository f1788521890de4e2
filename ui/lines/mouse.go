package lines

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

type part int

const (
	nowhere part = iota
	inCell
	inNumber // the column of line numbers: whole lines
	carrying // whole lines, by their numbers
	onEdge
	onBar
)

type drag struct {
	part   part
	col    int
	from   fyne.Position
	grab   float32
	before int // row in front of which the lines would go; -1: nowhere
}

func (g *Grid) rowY(row int) float32 { return g.dims.head + float32(row)*g.dims.row - g.top }

func (g *Grid) hit(p fyne.Position) (part, int, int) {
	d := &g.dims
	if p.Y < d.head {
		for i, c := range g.columns {
			if math.Abs(float64(p.X-c.x-c.w)) <= 4 {
				return onEdge, -1, i
			}
		}
		return nowhere, -1, -1
	}
	if d.vertical && p.X >= d.size.Width-d.bar {
		return onBar, -1, -1
	}
	row := int((p.Y - d.head + g.top) / d.row)
	if row >= g.rows() {
		return nowhere, -1, -1
	}
	if p.X < d.number {
		return inNumber, row, 0
	}
	for i, c := range g.columns {
		if p.X >= c.x && p.X < c.x+c.w {
			return inCell, row, i
		}
	}
	return nowhere, -1, -1
}

// MouseDown is for Fyne.
func (g *Grid) MouseDown(e *desktop.MouseEvent) {
	part, row, col := g.hit(e.Position)
	if g.edit != nil {
		g.refocus()
		g.commit()
	} else if c := canvasOf(g); c != nil && c.Focused() != fyne.Focusable(g) {
		c.Focus(g)
	}
	g.drag = drag{part: part, col: col, from: e.Position, before: -1}
	if e.Button == desktop.MouseButtonSecondary {
		if part == inCell || part == inNumber {
			if s := g.Selected(); row < s.FromRow || row > s.ToRow {
				g.moveTo(row, col, false)
			}
			if g.OnMenu != nil {
				g.OnMenu(row, col, e.AbsolutePosition)
			}
		}
		return
	}
	shift := e.Modifier&fyne.KeyModifierShift != 0
	switch part {
	case inCell:
		if row < g.lines.Len() && col == 0 && g.onFold(row, e.Position) {
			g.drag.part = nowhere
			g.fold(row, g.lines.Cell(row, 0).Fold == Open)
			return
		}
		now := g.now()
		twice := g.clicked.place == place{row, col} && now.Sub(g.clicked.at) < fyne.CurrentApp().Driver().DoubleTapDelay()
		g.clicked = click{place{row, col}, now}
		g.moveTo(row, col, shift)
		if twice && !shift || !shift && g.lines.Columns()[col].Editor == Check {
			g.drag.part = nowhere
			g.begin("")
		}
	case inNumber:
		if s := g.Selected(); !shift && !g.given() && g.wholeLines() && row >= s.FromRow && row <= s.ToRow && row < g.lines.Len() {
			g.drag.part = carrying
			return
		}
		g.moveTo(row, len(g.columns)-1, shift)
		g.anchorCol = 0
		g.Refresh()
	case onEdge:
		g.drag.grab = g.columns[col].w
	case onBar:
		g.pressBar(e.Position)
	}
}

// MouseUp is for Fyne.
func (g *Grid) MouseUp(*desktop.MouseEvent) {
	switch d := g.drag; {
	case d.part == onEdge && g.OnWidths != nil:
		g.OnWidths(g.widths)
	case d.part == carrying && d.before >= 0:
		g.drag = drag{}
		g.carryLines(d.before)
	case d.part == carrying: // pressed and let go: that line alone
		if _, row, _ := g.hit(d.from); row >= 0 {
			g.moveTo(row, len(g.columns)-1, false)
			g.anchorCol = 0
		}
	}
	g.drag = drag{}
	g.Refresh()
}

// Dragged is for Fyne.
func (g *Grid) Dragged(e *fyne.DragEvent) {
	switch g.drag.part {
	case inCell, inNumber:
		if g.edit != nil {
			return
		}
		row := int(math.Floor(float64((e.Position.Y - g.dims.head + g.top) / g.dims.row)))
		col := g.col
		if g.drag.part == inCell {
			for i, c := range g.columns {
				if e.Position.X >= c.x {
					col = i
				}
			}
		}
		if row != g.row || col != g.col {
			g.moveTo(row, col, true)
		}
	case carrying:
		row := int(math.Round(float64((e.Position.Y - g.dims.head + g.top) / g.dims.row)))
		g.drag.before = min(max(row, 0), g.lines.Len())
		g.Refresh()
	case onEdge:
		g.dragEdge(e.Position)
	case onBar:
		g.dragBar(e.Position)
	}
}

// wholeLines reports that lines are selected from end to end.
func (g *Grid) wholeLines() bool {
	s := g.Selected()
	return s.FromCol == 0 && s.ToCol == len(g.columns)-1
}

// onFold reports whether a place is on the mark that folds a row.
func (g *Grid) onFold(row int, p fyne.Position) bool {
	return g.folds(row) && len(g.columns) > 0 && p.X < g.columns[0].x+g.dims.pad+foldWidth*scale()
}

// DragEnd is for Fyne.
func (g *Grid) DragEnd() {}

// dragEdge makes a column wider as drawn; the width is kept for zoom 100.
func (g *Grid) dragEdge(p fyne.Position) {
	c := g.columns[g.drag.col]
	own, ok := g.widths[c.Key]
	if !ok {
		own = c.Width
	}
	want := max(g.drag.grab+p.X-g.drag.from.X, 24)
	if c.w > 0 {
		g.widths[c.Key] = max(own+(want-c.w)/max(scale(), 0.1), 24)
	}
	g.Refresh()
}

func (g *Grid) thumb() (y, length float32) {
	track := g.dims.size.Height - g.dims.head
	total := float32(g.rows()) * g.dims.row
	length = min(max(track*track/max(total, 1), 24), track)
	if most := total - track; most > 0 {
		y = g.top / most * (track - length)
	}
	return y, length
}

func (g *Grid) pressBar(p fyne.Position) {
	y, length := g.thumb()
	at := p.Y - g.dims.head
	g.drag.grab = at - y
	if at < y || at >= y+length {
		g.drag.grab = length / 2
		g.dragBar(p)
	}
}

func (g *Grid) dragBar(p fyne.Position) {
	_, length := g.thumb()
	track := g.dims.size.Height - g.dims.head
	if room := track - length; room > 0 {
		g.top = (p.Y - g.dims.head - g.drag.grab) / room * (float32(g.rows())*g.dims.row - track)
	}
	g.clamp()
	g.Refresh()
}

// Scrolled is for Fyne.
func (g *Grid) Scrolled(e *fyne.ScrollEvent) {
	g.top -= e.Scrolled.DY / 25 * 3 * g.dims.row
	g.clamp()
	g.Refresh()
}

// MouseIn is for Fyne.
func (g *Grid) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved is for Fyne.
func (g *Grid) MouseMoved(e *desktop.MouseEvent) {
	g.cursor = desktop.DefaultCursor
	switch p, row, col := g.hit(e.Position); {
	case p == onEdge:
		g.cursor = desktop.HResizeCursor
	case p == inCell && col == 0 && row < g.lines.Len() && g.onFold(row, e.Position):
		g.cursor = desktop.PointerCursor
	}
}

// MouseOut is for Fyne.
func (g *Grid) MouseOut() {}

// Cursor is for Fyne.
func (g *Grid) Cursor() desktop.Cursor { return g.cursor }
