package reports

import (
	"slices"

	"ugoda/model"
)

// spread is how often each number occurred.
type spread struct {
	counts map[int64]int64
	n      int64
}

func (s *spread) add(value, count int64) {
	if s.counts == nil {
		s.counts = map[int64]int64{}
	}
	s.counts[value] += count
	s.n += count
}

// median is the middle number, or halfway between the two middle ones, half up;
// -1 when there is none.
func (s *spread) median() int64 {
	if s.n == 0 {
		return -1
	}
	values := make([]int64, 0, len(s.counts))
	for v := range s.counts {
		values = append(values, v)
	}
	slices.Sort(values)
	at := func(place int64) int64 {
		for _, v := range values {
			if place -= s.counts[v]; place < 0 {
				return v
			}
		}
		return values[len(values)-1]
	}
	low, high := at((s.n-1)/2), at(s.n/2)
	return low + (high-low+1)/2
}

// weigh is an amount times a probability in hundredths of a percent, rounded
// half up, as the register keeps it.
func weigh(amount, probability int64) int64 {
	w, err := model.Share(amount, model.Percent(probability))
	if err != nil {
		return 0
	}
	return w
}
