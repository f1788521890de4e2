// Package requisite checks and reads the identifiers that Ukrainian firms and
// people write on their documents: EDRPOU, RNOKPP, IPN, IBAN, phones, e-mails.
package requisite

import (
	"strings"
	"unicode"

	"ugoda/model"
)

func digits(s string, n int) ([]int, bool) {
	if len(s) != n {
		return nil, false
	}
	d := make([]int, n)
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return nil, false
		}
		d[i] = int(s[i] - '0')
	}
	return d, true
}

// ValidEDRPOU checks the 8 digits of a legal person and their check digit:
// weights 1…7, or 7,1…6 for codes that begin with 3, 4 or 5; when the sum
// modulo 11 is 10, the weights grown by two.
func ValidEDRPOU(s string) bool {
	d, ok := digits(s, 8)
	if !ok {
		return false
	}
	weights := [7]int{1, 2, 3, 4, 5, 6, 7}
	if d[0] >= 3 && d[0] <= 5 {
		weights = [7]int{7, 1, 2, 3, 4, 5, 6}
	}
	sum := func(grow int) int {
		n := 0
		for i, w := range weights {
			n += d[i] * (w + grow)
		}
		return n % 11
	}
	check := sum(0)
	if check == 10 {
		check = sum(2) % 10
	}
	return check == d[7]
}

// ValidRNOKPP checks the 10 digits of a person's tax number and their check
// digit: weights −1,5,7,9,4,6,10,5,7, modulo 11, modulo 10.
func ValidRNOKPP(s string) bool {
	d, ok := digits(s, 10)
	if !ok {
		return false
	}
	n := 0
	for i, w := range [9]int{-1, 5, 7, 9, 4, 6, 10, 5, 7} {
		n += d[i] * w
	}
	return ((n%11+11)%11)%10 == d[9]
}

// Born is the day of birth that an RNOKPP tells: its first five digits count
// days, 1 January 1900 being the first.
func Born(rnokpp string) (model.Day, bool) {
	if !ValidRNOKPP(rnokpp) {
		return 0, false
	}
	n := 0
	for _, c := range rnokpp[:5] {
		n = n*10 + int(c-'0')
	}
	return model.Date(1899, 12, 31) + model.Day(n), n > 0
}

// ValidCode checks the code of a firm or of a person: EDRPOU or RNOKPP.
func ValidCode(s string) bool { return ValidEDRPOU(s) || ValidRNOKPP(s) }

// ValidIPN checks the number of a VAT payer: 12 digits of a legal person, or
// the RNOKPP of an entrepreneur.
func ValidIPN(s string) bool {
	if _, ok := digits(s, 12); ok {
		return true
	}
	return ValidRNOKPP(s)
}

// CleanIBAN writes an IBAN without blanks and dashes, in capital Latin
// letters: people type UA in Cyrillic, or begin with "IBAN".
func CleanIBAN(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), strings.ContainsRune("-–.:", r):
			return -1
		case r == 'А', r == 'а':
			return 'A'
		}
		return unicode.ToUpper(r)
	}, s)
	return strings.TrimPrefix(s, "IBAN")
}

// ValidIBAN checks an IBAN of any country by its length (29 for Ukraine) and
// the remainder modulo 97 (ISO 13616). Blanks between groups are allowed.
func ValidIBAN(s string) bool {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) < 15 || len(s) > 34 || (strings.HasPrefix(s, "UA") && len(s) != 29) {
		return false
	}
	for i := range 4 {
		if letter := s[i] >= 'A' && s[i] <= 'Z'; letter != (i < 2) {
			return false
		}
	}
	n := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			n = (n*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			n = (n*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return n == 1
}

// MFO is the code of the bank inside a Ukrainian IBAN: six digits behind the
// check digits; nothing for any other IBAN.
func MFO(iban string) string {
	iban = CleanIBAN(iban)
	if !ValidIBAN(iban) || iban[:2] != "UA" {
		return ""
	}
	return iban[4:10]
}

// ShowIBAN writes an IBAN in groups of four.
func ShowIBAN(iban string) string {
	iban = CleanIBAN(iban)
	var b strings.Builder
	for i, c := range iban {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}
