package layout_test

import (
	"fmt"
	"image"
	"math"
	"slices"
	"strings"
	"testing"

	"ugoda/printing/font"
	"ugoda/printing/layout"
)

const (
	// A line that Word draws over the text, from margin to margin.
	drawnLine = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="4294967295" distB="4294967295" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>1188000</wp:posOffset></wp:positionV><wp:extent cx="5940000" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="11" name="line"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5940000" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="19050"><a:solidFill><a:srgbClr val="C00000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`

	tableStyles = `<w:style w:type="table" w:styleId="Roomy"><w:name w:val="Roomy"/><w:basedOn w:val="Grid"/><w:pPr><w:spacing w:before="80" w:after="80" w:line="288" w:lineRule="auto"/><w:jc w:val="right"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblCellMar><w:left w:w="170" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="firstCol"><w:pPr><w:jc w:val="left"/></w:pPr><w:rPr><w:b/></w:rPr></w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>`

	noteStyle = `<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`

	tocStyles = `<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="left" w:pos="440"/><w:tab w:val="right" w:leader="dot" w:pos="9345"/></w:tabs><w:spacing w:after="100"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="TOC2"><w:name w:val="toc 2"/><w:basedOn w:val="Normal"/><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9345"/></w:tabs><w:spacing w:after="100"/><w:ind w:left="220"/></w:pPr></w:style>`
)

// commas is the document whose numbers are aligned at commas.
const commas = "decimal and bar tabs"

// tracked is what Word leaves in a file that several people edited: what was
// put in and taken out, and comments.
const tracked = `<w:p><w:pPr><w:jc w:val="both"/><w:rPr><w:ins w:id="90" w:author="О. К." w:date="2026-03-02T10:00:00Z"/></w:rPr></w:pPr><w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">Строк поставки становить </w:t></w:r><w:del w:id="91" w:author="О. К." w:date="2026-03-02T10:00:00Z"><w:r><w:delText xml:space="preserve">десять </w:delText></w:r></w:del><w:ins w:id="92" w:author="О. К." w:date="2026-03-02T10:00:00Z"><w:r><w:t xml:space="preserve">чотирнадцять </w:t></w:r></w:ins><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:noProof/><w:lang w:val="uk-UA"/></w:rPr><w:t xml:space="preserve">календарних днів від дня оплати. </w:t></w:r><w:proofErr w:type="spellEnd"/><w:moveFrom w:id="93" w:author="О. К." w:date="2026-03-02T10:00:00Z"><w:r><w:t>Пересунуте звідси. </w:t></w:r></w:moveFrom><w:bookmarkStart w:id="5" w:name="_GoBack"/><w:bookmarkEnd w:id="5"/><w:moveTo w:id="94" w:author="О. К." w:date="2026-03-02T10:00:00Z"><w:r><w:t>Пересунуте сюди.</w:t></w:r></w:moveTo></w:p>`

