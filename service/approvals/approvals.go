// Package approvals is the queue of what waits for somebody's approval, with
// the figures to decide by, and of what a salesperson hears of his proposals.
package approvals

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// most is how many proposals a queue shows.
const most = 50

// Asked is a proposal that waits for an answer.
type Asked struct {
	Proposal *proposal.Proposal // what the session may not see is empty
	Rules    []string
	By       model.Ref // who put it before the approver
	Since    time.Time
	Words    string    // of who asked
	Approver model.Ref // nobody: anybody of Role
	Role     string
	Mine     bool // it is asked of who looks, not of somebody in whose place he may answer
	// Before is what was approved or sent last, if anything was; Changes is how the
	// proposal differs from it.
	Before  *proposal.Revision
	Was     *proposal.Proposal // its content
	Changes proposal.Comparison
}

// Queue lists what may be answered by the session's user, what is asked of
// himself first, then the most important, then the oldest.
func Queue(ctx context.Context, s *store.Session) ([]Asked, error) {
	return asked(ctx, s, mine)
}

// Of is what is asked of the session's user about one proposal; false: nothing.
func Of(ctx context.Context, s *store.Session, id int64) (Asked, bool, error) {
	all, err := asked(ctx, s, filter.And{mine, filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}}})
	if err != nil || len(all) == 0 {
		return Asked{}, false, err
	}
	return all[0], true, nil
}

var mine = filter.Cond{Path: "mine", Op: filter.Eq, Values: []filter.Value{filter.Bool(true)}}

func asked(ctx context.Context, s *store.Session, where filter.Node) ([]Asked, error) {
	rows, err := s.Page(ctx, store.Query{
		Kind: "approval", Columns: []string{"proposal", "rule", "passed_by", "turn_at", "words", "approver", "role"},
		Where: where, Sort: []store.Order{{Path: "id"}}, Limit: 4 * most,
	})
	if err != nil {
		return nil, fmt.Errorf("list what waits for approval: %w", err)
	}
	byProposal := map[int64]int{}
	var out []Asked
	for _, r := range rows {
		of, _ := r.Cells[0].(model.Ref)
		rule, _ := r.Cells[1].(model.Ref)
		i, known := byProposal[of.ID]
		if !known {
			if len(out) == most {
				continue
			}
			i = len(out)
			byProposal[of.ID] = i
			a := Asked{Proposal: &proposal.Proposal{Record: model.Record{ID: of.ID}}}
			a.By, _ = r.Cells[2].(model.Ref)
			a.Since, _ = r.Cells[3].(time.Time)
			a.Words, _ = r.Cells[4].(string)
			a.Approver, _ = r.Cells[5].(model.Ref)
			a.Role, _ = r.Cells[6].(string)
			out = append(out, a)
		}
		a := &out[i]
		if !slices.Contains(a.Rules, rule.Name) {
			a.Rules = append(a.Rules, rule.Name)
		}
		approver, _ := r.Cells[5].(model.Ref)
		role, _ := r.Cells[6].(string)
		a.Mine = a.Mine || !s.Employee.IsZero() && approver.ID == s.Employee.ID || approver.IsZero() && role == string(s.Role)
	}
	for i := range out {
		if err := out[i].read(ctx, s); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b Asked) int {
		if a.Mine != b.Mine {
			if a.Mine {
				return -1
			}
			return 1
		}
		rank := func(x Asked) int { return slices.Index(proposal.Importances, x.Proposal.Importance) }
		if d := rank(b) - rank(a); d != 0 {
			return d
		}
		return a.Since.Compare(b.Since)
	})
	return out, nil
}

// read completes what waits with the proposal and with what stood before.
func (a *Asked) read(ctx context.Context, s *store.Session) error {
	rec, err := s.Get(ctx, "proposal", a.Proposal.ID)
	if err != nil {
		return err
	}
	a.Proposal = rec.(*proposal.Proposal)
	kept, err := s.Revisions(ctx, a.Proposal.ID)
	if err != nil {
		return err
	}
	for _, r := range slices.Backward(kept) {
		if !r.ApprovedAt.IsZero() || !r.SentAt.IsZero() {
			a.Before = r
			break
		}
	}
	if a.Before == nil {
		return nil
	}
	was, err := s.RevisionContent(ctx, a.Before.ID)
	if err != nil {
		return err
	}
	a.Was = was
	a.Changes = proposal.Compare(s.Registry().Kind("proposal"), was, a.Proposal)
	return nil
}

// Rule is the names of the rules in one line.
func (a *Asked) Rule() string { return strings.Join(a.Rules, " · ") }

// Difference says in a few words what became of the proposal since it was
// approved or sent last.
func (a *Asked) Difference(p *locale.Printer) string {
	if a.Before == nil {
		return p.T("approvals.first")
	}
	return Told(p, &a.Changes)
}

