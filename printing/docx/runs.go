package docx

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// While a part is prepared, its tags become elements of a name space that no
// XML can hold, so that nothing in a file can pass for one.
const (
	ours      = "\x00"
	markTag   = "tag"   // stands for a tag, inside a run; attribute n is its number
	markBlock = "block" // holds what a section repeats; attribute n is its opening tag
)

func isMark(t etree.Token) (*etree.Element, bool) {
	e, ok := t.(*etree.Element)
	return e, ok && e.Space == ours && e.Tag == markTag
}

func isBlock(e *etree.Element) bool { return e != nil && e.Space == ours && e.Tag == markBlock }

func newMark(tag string, n int) *etree.Element {
	e := etree.NewElement(tag)
	e.Space = ours
	e.CreateAttr("n", strconv.Itoa(n))
	return e
}

func markNumber(e *etree.Element) int {
	n, _ := strconv.Atoi(e.Attr[0].Value)
	return n
}

// piece is a child of a run that prints something, with its text.
type piece struct {
	run, el *etree.Element
	text    string
	from    int // byte of the paragraph's text where it begins
}

// object stands in a paragraph's text for what is no text: pictures, fields,
// tags that are marked already.
const object = "\uFFFC"

// is tells whether e is the WordprocessingML element of that local name.
func (c *compiler) is(e *etree.Element, tag string) bool {
	return e != nil && e.Tag == tag && e.Space == c.w
}

// el makes a WordprocessingML element.
func (c *compiler) el(tag string) *etree.Element {
	e := etree.NewElement(tag)
	e.Space = c.w
	return e
}

// pieces lists what the paragraph prints, in order. Text boxes inside it are
// stories of their own and count as objects; deleted text does not count.
func (c *compiler) pieces(p *etree.Element) []piece {
	var out []piece
	var walk func(e *etree.Element, run *etree.Element)
	walk = func(e, run *etree.Element) {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			if !ok {
				continue
			}
			if run != nil {
				if text, prints := c.printed(k); prints {
					out = append(out, piece{run: run, el: k, text: text})
				}
				continue
			}
			if k.Space != c.w {
				continue
			}
			switch k.Tag {
			case "r":
				walk(k, k)
			case "pPr", "sdtPr", "sdtEndPr", "p", "tbl":
			default:
				walk(k, nil)
			}
		}
	}
	walk(p, nil)
	at := 0
	for i := range out {
		out[i].from = at
		at += len(out[i].text)
	}
	return out
}

// printed gives the text of a child of a run.
func (c *compiler) printed(e *etree.Element) (string, bool) {
	if e.Space == ours {
		return object, true
	}
	if e.Space != c.w {
		return object, e.Tag == "AlternateContent"
	}
	switch e.Tag {
	case "t":
		return e.Text(), true
	case "tab", "ptab":
		return "\t", true
	case "br", "cr":
		return "\n", true
	case "noBreakHyphen":
		return "-", true
	case "softHyphen":
		return "\u00AD", true
	case "rPr", "lastRenderedPageBreak", "fldChar", "instrText", "delText", "delInstrText":
		return "", false
	}
	return object, true
}

func joined(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.text)
	}
	return b.String()
}

// markText finds the tags in the paragraph's own text and puts marks in their
// places. A tag that lies over several runs goes to the run of its opening
// brace; the rest of the text stays in the runs it is in.
func (c *compiler) markText(p *etree.Element) {
	pieces := c.pieces(p)
	text := joined(pieces)
	if !strings.ContainsAny(text, "{}") {
		return
	}
	spans := scan(text)
	var cuts []span
	for _, s := range spans {
		if s.key != "" {
			c.problem(s.key, clean(text[s.from:s.to]), text)
			continue
		}
		cuts = append(cuts, s)
	}
	if len(cuts) == 0 {
		return
	}
	c.edited = true
	next := 0
	for _, pc := range pieces {
		for next < len(cuts) && cuts[next].to <= pc.from {
			next++
		}
		if next == len(cuts) {
			break
		}
		if cuts[next].from < pc.from+len(pc.text) && cuts[next].to > pc.from {
			c.cutPiece(pc, cuts[next:], text)
		}
	}
}

// cutPiece replaces one child of a run by what remains of its text and the
// marks of the tags that begin in it.
func (c *compiler) cutPiece(pc piece, cuts []span, paragraph string) {
	var out []etree.Token
	keep := func(s string) {
		if s != "" {
			out = append(out, c.textOf(s))
		}
	}
	at, end := pc.from, pc.from+len(pc.text)
	rest := func(to int) string {
		if to <= at {
			return ""
		}
		return pc.text[at-pc.from : to-pc.from]
	}
	for _, s := range cuts {
		if s.from >= end {
			break
		}
		keep(rest(s.from))
		if s.from >= pc.from {
			if s.tag != nil {
				out = append(out, c.mark(s.tag, paragraph))
			} else {
				keep(s.literal)
			}
		}
		at = max(at, min(s.to, end))
	}
	keep(rest(end))
	replaceChild(pc.run, pc.el, out)
	if len(out) == 0 {
		c.dropEmptyRun(pc.run)
	}
}

// textOf makes a w:t that keeps its spaces.
func (c *compiler) textOf(s string) *etree.Element {
	t := c.el("t")
	t.CreateAttr("xml:space", "preserve")
	t.CreateText(s)
	return t
}

// dropEmptyRun takes out a run in which nothing but properties is left.
func (c *compiler) dropEmptyRun(run *etree.Element) {
	for _, t := range run.Child {
		if e, ok := t.(*etree.Element); ok && !c.is(e, "rPr") {
			return
		}
	}
	if p := run.Parent(); p != nil {
		p.RemoveChild(run)
	}
}

// replaceChild puts tokens in the place of a child.
func replaceChild(parent, child *etree.Element, with []etree.Token) {
	at := child.Index()
	parent.RemoveChildAt(at)
	for i, t := range with {
		parent.InsertChildAt(at+i, t)
	}
}
