package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/store/storetest"
)

// office is a firm where Ivan sells and Maria heads him.
type office struct {
	*firmOf
	manager, head *store.Session
	client        *client.Client
}

func newOffice(f *firmOf) *office {
	o := &office{firmOf: f, client: f.client("Карпати-Буд")}
	sales := f.get("department", f.sales.ID).(*firm.Department)
	sales.Head = ref(f.maria)
	f.save("department", sales)
	as := func(name string, employee *firm.Employee, role model.Role) *store.Session {
		u := &firm.User{Name: name, Role: string(role), Active: true, Employee: ref(employee)}
		f.save("user", u)
		s, err := f.s.As(f.ctx, ref(u))
		if err != nil {
			f.t.Fatal(err)
		}
		return s
	}
	o.manager, o.head = as("ivan", f.ivan, model.RoleManager), as("maria", f.maria, model.RoleHead)
	return o
}

func (o *office) rule(name, when string) *proposal.Rule {
	o.t.Helper()
	r := &proposal.Rule{Name: name, Active: true, When: when, Approver: proposal.ByHead, Own: true}
	o.save("approval-rule", r)
	return r
}

// offer is a saved proposal of one line: ten pieces of 100.00 with a discount,
// which cost 70.00 each.
func (o *office) offer(discount model.Percent) *proposal.Proposal {
	o.t.Helper()
	p := &proposal.Proposal{
		Date: monday, Subject: "Дах", Client: ref(o.client), Manager: ref(o.ivan), Department: ref(o.sales), Status: proposal.Draft,
		Importance: "normal", Language: "uk", VATMode: proposal.VATNone, Currency: "UAH", Rate: model.RateOne, ValidUntil: monday + 14,
		Variants: []proposal.Variant{{Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "Черепиця", Quantity: 10_000, Price: 10_000, Cost: 7_000, Discount: discount}}}}},
	}
	o.save("proposal", p)
	return p
}

func (o *office) proposal(id int64) *proposal.Proposal {
	return o.get("proposal", id).(*proposal.Proposal)
}

// keys says what refused an error, "" when nothing did.
func keys(err error) string {
	var problems model.Problems
	if errors.As(err, &problems) {
		return problems.Error()
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func (o *office) act(s *store.Session, id int64, action string, a model.Answers) string {
	o.t.Helper()
	_, err := s.Do(o.ctx, "proposal", id, action, a)
	return keys(err)
}

// done is act that must succeed.
func (o *office) done(s *store.Session, id int64, action string, a model.Answers) *proposal.Proposal {
	o.t.Helper()
	if w := o.act(s, id, action, a); w != "" {
		o.t.Fatalf("%s: %s", action, w)
	}
	return o.proposal(id)
}

func (o *office) revisions(id int64) []*proposal.Revision {
	o.t.Helper()
	rows, err := o.base.Read(o.ctx, `SELECT id FROM revision WHERE proposal_id = ? ORDER BY no`, id)
	if err != nil {
		o.t.Fatal(err)
	}
	var ids []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			o.t.Fatal(err)
		}
		ids = append(ids, n)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		o.t.Fatal(err)
	}
	var out []*proposal.Revision
	for _, n := range ids {
		out = append(out, o.get("revision", n).(*proposal.Revision))
	}
	return out
}

