package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/smtp"
	"ugoda/mail/smtp/smtptest"
	"ugoda/model"
	"ugoda/model/letter"
	"ugoda/store"
)

var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// clock is a clock that the test sets.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time          { return begin.Add(time.Duration(c.seconds.Load()) * time.Second) }
func (c *clock) advance(d time.Duration) { c.seconds.Add(int64(d / time.Second)) }

// running is a clock that runs as the real one does, from where the letters begin.
func running() func() time.Time {
	started := time.Now()
	return func() time.Time { return begin.Add(time.Since(started)) }
}

func server(t testing.TB, s smtptest.Script) *smtptest.Server {
	t.Helper()
	x, err := smtptest.Start(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return x
}

func through(x *smtptest.Server) func(context.Context, int64) (mail.Transport, error) {
	a := mail.Account{Address: "olena@firma.example", Host: x.Host, Port: x.Port, Security: mail.Plaintext, Auth: mail.NoAuth}
	return func(context.Context, int64) (mail.Transport, error) {
		return smtp.New(a, nil, smtp.Options{Command: 5 * time.Second, Answer: 5 * time.Second}), nil
	}
}

func put(t testing.TB, b Box, to ...string) (Letter, []byte) {
	t.Helper()
	d := message.Draft{
		From: mail.Address{Mailbox: "olena@firma.example"}, Subject: "Пропозиція", Text: "Доброго дня!", Date: begin,
		Attachments: []message.Attachment{{Name: "Пропозиція.pdf", Data: bytes.Repeat([]byte("%PDF"), 5000)}},
	}
	for _, a := range to {
		d.To = append(d.To, mail.Address{Mailbox: a})
	}
	built, err := message.Build(d)
	if err != nil {
		t.Fatal(err)
	}
	l := New(built, "", model.Ref{}, 1, About{}, begin)
	if err := b.Add(context.Background(), &l, built.Data); err != nil {
		t.Fatal(err)
	}
	return l, built.Data
}

func state(t testing.TB, b Box, id int64) Letter {
	t.Helper()
	l, err := b.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func round(t testing.TB, w *Worker) int {
	t.Helper()
	n, err := w.Round(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestGreylistedThenAccepted(t *testing.T) {
	var c clock
	x := server(t, smtptest.Script{Rcpt: func(to string) error {
		if to == "b@client.example" && c.now().Before(begin.Add(5*time.Minute)) {
			return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
		}
		return nil
	}})
	box := newBox(t)
	w := &Worker{Box: box, Now: c.now, Open: through(x)}
	l, data := put(t, box, "a@client.example", "b@client.example", "c@client.example")
	for range 20 {
		round(t, w)
		c.advance(time.Minute)
	}
	got := x.Received()
	if len(got) != 2 || !slices.Equal(got[0].To, []string{"a@client.example", "c@client.example"}) || !slices.Equal(got[1].To, []string{"b@client.example"}) {
		t.Fatalf("received %d letters: %v", len(got), got)
	}
	for _, g := range got {
		if !bytes.Equal(g.Data, data) {
			t.Error("the bytes differ")
		}
	}
	if s := state(t, box, l.ID); s.State != letter.Sent || s.Attempts < 2 {
		t.Errorf("%s after %d attempts", s.State, s.Attempts)
	}
}

func TestUnconfirmedWaitsForAPerson(t *testing.T) {
	var c clock
	var cut atomic.Bool
	cut.Store(true)
	x := server(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error {
		if cut.Load() {
			return smtptest.ErrCut
		}
		return nil
	}})
	box := newBox(t)
	w := &Worker{Box: box, Now: c.now, Open: through(x)}
	l, _ := put(t, box, "a@client.example")
	for range 100 {
		round(t, w)
		c.advance(time.Hour)
	}
	s := state(t, box, l.ID)
	if s.State != letter.Unconfirmed || s.MessageID == "" || len(x.Received()) != 1 {
		t.Fatalf("%s, %d received", s.State, len(x.Received()))
	}
	cut.Store(false)
	if _, err := Change(context.Background(), box, l.ID, func(l *Letter) error { return l.SendAgain(c.now()) }); err != nil {
		t.Fatal(err)
	}
	round(t, w)
	if s := state(t, box, l.ID); s.State != letter.Sent || len(x.Received()) != 2 {
		t.Errorf("%s, %d received", s.State, len(x.Received()))
	}
}

func TestWrongPasswordHoldsAll(t *testing.T) {
	var c clock
	right := false
	x := server(t, smtptest.Script{Mechanisms: []string{"PLAIN"}, Log: func(string, string, string) error {
		if right {
			return nil
		}
		return gosmtp.ErrAuthFailed
	}})
	box := newBox(t)
	a := mail.Account{Address: "olena@firma.example", Host: x.Host, Port: x.Port, Security: mail.Plaintext, Auth: mail.Auto}
	w := &Worker{Box: box, Now: c.now, Open: func(context.Context, int64) (mail.Transport, error) {
		return smtp.New(a, func(context.Context) (string, error) { return "p", nil }, smtp.Options{}), nil
	}}
	var ids []int64
	for range 5 {
		l, _ := put(t, box, "a@client.example")
		ids = append(ids, l.ID)
	}
	for range 10 {
		round(t, w)
		c.advance(time.Hour)
	}
	if n := x.Sessions(); n != 1 {
		t.Errorf("%d logins with a wrong password", n)
	}
	if l := state(t, box, ids[4]); l.State != letter.Held || l.Failure().Key != "mail.failure.auth_wrong" {
		t.Errorf("%s %v", l.State, l.Failure())
	}
	right = true
	if n, err := ReleaseHeld(context.Background(), box, 1, c.now()); n != 5 || err != nil {
		t.Errorf("released %d, %v", n, err)
	}
	round(t, w)
	if n := len(x.Received()); n != 5 {
		t.Errorf("received %d", n)
	}
}

// One unreachable server is not tried once for each letter.
func TestAway(t *testing.T) {
	var c clock
	x := server(t, smtptest.Script{})
	open := through(x)
	x.Close()
	opened := 0
	box := newBox(t)
	w := &Worker{Box: box, Now: c.now, Open: func(ctx context.Context, id int64) (mail.Transport, error) { opened++; return open(ctx, id) }}
	var ids []int64
	for range 5 {
		l, _ := put(t, box, "a@client.example")
		ids = append(ids, l.ID)
	}
	round(t, w)
	if opened != 1 {
		t.Errorf("tried %d times", opened)
	}
	for _, id := range ids {
		if l := state(t, box, id); l.State != letter.Retry || l.Attempts != 1 || !l.Due.Equal(begin.Add(time.Minute)) {
			t.Errorf("%s, due %v, %d attempts", l.State, l.Due, l.Attempts)
		}
	}
}

func TestChangedBytesDoNotLeave(t *testing.T) {
	var c clock
	x := server(t, smtptest.Script{})
	box := newBox(t)
	w := &Worker{Box: box, Now: c.now, Open: through(x)}
	l, data := put(t, box, "a@client.example")
	if err := box.base.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Exec(context.Background(), "UPDATE letter_bytes SET data = ? WHERE id = ?", append(bytes.Clone(data), 'x'), l.Data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	round(t, w)
	if s := state(t, box, l.ID); s.State != letter.Failed || s.Failure().Key != "mail.failure.bytes_changed" || x.Sessions() != 0 {
		t.Errorf("%s %v", s.State, s.Failure())
	}
}

// The program dies at each of its writes in turn, before or after the write
// reached the base, with the server answering or cutting. Another window
// takes over. However it goes, the server has the letter at most once, and the
// letter is known to be sent, or known to be in doubt.
func TestCrashAtEachWrite(t *testing.T) {
	died := errors.New("the program died")
	for _, lost := range []bool{false, true} { // the server's answer
		for _, made := range []bool{false, true} { // the last write
			for at := 1; at <= 4; at++ {
				t.Run(fmt.Sprintf("answer lost %v, write made %v, write %d", lost, made, at), func(t *testing.T) {
					var c clock
					x := server(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error {
						if lost {
							return smtptest.ErrCut
						}
						return nil
					}})
					box := newBox(t)
					l, _ := put(t, box, "a@client.example")
					n := 0
					die := func(after bool) func(*Letter) error {
						return func(*Letter) error {
							if !after {
								n++
							}
							if n > at || n == at && after == made {
								return died
							}
							return nil
						}
					}
					box.before, box.after = die(false), die(true)
					first := &Worker{Box: box, Now: c.now, Open: through(x), Lease: 300 * time.Millisecond}
					_, _ = first.Round(context.Background()) // its last words are not heard
					box.before, box.after = nil, nil

					c.advance(time.Hour)
					second := &Worker{Box: box, Now: c.now, Open: through(x)}
					for range 5 {
						round(t, second)
						c.advance(time.Hour)
					}
					s, received := state(t, box, l.ID), len(x.Received())
					if received > 1 {
						t.Errorf("the server has the letter %d times", received)
					}
					if s.State != letter.Sent && s.State != letter.Unconfirmed {
						t.Errorf("it ends %s", s.State)
					}
					if s.State == letter.Sent && received != 1 {
						t.Error("sent, and nobody has it")
					}
					if !lost && at > 3 && s.State != letter.Sent {
						t.Errorf("nothing went wrong, and it is %s", s.State)
					}
				})
			}
		}
	}
}

// Many windows, one box: each letter leaves once.
func TestManyWindows(t *testing.T) {
	x := server(t, smtptest.Script{})
	box := newBox(t)
	var ids []int64
	for range 40 {
		l, _ := put(t, box, "a@client.example", "b@client.example")
		ids = append(ids, l.ID)
	}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			var c clock
			_, _ = (&Worker{Box: box, Now: c.now, Open: through(x)}).Round(context.Background())
		})
	}
	wg.Wait()
	if n := len(x.Received()); n != 40 {
		t.Errorf("received %d", n)
	}
	for _, id := range ids {
		if l := state(t, box, id); l.State != letter.Sent {
			t.Errorf("letter %d: %s", id, l.State)
		}
	}
}

