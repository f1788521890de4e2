package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/scripts/needs"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// sides is the shipped template, whose first page has a header of its own, after
// a page that lies on its side.
func sides(t *testing.T) []byte {
	t.Helper()
	file, err := paper.Sample(firm.FormProposal, "uk")
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "word/document.xml" {
			const first = `<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="720" w:right="720" w:bottom="720" w:left="720"/></w:sectPr></w:pPr></w:p>`
			data = bytes.Replace(data, []byte("<w:body>"), []byte("<w:body>"+first), 1)
		}
		out, err := w.Create(f.Name)
		if err == nil {
			_, err = out.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A draft of many pages, upright and on their side, is marked on every one of
// them, whoever is to make the PDF: an office suite is not asked, it would not
// know the mark.
func TestEveryPageOfADraftIsMarked(t *testing.T) {
	pdftotext := needs.Program(t, "pdftotext")
	suites(t, map[string]string{"soffice": `printf '%%PDF-1.7 made by the suite' >"$out/document.pdf"`})
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	for range 80 {
		p.Variants[0].Lines = append(p.Variants[0].Lines, p.Variants[0].Lines[1])
	}
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, "template", &firm.Template{Name: "Боком", For: "proposal", Form: firm.FormProposal, Language: "uk", File: sides(t)}); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, "approval-rule", &proposal.Rule{Name: "Знижка", When: "discount_share > 2", Active: true, Order: 1, Approver: proposal.ByHead}); err != nil {
		t.Fatal(err)
	}
	for _, e := range paper.Engines {
		for _, form := range []string{firm.FormProposal, firm.FormContract, firm.FormInvoice, firm.FormLetter} {
			j := paper.Job{Kind: "proposal", ID: p.ID, Engine: e, Draft: true, Form: form}
			if form == firm.FormProposal {
				j.Template = "Боком"
			}
			printed, err := paper.PDF(ctx, s, j)
			if err != nil {
				t.Fatal(err)
			}
			path := t.TempDir() + "/draft.pdf"
			if err := os.WriteFile(path, printed.PDF, 0o600); err != nil {
				t.Fatal(err)
			}
			text, err := exec.Command(pdftotext, "-raw", path, "-").Output() // letters that stand aslant come one by one
			if err != nil {
				t.Fatal(err)
			}
			pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
			if form == firm.FormProposal && len(pages) < 4 {
				t.Errorf("%d pages", len(pages))
			}
			for i, page := range pages {
				if page = strings.Join(strings.Fields(page), ""); !strings.HasSuffix(page, "ЧЕРНЕТКА") { // the last thing on the page
					t.Errorf("%s by %s: page %d of %d is not marked", form, e, i+1, len(pages))
				}
			}
		}
	}
}
