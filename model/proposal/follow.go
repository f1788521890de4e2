package proposal

import (
	"ugoda/model"
	"ugoda/model/deal"
)

// followAsks are the questions after a proposal has left: which activity is
// done with that, its result, and the next step.
func followAsks() []model.Ask {
	return []model.Ask{
		{Name: "finish", Type: model.Link, To: "activity"},
		{Name: "result", Type: model.Link, To: "activity-result"},
		{Name: "words", Type: model.LongText},
		{Name: "next_type", Type: model.Choice, Values: deal.ActivityTypes},
		{Name: "next_subject", Type: model.Text},
		{Name: "next_due", Type: model.Days},
		{Name: "next_hour", Type: model.Text, Format: "hour"},
	}
}

// followUp finishes the activity that the sending answered, with its result,
// and plans the next step, if a day was named. A result without an activity is
// that of the sending itself.
func (p *Proposal) followUp(a model.Answers, f model.Facts) (model.Effects, error) {
	e := p.nextStep(a, f)
	done, result := a.Ref("finish"), a.Ref("result")
	switch {
	case !done.IsZero():
		x := model.Get[deal.Activity](f, "activity", done)
		switch {
		case x == nil:
			return e, model.Refused("finish", "no_such_record")
		case x.Done:
			return e, model.Refused("finish", "activity_is_done")
		case result.IsZero():
			return e, model.Refused("result", "required")
		}
		changed := *x
		if _, err := deal.Finish(&changed, model.Answers{"result": result, "words": a.Text("words")}, f); err != nil {
			return e, err
		}
		e.Change = append(e.Change, model.Created{Kind: "activity", Record: &changed})
	case !result.IsZero():
		e.Create = append(e.Create, model.Created{Kind: "activity", Record: &deal.Activity{
			Type: "letter", Subject: p.Number + " " + p.Subject, Due: f.Today(), Done: true, Result: result, Words: a.Text("words"),
			Client: p.Client, Contact: p.Contact, Deal: p.Deal, Proposal: model.Ref{ID: p.ID, Code: p.Number, Name: p.Subject},
			Assignee: p.doer(f), Author: f.Employee(),
		}})
	}
	return e, nil
}

// doer is who works on the proposal: its salesperson, else who acts.
func (p *Proposal) doer(f model.Facts) model.Ref {
	if p.Manager.IsZero() {
		return f.Employee()
	}
	return p.Manager
}
