package lines

import (
	"fmt"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/theme"
)

// Grid shows and edits Lines. An empty line stands at the end: typing in it
// adds one.
type Grid struct {
	widget.BaseWidget

	OnChange func()                               // something was typed, added, deleted or moved
	OnCursor func(row int)                        // the cursor went to another line; Len: the empty one
	OnMenu   func(row, col int, at fyne.Position) // right button, Menu, Shift+F10
	OnPick   func(row, col int, text string)      // F4 in a Reference: asked to choose from all; nil: the list drops down
	OnCreate func(row, col int, text string)      // asked to create a record of that name; nil: not offered
	OnWidths func(widths map[string]float32)      // columns were dragged, at zoom 100
	// MinRows is how many lines the grid is high at least.
	MinRows int
	// Given says that the lines are given: their cells are typed, but none is
	// added, removed or moved.
	Given bool

	lines  Lines
	words  Words
	runner run.Runner
	keys   input.Keys

	row, col             int // the cursor
	anchorRow, anchorCol int // the other corner of what is selected
	focused              bool
	readOnly             bool
	rejected             map[place]rejection
	edit                 *edit
	widths               map[string]float32

	top     float32
	columns []placed
	dims    dims
	drag    drag
	clicked click
	cursor  desktop.StandardCursor
	shift   bool
	now     func() time.Time
}

type place struct{ row, col int }

// rejection is what was typed and refused: it stands until it is mended.
type rejection struct{ text, problem string }

type placed struct {
	Column
	x, w float32
}

type dims struct {
	size      fyne.Size
	row, head float32
	number    float32 // width of the column of line numbers
	bar       float32
	text, pad float32
	vertical  bool
	first     int
	last      int
}

type click struct {
	place
	at time.Time
}

var (
	_ fyne.Focusable     = (*Grid)(nil)
	_ fyne.Tabbable      = (*Grid)(nil)
	_ fyne.Scrollable    = (*Grid)(nil)
	_ fyne.Draggable     = (*Grid)(nil)
	_ fyne.Shortcutable  = (*Grid)(nil)
	_ desktop.Mouseable  = (*Grid)(nil)
	_ desktop.Hoverable  = (*Grid)(nil)
	_ desktop.Keyable    = (*Grid)(nil)
	_ desktop.Cursorable = (*Grid)(nil)
)

// NewGrid makes a grid over lines; r asks the providers of its references.
func NewGrid(l Lines, r run.Runner, words Words) *Grid {
	g := &Grid{lines: l, runner: r, words: words, MinRows: 6, rejected: map[place]rejection{}, widths: map[string]float32{}, now: time.Now}
	g.col = g.nextEditable(-1, 1)
	g.anchorCol = g.col
	g.ExtendBaseWidget(g)
	return g
}

// SetLines shows other lines, such as those of another variant.
func (g *Grid) SetLines(l Lines) {
	g.cancelEdit()
	g.lines = l
	clear(g.rejected)
	g.top = 0
	g.row, g.col = 0, 0
	g.col = g.nextEditable(-1, 1)
	g.anchorRow, g.anchorCol = g.row, g.col
	g.Refresh()
}

// Reload shows the same lines after they changed from outside: the cursor
// stays where it can.
func (g *Grid) Reload() {
	g.cancelEdit()
	clear(g.rejected)
	last := max(g.rows()-1, 0)
	columns := max(len(g.lines.Columns())-1, 0)
	g.row, g.anchorRow = min(g.row, last), min(g.anchorRow, last)
	g.col, g.anchorCol = min(g.col, columns), min(g.anchorCol, columns)
	g.Refresh()
}

// together lets the lines know what belongs together.
func (g *Grid) together(do func()) {
	if t, ok := g.lines.(Grouper); ok {
		t.Together(do)
		return
	}
	do()
}

// SetKeys hands over who takes the keys that the grid does not use.
func (g *Grid) SetKeys(k input.Keys) { g.keys = k }

// SetReadOnly shows the lines without letting them be typed.
func (g *Grid) SetReadOnly(yes bool) {
	g.cancelEdit()
	g.readOnly = yes
	g.Refresh()
}