// Told says in a few words what a comparison found: how the sum of the variant
// that changed most moved, in the proposal's currency, and how many lines and
// terms did.
func Told(p *locale.Printer, c *proposal.Comparison) string {
	var delta, lines int64
	for _, v := range c.Variants {
		if d := v.Delta(); !c.Turned() && max(d, -d) > max(delta, -delta) {
			delta = d
		}
		for _, l := range v.Lines {
			if l.What != proposal.Same {
				lines++
			}
		}
	}
	var parts []string
	if delta != 0 {
		sign := ""
		if delta > 0 {
			sign = "+"
		}
		parts = append(parts, sign+p.Amount(delta))
	}
	if lines > 0 {
		parts = append(parts, p.N("approvals.lines", lines))
	}
	if n := len(c.Terms); n > 0 {
		parts = append(parts, p.N("approvals.terms", int64(n)))
	}
	if len(parts) == 0 {
		return p.T("approvals.same")
	}
	return strings.Join(parts, " · ")
}

// Own is a proposal of a salesperson that he should know of.
type Own struct {
	ID         int64
	Number     string
	Subject    string
	Client     model.Ref
	Status     string
	Returned   bool // given back to him: Comment says why
	Importance string
	Amount     model.Money
	Comment    string
	Who        model.Ref // gave it back, or is asked; nobody: anybody of Role
	Role       string
	Since      time.Time
}

// Mine lists the session's own proposals that were returned, that wait to be
// approved, and the critical ones that the client has not answered.
func Mine(ctx context.Context, s *store.Session) ([]Own, error) {
	if s.Employee.IsZero() {
		return nil, nil
	}
	where, err := filter.Parse(s.Registry(), "proposal", `manager = me and (status = "`+proposal.Draft+`" and returned = true or status = "`+
		proposal.Awaiting+`" or status = "`+proposal.Sent+`" and importance = "critical")`)
	if err != nil {
		return nil, err
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "proposal", Columns: []string{"number", "subject", "client", "status", "returned", "importance", "amount", "sent_at"},
		Where: where, Sort: []store.Order{{Path: "returned", Desc: true}, {Path: "importance", Desc: true}, {Path: "id"}}, Limit: most,
	})
	if err != nil {
		return nil, fmt.Errorf("list the proposals that wait: %w", err)
	}
	var out []Own
	for _, r := range rows {
		o := Own{ID: r.ID}
		o.Number, _ = r.Cells[0].(string)
		o.Subject, _ = r.Cells[1].(string)
		o.Client, _ = r.Cells[2].(model.Ref)
		o.Status, _ = r.Cells[3].(string)
		o.Returned, _ = r.Cells[4].(bool)
		o.Importance, _ = r.Cells[5].(string)
		o.Amount, _ = r.Cells[6].(model.Money)
		o.Since, _ = r.Cells[7].(time.Time)
		o.Returned = o.Returned && o.Status == proposal.Draft
		if o.Status != proposal.Sent {
			if err := o.answer(ctx, s); err != nil {
				return nil, err
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// About says of a proposal who gave it back and why, or who is asked; mine: the
// session's user may answer.
func About(ctx context.Context, s *store.Session, p *proposal.Proposal) (o Own, mine bool, err error) {
	o = Own{ID: p.ID, Number: p.Number, Status: p.Status, Returned: p.Returned && p.Status == proposal.Draft}
	if err := o.answer(ctx, s); err != nil || o.Status != proposal.Awaiting {
		return o, false, err
	}
	_, mine, err = Of(ctx, s, p.ID)
	return o, mine, err
}

// answer finds who gave it back and why, or who is asked.
func (o *Own) answer(ctx context.Context, s *store.Session) error {
	state := proposal.Waiting
	if o.Returned {
		state = proposal.Returned
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "approval", Columns: []string{"comment", "decided_by", "decided_at", "approver", "role", "turn_at"}, Sort: []store.Order{{Path: "id", Desc: true}}, Limit: 20,
		Where: filter.And{
			filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(o.ID)}},
			filter.Cond{Path: "state", Op: filter.Eq, Values: []filter.Value{filter.String(state)}},
		},
	})
	if err != nil {
		return fmt.Errorf("look who approves proposal %s: %w", o.Number, err)
	}
	for _, r := range rows {
		turn, _ := r.Cells[5].(time.Time)
		if turn.IsZero() {
			continue
		}
		if o.Returned {
			o.Comment, _ = r.Cells[0].(string)
			o.Who, _ = r.Cells[1].(model.Ref)
			o.Since, _ = r.Cells[2].(time.Time)
			return nil
		}
		o.Who, _ = r.Cells[3].(model.Ref)
		o.Role, _ = r.Cells[4].(string)
		o.Since = turn
		return nil
	}
	return nil
}
