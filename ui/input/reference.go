package input

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/ui/run"
)

// Item is a record that a reference can point to.
type Item struct {
	ID     int64
	Text   string // what the entry shows
	Detail string // told beside it in the list: a code, a town, a price
}

// Provider finds records for what was typed so far. It is called in the
// background; the empty text asks for those used last.
type Provider interface {
	Complete(ctx context.Context, text string) ([]Item, error)
}

// ProviderFunc is a function as a Provider.
type ProviderFunc func(ctx context.Context, text string) ([]Item, error)

// Complete implements Provider.
func (f ProviderFunc) Complete(ctx context.Context, text string) ([]Item, error) { return f(ctx, text) }

// ReferenceWords is what a reference says.
type ReferenceWords struct {
	Create   func(text string) string // last but one line of the list: "Створити «Карпати-Буд»…"
	ShowAll  string                   // last line: "Показати всі (F4)"
	Free     func(text string) string // of a reference with Free: "Вільний текст «Монтаж»"
	NotFound func(text string) string // the problem of a text that is no record
	Failed   func(err error) string   // the problem when the records could not be read
}

// Reference is an entry that points to a record and completes while one types.
// F4 or Alt+↓ choose from all, F2 opens the record, Insert creates one,
// Shift+F4 clears.
type Reference struct {
	Entry

	OnChange  func()            // a person chose another record, or emptied it
	OnCreate  func(text string) // asked to create one of that name; nil: cannot be created here
	OnShowAll func(text string) // asked to choose from all; nil: the list drops down
	OnOpen    func(item Item)   // asked to open the record
	OnPick    func()            // after OnChange: the value was taken from the list, so that one may go on

	// Free lets a text stand that is no record, such as a line's own words.
	Free bool

	words    ReferenceWords
	provider Provider
	latest   *run.Latest
	value    Item
	popup    *Popup
	list     *menu
	found    []Item
	foundFor string
	waiting  bool                   // Tab or Enter came before the answer: take its first
	ahead    []func(fyne.Focusable) // keys typed while it waits, for what has the keyboard then
	moved    bool                   // the mark was moved by hand
	commands []func()               // of the list's last lines
}

// NewReference makes an empty reference; r asks the provider.
func NewReference(p Provider, r run.Runner, words ReferenceWords) *Reference {
	e := &Reference{words: words, provider: p, latest: run.NewLatest(r)}
	e.before = e.key
	e.OnChanged = e.typed
	e.OnLeave = e.leave
	e.ActionItem = newArrow(func() {
		if e.Disabled() {
			return
		}
		focus(e)
		e.dropDown()
	})
	e.init(e)
	return e
}

// SetProvider completes from elsewhere from now on.
func (e *Reference) SetProvider(p Provider) { e.provider = p }

// Set points to a record, without telling OnChange; an Item without an ID is
// none, or a free text.
func (e *Reference) Set(item Item) {
	e.latest.Cancel()
	e.waiting, e.ahead = false, nil
	e.value = item
	e.quietly(item.Text)
	e.SetProblem("")
}

// Value is the record, with ID 0 when there is none.
func (e *Reference) Value() Item { return e.value }

func (e *Reference) quietly(text string) {
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = e.typed
	e.CursorColumn = len([]rune(text))
}

func (e *Reference) take(item Item) {
	changed := item.ID != e.value.ID || item.Text != e.value.Text
	e.Set(item)
	e.close()
	if changed && e.OnChange != nil {
		e.OnChange()
	}
}

// TypedRune is for Fyne. Who types fast does not wait for the answer: what comes
// after Enter is meant for the field after this one.
func (e *Reference) TypedRune(r rune) {
	if e.waiting && e.now {
		e.ahead = append(e.ahead, func(f fyne.Focusable) { f.TypedRune(r) })
		return
	}
	e.Entry.TypedRune(r)
}

// TypedKey is for Fyne.
func (e *Reference) TypedKey(k *fyne.KeyEvent) {
	if e.waiting && e.now && k.Name != fyne.KeyEscape {
		e.ahead = append(e.ahead, func(f fyne.Focusable) { f.TypedKey(k) })
		return
	}
	e.waiting, e.ahead = false, nil
	e.Entry.TypedKey(k)
}

// typed asks for records that begin with, or hold, what stands there.
func (e *Reference) typed(text string) {
	e.waiting, e.moved = false, false
	e.ask(text)
}

func (e *Reference) ask(text string) {
	e.latest.Go(context.Background(), func(ctx context.Context) func() {
		found, err := e.provider.Complete(ctx, text)
		return func() { e.answer(text, found, err) }
	})
}

func (e *Reference) answer(text string, found []Item, err error) {
	ahead := e.ahead
	if err != nil {
		e.waiting, e.ahead = false, nil
		e.close()
		e.SetProblem(e.words.Failed(err))
		return
	}
	e.found, e.foundFor = found, text
	if e.waiting {
		e.waiting, e.ahead = false, nil
		c := canvasOf(e)
		e.settle()
		if e.now && e.done() {
			e.picked()
			for _, key := range ahead {
				if c != nil && c.Focused() != nil {
					key(c.Focused())
				}
			}
		}
		return
	}
	if !e.now {
		return
	}
	e.dropList()
}

