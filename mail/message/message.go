// Package message builds the bytes of a letter and reads them back: RFC 5322
// headers, MIME bodies, attachments with Cyrillic names.
//
// The bytes that Build returns are the letter: they are what the server gets,
// what the outbox keeps, and what an .eml file holds.
package message

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"ugoda/mail"
)

// Limits of one letter. Servers usually take 20 to 35 MB; base64 adds a third.
const (
	MaxSubject     = 500 // characters
	MaxAttachments = 100
	MaxSize        = 50 << 20 // bytes of attachments together
	MaxRecipients  = 500
	maxReferences  = 20
)

// Attachment is a file that goes with a letter.
type Attachment struct {
	Name string // as the receiver is to see it; characters that a file name cannot have are replaced
	Type string // media type, with parameters; empty: by the name's extension
	Data []byte
}

// Inline is a picture that the HTML of a letter shows by its identifier,
// <img src="cid:logo">: pictures written into the HTML itself most mail
// programs leave out.
type Inline struct {
	ID   string // letters, digits, dots
	Name string // of the file, with its extension
	Data []byte
}

// Draft is a letter as a person or a template wrote it.
type Draft struct {
	From    mail.Address
	ReplyTo []mail.Address
	To, Cc  []mail.Address
	Bcc     []mail.Address // told to the server, never in the header
	Subject string
	// Text is the plain text. When it is empty and HTML is not, the text is
	// derived from the HTML: a letter always has a plain-text alternative.
	Text        string
	HTML        string
	Attachments []Attachment
	Inline      []Inline // pictures that the HTML shows
	// Date goes into the header with its own zone; required.
	Date time.Time
	// ID is the Message-ID with its angle brackets; empty: a new one.
	ID string
	// InReplyTo is the Message-ID that is answered, and References the thread
	// up to and without it, oldest first.
	InReplyTo  string
	References []string
	// Unsent marks the letter as a draft that was not sent: a mail program
	// that opens the .eml offers to send it.
	Unsent bool
}

// Letter is a built letter.
type Letter struct {
	ID       string // Message-ID with angle brackets
	Subject  string
	Envelope mail.Envelope // who sends and every recipient once, in the order To, Cc, Bcc
	Data     []byte        // the exact bytes, lines ended by CRLF
}

// Build makes the bytes of a letter. What a person can put right comes back as
// a *mail.Failure.
func Build(d Draft) (Letter, error) {
	if err := check(&d); err != nil {
		return Letter{}, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingB64))
	setAddresses(m, "From", []mail.Address{d.From})
	setAddresses(m, "To", d.To)
	setAddresses(m, "Cc", d.Cc)
	setAddresses(m, "Reply-To", d.ReplyTo)
	if len(d.To)+len(d.Cc) == 0 { // every recipient is hidden: RFC 5322 allows no To, many filters do not
		m.SetGenHeader("To", "undisclosed-recipients:;")
	}
	m.SetGenHeader(gomail.HeaderSubject, encodeText("Subject", d.Subject))
	m.SetDateWithValue(d.Date)
	id := d.ID
	if id == "" {
		id = NewID(d.From)
	}
	m.SetMessageIDWithValue(strings.Trim(id, "<>"))
	if d.InReplyTo != "" {
		m.SetGenHeader(gomail.HeaderInReplyTo, d.InReplyTo)
		m.SetGenHeader(gomail.HeaderReferences, strings.Join(thread(d.References, d.InReplyTo), " "))
	}
	if d.Unsent {
		m.SetGenHeader("X-Unsent", "1") // known to Outlook and to what follows it
	}
	text := d.Text
	if text == "" && d.HTML != "" {
		text = PlainText(d.HTML)
	}
	setBody(m, text, d.HTML)
	for _, x := range d.Inline {
		embed(m, x)
	}
	for _, a := range d.Attachments {
		attach(m, a)
	}
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return Letter{}, fmt.Errorf("build the letter: %w", err)
	}
	if !bytes.HasSuffix(b.Bytes(), []byte("\r\n")) { // a server would add it, and the bytes kept would not be those sent
		b.WriteString("\r\n")
	}
	return Letter{ID: id, Subject: d.Subject, Envelope: envelope(d), Data: b.Bytes()}, nil
}

