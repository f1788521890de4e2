package store

import (
	"context"
	"fmt"

	"ugoda/model"
)

// CopyOf gives a new record with what a person would type again of another: all
// but what rules and actions set, numbers, and what must be unique. It is not
// saved yet.
func (s *Session) CopyOf(ctx context.Context, kind string, id int64) (model.Keeper, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	from, err := s.Get(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	w := s.newWork(ctx, nil)
	rec := w.fresh(p.kind)
	for _, f := range p.kind.Fields {
		if !f.ReadOnly && !f.Computed && !f.Unique && f.Name != "number" {
			copyValue(f.Ptr(rec), f.Ptr(from))
		}
	}
	for _, part := range p.kind.Parts {
		part.Truncate(rec, 0)
		for i := range part.Len(from) {
			row := part.Add(rec)
			copyFields(part.Kind, row, part.At(from, i))
			forgetRows(part.Kind, row)
		}
	}
	forgetSettled(p.kind, rec)
	if p.kind.Copied != nil {
		p.kind.Copied(rec, facts{w})
	}
	if w.failed != nil {
		return nil, fmt.Errorf("copy a %s: %w", kind, w.failed)
	}
	s.hide(p.kind, rec)
	return rec, nil
}

// forgetRows makes the rows of a part new ones.
func forgetRows(k *model.Kind, row any) {
	*rowID(row) = 0
	for _, p := range k.Parts {
		for i := range p.Len(row) {
			forgetRows(p.Kind, p.At(row, i))
		}
	}
}

// Prepare lets the rules of a kind fill what follows from other fields of a
// record that is being edited, as saving it would: a form shows it before. What
// rules refuse is model.Problems. Nothing is written.
func (s *Session) Prepare(ctx context.Context, kind string, rec model.Keeper) error {
	p, err := s.plan(kind)
	if err != nil {
		return err
	}
	if p.kind.Derive == nil {
		return nil
	}
	w := s.newWork(ctx, nil)
	var old any
	if id := rec.Base().ID; id != 0 {
		stored, err := w.get(kind, id)
		if err != nil {
			return err
		}
		if stored == nil {
			return &NotFound{Kind: kind, Name: fmt.Sprintf("#%d", id)}
		}
		s.restore(p.kind, rec, stored)
		old = stored
	}
	defer s.hide(p.kind, rec)
	if err := p.kind.Derive(rec, old, facts{w}); err != nil {
		return err
	}
	if w.failed != nil {
		return fmt.Errorf("prepare a %s: %w", kind, w.failed)
	}
	return nil
}
