package spreadsheet

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// DateOrder is the order in which a file writes its days.
type DateOrder int

// The orders.
const (
	DayFirst   DateOrder = iota // 23.11.2026
	MonthFirst                  // 11/23/2026
	YearFirst                   // 2026-11-23
)

// Column is what the cells of one column have in common.
type Column struct {
	Order     DateOrder
	Ambiguous bool // days could be read in either order: a person should say
	Comma     bool // numbers have a decimal comma
	Unsure    bool // 1,234 could be a thousand or one and a bit: a person should say
}

// Guess looks at all cells of a column, below the heading.
func Guess(s *Sheet, column, from int) Column {
	var g guesser
	for _, row := range s.Rows[min(from, len(s.Rows)):] {
		if column < len(row) && row[column].Kind == Text {
			g.see(row[column].Text)
		}
	}
	return g.column()
}

// guesser gathers what speaks for one way of writing or the other.
type guesser struct {
	dayFirst, monthFirst, yearFirst, slashes int
	commas, points, either                   int
}

func (g *guesser) see(text string) {
	if a, b, _, sep, ok := threeNumbers(text); ok {
		switch {
		case a > 31:
			g.yearFirst++
		case a > 12 && b <= 12:
			g.dayFirst++
		case b > 12 && a <= 12:
			g.monthFirst++
		}
		if sep == '/' {
			g.slashes++
		}
		return
	}
	at := strings.LastIndexAny(text, ".,")
	if at < 0 || strings.IndexFunc(text, unicode.IsDigit) < 0 {
		return
	}
	before := strings.TrimLeft(text[:at], "-−–( ")
	decimals := 0
	for decimals < len(text)-at-1 && text[at+1+decimals] >= '0' && text[at+1+decimals] <= '9' {
		decimals++
	}
	if decimals == 0 {
		return // a full stop
	}
	other := "."
	if text[at] == '.' {
		other = ","
	}
	certain := strings.Contains(before, other) || decimals != 3 || before == "0" || before == "" ||
		len(before) > 3 && strings.Trim(before, "0123456789") == ""
	if strings.Count(text, text[at:at+1]) > 1 { // 1,234,567: groups
		certain = false
		if text[at] == ',' {
			g.points++
		} else {
			g.commas++
		}
	}
	switch {
	case text[at] == ',' && certain:
		g.commas++
	case text[at] == '.' && certain:
		g.points++
	case text[at] == ',':
		g.either++
	}
}

func (g *guesser) column() Column {
	c := Column{Comma: g.commas > g.points}
	c.Unsure = g.either > 0 && g.commas == 0 && g.points == 0
	switch {
	case g.yearFirst > 0 && g.yearFirst >= g.dayFirst+g.monthFirst:
		c.Order = YearFirst
	case g.monthFirst > g.dayFirst:
		c.Order = MonthFirst
	case g.dayFirst == 0 && g.monthFirst == 0 && g.slashes > 0:
		c.Ambiguous = true
	}
	return c
}

// threeNumbers reads 1/2/2017, 01.02.17, 2017-02-01; a time of day after it is
// left out.
func threeNumbers(s string) (a, b, c int, sep byte, ok bool) {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, " T\u00a0,"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimSuffix(s, ".")
	i := 0
	number := func() (int, bool) {
		from, n := i, 0
		for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-from < 5 {
			n = n*10 + int(s[i]-'0')
			i++
		}
		return n, i > from && i-from < 5
	}
	if a, ok = number(); !ok || i >= len(s) || strings.IndexByte("./-", s[i]) < 0 {
		return 0, 0, 0, 0, false
	}
	sep = s[i]
	i++
	if b, ok = number(); !ok || i >= len(s) || s[i] != sep {
		return 0, 0, 0, 0, false
	}
	i++
	if c, ok = number(); !ok || i != len(s) {
		return 0, 0, 0, 0, false
	}
	return a, b, c, sep, true
}

// pivot is the first year of two digits that means the century before.
const pivot = 60

// Day reads a cell as a day in the column's own order.
func (c Column) Day(cell Cell) (model.Day, bool) {
	switch cell.Kind {
	case Date:
		return cell.Day, true
	case Number: // a day whose format was lost: a number of Excel's calendar
		n, err := strconv.ParseFloat(cell.Text, 64)
		if err != nil || n < 20_000 || n > 80_000 {
			return 0, false
		}
		return model.Day(n) + excelEpoch, true
	}
	a, b, y, _, ok := threeNumbers(cell.Text)
	if !ok {
		return 0, false
	}
	d, m := a, b
	switch {
	case a > 31:
		y, m, d = a, b, y
	case c.Order == MonthFirst:
		d, m = b, a
	}
	switch {
	case y < pivot:
		y += 2000
	case y < 100:
		y += 1900
	}
	if y < 1900 || y > 2200 {
		return 0, false
	}
	day := model.Date(y, time.Month(m), d)
	if t := day.Time(); t.Day() != d || int(t.Month()) != m {
		return 0, false
	}
	return day, true
}

