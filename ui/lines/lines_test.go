package lines

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
	"pgregory.net/rapid"

	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/theme"
)

type line struct {
	product  input.Item
	qty      int64
	unit     string
	price    int64
	optional bool
}

// offer is the lines of a proposal: product, unit, quantity, price, amount.
type offer struct{ lines []line }

var products = []input.Item{{ID: 1, Text: "Кабель ВВГ 3×2,5", Detail: "42,50"}, {ID: 2, Text: "Кабель ВВГ 3×1,5"}, {ID: 3, Text: "Щит ЩРН-12"}}

func findProduct(_ context.Context, text string) ([]input.Item, error) {
	var found []input.Item
	for _, p := range products {
		if strings.Contains(strings.ToLower(p.Text), strings.ToLower(text)) {
			found = append(found, p)
		}
	}
	return found, nil
}

func (o *offer) Columns() []Column {
	return []Column{
		{Key: "product", Title: "Товар", Width: 200, Grow: true, Editor: Reference, Provider: input.ProviderFunc(findProduct), Free: true},
		{Key: "unit", Title: "Од.", Width: 60, Editor: Option, Options: []input.Option{{Key: "pc", Text: "шт"}, {Key: "m", Text: "м"}}},
		{Key: "qty", Title: "К-сть", Width: 70, Editor: Number},
		{Key: "price", Title: "Ціна", Width: 80, Editor: Number},
		{Key: "amount", Title: "Сума", Width: 90, Right: true},
		{Key: "optional", Title: "Опція", Width: 50, Editor: Check},
	}
}

func (o *offer) Len() int { return len(o.lines) }

func (o *offer) Cell(row, col int) Cell {
	l := o.lines[row]
	switch col {
	case 0:
		return Cell{Text: l.product.Text, Item: l.product}
	case 1:
		return Cell{Text: map[string]string{"pc": "шт", "m": "м"}[l.unit]}
	case 2:
		return Cell{Text: fmt.Sprint(l.qty)}
	case 3:
		return Cell{Text: fmt.Sprintf("%d,%02d", l.price/100, l.price%100), Edit: fmt.Sprint(l.price / 100)}
	case 4:
		return Cell{Text: fmt.Sprint(l.qty * l.price)}
	}
	return Cell{Yes: l.optional}
}

func (o *offer) Set(row, col int, text string) error {
	l := &o.lines[row]
	number := func(scale int64) (int64, error) {
		if text == "" {
			return 0, nil
		}
		v, err := strconv.ParseInt(text, 10, 64)
		return v * scale, err
	}
	var err error
	var v int64
	switch col {
	case 0:
		l.product = input.Item{Text: text}
	case 1:
		if text != "pc" && text != "m" && text != "" {
			return errors.New("невідома одиниця")
		}
		l.unit = text
	case 2:
		if v, err = number(1); err == nil {
			l.qty = v
		}
	case 3:
		if v, err = number(100); err == nil {
			l.price = v
		}
	case 5:
		l.optional = text == "1"
	}
	return err
}

func (o *offer) SetItem(row, _ int, item input.Item) error {
	o.lines[row].product = item
	return nil
}

func (o *offer) Insert(row int) int {
	o.lines = slices.Insert(o.lines, row, line{qty: 1, unit: "pc"})
	return row
}

func (o *offer) Delete(from, to int) { o.lines = slices.Delete(o.lines, from, to) }

func (o *offer) Move(from, to, by int) int {
	if by > 0 {
		return o.Carry(from, to, to+by)
	}
	return o.Carry(from, to, from+by)
}

func (o *offer) Carry(from, to, before int) int {
	block := slices.Clone(o.lines[from:to])
	o.lines = slices.Delete(o.lines, from, to)
	if before > from {
		before -= to - from
	}
	o.lines = slices.Insert(o.lines, before, block...)
	return before
}

