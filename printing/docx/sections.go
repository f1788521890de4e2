package docx

import (
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// wrap gathers what the section of an opening mark repeats into a block:
//
//   - both tags in one paragraph: what stands between them;
//   - in cells of one row: the row; in several rows of a table: those rows;
//   - else the paragraphs, tables and controls from the one to the other. Text
//     beside a tag that does not belong to the section becomes a paragraph of
//     its own, and a paragraph or a row that held only the tag disappears.
func (c *compiler) wrap(open *etree.Element) {
	closing := c.partner[markNumber(open)]
	t := c.tagOf(open)
	fail := func(key string) { c.problem(key, t.Text, t.Paragraph) }

	if t.unit != "" {
		unit := ancestor(open, func(e *etree.Element) bool { return c.is(e, t.unit) && within(closing, e) })
		if unit == nil {
			fail("template_section_unit")
			return
		}
		c.removeMark(open)
		c.removeMark(closing)
		c.enclose(open, unit, unit)
		return
	}
	p, q := c.paragraph(open), c.paragraph(closing)
	if p == nil || q == nil {
		fail("template_section_crosses")
		return
	}
	if p == q {
		top := common(open, closing)
		c.raise(open, top)
		c.raise(closing, top)
		c.encloseBetween(open, closing)
		return
	}
	top := common(open, closing)
	from, to := childToward(top, open), childToward(top, closing)
	if c.is(from, "tc") || c.is(to, "tc") || c.is(unblocked(top), "tr") {
		row := ancestor(from, func(e *etree.Element) bool { return c.is(e, "tr") })
		if row == nil {
			fail("template_section_crosses")
			return
		}
		top, from, to = row.Parent(), row, row
	}
	if c.overlaps(top, open, closing) {
		fail("template_section_overlaps")
		return
	}
	if c.is(unblocked(top), "tbl") || c.is(from, "tr") || c.is(to, "tr") {
		if from != to {
			from, to = c.dropMarkRow(open, from, to, true), c.dropMarkRow(closing, from, to, false)
		}
		c.removeMark(open)
		c.removeMark(closing)
		if from.Parent() == top && to.Parent() == top && from.Index() <= to.Index() {
			c.enclose(open, from, to)
		}
		return
	}
	if c.is(from, "tbl") || c.is(to, "tbl") {
		fail("template_section_crosses")
		return
	}
	// Blocks: each end is a paragraph that is split at its tag, or a control
	// that repeats whole.
	first, last := from, to
	if from == p {
		first = c.split(p, open)
	} else {
		c.removeMark(open)
	}
	if to == q {
		last = c.split(q, closing)
	} else {
		c.removeMark(closing)
	}
	i, j := first.Index(), last.Index()
	if from == p {
		i++
	}
	if to == q {
		j--
	}
	c.block(open, top, min(i, j+1), j+1)
	if from == p {
		top.RemoveChild(open)
	}
	if to == q {
		top.RemoveChild(closing)
	}
}

// overlaps tells whether a block of another section, one that does not hold
// this section whole, stands between the ends and what they have in common.
func (c *compiler) overlaps(top, open, closing *etree.Element) bool {
	for _, end := range []*etree.Element{open, closing} {
		for e := end.Parent(); e != nil && e != top; e = e.Parent() {
			if isBlock(e) {
				return true
			}
		}
	}
	// Rows that repeat already may do so again only for a section that lies
	// inside that other one.
	for b := top; isBlock(b); b = b.Parent() {
		if n := markNumber(b); c.order[markNumber(open)] > c.order[markNumber(c.partner[n])] {
			return true
		}
	}
	return false
}

// dropMarkRow takes out a row that holds nothing but the mark; it gives the
// row where the range begins or ends instead.
func (c *compiler) dropMarkRow(mark, from, to *etree.Element, first bool) *etree.Element {
	row := to
	if first {
		row = from
	}
	if !c.is(row, "tr") || !c.holdsOnly(row, mark) {
		return row
	}
	parent, at := row.Parent(), row.Index()
	for step := 1; ; step++ {
		i := at - step
		if first {
			i = at + step
		}
		if i < 0 || i >= len(parent.Child) {
			return row
		}
		e, ok := parent.Child[i].(*etree.Element)
		if !ok || c.is(e, "tblPr") || c.is(e, "tblGrid") {
			continue
		}
		parent.RemoveChild(row)
		mark.Parent().RemoveChild(mark)
		return e
	}
}

// holdsOnly tells whether nothing is printed in e but the mark.
func (c *compiler) holdsOnly(e, mark *etree.Element) bool {
	for _, t := range e.Child {
		k, ok := t.(*etree.Element)
		if !ok || k == mark || rangeMarkup(k) {
			continue
		}
		if k.Space != c.w {
			return false
		}
		switch k.Tag {
		case "t":
			if strings.TrimSpace(clean(k.Text())) != "" {
				return false
			}
		case "p", "r", "tr", "tc", "hyperlink", "ins", "smartTag", "sdt", "sdtContent":
			if !c.holdsOnly(k, mark) {
				return false
			}
		case "tab", "proofErr", "lastRenderedPageBreak":
		default:
			if !strings.HasSuffix(k.Tag, "Pr") && k.Tag != "tblPrEx" {
				return false
			}
		}
	}
	return true
}

// removeMark takes out a mark, and with it the run that it leaves empty, and
// the paragraph too when another one remains beside it.
func (c *compiler) removeMark(mark *etree.Element) {
	run := mark.Parent()
	if run == nil {
		return
	}
	p := c.paragraph(mark)
	run.RemoveChild(mark)
	if c.is(run, "r") {
		c.dropEmptyRun(run)
	}
	if p == nil || p.Parent() == nil || !c.blank(p) {
		return
	}
	parent := p.Parent()
	last := c.is(parent, "tc") && p.Index() == lastElement(parent)
	for _, k := range parent.ChildElements() {
		if k != p && c.is(k, "p") && !last {
			parent.RemoveChild(p)
			return
		}
	}
	if last {
		// A cell ends with a paragraph: this one may go only after another.
		if before := p.PrevSibling(); before != nil && c.is(before, "p") {
			parent.RemoveChild(p)
		}
	}
}

func lastElement(e *etree.Element) int {
	for i := len(e.Child) - 1; i >= 0; i-- {
		if _, ok := e.Child[i].(*etree.Element); ok {
			return i
		}
	}
	return -1
}

// blank tells whether a paragraph prints nothing and ends no section.
func (c *compiler) blank(p *etree.Element) bool {
	if props := p.SelectElement(c.full("pPr")); props != nil && props.SelectElement(c.full("sectPr")) != nil {
		return false
	}
	return c.holdsOnly(p, nil)
}

// split divides a paragraph at the mark and leaves the mark between the
// halves, as a child of what held the paragraph. Halves that print nothing
// disappear, except that a section break stays where it was. Bookmarks in a
// vanishing half stay beside the mark.
func (c *compiler) split(p, mark *etree.Element) *etree.Element {
	c.raise(mark, p)
	parent := p.Parent()
	right := c.el("p")
	right.Attr = slices.DeleteFunc(slices.Clone(p.Attr), func(a etree.Attr) bool { return a.Key == "paraId" || a.Key == "textId" })
	if props := p.SelectElement(c.full("pPr")); props != nil {
		copied := props.Copy()
		right.AddChild(copied)
		if section := props.SelectElement(c.full("sectPr")); section != nil {
			props.RemoveChild(section)
		}
	}
	moveTail(p, mark.Index()+1, right)
	at := p.Index()
	parent.InsertChildAt(at+1, mark)
	parent.InsertChildAt(at+2, right)
	c.dropHalf(p)
	c.dropHalf(right)
	return mark
}

func (c *compiler) dropHalf(p *etree.Element) {
	if !c.blank(p) {
		return
	}
	parent, at := p.Parent(), p.Index()
	parent.RemoveChild(p)
	for _, k := range p.ChildElements() {
		if rangeMarkup(k) {
			parent.InsertChildAt(at, k)
			at++
		}
	}
}

// rangeMarkup tells the elements that begin or end a range of text, and may
// stand between paragraphs as well as inside them.
func rangeMarkup(e *etree.Element) bool {
	switch e.Tag {
	case "bookmarkStart", "bookmarkEnd", "permStart", "permEnd":
		return true
	}
	return false
}

// raise makes a mark a child of top, splitting what lies between them.
func (c *compiler) raise(mark, top *etree.Element) {
	for mark.Parent() != top {
		e := mark.Parent()
		outer := e.Parent()
		right := etree.NewElement(e.Tag)
		right.Space = e.Space
		right.Attr = slices.Clone(e.Attr)
		for _, t := range e.Child[:mark.Index()] {
			if k, ok := t.(*etree.Element); ok && (c.is(k, "rPr") || c.is(k, "sdtPr") || c.is(k, "sdtEndPr") || c.is(k, "smartTagPr")) {
				right.AddChild(k.Copy())
			}
		}
		moveTail(e, mark.Index()+1, right)
		at := e.Index()
		outer.InsertChildAt(at+1, mark)
		outer.InsertChildAt(at+2, right)
		for _, half := range []*etree.Element{e, right} {
			if c.is(half, "r") {
				c.dropEmptyRun(half)
			} else if len(half.ChildElements()) == 0 {
				outer.RemoveChild(half)
			}
		}
	}
}

// enclose moves the children from..to of one parent into a block.
func (c *compiler) enclose(open, from, to *etree.Element) {
	c.block(open, from.Parent(), from.Index(), to.Index()+1)
}

// encloseBetween makes a block of what stands between two marks and takes the
// marks out.
func (c *compiler) encloseBetween(open, closing *etree.Element) {
	parent := open.Parent()
	c.block(open, parent, open.Index()+1, closing.Index())
	parent.RemoveChild(open)
	parent.RemoveChild(closing)
}

// block moves the children i..j-1 of a parent into a new block in their place.
func (c *compiler) block(open, parent *etree.Element, i, j int) {
	all := parent.Child
	b := newMark(markBlock, markNumber(open))
	// Without its children the parent has none to renumber for each that goes.
	parent.Child = nil
	for _, t := range all[i:j] {
		b.AddChild(t)
	}
	parent.Child = append(append(make([]etree.Token, 0, len(all)), all[:i]...), all[j:]...)
	parent.ReindexChildren()
	parent.InsertChildAt(i, b)
}

// moveTail moves the children from i on to the end of another element.
func moveTail(from *etree.Element, i int, to *etree.Element) {
	tail := append([]etree.Token(nil), from.Child[i:]...)
	from.Child = from.Child[:i]
	for _, t := range tail {
		to.AddChild(t)
	}
}

func (c *compiler) paragraph(e *etree.Element) *etree.Element {
	return ancestor(e, func(e *etree.Element) bool { return c.is(e, "p") })
}

// ancestor gives the nearest of e and what holds it that the condition meets.
func ancestor(e *etree.Element, is func(*etree.Element) bool) *etree.Element {
	for ; e != nil; e = e.Parent() {
		if is(e) {
			return e
		}
	}
	return nil
}

func within(e, outer *etree.Element) bool {
	return ancestor(e, func(x *etree.Element) bool { return x == outer }) != nil
}

// common gives the nearest element that holds both.
func common(a, b *etree.Element) *etree.Element {
	return ancestor(a.Parent(), func(e *etree.Element) bool { return within(b, e) })
}

// childToward gives the child of top that is or holds e.
func childToward(top, e *etree.Element) *etree.Element {
	return ancestor(e, func(x *etree.Element) bool { return x.Parent() == top })
}

// unblocked gives the first of e and what holds it that is no block.
func unblocked(e *etree.Element) *etree.Element {
	for isBlock(e) {
		e = e.Parent()
	}
	return e
}
