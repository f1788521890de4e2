package docx

import (
	"strings"

	"github.com/beevik/etree"
)

// compiler prepares one part: it marks its tags and gathers what sections
// repeat into blocks, so that filling is one walk over the tree.
type compiler struct {
	part     string
	w        string // prefix of WordprocessingML in this part
	tags     *[]*Tag
	problems Problems
	merged   bool                   // there were mail merge fields
	edited   bool                   // something in the part differs from the file
	partner  map[int]*etree.Element // closing marks by the number of the opening tag
	order    map[int]int            // places of section tags in their story, by number
	page     page
}

// Name spaces of WordprocessingML: transitional and strict (ECMA-376 part 4 and 1).
const (
	spaceTransitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	spaceStrict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// compiledPart is a part that holds tags.
type compiledPart struct {
	name   string
	doc    *etree.Document
	w      string
	edited bool // there is something to fill
	shared map[*etree.Element]sharing
}

// compile prepares a part; nil when there is nothing in it to fill.
func (t *Template) compile(name string, doc *etree.Document, page page) *compiledPart {
	c := &compiler{part: name, tags: &t.tags, partner: map[int]*etree.Element{}, order: map[int]int{}, page: page}
	root := doc.Root()
	var ok bool
	if c.w, ok = prefixOf(root); !ok {
		return nil
	}
	first := len(t.tags)
	c.markTree(root)
	if len(t.tags) > first {
		c.unbind(root)
		c.raiseRaw(root)
		c.gather(root)
		c.tidy(root, nil, nil)
	}
	t.problems = append(t.problems, c.problems...)
	t.merged = t.merged || c.merged
	p := &compiledPart{name: name, doc: doc, w: c.w, edited: c.edited}
	p.shared = sharings(root, c.w)
	return p
}

// prefixOf gives the prefix of WordprocessingML that the root declares.
func prefixOf(root *etree.Element) (string, bool) {
	for _, a := range root.Attr {
		if a.Value == spaceTransitional || a.Value == spaceStrict {
			if a.Space == "xmlns" {
				return a.Key, true
			}
			if a.Space == "" && a.Key == "xmlns" {
				return "", true
			}
		}
	}
	return "", false
}

func (c *compiler) problem(key, tag, paragraph string) {
	c.problems = append(c.problems, Problem{Key: key, Tag: readable(tag), Paragraph: readable(paragraph), Part: c.part})
}

// readable is a text of the document for a message: without the marks of pictures.
func readable(s string) string { return shortened(strings.ReplaceAll(s, object, "")) }

// mark keeps a tag and gives the element that stands for it.
func (c *compiler) mark(t *Tag, paragraph string) *etree.Element {
	t.Part = c.part
	t.Paragraph = readable(paragraph)
	c.edited = true
	*c.tags = append(*c.tags, t)
	return newMark(markTag, len(*c.tags)-1)
}

func (c *compiler) tagOf(mark *etree.Element) *Tag { return (*c.tags)[markNumber(mark)] }

// markTree marks the tags of every paragraph below e, those of text boxes too,
// and the pictures whose alternative text is a tag.
func (c *compiler) markTree(e *etree.Element) {
	if c.is(e, "p") {
		pieces := c.pieces(e)
		text := joined(pieces)
		c.markMergeFields(e, text)
		c.markText(e)
	}
	for _, t := range e.Child {
		if k, ok := t.(*etree.Element); ok && k.Space != ours {
			c.markPicture(k)
			c.markTree(k)
		}
	}
}

// unbind lets go of what would make Word show something else than the filled
// text of a content control: its placeholder and its bond to custom XML.
func (c *compiler) unbind(e *etree.Element) {
	if c.is(e, "sdt") {
		content := e.SelectElement(c.full("sdtContent"))
		props := e.SelectElement(c.full("sdtPr"))
		if content != nil && props != nil && c.marked(content) {
			for _, k := range props.ChildElements() {
				if k.Tag == "showingPlcHdr" || k.Tag == "dataBinding" {
					props.RemoveChild(k)
				}
			}
		}
	}
	for _, k := range e.ChildElements() {
		c.unbind(k)
	}
}

// marked tells whether there is a tag below e, those inside of further content
// controls left out.
func (c *compiler) marked(e *etree.Element) bool {
	for _, t := range e.Child {
		if _, ok := isMark(t); ok {
			return true
		}
		if k, ok := t.(*etree.Element); ok && !c.is(k, "sdt") && c.marked(k) {
			return true
		}
	}
	return false
}

// gather pairs the sections of each story and makes blocks of them. A story is
// text that is read by itself: a part, a note, a text box.
func (c *compiler) gather(root *etree.Element) {
	var marks []*etree.Element
	var stories []*etree.Element
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			if !ok {
				continue
			}
			switch {
			case k.Space == ours:
				if kind := c.tagOf(k).Kind; kind == Section || kind == Inverted || kind == End {
					marks = append(marks, k)
				}
			case c.is(k, "txbxContent"), c.is(k, "footnote"), c.is(k, "endnote"):
				stories = append(stories, k)
			default:
				walk(k)
			}
		}
	}
	walk(root)
	for _, open := range c.pair(marks) {
		c.wrap(open)
	}
	for _, s := range stories {
		c.gather(s)
	}
}

