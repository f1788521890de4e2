package frame

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"ugoda/ui/theme"
)

// Tip is a word that stands over the window beside what it is about. It takes
// no clicks.
type Tip struct {
	Content *fyne.Container

	back *canvas.Rectangle
	text *canvas.Text
}

// NewTip makes a tip that says nothing yet.
func NewTip() *Tip {
	t := &Tip{back: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	t.Content = container.NewWithoutLayout(t.back, t.text)
	t.Hide()
	return t
}

// Show says a word, its left edge in the middle of its height at a place of the
// window.
func (t *Tip) Show(text string, at fyne.Position) {
	t.text.Text, t.text.TextSize, t.text.Color = text, theme.Text(), theme.Color(theme.TipText)
	t.back.FillColor, t.back.CornerRadius = theme.Color(theme.Tip), theme.Scaled(3)
	at = at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(t.Content))
	m := t.text.MinSize()
	edge := theme.Scaled(6)
	t.back.Resize(m.AddWidthHeight(2*edge, edge))
	t.back.Move(at.SubtractXY(0, t.back.Size().Height/2))
	t.text.Resize(m)
	t.text.Move(t.back.Position().AddXY(edge, edge/2))
	t.back.Show()
	t.text.Show()
	t.Content.Refresh()
}

// Hide takes it away.
func (t *Tip) Hide() {
	t.back.Hide()
	t.text.Hide()
}

// Text is what it says now; empty: nothing.
func (t *Tip) Text() string {
	if !t.back.Visible() {
		return ""
	}
	return t.text.Text
}