// told is each revision in a line: number, reason, sum, marks.
func told(revisions []*proposal.Revision) string {
	var out []string
	for _, r := range revisions {
		line := fmt.Sprintf("%d %s %d", r.No, r.Reason, r.Amount.Minor/100)
		if !r.SentAt.IsZero() {
			line += " sent"
		}
		if !r.ApprovedAt.IsZero() {
			line += " approved"
		}
		if r.Superseded {
			line += " superseded"
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestRevisions(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		kind := f.s.Registry().Kind("proposal")
		p := o.done(o.manager, o.offer(0).ID, "sent", nil)
		if p.Status != proposal.Sent || p.Revision != 1 || p.SentRevision != 1 {
			t.Fatalf("sent: %s, revision %d, the client's %d", p.Status, p.Revision, p.SentRevision)
		}
		p.Variants[0].Lines[0].Price = 9_000
		if got := keys(o.manager.Save(f.ctx, "proposal", p)); got != "status: proposal_is_sent" {
			t.Fatalf("a sent proposal was changed: %q", got)
		}
		p = o.done(o.manager, p.ID, "correct", nil)
		if p.Status != proposal.Draft || p.Revision != 2 || p.SentRevision != 1 {
			t.Fatalf("corrected: %s, revision %d, the client's %d", p.Status, p.Revision, p.SentRevision)
		}
		p.Variants[0].Lines[0].Price = 9_000
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		p = o.done(o.manager, p.ID, "sent", nil)
		if got, want := told(o.revisions(p.ID)), "1 sent 1000 sent superseded; 2 sent 900 sent"; got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		// back to the first: what stands now is kept already, so that one comes on top
		p = o.done(o.manager, p.ID, "correct", nil)
		first := o.revisions(p.ID)[0]
		p = o.done(o.manager, p.ID, "take_up", model.Answers{"revision": ref(first)})
		if p.Amount.Minor != 100_000 || p.Revision != 3 {
			t.Fatalf("went back: %s, revision %d", p.Amount, p.Revision)
		}
		was, err := first.Content(kind)
		if err != nil {
			t.Fatal(err)
		}
		if c := proposal.Compare(kind, was, p); !c.Equal() {
			t.Errorf("not what it was: %+v", c)
		}
		p.Variants[0].Lines[0].Price = 9_500
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		p = o.done(o.manager, p.ID, "take_up", model.Answers{"revision": ref(first)}) // what was typed meanwhile is kept
		p = o.done(o.manager, p.ID, "sent", nil)
		p = o.done(o.manager, p.ID, "accept", nil)
		if got, want := told(o.revisions(p.ID)), "1 sent 1000 sent superseded; 2 sent 900 sent superseded; 3 returned 1000 superseded; 4 before 950 superseded; 5 returned 1000 sent"; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
		if p.Status != proposal.Accepted || p.SentRevision != 5 || !p.Variants[0].Accepted {
			t.Errorf("accepted: %s, revision %d", p.Status, p.SentRevision)
		}
		other := o.offer(0)
		if got := o.act(o.manager, other.ID, "take_up", model.Answers{"revision": ref(first)}); got != "no_revision_kept" {
			t.Errorf("went back where nothing is kept: %q", got)
		}
		o.done(o.manager, other.ID, "keep", nil)
		if got := o.act(o.manager, other.ID, "take_up", model.Answers{"revision": ref(first)}); got != "revision: revision_of_another" {
			t.Errorf("another's revision was taken up: %q", got)
		}
		first.Words = "a word on it"
		if err := o.manager.Save(f.ctx, "revision", first); err != nil {
			t.Errorf("words on a revision: %v", err)
		}
		first = o.revisions(p.ID)[0]
		first.Data = append(first.Data, ' ')
		if got := keys(f.s.Save(f.ctx, "revision", first)); got != "revision_is_kept" {
			t.Errorf("a revision was changed: %q", got)
		}
		// who may not see margins does not find them in a revision
		seen, err := o.manager.Get(f.ctx, "revision", first.ID)
		if err != nil || len(seen.(*proposal.Revision).Data) != 0 || seen.(*proposal.Revision).Margin != 0 {
			t.Errorf("the manager reads the kept content: %v", err)
		}
		f.sound()
	})
}

func TestApproval(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Знижка понад 10 %", "discount_share > 10")
		o.rule("Маржа менше 15 %", "margin_share < 15")
		const refused = "status: needs_approval"
		expect := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Fatalf("%s: %q, want %q", what, got, want)
			}
		}
		leaves := func(id int64) string {
			problems, err := o.manager.Leaves(f.ctx, "proposal", id)
			if err != nil {
				t.Fatal(err)
			}
			return keys(model.Problems(problems))
		}
		if p := o.offer(500); leaves(p.ID) != "" || o.act(o.manager, p.ID, "submit", nil) != "status: needs_no_approval" {
			t.Fatal("5 % need nobody's leave")
		}
		p := o.offer(1500)
		expect("what leaves", leaves(p.ID), refused)
		expect("sending", o.act(o.manager, p.ID, "sent", nil), refused)
		expect("accepting", o.act(o.manager, p.ID, "accept", nil), refused)
		expect("approving one's own", o.act(o.manager, p.ID, "approve", nil), "status: proposal_is_draft")
		o.done(o.manager, p.ID, "submit", model.Answers{"words": "постійний клієнт"})
		expect("approving what a head is asked", o.act(o.manager, p.ID, "approve", nil), "status: approval_is_others")
		expect("returning without a word", o.act(o.head, p.ID, "return", nil), "comment: required")
		p = o.done(o.head, p.ID, "return", model.Answers{"comment": "дорого нам"})
		if p.Status != proposal.Draft || !p.Returned {
			t.Fatalf("returned: %s %v", p.Status, p.Returned)
		}
		o.done(o.manager, p.ID, "submit", nil)
		p = o.done(o.head, p.ID, "approve", nil)
		if p.Status != proposal.Approved || told(o.revisions(p.ID)) != "1 approved 850 approved" {
			t.Fatalf("approved: %s, %s", p.Status, told(o.revisions(p.ID)))
		}
		expect("what leaves when approved", leaves(p.ID), "")
		change := func(discount model.Percent) *proposal.Proposal {
			t.Helper()
			rec, err := o.manager.Get(f.ctx, "proposal", p.ID) // without margins
			if err != nil {
				t.Fatal(err)
			}
			p := rec.(*proposal.Proposal)
			p.Variants[0].Lines[0].Discount = discount
			if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
				t.Fatal(err)
			}
			return o.proposal(p.ID)
		}
		if p = change(1200); p.Status != proposal.Approved || p.Revision != 2 {
			t.Fatalf("a smaller discount: %s, revision %d", p.Status, p.Revision)
		}
		if p = change(1600); p.Status != proposal.Draft {
			t.Fatalf("a larger discount: %s", p.Status)
		}
		expect("what leaves with a larger discount", leaves(p.ID), refused)
		p = change(2500) // the margin falls under 15 %, too
		o.done(o.manager, p.ID, "submit", nil)
		if p = change(0); p.Status != proposal.Draft {
			t.Fatalf("nothing to approve any more: %s", p.Status)
		}
		expect("answering what was withdrawn", o.act(o.head, p.ID, "approve", nil), "status: proposal_is_draft")
		p = change(2500)
		p = o.done(o.head, p.ID, "approve", nil) // the head's own way, in one click
		if p = o.done(o.manager, p.ID, "sent", nil); p.Status != proposal.Sent {
			t.Fatal(p.Status)
		}
		expect("what left may be shown again", leaves(p.ID), "")
		if p = o.done(o.manager, p.ID, "correct", nil); p.Status != proposal.Draft {
			t.Fatal(p.Status)
		}
		expect("a correction that is no worse", leaves(p.ID), "")
		p = change(2600)
		expect("a correction that is worse", leaves(p.ID), "status: needs_approval; status: needs_approval")
		f.sound()
	})
}

