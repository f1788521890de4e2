package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
)

const (
	head   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`
	office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	word   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// parts are the files of a template, content types first.
func parts(t texts, l letter) []part {
	section := `<w:sectPr><w:headerReference w:type="default" r:id="rIdNext"/><w:headerReference w:type="first" r:id="rIdFirst"/><w:footerReference w:type="default" r:id="rIdFooter"/><w:footerReference w:type="first" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1021" w:right="851" w:bottom="1021" w:left="1134" w:header="567" w:footer="510" w:gutter="0"/><w:titlePg/></w:sectPr>`
	rels := func(pairs ...string) []byte {
		var b strings.Builder
		b.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
		for i := 0; i < len(pairs); i += 3 {
			kind := pairs[i+1]
			if !strings.Contains(kind, ":") {
				kind = office + kind
			}
			fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s" Target="%s"/>`, pairs[i], kind, pairs[i+2])
		}
		return []byte(b.String() + "</Relationships>")
	}
	xml := func(name, tag, inner string) part {
		return part{name, []byte(head + "<w:" + tag + spaces + ">" + inner + "</w:" + tag + ">")}
	}
	types := head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`
	for _, x := range [][2]string{{"document", "document.main"}, {"styles", "styles"}, {"settings", "settings"}, {"fontTable", "fontTable"}, {"numbering", "numbering"}, {"header1", "header"}, {"header2", "header"}, {"footer1", "footer"}} {
		types += `<Override PartName="/word/` + x[0] + `.xml" ContentType="` + word + x[1] + `+xml"/>`
	}
	types += `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	return []part{
		{"[Content_Types].xml", []byte(types)},
		{"_rels/.rels", rels("rId1", "officeDocument", "word/document.xml", "rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")},
		xml("word/document.xml", "document", "<w:body>"+l.body+section+"</w:body>"),
		{"word/_rels/document.xml.rels", rels("rIdStyles", "styles", "styles.xml", "rIdSettings", "settings", "settings.xml", "rIdFonts", "fontTable", "fontTable.xml", "rIdNumbering", "numbering", "numbering.xml",
			"rIdFirst", "header", "header1.xml", "rIdNext", "header", "header2.xml", "rIdFooter", "footer", "footer1.xml",
			"rIdSignature", "image", "media/signature.png", "rIdStamp", "image", "media/stamp.png")},
		xml("word/styles.xml", "styles", styles(t.Language)),
		xml("word/settings.xml", "settings", `<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="`+t.Language+`"/>`),
		xml("word/fontTable.xml", "fonts", `<w:font w:name="Noto Sans"><w:altName w:val="Segoe UI"/><w:panose1 w:val="020B0502040504020204"/><w:charset w:val="CC"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>`),
		xml("word/numbering.xml", "numbering", numbering),
		xml("word/header1.xml", "hdr", l.first),
		{"word/_rels/header1.xml.rels", rels("rIdLogo", "image", "media/logo.png")},
		xml("word/header2.xml", "hdr", nextHeader(t, l.running)),
		xml("word/footer1.xml", "ftr", footer(t)),
		{"word/media/logo.png", placeholder(520, 200, frame)},
		{"word/media/signature.png", placeholder(380, 150, wave)},
		{"word/media/stamp.png", placeholder(360, 360, ring)},
		{"docProps/core.xml", []byte(head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escaped(l.title) + `</dc:title><dc:language>` + t.Language + `</dc:language></cp:coreProperties>`)},
	}
}

// placeholder draws what stands in the template until a picture takes its place.
func placeholder(w, h int, ink func(x, y, w, h float64) float64) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			a := ink(float64(x)+.5, float64(y)+.5, float64(w), float64(h))
			img.SetNRGBA(x, y, color.NRGBA{0x8A, 0x9B, 0xB0, uint8(255 * math.Max(0, math.Min(1, a)))})
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, img); err != nil {
		panic(err) // a buffer in memory takes everything
	}
	return b.Bytes()
}

// frame is the outline of a logo.
func frame(x, y, w, h float64) float64 {
	edge := math.Min(math.Min(x, w-x), math.Min(y, h-y))
	if edge < 4 {
		return .9
	}
	if math.Abs(y/h-x/w) < .004 || math.Abs(y/h-1+x/w) < .004 {
		return .35
	}
	return .12
}

// wave is the place of a signature.
func wave(x, y, w, h float64) float64 {
	line := h/2 + h*.32*math.Sin(x/w*5*math.Pi)*(1-x/w*.6)
	return (2.5 - math.Abs(y-line)/2.5)
}

// ring is the place of a stamp.
func ring(x, y, w, h float64) float64 {
	r := math.Hypot(x-w/2, y-h/2)
	return math.Max(2.5-math.Abs(r-w/2+6), 2-math.Abs(r-w/3)) * .5
}
