package calendar

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ugoda/model"
	"ugoda/ui/theme"
)

var today = model.Date(2026, time.November, 25) // a Wednesday

// diary is a source with so many items a day; an id is day*100,000 + row.
type diary struct {
	c     *Calendar
	many  int
	asked []request
	hours []int // of the first items
}

func (s *diary) Days(from, to model.Day, each int) {
	s.asked = append(s.asked, request{from, to, each})
	out := map[model.Day]Items{}
	for d := from; d <= to; d++ {
		x := Items{Count: s.many}
		for i := range min(each, s.many) {
			item := Item{ID: int64(d)*100_000 + int64(i), Minute: NoHour, Text: fmt.Sprintf("Справа %d", i)}
			if i < len(s.hours) {
				item.Minute = s.hours[i]
			}
			x.First = append(x.First, item)
		}
		out[d] = x
	}
	s.c.SetDays(from, to, each, out)
}

type done struct {
	opened []int64
	added  []string
	moved  []string
	more   []model.Day
}

func setup(t testing.TB, many int, hours ...int) (*Calendar, *diary, *done) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	s, got := &diary{many: many, hours: hours}, &done{}
	c := New(s, Words{
		Weekday: func(d model.Day) string { return d.Weekday().String() },
		Date:    func(d model.Day) string { return d.String() },
		Number:  func(d model.Day) string { return fmt.Sprint(d.Time().Day()) },
		More:    func(n int) string { return fmt.Sprintf("ще %d", n) },
		Count:   func(n int) string { return fmt.Sprint(n) },
		Hour:    func(m int) string { return fmt.Sprintf("%d:%02d", m/60, m%60) },
		AllDay:  "Без часу", Empty: "Порожньо",
	}, today, true)
	s.c = c
	c.OnOpen = func(id int64) { got.opened = append(got.opened, id) }
	c.OnAdd = func(d model.Day, m int) { got.added = append(got.added, fmt.Sprint(d, " ", m)) }
	c.OnMove = func(id int64, d model.Day, m int, keep bool) {
		got.moved = append(got.moved, fmt.Sprint(id%100_000, " ", d, " ", m, " ", keep))
	}
	c.OnMore = func(d model.Day) { got.more = append(got.more, d) }
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 600))
	w.Canvas().Focus(c)
	return c, s, got
}

