package docx

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/beevik/etree"
)

// markMergeFields turns the mail merge fields of a paragraph into tags, both
// the simple ones (w:fldSimple) and those written with w:fldChar. Fields
// inside the instruction of another field stay what they are.
func (c *compiler) markMergeFields(p *etree.Element, text string) {
	var simple []*etree.Element
	var walk func(e *etree.Element)
	type part struct{ run, el *etree.Element }
	var flat []part
	walk = func(e *etree.Element) {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			if !ok || k.Space != c.w {
				continue
			}
			switch k.Tag {
			case "fldSimple":
				if tag := mergeField(attr(k, "instr")); tag != nil {
					simple = append(simple, k)
					continue
				}
				walk(k)
			case "r":
				for _, t := range k.Child {
					if x, ok := t.(*etree.Element); ok && x.Space == c.w && x.Tag != "rPr" {
						flat = append(flat, part{k, x})
					}
				}
			case "pPr", "sdtPr", "p", "tbl":
			default:
				walk(k)
			}
		}
	}
	walk(p)
	for _, f := range simple {
		tag := mergeField(attr(f, "instr"))
		run := c.el("r")
		if first := f.SelectElement(c.full("r")); first != nil {
			if props := first.SelectElement(c.full("rPr")); props != nil {
				run.AddChild(props.Copy())
			}
		}
		run.AddChild(c.mark(tag, text))
		replaceChild(f.Parent(), f, []etree.Token{run})
	}

	type open struct {
		begin, separate int
		code            strings.Builder
	}
	var stack []*open
	for i := 0; i < len(flat); i++ {
		el := flat[i].el
		switch {
		case el.Tag == "instrText" && len(stack) > 0:
			if top := stack[len(stack)-1]; top.separate < 0 {
				top.code.WriteString(el.Text())
			}
		case el.Tag != "fldChar":
		case attr(el, "fldCharType") == "begin":
			stack = append(stack, &open{begin: i, separate: -1})
		case len(stack) == 0:
		case attr(el, "fldCharType") == "separate":
			stack[len(stack)-1].separate = i
		case attr(el, "fldCharType") == "end":
			f := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			tag := mergeField(f.code.String())
			if tag == nil || len(stack) > 0 && stack[len(stack)-1].separate < 0 {
				continue
			}
			at := f.begin
			if f.separate >= 0 && f.separate+1 < i {
				at = f.separate + 1 // the look of the field's result
			}
			for j := f.begin; j <= i; j++ {
				if flat[j].el.Parent() != flat[j].run {
					continue // a field inside this one's result, gone already
				}
				if j == at {
					replaceChild(flat[j].run, flat[j].el, []etree.Token{c.mark(tag, text)})
				} else {
					flat[j].run.RemoveChild(flat[j].el)
				}
			}
			for j := f.begin; j <= i; j++ {
				if flat[j].run.Parent() != nil {
					c.dropEmptyRun(flat[j].run)
				}
			}
			c.merged = true
		}
	}
	if len(simple) > 0 {
		c.merged = true
	}
}

// full is the name of a WordprocessingML element with its prefix.
func (c *compiler) full(tag string) string {
	if c.w == "" {
		return tag
	}
	return c.w + ":" + tag
}

// mergeField reads the instruction of a field; nil when it is no MERGEFIELD.
// The name may be written as a tag is (#lines, /lines, %logo, total | words),
// or with the words that mail merge programs know: TableStart:lines,
// TableEnd:lines, Image:logo. Switches (ECMA-376 part 1, §17.16.4): \@ and \#
// are pictures of dates and numbers, \* changes the case, \b and \f stand
// before and after a value that is there.
func mergeField(code string) *Tag {
	words := fieldWords(code)
	if len(words) < 2 || !strings.EqualFold(words[0], "MERGEFIELD") {
		return nil
	}
	name := words[1]
	for prefix, sigil := range map[string]string{"tablestart:": "#", "tableend:": "/", "image:": "%"} {
		if len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			name = sigil + name[len(prefix):]
		}
	}
	t, ok := parseTag(name)
	if !ok {
		return nil
	}
	t.Text = "«" + clean(words[1]) + "»"
	for i := 2; i+1 < len(words); i++ {
		value := words[i+1]
		switch strings.ToLower(words[i]) {
		case `\@`, `\#`:
			t.Filters = append(t.Filters, Call{Filter: "format", Args: []string{value}})
		case `\*`:
			if f, ok := map[string]string{"upper": "upper", "lower": "lower", "firstcap": "capitalize", "caps": "title"}[strings.ToLower(value)]; ok {
				t.Filters = append(t.Filters, Call{Filter: f})
			}
		case `\b`:
			t.before = value
		case `\f`:
			t.after = value
		default:
			continue
		}
		i++
	}
	return t
}

// fieldWords splits an instruction at its spaces; quotes hold words together.
func fieldWords(s string) []string {
	var out []string
	var b strings.Builder
	var quote rune
	started := false
	flush := func() {
		if started {
			out = append(out, b.String())
		}
		b.Reset()
		started = false
	}
	for _, r := range s {
		switch {
		case quote != 0 && sameQuote(r, quote):
			quote = 0
		case quote != 0:
			b.WriteRune(r)
		case closingQuote(r) == '”':
			quote, started = '”', true
		case unicode.IsSpace(r):
			flush()
		default:
			b.WriteRune(r)
			started = true
		}
	}
	flush()
	return out
}

// withoutMailMerge gives the settings without the tie to a mail merge's data:
// Word would ask for its database when the filled document opens.
func (t *Template) withoutMailMerge() ([]byte, bool) {
	if !bytes.Contains(t.archive.data[t.settings], []byte("mailMerge")) {
		return nil, false
	}
	doc, err := t.archive.xml(t.settings)
	if err != nil {
		return nil, false
	}
	for _, e := range doc.Root().ChildElements() {
		if e.Tag == "mailMerge" {
			doc.Root().RemoveChild(e)
		}
	}
	out, err := doc.WriteToBytes()
	return out, err == nil
}
