package outbox

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/service/post"
	"ugoda/ui/screen"
)

// Card is one letter in a tab of its own.
type Card struct {
	h      screen.Host
	a      screen.Address
	ctx    context.Context
	cancel context.CancelFunc
	view   *view
}

// NewCard opens a letter.
func NewCard(h screen.Host, a screen.Address) (screen.Screen, error) {
	c := &Card{h: h, a: a}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.view = newView(c.ctx, h, func() { h.Retitle(c) })
	open, session := h.Services().Office, h.Session()
	if open == nil {
		return c, nil
	}
	screen.Read(c.ctx, h, func(ctx context.Context) (*post.Office, error) { return open(ctx, session) }, func(o *post.Office) {
		c.view.office = o
		c.view.show(a.ID)
		h.Retitle(c)
	})
	return c, nil
}

// Title implements screen.Screen.
func (c *Card) Title() string {
	name := c.h.Words().Kind("letter")
	if c.view.shown != nil {
		name += ": " + c.view.shown.letter.Subject
	}
	return name
}

// Content implements screen.Screen.
func (c *Card) Content() fyne.CanvasObject { return c.view.content }

// Address implements screen.Screen.
func (c *Card) Address() screen.Address { return c.a }

// Unsaved implements screen.Screen.
func (c *Card) Unsaved() bool { return false }

// Close implements screen.Screen.
func (c *Card) Close() { c.cancel() }

// Changed reads the letter anew when it was written.
func (c *Card) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || slices.Contains(kinds["letter"], c.a.ID) {
		c.view.refresh()
	}
}

// Can implements screen.Commander.
func (c *Card) Can(x screen.Command) bool {
	return x == screen.Refresh || x == screen.MainAction
}

// Do implements screen.Commander.
func (c *Card) Do(x screen.Command) {
	switch x {
	case screen.Refresh:
		c.view.refresh()
	case screen.MainAction:
		c.view.main()
	}
}

// Actions implements screen.Actor.
func (c *Card) Actions() []screen.Action { return c.view.actions() }

// Key implements screen.Keyed.
func (c *Card) Key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		c.h.Leave(c)
	case fyne.KeyF5:
		c.view.refresh()
	default:
		return false
	}
	return true
}
