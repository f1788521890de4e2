package listing

import (
	"testing"

	"fyne.io/fyne/v2"
)

// The box that asks for a field is left by Esc, and Enter takes the first field
// that was found.
func TestChoosingAFieldByKeys(t *testing.T) {
	s, h := open(t, session(t, 1), "client")
	s.bar.add()
	d := h.Dialogs[len(h.Dialogs)-1]
	h.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.Open() {
		t.Fatal("Esc does not close it")
	}
	s.bar.add()
	d = h.Dialogs[len(h.Dialogs)-1]
	for _, r := range "телефон" {
		h.Canvas().Focused().TypedRune(r)
	}
	before := len(h.Dialogs)
	h.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.Open() || len(h.Dialogs) != before+1 {
		t.Errorf("Enter does not choose: the box is open: %v, %d boxes", d.Open(), len(h.Dialogs)-before)
	}
}
