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
	case len(d) == 12 && strings.HasPrefix(d, "380"):
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
