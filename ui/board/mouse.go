package board

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// drag is what the pressed button is doing: carrying a card, or scrolling by a
// bar.
type drag struct {
	pressed bool
	from    fyne.Position
	offset  fyne.Position // of the pointer within the card
	at      fyne.Position
	what    place
	card    Card
	carries bool   // it has moved: a ghost follows the pointer
	bar     string // scrolls this column; "" none
	flat    bool   // scrolls sideways
	grab    float32
	head    string // a head was pressed
}

// how far the pointer moves before a press becomes a drag
const slack = 6

// columnAt is the index of the column at x, -1 for none.
func (b *Board) columnAt(x float32) int {
	i := int(math.Floor(float64((x + b.left) / b.dims.width)))
	if i < 0 || i >= len(b.columns) {
		return -1
	}
	return i
}

// at finds the card under a place of the board.
func (b *Board) at(p fyne.Position) place {
	i := b.columnAt(p.X)
	if i < 0 || p.Y < b.dims.head || p.Y >= b.dims.head+b.bodyHeight() {
		return nowhere
	}
	col := b.columns[i]
	c := b.of(col.Key)
	row := int(math.Floor(float64((p.Y - b.cardY(c, 0)) / (b.dims.card + b.dims.gap))))
	if row < 0 || row >= col.Len || p.Y >= b.cardY(c, row)+b.dims.card {
		return nowhere
	}
	x := b.columnX(i)
	if p.X < x+b.dims.pad/2 || p.X > x+b.dims.width-b.dims.pad/2 {
		return nowhere
	}
	return place{col.Key, row}
}

// target is where a card dropped at a place goes: a column, a zone, or nothing.
func (b *Board) target(p fyne.Position) string {
	if p.X < 0 || p.Y < 0 || p.X > b.dims.size.Width || p.Y > b.dims.size.Height {
		return ""
	}
	if len(b.zones) > 0 && p.Y >= b.dims.size.Height-b.dims.zone {
		i := min(int(p.X/b.dims.size.Width*float32(len(b.zones))), len(b.zones)-1)
		return b.zones[i].Key
	}
	if i := b.columnAt(p.X); i >= 0 {
		return b.columns[i].Key
	}
	return ""
}

// MouseDown is for Fyne.
func (b *Board) MouseDown(e *desktop.MouseEvent) {
	if c := canvasOf(b); c != nil && c.Focused() != fyne.Focusable(b) {
		c.Focus(b)
	}
	at := b.at(e.Position)
	if e.Button == desktop.MouseButtonSecondary {
		b.pressMenu(at, e)
		return
	}
	if e.Button != desktop.MouseButtonPrimary || b.pressBar(e.Position) {
		return
	}
	b.drag = drag{pressed: true, from: e.Position, at: e.Position, what: at}
	if e.Position.Y < b.dims.head {
		if i := b.columnAt(e.Position.X); i >= 0 {
			b.drag.head = b.columns[i].Key
		}
		return
	}
	card := b.card(at)
	if card == nil {
		return
	}
	b.drag.card = *card
	i := b.index(at.column)
	b.drag.offset = e.Position.SubtractXY(b.columnX(i)+b.dims.pad, b.cardY(b.of(at.column), at.row))
	b.setFocus(at)
	now := b.now()
	if b.clicked.id == card.ID && now.Sub(b.clicked.at) < fyne.CurrentApp().Driver().DoubleTapDelay() {
		b.clicked = click{}
		b.drag = drag{}
		if b.OnOpen != nil {
			b.OnOpen(card.ID)
		}
		return
	}
	b.clicked = click{card.ID, now}
}

func (b *Board) pressMenu(at place, e *desktop.MouseEvent) {
	column := ""
	if i := b.columnAt(e.Position.X); i >= 0 {
		column = b.columns[i].Key
	}
	id := int64(0)
	if card := b.card(at); card != nil {
		id = card.ID
		b.setFocus(at)
	}
	if b.OnMenu != nil {
		b.OnMenu(id, column, e.AbsolutePosition)
	}
}

// MouseUp is for Fyne.
func (b *Board) MouseUp(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	d := b.drag
	b.drag = drag{}
	switch {
	case d.carries:
		b.clicked = click{} // not the first half of a double click
		b.Refresh()
		if to := b.target(e.Position); to != "" {
			b.move(d.card.ID, d.what.column, to)
		}
	case d.head != "" && e.Position.Y < b.dims.head:
		if i := b.columnAt(e.Position.X); i >= 0 && b.columns[i].Key == d.head && b.OnHead != nil {
			b.OnHead(d.head)
		}
	case d.bar != "" || d.flat:
		b.Refresh()
	}
}

