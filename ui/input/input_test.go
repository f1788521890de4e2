package input

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ugoda/model"
	"ugoda/ui/run"
	"ugoda/ui/theme"
)

func show(t *testing.T, objects ...fyne.CanvasObject) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	w := test.NewTempWindow(t, container.NewVBox(objects...))
	w.Resize(fyne.NewSize(500, 400))
	return w
}

// typeKey sends a key to whoever has the keyboard, as the window does.
func typeKey(w fyne.Window, name fyne.KeyName, mods ...fyne.KeyName) {
	for _, m := range mods {
		w.Canvas().Focused().(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: m})
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	for _, m := range mods {
		if k, ok := w.Canvas().Focused().(desktop.Keyable); ok {
			k.KeyUp(&fyne.KeyEvent{Name: m})
		}
	}
}

func typeText(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func typeAlt(w fyne.Window, key fyne.KeyName) {
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
}

var clients = []Item{{1, "ТОВ «Карпати-Буд»", "Івано-Франківськ"}, {2, "ТОВ «Карпатська вода»", "Львів"}, {3, "ФОП Ґудзь", "Київ"}}

func find(_ context.Context, text string) ([]Item, error) {
	if text == "!" {
		return nil, errors.New("немає зв'язку")
	}
	var found []Item
	for _, c := range clients {
		if strings.Contains(strings.ToLower(c.Text), strings.ToLower(text)) {
			found = append(found, c)
		}
	}
	return found, nil
}

var said = ReferenceWords{
	Create:   func(s string) string { return "Створити «" + s + "»…" },
	ShowAll:  "Показати всі (F4)",
	Free:     func(s string) string { return "Текст «" + s + "»" },
	NotFound: func(s string) string { return "Немає «" + s + "»" },
	Failed:   func(err error) string { return err.Error() },
}

func reference(t *testing.T) (*Reference, *Entry, fyne.Window) {
	e := NewReference(ProviderFunc(find), run.Sync{}, said)
	other := NewEntry()
	w := show(t, e, other)
	w.Canvas().Focus(e)
	return e, other, w
}

func TestReferenceCompletesWhileOneTypes(t *testing.T) {
	e, other, w := reference(t)
	changes := 0
	e.OnChange = func() { changes++ }
	e.OnCreate = func(string) {}
	typeText(w, "карп")
	if e.popup == nil || len(e.found) != 2 {
		t.Fatalf("after typing: list %v, found %v", e.popup, e.found)
	}
	if len(w.Canvas().Overlays().List()) != 1 || e.Text != "карп" {
		t.Errorf("overlays %d, text %q", len(w.Canvas().Overlays().List()), e.Text)
	}
	typeText(w, "атс") // goes on typing while the list hangs there
	if e.Text != "карпатс" || len(e.found) != 1 {
		t.Errorf("text %q, found %v", e.Text, e.found)
	}
	typeKey(w, fyne.KeyReturn)
	if e.Value().ID != 2 || e.Text != "ТОВ «Карпатська вода»" || changes != 1 || e.popup != nil {
		t.Errorf("value %+v, text %q, told %d times", e.Value(), e.Text, changes)
	}
	if w.Canvas().Focused() != fyne.Focusable(e) {
		t.Errorf("the keyboard is at %T", w.Canvas().Focused())
	}
	w.Canvas().Focus(other)
	if e.Problem() != "" {
		t.Errorf("problem %q", e.Problem())
	}
}

func TestReferenceByArrowsAndTab(t *testing.T) {
	e, other, w := reference(t)
	typeText(w, "карп")
	typeKey(w, fyne.KeyDown)
	typeKey(w, fyne.KeyTab)
	if e.Value().ID != 2 || w.Canvas().Focused() != fyne.Focusable(other) {
		t.Errorf("value %+v, keyboard at %T", e.Value(), w.Canvas().Focused())
	}
}

// later is a runner whose work ends when the test says so.
type later struct{ work []func() }

func (h *later) Go(ctx context.Context, work func(context.Context) func()) {
	h.work = append(h.work, func() {
		if apply := work(ctx); apply != nil && ctx.Err() == nil {
			apply()
		}
	})
}

func (h *later) end() {
	work := h.work
	h.work = nil
	for _, f := range work {
		f()
	}
}

// What is typed after Enter, before the records are found, goes to the field
// after this one; where nothing is found, or Esc gives it up, nowhere.
func TestReferenceKeepsWhatIsTypedAhead(t *testing.T) {
	for _, x := range []struct {
		typed, ahead string
		esc          bool
		id           int64
		text, next   string
	}{
		{"карпати", "12", false, 1, "ТОВ «Карпати-Буд»", "12"},
		{"карп", "12", false, 0, "карп", ""},
		{"карпати", "12", true, 0, "карпати3", ""},
	} {
		h := &later{}
		e := NewReference(ProviderFunc(find), h, said)
		other := NewEntry()
		w := show(t, e, other)
		e.OnPick = func() { w.Canvas().Focus(other) }
		w.Canvas().Focus(e)
		typeText(w, x.typed)
		typeKey(w, fyne.KeyReturn)
		typeText(w, x.ahead)
		if e.Text != x.typed {
			t.Errorf("%q has become %q", x.typed, e.Text)
		}
		if x.esc {
			typeKey(w, fyne.KeyEscape)
			typeText(w, "3")
		}
		h.end()
		if e.Value().ID != x.id || e.Text != x.text || other.Text != x.next {
			t.Errorf("%q, then %q: %+v, %q; beside it %q", x.typed, x.ahead, e.Value(), e.Text, other.Text)
		}
	}
}

func TestReferenceByMouse(t *testing.T) {
	e, _, w := reference(t)
	typeText(w, "карп")
	press := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	press.Position = fyne.NewPos(20, theme.Row()*1.5)
	e.list.MouseDown(press)
	if e.Value().ID != 2 || e.popup != nil {
		t.Errorf("value %+v", e.Value())
	}
	typeText(w, "x")
	e.popup = nil
	typeAlt(w, fyne.KeyDown)
	if e.popup != nil {
		e.popup.MouseDown(press) // beside the list
	}
	if len(w.Canvas().Overlays().List()) != 0 {
		t.Error("a press elsewhere leaves the list open")
	}
}

func TestReferenceOffersToCreateAndToShowAll(t *testing.T) {
	e, _, w := reference(t)
	var created, all []string
	e.OnCreate = func(s string) { created = append(created, s) }
	e.OnShowAll = func(s string) { all = append(all, s) }
	typeText(w, "Нова")
	if len(e.list.rows) != 2 || e.list.rows[0].text != "Створити «Нова»…" || e.list.rows[1].text != "Показати всі (F4)" {
		t.Fatalf("rows %+v", e.list.rows)
	}
	typeKey(w, fyne.KeyDown)
	typeKey(w, fyne.KeyReturn)
	typeKey(w, fyne.KeyF4)
	if !slices.Equal(created, []string{"Нова"}) || !slices.Equal(all, []string{"Нова"}) {
		t.Errorf("created %q, all %q", created, all)
	}
	e.Set(clients[0])
	typeKey(w, fyne.KeyF4)
	if all[len(all)-1] != "" {
		t.Errorf("F4 on a chosen record looks only for %q", all[len(all)-1])
	}
	e.found = nil
	e.dropList()
	if e.offersCreate() {
		t.Error("offers to create what is chosen")
	}
}

func TestReferenceKeys(t *testing.T) {
	e, _, w := reference(t)
	var opened []int64
	e.OnOpen = func(i Item) { opened = append(opened, i.ID) }
	e.Set(clients[2])
	typeKey(w, fyne.KeyF2)
	if !slices.Equal(opened, []int64{3}) {
		t.Errorf("opened %v", opened)
	}
	typeKey(w, fyne.KeyF4, desktop.KeyShiftLeft)
	if e.Value().ID != 0 || e.Text != "" {
		t.Errorf("Shift+F4 left %+v", e.Value())
	}
	typeAlt(w, fyne.KeyDown)
	if e.popup == nil || len(e.list.rows) != 3 {
		t.Fatal("Alt+Down does not drop all")
	}
	typeKey(w, fyne.KeyEscape)
	if e.popup != nil {
		t.Error("Esc leaves the list open")
	}
	var passed []fyne.KeyName
	e.SetKeys(func(k fyne.KeyName, _ fyne.KeyModifier) bool { passed = append(passed, k); return true })
	typeKey(w, fyne.KeyEscape)
	typeKey(w, fyne.KeyF5)
	typeKey(w, fyne.KeyReturn)
	if !slices.Equal(passed, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF5, fyne.KeyReturn}) {
		t.Errorf("passed on %v", passed)
	}
}

