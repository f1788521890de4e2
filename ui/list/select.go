package list

// Selected is the set of selected rows, as a copy.
func (g *Grid) Selected() Ranges { return Ranges{g.selected.List()} }

// SelectedCount is the number of selected rows.
func (g *Grid) SelectedCount() int { return g.selected.Count() }

// FocusRow is the row that the keyboard works on; -1 when there is none.
func (g *Grid) FocusRow() int { return g.focus }

// Select selects only these rows and moves the focus to the row, without
// telling OnSelect. A row of -1 leaves no focus.
func (g *Grid) Select(row int, rows ...Range) {
	g.selected.Clear()
	for _, r := range rows {
		g.selected.Add(max(r.From, 0), min(r.To, g.Len()))
	}
	g.focus = min(row, g.Len()-1)
	g.anchor = max(g.focus, 0)
	g.Refresh()
}

// SelectAll selects every row.
func (g *Grid) SelectAll() {
	g.selected.Clear()
	g.selected.Add(0, g.Len())
	g.repaint()
	g.tellSelect()
}

// ClearSelection selects no row.
func (g *Grid) ClearSelection() {
	g.selected.Clear()
	g.repaint()
	g.tellSelect()
}

func (g *Grid) tellSelect() {
	if g.OnSelect != nil {
		g.OnSelect()
	}
}

// pick moves the focus to a row the way a click or a key asks: extend selects
// from the anchor (Shift), toggle changes only this row (Ctrl).
func (g *Grid) pick(row int, extend, toggle bool) {
	if row < 0 || row >= g.Len() {
		return
	}
	switch {
	case extend:
		if g.focus < 0 {
			g.anchor = row
		}
		if !toggle {
			g.selected.Clear()
		}
		g.selected.Add(min(g.anchor, row), max(g.anchor, row)+1)
	case toggle:
		g.selected.Toggle(row)
		g.anchor = row
	default:
		g.selected.Clear()
		g.selected.Add(row, row+1)
		g.anchor = row
	}
	g.focus = row
	g.repaint()
	g.tellSelect()
}