// SetWidths sets widths of columns that a person dragged before, by key, at
// zoom 100.
func (g *Grid) SetWidths(w map[string]float32) {
	for k, v := range w {
		g.widths[k] = v
	}
	g.Refresh()
}

// Row is the line that the cursor is in; Len for the empty one at the end.
func (g *Grid) Row() int { return g.row }

// Col is the column that the cursor is in.
func (g *Grid) Col() int { return g.col }

// Editing reports that a cell is being typed.
func (g *Grid) Editing() bool { return g.edit != nil }

// Cancel ends what is being typed without taking it.
func (g *Grid) Cancel() {
	g.refocus()
	g.cancelEdit()
}

// Advance goes on to the next cell that can be typed, as Enter does.
func (g *Grid) Advance() { g.enter(false) }

// Selected is the block of selected cells; the cursor alone is a block of one.
func (g *Grid) Selected() Span {
	return Span{min(g.row, g.anchorRow), max(g.row, g.anchorRow), min(g.col, g.anchorCol), max(g.col, g.anchorCol)}
}

// SelectedLines are the lines that the block touches, without the empty one:
// from up to, not including, to.
func (g *Grid) SelectedLines() (from, to int) {
	s := g.Selected()
	return min(s.FromRow, g.lines.Len()), min(s.ToRow+1, g.lines.Len())
}

// GoTo puts the cursor into a cell.
func (g *Grid) GoTo(row, col int) {
	if !g.commit() {
		return
	}
	g.moveTo(row, col, false)
}

// FirstProblem is what is wrong in the first cell that has a problem, with its
// place; ok is false when there is none.
func (g *Grid) FirstProblem() (row, col int, text string, ok bool) {
	for r := range g.lines.Len() {
		for c := range g.lines.Columns() {
			if p := g.problem(r, c); p != "" {
				return r, c, p, true
			}
		}
	}
	return 0, 0, "", false
}

// Commit takes what is being typed; it is false when that was refused, or
// something typed before still is.
func (g *Grid) Commit() bool { return g.commit() && len(g.rejected) == 0 }

func (g *Grid) problem(row, col int) string {
	if r, ok := g.rejected[place{row, col}]; ok {
		return r.problem
	}
	if row < g.lines.Len() {
		return g.lines.Cell(row, col).Problem
	}
	return ""
}

// given reports that no line is added, removed or moved.
func (g *Grid) given() bool { return g.readOnly || g.Given }

// rows counts the lines and the empty one.
func (g *Grid) rows() int {
	if g.given() {
		return g.lines.Len()
	}
	return g.lines.Len() + 1
}

func (g *Grid) editable(row, col int) bool {
	columns := g.lines.Columns()
	if g.readOnly || col < 0 || col >= len(columns) || columns[col].Editor == ReadOnly {
		return false
	}
	return row >= g.lines.Len() || !g.lines.Cell(row, col).ReadOnly
}

// nextEditable is the next column after col in a direction whose cells can be
// typed; -1 when there is none.
func (g *Grid) nextEditable(col, by int) int {
	columns := g.lines.Columns()
	for c := col + by; c >= 0 && c < len(columns); c += by {
		if g.editable(g.row, c) {
			return c
		}
	}
	if col == -1 && by > 0 {
		return 0
	}
	return -1
}

func (g *Grid) moveTo(row, col int, extend bool) {
	before := g.row
	g.row = min(max(row, 0), max(g.rows()-1, 0))
	g.col = min(max(col, 0), max(len(g.lines.Columns())-1, 0))
	if !extend {
		g.anchorRow, g.anchorCol = g.row, g.col
	}
	g.measure()
	g.show(g.row)
	g.Refresh()
	if before != g.row && g.OnCursor != nil {
		g.OnCursor(g.row)
	}
}

func (g *Grid) show(row int) {
	y := float32(row) * g.dims.row
	body := g.dims.size.Height - g.dims.head
	if y < g.top {
		g.top = y
	} else if y+g.dims.row > g.top+body {
		g.top = y + g.dims.row - body
	}
	g.clamp()
}

func (g *Grid) clamp() {
	most := float32(g.rows())*g.dims.row - (g.dims.size.Height - g.dims.head)
	g.top = float32(math.Round(float64(min(max(g.top, 0), max(most, 0)))))
}

