package proposal

import (
	"slices"
	"strconv"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
)

func describeActions(k *model.Description[Proposal]) {
	in := func(statuses ...string) func(any, model.Facts) []model.Problem {
		return model.May(func(p *Proposal, _ model.Facts) []model.Problem {
			if slices.Contains(statuses, p.Status) {
				return nil
			}
			return []model.Problem{model.Wrong("status", "proposal_is_"+p.Status)}
		})
	}
	k.Action(model.Action{ // recorded by sending; by hand when it went another way
		Name: "sent", May: in(Draft, Approved, Expired),
		Asks: []model.Ask{
			{Name: "next_type", Type: model.Choice, Values: deal.ActivityTypes},
			{Name: "next_subject", Type: model.Text},
			{Name: "next_due", Type: model.Days},
			{Name: "next_hour", Type: model.Text},
		},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			p.MarkSent(f.Now())
			return p.nextStep(a, f), nil
		}),
	})
	k.Action(model.Action{
		Name: "accept", May: in(Draft, Approved, Sent, Expired),
		Asks: []model.Ask{{Name: "variant", Type: model.Text}}, // its name, or its number from 1; empty: the recommended
		Do:   model.Do(accept),
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
	k.Action(model.Action{ // back to work
		Name: "reopen", May: in(Sent, Accepted, Declined, Cancelled, Expired),
		Do: model.Do(func(p *Proposal, _ model.Answers, f model.Facts) (model.Effects, error) {
			p.Status, p.AnsweredAt, p.DeclineReason, p.DeclineWords = Draft, time.Time{}, model.Ref{}, ""
			for i := range p.Variants {
				p.Variants[i].Accepted = false
			}
			if p.ValidUntil != 0 && p.ValidUntil < f.Today() {
				p.ValidUntil = f.Today() + ValidDays
			}
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
	next := &deal.Activity{Type: a.Text("next_type"), Subject: a.Text("next_subject"), Due: due, Hour: a.Text("next_hour"),
		Client: p.Client, Contact: p.Contact, Deal: p.Deal, Proposal: model.Ref{ID: p.ID, Code: p.Number, Name: p.Subject}, Assignee: p.Manager, Author: f.Employee()}
	if next.Type == "" {
		next.Type = deal.ActivityTypes[0]
	}
	if next.Subject == "" {
		next.Subject = p.Number + " " + p.Subject
	}
	return model.Effects{Create: []model.Created{{Kind: "activity", Record: next}}}
}

// MarkSent records that the proposal went to the client.
func (p *Proposal) MarkSent(at time.Time) {
	p.Status, p.SentAt = Sent, at
}

func become(status string) func(any, model.Answers, model.Facts) (model.Effects, error) {
	return model.Do(func(p *Proposal, _ model.Answers, _ model.Facts) (model.Effects, error) {
		p.Status = status
		return model.Effects{}, nil
	})
}

func accept(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
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
		return model.Effects{}, model.Refused("variants", "no_such_variant", "variant", name)
	}
	for i := range p.Variants {
		p.Variants[i].Accepted = i == chosen
	}
	p.Status, p.AnsweredAt = Accepted, f.Now()
	return model.Effects{}, nil
}

// follow lets the deal's amount follow the variant that counts, unless a
// person typed the amount.
func follow(p, old *Proposal, f model.Facts) (model.Effects, error) {
	d := model.Get[deal.Deal](f, "deal", p.Deal)
	if d == nil || d.AmountFixed || (d.State != deal.Open && d.State != deal.Hold) {
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