func setup(t *testing.T, l ...line) (*Grid, *offer, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 100))
	o := &offer{lines: l}
	g := NewGrid(o, run.Sync{}, Words{
		NewLine: "Почніть набирати товар…",
		Explain: func(err error) string { return "!" + err.Error() },
		Reference: input.ReferenceWords{
			Free:     func(s string) string { return "текст " + s },
			NotFound: func(s string) string { return "немає " + s },
			Failed:   func(err error) string { return err.Error() },
		},
	})
	before, after := input.NewEntry(), input.NewEntry()
	w := test.NewTempWindow(t, container.NewBorder(before, after, nil, nil, g))
	w.Resize(fyne.NewSize(800, 400))
	w.Canvas().Focus(g)
	return g, o, w
}

func key(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func withShift(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().(desktop.Keyable).KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(w, name)
	if k, ok := w.Canvas().Focused().(desktop.Keyable); ok {
		k.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
}

func ctrl(w fyne.Window, name fyne.KeyName, mod fyne.KeyModifier) {
	w.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault | mod})
}

func typed(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestTypingADocumentFromTheKeyboard(t *testing.T) {
	g, o, w := setup(t)
	told := 0
	g.OnChange = func() { told++ }
	typed(w, "каб")
	if g.edit == nil || g.edit.ref == nil {
		t.Fatal("typing opens no completion")
	}
	key(w, fyne.KeyDown)
	key(w, fyne.KeyReturn) // the second cable
	key(w, fyne.KeyReturn) // the unit stands
	typed(w, "12")
	key(w, fyne.KeyReturn)
	typed(w, "42")
	key(w, fyne.KeyReturn)
	key(w, fyne.KeyReturn) // past the last cell
	if g.row != 1 || g.col != 0 {
		t.Fatalf("the cursor is at %d:%d", g.row, g.col)
	}
	typed(w, "Монтаж щита")
	key(w, fyne.KeyTab)
	typed(w, "м")
	key(w, fyne.KeyTab)
	typed(w, "3")
	key(w, fyne.KeyTab)
	want := []line{
		{product: products[1], qty: 12, unit: "pc", price: 4200},
		{product: input.Item{Text: "Монтаж щита"}, qty: 3, unit: "m"},
	}
	if !slices.Equal(o.lines, want) {
		t.Errorf("lines %+v", o.lines)
	}
	if told == 0 {
		t.Error("no change was told")
	}
	if w.Canvas().Focused() != fyne.Focusable(g) {
		t.Errorf("the keyboard is at %T", w.Canvas().Focused())
	}
}

func TestTabLeavesAtTheEndAndTheStart(t *testing.T) {
	g, _, w := setup(t, line{product: products[0]})
	withShift(w, fyne.KeyTab)
	if w.Canvas().Focused() == fyne.Focusable(g) {
		t.Error("Shift+Tab stays in the first cell")
	}
	w.Canvas().Focus(g)
	for range 12 {
		if w.Canvas().Focused() == fyne.Focusable(g) {
			key(w, fyne.KeyTab)
		}
	}
	if w.Canvas().Focused() == fyne.Focusable(g) {
		t.Error("Tab never leaves")
	}
}

func TestRefusedTextStaysMarkedUntilMended(t *testing.T) {
	g, o, w := setup(t, line{product: products[0], qty: 5})
	g.GoTo(0, 2)
	typed(w, "сто")
	key(w, fyne.KeyReturn)
	if o.lines[0].qty != 5 || g.problem(0, 2) == "" || g.Commit() {
		t.Errorf("qty %d, problem %q", o.lines[0].qty, g.problem(0, 2))
	}
	if r, c, text, ok := g.FirstProblem(); !ok || r != 0 || c != 2 || !strings.HasPrefix(text, "!") {
		t.Errorf("first problem %d:%d %q %v", r, c, text, ok)
	}
	// It goes with its line.
	g.GoTo(0, 0)
	key(w, fyne.KeyInsert)
	if g.problem(1, 2) == "" || g.problem(0, 2) != "" {
		t.Errorf("problems after an insert: %v", g.rejected)
	}
	g.GoTo(1, 2)
	typed(w, "7")
	key(w, fyne.KeyReturn)
	if o.lines[1].qty != 7 || !g.Commit() {
		t.Errorf("qty %d, problems %v", o.lines[1].qty, g.rejected)
	}
}

func TestEscLeavesTheCellAsItWas(t *testing.T) {
	g, o, w := setup(t, line{product: products[0], qty: 5})
	g.GoTo(0, 2)
	typed(w, "99")
	key(w, fyne.KeyEscape)
	if o.lines[0].qty != 5 || g.edit != nil || w.Canvas().Focused() != fyne.Focusable(g) {
		t.Errorf("qty %d", o.lines[0].qty)
	}
	var passed []fyne.KeyName
	g.SetKeys(func(k fyne.KeyName, _ fyne.KeyModifier) bool { passed = append(passed, k); return true })
	key(w, fyne.KeyEscape)
	if !slices.Equal(passed, []fyne.KeyName{fyne.KeyEscape}) {
		t.Errorf("passed %v", passed)
	}
}

func TestEditingShowsTheNumberAsTyped(t *testing.T) {
	g, _, w := setup(t, line{product: products[0], price: 4200})
	g.GoTo(0, 3)
	key(w, fyne.KeyF2)
	if g.edit == nil || g.edit.entry.Text != "42" {
		t.Errorf("edit %+v", g.edit)
	}
}

func names(o *offer) string {
	var s []string
	for _, l := range o.lines {
		s = append(s, l.product.Text)
	}
	return strings.Join(s, " ")
}

func abc() []line {
	return []line{{product: input.Item{Text: "А"}}, {product: input.Item{Text: "Б"}}, {product: input.Item{Text: "В"}}, {product: input.Item{Text: "Г"}}}
}

func TestLinesMoveAndGo(t *testing.T) {
	g, o, w := setup(t, abc()...)
	g.GoTo(1, 0)
	withShift(w, fyne.KeyDown) // Б and В
	ctrl(w, fyne.KeyUp, fyne.KeyModifierShift)
	if names(o) != "Б В А Г" || g.Selected() != (Span{0, 1, 0, 0}) {
		t.Errorf("up: %s, %+v", names(o), g.Selected())
	}
	ctrl(w, fyne.KeyUp, fyne.KeyModifierShift)
	if names(o) != "Б В А Г" {
		t.Errorf("above the first: %s", names(o))
	}
	ctrl(w, fyne.KeyDown, fyne.KeyModifierShift)
	ctrl(w, fyne.KeyDown, fyne.KeyModifierShift)
	ctrl(w, fyne.KeyDown, fyne.KeyModifierShift)
	if names(o) != "А Г Б В" {
		t.Errorf("down: %s", names(o))
	}
	ctrl(w, fyne.KeyDelete, 0)
	if names(o) != "А Г" {
		t.Errorf("deleted: %s", names(o))
	}
	ctrl(w, fyne.KeyDelete, 0) // on the empty line
	if names(o) != "А Г" {
		t.Errorf("the empty line took others along: %s", names(o))
	}
}

func TestFillDown(t *testing.T) {
	g, o, w := setup(t, abc()...)
	o.lines[0].qty, o.lines[0].price, o.lines[0].product = 9, 100, products[2]
	g.GoTo(0, 2)
	withShift(w, fyne.KeyDown)
	withShift(w, fyne.KeyDown)
	withShift(w, fyne.KeyRight)
	ctrl(w, fyne.KeyD, 0)
	for i, want := range []int64{9, 9, 9, 0} {
		if o.lines[i].qty != want || o.lines[i].price != want/9*100 {
			t.Errorf("line %d: %+v", i, o.lines[i])
		}
	}
	g.GoTo(1, 0)
	ctrl(w, fyne.KeyD, 0) // one cell takes the one above, the record with it
	if o.lines[1].product != products[2] {
		t.Errorf("product %+v", o.lines[1].product)
	}
}

type clipboard struct{ text string }

func (c *clipboard) Content() string     { return c.text }
func (c *clipboard) SetContent(s string) { c.text = s }

func TestPasteFromASpreadsheet(t *testing.T) {
	g, o, _ := setup(t, line{product: input.Item{Text: "А"}})
	g.GoTo(0, 0)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &clipboard{"Кабель\tм\t10\t5\t999\r\n\"Щит \"\"ЩРН\"\"\"\tшт\t1\tдорого\t\r\n"}})
	if len(o.lines) != 2 || o.lines[0].product.Text != "Кабель" || o.lines[0].unit != "m" || o.lines[0].qty != 10 || o.lines[0].price != 500 {
		t.Errorf("lines %+v", o.lines)
	}
	if o.lines[1].product.Text != `Щит "ЩРН"` || g.problem(1, 3) == "" || o.lines[1].price != 0 {
		t.Errorf("second %+v, problem %q", o.lines[1], g.problem(1, 3))
	}
	var c clipboard
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	g.TypedShortcut(&fyne.ShortcutCopy{Clipboard: &c})
	if !strings.HasPrefix(c.text, "Кабель\tм\t10\t5,00\t5000\t\n") {
		t.Errorf("copied %q", c.text)
	}
}

