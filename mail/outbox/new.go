// Package outbox keeps letters in the base until a server has taken them, by
// the rules of model/letter: a Box keeps letters with their exact bytes, and a
// Worker carries out what is due.
package outbox

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/model"
	"ugoda/model/letter"
)

// Letter is a letter in the outbox.
type Letter = letter.Letter

// About is what a letter is about; any of it may be nowhere.
type About struct{ Client, Contact, Deal, Proposal, Invoice model.Ref }

// New makes a letter for the outbox, due at once. to is how the recipients are
// shown; user is whose account it goes through, nowhere for the program itself.
func New(built message.Letter, to string, user model.Ref, account int64, about About, now time.Time) Letter {
	sum := sha256.Sum256(built.Data)
	l := Letter{
		Subject: built.Subject, To: to, From: built.Envelope.From, MessageID: built.ID,
		User: user, Account: account,
		Client: about.Client, Contact: about.Contact, Deal: about.Deal, Proposal: about.Proposal, Invoice: about.Invoice,
		Size: int64(len(built.Data)), SHA256: hex.EncodeToString(sum[:]),
	}
	l.Begin(built.Envelope.To, now)
	return l
}

// intact reports that data are the bytes that the letter was put in with.
func intact(l *Letter, data []byte) bool {
	sum := sha256.Sum256(data)
	return int64(len(data)) == l.Size && hex.EncodeToString(sum[:]) == l.SHA256
}

// envelope is whom the next attempt is for.
func envelope(l *Letter) mail.Envelope { return mail.Envelope{From: l.From, To: l.Next()} }
