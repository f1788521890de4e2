package proposal

import (
	"cmp"
	"slices"
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
	Client    model.Ref // that it was asked for: another one is another question
	Revision  int64     // that was looked at
	Rule      model.Ref
	Step      int64     // order of the rule: a step waits for those before it
	Approver  model.Ref // the employee who is asked; nobody: anybody of Role
	Role      string
	State     string
	AskedBy   model.Ref // an employee
	AskedAt   time.Time
	PassedBy  model.Ref // who put it before the approver: who asked, who answered the step before, who delegated
	TurnAt    time.Time // since when it is the approver's turn; never: a step before it is not answered
	DecidedBy model.Ref
	DecidedAt time.Time
	Told      bool   // nothing is to be written to the approver any more
	Answered  bool   // nor to who asked, of the answer
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
	a.Ref("client", func(a *Approval) *model.Ref { return &a.Client }, model.To("client"), model.ReadOnly)
	a.Int("revision", func(a *Approval) *int64 { return &a.Revision }, model.ReadOnly)
	a.Ref("rule", func(a *Approval) *model.Ref { return &a.Rule }, model.To("approval-rule"), model.ReadOnly, model.Shown)
	a.Int("step", func(a *Approval) *int64 { return &a.Step }, model.ReadOnly)
	a.Ref("approver", func(a *Approval) *model.Ref { return &a.Approver }, model.To("employee"), model.ReadOnly, model.Shown)
	a.Choice("role", func(a *Approval) *string { return &a.Role }, model.OneOf(model.Roles...), model.ReadOnly)
	a.Choice("state", func(a *Approval) *string { return &a.State }, model.OneOf(States...), model.ReadOnly, model.Shown)
	a.Ref("asked_by", func(a *Approval) *model.Ref { return &a.AskedBy }, model.To("employee"), model.ReadOnly)
	a.Moment("asked_at", func(a *Approval) *time.Time { return &a.AskedAt }, model.ReadOnly, model.Shown)
	a.Ref("passed_by", func(a *Approval) *model.Ref { return &a.PassedBy }, model.To("employee"), model.ReadOnly)
	a.Moment("turn_at", func(a *Approval) *time.Time { return &a.TurnAt }, model.ReadOnly)
	a.Ref("decided_by", func(a *Approval) *model.Ref { return &a.DecidedBy }, model.To("employee"), model.ReadOnly)
	a.Moment("decided_at", func(a *Approval) *time.Time { return &a.DecidedAt }, model.ReadOnly, model.Shown)
	a.LongText("words", func(a *Approval) *string { return &a.Words }, model.ReadOnly)
	a.LongText("comment", func(a *Approval) *string { return &a.Comment }, model.ReadOnly, model.Shown)
	a.Money("total", func(a *Approval) *model.Money { return &a.Total }, model.ReadOnly, model.Shown)
	a.Percent("discount_share", func(a *Approval) *model.Percent { return &a.DiscountShare }, model.ReadOnly, model.Shown)
	a.Percent("top_discount", func(a *Approval) *model.Percent { return &a.TopDiscount }, model.ReadOnly)
	a.Percent("margin_share", func(a *Approval) *model.Percent { return &a.MarginShare }, model.ReadOnly, model.Shown, seesMargin)
	a.Int("below_floor", func(a *Approval) *int64 { return &a.BelowFloor }, model.ReadOnly)
	a.LongText("terms", func(a *Approval) *string { return &a.Terms }, model.ReadOnly)
	a.Bool("standard_terms", func(a *Approval) *bool { return &a.Standard }, model.ReadOnly)
	a.Bool("told", func(a *Approval) *bool { return &a.Told }, model.Hidden, model.ReadOnly, model.Unaudited)
	a.Bool("answered", func(a *Approval) *bool { return &a.Answered }, model.Hidden, model.ReadOnly, model.Unaudited)
	a.Computed("mine", model.Bool)
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

// asks tells whom a rule asks about a proposal that somebody asks for: an
// employee, or anybody of a role.
func (r *Rule) asks(p *Proposal, asker model.Ref, f model.Facts) (model.Ref, string) {
	switch r.Approver {
	case ByPerson:
		return r.Person, ""
	case ByRole:
		return model.Ref{}, r.Role
	}
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
	now = firstStep(slices.DeleteFunc(slices.Clone(asked), func(a *Approval) bool { return a.State != Waiting }))
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
		out = append(out, r.question(p, f.Employee(), words, f))
	}
	for _, a := range firstStep(out) {
		a.PassedBy, a.TurnAt = a.AskedBy, f.Now()
	}
	return out
}

