package proposal

import (
	"slices"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
)

// Who approves by a rule.
const (
	ByPerson = "person" // a named employee
	ByRole   = "role"   // anybody of a role
	ByHead   = "head"   // the head of the proposal's department; of the one above, if he asks himself
)

// Approvers lists the kinds of approvers.
var Approvers = []string{ByHead, ByPerson, ByRole}

// Questions that approval asks.
const (
	RulesQuery     = "approval rules"          // []*Rule in use, by order
	ApprovalsQuery = "approvals of a proposal" // []*Approval, the earliest first
)

// Rule says which proposals may not leave before somebody has approved them.
type Rule struct {
	model.Record
	Name     string
	Active   bool
	Order    int64  // rules of a lower order are asked first
	When     string // a condition on proposals, in the text form of filters
	Approver string // ByPerson, ByRole, ByHead
	Person   model.Ref
	Role     string
	Own      bool // who approves by it may approve his own
}

// States of an approval.
const (
	Waiting   = "waiting"
	Given     = "approved"
	Returned  = "returned"
	Withdrawn = "withdrawn" // the author took the proposal back, or it needs none any more
)

// States lists the states of an approval.
var States = []string{Waiting, Given, Returned, Withdrawn}

// Approval is one answer that a rule asks for, with the figures that were
// approved: it stands while none of them gets worse.
type Approval struct {
	model.Record
	Proposal  model.Ref
	Revision  int64 // that was looked at
	Rule      model.Ref
	Step      int64     // order of the rule: a step waits for those before it
	Approver  model.Ref // the employee who is asked; nobody: anybody of Role
	Role      string
	State     string
	AskedBy   model.Ref // an employee
	AskedAt   time.Time
	DecidedBy model.Ref
	DecidedAt time.Time
	Words     string // of who asked, and then of who answered
	Comment   string
	Figures
}

// Figures are what approvals are about: each is that of the worst variant, for
// any of them may be accepted.
type Figures struct {
	Total         model.Money   // the largest
	DiscountShare model.Percent // of the sum before discounts, the largest
	TopDiscount   model.Percent // of a single line, the largest
	MarginShare   model.Percent // of the revenue without VAT, the smallest
	BelowFloor    int64         // lines priced below the floor of their product, the most
	Terms         string        // of payment
	Standard      bool          // the terms are among the standard ones
}