// A window whose lease runs out while its server dawdles loses the letter; if
// it then gets its answer, the answer counts.
func TestTakenOverWhileWaiting(t *testing.T) {
	var c clock
	accepted, release := make(chan struct{}), make(chan struct{})
	x := server(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error { close(accepted); <-release; return nil }})
	box := newBox(t)
	l, _ := put(t, box, "a@client.example")
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = (&Worker{Box: box, Now: c.now, Open: through(x), Lease: time.Hour}).Round(context.Background()) // asleep: its lease is not renewed
	}()
	<-accepted
	c.advance(2 * time.Hour)
	round(t, &Worker{Box: box, Now: c.now, Open: through(x)})
	if s := state(t, box, l.ID); s.State != letter.Unconfirmed {
		t.Errorf("taken over as %s", s.State)
	}
	close(release)
	<-done
	if s := state(t, box, l.ID); s.State != letter.Sent || len(x.Received()) != 1 {
		t.Errorf("after the answer %s", s.State)
	}
}

// A lease is kept while the attempt lives, however long it takes.
func TestLeaseIsRenewed(t *testing.T) {
	release := make(chan struct{})
	x := server(t, smtptest.Script{AfterAccept: func(smtptest.Letter) error { <-release; return nil }})
	box := newBox(t)
	l, _ := put(t, box, "a@client.example")
	done, now := make(chan struct{}), running()
	go func() {
		defer close(done)
		_, _ = (&Worker{Box: box, Now: now, Open: through(x), Lease: 150 * time.Millisecond}).Round(context.Background())
	}()
	time.Sleep(600 * time.Millisecond)
	round(t, &Worker{Box: box, Now: now, Open: through(x)})
	if s := state(t, box, l.ID); s.State != letter.Sending {
		t.Errorf("another window made it %s", s.State)
	}
	close(release)
	<-done
	if s := state(t, box, l.ID); s.State != letter.Sent {
		t.Errorf("it ends %s", s.State)
	}
}

