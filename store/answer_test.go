package store_test

import (
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/store"
)

// listed are the proposals that a condition finds for somebody.
func (o *office) listed(s *store.Session, kind, where string) []int64 {
	o.t.Helper()
	n, err := filter.Parse(o.s.Registry(), kind, where)
	if err != nil {
		o.t.Fatal(err)
	}
	ids, err := s.IDs(o.ctx, store.Query{Kind: kind, Where: n})
	if err != nil {
		o.t.Fatal(err)
	}
	return ids
}

// A list shows what waits for somebody exactly where he may answer it.
func TestWhoseTurnItIs(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		o.rule("Керівник", "discount_share > 10")
		f.save("approval-rule", &proposal.Rule{Name: "Власник", Active: true, Order: 2, When: "amount > 500", Approver: proposal.ByRole, Role: string(model.RoleBilling)})
		f.save("approval-rule", &proposal.Rule{Name: "Хтось інший", Active: true, Order: 2, When: "discount_share > 30", Approver: proposal.ByRole, Role: string(model.RoleHead)})
		u := &firm.User{Name: "owner", Role: string(model.RoleBilling), Active: true}
		f.save("user", u)
		owner, err := f.s.As(f.ctx, ref(u))
		if err != nil {
			t.Fatal(err)
		}
		all := map[string]*store.Session{"salesperson": o.manager, "head": o.head, "owner": owner, "program": f.s}
		same := func(when string, id int64) {
			t.Helper()
			for who, s := range all {
				states, err := s.May(f.ctx, "proposal", o.proposal(id))
				if err != nil {
					t.Fatal(err)
				}
				may := false
				for _, st := range states {
					may = may || st.Action.Name == "return" && len(st.Problems) == 0
				}
				if listed := len(o.listed(s, "proposal", "to_approve = true")) == 1; listed != may {
					t.Errorf("%s: the list of %s says %v, the rules %v", when, who, listed, may)
				}
				if listed := len(o.listed(s, "approval", "mine = true")) > 0; listed != may {
					t.Errorf("%s: the approvals of %s say %v, the rules %v", when, who, listed, may)
				}
			}
		}
		p := o.offer(4000)
		same("draft", p.ID)
		o.done(o.manager, p.ID, "submit", nil)
		same("first step", p.ID)
		o.done(o.head, p.ID, "approve", nil)
		same("second step", p.ID)
		o.done(owner, p.ID, "delegate", model.Answers{"to": ref(f.ivan)})
		same("handed to who asked", p.ID)
		o.done(f.s, p.ID, "return", model.Answers{"comment": "ні"})
		same("returned", p.ID)
		o.done(o.head, p.ID, "submit", nil)
		same("a head asks himself", p.ID)
		f.sound()
	})
}

func TestOnlyWhatBindsUsIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		p := o.done(o.manager, o.offer(0).ID, "sent", nil)
		p = o.done(o.manager, p.ID, "correct", nil)
		p.Variants[0].Lines[0].Price = 9_000
		if err := o.manager.Save(f.ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		first := o.revisions(p.ID)[0]
		if got := o.act(o.manager, p.ID, "accept", model.Answers{"revision": ref(first)}); got != "revision: revision_is_not_this" {
			t.Errorf("the client's revision beside a correction: %q", got)
		}
		p = o.done(o.manager, p.ID, "sent", nil)
		first, second := o.revisions(p.ID)[0], o.revisions(p.ID)[1]
		if got := o.act(o.manager, p.ID, "accept", model.Answers{"revision": ref(first)}); got != "revision: revision_is_superseded" {
			t.Errorf("a superseded revision: %q", got)
		}
		p = o.done(o.manager, p.ID, "accept", model.Answers{"revision": ref(second)})
		if p.Status != proposal.Accepted || p.Taken != 2 {
			t.Errorf("accepted: %s, revision %d", p.Status, p.Taken)
		}
		if p = o.done(o.manager, p.ID, "reopen", nil); p.Taken != 0 {
			t.Errorf("reopened with the accepted revision %d", p.Taken)
		}
		f.sound()
	})
}

func TestExtending(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		p := o.done(o.manager, o.offer(0).ID, "sent", nil)
		for _, until := range []model.Day{monday - 1, p.ValidUntil} {
			if got := o.act(o.manager, p.ID, "extend", model.Answers{"until": until}); got != "until: until_is_no_later" {
				t.Errorf("until %s: %q", until, got)
			}
		}
		later := o.manager.WithToday(p.ValidUntil + 1)
		until := p.ValidUntil + 10
		p = o.done(later, p.ID, "expire", nil)
		p = o.done(later, p.ID, "extend", model.Answers{"until": until})
		if p.Status != proposal.Draft || p.Revision != 2 || p.SentRevision != 1 || p.ValidUntil != until {
			t.Errorf("extended: %s, revision %d, the client has %d, until %s", p.Status, p.Revision, p.SentRevision, p.ValidUntil)
		}
		if p = o.done(o.manager, p.ID, "sent", nil); told(o.revisions(p.ID)) != "1 sent 1000 sent superseded; 2 sent 1000 sent" {
			t.Error(told(o.revisions(p.ID)))
		}
		f.sound()
	})
}

func TestDealFollowsItsProposal(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		o := newOffice(f)
		process := f.get("process", f.process.ID).(*deal.Process)
		process.SentStage, process.AcceptedStage = ref(f.stages["second"]), ref(f.stages["won"])
		f.save("process", process)
		bad := f.get("process", f.process.ID).(*deal.Process)
		bad.SentStage = ref(f.stages["lost"])
		if got := keys(f.s.Save(f.ctx, "process", bad)); got != "sent_stage: stage_is_not_ahead" {
			t.Errorf("deals would be lost by sending: %q", got)
		}
		begin := func(stage string) (*deal.Deal, *proposal.Proposal) {
			t.Helper()
			d := &deal.Deal{Subject: "Дах", Process: ref(process), Stage: ref(f.stages[stage]), Client: ref(o.client), Manager: ref(f.ivan), Opened: monday, Amount: model.Money{Currency: "UAH"}}
			f.save("deal", d)
			p := o.offer(0)
			p.Deal = d.Ref()
			f.save("proposal", p)
			return d, p
		}
		stage := func(d *deal.Deal) int64 { return f.get("deal", d.ID).(*deal.Deal).Stage.ID }
		d, p := begin("first")
		o.done(o.manager, p.ID, "sent", nil)
		if stage(d) != f.stages["second"].ID {
			t.Error("the deal did not follow the sending")
		}
		o.done(o.manager, p.ID, "accept", nil)
		if x := f.get("deal", d.ID).(*deal.Deal); x.State != deal.Won || x.Amount.Minor != 100_000 {
			t.Errorf("the deal did not follow the acceptance: %s, %s", x.State, x.Amount)
		}
		process = f.get("process", f.process.ID).(*deal.Process)
		process.SentStage = ref(f.stages["first"])
		f.save("process", process)
		d, p = begin("second")
		o.done(o.manager, p.ID, "sent", nil)
		if stage(d) != f.stages["second"].ID {
			t.Error("the deal went back")
		}
		f.sound()
	})
}
