package calendar

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
)

// FocusGained is for Fyne.
func (c *Calendar) FocusGained() {
	c.focused = true
	c.Refresh()
}

// FocusLost is for Fyne.
func (c *Calendar) FocusLost() {
	c.focused, c.shift = false, false
	c.Refresh()
}

// TypedRune is for Fyne: letters are keys, whatever the layout.
func (c *Calendar) TypedRune(rune) {}

// KeyDown is for Fyne.
func (c *Calendar) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		c.shift = true
	}
}

// KeyUp is for Fyne.
func (c *Calendar) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		c.shift = false
	}
}

func (c *Calendar) modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	if c.shift {
		return fyne.KeyModifierShift
	}
	return 0
}

// TypedKey is for Fyne.
func (c *Calendar) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		c.sideways(-1)
	case fyne.KeyRight:
		c.sideways(1)
	case fyne.KeyUp:
		c.upwards(-1)
	case fyne.KeyDown:
		c.upwards(1)
	case fyne.KeyPageUp:
		c.Step(-1)
	case fyne.KeyPageDown:
		c.Step(1)
	case fyne.KeyHome:
		c.Go(c.focus.Monday())
	case fyne.KeyEnd:
		c.Go(c.focus.Monday() + 6)
	case fyne.KeyT:
		c.Today()
	case fyne.KeyM:
		c.SetMode(Month)
	case fyne.KeyW:
		c.SetMode(Week)
	case fyne.KeyD:
		c.SetMode(Day)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.open()
	case fyne.KeyInsert:
		c.add()
	case fyne.KeySpace:
		if id := c.Focus(); id != 0 && c.OnPreview != nil {
			c.OnPreview(id)
		}
	case desktop.KeyMenu:
		c.keyMenu()
	case fyne.KeyF10:
		if c.modifiers()&fyne.KeyModifierShift != 0 {
			c.keyMenu()
			return
		}
		c.pass(k)
	case fyne.KeyEscape:
		switch {
		case c.drag.carries:
			c.drag = drag{}
			c.Refresh()
		case c.row >= 0:
			c.put(c.focus, -1)
		default:
			c.pass(k)
		}
	default:
		c.pass(k)
	}
}

func (c *Calendar) pass(k *fyne.KeyEvent) {
	if c.OnKey != nil {
		c.OnKey(k, c.modifiers())
	}
}

// open opens the record with the keyboard, or shows the day where there is
// none; a day seen alone gets a new one.
func (c *Calendar) open() {
	switch id := c.Focus(); {
	case id != 0:
		if c.OnOpen != nil {
			c.OnOpen(id)
		}
	case c.mode == Day || c.days[c.focus].Count == 0:
		c.add()
	default:
		c.more(c.focus)
	}
}

// add asks for a new record of the day with the keyboard, at the hour of the
// item that has it.
func (c *Calendar) add() {
	if c.OnAdd == nil {
		return
	}
	minute := NoHour
	if x := c.item(); x != nil && c.mode != Month {
		minute = x.Minute
	}
	c.OnAdd(c.focus, minute)
}

// sideways goes to the day before or after; at the edge of what is seen, to the
// page that holds it.
func (c *Calendar) sideways(by int) {
	row := c.row
	c.Go(c.focus + model.Day(by))
	if n := len(c.days[c.focus].First); row >= 0 && n > 0 {
		c.put(c.focus, min(row, n-1))
	}
}

// upwards goes through the items of a day; in a month on to the week before or
// after.
func (c *Calendar) upwards(by int) {
	n := len(c.days[c.focus].First)
	row := c.row + by
	switch {
	case row >= -1 && row < c.reach(n):
		c.put(c.focus, row)
	case c.mode == Month:
		c.Go(c.focus + model.Day(7*by))
		if last := c.reach(len(c.days[c.focus].First)); by < 0 && last > 0 {
			c.put(c.focus, last-1)
		}
	}
}

// reach is how many of a day's items the keyboard goes through: those that are
// seen in a month, all elsewhere.
func (c *Calendar) reach(n int) int {
	if c.mode != Month {
		return n
	}
	seen := 0
	for _, b := range c.boxes {
		if b.day == c.focus && b.row >= 0 {
			seen++
		}
	}
	return min(n, seen)
}

// TypedShortcut is for Fyne: Ctrl with an arrow moves the record.
func (c *Calendar) TypedShortcut(s fyne.Shortcut) {
	k, ok := s.(*desktop.CustomShortcut)
	x := c.item()
	if !ok || x == nil || c.OnMove == nil || k.Modifier != fyne.KeyModifierShortcutDefault {
		return
	}
	days, minutes := 0, 0
	switch k.KeyName {
	case fyne.KeyLeft:
		days = -1
	case fyne.KeyRight:
		days = 1
	case fyne.KeyUp:
		days, minutes = -7, -30
	case fyne.KeyDown:
		days, minutes = 7, 30
	default:
		return
	}
	id := x.ID
	c.want = id
	if minutes == 0 || c.mode == Month {
		c.OnMove(id, c.focus+model.Day(days), NoHour, true)
		return
	}
	if c.hours {
		minute := min(max(x.Minute+minutes, 0), 24*60-30)
		if x.Minute < 0 {
			minute = firstHour*60 + 60
		}
		c.OnMove(id, c.focus, minute, false)
	}
}

func (c *Calendar) keyMenu() {
	if c.OnMenu == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
	for _, b := range c.boxes {
		if b.day == c.focus && b.row == c.row {
			c.OnMenu(c.Focus(), c.focus, at.AddXY(b.x+20*c.dims.scale, b.y+b.h))
			return
		}
	}
	for _, l := range c.lanes {
		if l.day == c.focus {
			c.OnMenu(c.Focus(), c.focus, at.AddXY(l.x+20*c.dims.scale, l.y+c.dims.number))
			return
		}
	}
}
