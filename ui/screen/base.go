package screen

import (
	"context"

	"fyne.io/fyne/v2"
)

// Base is what screens have in common: who holds them, how they are opened
// again, and a context that ends with them. A screen embeds it, and answers for
// itself what is different there.
type Base struct {
	Host Host
	At   Address
	Ctx  context.Context // ends when the screen is closed
	Body fyne.CanvasObject
	// First gets the keyboard when the screen comes to the front; may be nil.
	First fyne.Focusable

	end context.CancelFunc
}

// Begin begins a screen.
func Begin(h Host, a Address) Base {
	b := Base{Host: h, At: a}
	b.Ctx, b.end = context.WithCancel(context.Background())
	return b
}

// Content implements Screen.
func (b *Base) Content() fyne.CanvasObject { return b.Body }

// Address implements Screen.
func (b *Base) Address() Address { return b.At }

// Unsaved implements Screen: there is nothing that closing would lose.
func (b *Base) Unsaved() bool { return false }

// Close implements Screen.
func (b *Base) Close() { b.end() }

// Shown implements Lifecycle.
func (b *Base) Shown() {
	if b.First != nil && b.Host.Window() != nil {
		b.Host.Canvas().Focus(b.First)
	}
}

// Hidden implements Lifecycle.
func (b *Base) Hidden() {}
