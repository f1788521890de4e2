package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/mail/secret"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/service/doors"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// begin opens the program on the opening window; work runs at once.
func begin(t *testing.T) *program {
	t.Helper()
	a := test.NewTempApp(t)
	keys := doors.KeysIn(secret.NewFile(filepath.Join(t.TempDir(), "sealed"), secret.Passphrase("x")))
	return beginAgain(t, a, keys)
}

func beginAgain(t *testing.T, a fyne.App, keys *doors.Keys) *program {
	t.Helper()
	p := newProgram(Deps{
		Registry: records.New(), Runner: run.Sync{}, Language: locale.Ukrainian, Today: func() model.Day { return today }, Keys: keys,
		Services: screen.Services{CreateBase: func(ctx context.Context, url string, n screen.NewBase) error {
			b, err := found.Base(ctx, url, found.Firm{Name: n.Name, Code: n.Code, Tax: n.Tax, Person: n.Person, Language: locale.Ukrainian}, options())
			if err != nil {
				return err
			}
			return b.Close()
		}},
	}, a)
	p.win = test.NewTempWindow(t, nil)
	p.win.Resize(fyne.NewSize(1280, 720))
	p.showOpening()
	t.Cleanup(func() {
		if p.frame != nil {
			p.frame.close()
			<-p.ended
			p.base.Close()
		}
	})
	return p
}

// each calls f for everything on a canvas, popups included.
func each(c fyne.Canvas, f func(o fyne.CanvasObject)) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		f(o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, x := range o.Objects {
				walk(x)
			}
		case fyne.Widget:
			for _, x := range test.WidgetRenderer(o).Objects() {
				walk(x)
			}
		}
	}
	for _, o := range c.Overlays().List() {
		walk(o)
	}
	walk(c.Content())
}

// said are all words on a canvas.
func said(c fyne.Canvas) string {
	var out []string
	each(c, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			out = append(out, o.Text)
		case *widget.Label:
			out = append(out, o.Text)
		}
	})
	return strings.Join(out, "\n")
}

// fill types into the field behind a label of the dialog on top.
func (o *opening) fill(t *testing.T, label, text string) {
	t.Helper()
	e, ok := o.field(t, label).(*input.Entry)
	if !ok {
		t.Fatalf("%q is not a field to type in", label)
	}
	e.SetText(text)
}

func (o *opening) field(t *testing.T, label string) input.Field {
	t.Helper()
	var found input.Field
	each(o.p.win.Canvas(), func(x fyne.CanvasObject) {
		if l, ok := x.(*input.Labelled); ok && found == nil && strings.TrimSuffix(l.Label(), " *") == label {
			found = l.Field()
		}
	})
	if found == nil {
		t.Fatalf("there is no field %q on the screen:\n%s", label, said(o.p.win.Canvas()))
	}
	return found
}

// press presses a button of the dialog on top.
func (o *opening) press(t *testing.T, label string) {
	t.Helper()
	for _, b := range o.dialog.Buttons {
		if b.Label == label {
			o.dialog.Press(b)
			return
		}
	}
	t.Fatalf("the dialog has no button %q", label)
}

// A base of one's own: what is wrong stands beside its field, then the base is
// there and open, and the list of recent ones has it.
func TestStartYourOwn(t *testing.T) {
	p := begin(t)
	o, w := p.opening, p.words.T
	path := filepath.Join(t.TempDir(), "наші продажі")
	o.own()
	o.press(t, w("ui.own.create"))
	if got := o.field(t, w("opening.firm_name")).Problem(); got == "" {
		t.Error("a firm without a name is not refused beside the field")
	}
	o.fill(t, w("opening.firm_name"), "ТОВ «Мрія»")
	o.fill(t, w("opening.firm_code"), "12345679")
	o.press(t, w("ui.own.create"))
	if got := o.field(t, w("opening.firm_code")).Problem(); !strings.Contains(got, "12345679") {
		t.Errorf("beside a wrong code stands %q", got)
	}
	o.fill(t, w("opening.firm_code"), "")
	o.fill(t, w("opening.where"), filepath.Join(t.TempDir(), "no", "such", "folder", "x"))
	o.press(t, w("ui.own.create"))
	if got := o.field(t, w("opening.where")).Problem(); !strings.Contains(got, "folder") {
		t.Errorf("beside a folder that is not there stands %q", got)
	}
	o.fill(t, w("opening.where"), path)
	o.fill(t, w("ui.own.person"), "Марія Вовк")
	o.press(t, w("ui.own.create"))
	if p.frame == nil {
		t.Fatalf("the base did not open:\n%s", said(p.win.Canvas()))
	}
	if name := p.frame.userName(); name != "Марія Вовк" {
		t.Errorf("who works is %q", name)
	}
	if got := p.win.Title(); !strings.Contains(got, "ТОВ «Мрія»") {
		t.Errorf("the window is called %q", got)
	}
	if r := loadChoices(p.app).recent; len(r) != 1 || r[0].Address != path+".ugoda" || r[0].Firm != "ТОВ «Мрія»" || r[0].Last != today {
		t.Errorf("recent bases %v", r)
	}
	// The same place again is refused.
	p.frame.switchBase()
	p.opening.own()
	p.opening.fill(t, w("opening.firm_name"), "ТОВ «Мрія»")
	p.opening.fill(t, w("opening.where"), path+".ugoda")
	p.opening.press(t, w("ui.own.create"))
	if got := p.opening.field(t, w("opening.where")).Problem(); got == "" {
		t.Error("a base was made over another")
	}
}

