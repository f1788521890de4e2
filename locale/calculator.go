package locale

import (
	"errors"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// Limits of what is counted: a person's sum, not a program.
const (
	maxTyped  = 200 // letters
	maxDepth  = 30  // brackets in brackets
	maxDigits = 30  // of one number
	precision = 20  // decimals kept between steps
)

var (
	hundred = decimal.New(100, 0)
	ceiling = decimal.New(1, 24) // no step may reach it
)

// calculator reads a number as people type it, or a sum that begins with "=":
//
//	sum     = product { ("+" | "-") product }     a percent is of what stands before it
//	product = factor { ("*" | "/") factor }
//	factor  = ["+" | "-"] (number | "(" sum ")") ["%"]
type calculator struct {
	text     []rune
	at       int
	depth    int
	comma    bool // a lone comma begins the decimals, however many they are
	steps    bool // something was counted, so the result may be rounded
	decimals int  // typed behind the point of the last number
	currency string
}

// typed is what a calculator read.
type typed struct {
	value    decimal.Decimal
	percent  bool // a percent sign stands behind it
	counted  bool // by a sum: it may have any number of decimals
	decimals int  // typed, when it was not counted
	currency string
}

// wrong is a problem with what was typed; the text is cut to what a message
// can hold.
func wrong(key, text string) error {
	if r := []rune(text); len(r) > 40 {
		text = string(r[:40]) + "…"
	}
	return model.Refused("", key, "text", text)
}

// calculate reads a number or a sum. An empty text is refused.
func calculate(s string, comma bool) (typed, error) {
	text := []rune(strings.TrimPrefix(strings.TrimSpace(s), "="))
	if len(text) > maxTyped {
		return typed{}, model.Refused("", "number_long")
	}
	c := &calculator{text: text, comma: comma}
	value, percent, err := c.sum()
	if err == nil && c.blank() < len(c.text) {
		err = errUnread
	}
	if errors.Is(err, errUnread) {
		err = wrong("number_form", s)
	}
	if err != nil {
		return typed{}, err
	}
	return typed{value, percent, c.steps, c.decimals, c.currency}, nil
}

// errUnread becomes a problem with the whole text.
var errUnread = errors.New("unread")

// blank skips white space and gives the position after it.
func (c *calculator) blank() int {
	for c.at < len(c.text) && unicode.IsSpace(c.text[c.at]) {
		c.at++
	}
	return c.at
}

// take steps over one of the signs, if it is there.
func (c *calculator) take(signs string) rune {
	if c.blank() < len(c.text) && strings.ContainsRune(signs, c.text[c.at]) {
		c.at++
		return c.text[c.at-1]
	}
	return 0
}

// sum gives its value, and whether it is one percentage alone.
func (c *calculator) sum() (decimal.Decimal, bool, error) {
	total, percent, err := c.product()
	for err == nil {
		sign := c.take("+-−–")
		if sign == 0 {
			break
		}
		if percent {
			total, percent = total.Div(hundred), false
		}
		var v decimal.Decimal
		var share bool
		if v, share, err = c.product(); err != nil {
			break
		}
		c.steps = true
		if share {
			v = total.Mul(v).Div(hundred)
		}
		if sign == '+' {
			total = total.Add(v)
		} else {
			total = total.Sub(v)
		}
		total, err = bounded(total)
	}
	return total, percent, err
}

func (c *calculator) product() (decimal.Decimal, bool, error) {
	total, percent, err := c.factor()
	for err == nil {
		sign := c.take("*/×·÷:xхXХ")
		if sign == 0 {
			break
		}
		var v decimal.Decimal
		var share bool
		if v, share, err = c.factor(); err != nil {
			break
		}
		c.steps = true
		if percent {
			total, percent = total.Div(hundred), false
		}
		if share {
			v = v.Div(hundred)
		}
		switch sign {
		case '/', '÷', ':':
			if v.IsZero() {
				return total, false, model.Refused("", "number_divided")
			}
			total = total.DivRound(v, precision)
		default:
			total = total.Mul(v)
		}
		total, err = bounded(total)
	}
	return total, percent, err
}

// bounded keeps a step of a sum within reason.
func bounded(v decimal.Decimal) (decimal.Decimal, error) {
	if v.Abs().Cmp(ceiling) >= 0 {
		return v, model.Refused("", "number_range")
	}
	return v.Round(precision), nil
}

func (c *calculator) factor() (v decimal.Decimal, percent bool, err error) {
	c.money()
	sign := c.take("+-−–")
	if c.take("(") != 0 {
		if c.depth++; c.depth > maxDepth {
			return v, false, model.Refused("", "number_long")
		}
		v, percent, err = c.sum()
		if err == nil && percent {
			v, percent = v.Div(hundred), false
		}
		if err == nil && c.take(")") == 0 {
			err = errUnread
		}
		c.depth--
		c.steps = true
	} else {
		v, err = c.number()
	}
	if err == nil && c.take("%") != 0 {
		percent = true
	}
	if sign != 0 && sign != '+' {
		v = v.Neg()
	}
	return v, percent, err
}

// number reads digits in groups, with decimals, a currency on either side and
// thousands or millions in a word.
func (c *calculator) number() (decimal.Decimal, error) {
	c.money()
	digits, decimals, err := c.digits()
	if err != nil {
		return decimal.Zero, err
	}
	v, err := decimal.NewFromString(digits)
	if err != nil {
		return v, errUnread
	}
	c.decimals = decimals
	c.blank()
	if n, ok := scales[strings.ToLower(c.word())]; ok {
		c.at += len([]rune(c.word()))
		c.take(".")
		v = v.Shift(n)
		c.decimals = max(0, decimals-int(n))
	}
	c.money()
	return v, nil
}

// scales are the words that stand for noughts, as powers of ten.
var scales = map[string]int32{
	"тис": 3, "к": 3, "k": 3, "млн": 6, "m": 6, "mln": 6, "млрд": 9, "bn": 9,
}

// currencies are the marks of currencies.
var currencies = map[string]string{
	"грн": "UAH", "₴": "UAH", "uah": "UAH", "$": "USD", "usd": "USD", "дол": "USD", "€": "EUR", "eur": "EUR", "євро": "EUR",
	"zł": "PLN", "pln": "PLN", "£": "GBP", "gbp": "GBP",
}

// word is the letters, or the one sign, that stand here.
func (c *calculator) word() string {
	end := c.at
	for end < len(c.text) && unicode.IsLetter(c.text[end]) {
		end++
	}
	if end == c.at && end < len(c.text) && unicode.Is(unicode.Sc, c.text[end]) {
		end++
	}
	return string(c.text[c.at:end])
}

// money steps over the mark of a currency, if there is one.
func (c *calculator) money() {
	c.blank()
	w := c.word()
	if code, ok := currencies[strings.ToLower(w)]; ok {
		c.currency = code
		c.at += len([]rune(w))
		if unicode.IsLetter([]rune(w)[0]) {
			c.take(".")
		}
		c.blank()
	}
}

// digits reads the digits of one number, and gives them with a point before
// the decimals, and how many decimals were typed. Groups of three may be
// divided by spaces, apostrophes, commas or points.
func (c *calculator) digits() (string, int, error) {
	var parts []string // runs of digits
	var marks []rune   // between them, blanks and apostrophes as ' '
	start := c.at
	for {
		from := c.at
		for c.at < len(c.text) && '0' <= c.text[c.at] && c.text[c.at] <= '9' {
			c.at++
		}
		parts = append(parts, string(c.text[from:c.at]))
		if c.at-start > 2*maxDigits {
			return "", 0, model.Refused("", "number_range")
		}
		if c.at >= len(c.text) {
			break
		}
		mark := c.text[c.at]
		if unicode.IsSpace(mark) || strings.ContainsRune("'’ʼ", mark) {
			mark = ' '
		}
		next := c.at + 1
		follows := next < len(c.text) && '0' <= c.text[next] && c.text[next] <= '9'
		if !(mark == ' ' && follows && parts[len(parts)-1] != "") && mark != '.' && mark != ',' {
			break
		}
		marks = append(marks, mark)
		c.at++
	}
	return c.assemble(parts, marks)
}

// assemble decides which mark begins the decimals: the last one when it is of
// another sort than those before it, or stands alone and is not an English
// comma before three digits.
func (c *calculator) assemble(parts []string, marks []rune) (string, int, error) {
	n := len(marks)
	decimals := ""
	if n > 0 && marks[n-1] != ' ' {
		last := marks[n-1]
		lone := n == 1 || !strings.ContainsRune(string(marks[:n-1]), last)
		group := n == 1 && last == ',' && !c.comma && len(parts[1]) == 3 && len(parts[0]) >= 1 && len(parts[0]) <= 3 && parts[0] != "0"
		if lone && !group {
			decimals = parts[n]
			parts, marks = parts[:n], marks[:n-1]
			if decimals == "" && parts[0] == "" {
				return "", 0, errUnread
			}
		}
	}
	for i, m := range marks {
		if m != marks[0] || len(parts[i+1]) != 3 {
			return "", 0, errUnread
		}
	}
	if len(marks) > 0 && (parts[0] == "" || len(parts[0]) > 3) {
		return "", 0, errUnread
	}
	whole := strings.Join(parts, "")
	if whole == "" && decimals == "" {
		return "", 0, errUnread
	}
	if len(whole)+len(decimals) > maxDigits {
		return "", 0, model.Refused("", "number_range")
	}
	return "0" + whole + "." + decimals + "0", len(decimals), nil
}