// Dragged is for Fyne.
func (b *Board) Dragged(e *fyne.DragEvent) {
	d := &b.drag
	switch {
	case d.bar != "":
		b.dragBar(e.Position)
	case d.flat:
		b.dragFlat(e.Position)
	case d.pressed && d.card.ID != 0:
		d.at = e.Position
		if !d.carries && (abs(d.at.X-d.from.X) > slack || abs(d.at.Y-d.from.Y) > slack) {
			d.carries = true
		}
		if d.carries {
			b.scrollAtEdges(e.Position)
			b.Refresh()
		}
	}
}

// DragEnd is for Fyne; MouseUp follows.
func (b *Board) DragEnd() {}

// scrollAtEdges brings columns into view while a card is carried there.
func (b *Board) scrollAtEdges(p fyne.Position) {
	edge, step := 40*b.dims.scale, 14*b.dims.scale
	switch {
	case p.X < edge:
		b.left -= step
	case p.X > b.dims.size.Width-edge:
		b.left += step
	}
}

func abs(v float32) float32 { return float32(math.Abs(float64(v))) }

// thumb is the bar of a column: where it stands within the body and how long it
// is; no length: all cards are seen.
func (b *Board) thumb(i int) (y, length float32) {
	col := b.columns[i]
	most := b.maxTop(col.Len)
	if most <= 0 {
		return 0, 0
	}
	track := b.bodyHeight()
	length = min(max(track*track/(track+most), 20*b.dims.scale), track)
	return b.of(col.Key).top / most * (track - length), length
}

func (b *Board) flatThumb() (x, length float32) {
	track := b.dims.size.Width
	length = max(track*track/max(b.dims.total, 1), 24*b.dims.scale)
	if most := b.dims.total - track; most > 0 {
		x = b.left / most * (track - length)
	}
	return x, length
}

// pressBar tells whether a press was on a bar.
func (b *Board) pressBar(p fyne.Position) bool {
	d := &b.dims
	if d.flat && p.Y >= d.size.Height-d.bar {
		x, length := b.flatThumb()
		b.drag = drag{flat: true, grab: p.X - x}
		if p.X < x || p.X > x+length {
			b.drag.grab = length / 2
			b.dragFlat(p)
		}
		return true
	}
	i := b.columnAt(p.X)
	if i < 0 || p.Y < d.head || p.X < b.columnX(i)+d.width-d.pad {
		return false
	}
	y, length := b.thumb(i)
	if length == 0 {
		return false
	}
	at := p.Y - d.head
	b.drag = drag{bar: b.columns[i].Key, grab: at - y}
	if at < y || at > y+length {
		b.drag.grab = length / 2
		b.dragBar(p)
	}
	return true
}

func (b *Board) dragBar(p fyne.Position) {
	i := b.index(b.drag.bar)
	if i < 0 {
		return
	}
	_, length := b.thumb(i)
	if room := b.bodyHeight() - length; room > 0 {
		b.of(b.drag.bar).top = (p.Y - b.dims.head - b.drag.grab) / room * b.maxTop(b.columns[i].Len)
	}
	b.Refresh()
}

func (b *Board) dragFlat(p fyne.Position) {
	_, length := b.flatThumb()
	if room := b.dims.size.Width - length; room > 0 {
		b.left = (p.X - b.drag.grab) / room * (b.dims.total - b.dims.size.Width)
	}
	b.Refresh()
}

// Scrolled is for Fyne: the wheel scrolls the column under the pointer; with
// Shift, the board sideways.
func (b *Board) Scrolled(e *fyne.ScrollEvent) {
	dx, dy := e.Scrolled.DX, e.Scrolled.DY
	if dx == 0 && b.modifiers()&fyne.KeyModifierShift != 0 {
		dx, dy = dy, 0
	}
	b.left -= dx / 25 * 60 * b.dims.scale
	if i := b.columnAt(e.Position.X); i >= 0 {
		b.of(b.columns[i].Key).top -= dy / 25 * b.dims.card
	}
	b.Refresh()
}

// MouseIn is for Fyne.
func (b *Board) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is for Fyne.
func (b *Board) MouseMoved(e *desktop.MouseEvent) {
	at := b.at(e.Position)
	b.cursor = desktop.DefaultCursor
	if e.Position.Y < b.dims.head && b.OnHead != nil {
		b.cursor = desktop.PointerCursor
	}
	if at != b.hover {
		b.hover = at
		b.Refresh()
	}
}

// MouseOut is for Fyne.
func (b *Board) MouseOut() {
	if b.hover != nowhere {
		b.hover = nowhere
		b.Refresh()
	}
}

// Cursor is for Fyne.
func (b *Board) Cursor() desktop.Cursor { return b.cursor }
