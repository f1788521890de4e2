// Package input is what a person types and clicks into: entries of our own
// that complete, check and say what is wrong beside themselves, and that pass
// the keys they have no use for on to their form; and the compact buttons,
// pills and tiles of the window.
package input

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Keys takes a key that a field has no use for: F-keys, Insert, Esc, Enter, and
// those with Ctrl, Alt or Cmd that no menu took. It tells whether it used the
// key.
type Keys func(key fyne.KeyName, mod fyne.KeyModifier) bool

// Field is what a form holds: something with one value.
type Field interface {
	fyne.CanvasObject
	fyne.Focusable
	// SetKeys hands over who takes the keys that the field does not use.
	SetKeys(Keys)
	// SetProblem shows that the value is wrong and why; the empty text, that
	// nothing is. A Labelled around the field says it.
	SetProblem(text string)
	// Problem is what is wrong.
	Problem() string
	// watch tells a Labelled that the problem changed.
	watch(func(string))
}

// troubled is the part of a field that knows what is wrong with it.
type troubled struct {
	problem string
	told    func(string)
	keys    Keys
}

func (t *troubled) SetKeys(k Keys)       { t.keys = k }
func (t *troubled) Problem() string      { return t.problem }
func (t *troubled) watch(f func(string)) { t.told = f }
func (t *troubled) set(text string) bool {
	if t.problem == text {
		return false
	}
	t.problem = text
	if t.told != nil {
		t.told(text)
	}
	return true
}

func (t *troubled) pass(key fyne.KeyName, mod fyne.KeyModifier) bool {
	if t.keys != nil && t.keys(key, mod) {
		return true
	}
	if key != fyne.KeyF1 || mod != 0 || lastFocused == nil {
		return false
	}
	// Help is the window's, whatever has the keyboard: Fyne gives a key without
	// Ctrl or Alt to the focused widget alone.
	if o, ok := lastFocused.(fyne.CanvasObject); ok {
		if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(&fyne.KeyEvent{Name: key})
			return true
		}
	}
	return false
}

// shortcut passes a key with Ctrl, Alt or Cmd.
func (t *troubled) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	return ok && t.pass(c.KeyName, c.Modifier)
}

// held knows which modifiers are pressed, where the driver cannot tell.
type held struct{ shift bool }

func (h *held) down(k *fyne.KeyEvent, pressed bool) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		h.shift = pressed
	}
}

func (h *held) modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	if h.shift {
		return fyne.KeyModifierShift
	}
	return 0
}

// passedOn are the keys that an entry of one line never needs.
func passedOn(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyEscape, fyne.KeyInsert, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyUp, fyne.KeyDown,
		fyne.KeyPageUp, fyne.KeyPageDown, desktop.KeyMenu,
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return true
	}
	return false
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}

// focus gives an object the keyboard.
func focus(o fyne.Focusable) {
	if c := canvasOf(o.(fyne.CanvasObject)); c != nil {
		c.Focus(o)
	}
}

// lastFocused is which field had the keyboard last: one that gets it again,
// because the window did, goes on where it was.
var lastFocused fyne.Focusable
