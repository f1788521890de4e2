package lines

// moveLines carries the lines of the block up (-1) or down (+1).
func (g *Grid) moveLines(by int) {
	from, to := g.SelectedLines()
	if g.given() || from >= to || from+by < 0 || to+by > g.lines.Len() || !g.commit() {
		return
	}
	g.carried(from, to, g.lines.Move(from, to, by))
}

// carryLines carries the lines of the block in front of a row.
func (g *Grid) carryLines(before int) {
	from, to := g.SelectedLines()
	if g.given() || from >= to || before >= from && before <= to || !g.commit() {
		return
	}
	g.carried(from, to, g.lines.Carry(from, to, before))
}

// carried follows lines that have gone to another row.
func (g *Grid) carried(from, to, at int) {
	by := at - from
	if by == 0 {
		return
	}
	g.shiftRejected(func(row int) int {
		switch {
		case row >= from && row < to:
			return row + by
		case by < 0 && row >= at && row < from:
			return row + to - from
		case by > 0 && row >= to && row < to+by:
			return row - (to - from)
		}
		return row
	})
	g.anchorRow += by
	g.moveTo(g.row+by, g.col, true)
	g.changed()
}

// fold folds what hangs below a row, or shows it again; false where nothing does.
func (g *Grid) fold(row int, shut bool) bool {
	f, ok := g.lines.(Folder)
	if !ok || row >= g.lines.Len() || !g.folds(row) {
		return false
	}
	g.commit()
	f.Fold(row, shut)
	g.moveTo(row, g.col, false)
	return true
}

func (g *Grid) folds(row int) bool {
	return len(g.lines.Columns()) > 0 && g.lines.Cell(row, 0).Fold != NoFold
}
