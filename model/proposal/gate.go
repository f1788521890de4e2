package proposal

import (
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
)

// gate is what stands between a proposal and the world.
type gate struct {
	reg *model.Registry
}

// rules are those that a proposal falls under, whatever of it the client takes:
// an option or another variant that he chooses later is asked for now. Its
// figures must be fresh.
func (g gate) rules(p *Proposal, f model.Facts) []*Rule {
	all, _ := f.Query(RulesQuery, 0).([]*Rule)
	if len(all) == 0 {
		return nil
	}
	answers, err := p.answers()
	if err != nil {
		return all // sums that cannot be reckoned do not leave
	}
	var out []*Rule
	for _, r := range all {
		if g.holds(r, answers, f) {
			out = append(out, r)
		}
	}
	return out
}

// answers are the proposal as it would be after each answer that the client may
// give: as it stands, then every variant, with all its options and without.
func (p *Proposal) answers() ([]*Proposal, error) {
	out := []*Proposal{p}
	for i := range p.Variants {
		offers, err := p.Variants[i].Offers(p.VATMode)
		if err != nil {
			return nil, err
		}
		for _, o := range offers {
			q := *p
			q.Amount = model.Money{Minor: o.Total, Currency: p.Currency}
			q.VAT, q.Discount, q.Margin = o.VATSum, o.DiscountSum, o.Margin
			out = append(out, &q)
		}
	}
	return out, nil
}

// holds reports whether a rule holds any of some states of a proposal. A rule
// that cannot be read, or be answered, stops: it does not let through. Nor does
// a limit on a sum depend on the currency that the sum is written in, unless the
// rule names the currency itself.
func (g gate) holds(r *Rule, of []*Proposal, f model.Facts) bool {
	n, err := filter.Parse(g.reg, "proposal", r.When)
	if err != nil {
		return true
	}
	paths := filter.Paths(n)
	inBase := g.aboutSums(r) && !slices.Contains(paths, "currency")
	for _, p := range of {
		if yes, err := filter.Match(g.reg, "proposal", n, p, f); yes || err != nil {
			return true
		}
		if !inBase || p.Currency == f.BaseCurrency() {
			continue
		}
		converted, ok := p.inBase(f)
		if !ok {
			return true
		}
		if yes, err := filter.Match(g.reg, "proposal", n, converted, f); yes || err != nil {
			return true
		}
	}
	return false
}

// inBase is the proposal with its sums in the base currency at today's rate,
// not at the one that somebody wrote into it; false where there is none.
func (p *Proposal) inBase(f model.Facts) (*Proposal, bool) {
	rate, ok := f.Rate(p.Currency, f.Today())
	if !ok {
		return nil, false
	}
	q := *p
	q.Amount.Currency = f.BaseCurrency()
	for _, minor := range []*int64{&q.Amount.Minor, &q.VAT, &q.Discount, &q.Margin} {
		converted, err := model.Convert(*minor, rate)
		if err != nil {
			return nil, false
		}
		*minor = converted
	}
	return &q, true
}

// open are the rules that a proposal falls under without an approval that
// stands.
func (g gate) open(p *Proposal, f model.Facts) []*Rule {
	if all, _ := f.Query(RulesQuery, 0).([]*Rule); len(all) == 0 {
		return nil
	}
	// What was kept with the proposal may be of another day: rules look anew.
	fresh := *p
	fresh.Variants = slices.Clone(p.Variants)
	p = &fresh
	if err := p.figure(f); err != nil {
		return []*Rule{{Name: p.Number}} // sums that cannot be reckoned do not leave
	}
	rules := g.rules(p, f)
	if len(rules) == 0 {
		return nil
	}
	given, _ := f.Query(ApprovalsQuery, p.ID).([]*Approval)
	return slices.DeleteFunc(rules, func(r *Rule) bool {
		return slices.ContainsFunc(given, func(a *Approval) bool {
			return a.State == Given && a.Rule.ID == r.ID && len(g.worse(a, r, p, f)) == 0
		})
	})
}

// closed gives the reasons why a proposal may not leave: none, if it may.
func (g gate) closed(p *Proposal, f model.Facts) []model.Problem {
	var w []model.Problem
	for _, r := range g.open(p, f) {
		if most := p.Most(); most != p.Amount && !g.holds(r, []*Proposal{p}, f) {
			w = append(w, model.Wrong("status", "needs_approval_at_most", "rule", r.Name, "most", most))
			continue
		}
		w = append(w, model.Wrong("status", "needs_approval", "rule", r.Name))
	}
	return w
}

