package calendar

import (
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/model"
	"ugoda/ui/paint"
	"ugoda/ui/theme"
)

// CreateRenderer is for Fyne.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &renderer{c: c}
	r.Of(c, r.draw)
	return r
}

// renderer draws in layers: what scrolls, what stands over it, what is carried.
type renderer struct {
	paint.Renderer
	c                 *Calendar
	body, head, ghost paint.Layer
}

func (r *renderer) draw() {
	c := r.c
	c.measure()
	d := &c.dims
	r.body.Begin()
	r.head.Begin()
	r.ghost.Begin()
	r.body.Rect(0, 0, d.size.Width, d.size.Height, theme.Surface)
	switch c.mode {
	case Month:
		r.drawMonth()
	default:
		r.drawHours()
	}
	r.drawTarget()
	for i := range c.boxes {
		r.drawBox(i)
	}
	r.drawHead()
	if c.drag.carries {
		r.drawGhost()
	}
	r.Drawn = r.body.Objects(r.Drawn[:0])
	r.Drawn = r.head.Objects(r.Drawn)
	r.Drawn = r.ghost.Objects(r.Drawn)
	c.ask() // last: the answer may come at once, and is drawn then
}

func weekend(d model.Day) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func (r *renderer) drawMonth() {
	c, d := r.c, &r.c.dims
	month := c.focus.Month()
	for _, l := range c.lanes {
		switch {
		case l.day == c.today:
			r.body.Rect(l.x, l.y, l.w, l.h, theme.SelectedIdle)
		case l.day.Month() != month || weekend(l.day):
			r.body.Rect(l.x, l.y, l.w, l.h, theme.Stripe)
		}
		r.body.Rect(l.x, l.y, l.w, 1, theme.Line)
		if l.x > 0 {
			r.body.Rect(l.x, l.y, 1, l.h, theme.Line)
		}
		tone, style := theme.Foreground, fyne.TextStyle{Bold: true}
		switch {
		case l.day == c.today:
			tone = theme.Blue
		case l.day.Month() != month:
			tone, style = theme.Muted, fyne.TextStyle{}
		}
		r.body.Text(c.words.Number(l.day), l.x+2*d.pad, l.y, l.w-4*d.pad, d.number, fyne.TextAlignLeading, tone, style)
		if l.day == c.focus && c.row < 0 {
			r.ring(l.x+1, l.y+1, l.w-1, l.h-1)
		}
	}
}

func (r *renderer) ring(x, y, w, h float32) {
	tone := theme.Border
	if r.c.focused {
		tone = theme.Ring
	}
	r.body.Frame(x, y, w, h, 1.5, tone).CornerRadius = 3
}

// drawHours draws the rooms of a week or of a day.
func (r *renderer) drawHours() {
	c, d := r.c, &r.c.dims
	for _, l := range c.lanes {
		switch {
		case l.day == c.today && c.mode == Week:
			r.body.Rect(l.x, l.y, l.w, l.h, theme.SelectedIdle)
		case weekend(l.day):
			r.body.Rect(l.x, l.y, l.w, l.h, theme.Stripe)
		}
		if l.x > 0 {
			r.body.Rect(l.x, l.y, 1, l.h, theme.Line)
		}
		if l.day == c.focus && c.row < 0 && !l.hours && c.mode == Week {
			r.ring(l.x+1, l.y+1, l.w-2, l.h-2)
		}
	}
	if c.hours {
		left := d.gutter - 44*d.scale
		for half := range 48 {
			y := c.hoursTop() + float32(half)*d.hour/2 - c.top
			if y < c.hoursTop() || y > d.size.Height {
				continue
			}
			if half%2 == 1 {
				r.body.Rect(d.gutter, y, d.size.Width-d.gutter, 1, theme.Stripe)
				continue
			}
			r.body.Rect(left, y, d.size.Width-left, 1, theme.Line)
			o := r.body.Text(c.words.Hour(half*30), left, y, 44*d.scale-2*d.pad, d.line, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{})
			o.TextSize = d.small
		}
	}
	if c.mode == Day && len(c.days[c.focus].First) == 0 && c.days != nil {
		r.body.Text(c.words.Empty, 0, d.head, c.lanes[0].w, 3*d.line, fyne.TextAlignCenter, theme.Muted, fyne.TextStyle{})
	}
}

// drawTarget marks the room that would take what is carried.
func (r *renderer) drawTarget() {
	c := r.c
	if !c.drag.carries {
		return
	}
	l, ok := c.laneAt(c.drag.at)
	if !ok {
		return
	}
	if l.hours {
		minute := c.minuteAt(c.drag.at.Y - c.drag.offset.Y + c.dims.line/2)
		y := c.hoursTop() + float32(minute/30)*c.dims.hour/2 - c.top
		r.body.Rect(l.x+1, y, l.w-2, c.dims.hour/2, theme.Selected)
		return
	}
	r.body.Rect(l.x+1, l.y+1, l.w-2, l.h-2, theme.Selected)
}

