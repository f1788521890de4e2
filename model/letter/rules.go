package letter

import (
	"slices"
	"time"
)

// Schedule says when to try again and when to give up.
type Schedule struct {
	Delays []time.Duration // after the first attempt, the second…; the last one repeats
	GiveUp time.Duration   // after a server has kept saying "later" for so long
	// A server that cannot be reached says nothing about the letter, and a
	// notebook may be shut for days: such attempts come at most Unreached
	// apart, and are given up after Absent.
	Unreached time.Duration
	Absent    time.Duration
}

// Usual is the schedule of the program: quick at first, for greylisting wants
// a few minutes; two days of "later"; five days without a connection
// (RFC 5321, section 4.5.4.1).
var Usual = Schedule{
	Delays: []time.Duration{
		time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
		time.Hour, 2 * time.Hour, 4 * time.Hour,
	},
	GiveUp: 48 * time.Hour, Unreached: 15 * time.Minute, Absent: 120 * time.Hour,
}

// Next returns the delay after so many attempts; false when it is time to give
// up on a letter of that age.
func (s Schedule) Next(attempts int, age time.Duration, reached bool) (time.Duration, bool) {
	delay := s.Delays[min(max(attempts, 1), len(s.Delays))-1]
	limit := s.GiveUp
	if !reached {
		delay, limit = min(delay, s.Unreached), s.Absent
	}
	return delay, age+delay <= limit
}

// refused makes the error of a step that the letter's state does not allow.
func refused(l *Letter) error {
	return Fail("mail.outbox.state_"+l.State, "subject", l.Subject)
}

// Ready reports that an attempt may begin, or that one which fell silent has
// to be cleared up first.
func (l *Letter) Ready(now time.Time) bool {
	switch l.State {
	case Queued, Retry:
		return !l.Due.IsZero() && !now.Before(l.Due)
	case Sending:
		return l.silent(now)
	}
	return false
}

func (l *Letter) silent(now time.Time) bool { return l.State == Sending && !now.Before(l.Lease) }

// Claim begins an attempt under a token that no other attempt has.
func (l *Letter) Claim(token string, now, lease time.Time) error {
	if l.State == Sending || !l.Ready(now) || l.Count(Waiting) == 0 {
		return refused(l)
	}
	l.State, l.Token, l.Lease, l.Due = Sending, token, lease, time.Time{}
	return nil
}

// Renew lengthens the lease of the attempt under way.
func (l *Letter) Renew(token string, lease time.Time) error {
	if l.State != Sending || l.Token != token {
		return refused(l)
	}
	l.Lease = lease
	return nil
}

// Hand notes that the last byte is about to leave for these recipients.
func (l *Letter) Hand(token string, now time.Time, to []string) error {
	if l.State != Sending || l.Token != token {
		return refused(l)
	}
	for i := range l.Recipients {
		if r := &l.Recipients[i]; r.Stage == Waiting && slices.Contains(to, r.Address) {
			r.Stage, r.At = Handed, now
		}
	}
	return nil
}

// Recover clears up after an attempt that fell silent: its program ended, or
// its machine slept. What had been handed over is in doubt; the rest is due.
func (l *Letter) Recover(now time.Time) error {
	if !l.silent(now) {
		return refused(l)
	}
	// The token stays: should the attempt live after all, its answer is known
	// to be the one that was awaited.
	l.Lease = time.Time{}
	l.fails(Fail("mail.failure.interrupted"))
	l.doubt(now)
	l.conclude(now, now)
	return nil
}

func (l *Letter) doubt(now time.Time) {
	for i := range l.Recipients {
		if r := &l.Recipients[i]; r.Stage == Handed {
			l.fails(Fail("mail.failure.unconfirmed_crash"))
			r.Stage, r.At, r.Why = Doubtful, now, l.Why
		}
	}
}

// Settle writes down what became of the attempt with this token. It is also
// right for an attempt that was taken for dead in between, as long as no other
// began and nobody decided.
func (l *Letter) Settle(token string, now time.Time, o Outcome, s Schedule) error {
	if l.Token != token || l.State == Cancelled {
		return refused(l)
	}
	l.Why, l.Lease = "", time.Time{}
	l.Attempts++
	held := false
	for i := range l.Recipients {
		r := &l.Recipients[i]
		if r.Stage != Waiting && r.Stage != Handed && r.Stage != Doubtful {
			continue
		}
		at := slices.IndexFunc(o.Results, func(x Result) bool { return x.Address == r.Address })
		if at < 0 {
			continue
		}
		result := o.Results[at]
		r.At, r.Why = now, Kept(result.Failure)
		r.Code, r.Enhanced, r.Reply = int64(result.Reply.Code), result.Reply.Enhanced, result.Reply.Text
		switch result.Verdict {
		case ByServer:
			r.Stage, r.Why = Accepted, ""
		case ForGood:
			r.Stage = Refused
		case NotYet:
			r.Stage = Waiting
		case ByAccount:
			r.Stage, held = Waiting, true
		default:
			r.Stage = Doubtful
		}
		if r.Why != "" && (l.Why == "" || r.Stage == Doubtful) {
			l.Why = r.Why
		}
	}
	l.doubt(now) // handed over, and the transport forgot to say
	l.postpone(now, held, o.Reached, s)
	return nil
}

