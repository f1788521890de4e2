package locale

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ugoda/model"
)

// Gender is the grammatical gender of what is counted; English has none.
type Gender int

// The genders.
const (
	Masculine Gender = iota // один, два
	Feminine                // одна, дві
	Neuter                  // одне, два
)

// genders are those of the Ukrainian names of currencies that are not masculine.
var genders = map[string]Gender{"UAH": Feminine, "EUR": Neuter}

// MoneyWords writes an amount in words as documents do, hundredths in digits:
// "сорок вісім тисяч двісті гривень 05 коп.", "forty-eight thousand two
// hundred hryvnias 05 kopiykas". A currency without words of its own is
// written by its letters. Capital makes it the beginning of a line.
func (p *Printer) MoneyWords(m model.Money) string {
	minor := magnitude(m.Minor)
	major, rest := minor/100, minor%100
	out := p.words(major, genders[m.Currency]) + " "
	if m.Minor < 0 {
		out = p.T("number.minus") + " " + out
	}
	if !p.Has("currency." + m.Currency + ".major") {
		return out + strings.TrimSpace(m.Currency+" "+fmt.Sprintf("%02d/100", rest))
	}
	out += p.N("currency."+m.Currency+".major", int64(major))
	return out + " " + fmt.Sprintf("%02d", rest) + " " + p.N("currency."+m.Currency+".minor", int64(rest))
}

// Words writes a whole number in words, in the gender of what it counts:
// "дві тисячі сто одна".
func (p *Printer) Words(n int64, g Gender) string {
	out := p.words(magnitude(n), g)
	if n < 0 {
		return p.T("number.minus") + " " + out
	}
	return out
}

// words writes a number in groups of three digits. The largest uint64 is
// eighteen quintillions, six groups above the ones.
func (p *Printer) words(n uint64, g Gender) string {
	if n == 0 {
		return p.T("number.0")
	}
	var groups []uint64
	for ; n > 0; n /= 1000 {
		groups = append(groups, n%1000)
	}
	var out []string
	for i := len(groups) - 1; i >= 0; i-- {
		switch {
		case groups[i] == 0:
		case i == 0:
			out = append(out, p.group(groups[i], g))
		case i == 1:
			out = append(out, p.group(groups[i], Feminine), p.N("number.scale.1", int64(groups[i]))) // одна тисяча
		default:
			out = append(out, p.group(groups[i], Masculine), p.N("number.scale."+strconv.Itoa(i), int64(groups[i])))
		}
	}
	return strings.Join(out, " ")
}

// group writes 1 to 999. English joins tens and ones with a hyphen.
func (p *Printer) group(n uint64, g Gender) string {
	var out []string
	word := func(n uint64) string { return p.T("number." + strconv.FormatUint(n, 10)) }
	if h := n / 100 * 100; h > 0 {
		out = append(out, word(h))
	}
	n %= 100
	tens := ""
	if n >= 20 {
		tens, n = word(n/10*10), n%10
	}
	ones := ""
	switch {
	case n == 0:
	case n <= 2 && g == Feminine:
		ones = p.T("number.feminine." + strconv.FormatUint(n, 10))
	case n <= 2 && g == Neuter:
		ones = p.T("number.neuter." + strconv.FormatUint(n, 10))
	default:
		ones = word(n)
	}
	switch {
	case tens != "" && ones != "" && p.lang == English:
		out = append(out, tens+"-"+ones)
	case tens != "" && ones != "":
		out = append(out, tens, ones)
	case tens+ones != "":
		out = append(out, tens+ones)
	}
	return strings.Join(out, " ")
}

// Capital makes the first letter of a text a capital one.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
