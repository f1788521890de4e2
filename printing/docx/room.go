package docx

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// page is the size of the text on a page, in EMU; 0 when it is not known.
type page struct{ width, height int64 }

// pageOf reads the last section of a document (ECMA-376 part 1, §17.6.13).
func pageOf(root *etree.Element) page {
	var p page
	var sections func(e *etree.Element)
	sections = func(e *etree.Element) {
		if e.Tag == "sectPr" {
			size, margin := childNamed(e, "pgSz"), childNamed(e, "pgMar")
			if size != nil && margin != nil {
				p.width = (twips(size, "w") - twips(margin, "left") - twips(margin, "right")) * emuPerTwip
				p.height = (twips(size, "h") - abs(twips(margin, "top")) - abs(twips(margin, "bottom"))) * emuPerTwip
			}
			return
		}
		for _, t := range e.Child {
			if k, ok := t.(*etree.Element); ok {
				sections(k)
			}
		}
	}
	sections(root)
	if p.width < 0 || p.height < 0 {
		return page{}
	}
	return p
}

func childNamed(e *etree.Element, tag string) *etree.Element {
	if e == nil {
		return nil
	}
	for _, t := range e.Child {
		if k, ok := t.(*etree.Element); ok && k.Tag == tag {
			return k
		}
	}
	return nil
}

func abs(n int64) int64 { return max(n, -n) }

// twips reads a measure; 0 when there is none.
func twips(e *etree.Element, key string) int64 {
	s := strings.TrimSpace(attr(e, key))
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n > -1e6 && n < 1e6) {
		return 0
	}
	return int64(n)
}

// room gives what a picture may take in a cell, or on the page where there is
// none.
func (c *compiler) room(cell *etree.Element) (width, height int64) {
	if cell == nil {
		return c.page.width, c.page.height
	}
	const margins = 216 // twips: those of Word's own table style, left and right
	if w := childNamed(childNamed(cell, "tcPr"), "tcW"); w != nil && (attr(w, "type") == "dxa" || attr(w, "type") == "") {
		width = twips(w, "w")
	}
	row := ancestor(cell, func(e *etree.Element) bool { return c.is(e, "tr") })
	if width == 0 && row != nil {
		width = c.gridWidth(row, cell)
	}
	if row != nil {
		if h := childNamed(childNamed(row, "trPr"), "trHeight"); h != nil && attr(h, "hRule") == "exact" {
			height = twips(h, "val")
		}
	}
	if width > margins {
		width -= margins
	}
	if height == 0 {
		return width * emuPerTwip, c.page.height
	}
	return width * emuPerTwip, height * emuPerTwip
}

// gridWidth adds the columns of the table's grid that a cell covers.
func (c *compiler) gridWidth(row, cell *etree.Element) int64 {
	table := ancestor(row, func(e *etree.Element) bool { return c.is(e, "tbl") })
	if table == nil {
		return 0
	}
	var columns []int64
	if grid := childNamed(table, "tblGrid"); grid != nil {
		for _, k := range grid.ChildElements() {
			columns = append(columns, twips(k, "w"))
		}
	}
	at := 0
	for _, k := range row.ChildElements() {
		if k.Tag != "tc" {
			continue
		}
		span := 1
		if g := childNamed(childNamed(k, "tcPr"), "gridSpan"); g != nil {
			span = int(max(1, min(twips(g, "val"), 64)))
		}
		if k == cell {
			var sum int64
			for i := at; i < at+span && i < len(columns); i++ {
				sum += columns[i]
			}
			return sum
		}
		at += span
	}
	return 0
}
