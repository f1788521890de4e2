package board

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

// CreateRenderer is for Fyne.
func (b *Board) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &renderer{b: b}
	r.Of(b, r.draw)
	return r
}

// renderer draws in layers: cards, then heads over those that scroll beneath
// them, then what is carried.
type renderer struct {
	paint.Renderer
	b                  *Board
	cards, head, zones paint.Layer
	ghost              paint.Layer
}

func (r *renderer) draw() {
	b := r.b
	b.measure()
	d := &b.dims
	r.cards.Begin()
	r.head.Begin()
	r.zones.Begin()
	r.ghost.Begin()
	target := ""
	if b.drag.carries {
		target = b.target(b.drag.at)
		if target == b.drag.what.column || target != "" && !b.may(b.drag.card.ID, b.drag.what.column, target) {
			target = ""
		}
	}
	r.cards.Rect(0, 0, d.size.Width, d.size.Height, theme.Background)
	for i := range b.columns {
		if x := b.columnX(i); x < d.size.Width && x+d.width > 0 {
			r.drawColumn(i, x, target)
		}
	}
	if d.flat {
		x, length := b.flatThumb()
		y := d.size.Height - d.bar
		r.head.Rect(0, y, d.size.Width, d.bar, theme.Background)
		r.head.Rect(x+1, y+2, length-2, d.bar-4, fynetheme.ColorNameScrollBar).CornerRadius = d.bar/2 - 2
	}
	if b.drag.carries {
		r.drawZones(target)
		r.drawGhost()
	}
	r.Drawn = r.cards.Objects(r.Drawn[:0])
	r.Drawn = r.head.Objects(r.Drawn)
	r.Drawn = r.zones.Objects(r.Drawn)
	r.Drawn = r.ghost.Objects(r.Drawn)
	b.askCards() // last: the answer may come at once, and is drawn then
}

func (r *renderer) drawColumn(i int, x float32, target string) {
	b, d := r.b, &r.b.dims
	col := b.columns[i]
	c := b.of(col.Key)
	lane := theme.Stripe
	if target == col.Key {
		lane = theme.Selected
	}
	r.cards.Rect(x+2, d.head, d.width-4, b.bodyHeight(), lane)
	for row := c.first; row < c.last; row++ {
		r.drawCard(place{col.Key, row}, x+d.pad, b.cardY(c, row))
	}
	if col.Len == 0 && b.empty != "" {
		lines := theme.Wrap(b.empty, d.width-4*d.pad, d.small, fyne.TextStyle{})
		for n, s := range lines {
			r.cards.Text(s, x+2*d.pad, d.head+d.pad+float32(n)*d.small*1.5, d.width-4*d.pad, d.small*1.5, fyne.TextAlignCenter, theme.Muted, fyne.TextStyle{}).TextSize = d.small
		}
	}
	if y, length := b.thumb(i); length > 0 {
		r.head.Rect(x+d.width-d.pad+1, d.head+y+1, 4*d.scale, length-2, fynetheme.ColorNameScrollBar).CornerRadius = 2
	}
	r.drawHead(col, x)
}

func (r *renderer) drawHead(col Column, x float32) {
	d := &r.b.dims
	r.head.Rect(x, 0, d.width, d.head, theme.Background)
	r.head.Rect(x+2, 2, d.width-4, d.head-3, theme.Header)
	tone := col.Tone
	if tone == "" {
		tone = theme.Muted
	}
	r.head.Rect(x+2, 2, d.width-4, 3*d.scale, theme.Fill(tone))
	left, room := x+d.pad+2, d.width-2*d.pad-4
	line := (d.head - 8*d.scale) / 2
	top := 6 * d.scale
	bold := fyne.TextStyle{Bold: true}
	count := theme.Width(col.Count, d.text, fyne.TextStyle{})
	title, _ := theme.Fit(col.Title, room-count-d.pad, d.text, bold)
	r.head.Text(title, left, top, room, line, fyne.TextAlignLeading, theme.Foreground, bold)
	r.head.Text(col.Count, left, top, room, line, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{})
	weighted := theme.Width(col.Weighted, d.small, fyne.TextStyle{})
	sum, _ := theme.Fit(col.Sum, room-weighted-d.pad, d.small, bold)
	r.head.Text(sum, left, top+line, room, line, fyne.TextAlignLeading, theme.Foreground, bold).TextSize = d.small
	r.head.Text(col.Weighted, left, top+line, room, line, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{}).TextSize = d.small
}

