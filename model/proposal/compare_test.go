package proposal_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/model/trade"
)

func offer(lines ...proposal.Line) *proposal.Proposal {
	for i := range lines {
		if lines[i].Quantity == 0 {
			lines[i].Quantity = 1000
		}
	}
	p := &proposal.Proposal{VATMode: proposal.VATNone, Variants: []proposal.Variant{{Row: model.Row{ID: 1}, Name: "Базовий", Sheet: trade.Sheet{Lines: lines}}}}
	if err := p.Count(); err != nil {
		panic(err)
	}
	return p
}

func TestCompareLines(t *testing.T) {
	k := records.New().Kind("proposal")
	line := func(id int64, text string, price int64) proposal.Line {
		return proposal.Line{Row: model.Row{ID: id}, Text: text, Price: price}
	}
	for _, c := range []struct {
		name     string
		old, now *proposal.Proposal
		want     []string // what and whose, in order
	}{
		{"equal", offer(line(1, "a", 5), line(2, "b", 5)), offer(line(1, "a", 5), line(2, "b", 5)), []string{"same a", "same b"}},
		{"a price", offer(line(1, "a", 5)), offer(line(1, "a", 6)), []string{"changed a price total"}},
		{"another name of the same row", offer(line(1, "a", 5)), offer(line(1, "z", 5)), []string{"changed z text"}},
		{"added", offer(line(1, "a", 5)), offer(line(1, "a", 5), line(0, "b", 5)), []string{"same a", "added b"}},
		{"removed from the middle", offer(line(1, "a", 5), line(2, "b", 5), line(3, "c", 5)), offer(line(1, "a", 5), line(3, "c", 5)), []string{"same a", "removed b", "same c"}},
		{"removed from the beginning", offer(line(1, "a", 5), line(2, "b", 5)), offer(line(2, "b", 5)), []string{"removed a", "same b"}},
		{"rows anew, recognised by their words", offer(line(1, "a", 5), line(2, "b", 7)), offer(line(8, "b", 7), line(9, "a", 6)), []string{"moved b", "changed a price total"}},
		{"one of three moved", offer(line(1, "a", 5), line(2, "b", 5), line(3, "c", 5)), offer(line(3, "c", 5), line(1, "a", 5), line(2, "b", 5)), []string{"moved c", "same a", "same b"}},
		{"moved past one that is gone", offer(line(1, "a", 5), line(2, "b", 5), line(3, "c", 5)), offer(line(3, "c", 5), line(0, "d", 5), line(1, "a", 5)), []string{"moved c", "added d", "same a", "removed b"}},
		{"moved and dearer", offer(line(1, "a", 5), line(2, "b", 5), line(3, "c", 5)), offer(line(2, "b", 5), line(3, "c", 5), line(1, "a", 6)), []string{"same b", "same c", "changed a price total moved"}},
		{"the same words twice", offer(line(1, "a", 5), line(2, "a", 7)), offer(line(0, "a", 5)), []string{"same a", "removed a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, l := range proposal.Compare(k, c.old, c.now).Variants[0].Lines {
				s := l.New
				if s == nil {
					s = l.Old
				}
				words := string(l.What) + " " + s.Text
				for _, f := range l.Fields {
					words += " " + f
				}
				if l.Moved && l.What != proposal.Moved {
					words += " moved"
				}
				got = append(got, words)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCompareTermsAndVariants(t *testing.T) {
	k := records.New().Kind("proposal")
	old, now := offer(), offer()
	now.PaymentTerms, now.Importance = "100 %", "high"
	now.Variants = append(now.Variants, proposal.Variant{Name: "Розширений"})
	c := proposal.Compare(k, old, now)
	if len(c.Terms) != 1 || c.Terms[0].Field != "payment_terms" {
		t.Errorf("terms %v: payment_terms alone is what the client reads", c.Terms)
	}
	if len(c.Variants) != 2 || c.Variants[0].What != proposal.Same || c.Variants[1].What != proposal.Added || c.Equal() {
		t.Errorf("variants %+v", c.Variants)
	}
	two := []proposal.Line{{Row: model.Row{ID: 1}, Text: "a"}, {Row: model.Row{ID: 2}, Text: "b"}}
	if c := proposal.Compare(k, offer(two[0], two[1]), offer(two[1], two[0])); c.Equal() || c.Variants[0].What != proposal.Changed || !c.Variants[0].Moves() {
		t.Errorf("another order of lines: %+v", c.Variants)
	}
	if v := proposal.CompareVariants(&proposal.Variant{Sheet: trade.Sheet{Lines: two}}, &proposal.Variant{Sheet: trade.Sheet{Lines: []proposal.Line{two[1], two[0]}}}); v.Moves() {
		t.Error("variants have an order of their own")
	}
	if !proposal.Compare(k, old, old).Equal() {
		t.Error("an offer differs from itself")
	}
}

// Whatever was done to the lines, each line of both offers stands in the
// comparison once, and the differences of the lines add up to the difference
// of the totals.
func TestComparisonAddsUp(t *testing.T) {
	k := records.New().Kind("proposal")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) *proposal.Proposal {
			var lines []proposal.Line
			used := map[int64]bool{}
			for range rapid.IntRange(0, 8).Draw(t, name) {
				id := rapid.Int64Range(0, 6).Draw(t, "row")
				if used[id] {
					id = 0
				}
				used[id] = true
				lines = append(lines, proposal.Line{
					Row: model.Row{ID: id}, Product: model.Ref{ID: rapid.Int64Range(0, 2).Draw(t, "product")},
					Text: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "text"), Price: rapid.Int64Range(0, 3).Draw(t, "price"),
				})
			}
			return offer(lines...)
		}
		old, now := draw("old"), draw("now")
		c := proposal.Compare(k, old, now).Variants[0]
		var delta int64
		olds, nows := map[*proposal.Line]int{}, []*proposal.Line{}
		for _, l := range c.Lines {
			delta += l.Delta()
			if l.Old != nil {
				olds[l.Old]++
			}
			if l.New != nil {
				nows = append(nows, l.New)
			}
		}
		if delta != c.Delta() {
			t.Fatalf("lines differ by %d, totals by %d", delta, c.Delta())
		}
		if len(olds) != len(old.Variants[0].Lines) || len(nows) != len(now.Variants[0].Lines) {
			t.Fatalf("%d and %d lines compared, there are %d and %d", len(olds), len(nows), len(old.Variants[0].Lines), len(now.Variants[0].Lines))
		}
		last := -1
		for _, l := range c.Lines {
			if l.Old == nil || l.New == nil || l.Moved {
				continue
			}
			at := index(old.Variants[0].Lines, l.Old)
			if at <= last {
				t.Fatal("lines that are said to stand where they stood do not")
			}
			last = at
		}
		for i, l := range nows {
			if l != &now.Variants[0].Lines[i] {
				t.Fatal("the later lines stand out of order")
			}
		}
	})
}

// index is where a line stands among others.
func index(all []proposal.Line, of *proposal.Line) int {
	for i := range all {
		if &all[i] == of {
			return i
		}
	}
	return -1
}

// BenchmarkCompare compares two revisions of 500 lines, a third of them changed
// and the first dozen at the end.
func BenchmarkCompare(b *testing.B) {
	k := records.New().Kind("proposal")
	var old, now []proposal.Line
	for i := range 500 {
		l := proposal.Line{Row: model.Row{ID: int64(i + 1)}, Text: fmt.Sprintf("Товар %d", i), Price: int64(i) * 100}
		old = append(old, l)
		switch i % 9 {
		case 0:
			l.Price += 50
		case 3:
			l.ID = 0
		case 6:
			continue
		}
		now = append(now, l)
	}
	now = append(now[12:], now[:12]...)
	x, y := offer(old...), offer(now...)
	for b.Loop() {
		if proposal.Compare(k, x, y).Equal() {
			b.Fatal("they differ")
		}
	}
}
