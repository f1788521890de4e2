package letter

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func fresh(to ...string) Letter {
	l := Letter{Subject: "Пропозиція", From: "olena@firma.example"}
	l.Begin(to, begin)
	return l
}

func outcome(reached bool, results ...any) Outcome {
	o := Outcome{Reached: reached}
	for i := 0; i < len(results); i += 2 {
		r := Result{Address: results[i].(string), Verdict: results[i+1].(Verdict)}
		if r.Verdict != ByServer {
			r.Failure = Fail("mail.failure." + r.Verdict.String())
		}
		o.Results = append(o.Results, r)
	}
	return o
}

func TestSettle(t *testing.T) {
	const a, b = "a@x.ua", "b@x.ua"
	for name, c := range map[string]struct {
		handed  []string
		outcome Outcome
		state   string
		stages  []string
		due     bool
	}{
		"all accepted":           {[]string{a, b}, outcome(true, a, ByServer, b, ByServer), Sent, []string{Accepted, Accepted}, false},
		"one refused":            {[]string{a}, outcome(true, a, ByServer, b, ForGood), Partly, []string{Accepted, Refused}, false},
		"one later":              {[]string{a}, outcome(true, a, ByServer, b, NotYet), Retry, []string{Accepted, Waiting}, true},
		"all refused":            {nil, outcome(true, a, ForGood, b, ForGood), Failed, []string{Refused, Refused}, false},
		"refused and later":      {nil, outcome(true, a, ForGood, b, NotYet), Retry, []string{Refused, Waiting}, true},
		"unreached":              {nil, outcome(false, a, NotYet, b, NotYet), Retry, []string{Waiting, Waiting}, true},
		"held":                   {nil, outcome(true, a, ByAccount, b, ByAccount), Held, []string{Waiting, Waiting}, false},
		"unconfirmed":            {[]string{a, b}, outcome(true, a, Unanswered, b, Unanswered), Unconfirmed, []string{Doubtful, Doubtful}, false},
		"unconfirmed and later":  {[]string{a}, outcome(true, a, Unanswered, b, NotYet), Unconfirmed, []string{Doubtful, Waiting}, false},
		"unconfirmed, refused":   {[]string{a}, outcome(true, a, Unanswered, b, ForGood), Unconfirmed, []string{Doubtful, Refused}, false},
		"handed, nothing said":   {[]string{a, b}, outcome(true), Unconfirmed, []string{Doubtful, Doubtful}, false},
		"later after handing":    {[]string{a, b}, outcome(true, a, NotYet, b, NotYet), Retry, []string{Waiting, Waiting}, true},
		"a stranger in the list": {[]string{a, b}, outcome(true, a, ByServer, b, ByServer, "c@x.ua", ForGood), Sent, []string{Accepted, Accepted}, false},
	} {
		l := fresh(a, b)
		must(t, l.Claim("t", begin, begin.Add(time.Minute)))
		if len(c.handed) > 0 {
			must(t, l.Hand("t", begin, c.handed))
		}
		must(t, l.Settle("t", begin, c.outcome, Usual))
		got := []string{l.Recipients[0].Stage, l.Recipients[1].Stage}
		if l.State != c.state || !slices.Equal(got, c.stages) || l.Due.IsZero() == c.due {
			t.Errorf("%s: %s %v, due %v", name, l.State, got, l.Due)
		}
		if (l.Failure() == nil) != (c.state == Sent) {
			t.Errorf("%s: failure %v", name, l.Failure())
		}
	}
}

