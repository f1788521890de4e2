package layout_test

import (
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ugoda/printing/convert"
	"ugoda/printing/font"
	"ugoda/printing/layout"
	"ugoda/scripts/needs"
)

// The texts of the templates: long enough to run over lines and pages.
const (
	ukText = "Постачальник зобов’язується передати у власність Покупця обладнання, а Покупець зобов’язується прийняти його та сплатити його вартість на умовах, визначених цим Договором. Кількість, асортимент і ціна кожної одиниці обладнання наведені у специфікації, яка є невід’ємною частиною Договору. "
	enText = "The supplier shall deliver the equipment free of any third-party rights, in the packaging of the manufacturer, together with the documents that are needed for customs clearance, commissioning and everyday operation at the customer’s premises. "
)

const (
	numberedText = `<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="432" w:hanging="432"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Clause"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="576" w:hanging="576"/></w:pPr></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1000" w:hanging="400"/></w:pPr></w:lvl><w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%4)"/><w:lvlJc w:val="right"/><w:pPr><w:ind w:left="1600" w:hanging="180"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1200" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="upperRoman"/><w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="300"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`

	clauseStyle = `<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/></w:pBdr><w:spacing w:after="300" w:line="240" w:lineRule="auto"/><w:contextualSpacing/></w:pPr><w:rPr><w:color w:val="17365D"/><w:spacing w:val="5"/><w:sz w:val="52"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="567" w:right="567"/></w:pPr><w:rPr><w:i/><w:color w:val="404040"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Banded"><w:name w:val="Banded"/><w:basedOn w:val="Grid"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblStyleRowBandSize w:val="1"/></w:tblPr><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F2F7FC"/></w:tcPr></w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top w:val="double" w:sz="4" w:space="0" w:color="7F7F7F"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>`

	modernWord = `<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`
	pageOfY    = `<w:r><w:t xml:space="preserve">Сторінка </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>9</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> з </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>`
)

func listed(list, level int, text string) string {
	return para(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list), text)
}

func runOf(rPr, text string) string {
	return `<w:r><w:rPr>` + rPr + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// tableOf is a table in the grid style: columns in twips, rows ready.
func tableOf(style, pr string, columns []int, rows ...string) string {
	var b strings.Builder
	sum := 0
	for _, w := range columns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
		sum += w
	}
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/>%s</w:tblPr><w:tblGrid>%s</w:tblGrid>%s</w:tbl>`, style, sum, pr, b.String(), strings.Join(rows, ""))
}

func rowOf(pr string, cells ...string) string {
	return `<w:tr><w:trPr>` + pr + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`
}

