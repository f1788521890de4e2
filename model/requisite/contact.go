package requisite

import (
	"net/mail"
	"strings"
)

// E164 turns a phone as people type it into +380671234567. A phone of another
// country must begin with + or 00; what is not a phone gives nothing.
func E164(s string) string {
	var d strings.Builder
	plus := false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			d.WriteRune(c)
		case c == '+' && d.Len() == 0:
			plus = true
		case !strings.ContainsRune(" -()./\u00a0\u2011\u2013", c):
			if d.Len() >= 9 { // an extension or a word after the number
				return e164(d.String(), plus)
			}
		}
	}
	return e164(d.String(), plus)
}

func e164(d string, plus bool) string {
	if !plus && strings.HasPrefix(d, "00") {
		d, plus = d[2:], true
	}
	switch {
	case strings.HasPrefix(d, "380") && (plus || len(d) == 12):
		if len(d) != 12 {
			return ""
		}
		return "+" + d
	case plus && len(d) >= 8 && len(d) <= 15:
		return "+" + d
	case len(d) == 11 && strings.HasPrefix(d, "80"):
		return "+3" + d
	case len(d) == 10 && d[0] == '0':
		return "+38" + d
	case len(d) == 9 && d[0] != '0':
		return "+380" + d
	}
	return ""
}

// ValidEmail reports whether s is one bare address of mail.
func ValidEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == "" && strings.Contains(s[strings.LastIndexByte(s, '@')+1:], ".")
}

// Email writes an address of mail as it is compared: without "mailto:", angle
// brackets and blanks around it, in small letters.
func Email(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.TrimSpace(strings.Trim(strings.TrimPrefix(s, "mailto:"), "<>"))
}

// Digits are the digits of a text: a phone is searched by them.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// ShowPhone writes a Ukrainian phone in groups: "+380 67 123 45 67". Any other
// stays as it is.
func ShowPhone(e164 string) string {
	if len(e164) != 13 || !strings.HasPrefix(e164, "+380") {
		return e164
	}
	return e164[:4] + " " + e164[4:6] + " " + e164[6:9] + " " + e164[9:11] + " " + e164[11:]
}
