package proposal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ugoda/model"
)

// Why a revision was kept.
const (
	KeptByHand   = "kept"
	KeptApproved = "approved"
	KeptSent     = "sent"
	KeptAccepted = "accepted" // accepted though it was never sent
	KeptBefore   = "before"   // before an earlier one was taken up again
	KeptReturned = "returned" // an earlier one, taken up again
)

// Reasons lists why a revision may have been kept.
var Reasons = []string{KeptByHand, KeptApproved, KeptSent, KeptAccepted, KeptBefore, KeptReturned}

// RevisionsQuery asks for the []*Revision of a proposal, the earliest first.
const RevisionsQuery = "revisions of a proposal"

// Revision is an offer as it stood when it was approved or sent, or when
// somebody asked to keep it. What was offered never changes in it.
type Revision struct {
	model.Record           // Number is the proposal's, a stroke and No
	Proposal     model.Ref // of which it is
	No           int64     // from 1
	At           time.Time
	Author       model.Ref // an employee
	Reason       string
	Words        string // what the author said of it
	ApprovedAt   time.Time
	SentAt       time.Time
	Superseded   bool // a later one was sent: it binds us no more
	ValidUntil   model.Day
	Amount       model.Money // of the variant that counted
	Discount     int64
	Margin       int64
	Digest       string // of what was offered: equal offers have equal ones
	Data         []byte // a snapshot of the whole proposal
}

// Ref points to the revision.
func (r *Revision) Ref() model.Ref { return model.Ref{ID: r.ID, Code: r.Number, Name: r.Number} }

// Content is the proposal as it stood then. Who may not see a field of a
// proposal may not see it there: the caller hides it.
func (r *Revision) Content(k *model.Kind) (*Proposal, error) {
	p := &Proposal{}
	if err := model.FromSnapshot(k, p, r.Data); err != nil {
		return nil, fmt.Errorf("read revision %s: %w", r.Number, err)
	}
	return p, nil
}

func describeRevision(r *model.Registry) {
	k := model.Describe[Revision](r, "revision")
	k.Title, k.Sort = []string{"number"}, "-id"
	k.Field("number").Shown = true
	k.Ref("proposal", func(r *Revision) *model.Ref { return &r.Proposal }, model.To("proposal"), model.Required, model.ReadOnly, model.Shown)
	k.Int("no", func(r *Revision) *int64 { return &r.No }, model.ReadOnly)
	k.Moment("at", func(r *Revision) *time.Time { return &r.At }, model.ReadOnly, model.Shown)
	k.Ref("author", func(r *Revision) *model.Ref { return &r.Author }, model.To("employee"), model.ReadOnly, model.Shown)
	k.Choice("reason", func(r *Revision) *string { return &r.Reason }, model.OneOf(Reasons...), model.ReadOnly, model.Shown)
	k.Money("amount", func(r *Revision) *model.Money { return &r.Amount }, model.ReadOnly, model.Shown)
	k.Text("words", func(r *Revision) *string { return &r.Words }, model.Shown)
	k.Moment("approved_at", func(r *Revision) *time.Time { return &r.ApprovedAt }, model.ReadOnly)
	k.Moment("sent_at", func(r *Revision) *time.Time { return &r.SentAt }, model.ReadOnly, model.Shown)
	k.Bool("superseded", func(r *Revision) *bool { return &r.Superseded }, model.ReadOnly)
	k.Day("valid_until", func(r *Revision) *model.Day { return &r.ValidUntil }, model.ReadOnly)
	k.Price("discount", func(r *Revision) *int64 { return &r.Discount }, model.ReadOnly)
	k.Price("margin", func(r *Revision) *int64 { return &r.Margin }, model.ReadOnly, seesMargin)
	k.Text("digest", func(r *Revision) *string { return &r.Digest }, model.Hidden, model.Unaudited)
	k.Bytes("data", func(r *Revision) *[]byte { return &r.Data }, model.Hidden, model.Secret("nobody")) // margins are in it
	k.Checks(func(r, old *Revision, _ model.Facts) []model.Problem {
		if len(r.Data) == 0 || old != nil && (string(old.Data) != string(r.Data) || old.No != r.No || old.Proposal.ID != r.Proposal.ID) {
			return []model.Problem{model.Wrong("", "revision_is_kept")}
		}
		return nil
	})
}

