package paper_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// kept saves a template that was made of an earlier shipped file.
func kept(t *testing.T, s *store.Session, name string, file, from []byte) int64 {
	t.Helper()
	x := &firm.Template{Name: name, For: "proposal", Form: firm.FormProposal, Language: "uk", File: file, Order: 9}
	if from != nil {
		x.CameFrom(from)
	}
	if err := s.Save(context.Background(), "template", x); err != nil {
		t.Fatal(err)
	}
	return x.ID
}

func fileOf(t *testing.T, s *store.Session, name string) []byte {
	t.Helper()
	file, err := paper.TemplateFile(context.Background(), s, name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func renewalIs(t *testing.T, s *store.Session, id int64, want firm.Renewal) {
	t.Helper()
	if got, err := paper.RenewalOf(context.Background(), s, id); err != nil || got != want {
		t.Errorf("the template is %q (%v), want %q", got, err, want)
	}
}

// A template as it was shipped is renewed to the shipped one, and taken back;
// one of a base that did not remember where it came from is known again; a
// changed one is the user's until he says so.
func TestRenew(t *testing.T) {
	earlier, err := os.ReadFile("testdata/proposal-uk-earlier.docx")
	if err != nil {
		t.Fatal(err)
	}
	now, err := paper.Sample(firm.FormProposal, locale.Ukrainian)
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		all, err := paper.Templates(ctx, s, "proposal")
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			renewalIs(t, s, x.ID, firm.RenewalNone)
		}
		for name, from := range map[string][]byte{"remembered": earlier, "not remembered": nil} {
			id := kept(t, s, name, earlier, from)
			renewalIs(t, s, id, firm.RenewalReady)
			news, err := paper.WhatIsNew(ctx, s, id)
			if err != nil || !slices.ContainsFunc(news, func(c docx.Change) bool {
				return c.Added && strings.Contains(c.Text, "замінює редакцію")
			}) {
				t.Errorf("%s: %v %v", name, news, err)
			}
			before, err := paper.Renew(ctx, s, id)
			if err != nil || before != 1 || !bytes.Equal(fileOf(t, s, name), now) {
				t.Fatalf("%s: not renewed, back by %d: %v", name, before, err)
			}
			versions, err := paper.Versions(ctx, s, id)
			if err != nil || versions[0].Reason != firm.VersionRenewed {
				t.Errorf("%s: %+v %v", name, versions, err)
			}
			renewalIs(t, s, id, firm.RenewalNone)
			if err := paper.TakeBack(ctx, s, id, before); err != nil || !bytes.Equal(fileOf(t, s, name), earlier) {
				t.Errorf("%s: not taken back: %v", name, err)
			}
			renewalIs(t, s, id, firm.RenewalNone) // he has said what he wants
		}

		for name, from := range map[string][]byte{"changed": earlier, "changed, not remembered": nil} {
			id := kept(t, s, name, earlier, from)
			mine := sample(t, locale.Ukrainian, "Комерційна пропозиція", "Моя пропозиція")
			if err := paper.EditedTemplate(ctx, s, id, mine); err != nil {
				t.Fatal(err)
			}
			renewalIs(t, s, id, firm.RenewalChanged)
			if err := paper.KeepOwn(ctx, s, id); err != nil || !bytes.Equal(fileOf(t, s, name), mine) {
				t.Errorf("%s: not kept: %v", name, err)
			}
			renewalIs(t, s, id, firm.RenewalNone)
		}

		id := kept(t, s, "replaced", earlier, earlier)
		if err := paper.ReplaceTemplate(ctx, s, id, sample(t, locale.Ukrainian, "Комерційна", "Зовсім інша")); err != nil {
			t.Fatal(err)
		}
		renewalIs(t, s, id, firm.RenewalNone)
		if _, err := paper.Renew(ctx, s, id); err != nil { // asked for outright
			t.Fatal(err)
		}
		printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: "replaced"})
		if err != nil || !strings.Contains(zipped(t, printed.DOCX, "word/document.xml"), "Комерційна пропозиція") {
			t.Errorf("the shipped text did not come: %v", err)
		}
	})
}

