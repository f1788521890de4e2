package main

import (
	"fmt"
	"strings"
)

// Colours of the letter.
const (
	ink    = "1F2937" // text
	soft   = "6B7280" // what stands back
	accent = "1B4B7A" // title, rules, totals
	pale   = "EEF3F8" // ground of boxes
	rule   = "D3DCE6" // thin lines
)

func escaped(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// run is text with the properties of a run.
func run(s, props string) string {
	if props != "" {
		props = "<w:rPr>" + props + "</w:rPr>"
	}
	return `<w:r>` + props + `<w:t xml:space="preserve">` + escaped(s) + `</w:t></w:r>`
}

// p is a paragraph of a style with further properties.
func p(style, props string, runs ...string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + `</w:pPr>` + strings.Join(runs, "") + `</w:p>`
}

// text is a paragraph of a style and nothing else.
func text(style, s string) string { return p(style, "", run(s, "")) }

// tc is a cell: its width in twips, further properties in the order of the
// schema, its paragraphs.
func tc(width int, props string, paragraphs ...string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>`, width, props, strings.Join(paragraphs, ""))
}

// tr is a row that does not break over pages.
func tr(props string, cells ...string) string {
	return `<w:tr><w:trPr><w:cantSplit/>` + props + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`
}

// tbl is a table of fixed columns with its cell margins left, right, top and bottom.
func tbl(widths []int, borders string, margins [4]int, rows ...string) string {
	total := 0
	var grid strings.Builder
	for _, w := range widths {
		total += w
		fmt.Fprintf(&grid, `<w:gridCol w:w="%d"/>`, w)
	}
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/>%s<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="%d" w:type="dxa"/><w:left w:w="%d" w:type="dxa"/><w:bottom w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>%s</w:tblGrid>%s</w:tbl>`,
		total, borders, margins[2], margins[0], margins[3], margins[1], grid.String(), strings.Join(rows, ""))
}

func border(side, colour string, eighths int) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="%s"/>`, side, eighths, colour)
}

func shade(colour string) string {
	return `<w:shd w:val="clear" w:color="auto" w:fill="` + colour + `"/>`
}

func span(n int) string { return fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n) }

const (
	right    = `<w:jc w:val="right"/>`
	centred  = `<w:jc w:val="center"/>`
	keepNext = `<w:keepNext/>`
	middle   = `<w:vAlign w:val="center"/>`
	bottom   = `<w:vAlign w:val="bottom"/>`
)

// field is a field of Word's with the result that it shows until it is updated.
func field(code, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + code + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` + result + `</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

const emuPerMillimetre = 36000

// graphic is the picture inside a drawing.
func graphic(id int, rel string, w, h int) string {
	return fmt.Sprintf(`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="%d" name="Picture %d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`,
		id, id, rel, w*emuPerMillimetre, h*emuPerMillimetre)
}

// inline is a picture in the line, in millimetres, whose alternative text is a tag.
func inline(id int, rel, alt string, w, h int) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Picture %d" descr="%s"/><wp:cNvGraphicFramePr/>%s</wp:inline></w:drawing></w:r>`,
		w*emuPerMillimetre, h*emuPerMillimetre, id, id, escaped(alt), graphic(id, rel, w, h))
}

// behind is a picture behind the text, x and y millimetres from its column and
// paragraph.
func behind(id int, rel, alt string, w, h, x, y int) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="%d" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>%d</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV><wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="%d" name="Picture %d" descr="%s"/><wp:cNvGraphicFramePr/>%s</wp:anchor></w:drawing></w:r>`,
		id, x*emuPerMillimetre, y*emuPerMillimetre, w*emuPerMillimetre, h*emuPerMillimetre, id, id, escaped(alt), graphic(id, rel, w, h))
}