// pair matches opening and closing tags and gives the opening ones that have
// a partner, in order.
func (c *compiler) pair(marks []*etree.Element) []*etree.Element {
	var stack []*etree.Element
	unclosed := func(open *etree.Element) {
		t := c.tagOf(open)
		c.problem("template_section_unclosed", t.Text, t.Paragraph)
	}
	for i, m := range marks {
		t := c.tagOf(m)
		c.order[markNumber(m)] = i
		if t.Kind != End {
			stack = append(stack, m)
			continue
		}
		at := len(stack) - 1
		if len(t.Path) > 0 {
			for at >= 0 && folded(c.tagOf(stack[at]).Name()) != folded(t.Name()) {
				at--
			}
		}
		if at < 0 {
			c.problem("template_section_unopened", t.Text, t.Paragraph)
			continue
		}
		for _, left := range stack[at+1:] {
			unclosed(left)
		}
		c.partner[markNumber(stack[at])] = m
		stack = stack[:at]
	}
	for _, left := range stack {
		unclosed(left)
	}
	var out []*etree.Element
	for _, m := range marks {
		if c.partner[markNumber(m)] != nil {
			out = append(out, m)
		}
	}
	return out
}

// tidy walks the finished tree: it tells each tag the sections around it and
// each picture the room it has, and finds paragraphs that vanish when their
// sections print nothing.
func (c *compiler) tidy(e *etree.Element, loops []string, cell *etree.Element) {
	switch {
	case isBlock(e):
		t := c.tagOf(e)
		t.Loops = loops
		loops = append(loops[:len(loops):len(loops)], t.Name())
	case e.Space == ours:
		t := c.tagOf(e)
		t.Loops = loops
		if t.Kind == Picture {
			t.maxWidth, t.maxHeight = c.room(cell)
		}
	case c.is(e, "tc"):
		cell = e
	case c.is(e, "txbxContent"):
		cell = nil
	case c.is(e, "p"):
		c.markRaw(e)
		if c.onlySections(e) {
			e.Attr = append(e.Attr, etreeAttr("vanishes", "1"))
		}
	}
	if n, ok := ownAttr(e, "picture"); ok {
		(*c.tags)[n].Loops = loops
	}
	for _, t := range e.Child {
		if k, ok := t.(*etree.Element); ok {
			c.tidy(k, loops, cell)
		}
	}
}

// onlySections tells whether all that a paragraph prints stands in sections.
func (c *compiler) onlySections(p *etree.Element) bool {
	sections := false
	var clear func(e *etree.Element) bool
	clear = func(e *etree.Element) bool {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			switch {
			case !ok:
			case isBlock(k):
				sections = true
			case k.Space == ours:
				return false
			case c.is(k, "pPr"):
				if k.SelectElement(c.full("sectPr")) != nil {
					return false
				}
			case c.is(k, "rPr"), c.is(k, "bookmarkStart"), c.is(k, "bookmarkEnd"), c.is(k, "proofErr"), c.is(k, "lastRenderedPageBreak"):
			case c.is(k, "r"):
				if !clear(k) {
					return false
				}
			case c.is(k, "t"):
				if strings.TrimSpace(clean(k.Text())) != "" {
					return false
				}
			default:
				return false
			}
		}
		return true
	}
	return clear(p) && sections
}
