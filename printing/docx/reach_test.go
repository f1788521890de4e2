package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"ugoda/printing/docx"
)

// packed is a package of parts.
func packed(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const officeRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// Macros do not travel: what is filled from a document with macros is a plain
// document without them.
func TestMacrosStayBehind(t *testing.T) {
	parts := unzip(t, made{body: para("{name}")}.bytes(t))
	parts["[Content_Types].xml"] = strings.Replace(strings.Replace(parts["[Content_Types].xml"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml", 1), "</Types>", `<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/word/vbaData.xml" ContentType="application/vnd.ms-word.vbaData+xml"/></Types>`, 1)
	rels := parts["word/_rels/document.xml.rels"]
	if rels == "" {
		rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`
	}
	parts["word/_rels/document.xml.rels"] = strings.Replace(rels, "</Relationships>", `<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
	parts["word/_rels/vbaProject.bin.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/wordVbaData" Target="vbaData.xml"/></Relationships>`
	parts["word/vbaProject.bin"], parts["word/vbaData.xml"] = "macro", "<x/>"
	x, err := docx.Open(packed(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Fill(docx.Map{"name": "Ім’я"}, docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := unzip(t, out)
	for name, text := range got {
		if strings.Contains(strings.ToLower(name+text), "vba") || strings.Contains(text, "macroEnabled") {
			t.Errorf("%s is left: %.200s", name, text)
		}
	}
	if !strings.Contains(got["word/document.xml"], "Ім’я") {
		t.Error("the document is not filled")
	}
}

// What an office suite is given reaches for nothing outside; what a reader may
// click stays.
func TestOffline(t *testing.T) {
	parts := unzip(t, made{body: para("x")}.bytes(t))
	parts["word/_rels/document.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + officeRels + `image" Target="http://127.0.0.1:9/p.png" TargetMode="External"/><Relationship Id="b" Type="` + officeRels + `hyperlink" Target="https://ugoda.example/" TargetMode="External"/></Relationships>`
	parts["word/_rels/settings.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + officeRels + `attachedTemplate" Target="file:///C:/Normal.dotm" TargetMode="External"/></Relationships>`
	out, err := docx.Offline(packed(t, parts))
	if err != nil {
		t.Fatal(err)
	}
	got := unzip(t, out)
	all := got["word/_rels/document.xml.rels"] + got["word/_rels/settings.xml.rels"]
	if strings.Contains(all, "127.0.0.1") || strings.Contains(all, "Normal.dotm") || !strings.Contains(all, "https://ugoda.example/") || strings.Count(all, "<Relationship ") != 3 {
		t.Errorf("%s", all)
	}
	plain := made{body: para("x")}.bytes(t)
	if same, err := docx.Offline(plain); err != nil || !bytes.Equal(same, plain) {
		t.Errorf("a document that reaches for nothing is written anew: %v", err)
	}
}

// Whatever is dropped in the place of a Word document is told by its name.
func TestOtherFilesAreNamed(t *testing.T) {
	wide := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteRune(r)
			b.WriteByte(0)
		}
		return b.String()
	}
	const compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	word := made{body: para("x")}.bytes(t)
	many := map[string]string{}
	for i := range 5000 {
		many[strings.Repeat("a", i%90+1)+string(rune('a'+i/90%26))+string(rune('a'+i/2340))] = ""
	}
	for want, data := range map[string][]byte{
		"template_old":            []byte(compound + strings.Repeat("\x00", 600) + wide("WordDocument")),
		"template_locked":         []byte(compound + strings.Repeat("\x00", 600) + wide("EncryptedPackage")),
		"template_old_or_locked":  []byte(compound + strings.Repeat("\x00", 600)),
		"template_rtf":            []byte(`{\rtf1 x}`),
		"template_pdf":            []byte("%PDF-1.7\n"),
		"template_empty":          {},
		"template_not_docx":       []byte("лист"),
		"template_cut_short":      word[:len(word)/2],
		"template_odt":            packed(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}),
		"template_is_book":        packed(t, map[string]string{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
		"template_is_slides":      packed(t, map[string]string{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}),
		"template_too_many_parts": packed(t, many),
	} {
		_, err := docx.Open(data)
		var problems docx.Problems
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Key != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
