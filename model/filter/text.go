package filter

import (
	"strconv"
	"strings"

	"ugoda/model"
)

// Text writes the text form of a condition, which Parse reads back. A nil
// condition, which holds for all records, is empty.
func Text(n Node) string {
	var b strings.Builder
	write(&b, n, false)
	return b.String()
}

// write puts a condition down; inside says that it stands in another one, so
// that a list of several needs parentheses.
func write(b *strings.Builder, n Node, inside bool) {
	list := func(nodes []Node, word string, inParentheses func(Node) bool) {
		if len(nodes) == 1 {
			write(b, nodes[0], inside)
			return
		}
		if inside {
			b.WriteByte('(')
		}
		for i, x := range nodes {
			if i > 0 {
				b.WriteString(word)
			}
			write(b, x, inParentheses(x))
		}
		if inside {
			b.WriteByte(')')
		}
	}
	switch n := n.(type) {
	case And:
		if len(n) == 0 {
			if inside {
				b.WriteString("all")
			}
			return
		}
		list(n, " and ", func(Node) bool { return true })
	case Or:
		if len(n) == 0 {
			b.WriteString("none")
			return
		}
		list(n, " or ", func(x Node) bool { _, and := x.(And); return !and })
	case Not:
		b.WriteString("not (")
		write(b, n.Node, false)
		b.WriteByte(')')
	case Cond:
		writeCond(b, n)
	}
}

func writeCond(b *strings.Builder, c Cond) {
	b.WriteString(c.Path)
	b.WriteByte(' ')
	switch c.Op {
	case Empty, NotEmpty:
		b.WriteString(string(c.Op))
		return
	case Within:
		b.WriteString("in ")
	default:
		b.WriteString(string(c.Op))
		b.WriteByte(' ')
	}
	if c.Op == In || c.Op == NotIn {
		b.WriteByte('(')
	}
	for i, v := range c.Values {
		switch {
		case i == 0:
		case c.Op == Between:
			b.WriteString(" and ")
		default:
			b.WriteString(", ")
		}
		b.WriteString(valueText(v))
	}
	if c.Op == In || c.Op == NotIn {
		b.WriteByte(')')
	}
}

var escape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

func valueText(v Value) string {
	switch v := v.(type) {
	case String:
		return `"` + escape.Replace(string(v)) + `"`
	case Number:
		return string(v)
	case Bool:
		return strconv.FormatBool(bool(v))
	case Date:
		return model.Day(v).String()
	case ID:
		return "#" + strconv.FormatInt(int64(v), 10)
	case Word:
		return string(v)
	case Period:
		if v.Name == PeriodNextDays || v.Name == PeriodLastDays {
			first, last, _ := strings.Cut(v.Name, " ")
			return first + " " + strconv.Itoa(v.N) + " " + last
		}
		return v.Name
	}
	return ""
}
