package post

import (
	"context"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// nextStepDays is how long a client is usually given to read a proposal.
const nextStepDays = 3

// FollowUp gives the usual answers of what is asked once a proposal has left
// (its actions "sent" and "follow"): the activity of its deal that waited for
// that, with the result that materials were sent, and a call some days later,
// unless something is planned already.
func FollowUp(ctx context.Context, s *store.Session, id int64) (model.Answers, error) {
	p, err := read(ctx, s, id)
	if err != nil {
		return nil, err
	}
	out := model.Answers{}
	waits, err := openActivity(ctx, s, p, filter.Le)
	if err != nil {
		return nil, err
	}
	if !waits.IsZero() {
		out["finish"] = waits
		if out["result"], err = usualResult(ctx, s); err != nil {
			return nil, err
		}
	}
	planned, err := openActivity(ctx, s, p, filter.Gt)
	if err != nil || !planned.IsZero() {
		return out, err
	}
	day := s.Today() + nextStepDays
	for day.Weekday() == 0 || day.Weekday() == 6 {
		day++
	}
	out["next_type"], out["next_due"] = deal.ActivityTypes[0], day
	out["next_subject"] = words(p).T("mail.proposal.next", "number", p.Number)
	return out, nil
}

// openActivity is the earliest open activity of the proposal or of its deal,
// due up to today (Le) or later (Gt).
func openActivity(ctx context.Context, s *store.Session, p *proposal.Proposal, when filter.Op) (model.Ref, error) {
	of := filter.Or{filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(p.ID)}}}
	if p.Deal.ID != 0 {
		of = append(of, filter.Cond{Path: "deal", Op: filter.Eq, Values: []filter.Value{filter.ID(p.Deal.ID)}})
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "activity", Columns: []string{"subject"}, Sort: []store.Order{{Path: "due"}}, Limit: 1,
		Where: filter.And{
			of,
			filter.Cond{Path: "done", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}},
			filter.Cond{Path: "due", Op: when, Values: []filter.Value{filter.Date(s.Today())}},
		},
	})
	if err != nil || len(rows) == 0 {
		return model.Ref{}, err
	}
	name, _ := rows[0].Cells[0].(string)
	return model.Ref{ID: rows[0].ID, Name: name}, nil
}

// usualResult is the result that materials were sent, as a new base calls it;
// none where the firm has results of its own.
func usualResult(ctx context.Context, s *store.Session) (model.Ref, error) {
	var names filter.Or
	for _, l := range locale.Languages {
		names = append(names, filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(locale.New(l).T("seed.result.sent"))}})
	}
	rows, err := s.Page(ctx, store.Query{Kind: "activity-result", Columns: []string{"name"}, Limit: 1, Where: names})
	if err != nil || len(rows) == 0 {
		return model.Ref{}, err
	}
	name, _ := rows[0].Cells[0].(string)
	return model.Ref{ID: rows[0].ID, Name: name}, nil
}
