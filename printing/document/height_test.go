package document_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// Rows are as high as their names need, wrapped at words: three long words do
// not go into two lines because their letters would.
func TestRowsAreHighEnough(t *testing.T) {
	word := "електронно" + strings.Repeat("обчислювальний", 1)
	lines := map[string]float64{
		"Насос": 1, "Насос циркуляційний": 1,
		strings.Repeat(word+" ", 3) + word: 4, // 24 letters each, two do not stand in one line
		strings.Repeat("Ш", 60):            4, // wide letters
		"перший\nдругий\nтретій":           3,
	}
	p := &proposal.Proposal{VATMode: proposal.VATNone, Variants: []proposal.Variant{{Sheet: trade.Sheet{}}}}
	var names []string
	for name := range lines {
		names = append(names, name)
		p.Variants[0].Lines = append(p.Variants[0].Lines, proposal.Line{Text: name, Quantity: 1000, Price: 100, VAT: product.VATExempt})
	}
	book, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", made(t, p))))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, row := range rows {
		for _, name := range names {
			if len(row) < 2 || row[1] != name {
				continue
			}
			found++
			if h, err := book.GetRowHeight(sheet, i+1); err != nil || h != lines[name]*15+2 {
				t.Errorf("%q has a row of %v points, want %v lines (%v)", name, h, lines[name], err)
			}
		}
	}
	if found != len(names) {
		t.Errorf("%d names of %d", found, len(names))
	}
}
