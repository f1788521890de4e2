package list

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/part"
	"ugoda/ui/theme"
)

// Grid shows rows in columns. All of it belongs to the UI goroutine. Rows are
// named by their place in the list, columns by their keys.
type Grid struct {
	widget.BaseWidget

	OnOpen     func(row int)                                       // Enter, double click
	OnPreview  func(row int)                                       // Space
	OnMenu     func(row int, column string, at fyne.Position)      // right button, Menu, Shift+F10; row -1: beside the rows; at is on the canvas
	OnHeadMenu func(column string, at fyne.Position)               // right button on the head
	OnSelect   func()                                              // the selection or the row with the focus changed
	OnSort     func(order []SortKey)                               // a head was clicked; the grid shows the new order already
	OnColumns  func(columns []Column)                              // widths or order were changed by hand
	OnGroup    func(row int)                                       // the head of a group was clicked: open or close it
	OnLink     func(row int, column string)                        // a cell with Link was clicked
	OnKey      func(key *fyne.KeyEvent, mod fyne.KeyModifier) bool // a key that the grid has no use for
	OnRune     func(r rune)                                        // a letter typed: for a quick search
	OnShortcut func(s fyne.Shortcut) bool                          // Ctrl, Alt with a key, unless the grid uses it
	OnFocus    func(got bool)

	source  Source
	columns []column
	sort    []SortKey
	rows    part.Part[Row]
	empty   *Empty
	busy    bool

	selected Ranges
	focus    int // row with the keyboard; -1: none yet
	anchor   int // where a selection with Shift begins
	focused  bool

	top   float64 // how far rows are scrolled: float32 would step by 2 px past row 645,000
	left  float32
	shown []placed
	total float32 // width of all visible columns
	dims  dimensions

	hover   int
	head    int // visible column whose head is under the pointer, -1
	cursor  desktop.StandardCursor
	drag    drag
	clicked click
	tip     tip
	shift   bool // tracked where the driver cannot tell
	now     func() time.Time
}

var (
	_ fyne.Widget         = (*Grid)(nil)
	_ fyne.Focusable      = (*Grid)(nil)
	_ fyne.Scrollable     = (*Grid)(nil) // which also clips what is drawn
	_ fyne.Draggable      = (*Grid)(nil)
	_ fyne.Shortcutable   = (*Grid)(nil)
	_ desktop.Mouseable   = (*Grid)(nil)
	_ desktop.Hoverable   = (*Grid)(nil)
	_ desktop.Keyable     = (*Grid)(nil)
	_ desktop.Cursorable  = (*Grid)(nil)
	_ fyne.WidgetRenderer = (*renderer)(nil)
)

// dimensions of the parts, whole pixels at scale 1.
type dimensions struct {
	size         fyne.Size
	row, head    float32
	bar          float32 // thickness of a scroll bar
	body         fyne.Size
	vertical     bool // there is a vertical bar
	horizontal   bool
	scale        float32
	text, inner  float32
	n            int
	first, last  int // visible rows
	contentH     float64
	placedFor    float32
	placedAtZoom float32
}

// Empty is what an empty list says: what belongs there, and the first step.
type Empty struct {
	Title, Hint string
	Action      string // text of the button; empty: no button
	Do          func()
}

// NewGrid makes a grid of the columns over a source.
func NewGrid(columns []Column, source Source) *Grid {
	g := &Grid{source: source, focus: -1, hover: -1, head: -1, now: time.Now}
	g.setColumns(columns)
	g.ExtendBaseWidget(g)
	return g
}

// SetSource takes another source and starts at its top.
func (g *Grid) SetSource(s Source) {
	g.source = s
	g.Reset()
}

// SetColumns takes other columns: the cells of the rows that come from now on
// stand in this order, however a person moves the columns. The rows held are
// forgotten.
func (g *Grid) SetColumns(columns []Column) {
	g.setColumns(columns)
	g.rows.Drop()
	g.Refresh()
}

func (g *Grid) setColumns(columns []Column) {
	g.columns = make([]column, len(columns))
	for i, c := range columns {
		g.columns[i] = column{Column: c, cell: i}
	}
	g.shown = nil
}

// Widen makes a column at least so wide, at zoom 100, unless a person chose its
// width: what stands in it is read whole. The rows held stay.
func (g *Grid) Widen(key string, width float32) {
	for i := range g.columns {
		c := &g.columns[i]
		if c.Key != key || c.ByHand || c.Least >= width || c.Least == 0 && c.Width >= width {
			continue
		}
		c.Width = max(c.Width, width)
		c.Least = width
		g.shown = nil
		g.Refresh()
	}
}

// Columns are the columns as they stand now, hidden ones included.
func (g *Grid) Columns() []Column {
	list := make([]Column, len(g.columns))
	for i, c := range g.columns {
		list[i] = c.Column
	}
	return list
}

// HideColumn hides a column, or shows it; at least one stays.
func (g *Grid) HideColumn(key string, hidden bool) {
	visible := 0
	for _, c := range g.columns {
		if !c.Hidden {
			visible++
		}
	}
	for i := range g.columns {
		if g.columns[i].Key == key && g.columns[i].Hidden != hidden && (!hidden || visible > 1) {
			g.columns[i].Hidden = hidden
			g.columnsChanged()
		}
	}
}