// check refuses what would break a header or no server would take, and checks
// addresses again, since a Draft may be filled from anywhere.
func check(d *Draft) error {
	if d.Date.IsZero() {
		return fmt.Errorf("build the letter: a letter needs its date")
	}
	if d.From.Mailbox == "" {
		return mail.Fail("mail.message.no_sender")
	}
	if len(d.To)+len(d.Cc)+len(d.Bcc) == 0 {
		return mail.Fail("mail.message.no_recipient")
	}
	if n := len(d.To) + len(d.Cc) + len(d.Bcc); n > MaxRecipients {
		return mail.Fail("mail.message.recipients", "count", fmt.Sprint(n), "limit", fmt.Sprint(MaxRecipients))
	}
	from := []mail.Address{d.From}
	for _, list := range []*[]mail.Address{&from, &d.ReplyTo, &d.To, &d.Cc, &d.Bcc} {
		checked := make([]mail.Address, len(*list))
		for i, a := range *list {
			mailbox, err := mail.Mailbox(a.Mailbox)
			if err != nil {
				return err
			}
			if broken(a.Name) {
				return mail.Fail("mail.message.line_break", "address", mailbox)
			}
			checked[i] = mail.Address{Name: a.Name, Mailbox: mailbox}
		}
		*list = checked
	}
	d.From = from[0]
	if broken(d.Subject) {
		return mail.Fail("mail.message.subject_line_break")
	}
	if n := utf8.RuneCountInString(d.Subject); n > MaxSubject {
		return mail.Fail("mail.message.subject_long", "count", fmt.Sprint(n), "limit", fmt.Sprint(MaxSubject))
	}
	ids := append([]string(nil), d.References...)
	if d.InReplyTo != "" {
		ids = append(ids, d.InReplyTo)
	}
	if d.ID != "" {
		ids = append(ids, d.ID)
	}
	for _, id := range ids {
		if !IsID(id) {
			return fmt.Errorf("build the letter: %q is not a Message-ID", id)
		}
	}
	if n := len(d.Attachments); n > MaxAttachments {
		return mail.Fail("mail.message.attachments", "count", fmt.Sprint(n), "limit", fmt.Sprint(MaxAttachments))
	}
	size := 0
	for _, a := range d.Attachments {
		size += len(a.Data)
	}
	if size > MaxSize {
		return mail.Fail("mail.message.size", "megabytes", fmt.Sprint(size>>20), "limit", fmt.Sprint(MaxSize>>20))
	}
	return nil
}

// broken reports text that must not stand in a header: line ends and other
// control characters, or bytes that are not text.
func broken(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

func envelope(d Draft) mail.Envelope {
	env := mail.Envelope{From: d.From.Mailbox}
	seen := map[string]bool{}
	for _, list := range [][]mail.Address{d.To, d.Cc, d.Bcc} {
		for _, a := range list {
			// The local part may differ by case in theory; no provider does,
			// and a person never means two.
			if key := strings.ToLower(a.Mailbox); !seen[key] {
				seen[key] = true
				env.To = append(env.To, a.Mailbox)
			}
		}
	}
	return env
}

// NewID makes a Message-ID, angle brackets included. Its right side is the
// sender's domain, so that it tells nothing about the machine.
func NewID(from mail.Address) string {
	var b [18]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return "<" + base64.RawURLEncoding.EncodeToString(b[:]) + "@" + from.Domain() + ">"
}

var messageID = regexp.MustCompile(`^<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>$`)

// IsID reports that s is a Message-ID with its angle brackets, fit for a
// header (RFC 5322, section 3.6.4, its obsolete forms left out).
func IsID(s string) bool { return messageID.MatchString(s) }

// thread keeps the first letter of a long thread and its latest ones, which is
// what mail programs build the tree from.
func thread(references []string, last string) []string {
	var ids []string
	for _, id := range references {
		if id != last {
			ids = append(ids, id)
		}
	}
	ids = append(ids, last)
	if n := len(ids); n > maxReferences {
		ids = append(ids[:1:1], ids[n-maxReferences+1:]...)
	}
	return ids
}
