package docx_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ugoda/printing/docx"
	"ugoda/scripts/needs"
)

// by is who changed something, as each change says.
const by = ` w:id="90" w:author="Олена Таємна" w:date="2026-03-02T10:00:00Z"`

func runs(s string) string { return `<w:r><w:t xml:space="preserve">` + esc(s) + `</w:t></w:r>` }
func ins(s string) string  { return `<w:ins` + by + `>` + s + `</w:ins>` }
func del(s string) string {
	return `<w:del` + by + `>` + strings.NewReplacer("<w:t ", "<w:delText ", "</w:t>", "</w:delText>").Replace(s) + `</w:del>`
}

// ended is a paragraph whose mark was deleted.
func ended(inner string) string {
	return `<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:del` + by + `/></w:rPr></w:pPr>` + inner + `</w:p>`
}

// reviews are bodies with tracked changes and comments, and what they say once
// these are accepted and filled.
var reviews = []struct{ name, body, want string }{
	{"inserted and deleted", `<w:p>` + runs("десять ") + del(runs("старих ")) + ins(runs("нових ")) + runs("днів") + `</w:p>`, "десять нових днів¶"},
	{"inserted by one, deleted by another", `<w:p>` + runs("а") + ins(del(runs("б"))+runs("в")) + `</w:p>`, "ав¶"},
	{"a tag that was changed in part", `<w:p>` + runs("{cli") + del(runs("ant")) + ins(runs("ent")) + runs(".name}") + `</w:p>`, "ТОВ «Ромашка»¶"},
	{"a tag that was deleted", `<w:p>` + runs("{name}") + del(runs("{#secret}")) + `</w:p>`, "Оксана & Ко <«»>¶"},
	{"moved", `<w:p><w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom` + by + `>` + runs("тут") + `</w:moveFrom><w:moveFromRangeEnd w:id="1"/>` + runs("|") + `<w:moveToRangeStart w:id="2" w:name="m"/><w:moveTo` + by + `>` + runs("там") + `</w:moveTo><w:moveToRangeEnd w:id="2"/></w:p>`, "|там¶"},
	{"a paragraph inserted", `<w:p><w:pPr><w:rPr><w:ins` + by + `/></w:rPr></w:pPr>` + ins(runs("новий")) + `</w:p>` + para("далі"), "новий¶далі¶"},
	{"a mark deleted", ended(runs("один ")) + `<w:p><w:pPr><w:jc w:val="left"/></w:pPr>` + runs("абзац") + `</w:p>`, "один абзац¶"},
	{"two marks deleted", ended(runs("а")) + ended(runs("б")) + para("в"), "абв¶"},
	{"a paragraph deleted", para("перед") + ended(del(runs("немає"))) + para("після"), "перед¶після¶"},
	{"a paragraph deleted before a table", ended(del(runs("немає"))) + table(row("клітинка")), "[клітинка¶|]"},
	{"text before a table stays", ended(runs("лишається")) + table(row("клітинка")), "лишається¶[клітинка¶|]"},
	{"two tables stay apart", table(row("а")) + ended(del(runs("немає"))) + table(row("б")), "[а¶|]¶[б¶|]"},
	{"a row deleted", table(row("а"), `<w:tr><w:trPr><w:del`+by+`/></w:trPr>`+cell(para("{#no}")+para("секрет"))+`</w:tr>`, row("{name}")), "[а¶|][Оксана & Ко <«»>¶|]"},
	{"a row inserted", table(`<w:tr><w:trPr><w:ins` + by + `/></w:trPr>` + cell(para("новий")) + `</w:tr>`), "[новий¶|]"},
	{"a table deleted", para("до") + table(`<w:tr><w:trPr><w:del`+by+`/></w:trPr>`+cell(para("секрет"))+`</w:tr>`), "до¶"},
	{"a cell deleted", table(`<w:tr>` + cell(para("а")) + `<w:tc><w:tcPr><w:cellDel` + by + `/></w:tcPr>` + para("секрет") + `</w:tc></w:tr>`), "[а¶|]"},
	{"all of a cell deleted", table(`<w:tr>` + cell(ended(del(runs("секрет")))) + `</w:tr>`), "[¶|]"},
	{"formatting", `<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange` + by + `><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange` + by + `><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>жирний</w:t></w:r></w:p>`, "жирний¶"},
	{"a link deleted", `<w:p>` + runs("без ") + `<w:hyperlink r:id="rIdSecret">` + del(runs("посилання")) + `</w:hyperlink></w:p>`, "без ¶"},
	{"a content control deleted", `<w:p>` + runs("без ") + `<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>` + del(runs("поля")) + `</w:sdtContent></w:sdt></w:p>`, "без ¶"},
	{"a comment", `<w:p><w:commentRangeStart w:id="3"/>` + runs("ціна") + `<w:commentRangeEnd w:id="3"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="3"/></w:r></w:p>`, "ціна¶"},
	{"both conflict", `<w:p><w14:conflictDel` + by + `>` + runs("а") + `</w14:conflictDel><w14:conflictIns` + by + `>` + runs("б") + `</w14:conflictIns></w:p>`, "б¶"},
}

