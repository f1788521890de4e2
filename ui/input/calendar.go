package input

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/theme"
)

// calendar shows the month of a day, weeks from Monday. It never has the
// keyboard: the entry moves the day.
type calendar struct {
	widget.BaseWidget
	words  *DayWords
	day    model.Day
	choose func(model.Day)
	hover  fyne.Position
}

var (
	_ desktop.Mouseable = (*calendar)(nil)
	_ desktop.Hoverable = (*calendar)(nil)
	_ fyne.Scrollable   = (*calendar)(nil)
)

func newCalendar(words *DayWords, day model.Day, choose func(model.Day)) *calendar {
	c := &calendar{words: words, day: day, choose: choose, hover: fyne.NewPos(-1, -1)}
	c.ExtendBaseWidget(c)
	return c
}

func (c *calendar) goTo(d model.Day) {
	c.day = d
	c.Refresh()
}

// The head, the weekdays, six weeks and today's line are rows of a grid of
// seven columns.
func (c *calendar) cell() fyne.Size { return fyne.NewSize(theme.Scaled(32), theme.Scaled(24)) }

func (c *calendar) MinSize() fyne.Size {
	cell := c.cell()
	return fyne.NewSize(7*cell.Width+8, 9*cell.Height+8)
}

// first is the Monday that the first row of weeks begins with.
func (c *calendar) first() model.Day { return c.day.FirstOfMonth(0).Monday() }

func (c *calendar) place(p fyne.Position) (col, row int) {
	cell := c.cell()
	if p.X < 4 || p.Y < 4 {
		return -1, -1
	}
	return int((p.X - 4) / cell.Width), int((p.Y - 4) / cell.Height)
}

// MouseDown is for Fyne.
func (c *calendar) MouseDown(e *desktop.MouseEvent) {
	col, row := c.place(e.Position)
	switch {
	case col < 0 || col > 6:
	case row == 0 && col == 0:
		c.goTo(c.day.AddMonths(-1))
	case row == 0 && col == 6:
		c.goTo(c.day.AddMonths(1))
	case row >= 2 && row <= 7:
		c.choose(c.first() + model.Day((row-2)*7+col))
	case row == 8:
		c.choose(c.words.Today())
	}
}

// MouseUp is for Fyne.
func (c *calendar) MouseUp(*desktop.MouseEvent) {}

// MouseIn is for Fyne.
func (c *calendar) MouseIn(*desktop.MouseEvent) {}

// MouseMoved is for Fyne.
func (c *calendar) MouseMoved(e *desktop.MouseEvent) {
	a, b := c.place(c.hover)
	x, y := c.place(e.Position)
	c.hover = e.Position
	if a != x || b != y {
		c.Refresh()
	}
}

// MouseOut is for Fyne.
func (c *calendar) MouseOut() {
	c.hover = fyne.NewPos(-1, -1)
	c.Refresh()
}

// Scrolled is for Fyne: the wheel turns months.
func (c *calendar) Scrolled(e *fyne.ScrollEvent) {
	if e.Scrolled.DY > 0 {
		c.goTo(c.day.AddMonths(-1))
	} else {
		c.goTo(c.day.AddMonths(1))
	}
}

// CreateRenderer is for Fyne.
func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{c: c}
	r.draw()
	return r
}

type calendarRenderer struct {
	c       *calendar
	objects []fyne.CanvasObject
}

func (r *calendarRenderer) Destroy()                     {}
func (r *calendarRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *calendarRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *calendarRenderer) Layout(fyne.Size)             {}

func (r *calendarRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.c)
}

func (r *calendarRenderer) write(text string, col, row, cols int, tone fyne.ThemeColorName, bold bool) {
	cell := r.c.cell()
	t := canvas.NewText(text, theme.Color(tone))
	t.TextSize, t.TextStyle.Bold, t.Alignment = theme.Text(), bold, fyne.TextAlignCenter
	t.Move(fyne.NewPos(4+float32(col)*cell.Width, 4+float32(row)*cell.Height))
	t.Resize(fyne.NewSize(float32(cols)*cell.Width, cell.Height))
	r.objects = append(r.objects, t)
}

func (r *calendarRenderer) box(col, row int, fill, stroke fyne.ThemeColorName) {
	cell := r.c.cell()
	b := canvas.NewRectangle(nil)
	if fill != "" {
		b.FillColor = theme.Color(fill)
	}
	if stroke != "" {
		b.StrokeColor, b.StrokeWidth = theme.Color(stroke), 1
	}
	b.CornerRadius = 3
	b.Move(fyne.NewPos(5+float32(col)*cell.Width, 5+float32(row)*cell.Height))
	b.Resize(cell.SubtractWidthHeight(2, 2))
	r.objects = append(r.objects, b)
}

func (r *calendarRenderer) draw() {
	c := r.c
	r.objects = r.objects[:0]
	hoverCol, hoverRow := c.place(c.hover)
	if hoverRow == 0 && (hoverCol == 0 || hoverCol == 6) || hoverRow >= 2 && hoverRow <= 7 && hoverCol < 7 {
		r.box(hoverCol, hoverRow, theme.Hover, "")
	}
	r.write("‹", 0, 0, 1, theme.Foreground, true)
	r.write(c.words.Month(c.day), 1, 0, 5, theme.Foreground, true)
	r.write("›", 6, 0, 1, theme.Foreground, true)
	for i, w := range c.words.Weekdays {
		r.write(w, i, 1, 1, theme.Muted, false)
	}
	today, month := c.words.Today(), c.day.Month()
	for i := range 42 {
		d := c.first() + model.Day(i)
		col, row := i%7, 2+i/7
		tone := theme.Foreground
		switch {
		case d.Month() != month:
			tone = theme.Muted
		case col >= 5:
			tone = theme.Red
		}
		if d == c.day {
			r.box(col, row, theme.Selected, theme.Ring)
		} else if d == today {
			r.box(col, row, "", theme.Border)
		}
		r.write(strconv.Itoa(d.Time().Day()), col, row, 1, tone, d == today)
	}
	r.write(c.words.TodayTip+": "+c.words.Format(today), 0, 8, 7, theme.Link, false)
}