func press(c *Calendar, keys ...fyne.KeyName) {
	for _, k := range keys {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func mouse(p fyne.Position, button desktop.MouseButton) *desktop.MouseEvent {
	e := &desktop.MouseEvent{Button: button}
	e.Position, e.AbsolutePosition = p, p
	return e
}

func tap(c *Calendar, p fyne.Position) {
	c.MouseDown(mouse(p, desktop.MouseButtonPrimary))
	c.MouseUp(mouse(p, desktop.MouseButtonPrimary))
}

func carry(c *Calendar, from, to fyne.Position) {
	c.MouseDown(mouse(from, desktop.MouseButtonPrimary))
	for i := range 4 {
		d := &fyne.DragEvent{}
		d.Position = from.AddXY((to.X-from.X)*float32(i+1)/4, (to.Y-from.Y)*float32(i+1)/4)
		c.Dragged(d)
	}
	c.DragEnd()
	c.MouseUp(mouse(to, desktop.MouseButtonPrimary))
}

// boxOf is the middle of an item, or of the words about more of a day (row -1).
func boxOf(t *testing.T, c *Calendar, d model.Day, row int) fyne.Position {
	t.Helper()
	for _, b := range c.boxes {
		if b.day == d && b.row == row {
			return fyne.NewPos(b.x+b.w/2, b.y+b.h/2)
		}
	}
	t.Fatalf("row %d of %s is not in view", row, d)
	return fyne.Position{}
}

func laneOf(t *testing.T, c *Calendar, d model.Day, hours bool) lane {
	t.Helper()
	for _, l := range c.lanes {
		if l.day == d && l.hours == hours {
			return l
		}
	}
	t.Fatalf("%s is not in view", d)
	return lane{}
}

func texts(c *Calendar) []string {
	var out []string
	for _, o := range test.WidgetRenderer(c).Objects() {
		if x, ok := o.(*canvas.Text); ok {
			out = append(out, x.Text)
		}
	}
	return out
}

// Only what is in view is asked for, once, however much there is.
func TestOnlyTheVisibleSpanIsRead(t *testing.T) {
	c, s, _ := setup(t, 5_000)
	if len(s.asked) != 1 || s.asked[0].from != model.Date(2026, 10, 26) || s.asked[0].to != model.Date(2026, 12, 6) || s.asked[0].each > 40 {
		t.Fatalf("a month asks for %v", s.asked)
	}
	if n := len(test.WidgetRenderer(c).Objects()); n > 1500 {
		t.Errorf("%d objects are drawn", n)
	}
	c.Refresh()
	c.SetMode(Week)
	if last := s.asked[len(s.asked)-1]; len(s.asked) != 2 || last.from != today-2 || last.to != today+4 {
		t.Errorf("a week asks for %v", s.asked[1:])
	}
	press(c, fyne.KeyPageDown)
	if last := s.asked[len(s.asked)-1]; last.from != today+5 {
		t.Errorf("the next week asks for %v", last)
	}
	press(c, fyne.KeyT, fyne.KeyD)
	if from, to := c.Span(); from != today || to != today {
		t.Errorf("a day shows %s to %s", from, to)
	}
	if n := len(test.WidgetRenderer(c).Objects()); n > 1500 {
		t.Errorf("%d objects are drawn for a day", n)
	}
}

func TestArrowsGoThroughDaysAndItems(t *testing.T) {
	c, _, got := setup(t, 2)
	for _, x := range []struct {
		keys []fyne.KeyName
		day  model.Day
		row  int
	}{
		{[]fyne.KeyName{fyne.KeyRight}, today + 1, -1},
		{[]fyne.KeyName{fyne.KeyDown}, today + 1, 0},
		{[]fyne.KeyName{fyne.KeyDown}, today + 1, 1},
		{[]fyne.KeyName{fyne.KeyDown}, today + 8, -1},
		{[]fyne.KeyName{fyne.KeyUp}, today + 1, 1},
		{[]fyne.KeyName{fyne.KeyLeft}, today, 1},
		{[]fyne.KeyName{fyne.KeyEscape}, today, -1},
		{[]fyne.KeyName{fyne.KeyHome}, today - 2, -1},
		{[]fyne.KeyName{fyne.KeyEnd}, today + 4, -1},
		{[]fyne.KeyName{fyne.KeyPageUp}, model.Date(2026, 10, 29), -1},
		{[]fyne.KeyName{fyne.KeyT}, today, -1},
	} {
		press(c, x.keys...)
		if c.focus != x.day || c.row != x.row {
			t.Fatalf("%v: on %s row %d, wanted %s row %d", x.keys, c.focus, c.row, x.day, x.row)
		}
	}
	press(c, fyne.KeyDown, fyne.KeyReturn)
	if len(got.opened) != 1 || got.opened[0] != int64(today)*100_000 {
		t.Errorf("Enter opened %v", got.opened)
	}
	press(c, fyne.KeyInsert)
	if !slices.Equal(got.added, []string{today.String() + " -1"}) {
		t.Errorf("Insert added %v", got.added)
	}
	c.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	if want := fmt.Sprint("0 ", today+7, " -1 true"); !slices.Equal(got.moved, []string{want}) {
		t.Errorf("Ctrl+Down moved %v", got.moved)
	}
}

func TestDraggingToAnotherDayAndHour(t *testing.T) {
	c, _, got := setup(t, 2, 9*60)
	l := laneOf(t, c, today+2, false)
	carry(c, boxOf(t, c, today, 1), fyne.NewPos(l.x+20, l.y+30))
	carry(c, boxOf(t, c, today, 0), boxOf(t, c, today, 1)) // the same day: nothing
	c.SetMode(Week)
	c.reveal()
	hours := laneOf(t, c, today+1, true)
	at := fyne.NewPos(hours.x+30, c.hoursTop()+(11*60+30)/30*c.dims.hour/2-c.top+c.dims.line/2)
	carry(c, boxOf(t, c, today, 1), at)
	carry(c, boxOf(t, c, today, 0), at)
	strip := laneOf(t, c, today, false)
	carry(c, boxOf(t, c, today, 0), fyne.NewPos(strip.x+30, strip.y+strip.h-3))
	want := []string{
		fmt.Sprint("1 ", today+2, " -1 true"),
		fmt.Sprint("1 ", today+1, " 690 false"),
		fmt.Sprint("0 ", today+1, " 690 false"),
		fmt.Sprint("0 ", today, " -1 false"),
	}
	if !slices.Equal(got.moved, want) {
		t.Errorf("moved\n%v, wanted\n%v", got.moved, want)
	}
	if len(got.added) != 0 {
		t.Errorf("dragging added %v", got.added)
	}
}

func TestClickOnAnEmptyPlaceAdds(t *testing.T) {
	c, _, got := setup(t, 0)
	l := laneOf(t, c, today+1, false)
	tap(c, fyne.NewPos(l.x+l.w/2, l.y+l.h/2))
	c.SetMode(Week)
	h := laneOf(t, c, today+1, true)
	tap(c, fyne.NewPos(h.x+30, c.hoursTop()+2*c.dims.hour+3))
	want := []string{fmt.Sprint(today+1, " -1"), fmt.Sprint(today+1, " 600")}
	if !slices.Equal(got.added, want) {
		t.Errorf("added %v, wanted %v", got.added, want)
	}
}

func TestMoreOpensTheDay(t *testing.T) {
	c, _, got := setup(t, 170)
	if !slices.ContainsFunc(texts(c), func(s string) bool { return len(s) > 5 && s[:5] == "ще " }) {
		t.Errorf("nothing says how many more there are: %v", texts(c))
	}
	tap(c, boxOf(t, c, today+1, -1))
	if c.Mode() != Day || c.Current() != today+1 || len(got.added) != 0 {
		t.Errorf("it shows a %s of %s, added %v", c.Mode(), c.Current(), got.added)
	}
	seen := 0
	for range 170 {
		press(c, fyne.KeyDown)
		if slices.ContainsFunc(c.boxes, func(b box) bool {
			return b.row == c.row && b.y >= c.dims.head && b.y+b.h <= c.dims.size.Height
		}) {
			seen++
		}
	}
	if seen != 170 || c.row != 169 {
		t.Errorf("the keyboard went to row %d, %d of 170 were seen", c.row, seen)
	}
}

// Items of one half hour stand beside each other, and never over each other.
func TestItemsOfAnHourDoNotCover(t *testing.T) {
	c, _, _ := setup(t, 6, 600, 600, 615, 620, 630, 645)
	c.words.More = func(n int) string { return fmt.Sprint(n, " more than there is room for") }
	c.SetMode(Week)
	if !slices.Contains(texts(c), "+3") { // of four at ten o'clock one fits
		t.Errorf("nothing tells of the three that do not fit: %v", texts(c))
	}
	for _, m := range []Mode{Week, Day} {
		c.SetMode(m)
		for i, a := range c.boxes {
			for _, b := range c.boxes[i+1:] {
				if a.x+0.5 < b.x+b.w && b.x+0.5 < a.x+a.w && a.y+0.5 < b.y+b.h && b.y+0.5 < a.y+a.h {
					t.Errorf("%s: %+v covers %+v", m, a, b)
				}
			}
		}
	}
}

func BenchmarkMonth(b *testing.B) {
	c, _, _ := setup(b, 170)
	for b.Loop() {
		c.Refresh()
	}
}
