package post

import (
	"context"
	"errors"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/mail/outbox"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/store"
)

// Note is a letter about nothing in the base: a report with its files.
type Note struct {
	To      []mail.Address
	Subject string
	Text    string
	Files   []message.Attachment
}

// PutNote puts a note into the outbox in the name of a session's user; the
// worker delivers it. Nobody to send it to is *NoRecipient.
func (o *Office) PutNote(ctx context.Context, s *store.Session, n Note) (letter.Letter, error) {
	if len(n.To) == 0 {
		return letter.Letter{}, &NoRecipient{}
	}
	account, err := o.Account(ctx, s.User.ID, mainFirm(ctx, s))
	if err != nil {
		return letter.Letter{}, err
	}
	return o.Put(ctx, s, account, message.Draft{To: n.To, Subject: n.Subject, Text: n.Text, Attachments: n.Files}, outbox.About{})
}

// Sender is from whom a note would go; empty when there is no account yet.
func (o *Office) Sender(ctx context.Context, s *store.Session) (string, error) {
	account, err := o.Account(ctx, s.User.ID, mainFirm(ctx, s))
	if errors.Is(err, mail.ErrNoAccount) {
		return "", nil
	}
	return account.From().String(), err
}

// mainFirm is the sender where nothing leaves the house: the first of our own
// firms.
func mainFirm(ctx context.Context, s *store.Session) mail.Address {
	ids, err := s.IDs(ctx, store.Query{Kind: "organization", Sort: []store.Order{{Path: "id"}}, Limit: 1})
	if err != nil || len(ids) == 0 {
		return mail.Address{}
	}
	rec, err := s.Get(ctx, "organization", ids[0])
	if err != nil {
		return mail.Address{}
	}
	f, ok := rec.(*firm.Organization)
	if !ok {
		return mail.Address{}
	}
	return mail.Address{Name: f.Name, Mailbox: f.Email}
}
