package list

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ugoda/ui/theme"
)

// fake is a list of n rows that remembers what was asked; it answers at once,
// or when the test says.
type fake struct {
	g     *Grid
	n     int
	asked []Range
	late  bool
	cells func(i int) []Cell
}

func (f *fake) Len() int { return f.n }

func (f *fake) Window(from, to int) {
	f.asked = append(f.asked, Range{from, to})
	if !f.late {
		f.answer(from, to)
	}
}

func (f *fake) answer(from, to int) {
	rows := make([]Row, to-from)
	for i := range rows {
		rows[i] = Row{ID: int64(from + i), Cells: f.cells(from + i)}
	}
	f.g.SetRows(from, rows)
}

func simple(i int) []Cell {
	return []Cell{{Text: fmt.Sprintf("%07d", i)}, {Text: "ТОВ «Карпати-Буд»", Link: true}, {Text: "48 200,00"}}
}

func setup(t testing.TB, n int) (*Grid, *fake, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	f := &fake{n: n, cells: simple}
	g := NewGrid([]Column{
		{Key: "number", Title: "№", Width: 80},
		{Key: "client", Title: "Клієнт", Width: 200},
		{Key: "amount", Title: "Сума", Width: 100, Align: Right},
	}, f)
	f.g = g
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 26+10*26))
	return g, f, w
}

func press(g *Grid, x, y float32, button desktop.MouseButton, mod fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: button, Modifier: mod}
	e.Position = fyne.NewPos(x, y)
	e.AbsolutePosition = e.Position
	g.MouseDown(e)
	g.MouseUp(e)
}

func click1(g *Grid, row int, mod fyne.KeyModifier) {
	press(g, 30, g.rowY(row)+10, desktop.MouseButtonPrimary, mod)
	g.clicked = click{row: -1} // not the first half of a double click
}

func dragTo(g *Grid, from, to fyne.Position) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = from
	g.MouseDown(e)
	for i := 1; i <= 4; i++ {
		d := &fyne.DragEvent{}
		d.Position = fyne.NewPos(from.X+(to.X-from.X)*float32(i)/4, from.Y+(to.Y-from.Y)*float32(i)/4)
		g.Dragged(d)
	}
	g.DragEnd()
	up := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	up.Position = to
	g.MouseUp(up)
}

func typed(g *Grid, name fyne.KeyName, shift bool) {
	if shift {
		g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	g.TypedKey(&fyne.KeyEvent{Name: name})
	if shift {
		g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
}

func texts(g *Grid) []string {
	var list []string
	for _, o := range test.WidgetRenderer(g).Objects() {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			list = append(list, t.Text)
		}
	}
	return list
}

func TestOnlyWhatIsVisibleIsRead(t *testing.T) {
	g, f, _ := setup(t, 1_000_000)
	for _, r := range f.asked {
		if r.To-r.From > 40 {
			t.Errorf("asked for %d rows at once while 10 are visible", r.To-r.From)
		}
	}
	f.asked = nil
	g.ScrollTo(999_999)
	read := 0
	for _, r := range f.asked {
		read += r.To - r.From
	}
	if read == 0 || read > 40 {
		t.Errorf("going to the end read %d rows: %v", read, f.asked)
	}
	if !slices.Contains(texts(g), "0999999") {
		t.Errorf("the last row is not shown: %v", texts(g))
	}
	if g.rows.Held() > 200 {
		t.Errorf("the grid holds %d rows", g.rows.Held())
	}
}

func TestBarReachesTheEndOfAMillionRowsAndEveryRowCanBeSeen(t *testing.T) {
	g, _, _ := setup(t, 1_000_000)
	x := g.dims.size.Width - g.dims.bar/2
	dragTo(g, fyne.NewPos(x, g.dims.head+5), fyne.NewPos(x, g.dims.size.Height+50))
	if g.dims.last != 1_000_000 {
		t.Fatalf("the bar's end shows rows up to %d", g.dims.last)
	}
	if y := g.rowY(999_999); y+g.dims.row != g.dims.size.Height {
		t.Errorf("the last row ends at %v of %v", y+g.dims.row, g.dims.size.Height)
	}
	// A pixel is a pixel even there.
	before := g.rowY(999_995)
	g.top -= 1
	if g.rowY(999_995) != before+1 {
		t.Errorf("a step of one pixel moved the row by %v", g.rowY(999_995)-before)
	}
	dragTo(g, fyne.NewPos(x, g.dims.size.Height-5), fyne.NewPos(x, 0))
	if g.top != 0 {
		t.Errorf("the bar's other end is at %v", g.top)
	}
}

func TestWheelMovesByThreeRows(t *testing.T) {
	g, _, _ := setup(t, 1000)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -notch)})
	if g.top != 78 {
		t.Errorf("a notch moved by %v", g.top)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 10*notch)})
	if g.top != 0 {
		t.Errorf("beyond the top: %v", g.top)
	}
}

