package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// New gives a new record with its defaults, not saved yet.
func (s *Session) New(ctx context.Context, kind string) (model.Keeper, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	w := s.newWork(ctx, nil)
	rec := w.fresh(p.kind)
	if w.failed != nil {
		return nil, fmt.Errorf("prepare a new %s: %w", kind, w.failed)
	}
	s.hide(p.kind, rec)
	return rec, nil
}

func (w *work) fresh(k *model.Kind) model.Keeper {
	rec := k.New()
	if k.Default != nil {
		k.Default(rec, facts{w})
	}
	return rec
}

// Get reads a record with its parts; *NotFound when there is none. Fields that
// the role may not see are empty.
func (s *Session) Get(ctx context.Context, kind string, id int64) (model.Keeper, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	found, err := s.base.load(ctx, pool{s.base}, kind, []int64{id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &NotFound{Kind: kind, Name: fmt.Sprintf("#%d", id)}
	}
	s.hide(p.kind, found[0])
	return found[0], nil
}

// GetAll reads records with their parts, in the order of ids; those that are no
// longer there are left out.
func (s *Session) GetAll(ctx context.Context, kind string, ids []int64) ([]model.Keeper, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	found, err := s.base.load(ctx, pool{s.base}, kind, ids)
	if err != nil {
		return nil, err
	}
	for _, rec := range found {
		s.hide(p.kind, rec)
	}
	return found, nil
}

// Save checks a record by the rules of its kind and writes it with its parts
// and with what follows from it. The record is then as it is stored. Rules
// that refuse give model.Problems, a save by somebody else since the record
// was read gives *Conflict; then nothing is changed.
func (s *Session) Save(ctx context.Context, kind string, rec model.Keeper) error {
	p, err := s.plan(kind)
	if err != nil {
		return err
	}
	before := clone(p.kind, rec)
	err = s.write(ctx, func(w *work) error {
		overwrite(p.kind, rec, before) // an earlier attempt may have failed
		return w.save(p, rec, "")
	})
	if err != nil {
		overwrite(p.kind, rec, before)
		return err
	}
	s.hide(p.kind, rec)
	return nil
}

// maxDepth is how far saves may follow from each other.
const maxDepth = 6

// save writes a record by all rules. action is what history calls it; empty:
// create or change.
func (w *work) save(p *plan, rec model.Keeper, action string) error {
	return w.saveAt(p, rec, action, 0)
}

func (w *work) saveAt(p *plan, rec model.Keeper, action string, depth int) error {
	k := p.kind
	if err := w.s.mayWrite(k); err != nil && depth == 0 {
		return err
	}
	if depth > maxDepth {
		return fmt.Errorf("save %s: saves follow from each other without end", k.Name)
	}
	base := rec.Base()
	var old model.Keeper
	var oldRec any // nil, not a nil pointer, for a new record
	if base.ID != 0 {
		var err error
		if old, err = w.get(k.Name, base.ID); err != nil {
			return err
		}
		if old == nil {
			return &NotFound{Kind: k.Name, Name: fmt.Sprintf("#%d", base.ID)}
		}
		oldRec = old
		if old.Base().Marked {
			if depth > 0 { // what follows from others leaves the bin alone
				return nil
			}
			return model.Refused("", "is_in_bin")
		}
		if old.Base().Version != base.Version {
			return w.conflict(k, rec, old)
		}
		base.Created, base.Marked = old.Base().Created, old.Base().Marked
		w.s.restore(k, rec, old)
	}
	f := facts{w}
	var typed []typedValue
	if depth == 0 { // what follows from others brings no figures of a person
		typed = typedOver(k, rec, oldRec)
	}
	if k.Derive != nil {
		if err := k.Derive(rec, oldRec, f); err != nil {
			return err
		}
	}
	if err := w.normalize(p, rec); err != nil {
		return err
	}
	problems, err := w.check(p, rec, oldRec)
	if err != nil {
		return err
	}
	problems = append(problems, overruled(rec, typed)...)
	if k.Check != nil {
		problems = append(problems, k.Check(rec, oldRec, f)...)
	}
	if w.failed != nil {
		return w.failed
	}
	if len(problems) > 0 {
		return model.Problems(distinct(problems))
	}
	w.writes++
	written, err := w.put(p, rec, old, action)
	if err != nil || !written {
		return err
	}
	if k.Follow != nil {
		effects, err := k.Follow(rec, oldRec, f)
		if err != nil {
			return err
		}
		if w.failed != nil {
			return w.failed
		}
		return w.apply(effects, depth+1)
	}
	return nil
}

// apply saves what follows from an action or a save.
func (w *work) apply(e model.Effects, depth int) error {
	for _, x := range e.Create {
		if err := w.applyOne(x, depth); err != nil {
			return err
		}
	}
	for _, x := range e.Change {
		if err := w.applyOne(x, depth); err != nil {
			return err
		}
	}
	for _, x := range e.Try {
		if err := w.attempt(x); err != nil {
			return err
		}
	}
	return nil
}

// attempt does an action that follows from something else, unless rules refuse
// it: then nothing of it is written.
func (w *work) attempt(x model.Attempt) error {
	p, err := w.s.plan(x.Kind)
	if err != nil {
		return err
	}
	before, err := w.get(x.Kind, x.ID)
	if err != nil || before == nil || before.Base().Marked {
		return err
	}
	if x.Kind == "deal" && w.batch != nil {
		if _, known := w.batch.funnel[x.ID]; !known && w.batch.items[seenRecord{x.Kind, x.ID}] == nil {
			if err := w.journalMarks([]int64{x.ID}); err != nil {
				return err
			}
		}
	}
	version := before.Base().Version
	_, err = w.do(p, x.ID, x.Action, x.Answers)
	var refused model.Problems
	if !errors.As(err, &refused) {
		return err
	}
	now, failed := w.get(x.Kind, x.ID)
	if failed != nil {
		return failed
	}
	if now.Base().Version != version { // something that follows from it was refused
		return err
	}
	return nil
}

func (w *work) applyOne(x model.Created, depth int) error {
	p, err := w.s.plan(x.Kind)
	if err != nil {
		return err
	}
	if err := w.saveAt(p, x.Record, "", depth); err != nil {
		return err
	}
	if x.Then != nil {
		x.Then(x.Record.Base().ID)
	}
	return nil
}

// put writes a record that passed its rules, if it differs from what is stored.
func (w *work) put(p *plan, rec, old model.Keeper, action string) (written bool, err error) {
	base := rec.Base()
	if old == nil {
		if base.ID, err = w.newID(p.table); err != nil {
			return false, err
		}
		if base.Number == "" && p.kind.Series != "" {
			if base.Number, err = w.nextNumber(p.kind); err != nil {
				return false, err
			}
		} else if base.Number != "" {
			w.typed[typedNumber{p.kind.Name, base.Number}] = true
		}
		base.Version, base.Created, base.Changed = 1, w.clock, w.clock
		if action == "" {
			action = "create"
		}
	}
	changes, differs := difference(p.kind, rec, old)
	if old != nil {
		if !differs && base.Marked == old.Base().Marked {
			base.Changed = old.Base().Changed
			return false, nil
		}
		base.Version, base.Changed = old.Base().Version+1, w.clock
		if action == "" {
			action = "change"
		}
	}
	if old == nil {
		err = w.insertRecord(p, rec)
	} else {
		err = w.updateRecord(p, rec, old)
	}
	if err != nil {
		return false, fmt.Errorf("save %s: %w", p.kind.Name, err)
	}
	if err := w.journal(rec, old); err != nil {
		return false, fmt.Errorf("write the funnel: %w", err)
	}
	if err := w.trace(p.kind, rec, old, action, changes); err != nil {
		return false, fmt.Errorf("write history: %w", err)
	}
	w.remember(p.kind.Name, clone(p.kind, rec))
	w.learn(p.kind.Name, model.Ref{ID: base.ID, Code: base.Number, Name: p.kind.TitleOf(rec)})
	for _, x := range []model.Keeper{rec, old} {
		if offer, ok := x.(*proposal.Proposal); ok {
			delete(w.answers, question{deal.ProposalAmountQuery, offer.Deal.ID})
		}
	}
	if p.kind.Catalogue {
		clear(w.answers)
		if p.kind.Name == "currency" || p.kind.Name == "rate" {
			w.rates, w.stale = nil, true
		}
	}
	return true, nil
}

// baseAmount converts amounts of a record of a plan into the base currency: at
// the record's own rate where it has one, else at the rate of today; an amount
// that did not change keeps the value of the day when it did.
func (w *work) baseAmount(p *plan, rec any) func(m model.Money) any {
	return func(m model.Money) any {
		if m == (model.Money{}) {
			return nil
		}
		n, ok, err := w.inBase(m, p.ownRate(rec))
		if err != nil && w.failed == nil {
			w.failed = err
		}
		if !ok {
			return nil
		}
		return n
	}
}

func (w *work) insertRecord(p *plan, rec model.Keeper) error {
	base := rec.Base()
	values := append([]any{base.ID, base.Version, base.Marked}, p.values(rec, w.baseAmount(p, rec))...)
	if err := w.insert(p.table, "id, version, marked, "+p.names, values...); err != nil {
		return err
	}
	if q := w.pending[p.table]; len(q.args) > 0 {
		if q.at == nil {
			q.at = map[int64]int{}
		}
		q.at[base.ID] = len(q.args) - q.width
	}
	return w.insertParts(p, rec, base.ID)
}

func (w *work) insertParts(p *plan, rec any, owner int64) error {
	for _, x := range p.parts {
		for i := range x.part.Len(rec) {
			if err := w.insertRow(x, x.part.At(rec, i), owner, i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) insertRow(p *plan, row any, owner int64, position int) error {
	id, err := w.newID(p.table)
	if err != nil {
		return err
	}
	*rowID(row) = id
	values := append([]any{id, owner, int64(position)}, p.values(row, w.baseAmount(p, row))...)
	if err := w.insert(p.table, "id, owner_id, position, "+p.names, values...); err != nil {
		return err
	}
	return w.insertParts(p, row, id)
}

// updateRecord changes the columns that differ, and the rows of parts.
func (w *work) updateRecord(p *plan, rec, old model.Keeper) error {
	base := rec.Base()
	if q := w.pending[p.table]; q != nil {
		if at, ok := q.at[base.ID]; ok { // not even inserted yet
			w.changePending(p, q.args[at:at+q.width], rec, old)
			return w.updateParts(p, rec, old, base.ID)
		}
	}
	if err := w.deferUpdate(p, rec, old); err != nil {
		return err
	}
	return w.updateParts(p, rec, old, base.ID)
}

// changePending gives a row that waits to be inserted its new values.
func (w *work) changePending(p *plan, row []any, rec, old model.Keeper) {
	row[1], row[2] = rec.Base().Version, rec.Base().Marked
	for i := range p.columns {
		c := &p.columns[i]
		if p.differs(c, rec, old) {
			row[3+i] = c.value(c.field.Value(rec), w.baseAmount(p, rec))
		}
	}
}

func (w *work) changedColumns(p *plan, rec, old any) (sets []string, args []any) {
	for i := range p.columns {
		c := &p.columns[i]
		if p.differs(c, rec, old) {
			sets = append(sets, ident(c.name)+" = ?")
			args = append(args, c.value(c.field.Value(rec), w.baseAmount(p, rec)))
		}
	}
	return sets, args
}

// updateParts makes the stored rows of all parts equal to those of a record:
// rows are known by their ids.
func (w *work) updateParts(p *plan, rec, old any, owner int64) error {
	for _, x := range p.parts {
		stored := map[int64]int{}
		for i := range x.part.Len(old) {
			stored[*rowID(x.part.At(old, i))] = i
		}
		for i := range x.part.Len(rec) {
			row := x.part.At(rec, i)
			was, ok := stored[*rowID(row)]
			if !ok {
				if err := w.insertRow(x, row, owner, i); err != nil {
					return err
				}
				continue
			}
			delete(stored, *rowID(row))
			oldRow := x.part.At(old, was)
			sets, args := w.changedColumns(x, row, oldRow)
			if was != i {
				sets, args = append(sets, "position = ?"), append(args, int64(i))
			}
			if len(sets) > 0 {
				if _, err := w.exec("UPDATE "+x.table+" SET "+strings.Join(sets, ", ")+" WHERE id = ?", append(args, *rowID(row))...); err != nil {
					return err
				}
			}
			if err := w.updateParts(x, row, oldRow, *rowID(row)); err != nil {
				return err
			}
		}
		for id, at := range stored {
			if err := w.deleteRow(x, x.part.At(old, at), id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) deleteRow(p *plan, row any, id int64) error {
	for _, x := range p.parts {
		for i := range x.part.Len(row) {
			below := x.part.At(row, i)
			if err := w.deleteRow(x, below, *rowID(below)); err != nil {
				return err
			}
		}
	}
	_, err := w.exec("DELETE FROM "+p.table+" WHERE id = ?", id)
	return err
}

// same compares two values of a field as they are stored.
func same(a, b any) bool {
	switch a := a.(type) {
	case model.Ref:
		return a.ID == b.(model.Ref).ID
	case time.Time:
		return a.Equal(b.(time.Time))
	case []byte:
		return bytes.Equal(a, b.([]byte))
	}
	return a == b
}

// conflict tells both states of a record and where they differ.
func (w *work) conflict(k *model.Kind, mine, theirs model.Keeper) error {
	c := &Conflict{Kind: k.Name, Mine: clone(k, mine), Theirs: clone(k, theirs)}
	w.s.hide(k, c.Mine)
	w.s.hide(k, c.Theirs)
	for _, f := range k.Fields {
		if !f.Computed && !f.Unaudited && w.s.Sees(f) && !same(f.Value(mine), f.Value(theirs)) {
			c.Fields = append(c.Fields, f.Name)
		}
	}
	for _, p := range k.Parts {
		if !sameRows(p, mine, theirs) {
			c.Fields = append(c.Fields, p.Name)
		}
	}
	return c
}

// sameRows compares the rows of a part in two records, all levels down.
func sameRows(p *model.Part, a, b any) bool {
	if p.Len(a) != p.Len(b) {
		return false
	}
	for i := range p.Len(a) {
		x, y := p.At(a, i), p.At(b, i)
		if *rowID(x) != *rowID(y) {
			return false
		}
		for _, f := range p.Kind.Fields {
			if !f.Computed && !same(f.Value(x), f.Value(y)) {
				return false
			}
		}
		for _, below := range p.Kind.Parts {
			if !sameRows(below, x, y) {
				return false
			}
		}
	}
	return true
}

// distinct drops problems that say the same of the same field.
func distinct(problems []model.Problem) []model.Problem {
	var out []model.Problem
	for _, p := range problems {
		if !slices.ContainsFunc(out, func(q model.Problem) bool { return q.Field == p.Field && q.Key == p.Key }) {
			out = append(out, p)
		}
	}
	return out
}
