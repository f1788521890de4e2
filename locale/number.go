package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ugoda/model"
)

// nbsp keeps a number, and a number with its unit, on one line.
const nbsp = "\u00a0"

// style is how a country writes numbers and days. Words stand in the language
// files; here is only what is not a word.
type style struct {
	group, point  string
	open, close   string // quotation marks
	percent       string // between a number and its percent sign
	currencyFirst bool
	day, dayShort string // as time.Format reads them; nothing for English: the month is a word
}

// Ukrainian numbers and days follow ДСТУ 4163 and the habit of accounting;
// English ones are understood alike in Britain and in America, so a month is
// written in letters.
var styles = map[Language]*style{
	Ukrainian: {group: nbsp, point: ",", open: "«", close: "»", percent: nbsp, day: "02.01.2006", dayShort: "02.01.06"},
	English:   {group: ",", point: ".", open: "“", close: "”", currencyFirst: true, day: "", dayShort: ""},
}

// scaled writes a scaled integer with its thousands grouped: at least least
// decimals, at most scale.
func (p *Printer) scaled(v int64, scale, least int) string {
	neg := v < 0
	digits := strconv.FormatUint(magnitude(v), 10)
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale+1-len(digits)) + digits
	}
	whole, rest := digits[:len(digits)-scale], digits[len(digits)-scale:]
	for len(rest) > least && rest[len(rest)-1] == '0' {
		rest = rest[:len(rest)-1]
	}
	var b strings.Builder
	if neg {
		b.WriteByte('-')
	}
	for i, d := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(p.style.group)
		}
		b.WriteByte(d)
	}
	if rest != "" {
		b.WriteString(p.style.point + rest)
	}
	return b.String()
}

// magnitude is the absolute value, of the smallest int64 too.
func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-(v + 1)) + 1
	}
	return uint64(v)
}

// Int writes a whole number: "1 284", "1,284".
func (p *Printer) Int(n int64) string { return p.scaled(n, 0, 0) }

// Amount writes minor units without their currency, as a column of a list
// does: "48 200,00".
func (p *Printer) Amount(minor int64) string { return p.scaled(minor, 2, 2) }

// Money writes an amount with its currency: "48 200,00 грн", "UAH 48,200.00".
// No amount (the zero value) is written as nothing.
func (p *Printer) Money(m model.Money) string {
	if m == (model.Money{}) {
		return ""
	}
	if m.Currency == "" {
		return p.Amount(m.Minor)
	}
	if p.style.currencyFirst {
		if text, negative := strings.CutPrefix(p.Amount(m.Minor), "-"); negative {
			return "-" + p.Currency(m.Currency) + nbsp + text
		}
		return p.Currency(m.Currency) + nbsp + p.Amount(m.Minor)
	}
	return p.Amount(m.Minor) + nbsp + p.Currency(m.Currency)
}

// Currency is the short name of a currency beside an amount: "грн" for UAH,
// its own letters where it has no other.
func (p *Printer) Currency(code string) string {
	if key := "currency." + code + ".short"; p.Has(key) {
		return p.T(key)
	}
	return code
}

// Whole writes minor units rounded to whole ones, half away from zero, for
// tiles and charts: "48 200".
func (p *Printer) Whole(minor int64) string {
	whole, err := model.MulDiv(minor, 1, 100)
	if err != nil {
		return p.Amount(minor)
	}
	return p.Int(whole)
}

// Qty writes a quantity with the decimals that it has: "12", "0,5", "1,125".
func (p *Printer) Qty(q model.Qty) string { return p.scaled(int64(q), 3, 0) }

// Percent writes a share with the decimals that it has: "20 %", "7,5 %"; "20%".
func (p *Printer) Percent(v model.Percent) string {
	return p.scaled(int64(v), 2, 0) + p.style.percent + "%"
}

// Rate writes an exchange rate with two to six decimals: "41,2345".
func (p *Printer) Rate(r model.Rate) string { return p.scaled(int64(r), 6, 2) }

// Bool writes yes or no.
func (p *Printer) Bool(b bool) string {
	if b {
		return p.T("word.yes")
	}
	return p.T("word.no")
}

// Quote puts a text into quotation marks.
func (p *Printer) Quote(s string) string { return p.style.open + s + p.style.close }

// Size writes a number of bytes in the largest unit that leaves a whole
// number of three digits or less before the point, with one decimal from
// kilobytes on: "812 Б", "1,4 МБ". A kilobyte is 1024 bytes.
func (p *Printer) Size(bytes int64) string {
	units := [...]string{"size.b", "size.kb", "size.mb", "size.gb", "size.tb"}
	if bytes < 1000 {
		return p.Int(bytes) + nbsp + p.T(units[0])
	}
	tenths, unit := bytes/1024*10+(bytes%1024*10+512)/1024, 1
	for ; tenths >= 9995 && unit < len(units)-1; unit++ {
		tenths = (tenths + 512) / 1024
	}
	return p.scaled(tenths, 1, 0) + nbsp + p.T(units[unit])
}

// Value writes any value of a field for people; nothing for nil. Amounts come
// with their currency. A choice has to be asked from Choice, since its label
// depends on its field.
func (p *Printer) Value(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return p.Int(v)
	case int:
		return p.Int(int64(v))
	case bool:
		return p.Bool(v)
	case model.Money:
		return p.Money(v)
	case model.Qty:
		return p.Qty(v)
	case model.Percent:
		return p.Percent(v)
	case model.Rate:
		return p.Rate(v)
	case model.Day:
		return p.Day(v)
	case time.Time:
		return p.Moment(v)
	case model.Ref:
		if v.Name == "" {
			return v.Code
		}
		return v.Name
	case []string:
		return strings.Join(v, ", ")
	}
	return fmt.Sprint(v)
}