// A template on a letterhead gets the newer text beneath what is the user's,
// again and again without growing; so does one whose header the user changed,
// and one that Word has written anew.
func TestRenewBeneathLetterhead(t *testing.T) {
	earlier, err := os.ReadFile("testdata/proposal-uk-earlier.docx")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	files := map[string][]byte{}
	for name, head := range letterheads(t) {
		if files[name], err = docx.Letterhead(earlier, head); err != nil {
			t.Fatal(err)
		}
	}
	files["the bookmark is lost"] = replaced(t, files["in the text"], `w:name="_ugoda_text"`, `w:name="_other"`)
	files["Word moved the bookmark"] = replaced(t, replaced(t, files["in the text"], `<w:bookmarkStart w:id="9000" w:name="_ugoda_text"/><w:bookmarkEnd w:id="9000"/><w:p>`, `<w:p><w:bookmarkStart w:id="9000" w:name="_ugoda_text"/><w:bookmarkEnd w:id="9000"/>`), "", "")
	for name, file := range files {
		id := kept(t, s, name, file, earlier)
		renewalIs(t, s, id, firm.RenewalReady)
		size := 0
		for range 3 {
			if _, err := paper.Renew(ctx, s, id); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			now := len(fileOf(t, s, name))
			if size != 0 && now > size+60 { // what zip makes of other names
				t.Errorf("%s: grows from %d to %d bytes", name, size, now)
			}
			size = now
		}
		renewalIs(t, s, id, firm.RenewalNone)
		printed, err := paper.PDF(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: name, Engine: paper.Own})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text := spaced(pdfText(t, printed.PDF))
		if text == skipped {
			continue
		}
		want := []string{"Комерційна пропозиція", "Котел газовий"}
		if name != "bare" {
			want = append(want, "ПП «Верес»", "вул. Лісова, 5")
		}
		for _, w := range want {
			if strings.Count(text, w) != 1 {
				t.Errorf("%s has %q %d times: %s", name, w, strings.Count(text, w), text)
			}
		}
		if styles := zipped(t, printed.DOCX, "word/styles.xml"); strings.Contains(styles, "TableText2") && name != "header and footer" {
			t.Errorf("%s: styles of the old text are left", name)
		}
		if name == "header and footer" {
			asSuite(t, name, printed)
		}
	}
}

// Who signs for the client stands in the contract in both languages; what is
// not known is asked, and has a line for a pen; a private person signs for
// himself.
func TestContractsClientSigns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		rec, err := s.Get(ctx, "client", p.Client.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := rec.(*client.Client)
		asked := func(template string) []string {
			t.Helper()
			blanks, err := paper.Blanks(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: template})
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, b := range blanks {
				if b.Kind == "client" {
					out = append(out, b.Field)
				}
			}
			return out
		}
		document := func(template string) string {
			t.Helper()
			d, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Template: template})
			if err != nil {
				t.Fatal(err)
			}
			texts, err := docx.Paragraphs(d.DOCX)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(texts, "\n")
		}
		all, err := paper.Templates(ctx, s, "proposal")
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{}
		for _, x := range all {
			if x.Form == firm.FormContract {
				of[x.Language] = x.Name
			}
		}
		for _, lang := range []string{"uk", "en"} {
			got := asked(of[lang])
			slices.Sort(got)
			if strings.Join(got, " ") != "signatory signatory_basis signatory_post" {
				t.Errorf("%s asks %v", lang, got)
			}
			if text := document(of[lang]); strings.Count(text, "____") < 3 {
				t.Errorf("%s has no lines to write on: %s", lang, text)
			}
		}
		c.Signatory, c.SignatoryPost, c.SignatoryBasis = "Степан Гай", "директор", "довіреності № 7 від 01.02.2026"
		if err := s.Save(ctx, "client", c); err != nil {
			t.Fatal(err)
		}
		if text := document(of["uk"]); !strings.Contains(text, "від імені якого на підставі довіреності № 7 від 01.02.2026 діє директор Степан Гай, з другої") || !strings.Contains(text, "\nДиректор\n") {
			t.Errorf("%s", text)
		}
		if text := document(of["en"]); !strings.Contains(text, "represented by Степан Гай, директор, acting on the basis of довіреності № 7") {
			t.Errorf("%s", text)
		}
		if got := asked(of["uk"]); got != nil {
			t.Errorf("asks for what is known: %v", got)
		}
		c.Form, c.Signatory, c.SignatoryPost, c.SignatoryBasis = client.Private, "", "", ""
		if err := s.Save(ctx, "client", c); err != nil {
			t.Fatal(err)
		}
		if text := document(of["uk"]); strings.Contains(text, "____") || !strings.Contains(text, "далі — Покупець, з другої сторони") || asked(of["uk"]) != nil {
			t.Errorf("a private person: %v\n%s", asked(of["uk"]), text)
		}
	})
}