// suite are documents like those that firms have, each with the parts of Word
// that it is named after.
func suite(t testing.TB) map[string][]byte {
	pictures := map[string][]byte{
		"word/media/p.png": pngOf(t, logo(120, 80, true)), "word/media/j.jpeg": jpegOf(t, logo(120, 80, false)),
	}
	rels := imageRel("rIdP", "media/p.png") + imageRel("rIdJ", "media/j.jpeg") +
		`<Relationship Id="rIdU" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://ugoda.example/" TargetMode="External"/>`
	edgeRels := []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels + `</Relationships>`)
	doc := func(p parts) []byte {
		if p.styles == "" {
			p.styles = plainStyles + clauseStyle
		}
		if p.numbering == "" {
			p.numbering = numberedText
		}
		if p.settings == "" {
			p.settings = modernWord
		}
		p.links += rels
		files := map[string][]byte{"word/_rels/header1.xml.rels": edgeRels, "word/_rels/header2.xml.rels": edgeRels}
		for k, v := range pictures {
			files[k] = v
		}
		p.files = files
		return p.build(t)
	}
	simple := func(body string) []byte { return doc(parts{body: body}) }
	out := map[string][]byte{}

	out["letter"] = doc(parts{
		header: `<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="1F4E79"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="9355"/></w:tabs><w:spacing w:after="0"/></w:pPr>` + inlinePicture("rIdP", 1143000, 762000) + `<w:r><w:tab/></w:r>` + runOf(`<w:b/><w:sz w:val="28"/>`, "ТОВ «Подільський млин»") + `</w:p>` + para(`<w:spacing w:after="0"/><w:jc w:val="right"/>`, "29000, м. Хмельницький, вул. Проскурівська, 12"),
		footer: `<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="7F7F7F"/></w:pBdr><w:jc w:val="center"/><w:spacing w:after="0"/></w:pPr>` + pageOfY + `</w:p>`,
		body: styled("Title", "Пропозиція про співпрацю") + para(`<w:jc w:val="right"/>`, "Генеральному директору ТОВ «Карпати-Буд» Андрію Петровичу Мельнику") +
			para(`<w:ind w:firstLine="567"/><w:jc w:val="both"/>`, ukText+ukText) + styled("Quote", enText) +
			strings.Repeat(para(`<w:ind w:firstLine="567"/><w:jc w:val="both"/>`, ukText+enText), 7) +
			para(`<w:keepNext/><w:tabs><w:tab w:val="left" w:pos="3969"/><w:tab w:val="right" w:pos="9355"/></w:tabs><w:spacing w:before="600"/>`, `З повагою,</w:t><w:br/><w:t>директор</w:t><w:tab/><w:t>____________</w:t><w:tab/><w:t>О. М. Коваленко`),
	})

	lists := styled("Heading1", "Переліки")
	for i := range 3 {
		lists += styled("Clause", ukText) + listed(1, 2, "перший підпункт "+enText) + listed(1, 2, "другий підпункт") + listed(1, 3, "дрібніше") + listed(1, 3, "ще дрібніше")
		lists += listed(2, 0, "монтаж і пусконалагодження") + listed(2, 1, enText) + listed(2, 1, "навчання персоналу") + listed(2, 0, "гарантійний ремонт")
		if i == 1 {
			lists += styled("Heading1", "Другий розділ") + listed(3, 0, "п’ятий за рахунком") + listed(3, 0, "шостий") + listed(4, 2, "лік починається знову")
		}
	}
	out["lists"] = doc(parts{body: strings.ReplaceAll(lists, `<w:pStyle w:val="Heading1"/>`, `<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`)})

	mid := `<w:vAlign w:val="center"/>`
	out["merged cells"] = simple(styled("Heading1", "Порівняння") +
		tableOf("Banded", `<w:tblLook w:val="0460" w:firstRow="1" w:lastRow="1" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>`, []int{2400, 1700, 1700, 1700, 1800},
			rowOf(`<w:tblHeader/>`, cellOf(2400, `<w:vMerge w:val="restart"/>`+mid, para("", "Показник")), cellOf(3400, `<w:gridSpan w:val="2"/>`, para(`<w:jc w:val="center"/>`, "Базовий")), cellOf(3500, `<w:gridSpan w:val="2"/>`, para(`<w:jc w:val="center"/>`, "Розширений"))),
			rowOf(`<w:tblHeader/>`, cellOf(2400, `<w:vMerge/>`, para("", "")), cellOf(1700, "", para("", "кількість")), cellOf(1700, "", para("", "сума")), cellOf(1700, "", para("", "кількість")), cellOf(1800, "", para("", "сума"))),
			rowOf("", cellOf(2400, `<w:vMerge w:val="restart"/><w:shd w:val="clear" w:fill="E2EFDA"/>`+mid, para("", "Насосна станція з трьома насосами")), cellOf(1700, "", para("", "1")), cellOf(1700, "", para("", "12 450,00")), cellOf(1700, "", para("", "2")), cellOf(1800, "", para("", "24 900,00"))),
			rowOf("", cellOf(2400, `<w:vMerge/>`, para("", "")), cellOf(6900, `<w:gridSpan w:val="4"/>`, para("", ukText))),
			rowOf("", cellOf(2400, `<w:vMerge/>`, para("", "")), cellOf(3400, `<w:gridSpan w:val="2"/><w:vAlign w:val="bottom"/>`, para("", "унизу")), cellOf(3500, `<w:gridSpan w:val="2"/><w:tcBorders><w:left w:val="double" w:sz="6" w:space="0" w:color="C00000"/><w:bottom w:val="dashed" w:sz="12" w:space="0" w:color="0000C0"/></w:tcBorders>`, para("", enText))),
			rowOf(`<w:trHeight w:val="800"/>`, cellOf(2400, mid, para("", "Разом")), cellOf(3400, `<w:gridSpan w:val="2"/>`+mid, para(`<w:jc w:val="right"/>`, "48 200,00")), cellOf(3500, `<w:gridSpan w:val="2"/>`+mid, para(`<w:jc w:val="right"/>`, "61 900,00")))) +
		para(`<w:spacing w:before="200"/>`, ukText) +
		tableOf("Grid", `<w:jc w:val="center"/><w:tblCellMar><w:top w:w="80" w:type="dxa"/><w:left w:w="200" w:type="dxa"/><w:bottom w:w="80" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar>`, []int{3000, 3000},
			rowOf("", cellOf(3000, "", para("", "Посередині сторінки")), cellOf(3000, "", para(`<w:jc w:val="right"/>`, "з просторими полями"))),
			rowOf(`<w:trHeight w:val="400" w:hRule="exact"/>`, cellOf(3000, "", para("", "рівно")), cellOf(3000, "", para("", "двадцять пунктів")))) +
		para("", enText))

	var rows []string
	rows = append(rows, rowOf(`<w:cantSplit/><w:tblHeader/>`, cellOf(600, "", para(`<w:jc w:val="center"/>`, "№")), cellOf(6000, "", para(`<w:jc w:val="center"/>`, "Найменування")), cellOf(2700, "", para(`<w:jc w:val="center"/>`, "Сума, грн"))))
	for i := range 34 {
		text := para("", fmt.Sprintf("Насос %d. ", i)+enText)
		pr := `<w:cantSplit/>`
		if i%9 == 8 {
			text, pr = strings.Repeat(para("", ukText+enText), 4), ""
		}
		rows = append(rows, rowOf(pr, cellOf(600, "", para("", fmt.Sprint(i+1))), cellOf(6000, "", text), cellOf(2700, "", para(`<w:jc w:val="right"/>`, fmt.Sprintf("%d 450,00", 12+i)))))
	}
	out["table over pages"] = simple(para("", ukText) + tableOf("Grid", `<w:tblLook w:val="0420" w:firstRow="1"/>`, []int{600, 6000, 2700}, rows...) + para("", enText))

	tabbed := func(tabs string, lines ...string) string {
		body := ""
		for _, l := range lines {
			body += para(`<w:tabs>`+tabs+`</w:tabs>`, strings.ReplaceAll(l, "|", `</w:t><w:tab/><w:t xml:space="preserve">`))
		}
		return body
	}
	out["tabs"] = simple(styled("Heading1", "Зміст") +
		tabbed(`<w:tab w:val="left" w:pos="567"/><w:tab w:val="right" w:leader="dot" w:pos="9355"/>`, "1.|Предмет договору|3", "2.|Ціна та порядок розрахунків|12", "3.|Відповідальність сторін, якщо поставка затримується|127") +
		tabbed(`<w:tab w:val="right" w:leader="hyphen" w:pos="9000"/>`, "Разом|1 234,50") + tabbed(`<w:tab w:val="right" w:leader="underscore" w:pos="9000"/>`, "Підпис|") +
		tabbed(`<w:tab w:val="decimal" w:pos="4000"/><w:tab w:val="center" w:pos="7000"/>`, "Довжина|12.5|м", "Ширина|1234.25|кілометрів", "Висота|7|см", "Вага|0.125|тонни") +
		tabbed("", "а|б|в|г|д", "довше слово|ще довше слово|кінець", "|з відступу|далі") +
		para(`<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs><w:ind w:left="1701" w:hanging="1701"/>`, `Предмет:</w:t><w:tab/><w:t>`+ukText) +
		para(`<w:ind w:left="720" w:hanging="720"/>`, `Б)</w:t><w:tab/><w:t>`+enText) +
		tabbed(`<w:tab w:val="left" w:pos="3000"/><w:tab w:val="left" w:pos="5000"/>`, "Директор|підпис|Коваленко"))

	// Where a box is aligned, and where text goes on below an object, that suite
	// counts the distances to the text otherwise than Word does.
	close := strings.NewReplacer(`distT="45720" distB="45720" distL="114300" distR="114300"`, `distT="0" distB="0" distL="0" distR="0"`).Replace
	const leftOfMargin = `<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>`
	out["pictures"] = simple(styled("Heading1", "Зображення") + `<w:p>` + inlinePicture("rIdP", 1524000, 1016000) + runOf("", " у рядку з текстом, а далі ще текст, який переходить на наступний рядок під зображенням, бо рядок високий. ") + inlinePicture("rIdJ", 381000, 254000) + `</w:p>` +
		`<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + anchored(pictureOf("rIdP", 150, 100), `wrapSquare wrapText="bothSides"`, rightOfColumn, atParagraph, 150, 100, 0) + runOf("", ukText+ukText+enText) + `</w:p>` +
		`<w:p>` + anchored(pictureOf("rIdJ", 120, 90), `wrapSquare wrapText="bothSides"`, leftOfMargin, atParagraph, 120, 90, 0) + runOf("", enText+enText) + `</w:p>` + para(`<w:spacing w:after="0"/>`, ukText) +
		`<w:p>` + anchored(pictureOf("rIdJ", 200, 80), `wrapTopAndBottom`, `<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>`, `<wp:positionV relativeFrom="paragraph"><wp:posOffset>127000</wp:posOffset></wp:positionV>`, 200, 80, 0) + runOf("", ukText) + `</w:p>` +
		`<w:p>` + anchored(pictureOf("rIdP", 300, 200), `wrapNone`, `<wp:positionH relativeFrom="page"><wp:posOffset>2540000</wp:posOffset></wp:positionH>`, `<wp:positionV relativeFrom="page"><wp:posOffset>7620000</wp:posOffset></wp:positionV>`, 300, 200, 1) + runOf("", ukText+enText) + `</w:p>`)

	sectionEnd := func(inner string) string { return `<w:p><w:pPr><w:sectPr>` + inner + `</w:sectPr></w:pPr></w:p>` }
	out["sections"] = doc(parts{
		settings: `<w:evenAndOddHeaders/>` + modernWord,
		header:   para(`<w:spacing w:after="0"/>`, "Непарна сторінка другого розділу"), footer: `<w:p><w:pPr><w:jc w:val="right"/></w:pPr>` + pageOfY + `</w:p>`,
		first: para(`<w:jc w:val="center"/>`, "Перша сторінка другого розділу"),
		more: [][3]string{
			{"header", "header3.xml", strings.Repeat(para(`<w:spacing w:after="0"/>`, "Високий колонтитул першого розділу"), 5)},
			{"header", "header4.xml", para("", "Парна сторінка")},
			{"footer", "footer4.xml", `<w:p>` + pageOfY + `</w:p>`},
		},
		body: styled("Heading1", "Перший розділ") + strings.Repeat(para(`<w:jc w:val="both"/>`, ukText+enText), 9) +
			sectionEnd(`<w:headerReference w:type="default" r:id="relheader3xml"/><w:headerReference w:type="even" r:id="relheader4xml"/><w:footerReference w:type="default" r:id="relfooter1xml"/><w:footerReference w:type="even" r:id="relfooter4xml"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="2268" w:header="567" w:footer="567" w:gutter="0"/>`) +
			styled("Heading1", "Другий розділ: альбомний") + strings.Repeat(para("", ukText+enText), 14),
		sect: `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1701" w:right="1134" w:bottom="850" w:left="1134" w:header="567" w:footer="400" w:gutter="0"/><w:pgNumType w:start="1"/>`,
	})

	filler := func(n int) string {
		return strings.Repeat(para(`<w:spacing w:after="0" w:line="240" w:lineRule="exact"/>`, "рядок із дванадцяти пунктів"), n)
	}
	out["keeping"] = simple(filler(57) + styled("Heading1", "Заголовок іде з текстом") + para("", ukText) + filler(50) +
		para(`<w:keepLines/>`, ukText+ukText+enText) + filler(45) + para("", ukText+enText+ukText+enText) + para(`<w:widowControl w:val="0"/>`, enText+ukText+enText+ukText) +
		para(`<w:pageBreakBefore/>`, "З нової сторінки. "+ukText) + `<w:p><w:r><w:t>До розриву</w:t><w:br w:type="page"/></w:r><w:r><w:t>Після розриву</w:t></w:r></w:p>` + filler(48) +
		para(`<w:keepNext/>`, "Перший із ланцюжка") + para(`<w:keepNext/>`, "Другий із ланцюжка") + para(`<w:keepNext/>`, "Третій") + para("", ukText+enText) +
		tableOf("Grid", "", []int{4000, 4000}, rowOf(`<w:cantSplit/>`, cellOf(4000, "", para(`<w:keepNext/>`, "Разом")), cellOf(4000, "", para(`<w:keepNext/>`, "1 000,00"))), rowOf(`<w:cantSplit/>`, cellOf(4000, "", para("", "З ПДВ")), cellOf(4000, "", para("", "1 200,00")))))

	notes := `<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>`
	noted := styled("Heading1", "Виноски й посилання")
	for i := range 8 {
		noteText := enText
		if i%2 == 0 {
			noteText = "Коротка виноска."
		}
		notes += fmt.Sprintf(`<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>`, i+2, noteText)
		noted += `<w:p><w:pPr><w:jc w:val="both"/></w:pPr>` + runOf("", ukText) + fmt.Sprintf(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, i+2) + runOf("", " "+enText) + `<w:hyperlink r:id="rIdU">` + runOf(`<w:rStyle w:val="Hyperlink"/>`, "умови на сайті") + `</w:hyperlink>` + runOf("", ", там само. "+enText) + `</w:p>`
	}
	out["notes and links"] = doc(parts{body: noted, footnotes: notes})

	boxed := func(w, h int, wrap, hPos, content string) string {
		return close(anchored(textBox(w, h, content), wrap, hPos, atParagraph, w, h, 0))
	}
	out["controls and boxes"] = simple(`<w:sdt><w:sdtPr><w:alias w:val="Тема"/><w:text/></w:sdtPr><w:sdtContent>` + styled("Heading1", "Поля вмісту") + para("", ukText) + `</w:sdtContent></w:sdt>` +
		`<w:p>` + runOf("", "Погоджено: ") + `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>` + runOf("", "так, директором") + `</w:sdtContent></w:sdt>` + runOf("", " сьогодні. "+enText) + `</w:p>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">` + strings.TrimSuffix(strings.TrimPrefix(boxed(170, 70, `wrapSquare wrapText="bothSides"`, rightOfColumn, para(`<w:spacing w:after="0"/>`, "Текстове поле праворуч із двома рядками")), `<w:r>`), `</w:r>`) + `</mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>` + runOf("", ukText+enText+ukText) + `</w:p>` +
		para(`<w:spacing w:after="0"/>`, "Далі поле посередині.") + `<w:p>` + boxed(220, 60, `wrapTopAndBottom`, `<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>`, para(`<w:jc w:val="center"/><w:spacing w:after="0"/>`, "Посередині")+para(`<w:jc w:val="center"/><w:spacing w:after="0"/>`, "другий рядок")) + runOf("", enText) + `</w:p>` +
		tableOf("Grid", "", []int{4500, 4500}, rowOf("", cellOf(4500, "", `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>`+para("", "поле в клітинці")+`</w:sdtContent></w:sdt>`), cellOf(4500, "", para("", "звичайна клітинка")))) + para("", ukText))

	just := func(pr string) string { return para(`<w:jc w:val="both"/>`+pr, ukText+enText+ukText) }
	out["justified"] = simple(styled("Heading1", "Вирівнювання за шириною") + just(`<w:ind w:firstLine="567"/>`) + just(`<w:ind w:left="2000" w:right="2000"/>`) + just(`<w:ind w:left="3500" w:right="3500"/>`) + para(`<w:jc w:val="center"/>`, ukText) + para(`<w:jc w:val="right"/>`, enText) +
		`<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>Кінець рядка не розтягується</w:t><w:br/><w:t xml:space="preserve">` + ukText + `</w:t></w:r></w:p>` + just(`<w:ind w:left="567" w:hanging="567"/>`))

	inner := tableOf("Grid", "", []int{1900, 1900}, rowOf("", cellOf(1900, "", para("", "Насос")), cellOf(1900, "", para(`<w:jc w:val="right"/>`, "12 450,00"))), rowOf("", cellOf(1900, `<w:shd w:val="clear" w:fill="FFF2CC"/>`, para("", "Монтаж обладнання")), cellOf(1900, "", para(`<w:jc w:val="right"/>`, "900,00"))))
	out["nested tables"] = simple(para("", ukText) + tableOf("Grid", "", []int{4600, 4700}, rowOf("", cellOf(4600, "", para("", "Ліворуч вкладена таблиця:")+inner+para("", "і текст під нею")), cellOf(4700, mid, para("", enText))), rowOf("", cellOf(4600, "", inner+para("", "")), cellOf(4700, `<w:vAlign w:val="bottom"/>`, para("", "унизу")))) + para("", enText))

	spacing := func(pr string) string { return para(`<w:spacing `+pr+`/>`, ukText) }
	out["spacing"] = simple(styled("Heading1", "Інтервали") + spacing(`w:line="300" w:lineRule="exact"`) + spacing(`w:line="200" w:lineRule="exact" w:after="0"`) + spacing(`w:line="500" w:lineRule="atLeast"`) + spacing(`w:line="100" w:lineRule="atLeast"`) + spacing(`w:line="360" w:lineRule="auto"`) + spacing(`w:line="480" w:lineRule="auto" w:before="240"`) + spacing(`w:line="200" w:lineRule="auto"`) +
		spacing(`w:before="480" w:after="480"`) + styled("List", "без відступу між") + styled("List", "сусідами одного стилю") + styled("List", ukText) + para("", "далі") +
		`<w:p><w:pPr><w:spacing w:line="276" w:lineRule="auto"/></w:pPr>` + runOf(`<w:sz w:val="40"/>`, "Велике ") + runOf("", "і звичайне в одному рядку. "+ukText) + `</w:p>` + para(`<w:pBdr><w:top w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:left w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:bottom w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/><w:right w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/></w:pBdr><w:shd w:val="clear" w:fill="EEF3FA"/>`, ukText) + para("", enText))

	lettered := func(family, more string) string {
		rPr := fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:cs="%s"/>%s`, family, family, family, more)
		return `<w:p>` + runOf(rPr, family+": "+ukText) + runOf(rPr+`<w:b/>`, "жирний текст ") + runOf(rPr+`<w:i/>`, "курсив у реченні ") + runOf(rPr, enText) + `</w:p>`
	}
	faces := styled("Heading1", "Шрифти")
	for _, f := range []string{"Arial", "Times New Roman", "Calibri", "Courier New", "Liberation Serif", "DejaVu Sans", "DejaVu Serif"} {
		faces += lettered(f, "") + lettered(f, `<w:sz w:val="24"/>`)
	}
	out["fonts"] = simple(faces)

	out["letters"] = simple(`<w:p>` + runOf(`<w:caps/>`, "великі літери, ") + runOf(`<w:smallCaps/>`, "Малі Великі Літери, ") + runOf(`<w:spacing w:val="30"/>`, "розріджений текст, ") + runOf(`<w:spacing w:val="-10"/>`, "ущільнений текст, ") + runOf(`<w:w w:val="130"/>`, "широкі літери, ") + runOf(`<w:position w:val="8"/>`, "піднятий, ") + runOf(`<w:strike/>`, "закреслений, ") + runOf(`<w:vanish/>`, "прихований, ") + runOf(`<w:u w:val="double"/>`, "двічі підкреслений, ") + runOf(`<w:highlight w:val="yellow"/>`, "позначений, ") + runOf("", "H") + runOf(`<w:vertAlign w:val="subscript"/>`, "2") + runOf("", "O, м") + runOf(`<w:vertAlign w:val="superscript"/>`, "2") + runOf("", " та № 5 § 7 — 25 °C ± 3 % «лапки» “quotes” € ₴ ™. "+ukText) + `</w:p>` + para(`<w:jc w:val="both"/>`, "Нерозривний\u00a0пробіл тримає 12\u00a0грн. "+ukText+"електронно-обчислювальна машина, будь-який, 2025–2026 роки, слово—слово, шлях/шлях/шлях/шлях, дуже/довгий/ланцюжок/через/риску/який/не/вміщається/в/рядок. "+ukText))

	out["columns"] = doc(parts{
		body: styled("Heading1", "У дві колонки") + para("", ukText) + `<w:p><w:pPr><w:sectPr>` + plainSection + `</w:sectPr></w:pPr></w:p>` + strings.Repeat(para(`<w:jc w:val="both"/>`, ukText+enText), 12) + `<w:p><w:r><w:br w:type="column"/></w:r><w:r><w:t>Після розриву колонки</w:t></w:r></w:p>` + para("", enText),
		sect: strings.Replace(plainSection, "/>", "/>", 1) + `<w:cols w:num="2" w:space="708"/>`,
	})

	contract := styled("Title", "ДОГОВІР ПОСТАВКИ № 12/2026") + tabbed(`<w:tab w:val="right" w:pos="9355"/>`, "м. Хмельницький|25 листопада 2026 р.")
	for i := range 6 {
		contract += para(`<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:jc w:val="center"/>`, []string{"ПРЕДМЕТ ДОГОВОРУ", "ЦІНА", "ПОСТАВКА", "ГАРАНТІЇ", "ВІДПОВІДАЛЬНІСТЬ", "РЕКВІЗИТИ СТОРІН"}[i])
		for k := range 3 {
			contract += styled("Clause", []string{ukText, enText, ukText + enText}[k])
		}
	}
	none := `<w:tblBorders><w:top w:val="none"/><w:left w:val="none"/><w:bottom w:val="none"/><w:right w:val="none"/><w:insideH w:val="none"/><w:insideV w:val="none"/></w:tblBorders>`
	side := func(name string) string {
		return cellOf(4677, "", para(`<w:keepNext/>`, name)+para(`<w:keepNext/>`, "Код ЄДРПОУ 12345678, IBAN UA213223130000026007233566001")+para("", "____________________ М. П."))
	}
	out["contract"] = doc(parts{body: contract + tableOf("Grid", none, []int{4677, 4677}, rowOf(`<w:cantSplit/>`, side("Постачальник: ТОВ «Подільський млин»"), side("Покупець: ТОВ «Карпати-Буд»"))), footer: `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + pageOfY + `</w:p>`})
	out["proposal"] = proposal(t, 40)
	maps.Copy(out, realistic(t, doc))
	return out
}

