package layout_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`

// parts of a document under test; what is missing is left out.
type parts struct {
	body, sect            string // inside w:body
	styles, numbering     string // inside their roots
	header, footer, first string
	footnotes, settings   string
	links                 string      // more relationships of the document
	more                  [][3]string // other headers and footers: kind, file, content; their link is "rel" and the file without dots
	files                 map[string][]byte
}

const plainSection = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>`

const plainStyles = `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans"/><w:sz w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="60"/></w:pPr><w:rPr><w:b/><w:color w:val="1F4E79"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="List"><w:name w:val="List"/><w:basedOn w:val="Normal"/><w:pPr><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:left w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:right w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="DDE6F0"/></w:tcPr></w:tblStylePr></w:style>`

const plainNumbering = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1440" w:hanging="540"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol" w:hint="default"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`

// build makes a DOCX.
func (p parts) build(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="emf" ContentType="image/x-emf"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	rels := p.links
	add := func(name string, data []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	part := func(kind, file, root, content string) string {
		if content == "" {
			return ""
		}
		types += fmt.Sprintf(`<Override PartName="/word/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, file, kind)
		id := "rel" + strings.ReplaceAll(file, ".", "")
		rels += fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, file)
		add("word/"+file, []byte(fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:%s %s>%s</w:%s>`, root, namespaces, content, root)))
		return id
	}
	styles := p.styles
	if styles == "" {
		styles = plainStyles
	}
	part("styles", "styles.xml", "styles", styles)
	part("numbering", "numbering.xml", "numbering", p.numbering)
	part("settings", "settings.xml", "settings", p.settings)
	part("footnotes", "footnotes.xml", "footnotes", p.footnotes)
	sect := p.sect
	if sect == "" {
		sect = plainSection
	}
	for _, h := range [][4]string{{"header", "header1.xml", "hdr", p.header}, {"footer", "footer1.xml", "ftr", p.footer}} {
		if id := part(h[0], h[1], h[2], h[3]); id != "" {
			sect = fmt.Sprintf(`<w:%sReference w:type="default" r:id="%s"/>`, h[0], id) + sect
		}
	}
	if id := part("header", "header2.xml", "hdr", p.first); id != "" {
		sect = fmt.Sprintf(`<w:headerReference w:type="first" r:id="%s"/>`, id) + sect + `<w:titlePg/>`
	}
	for _, h := range p.more {
		part(h[0], h[1], map[string]string{"header": "hdr", "footer": "ftr", "comments": "comments"}[h[0]], h[2])
	}
	for name, data := range p.files {
		add(name, data)
	}
	add("word/document.xml", []byte(fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document %s><w:body>%s<w:sectPr>%s</w:sectPr></w:body></w:document>`, namespaces, p.body, sect)))
	add("word/_rels/document.xml.rels", []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels+`</Relationships>`))
	add("_rels/.rels", []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`))
	add("[Content_Types].xml", []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+types+`</Types>`))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func para(pPr, text string) string {
	return `<w:p><w:pPr>` + pPr + `</w:pPr><w:r><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func styled(style, text string) string { return para(`<w:pStyle w:val="`+style+`"/>`, text) }

func cellOf(width int, pr, content string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>`, width, pr, content)
}

func inlinePicture(id string, cx, cy int) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, cx, cy, id, cx, cy)
}

func imageRel(id, file string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="%s"/>`, id, file)
}

func logo(w, h int, alpha bool) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			a := uint8(255)
			if alpha && (x-w/2)*(x-w/2)*h*h+(y-h/2)*(y-h/2)*w*w > w*w*h*h/4 {
				a = 0
			}
			img.SetNRGBA(x, y, color.NRGBA{uint8(40 + x*120/w), 90, uint8(200 - y*100/h), a})
		}
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const lorem = "Дякуємо за ваше звернення. Відповідно до ваших побажань ми підготували пропозицію щодо постачання та монтажу обладнання, яке забезпечить безперебійну роботу вашого виробництва протягом щонайменше десяти років. "

