package deal

import "ugoda/model"

func describeMoves(k *model.Description[Deal]) {
	is := func(states ...string) func(any, model.Facts) []model.Problem {
		return model.May(func(d *Deal, _ model.Facts) []model.Problem {
			for _, s := range states {
				if d.State == s {
					return nil
				}
			}
			return []model.Problem{model.Wrong("state", "deal_is_"+d.State)}
		})
	}
	k.Action(model.Action{
		Name: "move", Bulk: true,
		Asks: []model.Ask{{Name: "stage", Type: model.Link, To: "stage", Required: true}, {Name: "reason", Type: model.Link, To: "loss-reason"}, {Name: "words", Type: model.Text}},
		Do: model.Do(func(d *Deal, a model.Answers, _ model.Facts) (model.Effects, error) {
			d.Stage = a.Ref("stage")
			d.LossReason, d.LossWords = a.Ref("reason"), a.Text("words")
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{
		Name: "win", Bulk: true, May: is(Open, Hold),
		Do: to(Won),
	})
	k.Action(model.Action{
		Name: "lose", Bulk: true, May: is(Open, Hold),
		Asks: []model.Ask{{Name: "reason", Type: model.Link, To: "loss-reason", Required: true}, {Name: "words", Type: model.Text}},
		Do:   to(Lost),
	})
	k.Action(model.Action{Name: "hold", Bulk: true, May: is(Open), Do: to(Hold)})
	k.Action(model.Action{
		Name: "reopen", Bulk: true, May: is(Won, Lost, Hold),
		Asks: []model.Ask{{Name: "stage", Type: model.Link, To: "stage"}},
		Do: model.Do(func(d *Deal, a model.Answers, f model.Facts) (model.Effects, error) {
			d.Stage = a.Ref("stage")
			if d.Stage.IsZero() {
				last, ok := f.Query(LastOpenStageQuery, d.ID).(model.Ref)
				if !ok || last.IsZero() {
					first := StageOf(f, d.Process, Open)
					if first == nil {
						return model.Effects{}, model.Refused("stage", "no_open_stage")
					}
					last = first.Ref()
				}
				d.Stage = last
			}
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{
		Name: "assign", Bulk: true,
		Asks: []model.Ask{{Name: "manager", Type: model.Link, To: "employee", Required: true}},
		Do: model.Do(func(d *Deal, a model.Answers, _ model.Facts) (model.Effects, error) {
			d.Manager = a.Ref("manager")
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{
		Name: "plan", Bulk: true, // the next step
		Asks: []model.Ask{
			{Name: "type", Type: model.Choice, Values: ActivityTypes, Required: true},
			{Name: "subject", Type: model.Text, Required: true},
			{Name: "due", Type: model.Days, Required: true},
			{Name: "assignee", Type: model.Link, To: "employee"},
		},
		Do: model.Do(func(d *Deal, a model.Answers, f model.Facts) (model.Effects, error) {
			next := &Activity{
				Type: a.Text("type"), Subject: a.Text("subject"), Due: a.Day("due"), Assignee: a.Ref("assignee"),
				Deal: d.Ref(), Client: d.Client, Contact: d.Contact, Author: f.Employee(),
			}
			if next.Assignee.IsZero() {
				next.Assignee = d.Manager
			}
			return model.Effects{Create: []model.Created{{Kind: "activity", Record: next}}}, nil
		}),
	})
	k.Action(model.Action{
		Name: "propose", Main: true, May: is(Open, Hold, Won),
		Do: model.Do(func(d *Deal, _ model.Answers, _ model.Facts) (model.Effects, error) {
			e := model.Effects{OpenKind: "proposal", Prefill: map[string]any{"deal": d.Ref()}}
			if !d.Manager.IsZero() { // whoever makes it, it is his
				e.Prefill["manager"] = d.Manager
			}
			return e, nil
		}),
	})
}

// LastOpenStageQuery names the question "the last open stage that the deal
// stood in, by its journal"; its answer is a model.Ref.
const LastOpenStageQuery = "last-open-stage"

// to moves a deal to the first stage of a kind in its process.
func to(kind string) func(any, model.Answers, model.Facts) (model.Effects, error) {
	return model.Do(func(d *Deal, a model.Answers, f model.Facts) (model.Effects, error) {
		s := StageOf(f, d.Process, kind)
		if s == nil {
			return model.Effects{}, model.Refused("stage", "no_stage_of_kind_"+kind)
		}
		d.Stage = s.Ref()
		if kind == Lost {
			d.LossReason, d.LossWords = a.Ref("reason"), a.Text("words")
		}
		return model.Effects{}, nil
	})
}

// Following is where a deal moves on to when a proposal of it comes to a status,
// as its process says: only forward, and never out of a pause except to win;
// nowhere if it stays.
func (d *Deal) Following(status string, f model.Facts) model.Ref {
	p := model.Get[Process](f, "process", d.Process)
	if p == nil {
		return model.Ref{}
	}
	to := map[string]model.Ref{"sent": p.SentStage, "accepted": p.AcceptedStage}[status]
	next, now := model.Get[Stage](f, "stage", to), model.Get[Stage](f, "stage", d.Stage)
	switch {
	case next == nil || now == nil || next.Marked || next.Process.ID != d.Process.ID:
	case next.Kind == Won && (now.Kind == Open || now.Kind == Hold), next.Kind == Open && now.Kind == Open && next.Order > now.Order:
		return next.Ref()
	}
	return model.Ref{}
}
