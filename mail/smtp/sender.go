// Package smtp carries letters to a mail server (RFC 5321, RFC 6409) and says,
// recipient by recipient, what became of them.
//
// The one question that matters is whether the server may have the letter. Up
// to the last byte of DATA it has not: whatever happens, trying again is safe.
// From then on only its answer tells. So the bytes that leave are counted where
// they leave, and a connection that breaks after the last one gives
// Unconfirmed, never Later.
package smtp

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
)

// Secret gives the password, or for XOAuth2 a fresh access token. It is asked
// only when the server wants to know. A *mail.Failure from it is shown as it is.
type Secret func(ctx context.Context) (string, error)

// Options are what differs between an office, a slow line and a test. Zero
// values mean the defaults.
type Options struct {
	Dial    time.Duration  // to reach the server; 20 s
	Command time.Duration  // for the answer to one command; 1 min
	Write   time.Duration  // for one piece of the letter to leave; 1 min
	Answer  time.Duration  // for the answer to the whole letter; 5 min (RFC 5321 would wait 10)
	Roots   *x509.CertPool // authorities trusted; nil: the system's
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		value *time.Duration
		usual time.Duration
	}{{&o.Dial, 20 * time.Second}, {&o.Command, time.Minute}, {&o.Write, time.Minute}, {&o.Answer, 5 * time.Minute}} {
		if *d.value <= 0 {
			*d.value = d.usual
		}
	}
	return o
}

// Sender is a mail.Transport to the server of one account. It makes one
// connection for each letter and is safe for use by several goroutines.
type Sender struct {
	account mail.Account
	secret  Secret
	options Options
}

// New makes the transport of an account. secret may be nil when the account
// proves nothing (NoAuth).
func New(account mail.Account, secret Secret, o Options) *Sender {
	return &Sender{account: account, secret: secret, options: o.withDefaults()}
}

var _ mail.Transport = (*Sender)(nil)

