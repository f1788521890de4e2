package listing

import (
	"testing"

	"ugoda/model"
	"ugoda/ui/list"
)

// A list beside other things gives its sums the room that the longest wants.
func TestSmallListReadsSumsWhole(t *testing.T) {
	base := session(t, 1)
	s, h := open(t, base, "deal")
	s.Close()
	kind := base.Registry().Kind("deal")
	small := NewSmall(h, kind, nil)
	t.Cleanup(small.Close)
	least := func() float32 {
		for _, c := range small.Grid().Columns() {
			if c.Key == "amount" {
				return c.Least
			}
		}
		t.Fatal("no sums")
		return 0
	}
	before, text := least(), h.Words().Amount(123_456_789_012_34)
	if before >= written(text) {
		t.Fatal("the sum is not long")
	}
	row := list.Row{ID: 1, Cells: make([]list.Cell, len(small.cols))}
	for i, c := range small.cols {
		row.Cells[i].Text = small.paint.text(c, map[string]any{"amount": model.Money{Minor: 123_456_789_012_34, Currency: "UAH"}}[c.path])
	}
	small.makeRoom([]list.Row{row})
	if least() < written(text) {
		t.Errorf("%s has %.0f, wants %.0f", text, least(), written(text))
	}
}