// may is the gate as a condition of an action.
func (g gate) may(rec any, f model.Facts) []model.Problem { return g.closed(rec.(*Proposal), f) }

// leaves is Kind.Leaves: what has left may be shown again as it is.
func (g gate) leaves(rec any, f model.Facts) []model.Problem {
	p := rec.(*Proposal)
	switch p.Status {
	case Sent, Accepted, Declined:
		return nil
	case Cancelled:
		return []model.Problem{model.Wrong("status", "proposal_is_cancelled")}
	}
	return g.closed(p, f)
}

// worse names the figures of a proposal that are worse than those approved by a
// rule. A larger sum is no worse unless the rule is about sums.
func (g gate) worse(a *Approval, r *Rule, p *Proposal, f model.Facts) []string {
	var out []string
	worse := func(field string, yes bool) {
		if yes {
			out = append(out, field)
		}
	}
	now := p.figures()
	worse("client", !a.Client.IsZero() && a.Client.ID != p.Client.ID)
	if g.aboutSums(r) {
		larger := now.Total.Minor > a.Total.Minor
		if now.Total.Currency != a.Total.Currency {
			x, known := inBase(now.Total, f)
			y, both := inBase(a.Total, f)
			larger = x > y || !known || !both
		}
		worse("total", larger)
	}
	worse("discount_share", now.DiscountShare > a.DiscountShare)
	worse("top_discount", now.TopDiscount > a.TopDiscount)
	worse("margin_share", now.MarginShare < a.MarginShare)
	worse("below_floor", now.BelowFloor > a.BelowFloor)
	worse("terms", !now.Standard && now.Terms != a.Terms)
	return out
}

// aboutSums reports whether a rule's condition asks for a sum of money.
func (g gate) aboutSums(r *Rule) bool {
	n, err := filter.Parse(g.reg, "proposal", r.When)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(filter.Paths(n), func(path string) bool {
		return slices.Contains([]string{"amount", "amount_base", "vat", "discount", "margin"}, path)
	})
}

// inBase is an amount in the base currency at today's rate; false where there
// is no rate.
func inBase(m model.Money, f model.Facts) (int64, bool) {
	rate, ok := f.Rate(m.Currency, f.Today())
	if !ok {
		return 0, false
	}
	minor, err := model.Convert(m.Minor, rate)
	return minor, err == nil
}

// Most is the largest sum that a client may take the proposal for: of its
// largest variant, with all options.
func (p *Proposal) Most() model.Money { return p.figures().Total }

// figures are those of the proposal as it stands; saving keeps some of them as
// fields, to filter by.
func (p *Proposal) figures() Figures {
	g := p.Figures
	g.Total, g.Terms = model.Money{Currency: p.Currency}, strings.Join(p.payments(), "\n\n")
	for _, v := range p.Variants {
		g.Total.Minor = max(g.Total.Minor, v.Total+v.OptionsSum)
	}
	return g
}

// figure computes the figures that approvals are about.
func (p *Proposal) figure(f model.Facts) error {
	var g Figures
	first := true
	for i := range p.Variants {
		v := &p.Variants[i]
		offers, err := v.Offers(p.VATMode)
		if err != nil {
			return err
		}
		for _, o := range offers {
			discount, err := share(o.DiscountSum, o.Gross)
			if err != nil {
				return err
			}
			margin, err := share(o.Margin, o.Total-o.VATSum)
			if err != nil {
				return err
			}
			g.DiscountShare = max(g.DiscountShare, discount)
			if first || margin < g.MarginShare {
				g.MarginShare = margin
			}
			first = false
		}
		var below int64
		for j := range v.Lines {
			l := &v.Lines[j]
			g.TopDiscount = max(g.TopDiscount, l.Discount)
			if under, err := l.BelowFloor(p.Pricing(), f); err != nil {
				return err
			} else if under {
				below++
			}
		}
		g.BelowFloor = max(g.BelowFloor, below)
	}
	g.Standard = true
	for _, terms := range p.payments() {
		snippets, _ := f.Query(SnippetsQuery, 0).([]*firm.Snippet)
		g.Standard = g.Standard && slices.ContainsFunc(snippets, func(s *firm.Snippet) bool { return s.Usage == firm.UsagePayment && s.Text == terms })
	}
	p.Figures = g
	return nil
}

// share is a part of a whole, in hundredths of a percent; nought of nothing.
func share(part, whole int64) (model.Percent, error) {
	if whole <= 0 {
		return 0, nil
	}
	s, err := model.MulDiv(part, 10_000, whole)
	return model.Percent(s), err
}
