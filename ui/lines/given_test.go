package lines

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Given lines are typed, but none comes, goes or moves.
func TestGivenLinesStay(t *testing.T) {
	g, o, w := setup(t, abc()...)
	g.Given = true
	g.GoTo(1, 2)
	key(w, fyne.KeyInsert)
	ctrl(w, fyne.KeyDelete, 0)
	ctrl(w, fyne.KeyDown, fyne.KeyModifierShift)
	if names(o) != "А Б В Г" || g.rows() != 4 {
		t.Errorf("lines %s", names(o))
	}
	g.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &clipboard{"7\n8\n9\n10\n"}})
	if len(o.lines) != 4 || o.lines[1].qty != 7 || o.lines[3].qty != 9 {
		t.Errorf("pasted: %+v", o.lines)
	}
	g.GoTo(3, 2)
	typed(w, "5")
	key(w, fyne.KeyDown)
	if o.lines[3].qty != 5 || g.Row() != 3 {
		t.Errorf("typed into the last: %d, the cursor in %d", o.lines[3].qty, g.Row())
	}
}
