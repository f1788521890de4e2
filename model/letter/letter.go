// Package letter holds the rules by which a letter leaves: once for each
// recipient, whatever happens. They are plain functions over a Letter, which
// is a kind of record like any other; package mail/outbox carries them out.
//
// The order of writing is the whole secret:
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
package letter

import (
	"slices"
	"time"

	"ugoda/model"
)

// The states of a letter. The values are kept in the base.
const (
	Queued      = "queued"      // waits for its turn
	Sending     = "sending"     // a window is at it
	Retry       = "retry"       // will be tried again at Due
	Held        = "held"        // waits for the account to be put right
	Sent        = "sent"        // every recipient's server took it
	Partly      = "partly"      // some took it, the others refused
	Failed      = "failed"      // nobody took it
	Unconfirmed = "unconfirmed" // the server may have it: a person decides
	Cancelled   = "cancelled"   // a person gave it up before it left
)

// States lists the states of a letter.
var States = []string{Queued, Sending, Retry, Held, Sent, Partly, Failed, Unconfirmed, Cancelled}

// The stages of a recipient. The values are kept in the base.
const (
	Waiting  = "waiting"     // has not got it
	Handed   = "handed"      // it is leaving, or left: the answer is awaited
	Accepted = "accepted"    // the server took it, or a person says that it arrived
	Refused  = "refused"     // the server will not, or we gave up
	Doubtful = "unconfirmed" // it left and no answer came
	Dropped  = "dropped"     // a person gave it up
)

// Stages lists the stages of a recipient.
var Stages = []string{Waiting, Handed, Accepted, Refused, Doubtful, Dropped}

// Recipient is one recipient of a letter.
type Recipient struct {
	model.Row
	Address  string
	Stage    string
	At       time.Time // of the last attempt or decision; zero: none yet
	Code     int64     // of the server's last reply; 0: none
	Enhanced string    // RFC 3463 status of that reply
	Reply    string    // its words
	Why      string    // Kept failure: why not; empty when accepted or never tried
}

// Failure is why the recipient has not got the letter; nil when there is no
// reason, or it has.
func (r *Recipient) Failure() *Failure { return Recall(r.Why) }

// Letter is a letter in the outbox. Its bytes are kept beside it and never
// change.
type Letter struct {
	model.Record
	Subject    string
	To         string    // the recipients as the header names them
	From       string    // address that the server is told
	User       model.Ref // who sends; nowhere: the program itself
	Client     model.Ref // what it is about
	Contact    model.Ref
	Deal       model.Ref
	Proposal   model.Ref
	Invoice    model.Ref
	MessageID  string
	Account    int64 // the mail account that it goes through
	Data       int64 // where the bytes are kept
	Size       int64
	SHA256     string // of the bytes, hexadecimal
	Recipients []Recipient

	State    string
	Due      time.Time // when the next attempt is due; zero: nothing happens by itself
	Queued   time.Time // when it was put in, or a person last sent it on its way
	Ended    time.Time // when it was sent, or failed, or was cancelled
	Attempts int64     // since Queued
	Why      string    // Kept failure of the last attempt; empty: there was none or it went well

	Token string    // of the attempt under way or the last one
	Lease time.Time // until when the attempt under way may be silent
}

// Failure is why the last attempt did not bring the letter through; nil when
// there was none, or it did.
func (l *Letter) Failure() *Failure { return Recall(l.Why) }

func (l *Letter) fails(f *Failure) { l.Why = Kept(f) }

// Ref points to the letter.
func (l *Letter) Ref() model.Ref { return model.Ref{ID: l.ID, Code: l.Number, Name: l.Subject} }

// Begin makes a letter wait for its turn, due at once, for these recipients.
func (l *Letter) Begin(to []string, now time.Time) {
	l.State, l.Due, l.Queued = Queued, now, now
	l.Recipients = nil
	for _, address := range to {
		l.Recipients = append(l.Recipients, Recipient{Address: address, Stage: Waiting})
	}
}

// Next is whom the next attempt is for: those who wait.
func (l *Letter) Next() []string {
	var to []string
	for _, r := range l.Recipients {
		if r.Stage == Waiting {
			to = append(to, r.Address)
		}
	}
	return to
}

