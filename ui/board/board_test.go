package board

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

// stages is a source with so many cards in each column; a card's id is
// column*1,000,000 + row + 1.
type stages struct {
	b     *Board
	lens  []int
	asked map[string]int
}

func (s *stages) Columns() []Column {
	var list []Column
	for i, n := range s.lens {
		list = append(list, Column{Key: fmt.Sprint("s", i), Title: fmt.Sprint("Етап ", i), Len: n, Count: fmt.Sprint(n), Sum: "Σ 1 000", Weighted: "~ 500"})
	}
	return list
}

func (s *stages) Window(column string, from, to int) {
	s.asked[column] += to - from
	var col int
	fmt.Sscanf(column, "s%d", &col)
	cards := make([]Card, to-from)
	for i := range cards {
		cards[i] = Card{ID: int64(col*1_000_000 + from + i + 1), Title: fmt.Sprintf("Угода %d-%d", col, from+i), Client: "ТОВ «Карпати-Буд»", Amount: "48 200"}
	}
	s.b.SetCards(column, from, cards)
}

func setup(t testing.TB, lens ...int) (*Board, *stages, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	s := &stages{lens: lens, asked: map[string]int{}}
	b := New(s)
	s.b = b
	b.SetZones([]Zone{{"won", "Виграна", theme.Green}, {"lost", "Втрачена", theme.Red}, {"hold", "На паузу", theme.Violet}})
	w := test.NewTempWindow(t, b)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 600))
	w.Canvas().Focus(b)
	return b, s, w
}

func mouse(x, y float32, button desktop.MouseButton) *desktop.MouseEvent {
	e := &desktop.MouseEvent{Button: button}
	e.Position = fyne.NewPos(x, y)
	e.AbsolutePosition = e.Position
	return e
}

// middle is a point on a card.
func middle(b *Board, col string, row int) (x, y float32) {
	return b.columnX(b.index(col)) + b.dims.width/2, b.cardY(b.of(col), row) + b.dims.card/2
}

func carry(b *Board, x1, y1, x2, y2 float32, during func()) {
	b.MouseDown(mouse(x1, y1, desktop.MouseButtonPrimary))
	for i := range 4 {
		d := &fyne.DragEvent{}
		d.Position = fyne.NewPos(x1+(x2-x1)*float32(i+1)/4, y1+(y2-y1)*float32(i+1)/4)
		b.Dragged(d)
	}
	if during != nil {
		during()
	}
	b.DragEnd()
	b.MouseUp(mouse(x2, y2, desktop.MouseButtonPrimary))
}

func texts(b *Board) []string {
	var list []string
	for _, o := range test.WidgetRenderer(b).Objects() {
		if t, ok := o.(*canvas.Text); ok {
			list = append(list, t.Text)
		}
	}
	return list
}

func TestOnlyVisibleCardsAreReadAndDrawn(t *testing.T) {
	b, s, _ := setup(t, 50_000, 3, 0, 20)
	if n := s.asked["s0"]; n == 0 || n > 30 {
		t.Errorf("read %d cards of the first column", n)
	}
	if n := len(texts(b)); n > 300 {
		t.Errorf("%d texts are drawn", n)
	}
	before := s.asked["s0"]
	b.setFocus(place{"s0", 49_999})
	if got := s.asked["s0"] - before; got == 0 || got > 30 {
		t.Errorf("going to the end read %d", got)
	}
	if !slices.Contains(texts(b), "Угода 0-49999") {
		t.Error("the last card is not shown")
	}
}

func TestColumnsOutOfSightAreReadWhenTheyComeIntoView(t *testing.T) {
	b, s, _ := setup(t, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)
	if s.asked["s9"] != 0 {
		t.Error("a column out of sight was read")
	}
	b.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-10_000, 0)})
	if s.asked["s9"] == 0 {
		t.Error("the last column is not read in view")
	}
}

func TestCardIsCarriedToAnotherColumn(t *testing.T) {
	b, _, _ := setup(t, 5, 5, 0)
	var moved []string
	b.OnMove = func(id int64, from, to string) { moved = append(moved, fmt.Sprint(id, from, to)) }
	x1, y1 := middle(b, "s0", 2)
	x2 := b.columnX(2) + 40
	carry(b, x1, y1, x2, 300, func() {
		shown := texts(b)
		if !slices.Contains(shown, "Виграна") {
			t.Error("no zones while a card is carried")
		}
		n := 0
		for _, s := range shown {
			if s == "Угода 0-2" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("the card is drawn %d times, not in its place and at the pointer", n)
		}
	})
	if !slices.Equal(moved, []string{"3s0s2"}) {
		t.Errorf("moved %q", moved)
	}
	if slices.Contains(texts(b), "Виграна") {
		t.Error("zones stay")
	}
	// To where it is, or out of the board: nothing.
	carry(b, x1, y1, x1+20, y1+40, nil)
	carry(b, x1, y1, x1, -50, nil)
	if len(moved) != 1 {
		t.Errorf("moved %q", moved)
	}
}

