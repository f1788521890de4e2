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

// median is the middle number, the lower one of two; -1 when there is none.
func (s *spread) median() int64 {
	if s.n == 0 {
		return -1
	}
	values := make([]int64, 0, len(s.counts))
	for v := range s.counts {
		values = append(values, v)
	}
	slices.Sort(values)
	seen := int64(0)
	for _, v := range values {
		if seen += s.counts[v]; seen >= (s.n+1)/2 {
			return v
		}
	}
	return -1
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
