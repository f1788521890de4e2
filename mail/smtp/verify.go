package smtp

import (
	"context"
	"time"

	"ugoda/mail"
	"ugoda/mail/message"
)

// Verify sends the test letter to oneself: the only proof that an account
// works. The words are the caller's. now dates the letter. The error is a
// *mail.Failure that says what to change.
func Verify(ctx context.Context, t mail.Transport, from mail.Address, subject, text string, now time.Time) error {
	l, err := message.Build(message.Draft{
		From: from, To: []mail.Address{from}, Subject: subject, Text: text, Date: now,
	})
	if err != nil {
		return err
	}
	for _, r := range t.Deliver(ctx, l.Envelope, l.Data, nil).Results {
		if r.Verdict != mail.Accepted {
			return r.Failure
		}
	}
	return nil
}
