package outbox

import (
	"context"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/outbox"
	"ugoda/mail/secret"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model/letter"
	"ugoda/model/records"
	"ugoda/service/post"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// desk is an outbox with letters in every state that a person meets.
type desk struct {
	t      *testing.T
	h      *screentest.Host
	s      *store.Session
	o      *post.Office
	server *smtptest.Server
	calm   atomic.Bool // the server takes everything now
	x      *Screen
	now    time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx := context.Background()
	d := &desk{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	b, err := store.Create(ctx, storetest.SQLite(t), store.Options{Registry: records.New(), Now: func() time.Time { return d.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	d.s = b.System()
	d.server, err = smtptest.Start(smtptest.Script{
		Rcpt: func(to string) error {
			switch {
			case d.calm.Load():
			case strings.HasPrefix(to, "nobody"):
				return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "User unknown"}
			case strings.HasPrefix(to, "busy"):
				return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 7, 1}, Message: "Greylisted"}
			}
			return nil
		},
		AfterAccept: func(l smtptest.Letter) error {
			if strings.HasPrefix(l.To[0], "lost") && !d.calm.Load() {
				return smtptest.ErrCut
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.server.Close)
	d.o = post.Open(b, post.Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Now: func() time.Time { return d.now }, Zone: time.UTC})
	a := mail.Account{Address: "olena@firma.example", Name: "Олена", Host: d.server.Host, Port: d.server.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
	if err := d.o.SaveAccount(ctx, &a, ""); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"ok@client.example", "nobody@client.example", "busy@client.example", "lost@client.example"} {
		l, err := d.o.Put(ctx, d.s, a, message.Draft{To: []mail.Address{{Mailbox: to}}, Subject: "Лист для " + to, Text: "Доброго дня!", Attachments: []message.Attachment{{Name: "Пропозиція.pdf", Data: []byte("%PDF-")}}}, outbox.About{})
		if err == nil {
			_, err = d.o.Worker(0).Send(ctx, l.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	d.h = screentest.New(t, d.s)
	d.h.Serve.Office = func(context.Context, *store.Session) (*post.Office, error) { return d.o, nil }
	x, err := New(d.h, screen.Address{Screen: Name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	d.h.Show(x)
	d.x = x.(*Screen)
	return d
}

// at puts the keyboard on the letter to somebody and gives what is said of it.
func (d *desk) at(to string) string {
	d.t.Helper()
	for row := range d.x.ids {
		d.x.grid.Select(row, list.Range{From: row, To: row + 1})
		d.x.follow()
		if strings.Contains(d.x.view.shown.letter.To, to) {
			return texts(d.x.view.body)
		}
	}
	d.t.Fatalf("no letter to %s", to)
	return ""
}

func texts(o fyne.CanvasObject) string {
	out := ""
	switch o := o.(type) {
	case *widget.Label:
		out = o.Text + "\n"
	case *input.Button:
		out = "[" + o.Text() + "]\n"
	case *fyne.Container:
		for _, x := range o.Objects {
			out += texts(x)
		}
	case *container.Scroll:
		out = texts(o.Content)
	}
	return out
}

func (d *desk) state(to string) string {
	d.t.Helper()
	d.x.reload()
	d.at(to)
	return d.x.view.shown.letter.State
}

func TestStatesAndWords(t *testing.T) {
	d := newDesk(t)
	w := d.h.Words()
	for _, c := range []struct{ to, state, says string }{
		{"ok@", letter.Sent, "[" + w.T("compose.save_eml") + "]"},
		{"nobody@", letter.Failed, "550 5.1.1 User unknown"},
		{"busy@", letter.Retry, "451 4.7.1 Greylisted"},
		{"lost@", letter.Unconfirmed, w.T("outbox.doubt")},
	} {
		said := d.at(c.to)
		if got := d.x.view.shown.letter.State; got != c.state {
			t.Errorf("%s is %s", c.to, got)
		}
		for _, want := range []string{c.says, "Доброго дня!", "olena@firma.example", "[Пропозиція.pdf  5 Б]"} {
			if !strings.Contains(strings.ReplaceAll(said, "\u00a0", " "), want) {
				t.Errorf("%s: no %q in\n%s", c.to, want, said)
			}
		}
	}
	if said := d.at("lost@"); !strings.Contains(said, d.x.view.shown.letter.MessageID) {
		t.Error("the Message-ID is not shown")
	}
	for name, want := range map[string]int{"all": 4, "waiting": 1, "failed": 1, "unconfirmed": 1, "sent": 1} {
		d.x.choose(name)
		if len(d.x.ids) != want || int(d.x.count(d.x.tab())) != want {
			t.Errorf("%s: %d listed, %d counted, want %d", name, len(d.x.ids), d.x.count(d.x.tab()), want)
		}
	}
}

// A person decides about a letter in doubt; nothing goes twice by itself.
func TestDecisions(t *testing.T) {
	d := newDesk(t)
	before := len(d.server.Received())
	d.now = d.now.Add(24 * time.Hour)
	d.calm.Store(true)
	d.x.deliver()
	if got := d.state("lost@"); got != letter.Unconfirmed {
		t.Errorf("a letter in doubt became %s when all that waits was sent", got)
	}
	if got := d.state("busy@"); got != letter.Sent {
		t.Errorf("the letter that waited is %s", got)
	}
	if n := len(d.server.Received()); n != before+1 {
		t.Errorf("%d letters went", n-before)
	}
	d.at("lost@")
	d.x.Do(screen.MainAction) // it arrived
	if got := d.state("lost@"); got != letter.Sent || len(d.server.Received()) != before+1 {
		t.Errorf("said to have arrived: %s, %d letters", got, len(d.server.Received()))
	}
	d.at("nobody@")
	d.x.view.act("send_now")
	if got := d.state("nobody@"); got != letter.Sent || len(d.server.Received()) != before+2 {
		t.Errorf("sent again: %s, %d letters", got, len(d.server.Received()))
	}
	for _, a := range d.x.Actions() {
		if a.WhyNot == "" {
			t.Errorf("%q is offered for a letter that was sent", a.Label)
		}
	}
}

func TestSendAgainAndCancel(t *testing.T) {
	d := newDesk(t)
	before := len(d.server.Received())
	d.at("busy@")
	d.x.doAll(d.x.chosen(), "cancel")
	if got := d.state("busy@"); got != letter.Cancelled {
		t.Errorf("cancelled: %s", got)
	}
	d.calm.Store(true)
	d.at("lost@")
	d.x.view.act("send_again")
	if got := d.state("lost@"); got != letter.Sent || len(d.server.Received()) != before+1 {
		t.Errorf("%s, %d letters", got, len(d.server.Received())-before)
	}
}

// A letter opens in a tab of its own, from the timeline for one.
func TestCard(t *testing.T) {
	d := newDesk(t)
	x, err := NewCard(d.h, screen.ToCard("letter", d.x.ids[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	d.h.Show(x)
	c := x.(*Card)
	if !strings.Contains(c.Title(), "lost@client.example") || !strings.Contains(texts(c.Content()), "Доброго дня!") {
		t.Errorf("%s:\n%s", c.Title(), texts(c.Content()))
	}
	d.calm.Store(true)
	c.Do(screen.MainAction)
	if got := c.view.shown.letter.State; got != letter.Sent {
		t.Errorf("after the main action: %s", got)
	}
}
