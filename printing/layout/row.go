package layout

// row is a laid out row of a table.
type row struct {
	x         float64
	h         float64
	cells     []*cell
	header    bool
	cantSplit bool
	exact     bool
	keepNext  bool
}

// cell is a laid out cell; what it holds counts from the row's top.
type cell struct {
	x, w    float64
	content []placed
	left    float64
	top     float64
	bottom  float64
	vAlign  string
	back    *rgb
	borders [4]*border
}

// widths decides the columns of a table in a column of text.
func (t *tableBox) widths(width float64) []float64 {
	grid := append([]float64(nil), t.grid...)
	t.wantedWidths(grid)
	sum := 0.0
	for _, w := range grid {
		sum += w
	}
	want := t.width
	if t.share > 0 {
		want = t.share * width
	}
	if sum <= 0 { // nothing is said: equal columns
		if want <= 0 {
			want = width
		}
		for i := range grid {
			grid[i] = want / float64(len(grid))
		}
	} else if want > 0 && (want > sum*1.02 || want < sum*0.98) {
		for i := range grid {
			grid[i] *= want / sum
		}
	}
	if !t.fixed {
		t.fitWords(grid)
	}
	return grid
}

// wantedWidths fills columns without a width from what their cells want.
func (t *tableBox) wantedWidths(grid []float64) {
	zero := false
	for _, w := range grid {
		zero = zero || w <= 0
	}
	if !zero {
		return
	}
	for _, r := range t.rows {
		for _, c := range r.cells {
			if c.span == 1 && c.wanted > 0 && c.column < len(grid) && grid[c.column] <= 0 {
				grid[c.column] = c.wanted
			}
		}
	}
	sum, n := 0.0, 0
	for _, w := range grid {
		if w > 0 {
			sum += w
			n++
		}
	}
	if n > 0 && n < len(grid) {
		for i := range grid {
			if grid[i] <= 0 {
				grid[i] = sum / float64(n)
			}
		}
	}
}

// fitWords widens columns that are narrower than their longest word at the
// cost of those that have room, as Word does.
func (t *tableBox) fitWords(grid []float64) {
	least := make([]float64, len(grid))
	for _, r := range t.rows {
		for _, c := range r.cells {
			if c.span == 1 && c.column < len(grid) {
				need := longestWord(c.items)
				if c.turn != 0 {
					need = thickness(c.items)
				}
				least[c.column] = max(least[c.column], need+c.margins[0]+c.margins[2]+0.5)
			}
		}
	}
	lack, room := 0.0, 0.0
	for i := range grid {
		if least[i] > grid[i] {
			lack += least[i] - grid[i]
		} else {
			room += grid[i] - least[i]
		}
	}
	if lack <= 0 || room <= 0 {
		return
	}
	give := min(lack, room)
	for i := range grid {
		if least[i] > grid[i] {
			grid[i] += (least[i] - grid[i]) * give / lack
		} else {
			grid[i] -= (grid[i] - least[i]) * give / room
		}
	}
}

// longestWord is the width that blocks need at least.
func longestWord(items []item) float64 {
	most := 0.0
	for _, it := range items {
		if it.table != nil {
			sum := 0.0
			for _, w := range it.table.grid {
				sum += w
			}
			most = max(most, min(sum, 300))
			continue
		}
		p := &it.text.look
		word := 0.0
		for i := range it.text.atoms {
			a := &it.text.atoms[i]
			switch a.kind {
			case atomWord, atomObject:
				word += a.w
			default:
				word = 0
			}
			most = max(most, min(word+max(0, p.left)+max(0, p.right), 400))
			if a.brk {
				word = 0
			}
		}
	}
	return most
}

