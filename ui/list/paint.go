package list

import (
	"math"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

// renderer draws the grid in layers; nothing is made for a row that scrolls by.
type renderer struct {
	paint.Renderer
	g               *Grid
	body, head, tip paint.Layer
	button          *widget.Button
}

func newRenderer(g *Grid) *renderer {
	r := &renderer{g: g}
	r.Of(g, r.draw)
	return r
}

// draw lays out one frame.
func (r *renderer) draw() {
	g := r.g
	g.measure()
	r.body.Begin()
	r.head.Begin()
	r.tip.Begin()
	d := &g.dims
	r.body.Rect(0, 0, d.size.Width, d.size.Height, theme.Surface)
	for row := d.first; row < d.last; row++ {
		r.drawRow(row)
	}
	r.drawRing()
	r.drawHead()
	r.drawBars()
	empty := r.drawEmpty()
	r.drawTip()

	r.Drawn = r.body.Objects(r.Drawn[:0])
	r.Drawn = r.head.Objects(r.Drawn)
	if empty {
		r.Drawn = append(r.Drawn, r.button)
	}
	r.Drawn = r.tip.Objects(r.Drawn)
	g.askRows() // last: the answer may come at once, and is drawn then
}

func (r *renderer) drawRow(row int) {
	g, d := r.g, &r.g.dims
	y := g.rowY(row)
	data := g.rows.At(row)
	back := theme.Surface
	switch {
	case g.selected.Contains(row) && g.focused:
		back = theme.Selected
	case g.selected.Contains(row):
		back = theme.SelectedIdle
	case data != nil && data.Group != nil:
		back = theme.GroupRow
	case row == g.hover:
		back = theme.Hover
	case row%2 == 1:
		back = theme.Stripe
	}
	if back != theme.Surface {
		r.body.Rect(0, y, d.body.Width, d.row, back)
	}
	if data == nil {
		r.drawPlaceholder(y)
		return
	}
	if data.Mark != "" {
		r.body.Rect(0, y+1, 3*d.scale, d.row-2, theme.Fill(data.Mark))
	}
	if data.Group != nil {
		r.drawGroup(data, y)
		return
	}
	for i := range g.shown {
		c := &g.shown[i]
		x := c.x - g.left
		if x+c.w < 0 || x > d.body.Width || c.cell >= len(data.Cells) {
			continue
		}
		r.drawCell(&data.Cells[c.cell], c.Align, x, y, c.w, data.Muted)
	}
}

// drawPlaceholder stands for a row that is on its way.
func (r *renderer) drawPlaceholder(y float32) {
	g, d := r.g, &r.g.dims
	for i := range g.shown {
		c := &g.shown[i]
		if i > 2 {
			break
		}
		o := r.body.Rect(c.x-g.left+d.inner, y+d.row/2-3, max(c.w*0.5-d.inner, 4), 6, theme.Track)
		o.CornerRadius = 3
	}
}

func (c *Cell) style() fyne.TextStyle {
	return fyne.TextStyle{Bold: c.Bold, Italic: c.Italic, Strikethrough: c.Strike}
}

// textRoom is the width that the text of a cell has in a column of a width.
func (g *Grid) textRoom(w float32, c *Cell) float32 {
	w -= 2 * g.dims.inner
	if c.Dot != "" {
		w -= g.dotSpace()
	}
	if c.Pill {
		w -= 2 * g.dims.inner
	}
	return w
}

func (g *Grid) dotSpace() float32 { return 14 * g.dims.scale }

func (r *renderer) drawCell(c *Cell, align Align, x, y, w float32, muted bool) {
	g, d := r.g, &r.g.dims
	left, room := x+d.inner, w-2*d.inner
	if room <= 2 {
		return
	}
	if c.Dot != "" {
		size := float32(math.Round(float64(8 * d.scale)))
		o := r.body.Rect(left, y+float32(math.Round(float64((d.row-size)/2))), size, size, theme.Fill(c.Dot))
		o.CornerRadius = size / 2
		left += g.dotSpace()
		room -= g.dotSpace()
	}
	if len(c.Bars) > 0 {
		r.drawShares(c.Bars, left, y, room)
		return
	}
	if c.Text == "" {
		return
	}
	tone := c.Tone
	if tone == "" && muted {
		tone = theme.Muted
	}
	if tone == "" {
		tone = theme.Foreground
	}
	style := c.style()
	text, _ := theme.Fit(c.Text, g.textRoom(w, c), d.text, style)
	if text == "" {
		return
	}
	if c.Pill {
		wide := min(theme.Width(text, d.text, style)+2*d.inner, room)
		at := left
		switch align {
		case Center:
			at += (room - wide) / 2
		case Right:
			at += room - wide
		}
		high := float32(math.Round(float64(d.row * 0.73)))
		o := r.body.Rect(at, y+float32(math.Round(float64((d.row-high)/2))), wide, high, theme.PillFill(tone))
		o.CornerRadius = high / 2
		r.body.Text(text, at, y, wide, d.row, fyne.TextAlignCenter, tone, style)
		return
	}
	r.body.Text(text, left, y, room, d.row, fyne.TextAlign(align), tone, style)
}

// drawShares draws the bars of a cell side by side.
func (r *renderer) drawShares(bars []Bar, x, y, room float32) {
	d := &r.g.dims
	gap := 6 * d.scale
	wide := min((room-gap*float32(len(bars)-1))/float32(len(bars)), 90*d.scale)
	high := float32(math.Round(float64(8 * d.scale)))
	top := y + float32(math.Round(float64((d.row-high)/2)))
	if wide < 4 {
		return
	}
	for i, b := range bars {
		at := x + float32(i)*(wide+gap)
		r.body.Rect(at, top, wide, high, theme.Track).CornerRadius = high / 4
		share := min(max(b.Share, 0), 1)
		if share > 0 {
			tone := b.Tone
			if tone == "" {
				tone = theme.Blue
			}
			r.body.Rect(at, top, max(wide*share, 2), high, theme.Fill(tone)).CornerRadius = high / 4
		}
	}
}

// drawGroup draws the head of a group: its title runs up to the first cell that
// holds something.
func (r *renderer) drawGroup(data *Row, y float32) {
	g, d := r.g, &r.g.dims
	bold := fyne.TextStyle{Bold: true}
	end := d.body.Width
	for i := range g.shown {
		c := &g.shown[i]
		if i == 0 || c.cell >= len(data.Cells) || data.Cells[c.cell].Text == "" {
			continue
		}
		x := c.x - g.left
		end = min(end, x)
		cell := data.Cells[c.cell]
		cell.Bold = true
		r.drawCell(&cell, c.Align, x, y, c.w, false)
	}
	x := d.inner + float32(data.Group.Level)*16*d.scale - g.left
	sign := "▾"
	if data.Group.Closed {
		sign = "▸"
	}
	r.body.Text(sign, x, y, 14*d.scale, d.row, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
	x += 14 * d.scale
	count := theme.Width(data.Group.Count, d.text, fyne.TextStyle{})
	title, _ := theme.Fit(data.Group.Title, end-x-count-3*d.inner, d.text, bold)
	wide := theme.Width(title, d.text, bold)
	r.body.Text(title, x, y, wide, d.row, fyne.TextAlignLeading, theme.Foreground, bold)
	r.body.Text(data.Group.Count, x+wide+d.inner, y, count, d.row, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
}

// drawRing shows where the keyboard is.
func (r *renderer) drawRing() {
	g, d := r.g, &r.g.dims
	if !g.focused {
		return
	}
	if g.focus >= d.first && g.focus < d.last {
		r.body.Frame(0, g.rowY(g.focus), d.body.Width, d.row, 1, theme.Ring)
	} else if d.n == 0 {
		r.body.Frame(0, d.head, d.body.Width, d.body.Height, 1, theme.Ring)
	}
}

func (g *Grid) headRoom(col int) float32 {
	room := g.shown[col].w - 2*g.dims.inner
	if g.sortText(g.shown[col].Key) != "" {
		room -= 16 * g.dims.scale
	}
	return room
}

// sortText is the arrow of a head, numbered where several columns sort.
func (g *Grid) sortText(key string) string {
	for i, k := range g.sort {
		if k.Key != key {
			continue
		}
		arrow := "▲"
		if k.Desc {
			arrow = "▼"
		}
		if len(g.sort) > 1 {
			return arrow + string(rune('1'+min(i, 8)))
		}
		return arrow
	}
	return ""
}

func (r *renderer) drawHead() {
	g, d := r.g, &r.g.dims
	r.head.Rect(0, 0, d.size.Width, d.head, theme.Header)
	bold := fyne.TextStyle{Bold: true}
	for i := range g.shown {
		c := &g.shown[i]
		x := c.x - g.left
		if x+c.w < 0 || x > d.size.Width {
			continue
		}
		if i == g.head && g.drag.part == nowhere {
			r.head.Rect(x, 0, c.w, d.head-1, fynetheme.ColorNameHover)
		}
		r.head.Rect(x+c.w-1, 4, 1, d.head-8, theme.Border)
		title, _ := theme.Fit(c.Title, g.headRoom(i), d.text, bold)
		arrow := g.sortText(c.Key)
		left, room := x+d.inner, g.headRoom(i)
		if arrow != "" {
			wide := 16 * d.scale
			at := left + min(theme.Width(title, d.text, bold)+3*d.scale, room)
			if c.Align == Right {
				left += wide
				at = max(left+room-theme.Width(title, d.text, bold)-wide, x+2)
			}
			r.head.Text(arrow, at, 0, wide, d.head, fyne.TextAlignLeading, theme.Blue, fyne.TextStyle{}).TextSize = d.text * 0.75
		}
		r.head.Text(title, left, 0, room, d.head, fyne.TextAlign(c.Align), theme.Muted, bold)
	}
	r.head.Rect(0, d.head-1, d.size.Width, 1, theme.Border)
	if g.drag.part == inHead && g.drag.moved && g.drag.target >= 0 {
		x := g.total
		if g.drag.target < len(g.shown) {
			x = g.shown[g.drag.target].x
		}
		r.head.Rect(x-g.left-1, 0, 2, d.head+d.body.Height, theme.Ring)
	}
}

func (r *renderer) drawBars() {
	g, d := r.g, &r.g.dims
	track, thumb := fynetheme.ColorNameScrollBarBackground, fynetheme.ColorNameScrollBar
	active := theme.Blue
	round := d.bar/2 - 2
	if d.vertical {
		x := d.size.Width - d.bar
		r.head.Rect(x, d.head, d.bar, d.size.Height-d.head, theme.Surface)
		r.head.Rect(x, d.head, d.bar, d.size.Height-d.head, track)
		y, length := g.thumb()
		c := thumb
		if g.drag.part == onBar {
			c = active
		}
		r.head.Rect(x+2, d.head+y+1, d.bar-4, length-2, c).CornerRadius = round
	}
	if d.horizontal {
		y := d.size.Height - d.bar
		r.head.Rect(0, y, d.size.Width, d.bar, theme.Surface)
		r.head.Rect(0, y, d.body.Width, d.bar, track)
		x, length := g.flatThumb()
		c := thumb
		if g.drag.part == onFlatBar {
			c = active
		}
		r.head.Rect(x+1, y+2, length-2, d.bar-4, c).CornerRadius = round
	}
}

// drawEmpty says what an empty list is for; it tells whether its button shows.
func (r *renderer) drawEmpty() bool {
	g, d := r.g, &r.g.dims
	e := g.empty
	if d.n > 0 || e == nil || g.busy {
		return false
	}
	y := d.head + max((d.body.Height-4*d.row)/2, d.row/2)
	wide := min(d.size.Width-2*d.inner, 560*d.scale)
	x := (d.size.Width - wide) / 2
	bold := fyne.TextStyle{Bold: true}
	for _, line := range theme.Wrap(e.Title, wide, d.text, bold) {
		r.body.Text(line, x, y, wide, d.row, fyne.TextAlignCenter, theme.Foreground, bold)
		y += d.row
	}
	for _, line := range theme.Wrap(e.Hint, wide, d.text, fyne.TextStyle{}) {
		r.body.Text(line, x, y, wide, d.row*0.8, fyne.TextAlignCenter, theme.Muted, fyne.TextStyle{})
		y += d.row * 0.8
	}
	if e.Action == "" {
		return false
	}
	if r.button == nil {
		r.button = widget.NewButton("", nil)
		r.button.Importance = widget.HighImportance
	}
	if r.button.Text != e.Action {
		r.button.SetText(e.Action)
	}
	r.button.OnTapped = e.Do
	min := r.button.MinSize().Add(fyne.NewSize(16*d.scale, 0))
	r.button.Resize(min)
	r.button.Move(fyne.NewPos((d.size.Width-min.Width)/2, y+d.inner))
	return true
}

func (r *renderer) drawTip() {
	g, d := r.g, &r.g.dims
	if len(g.tip.lines) == 0 {
		return
	}
	line := d.row * 0.75
	var wide float32
	for _, s := range g.tip.lines {
		wide = max(wide, theme.Width(s, d.text, fyne.TextStyle{}))
	}
	w, h := wide+2*d.inner, line*float32(len(g.tip.lines))+d.inner
	x := min(max(g.tip.at.X+8, 2), max(d.size.Width-w-2, 2))
	y := g.tip.at.Y + 18
	if y+h > d.size.Height-2 {
		y = max(g.tip.at.Y-h-6, 2)
	}
	r.tip.Rect(x, y, w, h, theme.Tip).CornerRadius = 3
	for i, s := range g.tip.lines {
		r.tip.Text(s, x+d.inner, y+d.inner/2+float32(i)*line, wide+2, line, fyne.TextAlignLeading, theme.TipText, fyne.TextStyle{})
	}
}

// fitColumn makes a column as wide as the widest of what it shows now.
func (g *Grid) fitColumn(col int) {
	c := g.shown[col]
	d := &g.dims
	wide := theme.Width(c.Title, d.text, fyne.TextStyle{Bold: true}) + 16*d.scale
	for row := d.first; row < d.last; row++ {
		if cell := g.cell(row, col); cell != nil {
			need := theme.Width(cell.Text, d.text, cell.style()) + (c.w - g.textRoom(c.w, cell)) - 2*d.inner
			wide = max(wide, need)
		}
	}
	at := &g.columns[c.at]
	at.Width, at.ByHand = min(max((wide+2*d.inner+1)/d.scale, MinWidth), MaxWidth), true
	g.columnsChanged()
}
