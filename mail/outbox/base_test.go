package outbox

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ugoda/mail"
	"ugoda/model"
	"ugoda/model/letter"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

// shared is the base that tests work in one after the other, emptied for each:
// making one takes seconds on PostgreSQL. Nil: a fresh SQLite base for each.
var shared *store.Base

// faulty is a box in a real base whose writes can be made to fail.
type faulty struct {
	*Base
	mu sync.Mutex
	// before is asked before each write and may refuse it; after may report a
	// failure although the write was made, as a lost connection to a base does.
	before, after func(l *Letter) error
}

func (f *faulty) Update(ctx context.Context, l *Letter) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.before != nil {
		if err := f.before(l); err != nil {
			return err
		}
	}
	if err := f.Base.Update(ctx, l); err != nil {
		return err
	}
	if f.after != nil {
		return f.after(l)
	}
	return nil
}

func create(t testing.TB, address string) *store.Base {
	t.Helper()
	b, err := store.Create(context.Background(), address, store.Options{Registry: records.New(), Now: func() time.Time { return begin }})
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

func newBox(t testing.TB) *faulty {
	t.Helper()
	if shared == nil {
		return &faulty{Base: In(create(t, storetest.SQLite(t)))}
	}
	if err := shared.Write(context.Background(), func(tx *store.Tx) error {
		for _, table := range []string{"letter_recipients", "letter", "letter_bytes", "mail_account"} {
			if _, err := tx.Exec(context.Background(), "DELETE FROM "+table); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return &faulty{Base: In(shared)}
}

// TestOnPostgreSQL runs the tests of this package once more.
func TestOnPostgreSQL(t *testing.T) {
	shared = create(t, storetest.PostgreSQL(t))
	defer func() { shared = nil }()
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"base", TestBase},
		{"actions", TestActions},
		{"accounts", TestAccounts},
		{"together", TestTogether},
		{"greylisted", TestGreylistedThenAccepted},
		{"unconfirmed", TestUnconfirmedWaitsForAPerson},
		{"held", TestWrongPasswordHoldsAll},
		{"away", TestAway},
		{"changed bytes", TestChangedBytesDoNotLeave},
		{"crash", TestCrashAtEachWrite},
		{"many windows", TestManyWindows},
		{"taken over", TestTakenOverWhileWaiting},
		{"renewed", TestLeaseIsRenewed},
		{"ends", TestRunEnds},
		{"impatient", TestRunEndsWithoutPatience},
		{"one", TestSendOne},
	} {
		t.Run(test.name, test.run)
	}
}

func TestBase(t *testing.T) {
	ctx := context.Background()
	box := newBox(t)
	if _, err := box.Get(ctx, 1<<40); !errors.Is(err, ErrNotFound) {
		t.Errorf("a letter that is not there: %v", err)
	}
	if _, err := box.Data(ctx, 1<<40); !errors.Is(err, ErrNotFound) {
		t.Errorf("its bytes: %v", err)
	}
	l, data := put(t, box, "a@client.example", "b@client.example")
	got, err := box.Get(ctx, l.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l, got); diff != "" {
		t.Errorf("read back: %s", diff)
	}
	if kept, err := box.Data(ctx, l.ID); err != nil || string(kept) != string(data) {
		t.Errorf("%d bytes came back, %v", len(kept), err)
	}

	// Everything that rules write comes back.
	first, second := got.Clone(), got.Clone()
	if err := first.Claim("t", begin, begin.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := box.Update(ctx, &first); err != nil {
		t.Fatal(err)
	}
	if err := second.Claim("u", begin, begin.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := box.Update(ctx, &second); !errors.Is(err, ErrStale) {
		t.Errorf("a second window claimed it too: %v", err)
	}
	if err := first.Hand("t", begin, []string{"a@client.example"}); err != nil {
		t.Fatal(err)
	}
	o := mail.Outcome{Reached: true, Results: []mail.Result{
		{Address: "a@client.example", Verdict: mail.Unconfirmed, Failure: mail.Fail("mail.failure.unconfirmed", "host", "h")},
		{Address: "b@client.example", Verdict: mail.Refused, Reply: mail.Reply{Code: 550, Enhanced: "5.1.1", Text: "немає такого"}, Failure: mail.Fail("mail.failure.recipient_unknown", "recipient", "b")},
	}}
	if err := first.Settle("t", begin.Add(time.Second), o, letter.Usual); err != nil {
		t.Fatal(err)
	}
	if err := box.Update(ctx, &first); err != nil {
		t.Fatal(err)
	}
	if got, err = box.Get(ctx, l.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, got); diff != "" {
		t.Errorf("read back after its attempt: %s", diff)
	}
	if f := got.Recipients[0].Failure(); f == nil || f.Args["host"] != "h" {
		t.Errorf("failure %v", f)
	}

	// What is due, in order, and not what lies in the bin.
	ids := func(user int64, now time.Time) []int64 {
		t.Helper()
		ids, err := box.Ready(ctx, user, now, 10)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	a, _ := put(t, box, "a@client.example")
	b, _ := put(t, box, "a@client.example")
	c, _ := put(t, box, "a@client.example")
	if _, err := Change(ctx, box, a.ID, func(l *Letter) error { return l.Postpone(begin, mail.Fail("x"), letter.Usual) }); err != nil {
		t.Fatal(err)
	}
	if _, err := box.session.Mark(ctx, kind, c.ID, true); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		user int64
		now  time.Time
		want []int64
	}{{0, begin.Add(-time.Second), nil}, {0, begin, []int64{b.ID}}, {0, begin.Add(time.Hour), []int64{b.ID, a.ID}}, {5, begin, nil}} {
		if diff := cmp.Diff(x.want, ids(x.user, x.now)); diff != "" {
			t.Errorf("user %d at %v: %s", x.user, x.now, diff)
		}
	}
	if _, err := Change(ctx, box, b.ID, func(l *Letter) error { return l.Claim("v", begin, begin.Add(time.Minute)) }); err != nil {
		t.Fatal(err)
	}
	if got := ids(0, begin); got != nil {
		t.Errorf("due while being sent: %v", got)
	}
	if got := ids(0, begin.Add(time.Minute)); len(got) != 2 {
		t.Errorf("silent, and only %v are found", got)
	}
}

// A person's decisions are actions of the record, as the window and the
// command line run them, and other windows learn of each write.
func TestActions(t *testing.T) {
	ctx := context.Background()
	box := newBox(t)
	s := box.session
	_, seq, err := s.Changes(ctx, -1)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := put(t, box, "a@client.example")
	if _, err := s.Do(ctx, kind, l.ID, "arrived", nil); err == nil {
		t.Error("a queued letter was said to have arrived")
	}
	if _, err := s.Do(ctx, kind, l.ID, "cancel", nil); err != nil {
		t.Fatal(err)
	}
	if got := state(t, box, l.ID); got.State != letter.Cancelled || got.Ended.IsZero() {
		t.Errorf("cancelled: %s", got.State)
	}
	if _, err := s.Do(ctx, kind, l.ID, "send_now", nil); err != nil {
		t.Fatal(err)
	}
	if got := state(t, box, l.ID); got.State != letter.Queued {
		t.Errorf("sent on its way: %s", got.State)
	}
	changed, _, err := s.Changes(ctx, seq)
	if err != nil || len(changed) != 3 {
		t.Errorf("other windows learn of %v, %v", changed, err)
	}
	page, err := s.Page(ctx, store.Query{Kind: kind, Search: "пропоз", Columns: []string{"subject", "state", "attempts"}})
	if err != nil || len(page) != 1 || page[0].Cells[1] != letter.Queued {
		t.Errorf("in the list: %v %v", page, err)
	}
}

func TestAccounts(t *testing.T) {
	ctx := context.Background()
	box := newBox(t)
	a := mail.Account{Owner: 3, Address: "olena@ukr.net", Name: "Олена", Host: "smtp.ukr.net", Port: 465, Security: mail.TLS, Auth: mail.Auto, User: "olena@ukr.net"}
	if err := box.SaveAccount(ctx, &a); err != nil {
		t.Fatal(err)
	}
	stale := a
	a.Host, a.ClientID = "smtp2.ukr.net", "x"
	if err := box.SaveAccount(ctx, &a); err != nil {
		t.Fatal(err)
	}
	if err := box.SaveAccount(ctx, &stale); !errors.Is(err, ErrStale) {
		t.Errorf("a stale account was saved: %v", err)
	}
	all, err := box.Accounts(ctx, 3)
	if diff := cmp.Diff([]mail.Account{a}, all); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if all, err := box.Accounts(ctx, 4); len(all) != 0 || err != nil {
		t.Errorf("another's: %v %v", all, err)
	}
	bad := mail.Account{Owner: 3, Address: "x"}
	if err := box.SaveAccount(ctx, &bad); mail.FailureOf(err).Key == "mail.failure.unforeseen" {
		t.Errorf("a wrong account: %v", err)
	}
	if err := box.DeleteAccount(ctx, a.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Account(ctx, a.ID); !errors.Is(err, mail.ErrNoAccount) {
		t.Errorf("deleted: %v", err)
	}
}

// A letter and what it follows from are put in together, or not at all.
func TestTogether(t *testing.T) {
	ctx := context.Background()
	box := newBox(t)
	id, err := box.Keep(ctx, []byte("x\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	no := errors.New("no")
	l := Letter{Subject: "Пропозиція", From: "a@firma.example", Data: id}
	l.Begin([]string{"b@client.example"}, begin)
	_, err = box.session.InBatch(ctx, "test", func(ctx context.Context, b *store.Batcher) error {
		if err := b.Save(ctx, kind, &l); err != nil {
			return err
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	if ids, err := box.Ready(ctx, 0, begin, 10); len(ids) != 0 || err != nil {
		t.Errorf("it is there: %v %v", ids, err)
	}
}

var _ model.Keeper = (*Letter)(nil)