func TestDeleteEmptiesCells(t *testing.T) {
	g, o, w := setup(t, line{product: products[0], qty: 4, price: 200, unit: "m"})
	g.GoTo(0, 0)
	for range 4 {
		withShift(w, fyne.KeyRight)
	}
	key(w, fyne.KeyDelete)
	if o.lines[0] != (line{}) {
		t.Errorf("left %+v", o.lines[0])
	}
}

func TestCheckBySpaceAndClick(t *testing.T) {
	g, o, w := setup(t, line{product: products[0]})
	g.GoTo(0, 5)
	key(w, fyne.KeySpace)
	if !o.lines[0].optional {
		t.Error("Space does not check")
	}
	c := g.columns[5]
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(c.x+5, g.rowY(0)+5)
	g.MouseDown(e)
	g.MouseUp(e)
	if o.lines[0].optional {
		t.Error("a click does not uncheck")
	}
}

func TestReadOnlyLinesTakeNothing(t *testing.T) {
	g, o, w := setup(t, abc()...)
	g.SetReadOnly(true)
	typed(w, "x")
	key(w, fyne.KeyDelete)
	key(w, fyne.KeyInsert)
	ctrl(w, fyne.KeyD, 0)
	ctrl(w, fyne.KeyDelete, 0)
	ctrl(w, fyne.KeyDown, fyne.KeyModifierShift)
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &clipboard{"x\ty"}})
	if names(o) != "А Б В Г" || g.rows() != 4 {
		t.Errorf("lines %s", names(o))
	}
}