// Deliver implements mail.Transport.
func (s *Sender) Deliver(ctx context.Context, env mail.Envelope, data []byte, handing mail.Handing) mail.Outcome {
	for _, f := range s.account.Check() {
		return mail.All(env, mail.Held, f)
	}
	conn, err := s.connect(ctx)
	if err != nil {
		return mail.All(env, mail.Later, s.unreached(ctx, err))
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	defer func() { _ = conn.Close() }()

	client, err := s.greet(ctx, conn)
	if err != nil {
		return mail.All(env, mail.Later, s.unreached(ctx, err))
	}
	v, f := s.authenticate(ctx, client)
	if f != nil {
		o := mail.All(env, v, f)
		o.Reached = true
		return o
	}
	letter := session{Sender: s, conn: conn, client: client, env: env, data: data}
	o := letter.run(ctx, handing)
	o.Reached = true
	if !letter.broken {
		client.CommandTimeout = 3 * time.Second // the letter's fate is known; a server slow to part is left
		_ = client.Quit()
	}
	return o
}

// connect reaches the server, by TLS where the account says so.
func (s *Sender) connect(ctx context.Context) (*guard, error) {
	address := net.JoinHostPort(s.account.Host, strconv.Itoa(s.account.Port))
	raw, err := (&net.Dialer{Timeout: s.options.Dial}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("reach %s: %w", address, err)
	}
	return &guard{Conn: raw, patience: s.options.Write}, nil
}

func (s *Sender) tls() *tls.Config {
	return &tls.Config{ServerName: s.account.Host, MinVersion: tls.VersionTLS12, RootCAs: s.options.Roots}
}

// greet exchanges greetings, over TLS where the account says so.
func (s *Sender) greet(ctx context.Context, conn *guard) (*gosmtp.Client, error) {
	// go-smtp says its first EHLO of a STARTTLS connection by itself, with
	// timeouts of its own: the connection's deadline shortens them.
	_ = conn.SetDeadline(time.Now().Add(s.options.Command))
	var client *gosmtp.Client
	switch s.account.Security {
	case mail.TLS:
		t := tls.Client(conn, s.tls())
		if err := t.HandshakeContext(ctx); err != nil {
			return nil, fmt.Errorf("TLS handshake: %w", err)
		}
		client = gosmtp.NewClient(t)
	case mail.StartTLS:
		conn.limit = time.Now().Add(s.options.Command)
		var err error
		if client, err = gosmtp.NewClientStartTLS(conn, s.tls()); err != nil {
			return nil, fmt.Errorf("STARTTLS: %w", err)
		}
		conn.limit = time.Time{}
	default:
		client = gosmtp.NewClient(conn)
	}
	client.CommandTimeout, client.SubmissionTimeout = s.options.Command, s.options.Answer
	if err := client.Hello(literal(conn.LocalAddr())); err != nil {
		return nil, fmt.Errorf("greet: %w", err)
	}
	return client, nil
}

// literal names this machine by its address (RFC 5321, section 4.1.3): its
// name is nobody's business.
func literal(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	ip := net.ParseIP(host)
	switch {
	case err != nil || ip == nil:
		return "[127.0.0.1]"
	case ip.To4() == nil:
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.To4().String() + "]"
}

// session is one letter on one connection that is ready for it.
type session struct {
	*Sender
	conn   *guard
	client *gosmtp.Client
	env    mail.Envelope
	data   []byte
	broken bool // broken off inside the letter: nothing more may be said
}

// breakOff closes the connection inside the letter. It must come before any
// other command, QUIT included: net/textproto would end the letter first, with
// the very byte that must not leave.
func (s *session) breakOff() {
	s.broken = true
	_ = s.conn.Close()
}

func (s *session) run(ctx context.Context, handing mail.Handing) mail.Outcome {
	if limit, ok := s.client.MaxMessageSize(); ok && limit > 0 && len(s.data) > limit {
		return mail.All(s.env, mail.Refused, mail.Fail("mail.failure.too_large",
			"size", megabytes(len(s.data)), "limit", megabytes(limit)))
	}
	if err := s.client.Mail(s.env.From, &gosmtp.MailOptions{Size: int64(len(s.data))}); err != nil {
		return s.same(ctx, s.env.To, err, s.sender)
	}
	o := mail.Outcome{Results: make([]mail.Result, 0, len(s.env.To))}
	var taken []string
	for i, to := range s.env.To {
		err := s.client.Rcpt(to, nil)
		if err == nil {
			taken = append(taken, to)
			o.Results = append(o.Results, mail.Result{Address: to}) // its verdict comes with the answer to DATA
			continue
		}
		if reply, ok := replyOf(err); !ok || reply.Code == 421 {
			// The connection is gone, and with it what was said so far.
			rest := s.same(ctx, s.env.To[i:], err, s.recipient)
			for j := range o.Results {
				if o.Results[j].Verdict == 0 {
					o.Results[j].Verdict, o.Results[j].Failure = mail.Later, s.lost(ctx, err)
				}
			}
			o.Results = append(o.Results, rest.Results...)
			return o
		}
		o.Results = append(o.Results, s.result(ctx, to, err, s.recipient))
	}
	if len(taken) == 0 {
		return o
	}
	done := s.transfer(ctx, taken, handing)
	for i := range o.Results {
		if o.Results[i].Verdict == 0 {
			done.Address = o.Results[i].Address
			o.Results[i] = done
		}
	}
	return o
}

// transfer sends the letter to those that the server took, and returns what
// befell all of them.
func (s *session) transfer(ctx context.Context, taken []string, handing mail.Handing) mail.Result {
	w, err := s.client.Data()
	if err != nil {
		return s.result(ctx, "", err, s.letter)
	}
	if _, err := bytes.NewReader(s.data).WriteTo(w); err != nil {
		s.breakOff()
		return mail.Result{Verdict: mail.Later, Failure: s.lost(ctx, err)}
	}
	if ctx.Err() != nil {
		s.breakOff()
		return mail.Result{Verdict: mail.Later, Failure: s.lost(ctx, ctx.Err())}
	}
	if handing != nil {
		if err := handing(ctx, taken); err != nil {
			s.breakOff()
			return mail.Result{Verdict: mail.Later, Failure: mail.Fail("mail.failure.interrupted").Because(err)}
		}
	}
	answer, err := w.CloseWithResponse()
	if err == nil {
		return mail.Result{Verdict: mail.Accepted, Reply: mail.Reply{Code: 250, Text: oneLine(answer.StatusText)}}
	}
	if reply, ok := replyOf(err); ok {
		switch reply.Code / 100 {
		case 2: // 251 and the like
			return mail.Result{Verdict: mail.Accepted, Reply: reply}
		case 4, 5:
			return s.result(ctx, "", err, s.letter)
		}
		return mail.Result{Verdict: mail.Unconfirmed, Reply: reply, Failure: s.unconfirmed(err)}
	}
	if s.conn.broken.Load() {
		// The system did not take all of the last piece, so the server cannot
		// have seen the end of the letter.
		return mail.Result{Verdict: mail.Later, Failure: s.lost(ctx, err)}
	}
	return mail.Result{Verdict: mail.Unconfirmed, Failure: s.unconfirmed(err)}
}

// same makes the outcome of an error that befell several recipients at once.
func (s *session) same(ctx context.Context, to []string, err error, judge judge) mail.Outcome {
	o := mail.Outcome{}
	for _, address := range to {
		o.Results = append(o.Results, s.result(ctx, address, err, judge))
	}
	return o
}

// judge gives the verdict on a reply of 400 and above to one command.
type judge func(address string, r mail.Reply) (mail.Verdict, *mail.Failure)

// result judges an error: a reply by the judge, anything else as a lost
// connection.
func (s *session) result(ctx context.Context, address string, err error, judge judge) mail.Result {
	reply, ok := replyOf(err)
	if !ok {
		return mail.Result{Address: address, Verdict: mail.Later, Failure: s.lost(ctx, err)}
	}
	v, f := judge(address, reply)
	return mail.Result{Address: address, Verdict: v, Reply: reply, Failure: f}
}

func (s *session) lost(ctx context.Context, err error) *mail.Failure {
	if errors.Is(ctx.Err(), context.Canceled) {
		return mail.Fail("mail.failure.interrupted").Because(err)
	}
	return s.named("mail.failure.lost").Because(err)
}

func (s *session) unconfirmed(err error) *mail.Failure {
	return s.named("mail.failure.unconfirmed").Because(err)
}

func megabytes(n int) string { return fmt.Sprintf("%.1f", float64(n)/(1<<20)) }
