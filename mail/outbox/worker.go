package outbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"ugoda/mail"
	"ugoda/model/letter"
)

// Worker carries out what is due in a box. Make one with its fields set and
// let Run work in the background, or call Send for one letter. Several
// workers, in one program or in many, may share a box.
type Worker struct {
	Box  Box
	User int64 // whose letters; 0: everybody's
	// Open gives the transport of an account. A *mail.Failure from it holds the
	// letter until the account is put right.
	Open     func(ctx context.Context, account int64) (mail.Transport, error)
	Now      func() time.Time // the clock, UTC
	Schedule letter.Schedule  // zero: letter.Usual
	Lease    time.Duration    // how long an attempt may be silent before another window takes over; 2 min
	Poll     time.Duration    // how often the box is looked at; 10 s
	Grace    time.Duration    // how long an attempt may go on after Run was told to end; 10 s
	Log      *slog.Logger     // nil: none
	Changed  func(Letter)     // told of every write; nil: nobody. Called from the worker's goroutine

	once sync.Once
	wake chan struct{}
}

func (w *Worker) ready() {
	w.once.Do(func() {
		if len(w.Schedule.Delays) == 0 {
			w.Schedule = letter.Usual
		}
		for _, d := range []struct {
			value *time.Duration
			usual time.Duration
		}{{&w.Lease, 2 * time.Minute}, {&w.Poll, 10 * time.Second}, {&w.Grace, 10 * time.Second}} {
			if *d.value <= 0 {
				*d.value = d.usual
			}
		}
		if w.Log == nil {
			w.Log = slog.New(slog.DiscardHandler)
		}
		if w.Changed == nil {
			w.Changed = func(Letter) {}
		}
		w.wake = make(chan struct{}, 1)
	})
}

