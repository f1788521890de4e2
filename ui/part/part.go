// Package part holds the part of a long list that is around what can be seen,
// and knows what to read next.
package part

// How much is read around what is visible, in screens: what is asked for, what
// must be there for not asking, and what is kept at each side.
const (
	askAround  = 1
	haveAround = 0.5
	keepAround = 4
)

// Part holds the items of a list around those that are visible. The zero value
// holds none. It belongs to the UI goroutine.
type Part[T any] struct {
	from  int
	items []T
	stale bool // the items are shown until fresh ones come, then all go

	asked            bool // these were asked for; not again until others are
	wantFrom, wantTo int
}

// At is an item, nil when it is not held.
func (p *Part[T]) At(i int) *T {
	if i < p.from || i >= p.from+len(p.items) {
		return nil
	}
	return &p.items[i-p.from]
}

// Drop forgets all.
func (p *Part[T]) Drop() { *p = Part[T]{} }

// Stale wants everything read anew; what is held stands until it comes.
func (p *Part[T]) Stale() { p.stale, p.asked = true, false }

// Held is the number of items held.
func (p *Part[T]) Held() int { return len(p.items) }

// Ask says which items to ask for when those from first up to last are visible
// out of n, if any. It does not ask twice for the same.
func (p *Part[T]) Ask(first, last, n int) (from, to int, ask bool) {
	screen := max(last-first, 1)
	wide := func(screens float64) (int, int) {
		by := int(float64(screen) * screens)
		return max(first-by, 0), min(last+by, n)
	}
	needFrom, needTo := wide(haveAround)
	if needFrom >= needTo {
		return 0, 0, false
	}
	end := p.from + len(p.items)
	if !p.stale && p.from <= needFrom && end >= needTo {
		return 0, 0, false
	}
	from, to = wide(askAround)
	if !p.stale && len(p.items) > 0 {
		switch { // only the side that is missing
		case p.from <= from && end > from && end < to:
			from = end
		case end >= to && p.from < to && p.from > from:
			to = p.from
		}
	}
	if p.asked && p.wantFrom <= max(from, needFrom) && p.wantTo >= min(to, needTo) {
		return 0, 0, false
	}
	p.asked, p.wantFrom, p.wantTo = true, from, to
	return from, to, true
}

// Put takes items that came, and forgets those far from what is visible.
func (p *Part[T]) Put(from int, items []T, first, last int) {
	end, newEnd := p.from+len(p.items), from+len(items)
	switch {
	case p.stale || len(p.items) == 0 || from > end || newEnd < p.from:
		p.from, p.items, p.stale = from, append([]T(nil), items...), false
	default: // overlap or touch
		lo, hi := min(p.from, from), max(end, newEnd)
		merged := make([]T, hi-lo)
		copy(merged[p.from-lo:], p.items)
		copy(merged[from-lo:], items)
		p.from, p.items = lo, merged
	}
	keep := max(last-first, 16) * keepAround
	if lo := first - keep; lo > p.from && lo < p.from+len(p.items) {
		p.items = append([]T(nil), p.items[lo-p.from:]...)
		p.from = lo
	}
	if hi := last + keep; hi < p.from+len(p.items) && hi > p.from {
		p.items = p.items[:hi-p.from]
	}
}