func (r *renderer) drawCard(p place, x, y float32) {
	b, d := r.b, &r.b.dims
	w := d.width - 2*d.pad
	card := b.card(p)
	if card == nil {
		r.cards.Rect(x, y, w, d.card, theme.Surface).CornerRadius = 4
		r.cards.Rect(x+d.pad, y+d.pad*2, w*0.6, 6, theme.Track).CornerRadius = 3
		return
	}
	fill := theme.Surface
	if p == b.hover && !b.drag.carries {
		fill = theme.Hover
	}
	if b.drag.carries && p == b.drag.what {
		fill = theme.Track // its place is kept
	}
	o := r.cards.Rect(x, y, w, d.card, fill)
	o.CornerRadius = 4
	r.cards.Frame(x, y, w, d.card, 1, theme.Line).CornerRadius = 4
	if p == b.focus {
		ring := theme.Border
		if b.focused {
			ring = theme.Ring
		}
		r.cards.Frame(x, y, w, d.card, 1.5, ring).CornerRadius = 4
	}
	r.drawFace(&r.cards, card, x, y, w)
}

// drawFace writes what a card says: subject; client; amount and days; the next
// activity and who works on it.
func (r *renderer) drawFace(l *paint.Layer, card *Card, x, y, w float32) {
	d := &r.b.dims
	if card.Mark != "" {
		l.Rect(x, y+3, 3*d.scale, d.card-6, theme.Fill(card.Mark)).CornerRadius = 1
	}
	left, room := x+d.pad+2, w-2*d.pad-2
	line := (d.card - 8*d.scale) / 4
	top := y + 4*d.scale
	plain, bold := fyne.TextStyle{}, fyne.TextStyle{Bold: true}
	row := func(n int, s, right string, size float32, tone, rightTone fyne.ThemeColorName, style fyne.TextStyle) {
		at := top + float32(n)*line
		space := room
		if right != "" {
			space -= theme.Width(right, d.small, plain) + d.pad
			l.Text(right, left, at, room, line, fyne.TextAlignTrailing, or(rightTone, theme.Muted), plain).TextSize = d.small
		}
		text, _ := theme.Fit(s, space, size, style)
		l.Text(text, left, at, space, line, fyne.TextAlignLeading, or(tone, theme.Foreground), style).TextSize = size
	}
	row(0, card.Title, "", d.text, "", "", bold)
	row(1, card.Client, "", d.small, theme.Muted, "", plain)
	row(2, card.Amount, card.Days, d.text, "", card.DaysTone, plain)
	row(3, card.Next, card.Initials, d.small, card.NextTone, "", plain)
}

func or(name, other fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return other
	}
	return name
}

// drawZones shows where a card may be dropped to leave the board.
func (r *renderer) drawZones(target string) {
	b, d := r.b, &r.b.dims
	n := float32(len(b.zones))
	for i, z := range b.zones {
		w := d.size.Width / n
		x, y := float32(i)*w, d.size.Height-d.zone
		r.zones.Rect(x, y, w, d.zone, theme.Background)
		fill, tone := theme.PillFill(z.Tone), z.Tone
		if !b.may(b.drag.card.ID, b.drag.what.column, z.Key) {
			fill, tone = theme.Header, theme.Muted
		}
		r.zones.Rect(x+3, y+3, w-6, d.zone-6, fill).CornerRadius = 4
		thick := float32(1)
		if target == z.Key {
			thick = 3
		}
		r.zones.Frame(x+3, y+3, w-6, d.zone-6, thick, theme.Fill(tone)).CornerRadius = 4
		r.zones.Text(z.Title, x, y, w, d.zone, fyne.TextAlignCenter, tone, fyne.TextStyle{Bold: true})
	}
}

// drawGhost draws the card at the pointer.
func (r *renderer) drawGhost() {
	b, d := r.b, &r.b.dims
	x, y, w := b.drag.at.X-b.drag.offset.X, b.drag.at.Y-b.drag.offset.Y, d.width-2*d.pad
	r.ghost.Rect(x+2, y+3, w, d.card, fynetheme.ColorNameShadow).CornerRadius = 5
	r.ghost.Rect(x, y, w, d.card, theme.Surface).CornerRadius = 4
	r.ghost.Frame(x, y, w, d.card, 1.5, theme.Ring).CornerRadius = 4
	r.drawFace(&r.ghost, &b.drag.card, x, y, w)
}
