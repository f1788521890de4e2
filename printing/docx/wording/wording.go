// Package wording writes the values in a template as a language does: amounts,
// quantities, days, and the filters {total | words}, {date | long} and others.
package wording

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/printing/docx"
)

// Options gives the options that fill a template in the printer's language,
// with the filters under every name that the vocabulary has for them.
func Options(p *locale.Printer, v docx.Vocabulary) docx.Options {
	return docx.Options{Filters: v.Named(Filters(p)), Format: func(value any) (string, bool) { return format(p, value) }}
}

// format writes a value for people. Amounts come with their currency.
func format(p *locale.Printer, value any) (string, bool) {
	switch v := value.(type) {
	case model.Money:
		return p.Money(v), true
	case model.Qty, model.Percent, model.Rate, model.Day, time.Time, bool, model.Ref, int64, int:
		return p.Value(v), true
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return p.Int(n), true
		}
	}
	return "", false
}

// Filters are the filters of a language by their English names.
//
//	words           {total | words} "сорок вісім тисяч гривень 00 коп."
//	money, plain    an amount with its currency, and without
//	date, long      "23.11.2026", "23 листопада 2026 р."
//	format          by a picture: dates "dd.MM.yyyy", amounts "# ##0.00"
//
// Values of JSON are understood too: days as 2026-11-23, amounts as numbers
// with a point, {total | words:"UAH"} with their currency beside.
//
// Nothing stays nothing.
func Filters(p *locale.Printer) map[string]docx.Filter {
	out := filters(p)
	for name, f := range out {
		out[name] = func(v any, args []string) (any, error) {
			if v == nil || v == "" {
				return nil, nil
			}
			return f(v, args)
		}
	}
	return out
}

func filters(p *locale.Printer) map[string]docx.Filter {
	return map[string]docx.Filter{
		"words": func(v any, args []string) (any, error) {
			if n, ok := v.(int64); ok && len(args) == 0 {
				return p.Words(n, locale.Masculine), nil
			}
			m, err := amount(v, args)
			if err != nil {
				return nil, err
			}
			if m.Currency == "" {
				if m.Minor%100 != 0 {
					return nil, docx.ErrArgument
				}
				return p.Words(m.Minor/100, locale.Masculine), nil
			}
			return p.MoneyWords(m), nil
		},
		"money": func(v any, args []string) (any, error) {
			m, err := amount(v, args)
			return p.Money(m), err
		},
		"plain": func(v any, args []string) (any, error) {
			m, err := amount(v, args)
			return p.Amount(m.Minor), err
		},
		"date": func(v any, _ []string) (any, error) {
			d, err := day(v)
			return p.Day(d), err
		},
		"long": func(v any, _ []string) (any, error) {
			d, err := day(v)
			return p.DayLong(d), err
		},
		"format": func(v any, args []string) (any, error) {
			if len(args) != 1 {
				return nil, docx.ErrArgument
			}
			if d, err := day(v); err == nil {
				return datePicture(p, d, args[0]), nil
			}
			m, err := amount(v, nil)
			if err != nil {
				return nil, err
			}
			return numberPicture(p, m, args[0])
		},
	}
}

// amount reads an amount; an argument names the currency of one without.
func amount(v any, args []string) (model.Money, error) {
	var m model.Money
	var err error
	switch v := v.(type) {
	case model.Money:
		m = v
	case json.Number:
		m.Minor, err = model.ParseDecimal(v.String(), 2)
	case string:
		m.Minor, err = model.ParseDecimal(v, 2)
	case int64:
		if m.Minor = v * 100; m.Minor/100 != v {
			err = model.ErrOverflow
		}
	default:
		err = docx.ErrArgument
	}
	if err == nil && len(args) > 0 && m.Currency == "" {
		m.Currency = strings.ToUpper(args[0])
	}
	return m, err
}

func day(v any) (model.Day, error) {
	switch v := v.(type) {
	case model.Day:
		return v, nil
	case time.Time:
		return model.DayOf(v), nil
	case string:
		return model.ParseDay(v)
	}
	return 0, docx.ErrArgument
}

// datePicture writes a day by a picture of Word's (ECMA-376 part 1,
// §17.16.4.1): d, dd, M, MM, MMMM (in the genitive), yy, yyyy, and dddd; text
// in apostrophes stands as it is.
func datePicture(p *locale.Printer, d model.Day, picture string) string {
	if d.IsZero() {
		return ""
	}
	t := d.Time()
	var b strings.Builder
	for picture != "" {
		r, size := utf8.DecodeRuneInString(picture)
		if r == '\'' {
			if text, rest, ok := strings.Cut(picture[1:], "'"); ok {
				b.WriteString(text)
				picture = rest
				continue
			}
		}
		n := 1
		for strings.ContainsRune("dMyYдмр", r) && strings.HasPrefix(picture[n*size:], string(r)) {
			n++
		}
		switch {
		case (r == 'd' || r == 'д') && n == 1:
			b.WriteString(t.Format("2"))
		case (r == 'd' || r == 'д') && n == 2:
			b.WriteString(t.Format("02"))
		case r == 'd' && n == 3:
			b.WriteString(p.WeekdayShort(d.Weekday()))
		case r == 'd':
			b.WriteString(p.Weekday(d.Weekday()))
		case (r == 'M' || r == 'м') && n == 1:
			b.WriteString(t.Format("1"))
		case (r == 'M' || r == 'м') && n == 2:
			b.WriteString(t.Format("01"))
		case r == 'M' && n == 3:
			b.WriteString(p.MonthShort(t.Month()))
		case r == 'M' || r == 'м':
			b.WriteString(p.MonthOf(t.Month()))
		case (r == 'y' || r == 'Y' || r == 'р') && n <= 2:
			b.WriteString(t.Format("06"))
		case r == 'y' || r == 'Y' || r == 'р':
			b.WriteString(t.Format("2006"))
		default:
			b.WriteString(picture[:n*size])
		}
		picture = picture[n*size:]
	}
	return b.String()
}

// numberPicture writes an amount by a picture of Word's (ECMA-376 part 1,
// §17.16.4.2). Of it count: whether there are decimals (0 or 2 places), and
// the text before and after the digits; grouping is the language's.
func numberPicture(p *locale.Printer, m model.Money, picture string) (any, error) {
	digit := func(r rune) bool { return strings.ContainsRune("#0x., \u00A0", r) }
	from := strings.IndexFunc(picture, func(r rune) bool { return strings.ContainsRune("#0", r) })
	if from < 0 {
		return nil, docx.ErrArgument
	}
	to := from
	for to < len(picture) {
		r, n := utf8.DecodeRuneInString(picture[to:])
		if !digit(r) {
			break
		}
		to += n
	}
	number := strings.TrimRightFunc(picture[from:to], func(r rune) bool { return unicode.IsSpace(r) })
	out := p.Whole(m.Minor)
	if i := strings.LastIndexAny(number, ".,"); i >= 0 && len(number)-i-1 == 2 {
		out = p.Amount(m.Minor)
	}
	return picture[:from] + out + picture[from+len(number):], nil
}
