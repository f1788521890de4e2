package deal

import (
	"time"

	"ugoda/model"
)

// ActivityTypes lists what an activity may be.
var ActivityTypes = []string{"call", "meeting", "letter", "task", "note"}

// Activity is a contact with a client or a task: planned, then done.
type Activity struct {
	model.Record
	Type     string
	Subject  string
	Client   model.Ref
	Contact  model.Ref
	Deal     model.Ref
	Proposal model.Ref
	Assignee model.Ref
	Author   model.Ref
	Due      model.Day
	Hour     string // 14:30, or empty for the whole day
	Done     bool
	DoneAt   time.Time
	Result   model.Ref
	Words    string // what came of it
	Note     string
}

// Result is what activities end with.
type Result struct {
	model.Record
	Name   string
	Counts bool // whether such an activity had a result
	Active bool
}

// Ref points to the activity.
func (a *Activity) Ref() model.Ref { return model.Ref{ID: a.ID, Code: a.Number, Name: a.Subject} }

func describeActivity(r *model.Registry) {
	res := model.Describe[Result](r, "activity-result")
	res.Catalogue, res.Title, res.Sort, res.Writers = true, []string{"name"}, "name", []model.Role{model.RoleAdmin, model.RoleHead}
	res.Text("name", func(x *Result) *string { return &x.Name }, model.Required, model.Shown, model.Named, model.Unique)
	res.Bool("counts", func(x *Result) *bool { return &x.Counts }, model.Shown)
	res.Bool("active", func(x *Result) *bool { return &x.Active }, model.Shown)
	res.Defaults(func(x *Result, _ model.Facts) { x.Active, x.Counts = true, true })

	k := model.Describe[Activity](r, "activity")
	k.Title, k.Sort, k.Calendar = []string{"subject"}, "due", []string{"due", "done_at"}
	k.Field("number").Hidden = true
	k.Choice("type", func(a *Activity) *string { return &a.Type }, model.OneOf(ActivityTypes...), model.Required, model.Shown)
	k.Text("subject", func(a *Activity) *string { return &a.Subject }, model.Shown, model.Named)
	k.Day("due", func(a *Activity) *model.Day { return &a.Due }, model.Shown)
	k.Text("hour", func(a *Activity) *string { return &a.Hour }, model.Shown, model.Format("hour"))
	k.Ref("client", func(a *Activity) *model.Ref { return &a.Client }, model.To("client"), model.Shown)
	k.Ref("contact", func(a *Activity) *model.Ref { return &a.Contact }, model.To("contact"))
	k.Ref("deal", func(a *Activity) *model.Ref { return &a.Deal }, model.To("deal"), model.Shown)
	k.Ref("proposal", func(a *Activity) *model.Ref { return &a.Proposal }, model.To("proposal"))
	k.Ref("assignee", func(a *Activity) *model.Ref { return &a.Assignee }, model.To("employee"), model.Required, model.Shown)
	k.Ref("author", func(a *Activity) *model.Ref { return &a.Author }, model.To("employee"), model.ReadOnly)
	k.Bool("done", func(a *Activity) *bool { return &a.Done }, model.Shown)
	k.Moment("done_at", func(a *Activity) *time.Time { return &a.DoneAt }, model.ReadOnly)
	k.Ref("result", func(a *Activity) *model.Ref { return &a.Result }, model.To("activity-result"), model.Shown)
	k.Text("words", func(a *Activity) *string { return &a.Words })
	k.LongText("note", func(a *Activity) *string { return &a.Note })

	k.Defaults(func(a *Activity, f model.Facts) {
		a.Type, a.Assignee, a.Author, a.Due = "call", f.Employee(), f.Employee(), f.Today()
	})
	k.Derives(func(a, old *Activity, f model.Facts) error {
		if a.Type == "note" { // a note is done when it is written
			a.Done = true
		}
		switch {
		case !a.Done:
			a.DoneAt = time.Time{}
		case a.DoneAt.IsZero():
			a.DoneAt = f.Now()
		}
		if d := model.Get[Deal](f, "deal", a.Deal); d != nil {
			if a.Client.IsZero() {
				a.Client = d.Client
			}
			if a.Assignee.IsZero() {
				a.Assignee = d.Manager
			}
		}
		if a.Subject == "" {
			a.Subject = a.Words
		}
		return nil
	})
	k.Checks(func(a, _ *Activity, _ model.Facts) []model.Problem {
		var p []model.Problem
		if !a.Done && a.Due == 0 {
			p = append(p, model.Wrong("due", "no_due_day"))
		}
		if a.Subject == "" && a.Note == "" {
			p = append(p, model.Wrong("subject", "required"))
		}
		if a.Hour != "" {
			if _, err := time.Parse("15:04", a.Hour); err != nil {
				p = append(p, model.Wrong("hour", "hour_form"))
			}
		}
		return p
	})
	open := model.May(func(a *Activity, _ model.Facts) []model.Problem {
		if a.Done {
			return []model.Problem{model.Wrong("done", "activity_is_done")}
		}
		return nil
	})
	k.Action(model.Action{
		Name: "finish", Main: true, Bulk: true, May: open,
		Asks: []model.Ask{
			{Name: "result", Type: model.Link, To: "activity-result", Required: true},
			{Name: "words", Type: model.LongText},
			{Name: "next_type", Type: model.Choice, Values: ActivityTypes},
			{Name: "next_subject", Type: model.Text},
			{Name: "next_due", Type: model.Days},
			{Name: "next_hour", Type: model.Text, Format: "hour"},
		},
		Do: model.Do(Finish),
	})
	k.Action(model.Action{
		Name: "postpone", Bulk: true, May: open,
		Asks: []model.Ask{{Name: "due", Type: model.Days, Required: true}, {Name: "hour", Type: model.Text}},
		Do: model.Do(func(a *Activity, ans model.Answers, _ model.Facts) (model.Effects, error) {
			a.Due, a.Hour = ans.Day("due"), ans.Text("hour")
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{
		Name: "assign", Bulk: true, May: open,
		Asks: []model.Ask{{Name: "assignee", Type: model.Link, To: "employee", Required: true}},
		Do: model.Do(func(a *Activity, ans model.Answers, _ model.Facts) (model.Effects, error) {
			a.Assignee = ans.Ref("assignee")
			return model.Effects{}, nil
		}),
	})
}

// Finish records the result of an activity and plans the next step, if one
// was named.
func Finish(a *Activity, ans model.Answers, f model.Facts) (model.Effects, error) {
	a.Done, a.Result, a.Words = true, ans.Ref("result"), ans.Text("words")
	due := ans.Day("next_due")
	if due == 0 {
		return model.Effects{}, nil
	}
	next := &Activity{
		Type: ans.Text("next_type"), Subject: ans.Text("next_subject"), Due: due, Hour: ans.Text("next_hour"),
		Client: a.Client, Contact: a.Contact, Deal: a.Deal, Assignee: a.Assignee, Author: f.Employee(),
	}
	if next.Type == "" {
		next.Type = a.Type
	}
	if next.Subject == "" {
		next.Subject = a.Subject
	}
	return model.Effects{Create: []model.Created{{Kind: "activity", Record: next}}}, nil
}