// Hold is Settle for a letter whose account is known not to work: no attempt
// was made. Postpone is the same for a server that is known to be away.
func (l *Letter) Hold(now time.Time, f *Failure) error {
	if l.State != Queued && l.State != Retry {
		return refused(l)
	}
	l.fails(f)
	l.postpone(now, true, true, Usual)
	return nil
}

// Postpone puts off a letter whose server is known to be away.
func (l *Letter) Postpone(now time.Time, f *Failure, s Schedule) error {
	if l.State != Queued && l.State != Retry {
		return refused(l)
	}
	l.fails(f)
	l.Attempts++
	l.postpone(now, false, false, s)
	return nil
}

// postpone decides about those who still wait, and concludes.
func (l *Letter) postpone(now time.Time, held, reached bool, s Schedule) {
	if held && l.Count(Waiting) > 0 && l.Count(Doubtful) == 0 {
		l.State, l.Due = Held, time.Time{}
		return
	}
	delay, again := s.Next(int(l.Attempts), now.Sub(l.Queued), reached)
	if !again && l.Count(Waiting) > 0 {
		for i := range l.Recipients {
			if r := &l.Recipients[i]; r.Stage == Waiting {
				r.Stage, r.At = Refused, now
			}
		}
		// The last failure says why; the message says for how long.
		f := l.Failure()
		if f == nil {
			f = Fail("mail.failure.lost")
		}
		l.fails(f.Advise("mail.advice.gave_up"))
	}
	l.conclude(now, now.Add(delay))
}

// conclude derives the letter's state from its recipients'. Doubt comes first:
// nothing is sent while a person has to decide.
func (l *Letter) conclude(now, due time.Time) {
	l.Due, l.Ended = time.Time{}, now
	n := len(l.Recipients)
	switch accepted, dropped := l.Count(Accepted), l.Count(Dropped); {
	case l.Count(Doubtful) > 0:
		l.State, l.Ended = Unconfirmed, time.Time{}
	case l.Count(Waiting) > 0:
		l.State, l.Due, l.Ended = Retry, due, time.Time{}
	case accepted == n:
		l.State, l.Why = Sent, ""
	case accepted > 0:
		l.State = Partly
	case dropped > 0:
		l.State = Cancelled
	default:
		l.State = Failed
	}
}

// SendNow sends the letter on its way: at once where it waits; where it ended,
// once more to all who have not got it. Who accepted is never touched.
func (l *Letter) SendNow(now time.Time) error {
	switch l.State {
	case Queued, Retry, Held:
	case Partly, Failed, Cancelled:
		for i := range l.Recipients {
			if r := &l.Recipients[i]; r.Stage == Refused || r.Stage == Dropped {
				r.Stage = Waiting
			}
		}
	default:
		return refused(l)
	}
	l.restart(now)
	return nil
}

// Release sends a held letter on its way: its account was put right.
func (l *Letter) Release(now time.Time) error {
	if l.State != Held {
		return refused(l)
	}
	l.restart(now)
	return nil
}

func (l *Letter) restart(now time.Time) {
	l.State, l.Due, l.Queued, l.Ended, l.Attempts, l.Token = Queued, now, now, time.Time{}, 0, ""
}

// Arrived is a person's word that an unconfirmed letter arrived: its
// Message-ID was found in the server's sent folder, or the client answered.
func (l *Letter) Arrived(now time.Time) error { return l.decide(now, Accepted) }

// SendAgain is a person's word that an unconfirmed letter did not arrive, or
// that twice is better than never.
func (l *Letter) SendAgain(now time.Time) error { return l.decide(now, Waiting) }

func (l *Letter) decide(now time.Time, to string) error {
	if l.State != Unconfirmed {
		return refused(l)
	}
	for i := range l.Recipients {
		if r := &l.Recipients[i]; r.Stage == Doubtful {
			r.Stage, r.At, r.Why = to, now, ""
		}
	}
	l.Why, l.Token = "", "" // a late answer comes too late
	l.conclude(now, now)
	if l.State == Retry {
		l.restart(now)
	}
	return nil
}

// Cancel gives up a letter for those who have not got it. While it is being
// sent, and while it is in doubt, there is nothing to give up.
func (l *Letter) Cancel(now time.Time) error {
	switch l.State {
	case Queued, Retry, Held:
	default:
		return refused(l)
	}
	for i := range l.Recipients {
		if r := &l.Recipients[i]; r.Stage == Waiting {
			r.Stage, r.At = Dropped, now
		}
	}
	l.Token = ""
	l.conclude(now, now)
	return nil
}
