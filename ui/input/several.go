package input

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/ui/run"
)

// Several is an entry of several values after commas, such as the addresses of
// a letter: the one that is being typed completes from a provider. Items are
// taken with their Text.
type Several struct {
	Entry

	provider Provider
	latest   *run.Latest
	popup    *Popup
	list     *menu
	found    []Item
	edited   func() // a person changed the text
}

// NewSeveral makes an empty entry; r asks the provider.
func NewSeveral(p Provider, r run.Runner) *Several {
	e := &Several{provider: p, latest: run.NewLatest(r)}
	e.before = e.key
	e.OnChanged = e.typed
	e.OnLeave = e.close
	e.init(e)
	return e
}

// Set shows values, without completing.
func (e *Several) Set(text string) { e.quietly(text, len([]rune(text))) }

func (e *Several) quietly(text string, cursor int) {
	e.latest.Cancel()
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = e.typed
	e.CursorColumn = cursor
	e.SetProblem("")
	e.Refresh()
}

// OnEdit is called when a person changed the text.
func (e *Several) OnEdit(f func()) { e.edited = f }

// piece is the value that is being typed: its place among the runes and its
// text.
func (e *Several) piece() (from, to int, text string) {
	runes := []rune(e.Text)
	at := min(e.CursorColumn, len(runes))
	quoted := false
	for i, r := range runes[:at] {
		switch {
		case r == '"':
			quoted = !quoted
		case (r == ',' || r == ';') && !quoted:
			from = i + 1
		}
	}
	to = at
	for to < len(runes) && runes[to] != ',' && runes[to] != ';' {
		to++
	}
	return from, to, strings.TrimSpace(string(runes[from:to]))
}

// leastTyped is from how many letters on values are looked for.
const leastTyped = 2

func (e *Several) typed(string) {
	if e.edited != nil {
		e.edited()
	}
	_, _, text := e.piece()
	if len([]rune(text)) < leastTyped || strings.HasSuffix(text, ">") {
		e.latest.Cancel()
		e.close()
		return
	}
	e.latest.Go(context.Background(), func(ctx context.Context) func() {
		found, err := e.provider.Complete(ctx, text)
		return func() {
			if _, _, now := e.piece(); err != nil || now != text || !e.now {
				return
			}
			e.drop(found)
		}
	})
}

func (e *Several) drop(found []Item) {
	e.found = found
	if len(found) == 0 {
		e.close()
		return
	}
	rows := make([]menuRow, len(found))
	for i, x := range found {
		rows[i] = menuRow{text: x.Text, detail: x.Detail}
	}
	if e.list == nil {
		e.list = newMenu(e.take)
	}
	e.list.set(rows, 0)
	if e.popup == nil {
		e.popup = Hang(e, e, e.list, func() { e.popup = nil })
	} else {
		e.popup.Update()
	}
}

// take puts a value in the place of the one that was being typed.
func (e *Several) take(row int) {
	if row < 0 || row >= len(e.found) {
		return
	}
	from, to, _ := e.piece()
	runes := []rune(e.Text)
	before, after := string(runes[:from]), strings.TrimLeft(string(runes[to:]), ",; ")
	if before != "" {
		before = strings.TrimRight(before, " ") + " "
	}
	text := before + e.found[row].Text + "," // a space at the end has no place for the cursor
	e.close()
	e.quietly(text+after, len([]rune(text)))
	focus(e)
	if e.edited != nil {
		e.edited()
	}
}

func (e *Several) close() {
	if e.popup != nil {
		e.popup.Close()
	}
}

func (e *Several) leaveByTab() {
	if e.popup != nil {
		e.take(e.list.marked)
	}
}

func (e *Several) key(key fyne.KeyName, mod fyne.KeyModifier) bool {
	if e.popup == nil || mod != 0 {
		return false
	}
	switch key {
	case fyne.KeyDown:
		e.list.step(1)
	case fyne.KeyUp:
		e.list.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		e.take(e.list.marked)
	case fyne.KeyEscape:
		e.close()
	default:
		return false
	}
	return true
}