func TestClickElsewhereTakesWhatWasTyped(t *testing.T) {
	g, o, w := setup(t, abc()...)
	g.GoTo(0, 2)
	typed(w, "8")
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(g.columns[2].x+5, g.rowY(3)+5)
	g.MouseDown(e)
	g.MouseUp(e)
	if o.lines[0].qty != 8 || g.row != 3 || g.edit != nil {
		t.Errorf("qty %d, cursor at %d", o.lines[0].qty, g.row)
	}
	g.GoTo(1, 2)
	typed(w, "6")
	w.Canvas().Focus(w.Content().(*fyne.Container).Objects[1].(fyne.Focusable))
	if o.lines[1].qty != 6 || g.edit != nil {
		t.Errorf("leaving the grid lost what was typed: %d", o.lines[1].qty)
	}
}

func TestTablesSurviveTheClipboard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[а-яїґ0-9"\t\n ,.]{0,12}`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 5).Draw(t, "rows")
		for _, r := range rows {
			for i := range r {
				r[i] = strings.TrimSpace(r[i])
			}
			r[0] += "x" // an empty row at the end is left out
			r[0] = strings.TrimSpace(r[0])
		}
		got := readTable(writeTable(rows))
		if len(got) != len(rows) {
			t.Fatalf("%q became %q", rows, got)
		}
		for i := range rows {
			if !slices.Equal(got[i], rows[i]) {
				t.Fatalf("row %q became %q", rows[i], got[i])
			}
		}
	})
}

