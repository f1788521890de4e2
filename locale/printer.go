package locale

import (
	"time"
)

// Printer speaks one language. It never changes and is safe for concurrent use.
type Printer struct {
	lang  Language
	texts *catalogue
	zone  *time.Location
	style *style
}

// New makes a Printer of a language, with moments in the zone of this
// computer. A language that does not exist is Ukrainian.
func New(l Language) *Printer {
	texts, ok := catalogues[l]
	if !ok {
		l, texts = Ukrainian, catalogues[Ukrainian]
	}
	return &Printer{lang: l, texts: texts(), zone: time.Local, style: styles[l]}
}

// In is the same Printer with moments shown in another zone.
func (p *Printer) In(zone *time.Location) *Printer {
	q := *p
	q.zone = zone
	return &q
}

// Language is the language that the Printer speaks.
func (p *Printer) Language() Language { return p.lang }

// Zone is where moments are shown.
func (p *Printer) Zone() *time.Location { return p.zone }

// Has reports whether there is a text for a key.
func (p *Printer) Has(key string) bool { return p.texts.has(key) }

// T is the text of a key. Arguments are pairs of name and value, or one
// map[string]any; a text uses them as {{.name}}. Values of model's types,
// whole numbers and moments are written as Value writes them. A key without a
// text is the answer itself, and is logged once.
func (p *Printer) T(key string, args ...any) string {
	if len(args) == 0 {
		return p.texts.say(key, nil, nil)
	}
	return p.texts.say(key, p.arguments(args), nil)
}

// Text is T with the arguments in a map, as table.Formatter wants it.
func (p *Printer) Text(key string, args map[string]any) string { return p.T(key, args) }

// N is the text of a key in the plural form that n asks for: "1 угода",
// "2 угоди", "5 угод". The text writes the number itself as {{.n}}.
func (p *Printer) N(key string, n int64, args ...any) string {
	m := p.arguments(args)
	m["n"] = p.Int(n)
	return p.texts.say(key, m, n)
}

// arguments makes a map of arguments, their values written for people.
func (p *Printer) arguments(args []any) map[string]any {
	out := make(map[string]any, len(args)/2+1)
	if len(args) > 0 {
		if m, ok := args[0].(map[string]any); ok {
			for k, v := range m {
				out[k] = p.Value(v)
			}
			args = args[1:]
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			out[name] = p.Value(args[i+1])
		}
	}
	return out
}

// first is the text of the first key that has one, or the last key itself.
func (p *Printer) first(keys ...string) string {
	for _, k := range keys[:len(keys)-1] {
		if p.Has(k) {
			return p.T(k)
		}
	}
	return p.T(keys[len(keys)-1])
}
