package paper_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// office is a base ready to work with one proposal in it.
func office(t testing.TB, dsn string) (*store.Session, *proposal.Proposal) {
	t.Helper()
	ctx := context.Background()
	b, err := found.Base(ctx, dsn, found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	s := b.System()
	c := &client.Client{Name: "Криниця <Техно>", Form: client.Legal, Email: "krynytsia@client.example"}
	if err := s.Save(ctx, "client", c); err != nil {
		t.Fatal(err)
	}
	rec, err := s.New(ctx, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	p := rec.(*proposal.Proposal)
	p.Client, p.Subject = c.Ref(), "Котельня"
	p.Variants[0].Lines = []proposal.Line{
		{Text: "Обладнання", Heading: true},
		{Text: "Котел газовий", Article: "B-0009", Unit: "шт", Quantity: 2000, Price: 1_449_000, Discount: 500, VAT: product.VAT20},
		{Text: "Монтаж", Unit: "посл.", Quantity: 1000, Price: 250_000, VAT: product.VATExempt},
	}
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	return s, p
}

func TestEveryFormat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, p := office(t, dsn)
		files, err := paper.Make(context.Background(), s, paper.Job{Kind: "proposal", ID: p.ID, Engine: paper.Own}, paper.Formats...)
		if err != nil {
			t.Fatal(err)
		}
		total := locale.New(locale.Ukrainian).Amount(p.Variants[0].Total)
		for i, f := range files {
			if want := "Комерційна пропозиція " + p.Number + " Криниця Техно." + paper.Formats[i]; f.Name != want {
				t.Errorf("%q, want %q", f.Name, want)
			}
			if len(f.Notes) != 0 {
				t.Errorf("%s: %v", f.Name, f.Notes)
			}
			text := ""
			switch filepath.Ext(f.Name) {
			case ".pdf":
				text = pdfText(t, f.Data)
			case ".html":
				text = string(f.Data)
			case ".docx":
				text = zipped(t, f.Data, "word/document.xml")
			case ".xlsx":
				text = zipped(t, f.Data, "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
			}
			for _, want := range []string{"Котел газовий", "B-0009", "Обладнання", "Монтаж"} {
				if text != skipped && !strings.Contains(text, want) {
					t.Errorf("%s lacks %q", f.Name, want)
				}
			}
			if filepath.Ext(f.Name) != ".xlsx" && text != skipped && !strings.Contains(spaced(text), spaced(total)) {
				t.Errorf("%s lacks the total %s", f.Name, total)
			}
		}
		if _, err := paper.Make(context.Background(), s, paper.Job{Kind: "proposal", ID: p.ID}, "odt"); err == nil {
			t.Error("made as odt")
		}
	})
}

// skipped stands for a text that no tool of this machine reads.
const skipped = "\x00"

func pdfText(t testing.TB, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		return skipped
	}
	cmd := exec.Command(tool, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func zipped(t testing.TB, data []byte, names ...string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		f, err := z.Open(name)
		if err != nil {
			continue
		}
		content, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(content)
	}
	return b.String()
}

// spaced makes all kinds of spaces one.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// What needs approval and lacks it leaves by no way; its draft is marked.
func TestWhatMayNotLeave(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		rule := &proposal.Rule{Name: "Знижка понад 2 %", When: "discount_share > 2", Active: true, Order: 1, Approver: proposal.ByHead}
		if err := s.Save(ctx, "approval-rule", rule); err != nil {
			t.Fatal(err)
		}
		var refused model.Problems
		for _, f := range paper.Formats {
			for _, draft := range []bool{false, true} {
				files, err := paper.Make(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Engine: paper.Own, Draft: draft}, f)
				switch {
				case draft && f == "pdf":
					if err != nil {
						t.Fatal(err)
					}
					if text := pdfText(t, files[0].Data); text != skipped && !strings.Contains(text, "ЧЕРНЕТКА") {
						t.Error("the draft carries no mark")
					}
					if !bytes.Contains(files[0].Data, []byte("/ca 0.280")) {
						t.Error("no mark across the page")
					}
				case !errors.As(err, &refused):
					t.Errorf("%s, draft %v: %v", f, draft, err)
				}
			}
		}
		if _, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID}); !errors.As(err, &refused) {
			t.Errorf("filled: %v", err)
		}
		if _, err := paper.PDF(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Engine: paper.Own}); !errors.As(err, &refused) {
			t.Errorf("made a PDF: %v", err)
		}
	})
}

