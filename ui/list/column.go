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
	Align  Align
	NoSort bool
	Grow   bool // takes part of the width that is left over
	Hidden bool
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
	at    int // in Grid.columns
	cell  int // in Row.Cells
	x, w  float32
	width float32 // Width times zoom: what it has without growing
}

// place lays the visible columns side by side in the width, times the scale of
// the zoom; what is left over goes to those that grow, else to none.
func place(columns []column, width, scale float32) (shown []placed, total float32) {
	grow := 0
	for i, c := range columns {
		if c.Hidden {
			continue
		}
		w := float32(int(min(max(c.Width, MinWidth), MaxWidth)*scale + 0.5))
		shown = append(shown, placed{Column: c.Column, at: i, cell: c.cell, w: w, width: w})
		total += w
		if c.Grow {
			grow++
		}
	}
	rest := width - total
	var x float32
	for i := range shown {
		if shown[i].Grow && rest > 0 {
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
