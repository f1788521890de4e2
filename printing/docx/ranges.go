package docx

import (
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// rangeEnd is the beginning or the end of a range in the filled part.
type rangeEnd struct{ parent, el *etree.Element }

// pruneRanges takes out beginnings without an end, and ends without a
// beginning: a section that printed nothing may have held the other half.
func (b *builder) pruneRanges() {
	type key struct{ family, id string }
	of := func(r rangeEnd) key {
		return key{strings.TrimSuffix(strings.TrimSuffix(r.el.Tag, "Start"), "End"), attr(r.el, "id")}
	}
	begins, ends := map[key]bool{}, map[key]bool{}
	for _, r := range b.ranges {
		if strings.HasSuffix(r.el.Tag, "Start") {
			begins[of(r)] = true
		} else {
			ends[of(r)] = true
		}
	}
	for _, r := range b.ranges {
		if k := of(r); begins[k] && ends[k] {
			continue
		}
		if i := slices.Index(r.parent.Child, etree.Token(r.el)); i >= 0 {
			r.parent.Child = slices.Delete(r.parent.Child, i, i+1)
		}
	}
}
