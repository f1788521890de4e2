package table

import (
	"fmt"
	"strings"
	"time"

	"ugoda/model"
)

// Formatter says values the way a person of one language writes them;
// package locale has one for each language.
type Formatter interface {
	Money(m model.Money) string     // 1 234,50 грн
	Amount(minor int64) string      // 1 234,50: minor units without a currency
	Int(n int64) string             // 1 234
	Qty(q model.Qty) string         // 1,5
	Percent(p model.Percent) string // 12,5 %
	Rate(r model.Rate) string       // 41,25
	Day(d model.Day) string         // 23.11.2026; nothing for no day
	Moment(t time.Time) string      // day and time of day in the person's own time zone
	Bool(b bool) string             // так, ні
	// Text says a message of the language files, with its arguments.
	Text(key string, args map[string]any) string
}

// Text says a cell of the column for people. An empty cell is an empty text.
func (c *Column) Text(v any, f Formatter) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if w, ok := c.Words[v]; ok {
			return w
		}
		return v
	case int64:
		if c.Type == model.Price {
			return f.Amount(v)
		}
		return f.Int(v)
	case model.Money:
		if v.Currency == "" || v.Currency == c.Currency {
			return f.Amount(v.Minor)
		}
		return f.Money(v)
	case model.Ref:
		if v.Name == "" {
			return v.Code
		}
		return v.Name
	case bool:
		return f.Bool(v)
	case model.Qty:
		return f.Qty(v)
	case model.Percent:
		return f.Percent(v)
	case model.Rate:
		return f.Rate(v)
	case model.Day:
		return f.Day(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return f.Moment(v)
	}
	return fmt.Sprint(v)
}

// Say is the value of the parameter for people.
func (p *Parameter) Say(f Formatter) string {
	if p.Text != "" {
		return p.Text
	}
	var c Column
	if list, ok := p.Value.([]any); ok {
		parts := make([]string, len(list))
		for i, v := range list {
			parts[i] = c.Text(v, f)
		}
		return strings.Join(parts, ", ")
	}
	return c.Text(p.Value, f)
}