// people makes a base with some users, by name and password.
func people(t *testing.T, users ...[2]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.ugoda")
	b, err := store.Create(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	s := b.System()
	for i, u := range users {
		rec := &firm.User{Name: u[0], Role: string(model.RoleManager), Active: true}
		if i == 0 {
			rec.Role = string(model.RoleAdmin)
		}
		if err := s.Save(t.Context(), "user", rec); err != nil {
			t.Fatal(err)
		}
		if u[1] != "" {
			if err := s.SetPassword(t.Context(), rec.ID, u[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	return path
}

// Who has a password is asked, who has none is not, and the sole user never.
func TestSignIn(t *testing.T) {
	t.Run("the sole user is not asked", func(t *testing.T) {
		p := begin(t)
		p.opening.open(door{address: people(t, [2]string{"Олена", ""})})
		if p.frame == nil || p.frame.userName() != "Олена" {
			t.Error("the sole user did not come in at once")
		}
	})
	t.Run("the sole user with a password is", func(t *testing.T) {
		p := begin(t)
		o, w := p.opening, p.words.T
		o.open(door{address: people(t, [2]string{"Олена", "слово"})})
		if p.frame != nil {
			t.Fatal("came in without the password")
		}
		o.press(t, w("button.sign_in"))
		if o.field(t, w("opening.password")).Problem() == "" {
			t.Error("no password was let through")
		}
		o.fill(t, w("opening.password"), "не те")
		o.press(t, w("button.sign_in"))
		if got := o.field(t, w("opening.password")).Problem(); got != p.words.Error(&store.BadLogin{}) {
			t.Errorf("beside a wrong password stands %q", got)
		}
		if p.frame != nil {
			t.Fatal("came in with a wrong password")
		}
		o.fill(t, w("opening.password"), "слово")
		o.press(t, w("button.sign_in"))
		if p.frame == nil || p.frame.userName() != "Олена" {
			t.Error("the right password does not let in")
		}
	})
	t.Run("several choose", func(t *testing.T) {
		a := test.NewTempApp(t)
		keys := doors.KeysIn(secret.NewFile(filepath.Join(t.TempDir(), "sealed"), secret.Passphrase("x")))
		p := beginAgain(t, a, keys)
		o, w := p.opening, p.words.T
		path := people(t, [2]string{"Олена", "слово"}, [2]string{"Іван", ""})
		o.open(door{address: path})
		if p.frame != nil {
			t.Fatal("nobody was asked who works")
		}
		who, _ := o.field(t, w("opening.user")).(*input.Choice)
		o.press(t, w("button.sign_in"))
		if who.Problem() == "" {
			t.Error("nobody came in")
		}
		who.Set("Іван")
		who.OnChange()
		if e, _ := o.field(t, w("opening.password")).(*input.Entry); !e.Disabled() {
			t.Error("a password is asked of who has none")
		}
		who.Set("Олена")
		who.OnChange()
		o.fill(t, w("opening.password"), "слово")
		each(p.win.Canvas(), func(x fyne.CanvasObject) {
			if c, ok := x.(*input.Check); ok {
				c.SetChecked(true)
			}
		})
		o.press(t, w("button.sign_in"))
		if p.frame == nil || p.frame.userName() != "Олена" {
			t.Fatal("did not come in")
		}
		p.frame.signInAs() // somebody else is asked who he is, in the same base
		if p.frame != nil || p.opening.field(t, w("opening.user")) == nil {
			t.Error("signing in as somebody else does not ask who")
		}
		// What was remembered lets in at once, until the password is another.
		p.opening.open(door{address: path, user: "Олена"})
		if p.frame == nil {
			t.Fatal("a remembered password was asked for")
		}
		if err := p.frame.session.SetPassword(t.Context(), p.frame.session.User.ID, "інше"); err != nil {
			t.Fatal(err)
		}
		p.frame.switchBase()
		p.opening.open(door{address: path, user: "Олена"})
		if p.frame != nil || p.opening.field(t, w("opening.password")).Problem() != "" {
			t.Error("an outdated password is not simply asked for again")
		}
	})
}

// A recent base whose file is gone is marked, says so, and can be taken off.
func TestRecentBaseThatIsGone(t *testing.T) {
	p := begin(t)
	path := people(t, [2]string{"Олена", ""})
	p.opening.open(door{address: path})
	p.frame.switchBase()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	p.showOpening()
	if rows := p.opening.recent.rows; len(rows) != 1 || rows[0].missing == "" {
		t.Fatalf("the missing base is not marked: %v", rows)
	}
	p.opening.recent.rows[0].open()
	if !strings.Contains(said(p.win.Canvas()), filepath.Base(path)) || p.frame != nil {
		t.Error("it is not said that the file is gone")
	}
	p.opening.press(t, p.words.T("opening.forget"))
	if len(p.opening.recent.rows) != 0 || len(loadChoices(p.app).recent) != 0 {
		t.Error("it cannot be taken off the list")
	}
}

// What does not open says why, and offers the way out.
func TestWayOut(t *testing.T) {
	p := begin(t)
	w := p.words.T
	cases := []struct {
		err    error
		button string
	}{
		{&store.NetworkShare{Path: "/mnt/share/x.ugoda"}, w("opening.connect")},
		{&store.NeedsMigration{Have: 1, Want: 3}, w("ui.opening.migrate")},
		{&store.TooNew{Have: 9, Want: 3}, w("button.close")},
		{&store.NotABase{Address: "/tmp/x.ugoda"}, w("button.close")},
	}
	for _, c := range cases {
		p.opening.fail(c.err, door{address: "/tmp/x.ugoda"})
		if got := said(p.win.Canvas()); !strings.Contains(strings.ReplaceAll(got, "\n", " "), p.words.Error(c.err)) {
			t.Errorf("%T is not said: %q", c.err, got)
		}
		found := false
		for _, b := range p.opening.dialog.Buttons {
			found = found || b.Label == c.button
		}
		if !found {
			t.Errorf("%T offers no %q", c.err, c.button)
		}
	}
}

// The office's base: what is wrong stands beside its field, an empty database
// becomes the firm's base, and the password is remembered apart from the list.
func TestConnectToTheOffice(t *testing.T) {
	dsn := storetest.PostgreSQL(t)
	p := begin(t)
	o, w := p.opening, p.words.T
	s, _ := doors.ParseServer(dsn)
	o.connect()
	host, _ := o.field(t, w("ui.server.host")).(*input.Entry)
	wrong := s
	wrong.Password = "wrong"
	host.SetText(wrong.URL()) // an address pasted into the field
	if host.Text != s.Host {
		t.Fatalf("a pasted address is not taken apart: %q", host.Text)
	}
	o.press(t, w("ui.server.test"))
	if o.field(t, w("opening.password")).Problem() == "" {
		t.Error("a wrong password of the server is not said beside its field")
	}
	o.fill(t, w("ui.server.base"), "nowhere")
	o.fill(t, w("opening.password"), s.Password)
	o.press(t, w("button.open"))
	if o.field(t, w("ui.server.base")).Problem() == "" {
		t.Error("a base that is not there is not said beside its field")
	}
	o.fill(t, w("ui.server.base"), s.Base)
	o.press(t, w("ui.server.test"))
	if !strings.Contains(said(p.win.Canvas()), w("ui.server.works_empty")) {
		t.Errorf("an empty database: %s", said(p.win.Canvas()))
	}
	o.press(t, w("button.open"))
	o.press(t, w("opening.own"))
	o.fill(t, w("opening.firm_name"), "ТОВ «Офіс»")
	o.press(t, w("ui.own.create"))
	if p.frame == nil {
		t.Fatalf("the office's base did not open:\n%s", said(p.win.Canvas()))
	}
	recent := loadChoices(p.app).recent
	if len(recent) != 1 || strings.Contains(recent[0].Address, s.Password) {
		t.Fatalf("recent bases %v", recent)
	}
	p.frame.switchBase()
	p.opening.open(door{address: recent[0].Address})
	if p.frame == nil {
		t.Errorf("the remembered password does not open the base:\n%s", said(p.win.Canvas()))
	}
}
