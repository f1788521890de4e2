package post

import (
	"slices"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/model/trade"
)

// However many lines were moved, the letter says it in one item, among the
// others; where the order is the same, nothing of it.
func TestMovedLinesAreOneItem(t *testing.T) {
	kind := records.New().Kind("proposal")
	offer := func(order ...int64) *proposal.Proposal {
		var lines []trade.Line
		for _, id := range order {
			lines = append(lines, trade.Line{Row: model.Row{ID: id}, Text: "Позиція " + string(rune('A'+id)), Quantity: 1000, Price: 100})
		}
		p := &proposal.Proposal{VATMode: proposal.VATNone, Currency: "UAH", Variants: []proposal.Variant{{Row: model.Row{ID: 1}, Sheet: trade.Sheet{Lines: lines}}}}
		if err := p.Count(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	told := func(was, now *proposal.Proposal) string {
		l := changeList{words: locale.New(locale.Ukrainian), kind: kind, was: "UAH", currency: "UAH"}
		l.list(proposal.Compare(kind, was, now))
		return strings.Join(l.lines, "; ")
	}
	if got := told(offer(1, 2, 3, 4, 5, 6), offer(6, 5, 4, 3, 2, 1)); got != "порядок позицій інший" {
		t.Errorf("turned round: %q", got)
	}
	if got := told(offer(1, 2, 3), offer(3, 2)); !slices.Contains(strings.Split(got, "; "), "порядок позицій інший") || !strings.Contains(got, "вилучено: Позиція B") {
		t.Errorf("one removed, the others moved: %q", got)
	}
	if got := told(offer(1, 2, 3), offer(1, 3)); strings.Contains(got, "порядок") {
		t.Errorf("one removed, the others where they were: %q", got)
	}
}
