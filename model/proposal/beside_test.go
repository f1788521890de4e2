package proposal_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

func TestBeside(t *testing.T) {
	line := func(product int64, text string, q model.Qty) proposal.Line {
		return proposal.Line{Product: model.Ref{ID: product}, Text: text, Quantity: q * 1000}
	}
	variants := []proposal.Variant{
		{Sheet: trade.Sheet{Lines: []proposal.Line{{Heading: true, Text: "Обладнання"}, line(1, "Котел", 1), line(2, "Насос", 2)}}},
		{Sheet: trade.Sheet{Lines: []proposal.Line{{Heading: true, Text: "Обладнання"}, line(1, "Котел", 2), {Note: true, Text: "слова"}, line(0, "Монтаж", 1), line(2, "Насос", 2)}}},
		{Sheet: trade.Sheet{Lines: []proposal.Line{line(0, "Монтаж", 3), line(2, "Насос інакше", 1)}}},
	}
	var told []string
	for _, r := range proposal.Beside(variants) {
		s := r.Text
		for _, l := range r.Lines {
			if l == nil {
				s += " -"
			} else {
				s += fmt.Sprint(" ", int64(l.Quantity)/1000)
			}
		}
		told = append(told, s)
	}
	if got, want := strings.Join(told, "; "), "Обладнання 0 0 -; Котел 1 2 -; Монтаж - 1 3; Насос 2 2 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// No line is lost or stands twice, whatever the variants.
func TestBesideKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var variants []proposal.Variant
		want := 0
		for range rapid.IntRange(1, 4).Draw(t, "variants") {
			var v proposal.Variant
			for range rapid.IntRange(0, 6).Draw(t, "lines") {
				l := proposal.Line{Product: model.Ref{ID: rapid.Int64Range(0, 3).Draw(t, "product")}, Text: rapid.SampledFrom([]string{"а", "б", "в"}).Draw(t, "text"), Note: rapid.IntRange(0, 5).Draw(t, "note") == 0}
				if !l.Note {
					want++
				}
				v.Lines = append(v.Lines, l)
			}
			variants = append(variants, v)
		}
		seen := map[*proposal.Line]bool{}
		for _, r := range proposal.Beside(variants) {
			for n, l := range r.Lines {
				if l == nil {
					continue
				}
				if seen[l] || l.Note {
					t.Fatalf("%+v stands twice or is a note", l)
				}
				seen[l] = true
				own := false
				for i := range variants[n].Lines {
					own = own || &variants[n].Lines[i] == l
				}
				if !own {
					t.Fatalf("%+v stands under another variant", l)
				}
			}
		}
		if len(seen) != want {
			t.Fatalf("%d of %d lines", len(seen), want)
		}
	})
}