func (g *Grid) columnsChanged() {
	g.shown = nil
	g.Refresh()
	if g.OnColumns != nil {
		g.OnColumns(g.Columns())
	}
}

// SetSort shows an order in the heads, without telling OnSort.
func (g *Grid) SetSort(order []SortKey) {
	g.sort = slices.Clone(order)
	g.Refresh()
}

// Sort is the order that the heads show.
func (g *Grid) Sort() []SortKey { return slices.Clone(g.sort) }

// SetEmpty says what stands in place of rows when there are none.
func (g *Grid) SetEmpty(e *Empty) {
	g.empty = e
	g.Refresh()
}

// SetBusy tells that the number of rows is not known yet: nothing is said
// about an empty list.
func (g *Grid) SetBusy(busy bool) {
	g.busy = busy
	g.Refresh()
}

// SetRows hands over rows that were asked for, the first of them at place
// from.
func (g *Grid) SetRows(from int, rows []Row) {
	g.rows.Put(from, rows, g.dims.first, g.dims.last)
	g.Refresh()
}

// Row is a row that the grid holds, nil when it does not.
func (g *Grid) Row(row int) *Row { return g.rows.At(row) }

// Invalidate reads the rows anew; those at hand stand until the fresh ones
// come, so nothing flickers. Place and selection stay.
func (g *Grid) Invalidate() {
	g.rows.Stale()
	g.Refresh()
}

// Reset forgets rows, place and selection: it is another list now.
func (g *Grid) Reset() {
	g.rows.Drop()
	g.top = 0
	g.focus, g.anchor = -1, 0
	g.hover = -1
	had := g.selected.Count() > 0
	g.selected.Clear()
	g.Refresh()
	if had {
		g.tellSelect()
	}
}

// Len is the number of rows.
func (g *Grid) Len() int {
	if g.source == nil {
		return 0
	}
	return g.source.Len()
}

// InView is the range of rows that can be seen, those at the edges included.
func (g *Grid) InView() (from, to int) { return g.dims.first, g.dims.last }

// ScrollTo brings a row into view, moving as little as can be.
func (g *Grid) ScrollTo(row int) {
	g.measure()
	g.scrollTo(row)
	g.Refresh()
}

func (g *Grid) scrollTo(row int) {
	y := float64(row) * float64(g.dims.row)
	if y < g.top {
		g.top = y
	} else if end := y + float64(g.dims.row); end > g.top+float64(g.dims.body.Height) {
		g.top = end - float64(g.dims.body.Height)
	}
	g.clampScroll()
}

func (g *Grid) maxTop() float64 {
	return max(g.dims.contentH-float64(g.dims.body.Height), 0)
}

func (g *Grid) clampScroll() {
	g.top = min(max(g.top, 0), g.maxTop())
	g.left = min(max(g.left, 0), max(g.total-g.dims.body.Width, 0))
}

// MinSize is small: the grid takes what it is given.
func (g *Grid) MinSize() fyne.Size {
	g.ExtendBaseWidget(g)
	return fyne.NewSize(80, 4*float32(math.Round(float64(theme.Row()))))
}

// CreateRenderer is for Fyne.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return newRenderer(g)
}

// measure finds the sizes of the parts and what is visible.
func (g *Grid) measure() {
	d := &g.dims
	d.size = g.Size()
	d.row = float32(math.Round(float64(theme.Row())))
	d.head = d.row
	d.scale = theme.Scaled(1)
	d.bar = float32(math.Round(float64(theme.Size(fynetheme.SizeNameScrollBar))))
	d.text = theme.Text()
	d.inner = float32(math.Round(float64(theme.Inner() * 1.5)))
	d.n = g.Len()
	d.contentH = float64(d.n) * float64(d.row)

	height := max(d.size.Height-d.head, 0)
	d.vertical = d.contentH > float64(height)
	width := d.size.Width
	if d.vertical {
		width -= d.bar
	}
	if g.shown == nil || d.placedFor != width || d.placedAtZoom != d.scale {
		g.shown, g.total = place(g.columns, width, d.scale)
		d.placedFor, d.placedAtZoom = width, d.scale
	}
	d.horizontal = g.total > width+0.5
	if d.horizontal {
		height = max(height-d.bar, 0)
		d.vertical = d.contentH > float64(height)
	}
	d.body = fyne.NewSize(max(width, 0), height)
	switch {
	case g.focus >= d.n:
		g.focus = d.n - 1
	case g.focus < 0 && g.focused && d.n > 0: // the rows came after the keyboard
		g.focus, g.anchor = 0, 0
	}
	g.clampScroll()
	d.first = int(g.top / float64(d.row))
	d.last = min(int(math.Ceil((g.top+float64(height))/float64(d.row))), d.n)
	d.first = min(d.first, d.last)
}

// repaint draws the grid anew, and asks for rows that are missing.
func (g *Grid) repaint() { g.Refresh() }

func (g *Grid) askRows() {
	if g.source == nil || g.dims.size.Height <= g.dims.head {
		return
	}
	if from, to, ask := g.rows.Ask(g.dims.first, g.dims.last, g.dims.n); ask {
		g.source.Window(from, to)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
