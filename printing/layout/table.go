package layout

import "strings"

// tableBox is a table, read and its cells composed, before widths are known.
type tableBox struct {
	grid    []float64
	rows    []*tableRow
	width   float64 // wanted; 0: as the grid has it
	share   float64 // of the column, when the width is a percentage
	fixed   bool
	align   string
	indent  float64
	margins [4]float64 // default of cells: left, top, right, bottom
}

type tableRow struct {
	before    int // columns of the grid left out
	cells     []*tableCell
	height    float64
	exact     bool
	header    bool
	cantSplit bool
	align     string
}

type tableCell struct {
	column, span int
	wanted       float64
	merge        string // "", restart, continue
	margins      [4]float64
	vAlign       string
	back         *rgb
	borders      [4]*border
	items        []item
	noWrap       bool
	turn         float64 // degrees: text written upwards or downwards
}

const (
	maxColumns = 500
	maxRows    = 100_000
)

// readTable composes a table, its cells in the order of the document.
func (d *document) readTable(n *node, p *part, noteNumber string) *tableBox {
	d.check()
	t := &tableBox{margins: [4]float64{5.4, 0, 5.4, 0}}
	pr := n.child("w:tblPr")
	look := d.tableLook(pr)
	for _, layer := range append(look.properties, pr) {
		d.applyTable(layer, t, look)
	}
	if pr.child("w:tblpPr") != nil {
		d.unsupported("floating_table")
	}
	if grid := n.child("w:tblGrid"); grid != nil {
		for _, k := range grid.kids {
			if k.name == "w:gridCol" && len(t.grid) < maxColumns {
				t.grid = append(t.grid, clampF(measure(k.attr("w:w")), 0, 3000))
			}
		}
	}
	rows := gather(n, "w:tr")
	look.headings = headings(rows)
	if len(rows) > maxRows {
		panic(stop{&TooLarge{What: "table"}})
	}
	for i, k := range rows {
		t.rows = append(t.rows, d.readRow(k, t, look, i, len(rows), p, noteNumber))
	}
	d.mergeBorders(t)
	return t
}

// gather lists elements of a name through whatever only wraps them.
func gather(n *node, name string) []*node {
	var out []*node
	for _, k := range n.kids {
		switch k.name {
		case name:
			out = append(out, k)
		case "w:sdt":
			if c := k.child("w:sdtContent"); c != nil {
				out = append(out, gather(c, name)...)
			}
		case "w:ins", "w:customXml", "w:moveTo":
			out = append(out, gather(k, name)...)
		}
	}
	return out
}

// headings is how many rows from the first repeat on every page: the style
// takes them all for the first.
func headings(rows []*node) int {
	n := 0
	for n < len(rows) && rows[n].path("w:trPr", "w:tblHeader").on() {
		n++
	}
	return max(n, 1)
}

func (d *document) applyTable(pr *node, t *tableBox, look *tableLook) {
	if pr == nil {
		return
	}
	for _, k := range pr.kids {
		switch k.name {
		case "w:tblW":
			t.width, t.share = widthOf(k)
		case "w:jc":
			t.align = alignment(k.val())
		case "w:tblInd":
			if k.attr("w:type") != "pct" {
				t.indent = clampF(measure(k.attr("w:w")), -600, 1600)
			}
		case "w:tblLayout":
			t.fixed = k.attr("w:type") == "fixed"
		case "w:tblCellMar":
			readMargins(k, &t.margins)
		case "w:tblBorders":
			for name, b := range d.bordersOf(k) {
				look.borders[name] = b
			}
		case "w:bidiVisual":
			if k.on() {
				d.unsupported("right_to_left")
			}
		}
	}
}

// widthOf reads a width: points, or a share.
func widthOf(k *node) (points, share float64) {
	v := k.attr("w:w")
	switch {
	case strings.HasSuffix(v, "%"):
		return 0, clampF(decimal(strings.TrimSuffix(v, "%"))/100, 0, 3)
	case k.attr("w:type") == "pct":
		return 0, clampF(decimal(v)/5000, 0, 3)
	case k.attr("w:type") == "auto" || k.attr("w:type") == "nil":
		return 0, 0
	}
	return clampF(measure(v), 0, 3000), 0
}

func readMargins(k *node, m *[4]float64) {
	for i, names := range [][2]string{{"w:left", "w:start"}, {"w:top", "w:top"}, {"w:right", "w:end"}, {"w:bottom", "w:bottom"}} {
		for _, name := range names {
			if s := k.child(name); s != nil {
				m[i] = clampF(measure(s.attr("w:w")), 0, 400)
				break
			}
		}
	}
}

func (d *document) bordersOf(k *node) map[string]*border {
	out := map[string]*border{}
	for _, b := range k.kids {
		name := strings.TrimPrefix(b.name, "w:")
		switch name {
		case "start":
			name = "left"
		case "end":
			name = "right"
		}
		out[name] = d.border(b)
	}
	return out
}