func describeApproval(r *model.Registry) {
	settings := []model.Role{model.RoleAdmin, model.RoleHead}
	u := model.Describe[Rule](r, "approval-rule")
	u.Catalogue, u.Title, u.Sort, u.Writers = true, []string{"name"}, "order", settings
	u.Text("name", func(u *Rule) *string { return &u.Name }, model.Required, model.Shown, model.Named)
	u.Bool("active", func(u *Rule) *bool { return &u.Active }, model.Shown)
	u.Int("order", func(u *Rule) *int64 { return &u.Order }, model.Shown)
	u.LongText("when", func(u *Rule) *string { return &u.When }, model.Required, model.Shown, model.Format("filter:proposal"))
	u.Choice("approver", func(u *Rule) *string { return &u.Approver }, model.OneOf(Approvers...), model.Required, model.Shown)
	u.Ref("person", func(u *Rule) *model.Ref { return &u.Person }, model.To("employee"), model.Shown)
	u.Choice("role", func(u *Rule) *string { return &u.Role }, model.OneOf(model.Roles...))
	u.Bool("own", func(u *Rule) *bool { return &u.Own })
	u.Defaults(func(u *Rule, _ model.Facts) { u.Active, u.Order, u.Approver, u.Own = true, 1, ByHead, true })
	u.Checks(func(u, _ *Rule, f model.Facts) []model.Problem {
		var w []model.Problem
		if problem := checkCondition(r, u.When, f); problem != nil {
			w = append(w, *problem)
		}
		if u.Approver == ByPerson && u.Person.IsZero() {
			w = append(w, model.Wrong("person", "required"))
		}
		if u.Approver == ByRole && u.Role == "" {
			w = append(w, model.Wrong("role", "required"))
		}
		return w
	})

	a := model.Describe[Approval](r, "approval")
	a.Title, a.Sort = []string{"number"}, "-id"
	a.Field("number").Hidden = true
	a.Ref("proposal", func(a *Approval) *model.Ref { return &a.Proposal }, model.To("proposal"), model.Required, model.ReadOnly, model.Shown)
	a.Int("revision", func(a *Approval) *int64 { return &a.Revision }, model.ReadOnly)
	a.Ref("rule", func(a *Approval) *model.Ref { return &a.Rule }, model.To("approval-rule"), model.ReadOnly, model.Shown)
	a.Int("step", func(a *Approval) *int64 { return &a.Step }, model.ReadOnly)
	a.Ref("approver", func(a *Approval) *model.Ref { return &a.Approver }, model.To("employee"), model.ReadOnly, model.Shown)
	a.Choice("role", func(a *Approval) *string { return &a.Role }, model.OneOf(model.Roles...), model.ReadOnly)
	a.Choice("state", func(a *Approval) *string { return &a.State }, model.OneOf(States...), model.ReadOnly, model.Shown)
	a.Ref("asked_by", func(a *Approval) *model.Ref { return &a.AskedBy }, model.To("employee"), model.ReadOnly)
	a.Moment("asked_at", func(a *Approval) *time.Time { return &a.AskedAt }, model.ReadOnly, model.Shown)
	a.Ref("decided_by", func(a *Approval) *model.Ref { return &a.DecidedBy }, model.To("employee"), model.ReadOnly)
	a.Moment("decided_at", func(a *Approval) *time.Time { return &a.DecidedAt }, model.ReadOnly, model.Shown)
	a.LongText("words", func(a *Approval) *string { return &a.Words }, model.ReadOnly)
	a.LongText("comment", func(a *Approval) *string { return &a.Comment }, model.ReadOnly, model.Shown)
	a.Money("total", func(a *Approval) *model.Money { return &a.Total }, model.ReadOnly, model.Shown)
	a.Percent("discount_share", func(a *Approval) *model.Percent { return &a.DiscountShare }, model.ReadOnly, model.Shown)
	a.Percent("top_discount", func(a *Approval) *model.Percent { return &a.TopDiscount }, model.ReadOnly)
	a.Percent("margin_share", func(a *Approval) *model.Percent { return &a.MarginShare }, model.ReadOnly, seesMargin)
	a.Int("below_floor", func(a *Approval) *int64 { return &a.BelowFloor }, model.ReadOnly)
	a.LongText("terms", func(a *Approval) *string { return &a.Terms }, model.ReadOnly)
	a.Bool("standard_terms", func(a *Approval) *bool { return &a.Standard }, model.ReadOnly)
	a.Checks(func(a, old *Approval, f model.Facts) []model.Problem {
		// An answer is given by an action of the proposal, which looks who gives it.
		p := model.Get[Proposal](f, "proposal", a.Proposal)
		if p == nil || (old == nil && a.Rule.IsZero()) {
			return []model.Problem{model.Wrong("proposal", "required")}
		}
		if old != nil && old.State != Waiting && old.State != a.State {
			return []model.Problem{model.Wrong("state", "approval_is_answered")}
		}
		return nil
	})
}

// checkCondition says what is wrong with the text of a condition on proposals.
func checkCondition(r *model.Registry, when string, f model.Facts) *model.Problem {
	n, err := filter.Parse(r, "proposal", when)
	if err == nil && n != nil {
		_, err = filter.Match(r, "proposal", n, &Proposal{}, f)
	}
	if err == nil {
		return nil
	}
	type said interface {
		Message() (string, map[string]any)
	}
	p := model.Wrong("when", "condition_wrong")
	if s, ok := err.(said); ok {
		p.Key, p.Args = s.Message()
	}
	return &p
}

// gate is what stands between a proposal and the world.
type gate struct {
	reg *model.Registry
}