func TestReferenceLeftWithWordsThatAreNoRecord(t *testing.T) {
	for _, c := range []struct {
		typed   string
		free    bool
		id      int64
		problem string
	}{
		{"карп", false, 0, "Немає «карп»"},
		{"ґудзь", false, 3, ""},     // the only one found
		{"фоп ґудзь", false, 3, ""}, // by its name
		{"деінде", false, 0, "Немає «деінде»"},
		{"деінде", true, 0, ""},
		{"", false, 0, ""},
		{"!", false, 0, "немає зв'язку"},
	} {
		e, other, w := reference(t)
		e.Free = c.free
		typeText(w, c.typed)
		typeKey(w, fyne.KeyEscape)
		w.Canvas().Focus(other)
		if c.typed == "!" {
			if e.Problem() == "" {
				t.Errorf("a failure is not told")
			}
			continue
		}
		if e.Value().ID != c.id || e.Problem() != c.problem {
			t.Errorf("%q: %+v, problem %q", c.typed, e.Value(), e.Problem())
		}
		if c.free && e.Value().Text != c.typed {
			t.Errorf("free words became %+v", e.Value())
		}
	}
}

func TestNumberReadsAndShows(t *testing.T) {
	parse := func(s string) (int64, error) {
		f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
		return int64(f * 100), err
	}
	n := NewNumber(parse, func(v int64) string { return fmt.Sprintf("%d,%02d", v/100, v%100) }, func(error) string { return "не число" })
	other := NewEntry()
	w := show(t, n, other)
	told := 0
	n.OnChange = func() { told++ }
	w.Canvas().Focus(n)
	typeText(w, "1200,5")
	w.Canvas().Focus(other)
	if v, some := n.Value(); v != 120050 || !some || n.Text != "1200,50" || told != 1 {
		t.Errorf("value %d, text %q, told %d", v, n.Text, told)
	}
	w.Canvas().Focus(n)
	typeText(w, "сто")
	w.Canvas().Focus(other)
	if v, _ := n.Value(); n.Problem() != "не число" || v != 120050 {
		t.Errorf("problem %q, value %d", n.Problem(), v)
	}
	w.Canvas().Focus(n)
	typeText(w, "7")
	if n.Problem() != "" {
		t.Error("the problem stays while it is mended")
	}
	n.SelectAllText()
	typeKey(w, fyne.KeyDelete)
	w.Canvas().Focus(other)
	if _, some := n.Value(); some || told != 2 {
		t.Errorf("emptied: %v, told %d", some, told)
	}
}

func TestEnterDoesNotReachTheFormWithAWrongNumber(t *testing.T) {
	n := NewNumber(func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) }, func(v int64) string { return strconv.FormatInt(v, 10) }, func(error) string { return "не число" })
	w := show(t, n)
	var passed int
	n.SetKeys(func(k fyne.KeyName, _ fyne.KeyModifier) bool { passed++; return true })
	w.Canvas().Focus(n)
	typeText(w, "abc")
	typeKey(w, fyne.KeyReturn)
	if passed != 0 || n.Problem() == "" {
		t.Errorf("passed %d, problem %q", passed, n.Problem())
	}
	n.SelectAllText()
	typeText(w, "5")
	typeKey(w, fyne.KeyReturn)
	if v, _ := n.Value(); passed != 1 || v != 5 {
		t.Errorf("passed %d, value %d", passed, v)
	}
}

func days() DayWords {
	return DayWords{
		Parse: func(s string) (model.Day, error) {
			n, err := strconv.Atoi(s)
			if err != nil {
				return model.ParseDay(s)
			}
			return model.Date(2026, 11, n), nil
		},
		Format:   func(d model.Day) string { return d.String() },
		Explain:  func(error) string { return "не день" },
		Month:    func(d model.Day) string { return d.Time().Format("01.2006") },
		Weekdays: [7]string{"пн", "вт", "ср", "чт", "пт", "сб", "нд"},
		Today:    func() model.Day { return model.Date(2026, 11, 23) },
		TodayTip: "Сьогодні",
	}
}

