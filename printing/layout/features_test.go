package layout_test

import (
	"fmt"
	"strings"
	"testing"
)

// anchored is a box that floats over the text, at an offset in points from a
// place of the page.
func anchored(inner, wrap, hPos, vPos string, w, h int, behind int) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="1" behindDoc="%d" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>%s%s<wp:extent cx="%d" cy="%d"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:%s/><wp:docPr id="7" name="box"/><wp:cNvGraphicFramePr/><a:graphic>%s</a:graphic></wp:anchor></w:drawing></w:r>`, behind, hPos, vPos, w*12700, h*12700, wrap, inner)
}

func textBox(w, h int, content string) string {
	return fmt.Sprintf(`<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFF4CC"/></a:solidFill><a:ln w="12700"><a:solidFill><a:srgbClr val="C09000"/></a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>%s</w:txbxContent></wps:txbx><wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720"/></wps:wsp></a:graphicData>`, w*12700, h*12700, content)
}

const (
	rightOfColumn = `<wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH>`
	atParagraph   = `<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>`
)

// everything is a document with a little of all that is laid out.
func everything(t testing.TB) []byte {
	runs := `<w:p>`
	for _, s := range [][2]string{
		{`<w:b/>`, "жирний"},
		{`<w:i/>`, "курсив"},
		{`<w:u w:val="single"/>`, "підкреслений"},
		{`<w:strike/>`, "закреслений"},
		{`<w:color w:val="C00000"/>`, "червоний"},
		{`<w:highlight w:val="yellow"/>`, "маркер"},
		{`<w:caps/>`, "великі"},
		{`<w:smallCaps/>`, "Малі Великі"},
		{`<w:spacing w:val="40"/>`, "розріджений"},
		{`<w:w w:val="150"/>`, "широкий"},
		{`<w:sz w:val="32"/>`, "більший"},
		{`<w:vanish/>`, "невидимий"},
	} {
		runs += `<w:r><w:rPr>` + s[0] + `</w:rPr><w:t xml:space="preserve">` + s[1] + ` </w:t></w:r>`
	}
	runs += `<w:r><w:t>H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t xml:space="preserve">O і м</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`
	tabs := `<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="center" w:pos="5000"/><w:tab w:val="right" w:pos="9300"/></w:tabs></w:pPr><w:r><w:t>Ліво</w:t><w:tab/><w:t>табуляція</w:t><w:tab/><w:t>центр</w:t><w:tab/><w:t>право</w:t></w:r></w:p>`
	list := ""
	for i, s := range []string{"Перший", "Другий", "Другий-перший", "Другий-другий", "Третій"} {
		level := 0
		if i == 2 || i == 3 {
			level = 1
		}
		list += para(fmt.Sprintf(`<w:pStyle w:val="List"/><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>`, level), s)
	}
	list += para(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>`, "Знову перший")
	nested := `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="3000" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="1500"/><w:gridCol w:w="1500"/></w:tblGrid><w:tr>` + cellOf(1500, "", para("", "вкладена")) + cellOf(1500, "", para("", "таблиця")) + `</w:tr></w:tbl>` + para("", "")
	table := `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="9300" w:type="dxa"/><w:jc w:val="center"/></w:tblPr><w:tblGrid><w:gridCol w:w="2300"/><w:gridCol w:w="3500"/><w:gridCol w:w="3500"/></w:tblGrid>` +
		`<w:tr><w:trPr><w:trHeight w:val="700"/></w:trPr>` + cellOf(2300, `<w:vMerge w:val="restart"/><w:shd w:val="clear" w:fill="E2EFDA"/><w:vAlign w:val="center"/>`, para(`<w:jc w:val="center"/>`, "Об’єднано вниз")) + cellOf(7000, `<w:gridSpan w:val="2"/><w:vAlign w:val="bottom"/>`, para("", "Об’єднано вбік, притиснуто донизу")) + `</w:tr>` +
		`<w:tr>` + cellOf(2300, `<w:vMerge/>`, para("", "")) + cellOf(3500, `<w:tcBorders><w:top w:val="double" w:sz="6" w:color="C00000"/><w:bottom w:val="dashed" w:sz="8" w:color="0000C0"/></w:tcBorders>`, para("", "Свої межі")) + cellOf(3500, "", nested) + `</w:tr></w:tbl>`
	frame := `<w:pBdr><w:top w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:left w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:bottom w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:right w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/></w:pBdr><w:shd w:val="clear" w:fill="EEF3FA"/><w:ind w:left="300" w:right="300"/>`
	p := parts{
		numbering: plainNumbering,
		settings:  `<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`,
		footnotes: `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Текст виноски внизу сторінки.</w:t></w:r></w:p></w:footnote>`,
		first:     para("", "Колонтитул першої сторінки"),
		header:    para("", "Звичайний колонтитул"),
		links:     imageRel("rIdP", "media/p.png") + imageRel("rIdJ", "media/j.jpeg") + `<Relationship Id="rIdU" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://ugoda.example/" TargetMode="External"/>`,
		files:     map[string][]byte{"word/media/p.png": pngOf(t, logo(120, 80, true)), "word/media/j.jpeg": jpegOf(t, logo(120, 80, false))},
	}
	p.body = styled("Heading1", "Усе потроху") + runs + tabs + list +
		`<w:p>` + anchored(textBox(150, 60, para(`<w:spacing w:after="0"/>`, "Текстове поле праворуч")), `wrapSquare wrapText="bothSides"`, rightOfColumn, atParagraph, 150, 60, 0) + `<w:r><w:t xml:space="preserve">` + lorem + lorem + `</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r></w:p>` +
		para(frame, "Абзац у рамці з тлом. "+lorem) + table +
		`<w:p><w:pPr><w:spacing w:before="240"/></w:pPr>` + inlinePicture("rIdP", 1524000, 1016000) + `<w:r><w:t xml:space="preserve"> і поруч </w:t></w:r>` + inlinePicture("rIdJ", 762000, 508000) + `<w:hyperlink r:id="rIdU"><w:r><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr><w:t>посилання</w:t></w:r></w:hyperlink></w:p>` +
		para(`<w:ind w:left="1000" w:hanging="1000"/><w:spacing w:line="480" w:lineRule="auto"/>`, "Виступ і подвійний інтервал. "+lorem) +
		`<w:p><w:r><w:br w:type="page"/></w:r><w:r><w:t>Після розриву сторінки</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:sectPr>` + plainSection + `</w:sectPr></w:pPr></w:p>` +
		strings.Repeat(para(`<w:jc w:val="both"/>`, lorem+lorem), 5)
	p.sect = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="850" w:header="567" w:footer="567" w:gutter="0"/><w:cols w:num="2" w:space="567"/>`
	return p.build(t)
}