// Who asked does not answer himself where the rule forbids it, whichever way he
// goes; nor does a colleague take back what another asked for.
func TestNobodyApprovesHisOwn(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		r := &proposal.Rule{Name: "Знижка", Active: true, When: "discount_share > 10", Approver: proposal.ByRole, Role: string(model.RoleHead)}
		f.save("approval-rule", r)
		p := o.offer(2000)
		if got := o.act(o.head, p.ID, "approve", nil); got != "status: proposal_is_draft" {
			t.Fatalf("in one click: %q", got)
		}
		o.done(o.head, p.ID, "submit", nil)
		if got := o.act(o.head, p.ID, "approve", nil); got != "status: approval_is_others" {
			t.Fatalf("after submitting: %q", got)
		}
		if got := o.act(o.manager, p.ID, "recall", nil); got != "status: recall_is_others" {
			t.Fatalf("a colleague took it back: %q", got)
		}
		second := &firm.Employee{Name: "Олег", Active: true}
		f.save("employee", second)
		u := &firm.User{Name: "oleh", Role: string(model.RoleHead), Active: true, Employee: ref(second)}
		f.save("user", u)
		other, err := f.s.As(f.ctx, ref(u))
		if err != nil {
			t.Fatal(err)
		}
		if p = o.done(other, p.ID, "approve", nil); p.Status != proposal.Approved {
			t.Errorf("another head: %s", p.Status)
		}
	})
}

