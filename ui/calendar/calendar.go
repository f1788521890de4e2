// Package calendar shows records by their days: a month, a week or one day,
// among which they are dragged, or moved by keys.
package calendar

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/theme"
)

// Mode is how much of the calendar is seen.
type Mode string

// The modes.
const (
	Month Mode = "month"
	Week  Mode = "week"
	Day   Mode = "day"
)

// NoHour is the minute of what has a day but no hour.
const NoHour = -1

// Item is one record, ready to show.
type Item struct {
	ID     int64
	Minute int // of the day; NoHour: the whole day
	Hour   string
	Text   string
	Kind   fyne.ThemeColorName // of its edge: what it is
	Tone   fyne.ThemeColorName // of its text and surface: how it stands
	Done   bool                // it stands back
	Sign   string              // before the text: a tick
}

// Items are those of one day: how many there are, and the first of them.
type Items struct {
	Count int
	First []Item
}

// Source is where items come from; it must not block. They come by SetDays.
type Source interface {
	// Days says that the days from and to and those between are wanted, up to
	// each items of a day. A call takes the place of the one before.
	Days(from, to model.Day, each int)
}

// Words are what the calendar says.
type Words struct {
	Weekday func(d model.Day) string // over a column of a month
	Date    func(d model.Day) string // over a column of a week
	Number  func(d model.Day) string // in a cell of a month
	More    func(n int) string       // "12 more"
	Count   func(n int) string       // how many a day of a week has
	Hour    func(minute int) string
	AllDay  string
	Empty   string // of a day, seen alone, on which there is nothing
}

// Calendar belongs to the UI goroutine.
type Calendar struct {
	widget.BaseWidget

	OnOpen    func(id int64)
	OnPreview func(id int64)
	// OnAdd asks for a new record of a day; minute is NoHour where none was meant.
	OnAdd    func(d model.Day, minute int)
	OnMenu   func(id int64, d model.Day, at fyne.Position) // id 0: beside the items
	OnSelect func()
	// OnMove asks to move a record. Where keep is set its hour stays as it is.
	// The calendar shows it there once the source does.
	OnMove func(id int64, to model.Day, minute int, keep bool)
	OnMore func(d model.Day) // what does not fit is wanted
	OnShow func()            // other days or another mode came into view
	OnKey  func(key *fyne.KeyEvent, mod fyne.KeyModifier) bool

	source Source
	words  Words
	today  model.Day
	hours  bool // records have hours

	mode  Mode
	focus model.Day
	row   int // of the item with the keyboard, -1: the day itself
	want  int64

	from, to model.Day // what is held
	each     int
	days     map[model.Day]Items
	asked    request
	stale    bool

	boxes   []box
	lanes   []lane
	dims    dims
	top     float32 // of the hours
	listed  float32 // how far the list of a day, of what has no hour, is scrolled
	wheel   float32 // turned since the last page
	focused bool
	hover   int // index of a box
	drag    drag
	clicked click
	cursor  desktop.StandardCursor
	now     func() time.Time
	shift   bool
}

// request is what was asked of the source.
type request struct {
	from, to model.Day
	each     int
}

type click struct {
	id int64
	at time.Time
}

var (
	_ fyne.Focusable     = (*Calendar)(nil)
	_ fyne.Scrollable    = (*Calendar)(nil)
	_ fyne.Draggable     = (*Calendar)(nil)
	_ fyne.Shortcutable  = (*Calendar)(nil)
	_ desktop.Mouseable  = (*Calendar)(nil)
	_ desktop.Hoverable  = (*Calendar)(nil)
	_ desktop.Keyable    = (*Calendar)(nil)
	_ desktop.Cursorable = (*Calendar)(nil)
)

// New makes a calendar that shows the month of today. hours says that records
// may have an hour.
func New(s Source, w Words, today model.Day, hours bool) *Calendar {
	c := &Calendar{source: s, words: w, today: today, hours: hours, mode: Month, focus: today, row: -1, hover: -1, top: -1, now: time.Now}
	c.ExtendBaseWidget(c)
	return c
}

// Mode is what is seen.
func (c *Calendar) Mode() Mode { return c.mode }

// SetMode shows a month, a week or a day around the day with the keyboard.
func (c *Calendar) SetMode(m Mode) {
	if m != Month && m != Week && m != Day {
		return
	}
	c.mode, c.listed = m, 0
	c.shown()
}

// Focus is the record with the keyboard; 0 when it stands on a day.
func (c *Calendar) Focus() int64 {
	if x := c.item(); x != nil {
		return x.ID
	}
	return 0
}

