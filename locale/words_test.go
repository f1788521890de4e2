package locale

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
)

func TestMoneyWords(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		currency string
		uk, en   string
	}{
		{0, "UAH", "нуль гривень 00 коп.", "zero hryvnias 00 kopiykas"},
		{100, "UAH", "одна гривня 00 коп.", "one hryvnia 00 kopiykas"},
		{201, "UAH", "дві гривні 01 коп.", "two hryvnias 01 kopiyka"},
		{505, "UAH", "п’ять гривень 05 коп.", "five hryvnias 05 kopiykas"},
		{1100, "UAH", "одинадцять гривень 00 коп.", "eleven hryvnias 00 kopiykas"},
		{2100, "UAH", "двадцять одна гривня 00 коп.", "twenty-one hryvnias 00 kopiykas"},
		{4820005, "UAH", "сорок вісім тисяч двісті гривень 05 коп.", "forty-eight thousand two hundred hryvnias 05 kopiykas"},
		{123450, "UAH", "одна тисяча двісті тридцять чотири гривні 50 коп.", "one thousand two hundred thirty-four hryvnias 50 kopiykas"},
		{200000200, "UAH", "два мільйони дві гривні 00 коп.", "two million two hryvnias 00 kopiykas"},
		{1200100, "UAH", "дванадцять тисяч одна гривня 00 коп.", "twelve thousand one hryvnias 00 kopiykas"},
		{100000000000, "UAH", "один мільярд гривень 00 коп.", "one billion hryvnias 00 kopiykas"},
		{-150, "UAH", "мінус одна гривня 50 коп.", "minus one hryvnia 50 kopiykas"},
		{-50, "UAH", "мінус нуль гривень 50 коп.", "minus zero hryvnias 50 kopiykas"},
		{2101, "USD", "двадцять один долар США 01 цент", "twenty-one US dollars 01 cent"},
		{202, "USD", "два долари США 02 центи", "two US dollars 02 cents"},
		{101, "EUR", "одне євро 01 євроцент", "one euro 01 cent"},
		{200012, "EUR", "дві тисячі євро 12 євроцентів", "two thousand euros 12 cents"},
		{2299, "PLN", "двадцять два злоті 99 грошів", "twenty-two Polish zlotys 99 groszy"},
		{501, "GBP", "п’ять фунтів стерлінгів 01 пенс", "five pounds sterling 01 penny"},
		{305, "CHF", "три CHF 05/100", "three CHF 05/100"},
		{305, "", "три 05/100", "three 05/100"},
		{
			math.MinInt64, "UAH",
			"мінус дев’яносто два квадрильйони двісті тридцять три трильйони сімсот двадцять мільярдів триста шістдесят вісім мільйонів п’ятсот сорок сім тисяч сімсот п’ятдесят вісім гривень 08 коп.",
			"minus ninety-two quadrillion two hundred thirty-three trillion seven hundred twenty billion three hundred sixty-eight million five hundred forty-seven thousand seven hundred fifty-eight hryvnias 08 kopiykas",
		},
	} {
		m := model.Money{Minor: c.minor, Currency: c.currency}
		same(t, uk.MoneyWords(m), c.uk)
		same(t, en.MoneyWords(m), c.en)
	}
}

func TestWords(t *testing.T) {
	same(t, uk.Words(2001, Feminine), "дві тисячі одна")
	same(t, uk.Words(2002, Neuter), "дві тисячі два")
	same(t, uk.Words(1, Neuter), "одне")
	same(t, uk.Words(919, Masculine), "дев’ятсот дев’ятнадцять")
	same(t, uk.Words(-1_000_000_000_000_000_000, Masculine), "мінус один квінтильйон")
	same(t, Capital(uk.Words(3, Masculine)), "Три")
	same(t, Capital("їжак"), "Їжак")
	same(t, Capital(""), "")
}

// reader reads numbers in words back: every word has a value, a scale
// multiplies what was gathered since the last one.
type reader struct{ ones, scales map[string]int64 }

func newReader(p *Printer) reader {
	r := reader{map[string]int64{}, map[string]int64{}}
	for _, n := range []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 400, 500, 600, 700, 800, 900} {
		r.ones[p.T("number."+strconv.FormatInt(n, 10))] = n
	}
	for _, n := range []int64{1, 2} {
		for _, g := range []string{"feminine", "neuter"} {
			r.ones[p.T("number."+g+"."+strconv.FormatInt(n, 10))] = n
		}
	}
	value := int64(1)
	for i := 1; i <= 6; i++ {
		value *= 1000
		for _, n := range []int64{1, 2, 5} {
			r.scales[p.N("number.scale."+strconv.Itoa(i), n)] = value
		}
	}
	return r
}

func (r reader) read(s string) (total int64, rest string) {
	words, group := strings.Fields(strings.ReplaceAll(s, "-", " ")), int64(0)
	i := 0
	for ; i < len(words); i++ {
		if i+1 < len(words) {
			if v, ok := r.ones[words[i]+" "+words[i+1]]; ok { // one hundred
				group += v
				i++
				continue
			}
		}
		if v, ok := r.ones[words[i]]; ok {
			group += v
		} else if v, ok := r.scales[words[i]]; ok {
			total, group = total+group*v, 0
		} else {
			break
		}
	}
	return total + group, strings.Join(words[i:], " ")
}

func TestWordsReadBack(t *testing.T) {
	for _, p := range []*Printer{uk, en} {
		r := newReader(p)
		rapid.Check(t, func(t *rapid.T) {
			n := rapid.OneOf(rapid.Int64Min(0), rapid.Int64Range(0, 2_000_000)).Draw(t, "n")
			g := rapid.SampledFrom([]Gender{Masculine, Feminine, Neuter}).Draw(t, "gender")
			if got, rest := r.read(p.Words(n, g)); got != n || rest != "" {
				t.Fatalf("%d is %q, read %d and %q", n, p.Words(n, g), got, rest)
			}
		})
		rapid.Check(t, func(t *rapid.T) {
			m := model.Money{Minor: rapid.Int64Min(0).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"UAH", "USD", "EUR", "PLN", "GBP", "CHF"}).Draw(t, "currency")}
			major, rest := r.read(p.MoneyWords(m))
			if major != m.Minor/100 || !strings.Contains(rest, " "+strconv.FormatInt(100+m.Minor%100, 10)[1:]) {
				t.Fatalf("%v is %q", m, p.MoneyWords(m))
			}
		})
	}
}
