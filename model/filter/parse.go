package filter

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"ugoda/model"
)

// Limits of a condition: what comes from outside must not exhaust the program.
const (
	maxLength = 64 << 10 // bytes of text
	maxDepth  = 50       // parentheses in parentheses
	maxConds  = 2_000
	maxDigits = 30
)

// Parse reads the text form of a condition on records of a kind and checks it
// against the description. An empty text gives nil: all records. Errors are
// *SyntaxError and *Invalid.
//
//	client.region = "Львівська" and amount > 10000 and manager = me and closes in next 7 days
//	not (stage in ("Старт", "Оцінка") or products is empty) and (source is empty or created >= 2026-01-01)
func Parse(reg *model.Registry, kind, text string) (Node, error) {
	k := reg.Kind(kind)
	if k == nil {
		return nil, &Invalid{Key: "unknown_kind", Path: kind}
	}
	if len(text) > maxLength {
		return nil, syntax(text, 0, "filter_too_long", "")
	}
	if !utf8.ValidString(text) {
		return nil, syntax("", 0, "filter_sign", "")
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{reg: reg, kind: k, text: text, tokens: tokens}
	if p.peek().sort == end {
		return nil, nil
	}
	n, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.peek().sort != end {
		return nil, p.wrong("filter_end")
	}
	if err := Validate(reg, kind, n); err != nil {
		return nil, err
	}
	return n, nil
}

type parser struct {
	reg    *model.Registry
	kind   *model.Kind
	text   string
	tokens []token
	at     int
	conds  int
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.sort != end {
		p.at++
	}
	return t
}

// word takes the next token when it is one of these words.
func (p *parser) word(words ...string) string {
	t := p.peek()
	if t.sort != name {
		return ""
	}
	for _, w := range words {
		if strings.EqualFold(t.text, w) {
			p.at++
			return w
		}
	}
	return ""
}

func (p *parser) sign(text string) bool {
	if t := p.peek(); t.sort == sign && t.text == text {
		p.at++
		return true
	}
	return false
}

func (p *parser) wrong(key string) error {
	t := p.peek()
	return syntax(p.text, t.at, key, p.text[t.at:])
}

func (p *parser) or(depth int) (Node, error) {
	first, err := p.and(depth)
	if err != nil {
		return nil, err
	}
	out := Or{first}
	for p.word("or") != "" {
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	if len(out) == 1 {
		return first, nil
	}
	return out, nil
}

func (p *parser) and(depth int) (Node, error) {
	first, err := p.unit(depth)
	if err != nil {
		return nil, err
	}
	out := And{first}
	for p.word("and") != "" {
		n, err := p.unit(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	if len(out) == 1 {
		return first, nil
	}
	return out, nil
}

func (p *parser) unit(depth int) (Node, error) {
	if depth > maxDepth {
		return nil, p.wrong("filter_too_deep")
	}
	if p.sign("(") {
		n, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.sign(")") {
			return nil, p.wrong("filter_parenthesis")
		}
		return n, nil
	}
	if p.word("not") != "" {
		n, err := p.unit(depth + 1)
		if err != nil {
			return nil, err
		}
		return Not{n}, nil
	}
	if next := p.tokens[min(p.at+1, len(p.tokens)-1)]; next.sort == end || next.text == ")" || strings.EqualFold(next.text, "and") || strings.EqualFold(next.text, "or") {
		switch p.word("all", "none") {
		case "all":
			return And{}, nil
		case "none":
			return Or{}, nil
		}
	}
	return p.cond()
}

func (p *parser) cond() (Node, error) {
	if p.conds++; p.conds > maxConds {
		return nil, p.wrong("filter_too_long")
	}
	if p.peek().sort != name {
		return nil, p.wrong("filter_field")
	}
	c := Cond{Path: p.peek().text}
	route, err := p.reg.Route(p.kind, c.Path)
	if err != nil {
		return nil, p.wrong("filter_field")
	}
	p.next()
	t := route.Field().Type
	if err := p.operator(&c); err != nil {
		return nil, err
	}
	switch c.Op {
	case Empty, NotEmpty:
		return c, nil
	case In, NotIn:
		return p.list(c, t)
	case Within:
		v, err := p.period()
		c.Values = []Value{v}
		return c, err
	}
	v, err := p.value(t)
	if err != nil {
		return nil, err
	}
	c.Values = []Value{v}
	if c.Op == Between {
		if p.word("and") == "" {
			return nil, p.wrong("filter_between")
		}
		if v, err = p.value(t); err != nil {
			return nil, err
		}
		c.Values = append(c.Values, v)
	}
	return c, nil
}

func (p *parser) operator(c *Cond) error {
	if t := p.peek(); t.sort == sign && t.text != "(" && t.text != ")" && t.text != "," {
		p.next()
		c.Op = Op(t.text)
		return nil
	}
	switch p.word("contains", "starts", "in", "between", "under", "is", "not") {
	case "contains":
		c.Op = Contains
	case "starts":
		p.word("with")
		c.Op = Starts
	case "between":
		c.Op = Between
	case "under":
		c.Op = Under
	case "in":
		c.Op = In
		if t := p.peek(); t.sort != sign {
			c.Op = Within
		}
	case "is":
		c.Op = Empty
		if p.word("not") != "" {
			c.Op = NotEmpty
		}
		if p.word("empty") == "" {
			return p.wrong("filter_operator_expected")
		}
	case "not":
		switch p.word("in", "contains") {
		case "in":
			c.Op = NotIn
		case "contains":
			c.Op = NotContains
		default:
			return p.wrong("filter_operator_expected")
		}
	default:
		return p.wrong("filter_operator_expected")
	}
	return nil
}

func (p *parser) list(c Cond, t model.Type) (Node, error) {
	if !p.sign("(") {
		return nil, p.wrong("filter_parenthesis")
	}
	if p.sign(")") {
		return c, nil
	}
	for {
		v, err := p.value(t)
		if err != nil {
			return nil, err
		}
		c.Values = append(c.Values, v)
		if p.sign(")") {
			return c, nil
		}
		if !p.sign(",") {
			return nil, p.wrong("filter_parenthesis")
		}
	}
}

func (p *parser) period() (Value, error) {
	var words []string
	n := 0
	for len(words) < 2 {
		t := p.peek()
		if t.sort == number && n == 0 && len(words) == 1 {
			count, err := strconv.Atoi(t.text)
			if err != nil || count < 1 || count > maxDays {
				return nil, p.wrong("filter_days")
			}
			n = count
			p.next()
			continue
		}
		if t.sort != name {
			break
		}
		words = append(words, strings.ToLower(t.text))
		p.next()
		if len(words) == 1 && slices.Contains(Periods, words[0]) {
			break
		}
	}
	name := strings.Join(words, " ")
	if name == "next day" || name == "last day" {
		name += "s"
	}
	counted := name == PeriodNextDays || name == PeriodLastDays
	if !slices.Contains(Periods, name) || counted != (n > 0) {
		p.at = max(0, p.at-1)
		return nil, p.wrong("filter_period")
	}
	return Period{name, n}, nil
}

// value reads one value; a bare word or number is text where the field wants text.
func (p *parser) value(t model.Type) (Value, error) {
	k := p.peek()
	textual := t == model.Text || t == model.LongText || t == model.Choice || t == model.Link
	switch k.sort {
	case quoted:
		p.next()
		return String(k.text), nil
	case record:
		if t != model.Link {
			return nil, p.wrong("filter_value_expected")
		}
		id, err := strconv.ParseInt(k.text[1:], 10, 64)
		if err != nil {
			return nil, p.wrong("filter_value_expected")
		}
		p.next()
		return ID(id), nil
	case date:
		d, err := model.ParseDay(k.text)
		if textual {
			p.next()
			return String(k.text), nil
		}
		if err != nil || d == 0 {
			return nil, p.wrong("filter_day")
		}
		p.next()
		return Date(d), nil
	case number:
		if textual {
			p.next()
			return String(k.text), nil
		}
		n, ok := NumberOf(k.text)
		if !ok {
			return nil, p.wrong("filter_number")
		}
		p.next()
		return n, nil
	case name:
		w := Word(strings.ToLower(k.text))
		switch {
		case t == model.Link && (w == Me || w == MyDepartment), (t == model.Days || t == model.Moment) && (w == Today || w == Yesterday || w == Tomorrow):
			p.next()
			return w, nil
		case t == model.Bool && slices.Contains([]Word{"true", "false", "yes", "no"}, w):
			p.next()
			return Bool(w == "true" || w == "yes"), nil
		case textual:
			p.next()
			return String(k.text), nil
		}
	}
	return nil, p.wrong("filter_value_expected")
}

// NumberOf brings a decimal number into its canonical form.
func NumberOf(s string) (Number, bool) {
	if len(s) > maxDigits {
		return "", false
	}
	d, err := decimal.NewFromString(s)
	if err != nil || strings.ContainsAny(s, "eE+") {
		return "", false
	}
	return Number(d.String()), true
}