// reviewMarks are what nothing that leaves may hold.
var reviewMarks = []string{"Таємна", "секрет", "<w:ins", "<w:del", "<w:move", "Change ", "<w:cell", "conflict", "omment", "people"}

// Changes are accepted and comments go, in the body, in headers, in notes and
// in text boxes alike.
func TestChangesAreAccepted(t *testing.T) {
	for _, c := range reviews {
		c.body, c.want = c.body+para("далі"), c.want+"далі¶"
		box := `<w:p><w:r><w:pict><v:textbox><w:txbxContent>` + c.body + `</w:txbxContent></v:textbox></w:pict></w:r></w:p>`
		m := made{body: c.body, parts: map[string]string{
			"header1.xml":   root("hdr", c.body),
			"footnotes.xml": root("footnotes", `<w:footnote w:id="1">`+c.body+`</w:footnote>`),
			"header2.xml":   root("hdr", box),
		}}
		x := open(t, m)
		if r := x.Review(); r != (docx.Review{Comments: c.name == "a comment", Changes: c.name != "a comment"}) {
			t.Errorf("%s: told as %+v", c.name, r)
		}
		out, err := x.Fill(data(), docx.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		parts := unzip(t, out)
		for _, name := range []string{"word/document.xml", "word/header1.xml"} {
			if got := shown(t, parts[name]); got != c.want {
				t.Errorf("%s in %s\ngot  %s\nwant %s", c.name, name, got, c.want)
			}
		}
		for name, text := range parts {
			for _, mark := range reviewMarks {
				if strings.Contains(text, mark) {
					t.Errorf("%s: %s is left in %s: %s", c.name, mark, name, text)
				}
			}
		}
	}
}

// The paragraph that is left looks as its mark says, not as the deleted one.
func TestJoinedParagraphLooksAsItsMark(t *testing.T) {
	doc := unzip(t, fill(t, made{body: ended(runs("один ")) + `<w:p><w:pPr><w:jc w:val="left"/></w:pPr>` + runs("абзац") + `</w:p>`}, data(), docx.Options{}))["word/document.xml"]
	if strings.Contains(doc, `"right"`) || !strings.Contains(doc, `<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r>`) {
		t.Error(doc)
	}
}

// A path of a drawing moves to a point: that is no change, and stays.
func TestDrawingsAreNotReviewed(t *testing.T) {
	const path = `<w:p><w:r><w:drawing><a:path><a:moveTo><a:pt x="1" y="2"/></a:moveTo></a:path></w:drawing></w:r></w:p>`
	for _, more := range []string{"", `<w:p>` + ins(runs("є")) + `</w:p>`} {
		x := open(t, made{body: path + more})
		if x.Review().Changes != (more != "") {
			t.Error("a drawing is taken for a change")
		}
		out, err := x.Fill(data(), docx.Options{})
		if err != nil || !strings.Contains(unzip(t, out)["word/document.xml"], path) {
			t.Errorf("%v %s", err, unzip(t, out)["word/document.xml"])
		}
	}
}

// reviewed is a template as Word keeps it after two people argued over it:
// what was deleted had a picture, a note and a link of its own.
func reviewed(t *testing.T) []byte {
	t.Helper()
	body := ""
	for _, c := range reviews {
		body += c.body
	}
	picture := `<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="4" name="n"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="rIdmedia/image2.png"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	body += `<w:p>` + runs("кінець") + `<w:r><w:footnoteReference w:id="1"/></w:r>` + del(picture+`<w:r><w:footnoteReference w:id="2"/></w:r>`) + `</w:p>`
	m := made{body: body, parts: map[string]string{
		"header1.xml":      root("hdr", `<w:p>`+runs("верх ")+del(runs("старий "))+ins(runs("новий"))+`</w:p>`),
		"footnotes.xml":    root("footnotes", `<w:footnote w:id="1">`+para("лишена примітка")+`</w:footnote><w:footnote w:id="2">`+para("секрет")+`</w:footnote>`),
		"comments.xml":     root("comments", `<w:comment w:id="3"`+by[len(` w:id="90"`):]+`>`+para("секрет: дорого")+`</w:comment>`),
		"people.xml":       root("people", ""),
		"media/image1.png": string(picturePNG(t)),
		"media/image2.png": "секрет",
		"media/image3.png": "секрет",
	}}
	in := rezip(t, m.bytes(t), func(name, s string) string {
		if name == "word/_rels/document.xml.rels" {
			s = strings.Replace(s, "</Relationships>", `<Relationship Id="rIdSecret" Type="`+officeRels+`hyperlink" Target="https://секрет.example" TargetMode="External"/></Relationships>`, 1)
			s = strings.Replace(s, `<Relationship Id="rIdmedia/image3.png" Type="`+officeRels+`image" Target="media/image3.png"/>`, "", 1)
		}
		return strings.Replace(s, "<w:sectPr>", `<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1.xml"/>`, 1)
	})
	parts := unzip(t, in)
	parts["word/_rels/comments.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + officeRels + `image" Target="media/image3.png"/><Relationship Id="rId2" Type="` + officeRels + `officeDocument" Target="document.xml"/></Relationships>`
	return packed(t, parts)
}

func picturePNG(t *testing.T) []byte {
	t.Helper()
	return picture(t, 4, 4)
}

// What was deleted or remarked leaves nothing behind in the package: no note,
// no picture, no address, no name.
func TestNothingOfAReviewTravels(t *testing.T) {
	in := reviewed(t)
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	if x.Review() != (docx.Review{Comments: true, Changes: true}) {
		t.Errorf("told as %+v", x.Review())
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	parts := unzip(t, out)
	for name, text := range parts {
		for _, mark := range reviewMarks {
			if strings.Contains(name+text, mark) {
				t.Errorf("%s is left in %s: %s", mark, name, text)
			}
		}
	}
	for _, want := range []string{"word/header1.xml", "word/footnotes.xml", "word/media/image1.png"} {
		if parts[want] == "" {
			t.Errorf("%s is gone", want)
		}
	}
	if !strings.Contains(parts["word/footnotes.xml"], "лишена примітка") {
		t.Error("a note that stays is gone")
	}
	again, err := docx.Open(out)
	if err != nil || again.Review() != (docx.Review{}) {
		t.Errorf("what was filled still has %+v: %v", again.Review(), err)
	}
}

// LibreOffice opens what was filled and finds neither a comment nor a change
// in it, where it finds both in the template.
func TestLibreOfficeFindsNoReview(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		needs.Missing(t, "LibreOffice (soffice) is not installed: the filled document is not opened by another program")
	}
	in := reviewed(t)
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	read := func(name string, document []byte) string {
		file := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(file, document, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		if out, err := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "fodt", "--outdir", dir, file).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v\n%s", err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, name+".fodt"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before, after := read("template", in), read("filled", out)
	for _, mark := range []string{"<text:changed-region", "<office:annotation", "Таємна"} {
		if !strings.Contains(before, mark) {
			t.Errorf("LibreOffice finds no %s in the template: the test looks for the wrong thing", mark)
		}
		if strings.Contains(after, mark) {
			t.Errorf("LibreOffice finds %s in what was filled", mark)
		}
	}
	if strings.Contains(after, "секрет") {
		t.Error("LibreOffice shows what was deleted")
	}
	for _, want := range []string{"нових", "один абзац", "ТОВ «Ромашка»", "кінець", "верх ", "лишена примітка"} {
		if !strings.Contains(after, want) {
			t.Errorf("LibreOffice shows no %q", want)
		}
	}
}

// A template without any is the same to the byte, whatever its words.
func TestTemplateWithoutReviewIsUntouched(t *testing.T) {
	m := made{body: para("<w:ins> comment people") + para("{name}"), parts: map[string]string{"header1.xml": root("hdr", para("del"))}}
	in := m.bytes(t)
	x, err := docx.Open(in)
	if err != nil || x.Review() != (docx.Review{}) {
		t.Fatal(err, x.Review())
	}
	out, err := x.Fill(data(), docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before, after := unzip(t, in), unzip(t, out)
	var changed []string
	for name, text := range before {
		if after[name] != text {
			changed = append(changed, name)
		}
	}
	if !slices.Equal(changed, []string{"word/document.xml"}) {
		t.Errorf("changed: %v", changed)
	}
}
