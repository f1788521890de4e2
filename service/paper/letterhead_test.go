package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/printing/convert"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

const wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

// packed makes a DOCX of parts below word/, with the relationships of the
// document and of its header.
func packed(t testing.TB, parts map[string]string, documentRels, headerRels string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, data string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`
	for name := range parts {
		kind := strings.TrimRight(strings.TrimSuffix(name, ".xml"), "0123456789")
		if kind == "document" {
			kind = "document.main"
		}
		if strings.HasSuffix(name, ".xml") {
			types += `<Override PartName="/word/` + name + `" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + kind + `+xml"/>`
		}
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+types+`</Types>`)
	rels := func(list string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + list + `</Relationships>`
	}
	add("_rels/.rels", rels(rel("rId1", "officeDocument", "word/document.xml")))
	if documentRels != "" {
		add("word/_rels/document.xml.rels", rels(documentRels))
	}
	if headerRels != "" {
		add("word/_rels/header1.xml.rels", rels(headerRels))
	}
	for name, data := range parts {
		add("word/"+name, data)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rel(id, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
}

func part(root, content string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:` + root + ` ` + wordSpaces + `>` + content + `</w:` + root + `>`
}

func mark(t testing.TB) string {
	img := image.NewNRGBA(image.Rect(0, 0, 90, 30))
	for i := range img.Pix {
		img.Pix[i] = 160
	}
	img.Set(1, 1, color.Black)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const picture = `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="1143000" cy="381000"/><wp:docPr id="1" name="logo"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1143000" cy="381000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`

func letterheads(t testing.TB) map[string][]byte {
	line := func(s string) string { return `<w:p><w:r><w:t>` + s + `</w:t></w:r></w:p>` }
	return map[string][]byte{
		// What Word makes: a header with a picture, a footer, narrow text, Times New
		// Roman, a style and a list whose names are those of the shipped ones.
		"header and footer": packed(t, map[string]string{
			"document.xml":   part("document", `<w:body>`+line("Зразок тексту листа, який не потрібен.")+`<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1134" w:bottom="1701" w:left="1985" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body>`),
			"header1.xml":    part("hdr", `<w:p>`+picture+`<w:r><w:t xml:space="preserve"> ПП «Верес» — меблі з дуба</w:t></w:r></w:p>`),
			"footer1.xml":    part("ftr", line("вул. Лісова, 5, м. Косів")),
			"styles.xml":     part("styles", `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="200" w:line="360" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="TableText"><w:name w:val="Table Text"/><w:rPr><w:sz w:val="60"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="UgodaTitle"><w:name w:val="Ugoda Title"/></w:style>`),
			"numbering.xml":  part("numbering", `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`),
			"media/logo.png": mark(t),
		}, rel("rIdH", "header", "header1.xml")+rel("rIdF", "footer", "footer1.xml")+rel("rIdS", "styles", "styles.xml")+rel("rIdN", "numbering", "numbering.xml"), rel("rIdLogo", "image", "media/logo.png")),
		// The letterhead is typed at the top of the page; the paper is American.
		"in the text": packed(t, map[string]string{
			"document.xml":   part("document", `<w:body><w:p>`+picture+`</w:p>`+line("ПП «Верес» — меблі з дуба")+line("вул. Лісова, 5, м. Косів")+`<w:p/><w:p/><w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body>`),
			"styles.xml":     part("styles", `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:rFonts w:ascii="DejaVu Serif" w:hAnsi="DejaVu Serif"/></w:rPr></w:style>`),
			"media/logo.png": mark(t),
		}, rel("rIdS", "styles", "styles.xml")+rel("rIdLogo", "image", "media/logo.png"), ""),
		// Nothing but a page.
		"bare": packed(t, map[string]string{"document.xml": part("document", `<w:body><w:p/></w:body>`)}, "", ""),
	}
}