func TestApprovalInSteps(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Керівник", "discount_share > 10")
		second := &proposal.Rule{Name: "Власник", Active: true, Order: 2, When: "amount > 500", Approver: proposal.ByRole, Role: string(model.RoleBilling)}
		f.save("approval-rule", second)
		u := &firm.User{Name: "owner", Role: string(model.RoleBilling), Active: true}
		f.save("user", u)
		owner, err := f.s.As(f.ctx, ref(u))
		if err != nil {
			t.Fatal(err)
		}
		p := o.offer(2000)
		o.done(o.manager, p.ID, "submit", nil)
		if got := o.act(owner, p.ID, "approve", nil); got != "status: approval_is_others" {
			t.Fatalf("the second step answered before the first: %q", got)
		}
		if p = o.done(o.head, p.ID, "approve", nil); p.Status != proposal.Awaiting {
			t.Fatalf("after the first step: %s", p.Status)
		}
		o.done(owner, p.ID, "delegate", model.Answers{"to": ref(f.maria)})
		if got := o.act(owner, p.ID, "approve", nil); got != "status: approval_is_others" {
			t.Fatalf("answered what was handed on: %q", got)
		}
		if p = o.done(o.head, p.ID, "approve", nil); p.Status != proposal.Approved {
			t.Fatalf("after both: %s", p.Status)
		}
		// the second rule is about sums: a larger one needs a new answer
		p.Variants[0].Lines[0].Quantity = 11_000
		f.save("proposal", p)
		if p = o.proposal(p.ID); p.Status != proposal.Draft {
			t.Errorf("a larger sum: %s", p.Status)
		}
		if got := keys(o.manager.Save(f.ctx, "approval-rule", &proposal.Rule{Name: "x"})); got == "" {
			t.Error("a salesperson made a rule")
		}
		bad := &proposal.Rule{Name: "x", Active: true, When: "amount >> 5", Approver: proposal.ByHead}
		if err := f.s.Save(f.ctx, "approval-rule", bad); err == nil {
			t.Error("a condition that nobody can read was kept")
		}
	})
}

// An earlier offer that is taken up again when its time has run out is valid for
// a time from now.
func TestTakenUpAgainIsValid(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		p := o.done(o.manager, o.offer(0).ID, "sent", nil)
		later := o.manager.WithToday(p.ValidUntil + 30)
		o.done(later, p.ID, "correct", nil)
		p = o.done(later, p.ID, "take_up", model.Answers{"revision": ref(o.revisions(p.ID)[0])})
		if p.ValidUntil != later.Today()+proposal.ValidDays {
			t.Errorf("valid until %s, today is %s", p.ValidUntil, later.Today())
		}
	})
}

// A correction that is not wanted any more leaves no trace in what the client
// has; one that was kept meanwhile is not dropped.
func TestDropTheCorrection(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		p := o.offer(0)
		if got := o.act(o.manager, p.ID, "drop", nil); got != "nothing_is_corrected" {
			t.Errorf("a first draft was dropped: %q", got)
		}
		p = o.done(o.manager, p.ID, "sent", nil)
		sent := p.SentAt
		o.done(o.manager, p.ID, "correct", nil)
		p = o.proposal(p.ID)
		p.Variants[0].Lines[0].Price, p.Subject, p.ValidUntil = 9_000, "Інше", p.ValidUntil+5
		p.Variants = append(p.Variants, proposal.Variant{Name: "Ще один"})
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		p = o.done(o.manager, p.ID, "drop", nil)
		if got, want := told(o.revisions(p.ID)), "1 sent 1000 sent"; p.Status != proposal.Sent || p.Revision != 1 || got != want || !p.SentAt.Equal(sent) {
			t.Errorf("dropped: %s, revision %d: %s, want %s", p.Status, p.Revision, got, want)
		}
		was, err := o.revisions(p.ID)[0].Content(f.s.Registry().Kind("proposal"))
		if err != nil {
			t.Fatal(err)
		}
		if c := proposal.Compare(f.s.Registry().Kind("proposal"), was, p); !c.Equal() {
			t.Errorf("not what the client has: %+v", c)
		}
		o.done(o.manager, p.ID, "correct", nil)
		p = o.proposal(p.ID)
		p.Variants[0].Lines[0].Price = 9_000
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		o.done(o.manager, p.ID, "keep", nil)
		if got := o.act(o.manager, p.ID, "drop", nil); got != "correction_is_kept" {
			t.Errorf("a revision that was kept was dropped: %q", got)
		}
	})
}

