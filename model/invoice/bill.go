package invoice

import (
	"slices"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// describeBill adds to proposals that an accepted one is billed: proposals know
// nothing of what is made of them.
func describeBill(r *model.Registry) {
	k := r.Kind("proposal")
	bill := &model.Action{
		Name: "bill",
		May: model.May(func(p *proposal.Proposal, f model.Facts) []model.Problem {
			if p.Status != proposal.Accepted {
				return []model.Problem{model.Wrong("status", "bill_needs_acceptance")}
			}
			if w := Left(p, 0, f); w != nil && len(w.Rest()) == 0 {
				return []model.Problem{model.Wrong("status", "all_is_billed")}
			}
			return nil
		}),
		Asks: []model.Ask{
			{Name: "lines", Type: model.Text},                    // quantities by the numbers of positions: "1=5, 3=2"
			{Name: "share", Type: model.Percents},                // of everything that was accepted
			{Name: "rest", Type: model.Bool},                     // all that is left: so too when nothing is said
			{Name: "date", Type: model.Days},                     // of the invoice; none: today
			{Name: "pay_until", Type: model.Days},                // none: in the usual time
			{Name: "revision", Type: model.Link, To: "revision"}, // that is meant; none: the accepted one
		},
		Do: model.Do(func(p *proposal.Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			if err := p.Binding(k, model.Get[proposal.Revision](f, "revision", a.Ref("revision")), f); err != nil {
				return e, err
			}
			w := Left(p, 0, f)
			quantities, err := asked(w, a)
			if err != nil {
				return e, err
			}
			i := of(p, a, f)
			if i.Lines = w.Part(quantities); !slices.ContainsFunc(i.Lines, func(l trade.Line) bool { return l.Of != 0 }) {
				return e, model.Refused("lines", "nothing_to_bill")
			}
			e.Create = append(e.Create, model.Created{Kind: "invoice", Record: i})
			e.OpenKind = "invoice"
			return e, nil
		}),
	}
	at := slices.IndexFunc(k.Actions, func(a *model.Action) bool { return a.Name == "accept" })
	k.Actions = slices.Insert(k.Actions, at+1, bill)
}

// asked is how much of each line somebody asks to bill.
func asked(w *trade.Whole, a model.Answers) (map[int64]model.Qty, error) {
	share, _ := a["share"].(model.Percent)
	rest, _ := a["rest"].(bool)
	said := 0
	for _, yes := range []bool{a.Text("lines") != "", share != 0, rest} {
		if yes {
			said++
		}
	}
	switch {
	case said > 1:
		return nil, model.Refused("rest", "bill_one_way")
	case a.Text("lines") != "":
		return w.Named(a.Text("lines"))
	case share != 0:
		return w.Share(share)
	}
	return w.Rest(), nil
}

// of is a new invoice for a proposal, without lines.
func of(p *proposal.Proposal, a model.Answers, f model.Facts) *Invoice {
	i := &Invoice{}
	defaults(i, f)
	if day := a.Day("date"); day != 0 {
		i.PayUntil += day - i.Date
		i.Date = day
	}
	if day := a.Day("pay_until"); day != 0 {
		i.PayUntil = day
	}
	v := p.AcceptedVariant()
	payment, _, _ := p.Terms(v)
	i.Subject, i.Client, i.Contact, i.Organization, i.Deal = p.Subject, p.Client, p.Contact, p.Organization, p.Deal
	i.Proposal, i.Variant, i.Revision = p.Ref(), v.Name, p.Taken
	i.Manager, i.Department, i.Signatory = p.Manager, p.Department, p.Signatory
	i.Currency, i.Rate, i.VATMode, i.Language, i.PaymentTerms = p.Currency, 0, p.VATMode, p.Language, payment
	if d := model.Get[deal.Deal](f, "deal", p.Deal); d != nil {
		i.Source = d.Source
	}
	return i
}
