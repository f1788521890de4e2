package post

import (
	"context"
	"errors"
	"fmt"

	"ugoda/locale"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/outbox"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/model/proposal"
	"ugoda/service/paper"
	"ugoda/store"
)

// Document is a proposal on its way to a client.
type Document struct {
	Proposal int64
	To       []mail.Address // empty: the contact's address, else the client's
	Formats  []string       // of paper.Formats; empty: pdf
	Subject  string         // empty: the usual one, in the proposal's language
	Text     string         // empty: the default letter among the snippets
	Template string         // as paper.Job has it
	Engine   paper.Engine
}

// NoRecipient says that nobody is known to send a document to.
type NoRecipient struct{}

func (*NoRecipient) Error() string { return "nobody to send it to" }

// Message says it to a person.
func (*NoRecipient) Message() (string, map[string]any) { return "no_recipient", nil }

// SendDocument prints a proposal, puts it into the outbox with its letter, and
// records it as sent; the worker delivers it. Nothing is put in when the
// proposal may not leave.
func (o *Office) SendDocument(ctx context.Context, s *store.Session, d Document) (letter.Letter, error) {
	var none letter.Letter
	rec, err := s.Get(ctx, "proposal", d.Proposal)
	if err != nil {
		return none, err
	}
	p := rec.(*proposal.Proposal)
	again := p.Status == proposal.Sent // a second copy of what was sent
	if !again {
		if err := mayLeave(ctx, s, p); err != nil {
			return none, err
		}
	}
	draft, err := o.draft(ctx, s, p, d)
	if err != nil {
		return none, err
	}
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p))
	if err != nil {
		return none, err
	}
	about := outbox.About{Client: p.Client, Contact: p.Contact, Deal: p.Deal, Proposal: p.Ref()}
	l, err := o.Put(ctx, s, account, draft, about)
	if err != nil {
		return none, err
	}
	if !again {
		if _, err := s.Do(ctx, "proposal", p.ID, "sent", nil); err != nil {
			return l, fmt.Errorf("record the proposal as sent: %w", err)
		}
	}
	return l, nil
}

// mayLeave refuses a proposal whose rules do not let it be sent now.
func mayLeave(ctx context.Context, s *store.Session, p *proposal.Proposal) error {
	states, err := s.May(ctx, "proposal", p)
	if err != nil {
		return err
	}
	for _, st := range states {
		if st.Action.Name == "sent" && len(st.Problems) > 0 {
			return model.Problems(st.Problems)
		}
	}
	return nil
}

// fallback is the sender where nothing leaves the house: our own firm.
func fallback(ctx context.Context, s *store.Session, p *proposal.Proposal) mail.Address {
	rec, err := s.Get(ctx, "organization", p.Organization.ID)
	if err != nil {
		return mail.Address{}
	}
	f, ok := rec.(*firm.Organization)
	if !ok {
		return mail.Address{}
	}
	return mail.Address{Name: f.Name, Mailbox: f.Email}
}

func (o *Office) draft(ctx context.Context, s *store.Session, p *proposal.Proposal, d Document) (message.Draft, error) {
	m := message.Draft{To: d.To, Subject: d.Subject, Text: d.Text}
	if len(m.To) == 0 {
		to, err := recipient(ctx, s, p)
		if err != nil {
			return m, err
		}
		m.To = []mail.Address{to}
	}
	job := paper.Job{Kind: "proposal", ID: p.ID, Template: d.Template, Engine: d.Engine}
	formats := d.Formats
	if len(formats) == 0 {
		formats = []string{"pdf"}
	}
	files, err := paper.Make(ctx, s, job, formats...)
	if err != nil {
		return m, err
	}
	for _, f := range files {
		m.Attachments = append(m.Attachments, message.Attachment{Name: f.Name, Data: f.Data})
	}
	lang, ok := locale.ParseLanguage(p.Language)
	if !ok {
		lang = locale.Ukrainian
	}
	words := locale.New(lang)
	if m.Subject == "" {
		m.Subject = words.T("mail.proposal.subject", "number", p.Number, "subject", p.Subject)
	}
	if m.Text == "" {
		m.Text, err = letterText(ctx, s, string(lang))
	}
	return m, err
}

// recipient is the contact's address of mail, else the client's.
func recipient(ctx context.Context, s *store.Session, p *proposal.Proposal) (mail.Address, error) {
	if p.Contact.ID != 0 {
		rec, err := s.Get(ctx, "contact", p.Contact.ID)
		if err != nil {
			return mail.Address{}, err
		}
		if c, ok := rec.(*client.Contact); ok && c.Email != "" {
			return mail.Address{Name: c.Name, Mailbox: c.Email}, nil
		}
	}
	if p.Client.ID != 0 {
		rec, err := s.Get(ctx, "client", p.Client.ID)
		if err != nil {
			return mail.Address{}, err
		}
		if c, ok := rec.(*client.Client); ok && c.Email != "" {
			return mail.Address{Name: c.Name, Mailbox: c.Email}, nil
		}
	}
	return mail.Address{}, &NoRecipient{}
}

// letterText is the default letter among the snippets of a language.
func letterText(ctx context.Context, s *store.Session, lang string) (string, error) {
	equal := func(path, value string) filter.Node {
		return filter.Cond{Path: path, Op: filter.Eq, Values: []filter.Value{filter.String(value)}}
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "snippet", Columns: []string{"text"}, Limit: 1, Sort: []store.Order{{Path: "default", Desc: true}},
		Where: filter.And{equal("usage", firm.UsageLetter), equal("language", lang)},
	})
	if err != nil {
		return "", err
	}
	if len(rows) > 0 {
		if text, ok := rows[0].Cells[0].(string); ok && text != "" {
			return text, nil
		}
	}
	l, ok := locale.ParseLanguage(lang)
	if !ok {
		return "", errors.New("no language " + lang)
	}
	return locale.New(l).T("seed.snippet_text.letter"), nil
}

// Usual is what a letter with a proposal says unless a person changes it.
type Usual struct{ Number, To, Subject, Text string }

// Usual gives the usual letter of a proposal; To is empty when no address is
// known.
func (o *Office) Usual(ctx context.Context, s *store.Session, id int64) (Usual, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return Usual{}, err
	}
	p := rec.(*proposal.Proposal)
	u := Usual{Number: p.Number}
	to, err := recipient(ctx, s, p)
	var nobody *NoRecipient
	switch {
	case err == nil:
		u.To = to.String()
	case !errors.As(err, &nobody):
		return u, err
	}
	lang, ok := locale.ParseLanguage(p.Language)
	if !ok {
		lang = locale.Ukrainian
	}
	u.Subject = locale.New(lang).T("mail.proposal.subject", "number", p.Number, "subject", p.Subject)
	u.Text, err = letterText(ctx, s, string(lang))
	return u, err
}
