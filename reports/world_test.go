package reports_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
)

// The days between which the history of a world is made up.
var (
	firstDay = model.Date(2026, 3, 2)
	today    = model.Date(2026, 11, 25)
)

// moved is what a world remembers of a deal by itself, beside the base: it
// stood like this from a day on.
type moved struct {
	day                      model.Day
	deal, stage, from        int64
	manager, client          int64
	amount                   int64
	probability              model.Percent
	entry                    bool
	since, fromSince, opened model.Day
	reason                   int64
}

// step is an activity of a deal.
type step struct {
	deal           int64
	due            model.Day
	created, ended model.Day // ended 0: open
	was            model.Day // for which it was planned first
	moved          model.Day // on which it was given another day, 0: never
}

// world is a base with a history that was made up by chance, and the world's
// own record of it.
type world struct {
	base     *store.Base
	s        *store.Session
	stages   map[int64]*deal.Stage
	ordered  map[int64][]*deal.Stage // by process
	process  []*deal.Process
	people   []*firm.Employee
	clients  []*client.Client
	sources  []*firm.Entry
	reasons  []*deal.LossReason
	moves    []moved
	steps    []step
	products map[int64][]int64 // by deal
	asked    []asked
}

// asked is an inquiry, or a deal that counts as one.
type asked struct {
	day     model.Day
	source  int64
	channel string
	deal    bool
}

func ref(k model.Keeper) model.Ref {
	switch x := k.(type) {
	case *deal.Stage:
		return x.Ref()
	case *deal.Deal:
		return x.Ref()
	}
	return model.Ref{ID: k.Base().ID, Code: k.Base().Number}
}