// layTable lays the rows of a table out.
func (d *document) layTable(t *tableBox, width float64) []*row {
	if len(t.rows) == 0 {
		return nil
	}
	grid := t.widths(width)
	edge := make([]float64, len(grid)+1)
	for i, w := range grid {
		edge[i+1] = edge[i] + w
	}
	total := edge[len(grid)]
	x := t.indent
	if !d.modern {
		x -= t.margins[0] // the text of the first column stands under the text above
	}
	switch t.align {
	case "center":
		x = (width - total) / 2
	case "right":
		x = width - total
	}
	rows := make([]*row, len(t.rows))
	stacks := make([][]*stack, len(t.rows))
	for i, tr := range t.rows {
		r := &row{x: x, header: tr.header, cantSplit: tr.cantSplit, exact: tr.exact && tr.height > 0}
		stacks[i] = make([]*stack, len(tr.cells))
		top, bottom := 0.0, 0.0
		for _, c := range tr.cells {
			if b := c.borders[edgeTop]; b.shown() {
				top = max(top, b.weight())
			}
			if b := c.borders[edgeBottom]; b.shown() && i == len(t.rows)-1 {
				bottom = max(bottom, b.weight())
			}
		}
		for k, c := range tr.cells {
			l := &cell{x: edge[min(c.column, len(grid))], left: c.margins[0], top: c.margins[1] + top, bottom: c.margins[3] + bottom, vAlign: c.vAlign, back: c.back, borders: c.borders}
			l.w = edge[min(c.column+c.span, len(grid))] - l.x
			r.cells = append(r.cells, l)
			if c.merge == "continue" {
				continue
			}
			var s *stack
			if c.turn == 0 {
				s = d.stackCell(c.items, max(l.w-c.margins[0]-c.margins[2], 4))
			} else { // its lines are as long as the row is high: that is not known yet
				s = &stack{h: longestWord(c.items) + 0.5}
			}
			stacks[i][k] = s
			if c.merge != "restart" {
				r.h = max(r.h, l.top+s.h+l.bottom)
			}
			if len(c.items) > 0 && c.items[0].text != nil && c.items[0].text.look.keepNext {
				r.keepNext = true
			}
		}
		r.h = max(r.h, tr.height)
		if r.exact {
			r.h = tr.height
		}
		rows[i] = r
	}
	t.spread(rows, stacks)
	d.turnCells(t, rows)
	return rows
}

// lastOf is the last row that a cell reaches.
func (t *tableBox) lastOf(i int, c *tableCell) int {
	end := i
	for c.merge == "restart" && end+1 < len(t.rows) {
		n := t.rows[end+1].at(c.column)
		if n == nil || n.merge != "continue" {
			break
		}
		end++
	}
	return end
}

// turnCells lays out the text that is written upwards or downwards, now that
// the rows have their heights, and puts it into the row where it begins.
func (d *document) turnCells(t *tableBox, rows []*row) {
	for i, tr := range t.rows {
		for k, c := range tr.cells {
			if c.turn == 0 || c.merge == "continue" {
				continue
			}
			end, height := t.lastOf(i, c), 0.0
			for r := i; r <= end; r++ {
				height += rows[r].h
			}
			l := rows[i].cells[k]
			long := max(height-l.top-l.bottom, 4)
			x := &turned{c.turn, d.stackCell(c.items, long)}
			dx, dy := x.begins(l.w-c.margins[0]-c.margins[2], long, c.vAlign)
			from, to := x.reach()
			first := l.top + from // the highest point of the text
			if c.turn < 0 {
				first = l.top + long - to
			}
			at, above := i, 0.0
			for at < end && first >= above+rows[at].h-0.01 {
				above += rows[at].h
				at++
			}
			into := l
			if at > i {
				if n := rowCellAt(rows[at], l.x); n != nil {
					into = n
				}
			}
			into.left = c.margins[0]
			into.content = append(into.content, placed{l.top + dy - above, &slab{turned: x, dx: dx, h: 0}})
		}
	}
}