func (g *Grid) changed() {
	g.Refresh()
	if g.OnChange != nil {
		g.OnChange()
	}
}

// MinSize is for Fyne.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	row := float32(math.Round(float64(theme.Row())))
	return fyne.NewSize(theme.Scaled(240), row*float32(g.MinRows+1))
}

func (g *Grid) measure() {
	d := &g.dims
	d.size = g.Size()
	d.row = float32(math.Round(float64(theme.Row())))
	d.head = d.row
	d.number = float32(math.Round(float64(theme.Scaled(34))))
	d.bar = float32(math.Round(float64(theme.Size(fynetheme.SizeNameScrollBar))))
	d.text = theme.Text()
	d.pad = float32(math.Round(float64(theme.Inner() * 1.5)))
	body := d.size.Height - d.head
	d.vertical = float32(g.rows())*d.row > body
	width := d.size.Width - d.number
	if d.vertical {
		width -= d.bar
	}
	g.place(width)
	g.clamp()
	d.first = max(int(g.top/d.row), 0)
	d.last = min(int((g.top+max(body, 0))/d.row)+1, g.rows())
}

// growLeast is how narrow a column that grows may get, at zoom 100, before the
// others give way too.
const growLeast = 110

// place lays the columns side by side: those that grow share what is left over;
// where there is too little, they give way first, then all shrink alike.
func (g *Grid) place(width float32) {
	columns := g.lines.Columns()
	g.columns = g.columns[:0]
	var total float32
	grow := 0
	for _, c := range columns {
		w := c.Width
		if own, ok := g.widths[c.Key]; ok {
			w = own
		}
		w = theme.Scaled(max(w, 24))
		total += w
		if c.Grow {
			grow++
		}
		g.columns = append(g.columns, placed{Column: c, w: w})
	}
	// Words are read when they are cut, figures are not: the columns that grow give
	// way first.
	for i := range g.columns {
		c := &g.columns[i]
		if give := min(total-width, c.w-theme.Scaled(growLeast)); c.Grow && give > 0 {
			c.w, total = c.w-give, total-give
		}
	}
	x := g.dims.number
	for i := range g.columns {
		c := &g.columns[i]
		switch {
		case total > width && total > 0:
			c.w *= width / total
		case c.Grow:
			c.w += (width - total) / float32(grow)
		}
		c.w = float32(math.Round(float64(c.w)))
		c.x = x
		x += c.w
	}
}

// copyText is the block as a table for the clipboard.
func (g *Grid) copyText() string {
	s := g.Selected()
	var rows [][]string
	for r := s.FromRow; r <= min(s.ToRow, g.lines.Len()-1); r++ {
		var row []string
		for c := s.FromCol; c <= s.ToCol; c++ {
			row = append(row, g.lines.Cell(r, c).Text)
		}
		rows = append(rows, row)
	}
	if c, ok := g.lines.(Copier); ok {
		rows = c.Copied(s, rows)
	}
	return writeTable(rows)
}

// paste puts a table in from the cursor on: it goes down and right over what is
// there, adding lines at the end.
func (g *Grid) paste(text string) {
	rows := readTable(text)
	if g.readOnly || len(rows) == 0 {
		return
	}
	s := g.Selected()
	if p, ok := g.lines.(Paster); ok {
		p.Paste(s.FromRow, s.FromCol, rows)
		g.changed()
		return
	}
	g.together(func() { g.pasteCells(s, rows) })
	g.moveTo(s.FromRow+len(rows)-1, s.FromCol, false)
	g.changed()
}

func (g *Grid) pasteCells(s Span, rows [][]string) {
	for i, cells := range rows {
		row := s.FromRow + i
		if row >= g.lines.Len() {
			if g.Given {
				return
			}
			row = g.lines.Insert(g.lines.Len())
		}
		for j, text := range cells {
			if col := s.FromCol + j; g.editable(row, col) {
				g.set(row, col, text)
			}
		}
	}
}

// set gives a cell a text and keeps what was refused.
func (g *Grid) set(row, col int, text string) bool {
	return g.judge(row, col, text, g.lines.Set(row, col, g.optionKey(col, text)))
}

