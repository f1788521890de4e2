package deal

import (
	"time"

	"ugoda/model"
	"ugoda/model/requisite"
)

// Outcomes of an inquiry; none yet is empty.
const (
	OutcomeDeal    = "deal"     // a new deal came of it
	OutcomeJoined  = "joined"   // it belongs to a deal that was there
	OutcomeNotOurs = "not_ours" // nothing for us
)

// Channels lists how an inquiry may come.
var Channels = []string{"call", "email", "site", "messenger", "visit", "other"}

// Inquiry is somebody asking us to sell something.
type Inquiry struct {
	model.Record
	At         time.Time
	Day        model.Day // of At where the firm is
	Channel    string
	Source     model.Ref
	Phone      string
	PhoneE164  string
	Caller     string // name as said
	Email      string
	Wanted     string
	Client     model.Ref
	Contact    model.Ref
	TakenBy    model.Ref
	GivenTo    model.Ref
	AnsweredAt time.Time
	Outcome    string
	Deal       model.Ref
}

func describeInquiry(r *model.Registry) {
	k := model.Describe[Inquiry](r, "inquiry")
	k.Title, k.Sort, k.Series, k.Calendar = []string{"caller", "phone"}, "-at", "inquiry", []string{"at"}
	k.Field("number").Shown, k.Field("number").ReadOnly = true, true
	k.Moment("at", func(q *Inquiry) *time.Time { return &q.At }, model.Required, model.Shown)
	k.Day("day", func(q *Inquiry) *model.Day { return &q.Day }, model.ReadOnly)
	k.Choice("channel", func(q *Inquiry) *string { return &q.Channel }, model.OneOf(Channels...), model.Required, model.Shown)
	k.Text("phone", func(q *Inquiry) *string { return &q.Phone }, model.Shown, model.Format("phone"))
	k.Text("phone_e164", func(q *Inquiry) *string { return &q.PhoneE164 }, model.Hidden, model.ReadOnly, model.Unaudited)
	k.Text("caller", func(q *Inquiry) *string { return &q.Caller }, model.Shown, model.Named)
	k.Text("email", func(q *Inquiry) *string { return &q.Email }, model.Format("email"))
	k.LongText("wanted", func(q *Inquiry) *string { return &q.Wanted }, model.Shown)
	k.Ref("client", func(q *Inquiry) *model.Ref { return &q.Client }, model.To("client"), model.Shown)
	k.Ref("contact", func(q *Inquiry) *model.Ref { return &q.Contact }, model.To("contact"))
	k.Ref("source", func(q *Inquiry) *model.Ref { return &q.Source }, model.To("source"), model.Shown)
	k.Ref("taken_by", func(q *Inquiry) *model.Ref { return &q.TakenBy }, model.To("employee"))
	k.Ref("given_to", func(q *Inquiry) *model.Ref { return &q.GivenTo }, model.To("employee"), model.Shown)
	k.Moment("answered_at", func(q *Inquiry) *time.Time { return &q.AnsweredAt })
	k.Choice("outcome", func(q *Inquiry) *string { return &q.Outcome }, model.OneOf(OutcomeDeal, OutcomeJoined, OutcomeNotOurs), model.ReadOnly, model.Shown)
	k.Ref("deal", func(q *Inquiry) *model.Ref { return &q.Deal }, model.To("deal"), model.ReadOnly)

	k.Defaults(func(q *Inquiry, f model.Facts) {
		q.At, q.Day, q.Channel, q.TakenBy, q.GivenTo = f.Now(), f.Today(), "call", f.Employee(), f.Employee()
	})
	k.Derives(func(q, old *Inquiry, f model.Facts) error {
		q.PhoneE164 = requisite.E164(q.Phone)
		if q.At.IsZero() {
			q.At = f.Now()
		}
		if q.Day == 0 || (old != nil && !old.At.Equal(q.At)) {
			q.Day = model.DayOf(q.At.In(time.Local))
		}
		return nil
	})
	k.Checks(func(q, _ *Inquiry, _ model.Facts) []model.Problem {
		if q.Caller == "" && q.Phone == "" && q.Email == "" && q.Client.IsZero() {
			return []model.Problem{model.Wrong("caller", "name_or_phone")}
		}
		return nil
	})
	waiting := model.May(func(q *Inquiry, _ model.Facts) []model.Problem {
		if q.Outcome != "" {
			return []model.Problem{model.Wrong("outcome", "inquiry_is_answered")}
		}
		return nil
	})
	k.Action(model.Action{
		Name: "deal", Main: true, May: waiting,
		Asks: []model.Ask{{Name: "subject", Type: model.Text}, {Name: "process", Type: model.Link, To: "process"}},
		Do:   model.Do(dealOf),
	})
	k.Action(model.Action{
		Name: "join", May: waiting,
		Asks: []model.Ask{{Name: "deal", Type: model.Link, To: "deal", Required: true}},
		Do: model.Do(func(q *Inquiry, a model.Answers, f model.Facts) (model.Effects, error) {
			q.answer(OutcomeJoined, f)
			q.Deal = a.Ref("deal")
			if d := model.Get[Deal](f, "deal", q.Deal); d != nil && q.Client.IsZero() {
				q.Client = d.Client
			}
			return model.Effects{OpenKind: "deal", Open: q.Deal}, nil
		}),
	})
	k.Action(model.Action{
		Name: "not_ours", Bulk: true, May: waiting,
		Do: model.Do(func(q *Inquiry, _ model.Answers, f model.Facts) (model.Effects, error) {
			q.answer(OutcomeNotOurs, f)
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{
		Name: "assign", Bulk: true,
		Asks: []model.Ask{{Name: "given_to", Type: model.Link, To: "employee", Required: true}},
		Do: model.Do(func(q *Inquiry, a model.Answers, _ model.Facts) (model.Effects, error) {
			q.GivenTo = a.Ref("given_to")
			return model.Effects{}, nil
		}),
	})
}

func (q *Inquiry) answer(outcome string, f model.Facts) {
	q.Outcome = outcome
	if q.AnsweredAt.IsZero() {
		q.AnsweredAt = f.Now()
	}
}