// ours are the parts of a variant or a line that the client does not read.
var ours = map[string]bool{"id": true, "accepted": true, "taken": true, "cost": true, "cost_sum": true, "margin": true}

// used tells which of the things that proposals could not have from the
// beginning this one has. What is not used stays out of its digest, so that
// offers made before have the digest that they had.
func (p *Proposal) used() map[string]bool {
	out := map[string]bool{}
	for _, v := range p.Variants {
		out["payment_terms"] = out["payment_terms"] || v.terms() != [3]string{}
		for _, l := range v.Lines {
			out["note"] = out["note"] || l.Note
			out["optional"] = out["optional"] || l.Optional
			out["parts"] = out["parts"] || len(l.Parts) > 0
		}
	}
	out["delivery_terms"], out["warranty"], out["options_sum"] = out["payment_terms"], out["payment_terms"], out["optional"]
	return out
}

// digest is a fingerprint of what the client reads. Which options he takes is
// his answer, and no part of it.
func digest(k *model.Kind, p *Proposal) (string, error) {
	as := *p
	as.Variants = CopyVariants(p.Variants)
	if p.taken() {
		as.forget()
		if err := as.Count(); err != nil {
			return "", err
		}
	}
	used, variant := p.used(), k.Part("variants").Kind
	line := variant.Part("lines").Kind
	data, err := model.Snapshot(k, &as, func(of *model.Kind, f *model.Field) bool {
		switch {
		case of == k:
			return f != nil && !offered[f.Name]
		case f == nil:
			return of == line.Part("parts").Kind && !used["parts"]
		case of == variant && slices.Contains(laterOfVariants, f.Name), of == line && slices.Contains(laterOfLines, f.Name):
			return !used[f.Name]
		}
		return ours[f.Name] || of == line.Part("parts").Kind && f.Name == "price"
	})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// laterOfVariants and laterOfLines are the fields that offers could not have
// from the beginning.
var (
	laterOfVariants = []string{"payment_terms", "delivery_terms", "warranty", "options_sum"}
	laterOfLines    = []string{"note", "optional"}
)

// number sets the number of the revision that the proposal is at: that of the
// last one kept while nothing differs from it, else the next.
func (p *Proposal) number(k *model.Kind) error {
	switch {
	case p.Kept == 0:
		p.Revision = 1
	case p.Status == Draft && p.SentRevision == p.Kept: // being corrected
		p.Revision = p.Kept + 1
	default:
		now, err := digest(k, p)
		if err != nil {
			return err
		}
		p.Revision = p.Kept
		if now != p.KeptDigest {
			p.Revision++
		}
	}
	return nil
}

// keep adds what keeping the proposal as it stands now takes: a new revision,
// or a mark on the last one where nothing differs from it. A correction is a new
// one in any case: it was printed and shown with its number.
func (p *Proposal) keep(k *model.Kind, f model.Facts, reason, words string, e *model.Effects) error {
	now, err := digest(k, p)
	if err != nil {
		return err
	}
	revisions, _ := f.Query(RevisionsQuery, p.ID).([]*Revision)
	var r *Revision
	if n := len(revisions); n > 0 && p.Kept > 0 && now == p.KeptDigest && revisions[n-1].No == p.Kept && p.Revision <= p.Kept {
		last := *revisions[n-1]
		r = &last
		e.Change = append(e.Change, model.Created{Kind: "revision", Record: r})
	} else {
		r = &Revision{
			Proposal: p.Ref(), No: p.Kept + 1, At: f.Now(), Author: f.Employee(), Reason: reason, Digest: now,
			ValidUntil: p.ValidUntil, Amount: p.Amount, Discount: p.Discount, Margin: p.Margin,
		}
		r.Number = p.Number + "/" + strconv.FormatInt(r.No, 10)
		p.Kept, p.KeptDigest = r.No, now
		e.Create = append(e.Create, model.Created{Kind: "revision", Record: r})
	}
	if words != "" {
		r.Words = words
	}
	p.Revision = r.No
	switch reason {
	case KeptApproved:
		r.ApprovedAt = f.Now()
	case KeptSent:
		r.SentAt, p.SentRevision = f.Now(), r.No
		for _, x := range revisions {
			if x.No != r.No && !x.Superseded {
				old := *x
				old.Superseded = true
				e.Change = append(e.Change, model.Created{Kind: "revision", Record: &old})
			}
		}
	}
	if len(r.Data) == 0 {
		if r.Data, err = model.Snapshot(k, p, nil); err != nil {
			return err
		}
	}
	return nil
}

// settle computes what saving would, so that a revision keeps the sums that
// will stand there.
func (p *Proposal) settle(f model.Facts) error { return derive(p, p, f) }

// describeRevisions adds what a proposal does with its revisions.
func describeRevisions(k *model.Description[Proposal]) {
	kept := func(reason string, before func(p *Proposal, f model.Facts)) func(any, model.Answers, model.Facts) (model.Effects, error) {
		return model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			if before != nil {
				before(p, f)
			}
			if err := p.settle(f); err != nil {
				return e, err
			}
			return e, p.keep(k.Kind, f, reason, a.Text("words"), &e)
		})
	}
	k.Action(model.Action{
		Name: "keep", May: in(Draft, Awaiting, Approved),
		Asks: []model.Ask{{Name: "words", Type: model.Text}},
		Do:   kept(KeptByHand, nil),
	})
	correct := func(p *Proposal, f model.Facts) (model.Effects, error) {
		var e model.Effects
		if p.SentRevision == 0 && !p.SentAt.IsZero() { // it was sent before revisions were kept
			if err := p.settle(f); err != nil {
				return e, err
			}
			if err := p.keep(k.Kind, f, KeptSent, "", &e); err != nil {
				return e, err
			}
		}
		p.Status = Draft
		return e, nil
	}
	k.Action(model.Action{ // a new revision beside the one that the client has
		Name: "correct", May: in(Sent, Expired),
		Do: model.Do(func(p *Proposal, _ model.Answers, f model.Facts) (model.Effects, error) {
			e, err := correct(p, f)
			p.extend(f)
			return e, err
		}),
	})
	k.Action(model.Action{ // likewise, valid for longer
		Name: "extend", Bulk: true, May: in(Sent, Expired),
		Asks: []model.Ask{{Name: "until", Type: model.Days, Required: true}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			until := a.Day("until")
			if until < f.Today() || until <= p.ValidUntil {
				return model.Effects{}, model.Refused("until", "until_is_no_later")
			}
			e, err := correct(p, f)
			p.ValidUntil = until
			return e, err
		}),
	})
	k.Action(model.Action{ // the client's revision stands again, as if nothing had been corrected
		Name: "drop", May: all(in(Draft), model.May(func(p *Proposal, _ model.Facts) []model.Problem {
			switch {
			case p.SentRevision == 0:
				return []model.Problem{model.Wrong("", "nothing_is_corrected")}
			case p.Kept != p.SentRevision: // that one has a number, and somebody may have it
				return []model.Problem{model.Wrong("", "correction_is_kept", "no", p.Kept)}
			}
			return nil
		})),
		Do: model.Do(func(p *Proposal, _ model.Answers, f model.Facts) (model.Effects, error) {
			revisions, _ := f.Query(RevisionsQuery, p.ID).([]*Revision)
			i := slices.IndexFunc(revisions, func(r *Revision) bool { return r.No == p.SentRevision })
			if i < 0 {
				return model.Effects{}, model.Refused("", "nothing_is_corrected")
			}
			if err := p.takeUp(k.Kind, revisions[i]); err != nil {
				return model.Effects{}, err
			}
			p.Status, p.Returned = Sent, false
			return model.Effects{}, p.settle(f)
		}),
	})
	k.Action(model.Action{
		Name: "take_up", May: all(in(Draft), model.May(func(p *Proposal, _ model.Facts) []model.Problem {
			if p.Kept == 0 {
				return []model.Problem{model.Wrong("", "no_revision_kept")}
			}
			return nil
		})),
		Asks: []model.Ask{{Name: "revision", Type: model.Link, To: "revision", Required: true}},
		Do: model.Do(func(p *Proposal, a model.Answers, f model.Facts) (model.Effects, error) {
			var e model.Effects
			r := model.Get[Revision](f, "revision", a.Ref("revision"))
			if r == nil || r.Proposal.ID != p.ID {
				return e, model.Refused("revision", "revision_of_another")
			}
			now, err := digest(k.Kind, p)
			if err != nil {
				return e, err
			}
			if now != p.KeptDigest && p.Kept > 0 { // what stands here now is not lost
				if err := p.keep(k.Kind, f, KeptBefore, "", &e); err != nil {
					return e, err
				}
			}
			if err := p.takeUp(k.Kind, r); err != nil {
				return e, err
			}
			p.extend(f) // what is offered anew is valid for a time
			if err := p.settle(f); err != nil {
				return e, err
			}
			return e, p.keep(k.Kind, f, KeptReturned, "№ "+strconv.FormatInt(r.No, 10), &e)
		}),
	})
}

