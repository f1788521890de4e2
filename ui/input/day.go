package input

import (
	"fyne.io/fyne/v2"

	"ugoda/model"
)

// DayWords is how days are typed, shown and called.
type DayWords struct {
	Parse    func(text string) (model.Day, error) // "27", "+3", "пт", "27.11.26"
	Format   func(d model.Day) string
	Explain  func(err error) string
	Month    func(d model.Day) string // head of the calendar: "листопад 2026"
	Weekdays [7]string                // Monday first, short
	Today    func() model.Day
	TodayTip string // text of the button that goes to today
}

// Day is an entry for a day, with a calendar below it: F4 or Alt+↓ opens it,
// the arrows, PgUp and PgDn move in it, Enter takes the day.
type Day struct {
	Entry

	// OnChange is called when a person gave another day, or emptied it.
	OnChange func()

	words    DayWords
	value    model.Day
	popup    *Popup
	calendar *calendar
}

// NewDay makes an empty entry for a day.
func NewDay(words DayWords) *Day {
	d := &Day{words: words}
	d.before = d.key
	d.runes = func(rune) bool { d.close(); return false }
	d.OnLeave = func() { d.close(); d.Commit() }
	d.ActionItem = newArrow(d.toggle)
	d.init(d)
	return d
}

// Set shows a day; 0 is none. It does not tell OnChange.
func (d *Day) Set(v model.Day) {
	d.value = v
	d.SetText(d.show(v))
	d.SetProblem("")
}

func (d *Day) show(v model.Day) string {
	if v.IsZero() {
		return ""
	}
	return d.words.Format(v)
}

// Value is the day, 0 for none.
func (d *Day) Value() model.Day { return d.value }

// Commit reads what stands there, as leaving the entry does; it is false when
// it cannot be read.
func (d *Day) Commit() bool {
	if d.Text == d.show(d.value) {
		d.SetProblem("")
		return true
	}
	var v model.Day
	if d.Text != "" {
		var err error
		if v, err = d.words.Parse(d.Text); err != nil {
			d.SetProblem(d.words.Explain(err))
			return false
		}
	}
	d.take(v)
	return true
}

func (d *Day) take(v model.Day) {
	changed := v != d.value
	d.Set(v)
	if changed && d.OnChange != nil {
		d.OnChange()
	}
}

func (d *Day) toggle() {
	if d.popup != nil {
		d.close()
		return
	}
	if d.Disabled() {
		return
	}
	focus(d)
	day := d.value
	if v, err := d.words.Parse(d.Text); d.Text != "" && err == nil {
		day = v
	}
	if day.IsZero() {
		day = d.words.Today()
	}
	d.calendar = newCalendar(&d.words, day, func(v model.Day) {
		d.close()
		d.take(v)
		d.SelectAllText()
	})
	d.popup = Hang(d, d, d.calendar, func() { d.popup = nil })
}

func (d *Day) close() {
	if d.popup != nil {
		d.popup.Close()
	}
}

func (d *Day) key(key fyne.KeyName, mod fyne.KeyModifier) bool {
	switch {
	case key == fyne.KeyF4 && mod == 0, key == fyne.KeyDown && mod == fyne.KeyModifierAlt:
		d.toggle()
		return true
	case d.popup == nil:
		if (key == fyne.KeyReturn || key == fyne.KeyEnter) && mod == 0 {
			return !d.Commit()
		}
		return false
	}
	return d.inCalendar(key)
}

func (d *Day) inCalendar(key fyne.KeyName) bool {
	c := d.calendar
	switch key {
	case fyne.KeyEscape:
		d.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		c.choose(c.day)
	case fyne.KeyLeft:
		c.goTo(c.day - 1)
	case fyne.KeyRight:
		c.goTo(c.day + 1)
	case fyne.KeyUp:
		c.goTo(c.day - 7)
	case fyne.KeyDown:
		c.goTo(c.day + 7)
	case fyne.KeyPageUp:
		c.goTo(c.day.AddMonths(-1))
	case fyne.KeyPageDown:
		c.goTo(c.day.AddMonths(1))
	case fyne.KeyHome:
		c.goTo(d.words.Today())
	default:
		return false
	}
	return true
}

func (d *Day) leaveByTab() {
	if d.popup != nil {
		d.take(d.calendar.day)
	}
}
