package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/printing/docx"
)

// What is not filled stays as it was, to the byte.
func TestUntouchedPartsStay(t *testing.T) {
	m := made{body: para("{name}"), parts: map[string]string{
		"styles.xml":           root("styles", `<w:style w:styleId="A"/>`),
		"numbering.xml":        root("numbering", ""),
		"glossary.xml":         root("glossaryDocument", para("{not a tag")),
		"header1.xml":          root("hdr", para("no tags here")),
		"footer1.xml":          root("ftr", para("{name}")),
		"customXml/item1.xml":  `<a  b='1'/>`,
		"vbaProject.bin":       "\x00\x01binary",
		"media/image1.png":     "not really",
		"unknown/whatever.xml": "<<<<",
	}}
	in := m.bytes(t)
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before, after := unzip(t, in), unzip(t, out)
	if len(before) != len(after) {
		t.Errorf("%d parts became %d", len(before), len(after))
	}
	for name, want := range before {
		changed := name == "word/document.xml" || name == "word/footer1.xml"
		if same := after[name] == want; same == changed {
			t.Errorf("%s: unchanged is %v", name, same)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	again, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out, again) {
		t.Error("filling twice gives different bytes")
	}
}

// In a filled part everything but the tags stays.
func TestFilledPartKeepsTheRest(t *testing.T) {
	const rest = `<w:p w14:paraId="12345678"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:permStart w:id="1"/><w:r><w:t>x</w:t></w:r><w:permEnd w:id="1"/><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><!-- note --><w:unknown a="line&#xA;two" w14:z="1"/>`
	out := fill(t, made{body: rest + para("{name}")}, data(), docx.Options{})
	if doc := unzip(t, out)["word/document.xml"]; !strings.Contains(doc, rest) {
		t.Errorf("got %s", doc)
	}
}

func TestHeadersFootersNotes(t *testing.T) {
	ref := func(id string) string {
		return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>`
	}
	note := func(id, s string) string { return `<w:footnote w:id="` + id + `">` + para(s) + `</w:footnote>` }
	m := made{
		body: para("{name}") + `<w:p><w:r><w:t>A</w:t></w:r>` + ref("1") + `</w:p>` + para("{#lines}") +
			`<w:p><w:r><w:t>{product}</w:t></w:r>` + ref("2") + `</w:p>` + para("{/lines}") + para("{#no}") + `<w:p>` + ref("3") + `</w:p>` + para("{/no}"),
		parts: map[string]string{
			"header1.xml":   root("hdr", para("{client.", "name}")),
			"footer1.xml":   root("ftr", para("{client.city}")+para("{#tags}")+para("{.}")+para("{/tags}")),
			"footnotes.xml": root("footnotes", `<w:footnote w:type="separator" w:id="-1">`+para("—")+`</w:footnote>`+note("1", "до {client.city}")+note("2", "{qty} {product}")+note("3", "{product}")),
		},
	}
	parts := unzip(t, fill(t, m, data(), docx.Options{}))
	for name, want := range map[string]string{
		"word/document.xml":  "Оксана & Ко <«»>¶A^1¶Стіл^2¶Лава^4¶",
		"word/header1.xml":   "ТОВ «Ромашка»¶",
		"word/footer1.xml":   "Львів¶один¶два¶",
		"word/footnotes.xml": "-1:—¶1:до Львів¶2:2 Стіл¶4:1.5 Лава¶",
	} {
		if got := shown(t, parts[name]); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, want)
		}
	}
}

// Copies made by a section have identifiers of their own.
func TestCopiesAreUnique(t *testing.T) {
	inner := `<w:p w14:paraId="0000000A" w14:textId="77777777"><w:bookmarkStart w:id="5" w:name="place"/><w:permStart w:id="2"/><w:r><w:t>{.}</w:t></w:r><w:permEnd w:id="2"/><w:bookmarkEnd w:id="5"/><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="40" name="n"/></wp:inline></w:drawing></w:r></w:p><w:sdt><w:sdtPr><w:id w:val="99"/><w:tag w:val="t"/></w:sdtPr><w:sdtContent>` + para("{.}") + `</w:sdtContent></w:sdt>`
	doc := unzip(t, fill(t, made{body: para("{#tags}") + inner + para("{/tags}")}, data(), docx.Options{}))["word/document.xml"]
	for what, want := range map[string]int{
		`w14:paraId="0000000A"`: 1, `w:bookmarkStart`: 1, `w:bookmarkEnd`: 1, `w:permStart`: 1, `w:permEnd`: 1,
		`<wp:docPr id="40"`: 1, `<wp:docPr id="41"`: 1, `<w:id w:val="99"/>`: 1, `<w:tag w:val="t"/>`: 2, "два": 2,
	} {
		if got := strings.Count(doc, what); got != want {
			t.Errorf("%s stands %d times, not %d, in %s", what, got, want, doc)
		}
	}
	// A range whose other half was not printed goes.
	doc = unzip(t, fill(t, made{body: para("{#none}") + `<w:p><w:bookmarkStart w:id="5" w:name="p"/></w:p>` + para("{/none}") + `<w:p><w:bookmarkEnd w:id="5"/></w:p>`}, data(), docx.Options{}))["word/document.xml"]
	if strings.Contains(doc, "bookmark") {
		t.Errorf("half a bookmark in %s", doc)
	}
}

func TestContentControlLetsGo(t *testing.T) {
	sdt := func(s string) string {
		return `<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>` + para(s) + `</w:sdtContent></w:sdt>`
	}
	doc := unzip(t, fill(t, made{body: sdt("{name}") + sdt("bound")}, data(), docx.Options{}))["word/document.xml"]
	if got := strings.Count(doc, "dataBinding"); got != 1 {
		t.Errorf("%d bindings in %s", got, doc)
	}
}

func TestTemplateBecomesDocument(t *testing.T) {
	in := made{body: para("{name}")}.bytes(t)
	in = rezip(t, in, func(name, s string) string {
		return strings.Replace(s, "wordprocessingml.document.main", "wordprocessingml.template.main", 1)
	})
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if types := unzip(t, out)["[Content_Types].xml"]; !strings.Contains(types, "wordprocessingml.document.main") || strings.Contains(types, "template.main") {
		t.Error(types)
	}
}

func TestMailMergeSettings(t *testing.T) {
	m := made{body: mergeField("MERGEFIELD name"), parts: map[string]string{"settings.xml": root("settings", `<w:zoom/><w:mailMerge><w:query w:val="x"/></w:mailMerge><w:compat/>`)}}
	if s := unzip(t, fill(t, m, data(), docx.Options{}))["word/settings.xml"]; strings.Contains(s, "mailMerge") || !strings.Contains(s, "<w:zoom/><w:compat/>") {
		t.Error(s)
	}
}

// rezip changes the parts of a package.
func rezip(t testing.TB, in []byte, change func(name, content string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, change(f.Name, string(content))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpenRefuses(t *testing.T) {
	good := made{body: para("x")}.bytes(t)
	document := func(s string) []byte {
		return rezip(t, good, func(name, content string) string {
			if name == "word/document.xml" {
				return s
			}
			return content
		})
	}
	for _, c := range []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "template_empty", nil},
		{"text", "template_rtf", []byte("{\\rtf1}")},
		{"old or locked", "template_old_or_locked", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....")},
		{"cut off", "template_cut_short", good[:len(good)/2]},
		{"another zip", "template_not_docx", rezip(t, good, func(name, s string) string { return strings.ReplaceAll(s, "wordprocessingml", "spreadsheetml") })},
		{"broken XML", "template_damaged", document("<w:document><w:body></w:document>")},
		{"two roots", "template_damaged", document("<a/><b/>")},
		{"an entity", "template_damaged", document(`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`)},
		{"deep", "template_damaged", document(strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300))},
		{"too many elements", "template_too_large", document("<a>" + strings.Repeat("<b/>", 1_600_000) + "</a>")},
		{"a bomb", "template_too_large", document("<a>" + strings.Repeat(" ", 70<<20) + "</a>")},
		{"too many tags", "template_too_many_tags", document(root("document", "<w:body>"+para(strings.Repeat("{a}", 10_001))+"</w:body>"))},
		{"a name that leaves the package", "template_damaged", func() []byte {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			if _, err := w.Create("../x"); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}()},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := docx.Open(c.data)
			if p := wrong(t, err); p[0].Key != c.want {
				t.Errorf("got %v", err)
			}
			var said model.Problems
			if !errors.As(err, &said) || said[0].Key != c.want {
				t.Errorf("a person reads %v", said)
			}
		})
	}
}

func TestUTF16(t *testing.T) {
	in := made{body: para("{name}")}.bytes(t)
	in = rezip(t, in, func(name, s string) string {
		if name != "word/document.xml" {
			return s
		}
		var b strings.Builder
		b.WriteString("\xFF\xFE")
		for _, r := range strings.Replace(s, "UTF-8", "UTF-16", 1) {
			b.WriteByte(byte(r))
			b.WriteByte(byte(r >> 8))
		}
		return b.String()
	})
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, out); got != "Оксана & Ко <«»>¶" {
		t.Error(got)
	}
}

// A section inside itself would multiply without end.
func TestResultIsBounded(t *testing.T) {
	items := make([]any, 50)
	for i := range items {
		items[i] = docx.Map{"x": "y"}
	}
	inner := strings.Repeat("{#l}", 8) + "{x}" + strings.Repeat("{/l}", 8)
	_, err := open(t, made{body: para(inner)}).Fill(docx.Map{"l": items}, docx.Options{})
	if p := wrong(t, err); p[0].Key != "template_result_too_large" {
		t.Error(err)
	}
}
