package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/service/copies"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/restore"
	"ugoda/ui/theme"
)

var _ restore.Keeper = (*Window)(nil)

// When the daily copy is thought of: once the window has settled, and then
// often enough to notice that another day has begun.
const (
	firstCopyAfter = 20 * time.Second
	copyEvery      = 30 * time.Minute
)

// folder is where the daily copies of the open base lie; empty: there are none.
func (w *Window) folder() string {
	return copies.Folder(w.CopiesOf(), w.chosen.copies[identityOf(w.CopiesOf())])
}

// CopiesOf implements restore.Keeper.
func (w *Window) CopiesOf() string {
	if w.copied != nil {
		return w.of
	}
	return w.address
}

// identityOf is the name of a base in the choices of this computer.
func identityOf(address string) string { return doors.WithoutPassword(absolute(address)) }

// Copies implements restore.Keeper.
func (w *Window) Copies() copies.State {
	if w.copyState.Folder != w.folder() {
		w.copyState = copies.State{Folder: w.folder()}
	}
	return w.copyState
}

// SetCopies implements restore.Keeper.
func (w *Window) SetCopies(folder string) {
	if w.copied != nil {
		w.Fail(&store.ReadOnly{})
		return
	}
	if w.chosen.copies == nil {
		w.chosen.copies = map[string]string{}
	}
	w.chosen.copies[identityOf(w.address)] = folder
	w.chosen.save(w.app)
	w.copyState = copies.State{Folder: w.folder()}
	w.showCopies()
	w.copyToday()
}

// keepCopies makes the copy of each day while the window is open.
func (w *Window) keepCopies() {
	w.lookAtCopies()
	if w.copied != nil || w.win == nil {
		return
	}
	go func() {
		wait := time.NewTimer(firstCopyAfter)
		defer wait.Stop()
		for {
			select {
			case <-w.ctx.Done():
				return
			case <-wait.C:
				fyne.Do(w.copyToday)
				wait.Reset(copyEvery)
			}
		}
	}()
}

// lookAtCopies reads how it stands with the copies, without making one.
func (w *Window) lookAtCopies() {
	base, folder := w.session.Base(), w.folder()
	w.readCopies(func(context.Context) copies.State { return copies.Look(base, folder) })
}

// copyToday makes the copy of today unless it is there.
func (w *Window) copyToday() {
	base, folder := w.session.Base(), w.folder()
	w.readCopies(func(ctx context.Context) copies.State { return copies.Today(ctx, base, folder) })
}

func (w *Window) readCopies(read func(ctx context.Context) copies.State) {
	var s copies.State
	w.Background(w.ctx, func(ctx context.Context) error {
		s = read(ctx)
		return nil
	}, func(error) {
		if errors.Is(s.Failed, context.Canceled) {
			return
		}
		if s.Folder == "" {
			s.Folder = w.folder()
		}
		w.copyState = s
		w.showCopies()
	})
}

// showCopies says in the status bar when the last copy was made, and that one
// could not be.
func (w *Window) showCopies() {
	t, s := w.words, w.copyState
	for _, x := range w.tabs {
		if r, ok := x.screen.(*restore.Screen); ok {
			r.Follow()
		}
	}
	open := func() { w.Open(screen.Address{Screen: restore.Name}) }
	switch {
	case w.copied != nil || w.session.Base() == nil:
		w.status.SetNote("", false, nil)
	case s.Failed != nil:
		w.status.SetNote(t.T("status.copy_failed"), true, open)
	case s.Folder == "" || s.Last.IsZero():
		w.status.SetNote("", false, nil)
	default:
		w.status.SetNote(t.T("status.copied", "moment", t.MomentShort(s.Last, w.session.Today())), false, open)
	}
}

// CopyNow implements restore.Keeper.
func (w *Window) CopyNow(then func()) {
	t, base, folder := w.words, w.session.Base(), w.folder()
	if w.copied != nil {
		w.Fail(&store.ReadOnly{})
		return
	}
	if folder == "" {
		w.Say(t.T("copies.choose_first"))
		return
	}
	path := ""
	w.Job(t.T("command.backup"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		path, err = base.Backup(ctx, folder)
		return err
	}, func(err error) {
		if err != nil {
			w.copyState.Failed = err
			w.showCopies()
			w.Fail(err)
			then()
			return
		}
		w.copyState = copies.State{Folder: folder, Last: time.Now().Truncate(time.Second)}
		w.showCopies()
		w.Say(t.T("ui.settings.backed_up", "path", path))
		then()
	})
}

// LookAt implements restore.Keeper.
func (w *Window) LookAt(c copies.Copy) {
	if w.lookAt != nil {
		w.leave(func() { w.lookAt(c) })
	}
}

// Replace implements restore.Keeper.
func (w *Window) Replace(c copies.Copy) {
	t := w.words
	if err := copies.MayReplace(w.session); err != nil {
		w.Fail(err)
		return
	}
	if w.putBack == nil {
		return
	}
	if store.EngineOf(w.CopiesOf()) == store.PostgreSQL {
		w.replaceOnServer(c)
		return
	}
	w.Confirm(t.T("copies.restore"), t.T("copies.sure", "moment", c.At), t.T("copies.restore_yes"), func() {
		w.leave(func() { w.putBack(c, "") })
	})
}

