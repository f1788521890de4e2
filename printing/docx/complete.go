package docx

import (
	"strings"

	"github.com/beevik/etree"
)

// complete makes a filled element valid; false when nothing of it remains.
func (b *builder) complete(out, src *etree.Element) bool {
	if out.Space != b.w {
		return true
	}
	switch out.Tag {
	case "r":
		return b.anything(out)
	case "drawing", "pict":
		return len(out.ChildElements()) > 0
	case "p":
		if _, ok := ownAttr(src, "vanishes"); ok && !b.prints(out) {
			return false
		}
	case "tbl":
		return b.hasRows(out)
	case "tc", "txbxContent":
		if !b.is(lastBlock(out), "p") {
			out.Child = append(out.Child, b.emptyParagraph(src))
		}
	case "hdr", "ftr", "footnote", "endnote":
		if last := lastBlock(out); last == nil {
			out.Child = append(out.Child, b.emptyParagraph(src))
		}
	}
	return true
}

// emptyParagraph looks like the first one that stood there.
func (b *builder) emptyParagraph(src *etree.Element) *etree.Element {
	p := b.el("p")
	var find func(e *etree.Element) bool
	find = func(e *etree.Element) bool {
		for _, t := range e.Child {
			k, ok := t.(*etree.Element)
			if !ok {
				continue
			}
			if b.is(k, "p") {
				for _, props := range k.ChildElements() {
					if b.is(props, "pPr") && b.p.shared[props].fixed {
						p.Child = append(p.Child, props)
					}
				}
				return true
			}
			if find(k) {
				return true
			}
		}
		return false
	}
	find(src)
	return p
}

// anything tells whether a run holds more than properties.
func (b *builder) anything(run *etree.Element) bool {
	for _, t := range run.Child {
		if e, ok := t.(*etree.Element); ok && !b.is(e, "rPr") {
			return true
		}
	}
	return false
}

// prints tells whether something is to be seen of a paragraph.
func (b *builder) prints(e *etree.Element) bool {
	for _, t := range e.Child {
		k, ok := t.(*etree.Element)
		switch {
		case !ok || rangeMarkup(k):
		case k.Space != b.w:
			return true
		case k.Tag == "t":
			if strings.TrimSpace(k.Text()) != "" {
				return true
			}
		case k.Tag == "r" || k.Tag == "hyperlink" || k.Tag == "ins":
			if b.prints(k) {
				return true
			}
		case k.Tag == "pPr" || k.Tag == "rPr" || k.Tag == "proofErr" || k.Tag == "lastRenderedPageBreak":
		default:
			return true
		}
	}
	return false
}

func (b *builder) hasRows(e *etree.Element) bool {
	for _, t := range e.Child {
		k, ok := t.(*etree.Element)
		if !ok {
			continue
		}
		if b.is(k, "tr") {
			return true
		}
		if (b.is(k, "sdt") || b.is(k, "sdtContent") || b.is(k, "ins") || b.is(k, "customXml")) && b.hasRows(k) {
			return true
		}
	}
	return false
}
