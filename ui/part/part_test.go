package part_test

import (
	"testing"

	"pgregory.net/rapid"

	"ugoda/ui/part"
)

// However one scrolls, what is visible comes to be held, each item in its own
// place, and never much more than that.
func TestWhatIsVisibleIsHeld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p part.Part[int]
		n := rapid.IntRange(1, 100_000).Draw(t, "n")
		screen := rapid.IntRange(1, 60).Draw(t, "screen")
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			first := rapid.IntRange(0, max(n-screen, 0)).Draw(t, "first")
			last := min(first+screen, n)
			if from, to, ask := p.Ask(first, last, n); ask {
				if from < 0 || to > n || from >= to || to-from > 3*screen+2 {
					t.Fatalf("%d to %d visible of %d: asked for %d to %d", first, last, n, from, to)
				}
				if rapid.Bool().Draw(t, "answered") {
					items := make([]int, to-from)
					for i := range items {
						items[i] = from + i
					}
					p.Put(from, items, first, last)
					for i := first; i < last; i++ {
						if x := p.At(i); x == nil || *x != i {
							t.Fatalf("item %d is %v after %d to %d came", i, x, from, to)
						}
					}
				}
			}
			if p.Held() > 12*max(screen, 16) {
				t.Fatalf("holds %d, %d are visible", p.Held(), screen)
			}
		}
	})
}

func TestStaleItemsStandUntilFreshOnesCome(t *testing.T) {
	var p part.Part[string]
	p.Ask(0, 2, 2)
	p.Put(0, []string{"а", "б"}, 0, 2)
	p.Stale()
	if *p.At(1) != "б" {
		t.Error("gone before fresh ones came")
	}
	if from, to, ask := p.Ask(0, 2, 2); !ask || from != 0 || to != 2 {
		t.Errorf("asks for %d to %d: %v", from, to, ask)
	}
	p.Put(0, []string{"в"}, 0, 2)
	if *p.At(0) != "в" || p.At(1) != nil {
		t.Error("old and new are mixed")
	}
}
