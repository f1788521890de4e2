package docx

import "github.com/beevik/etree"

// sharing tells how much of an element a filled document may take as it is.
// Filling copies only what it has to change: tags, ranges, identifiers.
type sharing struct {
	fixed  bool // nothing below depends on data
	unique bool // something below must not stand twice in a document
	size   int  // elements, this one counted
}

// sharings looks at every element below root.
func sharings(root *etree.Element, w string) map[*etree.Element]sharing {
	out := map[*etree.Element]sharing{}
	var look func(e *etree.Element) sharing
	look = func(e *etree.Element) sharing {
		s := sharing{fixed: e.Space != ours, size: 1}
		for _, a := range e.Attr {
			switch {
			case a.Space == ours:
				s.fixed = false
			case a.Key == "paraId" || a.Key == "textId":
				s.unique = true
			}
		}
		switch e.Tag {
		case "docPr":
			s.unique = true
		case "footnoteReference", "endnoteReference":
			s.fixed = false
		case "id":
			s.unique = e.Parent() != nil && e.Parent().Tag == "sdtPr"
		}
		if e.Space == w && rangeMarkup(e) {
			s.fixed = false
		}
		for _, t := range e.Child {
			if k, ok := t.(*etree.Element); ok {
				below := look(k)
				s.fixed = s.fixed && below.fixed
				s.unique = s.unique || below.unique
				s.size += below.size
			}
		}
		out[e] = s
		return s
	}
	look(root)
	return out
}

// etreeAttr makes an attribute of ours.
func etreeAttr(key, value string) etree.Attr { return etree.Attr{Space: ours, Key: key, Value: value} }
