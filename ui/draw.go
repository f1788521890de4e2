package ui

import (
	"context"
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/store"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Studio draws screens of a base into pictures; it needs no display.
type Studio struct {
	deps  Deps
	app   fyne.App
	base  *store.Base
	user  string
	state choices
}

// NewStudio makes a studio; Open gives it a base. One process makes one Studio,
// and all of it stays on the main goroutine.
func NewStudio(d Deps) *Studio {
	d.Runner = run.Sync{}
	return &Studio{deps: d, app: app.NewWithID(appID + ".tour"), user: d.User, state: choices{look: theme.Light, zoom: 100}}
}

// Open opens a base for drawing; the one before is closed.
func (s *Studio) Open(ctx context.Context, address string) (*store.Base, error) {
	if err := s.Close(); err != nil {
		return nil, err
	}
	b, err := store.Open(ctx, address, s.deps.options())
	if err != nil {
		return nil, fmt.Errorf("open the base to draw: %w", err)
	}
	s.base, s.deps.Base = b, address
	return b, nil
}

// Close closes the base.
func (s *Studio) Close() error {
	if s.base == nil {
		return nil
	}
	err := s.base.Close()
	s.base = nil
	return err
}

// Picture is what to draw.
type Picture struct {
	Tabs     []screen.Address // opened in this order; the last is in front
	Width    int              // pixels
	Height   int
	Language locale.Language
	User     string     // who works; empty: as the studio was made
	Look     theme.Mode // theme.Light or theme.Dark
	Zoom     int        // percent; 0 is 100
	// See looks at what is drawn, laid out; may be nil.
	See func(content fyne.CanvasObject)
	// Prepare does something with the screen in front before it is drawn; may be nil.
	Prepare func(s screen.Screen)
}

// Draw draws the whole window with the tabs of a picture.
func (s *Studio) Draw(ctx context.Context, p Picture) (image.Image, error) {
	var img image.Image
	err := s.Lay(ctx, p, func(l Laid) {
		if p.See != nil {
			p.See(l.Canvas.Content())
		}
		img = l.Canvas.Capture()
	})
	return img, err
}

// Laid is a window that is laid out, and drawn nowhere yet.
type Laid struct {
	Canvas fyne.Canvas
	Host   screen.Host
	Screen screen.Screen // in front; nil: none could be opened

	window *Window
}

// Find shows the box of Ctrl+K with something typed.
func (l Laid) Find(typed string) {
	l.window.openPalette()
	l.window.palette.Type(typed)
}

// Keys shows the sheet of all keys.
func (l Laid) Keys() { l.window.showKeys() }

// About shows the box about the program.
func (l Laid) About() { l.window.showAbout() }

// Menus are the menus of the window's bar, as a person opens them.
func (l Laid) Menus() []*fyne.Menu { return l.window.mainMenu().Items }

// Lay lays the whole window out with the tabs of a picture, for one who looks
// at its parts. The window lasts until look returns.
func (s *Studio) Lay(ctx context.Context, p Picture, look func(l Laid)) error {
	user := p.User
	if user == "" {
		user = s.user
	}
	session, err := s.base.Session(ctx, user, s.deps.Password)
	if err != nil {
		return fmt.Errorf("open a session to draw: %w", err)
	}
	words := locale.New(p.Language)
	overrideFyne(words)
	s.dress(p.Look, p.Zoom)
	c := software.NewCanvas()
	c.SetPadded(false)
	w := newWindow(s.deps, s.app, nil, c, session, words, s.deps.Base)
	defer w.close()
	w.chosen = s.state
	w.restoring = true // the user's own tabs stay as they are
	content := w.build()
	size := fyne.NewSize(float32(p.Width), float32(p.Height))
	c.SetContent(container.New(&withBar{}, w.menuBar(), content))
	c.Resize(size)
	for _, a := range p.Tabs {
		w.Open(a)
	}
	w.countSections()
	c.Resize(size.AddWidthHeight(0, 1)) // widgets that measured themselves in a window of no size do so again
	c.Resize(size)
	if p.Prepare != nil {
		p.Prepare(w.current())
		c.Resize(size)
	}
	look(Laid{Canvas: c, Host: w, Screen: w.current(), window: w})
	return nil
}

// DrawOpening draws the opening screen.
func (s *Studio) DrawOpening(p Picture) image.Image { return s.LayOpening(p).Capture() }

// LayOpening lays the opening screen out.
func (s *Studio) LayOpening(p Picture) fyne.Canvas {
	s.dress(p.Look, p.Zoom)
	c := software.NewCanvas()
	c.SetPadded(false)
	o := newOpening(&program{deps: s.deps, app: s.app, words: locale.New(p.Language), runner: run.Sync{}, chosen: s.state})
	c.SetContent(o.build())
	c.Resize(fyne.NewSize(float32(p.Width), float32(p.Height)))
	return c
}

// dress puts a look on. Icons and sizes of text that were drawn in another look
// are kept by name; a driver that runs forgets them when the theme changes, and
// here a theme of its own for one widget makes Fyne do so.
func (s *Studio) dress(look theme.Mode, zoom int) {
	theme.Apply(s.app, look, zoom)
	container.NewThemeOverride(widget.NewLabel(""), theme.New(look, zoom))
}

// menuBar is the bar that a window draws over its content.
func (w *Window) menuBar() fyne.CanvasObject {
	row := container.NewHBox()
	for _, m := range w.menus() {
		row.Add(menuLabel(m.label))
	}
	return row
}

// withBar puts the menu bar above the content.
type withBar struct{}

// MinSize is nothing: the picture has its size.
func (*withBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// Layout puts the bar above the content.
func (*withBar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-h))
	o[1].Move(fyne.NewPos(0, h))
}
