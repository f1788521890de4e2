package proposal

import "sort"

// Moves reports that lines stand in another order than they did.
func (c *VariantChange) Moves() bool {
	for _, l := range c.Lines {
		if l.Moved {
			return true
		}
	}
	return false
}

// markMoved tells the lines that were moved: as few as explain the order that
// all stand in now. Those that others were put before or taken from stay.
func (c *VariantChange) markMoved() {
	if c.Old == nil || c.New == nil {
		return
	}
	place := make(map[*Line]int, len(c.Old.Lines))
	for i := range c.Old.Lines {
		place[&c.Old.Lines[i]] = i
	}
	var both, was []int // the lines of both offers, as they stand now, and where they stood
	for i, l := range c.Lines {
		if l.Old != nil && l.New != nil {
			both, was = append(both, i), append(was, place[l.Old])
		}
	}
	stays := rising(was)
	for n, i := range both {
		l := &c.Lines[i]
		if stays[n] {
			continue
		}
		l.Moved = true
		if l.What == Same {
			l.What = Moved
		}
		if c.What == Same {
			c.What = Changed
		}
	}
}

// rising marks the members of a longest rising subsequence of places that are
// all different.
func rising(places []int) []bool {
	var ends []int                     // of the sequences of each length, the one with the least end
	before := make([]int, len(places)) // the member before each in its sequence
	for i, p := range places {
		n := sort.Search(len(ends), func(k int) bool { return places[ends[k]] >= p })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	out := make([]bool, len(places))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = before[i] {
			out[i] = true
		}
	}
	return out
}