// realistic are templates as users make them in Word, and the parts of it that
// office suites are known to differ in.
func realistic(t testing.TB, doc func(parts) []byte) map[string][]byte {
	out := map[string][]byte{}
	noBorders := `<w:tblBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/><w:insideH w:val="nil"/><w:insideV w:val="nil"/></w:tblBorders>`

	// A letterhead in two columns, the logo at the right edge, a line below; the
	// first page differs, odd and even pages do too.
	plainHead := func(text string) string {
		return `<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr><w:tabs><w:tab w:val="center" w:pos="4677"/><w:tab w:val="right" w:pos="9355"/></w:tabs><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>` + runOf(`<w:smallCaps/><w:color w:val="7F7F7F"/>`, text) + `<w:r><w:tab/></w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE   \* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:noProof/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
	}
	out["two-column letterhead"] = doc(parts{
		settings: `<w:evenAndOddHeaders/><w:autoHyphenation w:val="0"/>` + modernWord,
		first: `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>` + noBorders + `<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid><w:gridCol w:w="4672"/><w:gridCol w:w="4673"/></w:tblGrid>` + rowOf("",
			cellOf(4672, "", para(`<w:spacing w:after="0"/>`, "Товариство з обмеженою відповідальністю")+`<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>`+runOf(`<w:b/><w:sz w:val="26"/><w:color w:val="C00000"/>`, "«Подільський млин»")+`</w:p>`),
			cellOf(4673, "", para(`<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>`, "")+para(`<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:right="1700"/><w:jc w:val="right"/>`, "вул. Проскурівська, 12, тел. (0382) 65-00-00"))) + `</w:tbl><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>` +
			anchored(pictureOf("rIdP", 80, 50), "wrapNone", `<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>`, `<wp:positionV relativeFrom="page"><wp:posOffset>450000</wp:posOffset></wp:positionV>`, 80, 50, 1) + drawnLine + `</w:p>`,
		header: plainHead("ТОВ «Подільський млин»"),
		more:   [][3]string{{"header", "header5.xml", plainHead("Комерційна пропозиція")}},
		body: para(`<w:spacing w:before="240"/><w:ind w:left="4820"/>`, "Директору ТОВ «Карпати-Буд» Андрію Мельнику") +
			styled("Heading1", "Комерційна пропозиція") +
			`<w:sdt><w:sdtPr><w:alias w:val="Вступ"/><w:tag w:val="intro"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + para(`<w:ind w:firstLine="709" w:right="567"/><w:jc w:val="both"/>`, ukText+enText) + `</w:sdtContent></w:sdt>` +
			para(`<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="C00000"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FBE9E7"/><w:ind w:left="567" w:right="567"/>`, ukText) +
			strings.Repeat(para(`<w:ind w:firstLine="709"/><w:jc w:val="both"/>`, enText+ukText+ukText), 9) + para(`<w:keepNext/><w:spacing w:before="360"/>`, "З повагою,") + para(`<w:keepLines/>`, "комерційний директор"),
		sect: `<w:headerReference w:type="even" r:id="relheader5xml"/>` + plainSection,
	})

	// A price list on its side: two rows repeat on each page, one is merged; cells
	// that are written upwards; widths in percent; no row splits.
	upwards := `<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>`
	center := `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`
	share := func(w int, pr, content string) string {
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="pct"/>%s</w:tcPr>%s</w:tc>`, w, pr, content)
	}
	prices := rowOf(`<w:cantSplit/><w:trHeight w:val="340"/><w:tblHeader/>`,
		share(300, `<w:vMerge w:val="restart"/>`+upwards, para(center+`<w:ind w:left="113" w:right="113"/>`, "Група")), share(2200, `<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>`, para(center, "Найменування")), share(1800, `<w:gridSpan w:val="3"/>`, para(center, "Ціна за кількість, грн")), share(700, `<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>`, para(center, "Наявність"))) +
		rowOf(`<w:cantSplit/><w:trHeight w:val="700"/><w:tblHeader/>`, share(300, `<w:vMerge/>`, para(center, "")), share(2200, `<w:vMerge/>`, para(center, "")), share(600, "", para(center, "1–9")), share(600, "", para(center, "10–99")), share(600, "", para(center, "від 100")), share(700, `<w:vMerge/>`, para(center, "")))
	for i := range 30 {
		const downwards = `<w:textDirection w:val="tbRl"/>`
		group := share(300, `<w:vMerge/>`, para(center, ""))
		if i%10 == 0 {
			group = share(300, `<w:vMerge w:val="restart"/>`+downwards, para(`<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="113" w:right="113"/>`, []string{"Насоси", "Котли", "Труби"}[i/10]))
		}
		name := fmt.Sprintf("Насос циркуляційний %d/60, фланцевий, з мокрим ротором", 20+i)
		if i%4 == 1 {
			name += ", підключення різьбове, у комплекті гайки та прокладки, кабель живлення 1,5 м, паспорт українською мовою"
		}
		right := `<w:spacing w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>`
		prices += rowOf(`<w:cantSplit/>`, group, share(2200, "", para(`<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`, name)), share(600, "", para(right, fmt.Sprintf("%d 450,00", 12+i))), share(600, "", para(right, fmt.Sprintf("%d 120,50", 11+i))), share(600, "", para(right, fmt.Sprintf("%d 900,00", 10+i))), share(700, `<w:shd w:val="clear" w:color="auto" w:fill="E2EFDA"/>`, para(center, "є на складі")))
	}
	out["price list"] = doc(parts{
		body:   styled("Heading1", "Прайс-лист") + `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="874"/><w:gridCol w:w="6410"/><w:gridCol w:w="1748"/><w:gridCol w:w="1748"/><w:gridCol w:w="1748"/><w:gridCol w:w="2040"/></w:tblGrid>` + prices + `</w:tbl>` + para("", ""),
		footer: `<w:p><w:pPr><w:jc w:val="right"/></w:pPr>` + pageOfY + `</w:p>`,
		sect:   `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="850" w:left="1134" w:header="567" w:footer="400" w:gutter="0"/>`,
	})

	// A contract with its contents: a field of Word's with leaders and numbers of
	// pages, lists of several levels that begin anew.
	toc := ""
	for i, s := range []string{"ПРЕДМЕТ ДОГОВОРУ", "ЦІНА ТА ПОРЯДОК РОЗРАХУНКІВ", "ПОСТАВКА"} {
		begin := ""
		if i == 0 {
			begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
		}
		toc += `<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>` + begin + fmt.Sprintf(`<w:hyperlink w:anchor="_Toc%d" w:history="1"><w:r><w:t>%d.</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>%s</w:t></w:r><w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF _Toc%d \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>%d</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink></w:p>`, i, i+1, s, i, i+1)
	}
	toc += `<w:p><w:pPr><w:pStyle w:val="TOC2"/></w:pPr><w:r><w:t>Додаток. Специфікація</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>4</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
	clauses := ""
	for i := range 3 {
		clauses += fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:bookmarkStart w:id="%d" w:name="_Toc%d"/><w:r><w:t>Розділ про важливе</w:t></w:r><w:bookmarkEnd w:id="%d"/></w:p>`, 20+i, i, 20+i)
		for k := range 4 {
			clauses += styled("Clause", []string{ukText, enText, ukText + enText, enText + ukText}[k]) + listed(1, 2, "перше") + listed(1, 2, "друге, "+enText)
		}
	}
	clauses += para("", "Новий лік:") + listed(4, 2, "знову перше") + listed(4, 2, "знову друге") + listed(5, 0, "десятий") + listed(5, 0, "одинадцятий") + listed(5, 1, "вкладений літерами") + listed(5, 0, "дванадцятий")
	out["contents and lists"] = doc(parts{
		styles:    plainStyles + clauseStyle + tocStyles,
		numbering: strings.Replace(numberedText, `<w:num w:numId="1">`, `<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="10"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:b/></w:rPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%2)"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="1440"/></w:tabs><w:ind w:left="1440" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1">`, 1) + `<w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num>`,
		body:      styled("Title", "ДОГОВІР ПОСТАВКИ") + toc + clauses,
		footer:    `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + pageOfY + `</w:p>`,
	})

	// Signs of symbol fonts: bullets, boxes to tick, arrows.
	signs := strings.Replace(numberedText, `<w:num w:numId="1">`, `<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0D8;"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New" w:hint="default"/></w:rPr></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A7;"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="2160" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr></w:lvl></w:abstractNum><w:num w:numId="1">`, 1) + `<w:num w:numId="6"><w:abstractNumId w:val="8"/></w:num>`
	sym := func(font, char string) string {
		return `<w:r><w:sym w:font="` + font + `" w:char="` + char + `"/></w:r>`
	}
	out["symbols"] = doc(parts{
		numbering: signs,
		body: styled("Heading1", "Що ви отримаєте") + listed(6, 0, "Доставку до об’єкта. "+ukText) + listed(6, 1, "розвантаження") + listed(6, 2, "краном-маніпулятором. "+enText) + listed(6, 0, "Монтаж") +
			`<w:p>` + sym("Wingdings", "F0FE") + runOf("", " оплачено, ") + sym("Wingdings", "F0A8") + runOf("", " не оплачено, ") + sym("Wingdings", "F028") + runOf("", " (0382) 65-00-00, ") + sym("Wingdings", "F02A") + runOf("", " office@mlyn.example, ") + sym("Symbol", "F0B0") + runOf("", "C. ") + runOf(`<w:highlight w:val="yellow"/>`, "Позначене маркером, ") + runOf(`<w:smallCaps/>`, "Малими Великими, ") + runOf(`<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>`, "на тлі.") + `</w:p>` +
			para("", ukText),
	})

	// Distances between an object and the text around it, as Word sets them.
	dist := func(side string) string {
		return `<wp:positionH relativeFrom="column"><wp:posOffset>` + side + `</wp:posOffset></wp:positionH>`
	}
	out["distances"] = doc(parts{body: styled("Heading1", "Відстані до тексту") +
		`<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + anchored(pictureOf("rIdP", 150, 100), `wrapSquare wrapText="bothSides"`, dist("0"), atParagraph, 150, 100, 0) + runOf("", ukText+ukText+enText+ukText) + `</w:p>` +
		`<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + anchored(textBox(150, 80, para(`<w:spacing w:after="0"/>`, "Поле з текстом праворуч")), `wrapSquare wrapText="bothSides"`, dist("4000000"), atParagraph, 150, 80, 0) + runOf("", enText+ukText+enText) + `</w:p>` +
		para("", enText)})

	// Decimal tabs with commas, bars between columns, leaders of each kind.
	tabbed := func(tabs string, lines ...string) string {
		body := ""
		for _, l := range lines {
			body += para(`<w:tabs>`+tabs+`</w:tabs><w:spacing w:after="0"/>`, strings.ReplaceAll(l, "|", `</w:t><w:tab/><w:t xml:space="preserve">`))
		}
		return body
	}
	// (LibreOffice takes the comma from its own language, ends a number at a
	// space, and stops at a bar: here none stands in the way.)
	out[commas] = doc(parts{
		settings: `<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>` + modernWord,
		body: styled("Heading1", "Технічні дані") + tabbed(`<w:tab w:val="decimal" w:pos="4000"/><w:tab w:val="left" w:pos="5100"/><w:tab w:val="bar" w:pos="7000"/>`, "Довжина|12,5|м", "Ширина|1234,25|мм", "Висота|7|см", "Вага|0,125|тонни", "Тиск|1600,00|кПа", "Ціна|12450,00\u00a0грн|за одиницю") +
			para("", "") + tabbed(`<w:tab w:val="right" w:leader="dot" w:pos="9000"/>`, "Насос|12 450,00", "Монтаж і пусконалагодження|900,00") + tabbed(`<w:tab w:val="left" w:leader="underscore" w:pos="4000"/><w:tab w:val="left" w:pos="4300"/><w:tab w:val="left" w:leader="middleDot" w:pos="8000"/>`, "|Підпис|", "Коваленко||далі") + para("", ukText),
	})

	// What a table's style says of its paragraphs comes before their own style's
	// defaults; tables at the right, in the middle and indented, as wide as their text.
	cells := func(texts ...string) []string {
		var out []string
		for _, s := range texts {
			out = append(out, `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr><w:p><w:r><w:t>`+s+`</w:t></w:r></w:p></w:tc>`)
		}
		return out
	}
	roomy := func(pr string, width string) string {
		return `<w:tbl><w:tblPr><w:tblStyle w:val="Roomy"/>` + width + pr + `<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="1500"/><w:gridCol w:w="1800"/></w:tblGrid>` +
			rowOf("", cells("Найменування", "К-сть", "Сума, грн")...) + rowOf("", cells("Насос циркуляційний", "2", "24 900,00")...) + rowOf("", cells("Монтаж", "1", "900,00")...) + `</w:tbl>`
	}
	out["table styles"] = doc(parts{
		styles: plainStyles + clauseStyle + tableStyles,
		body: para("", ukText) + roomy("", `<w:tblW w:w="5000" w:type="pct"/>`) + para(`<w:spacing w:before="120"/>`, enText) + roomy(`<w:jc w:val="right"/>`, `<w:tblW w:w="6300" w:type="dxa"/>`) + para(`<w:spacing w:before="120"/>`, enText) + roomy(`<w:tblInd w:w="1200" w:type="dxa"/>`, `<w:tblW w:w="6300" w:type="dxa"/>`) + para(`<w:spacing w:before="120"/>`, ukText) +
			roomy(`<w:jc w:val="center"/>`, `<w:tblW w:w="3000" w:type="pct"/>`) + para("", enText),
	})

	// Notes whose numbers are raised by a style, as Word writes them.
	notes := `<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`
	noted := styled("Heading1", "Виноски")
	for i := range 4 {
		notes += fmt.Sprintf(`<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Ціни дійсні %d днів. %s</w:t></w:r></w:p></w:footnote>`, i+1, 10+i, enText)
		noted += `<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + runOf("", ukText+"Ціна") + fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, i+1) + runOf("", " незмінна. "+enText) + `</w:p>`
	}
	out["raised notes"] = doc(parts{styles: plainStyles + clauseStyle + noteStyle, body: noted, footnotes: notes})
	return out
}

// Numbers are aligned at the comma where the document says that it is the sign
// of decimals.
func TestDecimalCommas(t *testing.T) {
	t.Setenv("LC_ALL", "uk_UA.UTF-8")
	document := suite(t)[commas]
	theirs := converted(t, map[string][]byte{commas: document})[commas]
	agree(t, lay(t, document, layout.Options{FontDirs: font.Folders()}).PDF, theirs)
}

// A bar stands in every line and stops nothing.
func TestBarTabs(t *testing.T) {
	tabs := func(list string) []byte {
		return parts{body: para(`<w:tabs>`+list+`</w:tabs>`, `Насос</w:t><w:tab/><w:t>далі`)}.build(t)
	}
	const stop, bar = `<w:tab w:val="left" w:pos="5000"/>`, `<w:tab w:val="bar" w:pos="3000"/>`
	without, with := tabs(stop), tabs(bar+stop)
	a, b := read(t, lay(t, without, layout.Options{}).PDF), read(t, lay(t, with, layout.Options{}).PDF)
	if len(a) != 2 || len(b) != 2 || math.Abs(a[1].xMin-b[1].xMin) > 0.1 {
		t.Errorf("%v %v", a, b)
	}
	img, plain := drawn(t, laid(t, with, layout.Options{}), 0, 2), drawn(t, laid(t, without, layout.Options{}), 0, 2)
	x, y := 470, 125 // 150 points behind the margin, in the first line
	dark := func(img *image.RGBA) bool {
		for dx := -2; dx <= 2; dx++ {
			if r, _, _, _ := img.At(x+dx, y).RGBA(); r < 0x8000 {
				return true
			}
		}
		return false
	}
	if !dark(img) || dark(plain) {
		t.Error("the bar is not drawn, or something else is")
	}
}

// What Word keeps of those who edited a template is named, and does not print.
func TestTrackedChangesAreNamed(t *testing.T) {
	document := parts{body: tracked}.build(t)
	r := lay(t, document, layout.Options{})
	var keys []string
	for _, u := range r.Unsupported {
		keys = append(keys, strings.TrimPrefix(u.Key, "layout.unsupported."))
	}
	slices.Sort(keys)
	if strings.Join(keys, " ") != "comments tracked_changes" {
		t.Errorf("%v", keys)
	}
	var words []string
	for _, w := range read(t, r.PDF) {
		words = append(words, w.text)
	}
	if got := strings.Join(words, " "); got != "Строк поставки становить чотирнадцять календарних днів від дня оплати. Пересунуте сюди." {
		t.Errorf("%s", got)
	}
}

// Directions that only other writings have are named; text that is turned is
// drawn as the PDF shows it.
func TestTurnedText(t *testing.T) {
	cell := func(direction string) []byte {
		return parts{body: tableOf("Grid", "", []int{800, 4000}, rowOf(`<w:trHeight w:val="1400"/>`, cellOf(800, `<w:textDirection w:val="`+direction+`"/>`, para("", "Насоси і котли")), cellOf(4000, "", para("", "звичайно")))) + para("", "")}.build(t)
	}
	for _, direction := range []string{"btLr", "tbRl"} {
		l := laid(t, cell(direction), layout.Options{})
		r, err := l.PDF(t.Context())
		if err != nil || len(r.Unsupported) != 0 {
			t.Fatal(err, r.Unsupported)
		}
		a, b := blocks(drawn(t, l, 0, 1), 12), blocks(seen(t, r.PDF, 72)[0], 12)
		for i := range a {
			for c := range 3 {
				if d := math.Abs(a[i][c] - b[i][c]); d > 60 {
					t.Fatalf("%s: square %d is %v, in the PDF %v", direction, i, a[i], b[i])
				}
			}
		}
	}
	if r := lay(t, cell("tbLr"), layout.Options{}); len(r.Unsupported) != 1 {
		t.Errorf("%v", r.Unsupported)
	}
}

// pictureOf is a picture of a related part, in points.
func pictureOf(id string, w, h int) string {
	return fmt.Sprintf(`<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>`, id, w*12700, h*12700)
}
