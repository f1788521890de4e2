package paper_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/product"
	"ugoda/model/trade"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/store/storetest"
)

// billed is a saved invoice made by hand, of two lines.
func billed(t *testing.T, s *store.Session, of model.Ref) *invoice.Invoice {
	t.Helper()
	rec, err := s.New(context.Background(), "invoice")
	if err != nil {
		t.Fatal(err)
	}
	i := rec.(*invoice.Invoice)
	i.Client, i.Subject, i.Note, i.PaymentTerms, i.VATMode = of, "Послуги", "Ключі в охорони.", "Наперед", trade.VATOnTop
	i.Lines = []trade.Line{{Heading: true, Text: "Роботи"}, {Text: "Монтаж", Unit: "посл", Quantity: 2000, Price: 100_000, VAT: product.VAT20, Discount: 1000}, {Text: "Огляд", Unit: "год", Quantity: 1000, Price: 5, VAT: product.VAT20}}
	if err := s.Save(context.Background(), "invoice", i); err != nil {
		t.Fatal(err)
	}
	return i
}

// An invoice prints as what it is, in every format: by when it is to be paid,
// with its sums and in words; a draft is marked, a cancelled one is refused.
func TestInvoicePrints(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		i := billed(t, s, p.Client)
		say := locale.New(locale.Ukrainian)
		texts := func(j paper.Job) map[string]string {
			t.Helper()
			j.Kind, j.ID, j.Engine = "invoice", i.ID, paper.Own
			files, err := paper.Make(ctx, s, j, paper.Formats...)
			if err != nil {
				t.Fatal(err)
			}
			out := map[string]string{}
			for n, f := range files {
				if !strings.HasPrefix(f.Name, "Рахунок на оплату "+i.Number) {
					t.Errorf("the file is called %s", f.Name)
				}
				switch format := paper.Formats[n]; format {
				case "pdf":
					out[format] = spaced(pdfText(t, f.Data))
				case "docx":
					out[format] = spaced(zipped(t, f.Data, "word/document.xml"))
				case "html":
					out[format] = spaced(string(f.Data))
				}
			}
			return out
		}
		until := spaced(say.DayLong(i.PayUntil))
		draft := texts(paper.Job{})
		for format, text := range draft {
			for _, want := range []string{i.Number, until, "Монтаж", "1 800,00", "2 160,06", "дві тисячі сто шістдесят гривень 06 коп.", "Ключі в охорони.", "Наперед", "ЧЕРНЕТКА"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s of the draft lacks %q: %.2000s", format, want, text)
				}
			}
			if strings.Contains(text, "Комерційна пропозиція") || strings.Contains(text, "комерційну пропозицію") {
				t.Errorf("%s calls itself a proposal", format)
			}
		}
		for format, text := range texts(paper.Job{Leaving: true}) {
			if strings.Contains(text, "ЧЕРНЕТКА") {
				t.Errorf("%s that is being sent is marked as a draft", format)
			}
		}
		if _, err := s.Do(ctx, "invoice", i.ID, "issue", nil); err != nil {
			t.Fatal(err)
		}
		for format, text := range texts(paper.Job{}) {
			if strings.Contains(text, "ЧЕРНЕТКА") {
				t.Errorf("%s of an issued one is marked as a draft", format)
			}
		}
		if _, err := paper.Make(ctx, s, paper.Job{Kind: "invoice", ID: i.ID, Form: firm.FormContract}, "pdf"); keyOf(err) != "not_a_choice" {
			t.Errorf("made into a contract: %v", err)
		}
		text, err := paper.FillText(ctx, s, paper.Job{Kind: "invoice", ID: i.ID}, "{Номер} {Всього | гроші} {#Пропозиція.Номер}за пропозицією{/}")
		if err != nil || spaced(text) != i.Number+" 2 160,06 грн" {
			t.Errorf("%q %v", text, err)
		}
		if _, err := paper.FillText(ctx, s, paper.Job{Kind: "invoice", ID: i.ID}, "{Варіанти}"); err == nil {
			t.Error("an invoice has variants")
		}
		if _, err := s.Do(ctx, "invoice", i.ID, "cancel", model.Answers{"words": "x"}); err != nil {
			t.Fatal(err)
		}
		for _, format := range paper.Formats {
			if _, err := paper.Make(ctx, s, paper.Job{Kind: "invoice", ID: i.ID}, format); keyOf(err) != "invoice_is_cancelled" {
				t.Errorf("%s of a cancelled one: %v", format, err)
			}
		}
	})
}

// keyOf is what refused an error.
func keyOf(err error) string {
	var problems model.Problems
	if errors.As(err, &problems) {
		return problems[0].Key
	}
	return ""
}

// Templates of the form serve invoices, by their conditions: those that only
// proposals can meet are asked of the proposal that is billed.
func TestTemplateOfAnInvoice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s, p := office(t, dsn)
		template := func(name, form, when string, order int64) *firm.Template {
			t.Helper()
			file, err := paper.Sample(form, locale.Ukrainian)
			if err != nil {
				t.Fatal(err)
			}
			x := &firm.Template{Name: name, For: "proposal", Form: form, Language: "uk", When: when, Order: order, File: file}
			if err := s.Save(ctx, "template", x); err != nil {
				t.Fatal(err)
			}
			return x
		}
		chosen := func(id int64) string {
			t.Helper()
			c, err := paper.Choose(ctx, s, paper.Job{Kind: "invoice", ID: id})
			if err != nil {
				t.Fatal(err)
			}
			return c.Name + " " + c.Why.Key
		}
		byHand := billed(t, s, p.Client)
		usual := chosen(byHand.ID)
		if !strings.HasSuffix(usual, "paper.why.default") {
			t.Errorf("the usual one: %s", usual)
		}
		template("Дорогі", firm.FormInvoice, "amount > 1000000", 1)
		offered := template("Зі строком", firm.FormInvoice, "valid_until is not empty", 2)
		contract := template("Наш договір", firm.FormContract, "", 1)
		if got := chosen(byHand.ID); got != usual {
			t.Errorf("made by hand: %s", got)
		}
		for _, action := range []string{"sent", "accept"} {
			if _, err := s.Do(ctx, "proposal", p.ID, action, nil); err != nil {
				t.Fatal(err)
			}
		}
		e, err := s.Do(ctx, "proposal", p.ID, "bill", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := chosen(e.Open.ID); got != offered.Name+" paper.why.condition" {
			t.Errorf("of the proposal: %s", got)
		}
		all, err := paper.Templates(ctx, s, "invoice")
		if err != nil || !slices.ContainsFunc(all, func(x paper.Template) bool { return x.ID == offered.ID }) || slices.ContainsFunc(all, func(x paper.Template) bool { return x.Form != firm.FormInvoice }) {
			t.Errorf("%v %v", all, err)
		}
		if _, err := paper.DOCX(ctx, s, paper.Job{Kind: "invoice", ID: e.Open.ID, Template: contract.Name}); keyOf(err) != "template_of_another" {
			t.Errorf("through a contract: %v", err)
		}
	})
}