func TestSelectionByMouse(t *testing.T) {
	g, _, _ := setup(t, 1000)
	told := 0
	g.OnSelect = func() { told++ }
	click1(g, 2, 0)
	click1(g, 5, fyne.KeyModifierShift)
	if got := g.selected.List(); !slices.Equal(got, []Range{{2, 6}}) {
		t.Errorf("Shift: %v", got)
	}
	click1(g, 3, fyne.KeyModifierShortcutDefault)
	click1(g, 8, fyne.KeyModifierShortcutDefault)
	if got := g.selected.List(); !slices.Equal(got, []Range{{2, 3}, {4, 6}, {8, 9}}) {
		t.Errorf("Ctrl: %v", got)
	}
	if told != 4 || g.FocusRow() != 8 {
		t.Errorf("told %d times, focus %d", told, g.FocusRow())
	}
	click1(g, 1, 0)
	if got := g.selected.List(); !slices.Equal(got, []Range{{1, 2}}) {
		t.Errorf("plain: %v", got)
	}
	dragTo(g, fyne.NewPos(30, g.rowY(1)+5), fyne.NewPos(30, g.rowY(4)+5))
	if got := g.selected.List(); !slices.Equal(got, []Range{{1, 5}}) {
		t.Errorf("swept: %v", got)
	}
}

func TestTenThousandByShift(t *testing.T) {
	g, f, _ := setup(t, 1_000_000)
	click1(g, 0, 0)
	f.asked = nil
	g.ScrollTo(9_999)
	click1(g, 9_999, fyne.KeyModifierShift)
	if g.SelectedCount() != 10_000 || len(g.selected.list) != 1 {
		t.Errorf("%d selected in %d ranges", g.SelectedCount(), len(g.selected.list))
	}
	if len(f.asked) > 2 {
		t.Errorf("selecting read rows: %v", f.asked)
	}
}

func TestKeyboard(t *testing.T) {
	g, _, w := setup(t, 1000)
	w.Canvas().Focus(g)
	if g.FocusRow() != 0 {
		t.Fatalf("focus at %d", g.FocusRow())
	}
	typed(g, fyne.KeyDown, false)
	typed(g, fyne.KeyDown, true)
	typed(g, fyne.KeyDown, true)
	if got := g.selected.List(); !slices.Equal(got, []Range{{1, 4}}) {
		t.Errorf("Shift+Down: %v", got)
	}
	typed(g, fyne.KeyUp, true)
	if got := g.selected.List(); !slices.Equal(got, []Range{{1, 3}}) {
		t.Errorf("Shift+Up: %v", got)
	}
	typed(g, fyne.KeyPageDown, false)
	if g.FocusRow() != 2+9 {
		t.Errorf("PgDn went to %d", g.FocusRow())
	}
	typed(g, fyne.KeyEnd, false)
	if from, to := g.InView(); g.FocusRow() != 999 || to != 1000 || from != 990 {
		t.Errorf("End: focus %d, in view %d to %d", g.FocusRow(), from, to)
	}
	typed(g, fyne.KeyHome, true)
	if g.SelectedCount() != 1000 {
		t.Errorf("Shift+Home selected %d", g.SelectedCount())
	}
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	if g.SelectedCount() != 1000 {
		t.Errorf("Ctrl+A selected %d", g.SelectedCount())
	}
}

