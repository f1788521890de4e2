package layout

import "strconv"

// note is a footnote, laid out for the page that refers to it.
type note struct{ stack *stack }

// noteGap is the space that the line above footnotes takes.
const noteGap = 6.0

// reference puts the mark of a footnote or endnote and makes its text ready.
func (c *composer) reference(k *node, look *run) {
	p, item := c.d.footnotes, "w:footnote"
	if k.name == "w:endnoteReference" {
		p, item = c.d.endnotes, "w:endnote"
	}
	if p == nil || c.note != "" {
		return
	}
	var found *node
	for _, n := range p.root.kids {
		if n.name == item && n.attr("w:id") == k.attr("w:id") {
			found = n
		}
	}
	if found == nil {
		return
	}
	mark := ""
	if item == "w:footnote" {
		c.d.noteNumber++
		mark = strconv.Itoa(c.d.noteNumber)
	} else {
		mark = ordinal(len(c.d.endnoteQueue)+1, "lowerRoman")
	}
	if v := k.attr("w:customMarkFollows"); v == "1" || v == "true" {
		mark = ""
	}
	c.text(mark, look)
	width := 400.0
	if c.d.current != nil {
		width = c.d.current.colW
	}
	n := &note{c.d.stackOf(c.d.blocks(found), p, width, nil, mark)}
	if item == "w:endnote" {
		c.d.endnoteQueue = append(c.d.endnoteQueue, n)
		return
	}
	if i := len(c.out.atoms) - 1; i >= 0 {
		c.out.atoms[i].notes = append(c.out.atoms[i].notes, n)
	}
}

// heightOf is what notes take at the bottom of a page.
func heightOf(notes []*note) float64 {
	h := 0.0
	for _, n := range notes {
		h += n.stack.h
	}
	return h
}
