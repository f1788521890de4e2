package docx

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// rawSpaces are the prefixes that raw XML may use without declaring them.
var rawSpaces = map[string]string{
	"w": spaceTransitional, "r": spaceR, "wp": spaceWP, "a": spaceA, "pic": spacePic,
	"m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}

// raiseRaw makes {@tags} children of their paragraphs: what they put in stands
// beside runs or paragraphs, not inside a run.
func (c *compiler) raiseRaw(e *etree.Element) {
	var marks []*etree.Element
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			if !ok {
				continue
			}
			if k.Space == ours {
				if c.tagOf(k).Kind == Raw {
					marks = append(marks, k)
				}
				continue
			}
			walk(k)
		}
	}
	walk(e)
	for _, m := range marks {
		if p := c.paragraph(m); p != nil {
			c.raise(m, p)
		}
	}
}

// aloneRaw gives the {@tag} that a paragraph holds and nothing else.
func (c *compiler) aloneRaw(p *etree.Element) (int, bool) {
	if props := childNamed(p, "pPr"); props != nil && childNamed(props, "sectPr") != nil {
		return 0, false
	}
	for _, t := range p.Child {
		if m, ok := isMark(t); ok && c.tagOf(m).Kind == Raw && c.holdsOnly(p, m) {
			return markNumber(m), true
		}
	}
	return 0, false
}

// fragment reads the raw XML of a tag; blocks tells that it is paragraphs and
// tables.
func (b *builder) fragment(t *Tag, at *frame) (out []*etree.Element, blocks bool) {
	var s string
	switch v := b.value(t, at).(type) {
	case nil:
		return nil, false
	case string:
		s = v
	case RawXML:
		s = string(v)
	default:
		b.problem("template_not_raw", t, map[string]any{"error": ""})
		return nil, false
	}
	var head strings.Builder
	for _, p := range slices.Sorted(maps.Keys(rawSpaces)) {
		head.WriteString(" xmlns:" + p + `="` + rawSpaces[p] + `"`)
	}
	doc, err := parseXML(t.Part, []byte("<raw"+head.String()+">"+s+"</raw>"))
	if err != nil {
		b.problem("template_not_raw", t, map[string]any{"error": err.Error()})
		return nil, false
	}
	for _, k := range doc.Root().Child {
		switch k := k.(type) {
		case *etree.Element:
			if !declared(k, map[string]bool{"xml": true}) {
				b.problem("template_not_raw", t, map[string]any{"error": k.FullTag()})
				return nil, false
			}
			for _, p := range slices.Sorted(maps.Keys(rawSpaces)) {
				if uses(k, p) && k.SelectAttr("xmlns:"+p) == nil {
					k.CreateAttr("xmlns:"+p, rawSpaces[p])
				}
			}
			blocks = blocks || k.Tag == "p" || k.Tag == "tbl"
			out = append(out, k)
		case *etree.CharData:
			if strings.TrimSpace(k.Data) != "" {
				b.problem("template_not_raw", t, map[string]any{"error": shortened(k.Data)})
				return nil, false
			}
		}
	}
	return out, blocks
}

// declared tells whether every prefix in e is declared in it or known.
func declared(e *etree.Element, known map[string]bool) bool {
	known = maps.Clone(known)
	for _, a := range e.Attr {
		if a.Space == "xmlns" {
			known[a.Key] = true
		}
	}
	ok := func(prefix string) bool {
		return prefix == "" || known[prefix] || rawSpaces[prefix] != ""
	}
	if !ok(e.Space) {
		return false
	}
	for _, a := range e.Attr {
		if a.Space != "xmlns" && !ok(a.Space) {
			return false
		}
	}
	for _, k := range e.ChildElements() {
		if !declared(k, known) {
			return false
		}
	}
	return true
}

func uses(e *etree.Element, prefix string) bool {
	if e.Space == prefix {
		return true
	}
	for _, a := range e.Attr {
		if a.Space == prefix {
			return true
		}
	}
	for _, k := range e.ChildElements() {
		if uses(k, prefix) {
			return true
		}
	}
	return false
}

// rawRuns puts raw XML between the runs of a paragraph.
func (b *builder) rawRuns(dst *etree.Element, t *Tag, at *frame) {
	elements, blocks := b.fragment(t, at)
	if blocks {
		b.problem("template_raw_blocks", t, nil)
		return
	}
	for _, e := range elements {
		dst.Child = append(dst.Child, e)
	}
}

// rawParagraph puts raw XML in the place of a paragraph that holds only its
// tag, or into it when it is runs.
func (b *builder) rawParagraph(dst, p *etree.Element, t *Tag, at *frame, copied bool) {
	elements, blocks := b.fragment(t, at)
	if blocks {
		for _, e := range elements {
			dst.Child = append(dst.Child, e)
		}
		return
	}
	out := b.shell(p, copied)
	for _, k := range p.ChildElements() {
		if b.is(k, "pPr") {
			out.Child = append(out.Child, k)
		}
	}
	for _, e := range elements {
		out.Child = append(out.Child, e)
	}
	dst.Child = append(dst.Child, out)
}

// markRaw remembers on a paragraph that raw XML may take its place.
func (c *compiler) markRaw(p *etree.Element) {
	if n, ok := c.aloneRaw(p); ok {
		p.Attr = append(p.Attr, etreeAttr("raw", strconv.Itoa(n)))
	}
}