// rules are those that a proposal falls under. Its figures must be fresh.
func (g gate) rules(p *Proposal, f model.Facts) []*Rule {
	all, _ := f.Query(RulesQuery, 0).([]*Rule)
	var out []*Rule
	for _, r := range all {
		n, err := filter.Parse(g.reg, "proposal", r.When)
		if err != nil {
			out = append(out, r) // a rule that cannot be read stops: it does not let through
			continue
		}
		if yes, err := filter.Match(g.reg, "proposal", n, p, f); yes || err != nil {
			out = append(out, r)
		}
	}
	return out
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
	if g.aboutSums(r) {
		larger := now.Total.Minor > a.Total.Minor
		if now.Total.Currency != a.Total.Currency {
			larger = inBase(now.Total, f) > inBase(a.Total, f)
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

// aboutSums reports whether a rule's condition asks for an amount.
func (g gate) aboutSums(r *Rule) bool {
	n, err := filter.Parse(g.reg, "proposal", r.When)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(filter.Paths(n), func(path string) bool {
		return path == "amount" || path == "amount_base"
	})
}

// inBase is an amount in the base currency at today's rate; as it is, where
// there is no rate.
func inBase(m model.Money, f model.Facts) int64 {
	rate, ok := f.Rate(m.Currency, f.Today())
	if !ok {
		return m.Minor
	}
	minor, err := model.Convert(m.Minor, rate)
	if err != nil {
		return m.Minor
	}
	return minor
}

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
		offers, err := v.offers(p.VATMode)
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
			if under, err := l.belowFloor(p, f); err != nil {
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

// asks tells whom a rule asks about a proposal: an employee, or anybody of a role.
func (r *Rule) asks(p *Proposal, f model.Facts) (model.Ref, string) {
	switch r.Approver {
	case ByPerson:
		return r.Person, ""
	case ByRole:
		return model.Ref{}, r.Role
	}
	asker := f.Employee()
	at := p.Department
	for range 20 { // departments form a tree; a broken one ends somewhere
		d := model.Get[firm.Department](f, "department", at)
		if d == nil {
			break
		}
		if !d.Head.IsZero() && (d.Head.ID != asker.ID || r.Own) {
			return d.Head, ""
		}
		at = d.Parent
	}
	return model.Ref{}, string(model.RoleHead)
}

// decides reports whether the acting user may answer: an administrator, whoever
// is asked. Who asked answers himself only where the rule lets him.
func (a *Approval) decides(f model.Facts) bool {
	if f.Role() == model.RoleAdmin {
		return true
	}
	me := f.Employee()
	if !me.IsZero() && a.AskedBy.ID == me.ID {
		if r := model.Get[Rule](f, "approval-rule", a.Rule); r == nil || !r.Own {
			return false
		}
	}
	if !a.Approver.IsZero() {
		return a.Approver.ID == me.ID
	}
	return a.Role == string(f.Role())
}

// waiting are the approvals that are being asked for now: those of the lowest
// step, of which mine may be answered by who acts.
func waiting(p *Proposal, f model.Facts) (now, mine []*Approval) {
	asked, _ := f.Query(ApprovalsQuery, p.ID).([]*Approval)
	for _, a := range asked {
		if a.State != Waiting {
			continue
		}
		if len(now) > 0 && a.Step < now[0].Step {
			now = nil
		}
		if len(now) == 0 || a.Step == now[0].Step {
			now = append(now, a)
		}
	}
	for _, a := range now {
		if a.decides(f) {
			mine = append(mine, a)
		}
	}
	return now, mine
}

// ask makes the approvals that the open rules want.
func (g gate) ask(p *Proposal, f model.Facts, words string) []*Approval {
	var out []*Approval
	for _, r := range g.open(p, f) {
		a := &Approval{
			Proposal: p.Ref(), Revision: p.Revision, Rule: model.Ref{ID: r.ID, Name: r.Name}, Step: r.Order,
			State: Waiting, AskedBy: f.Employee(), AskedAt: f.Now(), Words: words, Figures: p.figures(),
		}
		a.Approver, a.Role = r.asks(p, f)
		out = append(out, a)
	}
	return out
}

// ownWay tells that who acts may approve all that is asked for himself.
func (g gate) ownWay(p *Proposal, f model.Facts) bool {
	rules := g.open(p, f)
	for _, r := range rules {
		a := Approval{State: Waiting, Rule: model.Ref{ID: r.ID}, AskedBy: f.Employee()}
		a.Approver, a.Role = r.asks(p, f)
		if !a.decides(f) {
			return false
		}
	}
	return len(rules) > 0
}

func (a *Approval) answer(p *Proposal, f model.Facts, state, comment string) *Approval {
	b := *a
	b.State, b.Comment, b.DecidedBy, b.DecidedAt = state, comment, f.Employee(), f.Now()
	if state == Given {
		b.Figures, b.Revision = p.figures(), p.Revision
	}
	return &b
}

// describeApprovals adds what a proposal does to be approved.
func describeApprovals(k *model.Description[Proposal], g gate) {
	mayAnswer := model.May(func(p *Proposal, f model.Facts) []model.Problem {
		if _, mine := waiting(p, f); len(mine) == 0 {
			return []model.Problem{model.Wrong("status", "approval_is_others")}
		}
		return nil
	})
	k.Action(model.Action{
		Name: "submit", Main: true,
		May: all(in(Draft), model.May(func(p *Proposal, f model.Facts) []model.Problem {
			if len(g.open(p, f)) == 0 {
				return []model.Problem{model.Wrong("status", "needs_no_approval")}
			}
			return nil
		})),
		Asks: []model.Ask{{Name: "words", Type: model.LongText}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			if err := p.settle(f); err != nil {
				return e, err
			}
			for _, x := range g.ask(p, f, a.Text("words")) {
				e.Create = append(e.Create, model.Created{Kind: "approval", Record: x})
			}
			p.Status, p.Returned = Awaiting, false
			return e, nil
		}),
	})
	k.Action(model.Action{
		Name: "approve", Bulk: true,
		May: func(rec any, f model.Facts) []model.Problem {
			p := rec.(*Proposal)
			if p.Status == Draft {
				if !g.ownWay(p, f) {
					return []model.Problem{model.Wrong("status", "proposal_is_draft")}
				}
				return nil
			}
			return all(in(Awaiting), mayAnswer)(rec, f)
		},
		Asks: []model.Ask{{Name: "comment", Type: model.LongText}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			return g.approve(k.Kind, p, a.Text("comment"), f)
		}),
	})
	k.Action(model.Action{
		Name: "return", May: all(in(Awaiting), mayAnswer),
		Asks: []model.Ask{{Name: "comment", Type: model.LongText, Required: true}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			_, mine := waiting(p, f)
			for _, x := range mine {
				e.Create = append(e.Create, model.Created{Kind: "approval", Record: x.answer(p, f, Returned, a.Text("comment"))})
			}
			p.Status, p.Returned = Draft, true
			return e, nil
		}),
	})
	k.Action(model.Action{
		Name: "delegate", May: all(in(Awaiting), mayAnswer),
		Asks: []model.Ask{{Name: "to", Type: model.Link, To: "employee", Required: true}, {Name: "comment", Type: model.LongText}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			_, mine := waiting(p, f)
			for _, x := range mine {
				b := *x
				b.Approver, b.Role, b.Comment = a.Ref("to"), "", a.Text("comment")
				e.Create = append(e.Create, model.Created{Kind: "approval", Record: &b})
			}
			return e, nil
		}),
	})
	k.Action(model.Action{Name: "recall", May: all(in(Awaiting), model.May(func(p *Proposal, f model.Facts) []model.Problem {
		asked, _ := waiting(p, f)
		mine := func(a *Approval) bool { return a.AskedBy.ID == f.Employee().ID }
		if f.Role() == model.RoleAdmin || f.Role() == model.RoleHead || len(asked) == 0 || slices.ContainsFunc(asked, mine) {
			return nil
		}
		return []model.Problem{model.Wrong("status", "recall_is_others")}
	})), Do: become(Draft)})
}