// TestAgainstSuite compares with what an installed office suite makes of the
// same documents: as many pages, the same words on each, every word within a
// few points of theirs, and so in the same order.
func TestAgainstSuite(t *testing.T) {
	documents := suite(t)
	delete(documents, commas) // TestDecimalCommas
	names := slices.Sorted(maps.Keys(documents))
	made := converted(t, documents)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			theirs := made[name]
			ours := lay(t, documents[name], layout.Options{FontDirs: font.Folders()})
			if len(ours.Unsupported) != 0 {
				t.Errorf("%v", ours.Unsupported)
			}
			if dir := os.Getenv("UGODA_DRAWN"); dir != "" {
				for suffix, data := range map[string][]byte{".docx": documents[name], "-ours.pdf": ours.PDF, "-theirs.pdf": theirs} {
					if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+suffix), data, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			agree(t, ours.PDF, theirs)
		})
	}
}

// converted is what the suite makes of documents: the first through our
// converter, which lends it our fonts, the others in one run beside it.
func converted(t *testing.T, documents map[string][]byte) map[string][]byte {
	t.Helper()
	i := slices.IndexFunc(convert.Find(), func(c convert.Converter) bool { return c.Name() == "LibreOffice" })
	if i < 0 {
		needs.Missing(t, "LibreOffice is not installed: the layout is not compared")
	}
	office := *convert.Find()[i].(*convert.LibreOffice)
	office.Profile = t.TempDir()
	names := slices.Sorted(maps.Keys(documents))
	first, err := office.PDF(t.Context(), documents[names[0]])
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{names[0]: first}
	if len(names) == 1 {
		return out
	}
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(office.Profile), "--headless", "--norestore", "--convert-to", "pdf", "--outdir", dir}
	for k, name := range names[1:] {
		path := filepath.Join(dir, fmt.Sprintf("%d.docx", k+1))
		if err := os.WriteFile(path, documents[name], 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	cmd := exec.CommandContext(t.Context(), office.Path, args...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for k, name := range names[1:] {
		data, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%d.pdf", k+1)))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = data
	}
	return out
}

// agree fails where two PDF of one document differ by more than a manager
// would see.
func agree(t *testing.T, ours, theirs []byte) {
	t.Helper()
	a, b := places(read(t, ours)), places(read(t, theirs))
	if len(a) == 0 || len(b) == 0 {
		t.Fatalf("%d words, theirs %d", len(a), len(b))
	}
	const within = 6
	off, all, worst := 0, 0, 0.0
	complain := func(format string, args ...any) {
		if off++; off < 12 {
			t.Errorf(format, args...)
		}
	}
	for at, mine := range a {
		other := slices.Clone(b[at])
		if len(mine) != len(other) {
			complain("page %d has %q %d times, theirs %d times", at.page, at.text, len(mine), len(other))
			continue
		}
		for _, w := range mine {
			near, d := 0, math.Inf(1)
			for i, o := range other {
				if x := w.from(o); x < d {
					near, d = i, x
				}
			}
			o := other[near]
			other = slices.Delete(other, near, near+1)
			all++
			worst = max(worst, d)
			if d > within {
				complain("page %d: %q at %.1f–%.1f, %.1f; theirs %.1f–%.1f, %.1f", w.page, w.text, w.xMin, w.xMax, w.yMax, o.xMin, o.xMax, o.yMax)
			}
		}
	}
	for at, other := range b {
		if len(a[at]) == 0 {
			complain("page %d lacks %q, theirs has it %d times", at.page, at.text, len(other))
		}
	}
	t.Logf("%d words on %d places, %d elsewhere, the worst by %.1f pt", all, len(a), off, worst)
}

// place is a word of a page.
type place struct {
	page int
	text string
}

// from is how far a word stands from another: unknown edges do not count.
func (w word) from(o word) float64 {
	d := math.Abs(w.yMin+w.yMax-o.yMin-o.yMax) / 2
	for _, x := range []float64{w.xMin - o.xMin, w.xMax - o.xMax} {
		if !math.IsNaN(x) {
			d = max(d, math.Abs(x))
		}
	}
	return d
}

// places gathers the words of a PDF. Leaders of tabs, which one program draws
// and the other writes, are left out: a word that touches one has no edge there.
func places(list []word) map[place][]word {
	out := map[place][]word{}
	for _, w := range list {
		pieces := leaders.Split(w.text, -1)
		for i, s := range pieces {
			p := w
			p.text = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if p.text == "" {
				continue
			}
			if i > 0 || !strings.HasPrefix(s, p.text) {
				p.xMin = math.NaN()
			}
			if i < len(pieces)-1 || !strings.HasSuffix(s, p.text) {
				p.xMax = math.NaN()
			}
			out[place{p.page, p.text}] = append(out[place{p.page, p.text}], p)
		}
	}
	return out
}

var leaders = regexp.MustCompile(`[.·_-]{3,}`)
