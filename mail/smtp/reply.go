package smtp

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
	"unicode"

	gosmtp "github.com/emersion/go-smtp"

	"ugoda/mail"
)

// replyOf returns the server's reply in an error's chain; false when there was
// none, which means that the connection is of no more use.
func replyOf(err error) (mail.Reply, bool) {
	e, ok := errors.AsType[*gosmtp.SMTPError](err)
	if !ok {
		return mail.Reply{}, false
	}
	r := mail.Reply{Code: e.Code, Text: oneLine(e.Message)}
	if e.EnhancedCode[0] > 0 {
		r.Enhanced = fmt.Sprintf("%d.%d.%d", e.EnhancedCode[0], e.EnhancedCode[1], e.EnhancedCode[2])
	}
	return r, true
}

// oneLine makes a server's words fit to keep and to show.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "·"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if r := []rune(s); len(r) > 400 {
		s = string(r[:400]) + "…"
	}
	return s
}

// named makes a failure that names the server and the account.
func (s *Sender) named(key string) *mail.Failure {
	return mail.Fail(key, "host", s.account.Host, "port", strconv.Itoa(s.account.Port), "address", s.account.Address, "user", s.account.Login())
}

// said makes a failure with the server's own words.
func (s *Sender) said(key string, r mail.Reply) *mail.Failure {
	words := strconv.Itoa(r.Code)
	if r.Enhanced != "" {
		words += " " + r.Enhanced
	}
	if r.Text != "" {
		words += " " + r.Text
	}
	return s.named(key).With("reply", words)
}

// sender judges a reply to MAIL FROM: it is about the account.
func (s *Sender) sender(_ string, r mail.Reply) (mail.Verdict, *mail.Failure) {
	switch {
	case r.Code/100 == 4 || r.Enhanced == "5.4.5": // Gmail's daily limit comes as 5.4.5
		return mail.Later, s.said("mail.failure.later", r)
	case r.Code == 530 || r.Code == 502 && r.Enhanced == "5.7.0":
		return mail.Held, s.said("mail.failure.auth_required", r)
	case r.Code == 552 || r.Enhanced == "5.3.4":
		return mail.Refused, s.said("mail.failure.too_large_said", r)
	case r.Code/100 == 5:
		return mail.Held, s.said("mail.failure.sender_refused", r)
	}
	return mail.Later, s.said("mail.failure.later", r)
}

// recipient judges a reply to RCPT TO: it is about one address.
func (s *Sender) recipient(address string, r mail.Reply) (mail.Verdict, *mail.Failure) {
	key, v := "mail.failure.recipient_refused", mail.Refused
	switch {
	case r.Code/100 != 5:
		key, v = "mail.failure.later", mail.Later
	case r.Code == 530:
		return mail.Held, s.said("mail.failure.auth_required", r)
	case r.Enhanced == "5.1.1" || r.Enhanced == "5.1.10" || r.Enhanced == "5.1.2" || r.Code == 550 && r.Enhanced == "":
		key = "mail.failure.recipient_unknown"
	case r.Enhanced == "5.2.2" || r.Code == 552:
		key = "mail.failure.mailbox_full"
	}
	return v, s.said(key, r).With("recipient", address)
}

// letter judges a reply to DATA or to the whole letter: it is about what it
// says and how much.
func (s *Sender) letter(_ string, r mail.Reply) (mail.Verdict, *mail.Failure) {
	switch {
	case r.Code/100 != 5:
		return mail.Later, s.said("mail.failure.later", r)
	case r.Code == 552 || r.Enhanced == "5.3.4" || r.Enhanced == "5.2.3":
		return mail.Refused, s.said("mail.failure.too_large_said", r)
	case strings.HasPrefix(r.Enhanced, "5.7."):
		return mail.Refused, s.said("mail.failure.policy", r)
	}
	return mail.Refused, s.said("mail.failure.rejected", r)
}

// unreached says why there was no conversation with the server.
func (s *Sender) unreached(ctx context.Context, err error) *mail.Failure {
	return s.why(ctx, err).Because(err)
}

func (s *Sender) why(ctx context.Context, err error) *mail.Failure {
	if r, ok := replyOf(err); ok {
		if r.Code == 502 || r.Code == 454 || r.Code == 500 {
			return s.said("mail.failure.no_starttls", r)
		}
		return s.said("mail.failure.greeting", r)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return mail.Fail("mail.failure.interrupted")
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return s.named("mail.failure.host_not_found")
		}
		return s.named("mail.failure.offline")
	}
	if c, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		if c.Reason == x509.Expired {
			return s.named("mail.failure.certificate_expired")
		}
		return s.named("mail.failure.certificate")
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return s.named("mail.failure.certificate_host")
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return s.named("mail.failure.certificate")
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return s.named("mail.failure.not_tls")
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return s.named("mail.failure.connection_refused")
	}
	if errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH) || errors.Is(err, syscall.ENETDOWN) {
		return s.named("mail.failure.offline")
	}
	// go-smtp has no type for this one.
	if strings.Contains(err.Error(), "doesn't support STARTTLS") {
		return s.named("mail.failure.no_starttls").With("reply", "")
	}
	if t, ok := errors.AsType[net.Error](err); ok && t.Timeout() {
		return s.named("mail.failure.timeout")
	}
	return s.named("mail.failure.lost")
}