func TestDayByHandAndByCalendar(t *testing.T) {
	d := NewDay(days())
	other := NewEntry()
	w := show(t, d, other)
	told := 0
	d.OnChange = func() { told++ }
	w.Canvas().Focus(d)
	typeText(w, "27")
	w.Canvas().Focus(other)
	if d.Value() != model.Date(2026, 11, 27) || d.Text != "2026-11-27" {
		t.Errorf("value %v, text %q", d.Value(), d.Text)
	}
	w.Canvas().Focus(d)
	typeKey(w, fyne.KeyF4)
	if d.popup == nil {
		t.Fatal("no calendar")
	}
	typeKey(w, fyne.KeyPageDown)
	typeKey(w, fyne.KeyUp)
	typeKey(w, fyne.KeyRight)
	typeKey(w, fyne.KeyReturn)
	if d.Value() != model.Date(2026, 12, 21) || d.popup != nil || told != 2 {
		t.Errorf("value %v, told %d", d.Value(), told)
	}
	typeAlt(w, fyne.KeyDown)
	typeKey(w, fyne.KeyDown)
	typeKey(w, fyne.KeyEscape)
	if d.Value() != model.Date(2026, 12, 21) || d.popup != nil {
		t.Errorf("Esc took %v", d.Value())
	}
	d.SelectAllText()
	typeText(w, "колись")
	w.Canvas().Focus(other)
	if d.Problem() != "не день" {
		t.Errorf("problem %q", d.Problem())
	}
}

func TestCalendarBeginsOnMonday(t *testing.T) {
	words := days()
	show(t)
	var got model.Day
	c := newCalendar(&words, model.Date(2026, 11, 23), func(d model.Day) { got = d })
	if f := c.first(); f != model.Date(2026, 10, 26) || f.Weekday() != 1 {
		t.Errorf("the first row begins on %v", f)
	}
	cell := c.cell()
	e := &desktop.MouseEvent{}
	e.Position = fyne.NewPos(4+cell.Width*2.5, 4+cell.Height*3.5) // Wednesday of the second week
	c.MouseDown(e)
	if got != model.Date(2026, 11, 4) {
		t.Errorf("chose %v", got)
	}
	// From the 31st the next month is the next month.
	c.goTo(model.Date(2026, 1, 31))
	e.Position = fyne.NewPos(4+cell.Width*6.5, 4+cell.Height*0.5)
	c.MouseDown(e)
	if c.day != model.Date(2026, 2, 28) {
		t.Errorf("the month after January is at %v", c.day)
	}
}

func TestChoiceByKeyboard(t *testing.T) {
	c := NewChoice([]Option{{"low", "Низька", ""}, {"normal", "Звичайна", ""}, {"high", "Висока", theme.Amber}})
	w := show(t, c)
	told := 0
	c.OnChange = func() { told++ }
	w.Canvas().Focus(c)
	typeKey(w, fyne.KeyDown)
	typeKey(w, fyne.KeyDown)
	if c.Value() != "normal" {
		t.Errorf("by arrows: %q", c.Value())
	}
	typeText(w, "в")
	if c.Value() != "high" {
		t.Errorf("by letter: %q", c.Value())
	}
	typeKey(w, fyne.KeySpace)
	if c.popup == nil {
		t.Fatal("Space drops no list")
	}
	typeKey(w, fyne.KeyUp)
	typeKey(w, fyne.KeyUp)
	typeKey(w, fyne.KeyReturn)
	if c.Value() != "low" || c.popup != nil || told != 4 {
		t.Errorf("from the list: %q, told %d", c.Value(), told)
	}
	typeAlt(w, fyne.KeyDown)
	typeKey(w, fyne.KeyDown)
	typeKey(w, fyne.KeyEscape)
	if c.Value() != "low" {
		t.Errorf("Esc took %q", c.Value())
	}
	c.SetOptions([]Option{{"low", "Low", ""}, {"x", "X", ""}})
	if c.Value() != "low" {
		t.Errorf("other words lost the value: %q", c.Value())
	}
}

func TestEntryPassesKeysOn(t *testing.T) {
	e, m := NewEntry(), NewMulti(3)
	w := show(t, e, m)
	var got []string
	keys := func(k fyne.KeyName, mod fyne.KeyModifier) bool {
		got = append(got, fmt.Sprint(k, mod))
		return true
	}
	e.SetKeys(keys)
	m.SetKeys(keys)
	for _, f := range []*Entry{e, m} {
		got = nil
		w.Canvas().Focus(f)
		for _, k := range []fyne.KeyName{fyne.KeyF5, fyne.KeyInsert, fyne.KeyEscape, fyne.KeyF9} {
			typeKey(w, k)
		}
		f.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
		if want := []string{"F50", "Insert0", "Escape0", "F90", fmt.Sprint(fyne.KeyReturn, fyne.KeyModifierControl)}; !slices.Equal(got, want) {
			t.Errorf("passed %q, not %q", got, want)
		}
	}
	got = nil
	typeText(w, "а")
	typeKey(w, fyne.KeyReturn)
	typeText(w, "б")
	if m.Text != "а\nб" || len(got) != 0 {
		t.Errorf("several lines: %q, passed %q", m.Text, got)
	}
}

