package calendar

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
)

// drag is what the pressed button is doing.
type drag struct {
	pressed bool
	from    fyne.Position
	at      fyne.Position
	offset  fyne.Position // of the pointer within the item
	box     box
	item    Item
	carries bool // it has moved: a ghost follows the pointer
	empty   bool // an empty place was pressed
}

// slack is how far the pointer moves before a press becomes a drag.
const slack = 6

// MouseDown is for Fyne.
func (c *Calendar) MouseDown(e *desktop.MouseEvent) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil && cv.Focused() != fyne.Focusable(c) {
		cv.Focus(c)
	}
	i := c.boxAt(e.Position)
	if e.Button == desktop.MouseButtonSecondary {
		c.pressMenu(i, e)
		return
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	c.drag = drag{pressed: true, from: e.Position, at: e.Position, empty: i < 0}
	if i < 0 {
		if l, ok := c.laneAt(e.Position); ok && c.mode == Month {
			c.focus, c.row = l.day, -1
			c.selected()
		}
		return
	}
	b := c.boxes[i]
	c.drag.box = b
	if b.row < 0 {
		return
	}
	c.drag.item = c.days[b.day].First[b.row]
	c.drag.offset = e.Position.SubtractXY(b.x, b.y)
	c.put(b.day, b.row)
	now := c.now()
	if c.clicked.id == c.drag.item.ID && now.Sub(c.clicked.at) < fyne.CurrentApp().Driver().DoubleTapDelay() {
		c.clicked, c.drag = click{}, drag{}
		c.open()
		return
	}
	c.clicked = click{c.drag.item.ID, now}
}

// put puts the keyboard on an item of a day in view.
func (c *Calendar) put(d model.Day, row int) {
	c.focus, c.row = d, row
	c.selected()
}

func (c *Calendar) pressMenu(i int, e *desktop.MouseEvent) {
	id, day := int64(0), c.focus
	if i >= 0 {
		b := c.boxes[i]
		day = b.day
		c.put(b.day, b.row)
		id = c.Focus()
	} else if l, ok := c.laneAt(e.Position); ok {
		day = l.day
		c.put(day, -1)
	}
	if c.OnMenu != nil {
		c.OnMenu(id, day, e.AbsolutePosition)
	}
}

// MouseUp is for Fyne.
func (c *Calendar) MouseUp(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	d := c.drag
	c.drag = drag{}
	switch {
	case d.carries:
		c.clicked = click{}
		c.Refresh()
		if l, ok := c.laneAt(e.Position); ok {
			c.drop(d, l, e.Position)
		}
	case !d.pressed || far(d.from, e.Position):
	case d.box.more > 0:
		c.more(d.box.day)
	case d.empty:
		c.press(e.Position)
	}
}

// more shows the day that holds more than fits.
func (c *Calendar) more(day model.Day) {
	if c.mode == Day {
		if c.OnMore != nil {
			c.OnMore(day)
		}
		return
	}
	c.focus = day
	c.SetMode(Day)
}

// press is a click beside the items: on the head of a day it shows that day, in
// its room it adds.
func (c *Calendar) press(p fyne.Position) {
	if d := c.dayOfHead(p); d != 0 {
		c.more(d)
		return
	}
	l, ok := c.laneAt(p)
	if !ok || c.OnAdd == nil {
		return
	}
	minute := NoHour
	if l.hours {
		minute = c.minuteAt(p.Y)
	}
	c.OnAdd(l.day, minute)
}

// drop asks to move what was carried, unless it stands there already.
func (c *Calendar) drop(d drag, l lane, p fyne.Position) {
	minute, keep := NoHour, c.mode == Month || !c.hours
	if l.hours {
		minute = c.minuteAt(p.Y - d.offset.Y + c.dims.line/2)
	}
	same := keep || minute == d.item.Minute || minute >= 0 && d.item.Minute >= 0 && minute/30 == d.item.Minute/30
	if c.OnMove == nil || l.day == d.box.day && same {
		return
	}
	if same {
		keep = true
	}
	c.OnMove(d.item.ID, l.day, minute, keep)
}

// Dragged is for Fyne.
func (c *Calendar) Dragged(e *fyne.DragEvent) {
	d := &c.drag
	if !d.pressed || d.item.ID == 0 {
		return
	}
	d.at = e.Position
	if !d.carries && far(d.from, d.at) {
		d.carries = true
	}
	if d.carries {
		c.scrollAtEdges(e.Position)
		c.Refresh()
	}
}

// DragEnd is for Fyne; MouseUp follows.
func (c *Calendar) DragEnd() {}

// scrollAtEdges brings hours into view while an item is carried there.
func (c *Calendar) scrollAtEdges(p fyne.Position) {
	if !c.hours || c.mode == Month || p.X < c.dims.gutter {
		return
	}
	edge, step := 9*c.dims.scale, c.dims.hour/2
	switch {
	case p.Y > c.hoursTop() && p.Y < c.hoursTop()+edge:
		c.top = max(c.top-step, 0)
	case p.Y > c.dims.size.Height-edge:
		c.top += step
	}
	c.clampTop()
}

func far(a, b fyne.Position) bool {
	return math.Abs(float64(a.X-b.X)) > slack || math.Abs(float64(a.Y-b.Y)) > slack
}

// Scrolled is for Fyne: the wheel goes through the weeks of a month by months,
// and through the hours of a week or a day.
func (c *Calendar) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY == 0 {
		return
	}
	switch {
	case c.mode == Month || c.mode == Week && !c.hours:
		c.turn(e.Scrolled.DY)
		return
	case c.mode == Day && (!c.hours || e.Position.X < c.dims.gutter-44*c.dims.scale):
		c.listed -= e.Scrolled.DY / 25 * 3 * c.dims.line
	case c.mode == Week && e.Position.Y < c.hoursTop():
		c.turn(e.Scrolled.DY)
		return
	default:
		c.top = max(c.top-e.Scrolled.DY/25*1.5*c.dims.hour, 0)
		c.clampTop()
	}
	c.Refresh()
}

// page is how far the wheel turns to the next page: a notch of an ordinary one.
const page = 10

// turn goes to the page before or after, one for a notch of the wheel.
func (c *Calendar) turn(dy float32) {
	c.wheel += dy
	switch {
	case c.wheel >= page:
		c.wheel = 0
		c.Step(-1)
	case c.wheel <= -page:
		c.wheel = 0
		c.Step(1)
	}
}

// MouseIn is for Fyne.
func (c *Calendar) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved is for Fyne.
func (c *Calendar) MouseMoved(e *desktop.MouseEvent) {
	i := c.boxAt(e.Position)
	c.cursor = desktop.DefaultCursor
	if i >= 0 && c.boxes[i].row < 0 || i < 0 && c.dayOfHead(e.Position) != 0 {
		c.cursor = desktop.PointerCursor
	}
	if i != c.hover {
		c.hover = i
		c.Refresh()
	}
}

// MouseOut is for Fyne.
func (c *Calendar) MouseOut() {
	if c.hover >= 0 {
		c.hover = -1
		c.Refresh()
	}
}
