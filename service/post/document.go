package post

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ugoda/exchange/outfile"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/service/paper"
	"ugoda/store"
)

// Document is a proposal or an invoice on its way to a client.
type Document struct {
	Kind      string // of the document
	ID        int64
	To        []mail.Address // empty: the contact's address, else the client's
	Cc, Bcc   []mail.Address
	Formats   []string             // of paper.Formats; nil: pdf
	Files     []message.Attachment // beside the document
	Subject   string               // empty: the usual one, in the document's language
	Text      string               // plain text; empty: the default letter among the snippets
	Signature string               // under the text; empty: none
	Template  string               // as paper.Job has it
	Forms     []string             // of firm.Forms, what it is made into; nil: what its kind is. Others go as PDF or DOCX
	Variant   int                  // only this variant, from 1; 0: all
	InBody    bool                 // the document stands in the letter itself, too, between its text and the signature
	Engine    paper.Engine
	// Next plans the next step, by the answers of a proposal's action "sent"; what
	// was sent before, and an invoice, plan none.
	Next model.Answers
}

// NoRecipient says that nobody is known to send a document to.
type NoRecipient struct{}

func (*NoRecipient) Error() string { return "nobody to send it to" }

// Message says it to a person.
func (*NoRecipient) Message() (string, map[string]any) { return "no_recipient", nil }

// SendDocument prints a document, puts it into the outbox with its letter, and
// records it as sent, an invoice as issued, all in one transaction; the worker
// delivers it. Nothing is put in when the document may not leave.
func (o *Office) SendDocument(ctx context.Context, s *store.Session, d Document) (letter.Letter, error) {
	var none letter.Letter
	p, err := take(ctx, s, d.Kind, d.ID)
	if err != nil {
		return none, err
	}
	if err := p.mayLeave(ctx, s); err != nil {
		return none, err
	}
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p.organization))
	if err != nil {
		return none, err
	}
	draft, err := o.draft(ctx, s, p, d)
	if err != nil {
		return none, err
	}
	l, data, err := o.Prepare(s.User, account, draft, p.about)
	if err != nil {
		return none, err
	}
	if l.Data, err = o.Box.Keep(ctx, data); err != nil {
		return none, err
	}
	// Letters are the program's own records: it writes them in the user's name.
	err = o.base.System().Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		b.By(s.User, s.Employee)
		if err := b.Save(ctx, "letter", &l); err != nil {
			return fmt.Errorf("put the letter into the outbox: %w", err)
		}
		if p.leaves == "" {
			return nil
		}
		if _, err := b.Do(ctx, p.kind, p.ref.ID, p.leaves, d.Next); err != nil {
			return fmt.Errorf("record the document as sent: %w", err)
		}
		return nil
	})
	if err != nil {
		return none, err
	}
	return l, nil
}

// SaveDocument makes the letter as a file that any mail program opens and
// sends: for a user who has no account here. The document is not recorded as
// sent. The name of the file comes without a folder.
func (o *Office) SaveDocument(ctx context.Context, s *store.Session, d Document) (name string, eml []byte, err error) {
	p, err := take(ctx, s, d.Kind, d.ID)
	if err != nil {
		return "", nil, err
	}
	draft, err := o.draft(ctx, s, p, d)
	if err != nil {
		return "", nil, err
	}
	draft.Unsent = true
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p.organization))
	switch {
	case errors.Is(err, mail.ErrNoAccount):
		account = mail.Account{Address: fallback(ctx, s, p.organization).Mailbox, Name: fallback(ctx, s, p.organization).Name}
		if e, err := employee(ctx, s, s.Employee); err == nil && e.Email != "" {
			account.Address, account.Name = e.Email, e.Name
		}
	case err != nil:
		return "", nil, err
	}
	_, eml, err = o.Prepare(s.User, account, draft, p.about)
	if err != nil {
		return "", nil, err
	}
	return outfile.Name(draft.Subject) + ".eml", eml, nil
}

// fallback is the sender where nothing leaves the house: our own firm.
func fallback(ctx context.Context, s *store.Session, organization model.Ref) mail.Address {
	rec, err := s.Get(ctx, "organization", organization.ID)
	if err != nil {
		return mail.Address{}
	}
	f, ok := rec.(*firm.Organization)
	if !ok {
		return mail.Address{}
	}
	return mail.Address{Name: f.Name, Mailbox: f.Email}
}