// What a person and the worker may do in each state.
func TestAllowed(t *testing.T) {
	in := map[string]Letter{}
	letter := func(o Outcome) Letter {
		l := fresh("a@x.ua")
		must(t, l.Claim("t", begin, begin.Add(time.Minute)))
		must(t, l.Settle("t", begin, o, Usual))
		return l
	}
	in[Queued] = fresh("a@x.ua")
	sending := fresh("a@x.ua")
	must(t, sending.Claim("t", begin, begin.Add(time.Minute)))
	in[Sending] = sending
	in[Retry] = letter(outcome(true, "a@x.ua", NotYet))
	in[Held] = letter(outcome(true, "a@x.ua", ByAccount))
	in[Sent] = letter(outcome(true, "a@x.ua", ByServer))
	in[Failed] = letter(outcome(true, "a@x.ua", ForGood))
	in[Unconfirmed] = letter(outcome(true, "a@x.ua", Unanswered))
	cancelled := in[Queued]
	cancelled = cancelled.Clone()
	must(t, cancelled.Cancel(begin))
	in[Cancelled] = cancelled
	partly := fresh("a@x.ua", "b@x.ua")
	must(t, partly.Claim("t", begin, begin.Add(time.Minute)))
	must(t, partly.Settle("t", begin, outcome(true, "a@x.ua", ByServer, "b@x.ua", ForGood), Usual))
	in[Partly] = partly

	later := begin.Add(24 * time.Hour)
	for step, c := range map[string]struct {
		do      func(*Letter) error
		allowed []string
	}{
		"claim":      {func(l *Letter) error { return l.Claim("n", later, later) }, []string{Queued, Retry}},
		"early":      {func(l *Letter) error { return l.Claim("n", begin.Add(-time.Second), later) }, nil},
		"hand":       {func(l *Letter) error { return l.Hand("t", later, nil) }, []string{Sending}},
		"hand other": {func(l *Letter) error { return l.Hand("n", later, nil) }, nil},
		"renew":      {func(l *Letter) error { return l.Renew("t", later) }, []string{Sending}},
		"recover":    {func(l *Letter) error { return l.Recover(later) }, []string{Sending}},
		"too soon":   {func(l *Letter) error { return l.Recover(begin) }, nil},
		"cancel":     {func(l *Letter) error { return l.Cancel(later) }, []string{Queued, Retry, Held}},
		"send now":   {func(l *Letter) error { return l.SendNow(later) }, []string{Queued, Retry, Held, Partly, Failed, Cancelled}},
		"release":    {func(l *Letter) error { return l.Release(later) }, []string{Held}},
		"arrived":    {func(l *Letter) error { return l.Arrived(later) }, []string{Unconfirmed}},
		"again":      {func(l *Letter) error { return l.SendAgain(later) }, []string{Unconfirmed}},
		"hold":       {func(l *Letter) error { return l.Hold(later, Fail("x")) }, []string{Queued, Retry}},
		"postpone":   {func(l *Letter) error { return l.Postpone(later, Fail("x"), Usual) }, []string{Queued, Retry}},
	} {
		for state, l := range in {
			if l.State != state {
				t.Fatalf("%s is %s", state, l.State)
			}
			l = l.Clone()
			err := c.do(&l)
			if (err == nil) != slices.Contains(c.allowed, state) {
				t.Errorf("%s while %s: %v", step, state, err)
			}
			if err != nil && FailureOf(err).Key != "mail.outbox.state_"+state {
				t.Errorf("%s while %s: %v", step, state, err)
			}
		}
	}
}

func TestDecide(t *testing.T) {
	l := fresh("a@x.ua", "b@x.ua")
	must(t, l.Claim("t", begin, begin.Add(time.Minute)))
	must(t, l.Settle("t", begin, outcome(true, "a@x.ua", Unanswered, "b@x.ua", NotYet), Usual))
	again := l.Clone()
	must(t, l.Arrived(begin))
	if l.State != Queued || !slices.Equal(l.Next(), []string{"b@x.ua"}) {
		t.Errorf("arrived: %s, next for %v", l.State, l.Next())
	}
	must(t, again.SendAgain(begin))
	if again.State != Queued || !slices.Equal(again.Next(), []string{"a@x.ua", "b@x.ua"}) {
		t.Errorf("again: %s, next for %v", again.State, again.Next())
	}
	if err := again.Settle("t", begin, outcome(true, "a@x.ua", ByServer), Usual); err == nil {
		t.Error("an answer that came after a person decided was taken")
	}
}