func (g *Grid) judge(row, col int, text string, err error) bool {
	at := place{row, col}
	delete(g.rejected, at)
	if err != nil {
		g.rejected[at] = rejection{text, g.words.Explain(err)}
	}
	return err == nil
}

// optionKey finds the value that a text says, in a column of options.
func (g *Grid) optionKey(col int, text string) string {
	c := g.lines.Columns()[col]
	if c.Editor != Option {
		return text
	}
	for _, o := range c.Options {
		if strings.EqualFold(o.Text, strings.TrimSpace(text)) {
			return o.Key
		}
	}
	return text
}

// fillDown copies the first row of the block into the others; a block of one
// row takes the line above.
func (g *Grid) fillDown() {
	if g.readOnly || !g.commit() {
		return
	}
	s := g.Selected()
	from, first := s.FromRow, s.FromRow+1
	if s.FromRow == s.ToRow {
		from, first = s.FromRow-1, s.FromRow
	}
	if from < 0 || from >= g.lines.Len() {
		return
	}
	g.together(func() {
		for row := first; row <= s.ToRow; row++ {
			if row >= g.lines.Len() {
				row = g.lines.Insert(g.lines.Len())
			}
			for col := s.FromCol; col <= s.ToCol; col++ {
				if g.editable(row, col) {
					g.copyCell(from, row, col)
				}
			}
		}
	})
	g.changed()
}

func (g *Grid) copyCell(from, to, col int) {
	cell := g.lines.Cell(from, col)
	switch g.lines.Columns()[col].Editor {
	case Reference:
		if cell.Item.ID != 0 && !g.lines.Cell(to, col).Plain {
			g.judge(to, col, cell.Text, g.lines.SetItem(to, col, cell.Item))
			return
		}
	case Check:
		g.judge(to, col, "", g.lines.Set(to, col, yes(cell.Yes)))
		return
	}
	g.set(to, col, typedText(cell))
}

func yes(v bool) string {
	if v {
		return "1"
	}
	return ""
}

// typedText is a cell as one would type it.
func typedText(c Cell) string {
	if c.Edit != "" {
		return c.Edit
	}
	return c.Text
}

// clearCells empties the block.
func (g *Grid) clearCells() {
	if g.readOnly {
		return
	}
	s := g.Selected()
	g.together(func() {
		for row := s.FromRow; row <= min(s.ToRow, g.lines.Len()-1); row++ {
			for col := s.FromCol; col <= s.ToCol; col++ {
				if g.editable(row, col) {
					g.clearCell(row, col)
				}
			}
		}
	})
	g.changed()
}

func (g *Grid) clearCell(row, col int) {
	if g.lines.Columns()[col].Editor == Reference && !g.lines.Cell(row, col).Plain {
		g.judge(row, col, "", g.lines.SetItem(row, col, input.Item{}))
		return
	}
	g.judge(row, col, "", g.lines.Set(row, col, ""))
}

// deleteLines removes the lines of the block.
func (g *Grid) deleteLines() {
	from, to := g.SelectedLines()
	if g.given() || from >= to {
		return
	}
	g.cancelEdit()
	gone := g.lines.Len()
	g.lines.Delete(from, to)
	gone -= g.lines.Len()
	g.shiftRejected(func(row int) int {
		switch {
		case row < from:
			return row
		case row < from+gone:
			return -1
		}
		return row - gone
	})
	g.moveTo(from, g.col, false)
	g.changed()
}

// insertLine puts an empty line before the cursor.
func (g *Grid) insertLine() {
	if g.given() || !g.commit() {
		return
	}
	at := g.lines.Insert(min(g.row, g.lines.Len()))
	g.shiftRejected(func(row int) int {
		if row >= at {
			return row + 1
		}
		return row
	})
	g.moveTo(at, max(g.nextEditable(-1, 1), 0), false)
	g.changed()
}

func (g *Grid) shiftRejected(where func(row int) int) {
	moved := map[place]rejection{}
	for at, r := range g.rejected {
		if row := where(at.row); row >= 0 {
			moved[place{row, at.col}] = r
		}
	}
	g.rejected = moved
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

func (g *Grid) number(row int) string {
	if n, ok := g.lines.(Numberer); ok {
		return n.Number(row)
	}
	return fmt.Sprint(row + 1)
}
