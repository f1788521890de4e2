package docx_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/printing/docx"
)

// LibreOffice opens what was filled and prints the same words: header, footer,
// tables, notes, text box, picture, content control, merge field.
func TestLibreOfficeReads(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed: the filled document is not opened by another program")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("poppler-utils (pdftotext) is not installed: the printed text is not read")
	}
	box := `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3000000" cy="600000"/><wp:docPr id="9" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>` + para("рамка {client.", "city}") + `</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect style="width:200pt;height:40pt"><v:textbox><w:txbxContent>` + para("рамка {client.", "city}") + `</w:txbxContent></v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	m := made{
		body: para("Пан {na", "me}") + `<w:p><w:r><w:t>{%logo}</w:t></w:r></w:p>` +
			strings.Replace(table(row("№", "Товар", "К-сть"), row("{#lines}{№}", "{product}", "{qty}{/lines}")), `<w:tblPr/><w:tblGrid>`, `<w:tblPr><w:tblW w:w="6000" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/>`, 1) +
			para("{#lines}") + table(row("окремо {product}")) + `<w:p><w:r><w:t>виноска</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>` + para("{/lines}") +
			box + mergeField("MERGEFIELD client.city \\* Upper") +
			`<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>` + para("керування {client.name}") + `</w:sdtContent></w:sdt>`,
		parts: map[string]string{
			"header1.xml":   root("hdr", para("верх {client.name}")),
			"footer1.xml":   root("ftr", para("низ {client.city}")),
			"footnotes.xml": root("footnotes", `<w:footnote w:type="separator" w:id="-1">`+para("")+`</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>примітка {product}</w:t></w:r></w:p></w:footnote>`),
		},
	}
	in := rezip(t, m.bytes(t), func(name, s string) string {
		return strings.Replace(s, "<w:sectPr>", `<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1.xml"/><w:footerReference w:type="default" r:id="rIdfooter1.xml"/>`, 1)
	})
	x, err := docx.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	d := data()
	d["logo"] = picture(t, 60, 30)
	out, err := x.Fill(d, docx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "filled.docx")
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, file).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	printed, err := exec.CommandContext(ctx, "pdftotext", "-layout", filepath.Join(dir, "filled.pdf"), "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	text := strings.Join(strings.Fields(string(printed)), " ")
	for _, want := range []string{
		"верх ТОВ «Ромашка»", "низ Львів", "Пан Оксана & Ко <«»>", "1 Стіл 2", "1.5", "окремо Стіл", "окремо Лава",
		"примітка Стіл", "примітка Лава", "рамка Львів", "ЛЬВІВ", "керування ТОВ «Ромашка»",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the printed text:\n%s", want, printed)
		}
	}
	if strings.ContainsAny(text, "{}") {
		t.Errorf("a tag was printed:\n%s", printed)
	}
}