func (r *renderer) drawBox(i int) {
	c := r.c
	b := c.boxes[i]
	if b.y+b.h > c.dims.size.Height || b.scrolls && b.y < c.hoursTop() {
		return
	}
	if b.row < 0 {
		tone := theme.Muted
		if i == c.hover {
			tone = theme.Link
		}
		text, cut := theme.Fit(c.words.More(b.more), b.w-4*c.dims.pad, c.dims.small, fyne.TextStyle{})
		if cut {
			text = "+" + c.words.Count(b.more)
		}
		align := fyne.TextAlignLeading
		if c.mode == Month {
			align = fyne.TextAlignTrailing
		}
		r.body.Text(text, b.x+2*c.dims.pad, b.y, b.w-4*c.dims.pad, b.h, align, tone, fyne.TextStyle{}).TextSize = c.dims.small
		return
	}
	item := &c.days[b.day].First[b.row]
	if c.drag.carries && item.ID == c.drag.item.ID {
		r.body.Rect(b.x, b.y, b.w, b.h, theme.Track).CornerRadius = 3 // its place is kept
		return
	}
	r.face(&r.body, item, b, i == c.hover)
	if b.day == c.focus && b.row == c.row {
		r.ring(b.x, b.y, b.w, b.h)
	}
}

// face draws an item: its edge says what it is, its surface how it stands.
func (r *renderer) face(l *paint.Layer, x *Item, b box, hover bool) {
	d := &r.c.dims
	fill, tone := theme.Header, theme.Foreground
	switch {
	case x.Done:
		fill, tone = theme.Stripe, theme.Muted
	case x.Tone != "":
		fill, tone = theme.PillFill(x.Tone), x.Tone
	}
	if hover {
		fill = theme.Hover
	}
	l.Rect(b.x, b.y, b.w, b.h, fill).CornerRadius = 3
	if x.Kind != "" {
		l.Rect(b.x, b.y+1, 3*d.scale, b.h-2, theme.Fill(x.Kind)).CornerRadius = 1
	}
	text := x.Text
	if x.Hour != "" && !(b.scrolls && b.w < 90*d.scale) {
		text = x.Hour + " " + text
	}
	if x.Sign != "" {
		text = x.Sign + " " + text
	}
	text, _ = theme.Fit(text, b.w-4*d.pad, d.small, fyne.TextStyle{})
	l.Text(text, b.x+2*d.pad+1, b.y, b.w-3*d.pad, b.h, fyne.TextAlignLeading, tone, fyne.TextStyle{}).TextSize = d.small
}

// drawHead draws what stands over the columns.
func (r *renderer) drawHead() {
	c, d := r.c, &r.c.dims
	r.head.Rect(0, 0, d.size.Width, d.head, theme.Header)
	r.head.Rect(0, d.head-1, d.size.Width, 1, theme.Line)
	if c.mode == Day {
		if c.hours {
			r.head.Text(c.words.AllDay, 2*d.pad, 0, c.lanes[0].w, d.head, fyne.TextAlignLeading, theme.Muted, fyne.TextStyle{})
		}
		return
	}
	if c.mode == Week && c.hours {
		r.head.Rect(0, c.hoursTop(), d.size.Width, 1, theme.Border)
		for n, line := range theme.Wrap(c.words.AllDay, d.gutter-2*d.pad, d.small, fyne.TextStyle{}) {
			r.head.Text(line, d.pad, d.head+d.pad+float32(n)*d.line, d.gutter-2*d.pad, d.line, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{}).TextSize = d.small
		}
	}
	from := c.span().from
	for i := range 7 {
		day := from + model.Day(i)
		text, tone := c.words.Weekday(day), theme.Foreground
		if c.mode == Week {
			text = c.words.Date(day)
			if day == c.today {
				tone = theme.Blue
			}
		}
		if weekend(day) {
			tone = theme.Muted
		}
		x := d.gutter + d.column*float32(i)
		r.head.Text(text, x+2*d.pad, 0, d.column-4*d.pad, d.head, fyne.TextAlignLeading, tone, fyne.TextStyle{Bold: true})
		if n := c.days[day].Count; c.mode == Week && n > 0 {
			r.head.Text(c.words.Count(n), x+2*d.pad, 0, d.column-4*d.pad, d.head, fyne.TextAlignTrailing, theme.Muted, fyne.TextStyle{}).TextSize = d.small
		}
	}
}

// drawGhost draws the item at the pointer.
func (r *renderer) drawGhost() {
	c := r.c
	b := c.drag.box
	b.x, b.y = c.drag.at.X-c.drag.offset.X, c.drag.at.Y-c.drag.offset.Y
	b.w = min(b.w, 240*c.dims.scale)
	r.ghost.Rect(b.x+2, b.y+3, b.w, b.h, fynetheme.ColorNameShadow).CornerRadius = 4
	r.face(&r.ghost, &c.drag.item, b, false)
	r.ghost.Frame(b.x, b.y, b.w, b.h, 1.5, theme.Ring).CornerRadius = 3
}
