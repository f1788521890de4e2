package post

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/outbox"
	"ugoda/mail/secret"
	"ugoda/mail/smtp"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func base(t testing.TB, dsn string) *store.Base {
	t.Helper()
	b, err := store.Create(context.Background(), dsn, store.Options{Registry: records.New(), Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func draft() message.Draft {
	return message.Draft{To: []mail.Address{{Name: "Іван", Mailbox: "ivan@client.example"}}, Subject: "Пропозиція", Text: "Доброго дня!"}
}

// From an empty base: an account is tried, saved, a letter goes; then the
// password changes, letters wait, and go when it is put right.
func TestAccountAndLetters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		right := "перший"
		x, err := smtptest.Start(smtptest.Script{StartTLS: true, Mechanisms: []string{"PLAIN"}, Log: func(_, _, s string) error {
			if s != right {
				return gosmtp.ErrAuthFailed
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(x.Close)
		b := base(t, dsn)
		s := b.System()
		o := Open(b, Options{
			Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")),
			Now:     func() time.Time { return begin }, SMTP: smtp.Options{Roots: x.Roots},
		})
		if _, err := o.Account(ctx, 0, mail.Address{Mailbox: "a@b.example"}); !errors.Is(err, mail.ErrNoAccount) {
			t.Errorf("an account out of nothing: %v", err)
		}
		a := mail.Account{Address: "olena@firma.example", Name: "Олена", Host: x.Host, Port: x.Port, Security: mail.StartTLS, Auth: mail.Auto}
		if err := o.Try(ctx, a, "другий", "Перевірка", "Працює"); mail.FailureOf(err).Key != "mail.failure.auth_wrong" {
			t.Errorf("tried with a wrong password: %v", err)
		}
		if err := o.Try(ctx, a, "перший", "Перевірка", "Працює"); err != nil {
			t.Error(err)
		}
		if err := o.SaveAccount(ctx, &a, "перший"); err != nil {
			t.Fatal(err)
		}
		if got, err := o.Account(ctx, 0, mail.Address{}); err != nil || got != a {
			t.Errorf("%+v %v", got, err)
		}
		l, err := o.Put(ctx, s, a, draft(), outbox.About{})
		if err != nil {
			t.Fatal(err)
		}
		w := o.Worker(0)
		if l, err = w.Send(ctx, l.ID); err != nil || l.State != letter.Sent {
			t.Errorf("%s %v", l.State, err)
		}
		right = "другий"
		if l, err = o.Put(ctx, s, a, draft(), outbox.About{}); err != nil {
			t.Fatal(err)
		}
		if l, err = w.Send(ctx, l.ID); err != nil || l.State != letter.Held {
			t.Errorf("with an old password: %s %v", l.State, err)
		}
		if waiting, troubled, err := o.Counts(ctx, 0); waiting != 0 || troubled != 1 || err != nil {
			t.Errorf("held: %d wait, %d in trouble, %v", waiting, troubled, err)
		}
		if err := o.SaveAccount(ctx, &a, "другий"); err != nil {
			t.Fatal(err)
		}
		if waiting, troubled, err := o.Counts(ctx, 0); waiting != 1 || troubled != 0 || err != nil {
			t.Errorf("put right: %d wait, %d in trouble, %v", waiting, troubled, err)
		}
		if n, err := w.Round(ctx); n != 1 || err != nil {
			t.Errorf("%d letters went, %v", n, err)
		}
		got := x.Received()
		if len(got) != 3 { // the test letter and two
			t.Fatalf("the server has %d letters", len(got))
		}
		p, err := message.Read(got[2].Data)
		if err != nil || p.Subject != "Пропозиція" || p.From[0] != a.From() {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestIndoors(t *testing.T) {
	ctx := context.Background()
	b := base(t, storetest.SQLite(t))
	dir := filepath.Join(t.TempDir(), "letters")
	o := Open(b, Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Folder: dir, Now: func() time.Time { return begin }})
	a, err := o.Account(ctx, 0, mail.Address{Mailbox: "demo@firma.example"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := o.Put(ctx, b.System(), a, draft(), outbox.About{})
	if err != nil {
		t.Fatal(err)
	}
	if l, err = o.Worker(0).Send(ctx, l.ID); err != nil || l.State != letter.Sent {
		t.Errorf("%s %v", l.State, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("%v %v", files, err)
	}
}

func BenchmarkQueueAndSend(b *testing.B) {
	storetest.EachB(b, func(b *testing.B, dsn string) {
		ctx := context.Background()
		x, err := smtptest.Start(smtptest.Script{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(x.Close)
		base := base(b, dsn)
		o := Open(base, Options{Secrets: secret.NewFile(filepath.Join(b.TempDir(), "s"), secret.Passphrase("x")), Now: func() time.Time { return begin }})
		a := mail.Account{Address: "olena@firma.example", Host: x.Host, Port: x.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
		if err := o.SaveAccount(ctx, &a, ""); err != nil {
			b.Fatal(err)
		}
		w, s, d := o.Worker(0), base.System(), draft()
		d.Attachments = []message.Attachment{{Name: "Комерційна пропозиція.pdf", Data: make([]byte, 100_000)}}
		b.Run("queue", func(b *testing.B) {
			for b.Loop() {
				if _, err := o.Put(ctx, s, a, d, outbox.About{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		if _, err := w.Round(ctx); err != nil {
			b.Fatal(err)
		}
		b.Run("queue and send", func(b *testing.B) {
			for b.Loop() {
				l, err := o.Put(ctx, s, a, d, outbox.About{})
				if err != nil {
					b.Fatal(err)
				}
				if l, err = w.Send(ctx, l.ID); err != nil || l.State != letter.Sent {
					b.Fatal(l.State, err)
				}
			}
		})
	})
}

// A note leaves with its files in the name of whoever sends it.
func TestNote(t *testing.T) {
	ctx := context.Background()
	b := base(t, storetest.SQLite(t))
	dir := filepath.Join(t.TempDir(), "letters")
	o := Open(b, Options{Secrets: secret.NewFile(filepath.Join(t.TempDir(), "s"), secret.Passphrase("x")), Folder: dir, Now: func() time.Time { return begin }})
	s := b.System()
	var nobody *NoRecipient
	if _, err := o.PutNote(ctx, s, Note{Subject: "Воронка"}); !errors.As(err, &nobody) {
		t.Errorf("to nobody: %v", err)
	}
	to := []mail.Address{{Mailbox: "head@firma.example"}}
	if from, err := o.Sender(ctx, s); err != nil || from != "" {
		t.Errorf("without a firm from %q, %v", from, err)
	}
	if err := s.Save(ctx, "organization", &firm.Organization{Name: "ТОВ «Ми»", Email: "we@firma.example", Tax: firm.TaxVAT}); err != nil {
		t.Fatal(err)
	}
	from, err := o.Sender(ctx, s)
	if err != nil || !strings.Contains(from, "we@firma.example") {
		t.Errorf("from %q, %v", from, err)
	}
	l, err := o.PutNote(ctx, s, Note{To: to, Subject: "Воронка продажів", Text: "Доброго дня", Files: []message.Attachment{{Name: "Воронка 25.11.2026.pdf", Data: []byte("%PDF-1.4")}}})
	if err != nil {
		t.Fatal(err)
	}
	if l, err = o.Worker(0).Send(ctx, l.ID); err != nil || l.State != letter.Sent {
		t.Errorf("%s %v", l.State, err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	p, err := message.Read(data)
	if err != nil || p.Subject != "Воронка продажів" || len(p.Attachments) != 1 || p.Attachments[0].Name != "Воронка 25.11.2026.pdf" {
		t.Errorf("%+v %v", p, err)
	}
}