func TestProblemStandsBesideItsField(t *testing.T) {
	e := NewEntry()
	l := NewLabelled("ЄДРПОУ", e, true, 100)
	show(t, l)
	before := l.MinSize().Height
	e.SetProblem("Контрольна цифра не сходиться")
	if after := l.MinSize().Height; after <= before {
		t.Errorf("no room for the words: %v, %v", before, after)
	}
	texts := ""
	for _, o := range test.WidgetRenderer(l).Objects() {
		if x, ok := o.(interface{ MinSize() fyne.Size }); ok {
			texts += fmt.Sprintf("%T ", x)
		}
	}
	r := test.WidgetRenderer(l).(*labelledRenderer)
	if len(r.wrong) == 0 || r.wrong[0].Text != "Контрольна цифра не сходиться" {
		t.Errorf("said: %v", texts)
	}
	e.SetProblem("")
	if l.MinSize().Height != before {
		t.Error("the room stays after it was mended")
	}
}

func TestButtonByKeyboardAndWhenDisabled(t *testing.T) {
	n := 0
	b := NewButton("Створити", func() { n++ })
	w := show(t, b)
	w.Canvas().Focus(b)
	typeKey(w, fyne.KeyReturn)
	typeKey(w, fyne.KeySpace)
	test.Tap(b)
	b.Disable()
	b.Tapped(nil)
	if n != 3 {
		t.Errorf("pressed %d times", n)
	}
}

func TestToolbarGoesToTheNextLineRatherThanCutOff(t *testing.T) {
	show(t)
	var buttons []fyne.CanvasObject
	for range 8 {
		buttons = append(buttons, NewButton("Надіслати клієнту", nil))
	}
	bar := NewToolbar(append(buttons, nil, NewButton("Ще", nil))...)
	bar.Resize(fyne.NewSize(400, 26))
	for _, o := range bar.Objects {
		if o.Position().X < 0 || o.Position().X+o.Size().Width > 401 {
			t.Errorf("cut off at %v, %v wide", o.Position(), o.Size().Width)
		}
	}
	if h := bar.MinSize().Height; h < 3*26 {
		t.Errorf("height %v", h)
	}
}

func TestFloatsOpenAboveWhereThereIsNoRoomBelow(t *testing.T) {
	top, c := NewEntry(), NewChoice([]Option{{"a", "А", ""}, {"b", "Б", ""}, {"c", "В", ""}})
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	w := test.NewTempWindow(t, container.NewBorder(top, c, nil, nil))
	w.Resize(fyne.NewSize(300, 200))
	w.Canvas().Focus(c)
	typeKey(w, fyne.KeySpace)
	if y := c.list.Position().Y; y+c.list.Size().Height > fyne.CurrentApp().Driver().AbsolutePositionForObject(c).Y {
		t.Errorf("the list covers its field: at %v, %v high", y, c.list.Size().Height)
	}
}

// The space bar that presses a button leaves no space in the field that the
// button leads to, nor takes away what stands there as wrong.
func TestSpaceOnAButtonIsNotTyped(t *testing.T) {
	w := test.NewTempWindow(t, nil)
	e := NewEntry()
	b := NewButton("Повернути", func() {
		e.SetProblem("чому")
		w.Canvas().Focus(e)
	})
	w.SetContent(container.NewVBox(e, b))
	w.Canvas().Focus(b)
	press := func(k fyne.KeyName, r rune) { // as a driver does: to whom has the keyboard by then
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		w.Canvas().Focused().TypedRune(r)
	}
	press(fyne.KeySpace, ' ')
	if e.Text != "" || e.Problem() != "чому" {
		t.Errorf("the field holds %q, wrong with it: %q", e.Text, e.Problem())
	}
	press(fyne.KeyA, 'а')
	press(fyne.KeySpace, ' ')
	press(fyne.KeyA, 'б')
	if e.Text != "а б" || e.Problem() != "" {
		t.Errorf("typed, it holds %q, wrong with it: %q", e.Text, e.Problem())
	}
}
