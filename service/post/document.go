package post

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ugoda/exchange/outfile"
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
	Proposal  int64
	To        []mail.Address // empty: the contact's address, else the client's
	Cc, Bcc   []mail.Address
	Formats   []string             // of paper.Formats; nil: pdf
	Files     []message.Attachment // beside the document
	Subject   string               // empty: the usual one, in the proposal's language
	Text      string               // plain text; empty: the default letter among the snippets
	Signature string               // under the text; empty: none
	Template  string               // as paper.Job has it
	Forms     []string             // of firm.Forms, what it is made into; nil: a proposal. Others go as PDF or DOCX
	Variant   int                  // only this variant, from 1; 0: all
	InBody    bool                 // the proposal stands in the letter itself, too, between its text and the signature
	Engine    paper.Engine
	// Next plans the next step, by the answers of the proposal's action "sent";
	// a proposal that was sent before plans none.
	Next model.Answers
}

// NoRecipient says that nobody is known to send a document to.
type NoRecipient struct{}

func (*NoRecipient) Error() string { return "nobody to send it to" }

// Message says it to a person.
func (*NoRecipient) Message() (string, map[string]any) { return "no_recipient", nil }

// SendDocument prints a proposal, puts it into the outbox with its letter, and
// records it as sent, all in one transaction; the worker delivers it. Nothing
// is put in when the proposal may not leave.
func (o *Office) SendDocument(ctx context.Context, s *store.Session, d Document) (letter.Letter, error) {
	var none letter.Letter
	p, err := read(ctx, s, d.Proposal)
	if err != nil {
		return none, err
	}
	again := left(p)
	if !again {
		if err := mayLeave(ctx, s, p); err != nil {
			return none, err
		}
	}
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p))
	if err != nil {
		return none, err
	}
	draft, err := o.draft(ctx, s, p, d)
	if err != nil {
		return none, err
	}
	l, data, err := o.Prepare(s.User, account, draft, about(p))
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
		if again {
			return nil
		}
		if _, err := b.Do(ctx, "proposal", p.ID, "sent", d.Next); err != nil {
			return fmt.Errorf("record the proposal as sent: %w", err)
		}
		return nil
	})
	if err != nil {
		return none, err
	}
	return l, nil
}

// SaveDocument makes the letter as a file that any mail program opens and
// sends: for a user who has no account here. The proposal is not recorded as
// sent. The name of the file comes without a folder.
func (o *Office) SaveDocument(ctx context.Context, s *store.Session, d Document) (name string, eml []byte, err error) {
	p, err := read(ctx, s, d.Proposal)
	if err != nil {
		return "", nil, err
	}
	draft, err := o.draft(ctx, s, p, d)
	if err != nil {
		return "", nil, err
	}
	draft.Unsent = true
	account, err := o.Account(ctx, s.User.ID, fallback(ctx, s, p))
	switch {
	case errors.Is(err, mail.ErrNoAccount):
		account = mail.Account{Address: fallback(ctx, s, p).Mailbox, Name: fallback(ctx, s, p).Name}
		if e, err := employee(ctx, s, s.Employee); err == nil && e.Email != "" {
			account.Address, account.Name = e.Email, e.Name
		}
	case err != nil:
		return "", nil, err
	}
	_, eml, err = o.Prepare(s.User, account, draft, about(p))
	if err != nil {
		return "", nil, err
	}
	return outfile.Name(draft.Subject) + ".eml", eml, nil
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

// about is what a letter with the proposal is about.
func about(p *proposal.Proposal) outbox.About {
	return outbox.About{Client: p.Client, Contact: p.Contact, Deal: p.Deal, Proposal: p.Ref()}
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

// draft writes the letter, with the document printed.
func (o *Office) draft(ctx context.Context, s *store.Session, p *proposal.Proposal, d Document) (message.Draft, error) {
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
		forms = []string{firm.FormProposal}
	}
	for _, form := range forms {
		j := paper.Job{Kind: "proposal", ID: p.ID, Form: form, Engine: d.Engine, Leaving: true, Variant: d.Variant}
		if form == firm.FormProposal {
			j.Template = d.Template
		}
		files, err := paper.Make(ctx, s, j, formatsOf(form, formats)...)
		if err != nil {
			return m, err
		}
		for _, f := range files {
			m.Attachments = append(m.Attachments, message.Attachment{Name: f.Name, Data: f.Data})
		}
	}
	m.Attachments = append(m.Attachments, d.Files...)
	if m.Subject == "" {
		m.Subject = subject(p)
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
		if inner, m.Inline, err = paper.Body(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Leaving: true, Variant: d.Variant}); err != nil {
			return m, err
		}
		text = strings.TrimRight(text, "\n") + "\n\n" + message.PlainText(inner)
	}
	m.Text, m.HTML = message.Signed(text, d.Signature), message.Around(plain, inner, d.Signature)
	m.InReplyTo, m.References, err = o.thread(ctx, p.ID)
	return m, err
}

// formatsOf are those of the formats that a form is had in: a contract is no
// table, so it goes as PDF where only tables were asked for.
func formatsOf(form string, formats []string) []string {
	if form == firm.FormProposal || len(formats) == 0 {
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

// thread is the letter that the proposal left with last: the next one answers
// it, so that mail programs show both together.
func (o *Office) thread(ctx context.Context, id int64) (last string, before []string, err error) {
	rows, err := o.base.System().Page(ctx, store.Query{
		Kind: "letter", Columns: []string{"message_id"}, Sort: []store.Order{{Path: "id"}}, Limit: 20,
		Where: filter.And{
			filter.Cond{Path: "proposal", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}},
			filter.Cond{Path: "state", Op: filter.NotIn, Values: []filter.Value{filter.String(letter.Failed), filter.String(letter.Cancelled)}},
		},
	})
	if err != nil {
		return "", nil, fmt.Errorf("look for the letters of the proposal: %w", err)
	}
	var ids []string
	for _, r := range rows {
		if m, _ := r.Cells[0].(string); message.IsID(m) {
			ids = append(ids, m)
		}
	}
	if len(ids) == 0 {
		return "", nil, nil
	}
	return ids[len(ids)-1], ids[:len(ids)-1], nil
}

// words speak the language of a proposal.
func words(p *proposal.Proposal) *locale.Printer {
	lang, ok := locale.ParseLanguage(p.Language)
	if !ok {
		lang = locale.Ukrainian
	}
	return locale.New(lang)
}

func subject(p *proposal.Proposal) string {
	return words(p).T("mail.proposal.subject", "number", p.Number, "subject", p.Subject)
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
