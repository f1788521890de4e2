package spreadsheet

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// numberFormat is what a number format of a file says of the numbers that it
// shows.
type numberFormat struct {
	day, clock bool
	percent    bool
	currency   string // ISO code
	mask       string // of digits that keep their noughts: "00000000", "000-00-00"
}

// builtIn are the formats that files name by number alone (ECMA-376, part 1,
// 18.8.30).
func builtIn(id int) numberFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{day: true}
	case id == 22:
		return numberFormat{day: true, clock: true}
	case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35, id == 55, id == 56:
		return numberFormat{clock: true}
	case id == 9, id == 10:
		return numberFormat{percent: true}
	}
	return numberFormat{}
}

// readFormat reads the code of a number format: its first section, which shows
// positive numbers.
func readFormat(code string) numberFormat {
	var f numberFormat
	var bare, literal strings.Builder
	runes := []rune(code)
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; {
		case c == ';':
			i = len(runes)
		case c == '"':
			for i++; i < len(runes) && runes[i] != '"'; i++ {
				literal.WriteRune(runes[i])
			}
		case c == '\\' && i+1 < len(runes):
			i++
			literal.WriteRune(runes[i])
			if runes[i] == '-' || runes[i] == ' ' {
				bare.WriteRune(runes[i])
			}
		case c == '_' || c == '*': // room of a sign; a sign that fills
			i++
		case c == '[':
			from := i + 1
			for i < len(runes) && runes[i] != ']' {
				i++
			}
			inside := string(runes[min(from, i):min(i, len(runes))])
			if sign, ok := strings.CutPrefix(inside, "$"); ok { // [$₴-422]
				sign, _, _ = strings.Cut(sign, "-")
				literal.WriteString(sign)
			} else if h := strings.ToLower(inside); h == "h" || h == "hh" || h == "mm" || h == "m" { // hours beyond a day
				bare.WriteString(h)
			}
		default:
			bare.WriteRune(c)
		}
	}
	return f.read(bare.String(), literal.String())
}

func (f numberFormat) read(bare, literal string) numberFormat {
	small := strings.ToLower(bare)
	digits := strings.ContainsAny(small, "#?") || strings.Contains(small, "0")
	if small == "general" || small == "standard" || small == "@" {
		return f
	}
	if !digits || strings.Contains(small, "ss.0") {
		f.day = strings.ContainsAny(small, "dy") || strings.Contains(small, "дд") || strings.Contains(small, "рррр")
		f.clock = strings.ContainsAny(small, "hs") || strings.Contains(small, "гг:")
		if !f.day && !f.clock && strings.Contains(small, "mmm") {
			f.day = true
		}
		return f
	}
	f.percent = strings.Contains(small, "%")
	f.currency = Currency(bare + literal)
	if mask := strings.TrimSpace(bare); strings.Count(mask, "0") > 1 && strings.Trim(mask, "0- ") == "" {
		f.mask = mask
	}
	return f
}

// Currency is the ISO code of the currency that a text names by its sign or
// its code; empty when it names none.
func Currency(s string) string {
	for _, c := range [...]struct{ sign, code string }{
		{"$", "USD"},
		{"USD", "USD"},
		{"€", "EUR"},
		{"EUR", "EUR"},
		{"PLN", "PLN"},
		{"zł", "PLN"},
		{"£", "GBP"},
		{"GBP", "GBP"},
		{"₴", "UAH"},
		{"UAH", "UAH"},
		{"грн", "UAH"},
		{"ГРН", "UAH"},
		{"Грн", "UAH"},
		{"CHF", "CHF"},
		{"CZK", "CZK"},
	} {
		if strings.Contains(s, c.sign) {
			return c.code
		}
	}
	return ""
}

// shown is how a format shows a number, where that says more than the number.
func (f numberFormat) shown(text string) string {
	switch {
	case f.percent:
		if d, err := decimal.NewFromString(text); err == nil {
			return d.Shift(2).String() + "%"
		}
	case f.mask != "":
		return masked(f.mask, text)
	case f.currency != "":
		return text + " " + f.currency
	}
	return ""
}