// newWorld makes up a history by a seed.
func newWorld(t testing.TB, dsn string, seed uint64, deals int) *world {
	t.Helper()
	ctx := context.Background()
	b, err := store.Create(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return today }, Now: func() time.Time { return today.Time().Add(9 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	w := &world{base: b, s: b.System(), stages: map[int64]*deal.Stage{}, ordered: map[int64][]*deal.Stage{}, products: map[int64][]int64{}}
	save := func(kind string, rec model.Keeper) {
		t.Helper()
		if err := w.s.Save(ctx, kind, rec); err != nil {
			t.Fatalf("save %s: %v", kind, err)
		}
	}
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	save("currency", uah)
	for i := range 4 {
		e := &firm.Employee{Name: fmt.Sprint("Менеджер ", i), Active: true}
		save("employee", e)
		w.people = append(w.people, e)
	}
	for i := range 3 {
		x := &firm.Entry{Name: fmt.Sprint("Джерело ", i)}
		save("source", x)
		w.sources = append(w.sources, x)
	}
	for i := range 3 {
		r := &deal.LossReason{Name: fmt.Sprint("Причина ", i), Active: true}
		save("loss-reason", r)
		w.reasons = append(w.reasons, r)
	}
	for i := range 12 {
		c := &client.Client{Name: fmt.Sprint("ТОВ ", i), Form: client.Legal, Language: "uk"}
		save("client", c)
		w.clients = append(w.clients, c)
	}
	for n, names := range [][]string{{"Інтерес", "Потреба", "Пропозиція", "Договір"}, {"Контакт", "Пропозиція", "Договір"}} {
		p := &deal.Process{Name: fmt.Sprint("Процес ", n), Active: true}
		save("process", p)
		w.process = append(w.process, p)
		for i, name := range append(names, "Пауза", "Виграна", "Втрачена") {
			st := &deal.Stage{Name: name, Process: ref(p), Order: int64(i), Kind: deal.Open, Probability: model.Percent(1000 + 2000*i), ExpectedDays: int64(3 + 2*i)}
			switch name {
			case "Пауза":
				st.Kind, st.ExpectedDays = deal.Hold, 0
			case "Виграна":
				st.Kind = deal.Won
			case "Втрачена":
				st.Kind = deal.Lost
			}
			save("stage", st)
			w.stages[st.ID] = st
			w.ordered[p.ID] = append(w.ordered[p.ID], st)
		}
	}
	if _, err := w.s.InBatch(ctx, "history", func(ctx context.Context, b *store.Batcher) error {
		return w.live(ctx, b, rand.New(rand.NewPCG(seed, 1)), deals)
	}); err != nil {
		t.Fatal(err)
	}
	return w
}

// live makes the history up, day by day.
func (w *world) live(ctx context.Context, b *store.Batcher, r *rand.Rand, deals int) error {
	var open []*deal.Deal
	last := map[int64]moved{}
	note := func(d *deal.Deal, day model.Day) {
		old, had := last[d.ID]
		m := moved{
			day: day, deal: d.ID, stage: d.Stage.ID, manager: d.Manager.ID, client: d.Client.ID, amount: d.Amount.Minor, probability: d.Probability,
			entry: !had || old.stage != d.Stage.ID, since: day, opened: d.Opened, reason: d.LossReason.ID,
		}
		if m.entry {
			if had {
				m.from, m.fromSince = old.stage, old.since
			}
		} else {
			m.since = old.since
		}
		last[d.ID] = m
		w.moves = append(w.moves, m)
	}
	days := int(today - firstDay)
	for n := range days {
		day := firstDay + model.Day(n)
		at := day.Time().Add(10 * time.Hour)
		b.Clock(at, day)
		for range r.IntN(3) {
			if err := w.ask(ctx, b, r, day, at); err != nil {
				return err
			}
		}
		for len(w.products) < deals*(n+1)/days {
			p := w.process[r.IntN(len(w.process))]
			d := &deal.Deal{
				Subject: fmt.Sprint("Угода ", len(w.products)), Process: ref(p), Client: ref(w.clients[r.IntN(len(w.clients))]), Manager: ref(w.people[r.IntN(len(w.people))]),
				Source: ref(w.sources[r.IntN(len(w.sources))]), Amount: model.Money{Minor: r.Int64N(900_000_00), Currency: "UAH"},
			}
			if r.IntN(6) == 0 {
				d.Amount.Minor = 0
			}
			if r.IntN(5) == 0 {
				d.Stage = ref(w.ordered[p.ID][1+r.IntN(2)]) // not from the top
			}
			if err := b.Save(ctx, "deal", d); err != nil {
				return err
			}
			w.products[d.ID] = nil
			w.asked = append(w.asked, asked{day: day, source: d.Source.ID, deal: true})
			open = append(open, d)
			note(d, day)
		}
		for _, d := range open {
			if r.IntN(9) != 0 {
				continue
			}
			if err := w.happen(ctx, b, r, d, day); err != nil {
				return err
			}
			note(d, day)
		}
		if err := w.plan(ctx, b, r, open, day); err != nil {
			return err
		}
	}
	return nil
}

// happen changes a deal: it moves, mostly ahead, or its amount or manager
// changes.
func (w *world) happen(ctx context.Context, b *store.Batcher, r *rand.Rand, d *deal.Deal, day model.Day) error {
	stages := w.ordered[d.Process.ID]
	ended := d.State == deal.Won || d.State == deal.Lost
	switch n := r.IntN(10); {
	case ended && n > 0: // seldom reopened
		d.Note = fmt.Sprint("нотатка ", day)
	case n == 1:
		d.Amount.Minor = r.Int64N(900_000_00)
	case n == 2:
		d.Manager = ref(w.people[r.IntN(len(w.people))])
	case n <= 4 || ended:
		st := stages[r.IntN(len(stages))]
		d.Stage = ref(st)
		if st.Kind == deal.Lost {
			d.LossReason = ref(w.reasons[r.IntN(len(w.reasons))])
		}
	default:
		for i, st := range stages {
			if st.ID == d.Stage.ID && st.Kind == deal.Open {
				d.Stage = ref(stages[i+1])
				if stages[i+1].Kind == deal.Hold {
					d.Stage = ref(stages[i+2]) // won
				}
				break
			}
		}
	}
	return b.Save(ctx, "deal", d)
}

// plan plans activities and finishes others.
func (w *world) plan(ctx context.Context, b *store.Batcher, r *rand.Rand, open []*deal.Deal, day model.Day) error {
	if len(open) == 0 || r.IntN(2) == 0 {
		return nil
	}
	d := open[r.IntN(len(open))]
	a := &deal.Activity{Type: "call", Subject: "Подзвонити", Deal: ref(d), Assignee: ref(w.people[0]), Due: day + model.Day(r.IntN(20))}
	if err := b.Save(ctx, "activity", a); err != nil {
		return err
	}
	s := step{deal: d.ID, due: a.Due, created: day}
	if r.IntN(2) == 0 {
		s.ended = day + model.Day(1+r.IntN(5))
		if s.ended < today {
			b.Clock(s.ended.Time().Add(11*time.Hour), s.ended)
			a.Done = true
			if err := b.Save(ctx, "activity", a); err != nil {
				return err
			}
			b.Clock(day.Time().Add(12*time.Hour), day)
		} else {
			s.ended = 0
		}
	}
	s.was = s.due
	if s.ended == 0 && r.IntN(2) == 0 { // put off, or brought forward, some days later
		s.moved = min(day+model.Day(r.IntN(30)), today-1)
		s.due = max(s.moved+model.Day(r.IntN(25)-5), 1)
		b.Clock(s.moved.Time().Add(15*time.Hour), s.moved)
		a.Due = s.due
		if err := b.Save(ctx, "activity", a); err != nil {
			return err
		}
		b.Clock(day.Time().Add(12*time.Hour), day)
	}
	w.steps = append(w.steps, s)
	return nil
}

// ask takes an inquiry.
func (w *world) ask(ctx context.Context, b *store.Batcher, r *rand.Rand, day model.Day, at time.Time) error {
	q := &deal.Inquiry{At: at, Day: day, Channel: deal.Channels[r.IntN(3)], Caller: "Хтось", Source: ref(w.sources[r.IntN(len(w.sources))])}
	w.asked = append(w.asked, asked{day: day, source: q.Source.ID, channel: q.Channel})
	return b.Save(ctx, "inquiry", q)
}

// each runs a test over a world on both engines.
func each(t *testing.T, seed uint64, deals int, run func(t *testing.T, w *world)) {
	storetest.Each(t, func(t *testing.T, dsn string) { run(t, newWorld(t, dsn, seed, deals)) })
}

// asOf is how each deal stood at the end of a day.
func (w *world) asOf(day model.Day) map[int64]moved {
	out := map[int64]moved{}
	for _, m := range w.moves {
		if m.day <= day {
			out[m.deal] = m
		}
	}
	return out
}

// next is the day of the earliest open activity of a deal on a day, 0 for none.
func (w *world) next(id int64, day model.Day) model.Day {
	first := model.Day(0)
	for _, s := range w.steps {
		due := s.due
		if s.moved > day {
			due = s.was
		}
		if s.deal == id && s.created <= day && (s.ended == 0 || s.ended > day) && (first == 0 || due < first) {
			first = due
		}
	}
	return first
}

func weigh(amount int64, p model.Percent) int64 { return (amount*int64(p) + 5000) / 10000 }

// middle is the median as a person counts it, half up; -1 of nothing.
func middle(list []int64) int64 {
	if len(list) == 0 {
		return -1
	}
	sorted := append([]int64(nil), list...)
	for i := range sorted {
		for j := range i {
			if sorted[i] < sorted[j] {
				sorted[i], sorted[j] = sorted[j], sorted[i]
			}
		}
	}
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2] + 1) / 2
}
