// Package locale speaks to people: texts and plurals in the languages that
// Ugoda knows, numbers, sums, days and moments as people write them, what
// people type read back, and sums in words. It works on the integer values of
// package model; no float comes near an amount.
//
// A Printer speaks one language. It is made by New, never changes, and may be
// used from any goroutine, so a window switches its language by taking another
// Printer.
package locale

import (
	"os"
	"strings"
)

// Language is a language that Ugoda speaks, by its ISO 639-1 letters.
type Language string

// The languages.
const (
	Ukrainian Language = "uk"
	English   Language = "en"
)

// Languages lists all languages in the order in which they are offered.
var Languages = []Language{Ukrainian, English}

// ParseLanguage reads "uk", "en" or a longer name of a locale: "uk-UA",
// "en_US.UTF-8".
func ParseLanguage(s string) (Language, bool) {
	s, _, _ = strings.Cut(strings.ToLower(s), ".")
	s, _, _ = strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	for _, l := range Languages {
		if string(l) == s {
			return l, true
		}
	}
	return "", false
}

// FromEnvironment is the language that LC_ALL, LC_MESSAGES or LANG asks for:
// Ukrainian when they say nothing or something else, for that is where Ugoda
// is at home.
func FromEnvironment() Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if l, ok := ParseLanguage(v); ok {
				return l
			}
			return Ukrainian
		}
	}
	return Ukrainian
}
