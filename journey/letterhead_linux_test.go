package journey

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/mail/message"
	"ugoda/model/firm"
	"ugoda/scripts/needs"
	"ugoda/store/storetest"
)

// TestLetterhead is how a firm begins, by keys alone: its Word letterhead, with
// a remark and a change of whoever made it, is chosen in the templates, the
// program's texts come beneath it, and the first proposal goes out on it.
func TestLetterhead(t *testing.T) {
	if testing.Short() {
		t.Skip("a journey takes a while")
	}
	pdftotext := needs.Program(t, "pdftotext")
	p, server, w := working(t, storetest.SQLite(t))
	blank := letterhead(t)

	templates := len(p.rows("template", "--columns", "name"))
	p.find("шаблони")
	before := p.Settle()
	p.Key("Insert")
	p.Until("it asks for a file", 20*time.Second, func() bool { return Changed(before, p.Look()) > 20_000 })
	p.Type(blank)
	p.Settle()
	p.Picture("file")
	before = p.Settle()
	p.Key("Return")
	p.Until("it is taken for a letterhead", 20*time.Second, func() bool { return Changed(before, p.Look()) > 20_000 })
	p.Settle()
	p.Picture("letterhead")
	p.Key("Return")
	p.Until("a template of each form is there", 30*time.Second, func() bool {
		return len(p.rows("template", "--columns", "name")) == templates+len(firm.Forms)
	})
	p.Picture("templates")

	deal := p.rows("deal", "--where", `state = "open" and client.email is not empty and process = "Продаж"`, "--columns", "number", "--sort", "number", "--limit", "1")[0]["number"].(string)
	product := p.rows("product", "--where", "price > 0", "--columns", "name", "--limit", "1")[0]["name"].(string)
	offers := len(p.rows("proposal", "--columns", "number"))
	p.find(deal)
	p.Key("ctrl+shift+Return") // the main action: make a proposal
	p.Settle()
	p.Type(product)
	p.Settle()
	p.Key("Return")
	p.Type("3")
	p.Key("Return")
	p.Key("ctrl+s")
	p.Until("the proposal is saved", 20*time.Second, func() bool { return len(p.rows("proposal", "--columns", "number")) == offers+1 })
	no := p.rows("proposal", "--sort", "-number", "--limit", "1", "--columns", "number")[0]["number"].(string)
	before = p.Settle()
	p.Key("ctrl+p")
	p.Until("the print is shown", 20*time.Second, func() bool { return Changed(before, p.Look()) > 20_000 })
	p.Settle()
	p.Picture("print")
	p.Key("ctrl+m")
	p.Settle()
	p.Picture("letter")
	p.Key("ctrl+Return")
	p.Until("the proposal is on the other side", 3*time.Minute, func() bool { return len(server.Received()) > 0 })
	letter, err := message.Read(server.Received()[0].Data)
	if err != nil || len(letter.Attachments) != 1 {
		t.Fatalf("the letter: %v, %+v", err, letter)
	}
	pdf := filepath.Join(t.TempDir(), "proposal.pdf")
	if err := os.WriteFile(pdf, letter.Attachments[0].Data, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(pdftotext, "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatalf("the attachment is no PDF: %v", err)
	}
	said := plain(string(text))
	for _, want := range []string{"ТОВ «Новий бланк», Львів", no, product} {
		if !strings.Contains(said, plain(want)) {
			t.Errorf("the proposal on the letterhead does not say %q:\n%s", want, text)
		}
	}
	for _, not := range []string{"Стара назва", "перепитати", "{"} {
		if strings.Contains(said, plain(not)) {
			t.Errorf("the proposal says %q:\n%s", not, text)
		}
	}
	p.Until("the proposal is sent", 3*time.Minute, func() bool {
		return p.rows("proposal", "--where", `number = "`+no+`"`, "--columns", "status")[0]["status"] == "sent"
	})
	p.Settle()
	p.Key("Escape") // what comes next is not planned now
	p.Settle()
	w.Close()
	if log := w.Log(); strings.Contains(log, "panic") || strings.Contains(log, "ERROR") {
		t.Errorf("the program complained:\n%s", log)
	}
}

// letterhead writes a Word letterhead: a header with a deleted name and a
// remark, and an empty page.
func letterhead(t *testing.T) string {
	t.Helper()
	const (
		word   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
		office = "application/vnd.openxmlformats-officedocument.wordprocessingml."
		kinds  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
		rels   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		by     = ` w:id="1" w:author="Олена" w:date="2026-03-02T10:00:00Z"`
	)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + office + `document.main+xml"/><Override PartName="/word/header1.xml" ContentType="` + office + `header+xml"/><Override PartName="/word/comments.xml" ContentType="` + office + `comments+xml"/></Types>`},
		{"_rels/.rels", rels + `<Relationship Id="rId1" Type="` + kinds + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", rels + `<Relationship Id="rId1" Type="` + kinds + `header" Target="header1.xml"/><Relationship Id="rId2" Type="` + kinds + `comments" Target="comments.xml"/></Relationships>`},
		{"word/document.xml", `<w:document ` + word + `><w:body><w:p><w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="850" w:bottom="1134" w:left="1134" w:header="600" w:footer="600"/></w:sectPr></w:body></w:document>`},
		{"word/header1.xml", `<w:hdr ` + word + `><w:p><w:del` + by + `><w:r><w:delText>Стара назва</w:delText></w:r></w:del><w:ins` + by + `><w:r><w:t>ТОВ «Новий бланк»</w:t></w:r></w:ins><w:r><w:t>, Львів</w:t></w:r></w:p></w:hdr>`},
		{"word/comments.xml", `<w:comments ` + word + `><w:comment w:id="0" w:author="Олена"><w:p><w:r><w:t>перепитати</w:t></w:r></w:p></w:comment></w:comments>`},
	} {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return write(t, "Blank.docx", b.String())
}
