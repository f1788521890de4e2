// Package mail sends letters and knows what became of them.
//
// This package holds what its rooms share: addresses, accounts with the
// presets of the usual providers, failures that a person can read, and the
// Transport that carries a letter's bytes. Beside it stand
//
//	message   builds and reads the bytes of a letter
//	smtp      carries them to a server
//	folder    lays them into a folder, for a base that must not mail
//	outbox    decides what is sent when, and never twice
//	secret    keeps passwords and tokens
//	oauth     gets and renews tokens for servers that refuse passwords
package mail

import "context"

// Envelope says who sends and who receives, as the server is told; the
// letter's own header is not looked at. Addresses are bare ("a@b.ua"), domains
// in ASCII.
type Envelope struct {
	From string
	To   []string
}

// Verdict is what became of one recipient in one attempt.
type Verdict uint8

// The verdicts. The zero value is none of them.
const (
	Accepted    Verdict = iota + 1 // the server took responsibility (2xx after the end of data): never send again
	Refused                        // the server said no for good (5xx): sending again would bring the same
	Later                          // nothing was taken, trying again may help (4xx, no connection, cut before the end of data)
	Held                           // nothing was taken, and nothing will be until the account is put right (wrong password, certificate)
	Unconfirmed                    // the last byte left and no answer came: the server may have it; a person decides
)

func (v Verdict) String() string {
	switch v {
	case Accepted:
		return "accepted"
	case Refused:
		return "refused"
	case Later:
		return "later"
	case Held:
		return "held"
	case Unconfirmed:
		return "unconfirmed"
	}
	return "none"
}

// Reply is a server's answer.
type Reply struct {
	Code     int    `json:"code,omitempty"`     // 250, 550…; 0: there was none
	Enhanced string `json:"enhanced,omitempty"` // RFC 3463 status, "5.1.1"; may be empty
	Text     string `json:"text,omitempty"`     // as the server worded it, on one line, cut to a few hundred characters
}

// Result is what became of one recipient.
type Result struct {
	Address string
	Verdict Verdict
	Reply   Reply    // of the command that decided
	Failure *Failure // why, unless accepted
}

// Outcome is what became of one attempt: one result for each recipient of the
// envelope, in its order.
type Outcome struct {
	Results []Result
	// Reached reports that the server was spoken with: false when there was no
	// connection at all, which says nothing about the letter.
	Reached bool
}

// All makes the outcome in which the same befell every recipient.
func All(env Envelope, v Verdict, f *Failure) Outcome {
	o := Outcome{Results: make([]Result, len(env.To))}
	for i, to := range env.To {
		o.Results[i] = Result{Address: to, Verdict: v, Failure: f}
	}
	return o
}

// Handing is called by a transport when everything but the last byte of the
// letter has left, with the recipients that will have it. From the moment it
// returns nil the server may have the letter, so whoever keeps the letter
// writes that down first. When it returns an error, the transport breaks off
// without the last byte, and nobody has received anything.
type Handing func(ctx context.Context, to []string) error

// Transport carries the exact bytes of a letter. Deliver never reports an
// error of its own: what went wrong stands in the outcome, recipient by
// recipient. It gives up when ctx ends; if that is after the last byte left,
// the outcome is Unconfirmed. handing may be nil.
type Transport interface {
	Deliver(ctx context.Context, env Envelope, data []byte, handing Handing) Outcome
}
