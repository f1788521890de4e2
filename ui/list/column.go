package list

import "slices"

// Align is where the text of a column stands.
type Align int

// The alignments. Numbers go right: the font's digits are equally wide.
const (
	Left Align = iota
	Center
	Right
)

// Column is one column of the grid.
type Column struct {
	Key    string // stable name, such as the field's path
	Title  string
	Tip    string  // said when the pointer rests on the title
	Width  float32 // at zoom 100
	Least  float32 // it may be narrowed to this so that all columns fit; 0: it may not
	Align  Align
	NoSort bool
	Grow   bool // takes part of the width that is left over
	ByHand bool // a person chose the width: it stays
	Hidden bool
}

// slack is how much a column may be narrowed.
func (c *Column) slack() float32 {
	if c.ByHand || c.Least == 0 {
		return 0
	}
	return max(c.Width-c.Least, 0)
}

// Limits of a column's width at zoom 100.
const (
	MinWidth = 28
	MaxWidth = 900
)

// SortKey is one level of the order of rows.
type SortKey struct {
	Key  string // of the column
	Desc bool
}

// nextSort is the order after a click on the head of a column: a first click
// sorts up, a second one down. Adding keeps the other levels.
func nextSort(now []SortKey, key string, add bool) []SortKey {
	at := slices.IndexFunc(now, func(k SortKey) bool { return k.Key == key })
	if !add {
		if at == 0 || len(now) == 1 && at >= 0 {
			return []SortKey{{key, !now[at].Desc}}
		}
		return []SortKey{{key, false}}
	}
	next := slices.Clone(now)
	switch {
	case at < 0:
		next = append(next, SortKey{key, false})
	case !next[at].Desc:
		next[at].Desc = true
	default:
		next = slices.Delete(next, at, at+1)
	}
	return next
}

// placed is a visible column with its place on the screen, before scrolling.
type placed struct {
	Column
	at   int // in Grid.columns
	cell int // in Row.Cells
	x, w float32
}

// place lays the visible columns side by side in the width, times the scale of
// the zoom. When they do not fit, those that may be narrowed share what is
// missing; what is left over goes to those that grow, else to none.
func place(columns []column, width, scale float32) (shown []placed, total float32) {
	var wide, slack float32
	grow := 0
	for _, c := range columns {
		if !c.Hidden {
			wide += min(max(c.Width, MinWidth), MaxWidth)
			slack += c.slack()
		}
	}
	narrow := float32(0) // the share of its slack that each column gives up
	if missing := wide - width/scale; missing > 0 && slack > 0 {
		narrow = min(missing/slack, 1)
	}
	for i, c := range columns {
		if c.Hidden {
			continue
		}
		w := min(max(c.Width, MinWidth), MaxWidth) - narrow*c.slack()
		w = float32(int(w * scale)) // downwards: rounding must not make a scroll bar
		shown = append(shown, placed{Column: c.Column, at: i, cell: c.cell, w: w})
		total += w
		if c.Grow && !c.ByHand {
			grow++
		}
	}
	rest := width - total
	var x float32
	for i := range shown {
		if shown[i].Grow && !shown[i].ByHand && rest > 0 {
			share := float32(int(rest / float32(grow)))
			grow--
			rest -= share
			shown[i].w += share
			total += share
		}
		shown[i].x = x
		x += shown[i].w
	}
	return shown, total
}

// column remembers which cell of the rows it shows, wherever it is moved.
type column struct {
	Column
	cell int
}
