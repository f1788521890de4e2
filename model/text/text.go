// Package text prepares names for sorting and searching, so that every engine
// gives the same order and the same finds: what the base compares are bytes
// that were made here, never its own idea of an alphabet.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// apostrophes are all signs that stand for an apostrophe in Ukrainian names,
// as keyboards, phones, Word and registers of companies write them.
const apostrophes = "'’‘ʼʻʹ`´′‛＇"

// quotes are the marks that surround a firm's name.
const quotes = "\"«»„“”‟‹›〞＂"

// dashes are all hyphens and dashes.
const dashes = "-‐‑‒–—―−﹣－"

// Fold normalises a text for searching: a text contains another one for a
// person when Fold of the first contains Fold of the second. Case does not
// matter, apostrophes and quotation marks are dropped («Мар’яна» is found by
// "маряна"), dashes are one, runs of white space are one space, accents on
// Latin letters are dropped, and ґ and ё are found as г and е, because many
// keyboards lack them. Й and ї stay letters of their own. The result is valid
// UTF-8 without control characters.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	var last rune // the last letter written, to know what an accent stands on
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case plain(r):
			r = letter(unicode.ToLower(r))
		case r == utf8.RuneError, isMark(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		case unicode.Is(unicode.Mn, r):
			if space || last == 0 || unicode.Is(unicode.Latin, last) || unicode.Is(unicode.Cyrillic, last) {
				continue // a stress mark, an accent that has no letter of its own, or one on nothing
			}
		case isDash(r):
			r = '-'
		default:
			r = letter(unicode.ToLower(r))
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		last = r
	}
	return norm.NFC.String(b.String())
}

// plain reports letters and digits that need no second look: most of a text.
func plain(r rune) bool {
	return 'а' <= r && r <= 'я' || 'А' <= r && r <= 'Я' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// isMark reports apostrophes and quotation marks.
func isMark(r rune) bool {
	return r == '"' || r == '\'' || r == '`' || r >= 0x80 && !unicode.IsLetter(r) && strings.ContainsRune(apostrophes+quotes, r) || r == 'ʼ' || r == 'ʻ' || r == 'ʹ'
}

// isDash reports hyphens and dashes.
func isDash(r rune) bool {
	return r == '-' || r >= 0x80 && !unicode.IsLetter(r) && strings.ContainsRune(dashes, r)
}

// letter is the letter that a lower-case one is found as.
func letter(r rune) rune {
	switch r {
	case 'ґ', 'ѓ':
		return 'г'
	case 'ё', 'ѐ':
		return 'е'
	case 'ќ':
		return 'к'
	case 'ѝ':
		return 'и'
	case 'ł':
		return 'l'
	}
	if r < 0x80 || r >= 0x400 && r < 0x530 || !unicode.Is(unicode.Latin, r) {
		return r
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return base
}
