package input

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Offer is a way in which a text may go on.
type Offer struct {
	Text   string // what stands there then
	Detail string // told beside it
}

// Completing is an entry of several lines in which words are offered while one
// types: Enter or Tab takes the marked one, Esc goes on without.
type Completing struct {
	Entry

	// OnTyped is called when the text changed.
	OnTyped func(text string)

	offer func(text string) (from int, offers []Offer)
	was   string
	from  int // where the marked word would stand, up to the end of what is written
	upTo  int
	list  *menu
	found []Offer
	popup *Popup
	took  bool // Tab took a word
}

// NewCompleting makes an empty one of some rows; offer tells from which byte a
// text is being written at its end, and what it may become.
func NewCompleting(rows int, offer func(text string) (from int, offers []Offer)) *Completing {
	c := &Completing{offer: offer}
	c.MultiLine = true
	c.before = c.key
	c.OnChanged = c.typed
	c.OnLeave = c.close
	c.init(c)
	c.Wrapping = fyne.TextWrapWord
	c.SetMinRowsVisible(rows)
	return c
}

// Put puts a text there without telling OnTyped.
func (c *Completing) Put(text string) {
	c.was = text
	c.OnChanged = nil
	c.SetText(text)
	c.OnChanged = c.typed
}

func (c *Completing) typed(text string) {
	c.upTo = edited(c.was, text)
	grew := len(text) > len(c.was)
	c.was = text
	if c.OnTyped != nil {
		c.OnTyped(text)
	}
	if !c.now || !grew {
		c.close()
		return
	}
	from, offers := c.offer(text[:c.upTo])
	c.drop(from, offers)
}

// edited is the byte up to which a text was edited: where typing goes on.
func edited(was, text string) int {
	rest := 0
	for rest < min(len(was), len(text)) && was[len(was)-1-rest] == text[len(text)-1-rest] {
		rest++
	}
	at := len(text) - rest
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

func (c *Completing) drop(from int, offers []Offer) {
	if len(offers) == 0 {
		c.close()
		return
	}
	rows := make([]menuRow, len(offers))
	for i, x := range offers {
		rows[i] = menuRow{text: x.Text, detail: x.Detail}
	}
	c.from, c.found = from, offers
	if c.list == nil {
		c.list = newMenu(c.take)
	}
	marked := -1
	if from < c.upTo { // something is written already
		marked = 0
	}
	c.list.set(rows, marked)
	if c.popup == nil {
		c.popup = Hang(c, c, c.list, func() { c.popup = nil })
	} else {
		c.popup.Update()
	}
}

func (c *Completing) close() {
	if c.popup != nil {
		c.popup.Close()
	}
}

// take puts an offer in the place of what is written.
func (c *Completing) take(row int) {
	if row < 0 || row >= len(c.found) {
		return
	}
	text := c.Text
	word, rest := c.found[row].Text, text[min(c.upTo, len(text)):]
	if !strings.HasPrefix(rest, " ") && word != "(" {
		word += " "
	}
	next := text[:min(c.from, len(text))] + word
	c.close()
	c.SetText(next + rest)
	c.toRune(utf8.RuneCountInString(next))
	if c.popup == nil {
		focus(c)
	}
}

// toRune moves the cursor to a place in the text.
func (c *Completing) toRune(n int) {
	c.CursorRow, c.CursorColumn = 0, 0
	for range n {
		c.Entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	c.Refresh()
}

func (c *Completing) leaveByTab() {
	c.took = c.popup != nil && c.list.marked >= 0
	if c.took {
		c.take(c.list.marked)
	}
}

// takesTab stays in the entry when Tab took a word.
func (c *Completing) takesTab(bool) bool {
	took := c.took
	c.took = false
	return took
}

func (c *Completing) key(key fyne.KeyName, _ fyne.KeyModifier) bool {
	if c.popup == nil {
		return false
	}
	switch key {
	case fyne.KeyDown:
		c.list.step(1)
	case fyne.KeyUp:
		c.list.step(-1)
	case fyne.KeyEscape:
		c.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		if c.list.marked < 0 {
			c.close()
			return false
		}
		c.take(c.list.marked)
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown:
		c.close()
		return false
	default:
		return false
	}
	return true
}