// An attempt taken for dead whose answer comes after all.
func TestLateAnswer(t *testing.T) {
	l := fresh("a@x.ua")
	must(t, l.Claim("t", begin, begin.Add(time.Minute)))
	must(t, l.Hand("t", begin, []string{"a@x.ua"}))
	must(t, l.Recover(begin.Add(2*time.Minute)))
	if l.State != Unconfirmed {
		t.Fatalf("recovered as %s", l.State)
	}
	must(t, l.Settle("t", begin.Add(3*time.Minute), outcome(true, "a@x.ua", ByServer), Usual))
	if l.State != Sent {
		t.Errorf("after its answer: %s", l.State)
	}
}

func TestSchedule(t *testing.T) {
	for name, c := range map[string]struct {
		reached  bool
		attempts int
		age      time.Duration
	}{
		"a server that says later": {true, 18, 47 * time.Hour},
		"a server that is away":    {false, 481, 119 * time.Hour},
	} {
		l := fresh("a@x.ua")
		now, n := begin, 0
		for l.State == Queued || l.State == Retry {
			now = l.Due
			token := fmt.Sprint(n)
			must(t, l.Claim(token, now, now.Add(time.Minute)))
			must(t, l.Settle(token, now, outcome(c.reached, "a@x.ua", NotYet), Usual))
			if n++; n > 10_000 {
				t.Fatal("never gives up")
			}
		}
		if l.State != Failed || l.Failure() == nil || l.Failure().Advice != "mail.advice.gave_up" {
			t.Errorf("%s: %s, %v", name, l.State, l.Failure())
		}
		if n < c.attempts-3 || n > c.attempts+3 || now.Sub(begin) < c.age-4*time.Hour {
			t.Errorf("%s: gave up after %d attempts, %v", name, n, now.Sub(begin))
		}
	}
}

// Whatever happens in whatever order, to two programs that crash, sleep and
// hold stale copies, a recipient is given the letter once, and once more for
// each time that a person said so.
func TestNeverTwice(t *testing.T) {
	for range 20 { // some slips need a rare order: a hundred runs would miss them
		rapid.Check(t, neverTwice)
	}
}

