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

import (
	"context"

	"ugoda/model/letter"
)

// What a letter needs of delivery is defined where its rules are: in package
// letter, under the same names.

type (
	// Failure is why a letter has not arrived.
	Failure = letter.Failure
	// Verdict is what an answer of a server means.
	Verdict = letter.Verdict
	// Reply is an answer of a server.
	Reply = letter.Reply
	// Result is what became of one recipient.
	Result = letter.Result
	// Outcome is what became of an attempt.
	Outcome = letter.Outcome
)

// The verdicts: see letter.Verdict.
const (
	Accepted    = letter.ByServer
	Refused     = letter.ForGood
	Later       = letter.NotYet
	Held        = letter.ByAccount
	Unconfirmed = letter.Unanswered
)

// Fail makes a failure with pairs of argument name and value.
func Fail(key string, args ...string) *Failure { return letter.Fail(key, args...) }

// FailureOf returns the failure in an error's chain, or one that only says
// that something unforeseen happened and wraps the error.
func FailureOf(err error) *Failure { return letter.FailureOf(err) }

// Envelope says who sends and who receives, as the server is told; the
// letter's own header is not looked at. Addresses are bare ("a@b.ua"), domains
// in ASCII.
type Envelope struct {
	From string
	To   []string
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
