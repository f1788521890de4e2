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
	screen.Base
	view *view
}

// NewCard opens a letter.
func NewCard(h screen.Host, a screen.Address) (screen.Screen, error) {
	c := &Card{Base: screen.Begin(h, a)}
	c.view = newView(c.Ctx, h, func() { h.Retitle(c) })
	c.Body = c.view.content
	open, session := h.Services().Office, h.Session()
	if open == nil {
		return c, nil
	}
	screen.Read(c.Ctx, h, func(ctx context.Context) (*post.Office, error) { return open(ctx, session) }, func(o *post.Office) {
		c.view.office = o
		c.view.show(a.ID)
		h.Retitle(c)
	})
	return c, nil
}

// Title implements screen.Screen.
func (c *Card) Title() string {
	name := c.Host.Words().Kind("letter")
	if c.view.shown != nil {
		name += ": " + c.view.shown.letter.Subject
	}
	return name
}

// Changed reads the letter anew when it was written.
func (c *Card) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || slices.Contains(kinds["letter"], c.At.ID) {
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
		c.Host.Leave(c)
	case fyne.KeyF5:
		c.view.refresh()
	default:
		return false
	}
	return true
}