func neverTwice(t *rapid.T) {
	addresses := []string{"a@x.ua", "b@x.ua", "c@x.ua"}
	kept := fresh(addresses...) // as it stands in the base
	kept.Version = 1
	now := begin
	got := map[string]int{}     // letters that the server took, by recipient
	allowed := map[string]int{} // times that a person allowed
	for _, a := range addresses {
		allowed[a] = 1
	}
	type program struct {
		letter  Letter // as it read or wrote it last
		token   string
		to      []string // in the envelope
		handed  []string // written down
		outcome *Outcome
	}
	programs := make([]*program, 2)
	write := func(l *Letter) bool {
		if l.Version != kept.Version {
			return false
		}
		l.Version++
		kept = l.Clone()
		return true
	}
	tokens := 0
	actions := map[string]func(*rapid.T){
		"time": func(t *rapid.T) {
			now = now.Add(time.Duration(rapid.IntRange(1, 120).Draw(t, "minutes")) * time.Minute)
		},
		"person": func(t *rapid.T) {
			l := kept.Clone()
			var err error
			switch rapid.SampledFrom([]string{"now", "arrived", "again", "cancel", "release"}).Draw(t, "what") {
			case "now":
				err = l.SendNow(now)
			case "arrived":
				err = l.Arrived(now)
			case "again":
				doubtful := map[string]bool{}
				for _, r := range l.Recipients {
					doubtful[r.Address] = r.Stage == Doubtful
				}
				if err = l.SendAgain(now); err == nil {
					for a, d := range doubtful {
						if d {
							allowed[a]++
						}
					}
				}
			case "cancel":
				err = l.Cancel(now)
			case "release":
				err = l.Release(now)
			}
			if err != nil {
				t.Skip()
			}
			write(&l)
		},
	}
	for i := range programs {
		programs[i] = &program{}
		p := programs[i]
		name := fmt.Sprint("program ", i, ": ")
		actions[name+"crash"] = func(t *rapid.T) {
			if p.token == "" {
				t.Skip()
			}
			*p = program{}
		}
		actions[name+"read"] = func(t *rapid.T) {
			if p.token != "" || p.letter.Version == kept.Version {
				t.Skip()
			}
			p.letter = kept.Clone()
		}
		actions[name+"claim"] = func(t *rapid.T) {
			if p.token != "" || p.letter.Version == 0 || !p.letter.Ready(now) {
				t.Skip()
			}
			l := p.letter.Clone()
			if l.State == Sending {
				if l.Recover(now) != nil || !write(&l) {
					t.Skip()
				}
			}
			tokens++
			token := fmt.Sprint("t", tokens)
			if l.Claim(token, now, now.Add(2*time.Minute)) == nil && write(&l) {
				p.letter, p.token, p.to = l, token, l.Next()
			}
		}
		actions[name+"hand"] = func(t *rapid.T) {
			if p.token == "" || p.handed != nil || p.outcome != nil {
				t.Skip()
			}
			var taken []string
			for _, a := range p.to {
				if rapid.Bool().Draw(t, a) {
					taken = append(taken, a)
				}
			}
			l := p.letter.Clone()
			if len(taken) > 0 && l.Hand(p.token, now, taken) == nil && write(&l) {
				p.letter, p.handed = l, taken
			} else { // broken off
				o := all(p.to, NotYet)
				p.outcome = &o
			}
		}
		actions[name+"last byte"] = func(t *rapid.T) {
			if p.handed == nil || p.outcome != nil {
				t.Skip()
			}
			o := Outcome{Reached: true}
			end := rapid.SampledFrom([]string{"taken", "taken, answer lost", "refused", "later", "cut before"}).Draw(t, "end")
			for _, a := range p.to {
				v := NotYet
				if slices.Contains(p.handed, a) {
					switch end {
					case "taken":
						v = ByServer
						got[a]++
					case "taken, answer lost":
						v = Unanswered
						got[a]++
					case "refused":
						v = ForGood
					case "cut before":
						v = Unanswered // the client cannot tell
					}
				}
				o.Results = append(o.Results, Result{Address: a, Verdict: v, Failure: Fail("x")})
			}
			p.outcome = &o
		}
		actions[name+"settle"] = func(t *rapid.T) {
			if p.outcome == nil {
				t.Skip()
			}
			for _, l := range []Letter{p.letter.Clone(), kept.Clone()} { // as it has it, else as it stands
				if l.Settle(p.token, now, *p.outcome, Usual) == nil && write(&l) {
					break
				}
			}
			*p = program{}
		}
	}
	actions[""] = func(t *rapid.T) {
		for a, n := range got {
			if n > allowed[a] {
				t.Fatalf("%s was given the letter %d times, allowed %d", a, n, allowed[a])
			}
		}
		for _, r := range kept.Recipients {
			if r.Stage == Accepted && r.Why != "" {
				t.Fatalf("%s accepted with a failure", r.Address)
			}
		}
		if kept.Count(Doubtful) > 0 && kept.State != Unconfirmed {
			t.Fatalf("in doubt while %s", kept.State)
		}
		if s := kept.State; (s == Queued || s == Retry) && (kept.Due.IsZero() || kept.Count(Waiting) == 0) {
			t.Fatalf("%s and nothing due", s)
		}
		if s := kept.State; s != Queued && s != Retry && !kept.Due.IsZero() {
			t.Fatalf("%s and due", s)
		}
		if kept.State == Sent && kept.Count(Accepted) != len(kept.Recipients) {
			t.Fatal("sent, but not to all")
		}
	}
	t.Repeat(actions)
}

func all(to []string, v Verdict) Outcome {
	o := Outcome{Reached: true}
	for _, a := range to {
		o.Results = append(o.Results, Result{Address: a, Verdict: v, Failure: Fail("x")})
	}
	return o
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
