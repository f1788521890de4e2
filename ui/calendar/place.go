package calendar

import (
	"math"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/ui/theme"
)

// dims are the sizes of one drawing.
type dims struct {
	size        fyne.Size
	scale       float32
	text, small float32
	line        float32 // of one item
	head        float32 // over the columns
	number      float32 // of the day, in a cell of a month
	pad         float32
	gutter      float32 // of the hours, at the left
	column      float32 // how wide a day is
	cell        float32 // how high a day of a month is
	strip       float32 // of what has no hour, in a week
	hour        float32 // how high an hour is
}

// box is what can be clicked: an item, or the words "12 more" of a day.
type box struct {
	day        model.Day
	row        int // of the item; -1: there are more
	more       int
	x, y, w, h float32
	scrolls    bool // it lies among the hours
}

// lane is the room of a day: where a click adds and a drop moves.
type lane struct {
	day        model.Day
	x, y, w, h float32
	hours      bool // by hours; otherwise the whole day
}

// when hours begin: seen first.
const firstHour = 8

// measure gives everything its place.
func (c *Calendar) measure() {
	d := &c.dims
	whole := func(v float32) float32 { return float32(math.Round(float64(v))) }
	d.size, d.scale = c.Size(), theme.Scaled(1)
	d.text, d.small = theme.Text(), theme.Caption()
	d.line = whole(d.small*1.5 + 1)
	d.head = whole(24 * d.scale)
	d.number = whole(d.text*1.4 + 1)
	d.pad = whole(3 * d.scale)
	d.hour = 2 * (d.line + 1)
	d.gutter = 0
	c.boxes, c.lanes = c.boxes[:0], c.lanes[:0]
	switch c.mode {
	case Month:
		c.placeMonth()
	case Week:
		c.placeWeek()
	case Day:
		c.placeDay()
	}
}

func (c *Calendar) placeMonth() {
	d, s := &c.dims, c.span()
	weeks := int(s.to-s.from+1) / 7
	d.column = d.size.Width / 7
	d.cell = max((d.size.Height-d.head)/float32(weeks), d.number+d.line)
	for i := range 7 * weeks {
		day := s.from + model.Day(i)
		x, y := d.column*float32(i%7), d.head+d.cell*float32(i/7)
		c.lanes = append(c.lanes, lane{day: day, x: x, y: y, w: d.column, h: d.cell})
		c.list(day, x, y)
	}
}

// list puts what fits of a day into its cell of a month; how many more there
// are stands beside the number of the day.
func (c *Calendar) list(day model.Day, x, y float32) {
	d, items := &c.dims, c.days[day]
	n := min(int((d.cell-d.number-1)/(d.line+1)), len(items.First))
	for i := range n {
		c.boxes = append(c.boxes, box{day: day, row: i, x: x + d.pad, y: y + d.number + float32(i)*(d.line+1), w: d.column - 2*d.pad, h: d.line})
	}
	if more := items.Count - n; more > 0 {
		from := x + 40*d.scale
		c.boxes = append(c.boxes, box{day: day, row: -1, more: more, x: from, y: y + 1, w: x + d.column - d.pad - from, h: d.number - 1})
	}
}

// split parts the rows of a day into those without an hour and those with.
func (c *Calendar) split(day model.Day) (whole, timed []int) {
	for i, x := range c.days[day].First {
		if x.Minute < 0 || !c.hours {
			whole = append(whole, i)
		} else {
			timed = append(timed, i)
		}
	}
	return whole, timed
}

// stack puts rows under each other; when they do not all fit, the last line
// says how many more there are.
func (c *Calendar) stack(day model.Day, rows []int, x, y, w, h float32) {
	d := &c.dims
	unseen := c.days[day].Count - len(c.days[day].First)
	fits := int(h / (d.line + 1))
	n := len(rows)
	if n > fits || unseen > 0 {
		n = max(min(n, fits-1), 0)
	}
	for i := range n {
		c.boxes = append(c.boxes, box{day: day, row: rows[i], x: x + d.pad, y: y + float32(i)*(d.line+1), w: w - 2*d.pad, h: d.line})
	}
	if more := len(rows) - n + unseen; more > 0 {
		c.boxes = append(c.boxes, box{day: day, row: -1, more: more, x: x + d.pad, y: y + float32(n)*(d.line+1), w: w - 2*d.pad, h: d.line})
	}
}

func (c *Calendar) placeWeek() {
	d, s := &c.dims, c.span()
	if c.hours {
		d.gutter = float32(math.Round(float64(44 * d.scale)))
	}
	d.column = (d.size.Width - d.gutter) / 7
	d.strip = d.size.Height - d.head
	if c.hours {
		most := 1
		for i := range 7 {
			whole, _ := c.split(s.from + model.Day(i))
			most = max(most, len(whole)+1)
		}
		d.strip = min(float32(most)*(d.line+1)+d.pad, float32(math.Round(float64((d.size.Height-d.head)*0.5))))
	}
	for i := range 7 {
		day := s.from + model.Day(i)
		x := d.gutter + d.column*float32(i)
		whole, timed := c.split(day)
		c.lanes = append(c.lanes, lane{day: day, x: x, y: d.head, w: d.column, h: d.strip})
		c.stack(day, whole, x, d.head+d.pad, d.column, d.strip-d.pad)
		if c.hours {
			c.lanes = append(c.lanes, lane{day: day, x: x, y: d.head + d.strip, w: d.column, h: d.size.Height - d.head - d.strip, hours: true})
			c.byHour(day, timed, x, d.column)
		}
	}
}

