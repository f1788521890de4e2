package templates

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"ugoda/ui/screen/screentest"
	"ugoda/ui/theme"
)

// The page beside the list takes the width that there is, and asks for the
// height that belongs to it; it does not press the list together.
func TestPageIsAsWideAsThereIsRoom(t *testing.T) {
	screentest.New(t, nil)
	asked := 0
	l := &asWide{ratio: 1.4, again: func() { asked++ }}
	img := canvas.NewRectangle(nil)
	box := container.New(l, img)
	if w := box.MinSize().Width; w > theme.Scaled(220) {
		t.Errorf("it wants %v at least", w)
	}
	for _, width := range []float32{250, 400, 900, 300} {
		width = theme.Scaled(width)
		box.Resize(fyne.NewSize(width, 10))
		want := min(width, theme.Scaled(widestSheet))
		if img.Size().Width != want || img.Size().Height != want*1.4 || box.MinSize().Height != want*1.4 {
			t.Errorf("at %v the page is %v and asks for %v", width, img.Size(), box.MinSize())
		}
	}
	if asked != 4 {
		t.Errorf("asked %d times for another height", asked)
	}
}
