package post

import (
	"context"
	"errors"
	"strings"

	"ugoda/locale"
	"ugoda/mail"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/store"
)

// Usual is what a letter with a document says unless a person changes it, and
// what one needs to know while writing it.
type Usual struct {
	Number   string
	Language locale.Language
	To       string // empty when no address is known
	Subject  string
	Text     string
	// Signature is the user's own, or one made of what is known of him.
	Signature string
	Snippets  []Snippet       // texts of letters, those in the document's language first
	Sender    string          // from whom it goes; empty: there is no account yet
	Again     bool            // the client has had it before
	Held      []model.Problem // why it may not leave: Text is empty then
	Variants  []string        // names of a proposal's variants, where it has several
}

// Snippet is a text that a letter may begin with.
type Snippet struct {
	ID       int64
	Name     string
	Language string
}

// SignatureSetting keeps a user's signature.
const SignatureSetting = "mail.signature"

// Usual gives the usual letter of a document.
func (o *Office) Usual(ctx context.Context, s *store.Session, kind string, id int64) (Usual, error) {
	p, err := take(ctx, s, kind, id)
	if err != nil {
		return Usual{}, err
	}
	w := p.words()
	u := Usual{Number: p.ref.Code, Language: w.Language(), Subject: p.subject()}
	if u.Again, err = o.again(ctx, p); err != nil {
		return u, err
	}
	if p.proposal != nil && len(p.proposal.Variants) > 1 {
		for _, v := range p.proposal.Variants {
			u.Variants = append(u.Variants, v.Name)
		}
	}
	to, err := recipient(ctx, s, p)
	var nobody *NoRecipient
	switch {
	case err == nil:
		u.To = to.String()
	case !errors.As(err, &nobody):
		return u, err
	}
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p.organization))
	switch {
	case err == nil:
		u.Sender = account.From().String()
	case !errors.Is(err, mail.ErrNoAccount):
		return u, err
	}
	if u.Held, err = s.Leaves(ctx, kind, id); err != nil {
		return u, err
	}
	if u.Snippets, err = snippets(ctx, s, string(w.Language())); err != nil {
		return u, err
	}
	if len(u.Held) == 0 { // else its words, too, wait for the approval
		if u.Text, err = letterText(ctx, s, p); err != nil {
			return u, err
		}
	}
	if u.Signature, err = signature(ctx, s, p); err != nil {
		return u, err
	}
	return u, nil
}

// snippets lists the texts of letters.
func snippets(ctx context.Context, s *store.Session, lang string) ([]Snippet, error) {
	rows, err := s.Page(ctx, store.Query{
		Kind: "snippet", Columns: []string{"name", "language"}, Limit: 200, Sort: []store.Order{{Path: "default", Desc: true}, {Path: "name"}},
		Where: filter.Cond{Path: "usage", Op: filter.Eq, Values: []filter.Value{filter.String(firm.UsageLetter)}},
	})
	if err != nil {
		return nil, err
	}
	var own, other []Snippet
	for _, r := range rows {
		x := Snippet{ID: r.ID}
		x.Name, _ = r.Cells[0].(string)
		x.Language, _ = r.Cells[1].(string)
		if x.Language == lang {
			own = append(own, x)
		} else {
			other = append(other, x)
		}
	}
	return append(own, other...), nil
}

// again tells whether the client has had the document: an invoice may be issued
// and never sent.
func (o *Office) again(ctx context.Context, p *parcel) (bool, error) {
	if p.kind == "proposal" {
		return p.leaves == "", nil
	}
	sent, err := p.letters(ctx, o.base.System())
	return len(sent) > 0, err
}

// Snippet gives a text of a letter with its tags filled from a document, of a
// proposal that is corrected with what that changes. What is wrong with its tags
// comes as problems that name them; of a document that may not leave, why not.
func (o *Office) Snippet(ctx context.Context, s *store.Session, kind string, document, id int64) (string, error) {
	held, err := s.Leaves(ctx, kind, document)
	if err != nil {
		return "", err
	}
	if len(held) > 0 {
		return "", model.Problems(held)
	}
	rec, err := s.Get(ctx, "snippet", id)
	if err != nil {
		return "", err
	}
	p, err := take(ctx, s, kind, document)
	if err != nil {
		return "", err
	}
	return p.fill(ctx, s, rec.(*firm.Snippet).Text)
}

// fill fills the tags of a text.
func (p *parcel) fill(ctx context.Context, s *store.Session, text string) (string, error) {
	text, err := paper.FillText(ctx, s, paper.Job{Kind: p.kind, ID: p.ref.ID}, text)
	if err != nil || p.proposal == nil {
		return text, err
	}
	return withChanges(ctx, s, p.proposal, text)
}

// letterText is the default letter of the document's language: of a proposal the
// first among the snippets, its tags filled; of a correction, with what it
// changes.
func letterText(ctx context.Context, s *store.Session, p *parcel) (string, error) {
	w := p.words()
	if p.kind == "invoice" { // the snippets speak of proposals
		return p.fill(ctx, s, w.T("mail.invoice.text"))
	}
	all, err := snippets(ctx, s, string(w.Language()))
	if err != nil {
		return "", err
	}
	text := w.T("seed.snippet_text.letter")
	if len(all) > 0 && all[0].Language == string(w.Language()) {
		rec, err := s.Get(ctx, "snippet", all[0].ID)
		if err != nil {
			return "", err
		}
		if own := rec.(*firm.Snippet).Text; strings.TrimSpace(own) != "" {
			text = own
		}
	}
	return p.fill(ctx, s, text)
}

// signature is the user's own, or one made of what is known of the salesperson
// and the firm.
func signature(ctx context.Context, s *store.Session, p *parcel) (string, error) {
	kept, err := s.Preference(ctx, SignatureSetting)
	if err != nil || strings.TrimSpace(kept) != "" {
		return kept, err
	}
	who := s.Employee
	if who.ID == 0 {
		who = p.manager
	}
	e, err := employee(ctx, s, who)
	if err != nil {
		return "", err
	}
	firmName := fallback(ctx, s, p.organization).Name
	var lines []string
	for _, line := range []string{e.Name, joined(", ", e.Post, firmName), joined(", ", e.Phone, e.Email)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), nil
}

func joined(separator string, parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, separator)
}

// Complete finds addresses of mail for what was typed: of contacts and of
// clients, by name or by the address itself.
func (o *Office) Complete(ctx context.Context, s *store.Session, text string, limit int) ([]mail.Address, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	var out []mail.Address
	seen := map[string]bool{}
	for _, kind := range []string{"contact", "client"} {
		for _, q := range []store.Query{
			{Search: text, Where: filter.Cond{Path: "email", Op: filter.NotEmpty}},
			{Where: filter.Cond{Path: "email", Op: filter.Contains, Values: []filter.Value{filter.String(text)}}},
		} {
			q.Kind, q.Columns, q.Limit = kind, []string{"name", "email"}, limit
			rows, err := s.Page(ctx, q)
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				name, _ := r.Cells[0].(string)
				box, _ := r.Cells[1].(string)
				a, err := mail.ParseAddress(box)
				if err != nil || seen[a.Mailbox] {
					continue
				}
				seen[a.Mailbox] = true
				a.Name = name
				if out = append(out, a); len(out) == limit {
					return out, nil
				}
			}
		}
	}
	return out, nil
}
