package docx

import (
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// spaceW14 is where Word keeps changes of two people that met (MS-DOCX §2.2).
const spaceW14 = "http://schemas.microsoft.com/office/word/2010/wordml"

// What becomes of an element that belongs to a review when it is accepted
// (ECMA-376 part 1, §17.13).
type fate int

const (
	stays    fate = iota
	opens         // what it holds takes its place: an insertion
	goes          // with all that it holds: a deletion
	comments      // likewise: what belongs to a comment
	merges        // a cell that is told to be merged
)

// fates of elements by their local names.
var fates = map[string]fate{
	"ins": opens, "moveTo": opens, "conflictIns": opens,
	"del": goes, "moveFrom": goes, "conflictDel": goes, "delText": goes, "delInstrText": goes,
	"moveFromRangeStart": goes, "moveFromRangeEnd": goes, "moveToRangeStart": goes, "moveToRangeEnd": goes,
	"customXmlInsRangeStart": goes, "customXmlInsRangeEnd": goes, "customXmlDelRangeStart": goes, "customXmlDelRangeEnd": goes,
	"customXmlMoveFromRangeStart": goes, "customXmlMoveFromRangeEnd": goes, "customXmlMoveToRangeStart": goes, "customXmlMoveToRangeEnd": goes,
	"customXmlConflictInsRangeStart": goes, "customXmlConflictInsRangeEnd": goes, "customXmlConflictDelRangeStart": goes, "customXmlConflictDelRangeEnd": goes,
	"rPrChange": goes, "pPrChange": goes, "sectPrChange": goes, "tblPrChange": goes, "tblGridChange": goes, "trPrChange": goes, "tcPrChange": goes, "tblPrExChange": goes, "numberingChange": goes,
	"cellIns": goes, "cellDel": goes, "cellMerge": merges,
	"commentRangeStart": comments, "commentRangeEnd": comments, "commentReference": comments,
}

// fateOf tells what becomes of an element; the names mean other things in
// drawings (a path moves to a point).
func fateOf(e *etree.Element) fate {
	f, ok := fates[e.Tag]
	if !ok {
		return stays
	}
	switch e.NamespaceURI() {
	case spaceTransitional, spaceStrict, spaceW14:
		return f
	}
	return stays
}

// mayHoldReview looks for the elements in the bytes of a part, so that a part
// without them is not read.
func mayHoldReview(data []byte) bool {
	for i := 0; i < len(data); i++ {
		if data[i] != '<' {
			continue
		}
		from := i + 1
		for i = from; i < len(data) && !strings.ContainsRune(" \t\r\n/><", rune(data[i])); i++ {
			if data[i] == ':' {
				from = i + 1
			}
		}
		if _, ok := fates[string(data[from:i])]; ok {
			return true
		}
		i-- // it may begin the next one
	}
	return false
}

// acceptance accepts the changes of one part and takes comments out of it.
type acceptance struct {
	found Review
	notes map[[2]string]bool // references that went: kind of note, its number
	links map[string]bool    // relationships that were named by what went
	ended map[*etree.Element]bool
}

// accept goes through the whole part.
func (a *acceptance) accept(root *etree.Element) {
	a.notes, a.links, a.ended = map[[2]string]bool{}, map[string]bool{}, map[*etree.Element]bool{}
	a.below(root)
}

// below accepts what stands below an element and tells whether anything went.
func (a *acceptance) below(e *etree.Element) bool {
	var kept []etree.Token
	gone, moved := false, false
	for _, t := range e.Child {
		k, ok := t.(*etree.Element)
		if !ok {
			kept = append(kept, t)
			continue
		}
		f := fateOf(k)
		switch {
		case f == comments:
			a.found.Comments = true
			gone = true
		case f == goes || f == stays && deleted(k):
			a.found.Changes = true
			gone = true
			a.lose(k)
		case f == merges:
			a.found.Changes = true
			gone = true
			merge(e, k, &kept)
		case f == opens:
			a.found.Changes = true
			moved = true
			gone = a.below(k) || gone
			kept = append(kept, outOf(k)...)
		default:
			if k.Tag == "p" && markDeleted(k) {
				a.ended[k] = true
			}
			below := a.below(k)
			gone = gone || below
			if below && emptied(k) {
				a.lose(k)
				continue
			}
			kept = append(kept, t)
		}
	}
	if gone || moved {
		replaceChildren(e, kept)
		a.join(e)
		furnish(e)
	}
	return gone
}

// lose remembers what an element that goes referred to.
func (a *acceptance) lose(e *etree.Element) {
	if e.Tag == "footnoteReference" || e.Tag == "endnoteReference" {
		a.notes[[2]string{strings.TrimSuffix(e.Tag, "Reference"), attr(e, "id")}] = true
	}
	for _, x := range e.Attr {
		if x.Space == "r" {
			a.links[x.Value] = true
		}
	}
	for _, k := range e.ChildElements() {
		a.lose(k)
	}
}

// keeps forgets of what went whatever the part still refers to.
func (a *acceptance) keeps(e *etree.Element) {
	if e.Tag == "footnoteReference" || e.Tag == "endnoteReference" {
		delete(a.notes, [2]string{strings.TrimSuffix(e.Tag, "Reference"), attr(e, "id")})
	}
	for _, x := range e.Attr {
		if x.Space == "r" {
			delete(a.links, x.Value)
		}
	}
	for _, k := range e.ChildElements() {
		a.keeps(k)
	}
}

// join puts paragraphs whose mark was deleted before what follows them: the
// mark that is left says how the paragraph looks.
func (a *acceptance) join(e *etree.Element) {
	var kept []etree.Token
	for i, t := range e.Child {
		p, ok := t.(*etree.Element)
		if !ok || !a.ended[p] {
			kept = append(kept, t)
			continue
		}
		var next *etree.Element
		for _, t := range e.Child[i+1:] {
			if k, ok := t.(*etree.Element); ok && !rangeMarkup(k) && k.Tag != "proofErr" {
				next = k
				break
			}
		}
		content := outOf(p)
		props := slices.IndexFunc(content, func(t etree.Token) bool { k, ok := t.(*etree.Element); return ok && k.Tag == "pPr" })
		if props >= 0 {
			a.lose(content[props].(*etree.Element))
			content = slices.Delete(content, props, props+1)
		}
		switch {
		case next != nil && next.Tag == "p":
			at := 0
			if pr := childNamed(next, "pPr"); pr != nil {
				at = slices.Index(next.Child, etree.Token(pr)) + 1
			}
			all := slices.Concat(next.Child[:at:at], content, next.Child[at:])
			next.Child = nil
			replaceChildren(next, all)
		case blankContent(content) && !a.parts(kept, next):
			kept = append(kept, content...)
		default: // nothing to be joined with
			replaceChildren(p, content)
			kept = append(kept, t)
		}
	}
	replaceChildren(e, kept)
}

// parts reports that what stands between keeps two tables apart.
func (a *acceptance) parts(before []etree.Token, next *etree.Element) bool {
	return next != nil && next.Tag == "tbl" && lastShown(before) != nil && lastShown(before).Tag == "tbl"
}

func lastShown(all []etree.Token) *etree.Element {
	for _, t := range slices.Backward(all) {
		if k, ok := t.(*etree.Element); ok && !rangeMarkup(k) {
			return k
		}
	}
	return nil
}

// blankContent reports that nothing but the ends of ranges is left.
func blankContent(content []etree.Token) bool {
	return lastShown(content) == nil
}

// deletedBy reports that properties say of what they belong to that it is gone.
func deletedBy(props *etree.Element, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return childNamed(props, name) != nil })
}

