package proposal

import (
	"slices"

	"ugoda/model"
)

// InvoicesQuery asks for the invoices that stand on a proposal, as []model.Ref:
// those that are neither cancelled nor in the bin.
const InvoicesQuery = "invoices of a proposal"

// unbilled refuses what takes an accepted offer back while invoices stand on it.
func unbilled(p *Proposal, f model.Facts) []model.Problem {
	if p.Status != Accepted {
		return nil
	}
	if all, _ := f.Query(InvoicesQuery, p.ID).([]model.Ref); len(all) > 0 {
		return []model.Problem{model.Wrong("status", "proposal_is_billed", "invoice", all[0].Code, "count", len(all))}
	}
	return nil
}

// returns lets nothing take an accepted offer from under its invoices.
func returns(p, old *Proposal, f model.Facts) []model.Problem {
	if p.Status == Accepted && !p.Marked {
		return nil
	}
	return unbilled(old, f)
}

// AcceptedVariant is the variant that the client took, nil when he took none.
func (p *Proposal) AcceptedVariant() *Variant {
	if i := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.Accepted }); i >= 0 && p.Status == Accepted {
		return &p.Variants[i]
	}
	return nil
}

// Binding refuses to build on an offer unless it is the one that the client
// accepted: as he accepted it, by the revision recorded then. said is the
// revision that somebody named, if any. k is the kind of proposals.
func (p *Proposal) Binding(k *model.Kind, said *Revision, f model.Facts) error {
	if p.Status != Accepted {
		return model.Refused("status", "bill_needs_acceptance")
	}
	if p.AcceptedVariant() == nil {
		return model.Refused("variants", "no_variant_accepted")
	}
	if said != nil {
		switch {
		case said.Proposal.ID != p.ID:
			return model.Refused("revision", "revision_of_another")
		case said.Superseded:
			return model.Refused("revision", "superseded_not_billed", "no", said.No)
		case said.No != p.Taken:
			return model.Refused("revision", "revision_is_not_accepted", "no", said.No, "accepted", p.Taken)
		}
	}
	revisions, _ := f.Query(RevisionsQuery, p.ID).([]*Revision)
	for _, r := range revisions {
		if r.No != p.Taken {
			continue
		}
		if r.Superseded {
			return model.Refused("revision", "superseded_not_billed", "no", r.No)
		}
		now, err := digest(k, p)
		if err != nil {
			return err
		}
		if now != r.Digest {
			return model.Refused("revision", "differs_from_accepted", "no", r.No)
		}
	}
	return nil // accepted before revisions were kept: it is fixed since
}
