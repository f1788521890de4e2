// Package board is a kanban board: columns of cards that are dragged, or moved
// by keys, from one to another.
package board

import (
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/part"
	"ugoda/ui/theme"
)

// Card is one card, ready to show.
type Card struct {
	ID       int64
	Title    string
	Client   string
	Amount   string
	Next     string              // the next activity
	NextTone fyne.ThemeColorName // by its day
	Days     string              // in the stage
	DaysTone fyne.ThemeColorName // past the expected days, stuck
	Initials string              // of who works on it
	Mark     fyne.ThemeColorName // a coloured edge; empty: none
}

// Column is one stage.
type Column struct {
	Key      string
	Title    string
	Tone     fyne.ThemeColorName // of its upper edge; also "#4a90d9"
	Len      int                 // how many cards it has
	Count    string              // that, ready to show
	Sum      string
	Weighted string
}

// Zone takes cards that leave the board: it shows while one drags.
type Zone struct {
	Key   string
	Title string
	Tone  fyne.ThemeColorName
}

// Source is where columns and cards come from; it must not block. Cards come
// by Board.SetCards.
type Source interface {
	Columns() []Column
	// Window says that the cards from up to, not including, to of a column are
	// wanted. A call for a column takes the place of the one before.
	Window(column string, from, to int)
}

// Board shows columns of cards. All of it belongs to the UI goroutine.
type Board struct {
	widget.BaseWidget

	OnOpen    func(id int64)                                  // Enter, double click
	OnPreview func(id int64)                                  // Space
	OnMenu    func(id int64, column string, at fyne.Position) // right button, Menu, Shift+F10; id 0: beside the cards
	OnSelect  func(id int64)                                  // the card with the focus changed; 0: none
	// OnMove asks to move a card to another column or to a zone. The board shows
	// it there once the source does.
	OnMove func(id int64, from, to string)
	// MayMove tells whether a card may be dropped there; nil: anywhere.
	MayMove func(id int64, from, to string) bool
	OnHead  func(column string)                                 // the head was clicked
	OnKey   func(key *fyne.KeyEvent, mod fyne.KeyModifier) bool // a key that the board has no use for
	OnRune  func(r rune)
	// OnShortcut sees keys with Ctrl, Alt or Cmd first.
	OnShortcut func(s fyne.Shortcut) bool

	source  Source
	zones   []Zone
	empty   string
	columns []Column
	state   map[string]*column

	focus   place
	focused bool
	hover   place
	left    float32
	dims    dims
	drag    drag
	clicked click
	shift   bool
	cursor  desktop.StandardCursor
	now     func() time.Time
}

// column is what the board knows of one of the source's.
type column struct {
	cards       part.Part[Card]
	top         float32
	first, last int
}

// place is a card by its column and row; row -1 is none.
type place struct {
	column string
	row    int
}

var nowhere = place{row: -1}

type click struct {
	id int64
	at time.Time
}

type dims struct {
	size               fyne.Size
	scale, text, small float32
	head, card, gap    float32
	pad, width, bar    float32
	zone               float32
	flat               bool // a horizontal bar shows
	total              float32
}

var (
	_ fyne.Focusable     = (*Board)(nil)
	_ fyne.Scrollable    = (*Board)(nil)
	_ fyne.Draggable     = (*Board)(nil)
	_ fyne.Shortcutable  = (*Board)(nil)
	_ desktop.Mouseable  = (*Board)(nil)
	_ desktop.Hoverable  = (*Board)(nil)
	_ desktop.Keyable    = (*Board)(nil)
	_ desktop.Cursorable = (*Board)(nil)
)

// New makes a board over a source.
func New(s Source) *Board {
	b := &Board{source: s, state: map[string]*column{}, focus: nowhere, hover: nowhere, now: time.Now}
	b.ExtendBaseWidget(b)
	return b
}

// SetZones says where cards may be dropped to leave the board.
func (b *Board) SetZones(zones []Zone) {
	b.zones = zones
	b.Refresh()
}

// SetEmpty says what stands in a column without cards.
func (b *Board) SetEmpty(text string) {
	b.empty = text
	b.Refresh()
}

// SetCards hands over cards that were asked for, the first of them in row from.
func (b *Board) SetCards(key string, from int, cards []Card) {
	c := b.of(key)
	c.cards.Put(from, cards, c.first, c.last)
	b.Refresh()
}

// Invalidate reads columns and cards anew; what is shown stands until then.
func (b *Board) Invalidate() {
	for _, c := range b.state {
		c.cards.Stale()
	}
	b.Refresh()
}

// Reset forgets all: it is another board now.
func (b *Board) Reset() {
	b.state = map[string]*column{}
	b.focus, b.hover, b.left = nowhere, nowhere, 0
	b.Refresh()
}

// Focus is the card that the keyboard works on; 0 when there is none.
func (b *Board) Focus() int64 {
	if c := b.card(b.focus); c != nil {
		return c.ID
	}
	return 0
}