// Clock is the time of day that a cell tells beside its day, in minutes after
// midnight; 0 when it tells none.
func Clock(cell Cell) int {
	i := strings.IndexByte(cell.Text, ':')
	if i < 0 {
		return 0
	}
	from := i
	for from > 0 && cell.Text[from-1] >= '0' && cell.Text[from-1] <= '9' {
		from--
	}
	h, err1 := strconv.Atoi(cell.Text[from:i])
	m, err2 := strconv.Atoi(cell.Text[i+1 : min(i+3, len(cell.Text))])
	if err1 != nil || err2 != nil || h > 23 || m > 59 || m < 0 {
		return 0
	}
	if rest := strings.ToLower(cell.Text[i:]); strings.Contains(rest, "pm") && h < 12 {
		h += 12
	} else if strings.Contains(rest, "am") && h == 12 {
		h = 0
	}
	return h*60 + m
}

// Number reads a cell as a decimal number: groups and currency signs are left
// out, brackets around it or a minus at either end make it negative.
func (c Column) Number(cell Cell) (decimal.Decimal, bool) {
	switch cell.Kind {
	case Number:
		d, err := decimal.NewFromString(cell.Text)
		return d, err == nil
	case Text:
	default:
		return decimal.Decimal{}, false
	}
	s, ok := signsOfNumber(cell.Text)
	if !ok {
		return decimal.Decimal{}, false
	}
	negative := false
	if inner, ok := strings.CutPrefix(s, "-"); ok {
		s, negative = inner, true
	} else if inner, ok := strings.CutSuffix(s, "-"); ok {
		s, negative = inner, true
	}
	s, ok = c.point(s)
	if !ok {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return decimal.Decimal{}, false
	}
	if negative {
		d = d.Neg()
	}
	return d, true
}

// signsOfNumber leaves the digits of a text with their points, commas and a
// minus; what cannot stand in a number makes it none.
func signsOfNumber(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 60 {
		return "", false
	}
	negative := false
	if inner, ok := strings.CutPrefix(text, "("); ok {
		if inner, ok = strings.CutSuffix(inner, ")"); ok {
			text, negative = inner, true
		}
	}
	first := strings.IndexFunc(text, unicode.IsDigit)
	if first < 0 {
		return "", false
	}
	// A short word before the digits is a currency; a longer one is a name that
	// ends in a number.
	if before := strings.TrimLeft(text[:first], "-−–+ "); strings.ContainsFunc(before, unicode.IsLetter) && len([]rune(before)) > 5 {
		return "", false
	}
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	after := false // letters after the digits: a unit, and no digits behind it
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			if after {
				return "", false
			}
			b.WriteRune(r)
		case (r == '.' || r == ',') && (i > first || i == first-1 && (i == 0 || !letterBefore(text, i))) && !after:
			b.WriteRune(r)
		case r == '.' || r == ',':
		case r == '-', r == '−', r == '–':
			if after {
				return "", false
			}
			b.WriteByte('-')
		case unicode.IsLetter(r):
			after = i > first
		case unicode.IsSpace(r), r == '\'', r == '’', r == '+', unicode.Is(unicode.Sc, r), r == '%', r == '"':
		default:
			return "", false
		}
	}
	s := strings.TrimRight(b.String(), ".,")
	return s, s != ""
}

// letterBefore reports whether a letter stands before a place: "грн.".
func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r)
}

// point gives a number with its decimal sign as a point: the last of two
// different signs, the column's, or one that does not stand before exactly
// three digits.
func (c Column) point(s string) (string, bool) {
	points, commas := strings.Count(s, "."), strings.Count(s, ",")
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	var whole, fraction string
	group := ""
	switch {
	case points > 0 && commas > 0 && comma > point:
		whole, fraction, group = s[:comma], s[comma+1:], "."
	case points > 0 && commas > 0:
		whole, fraction, group = s[:point], s[point+1:], ","
	case commas == 1 && (c.Comma || len(s)-comma-1 != 3):
		whole, fraction = s[:comma], s[comma+1:]
	case commas > 0:
		whole, group = s, ","
	case points == 1:
		whole, fraction = s[:point], s[point+1:]
	case points > 1:
		whole, group = s, "."
	default:
		whole = s
	}
	if group != "" {
		parts := strings.Split(whole, group)
		for i, p := range parts {
			if i > 0 && len(p) != 3 || p == "" || len(p) > 3 && len(parts) > 1 {
				return "", false
			}
		}
		whole = strings.Join(parts, "")
	}
	if strings.ContainsAny(whole, ".,-") || strings.ContainsAny(fraction, ".,-") || whole == "" && fraction == "" {
		return "", false
	}
	if fraction == "" {
		return whole, true
	}
	return whole + "." + fraction, true
}