// Count returns how many recipients stand at a stage.
func (l *Letter) Count(stage string) int {
	n := 0
	for _, r := range l.Recipients {
		if r.Stage == stage {
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

// Describe describes letters: what a list shows of them, and what a person may
// do with one.
func Describe(r *model.Registry) {
	k := model.Describe[Letter](r, "letter")
	k.Title, k.Sort = []string{"subject"}, "-id"
	k.Field("number").Hidden = true
	k.Text("subject", func(l *Letter) *string { return &l.Subject }, model.ReadOnly, model.Shown, model.Named)
	k.LongText("addressees", func(l *Letter) *string { return &l.To }, model.ReadOnly, model.Shown)
	k.Choice("state", func(l *Letter) *string { return &l.State }, model.OneOf(States...), model.ReadOnly, model.Shown)
	k.Moment("queued", func(l *Letter) *time.Time { return &l.Queued }, model.ReadOnly, model.Shown)
	k.Moment("due", func(l *Letter) *time.Time { return &l.Due }, model.ReadOnly, model.Shown)
	k.Moment("ended", func(l *Letter) *time.Time { return &l.Ended }, model.ReadOnly, model.Shown)
	k.Int("attempts", func(l *Letter) *int64 { return &l.Attempts }, model.ReadOnly)
	k.Ref("user", func(l *Letter) *model.Ref { return &l.User }, model.To("user"), model.ReadOnly, model.Shown)
	k.Ref("client", func(l *Letter) *model.Ref { return &l.Client }, model.To("client"), model.ReadOnly, model.Shown)
	k.Ref("contact", func(l *Letter) *model.Ref { return &l.Contact }, model.To("contact"), model.ReadOnly)
	k.Ref("deal", func(l *Letter) *model.Ref { return &l.Deal }, model.To("deal"), model.ReadOnly)
	k.Ref("proposal", func(l *Letter) *model.Ref { return &l.Proposal }, model.To("proposal"), model.ReadOnly)
	k.Ref("invoice", func(l *Letter) *model.Ref { return &l.Invoice }, model.To("invoice"), model.ReadOnly)
	k.Text("sender", func(l *Letter) *string { return &l.From }, model.ReadOnly)
	k.Text("message_id", func(l *Letter) *string { return &l.MessageID }, model.ReadOnly)
	k.Int("size", func(l *Letter) *int64 { return &l.Size }, model.ReadOnly)
	k.Int("account", func(l *Letter) *int64 { return &l.Account }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Int("data", func(l *Letter) *int64 { return &l.Data }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Text("sha256", func(l *Letter) *string { return &l.SHA256 }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.LongText("why", func(l *Letter) *string { return &l.Why }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Text("token", func(l *Letter) *string { return &l.Token }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Moment("lease", func(l *Letter) *time.Time { return &l.Lease }, model.ReadOnly, model.Hidden, model.Unaudited)

	to := model.PartOf(k, "recipients", func(l *Letter) *[]Recipient { return &l.Recipients })
	to.Text("address", func(r *Recipient) *string { return &r.Address }, model.ReadOnly, model.Shown)
	to.Choice("stage", func(r *Recipient) *string { return &r.Stage }, model.OneOf(Stages...), model.ReadOnly, model.Shown)
	to.Moment("at", func(r *Recipient) *time.Time { return &r.At }, model.ReadOnly, model.Shown)
	to.Int("code", func(r *Recipient) *int64 { return &r.Code }, model.ReadOnly)
	to.Text("enhanced", func(r *Recipient) *string { return &r.Enhanced }, model.ReadOnly)
	to.LongText("reply", func(r *Recipient) *string { return &r.Reply }, model.ReadOnly, model.Shown)
	to.LongText("why", func(r *Recipient) *string { return &r.Why }, model.ReadOnly, model.Hidden, model.Unaudited)

	for _, a := range []struct {
		name string
		main bool
		rule func(*Letter, time.Time) error
	}{
		{"send_now", true, (*Letter).SendNow},
		{"arrived", true, (*Letter).Arrived},
		{"send_again", false, (*Letter).SendAgain},
		{"cancel", false, (*Letter).Cancel},
	} {
		k.Action(model.Action{
			Name: a.name, Main: a.main, Bulk: true,
			May: model.May(func(l *Letter, f model.Facts) []model.Problem {
				c := l.Clone()
				if err := a.rule(&c, f.Now()); err != nil {
					return []model.Problem{refusal(l)}
				}
				return nil
			}),
			Do: model.Do(func(l *Letter, _ model.Answers, f model.Facts) (model.Effects, error) {
				return model.Effects{}, a.rule(l, f.Now())
			}),
		})
	}
}

// key of the refusal of a step that the letter's state does not allow.
func refusal(l *Letter) model.Problem {
	return model.Wrong("state", "mail.outbox.state_"+l.State, "subject", l.Subject)
}