// suites puts stand-ins for office suites alone on the path.
func suites(t *testing.T, scripts map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range scripts {
		head := "#!/bin/sh\nPATH=/usr/bin:/bin\nwhile [ $# -gt 0 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(head+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
}

func TestEngines(t *testing.T) {
	suites(t, map[string]string{"soffice": `printf '%%PDF-1.7 made by the suite' >"$out/document.pdf"`})
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	print := func(e paper.Engine) *paper.Printed {
		t.Helper()
		out, err := paper.PDF(ctx, s, paper.Job{Kind: "proposal", ID: p.ID, Engine: e})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	bySuite := func(x *paper.Printed) bool { return strings.Contains(string(x.PDF), "made by the suite") }
	said := func(x *paper.Printed) string {
		text := ""
		for _, n := range x.Notes {
			text += n.Say(locale.New(locale.English)) + "\n"
		}
		return text
	}
	for _, e := range []paper.Engine{paper.Auto, paper.LibreOffice} {
		if x := print(e); !bySuite(x) || x.By != "LibreOffice" || len(x.Notes) != 0 {
			t.Errorf("%s: by %q, %s", e, x.By, said(x))
		}
	}
	if x := print(paper.Own); bySuite(x) || len(x.Notes) != 0 {
		t.Errorf("own: by %q, %s", x.By, said(x))
	}
	if x := print(paper.Word); bySuite(x) || !strings.Contains(said(x), "Word is not on this computer") {
		t.Errorf("word: by %q, %s", x.By, said(x))
	}
	if name, missing := paper.Missing(paper.Word); !missing || name != "Word" || paper.Suite(paper.Auto) != "LibreOffice" || paper.Suite(paper.Own) != "" {
		t.Errorf("%q %v, auto is %q", name, missing, paper.Suite(paper.Auto))
	}
	// The user's choice counts where the job says nothing.
	if err := s.SetPreference(ctx, paper.EngineSetting, string(paper.Own)); err != nil {
		t.Fatal(err)
	}
	if x := print(""); bySuite(x) {
		t.Error("the user's choice is not heard")
	}
	if err := s.SetPreference(ctx, paper.EngineSetting, "nonsense"); err != nil {
		t.Fatal(err)
	}
	if x := print(""); !bySuite(x) {
		t.Error("a choice that does not exist")
	}
	suites(t, map[string]string{"soffice": "echo no licence; exit 5"})
	for _, e := range []paper.Engine{paper.Auto, paper.LibreOffice} {
		if x := print(e); !bytes.HasPrefix(x.PDF, []byte("%PDF-")) || !strings.Contains(said(x), "LibreOffice gave no PDF") {
			t.Errorf("%s after a failure: %s", e, said(x))
		}
	}
}

// The account in the currency of the proposal is the one that is printed.
func TestAccountOfTheCurrency(t *testing.T) {
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	rec, err := s.Get(ctx, "organization", p.Organization.ID)
	if err != nil {
		t.Fatal(err)
	}
	o := rec.(*firm.Organization)
	o.Accounts = []firm.Account{{IBAN: "UA213223130000026007233566001", Currency: "UAH", Main: true}, {IBAN: "UA903052992990004149123456789", Currency: "USD"}}
	if err := s.Save(ctx, "organization", o); err != nil {
		t.Fatal(err)
	}
	for _, currency := range []string{"USD", "EUR"} {
		id, err := s.Find(ctx, "currency", currency)
		if err == nil {
			err = s.Save(ctx, "rate", &firm.ExchangeRate{Currency: model.Ref{ID: id}, On: p.Date, Rate: 42_000_000})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for currency, want := range map[string]string{"UAH": o.Accounts[0].IBAN, "USD": o.Accounts[1].IBAN, "EUR": o.Accounts[0].IBAN} {
		p.Currency = currency
		if err := s.Save(ctx, "proposal", p); err != nil {
			t.Fatal(err)
		}
		files, err := paper.Make(ctx, s, paper.Job{Kind: "proposal", ID: p.ID}, "html")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(files[0].Data), want) {
			t.Errorf("%s: not the account %s", currency, want)
		}
	}
}

// Through an English template days, amounts and the name of the file are
// English, whatever the language of the proposal.
func TestTemplateSpeaks(t *testing.T) {
	s, p := office(t, storetest.SQLite(t))
	all, err := paper.Templates(context.Background(), s, "proposal")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		printed, err := paper.DOCX(context.Background(), s, paper.Job{Kind: "proposal", ID: p.ID, Template: x.Name})
		if err != nil {
			t.Fatal(err)
		}
		lang, _ := locale.ParseLanguage(x.Language)
		words := locale.New(lang)
		text := zipped(t, printed.DOCX, "word/document.xml")
		total := model.Money{Minor: p.Variants[0].Total, Currency: "UAH"}
		for _, want := range []string{words.DayLong(p.Date), map[bool]string{true: words.Money(total), false: words.MoneyWords(total)}[x.Form == firm.FormLetter]} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", x.Name, want)
			}
		}
		if !strings.HasPrefix(printed.Name, words.Choice("template", "form", x.Form)) {
			t.Errorf("%s: the file is %q", x.Name, printed.Name)
		}
	}
}