// question is what a rule asks about a proposal on somebody's behalf.
func (r *Rule) question(p *Proposal, asker model.Ref, words string, f model.Facts) *Approval {
	a := &Approval{
		Proposal: p.Ref(), Client: p.Client, Revision: p.Revision, Rule: model.Ref{ID: r.ID, Name: r.Name}, Step: r.Order,
		State: Waiting, AskedBy: asker, AskedAt: f.Now(), Words: words, Figures: p.figures(),
	}
	a.Approver, a.Role = r.asks(p, asker, f)
	return a
}

// firstStep are the approvals of the lowest step.
func firstStep(all []*Approval) []*Approval {
	var out []*Approval
	for _, a := range all {
		if len(out) > 0 && a.Step < out[0].Step {
			out = nil
		}
		if len(out) == 0 || a.Step == out[0].Step {
			out = append(out, a)
		}
	}
	return out
}

// ownWay tells that who acts may approve all that is asked for himself.
func (g gate) ownWay(p *Proposal, f model.Facts) bool {
	rules := g.open(p, f)
	for _, r := range rules {
		a := Approval{State: Waiting, Rule: model.Ref{ID: r.ID}, AskedBy: f.Employee()}
		a.Approver, a.Role = r.asks(p, a.AskedBy, f)
		if !a.decides(f) {
			return false
		}
	}
	return len(rules) > 0
}

func (a *Approval) answer(p *Proposal, f model.Facts, state, comment string) *Approval {
	b := *a
	b.State, b.Comment, b.DecidedBy, b.DecidedAt, b.Told = state, comment, f.Employee(), f.Now(), true
	b.Answered = b.DecidedBy.ID == b.AskedBy.ID // who answers himself knows
	if state == Given {
		b.Figures, b.Revision, b.Client = p.figures(), p.Revision, p.Client
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
				b.PassedBy, b.TurnAt, b.Told = f.Employee(), f.Now(), false
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
	answer := func(x *Approval) {
		e.Create = append(e.Create, model.Created{Kind: "approval", Record: x.answer(p, f, Given, comment)})
	}
	var left []*Approval
	if p.Status == Draft {
		for _, x := range g.ask(p, f, "") {
			answer(x)
		}
	} else {
		open := g.unanswered(p, f)
		for _, x := range open {
			if len(left) > 0 && left[0].Step < x.Step || !x.decides(f) {
				left = append(left, x)
				continue
			}
			answer(x)
		}
	}
	if len(left) > 0 {
		turn := firstStep(left)
		for _, x := range left {
			b := *x
			if b.TurnAt.IsZero() && slices.Contains(turn, x) { // the steps before it are answered now
				b.PassedBy, b.TurnAt = f.Employee(), f.Now()
			}
			if b != *x || b.ID == 0 {
				e.Create = append(e.Create, model.Created{Kind: "approval", Record: &b})
			}
		}
		return e, nil
	}
	p.Status, p.Returned = Approved, false
	return e, p.keep(k, f, KeptApproved, "", &e)
}

// unanswered is what is still asked about a proposal, by steps: what was asked
// for, and what its rules ask now because it was changed since then.
func (g gate) unanswered(p *Proposal, f model.Facts) []*Approval {
	all, _ := f.Query(ApprovalsQuery, p.ID).([]*Approval)
	out := slices.DeleteFunc(slices.Clone(all), func(a *Approval) bool { return a.State != Waiting })
	if len(out) == 0 {
		return nil
	}
	asker, words := out[0].AskedBy, out[0].Words
	for _, r := range g.open(p, f) {
		if !slices.ContainsFunc(out, func(a *Approval) bool { return a.Rule.ID == r.ID }) {
			out = append(out, r.question(p, asker, words, f))
		}
	}
	slices.SortStableFunc(out, func(a, b *Approval) int { return cmp.Compare(a.Step, b.Step) })
	return out
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
			b.State, b.DecidedAt, b.Told, b.Answered = Withdrawn, f.Now(), true, true
			out = append(out, model.Created{Kind: "approval", Record: &b})
		}
	}
	return out
}