// Run ends when it is told to, and lets the letter under way arrive.
func TestRunEnds(t *testing.T) {
	var c clock
	began := make(chan struct{})
	x := server(t, smtptest.Script{Rcpt: func(string) error { close(began); time.Sleep(100 * time.Millisecond); return nil }})
	box := newBox(t)
	ctx, cancel := context.WithCancel(context.Background())
	w := &Worker{Box: box, Now: c.now, Open: through(x), Poll: time.Hour}
	done := make(chan struct{})
	go func() { defer close(done); w.Run(ctx) }()
	time.Sleep(20 * time.Millisecond) // it looked, and sleeps
	l, _ := put(t, box, "a@client.example")
	w.Wake()
	<-began
	cancel()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("still running")
	}
	if s := state(t, box, l.ID); s.State != letter.Sent {
		t.Errorf("the letter under way is %s", s.State)
	}
}

// A letter that takes longer than the grace is broken off, safely.
func TestRunEndsWithoutPatience(t *testing.T) {
	began, release := make(chan struct{}), make(chan struct{})
	x := server(t, smtptest.Script{Rcpt: func(string) error { close(began); <-release; return nil }})
	defer close(release)
	box := newBox(t)
	l, _ := put(t, box, "a@client.example")
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		(&Worker{Box: box, Now: running(), Open: through(x), Grace: 50 * time.Millisecond}).Run(ctx)
	}()
	<-began
	cancel()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("still running")
	}
	if s := state(t, box, l.ID); s.State != letter.Retry || len(x.Received()) != 0 {
		t.Errorf("broken off as %s", s.State)
	}
}

func TestSendOne(t *testing.T) {
	var c clock
	busy := true
	x := server(t, smtptest.Script{Mail: func(string) error {
		if busy {
			return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 3, 0}, Message: "busy"}
		}
		return nil
	}})
	box := newBox(t)
	w := &Worker{Box: box, Now: c.now, Open: through(x)}
	l, _ := put(t, box, "a@client.example")
	for _, want := range []string{letter.Retry, letter.Sent, letter.Sent} {
		got, err := w.Send(context.Background(), l.ID)
		if err != nil || got.State != want {
			t.Fatalf("%s, %v, want %s", got.State, err, want)
		}
		busy = false
	}
	if n := len(x.Received()); n != 1 {
		t.Errorf("received %d", n)
	}
}

func BenchmarkQueueAndSend(b *testing.B) {
	x := server(b, smtptest.Script{})
	box := newBox(b)
	w := &Worker{Box: box, Now: func() time.Time { return begin }, Open: through(x)}
	for b.Loop() {
		put(b, box, "a@client.example")
		if _, err := w.Round(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
	if n := len(x.Received()); n == 0 {
		b.Fatal("nothing arrived")
	}
}
