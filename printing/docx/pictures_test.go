package docx_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"ugoda/printing/docx"
)

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicture(t *testing.T) {
	small := picture(t, 100, 50)
	for _, c := range []struct {
		name, body string
		value      any
		cx, cy     string
	}{
		{"its own size", para("{%logo}"), docx.Image{Data: small}, "952500", "476250"},
		{"size of the data", para("{%logo}"), docx.Image{Data: small, Width: 720000}, "720000", "360000"},
		{"size of the tag", para("{%logo | height:10}"), docx.Image{Data: small}, "720000", "360000"},
		{"a box", para("{%logo | fit:40:10}"), &docx.Image{Data: small, Width: 72000000}, "720000", "360000"},
		{"bytes", para("{%logo}"), small, "952500", "476250"},
		{"a data URI", para("{%logo}"), "data:image/png;base64," + base64.StdEncoding.EncodeToString(small), "952500", "476250"},
		{"room of the cell", table("<w:tr>" + `<w:tc><w:tcPr><w:tcW w:w="936" w:type="dxa"/></w:tcPr>` + para("{%logo}") + `</w:tc></w:tr>`), docx.Image{Data: small}, "457200", "228600"},
		{"room of the page", para("{%logo}"), picture(t, 3000, 100), "6300470", "210015"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := unzip(t, fill(t, made{body: c.body}, docx.Map{"logo": c.value}, docx.Options{}))
			doc := parts["word/document.xml"]
			if want := `<wp:extent cx="` + c.cx + `" cy="` + c.cy + `"/>`; !strings.Contains(doc, want) {
				t.Errorf("no %s in %s", want, doc)
			}
			if parts["word/media/filled1.png"] == "" || !strings.Contains(parts["word/_rels/document.xml.rels"], `Target="/word/media/filled1.png"`) {
				t.Errorf("the picture is not in the package: %s", parts["word/_rels/document.xml.rels"])
			}
		})
	}
}

func TestNoPicture(t *testing.T) {
	parts := unzip(t, fill(t, made{body: para("a{%logo}b") + framed("{%logo}", "")}, docx.Map{"logo": nil}, docx.Options{}))
	if got := shown(t, parts["word/document.xml"]); got != "ab¶¶" {
		t.Error(got)
	}
	for _, bad := range []any{[]byte("BM broken"), docx.Image{Data: []byte{1}}, "data:image/png;base64,AAAA"} {
		_, err := open(t, made{body: para("{%logo}")}).Fill(docx.Map{"logo": bad}, docx.Options{})
		if p := wrong(t, err); p[0].Key != "template_bad_picture" {
			t.Error(err)
		}
	}
}

// framed is a picture of the template with an alternative text.
func framed(alt, more string) string {
	return `<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="2000000" cy="1000000"/><wp:docPr id="3" name="P" descr="` + alt + `"/><a:graphic><a:graphicData uri="x"><pic:pic><pic:nvPicPr><pic:cNvPr id="3" name="P"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdmedia/image1.png"><a:extLst/></a:blip><a:srcRect l="10"/>` + more + `</pic:blipFill><pic:spPr><a:xfrm><a:ext cx="2000000" cy="1000000"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>`
}

// The picture takes the place of the one whose alternative text is its tag, in
// its frame, where it was.
func TestPictureInFrame(t *testing.T) {
	header := root("hdr", framed("{%logo}", ""))
	m := made{body: framed("{% logo }", "") + para("{#list}") + framed("{%logo}", "") + para("{/list}") + framed("A picture {of} me", ""), parts: map[string]string{"media/image1.png": "old", "header1.xml": header}}
	square := picture(t, 64, 64)
	parts := unzip(t, fill(t, m, docx.Map{"logo": docx.Image{Data: picture(t, 200, 100), Alt: "наш знак"}, "list": []any{docx.Map{"logo": square}, docx.Map{"logo": square}}}, docx.Options{}))
	doc := parts["word/document.xml"]
	for what, want := range map[string]int{
		`cx="2000000" cy="1000000"`: 4, `cx="1000000" cy="1000000"`: 4, `descr="наш знак"`: 1, "A picture {of} me": 1,
		`r:embed="rIdU1"`: 1, `r:embed="rIdU2"`: 2, "srcRect": 1, "extLst": 1, `behindDoc="1"`: 4, `docPr id="3"`: 3, `docPr id="4"`: 1,
	} {
		if got := strings.Count(doc, what); got != want {
			t.Errorf("%s stands %d times, not %d, in\n%s", what, got, want, doc)
		}
	}
	if !strings.Contains(parts["word/header1.xml"], `r:embed="rIdU1"`) || !strings.Contains(parts["word/_rels/header1.xml.rels"], "filled1.png") {
		t.Errorf("header: %s\n%s", parts["word/header1.xml"], parts["word/_rels/header1.xml.rels"])
	}
	if parts["word/media/image1.png"] != "old" || parts["word/media/filled2.png"] != string(square) || parts["word/media/filled3.png"] != "" {
		t.Error("the media are not those of the data")
	}
}
