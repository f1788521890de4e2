package smtp

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
)

// authenticate proves to the server who the account is. A nil failure means
// that letters may go.
func (s *Sender) authenticate(ctx context.Context, c *gosmtp.Client) (mail.Verdict, *mail.Failure) {
	mechanism, f := s.mechanism(c)
	if f != nil {
		return mail.Held, f
	}
	if mechanism == "" {
		return 0, nil
	}
	if s.secret == nil {
		return mail.Held, s.named("mail.failure.no_secret")
	}
	secret, err := s.secret(ctx)
	if err != nil {
		if f, ok := errors.AsType[*mail.Failure](err); ok && f.Key != "mail.failure.token_unreached" {
			return mail.Held, f
		}
		return mail.Later, mail.FailureOf(err)
	}
	if secret == "" {
		return mail.Held, s.named("mail.failure.no_secret")
	}
	err = c.Auth(client(mechanism, s.account.Login(), secret))
	if err == nil {
		return 0, nil
	}
	reply, ok := replyOf(err)
	switch {
	case !ok:
		return mail.Later, s.named("mail.failure.lost").Because(err)
	case reply.Code/100 == 4:
		return mail.Later, s.said("mail.failure.later", reply).Because(err)
	case reply.Code == 504 || reply.Code == 502 || reply.Code == 500:
		return mail.Held, s.said("mail.failure.auth_unsupported", reply).Because(err)
	}
	key := "mail.failure.auth_wrong"
	if mechanism == "XOAUTH2" {
		key = "mail.failure.token_refused"
	}
	f = s.said(key, reply).Because(err)
	if p, known := mail.PresetByHost(s.account.Host); known {
		f = f.With("page", p.Page).Advise(p.Advice)
	} else {
		f = f.Advise("mail.preset.guess")
	}
	return mail.Held, f
}

// mechanism picks how to prove it; "" means that nothing has to be proved.
func (s *Sender) mechanism(c *gosmtp.Client) (string, *mail.Failure) {
	switch s.account.Auth {
	case mail.NoAuth:
		return "", nil
	case mail.Plain:
		if c.SupportsAuth("PLAIN") {
			return "PLAIN", nil
		}
	case mail.Login:
		if c.SupportsAuth("LOGIN") {
			return "LOGIN", nil
		}
	case mail.XOAuth2:
		if c.SupportsAuth("XOAUTH2") {
			return "XOAUTH2", nil
		}
	default:
		for _, m := range []string{"PLAIN", "LOGIN"} {
			if c.SupportsAuth(m) {
				return m, nil
			}
		}
	}
	if offers, _ := c.Extension("AUTH"); !offers {
		return "", s.named("mail.failure.auth_none")
	}
	return "", s.named("mail.failure.auth_unsupported").With("reply", "")
}

func client(mechanism, user, secret string) sasl.Client {
	switch mechanism {
	case "PLAIN":
		return sasl.NewPlainClient("", user, secret)
	case "LOGIN":
		return &login{answers: []string{user, secret}}
	}
	return &xoauth2{user: user, token: secret}
}

// login is the LOGIN mechanism: the server asks twice, for the name and for
// the password, in words that differ from server to server. The library's own
// sends the name unasked and knows one wording only.
type login struct{ answers []string }

func (l *login) Start() (string, []byte, error) { return "LOGIN", nil, nil }

func (l *login) Next([]byte) ([]byte, error) {
	if len(l.answers) == 0 {
		return nil, fmt.Errorf("log in: the server asked a third time")
	}
	a := l.answers[0]
	l.answers = l.answers[1:]
	return []byte(a), nil
}

// xoauth2 is the XOAUTH2 mechanism of Google and Microsoft: the token at once;
// when it is refused, the server explains itself in a challenge that wants an
// empty answer before it says 535.
type xoauth2 struct{ user, token string }

func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }
