package store

import (
	"context"
	"time"

	"ugoda/model"
)

// Batcher works inside the one transaction of a batch, or of Together. It is not safe for
// concurrent use.
type Batcher struct{ w *work }

// Session is who does the batch.
func (b *Batcher) Session() *Session { return b.w.s }

// ID is the batch, 0 when it cannot be undone.
func (b *Batcher) ID() int64 {
	if b.w.batch == nil {
		return 0
	}
	return b.w.batch.id
}

// Describe says what made the batch, and what its maker keeps of it.
func (b *Batcher) Describe(origin, details string) {
	b.w.batch.origin, b.w.batch.details = origin, details
}

// Import says that what is saved from now on happened on a day of the past, as
// a file tells: rules see it as today, and the funnel's journal marks its rows
// as imported. Day 0 goes back to the present.
func (b *Batcher) Import(day model.Day) {
	b.w.imported = day != 0
	b.w.today = day
	if day == 0 {
		b.w.today = b.w.s.Today()
	}
}

// Clock sets the moment and the day at which everything is saved from now on:
// for a demo base, whose past is made up.
func (b *Batcher) Clock(at time.Time, day model.Day) {
	b.w.clock, b.w.today = at.UTC().Truncate(time.Microsecond), day
}

// By sets who is said to save from now on, without checking his rights: for a
// demo base and for what the program does in somebody's name.
func (b *Batcher) By(user, employee model.Ref) {
	s := *b.w.s
	s.User, s.Employee, s.system = user, employee, b.w.s.system
	b.w.s = &s
}

// Facts is the world as rules see it.
func (b *Batcher) Facts() model.Facts { return facts{b.w} }

// New gives a new record with its defaults, not saved yet.
func (b *Batcher) New(kind string) (model.Keeper, error) {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return nil, err
	}
	rec := b.w.fresh(p.kind)
	return rec, b.w.failed
}

// Get reads a record; *NotFound when there is none.
func (b *Batcher) Get(_ context.Context, kind string, id int64) (model.Keeper, error) {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return nil, err
	}
	rec, err := b.w.get(kind, id)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		return nil, notFoundID(kind, id)
	}
	rec = clone(p.kind, rec)
	b.w.s.hide(p.kind, rec)
	return rec, nil
}

// Prefetch reads many records at once that Get is about to ask for.
func (b *Batcher) Prefetch(_ context.Context, kind string, ids []int64) error {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return err
	}
	return b.w.prepare(p, ids)
}

// Save checks and writes a record as Session.Save does. What rules refuse
// leaves the batch usable: nothing of the record was written, unless something
// that follows from it was refused, which ends the batch.
func (b *Batcher) Save(_ context.Context, kind string, rec model.Keeper) error {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return err
	}
	if err := b.mark(kind, rec.Base().ID); err != nil {
		return err
	}
	if err := b.w.save(p, rec, ""); err != nil {
		return err
	}
	b.w.s.hide(p.kind, rec)
	return nil
}

// mark remembers where the journal of a deal stood before the batch.
func (b *Batcher) mark(kind string, id int64) error {
	if kind != "deal" || id == 0 || b.w.batch == nil || b.w.batch.items[seenRecord{kind, id}] != nil {
		return nil
	}
	if _, known := b.w.batch.funnel[id]; known {
		return nil
	}
	return b.w.journalMarks([]int64{id})
}

// Mark puts a record into the bin, or takes it out.
func (b *Batcher) Mark(_ context.Context, kind string, id int64, marked bool) error {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return err
	}
	if err := b.mark(kind, id); err != nil {
		return err
	}
	return b.w.mark(p, id, marked)
}

// Do runs an action of a record.
func (b *Batcher) Do(_ context.Context, kind string, id int64, action string, a model.Answers) (model.Effects, error) {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return model.Effects{}, err
	}
	if err := b.mark(kind, id); err != nil {
		return model.Effects{}, err
	}
	effects, err := b.w.do(p, id, action, a)
	if err != nil {
		return model.Effects{}, err
	}
	b.w.s.hideEffects(effects)
	return effects, nil
}

// Find finds a record as Session.Find does.
func (b *Batcher) Find(_ context.Context, kind, name string) (int64, error) {
	p, err := b.w.s.plan(kind)
	if err != nil {
		return 0, err
	}
	return find(b.w.ctx, b.w, p, name)
}

// Page asks for a list, what the batch wrote so far included.
func (b *Batcher) Page(ctx context.Context, q Query) ([]Row, error) {
	return b.w.s.page(ctx, b.w, q)
}

// Setting keeps a setting of the base in the same transaction.
func (b *Batcher) Setting(ctx context.Context, key, value string) error {
	_, err := b.w.exec(`INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, key, value)
	if key != "" {
		delete(b.w.answers, question{key, 0})
	}
	return err
}