// replaceOnServer asks for the empty database that takes the copy: another's is
// never written over.
func (w *Window) replaceOnServer(c copies.Copy) {
	t := w.words.T
	s, ok := doors.ParseServer(w.CopiesOf())
	if !ok {
		return
	}
	base := input.NewEntry()
	base.SetText(s.Base + "_" + c.At.Format("20060102"))
	d := &screen.Dialog{Title: t("copies.restore"), Size: fyne.NewSize(520, 0), Focus: base}
	d.Content = container.NewVBox(wrapped(t("copies.server_hint", "moment", c.At)), input.NewLabelled(t("ui.server.base"), base, true, 110))
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("copies.restore_yes"), Primary: true, Stays: true, Do: func() {
		if base.Text == "" || base.Text == s.Base {
			base.SetProblem(t("copies.server_another"))
			return
		}
		d.Close()
		s.Base = base.Text
		w.leave(func() { w.putBack(c, s.URL()) })
	}}}
	w.Dialog(d)
}

// copyBand says that the window shows a copy, and leads out of it.
func (w *Window) copyBand() fyne.CanvasObject {
	t := w.words.T
	title := widget.NewLabelWithStyle(t("copies.band", "moment", w.copied.At), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Truncation = fyne.TextTruncateEllipsis
	back := canvas.NewRectangle(theme.Color(theme.PillFill(theme.Amber)))
	mark := canvas.NewRectangle(theme.Color(theme.Fill(theme.Amber)))
	mark.SetMinSize(fyne.NewSize(theme.Scaled(4), 1))
	buttons := container.NewHBox(
		input.NewButton(t("copies.restore"), func() { w.Replace(*w.copied) }).Framed(),
		input.NewButton(t("copies.back"), func() { w.leave(w.backToBase) }).Primary(),
	)
	inside := container.New(layout.NewCustomPaddedLayout(theme.Scaled(4), theme.Scaled(4), theme.Scaled(8), theme.Scaled(8)), container.NewBorder(nil, nil, nil, buttons, title))
	return container.NewStack(back, container.NewBorder(nil, nil, mark, nil, inside))
}

// lookAt opens a copy in the place of the base that is open, for the one who
// works there.
func (p *program) lookAt(c copies.Copy) {
	d := p.came.door
	p.runner.Go(context.Background(), func(ctx context.Context) func() {
		r := p.come(ctx, door{address: c.Path, user: d.user, password: d.password, copied: true})
		return func() {
			r.copy, r.of = &c, &d
			switch {
			case r.asks != nil:
				p.leave()
				p.showOpening()
				p.opening.askLogin(r)
			case r.err != nil:
				p.frame.Fail(r.err)
			default:
				p.enter(r)
			}
		}
	})
}

// backToBase leaves a copy for the base that it is of.
func (p *program) backToBase() {
	of := *p.came.of
	p.leave()
	p.showOpening()
	p.opening.open(of)
}

// putBack closes the base, puts a copy in its place and opens it again. On a
// server the copy goes into an empty database, whose address is to.
func (p *program) putBack(c copies.Copy, to string) {
	target := p.came.door
	if p.came.of != nil {
		target = *p.came.of
	}
	if to != "" {
		target.address = to
	}
	ended, base, scratch := p.quiet()
	p.showOpening()
	o := p.opening
	o.working = true
	o.say(p.words.T("copies.restoring"), 0)
	p.runner.Go(context.Background(), func(ctx context.Context) func() {
		<-ended
		closeBase(base, scratch)
		err := copies.Replace(ctx, c.Path, target.address, p.deps.options())
		return func() {
			o.working = false
			o.say("", -1)
			if err != nil {
				o.fail(err, target)
				return
			}
			o.open(target)
		}
	})
}

// chooseCopy offers the copies of a file base that does not open any more.
func (o *opening) chooseCopy(d door) {
	t, folder := o.p.words, copies.Folder(d.address, o.p.chosen.copies[identityOf(d.address)])
	o.p.runner.Go(context.Background(), func(context.Context) func() {
		all, err := copies.List(d.address, folder)
		return func() {
			if err != nil || len(all) == 0 {
				o.show(&screen.Dialog{
					Title: doors.Name(d.address), Content: wrapped(t.T("copies.none_at", "folder", folder)), Size: fyne.NewSize(460, 0),
					Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
				})
				return
			}
			var options []input.Option
			for _, c := range all {
				options = append(options, input.Option{Key: c.Path, Text: t.Moment(c.At) + " · " + t.T("copies.why."+string(c.Why)) + " · " + t.Size(c.Bytes)})
			}
			which := input.NewChoice(options)
			which.Set(all[0].Path)
			box := &screen.Dialog{Title: t.T("copies.restore"), Size: fyne.NewSize(560, 0), Focus: which}
			box.Content = container.NewVBox(wrapped(t.T("copies.damaged_hint")), which)
			box.Buttons = []screen.Button{{Label: t.T("button.close")}, {Label: t.T("copies.restore_yes"), Primary: true, Do: func() { o.replace(which.Value(), d) }}}
			o.show(box)
		}
	})
}

// replace puts a copy in the place of a base that is not open.
func (o *opening) replace(path string, d door) {
	o.working = true
	o.say(o.p.words.T("copies.restoring"), 0)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		err := copies.Replace(ctx, path, d.address, o.p.deps.options())
		return func() {
			o.working = false
			o.say("", -1)
			if err != nil {
				o.fail(err, d)
				return
			}
			o.open(d)
		}
	})
}