func (d *document) readRow(n *node, t *tableBox, look *tableLook, i, count int, p *part, noteNumber string) *tableRow {
	r := &tableRow{align: t.align}
	if pr := n.child("w:trPr"); pr != nil {
		for _, k := range pr.kids {
			switch k.name {
			case "w:gridBefore":
				r.before = max(0, min(k.int("w:val"), maxColumns))
			case "w:trHeight":
				r.height = clampF(measure(k.val()), 0, 1600)
				r.exact = k.attr("w:hRule") == "exact"
			case "w:tblHeader":
				r.header = k.on()
			case "w:cantSplit":
				r.cantSplit = k.on()
			}
		}
	}
	cells := gather(n, "w:tc")
	column := r.before
	for ci, k := range cells {
		if column >= maxColumns {
			break
		}
		c := d.readCell(k, t, look, where{i, count, column, ci == len(cells)-1}, p, noteNumber)
		column += c.span
		r.cells = append(r.cells, c)
	}
	for len(t.grid) < column {
		t.grid = append(t.grid, 0)
	}
	return r
}

// where says which cell is being read.
type where struct {
	row, rows, column int
	last              bool // in its row
}

func (d *document) readCell(n *node, t *tableBox, look *tableLook, at where, p *part, noteNumber string) *tableCell {
	c := &tableCell{column: at.column, span: 1, margins: t.margins, vAlign: "top"}
	pr := n.child("w:tcPr")
	if k := pr.child("w:gridSpan"); k != nil {
		c.span = max(1, min(k.int("w:val"), maxColumns-at.column))
	}
	under := look.at(at, c)
	for _, layer := range append(under.cells, pr) {
		d.applyCell(layer, c)
	}
	c.borders = d.edges(look, under, pr, at)
	c.items = d.prepare(d.blocks(n), p, &layers{run: under.run, paragraph: under.paragraph}, noteNumber)
	return c
}

func (d *document) applyCell(pr *node, c *tableCell) {
	if pr == nil {
		return
	}
	for _, k := range pr.kids {
		switch k.name {
		case "w:tcW":
			if v, _ := widthOf(k); v > 0 {
				c.wanted = v
			}
		case "w:vMerge":
			c.merge = "continue"
			if k.val() == "restart" {
				c.merge = "restart"
			}
		case "w:hMerge":
			d.unsupported("merged_cells")
		case "w:vAlign":
			c.vAlign = k.val()
		case "w:shd":
			c.back = d.shading(k)
		case "w:tcMar":
			readMargins(k, &c.margins)
		case "w:noWrap":
			c.noWrap = k.on()
		case "w:textDirection":
			angle, known := turnOf(k.val())
			if !known {
				d.unsupported("vertical_text")
			}
			c.turn = angle
		}
	}
}

// edges are the borders of a cell: the table's, then those of the parts of its
// style, then its own.
func (d *document) edges(look *tableLook, under *cellLook, pr *node, at where) [4]*border {
	pick := func(outer bool, edge, inside string) *border {
		if outer {
			return look.borders[edge]
		}
		return look.borders[inside]
	}
	e := [4]*border{
		edgeTop:    pick(at.row == 0, "top", "insideH"),
		edgeLeft:   pick(at.column == 0, "left", "insideV"),
		edgeBottom: pick(at.row == at.rows-1, "bottom", "insideH"),
		edgeRight:  pick(at.last, "right", "insideV"),
	}
	apply := func(k *node, region string) {
		if k == nil {
			return
		}
		b := d.bordersOf(k)
		for i, name := range []string{"top", "left", "bottom", "right"} {
			if x := b[name]; x != nil && inRegion(region, name, at) {
				e[i] = x
			}
		}
		if x := b["insideV"]; x != nil && region != "" {
			if at.column > 0 {
				e[edgeLeft] = x
			}
			if !at.last {
				e[edgeRight] = x
			}
		}
		if x := b["insideH"]; x != nil && (region == "firstCol" || region == "lastCol" || region == "") {
			if at.row > 0 {
				e[edgeTop] = x
			}
			if at.row < at.rows-1 {
				e[edgeBottom] = x
			}
		}
	}
	for i, k := range under.cells {
		apply(k.child("w:tcBorders"), under.regions[i])
	}
	apply(pr.child("w:tcBorders"), "")
	return e
}

// inRegion reports that an edge of a part of the table style falls on this
// cell: the left and right of a row's part are those of its first and last cell.
func inRegion(region, edge string, at where) bool {
	switch region {
	case "firstRow", "lastRow", "band1Horz", "band2Horz":
		return edge != "left" && edge != "right" || edge == "left" && at.column == 0 || edge == "right" && at.last
	case "firstCol", "lastCol", "band1Vert", "band2Vert":
		return edge != "top" && edge != "bottom" || edge == "top" && at.row == 0 || edge == "bottom" && at.row == at.rows-1
	}
	return true
}

// mergeBorders takes away the edges inside vertically merged cells.
func (d *document) mergeBorders(t *tableBox) {
	for i, r := range t.rows {
		if i == 0 {
			for _, c := range r.cells {
				if c.merge == "continue" {
					c.merge = "restart"
				}
			}
			continue
		}
		for _, c := range r.cells {
			if c.merge != "continue" {
				continue
			}
			above := t.rows[i-1].at(c.column)
			if above == nil || above.merge == "" || above.span != c.span {
				c.merge = "restart"
				continue
			}
			c.borders[edgeTop], above.borders[edgeBottom] = nil, nil
			c.back = above.back
		}
	}
}

// at is the cell that begins at a column of the grid.
func (r *tableRow) at(column int) *tableCell {
	for _, c := range r.cells {
		if c.column == column {
			return c
		}
	}
	return nil
}
