package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// Behind is a deal that did not follow its proposal, though its process says
// that it does.
type Behind struct {
	Proposal model.Ref
	Deal     model.Ref
	Stage    model.Ref       // where it should stand
	Why      []model.Problem // what is in the way now; nothing: it may be moved there
}

// BehindOf tells of the proposal that a deal has not followed: of those accepted
// rather than of those sent, the newest first; nil when it has followed them all.
func (s *Session) BehindOf(ctx context.Context, dealID int64) (*Behind, error) {
	var ids []int64
	if err := each(ctx, pool{s.base}, `SELECT id, CASE WHEN status = ? THEN 0 ELSE 1 END AS rank FROM proposal
		WHERE deal_id = ? AND marked = FALSE AND status IN (?, ?) ORDER BY rank, id DESC`,
		[]any{proposal.Accepted, dealID, proposal.Accepted, proposal.Sent}, func(raw []any) error {
			id, _ := raw[0].(int64)
			ids = append(ids, id)
			return nil
		}); err != nil {
		return nil, fmt.Errorf("list what deal %d was to follow: %w", dealID, s.base.explain(err))
	}
	for _, id := range ids {
		if b, err := s.Behind(ctx, id); b != nil || err != nil {
			return b, err
		}
	}
	return nil, nil
}

// Behind tells of the deal of a proposal that was sent or accepted when the deal
// has not come to the stage that follows; nil when it has, or when it need not.
// One that followed and was moved back by somebody is where he wants it.
func (s *Session) Behind(ctx context.Context, proposalID int64) (*Behind, error) {
	w := s.newWork(ctx, nil)
	f := facts{w}
	p := model.Get[proposal.Proposal](f, "proposal", model.Ref{ID: proposalID})
	if p == nil || w.failed != nil {
		return nil, w.failed
	}
	d := model.Get[deal.Deal](f, "deal", p.Deal)
	if d == nil || d.Marked || d.State != deal.Open && d.State != deal.Hold || w.failed != nil {
		return nil, w.failed
	}
	to := d.Following(p.Status, f)
	since := map[string]time.Time{proposal.Sent: p.SentAt, proposal.Accepted: p.AnsweredAt}[p.Status]
	if to.IsZero() || since.IsZero() || w.failed != nil {
		return nil, w.failed
	}
	var entered int64
	if _, err := w.one(`SELECT COUNT(*) FROM funnel WHERE deal_id = ? AND stage_id = ? AND from_at >= ? AND void = FALSE`, []any{d.ID, to.ID, since.UnixMicro()}, &entered); err != nil {
		return nil, fmt.Errorf("look whether deal %s has followed: %w", d.Number, err)
	}
	if entered > 0 {
		return nil, nil
	}
	why, err := w.refuses("deal", d, "move", model.Answers{"stage": to})
	if err != nil {
		return nil, fmt.Errorf("ask why deal %s has not followed: %w", d.Number, err)
	}
	return &Behind{Proposal: p.Ref(), Deal: d.Ref(), Stage: to, Why: why}, nil
}

// refuses tells what the rules would say to an action of a record; nothing is
// written.
func (w *work) refuses(kind string, stored model.Keeper, action string, answers model.Answers) ([]model.Problem, error) {
	p, err := w.s.plan(kind)
	if err != nil {
		return nil, err
	}
	f, a := facts{w}, p.kind.Action(action)
	if a.May != nil {
		if problems := a.May(stored, f); len(problems) > 0 {
			return problems, w.failed
		}
	}
	rec := clone(p.kind, stored)
	problems, err := func() ([]model.Problem, error) {
		if _, err := a.Do(rec, answers, f); err != nil {
			return nil, err
		}
		if p.kind.Derive != nil {
			if err := p.kind.Derive(rec, stored, f); err != nil {
				return nil, err
			}
		}
		out, err := w.check(p, rec, stored)
		if err == nil && p.kind.Check != nil {
			out = append(out, p.kind.Check(rec, stored, f)...)
		}
		return out, err
	}()
	var refused model.Problems
	if errors.As(err, &refused) {
		problems, err = refused, nil
	}
	if err == nil {
		err = w.failed
	}
	return problems, err
}
