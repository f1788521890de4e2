package list

import (
	"iter"
	"slices"
	"sort"
)

// Range is the rows from From up to, not including, To.
type Range struct{ From, To int }

// Ranges is a set of rows, kept as ranges that are sorted, apart from each
// other and not empty: a million rows in a row take no more than one. The zero
// value is the empty set.
type Ranges struct{ list []Range }

// List is the ranges in order.
func (r *Ranges) List() []Range { return slices.Clone(r.list) }

// Count is the number of rows.
func (r *Ranges) Count() int {
	n := 0
	for _, x := range r.list {
		n += x.To - x.From
	}
	return n
}

// Contains reports whether the row is in the set.
func (r *Ranges) Contains(row int) bool {
	i := sort.Search(len(r.list), func(i int) bool { return r.list[i].To > row })
	return i < len(r.list) && r.list[i].From <= row
}

// All runs over the rows in order.
func (r *Ranges) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, x := range r.list {
			for i := x.From; i < x.To; i++ {
				if !yield(i) {
					return
				}
			}
		}
	}
}

// Clear empties the set.
func (r *Ranges) Clear() { r.list = nil }

// Add puts rows in.
func (r *Ranges) Add(from, to int) {
	if from >= to {
		return
	}
	i := sort.Search(len(r.list), func(i int) bool { return r.list[i].To >= from })
	j := i
	for j < len(r.list) && r.list[j].From <= to {
		from, to = min(from, r.list[j].From), max(to, r.list[j].To)
		j++
	}
	r.list = slices.Replace(r.list, i, j, Range{from, to})
}

// Remove takes rows out.
func (r *Ranges) Remove(from, to int) {
	if from >= to {
		return
	}
	i := sort.Search(len(r.list), func(i int) bool { return r.list[i].To > from })
	var left []Range
	j := i
	for j < len(r.list) && r.list[j].From < to {
		if x := r.list[j]; x.From < from {
			left = append(left, Range{x.From, from})
		}
		if x := r.list[j]; x.To > to {
			left = append(left, Range{to, x.To})
		}
		j++
	}
	r.list = slices.Replace(r.list, i, j, left...)
}

// Toggle puts the row in, or takes it out.
func (r *Ranges) Toggle(row int) {
	if r.Contains(row) {
		r.Remove(row, row+1)
	} else {
		r.Add(row, row+1)
	}
}