func TestKeysGoWhereTheyBelong(t *testing.T) {
	g, _, w := setup(t, 10)
	var got []string
	g.OnOpen = func(row int) { got = append(got, fmt.Sprint("open ", row)) }
	g.OnPreview = func(row int) { got = append(got, fmt.Sprint("preview ", row)) }
	g.OnMenu = func(row int, col string, at fyne.Position) {
		got = append(got, fmt.Sprint("menu ", row, " ", col, " ", at.Y))
	}
	g.OnKey = func(k *fyne.KeyEvent, _ fyne.KeyModifier) bool { got = append(got, "key "+string(k.Name)); return true }
	g.OnRune = func(r rune) { got = append(got, "rune "+string(r)) }
	w.Canvas().Focus(g)
	typed(g, fyne.KeyDown, false)
	typed(g, fyne.KeyReturn, false)
	typed(g, fyne.KeySpace, false)
	for _, k := range []fyne.KeyName{fyne.KeyInsert, fyne.KeyF9, fyne.KeyDelete, fyne.KeyF5, fyne.KeyEscape, fyne.KeyF10} {
		typed(g, k, false)
	}
	typed(g, desktop.KeyMenu, false)
	typed(g, fyne.KeyF10, true)
	g.TypedRune('к')
	want := []string{
		"open 1", "preview 1", "key Insert", "key F9", "key Delete", "key F5", "key Escape", "key F10",
		"menu 1 number 78", "menu 1 number 78", "rune к",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDoubleClickOpensWithoutWaiting(t *testing.T) {
	g, _, _ := setup(t, 10)
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	g.now = func() time.Time { return at }
	var opened []int
	g.OnOpen = func(row int) { opened = append(opened, row) }
	twice := func(a, b int, after time.Duration) {
		press(g, 30, g.rowY(a)+10, desktop.MouseButtonPrimary, 0)
		at = at.Add(after)
		press(g, 30, g.rowY(b)+10, desktop.MouseButtonPrimary, 0)
		at = at.Add(time.Minute)
	}
	twice(3, 3, 100*time.Millisecond)
	twice(4, 4, 2*time.Second)
	twice(5, 6, 100*time.Millisecond)
	if !slices.Equal(opened, []int{3}) {
		t.Errorf("opened %v", opened)
	}
}

func TestRightButtonSelectsWhatIsNotSelected(t *testing.T) {
	g, _, _ := setup(t, 10)
	var where []string
	g.OnMenu = func(row int, col string, _ fyne.Position) { where = append(where, fmt.Sprint(row, col)) }
	click1(g, 1, 0)
	click1(g, 3, fyne.KeyModifierShift)
	press(g, 100, g.rowY(2)+10, desktop.MouseButtonSecondary, 0)
	if g.SelectedCount() != 3 {
		t.Errorf("the menu on selected rows left %d selected", g.SelectedCount())
	}
	press(g, 100, g.rowY(7)+10, desktop.MouseButtonSecondary, 0)
	if g.SelectedCount() != 1 || g.FocusRow() != 7 {
		t.Errorf("%d selected, focus %d", g.SelectedCount(), g.FocusRow())
	}
	if !slices.Equal(where, []string{"2client", "7client"}) {
		t.Errorf("menus at %q", where)
	}
}

func TestLateAnswersDoNotMoveAnything(t *testing.T) {
	g, f, _ := setup(t, 1000)
	f.late = true
	f.asked = nil
	g.ScrollTo(500)
	if len(f.asked) != 1 {
		t.Fatalf("asked %v", f.asked)
	}
	top := g.top
	g.Refresh()
	g.Refresh()
	if len(f.asked) != 1 {
		t.Errorf("asked again while waiting: %v", f.asked)
	}
	f.answer(f.asked[0].From, f.asked[0].To)
	if g.top != top || !slices.Contains(texts(g), "0000500") {
		t.Errorf("top %v became %v, shown %v", top, g.top, texts(g))
	}
	// Fresh rows take the place of stale ones in one step.
	f.cells = func(int) []Cell { return []Cell{{Text: "нове"}, {}, {}} }
	f.asked = nil
	g.Invalidate()
	if !slices.Contains(texts(g), "0000500") || len(f.asked) != 1 {
		t.Errorf("stale rows went before fresh ones came; asked %v", f.asked)
	}
	f.answer(f.asked[0].From, f.asked[0].To)
	if slices.Contains(texts(g), "0000500") || !slices.Contains(texts(g), "нове") {
		t.Errorf("shown %v", texts(g))
	}
}

func TestAShortAnswerIsNotAskedForEver(t *testing.T) {
	g, f, _ := setup(t, 1000)
	f.late = true
	g.Reset()
	for range 5 {
		g.SetRows(0, []Row{{Cells: simple(0)}})
	}
	if len(f.asked) > 4 {
		t.Errorf("asked %v", f.asked)
	}
}

func TestHeadSortsAndShiftAdds(t *testing.T) {
	for _, c := range []struct {
		now  []SortKey
		key  string
		add  bool
		want []SortKey
	}{
		{nil, "a", false, []SortKey{{"a", false}}},
		{[]SortKey{{"a", false}}, "a", false, []SortKey{{"a", true}}},
		{[]SortKey{{"a", true}}, "a", false, []SortKey{{"a", false}}},
		{[]SortKey{{"a", true}}, "b", false, []SortKey{{"b", false}}},
		{[]SortKey{{"a", true}}, "b", true, []SortKey{{"a", true}, {"b", false}}},
		{[]SortKey{{"a", true}, {"b", false}}, "b", true, []SortKey{{"a", true}, {"b", true}}},
		{[]SortKey{{"a", true}, {"b", true}}, "b", true, []SortKey{{"a", true}}},
		{[]SortKey{{"a", true}, {"b", true}}, "b", false, []SortKey{{"b", false}}},
	} {
		if got := nextSort(c.now, c.key, c.add); !slices.Equal(got, c.want) {
			t.Errorf("%v, click on %s (%v): %v, not %v", c.now, c.key, c.add, got, c.want)
		}
	}
	g, _, _ := setup(t, 10)
	var told []SortKey
	g.OnSort = func(o []SortKey) { told = o }
	press(g, 100, 10, desktop.MouseButtonPrimary, 0)
	if !slices.Equal(told, []SortKey{{"client", false}}) || !slices.Contains(texts(g), "▲") {
		t.Errorf("told %v, shown %v", told, texts(g))
	}
}

func TestColumnsAreDraggedWiderAndElsewhere(t *testing.T) {
	g, _, _ := setup(t, 10)
	var told []Column
	g.OnColumns = func(c []Column) { told = c }
	dragTo(g, fyne.NewPos(80, 10), fyne.NewPos(120, 10))
	if len(told) != 3 || told[0].Width != 120 {
		t.Fatalf("told %+v", told)
	}
	dragTo(g, fyne.NewPos(20, 10), fyne.NewPos(400, 10))
	if told[2].Key != "number" || told[0].Key != "client" {
		t.Fatalf("told %+v", told)
	}
	// The cells follow their column.
	shown := texts(g)
	if i, j := slices.Index(shown, "ТОВ «Карпати-Буд»"), slices.Index(shown, "0000000"); i < 0 || j < 0 || i > j {
		t.Errorf("cells stay behind: %v", shown[:6])
	}
	g.HideColumn("client", true)
	if slices.Contains(texts(g), "ТОВ «Карпати-Буд»") {
		t.Error("a hidden column shows")
	}
	g.HideColumn("amount", true)
	g.HideColumn("number", true)
	if len(g.shown) != 1 {
		t.Errorf("%d columns stay", len(g.shown))
	}
}

func TestCutTextIsSaidWhole(t *testing.T) {
	g, f, _ := setup(t, 10)
	long := "Товариство з обмеженою відповідальністю «Карпати-Буд»"
	f.cells = func(i int) []Cell { return []Cell{{Text: fmt.Sprint(i)}, {Text: long}, {}} }
	g.Reset()
	g.Refresh()
	if slices.Contains(texts(g), long) {
		t.Fatal("the text was not cut")
	}
	if got := g.tipText(inBody, 2, 1); got != long {
		t.Errorf("the tip says %q", got)
	}
	if got := g.tipText(inBody, 2, 0); got != "" {
		t.Errorf("a tip for what can be read: %q", got)
	}
	g.tip = tip{text: long, part: inBody, row: 2, col: 1, at: fyne.NewPos(100, 90)}
	g.showTip()
	if !slices.Contains(texts(g), long) {
		t.Errorf("the tip is not shown: %v", texts(g))
	}
	typed(g, fyne.KeyDown, false)
	if slices.Contains(texts(g), long) {
		t.Error("the tip stays after a key")
	}
}

func TestGroupHeadsOpenAndClose(t *testing.T) {
	g, f, _ := setup(t, 10)
	f.late = true
	g.Reset()
	rows := make([]Row, 10)
	for i := range rows {
		rows[i] = Row{Cells: simple(i)}
	}
	rows[0] = Row{Group: &Group{Title: "Коваль", Count: "9"}, Cells: []Cell{{}, {}, {Text: "433 800,00"}}}
	g.SetRows(0, rows)
	shown := texts(g)
	for _, want := range []string{"Коваль", "9", "433 800,00"} {
		if !slices.Contains(shown, want) {
			t.Errorf("no %q in %v", want, shown)
		}
	}
	var toggled []int
	g.OnGroup = func(row int) { toggled = append(toggled, row) }
	g.OnOpen = func(int) { t.Error("a group opened like a record") }
	click1(g, 0, 0)
	typed(g, fyne.KeyReturn, false)
	typed(g, fyne.KeyRight, false) // is open already
	typed(g, fyne.KeyLeft, false)
	if len(toggled) != 3 {
		t.Errorf("toggled %v", toggled)
	}
}

func TestEmptyListSaysWhatBelongsThere(t *testing.T) {
	g, _, w := setup(t, 0)
	did := false
	g.SetEmpty(&Empty{Title: "Тут будуть угоди", Hint: "Угода починається зі звернення.", Action: "Створити угоду", Do: func() { did = true }})
	if !slices.Contains(texts(g), "Тут будуть угоди") {
		t.Errorf("shown %v", texts(g))
	}
	b := test.WidgetRenderer(g).(*renderer).button
	test.TapCanvas(w.Canvas(), b.Position().AddXY(5, 5))
	if !did {
		t.Error("the button does nothing")
	}
	g.SetBusy(true)
	if slices.Contains(texts(g), "Тут будуть угоди") {
		t.Error("says that it is empty while it reads")
	}
}

func TestZoomAndLookAreTakenOver(t *testing.T) {
	g, _, _ := setup(t, 100)
	app := fyne.CurrentApp()
	app.Settings().SetTheme(theme.New(theme.Dark, 150))
	g.Refresh()
	if g.dims.row != 39 || g.shown[0].w != 120 {
		t.Errorf("row %v, column %v", g.dims.row, g.shown[0].w)
	}
	back := test.WidgetRenderer(g).Objects()[0].(*canvas.Rectangle)
	if back.FillColor != theme.Color(theme.Surface) || !theme.IsDark() {
		t.Errorf("behind rows: %v", back.FillColor)
	}
}
