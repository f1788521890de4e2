package main

import (
	"fmt"
	"strings"
)

// font is the face of the letter: the program's own PDF has it built in, and
// where a machine lacks it, Word takes the one that the font table names.
const font = "Noto Sans"

// styles are few and named, so that a user changes the look of the letter in
// Word in one place.
func styles(language string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:cs="%[1]s" w:eastAsia="%[1]s"/><w:color w:val="%[2]s"/><w:sz w:val="19"/><w:szCs w:val="19"/><w:lang w:val="%[3]s" w:eastAsia="%[3]s" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`, font, ink, language)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	style := func(id, name, pPr, rPr string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, pPr, rPr)
	}
	size := func(n int) string { return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, n, n) }
	colour := func(c string) string { return `<w:color w:val="` + c + `"/>` }
	space := func(before, after int) string {
		return fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d"/>`, before, after)
	}
	style("Title", "Title", keepNext+space(0, 0), `<w:b/>`+colour(accent)+size(38))
	style("Subtitle", "Subtitle", keepNext+space(0, 160), colour(soft)+size(22))
	style("Draft", "Draft Mark", space(0, 0)+right, `<w:b/>`+colour("B42318")+`<w:spacing w:val="40"/>`+size(24))
	style("Salutation", "Salutation", keepNext+space(140, 80), `<w:b/>`+size(21))
	style("BodyText", "Body Text", space(0, 120), "")
	style("Heading1", "heading 1", keepNext+`<w:keepLines/>`+space(200, 100)+`<w:outlineLvl w:val="0"/>`, `<w:b/>`+colour(accent)+size(26))
	style("Heading2", "heading 2", keepNext+`<w:keepLines/>`+space(200, 60)+`<w:outlineLvl w:val="1"/>`, `<w:b/>`+colour(accent)+size(22))
	style("Label", "Label", keepNext, colour(soft)+size(17))
	style("TableText", "Table Text", "", size(18))
	style("TableHead", "Table Head", "", `<w:b/>`+colour("FFFFFF")+size(17))
	style("TableNote", "Table Note", "", colour(soft)+size(16))
	style("TableTotal", "Table Total", "", `<w:b/>`+colour(accent)+size(21))
	style("AmountInWords", "Amount in Words", space(100, 160), `<w:i/>`)
	style("AfterTable", "After Table", `<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>`, size(8))
	style("Closing", "Closing", keepNext+space(200, 0), "")
	style("Article", "Article", keepNext+`<w:keepLines/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`+space(180, 60)+`<w:outlineLvl w:val="0"/>`, `<w:b/>`+colour(accent)+size(20))
	style("Clause", "Clause", `<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`+space(0, 60)+`<w:jc w:val="both"/>`, "")
	style("Justified", "Justified Text", space(0, 100)+`<w:jc w:val="both"/>`, "")
	style("Subject", "Subject", keepNext+space(160, 120), `<w:b/>`+colour(accent)+size(24))
	style("Small", "Small Print", space(120, 120), colour(soft)+size(17))
	style("Letterhead", "Letterhead", right, colour(soft)+size(16))
	style("Header", "header", `<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>`, colour(soft)+size(16))
	style("Footer", "footer", `<w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs>`, colour(soft)+size(15))
	return b.String()
}
