package smtp_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/smtp"
	"ugoda/mail/smtp/smtptest"
)

func start(t testing.TB, s smtptest.Script) *smtptest.Server {
	t.Helper()
	x, err := smtptest.Start(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

func account(x *smtptest.Server) mail.Account {
	return mail.Account{Address: "olena@firma.example", Host: x.Host, Port: x.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
}

func secret(s string) smtp.Secret {
	return func(context.Context) (string, error) { return s, nil }
}

func letter(t testing.TB, to ...string) message.Letter {
	t.Helper()
	d := message.Draft{
		From: mail.Address{Name: "Олена", Mailbox: "olena@firma.example"}, Subject: "Пропозиція", Text: "Доброго дня!\n.\n..\nкінець",
		Date: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), Attachments: []message.Attachment{{Name: "Пропозиція.pdf", Data: bytes.Repeat([]byte("%PDF\r\n.\r\n"), 4000)}},
	}
	for _, a := range to {
		d.To = append(d.To, mail.Address{Mailbox: a})
	}
	l, err := message.Build(d)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func reply(code, a, b, c int, text string) error {
	return &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.EnhancedCode{a, b, c}, Message: text}
}

// brief renders an outcome as "address verdict code key".
func brief(o mail.Outcome) []string {
	var s []string
	for _, r := range o.Results {
		line := fmt.Sprint(r.Address, " ", r.Verdict, " ", r.Reply.Code)
		if r.Failure != nil {
			line += " " + strings.TrimPrefix(r.Failure.Key, "mail.failure.")
		}
		s = append(s, line)
	}
	return s
}

// Each way of protection and proof carries the exact bytes.
func TestDeliverExactBytes(t *testing.T) {
	for name, c := range map[string]struct {
		script smtptest.Script
		change func(*mail.Account)
		secret string
	}{
		"in the clear":      {smtptest.Script{}, func(*mail.Account) {}, ""},
		"STARTTLS, PLAIN":   {smtptest.Script{StartTLS: true, Mechanisms: []string{"PLAIN", "LOGIN"}}, func(a *mail.Account) { a.Security, a.Auth = mail.StartTLS, mail.Auto }, "пароль з кирилицею"},
		"TLS, LOGIN":        {smtptest.Script{TLS: true, Mechanisms: []string{"LOGIN"}}, func(a *mail.Account) { a.Security, a.Auth = mail.TLS, mail.Auto }, "p w"},
		"TLS, XOAUTH2":      {smtptest.Script{TLS: true, Mechanisms: []string{"XOAUTH2"}}, func(a *mail.Account) { a.Security, a.Auth, a.ClientID = mail.TLS, mail.XOAuth2, "x" }, "token"},
		"another name":      {smtptest.Script{TLS: true, Mechanisms: []string{"PLAIN"}}, func(a *mail.Account) { a.Security, a.Auth, a.User = mail.TLS, mail.Plain, "olena" }, "p"},
		"with a size limit": {smtptest.Script{MaxSize: 1 << 20}, func(*mail.Account) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var user, password string
			c.script.Log = func(_, u, s string) error { user, password = u, s; return nil }
			x := start(t, c.script)
			a := account(x)
			c.change(&a)
			l := letter(t, "a@client.example", "b@client.example")
			var handed []string
			o := smtp.New(a, secret(c.secret), smtp.Options{Roots: x.Roots}).Deliver(context.Background(), l.Envelope, l.Data,
				func(_ context.Context, to []string) error { handed = to; return nil })
			if diff := cmp.Diff([]string{"a@client.example accepted 250", "b@client.example accepted 250"}, brief(o)); diff != "" {
				t.Fatal(diff)
			}
			got := x.Received()
			if len(got) != 1 || !bytes.Equal(got[0].Data, l.Data) || got[0].From != l.Envelope.From || !cmp.Equal(got[0].To, l.Envelope.To) {
				t.Errorf("the server has %d letters, not the one sent", len(got))
			}
			if !cmp.Equal(handed, l.Envelope.To) {
				t.Errorf("handed to %v", handed)
			}
			if c.secret != "" && (user != a.Login() || password != c.secret) {
				t.Errorf("logged in as %q with %q", user, password)
			}
		})
	}
}

func TestDeliverVerdicts(t *testing.T) {
	to := []string{"a@client.example", "b@client.example", "c@client.example"}
	all := func(rest string) []string {
		var s []string
		for _, a := range to {
			s = append(s, a+" "+rest)
		}
		return s
	}
	refuse := func(address string, err error) func(string) error {
		return func(to string) error {
			if to == address {
				return err
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		script   smtptest.Script
		want     []string
		received int
	}{
		"an unknown address": {smtptest.Script{Rcpt: refuse("b@client.example", reply(550, 5, 1, 1, "no such user"))}, []string{"a@client.example accepted 250", "b@client.example refused 550 recipient_unknown", "c@client.example accepted 250"}, 1},
		"a full mailbox":     {smtptest.Script{Rcpt: refuse("a@client.example", reply(552, 5, 2, 2, "full"))}, []string{"a@client.example refused 552 mailbox_full", "b@client.example accepted 250", "c@client.example accepted 250"}, 1},
		"greylisting":        {smtptest.Script{Rcpt: refuse("c@client.example", reply(451, 4, 7, 1, "come again"))}, []string{"a@client.example accepted 250", "b@client.example accepted 250", "c@client.example later 451 later"}, 1},
		"everybody refused":  {smtptest.Script{Rcpt: func(string) error { return reply(550, 5, 7, 1, "relay denied") }}, all("refused 550 recipient_refused"), 0},
		"421 at a recipient": {smtptest.Script{Rcpt: refuse("b@client.example", reply(421, 4, 3, 2, "closing"))}, []string{"a@client.example later 0 lost", "b@client.example later 421 later", "c@client.example later 421 later"}, 0},
		"cut at a recipient": {smtptest.Script{Rcpt: refuse("b@client.example", smtptest.ErrCut)}, all("later 0 lost"), 0},
		"the sender refused": {smtptest.Script{Mail: func(string) error { return reply(553, 5, 7, 1, "not yours") }}, all("held 553 sender_refused"), 0},
		"a daily limit":      {smtptest.Script{Mail: func(string) error { return reply(550, 5, 4, 5, "daily limit") }}, all("later 550 later"), 0},
		"busy":               {smtptest.Script{Mail: func(string) error { return reply(451, 4, 3, 0, "busy") }}, all("later 451 later"), 0},
		"cut at the sender":  {smtptest.Script{Mail: func(string) error { return smtptest.ErrCut }}, all("later 0 lost"), 0},
		"taken for spam":     {smtptest.Script{AfterData: func(smtptest.Letter) error { return reply(554, 5, 7, 1, "spam") }}, all("refused 554 policy"), 0},
		"rejected":           {smtptest.Script{AfterData: func(smtptest.Letter) error { return reply(554, 5, 6, 0, "bad letter") }}, all("refused 554 rejected"), 0},
		"later, after DATA":  {smtptest.Script{AfterData: func(smtptest.Letter) error { return reply(452, 4, 3, 1, "disk full") }}, all("later 452 later"), 0},
		"421 after DATA":     {smtptest.Script{AfterData: func(smtptest.Letter) error { return reply(421, 4, 3, 1, "closing") }}, all("later 421 later"), 0},
		"cut during DATA": {smtptest.Script{DuringData: func(so int) error {
			if so > 4000 {
				return smtptest.ErrCut
			}
			return nil
		}}, all("later 0 lost"), 0},
		"cut before answer":   {smtptest.Script{AfterData: func(smtptest.Letter) error { return smtptest.ErrCut }}, all("unconfirmed 0 unconfirmed"), 0},
		"cut after accepting": {smtptest.Script{AfterAccept: func(smtptest.Letter) error { return smtptest.ErrCut }}, all("unconfirmed 0 unconfirmed"), 1},
		"a login is wanted":   {smtptest.Script{Mechanisms: []string{"PLAIN"}}, all("held 530 auth_required"), 0},
		"larger than allowed": {smtptest.Script{MaxSize: 1000}, all("refused 0 too_large"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			x := start(t, c.script)
			l := large(t, to...)
			o := smtp.New(account(x), nil, smtp.Options{Command: 5 * time.Second, Answer: 5 * time.Second}).Deliver(context.Background(), l.Envelope, l.Data, nil)
			if diff := cmp.Diff(c.want, brief(o)); diff != "" {
				t.Error(diff)
			}
			if got := len(x.Received()); got != c.received {
				t.Errorf("the server took %d letters, want %d", got, c.received)
			}
			if !o.Reached {
				t.Error("not reached")
			}
		})
	}
}

// large is longer than what the system buffers, so that a connection cut in
// the middle is noticed while writing.
func large(t testing.TB, to ...string) message.Letter {
	l := letter(t, to...)
	l.Data = append(l.Data, bytes.Repeat([]byte(strings.Repeat("x", 70)+"\r\n"), 300_000)...)
	return l
}

func TestDeliverWithoutConversation(t *testing.T) {
	plain, starttls, implicit := start(t, smtptest.Script{}), start(t, smtptest.Script{StartTLS: true}), start(t, smtptest.Script{TLS: true})
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and says nothing
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	port := func(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }
	base := mail.Account{Address: "a@firma.example", Host: "127.0.0.1", Security: mail.Plaintext, Auth: mail.NoAuth}
	for name, c := range map[string]struct {
		change  func(*mail.Account)
		options smtp.Options
		key     string
	}{
		"no server":              {func(a *mail.Account) { a.Port = port(closed) }, smtp.Options{}, "connection_refused"},
		"no such host":           {func(a *mail.Account) { a.Host, a.Port, a.Exposed = "smtp.no-such-host.invalid", 25, true }, smtp.Options{}, "host_not_found offline"},
		"a silent server":        {func(a *mail.Account) { a.Port = port(silent) }, smtp.Options{}, "timeout"},
		"a silent server, TLS":   {func(a *mail.Account) { a.Port, a.Security = port(silent), mail.TLS }, smtp.Options{}, "timeout"},
		"a silent server, START": {func(a *mail.Account) { a.Port, a.Security = port(silent), mail.StartTLS }, smtp.Options{}, "timeout"},
		"no STARTTLS":            {func(a *mail.Account) { a.Port, a.Security = plain.Port, mail.StartTLS }, smtp.Options{}, "no_starttls"},
		"TLS to a plain port":    {func(a *mail.Account) { a.Port, a.Security = plain.Port, mail.TLS }, smtp.Options{}, "not_tls"},
		"plain to a TLS port":    {func(a *mail.Account) { a.Port = implicit.Port }, smtp.Options{}, "timeout lost"},
		"unknown authority":      {func(a *mail.Account) { a.Port, a.Security = implicit.Port, mail.TLS }, smtp.Options{}, "certificate"},
		"unknown, after START":   {func(a *mail.Account) { a.Port, a.Security = starttls.Port, mail.StartTLS }, smtp.Options{}, "certificate"},
		"another's certificate":  {func(a *mail.Account) { a.Host, a.Port, a.Security = "localhost", implicit.Port, mail.TLS }, smtp.Options{Roots: implicit.Roots}, "certificate_host"},
	} {
		t.Run(name, func(t *testing.T) {
			a := base
			c.change(&a)
			c.options.Command = 300 * time.Millisecond
			l := letter(t, "x@client.example")
			o := smtp.New(a, nil, c.options).Deliver(context.Background(), l.Envelope, l.Data, nil)
			r := o.Results[0]
			if r.Verdict != mail.Later || o.Reached || r.Failure == nil || !strings.Contains(c.key, strings.TrimPrefix(r.Failure.Key, "mail.failure.")) {
				t.Errorf("%v, reached %v: %v", brief(o), o.Reached, r.Failure)
			}
		})
	}
}

func TestDeliverWrongSecret(t *testing.T) {
	for name, c := range map[string]struct {
		account mail.Auth
		offered []string
		answer  error
		secret  smtp.Secret
		want    string
	}{
		"wrong password":       {mail.Auto, []string{"PLAIN"}, reply(535, 5, 7, 8, "no"), secret("x"), "held auth_wrong"},
		"wrong by LOGIN":       {mail.Auto, []string{"LOGIN"}, reply(535, 5, 7, 8, "no"), secret("x"), "held auth_wrong"},
		"app password wanted":  {mail.Plain, []string{"PLAIN"}, reply(534, 5, 7, 9, "app password"), secret("x"), "held auth_wrong"},
		"refused token":        {mail.XOAuth2, []string{"XOAUTH2"}, reply(535, 5, 7, 3, "no"), secret("x"), "held token_refused"},
		"busy":                 {mail.Auto, []string{"PLAIN"}, reply(454, 4, 7, 0, "later"), secret("x"), "later later"},
		"no secret":            {mail.Auto, []string{"PLAIN"}, nil, secret(""), "held no_secret"},
		"nobody keeps secrets": {mail.Auto, []string{"PLAIN"}, nil, nil, "held no_secret"},
		"a locked keyring": {mail.Auto, []string{"PLAIN"}, nil, func(context.Context) (string, error) {
			return "", mail.Fail("mail.failure.keyring")
		}, "held keyring"},
		"another mechanism": {mail.Login, []string{"PLAIN"}, nil, secret("x"), "held auth_unsupported"},
		"no mechanism":      {mail.Auto, nil, nil, secret("x"), "held auth_none"},
	} {
		t.Run(name, func(t *testing.T) {
			x := start(t, smtptest.Script{Mechanisms: c.offered, Log: func(string, string, string) error { return c.answer }})
			a := account(x)
			a.Auth, a.ClientID = c.account, "id"
			l := letter(t, "x@client.example")
			o := smtp.New(a, c.secret, smtp.Options{}).Deliver(context.Background(), l.Envelope, l.Data, nil)
			got := o.Results[0].Verdict.String() + " " + strings.TrimPrefix(o.Results[0].Failure.Key, "mail.failure.")
			if got != c.want {
				t.Errorf("%s: %v", got, o.Results[0].Failure)
			}
			if c.want == "held auth_wrong" && o.Results[0].Failure.Advice == "" {
				t.Error("a wrong password comes without advice")
			}
			if strings.Contains(o.Results[0].Failure.Error(), "password=") {
				t.Error("a secret in an error")
			}
		})
	}
}

// A server that takes the letter and then says nothing.
func TestDeliverSlowAnswer(t *testing.T) {
	release := make(chan struct{})
	x := start(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error { <-release; return nil }})
	defer close(release)
	l := letter(t, "x@client.example")
	o := smtp.New(account(x), nil, smtp.Options{Answer: 100 * time.Millisecond}).Deliver(context.Background(), l.Envelope, l.Data, nil)
	if diff := cmp.Diff([]string{"x@client.example unconfirmed 0 unconfirmed"}, brief(o)); diff != "" {
		t.Error(diff)
	}
}

// A server that stops reading in the middle of the letter.
func TestDeliverStalledServer(t *testing.T) {
	release := make(chan struct{})
	x := start(t, smtptest.Script{DuringData: func(int) error { <-release; return nil }})
	defer close(release)
	l := large(t, "x@client.example")
	began := time.Now()
	o := smtp.New(account(x), nil, smtp.Options{Write: 200 * time.Millisecond}).Deliver(context.Background(), l.Envelope, l.Data, nil)
	if diff := cmp.Diff([]string{"x@client.example later 0 lost"}, brief(o)); diff != "" {
		t.Error(diff)
	}
	if d := time.Since(began); d > 10*time.Second {
		t.Errorf("waited %v", d)
	}
}

// Cancelling closes the connection at any moment, and the verdict tells
// whether the server may have the letter.
func TestDeliverCancelled(t *testing.T) {
	t.Run("at a recipient", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		x := start(t, smtptest.Script{Rcpt: func(string) error { cancel(); time.Sleep(100 * time.Millisecond); return nil }})
		l := letter(t, "x@client.example")
		o := smtp.New(account(x), nil, smtp.Options{}).Deliver(ctx, l.Envelope, l.Data, nil)
		if diff := cmp.Diff([]string{"x@client.example later 0 interrupted"}, brief(o)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("before the answer", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		x := start(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error { cancel(); time.Sleep(100 * time.Millisecond); return nil }})
		l := letter(t, "x@client.example")
		o := smtp.New(account(x), nil, smtp.Options{}).Deliver(ctx, l.Envelope, l.Data, nil)
		if diff := cmp.Diff([]string{"x@client.example unconfirmed 0 unconfirmed"}, brief(o)); diff != "" {
			t.Error(diff)
		}
	})
}

// When the keeper of the letter cannot write down that it is about to be
// handed over, the last byte does not leave. (QUIT would make it leave.)
func TestDeliverNotHanded(t *testing.T) {
	for _, security := range []mail.Security{mail.Plaintext, mail.StartTLS} {
		var after atomic.Int32
		x := start(t, smtptest.Script{StartTLS: true, AfterData: func(smtptest.Letter) error { after.Add(1); return nil }})
		a := account(x)
		a.Security = security
		l := letter(t, "x@client.example")
		stale := errors.New("somebody else has the letter")
		o := smtp.New(a, nil, smtp.Options{Roots: x.Roots}).Deliver(context.Background(), l.Envelope, l.Data, func(context.Context, []string) error { return stale })
		if diff := cmp.Diff([]string{"x@client.example later 0 interrupted"}, brief(o)); diff != "" {
			t.Error(diff)
		}
		if !errors.Is(o.Results[0].Failure, stale) {
			t.Errorf("failure %v", o.Results[0].Failure)
		}
		x.Close() // waits for its conversations
		if n := len(x.Received()); n > 0 || after.Load() > 0 {
			t.Errorf("%s: the server has the letter", security)
		}
	}
}

func TestVerify(t *testing.T) {
	x := start(t, smtptest.Script{Mechanisms: []string{"PLAIN"}, Log: func(_, _, s string) error {
		if s != "right" {
			return gosmtp.ErrAuthFailed
		}
		return nil
	}})
	a := account(x)
	a.Auth = mail.Auto
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if err := smtp.Verify(context.Background(), smtp.New(a, secret("right"), smtp.Options{}), a.From(), "Перевірка", "Працює", now); err != nil {
		t.Error(err)
	}
	if err := smtp.Verify(context.Background(), smtp.New(a, secret("wrong"), smtp.Options{}), a.From(), "Перевірка", "Працює", now); mail.FailureOf(err).Key != "mail.failure.auth_wrong" {
		t.Error(err)
	}
	got := x.Received()
	if len(got) != 1 || got[0].To[0] != a.Address {
		t.Fatalf("received %v", got)
	}
	if p, err := message.Read(got[0].Data); err != nil || p.Subject != "Перевірка" {
		t.Errorf("%q %v", p.Subject, err)
	}
}

func BenchmarkDeliver(b *testing.B) {
	x := start(b, smtptest.Script{})
	s := smtp.New(account(x), nil, smtp.Options{})
	l := letter(b, "x@client.example")
	for b.Loop() {
		if o := s.Deliver(context.Background(), l.Envelope, l.Data, nil); o.Results[0].Verdict != mail.Accepted {
			b.Fatal(brief(o))
		}
	}
}
