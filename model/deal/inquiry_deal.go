package deal

import (
	"ugoda/model"
	"ugoda/model/client"
)

// dealOf makes a deal out of an inquiry, and a client too where the caller is
// not known yet: nothing that was said is typed twice.
func dealOf(q *Inquiry, a model.Answers, f model.Facts) (model.Effects, error) {
	d := &Deal{
		Subject: a.Text("subject"), Process: a.Ref("process"), Client: q.Client, Contact: q.Contact,
		Inquiry: model.Ref{ID: q.ID, Code: q.Number, Name: q.Caller}, Manager: q.GivenTo, Source: q.Source, Note: q.Wanted, Opened: f.Today(), Amount: model.Money{Currency: f.BaseCurrency()},
	}
	if d.Subject == "" {
		d.Subject = firstLine(q.Wanted, 80)
	}
	if d.Subject == "" {
		d.Subject = q.Caller
	}
	if d.Subject == "" {
		d.Subject = q.Phone
	}
	if d.Manager.IsZero() {
		d.Manager = f.Employee()
	}
	if d.Process.IsZero() {
		if ps, _ := f.Query(ProcessesQuery, 0).([]*Process); len(ps) > 0 {
			d.Process = model.Ref{ID: ps[0].ID, Name: ps[0].Name}
		}
	}
	q.answer(OutcomeDeal, f)
	var e model.Effects
	if q.Client.IsZero() {
		c := &client.Client{Name: q.Caller, Form: client.Private, Phone: q.Phone, Email: q.Email, Manager: d.Manager, Source: q.Source, Language: "uk"}
		e.Create = append(e.Create, model.Created{Kind: "client", Record: c, Then: func(id int64) {
			q.Client = model.Ref{ID: id, Name: c.Name}
			d.Client = q.Client
		}})
	}
	e.Create = append(e.Create, model.Created{Kind: "deal", Record: d, Then: func(id int64) {
		q.Deal = model.Ref{ID: id, Code: d.Number, Name: d.Subject}
	}})
	e.OpenKind = "deal"
	return e, nil
}

func firstLine(s string, limit int) string {
	r := []rune(s)
	for i, c := range r {
		if c == '\n' || c == '\r' {
			r = r[:i]
			break
		}
	}
	if len(r) > limit {
		r = append(r[:limit-1:limit-1], '…')
	}
	return string(r)
}

// Describe registers the kinds of this package.
func Describe(r *model.Registry) {
	describeProcess(r)
	describeInquiry(r)
	describeActivity(r)
	describeDeal(r)
}
