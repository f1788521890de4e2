package invoice

import (
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/trade"
)

func describeActions(k *model.Description[Invoice]) {
	k.Action(model.Action{
		Name: "issue", Main: true, Bulk: true,
		May: model.May(func(i *Invoice, _ model.Facts) []model.Problem {
			if w := i.in(Draft); w != nil {
				return w
			}
			if !slices.ContainsFunc(i.Lines, func(l trade.Line) bool { return l.Counts() && l.Quantity > 0 }) {
				return []model.Problem{model.Wrong("lines", "nothing_to_pay")}
			}
			return nil
		}),
		Do: model.Do(func(i *Invoice, _ model.Answers, f model.Facts) (model.Effects, error) {
			i.Status, i.IssuedAt = Issued, f.Now()
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{ // back to work, while the client need not pay by it
		Name: "correct", May: in(Issued),
		Do: model.Do(func(i *Invoice, _ model.Answers, _ model.Facts) (model.Effects, error) {
			i.Status, i.IssuedAt = Draft, time.Time{}
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{ // what it billed may be billed anew
		Name: "cancel", Bulk: true, May: in(Draft, Issued),
		Asks: []model.Ask{{Name: "words", Type: model.Text, Required: true}},
		Do: model.Do(func(i *Invoice, a model.Answers, f model.Facts) (model.Effects, error) {
			i.Status, i.CancelledAt, i.CancelWords = Cancelled, f.Now(), a.Text("words")
			return model.Effects{}, nil
		}),
	})
	k.Action(model.Action{ // if what it bills is still left
		Name: "reopen", May: in(Cancelled),
		Do: model.Do(func(i *Invoice, _ model.Answers, _ model.Facts) (model.Effects, error) {
			i.Status, i.IssuedAt, i.CancelledAt, i.CancelWords = Draft, time.Time{}, time.Time{}, ""
			return model.Effects{}, nil
		}),
	})
}

// in refuses what is done with an invoice of other statuses.
func (i *Invoice) in(statuses ...string) []model.Problem {
	if slices.Contains(statuses, i.Status) {
		return nil
	}
	return []model.Problem{model.Wrong("status", "invoice_is_"+i.Status)}
}

// in allows an action while the invoice has one of some statuses.
func in(statuses ...string) func(any, model.Facts) []model.Problem {
	return model.May(func(i *Invoice, _ model.Facts) []model.Problem { return i.in(statuses...) })
}
