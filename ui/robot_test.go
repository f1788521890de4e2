package ui

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/mail"
	"ugoda/mail/secret"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/scripts/needs"
	"ugoda/service/found"
	"ugoda/service/post"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/compose"
	"ugoda/ui/screen/screentest"
)

// held is what only stands in the lines of the proposal that may not leave.
const held = "Унобтаній"

// mostPressed is when a screen has seen enough of the robot, mostSame when a
// button has.
const mostPressed, mostSame = 150, 4

// robot is a window of a salesperson whose proposal needs approval. It presses
// all that can be pressed, and looks into every hole by which bytes may leave.
type robot struct {
	*screentest.Host
	t       *testing.T
	ctx     context.Context
	base    *store.Base
	seller  *store.Session
	p       *proposal.Proposal
	dir     string // where files, prints and letters come out
	refused []string
	pressed []string
	drafts  int
	letters int
	report  bool // what the screen prints and mails is no document
}

func newRobot(t *testing.T) *robot {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins for a printer are shell scripts")
	}
	r := &robot{t: t, ctx: context.Background(), dir: t.TempDir()}
	pdftotext := needs.Program(t, "pdftotext")
	bin := t.TempDir()
	for name, script := range map[string]string{
		"lpstat":    `printf 'printer Office is idle.\nsystem default destination: Office\n'`,
		"lp":        `cat >` + r.dir + `/printed.pdf`,
		"pdftotext": `exec ` + pdftotext + ` "$@"`,
	} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"HOME", "TMPDIR"} {
		t.Setenv(name, r.dir)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("PATH", bin)
	b, err := found.Base(r.ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	r.base = b
	employee := &firm.Employee{Name: "Назар Ємець", Active: true}
	r.save("employee", employee)
	user := &firm.User{Name: "nazar", Role: string(model.RoleManager), Active: true, Employee: model.Ref{ID: employee.ID, Name: employee.Name}}
	r.save("user", user)
	if r.seller, err = b.System().As(r.ctx, model.Ref{ID: user.ID}); err != nil {
		t.Fatal(err)
	}
	r.save("approval-rule", &proposal.Rule{Name: "Знижка понад 4 %", Active: true, When: "discount_share > 4", Approver: proposal.ByRole, Role: string(model.RoleHead)})
	c := &client.Client{Name: "ТОВ «Ромашка»", Form: client.Legal, Email: "office@client.example"}
	r.save("client", c)
	rec, err := b.System().New(r.ctx, "deal")
	if err != nil {
		t.Fatal(err)
	}
	d := rec.(*deal.Deal)
	d.Subject, d.Client, d.Manager = "Котельня", c.Ref(), model.Ref{ID: employee.ID}
	r.save("deal", d)
	if rec, err = b.System().New(r.ctx, "proposal"); err != nil {
		t.Fatal(err)
	}
	r.p = rec.(*proposal.Proposal)
	r.p.Client, r.p.Subject, r.p.Manager, r.p.Deal = c.Ref(), "Котельня", model.Ref{ID: employee.ID, Name: employee.Name}, model.Ref{ID: d.ID}
	line := proposal.Line{Text: held, Unit: "шт", Quantity: 1000, Price: 100_000, VAT: "20", Discount: 500}
	r.p.Variants[0].Lines = []proposal.Line{line}
	for range 70 { // several pages
		line.Text = "Труба"
		r.p.Variants[0].Lines = append(r.p.Variants[0].Lines, line)
	}
	r.p.AddVariant(0, "Розширений")
	r.save("proposal", r.p)
	if _, err := r.seller.Do(r.ctx, "proposal", r.p.ID, "keep", nil); err != nil { // a revision that nobody approved
		t.Fatal(err)
	}
	r.p = r.get()
	r.p.Variants[0].Lines[0].Quantity = 2000
	r.save("proposal", r.p)
	server, err := smtptest.Start(smtptest.Script{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	office := post.Open(b, post.Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Now: time.Now})
	account := mail.Account{Owner: user.ID, Address: "nazar@firma.example", Host: server.Host, Port: server.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
	if err := office.SaveAccount(r.ctx, &account, ""); err != nil {
		t.Fatal(err)
	}
	r.Host = screentest.New(t, r.seller)
	r.Serve.Office = func(context.Context, *store.Session) (*post.Office, error) { return office, nil }
	r.Serve.Mail = compose.Open
	return r
}

func (r *robot) save(kind string, rec model.Keeper) {
	r.t.Helper()
	if err := r.base.System().Save(r.ctx, kind, rec); err != nil {
		r.t.Fatalf("save %s: %v", kind, err)
	}
}

func (r *robot) get() *proposal.Proposal {
	r.t.Helper()
	rec, err := r.base.System().Get(r.ctx, "proposal", r.p.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return rec.(*proposal.Proposal)
}

// Fail implements screen.Host: what is refused is written down.
func (r *robot) Fail(err error) {
	if err != nil {
		r.refused = append(r.refused, r.Words().Error(err))
	}
}

// Menu implements screen.Host: all of it is chosen.
func (r *robot) Menu(m *fyne.Menu, _ fyne.Position) {
	for _, i := range m.Items {
		if i.Action != nil && !i.Disabled {
			r.press(i.Label, i.Action)
		}
	}
}

// open shows a screen and presses everything in it.
func (r *robot) open(a screen.Address) {
	r.t.Helper()
	s, err := newRegistry().Make(r, a)
	if err != nil {
		r.t.Fatalf("open %v: %v", a, err)
	}
	r.t.Cleanup(s.Close)
	r.Show(s)
	if x, ok := s.(screen.Lifecycle); ok {
		x.Shown()
	}
	if s.(interface{ Title() string }).Title() == "" {
		r.t.Errorf("%v has no title", a)
	}
	if c, ok := s.(screen.Commander); ok {
		for name, command := range map[string]screen.Command{"Ctrl+P": screen.Print, "Ctrl+S": screen.Save, "Ctrl+M": screen.Mail, "Ctrl+Enter": screen.SaveClose, "main": screen.MainAction} {
			if c.Can(command) {
				r.press(name, func() { c.Do(command) })
			}
		}
	}
	for _, check := range all[*input.Check](s.Content()) { // all formats, all forms
		check.Set(true)
	}
	for i := 0; ; i++ { // pressing may build the screen anew
		buttons := all[*input.Button](s.Content())
		if i >= len(buttons) || len(r.pressed) > mostPressed {
			break
		}
		b := buttons[i]
		same := 0
		for _, what := range r.pressed {
			if what == b.Text() {
				same++
			}
		}
		if b.OnTapped != nil && !b.Disabled() && same < mostSame { // one that adds a row adds a button, too
			r.tap(b)
		}
	}
}

// tap presses a button, and everything in the menu that it drops.
func (r *robot) tap(b *input.Button) {
	for i := range mostPressed {
		var item fyne.Tappable
		r.press(b.Text(), func() {
			b.OnTapped()
			if top := r.Canvas().Overlays().Top(); top != nil {
				if menus := all[*widget.PopUpMenu](top); len(menus) > 0 {
					if i < len(menus[0].Items) {
						item, _ = menus[0].Items[i].(fyne.Tappable)
						if item == nil {
							item = tapped{}
						}
						item.Tapped(nil)
					}
				}
			}
		})
		if item == nil {
			return
		}
	}
}

// tapped stands for a line between the items of a menu.
type tapped struct{}

func (tapped) Tapped(*fyne.PointEvent) {}

// press does something, answers yes to whatever it asks, and looks what left.
func (r *robot) press(what string, do func()) {
	r.pressed = append(r.pressed, what)
	before := len(r.Dialogs)
	do()
	for asked := before; asked < len(r.Dialogs) && asked < before+5; asked++ {
		if d := r.Dialogs[asked]; d.Open() {
			for _, check := range all[*input.Check](d.Content) {
				check.Set(true)
			}
			for _, e := range all[*input.Several](d.Content) {
				e.Set("a@client.example")
			}
			d.Enter()
		}
	}
	for _, d := range r.Dialogs {
		d.Close()
	}
	for top := r.Canvas().Overlays().Top(); top != nil; top = r.Canvas().Overlays().Top() {
		r.Canvas().Overlays().Remove(top)
	}
	r.look(what)
}

// look fails the test where something of the proposal is in bytes that left.
func (r *robot) look(what string) {
	r.t.Helper()
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Contains(text, held) {
		r.t.Errorf("%s: on the clipboard", what)
	}
	fyne.CurrentApp().Clipboard().SetContent("")
	err := filepath.WalkDir(r.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		r.file(what, path, data)
		return os.Remove(path)
	})
	if err != nil {
		r.t.Error(err)
	}
	ids, err := r.base.System().IDs(r.ctx, store.Query{Kind: "letter"})
	if err != nil || len(ids) > r.letters && !r.report {
		r.t.Errorf("%s: %d letters, %v", what, len(ids)-r.letters, err)
		r.letters = len(ids)
	}
	if s := r.get().Status; slices.Contains([]string{proposal.Sent, proposal.Approved, proposal.Accepted}, s) {
		r.t.Errorf("%s: the proposal is %s", what, s)
	}
}

func (r *robot) file(what, path string, data []byte) {
	r.t.Helper()
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		text, err := exec.Command("pdftotext", "-raw", path, "-").Output() // letters that stand aslant come one by one
		if err != nil {
			r.t.Errorf("%s: %v", what, err)
			return
		}
		if r.report && !bytes.Contains(text, []byte(held)) {
			return
		}
		r.drafts++
		pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
		for i, page := range pages {
			page = strings.Join(strings.Fields(page), "")
			if !strings.Contains(page, "ЧЕРНЕТКА") && !strings.Contains(page, "DRAFT") {
				r.t.Errorf("%s: page %d of %d of %s is not marked", what, i+1, len(pages), filepath.Base(path))
			}
		}
	case bytes.HasPrefix(data, []byte("PK")):
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			r.t.Errorf("%s: %v", what, err)
			return
		}
		for _, f := range z.File {
			x, err := f.Open()
			if err != nil {
				r.t.Fatal(err)
			}
			part, err := io.ReadAll(x)
			if err != nil || bytes.Contains(part, []byte(held)) {
				r.t.Errorf("%s: %s left, %v", what, filepath.Base(path), err)
			}
		}
	case filepath.Ext(path) != ".csv" && bytes.Contains(data, []byte(held)): // a list is data
		r.t.Errorf("%s: %s left", what, filepath.Base(path))
	}
}

// all finds what is of one type in a tree of objects.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	var look func(o fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		if o == nil {
			return
		}
		if x, ok := o.(T); ok {
			out = append(out, x)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, x := range o.Objects {
				look(x)
			}
		case *container.Scroll:
			look(o.Content)
		case fyne.Widget:
			for _, x := range test.WidgetRenderer(o).Objects() {
				look(x)
			}
		}
	}
	look(o)
	return out
}
