package filter

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"ugoda/model"
)

// Suggestion is how a text of a condition may go on.
type Suggestion struct {
	Text string // what would stand there
	Path string // of a field: the same, so that its label can be said; otherwise empty
	Kind string // of a choice's value: the kind that owns its field
	Of   string // of a choice's value: the field
}

// Complete tells how the text of a condition on records of a kind may go on at
// its end: which part, from the byte "from" on, is being written, and what it
// may become. Nothing is offered after a text that cannot be read.
func Complete(reg *model.Registry, kind, text string) (from int, list []Suggestion) {
	k := reg.Kind(kind)
	if k == nil || len(text) > maxLength {
		return len(text), nil
	}
	c := completer{reg: reg, kind: k, state: wantField}
	tokens, from, ok := upToLast(text)
	if !ok {
		return len(text), nil
	}
	for _, t := range tokens {
		if !c.step(t) {
			return len(text), nil
		}
	}
	written := text[from:]
	for _, s := range c.offers(written) {
		if starts(s, written) && s.Text != written {
			list = append(list, s)
		}
	}
	return from, list
}

// starts finds words by how they begin, and fields by any part of their path.
func starts(s Suggestion, written string) bool {
	has, sought := strings.ToLower(s.Text), strings.ToLower(written)
	if s.Path != "" {
		return strings.Contains(has, sought)
	}
	return strings.HasPrefix(strings.Trim(has, `"`), strings.Trim(sought, `"`))
}

// upToLast cuts a text into tokens but for the word that is being written at its
// end.
func upToLast(text string) (tokens []token, from int, ok bool) {
	from = len(text)
	tokens, err := lex(text)
	var wrong *SyntaxError
	if errors.As(err, &wrong) && wrong.Key == "filter_quote" { // a text that is being written
		from = 0
		for range wrong.Position {
			_, size := utf8.DecodeRuneInString(text[from:])
			from += size
		}
		tokens, err = lex(text[:from])
	}
	if err != nil {
		return nil, 0, false
	}
	tokens = tokens[:len(tokens)-1] // but for the end
	if n := len(tokens); from == len(text) && n > 0 && tokens[n-1].sort != sign && tokens[n-1].sort != quoted {
		if last := tokens[n-1]; last.at+len(last.text) == len(text) {
			return tokens[:n-1], last.at, true
		}
	}
	return tokens, from, true
}

// What may stand next.
type want int

const (
	wantField want = iota
	wantOperator
	wantNotWhat // after "not" of an operator
	wantIs      // after "is"
	wantIsNot
	wantInWhat // after "in": a list or a period
	wantValue
	wantAnd // of between
	wantNext
	wantPeriod
	wantDays
)

type completer struct {
	reg     *model.Registry
	kind    *model.Kind
	state   want
	owner   string
	field   *model.Field
	op      Op
	depth   int  // parentheses of conditions
	list    bool // in the parentheses of values
	between bool // the first value of two is there
}

// step goes on by a token; false says that the text is wrong there.
func (c *completer) step(t token) bool {
	word := strings.ToLower(t.text)
	switch c.state {
	case wantField:
		switch {
		case t.sort == sign && t.text == "(":
			c.depth++
			return true
		case t.sort != name:
			return false
		case word == "not":
			return true
		}
		return c.take(t.text)
	case wantOperator:
		return c.operator(t, word)
	case wantNotWhat:
		c.state = wantValue
		c.op = map[string]Op{"in": NotIn, "contains": NotContains}[word]
		return c.op != ""
	case wantIs:
		if word == "not" {
			c.state = wantIsNot
			return true
		}
		c.state = wantNext
		return word == "empty"
	case wantIsNot:
		c.state = wantNext
		return word == "empty"
	case wantInWhat:
		if t.sort == sign && t.text == "(" {
			c.list, c.state = true, wantValue
			return true
		}
		return c.period(word)
	case wantPeriod:
		return c.period(word)
	case wantDays:
		c.state = wantNext
		return word == "days"
	case wantValue:
		return c.value(t)
	case wantAnd:
		c.state, c.between = wantValue, true
		return word == "and"
	case wantNext:
		return c.next(t, word)
	}
	return false
}

func (c *completer) take(path string) bool {
	route, err := c.reg.Route(c.kind, path)
	if err != nil {
		return false
	}
	c.owner = route.Owner.Name
	c.field, c.state, c.between, c.list = route.Field(), wantOperator, false, false
	return true
}

func (c *completer) operator(t token, word string) bool {
	c.state = wantValue
	if t.sort == sign {
		c.op = Op(t.text)
		return t.text != "(" && t.text != ")" && t.text != ","
	}
	switch word {
	case "contains", "starts", "under", "between":
		c.op = Op(word)
	case "in":
		c.op, c.state = In, wantInWhat
	case "is":
		c.state = wantIs
	case "not":
		c.state = wantNotWhat
	default:
		return false
	}
	return true
}

// period goes through the words of a period: "next", "7", "days".
func (c *completer) period(word string) bool {
	for _, p := range Periods {
		if p == word {
			c.state = wantNext
			return true
		}
	}
	switch word {
	case "this", "last", "next":
		c.state = wantPeriod
		return true
	case "week", "month", "quarter", "year":
		c.state = wantNext
		return c.op == In
	}
	_, err := strconv.Atoi(word)
	c.state = wantDays
	return err == nil
}