// SetFocus moves the focus to a card that is held; it tells whether it was.
func (b *Board) SetFocus(id int64) bool {
	for _, col := range b.source.Columns() {
		for row := range col.Len {
			if c := b.of(col.Key).cards.At(row); c != nil && c.ID == id {
				b.focus = place{col.Key, row}
				b.reveal()
				return true
			}
		}
	}
	return false
}

// GoTo puts the focus on a card by its column and row, whether it is held yet
// or not.
func (b *Board) GoTo(column string, row int) {
	b.focus = place{column, row}
	b.reveal()
	if b.OnSelect != nil {
		b.OnSelect(b.Focus())
	}
}

func (b *Board) of(key string) *column {
	c := b.state[key]
	if c == nil {
		c = &column{}
		b.state[key] = c
	}
	return c
}

func (b *Board) card(p place) *Card {
	if p.row < 0 {
		return nil
	}
	return b.of(p.column).cards.At(p.row)
}

func (b *Board) index(key string) int {
	for i, c := range b.columns {
		if c.Key == key {
			return i
		}
	}
	return -1
}

// MinSize is for Fyne.
func (b *Board) MinSize() fyne.Size {
	b.ExtendBaseWidget(b)
	return fyne.NewSize(theme.Scaled(240), theme.Scaled(200))
}

// leastColumn is how wide a column is at least, at zoom 100: five stages stand
// side by side beside the sidebar of a small window.
const leastColumn = 176

func (b *Board) measure() {
	d := &b.dims
	whole := func(v float32) float32 { return float32(math.Round(float64(v))) }
	d.size = b.Size()
	d.scale = theme.Scaled(1)
	d.text, d.small = theme.Text(), theme.Caption()
	d.pad = whole(6 * d.scale)
	d.gap = whole(5 * d.scale)
	d.head = whole(50 * d.scale)
	d.card = whole(82 * d.scale)
	d.bar = whole(9 * d.scale)
	d.zone = whole(56 * d.scale)
	b.columns = b.source.Columns()
	n := float32(max(len(b.columns), 1))
	d.width = float32(math.Floor(float64(min(max(d.size.Width/n, leastColumn*d.scale), 340*d.scale))))
	d.total = d.width * n
	d.flat = d.total > d.size.Width+0.5
	b.left = whole(min(max(b.left, 0), max(d.total-d.size.Width, 0)))
	for _, c := range b.columns {
		s := b.of(c.Key)
		s.top = whole(min(max(s.top, 0), b.maxTop(c.Len)))
		s.first = min(int(s.top/(d.card+d.gap)), c.Len)
		s.last = min(int((s.top+b.bodyHeight())/(d.card+d.gap))+1, c.Len)
	}
	if i := b.index(b.focus.column); i < 0 || b.columns[i].Len == 0 {
		b.focus = nowhere
	} else {
		b.focus.row = min(b.focus.row, b.columns[i].Len-1)
	}
}

func (b *Board) bodyHeight() float32 {
	h := b.dims.size.Height - b.dims.head
	if b.dims.flat {
		h -= b.dims.bar
	}
	return max(h, 0)
}

func (b *Board) maxTop(n int) float32 {
	return max(float32(n)*(b.dims.card+b.dims.gap)+b.dims.gap-b.bodyHeight(), 0)
}

func (b *Board) columnX(i int) float32 { return float32(i)*b.dims.width - b.left }

func (b *Board) cardY(c *column, row int) float32 {
	return b.dims.head + b.dims.gap + float32(row)*(b.dims.card+b.dims.gap) - c.top
}

// reveal scrolls so that the card with the focus is seen.
func (b *Board) reveal() {
	b.measure()
	i := b.index(b.focus.column)
	if i < 0 {
		b.Refresh()
		return
	}
	d, c := &b.dims, b.of(b.focus.column)
	y := float32(b.focus.row) * (d.card + d.gap)
	if y < c.top {
		c.top = y
	} else if end := y + d.card + 2*d.gap; end > c.top+b.bodyHeight() {
		c.top = end - b.bodyHeight()
	}
	x := float32(i) * d.width
	if x < b.left {
		b.left = x
	} else if x+d.width > b.left+d.size.Width {
		b.left = x + d.width - d.size.Width
	}
	b.Refresh()
}

func (b *Board) setFocus(p place) {
	if p == b.focus {
		return
	}
	b.focus = p
	b.reveal()
	if b.OnSelect != nil {
		b.OnSelect(b.Focus())
	}
}

func (b *Board) askCards() {
	for i, col := range b.columns {
		x := b.columnX(i)
		if x > b.dims.size.Width || x+b.dims.width < 0 {
			continue // out of sight: read when it comes into view
		}
		c := b.of(col.Key)
		if from, to, ask := c.cards.Ask(c.first, c.last, col.Len); ask {
			b.source.Window(col.Key, from, to)
		}
	}
}

// move asks to move a card, unless it may not go there.
func (b *Board) move(id int64, from, to string) {
	if id == 0 || from == to || b.OnMove == nil || !b.may(id, from, to) {
		return
	}
	b.OnMove(id, from, to)
}

func (b *Board) may(id int64, from, to string) bool {
	return b.MayMove == nil || b.MayMove(id, from, to)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
