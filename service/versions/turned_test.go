package versions_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/printing/sheet"
	"ugoda/scripts/needs"
	"ugoda/service/approvals"
	"ugoda/service/versions"
	"ugoda/store/storetest"
)

// Two revisions in two currencies: each sum says its own, nothing is subtracted,
// and a price of the same figure is another one; a heading has no difference.
func TestCompareCurrencies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, id := sent(t, dsn)
		ctx, p := context.Background(), locale.New(locale.English)
		usd := &firm.Currency{Name: "Долар"}
		usd.Number = "USD"
		if err := s.Save(ctx, "currency", usd); err != nil {
			t.Fatal(err)
		}
		if err := s.Save(ctx, "rate", &firm.ExchangeRate{Currency: model.Ref{ID: usd.ID}, On: monday, Rate: 40 * model.RateOne}); err != nil {
			t.Fatal(err)
		}
		rec, err := s.Get(ctx, "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		now := rec.(*proposal.Proposal)
		now.Currency, now.Rate = "USD", 0
		now.Variants[1].Lines = append([]proposal.Line{{Heading: true, Text: "Утеплення"}}, now.Variants[1].Lines...)
		if err := s.Save(ctx, "proposal", now); err != nil {
			t.Fatal(err)
		}
		c, err := versions.Compare(ctx, s, p, id, "1", versions.Now)
		if err != nil {
			t.Fatal(err)
		}
		got := rowsOf(t, c.Table(p, s.Registry().Kind("proposal"), false), p)
		for _, want := range []string{
			"Currency: «UAH» → «USD»", "Changed|Розширений|||||||UAH 2,200.00|USD 2,200.00\n", "Added|Утеплення\n",
			"Changed|Утеплювач|4|4|UAH 300.00|USD 300.00|0%|0%|UAH 1,200.00|USD 1,200.00",
		} {
			if !strings.Contains(strings.ReplaceAll(got+"\n", " %", "%"), want) {
				t.Errorf("there is no %q in\n%s", want, got)
			}
		}
		if told := approvals.Told(p, &c.Comparison); strings.Contains(told, "250") {
			t.Errorf("sums of two currencies are subtracted: %s", told)
		}
	})
}

// Words in a printed comparison are not broken, and figures are not wrapped,
// however long names are.
func TestPrintedComparison(t *testing.T) {
	s, id := sent(t, storetest.SQLite(t))
	ctx, p := context.Background(), locale.New(locale.Ukrainian)
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		t.Fatal(err)
	}
	now := rec.(*proposal.Proposal)
	v := &now.Variants[0]
	v.Name = "Базовий варіант комплектації з усіма роботами"
	for range 60 {
		v.Lines = append(v.Lines, proposal.Line{Text: "Труба поліпропіленова армована скловолокном PN25 з муфтою та кріпленням, комплект для монтажу", Quantity: 19_000, Price: 78_654_321})
	}
	if err := s.Save(ctx, "proposal", now); err != nil {
		t.Fatal(err)
	}
	c, err := versions.Compare(ctx, s, p, id, "1", versions.Now)
	if err != nil {
		t.Fatal(err)
	}
	x := c.Table(p, s.Registry().Kind("proposal"), false)
	var file bytes.Buffer
	if err := sheet.Write(ctx, &file, "pdf", x, sheet.Options{Formatter: p}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(needs.Program(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = &file
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, want := range []string{"Змінено", "Додано", p.Amount(v.Total)} {
		if !strings.Contains(strings.ReplaceAll(text, "\u00a0", " "), strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("%q is broken in\n%.2000s", want, text)
		}
	}
}