// masked puts the digits of a whole number into a mask from the right.
func masked(mask, digits string) string {
	if strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	out := make([]byte, 0, len(mask)+len(digits))
	n := len(digits)
	for i := len(mask) - 1; i >= 0; i-- {
		switch {
		case mask[i] != '0':
			out = append(out, mask[i])
		case n > 0:
			n--
			out = append(out, digits[n])
		default:
			out = append(out, '0')
		}
	}
	for ; n > 0; n-- {
		out = append(out, digits[n-1])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	if string(out) == digits {
		return ""
	}
	return string(out)
}

// number reads a number as files write it: the shortest decimal that means the
// same binary number, so that 1100.0399999999999 is 1100.04 again.
func (f numberFormat) number(raw string, since1904 bool) (Cell, bool) {
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return Cell{}, false
	}
	if f.day || f.clock {
		if c, ok := serialDay(v, f, since1904); ok {
			return c, true
		}
	}
	text := raw
	if !plainNumber(raw) {
		text = strconv.FormatFloat(v, 'f', -1, 64)
	}
	if len(text) > 40 {
		return Cell{}, false
	}
	c := Cell{Kind: Number, Text: text}
	if f != (numberFormat{}) {
		c.Shown = f.shown(text)
	}
	return c, true
}

// plainNumber reports whether a number is written so short that it is the
// shortest already.
func plainNumber(raw string) bool {
	if len(raw) > 15 || raw == "" {
		return false
	}
	point := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c >= '0' && c <= '9':
		case c == '-' && i == 0:
		case c == '.' && !point && i > 0 && i < len(raw)-1:
			point = true
		default:
			return false
		}
	}
	digits := strings.TrimPrefix(raw, "-")
	if digits == "" || len(digits) > 1 && digits[0] == '0' && digits[1] != '.' || point && raw[len(raw)-1] == '0' {
		return false
	}
	return raw != "-0"
}

// excelEpoch is day 0 of Excel's calendar, which has a 29 February 1900 that
// never was: right for all days since March 1900.
const excelEpoch model.Day = -25569

// serialDay reads a number of days as a day and its time.
func serialDay(v float64, f numberFormat, since1904 bool) (Cell, bool) {
	if v < 0 || v > 2_958_465 { // 31.12.9999
		return Cell{}, false
	}
	days := int64(v)
	seconds := int64((v-float64(days))*86_400 + 0.5) // fractions of seconds are errors of counting
	if seconds >= 86_400 {
		days, seconds = days+1, 0
	}
	minutes := seconds / 60
	clock := time.UnixMilli(minutes * 60_000).UTC().Format("15:04")
	if !f.day || days == 0 { // a time alone
		if !f.clock {
			return Cell{}, false
		}
		return Cell{Kind: Text, Text: strconv.FormatInt(days*24+minutes/60, 10) + clock[2:]}, true
	}
	day := model.Day(days) + excelEpoch
	if since1904 {
		day += 1462
	}
	return dayCell(day, int(minutes)), true
}

// dayCell is a day with minutes after its midnight.
func dayCell(day model.Day, minutes int) Cell {
	if day >= model.FarDay {
		return Cell{Kind: Text, Text: day.String()}
	}
	c := Cell{Kind: Date, Day: day, Text: day.String()}
	if minutes > 0 {
		c.Text += " " + time.UnixMilli(int64(minutes)*60_000).UTC().Format("15:04")
	}
	return c
}

// isoCell reads 2026-11-23, with T14:05:00 after it or not.
func isoCell(s string) (Cell, bool) {
	date, clock, _ := strings.Cut(s, "T")
	day, err := model.ParseDay(date)
	if err != nil {
		return Cell{}, false
	}
	minutes := 0
	if t, err := time.Parse("15:04", clock[:min(len(clock), 5)]); err == nil {
		minutes = t.Hour()*60 + t.Minute()
	}
	return dayCell(day, minutes), true
}
