package document

import (
	"testing"

	"ugoda/model/proposal"
	"ugoda/ui/screen"
)

// BenchmarkEdit is what typing a quantity costs in a proposal of 500 lines:
// sums, undo, and drawing what is visible.
func BenchmarkEdit(b *testing.B) {
	d := newDesk(b)
	p, _ := d.open(screen.ToNew("proposal", map[string]any{"client": d.Client.Ref()}))
	p.Edit(func() {
		v := p.variant()
		for range 500 {
			v.Lines = append(v.Lines, proposal.Line{Text: "Кабель ВВГ 3×2,5", Unit: "м", Quantity: 12_000, Price: 42_50, Discount: 500, VAT: "20"})
		}
	})
	p.grid.Reload()
	for i := 0; b.Loop(); i++ {
		if err := p.sheet.Set(i%500, 2, "15"); err != nil {
			b.Fatal(err)
		}
	}
}
