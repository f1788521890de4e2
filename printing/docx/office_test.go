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
	"ugoda/scripts/needs"
)

// LibreOffice opens what was filled and prints the same words: header, footer,
// tables, notes, text box, picture, content control, merge field.
func TestLibreOfficeReads(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		needs.Missing(t, "LibreOffice (soffice) is not installed: the filled document is not opened by another program")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		needs.Missing(t, "poppler-utils (pdftotext) is not installed: the printed text is not read")
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
	printed := printedBy(t, office, out)
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

// printedBy is the text of a document as LibreOffice prints it.
func printedBy(t *testing.T, office string, document []byte) []byte {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "filled.docx")
	if err := os.WriteFile(file, document, 0o600); err != nil {
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
	return printed
}

// LibreOffice opens what nested loops, tables in tables, conditions, filters,
// raw markup and Ukrainian names came to.
func TestLibreOfficeReadsLoops(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		needs.Missing(t, "LibreOffice (soffice) is not installed: the filled document is not opened by another program")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		needs.Missing(t, "poppler-utils (pdftotext) is not installed: the printed text is not read")
	}
	wide := func(s string) string {
		return strings.ReplaceAll(s, `<w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/>`, `<w:tblPr><w:tblW w:w="8000" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/>`)
	}
	inner := table("<w:tr>" + cell(para("{#Позиції}{№}) {Товар | ве", "ликими}")) + cell(para("{Сума | default:\"—\"}{/Позиції}")) + "</w:tr>")
	outer := wide(`<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid><w:tr>` + cell(para("{#Варіанти}варіант {Назва}")) + cell(inner+para("{^Позиції}порожньо{/Позиції}{/Варіанти}")) + `</w:tr></w:tbl>`)
	m := made{body: para("Клієнт: {Клієнт.Назва}") + outer + para("{#Варіанти}") + para("список {Назва}:") + para("{#Позиції}") + para("— {Товар} у варіанті {Назва}") + para("{/Позиції}") + para("{/Варіанти}") +
		para("{^Знижка}без знижки{/Знижка}{#Знижка}зі знижкою{/Знижка}") + para("{@Розмітка}") + para("кінець")}
	v, err := docx.ParseVocabulary([]byte(`{"fields": [
		{"name": "client", "also": ["Клієнт"], "kind": "record", "of": "client"}, {"name": "variants", "also": ["Варіанти"], "kind": "list", "of": "variant"},
		{"name": "discount", "also": ["Знижка"]}, {"name": "raw", "also": ["Розмітка"], "kind": "raw"}],
		"records": {"client": [{"name": "name", "also": ["Назва"]}], "variant": [{"name": "name", "also": ["Назва"]}, {"name": "lines", "also": ["Позиції"], "kind": "list", "of": "line"}],
		"line": [{"name": "product", "also": ["Товар"]}, {"name": "amount", "also": ["Сума"]}]}, "filters": [{"name": "upper", "also": ["великими"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	x := open(t, m)
	filters := v.Named(nil)
	if problems := x.Check(v, filters); len(problems) > 0 {
		t.Fatal(problems)
	}
	line := func(product, amount string) docx.Map { return docx.Map{"product": product, "amount": amount} }
	out, err := x.Fill(v.Bind(docx.Map{
		"client": docx.Map{"name": "ТОВ «Ромашка»"}, "discount": "",
		"raw": docx.RawXML(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>жирна розмітка</w:t></w:r></w:p>`),
		"variants": []any{
			docx.Map{"name": "Базовий", "lines": []any{line("стіл", "100"), line("лава", "")}},
			docx.Map{"name": "Порожній", "lines": []any{}},
			docx.Map{"name": "Повний", "lines": []any{line("шафа", "900")}},
		},
	}), docx.Options{Filters: filters})
	if err != nil {
		t.Fatal(err)
	}
	printed := printedBy(t, office, out)
	text := strings.Join(strings.Fields(string(printed)), " ")
	for _, want := range []string{
		"Клієнт: ТОВ «Ромашка»", "варіант Базовий", "1) СТІЛ", "100", "2) ЛАВА", "—", "варіант Порожній порожньо", "варіант Повний", "1) ШАФА", "список Базовий: — стіл у варіанті Базовий — лава у варіанті Базовий список Порожній: список Повний: — шафа у варіанті Повний",
		"без знижки", "жирна розмітка", "кінець",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the printed text:\n%s", want, printed)
		}
	}
	if strings.ContainsAny(text, "{}") || strings.Contains(text, "зі знижкою") {
		t.Errorf("what should not be printed:\n%s", printed)
	}
}