func TestTablesAsSpreadsheetsWriteThem(t *testing.T) {
	for give, want := range map[string][][]string{
		"":                       nil,
		"а\tб\r\n":               {{"а", "б"}},
		"а\n\n\n":                {{"а"}},
		"\"а\nб\"\tв":            {{"а\nб", "в"}},
		"труба 5\"\tшт":          {{"труба 5\"", "шт"}},
		"\"Карпати\" ТОВ\tЛьвів": {{"\"Карпати\" ТОВ", "Львів"}},
		"\"незакрита\tлапка\nдруга": {{"\"незакрита", "лапка"}, {"друга"}},
	} {
		if got := readTable(give); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q became %q, not %q", give, got, want)
		}
	}
}

func FuzzReadTable(f *testing.F) {
	for _, s := range []string{"а\tб\nв", "\"а\"\"б\"\t1\r\n", "\"", "\t\t\n\n", "5\" труба\t\"x\ny\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rows := readTable(s)
		if len(rows) > pasteRows {
			t.Fatalf("%d rows", len(rows))
		}
		for _, r := range rows {
			if len(r) > pasteCols {
				t.Fatalf("%d cells", len(r))
			}
		}
	})
}

// grouped counts what it is told to be one.
type grouped struct {
	offer
	groups, within int
	outside        int // changes that came alone
}

func (g *grouped) Together(do func()) {
	g.within++
	do()
	if g.within--; g.within == 0 {
		g.groups++
	}
}

func (g *grouped) changed() {
	if g.within == 0 {
		g.outside++
	}
}

func (g *grouped) Set(row, col int, text string) error {
	g.changed()
	return g.offer.Set(row, col, text)
}

func (g *grouped) Insert(row int) int {
	g.changed()
	return g.offer.Insert(row)
}

func (g *grouped) Number(row int) string { return fmt.Sprint("n", row) }

// What a person does at once reaches the lines as one: typing into the empty
// line, pasting, filling down, emptying a block.
func TestTogether(t *testing.T) {
	o := &grouped{}
	g := NewGrid(o, run.Sync{}, Words{Explain: func(err error) string { return err.Error() }})
	w := test.NewTempWindow(t, container.NewStack(g))
	w.Resize(fyne.NewSize(700, 300))
	w.Canvas().Focus(g)
	step := func(what string, do func()) {
		t.Helper()
		o.groups, o.outside = 0, 0
		do()
		if o.groups != 1 || o.outside != 0 {
			t.Errorf("%s: %d groups, %d changes outside", what, o.groups, o.outside)
		}
	}
	step("typing into the empty line", func() {
		g.GoTo(0, 2)
		g.begin("7")
		g.commit()
	})
	step("pasting", func() {
		g.GoTo(0, 2)
		g.paste("1\t10\n2\t20\n3\t30\n")
	})
	step("filling down", func() {
		g.GoTo(0, 2)
		g.moveTo(2, 3, true)
		g.fillDown()
	})
	step("emptying", g.clearCells)
	if got := g.number(1); got != "n1" {
		t.Errorf("line 2 is numbered %q", got)
	}
}

// Lines that changed from outside are shown with the cursor where it was.
func TestReload(t *testing.T) {
	o := &offer{lines: []line{{qty: 1}, {qty: 2}, {qty: 3}}}
	g := NewGrid(o, run.Sync{}, Words{Explain: func(err error) string { return err.Error() }})
	w := test.NewTempWindow(t, container.NewStack(g))
	w.Resize(fyne.NewSize(700, 300))
	g.GoTo(1, 3)
	g.Reload()
	if g.Row() != 1 || g.Col() != 3 {
		t.Errorf("the cursor went to %d, %d", g.Row(), g.Col())
	}
	g.GoTo(3, 2)
	o.lines = o.lines[:1]
	g.Reload()
	if g.Row() != 1 {
		t.Errorf("the cursor is in line %d of 1 and the empty one", g.Row())
	}
	g.begin("5")
	g.Cancel()
	if len(o.lines) != 1 || g.edit != nil {
		t.Error("what was cancelled was taken")
	}
}
