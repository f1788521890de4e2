// Package outbox keeps letters until a server has taken them, and never gives
// one to a server twice.
//
// The rules are plain functions over a Letter; a Box keeps letters with their
// exact bytes; a Worker carries out what is due. The order of writing is the
// whole secret:
//
//  1. claimed: written down before the server is called, with a lease, so that
//     two windows do not send the same letter
//  2. handed: written down before the last byte leaves, so that a crash from
//     here on is seen as unconfirmed
//  3. settled: written down when the answer is known
//
// Each write succeeds only when nobody else has written since the letter was
// read. A crash before 2 leaves a letter that nobody has, and it is sent again
// when the lease runs out; a crash after 2 leaves one that the server may have,
// and a person decides.
package outbox

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"ugoda/mail"
	"ugoda/mail/message"
)

// State is where a letter stands. The values are kept in the base.
type State string

// The states of a letter.
const (
	Queued      State = "queued"      // waits for its turn
	Sending     State = "sending"     // a window is at it
	Retry       State = "retry"       // will be tried again at Due
	Held        State = "held"        // waits for the account to be put right
	Sent        State = "sent"        // every recipient's server took it
	Partly      State = "partly"      // some took it, the others refused
	Failed      State = "failed"      // nobody took it
	Unconfirmed State = "unconfirmed" // the server may have it: a person decides
	Cancelled   State = "cancelled"   // a person gave it up before it left
)

// Stage is where a letter stands for one recipient. The values are kept in the
// base.
type Stage string

// The stages of a recipient.
const (
	Waiting  Stage = "waiting"     // has not got it
	Handed   Stage = "handed"      // it is leaving, or left: the answer is awaited
	Accepted Stage = "accepted"    // the server took it, or a person says that it arrived
	Refused  Stage = "refused"     // the server will not, or we gave up
	Doubtful Stage = "unconfirmed" // it left and no answer came
	Dropped  Stage = "dropped"     // a person gave it up
)

// Recipient is one recipient of a letter.
type Recipient struct {
	Address string
	Stage   Stage
	At      time.Time     // of the last attempt or decision; zero: none yet
	Reply   mail.Reply    // the server's last word
	Failure *mail.Failure // why not; nil when accepted or never tried
}

// Letter is a letter in the outbox. Its bytes are kept beside it and never
// change.
type Letter struct {
	ID         int64
	Version    int64 // grows with each write
	Owner      int64 // the user who sends; 0: nobody in particular
	Account    int64 // the mail.Account it goes through
	Kind       string
	Record     int64 // what it is about: a record of Kind; 0: nothing
	From       string
	MessageID  string
	Subject    string
	Recipients []Recipient
	Size       int64
	SHA256     string // of the bytes, hexadecimal

	State    State
	Due      time.Time // when the next attempt is due; zero: nothing happens by itself
	Queued   time.Time // when it was put in, or a person last sent it on its way
	Changed  time.Time
	Attempts int           // since Queued
	Failure  *mail.Failure // of the last attempt; nil: there was none or it went well

	Token string    // of the attempt under way or the last one
	Lease time.Time // until when the attempt under way may be silent
}

// New makes a letter for the outbox, due at once.
func New(l message.Letter, owner, account int64, now time.Time) Letter {
	sum := sha256.Sum256(l.Data)
	x := Letter{
		Owner: owner, Account: account, From: l.Envelope.From, MessageID: l.ID, Subject: l.Subject,
		Size: int64(len(l.Data)), SHA256: hex.EncodeToString(sum[:]),
		State: Queued, Due: now, Queued: now, Changed: now,
	}
	for _, to := range l.Envelope.To {
		x.Recipients = append(x.Recipients, Recipient{Address: to, Stage: Waiting})
	}
	return x
}

// Intact reports that data are the bytes that the letter was put in with.
func (l *Letter) Intact(data []byte) bool {
	sum := sha256.Sum256(data)
	return int64(len(data)) == l.Size && hex.EncodeToString(sum[:]) == l.SHA256
}

// Envelope is whom the next attempt is for: those who wait.
func (l *Letter) Envelope() mail.Envelope {
	env := mail.Envelope{From: l.From}
	for _, r := range l.Recipients {
		if r.Stage == Waiting {
			env.To = append(env.To, r.Address)
		}
	}
	return env
}

// Count returns how many recipients stand at a stage.
func (l *Letter) Count(s Stage) int {
	n := 0
	for _, r := range l.Recipients {
		if r.Stage == s {
			n++
		}
	}
	return n
}

// Clone copies a letter so that changes to one leave the other alone.
func (l *Letter) Clone() Letter {
	c := *l
	c.Recipients = slices.Clone(l.Recipients)
	return c
}
