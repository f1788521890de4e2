package ui

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/text"
	"ugoda/service/copies"
	"ugoda/service/demo"
	"ugoda/service/doors"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// door is a base that somebody wants to come into.
type door struct {
	address  string
	user     string // empty: the sole one, or ask
	password string
	copied   bool // a copy, to be looked at only
	// What of it the computer remembers when it opens.
	keepServer, keepLogin bool
}

// entered is a base that was opened for somebody.
type entered struct {
	door
	base    *store.Base
	session *store.Session
	firm    string
	demo    bool
	several bool          // users may come in
	asks    []store.Login // who may come in, when that must be asked
	wrong   bool          // the password was
	scratch string        // folder to remove when the base is closed
	copy    *copies.Copy  // that it is; nil: the base itself
	of      *door         // of the base that it is a copy of
	err     error
}

// missingFile says that a file base is not there.
type missingFile struct{ path string }

func (e *missingFile) Error() string { return "no file " + e.path }

// Message says it to a person.
func (e *missingFile) Message() (string, map[string]any) {
	return "base_missing", map[string]any{"path": e.path}
}

// open opens a base and goes in, asking who it is where that is not clear.
func (o *opening) open(d door) {
	if o.working {
		return
	}
	o.try(d, func(r entered) {
		switch {
		case r.asks != nil:
			o.askLogin(r)
		case r.err != nil:
			o.fail(r.err, r.door)
		default:
			o.p.enter(r)
		}
	})
}

// try opens a base in the background.
func (o *opening) try(d door, then func(entered)) {
	o.working = true
	o.say(o.p.words.T("ui.opening.opening", "name", doors.Name(d.address)), -1)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		r := o.p.come(ctx, d)
		return func() {
			o.working = false
			o.say("", -1)
			then(r)
		}
	})
}

// come opens the base behind a door for who stands there. It is called off the
// UI goroutine.
func (p *program) come(ctx context.Context, d door) entered {
	began := time.Now()
	r := entered{door: d}
	keys := p.keys()
	if keys != nil {
		if full, err := keys.Complete(ctx, d.address); err == nil {
			r.address = full
		} else {
			slog.Warn("read a remembered password", "error", err)
		}
	}
	if d.copied {
		if r.scratch, r.err = os.MkdirTemp("", "ugoda-copy-"); r.err != nil {
			return r
		}
		r.base, r.err = store.OpenCopy(ctx, r.address, r.scratch, p.deps.options())
	} else {
		r.base, r.err = store.Open(ctx, r.address, p.deps.options())
	}
	if r.err != nil {
		var not *store.NotABase
		if _, err := os.Stat(r.address); errors.As(r.err, &not) && store.EngineOf(r.address) == store.SQLite && errors.Is(err, fs.ErrNotExist) {
			r.err = &missingFile{r.address}
		}
		r.leave()
		return r
	}
	r.signIn(ctx, keys)
	if r.err != nil || r.asks != nil {
		r.leave()
		return r
	}
	r.firm = firmOf(ctx, r.session)
	if keys != nil && !d.copied {
		if d.keepServer {
			warn("remember the password of the server", keys.Keep(ctx, r.address, true))
		}
		if d.keepLogin {
			warn("remember the password", keys.KeepLogin(ctx, r.address, r.user, r.password))
		}
	}
	slog.Info("opened a base", "engine", string(r.base.Engine()), "took_ms", time.Since(began).Milliseconds(), "copy", d.copied)
	return r
}

// leave gives up what was opened.
func (r *entered) leave() {
	if r.base != nil {
		warn("close the base", r.base.Close())
		r.base = nil
	}
	if r.scratch != "" {
		warn("remove a copy that was looked at", os.RemoveAll(r.scratch))
	}
}

// signIn opens the session of the one who stands at the door, or finds that he
// must be asked.
func (r *entered) signIn(ctx context.Context, keys *doors.Keys) {
	var kind string
	if kind, r.err = r.base.Setting(ctx, demo.Setting); r.err != nil {
		return
	}
	r.demo = kind != ""
	var logins []store.Login
	if logins, r.err = r.base.Logins(ctx); r.err != nil {
		return
	}
	r.several = len(logins) > 1
	if r.user == "" {
		switch {
		case len(logins) == 0, r.demo:
			r.session, r.err = r.base.Session(ctx, "", "")
			return
		case len(logins) > 1:
			r.asks = logins
			return
		}
		r.user = logins[0].Name
	}
	at := slices.IndexFunc(logins, func(l store.Login) bool { return text.Fold(l.Name) == text.Fold(r.user) })
	if at >= 0 && !logins[at].Asked {
		r.session, r.err = r.base.Session(ctx, r.user, "")
		return
	}
	remembered := false
	if at >= 0 && r.password == "" && keys != nil {
		word, err := keys.Login(ctx, r.address, r.user)
		warn("read a remembered password", err)
		r.password, remembered = word, word != ""
	}
	if r.password == "" {
		r.asks = logins
		return
	}
	r.session, r.err = r.base.Session(ctx, r.user, r.password)
	if wrong := (*store.BadLogin)(nil); errors.As(r.err, &wrong) {
		r.asks, r.err, r.wrong, r.password = logins, nil, !remembered, ""
	}
}

// firmOf is the name of our own main firm.
func firmOf(ctx context.Context, s *store.Session) string {
	rows, err := s.Page(ctx, store.Query{Kind: "organization", Columns: []string{"name"}, Sort: []store.Order{{Path: "main", Desc: true}, {Path: "id"}}, Limit: 1})
	if err != nil || len(rows) == 0 {
		warn("read the name of the firm", err)
		return ""
	}
	name, _ := rows[0].Cells[0].(string)
	return name
}

