package store

import (
	"fmt"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/product"
	"ugoda/model/proposal"
)

// question is one that a rule asked, to be answered once in a transaction.
type question struct {
	name string
	id   int64
}

// facts is the world as rules see it: the base, inside the transaction.
type facts struct{ w *work }

var _ model.Facts = facts{}

func (f facts) fail(what string, err error) {
	if err != nil && f.w.failed == nil {
		f.w.failed = fmt.Errorf("%s for a rule: %w", what, err)
	}
}

// Record gives a record by kind and id.
func (f facts) Record(kind string, id int64) any {
	rec, err := f.w.get(kind, id)
	f.fail("read "+kind, err)
	if rec == nil {
		return nil
	}
	return rec
}

// Today is the day of business.
func (f facts) Today() model.Day { return f.w.today }

// Now is the moment of the transaction.
func (f facts) Now() time.Time { return f.w.clock }

// User is who is acting.
func (f facts) User() model.Ref { return f.w.s.User }

// Employee is who the user is in the firm.
func (f facts) Employee() model.Ref { return f.w.s.Employee }

// Role is the role of the user.
func (f facts) Role() model.Role { return f.w.s.Role }

// Rate is the exchange rate of a currency on a day.
func (f facts) Rate(currency string, on model.Day) (model.Rate, bool) {
	rate, ok, err := f.w.rate(currency, on)
	f.fail("read exchange rates", err)
	return rate, ok
}

// BaseCurrency is the currency in which sums are compared.
func (f facts) BaseCurrency() string {
	_, _, err := f.w.rate("", f.w.today)
	f.fail("read exchange rates", err)
	if f.w.rates == nil || f.w.rates.base == "" {
		return defaultCurrency
	}
	return f.w.rates.base
}

// Query answers the questions that rules ask about other records.
func (f facts) Query(name string, id int64) any {
	w := f.w
	q := question{name, id}
	if a, ok := w.answers[q]; ok {
		return a
	}
	var a any
	var err error
	keep := true
	switch name {
	case deal.ProcessesQuery:
		a, err = recordsOf[*deal.Process](w, "process", `SELECT id FROM process WHERE marked = FALSE AND active = TRUE ORDER BY id`)
	case deal.StagesQuery:
		a, err = recordsOf[*deal.Stage](w, "stage", `SELECT id FROM stage WHERE marked = FALSE AND process_id = ? ORDER BY "order", id`, id)
	case deal.MainOrganizationQuery:
		a, err = w.mainOrganization()
	case proposal.SnippetsQuery:
		a, err = recordsOf[*firm.Snippet](w, "snippet", `SELECT id FROM snippet WHERE marked = FALSE ORDER BY "default" DESC, id`)
	case proposal.LanguageQuery:
		a, err = w.b.Setting(w.ctx, "language")
	case proposal.RulesQuery:
		a, err = recordsOf[*proposal.Rule](w, "approval-rule", `SELECT id FROM approval_rule WHERE marked = FALSE AND active = TRUE ORDER BY "order", id`)
	case product.KitsQuery:
		keep = false
		a, err = recordsOf[*product.Product](w, "product", `SELECT DISTINCT owner_id FROM product_parts WHERE product_id = ? AND owner_id IN (SELECT id FROM product WHERE marked = FALSE) ORDER BY owner_id`, id)
	case proposal.ApprovalsQuery:
		keep = false
		a, err = recordsOf[*proposal.Approval](w, "approval", `SELECT id FROM approval WHERE marked = FALSE AND proposal_id = ? ORDER BY id`, id)
	case firm.LastVersionQuery:
		keep = false
		var last []*firm.TemplateVersion
		if last, err = recordsOf[*firm.TemplateVersion](w, "template-version", `SELECT id FROM template_version WHERE template_id = ? ORDER BY no DESC LIMIT 1`, id); len(last) > 0 {
			a = last[0]
		}
	case proposal.RevisionsQuery:
		keep = false
		a, err = recordsOf[*proposal.Revision](w, "revision", `SELECT id FROM revision WHERE marked = FALSE AND proposal_id = ? ORDER BY no`, id)
	case proposal.InvoicesQuery:
		keep = false
		a, err = w.invoiceRefs(id)
	case invoice.BillsQuery:
		keep = false
		a, err = w.bills(id)
	case deal.ProposalAmountQuery: // until a proposal of the deal is written
		a, err = w.proposalAmount(id)
	case deal.LastOpenStageQuery:
		keep = false
		a, err = w.lastOpenStage(id)
	default:
		err = fmt.Errorf("no question %q", name)
	}
	f.fail("answer "+name, err)
	if err != nil {
		return nil
	}
	if keep {
		w.answers[q] = a
	}
	return a
}

// ids runs a query for ids.
func (w *work) idsOf(query string, args ...any) ([]int64, error) {
	var out []int64
	err := each(w.ctx, w, query, args, func(raw []any) error {
		id, _ := raw[0].(int64)
		out = append(out, id)
		return nil
	})
	return out, err
}

// recordsOf reads the records whose ids a query gives.
func recordsOf[T any](w *work, kind, query string, args ...any) ([]T, error) {
	ids, err := w.idsOf(query, args...)
	if err != nil {
		return nil, err
	}
	if err := w.prefetch(kind, ids); err != nil {
		return nil, err
	}
	var out []T
	for _, id := range ids {
		rec, err := w.get(kind, id)
		if err != nil {
			return nil, err
		}
		if r, ok := any(rec).(T); ok {
			out = append(out, r)
		}
	}
	return out, nil
}

func (w *work) mainOrganization() (any, error) {
	var id int64
	found, err := w.one(`SELECT id FROM organization WHERE marked = FALSE ORDER BY main DESC, id LIMIT 1`, nil, &id)
	if err != nil || !found {
		return nil, err
	}
	ref, _, err := w.name("organization", id)
	return ref, err
}

func (w *work) proposalAmount(dealID int64) (any, error) {
	if dealID == 0 {
		return nil, nil
	}
	var m model.Money
	found, err := w.one(`SELECT COALESCE(amount, 0), amount_currency FROM proposal
		WHERE deal_id = ? AND marked = FALSE AND status <> ? AND status <> ? ORDER BY date DESC, id DESC LIMIT 1`,
		[]any{dealID, proposal.Declined, proposal.Cancelled}, &m.Minor, &m.Currency)
	if err != nil || !found {
		return nil, err
	}
	return m, nil
}

func (w *work) lastOpenStage(dealID int64) (any, error) {
	var id int64
	found, err := w.one(`SELECT f.stage_id FROM funnel f JOIN stage s ON s.id = f.stage_id
		WHERE f.deal_id = ? AND f.void = FALSE AND s.kind = ? AND s.marked = FALSE ORDER BY f.id DESC LIMIT 1`,
		[]any{dealID, deal.Open}, &id)
	if err != nil || !found {
		return nil, err
	}
	ref, _, err := w.name("stage", id)
	return ref, err
}