// dropList shows what was found, and below it the commands.
func (e *Reference) dropList() {
	rows := make([]menuRow, 0, len(e.found)+2)
	for _, x := range e.found {
		rows = append(rows, menuRow{text: x.Text, detail: x.Detail})
	}
	text := strings.TrimSpace(e.Text)
	e.commands = e.commands[:0]
	command := func(say string, do func()) {
		rows = append(rows, menuRow{text: say, faint: true, apart: len(e.commands) == 0 && len(rows) > 0})
		e.commands = append(e.commands, do)
	}
	if e.Free && len(e.found) > 0 && text != "" && text != e.value.Text {
		command(e.words.Free(text), func() { e.take(Item{Text: text}); e.picked() })
	}
	if e.offersCreate() {
		command(e.words.Create(text), func() { e.close(); e.OnCreate(text) })
	}
	if e.OnShowAll != nil {
		command(e.words.ShowAll, func() { e.close(); e.OnShowAll(e.pending()) })
	}
	if len(rows) == 0 {
		e.close()
		return
	}
	marked := -1
	if len(e.found) > 0 && text != "" {
		marked = 0
	}
	for i, x := range e.found {
		if x.Text == text {
			marked = i
		}
	}
	if e.list == nil {
		e.list = newMenu(e.chooseRow)
	}
	e.list.set(rows, marked)
	if e.popup == nil {
		e.popup = Hang(e, e, e.list, func() { e.popup = nil })
	} else {
		e.popup.Update()
	}
}

func (e *Reference) offersCreate() bool {
	text := strings.TrimSpace(e.Text)
	if e.OnCreate == nil || text == "" || e.value.ID != 0 && text == e.value.Text {
		return false
	}
	for _, x := range e.found {
		if strings.EqualFold(x.Text, text) {
			return false
		}
	}
	return true
}

func (e *Reference) chooseRow(row int) {
	switch {
	case row < 0:
	case row < len(e.found):
		e.take(e.found[row])
		focus(e)
		e.picked()
	case row-len(e.found) < len(e.commands):
		e.commands[row-len(e.found)]()
	}
}

func (e *Reference) picked() {
	if e.OnPick != nil {
		e.OnPick()
	}
}

// dropDown shows what there is, without a picker of all.
func (e *Reference) dropDown() {
	if e.popup != nil {
		e.close()
		return
	}
	text := e.Text
	if text == e.value.Text {
		text = "" // all, not only the one that is chosen
	}
	e.ask(text)
}

func (e *Reference) close() {
	if e.popup != nil {
		e.popup.Close()
	}
}

// cleared empties the reference as Shift+F4 does.
func (e *Reference) cleared() {
	e.close()
	e.take(Item{})
}

func (e *Reference) key(key fyne.KeyName, mod fyne.KeyModifier) bool {
	if e.Disabled() {
		if key == fyne.KeyF2 && mod == 0 && e.value.ID != 0 && e.OnOpen != nil {
			e.OnOpen(e.value)
			return true
		}
		return false
	}
	switch {
	case key == fyne.KeyF4 && mod == fyne.KeyModifierShift:
		e.cleared()
		return true
	case key == fyne.KeyF4 && mod == 0 && e.OnShowAll != nil:
		e.close()
		e.OnShowAll(e.pending())
		return true
	case key == fyne.KeyF4 && mod == 0, key == fyne.KeyDown && mod == fyne.KeyModifierAlt:
		e.dropDown()
		return true
	case key == fyne.KeyInsert && mod == 0 && e.OnCreate != nil:
		e.close()
		e.OnCreate(e.pending())
		return true
	case key == fyne.KeyF2 && mod == 0:
		if e.value.ID != 0 && e.OnOpen != nil {
			e.close()
			e.OnOpen(e.value)
		}
		return true
	}
	if e.popup != nil {
		return e.inList(key)
	}
	switch key {
	case fyne.KeyDown:
		if mod == 0 && e.keys == nil { // alone, not in a grid
			e.dropDown()
			return true
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if mod == 0 && !e.done() {
			e.waiting = e.latest.Busy()
			if !e.waiting {
				e.settle()
			}
			return e.waiting || !e.done()
		}
	}
	return false
}

func (e *Reference) inList(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		e.list.step(1)
		e.moved = true
	case fyne.KeyUp:
		e.list.step(-1)
		e.moved = true
	case fyne.KeyPageDown:
		e.list.step(min(menuRows-1, len(e.list.rows)-1-max(e.list.marked, 0)))
	case fyne.KeyPageUp:
		e.list.step(-min(menuRows-1, max(e.list.marked, 0)))
	case fyne.KeyEscape:
		e.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.list.marked < 0 || e.latest.Busy() && !e.moved {
			e.close()
			return e.key(key, 0)
		}
		e.chooseRow(e.list.marked)
	default:
		return false
	}
	return true
}

// pending is what was typed and is no record yet.
func (e *Reference) pending() string {
	if e.Text == e.value.Text {
		return ""
	}
	return strings.TrimSpace(e.Text)
}

// done says that the text stands for the value.
func (e *Reference) done() bool { return e.Text == e.value.Text && e.problem == "" }

func (e *Reference) leaveByTab() {
	if e.popup != nil && e.list.marked >= 0 && e.list.marked < len(e.found) {
		e.take(e.found[e.list.marked])
	}
}

func (e *Reference) leave() {
	e.close()
	if e.Disabled() || e.done() {
		return
	}
	if e.latest.Busy() {
		e.waiting = true // the answer settles it
		return
	}
	e.settle()
}

// settle makes a value of what was typed: the record of that name, the only
// one found, or a problem.
func (e *Reference) settle() {
	text := strings.TrimSpace(e.Text)
	if text == "" {
		e.take(Item{})
		return
	}
	if text == e.value.Text {
		e.Set(e.value)
		return
	}
	for _, x := range e.found {
		if strings.EqualFold(x.Text, text) {
			e.take(x)
			return
		}
	}
	switch {
	case e.Free:
		e.take(Item{Text: text})
	case len(e.found) == 1 && e.foundFor == e.Text:
		e.take(e.found[0])
	default:
		e.SetProblem(e.words.NotFound(text))
	}
}