// spread stretches rows for the cells that span them, and puts what cells hold
// into the rows where it falls, so that a page may break between them.
func (t *tableBox) spread(rows []*row, stacks [][]*stack) {
	for i, tr := range t.rows {
		for k, c := range tr.cells {
			s := stacks[i][k]
			if s == nil || c.merge != "restart" {
				continue
			}
			end := t.lastOf(i, c)
			have := 0.0
			for r := i; r <= end; r++ {
				have += rows[r].h
			}
			if need := rows[i].cells[k].top + s.h + rows[i].cells[k].bottom; need > have && !rows[end].exact {
				rows[end].h += need - have
			}
		}
	}
	for i, tr := range t.rows {
		for k, c := range tr.cells {
			s, l := stacks[i][k], rows[i].cells[k]
			if s == nil || c.turn != 0 {
				continue
			}
			end := t.lastOf(i, c)
			height := 0.0
			for r := i; r <= end; r++ {
				height += rows[r].h
			}
			y := l.top
			free := height - l.top - l.bottom - s.h
			switch {
			case free <= 0:
			case c.vAlign == "center":
				y += free / 2
			case c.vAlign == "bottom":
				y += free
			}
			at, from := i, 0.0
			for _, p := range s.items {
				for at < end && p.y+y >= from+rows[at].h-0.01 {
					from += rows[at].h
					at++
				}
				into := l
				if at > i {
					if n := rowCellAt(rows[at], l.x); n != nil {
						into = n
					}
				}
				into.left = l.left
				into.content = append(into.content, placed{p.y + y - from, p.slab})
			}
		}
	}
}

func rowCellAt(r *row, x float64) *cell {
	for _, c := range r.cells {
		if c.x > x-0.01 && c.x < x+0.01 {
			return c
		}
	}
	return nil
}

// emit draws the row: backgrounds, contents, borders.
func (r *row) emit(out []op, x, y float64) []op {
	x += r.x
	for _, c := range r.cells {
		if c.back != nil {
			out = append(out, op{kind: opRect, x: x + c.x, y: y, w: c.w, h: r.h, color: *c.back, ground: true})
		}
	}
	for _, c := range r.cells {
		if r.exact {
			out = append(out, op{kind: opClip, x: x + c.x, y: y, w: c.w, h: r.h})
		}
		for _, p := range c.content {
			out = p.slab.emit(out, x+c.x+c.left, y+p.y)
		}
		if r.exact {
			out = append(out, op{kind: opUnclip})
		}
	}
	for _, c := range r.cells {
		edge := func(b *border, ex, ey, w, h float64) {
			if b.shown() {
				out = append(out, op{kind: opLine, x: ex, y: ey, w: w, h: h, style: b.style, width: b.width, color: b.color})
			}
		}
		edge(c.borders[edgeTop], x+c.x, y, c.w, 0)
		edge(c.borders[edgeBottom], x+c.x, y+r.h, c.w, 0)
		edge(c.borders[edgeLeft], x+c.x, y, 0, r.h)
		edge(c.borders[edgeRight], x+c.x+c.w, y, 0, r.h)
	}
	return out
}

// split cuts a row so that its head fits into a height; no head when nothing
// sensible fits.
func (r *row) split(height float64) (head, tail *row) {
	if r.exact {
		return nil, nil
	}
	head, tail = &row{x: r.x, header: r.header}, &row{x: r.x, cantSplit: r.cantSplit, keepNext: r.keepNext}
	some := false
	for _, c := range r.cells {
		h, t := *c, *c
		h.content, t.content = nil, nil
		var from float64
		for i, p := range c.content {
			if p.y+p.slab.h+c.bottom <= height+0.01 {
				h.content = append(h.content, p)
				continue
			}
			rest := c.content[i:]
			from = p.y
			if p.slab.row != nil && !p.slab.row.cantSplit {
				if a, b := p.slab.row.split(height - p.y - c.bottom); a != nil {
					h.content = append(h.content, placed{p.y, &slab{h: a.h, row: a}})
					from = p.y + a.h
					t.content = append(t.content, placed{c.top, &slab{h: b.h, row: b}})
					grown := b.h - (p.slab.h - a.h)
					for _, q := range rest[1:] {
						t.content = append(t.content, placed{q.y - from + c.top + grown, q.slab})
					}
					rest = nil
				}
			}
			for _, q := range rest {
				t.content = append(t.content, placed{q.y - from + c.top, q.slab})
			}
			break
		}
		if len(c.content) > 0 && len(h.content) == 0 {
			return nil, nil
		}
		some = some || len(t.content) > 0
		for _, p := range h.content {
			head.h = max(head.h, p.y+p.slab.h+c.bottom)
		}
		for _, p := range t.content {
			tail.h = max(tail.h, p.y+p.slab.h+c.bottom)
		}
		head.cells, tail.cells = append(head.cells, &h), append(tail.cells, &t)
	}
	if !some || head.h <= 0 {
		return nil, nil
	}
	return head, tail
}