// proposal is a document like those that the program prints: a letterhead, a
// table of lines with totals, terms, a signature.
func proposal(t testing.TB, lines int) []byte { return proposalParts(t, lines).build(t) }

func proposalParts(t testing.TB, lines int) parts {
	var rows strings.Builder
	head := []string{"№", "Найменування", "Од.", "К-сть", "Ціна, грн", "Сума, грн"}
	widths := []int{560, 4200, 700, 900, 1450, 1545}
	rows.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&rows, `<w:gridCol w:w="%d"/>`, w)
	}
	rows.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range head {
		rows.WriteString(cellOf(widths[i], `<w:vAlign w:val="center"/>`, para(`<w:jc w:val="center"/>`, h)))
	}
	rows.WriteString(`</w:tr>`)
	for n := range lines {
		rows.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range []string{fmt.Sprint(n + 1), fmt.Sprintf("Насос відцентровий консольний К%d/%d, робоче колесо з нержавіючої сталі", 20+n, 30+n), "шт.", fmt.Sprint(n%7 + 1), fmt.Sprintf("%d 450,00", 12+n), fmt.Sprintf("%d 900,00", 24+n*3)} {
			jc := `<w:jc w:val="right"/>`
			if i == 1 || i == 2 {
				jc = ""
			}
			rows.WriteString(cellOf(widths[i], "", para(jc, c)))
		}
		rows.WriteString(`</w:tr>`)
	}
	rows.WriteString(`<w:tr>` + cellOf(7810, `<w:gridSpan w:val="5"/>`, para(`<w:jc w:val="right"/>`, "Разом з ПДВ")) + cellOf(1545, "", `<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>1 234 567,89</w:t></w:r></w:p>`) + `</w:tr></w:tbl>`)
	p := parts{
		numbering: plainNumbering,
		header:    `<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9355"/></w:tabs><w:spacing w:after="0"/></w:pPr>` + inlinePicture("rIdLogo", 1270000, 381000) + `<w:r><w:tab/><w:t>ТОВ «Подільський млин»</w:t></w:r></w:p>`,
		footer:    `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">Сторінка </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> з </w:t></w:r><w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>`,
		links:     imageRel("rIdLogo", "media/logo.png"),
		files: map[string][]byte{
			"word/media/logo.png":         pngOf(t, logo(200, 60, true)),
			"word/_rels/header1.xml.rels": []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + imageRel("rIdLogo", "media/logo.png") + `</Relationships>`),
		},
	}
	p.body = styled("Heading1", "Комерційна пропозиція № КП-000123") +
		`<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">Шановний </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>Андрію Петровичу</w:t></w:r><w:r><w:t xml:space="preserve">! ` + lorem + lorem + `</w:t></w:r></w:p>` +
		rows.String() +
		para(`<w:spacing w:before="200"/>`, "Сума словами: один мільйон двісті тридцять чотири тисячі п’ятсот шістдесят сім гривень 89 копійок") +
		styled("Heading1", "Умови")
	for _, s := range []string{"Оплата: 50 % передплати, решта протягом 10 банківських днів після поставки.", "Поставка: до 30 календарних днів зі складу в м. Хмельницький, транспортом постачальника.", "Гарантія: 24 місяці від дня введення в експлуатацію."} {
		p.body += para(`<w:pStyle w:val="List"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, s)
	}
	for _, s := range []string{"монтаж і пусконалагодження", "навчання персоналу замовника"} {
		p.body += para(`<w:pStyle w:val="List"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>`, s)
	}
	p.body += para(`<w:keepNext/><w:tabs><w:tab w:val="left" w:pos="3969" w:leader="underscore"/><w:tab w:val="right" w:pos="9355"/></w:tabs><w:spacing w:before="480"/>`, `Директор</w:t></w:r><w:r><w:tab/></w:r><w:r><w:tab/></w:r><w:r><w:t>О. М. Коваленко`)
	return p
}
