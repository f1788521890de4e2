package layout

// turned is text that is written upwards or downwards: a column of its own,
// turned about the point where its first line begins.
type turned struct {
	angle float64 // clockwise, degrees: -90 upwards, 90 downwards
	stack *stack
}

// turnOf is the angle of a direction of text in a cell (ECMA-376, 17.18.93);
// known is false for directions that only writings without letters have.
func turnOf(direction string) (angle float64, known bool) {
	switch direction {
	case "", "lrTb", "lrTbV", "lr", "horz":
		return 0, true
	case "btLr", "vert270":
		return -90, true
	case "tbRl", "tbRlV", "tbLrV", "rl", "vert":
		return 90, true
	}
	return 0, false
}

// emit draws the column with its first line beginning at x, y.
func (t *turned) emit(out []op, x, y float64) []op {
	out = append(out, op{kind: opTurn, x: x, y: y, angle: t.angle})
	out = t.stack.emit(out, x, y)
	return append(out, op{kind: opTurnBack})
}

// begins is where the first line begins in a place of a width and a height
// that are the page's: across, the lines stand as align says.
func (t *turned) begins(w, h float64, align string) (x, y float64) {
	free := max(w-t.stack.h, 0)
	switch align {
	case "center", "ctr", "middle":
		free /= 2
	case "bottom", "b":
	default:
		free = 0
	}
	if t.angle < 0 {
		return free, h
	}
	return w - free, 0
}

// reach is how far from its beginning the text of the column goes along its
// lines: from where to where.
func (t *turned) reach() (from, to float64) {
	from = -1
	for _, p := range t.stack.items {
		for _, o := range p.slab.ops {
			if o.kind != opText || o.face == nil {
				continue
			}
			if from < 0 || o.x < from {
				from = o.x
			}
			to = max(to, o.x+o.face.Width(o.text, o.size))
		}
	}
	return max(from, 0), to
}

// thickness is the height of the highest line of blocks: what a column of a
// table needs for text that is turned.
func thickness(items []item) float64 {
	most := 0.0
	for _, it := range items {
		if it.text == nil {
			continue
		}
		for i := range it.text.atoms {
			most = max(most, it.text.atoms[i].asc+it.text.atoms[i].desc)
		}
	}
	return most
}