func markDeleted(p *etree.Element) bool {
	return deletedBy(childNamed(childNamed(p, "pPr"), "rPr"), "del", "moveFrom", "conflictDel")
}

// deleted tells of rows, cells and parts of formulas that their properties
// delete.
func deleted(e *etree.Element) bool {
	switch e.Tag {
	case "tr":
		return deletedBy(childNamed(e, "trPr"), "del", "conflictDel")
	case "tc":
		return deletedBy(childNamed(e, "tcPr"), "cellDel")
	case "r":
		return strings.HasSuffix(e.NamespaceURI(), "/math") && deletedBy(e, "del")
	}
	for _, k := range e.ChildElements() {
		if control := childNamed(k, "ctrlPr"); control != nil && strings.HasSuffix(k.Tag, "Pr") {
			return deletedBy(control, "del")
		}
	}
	return false
}

// emptied reports that an element has no sense without what went from it.
func emptied(e *etree.Element) bool {
	content := func(e *etree.Element) bool {
		return slices.ContainsFunc(e.ChildElements(), func(k *etree.Element) bool {
			return !rangeMarkup(k) && !strings.HasSuffix(k.Tag, "Pr") && k.Tag != "tblGrid"
		})
	}
	switch e.Tag {
	case "r", "hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo", "tbl", "tr":
		return !content(e)
	case "sdt":
		inner := childNamed(e, "sdtContent")
		return inner == nil || !content(inner)
	}
	return false
}

// furnish gives what must hold a paragraph one.
func furnish(e *etree.Element) {
	switch e.Tag {
	case "tc", "txbxContent", "hdr", "ftr", "footnote", "endnote", "body":
	default:
		return
	}
	last := lastShown(e.Child)
	if last != nil && (last.Tag == "p" || last.Tag == "sdt" || last.Tag == "customXml") || e.Tag == "body" && last != nil {
		return
	}
	p := etree.NewElement("p")
	p.Space = e.Space
	e.AddChild(p)
}

// merge writes into the properties of a cell what was told of its merging.
func merge(props, told *etree.Element, kept *[]etree.Token) {
	*kept = slices.DeleteFunc(*kept, func(t etree.Token) bool { k, ok := t.(*etree.Element); return ok && k.Tag == "vMerge" })
	how := map[string]string{"cont": "continue", "rest": "restart"}[attr(told, "vMerge")]
	if how == "" {
		return
	}
	m := etree.NewElement("vMerge")
	m.Space = props.Space
	name := "val"
	if props.Space != "" {
		name = props.Space + ":val"
	}
	m.CreateAttr(name, how)
	at := 0
	for i, t := range *kept {
		if k, ok := t.(*etree.Element); ok && slices.Contains([]string{"cnfStyle", "tcW", "gridSpan", "hMerge"}, k.Tag) {
			at = i + 1
		}
	}
	*kept = slices.Insert(*kept, at, etree.Token(m))
}

// outOf takes the children out of an element; name spaces that it declared go
// with them.
func outOf(e *etree.Element) []etree.Token {
	all := e.Child
	e.Child = nil
	for _, x := range e.Attr {
		if x.Space != "xmlns" && (x.Space != "" || x.Key != "xmlns") {
			continue
		}
		for _, t := range all {
			if k, ok := t.(*etree.Element); ok && k.SelectAttr(x.FullKey()) == nil {
				k.CreateAttr(x.FullKey(), x.Value)
			}
		}
	}
	return all
}

// replaceChildren gives an element these children, wherever they stood: what
// held them has none any more.
func replaceChildren(e *etree.Element, all []etree.Token) {
	e.Child = nil
	holder := etree.NewElement("holder")
	for _, t := range all { // so that no index of theirs is one of e's
		holder.AddChild(t)
	}
	holder.Child = nil
	for _, t := range all {
		e.AddChild(t)
	}
}