func warn(doing string, err error) {
	if err != nil {
		slog.Warn(doing, "error", err)
	}
}

// fail says why a base did not open, with the way out.
func (o *opening) fail(err error, d door) {
	t := o.p.words
	var older *store.NeedsMigration
	var share *store.NetworkShare
	var gone *missingFile
	var empty *store.EmptyBase
	var damaged *store.Damaged
	say := func(text string, more ...screen.Button) {
		box := &screen.Dialog{Title: doors.Name(d.address), Content: wrapped(text), Size: fyne.NewSize(480, 0)}
		box.Buttons = append([]screen.Button{{Label: t.T("button.close")}}, more...)
		o.show(box)
	}
	s, server := doors.ParseServer(d.address)
	switch {
	case errors.As(err, &older):
		hint := "ui.opening.migrate_hint"
		if server {
			hint = "ui.opening.migrate_hint_server" // its copies are the office's own
		}
		say(t.Error(err)+"\n\n"+t.T(hint), screen.Button{Label: t.T("ui.opening.migrate"), Primary: true, Do: func() { o.migrate(d) }})
	case errors.As(err, &empty):
		say(t.Error(err)+"\n\n"+t.T("ui.opening.empty_hint"), screen.Button{Label: t.T("opening.own"), Primary: true, Do: func() { o.askOwn(d.address, d.keepServer) }})
	case errors.As(err, &damaged):
		say(t.Error(err), screen.Button{Label: t.T("copies.restore"), Primary: true, Do: func() { o.chooseCopy(d) }})
	case errors.As(err, &share):
		say(t.Error(err)+"\n\n"+t.T("ui.opening.share_hint"), screen.Button{Label: t.T("opening.connect"), Primary: true, Do: o.connect})
	case errors.As(err, &gone):
		say(t.Error(err)+"\n\n"+t.T("ui.opening.missing_hint"),
			screen.Button{Label: t.T("opening.forget"), Do: func() { o.recent.forget(d.address) }},
			screen.Button{Label: t.T("opening.open_file"), Primary: true, Do: o.chooseFile})
	case server && atServer(err):
		s.Password = ""
		o.askServer(s, err)
	default:
		say(t.Error(err))
	}
}

// atServer reports errors that another answer in the form of the server mends.
func atServer(err error) bool {
	for _, x := range []any{new(*store.Unreachable), new(*store.ServerLogin), new(*store.ServerShut), new(*store.NoDatabase), new(*store.ServerTLS), new(*store.ServerFull)} {
		if errors.As(err, x) {
			return true
		}
	}
	return false
}

func (o *opening) migrate(d door) {
	o.working = true
	o.say(o.p.words.T("ui.opening.migrating"), -1)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		address := d.address
		var err error
		if keys := o.p.keys(); keys != nil {
			if full, failed := keys.Complete(ctx, address); failed == nil {
				address = full
			}
		}
		began := time.Now()
		if err = store.Migrate(ctx, address, o.p.deps.options()); err == nil {
			slog.Info("updated a base", "took_ms", time.Since(began).Milliseconds())
		}
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

// askLogin asks who works, and the password where he has one.
func (o *opening) askLogin(r entered) {
	t := o.p.words.T
	var options []input.Option
	asked := map[string]bool{}
	for _, l := range r.asks {
		options = append(options, input.Option{Key: l.Name, Text: l.Name})
		asked[l.Name] = l.Asked
	}
	who, password := input.NewChoice(options), input.NewPassword()
	remember := input.NewCheck(t("ui.opening.remember"), nil)
	who.Set(r.user)
	d := &screen.Dialog{Title: loginTitle(r), Size: fyne.NewSize(420, 0), Focus: who}
	follow := func() {
		if who.Value() != "" && !asked[who.Value()] {
			password.SetText("")
			password.SetPlaceHolder(t("ui.opening.no_password"))
			password.Disable()
			remember.Disable()
			return
		}
		password.SetPlaceHolder("")
		password.Enable()
		remember.Enable()
	}
	who.OnChange = func() {
		follow()
		if !password.Disabled() {
			o.p.win.Canvas().Focus(password)
		}
	}
	follow()
	if r.user != "" {
		d.Focus = password
	}
	if r.wrong {
		password.SetProblem(o.p.words.Error(&store.BadLogin{}))
	}
	enter := func() {
		if who.Value() == "" {
			who.SetProblem(t("ui.opening.who"))
			return
		}
		if asked[who.Value()] && password.Text == "" {
			password.SetProblem(t("ui.opening.password_needed"))
			return
		}
		if o.working {
			return
		}
		next := r.door
		next.user, next.password, next.keepLogin = who.Value(), password.Text, remember.Checked
		o.try(next, func(n entered) {
			n.copy, n.of = r.copy, r.of
			switch {
			case n.asks != nil:
				password.SetProblem(o.p.words.Error(&store.BadLogin{}))
				password.SelectAllText()
				o.p.win.Canvas().Focus(password)
			case n.err != nil:
				d.Close()
				o.fail(n.err, n.door)
			default:
				d.Close()
				o.p.enter(n)
			}
		})
	}
	d.Content = container.NewVBox(
		input.NewLabelled(t("opening.user"), who, false, loginLabels),
		input.NewLabelled(t("opening.password"), password, false, loginLabels),
		indented(remember, loginLabels),
	)
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.sign_in"), Primary: true, Stays: true, Do: enter}}
	o.show(d)
}

// Width of the labels of the forms here, at zoom 100.
const (
	loginLabels  = 130
	serverLabels = 145
	ownLabels    = 150
)

func loginTitle(r entered) string {
	if r.firm != "" {
		return r.firm
	}
	return doors.Name(r.address)
}