// placeDay puts what has no hour at the left, the hours at the right.
func (c *Calendar) placeDay() {
	d := &c.dims
	day := c.focus
	whole, timed := c.split(day)
	d.strip = 0
	list := d.size.Width
	if c.hours {
		list = float32(math.Round(float64(d.size.Width * 0.45)))
		d.gutter = list + float32(math.Round(float64(44*d.scale)))
	}
	d.column = d.size.Width - d.gutter
	c.lanes = append(c.lanes, lane{day: day, x: 0, y: d.head, w: list, h: d.size.Height - d.head})
	step := d.line + 1
	hidden := float32(len(whole)) - float32(math.Floor(float64((d.size.Height-d.head-2*d.pad)/step)))
	c.listed = step * float32(math.Round(float64(min(max(c.listed/step, 0), max(hidden, 0)))))
	for i, row := range whole {
		y := d.head + d.pad + float32(i)*step - c.listed
		if y < d.head || y+d.line > d.size.Height {
			continue
		}
		c.boxes = append(c.boxes, box{day: day, row: row, x: d.pad, y: y, w: list - 3*d.pad, h: d.line})
	}
	if c.hours {
		c.lanes = append(c.lanes, lane{day: day, x: d.gutter, y: d.head, w: d.column, h: d.size.Height - d.head, hours: true})
		c.byHour(day, timed, d.gutter, d.column)
	}
}

// hoursTop is where the hours begin, and hoursHeight how much of them is seen.
func (c *Calendar) hoursTop() float32    { return c.dims.head + c.dims.strip }
func (c *Calendar) hoursHeight() float32 { return max(c.dims.size.Height-c.hoursTop(), 0) }

// clampTop keeps the hours within their bounds, with a whole half hour at the
// top.
func (c *Calendar) clampTop() {
	half := c.dims.hour / 2
	if c.top < 0 && !c.drag.carries {
		c.top = firstHour * c.dims.hour
	}
	hidden := math.Ceil(float64(max(48-c.hoursHeight()/half, 0)))
	c.top = half * float32(min(max(math.Round(float64(c.top/half)), 0), hidden))
}

// byHour puts rows beside their hours; those of one half hour share its width.
func (c *Calendar) byHour(day model.Day, rows []int, x, w float32) {
	c.clampTop()
	d := &c.dims
	list := c.days[day].First
	most := max(int(w/(74*d.scale)), 1)
	for at := 0; at < len(rows); {
		slot, end := list[rows[at]].Minute/30, at
		for end < len(rows) && list[rows[end]].Minute/30 == slot {
			end++
		}
		n := end - at
		show, more, chip := min(n, most), max(n-most, 0), float32(0)
		if more > 0 {
			chip = 40 * d.scale
		}
		width := (w - 2*d.pad - chip) / float32(show)
		y := c.hoursTop() + float32(slot)*d.hour/2 - c.top
		for i := range show {
			c.boxes = append(c.boxes, box{day: day, row: rows[at+i], x: x + d.pad + float32(i)*width, y: y, w: width - 1, h: d.line, scrolls: true})
		}
		if more > 0 {
			c.boxes = append(c.boxes, box{day: day, row: -1, more: more, x: x + w - d.pad - chip, y: y, w: chip, h: d.line, scrolls: true})
		}
		at = end
	}
}

// boxAt is the index of the box under a place, -1 for none.
func (c *Calendar) boxAt(p fyne.Position) int {
	for i, b := range c.boxes {
		if p.X < b.x || p.X >= b.x+b.w || p.Y < b.y || p.Y >= b.y+b.h {
			continue
		}
		if b.scrolls && p.Y < c.hoursTop() || p.Y < c.dims.head {
			continue
		}
		return i
	}
	return -1
}

// laneAt is the room of a day under a place.
func (c *Calendar) laneAt(p fyne.Position) (lane, bool) {
	for _, l := range c.lanes {
		if p.X >= l.x && p.X < l.x+l.w && p.Y >= l.y && p.Y < l.y+l.h {
			return l, true
		}
	}
	return lane{}, false
}

// minuteAt is the half hour at a height among the hours.
func (c *Calendar) minuteAt(y float32) int {
	slot := int((y - c.hoursTop() + c.top) / (c.dims.hour / 2))
	return min(max(slot, 0), 47) * 30
}

// dayOfHead is the day whose head lies under a place; in a month the number of
// the day counts as its head.
func (c *Calendar) dayOfHead(p fyne.Position) model.Day {
	d := &c.dims
	if c.mode != Month {
		if p.Y < d.head && c.mode == Week && p.X >= d.gutter {
			return c.span().from + model.Day(min(int((p.X-d.gutter)/d.column), 6))
		}
		return 0
	}
	if l, ok := c.laneAt(p); ok && p.Y < l.y+d.number && p.X < l.x+30*d.scale {
		return l.day
	}
	return 0
}

// reveal scrolls so that the item with the keyboard is seen.
func (c *Calendar) reveal() {
	x := c.item()
	if x == nil || c.mode == Month || c.dims.size.IsZero() {
		return
	}
	c.measure()
	d := &c.dims
	if c.hours && x.Minute >= 0 {
		y := float32(x.Minute/30) * d.hour / 2
		if y < c.top {
			c.top = y
		} else if y+d.line > c.top+c.hoursHeight() {
			c.top = y + d.hour/2 + d.line - c.hoursHeight()
		}
		return
	}
	if c.mode != Day {
		return
	}
	whole, _ := c.split(c.focus)
	for i, row := range whole {
		if row != c.row {
			continue
		}
		y, room := float32(i)*(d.line+1), d.size.Height-d.head-2*d.pad
		if y < c.listed {
			c.listed = y
		} else if y+d.line > c.listed+room {
			c.listed = y + 2*d.line - room
		}
	}
}