// Whatever a salesperson and his head do in whatever order, nothing is sent
// whose discount is over the limit and over what was last approved.
func TestNoWayAroundApproval(t *testing.T) {
	o := newOffice(newFirm(t, storetest.SQLite(t)))
	o.rule("Знижка понад 10 %", "discount_share > 10")
	later := o.manager.WithToday(monday + 400)
	reason := &deal.LossReason{Name: "Ціна", Active: true}
	o.save("loss-reason", reason)
	rapid.Check(t, func(t *rapid.T) {
		p := o.offer(0)
		var approved model.Percent = 1000
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			step := rapid.SampledFrom([]string{"discount", "discount", "submit", "approve", "return", "sent", "correct", "keep", "take_up", "drop", "recall", "reopen", "cancel", "expire", "revive", "accept", "decline"}).Draw(t, "step")
			switch step {
			case "discount":
				q := o.proposal(p.ID)
				q.Variants[0].Lines[0].Discount = model.Percent(rapid.Int64Range(0, 40).Draw(t, "percent") * 100)
				_ = o.manager.Save(o.ctx, "proposal", q)
			case "submit":
				o.act(o.manager, p.ID, "submit", nil)
			case "approve":
				if o.act(o.head, p.ID, "approve", nil) == "" {
					approved = max(approved, o.proposal(p.ID).Figures.DiscountShare)
				}
			case "return":
				o.act(o.head, p.ID, "return", model.Answers{"comment": "ні"})
			case "sent", "revive", "accept":
				o.act(o.manager, p.ID, step, nil)
			case "expire":
				o.act(later, p.ID, "expire", nil)
			case "decline":
				o.act(o.manager, p.ID, "decline", model.Answers{"reason": ref(reason)})
			case "take_up":
				if r := o.revisions(p.ID); len(r) > 0 {
					o.act(o.manager, p.ID, "take_up", model.Answers{"revision": ref(r[0])})
				}
			case "keep":
				o.act(o.manager, p.ID, "keep", nil)
			case "drop":
				if o.act(o.manager, p.ID, "drop", nil) == "" {
					q := o.proposal(p.ID)
					was, err := o.revisions(p.ID)[q.SentRevision-1].Content(o.s.Registry().Kind("proposal"))
					if err != nil {
						t.Fatal(err)
					}
					if q.Status != proposal.Sent || q.Revision != q.SentRevision || q.Amount != was.Amount {
						t.Fatalf("a dropped correction is %s, revision %d of %d, %s; the client has %s", q.Status, q.Revision, q.SentRevision, q.Amount, was.Amount)
					}
				}
			case "correct":
				o.act(o.manager, p.ID, "correct", nil)
			case "recall":
				o.act(o.manager, p.ID, "recall", nil)
			case "reopen":
				o.act(o.manager, p.ID, "reopen", nil)
			case "cancel":
				o.act(o.manager, p.ID, "cancel", nil)
			}
			q := o.proposal(p.ID)
			if out := q.Status == proposal.Sent || q.Status == proposal.Accepted; out && q.Figures.DiscountShare > approved {
				t.Fatalf("after %s it is %s with a discount of %d, approved up to %d", step, q.Status, q.Figures.DiscountShare, approved)
			}
		}
	})
}