// Current is the day with the keyboard.
func (c *Calendar) Current() model.Day { return c.focus }

// Item is what the record with the keyboard says; nil when there is none.
func (c *Calendar) Item() *Item { return c.item() }

// Go moves the keyboard to a day and brings it into view.
func (c *Calendar) Go(d model.Day) {
	was := c.span()
	c.focus, c.row = d, -1
	if c.span() != was {
		c.shown()
		return
	}
	c.selected()
}

// Select moves the keyboard to a record once it is held.
func (c *Calendar) Select(id int64) {
	c.want = id
	c.settle()
	c.Refresh()
}

// Step shows the month, week or day before or after.
func (c *Calendar) Step(by int) {
	d := c.focus
	switch c.mode {
	case Month:
		d = d.AddMonths(by)
	case Week:
		d += model.Day(7 * by)
	case Day:
		d += model.Day(by)
	}
	c.Go(d)
}

// Today shows today.
func (c *Calendar) Today() { c.Go(c.today) }

// Span is the first and the last day in view.
func (c *Calendar) Span() (from, to model.Day) {
	s := c.span()
	return s.from, s.to
}

func (c *Calendar) span() request {
	switch c.mode {
	case Week:
		return request{from: c.focus.Monday(), to: c.focus.Monday() + 6}
	case Day:
		return request{from: c.focus, to: c.focus}
	}
	return request{from: c.focus.FirstOfMonth(0).Monday(), to: (c.focus.FirstOfMonth(1) - 1).Monday() + 6}
}

// IDs are the records held, in the order of their days.
func (c *Calendar) IDs() []int64 {
	var out []int64
	for d := c.from; d <= c.to; d++ {
		for _, x := range c.days[d].First {
			out = append(out, x.ID)
		}
	}
	return out
}

// SetDays hands over the days that were asked for.
func (c *Calendar) SetDays(from, to model.Day, each int, days map[model.Day]Items) {
	c.from, c.to, c.each, c.days, c.stale = from, to, each, days, false
	c.settle()
	c.Refresh()
}

// settle keeps the keyboard on a record that is held.
func (c *Calendar) settle() {
	if c.want != 0 {
		for d, x := range c.days {
			for i := range x.First {
				if x.First[i].ID == c.want {
					c.focus, c.row, c.want = d, i, 0
					c.selected()
					return
				}
			}
		}
	}
	if n := len(c.days[c.focus].First); c.row >= n {
		c.row = n - 1
	}
	c.selected()
}

// Invalidate reads what is in view anew; it stands until then.
func (c *Calendar) Invalidate() {
	if c.want == 0 {
		c.want = c.Focus()
	}
	c.asked, c.stale = request{}, true
	c.Refresh()
}

// Reset forgets all that is held.
func (c *Calendar) Reset() {
	c.asked, c.days, c.from, c.to = request{}, nil, 0, 0
	c.Refresh()
}

func (c *Calendar) item() *Item {
	list := c.days[c.focus].First
	if c.row < 0 || c.row >= len(list) {
		return nil
	}
	return &list[c.row]
}

// selected tells that the keyboard stands elsewhere.
func (c *Calendar) selected() {
	c.reveal()
	c.Refresh()
	if c.OnSelect != nil {
		c.OnSelect()
	}
}

// shown tells that other days are in view.
func (c *Calendar) shown() {
	c.row, c.hover, c.listed = -1, -1, 0
	c.Refresh()
	if c.OnShow != nil {
		c.OnShow()
	}
	if c.OnSelect != nil {
		c.OnSelect()
	}
}

// ask asks for what is in view and not held.
func (c *Calendar) ask() {
	s := c.span()
	s.each = c.room()
	held := !c.stale && c.days != nil && c.from <= s.from && c.to >= s.to && c.each >= s.each
	if held || c.asked == s {
		return
	}
	c.asked = s
	c.source.Days(s.from, s.to, s.each)
}

// room is how many items of a day are wanted: those that can be seen, and in a
// day seen alone as many as anybody scrolls through.
func (c *Calendar) room() int {
	switch c.mode {
	case Week:
		return 120
	case Day:
		return 2000
	}
	return max(12, int(c.dims.cell/max(c.dims.line, 1))+1)
}

// MinSize is for Fyne.
func (c *Calendar) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(theme.Scaled(240), theme.Scaled(200))
}

// Cursor is for Fyne.
func (c *Calendar) Cursor() desktop.Cursor { return c.cursor }
