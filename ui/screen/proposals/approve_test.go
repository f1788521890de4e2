package proposals

import (
	"slices"
	"testing"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// Who may approve his own has a button for it beside the one that asks, which
// asks no more and leaves a trace of who and when.
func TestOwnIsApprovedInOneClick(t *testing.T) {
	d := newDesk(t)
	d.Save("approval-rule", &proposal.Rule{Name: "Усе", Active: true, When: "amount > 0", Approver: proposal.ByRole, Role: string(model.RoleAdmin), Own: true})
	p, s := d.fromDeal()
	if slices.Contains(p.Buttons(), "approve") && s.May("approve") {
		t.Error("what is not saved can be approved")
	}
	k := d.kept(s)
	if m := s.Actions(); !slices.Contains(p.Buttons(), "approve") || !s.May("approve") || !s.HasMain() {
		t.Fatalf("actions %+v, buttons %q", m, p.Buttons())
	}
	boxes := len(d.Host.Dialogs)
	s.Act("approve")
	if len(d.Host.Dialogs) != boxes {
		t.Error("it asks")
	}
	if got := d.stored(k.ID).Status; got != proposal.Approved {
		t.Fatalf("the status is %s", got)
	}
	if slices.Contains(p.Buttons(), "approve") {
		t.Error("approved, it can be approved again")
	}
	ids, err := d.Session.IDs(d.Ctx, store.Query{Kind: "approval", Where: filter.Cond{Path: "state", Op: filter.Eq, Values: []filter.Value{filter.String(proposal.Given)}}})
	if err != nil || len(ids) != 1 {
		t.Fatalf("approvals given: %v, %v", ids, err)
	}
	if a := d.Get("approval", ids[0]).(*proposal.Approval); a.Proposal.ID != k.ID || a.DecidedAt.IsZero() || a.Rule.IsZero() {
		t.Errorf("its trace: %+v", a)
	}
	d.Do("proposal", k.ID, "sent")
}