// Every shipped template on every letterhead: the letterhead stays, the text
// comes, no tag is lost, our own layout shows all of it as LibreOffice does.
func TestLetterhead(t *testing.T) {
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	dir := t.TempDir()
	for name, head := range letterheads(t) {
		for _, form := range firm.Forms {
			for _, lang := range locale.Languages {
				file, err := paper.OnLetterhead(form, lang, head)
				if err != nil {
					t.Fatalf("%s, %s: %v", name, form, err)
				}
				if problems, err := paper.CheckTemplate("proposal", file, locale.New(lang)); err != nil || len(problems) > 0 {
					t.Fatalf("%s, %s: %v %v", name, form, problems, err)
				}
				if lang != locale.Ukrainian {
					continue
				}
				path := filepath.Join(dir, form+".docx")
				if err := os.WriteFile(path, file, 0o600); err != nil {
					t.Fatal(err)
				}
				printed, err := paper.PDF(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: path, Form: form, Engine: paper.Own})
				if err != nil {
					t.Fatalf("%s, %s: %v", name, form, err)
				}
				for _, n := range printed.Notes {
					if n.Key != "paper.note.fonts" {
						t.Errorf("%s, %s: %v", name, form, n)
					}
				}
				text := spaced(pdfText(t, printed.PDF))
				want := []string{p.Number, "Котел газовий"}
				if form == firm.FormLetter {
					want = []string{p.Number, "Коротко про головне"}
				}
				if name != "bare" {
					want = append(want, "ПП «Верес»", "вул. Лісова, 5")
				} else if form == firm.FormProposal {
					want = append(want, "Сторінка 1 з 1") // the template's own footer
				}
				for _, w := range want {
					if text != skipped && !strings.Contains(text, w) {
						t.Errorf("%s, %s lacks %q: %s", name, form, w, text)
					}
				}
				if strings.Contains(text, "не потрібен") {
					t.Errorf("%s, %s: the letterhead's own text is printed", name, form)
				}
				if form == firm.FormContract && text != skipped && !strings.Contains(text, "2.1.") {
					t.Errorf("%s: clauses of the contract are not numbered: %s", name, text)
				}
				if dir := os.Getenv("UGODA_DRAWN"); dir != "" {
					if err := errorsOf(os.WriteFile(filepath.Join(dir, "lh-"+name+"-"+form+".pdf"), printed.PDF, 0o600), os.WriteFile(filepath.Join(dir, "lh-"+name+"-"+form+".docx"), printed.DOCX, 0o600)); err != nil {
						t.Fatal(err)
					}
				}
				if form == firm.FormContract {
					asSuite(t, name+", "+form, printed)
				}
			}
		}
	}
}

// asSuite fails where an installed office suite makes other pages of a filled
// document than our own layout: how many, or the words on one of them.
func asSuite(t *testing.T, name string, p *paper.Printed) {
	t.Helper()
	suites := convert.Find()
	if len(suites) == 0 {
		return
	}
	theirs, err := suites[0].PDF(t.Context(), p.DOCX)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	a, b := strings.Split(pdfText(t, p.PDF), "\f"), strings.Split(pdfText(t, theirs), "\f")
	if len(a) != len(b) {
		t.Errorf("%s: %d pages, theirs %d", name, len(a)-1, len(b)-1)
		return
	}
	for i := range a {
		ours, other := strings.Fields(a[i]), strings.Fields(b[i])
		slices.Sort(ours)
		slices.Sort(other)
		if !slices.Equal(ours, other) {
			t.Errorf("%s: page %d has other words than %s makes:\n%v\n%v", name, i+1, suites[0].Name(), ours, other)
		}
	}
}

// Each shipped template, filled, has the pages that an office suite makes of it.
func TestShippedAsSuite(t *testing.T) {
	s, p := office(t, storetest.SQLite(t))
	rec, err := s.Get(t.Context(), "proposal", p.ID)
	if err != nil {
		t.Fatal(err)
	}
	long := rec.(*proposal.Proposal)
	for i := range 40 {
		long.Variants[0].Lines = append(long.Variants[0].Lines, proposal.Line{Text: fmt.Sprintf("Насос відцентровий консольний К%d/30, робоче колесо з нержавіючої сталі", i), Unit: "шт", Quantity: 2000, Price: 1_245_000, VAT: "20"})
	}
	if err := s.Save(t.Context(), "proposal", long); err != nil {
		t.Fatal(err)
	}
	all, err := paper.Templates(t.Context(), s, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		printed, err := paper.PDF(t.Context(), s, paper.Job{Kind: "proposal", ID: p.ID, Template: x.Name, Engine: paper.Own})
		if err != nil {
			t.Fatal(err)
		}
		if len(printed.Notes) != 0 {
			t.Errorf("%s: %v", x.Name, printed.Notes)
		}
		asSuite(t, x.Name, printed)
	}
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// A letterhead makes the templates of all forms at once, in the base, as the
// default ones if that is wished; pages, margins and fonts are the letterhead's.
func TestUseLetterhead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		head := letterheads(t)["header and footer"]
		ids, err := paper.UseLetterhead(ctx, s, "proposal", "Верес", head, firm.Forms, []locale.Language{locale.Ukrainian}, true)
		if err != nil || len(ids) != len(firm.Forms) {
			t.Fatalf("%v %v", ids, err)
		}
		for _, form := range firm.Forms {
			c, err := paper.Choose(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Form: form})
			if err != nil || !slices.Contains(ids, c.ID) || c.Why.Key != "paper.why.default" {
				t.Errorf("%s goes through %+v, %v", form, c, err)
			}
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		document, styles := zipped(t, printed.DOCX, "word/document.xml"), zipped(t, printed.DOCX, "word/styles.xml")
		if !strings.Contains(document, `w:left="1985"`) || strings.Contains(styles, "Noto Sans") || !strings.Contains(styles, `w:styleId="UgodaTableText"`) || strings.Count(styles, `w:styleId="TableText"`) != 1 {
			t.Errorf("the letterhead's page, font or styles are lost")
		}
		if has, err := paper.HasTags(head); has || err != nil {
			t.Errorf("a letterhead has tags: %v %v", has, err)
		}
		if _, err := paper.UseLetterhead(ctx, s, "proposal", "x", []byte("не документ"), firm.Forms, locale.Languages, false); err == nil {
			t.Error("a text became a letterhead")
		}
	})
}
