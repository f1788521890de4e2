package ui

import (
	"context"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"ugoda/locale"
	"ugoda/service/copies"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/icon"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// Window frames the screens of one open base. It is the screen.Host of them all.
type Window struct {
	deps      Deps
	app       fyne.App
	win       fyne.Window // nil while screens are only drawn
	canvas    fyne.Canvas
	session   *store.Session
	words     *locale.Printer
	runner    run.Runner
	registry  *screen.Registry
	address   string       // of the base
	firm      string       // our own, as the base calls it
	band      *band        // of the first minutes; nil: none
	copied    *copies.Copy // that the window shows instead of the base; nil: the base itself
	of        string       // address of the base that the copy is of
	copyState copies.State

	ctx    context.Context
	cancel context.CancelFunc
	gone   atomic.Bool

	strip    *frame.Tabs
	side     *frame.Sidebar
	top      *frame.Top
	status   *frame.Status
	reminded *reminder // shown in the status bar; nil: nothing that goes by itself
	body     *fyne.Container
	palette  *frame.Palette // opened last
	tip      *frame.Tip

	tabs       []*tab
	active     int
	visited    []*tab // tabs in the order in which they were in front, the last is in front now
	dialogs    []*screen.Dialog
	jobs       []*job
	neighbours map[string][]int64
	since      int64
	restoring  bool
	switchBase func() // back to the opening window
	signInAs   func() // the same base for another user; nil: there is none
	lookAt     func(c copies.Copy)
	putBack    func(c copies.Copy, to string)
	backToBase func()
	chosen     choices
}

// newWindow frames a base for a session. A nil win draws only.
func newWindow(d Deps, app fyne.App, win fyne.Window, c fyne.Canvas, s *store.Session, words *locale.Printer, address string) *Window {
	w := &Window{
		deps: d, app: app, win: win, canvas: c, session: s, words: words, address: address,
		runner: d.Runner, neighbours: map[string][]int64{}, active: -1,
	}
	if w.runner == nil {
		w.runner = &run.Background{OnPanic: func(any) { w.Say(w.words.T("ui.error.stopped")) }}
	}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.registry = screens(d)
	return w
}

// build makes the frame in the language in use and gives its content.
func (w *Window) build() fyne.CanvasObject {
	t := w.words.T
	w.strip, w.side = frame.NewTabs(), frame.NewSidebar()
	w.status = frame.NewStatus(t("button.stop"))
	w.body = container.NewStack()
	w.strip.OnSelect = w.selectTab
	w.strip.OnClose = func(i int) { w.closeTab(i) }
	w.strip.OnMenu = w.tabMenu
	w.side.Fold(w.chosen.folded)
	w.side.OnSelect = func(id string) {
		for _, s := range w.sections() {
			if s.ID == id {
				w.Open(s.Address)
			}
		}
	}
	w.side.Set(w.entries())
	w.top = frame.NewTop(frame.TopOptions{
		Create: t("button.new"), Find: t("command.find_anything"), FindKeys: "Ctrl+K",
		FoldIcon: theme.MenuIcon(), BellIcon: icon.Bell,
		Fold:     w.toggleSidebar,
		OnCreate: w.createMenu,
		OnFind:   w.openPalette,
		OnBell:   w.bellMenu,
		OnMail:   func() { w.Open(screen.Address{Screen: "outbox"}) },
		OnUser:   w.userMenu,
	})
	w.top.SetUser(initials(w.userName()))
	w.status.SetBase(doors.Name(w.address))
	w.showCopies()

	side := container.NewVScroll(w.side)
	side.Direction = container.ScrollVerticalOnly
	sideBack := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	edge := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	edge.SetMinSize(fyne.NewSize(1, 1))
	left := container.NewBorder(nil, nil, nil, edge, container.New(&sideLayout{w.side}, sideBack, side))
	line := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	line.SetMinSize(fyne.NewSize(1, 1))
	above := container.New(layout.NewCustomPaddedVBoxLayout(0), w.strip)
	if w.copied != nil {
		above.Add(w.copyBand())
	}
	if w.band != nil {
		w.band.shown = ""
		w.band.holder.RemoveAll()
		above.Add(w.band.holder)
	}
	right := container.New(under{}, above, container.NewScroll(w.body))
	head := container.New(layout.NewCustomPaddedVBoxLayout(0), w.top.Content, line)
	w.tip = frame.NewTip()
	w.side.OnHint = func(text string, at fyne.Position) {
		if text == "" {
			w.tip.Hide()
			return
		}
		w.tip.Show(text, at)
	}
	return container.NewStack(container.New(tight{}, head, w.status.Content, left, right), w.tip.Content)
}

// tight is a border layout whose parts touch.
type tight struct{}

// MinSize is small: a window never grows past the desktop because of what it
// shows; screens that want more room are scrolled.
func (tight) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 320) }

// Layout puts head, foot and left side to the edges, the rest in the middle.
func (tight) Layout(o []fyne.CanvasObject, size fyne.Size) {
	head, foot, left, rest := o[0], o[1], o[2], o[3]
	top, bottom, side := head.MinSize().Height, foot.MinSize().Height, left.MinSize().Width
	head.Resize(fyne.NewSize(size.Width, top))
	head.Move(fyne.NewPos(0, 0))
	foot.Resize(fyne.NewSize(size.Width, bottom))
	foot.Move(fyne.NewPos(0, size.Height-bottom))
	middle := max(0, size.Height-top-bottom)
	left.Resize(fyne.NewSize(side, middle))
	left.Move(fyne.NewPos(0, top))
	rest.Resize(fyne.NewSize(max(0, size.Width-side), middle))
	rest.Move(fyne.NewPos(side, top))
}

// under puts the second part under the first, touching it.
type under struct{}

// MinSize is what both need.
func (under) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

// Layout gives the first its height and the second the rest.
func (under) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for range 2 { // what flows over several rows knows its height once it has its width
		h := o[0].MinSize().Height
		o[0].Resize(fyne.NewSize(size.Width, h))
		o[1].Move(fyne.NewPos(0, h))
		o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-h)))
	}
}

// sideLayout is as wide as the sidebar wants and no higher than the window.
type sideLayout struct{ side *frame.Sidebar }

// MinSize is the width of the sidebar.
func (l *sideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.side.MinSize().Width, 60)
}

// Layout gives the whole place to everything.
func (l *sideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, x := range o {
		x.Resize(size)
		x.Move(fyne.Position{})
	}
}

func (w *Window) toggleSidebar() {
	w.chosen.folded = !w.chosen.folded
	w.side.Fold(w.chosen.folded)
	w.chosen.save(w.app)
	w.canvas.Content().Refresh()
	w.relayout()
}

// relayout lays the window out anew after a part changed its least size.
func (w *Window) relayout() {
	c := w.canvas.Content()
	size := c.Size()
	c.Resize(size.AddWidthHeight(0, 1))
	c.Resize(size)
}

func (w *Window) userName() string {
	if n := w.session.Employee.Name; n != "" {
		return n
	}
	return w.session.User.Name
}

// initials are the first letters of up to two words of a name.
func initials(name string) string {
	var out []rune
	for _, word := range strings.Fields(name) {
		if len(out) < 2 {
			out = append(out, []rune(strings.ToUpper(word))[0])
		}
	}
	return string(out)
}

// close ends everything that the window does in the background.
func (w *Window) close() {
	w.gone.Store(true)
	for _, t := range w.tabs {
		t.screen.Close()
	}
	for _, j := range w.jobs {
		j.cancel()
	}
	w.cancel()
}