// draft writes the letter, with the document printed.
func (o *Office) draft(ctx context.Context, s *store.Session, p *parcel, d Document) (message.Draft, error) {
	m := message.Draft{To: d.To, Cc: d.Cc, Bcc: d.Bcc, Subject: d.Subject}
	if len(m.To) == 0 {
		to, err := recipient(ctx, s, p)
		if err != nil {
			return m, err
		}
		m.To = []mail.Address{to}
	}
	formats := d.Formats
	if formats == nil {
		formats = []string{"pdf"}
	}
	forms := d.Forms
	if len(forms) == 0 {
		forms = []string{p.form}
	}
	for _, form := range forms {
		j := paper.Job{Kind: p.kind, ID: p.ref.ID, Form: form, Engine: d.Engine, Leaving: true, Variant: d.Variant}
		if form == p.form {
			j.Template = d.Template
		}
		files, err := paper.Make(ctx, s, j, p.formatsOf(form, formats)...)
		if err != nil {
			return m, err
		}
		for _, f := range files {
			m.Attachments = append(m.Attachments, message.Attachment{Name: f.Name, Data: f.Data})
		}
	}
	m.Attachments = append(m.Attachments, d.Files...)
	if m.Subject == "" {
		m.Subject = p.subject()
	}
	var err error
	text := d.Text
	if text == "" {
		if text, err = letterText(ctx, s, p); err != nil {
			return m, err
		}
	}
	inner, plain := "", text
	if d.InBody {
		if inner, m.Inline, err = paper.Body(ctx, s, paper.Job{Kind: p.kind, ID: p.ref.ID, Leaving: true, Variant: d.Variant}); err != nil {
			return m, err
		}
		text = strings.TrimRight(text, "\n") + "\n\n" + message.PlainText(inner)
	}
	m.Text, m.HTML = message.Signed(text, d.Signature), message.Around(plain, inner, d.Signature)
	m.InReplyTo, m.References, err = o.thread(ctx, p)
	return m, err
}

// formatsOf are those of the formats that a form is had in: a contract is no
// table, so it goes as PDF where only tables were asked for.
func (p *parcel) formatsOf(form string, formats []string) []string {
	if form == p.form || len(formats) == 0 {
		return formats
	}
	var out []string
	for _, f := range formats {
		if f == "pdf" || f == "docx" {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return []string{"pdf"}
	}
	return out
}

// thread is the letter that the document left with last: the next one answers
// it, so that mail programs show both together. The first with an invoice
// answers the last with its proposal.
func (o *Office) thread(ctx context.Context, p *parcel) (last string, before []string, err error) {
	ids, err := p.letters(ctx, o.base.System())
	if err == nil && len(ids) == 0 && p.kind == "invoice" && p.about.Proposal.ID != 0 {
		ids, err = (&parcel{kind: "proposal", ref: p.about.Proposal}).letters(ctx, o.base.System())
	}
	if err != nil {
		return "", nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !message.IsID(id) })
	if len(ids) == 0 {
		return "", nil, nil
	}
	return ids[len(ids)-1], ids[:len(ids)-1], nil
}

// recipient is the contact's address of mail, else the client's.
func recipient(ctx context.Context, s *store.Session, p *parcel) (mail.Address, error) {
	if p.contact.ID != 0 {
		rec, err := s.Get(ctx, "contact", p.contact.ID)
		if err != nil {
			return mail.Address{}, err
		}
		if c, ok := rec.(*client.Contact); ok && c.Email != "" {
			return mail.Address{Name: c.Name, Mailbox: c.Email}, nil
		}
	}
	if p.client.ID != 0 {
		rec, err := s.Get(ctx, "client", p.client.ID)
		if err != nil {
			return mail.Address{}, err
		}
		if c, ok := rec.(*client.Client); ok && c.Email != "" {
			return mail.Address{Name: c.Name, Mailbox: c.Email}, nil
		}
	}
	return mail.Address{}, &NoRecipient{}
}

func employee(ctx context.Context, s *store.Session, ref model.Ref) (*firm.Employee, error) {
	if ref.ID == 0 {
		return &firm.Employee{}, nil
	}
	rec, err := s.Get(ctx, "employee", ref.ID)
	if err != nil {
		return nil, err
	}
	e, ok := rec.(*firm.Employee)
	if !ok {
		return &firm.Employee{}, nil
	}
	return e, nil
}
