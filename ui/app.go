package ui

import (
	"context"
	"log/slog"
	"os"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/doors"
	"ugoda/service/guide"
	"ugoda/service/running"
	"ugoda/store"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// appID names the program to the desktop and its preferences.
const appID = "ua.ugoda.desktop"

// program is the running desktop side: one window that shows either the
// opening screen or a base.
type program struct {
	deps    Deps
	app     fyne.App
	win     fyne.Window
	chosen  choices
	words   *locale.Printer
	runner  run.Runner
	base    *store.Base
	came    entered // how the open base was come into
	frame   *Window
	opening *opening
	ended   chan struct{} // closed when what runs beside the open base has ended
	heard   *running.Window
	waiting *running.Ask // asked before a base was open
	unlock  sync.Once
	secrets *doors.Keys
}

// Run opens the window and returns when the person closes it.
func Run(d Deps) {
	p := newProgram(d, app.NewWithID(appID))
	p.win = p.app.NewWindow("Ugoda")
	p.win.SetIcon(fyne.NewStaticResource("ugoda.png", assets.Icon))
	p.win.SetMaster()
	p.win.Resize(p.chosen.size())
	p.win.SetCloseIntercept(p.quit)
	p.listen()
	p.start()
	p.win.ShowAndRun()
	p.keepSize()
	p.deafen()
	if ended, base, scratch := p.quiet(); base != nil {
		<-ended
		closeBase(base, scratch)
	}
}

// keys are remembered passwords; nil where there are none to be had. The first
// call may wait for the system, so it comes off the UI goroutine.
func (p *program) keys() *doors.Keys {
	p.unlock.Do(func() {
		if p.deps.Keys != nil {
			p.secrets = p.deps.Keys
			return
		}
		var err error
		if p.secrets, err = doors.OpenKeys(); err != nil {
			slog.Warn("open remembered passwords", "error", err)
		}
	})
	return p.secrets
}

func newProgram(d Deps, a fyne.App) *program {
	p := &program{deps: d, app: a, chosen: loadChoices(a), runner: d.Runner}
	if p.runner == nil {
		p.runner = &run.Background{}
	}
	language := p.chosen.language
	if d.Language != "" {
		language = d.Language
	}
	if language == "" {
		language = locale.FromEnvironment()
	}
	p.words = locale.New(language)
	overrideFyne(p.words)
	theme.Apply(a, seen(p.chosen.look), p.chosen.zoom)
	return p
}

// start opens the base that was asked for, or shows the opening screen.
func (p *program) start() {
	p.showOpening()
	if p.deps.Base != "" {
		p.opening.open(door{address: absolute(p.deps.Base), user: p.deps.User, password: p.deps.Password})
	}
}

func (p *program) showOpening() {
	p.opening = newOpening(p)
	p.heardAs("")
	p.win.SetMainMenu(p.opening.menu())
	p.win.SetTitle("Ugoda")
	p.win.SetContent(p.opening.build())
	p.win.Canvas().SetOnTypedKey(p.opening.typedKey)
	p.win.SetOnDropped(p.opening.dropped)
	p.win.Canvas().Focus(p.opening.first)
}

// enter frames a base that was opened for somebody.
func (p *program) enter(r entered) {
	p.leave()
	p.base, p.came = r.base, r
	p.chosen = loadChoices(p.app)
	if !r.copied {
		user := r.user
		if !r.several {
			user = ""
		}
		p.chosen.opened(remembered(r.address, user, r.firm, r.session.Today()))
		p.chosen.save(p.app)
	}
	p.frameIt(r.session, guide.Head)
}

// frameIt shows the open base to somebody: who came in, or in the example
// another whose eyes are lent.
func (p *program) frameIt(s *store.Session, part guide.Part) {
	r := p.came
	w := newWindow(p.deps, p.app, p.win, p.win.Canvas(), s, p.words, r.address)
	w.chosen, w.runner, w.firm = p.chosen, p.runner, r.firm
	w.switchBase = func() {
		p.leave()
		p.showOpening()
	}
	if r.several && r.copy == nil && !r.demo {
		w.signInAs = p.signInAs
	}
	w.lookAt, w.putBack, w.backToBase = p.lookAt, p.putBack, p.backToBase
	if r.copy != nil {
		w.copied, w.of = r.copy, r.of.address
	} else {
		p.heardAs(r.address)
		w.band = newBand(w, r.session)
		w.band.part = part
		w.band.lend = p.lend
		w.band.ownBase = func() {
			w.switchBase()
			p.opening.own()
		}
	}
	p.frame = w
	p.win.SetTitle(w.windowTitle())
	p.win.SetContent(w.build())
	p.win.Canvas().SetOnTypedKey(w.typedKey)
	p.win.SetOnDropped(w.dropped)
	w.restoreTabs()
	w.countSections()
	w.watch()
	w.keepCopies()
	if w.band != nil {
		w.band.look()
	}
	if a := p.waiting; a != nil {
		p.waiting = nil
		w.asked(*a, w.Fail)
	}
	before, ended := p.ended, make(chan struct{})
	p.ended = ended
	go func() {
		defer close(ended)
		if before != nil {
			<-before
		}
		if f := p.deps.Services.Beside; f != nil && r.copy == nil {
			f(w.ctx, s)
		}
	}()
}

// signInAs asks who else works with the open base.
func (p *program) signInAs() {
	d := door{address: p.came.address}
	p.leave()
	p.showOpening()
	p.opening.open(d)
}

// lend shows the example with the eyes of another user.
func (p *program) lend(as model.Ref, part guide.Part) {
	came := p.came.session
	p.runner.Go(context.Background(), func(ctx context.Context) func() {
		s, err := came.As(ctx, as)
		if as.ID == came.User.ID {
			s, err = came, nil
		}
		return func() {
			if err != nil {
				p.frame.Fail(err)
				return
			}
			p.words, p.chosen = p.frame.words, p.frame.chosen
			p.frame.close()
			p.frameIt(s, part)
		}
	})
}

// quiet ends what works with the open base, and gives the base to close when
// that has ended.
func (p *program) quiet() (ended chan struct{}, base *store.Base, scratch string) {
	if p.frame != nil {
		p.words, p.chosen = p.frame.words, p.frame.chosen
		p.frame.close()
		p.frame = nil
	}
	ended, base, scratch = p.ended, p.base, p.came.scratch
	p.ended, p.base, p.came = nil, nil, entered{}
	return ended, base, scratch
}

// leave closes the base that is open.
func (p *program) leave() {
	ended, base, scratch := p.quiet()
	if base == nil {
		return
	}
	p.runner.Go(context.Background(), func(context.Context) func() {
		<-ended
		closeBase(base, scratch)
		return nil
	})
}

// closeBase closes a base, and removes the folder of a copy that was looked at.
func closeBase(b *store.Base, scratch string) {
	if b != nil {
		warn("close the base", b.Close())
	}
	if scratch != "" {
		warn("remove a copy that was looked at", os.RemoveAll(scratch))
	}
}

// quit ends the program, asking about what is not saved.
func (p *program) quit() {
	if p.frame == nil {
		p.app.Quit()
		return
	}
	p.frame.leave(p.app.Quit)
}

// quit asks to end the program.
func (w *Window) quit() { w.leave(w.app.Quit) }

// leave asks about each tab with something unsaved and about work that runs,
// then goes on. Drafts stay in the base, so that nothing typed is lost even if
// the answer is to drop it by mistake.
func (w *Window) leave(then func()) {
	for _, t := range w.tabs {
		if t.screen.Unsaved() && w.copied == nil {
			w.selectTab(w.tabOf(t.screen))
			s := t.screen
			w.askUnsaved(s, func() {
				w.Close(s)
				w.leave(then)
			})
			return
		}
	}
	if len(w.jobs) > 0 {
		w.Confirm(w.words.T("ask.title"), w.words.T("ask.quit_running"), w.words.T("command.quit"), then)
		return
	}
	then()
}

// toOpening closes the base and shows the opening screen.
func (w *Window) toOpening() {
	if w.switchBase != nil {
		w.leave(w.switchBase)
	}
}

// Dropper is a screen that takes files dropped on the window.
type Dropper interface {
	// Dropped takes the paths of files.
	Dropped(paths []string)
}

func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		if u.Scheme() == "file" {
			paths = append(paths, u.Path())
		}
	}
	if d, ok := w.current().(Dropper); ok && len(paths) > 0 && w.dialog() == nil {
		d.Dropped(paths)
	}
}

// bellMenu lists what waits for attention: sections whose figure is an alarm.
func (w *Window) bellMenu(at fyne.Position) {
	m := fyne.NewMenu("")
	for _, s := range w.sections() {
		if n := w.side.CountOf(s.ID); s.Alarm && n > 0 {
			m.Items = append(m.Items, fyne.NewMenuItem(w.sectionName(s.ID)+" · "+w.words.Int(n), func() { w.Open(s.Address) }))
		}
	}
	w.Menu(m, at)
}

// screens lists every screen of the program.
func screens(d Deps) *screen.Registry {
	r := newRegistry()
	addSections(r)
	if d.Screens != nil {
		d.Screens(r)
	}
	return r
}
