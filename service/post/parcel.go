package post

import (
	"context"
	"fmt"
	"slices"

	"ugoda/locale"
	"ugoda/mail/outbox"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/letter"
	"ugoda/model/proposal"
	"ugoda/store"
)

// parcel is a document on its way, of whatever kind.
type parcel struct {
	kind         string
	ref          model.Ref // its number is the code, its subject the name
	language     string
	client       model.Ref
	contact      model.Ref
	organization model.Ref
	manager      model.Ref
	about        outbox.About
	form         string // what it is made into unless something else is asked for
	// The action that records that it leaves; empty: it has left before.
	leaves   string
	proposal *proposal.Proposal // nil of another kind
}

// take reads a document that is sent.
func take(ctx context.Context, s *store.Session, kind string, id int64) (*parcel, error) {
	rec, err := s.Get(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	switch x := rec.(type) {
	case *proposal.Proposal:
		return ofProposal(x), nil
	case *invoice.Invoice:
		p := &parcel{
			kind: kind, ref: x.Ref(), language: x.Language, client: x.Client, contact: x.Contact, organization: x.Organization, manager: x.Manager, form: firm.FormInvoice,
			about: outbox.About{Client: x.Client, Contact: x.Contact, Deal: x.Deal, Proposal: x.Proposal, Invoice: x.Ref()},
		}
		if x.Status == invoice.Draft {
			p.leaves = "issue"
		}
		return p, nil
	}
	return nil, model.Refused("kind", "not_mailed", "kind", kind)
}

func ofProposal(x *proposal.Proposal) *parcel {
	p := &parcel{
		kind: "proposal", ref: x.Ref(), language: x.Language, client: x.Client, contact: x.Contact, organization: x.Organization, manager: x.Manager, form: firm.FormProposal,
		about: outbox.About{Client: x.Client, Contact: x.Contact, Deal: x.Deal, Proposal: x.Ref()}, proposal: x,
	}
	if !left(x) {
		p.leaves = "sent"
	}
	return p
}

func read(ctx context.Context, s *store.Session, id int64) (*proposal.Proposal, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, err
	}
	return rec.(*proposal.Proposal), nil
}

// left reports that the client has had the proposal: it may be sent once more.
func left(p *proposal.Proposal) bool {
	return slices.Contains([]string{proposal.Sent, proposal.Accepted, proposal.Declined}, p.Status)
}

// mayLeave refuses a document whose rules do not let it be sent now.
func (p *parcel) mayLeave(ctx context.Context, s *store.Session) error {
	if p.leaves == "" {
		return nil
	}
	rec, err := s.Get(ctx, p.kind, p.ref.ID)
	if err != nil {
		return err
	}
	states, err := s.May(ctx, p.kind, rec)
	if err != nil {
		return err
	}
	for _, st := range states {
		if st.Action.Name == p.leaves && len(st.Problems) > 0 {
			return model.Problems(st.Problems)
		}
	}
	return nil
}

// words speak the language of the document.
func (p *parcel) words() *locale.Printer { return wordsIn(p.language) }

// words speak the language of a proposal.
func words(p *proposal.Proposal) *locale.Printer { return wordsIn(p.Language) }

func wordsIn(language string) *locale.Printer {
	lang, ok := locale.ParseLanguage(language)
	if !ok {
		lang = locale.Ukrainian
	}
	return locale.New(lang)
}

func (p *parcel) subject() string {
	if p.kind == "invoice" {
		return p.words().T("mail.invoice.subject", "number", p.ref.Code, "subject", p.ref.Name)
	}
	return p.words().T("mail.proposal.subject", "number", p.ref.Code, "subject", p.ref.Name)
}

// letters are the Message-IDs of the letters that the document left with, the
// first first.
func (p *parcel) letters(ctx context.Context, s *store.Session) ([]string, error) {
	of := filter.And{filter.Cond{Path: p.kind, Op: filter.Eq, Values: []filter.Value{filter.ID(p.ref.ID)}}}
	if p.kind == "proposal" { // those with its invoices have threads of their own
		of = append(of, filter.Cond{Path: "invoice", Op: filter.Empty})
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "letter", Columns: []string{"message_id"}, Sort: []store.Order{{Path: "id"}}, Limit: 20,
		Where: append(of, filter.Cond{Path: "state", Op: filter.NotIn, Values: []filter.Value{filter.String(letter.Failed), filter.String(letter.Cancelled)}}),
	})
	if err != nil {
		return nil, fmt.Errorf("look for the letters of the document: %w", err)
	}
	var ids []string
	for _, r := range rows {
		if m, _ := r.Cells[0].(string); m != "" {
			ids = append(ids, m)
		}
	}
	return ids, nil
}
