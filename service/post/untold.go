package post

import (
	"context"
	"errors"
	"slices"

	"ugoda/mail"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// Why nobody was written to.
const (
	NoAccount = "no_account" // who acted has no account of mail
	NoAddress = "no_address" // nobody who is meant has an address
)

// Untold is a letter about an approval that cannot be written.
type Untold struct {
	Why  string    // NoAccount, NoAddress
	Whom model.Ref // an employee; nobody: anybody of Role
	Role string
	By   model.Ref // who would write it: an employee
}

// Untold lists the letters about the approval of a proposal that are not written,
// for want of an account or an address, though letters are wanted: to who is
// asked, and of a proposal that is answered, to who asked.
func (o *Office) Untold(ctx context.Context, s *store.Session, id int64) ([]Untold, error) {
	_, on, err := ApprovalLetters(ctx, o.base)
	system := o.base.System()
	if err != nil || !on || !system.MayWrite("letter") {
		return nil, err
	}
	t := &teller{o: o, s: s, system: system}
	p, err := read(ctx, system, id)
	if err != nil {
		return nil, err
	}
	rows, err := system.Page(ctx, store.Query{
		Kind: "approval", Columns: []string{"approver", "role", "passed_by", "asked_by", "decided_by", "state", "told"}, Sort: []store.Order{{Path: "id"}}, Limit: 100,
		Where: filter.And{
			filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}},
			filter.Cond{Path: "answered", Op: filter.Eq, Values: []filter.Value{filter.Bool(false)}},
			filter.Cond{Path: "turn_at", Op: filter.NotEmpty},
			filter.Cond{Path: "state", Op: filter.NotIn, Values: []filter.Value{filter.String(proposal.Withdrawn)}},
		},
	})
	if err != nil {
		return nil, err
	}
	var out []Untold
	for _, r := range rows {
		ref := func(i int) model.Ref { x, _ := r.Cells[i].(model.Ref); return x }
		role, _ := r.Cells[1].(string)
		state, _ := r.Cells[5].(string)
		told, _ := r.Cells[6].(bool)
		u := Untold{Whom: ref(0), Role: role, By: ref(2)}
		var to []mail.Address
		switch {
		case state == proposal.Waiting && p.Status == proposal.Awaiting && !told:
			if to, _, err = t.approvers(ctx, model.Ref{ID: u.Whom.ID, Code: u.Role}); err != nil {
				return nil, err
			}
		case state != proposal.Waiting && p.Status != proposal.Awaiting && ref(4).ID == s.Employee.ID:
			u = Untold{Whom: ref(3), By: ref(4)}
			who, err := employee(ctx, system, u.Whom)
			if err != nil {
				return nil, err
			}
			if who.Email != "" {
				to = []mail.Address{{Mailbox: who.Email}}
			}
		default:
			continue
		}
		if len(to) == 0 {
			u.Why = NoAddress
		} else if yes, err := t.hasAccount(ctx, u.By, p); err != nil {
			return nil, err
		} else if !yes {
			u.Why = NoAccount
		}
		same := func(x Untold) bool { return x.Why == u.Why && x.Whom.ID == u.Whom.ID && x.Role == u.Role } // of another rule
		if u.Why != "" && !slices.ContainsFunc(out, same) {
			out = append(out, u)
		}
	}
	return out, nil
}

// hasAccount reports whether an employee has an account to write from.
func (t *teller) hasAccount(ctx context.Context, who model.Ref, p *proposal.Proposal) (bool, error) {
	users := []int64{t.s.User.ID}
	if who.ID != t.s.Employee.ID {
		ids, err := t.system.IDs(ctx, store.Query{Kind: "user", Where: filter.Cond{Path: "employee", Op: filter.Eq, Values: []filter.Value{filter.ID(who.ID)}}})
		if err != nil {
			return false, err
		}
		users = ids
	}
	for _, id := range users {
		_, err := t.o.Account(ctx, id, fallback(ctx, t.system, p.Organization))
		if err == nil {
			return true, nil
		}
		if !errors.Is(err, mail.ErrNoAccount) {
			return false, err
		}
	}
	return false, nil
}
