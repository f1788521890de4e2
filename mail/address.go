package mail

import (
	"mime"
	netmail "net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Limits of RFC 5321, section 4.5.3.1, and one of our own for names.
const (
	maxLocal   = 64
	maxDomain  = 253
	maxName    = 200 // characters
	maxListLen = 100_000
)

// Address is a mailbox with the name that stands before it. Mailbox is
// "local@domain" with the domain in ASCII (a domain such as приклад.укр in its
// xn-- form) and in lower case.
type Address struct {
	Name    string
	Mailbox string
}

// Domain returns what follows the @.
func (a Address) Domain() string {
	_, domain, _ := strings.Cut(a.Mailbox, "@")
	return domain
}

// String is the form that a person reads and types: `Name <mailbox>`, the
// domain in its own letters. ParseAddress reads it back.
func (a Address) String() string {
	mailbox := a.Mailbox
	if local, domain, ok := strings.Cut(mailbox, "@"); ok && strings.Contains(domain, "xn--") {
		if u, err := idna.Display.ToUnicode(domain); err == nil {
			mailbox = local + "@" + u
		}
	}
	if a.Name == "" {
		return mailbox
	}
	name := a.Name
	if strings.ContainsAny(name, `,;<>@"\()`) {
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + " <" + mailbox + ">"
}

// Header returns the address for a letter's header, the name encoded.
func (a Address) Header() *netmail.Address {
	return &netmail.Address{Name: a.Name, Address: a.Mailbox}
}

// ParseAddress reads one address as people type and paste it: "a@b.ua",
// "Name <a@b.ua>", `"Surname, Name" <a@b.ua>`, "mailto:a@b.ua". What is wrong
// with it comes back as a *Failure with a key under "mail.address.".
func ParseAddress(text string) (Address, error) {
	text = trim(text)
	if text == "" {
		return Address{}, Fail("mail.address.empty")
	}
	if control(text) {
		return Address{}, Fail("mail.address.control", "address", printable(text))
	}
	name, mailbox := "", text
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		rest := text[i+1:]
		j := strings.IndexByte(rest, '>')
		if j < 0 || trim(rest[j+1:]) != "" {
			return Address{}, Fail("mail.address.brackets", "address", text)
		}
		name, mailbox = unquote(trim(text[:i])), trim(rest[:j])
	}
	if len(mailbox) > 7 && strings.EqualFold(mailbox[:7], "mailto:") {
		mailbox, _, _ = strings.Cut(mailbox[7:], "?")
	}
	if utf8.RuneCountInString(name) > maxName {
		return Address{}, Fail("mail.address.name_long", "address", mailbox)
	}
	if control(name) { // an encoded word may have carried one
		return Address{}, Fail("mail.address.control", "address", printable(text))
	}
	mailbox, err := Mailbox(mailbox)
	if err != nil {
		return Address{}, err
	}
	return Address{Name: name, Mailbox: mailbox}, nil
}

// Mailbox checks "local@domain" and returns it as servers take it: the domain
// in lower case and in ASCII. A local part in other letters than Latin is
// refused, since few servers carry it (RFC 6531), and it is nearly always a
// Cyrillic letter typed by mistake. A quoted local part is refused likewise.
func Mailbox(text string) (string, error) {
	local, domain, found := cutLast(text, '@')
	if !found {
		return "", Fail("mail.address.at", "address", printable(text))
	}
	switch {
	case local == "" || len(local) > maxLocal:
		return "", Fail("mail.address.local", "address", printable(text))
	case strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, ".."):
		return "", Fail("mail.address.dots", "address", printable(text))
	}
	for _, r := range local {
		if r >= utf8.RuneSelf {
			return "", Fail("mail.address.letter", "address", printable(text), "letter", string(r))
		}
		if !atext(r) && r != '.' {
			return "", Fail("mail.address.local", "address", printable(text))
		}
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !domainName(ascii) {
		return "", Fail("mail.address.domain", "address", printable(text), "domain", printable(domain)).Because(err)
	}
	return local + "@" + strings.ToLower(ascii), nil
}

// ParseList reads addresses separated by commas, semicolons or line ends. When
// semicolons part them, as Outlook does, commas belong to the names. An empty
// list is not an error; one bad address is.
func ParseList(text string) ([]Address, error) {
	if len(text) > maxListLen {
		return nil, Fail("mail.address.list_long")
	}
	var list []Address
	for _, part := range split(text) {
		part = strings.Trim(trim(part), ",; ") // a separator too many is no address
		if part == "" {
			continue
		}
		a, err := ParseAddress(part)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// split parts a list outside quotes and angle brackets.
func split(text string) []string {
	separators := ",\n\r"
	if cuts := cut(text, ";"); len(cuts) > 1 {
		separators = ";\n\r"
	}
	return cut(text, separators)
}

func cut(text, separators string) []string {
	var parts []string
	var quoted, bracketed, escaped bool
	start := 0
	for i, r := range text {
		switch {
		case escaped:
			escaped = false
		case quoted && r == '\\':
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '<':
			bracketed = true
		case r == '>':
			bracketed = false
		case !bracketed && strings.ContainsRune(separators, r):
			parts = append(parts, text[start:i])
			start = i + utf8.RuneLen(r)
		}
	}
	return append(parts, text[start:])
}

func cutLast(s string, sep byte) (before, after string, found bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// unquote takes the quotes and escapes off a name and decodes encoded words,
// which come along when a header is pasted.
func unquote(name string) string {
	if len(name) >= 2 && name[0] == '"' && name[len(name)-1] == '"' {
		var b strings.Builder
		escaped := false
		for _, r := range name[1 : len(name)-1] {
			if r == '\\' && !escaped {
				escaped = true
				continue
			}
			escaped = false
			b.WriteRune(r)
		}
		name = b.String()
	}
	if strings.Contains(name, "=?") {
		if decoded, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
			name = decoded
		}
	}
	return trim(name)
}

// trim takes off white space and the invisible characters that come along
// from web pages and office documents.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\u2060' || r == '\ufeff'
	})
}

func control(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// printable makes a rejected text safe to show.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) > maxName {
		s = string([]rune(s)[:maxName]) + "…"
	}
	return s
}

// atext is RFC 5322, section 3.2.3.
func atext(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r))
}

// domainName checks an ASCII domain: two labels at least, of letters, digits
// and inner hyphens, the last one not a number.
func domainName(d string) bool {
	if len(d) > maxDomain {
		return false
	}
	labels := strings.Split(d, ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for _, r := range l {
			if r != '-' && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	return strings.ContainsFunc(last, unicode.IsLetter)
}
