package paint

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Renderer is that of a widget which draws a whole frame whenever it changes,
// such as a list: it is embedded, and told how to draw by Of.
type Renderer struct {
	Drawn []fyne.CanvasObject // what the frame shows, in the order of painting

	widget fyne.Widget
	draw   func()
	size   fyne.Size // of the frame
}

// Of says what is drawn, and how, and draws the first frame.
func (r *Renderer) Of(w fyne.Widget, draw func()) {
	r.widget, r.draw = w, draw
	r.frame()
}

func (r *Renderer) frame() {
	r.size = r.widget.Size()
	r.draw()
}

// Destroy is for Fyne.
func (r *Renderer) Destroy() {}

// MinSize is for Fyne.
func (r *Renderer) MinSize() fyne.Size { return r.widget.MinSize() }

// Objects is for Fyne.
func (r *Renderer) Objects() []fyne.CanvasObject { return r.Drawn }

// Layout is for Fyne: another size is another frame.
func (r *Renderer) Layout(size fyne.Size) {
	if size != r.size {
		r.frame()
	}
}

// Refresh is for Fyne.
func (r *Renderer) Refresh() {
	r.frame()
	canvas.Refresh(r.widget)
}
