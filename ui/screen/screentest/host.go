// Package screentest stands in for the window around one screen: work runs at
// once, and what the screen asks of the window is written down.
package screentest

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Host is a window for one screen. It fails the test on any error shown.
type Host struct {
	t       testing.TB
	session *store.Session
	words   *locale.Printer
	window  fyne.Window

	Opened  []screen.Address // by Open and Preview, in order
	Dialogs []*screen.Dialog // shown, the last on top
	Said    []string
	Offered func() // what the button of the last Offer does
	Closed  []screen.Screen
	Asked   []filter.Node   // by Condition: what it began with
	Build   filter.Node     // what a person makes of it; nil: he gives up
	Among   []filter.Node   // by Choose: the condition of what was offered
	Serve   screen.Services // what the screen finds among the services
}

var _ screen.Host = (*Host)(nil)

// New makes a window of 1280 by 720 for a session.
func New(t testing.TB, s *store.Session) *Host {
	app := test.NewApp()
	theme.Apply(app, theme.Light, 100)
	w := app.NewWindow("")
	w.Resize(fyne.NewSize(1280, 720))
	t.Cleanup(w.Close)
	return &Host{t: t, session: s, words: locale.New("uk"), window: w}
}

// Show puts a screen into the window.
func (h *Host) Show(s screen.Screen) {
	h.window.SetContent(s.Content())
	h.window.Resize(fyne.NewSize(1280, 720))
}

// Session implements screen.Host.
func (h *Host) Session() *store.Session { return h.session }

// Words implements screen.Host.
func (h *Host) Words() *locale.Printer { return h.words }

// Canvas implements screen.Host.
func (h *Host) Canvas() fyne.Canvas { return h.window.Canvas() }

// Window implements screen.Host.
func (h *Host) Window() fyne.Window { return h.window }

// Look implements screen.Host.
func (h *Host) Look() screen.Look {
	return screen.Look{Language: h.words.Language(), Mode: theme.Light, Zoom: 100}
}

// SetLook implements screen.Host: it stays as it is.
func (h *Host) SetLook(screen.Look) {}

// Services implements screen.Host: those that the test gave.
func (h *Host) Services() screen.Services { return h.Serve }

// Background implements screen.Host: at once.
func (h *Host) Background(ctx context.Context, work func(ctx context.Context) error, show func(err error)) {
	err := work(ctx)
	if ctx.Err() == nil {
		show(err)
	}
}

// Job implements screen.Host: at once.
func (h *Host) Job(_ string, work func(ctx context.Context, report func(done, total int64)) error, done func(err error)) {
	done(work(context.Background(), func(int64, int64) {}))
}

// Open implements screen.Host.
func (h *Host) Open(a screen.Address) { h.Opened = append(h.Opened, a) }

// Preview implements screen.Host.
func (h *Host) Preview(a screen.Address) { h.Opened = append(h.Opened, a) }

// Close implements screen.Host.
func (h *Host) Close(s screen.Screen) { h.Closed = append(h.Closed, s) }

// Leave implements screen.Host.
func (h *Host) Leave(screen.Screen) {}

// Retitle implements screen.Host.
func (h *Host) Retitle(screen.Screen) {}

// Saved implements screen.Host.
func (h *Host) Saved(string, ...int64) {}

// Fail implements screen.Host: it fails the test.
func (h *Host) Fail(err error) {
	if err != nil {
		h.t.Helper()
		h.t.Errorf("the screen showed an error: %v", err)
	}
}

// Say implements screen.Host.
func (h *Host) Say(text string) { h.Said = append(h.Said, text) }

// Done implements screen.Host.
func (h *Host) Done(text string, _ store.Batch) { h.Said = append(h.Said, text) }

// Offer implements screen.Host: the button waits in Offered.
func (h *Host) Offer(text, _ string, do func()) {
	h.Said = append(h.Said, text)
	h.Offered = do
}

// Remind implements screen.Host: as Offer does.
func (h *Host) Remind(text, button string, do func(), _ func(context.Context) (bool, error)) {
	h.Offer(text, button, do)
}

// Undo implements screen.Host: at once.
func (h *Host) Undo(batch store.Batch) {
	h.t.Helper()
	_, err := h.session.Undo(context.Background(), batch.ID, false)
	h.Fail(err)
}

// Confirm implements screen.Host: yes.
func (h *Host) Confirm(_, _, _ string, then func()) { then() }

// Dialog implements screen.Host.
func (h *Host) Dialog(d *screen.Dialog) {
	h.Dialogs = append(h.Dialogs, d)
	d.Show(h.Canvas())
}

// Edit implements screen.Host.
func (h *Host) Edit(kind string, id int64, fill map[string]any, _ func(ref model.Ref)) {
	h.Opened = append(h.Opened, screen.Address{Screen: screen.Card, Kind: kind, ID: id, Fill: fill})
}

// Choose implements screen.Host: the condition is written down.
func (h *Host) Choose(_ string, of filter.Node, _ func(ref model.Ref)) { h.Among = append(h.Among, of) }

// Condition implements screen.Host: what it comes to is written in Build.
func (h *Host) Condition(kind string, n filter.Node, then func(n filter.Node)) {
	h.Asked = append(h.Asked, n)
	if h.Build != nil {
		then(h.Build)
	}
}

// Menu implements screen.Host.
func (h *Host) Menu(*fyne.Menu, fyne.Position) {}

// Neighbours implements screen.Host.
func (h *Host) Neighbours(string, []int64) {}

// NeighboursOf implements screen.Host.
func (h *Host) NeighboursOf(string) []int64 { return nil }
