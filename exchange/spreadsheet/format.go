package spreadsheet

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

func formatFloat(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

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
}

// Guess looks at all cells of a column, below the heading.
func Guess(s *Sheet, column, from int) Column {
	var c Column
	dayFirst, monthFirst, yearFirst, slashes := 0, 0, 0, 0
	commas, points := 0, 0
	for _, row := range s.Rows[min(from, len(s.Rows)):] {
		if column >= len(row) || row[column].Kind != Text {
			continue
		}
		t := row[column].Text
		if a, b, third, sep, ok := threeNumbers(t); ok {
			switch {
			case a > 31:
				yearFirst++
			case a > 12 && b <= 12:
				dayFirst++
			case b > 12 && a <= 12:
				monthFirst++
			}
			if sep == '/' {
				slashes++
			}
			_ = third
			continue
		}
		switch at := strings.LastIndexAny(t, ".,"); {
		case at < 0:
		case t[at] == ',' && len(t)-at-1 != 3:
			commas++
		case t[at] == '.' && len(t)-at-1 != 3:
			points++
		}
	}
	c.Comma = commas > points
	switch {
	case yearFirst > 0 && yearFirst >= dayFirst+monthFirst:
		c.Order = YearFirst
	case monthFirst > dayFirst:
		c.Order = MonthFirst
	case dayFirst == 0 && monthFirst == 0 && slashes > 0:
		c.Ambiguous = true
	}
	return c
}

// threeNumbers reads 1/2/2017, 01.02.17, 2017-02-01, a time of day after it
// is left out.
func threeNumbers(s string) (a, b, c int, sep rune, ok bool) {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	s, _, _ = strings.Cut(s, "T")
	for _, sep = range "./-" {
		parts := strings.Split(s, string(sep))
		if len(parts) != 3 {
			continue
		}
		n := [3]int{}
		for i, p := range parts {
			v, err := strconv.Atoi(p)
			if err != nil || len(p) > 4 || v < 0 {
				return 0, 0, 0, 0, false
			}
			n[i] = v
		}
		return n[0], n[1], n[2], sep, true
	}
	return 0, 0, 0, 0, false
}

// Day reads a cell as a day in the column's own order.
func (c Column) Day(cell Cell) (model.Day, bool) {
	if cell.Kind == Date {
		return cell.Day, true
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
	if y < 100 {
		y += 2000
	}
	day := model.Date(y, time.Month(m), d)
	if t := day.Time(); t.Day() != d || int(t.Month()) != m || y < 1900 || y > 2200 {
		return 0, false
	}
	return day, true
}

// Number reads a cell as a decimal number: groups and currency signs are left
// out, the decimal sign is the last one that is not followed by exactly three
// digits, or the column's.
func (c Column) Number(cell Cell) (decimal.Decimal, bool) {
	if cell.Kind == Number {
		d, err := decimal.NewFromString(cell.Text)
		return d, err == nil
	}
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',', r == '-':
			return r
		case r == '−', r == '–':
			return '-'
		case unicode.IsSpace(r), r == '\'', r == '’', unicode.IsLetter(r), unicode.Is(unicode.Sc, r), r == '%', r == '"':
			return -1
		}
		return '?'
	}, strings.TrimRight(cell.Text, ". "))
	if strings.Contains(s, "?") || s == "" || len(s) > 40 {
		return decimal.Decimal{}, false
	}
	letters := strings.IndexFunc(cell.Text, unicode.IsLetter)
	digits := strings.IndexFunc(cell.Text, unicode.IsDigit)
	if digits < 0 || (letters >= 0 && letters < digits && letters == 0 && len([]rune(cell.Text[:digits])) > 4) {
		return decimal.Decimal{}, false
	}
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	switch {
	case point >= 0 && comma >= 0 && comma > point, comma >= 0 && point < 0 && (c.Comma || strings.Count(s, ",") == 1 && len(s)-comma-1 != 3):
		s = strings.ReplaceAll(s, ".", "")
		s = strings.Replace(s, ",", ".", 1)
	default:
		s = strings.ReplaceAll(s, ",", "")
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}
