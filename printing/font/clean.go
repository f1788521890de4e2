package font

import (
	"strings"
	"unicode"
)

// likeness are characters that one font or another lacks, and what says the
// same in nearly any font.
var likeness = map[rune]string{
	'\u00a0': " ", '\u2007': " ", '\u202f': " ", '\u2009': " ", '\u2002': " ", '\u2003': " ", '\u3000': " ",
	'\u2010': "-", '\u2011': "-", '\u2012': "–", '\u2015': "—", '\u2212': "–",
	'\u02bc': "’", '\u201b': "‘", '\u2033': "\"", '\u2032': "'",
	'\u25cf': "•", '\u25aa': "•", '\u25ab': "•", '\u25e6': "•", '\u25a0': "•", '\u2666': "•", '\u27a2': "›", '\u2794': "›", '\u2192': "›", '\u2190': "‹",
	'\u2713': "√", '\u2714': "√", '\u2717': "×", '\u2718': "×", '\u25a1': "□", '\u2610': "□", '\u2611': "☑",
	'\u2264': "≤", '\u2265': "≥", '\u00b2': "2", '\u00b3': "3",
}

// Replacement stands where a font has no character.
const Replacement = '?'

// Clean gives a text that the font can show: control characters dropped, what
// it lacks replaced by something alike or by Replacement. It calls missing for
// each character that it had to give up.
func (f *Face) Clean(s string, missing func(r rune)) string {
	clean := true
	for _, r := range s {
		if r < 0x20 || r == unicode.ReplacementChar || !f.Has(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n':
			b.WriteByte(' ')
		case r < 0x20 || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		case f.Has(r) && r != unicode.ReplacementChar:
			b.WriteRune(r)
		case likeness[r] != "" && f.hasAll(likeness[r]):
			b.WriteString(likeness[r])
		default:
			if missing != nil {
				missing(r)
			}
			b.WriteRune(Replacement)
		}
	}
	return b.String()
}

// Lacks reports that the font has neither a character nor anything alike.
// Control characters and marks without a shape are not missed.
func (f *Face) Lacks(r rune) bool {
	if r < 0x20 || f.Has(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
		return false
	}
	return likeness[r] == "" || !f.hasAll(likeness[r])
}

func (f *Face) hasAll(s string) bool {
	for _, r := range s {
		if !f.Has(r) {
			return false
		}
	}
	return true
}