// approve answers what the acting user may answer, step by step; when nothing
// is left to ask, the proposal is approved and kept as a revision.
func (g gate) approve(k *model.Kind, p *Proposal, comment string, f model.Facts) (model.Effects, error) {
	var e model.Effects
	if err := p.settle(f); err != nil {
		return e, err
	}
	left := 0
	if p.Status == Draft {
		for _, x := range g.ask(p, f, "") {
			e.Create = append(e.Create, model.Created{Kind: "approval", Record: x.answer(p, f, Given, comment)})
		}
	} else {
		asked, _ := f.Query(ApprovalsQuery, p.ID).([]*Approval)
		open := slices.DeleteFunc(slices.Clone(asked), func(a *Approval) bool { return a.State != Waiting })
		slices.SortStableFunc(open, func(a, b *Approval) int { return int(a.Step - b.Step) })
		for i, x := range open {
			before := i > 0 && open[i-1].Step < x.Step && left > 0
			if before || !x.decides(f) {
				left++
				continue
			}
			e.Create = append(e.Create, model.Created{Kind: "approval", Record: x.answer(p, f, Given, comment)})
		}
	}
	if left > 0 {
		return e, nil
	}
	p.Status, p.Returned = Approved, false
	return e, p.keep(k, f, KeptApproved, "", &e)
}

// lapse puts a proposal that was changed back to where it must be approved
// again, and one that needs no approval any more back to its author. Waiting
// approvals of a proposal that is no longer awaiting are withdrawn by follow.
func (g gate) lapse(p, old *Proposal, f model.Facts) {
	if old == nil || old.Status != p.Status {
		return
	}
	switch p.Status {
	case Approved:
		if len(g.closed(p, f)) > 0 {
			p.Status = Draft
		}
	case Awaiting:
		if len(g.rules(p, f)) == 0 {
			p.Status = Draft
		}
	}
}

// withdraw takes back what is still asked for once the proposal awaits nothing.
func withdraw(p, old *Proposal, f model.Facts) []model.Created {
	if old == nil || old.Status != Awaiting || p.Status == Awaiting {
		return nil
	}
	asked, _ := f.Query(ApprovalsQuery, p.ID).([]*Approval)
	var out []model.Created
	for _, a := range asked {
		if a.State == Waiting {
			b := *a
			b.State, b.DecidedAt = Withdrawn, f.Now()
			out = append(out, model.Created{Kind: "approval", Record: &b})
		}
	}
	return out
}