func (c *completer) value(t token) bool {
	if t.sort == sign {
		if t.text == "(" && (c.op == In || c.op == NotIn) && !c.list {
			c.list = true
			return true
		}
		if t.text == ")" && c.list {
			c.list, c.state = false, wantNext
			return true
		}
		return false
	}
	if strings.EqualFold(t.text, "with") && c.op == Starts && t.sort == name {
		return true
	}
	c.state = wantNext
	if c.op == Between && !c.between {
		c.state = wantAnd
	}
	return true
}

func (c *completer) next(t token, word string) bool {
	switch {
	case c.list && t.sort == sign && t.text == ",":
		c.state = wantValue
	case c.list && t.sort == sign && t.text == ")":
		c.list = false
	case t.sort == sign && t.text == ")":
		c.depth--
		return c.depth >= 0
	case word == "and" || word == "or":
		c.state = wantField
	default:
		return false
	}
	return true
}

// offers are what may stand next, whatever its beginning.
func (c *completer) offers(written string) []Suggestion {
	words := func(list ...string) []Suggestion {
		out := make([]Suggestion, len(list))
		for i, w := range list {
			out[i] = Suggestion{Text: w}
		}
		return out
	}
	switch c.state {
	case wantField:
		return append(c.fields(written), words("not")...)
	case wantOperator:
		var out []Suggestion
		for _, op := range Operators(c.field.Type) {
			text := string(op)
			if op == Within {
				text = "in"
			}
			if op == Under && !isTree(c.reg.Kind(c.field.To)) {
				continue
			}
			out = append(out, Suggestion{Text: text})
		}
		return out
	case wantNotWhat:
		return words("in", "contains")
	case wantIs:
		return words("empty", "not empty")
	case wantIsNot:
		return words("empty")
	case wantInWhat:
		if c.field.Type == model.Days || c.field.Type == model.Moment {
			return c.periods()
		}
		return words("(")
	case wantPeriod:
		return words("week", "month", "quarter", "year", "7 days", "30 days")
	case wantDays:
		return words("days")
	case wantValue:
		if (c.op == In || c.op == NotIn) && !c.list {
			return words("(")
		}
		return c.values()
	case wantAnd:
		return words("and")
	}
	next := words("and", "or")
	switch {
	case c.list:
		next = words(",", ")")
	case c.depth > 0:
		next = append(next, Suggestion{Text: ")"})
	}
	return next
}

// fields are the fields of the kind, and those of a related record once its dot
// stands there.
func (c *completer) fields(written string) []Suggestion {
	prefix, k := "", c.kind
	if i := strings.LastIndexByte(written, '.'); i >= 0 {
		prefix = written[:i+1]
		if parts := c.kind.PartsAt(written[:i]); parts != nil {
			k = parts[len(parts)-1].Kind
		} else {
			route, err := c.reg.Route(c.kind, written[:i])
			if err != nil || route.Field().Type != model.Link {
				return nil
			}
			k = c.reg.Kind(route.Field().To)
		}
	}
	var out, rest []Suggestion
	add := func(prefix string, k *model.Kind) {
		for _, f := range k.Fields {
			if f.Hidden || f.Type == model.Bytes {
				continue
			}
			s := Suggestion{Text: prefix + f.Name, Path: prefix + f.Name}
			if strings.HasPrefix(s.Text, written) {
				out = append(out, s)
			} else {
				rest = append(rest, s)
			}
		}
	}
	var below func(prefix string, k *model.Kind)
	below = func(prefix string, k *model.Kind) {
		for _, p := range k.Parts {
			add(prefix+p.Name+".", p.Kind)
			below(prefix+p.Name+".", p.Kind)
		}
	}
	add(prefix, k)
	if strings.Trim(written, ".") != "" { // rows are many fields: once something is sought
		below(prefix, k)
	}
	return append(out, rest...)
}

func (c *completer) periods() []Suggestion {
	var out []Suggestion
	for _, p := range Periods {
		switch p {
		case PeriodNextDays:
			p = "next 7 days"
		case PeriodLastDays:
			p = "last 30 days"
		}
		out = append(out, Suggestion{Text: p})
	}
	return out
}

func (c *completer) values() []Suggestion {
	var out []Suggestion
	switch c.field.Type {
	case model.Choice:
		for _, v := range c.field.Values {
			if v != "" {
				out = append(out, Suggestion{Text: valueText(String(v)), Kind: c.owner, Of: c.field.Name})
			}
		}
	case model.Bool:
		out = append(out, Suggestion{Text: "true"}, Suggestion{Text: "false"})
	case model.Days, model.Moment:
		for _, w := range []Word{Today, Yesterday, Tomorrow} {
			out = append(out, Suggestion{Text: string(w)})
		}
	case model.Link:
		switch c.field.To {
		case "employee":
			out = append(out, Suggestion{Text: string(Me)}, Suggestion{Text: string(MyDepartment)})
		case "user":
			out = append(out, Suggestion{Text: string(Me)})
		case "department":
			out = append(out, Suggestion{Text: string(MyDepartment)})
		}
	}
	return out
}
