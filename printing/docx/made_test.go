package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"ugoda/printing/docx"
)

const spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
	`xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14"`

// made is a document made for a test: a body, and parts beside it by the
// kind of their relationship (header, footer, footnotes, image…).
type made struct {
	body  string
	parts map[string]string // file name in word/ → content; its kind is the letters it begins with
}

func (m made) bytes(t testing.TB) []byte {
	t.Helper()
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	files := map[string]string{
		"_rels/.rels":       head + rels + `<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": head + "<w:document " + spaces + "><w:body>" + m.body + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1134"/></w:sectPr></w:body></w:document>`,
	}
	for _, name := range slices.Sorted(maps.Keys(m.parts)) {
		kind := strings.TrimRight(strings.SplitN(name, ".", 2)[0], "0123456789")
		kind = kind[strings.LastIndex(kind, "/")+1:]
		rels += `<Relationship Id="rId` + name + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + name + `"/>`
		if strings.HasSuffix(name, ".xml") {
			types += `<Override PartName="/word/` + name + `" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + kind + `+xml"/>`
		}
		files["word/"+name] = m.parts[name]
	}
	files["word/_rels/document.xml.rels"] = head + rels + "</Relationships>"
	files["[Content_Types].xml"] = head + types + "</Types>"
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// root gives a part's XML with the name spaces declared.
func root(tag, inner string) string {
	return "<w:" + tag + " " + spaces + ">" + inner + "</w:" + tag + ">"
}

func esc(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// para makes a paragraph, each text in a run of its own.
func para(texts ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for _, s := range texts {
		b.WriteString(`<w:r><w:t xml:space="preserve">` + esc(s) + `</w:t></w:r>`)
	}
	b.WriteString("</w:p>")
	return b.String()
}

func cell(inner string) string {
	return `<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>` + inner + `</w:tc>`
}

func row(texts ...string) string {
	var b strings.Builder
	b.WriteString("<w:tr>")
	for _, s := range texts {
		b.WriteString(cell(para(s)))
	}
	return b.String() + "</w:tr>"
}

func table(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="6000"/></w:tblGrid>` + strings.Join(rows, "") + "</w:tbl>"
}

func open(t testing.TB, m made) *docx.Template {
	t.Helper()
	x, err := docx.Open(m.bytes(t))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return x
}

func fill(t testing.TB, m made, data docx.Map, o docx.Options) []byte {
	t.Helper()
	out, err := open(t, m).Fill(data, o)
	if err != nil {
		t.Fatalf("fill: %v", err)
	}
	if _, err := docx.Open(out); err != nil {
		t.Fatalf("the filled document does not open: %v", err)
	}
	return out
}

// unzip gives the parts of a document.
func unzip(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(b)
	}
	return out
}

func parse(t testing.TB, xml string) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromString(xml); err != nil {
		t.Fatalf("%v in %s", err, xml)
	}
	return doc.Root()
}

// shown is what a part prints: paragraphs end with ¶, rows stand in [ ], their
// cells end with |. Text boxes stand in ( ).
func shown(t testing.TB, xml string) string {
	t.Helper()
	var b strings.Builder
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		for _, k := range e.ChildElements() {
			switch k.FullTag() {
			case "w:t":
				b.WriteString(k.Text())
			case "w:br":
				b.WriteString("↵")
			case "w:tab":
				b.WriteString("→")
			case "w:drawing":
				b.WriteString("□")
				walk(k)
			case "w:p":
				walk(k)
				b.WriteString("¶")
			case "w:tr":
				b.WriteString("[")
				walk(k)
				b.WriteString("]")
			case "w:tc":
				walk(k)
				b.WriteString("|")
			case "w:txbxContent":
				b.WriteString("(")
				walk(k)
				b.WriteString(")")
			case "w:footnoteReference":
				b.WriteString("^" + k.SelectAttrValue("w:id", ""))
			case "w:footnote":
				b.WriteString(k.SelectAttrValue("w:id", "") + ":")
				walk(k)
			default:
				walk(k)
			}
		}
	}
	walk(parse(t, xml))
	return b.String()
}

func body(t testing.TB, filled []byte) string {
	t.Helper()
	return shown(t, unzip(t, filled)["word/document.xml"])
}

// wrong gives the problems of an error.
func wrong(t testing.TB, err error) docx.Problems {
	t.Helper()
	var p docx.Problems
	if !errors.As(err, &p) {
		t.Fatalf("not Problems: %v", err)
	}
	return p
}
