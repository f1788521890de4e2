package paper_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/store/storetest"
)

// Sections with their sums, notes, options, parts of kits and terms of a
// variant's own stand in the letter of the shipped template; the picture of a
// product is there for those that ask for it.
func TestLinesOfAllSorts(t *testing.T) {
	ctx := context.Background()
	s, p := office(t, storetest.SQLite(t))
	burner := &product.Product{Name: "Пальник", VAT: product.VAT20, Active: true, Picture: []byte("\x89PNG\r\n")}
	if err := s.Save(ctx, "product", burner); err != nil {
		t.Fatal(err)
	}
	kit := &product.Product{Name: "Котельня", VAT: product.VAT20, Active: true, Price: model.Money{Minor: 90_000, Currency: "UAH"}, Parts: []product.Part{{Product: model.Ref{ID: burner.ID}, Quantity: 2000}}}
	if err := s.Save(ctx, "product", kit); err != nil {
		t.Fatal(err)
	}
	v := &p.Variants[0]
	v.Warranty = "П’ять років"
	v.Lines = append(v.Lines,
		proposal.Line{Heading: true, Text: "Комплекти"}, proposal.Line{Note: true, Text: "Зібрано на заводі"},
		proposal.Line{Product: model.Ref{ID: kit.ID}, Quantity: 3000}, proposal.Line{Text: "Сервіс", Quantity: 1000, Price: 12_345, VAT: product.VAT20, Optional: true},
		proposal.Line{Product: model.Ref{ID: burner.ID}, Quantity: 1000})
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	printed, err := paper.DOCX(ctx, s, paper.Job{Kind: "proposal", ID: p.ID})
	if err != nil {
		t.Fatal(err)
	}
	text := spaced(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(zipped(t, printed.DOCX, "word/document.xml"), ""))
	for _, want := range []string{"Комплекти", "2 700,00", "Зібрано на заводі", "– Пальник × 6", "Сервіс (опція, понад суму)", "(123,45)", "Опції, понад суму", "Гарантія: П’ять років"} {
		if !strings.Contains(text, spaced(want)) {
			t.Errorf("the letter lacks %q", want)
		}
	}
	tags, _, err := paper.Proposal(ctx, s, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	lines := tags["lines"].([]any)
	for i, want := range map[int]bool{7: true, 6: false, 3: false} {
		shown, known := lines[i].(docx.Scope).Lookup("picture")
		if _, is := shown.(docx.Image); !known || is != want {
			t.Errorf("line %d shows %v", i, shown)
		}
	}
	p.Variants = append(p.Variants, proposal.Variant{Name: "Інший", Sheet: trade.Sheet{Lines: []proposal.Line{{Text: "Сервіс", Quantity: 2000, Price: 100, VAT: product.VAT20}}}})
	if err := s.Save(ctx, "proposal", p); err != nil {
		t.Fatal(err)
	}
	two, _, err := paper.Proposal(ctx, s, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range two["beside"].([]any) {
		row := x.(docx.Map)
		if row["text"] == "Сервіс" && (row["first"].(docx.Map)["quantity"] != model.Qty(1000) || row["second"].(docx.Map)["quantity"] != model.Qty(2000) || row["third"] != nil) {
			t.Errorf("side by side: %v", row)
		}
	}
	if n := len(two["beside"].([]any)); n != 7 {
		t.Errorf("%d lines side by side", n)
	}
	if sections := tags["sections"].([]any); len(sections) != 2 || sections[1].(docx.Map)["name"] != "Комплекти" || len(sections[1].(docx.Map)["lines"].([]any)) != 4 {
		t.Errorf("sections: %v", sections)
	}
}
