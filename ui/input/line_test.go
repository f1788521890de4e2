package input

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
)

// Buttons at the right of nothing have the whole width: none is cut while there
// is room at the left.
func TestApartFromNothing(t *testing.T) {
	test.NewTempApp(t)
	a, b := NewButton("Продовжити так", nil), NewButton("Заповнити й продовжити", nil)
	row := NewLine(Piece{Object: a, Wants: 160, Least: 60}, Piece{Object: b, Wants: 240, Least: 60})
	o := NewApart(layout.NewSpacer(), row)
	o.Resize(fyne.NewSize(440, 30))
	if a.Size().Width < 150 || b.Size().Width < 230 {
		t.Errorf("the buttons are %v and %v wide", a.Size().Width, b.Size().Width)
	}
}