// takeUp makes the offer what it was in a revision; what is ours alone
// (status, manager, importance) stays. Rows that are still there keep their
// ids, so that history goes on.
func (p *Proposal) takeUp(k *model.Kind, r *Revision) error {
	was, err := r.Content(k)
	if err != nil {
		return err
	}
	for _, f := range k.Fields {
		if !f.Computed && offered[f.Name] {
			if err := model.Assign(f.Ptr(p), f.Value(was)); err != nil {
				return err
			}
		}
	}
	variants, rows := map[int64]bool{}, map[int64]int64{} // line → its variant
	for _, v := range p.Variants {
		variants[v.ID] = true
		for _, l := range v.Lines {
			rows[l.ID] = v.ID
		}
	}
	p.Variants = was.Variants
	for i := range p.Variants {
		v := &p.Variants[i]
		if !variants[v.ID] {
			v.ID = 0
		}
		v.Accepted = false
		for j := range v.Lines {
			l := &v.Lines[j]
			if v.ID == 0 || rows[l.ID] != v.ID {
				l.ID = 0
			}
			for c := range l.Parts { // as nothing refers to them, they are rows anew
				l.Parts[c].ID = 0
			}
		}
	}
	return nil
}

// extend gives a proposal whose time is over its usual time from today.
func (p *Proposal) extend(f model.Facts) {
	if p.ValidUntil != 0 && p.ValidUntil < f.Today() {
		p.ValidUntil = f.Today() + ValidDays
	}
}

// in allows an action while the proposal has one of some statuses.
func in(statuses ...string) func(any, model.Facts) []model.Problem {
	return model.May(func(p *Proposal, _ model.Facts) []model.Problem {
		if slices.Contains(statuses, p.Status) {
			return nil
		}
		return []model.Problem{model.Wrong("status", "proposal_is_"+p.Status)}
	})
}

// all joins conditions of an action: the reasons of each that refuses.
func all(conditions ...func(any, model.Facts) []model.Problem) func(any, model.Facts) []model.Problem {
	return func(rec any, f model.Facts) []model.Problem {
		for _, c := range conditions {
			if w := c(rec, f); len(w) > 0 {
				return w
			}
		}
		return nil
	}
}