// Wake makes Run look at the box at once: a letter was put in.
func (w *Worker) Wake() {
	w.ready()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends, and returns when the attempt under way has been
// settled or its grace is over.
func (w *Worker) Run(ctx context.Context) {
	w.ready()
	tick := time.NewTicker(w.Poll)
	defer tick.Stop()
	for {
		if _, err := w.Round(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.wake:
		}
	}
}

// Round makes one attempt at every letter that is due now, and returns how
// many it attempted. A letter's bad luck is no error; a base that cannot be
// read or written is.
func (w *Worker) Round(ctx context.Context) (int, error) {
	w.ready()
	const page = 50
	done := 0
	seen := map[int64]bool{}
	away := map[int64]*mail.Failure{} // accounts whose server did not answer in this round
	held := map[int64]*mail.Failure{} // accounts that do not work
	for ctx.Err() == nil {
		ids, err := w.Box.Ready(ctx, w.User, w.Now(), page)
		if err != nil {
			return done, fmt.Errorf("look into the outbox: %w", err)
		}
		fresh := 0
		for _, id := range ids {
			if seen[id] || ctx.Err() != nil {
				continue
			}
			seen[id] = true
			fresh++
			l, attempted, err := w.attempt(ctx, id, away, held)
			if err != nil {
				return done, err
			}
			if attempted {
				done++
				w.Log.Info("outbox", "letter", l.ID, "state", l.State, "attempts", l.Attempts)
			}
		}
		if fresh == 0 {
			break
		}
	}
	return done, nil
}

// Send makes one attempt at one letter, whether it is due or waits, and
// returns how it stands then. An attempt that is under way elsewhere is left
// alone.
func (w *Worker) Send(ctx context.Context, id int64) (Letter, error) {
	w.ready()
	l, err := w.Box.Get(ctx, id)
	if err != nil {
		return Letter{}, fmt.Errorf("read letter %d: %w", id, err)
	}
	if (l.State == letter.Retry || l.State == letter.Held) && !l.Ready(w.Now()) {
		if _, err := Change(ctx, w.Box, id, func(l *Letter) error { return l.SendNow(w.Now()) }); err != nil {
			return l, err
		}
	}
	l, _, err = w.attempt(ctx, id, map[int64]*mail.Failure{}, map[int64]*mail.Failure{})
	return l, err
}

// attempt takes a letter through claim, handing and settling. A letter that
// another window took in between is left to it.
func (w *Worker) attempt(ctx context.Context, id int64, away, held map[int64]*mail.Failure) (Letter, bool, error) {
	l, err := w.Box.Get(ctx, id)
	if err != nil {
		return Letter{}, false, fmt.Errorf("read letter %d: %w", id, err)
	}
	now := w.Now()
	if !l.Ready(now) {
		return l, false, nil
	}
	if l.State == letter.Sending {
		if err := l.Recover(now); err != nil {
			return l, false, nil //nolint:nilerr // its lease still runs: another window is at it
		}
		if ok, err := w.write(ctx, &l); !ok || !l.Ready(now) {
			return l, false, err
		}
	}
	var put error
	switch {
	case held[l.Account] != nil:
		put = l.Hold(now, held[l.Account])
	case away[l.Account] != nil:
		put = l.Postpone(now, away[l.Account], w.Schedule)
	default:
		return w.deliver(ctx, l, away, held)
	}
	if put == nil {
		_, err = w.write(ctx, &l)
	}
	return l, false, err
}

func (w *Worker) deliver(ctx context.Context, l Letter, away, held map[int64]*mail.Failure) (Letter, bool, error) {
	token := rand.Text()
	if err := l.Claim(token, w.Now(), w.Now().Add(w.Lease)); err != nil {
		return l, false, nil //nolint:nilerr // it is not to be sent now
	}
	if ok, err := w.write(ctx, &l); !ok {
		return l, false, err
	}
	env := envelope(&l)
	a := &attempt{Worker: w, token: token, letter: l}
	o := a.run(ctx, env)
	settled, err := a.settle(ctx, o)
	for _, r := range o.Results {
		switch {
		case r.Verdict == mail.Held:
			held[l.Account] = r.Failure
		case r.Verdict == mail.Later && !o.Reached && ctx.Err() == nil:
			away[l.Account] = r.Failure
		}
	}
	return settled, true, err
}

// write writes a letter; false when another window was first.
func (w *Worker) write(ctx context.Context, l *Letter) (bool, error) {
	err := w.Box.Update(ctx, l)
	switch {
	case errors.Is(err, ErrStale):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("write letter %d: %w", l.ID, err)
	}
	w.Changed(l.Clone())
	return true, nil
}

// attempt is one attempt under way. The letter is written from two places, the
// transport's handing and the renewal of the lease.
type attempt struct {
	*Worker
	token  string
	mu     sync.Mutex
	letter Letter
}

// run delivers. When ctx ends, the transport has the grace to finish.
func (a *attempt) run(ctx context.Context, env mail.Envelope) mail.Outcome {
	data, err := a.Box.Data(ctx, a.letter.ID)
	if err != nil {
		return mail.All(env, mail.Later, mail.Fail("mail.failure.base").Because(err))
	}
	if !intact(&a.letter, data) {
		return mail.All(env, mail.Refused, mail.Fail("mail.failure.bytes_changed"))
	}
	transport, err := a.Open(ctx, a.letter.Account)
	if err != nil {
		v := mail.Later
		if _, ok := errors.AsType[*mail.Failure](err); ok {
			v = mail.Held
		}
		return mail.All(env, v, mail.FailureOf(err))
	}
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	stop := context.AfterFunc(ctx, func() {
		t := time.NewTimer(a.Grace)
		defer t.Stop()
		select {
		case <-t.C:
			end()
		case <-work.Done():
		}
	})
	defer stop()
	go a.renew(work, end)
	return transport.Deliver(work, env, data, a.hand)
}

// hand writes down that the last byte is about to leave.
func (a *attempt) hand(ctx context.Context, to []string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	l := a.letter.Clone()
	if err := l.Hand(a.token, a.Now(), to); err != nil {
		return err
	}
	if err := a.Box.Update(ctx, &l); err != nil {
		return fmt.Errorf("write letter %d before its last byte: %w", l.ID, err)
	}
	a.letter = l
	a.Changed(l.Clone())
	return nil
}

// renew keeps the lease while the attempt lives, and ends the attempt when
// another window has taken the letter.
func (a *attempt) renew(ctx context.Context, end context.CancelFunc) {
	tick := time.NewTicker(max(a.Lease/3, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		a.mu.Lock()
		l := a.letter.Clone()
		err := l.Renew(a.token, a.Now().Add(a.Lease))
		if err == nil {
			err = a.Box.Update(ctx, &l)
		}
		if err == nil {
			a.letter = l
		}
		a.mu.Unlock()
		if errors.Is(err, ErrStale) {
			end()
			return
		}
	}
}

// settle writes down what became of the attempt. It tries hard, also after ctx
// has ended: what is not written is in doubt for ever.
func (a *attempt) settle(ctx context.Context, o mail.Outcome) (Letter, error) {
	a.mu.Lock() // the renewal may be in the middle of a write
	defer a.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.Lease)
	defer cancel()
	l := a.letter.Clone()
	var err error
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		if err = l.Settle(a.token, a.Now(), o, a.Schedule); err != nil {
			return l, nil // another attempt or a person was faster, and stands
		}
		if err = a.Box.Update(ctx, &l); err == nil {
			a.Changed(l.Clone())
			return l, nil
		}
		select {
		case <-ctx.Done():
			return l, fmt.Errorf("write down what became of letter %d: %w", l.ID, err)
		case <-time.After(pause):
		}
		fresh, failed := a.Box.Get(ctx, l.ID)
		if failed == nil {
			l = fresh
		} else {
			l = a.letter.Clone()
		}
	}
}
