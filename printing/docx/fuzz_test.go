package docx_test

import (
	"testing"

	"ugoda/printing/docx"
)

// FuzzOpenFill takes any bytes for the inside of a document's body.
func FuzzOpenFill(f *testing.F) {
	for _, c := range bodies {
		f.Add(c.body)
	}
	for _, c := range reviews {
		f.Add(c.body)
	}
	f.Add(para("{#lines}{#lines}{#lines}{product}{/}{/}{/}"))
	f.Add(table(row("{#a}", "{/a}{#b}", "{/b}"), row("{/}", "{#"), row("{-w:tr x}{/x}")))
	f.Fuzz(func(t *testing.T, inner string) {
		x, err := docx.Open(made{body: inner, parts: map[string]string{"footnotes.xml": root("footnotes", inner), "media/image1.png": "x"}}.bytes(t))
		if err != nil {
			return
		}
		x.Check(docx.Vocabulary{}, nil)
		out, err := x.Fill(data(), docx.Options{Missing: docx.Empty})
		if err != nil {
			return
		}
		again, err := docx.Open(out)
		if err != nil {
			t.Fatalf("the filled document does not open: %v", err)
		}
		if r := again.Review(); r != (docx.Review{}) {
			t.Fatalf("the filled document still has %+v", r)
		}
	})
}

// FuzzOpen takes any bytes for a file.
func FuzzOpen(f *testing.F) {
	f.Add(made{body: para("{name}")}.bytes(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := docx.Open(data)
		if err != nil {
			wrong(t, err)
			return
		}
		if _, err := x.Fill(docx.Map{}, docx.Options{Missing: docx.Empty}); err != nil {
			wrong(t, err)
		}
	})
}

// FuzzLetterhead takes any bytes for the inside of a letterhead, its styles and
// its lists: what comes out opens, and what is renewed from it does.
func FuzzLetterhead(f *testing.F) {
	template := made{body: para("{name}") + table(row("{#lines}", "{/lines}")), parts: map[string]string{
		"styles.xml":    root("styles", `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`),
		"numbering.xml": root("numbering", `<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`),
	}}.bytes(f)
	for _, c := range bodies {
		f.Add(c.body, "", "")
	}
	f.Add(`<w:sectPr><w:pgSz w:w="1" w:h="x"/><w:pgMar w:left="99999"/></w:sectPr>`, `<w:docDefaults/><w:style w:styleId="UgodaNormal"/>`, `<w:num w:numId="-7"/>`)
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		head := made{body: body, parts: map[string]string{"styles.xml": root("styles", styles), "numbering.xml": root("numbering", numbering)}}.bytes(t)
		out, err := docx.Letterhead(template, head)
		if err != nil {
			wrong(t, err)
			return
		}
		x, err := docx.Open(out)
		if err != nil {
			t.Fatalf("the template does not open: %v", err)
		}
		if len(x.Tags()) < 1 {
			t.Fatal("the tags are lost")
		}
		if out, err = docx.Renew(template, out); err != nil { // what we made can be renewed
			t.Fatal(err)
		}
		if x, err = docx.Open(out); err != nil || len(x.Tags()) < 1 {
			t.Fatalf("renewed, it does not open, or the tags are lost: %v", err)
		}
	})
}
