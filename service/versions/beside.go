package versions

import (
	"context"
	"strconv"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/table"
	"ugoda/store"
)

// AllVariants asks for all variants side by side, in the place of a side.
const AllVariants = "variants"

// Beside lays all variants of a proposal side by side: their lines matched, and
// below them their sums; the margin where the session may see it.
func Beside(ctx context.Context, s *store.Session, p *locale.Printer, id int64) (*table.Table, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, err
	}
	now := rec.(*proposal.Proposal)
	if len(now.Variants) < 2 {
		return nil, model.Refused("", "nothing_to_compare")
	}
	kind := s.Registry().Kind("proposal").Part("variants").Kind
	t := &table.Table{
		Report: "variants", Title: p.T("versions.beside_title", "number", now.Number),
		Parameters: []table.Parameter{{Name: "proposal", Label: p.Kind("proposal"), Value: now.Number}},
		Columns:    []table.Column{{Name: Item, Label: p.T("versions.item"), Type: model.Text, Width: 44}},
	}
	for i := range now.Variants {
		side := variantSide(p, now, i)
		t.Columns = append(t.Columns,
			table.Column{Name: side.Name + "_quantity", Label: side.Label + ": " + p.Field("proposal.variants.lines", "quantity"), Type: model.Quantity},
			table.Column{Name: side.Name + "_price", Label: side.Label + ": " + p.Field("proposal.variants.lines", "price"), Type: model.Amount, Currency: now.Currency},
			table.Column{Name: side.Name + "_total", Label: side.Label + ": " + p.Field("proposal.variants.lines", "total"), Type: model.Amount, Currency: now.Currency})
	}
	money := func(minor int64) model.Money { return model.Money{Minor: minor, Currency: now.Currency} }
	var rows []table.Row
	for _, r := range proposal.Beside(now.Variants) {
		cells := make([]any, len(t.Columns))
		cells[0] = r.Text
		for n, l := range r.Lines {
			if l == nil || !l.Priced() {
				continue
			}
			cells[1+3*n], cells[2+3*n], cells[3+3*n] = l.Quantity, money(l.Price), money(l.Total)
			if l.Optional {
				cells[0] = r.Text + " (" + p.T("proposal.option") + ")"
			}
		}
		rows = append(rows, table.Row{Cells: cells, Strong: r.Heading, Level: map[bool]int{false: 1}[r.Heading]})
	}
	for _, sum := range []struct {
		field string
		of    func(v *proposal.Variant) int64
	}{
		{"discount_sum", func(v *proposal.Variant) int64 { return v.DiscountSum }},
		{"options_sum", func(v *proposal.Variant) int64 { return v.OptionsSum }},
		{"vat_sum", func(v *proposal.Variant) int64 { return v.VATSum }},
		{"total", func(v *proposal.Variant) int64 { return v.Total }},
		{"margin", func(v *proposal.Variant) int64 { return v.Margin }},
	} {
		f := kind.Field(sum.field)
		if !s.Sees(f) {
			continue
		}
		cells, some := make([]any, len(t.Columns)), false
		cells[0] = p.Field("proposal.variants", sum.field)
		for n := range now.Variants {
			minor := sum.of(&now.Variants[n])
			cells[3+3*n], some = money(minor), some || minor != 0
		}
		if some {
			rows = append(rows, table.Row{Cells: cells, Strong: true})
		}
	}
	t.Parameters = append(t.Parameters, table.Parameter{Name: "variants", Label: p.Kinds("proposal.variants"), Value: strconv.Itoa(len(now.Variants))})
	t.Rows, t.Count = table.Slice(rows...), int64(len(rows))
	return t, nil
}