func TestCardIsDroppedOnAZone(t *testing.T) {
	b, _, _ := setup(t, 5, 5)
	var moved []string
	b.OnMove = func(id int64, from, to string) { moved = append(moved, fmt.Sprint(id, from, to)) }
	x, y := middle(b, "s1", 0)
	carry(b, x, y, 100, 590, nil)
	carry(b, x, y, 500, 590, nil)
	carry(b, x, y, 990, 590, nil)
	if !slices.Equal(moved, []string{"1000001s1won", "1000001s1lost", "1000001s1hold"}) {
		t.Errorf("moved %q", moved)
	}
	b.MayMove = func(_ int64, _, to string) bool { return to != "won" }
	carry(b, x, y, 100, 590, nil)
	if len(moved) != 3 {
		t.Errorf("moved where it may not: %q", moved)
	}
}

func TestEscPutsTheCardBack(t *testing.T) {
	b, _, _ := setup(t, 5, 5)
	b.OnMove = func(int64, string, string) { t.Error("moved") }
	x, y := middle(b, "s0", 0)
	carry(b, x, y, 700, 300, func() { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
}

func TestKeyboard(t *testing.T) {
	b, _, _ := setup(t, 3, 0, 8)
	key := func(k fyne.KeyName) { b.TypedKey(&fyne.KeyEvent{Name: k}) }
	var moved, opened []string
	b.OnMove = func(id int64, from, to string) { moved = append(moved, fmt.Sprint(id, from, to)) }
	b.OnOpen = func(id int64) { opened = append(opened, fmt.Sprint("open", id)) }
	b.OnPreview = func(id int64) { opened = append(opened, fmt.Sprint("see", id)) }
	b.OnMenu = func(id int64, column string, _ fyne.Position) {
		opened = append(opened, fmt.Sprint("menu", id, column))
	}
	if b.Focus() != 1 {
		t.Fatalf("focus on %d", b.Focus())
	}
	key(fyne.KeyDown)
	key(fyne.KeyRight) // over the empty column, at the same height
	if b.Focus() != 2_000_002 {
		t.Errorf("focus on %d", b.Focus())
	}
	key(fyne.KeyEnd)
	if b.Focus() != 2_000_008 {
		t.Errorf("End: focus on %d", b.Focus())
	}
	key(fyne.KeyLeft)
	if b.Focus() != 3 {
		t.Errorf("Left: focus on %d", b.Focus())
	}
	key(fyne.KeyReturn)
	key(fyne.KeySpace)
	key(desktop.KeyMenu)
	if !slices.Equal(opened, []string{"open3", "see3", "menu3s0"}) {
		t.Errorf("got %q", opened)
	}
	ctrl := func(k fyne.KeyName) {
		b.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	ctrl(fyne.KeyLeft) // nothing is left of the first
	ctrl(fyne.KeyRight)
	b.MayMove = func(_ int64, _, to string) bool { return to != "s1" }
	ctrl(fyne.KeyRight) // the next that takes it
	if !slices.Equal(moved, []string{"3s0s1", "3s0s2"}) {
		t.Errorf("moved %q", moved)
	}
}

func TestDoubleClickOpensAndHeadTells(t *testing.T) {
	b, _, _ := setup(t, 3)
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	b.now = func() time.Time { return at }
	opened, heads := 0, 0
	b.OnOpen = func(int64) { opened++ }
	b.OnHead = func(string) { heads++ }
	x, y := middle(b, "s0", 1)
	for range 2 {
		b.MouseDown(mouse(x, y, desktop.MouseButtonPrimary))
		b.MouseUp(mouse(x, y, desktop.MouseButtonPrimary))
		at = at.Add(100 * time.Millisecond)
	}
	at = at.Add(time.Minute)
	b.MouseDown(mouse(x, y, desktop.MouseButtonPrimary))
	b.MouseUp(mouse(x, y, desktop.MouseButtonPrimary))
	b.MouseDown(mouse(30, 10, desktop.MouseButtonPrimary))
	b.MouseUp(mouse(30, 10, desktop.MouseButtonPrimary))
	if opened != 1 || heads != 1 {
		t.Errorf("opened %d times, head %d times", opened, heads)
	}
}

func TestColumnScrollsByItsBar(t *testing.T) {
	b, _, _ := setup(t, 1000, 5)
	x := b.columnX(0) + b.dims.width - 2
	b.MouseDown(mouse(x, b.dims.head+3, desktop.MouseButtonPrimary))
	d := &fyne.DragEvent{}
	d.Position = fyne.NewPos(x, 900)
	b.Dragged(d)
	b.MouseUp(mouse(x, 900, desktop.MouseButtonPrimary))
	if c := b.of("s0"); c.last != 1000 {
		t.Errorf("the end of the bar shows cards up to %d", c.last)
	}
	if !slices.Contains(texts(b), "Угода 0-999") {
		t.Error("the last card is not shown")
	}
}

func BenchmarkCarryFrame(b *testing.B) {
	board, _, _ := setup(b, 5000, 5000, 5000, 5000, 5000)
	x, y := middle(board, "s0", 1)
	board.MouseDown(mouse(x, y, desktop.MouseButtonPrimary))
	for i := 0; b.Loop(); i++ {
		d := &fyne.DragEvent{}
		d.Position = fyne.NewPos(float32(100+i%800), 300)
		board.Dragged(d)
	}
}
