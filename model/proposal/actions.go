package proposal

import (
	"slices"
	"strconv"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
)

func describeActions(k *model.Description[Proposal], g gate) {
	k.Action(model.Action{ // recorded by sending; by hand when it went another way
		Name: "sent", May: all(in(Draft, Approved, Expired), g.may),
		Asks: followAsks(),
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			e, err := p.followUp(a, f)
			if err != nil {
				return e, err
			}
			if err := p.settle(f); err != nil {
				return e, err
			}
			p.Status, p.SentAt, p.Returned = Sent, f.Now(), false
			return e, p.keep(k.Kind, f, KeptSent, "", &e)
		}),
	})
	k.Action(model.Action{ // after it has left: what was done with that, and what comes next
		Name: "follow", May: in(Sent, Accepted, Declined), Asks: followAsks(),
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) { return p.followUp(a, f) }),
	})
	k.Action(model.Action{
		Name: "accept", May: all(in(Draft, Approved, Sent, Expired), g.leaves),
		Asks: []model.Ask{
			{Name: "variant", Type: model.Text},                  // its name, or its number from 1; empty: the recommended
			{Name: "options", Type: model.Text},                  // numbers of the options that are taken, from 1, with commas; "all"; empty: none
			{Name: "revision", Type: model.Link, To: "revision"}, // that the client took; none: what stands here
		},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			taken := model.Get[Revision](f, "revision", a.Ref("revision"))
			if taken != nil {
				if err := p.holds(k.Kind, taken); err != nil {
					return e, err
				}
			}
			if err := p.settle(f); err != nil {
				return e, err
			}
			if p.Status != Sent { // what is accepted is kept, whatever way it went
				if err := p.keep(k.Kind, f, KeptAccepted, "", &e); err != nil {
					return e, err
				}
			}
			p.Taken = p.Revision
			return e, p.accept(a, f)
		}),
	})
	k.Action(model.Action{
		Name: "decline", May: in(Approved, Sent, Expired),
		Asks: []model.Ask{{Name: "reason", Type: model.Link, To: "loss-reason", Required: true}, {Name: "words", Type: model.Text}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			p.Status, p.AnsweredAt = Declined, f.Now()
			p.DeclineReason, p.DeclineWords = a.Ref("reason"), a.Text("words")
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{Name: "cancel", Bulk: true, May: in(Draft, Awaiting, Approved, Sent, Expired), Do: become(Cancelled)})
	k.Action(model.Action{Name: "expire", Bulk: true, May: model.May(func(p *Proposal, f model.Facts) []model.Problem {
		if !slices.Contains([]string{Approved, Sent}, p.Status) {
			return []model.Problem{model.Wrong("status", "proposal_is_"+p.Status)}
		}
		if p.ValidUntil == 0 || f.Today() <= p.ValidUntil {
			return []model.Problem{model.Wrong("valid_until", "still_valid")}
		}
		return nil
	}), Do: become(Expired)})
	k.Action(model.Action{ // ended by a clock that was wrong: it is still valid, so nothing has ended
		Name: "revive", May: all(in(Expired), model.May(func(p *Proposal, f model.Facts) []model.Problem {
			if p.ValidUntil != 0 && f.Today() > p.ValidUntil || f.Today() < p.Date {
				return []model.Problem{model.Wrong("valid_until", "not_valid_today")}
			}
			return nil
		})),
		Do: model.Do(func(p *Proposal, _ model.Answers, _ model.Facts) (model.Effects, error) {
			p.Status = Approved
			if !p.SentAt.IsZero() && (p.SentRevision == 0 || p.SentRevision == p.Revision) { // and not a correction of what was sent
				p.Status = Sent
			}
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{ // back to work
		Name: "reopen", May: all(in(Accepted, Declined, Cancelled, Expired), model.May(unbilled)),
		Do: model.Do(func(p *Proposal, _ model.Answers, f model.Facts) (model.Effects, error) {
			p.Status, p.AnsweredAt, p.DeclineReason, p.DeclineWords, p.Taken = Draft, time.Time{}, model.Ref{}, "", 0
			p.forget()
			p.extend(f)
			return model.Effects{}, nil
		}),
	})
}

// nextStep plans what follows the sending, if a day was named.
func (p *Proposal) nextStep(a model.Answers, f model.Facts) model.Effects {
	due := a.Day("next_due")
	if due == 0 {
		return model.Effects{}
	}
	next := &deal.Activity{
		Type: a.Text("next_type"), Subject: a.Text("next_subject"), Due: due, Hour: a.Text("next_hour"),
		Client: p.Client, Contact: p.Contact, Deal: p.Deal, Proposal: model.Ref{ID: p.ID, Code: p.Number, Name: p.Subject}, Assignee: p.doer(f), Author: f.Employee(),
	}
	if next.Type == "" {
		next.Type = deal.ActivityTypes[0]
	}
	if next.Subject == "" {
		next.Subject = p.Number + " " + p.Subject
	}
	return model.Effects{Create: []model.Created{{Kind: "activity", Record: next}}}
}

func become(status string) func(any, model.Answers, model.Facts) (model.Effects, error) {
	return model.Do(func(p *Proposal, _ model.Answers, _ model.Facts) (model.Effects, error) {
		p.Status = status
		return model.Effects{}, nil
	})
}

// holds refuses to accept a revision that binds us no more, or that differs
// from what stands here: it is taken up first.
func (p *Proposal) holds(k *model.Kind, r *Revision) error {
	if r.Proposal.ID != p.ID {
		return model.Refused("revision", "revision_of_another")
	}
	if r.Superseded {
		return model.Refused("revision", "revision_is_superseded", "no", r.No)
	}
	now, err := digest(k, p)
	if err != nil {
		return err
	}
	if now != r.Digest {
		return model.Refused("revision", "revision_is_not_this", "no", r.No)
	}
	return nil
}

// accept records which variant the client takes.
func (p *Proposal) accept(a model.Answers, f model.Facts) error {
	chosen := -1
	name := a.Text("variant")
	for i := range p.Variants {
		v := &p.Variants[i]
		if (name == "" && v.Recommended) || (name != "" && (v.Name == name || name == strconv.Itoa(i+1))) {
			chosen = i
			break
		}
	}
	if chosen < 0 {
		return model.Refused("variants", "no_such_variant", "variant", name)
	}
	p.forget()
	v := &p.Variants[chosen]
	v.Accepted = true
	if err := v.take(a.Text("options")); err != nil {
		return err
	}
	p.Status, p.AnsweredAt = Accepted, f.Now()
	return nil
}

// follow lets the deal's amount follow the variant that counts, unless a
// person typed the amount.
func follow(p, old *Proposal, f model.Facts) (model.Effects, error) {
	e, err := followDeal(p, old, f)
	e.Change = append(e.Change, withdraw(p, old, f)...)
	return e, err
}

func followDeal(p, old *Proposal, f model.Facts) (model.Effects, error) {
	d := model.Get[deal.Deal](f, "deal", p.Deal)
	if d == nil || (d.State != deal.Open && d.State != deal.Hold) {
		return model.Effects{}, nil
	}
	e, err := followAmount(p, old, d, f)
	if old == nil || old.Status != p.Status {
		if to := d.Following(p.Status, f); !to.IsZero() {
			e.Try = append(e.Try, model.Attempt{Kind: "deal", ID: d.ID, Action: "move", Answers: model.Answers{"stage": to}})
		}
	}
	return e, err
}

func followAmount(p, old *Proposal, d *deal.Deal, f model.Facts) (model.Effects, error) {
	if d.AmountFixed {
		return model.Effects{}, nil
	}
	if old != nil && old.Amount == p.Amount && old.Status == p.Status {
		return model.Effects{}, nil
	}
	m, ok := f.Query(deal.ProposalAmountQuery, d.ID).(model.Money)
	if !ok || m == d.Amount {
		return model.Effects{}, nil
	}
	changed := *d
	changed.Products = slices.Clone(d.Products)
	changed.Amount = m
	return model.Effects{Change: []model.Created{{Kind: "deal", Record: &changed}}}, nil
}
