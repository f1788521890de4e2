package compose

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/secret"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/paper"
	"ugoda/service/post"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// desk is a firm with a proposal, a mail server, and a window.
type desk struct {
	t      *testing.T
	h      *screentest.Host
	s      *store.Session
	office *post.Office
	server *smtptest.Server
	p      *proposal.Proposal
}

func newDesk(t *testing.T, account bool) *desk {
	t.Helper()
	ctx := context.Background()
	b, err := found.Base(ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New(), Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{t: t, s: b.System()}
	if d.server, err = smtptest.Start(smtptest.Script{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.server.Close)
	d.office = post.Open(b, post.Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Now: func() time.Time { return begin }})
	if account {
		a := mail.Account{Address: "olena@firma.example", Name: "Олена", Host: d.server.Host, Port: d.server.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
		if err := d.office.SaveAccount(ctx, &a, ""); err != nil {
			t.Fatal(err)
		}
	}
	seller := &firm.Employee{Name: "Назар Ємець", Post: "менеджер", Active: true}
	d.save("employee", seller)
	c := &client.Client{Name: "ТОВ «Ромашка»", Form: client.Legal, Email: "office@client.example"}
	d.save("client", c)
	rec, err := d.s.New(ctx, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	d.p = rec.(*proposal.Proposal)
	d.p.Client, d.p.Subject, d.p.Manager = c.Ref(), "Котельня", model.Ref{ID: seller.ID, Name: seller.Name}
	d.p.Variants[0].Lines = []proposal.Line{{Text: "Котел", Unit: "шт", Quantity: 1000, Price: 100_000, VAT: "20", Discount: 500}}
	d.save("proposal", d.p)
	if err := d.s.SetPreference(ctx, paper.EngineSetting, string(paper.Own)); err != nil {
		t.Fatal(err)
	}
	d.h = screentest.New(t, d.s)
	d.h.Serve.Office = func(context.Context, *store.Session) (*post.Office, error) { return d.office, nil }
	return d
}

func (d *desk) save(kind string, rec model.Keeper) {
	d.t.Helper()
	if err := d.s.Save(context.Background(), kind, rec); err != nil {
		d.t.Fatal(err)
	}
}

// letter opens the letter of the proposal.
func (d *desk) letter() *Screen {
	d.t.Helper()
	x, err := New(d.h, To("proposal", d.p.ID))
	if err != nil {
		d.t.Fatal(err)
	}
	d.h.Show(x)
	s := x.(*Screen)
	s.Shown()
	return s
}

func (d *desk) status() string {
	d.t.Helper()
	rec, err := d.s.Get(context.Background(), "proposal", d.p.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return rec.(*proposal.Proposal).Status
}

func TestSends(t *testing.T) {
	d := newDesk(t, true)
	s := d.letter()
	if s.to.Text != "ТОВ «Ромашка» <office@client.example>" || !strings.Contains(s.subject.Text, d.p.Number) || s.text.Text == "" || !strings.Contains(s.signature.Text, "Назар Ємець") {
		t.Errorf("to %q, subject %q, signature %q", s.to.Text, s.subject.Text, s.signature.Text)
	}
	if d.h.Canvas().Focused() != fyne.Focusable(s.text) {
		t.Error("the keyboard is not in the text")
	}
	s.to.Set("не адреса")
	s.Do(screen.SaveClose)
	if s.to.Problem() == "" || len(d.server.Received()) != 0 {
		t.Error("sent to what is no address")
	}
	s.to.Set("ТОВ «Ромашка» <office@client.example>, ivan@client.example,")
	s.cc.Set("boss@client.example")
	s.text.SetText("Вітаємо!")
	s.formats["html"].Set(true)
	file := filepath.Join(t.TempDir(), "Сертифікат.pdf")
	if err := os.WriteFile(file, []byte("%PDF-"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Dropped([]string{file})
	s.Do(screen.SaveClose)
	got := d.server.Received()
	if len(got) != 1 || len(got[0].To) != 3 {
		t.Fatalf("%d letters: %+v", len(got), got)
	}
	p, err := message.Read(got[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range p.Attachments {
		names = append(names, filepath.Ext(a.Name))
	}
	if !strings.HasPrefix(p.Text, "Вітаємо!") || !slices.Equal(names, []string{".pdf", ".html", ".pdf"}) || p.Attachments[2].Name != "Сертифікат.pdf" {
		t.Errorf("%q with %v", p.Text, names)
	}
	if d.status() != proposal.Sent || len(d.h.Closed) != 1 {
		t.Errorf("the proposal is %s, %d tabs closed", d.status(), len(d.h.Closed))
	}
	// What comes next is asked in one small box, its answers at hand.
	steps := func() int64 {
		n, err := d.s.Totals(context.Background(), store.Query{Kind: "activity", Where: filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}}})
		if err != nil {
			t.Fatal(err)
		}
		return n.Count
	}
	if steps() != 0 || len(d.h.Dialogs) != 1 {
		t.Fatalf("%d steps and %d boxes", steps(), len(d.h.Dialogs))
	}
	d.h.Dialogs[0].Enter()
	if d.h.Dialogs[0].Open() || steps() != 1 {
		t.Errorf("answered with Enter: %d steps, the box is open: %v", steps(), d.h.Dialogs[0].Open())
	}
	s.Close()
	if kept, err := d.s.Preference(context.Background(), s.key()); err != nil || kept != "" {
		t.Errorf("the letter was sent, and a draft of it stays: %q", kept)
	}
	// The next letter says that it is the second.
	again := d.letter()
	defer again.Close()
	again.Do(screen.SaveClose)
	if !again.usual.Again || len(d.server.Received()) != 2 || len(d.h.Dialogs) != 1 || steps() != 1 {
		t.Errorf("a second letter: %d boxes, %d steps", len(d.h.Dialogs), steps())
	}
}

// What was typed is there when the letter is opened again, also after a crash.
func TestDraft(t *testing.T) {
	d := newDesk(t, true)
	s := d.letter()
	s.text.SetText("Ще не дописано")
	s.cc.SetText("boss@client.example")
	s.formats["xlsx"].SetChecked(true)
	s.Close()
	s = d.letter()
	if s.text.Text != "Ще не дописано" || s.cc.Text != "boss@client.example" || !s.formats["xlsx"].Value() || !s.copies.Visible() {
		t.Errorf("%q, copies to %q", s.text.Text, s.cc.Text)
	}
	tap(t, s.banners, d.h.Words().T("compose.anew"))
	if s.text.Text == "Ще не дописано" || s.formats["xlsx"].Value() {
		t.Error("the letter does not begin anew")
	}
	s.Close()
	s = d.letter()
	defer s.Close()
	if s.text.Text == "Ще не дописано" {
		t.Error("the dropped draft comes back")
	}
}

// tap presses the button of a text.
func tap(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	found := false
	each(in, func(o fyne.CanvasObject) {
		if b, ok := o.(*input.Button); ok && b.Text() == text && !found {
			found = true
			b.Tapped(nil)
		}
	})
	if !found {
		t.Fatalf("no button %q", text)
	}
}

func each(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	do(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range slices.Clone(o.Objects) {
			each(x, do)
		}
	case *container.Scroll:
		each(o.Content, do)
	case *input.Labelled:
		each(o.Field(), do)
	case *widget.Label, *input.Button, *input.Choice, *input.Entry, *input.Several:
	case fyne.Widget:
		for _, x := range test.WidgetRenderer(o).Objects() {
			each(x, do)
		}
	}
}

// Without an account one is set up in place, tried, and the letter goes.
func TestSetsUpInPlace(t *testing.T) {
	d := newDesk(t, false)
	s := d.letter()
	defer s.Close()
	s.Do(screen.SaveClose)
	if len(d.h.Dialogs) != 1 {
		t.Fatal("no account is asked for")
	}
	dialog := d.h.Dialogs[0]
	fields := map[string]fyne.CanvasObject{}
	each(dialog.Content, func(o fyne.CanvasObject) {
		if l, ok := o.(*input.Labelled); ok {
			fields[l.Label()] = l.Field()
		}
	})
	w := d.h.Words()
	entry := func(key, text string) {
		t.Helper()
		e, ok := fields[w.T(key)].(*input.Entry)
		if !ok {
			t.Fatalf("no field %s", w.T(key))
		}
		e.SetText(text)
	}
	entry("mailbox.address", "olena@firma.example")
	entry("mailbox.host", "127.0.0.1")
	entry("mailbox.port", "1")
	security, auth := fields[w.T("mailbox.security")].(*input.Choice), fields[w.T("mailbox.auth")].(*input.Choice)
	security.Set(string(mail.Plaintext))
	auth.Set(string(mail.NoAuth))
	dialog.Enter()
	if !dialog.Open() || len(d.server.Received()) != 0 {
		t.Fatal("an account that does not work was taken")
	}
	entry("mailbox.port", strconv.Itoa(d.server.Port))
	dialog.Enter()
	if dialog.Open() {
		text := ""
		each(dialog.Content, func(o fyne.CanvasObject) {
			if l, ok := o.(*widget.Label); ok && l.Visible() {
				text += l.Text + "\n"
			}
		})
		t.Fatalf("the account was refused: %s", text)
	}
	if got := d.server.Received(); len(got) != 2 || got[0].To[0] != "olena@firma.example" || got[1].To[0] != "office@client.example" {
		t.Errorf("%+v", got)
	}
	if d.status() != proposal.Sent {
		t.Errorf("the proposal is %s", d.status())
	}
}

// A proposal that needs approval says so, and does not leave.
func TestHeld(t *testing.T) {
	d := newDesk(t, true)
	d.save("approval-rule", &proposal.Rule{Name: "Будь-яка знижка", When: "discount_share > 0", Active: true, Order: 1, Approver: proposal.ByHead})
	s := d.letter()
	defer s.Close()
	text := ""
	each(s.banners, func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.Label); ok {
			text += l.Text
		}
	})
	if !strings.Contains(text, "Будь-яка знижка") || s.Can(screen.SaveClose) || !s.sendButton.Disabled() {
		t.Errorf("%q", text)
	}
	s.Do(screen.SaveClose)
	if len(d.server.Received()) != 0 || d.status() != proposal.Draft {
		t.Error("it left")
	}
}
