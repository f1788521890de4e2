package list

// How much is read around what is visible, in screens: what is asked for, what
// must be there for not asking, and what is kept at each side.
const (
	askAround  = 1
	haveAround = 0.5
	keepAround = 4
)

// buffer holds the rows around what is visible.
type buffer struct {
	from  int
	rows  []Row
	stale bool // the rows are shown until fresh ones come, then all go

	asked            bool // these were asked for; not again until others are
	wantFrom, wantTo int
}

func (b *buffer) row(i int) *Row {
	if i < b.from || i >= b.from+len(b.rows) {
		return nil
	}
	return &b.rows[i-b.from]
}

func (b *buffer) drop() { *b = buffer{} }

// ask says which rows to ask for when those from first up to last are visible
// out of n, if any.
func (b *buffer) ask(first, last, n int) (from, to int, ask bool) {
	screen := max(last-first, 1)
	wide := func(screens float64) (int, int) {
		by := int(float64(screen) * screens)
		return max(first-by, 0), min(last+by, n)
	}
	needFrom, needTo := wide(haveAround)
	if needFrom >= needTo {
		return 0, 0, false
	}
	end := b.from + len(b.rows)
	if !b.stale && b.from <= needFrom && end >= needTo {
		return 0, 0, false
	}
	from, to = wide(askAround)
	if !b.stale && len(b.rows) > 0 {
		switch { // only the side that is missing
		case b.from <= from && end > from && end < to:
			from = end
		case end >= to && b.from < to && b.from > from:
			to = b.from
		}
	}
	if b.asked && b.wantFrom <= max(from, needFrom) && b.wantTo >= min(to, needTo) {
		return 0, 0, false
	}
	b.asked, b.wantFrom, b.wantTo = true, from, to
	return from, to, true
}

// put takes rows that came, and forgets those far from what is visible.
func (b *buffer) put(from int, rows []Row, first, last int) {
	end, newEnd := b.from+len(b.rows), from+len(rows)
	switch {
	case b.stale || len(b.rows) == 0 || from > end || newEnd < b.from:
		b.from, b.rows, b.stale = from, append([]Row(nil), rows...), false
	default: // overlap or touch
		lo, hi := min(b.from, from), max(end, newEnd)
		merged := make([]Row, hi-lo)
		copy(merged[b.from-lo:], b.rows)
		copy(merged[from-lo:], rows)
		b.from, b.rows = lo, merged
	}
	keep := max(last-first, 16) * keepAround
	if lo := first - keep; lo > b.from && lo < b.from+len(b.rows) {
		b.rows = append([]Row(nil), b.rows[lo-b.from:]...)
		b.from = lo
	}
	if hi := last + keep; hi < b.from+len(b.rows) && hi > b.from {
		b.rows = b.rows[:hi-b.from]
	}
}
