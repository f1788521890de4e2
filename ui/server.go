package ui

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// serverForm asks where the office's base is.
type serverForm struct {
	o                                       *opening
	paste, host, port, base, user, password *input.Entry
	guard                                   *input.Choice
	remember                                *input.Check
	note                                    *widget.Label
	dialog                                  *screen.Dialog
	from                                    doors.Server // parameters that have no field stay
}

// connect asks where the office's base is.
func (o *opening) connect() {
	o.askServer(doors.Server{Port: "5432", Base: "ugoda"}, nil)
}

// askServer shows the form of a server, with what was wrong beside its field.
func (o *opening) askServer(s doors.Server, wrong error) {
	t := o.p.words.T
	f := &serverForm{o: o, from: s, paste: input.NewEntry(), host: input.NewEntry(), port: input.NewEntry(), base: input.NewEntry(), user: input.NewEntry(), password: input.NewPassword(), note: widget.NewLabel("")}
	f.paste.SetPlaceHolder("postgres://…")
	for _, e := range []*input.Entry{f.paste, f.host} {
		before := 0
		e.OnChanged = func(text string) {
			if len(text) > before+1 { // pasted, for typing adds one letter
				f.take(text)
			}
			before = len(text)
		}
		e.OnLeave = func() { f.take(e.Text) }
	}
	var guards []input.Option
	for _, g := range doors.Guards {
		name := g
		if name == doors.Prefer {
			name = "prefer"
		}
		guards = append(guards, input.Option{Key: g, Text: t("ui.server.tls." + name)})
	}
	f.guard = input.NewChoice(guards)
	f.remember = input.NewCheck(t("ui.opening.remember"), nil)
	f.remember.Set(true)
	f.note.Wrapping = fyne.TextWrapWord
	f.note.Hide()
	row := func(key string, field input.Field) *input.Labelled {
		return input.NewLabelled(t(key), field, false, serverLabels)
	}
	f.dialog = &screen.Dialog{Title: t("opening.connect"), Size: fyne.NewSize(560, 0), Focus: f.host}
	f.dialog.Content = container.NewVBox(
		row("opening.address", f.paste),
		widget.NewSeparator(),
		container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(150, f.port.MinSize().Height), input.NewLabelled(t("ui.server.port"), f.port, false, 50)), row("ui.server.host", f.host)),
		row("ui.server.base", f.base),
		row("ui.server.user", f.user),
		row("opening.password", f.password),
		indented(f.remember, serverLabels),
		row("ui.server.tls", f.guard),
		f.note,
	)
	f.dialog.Buttons = []screen.Button{
		{Label: t("button.cancel")},
		{Label: t("ui.server.test"), Stays: true, Do: f.test},
		{Label: t("button.open"), Primary: true, Stays: true, Do: f.enter},
	}
	f.fill(s)
	o.show(f.dialog)
	if wrong != nil {
		f.explain(wrong)
	}
}

func (f *serverForm) fill(s doors.Server) {
	f.from = s
	f.host.SetText(s.Host)
	f.port.SetText(s.Port)
	f.base.SetText(s.Base)
	f.user.SetText(s.User)
	f.password.SetText(s.Password)
	f.guard.Set(s.TLS)
}

// take takes a whole address apart, whichever of the two fields it stands in.
func (f *serverForm) take(text string) {
	if s, ok := doors.ParseServer(text); ok {
		f.fill(s)
		f.clear()
	}
}

func (f *serverForm) server() doors.Server {
	s := f.from
	s.Host, s.Port, s.Base, s.User, s.Password, s.TLS = f.host.Text, f.port.Text, f.base.Text, f.user.Text, f.password.Text, f.guard.Value()
	return s
}

func (f *serverForm) fields() []input.Field {
	return []input.Field{f.host, f.port, f.base, f.user, f.password, f.guard}
}

func (f *serverForm) clear() {
	for _, x := range f.fields() {
		x.SetProblem("")
	}
	f.note.Hide()
}

// check finds what is missing before a server is asked.
func (f *serverForm) check() bool {
	t := f.o.p.words
	f.take(f.host.Text)
	f.clear()
	need := func(e *input.Entry, bad bool, key string) {
		if bad {
			e.SetProblem(t.T(key))
		}
	}
	need(f.host, strings.TrimSpace(f.host.Text) == "", "problem.required")
	need(f.base, strings.TrimSpace(f.base.Text) == "", "problem.required")
	need(f.port, strings.TrimSpace(f.port.Text) != "" && !doors.PortIsRight(f.port.Text), "ui.server.port_wrong")
	for _, x := range f.fields() {
		if x.Problem() != "" {
			f.o.p.win.Canvas().Focus(x)
			return false
		}
	}
	return true
}

// explain puts what is wrong beside the field that mends it.
func (f *serverForm) explain(err error) {
	t := f.o.p.words
	at := func(x input.Field) {
		x.SetProblem(t.Error(err))
		f.o.p.win.Canvas().Focus(x)
	}
	switch {
	case errors.As(err, new(*store.Unreachable)):
		at(f.host)
	case errors.As(err, new(*store.ServerLogin)):
		at(f.password)
	case errors.As(err, new(*store.ServerShut)):
		at(f.user)
	case errors.As(err, new(*store.NoDatabase)):
		at(f.base)
	case errors.As(err, new(*store.ServerTLS)):
		at(f.guard)
	default:
		f.tell(t.Error(err), widget.DangerImportance)
	}
}

func (f *serverForm) tell(text string, how widget.Importance) {
	f.note.Importance = how
	f.note.SetText(text)
	f.note.Show()
}

// test tries the connection and says what is there.
func (f *serverForm) test() {
	if !f.check() || f.o.working {
		return
	}
	t, p := f.o.p.words, f.o.p
	address := f.server().URL()
	f.o.working = true
	f.tell(t.T("ui.server.testing"), widget.MediumImportance)
	p.runner.Go(context.Background(), func(ctx context.Context) func() {
		if keys := p.keys(); keys != nil {
			if full, err := keys.Complete(ctx, address); err == nil {
				address = full
			}
		}
		firm := ""
		b, err := store.Open(ctx, address, p.deps.options())
		if err == nil {
			firm = firmOf(ctx, b.System())
			warn("close the base", b.Close())
		}
		return func() {
			f.o.working = false
			f.note.Hide()
			switch {
			case err == nil:
				f.tell(t.T("ui.server.works", "firm", firm), widget.SuccessImportance)
			case errors.As(err, new(*store.EmptyBase)):
				f.tell(t.T("ui.server.works_empty"), widget.SuccessImportance)
			default:
				f.explain(err)
			}
		}
	})
}

// enter opens the base.
func (f *serverForm) enter() {
	if !f.check() || f.o.working {
		return
	}
	d := door{address: f.server().URL(), keepServer: f.remember.Checked}
	f.tell(f.o.p.words.T("ui.server.testing"), widget.MediumImportance)
	f.o.try(d, func(r entered) {
		f.note.Hide()
		switch {
		case r.asks != nil:
			f.dialog.Close()
			f.o.askLogin(r)
		case r.err != nil && atServer(r.err):
			f.explain(r.err)
		case r.err != nil:
			f.dialog.Close()
			f.o.fail(r.err, r.door)
		default:
			f.dialog.Close()
			f.o.p.enter(r)
		}
	})
}

// indented stands under the fields of a form rather than under their labels.
func indented(o fyne.CanvasObject, labels float32) fyne.CanvasObject {
	return container.New(&indent{labels}, o)
}
