package list

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The set of ranges against a plain set of rows.
func TestRangesAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r Ranges
		plain := map[int]bool{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			from := rapid.IntRange(0, 40).Draw(t, "from")
			to := from + rapid.IntRange(0, 12).Draw(t, "n")
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				r.Add(from, to)
				for i := from; i < to; i++ {
					plain[i] = true
				}
			case 1:
				r.Remove(from, to)
				for i := from; i < to; i++ {
					delete(plain, i)
				}
			case 2:
				r.Toggle(from)
				if plain[from] {
					delete(plain, from)
				} else {
					plain[from] = true
				}
			}
			if r.Count() != len(plain) {
				t.Fatalf("%d rows, not %d: %v", r.Count(), len(plain), r.list)
			}
			var rows []int
			for i := range r.All() {
				rows = append(rows, i)
			}
			if !slices.IsSorted(rows) {
				t.Fatalf("not in order: %v", rows)
			}
			for i := range 60 {
				if r.Contains(i) != plain[i] {
					t.Fatalf("row %d: %v in %v", i, r.Contains(i), r.list)
				}
			}
			for i := 1; i < len(r.list); i++ {
				if r.list[i-1].To >= r.list[i].From {
					t.Fatalf("ranges touch: %v", r.list)
				}
			}
		}
	})
}

func BenchmarkSelectAMillion(b *testing.B) {
	for b.Loop() {
		var r Ranges
		r.Add(0, 1_000_000)
		r.Toggle(500_000)
		if r.Count() != 999_999 {
			b.Fatal(r.Count())
		}
	}
}
