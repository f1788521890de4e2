package layout

import "strconv"

// tableLook is a table style with the choice of its parts that a table makes.
type tableLook struct {
	chain      []*style
	properties []*node // w:tblPr of the styles
	borders    map[string]*border
	firstRow   bool
	lastRow    bool
	firstCol   bool
	lastCol    bool
	rowBands   bool
	colBands   bool
	bandRows   int
	bandCols   int
	headings   int // rows that the part of the first row covers
}

// cellLook is what a table style says about one cell, weakest first.
type cellLook struct {
	run       []*node
	paragraph []*node
	cells     []*node  // w:tcPr
	regions   []string // the part that each of cells comes from
}

func (d *document) tableLook(pr *node) *tableLook {
	l := &tableLook{borders: map[string]*border{}, bandRows: 1, bandCols: 1}
	id := pr.child("w:tblStyle").val()
	if s := d.styles[id]; s == nil || s.kind != "table" {
		id = d.defaults["table"]
	}
	l.chain = d.chain(id, "table")
	for _, s := range l.chain {
		if k := s.node.child("w:tblPr"); k != nil {
			l.properties = append(l.properties, k)
			if v := k.child("w:tblStyleRowBandSize").int("w:val"); v > 0 {
				l.bandRows = v
			}
			if v := k.child("w:tblStyleColBandSize").int("w:val"); v > 0 {
				l.bandCols = v
			}
		}
	}
	k := pr.child("w:tblLook")
	bits, err := strconv.ParseUint(k.val(), 16, 32)
	if k == nil || err != nil && len(k.attrs) == 0 {
		bits = 0x04a0 // heading row and column, bands of rows: what Word begins with
	}
	flag := func(name string, bit uint64) bool {
		if v, ok := k.lookup("w:" + name); ok {
			return v == "1" || v == "true" || v == "on"
		}
		return bits&bit != 0
	}
	l.firstRow, l.lastRow = flag("firstRow", 0x20), flag("lastRow", 0x40)
	l.firstCol, l.lastCol = flag("firstColumn", 0x80), flag("lastColumn", 0x100)
	l.rowBands, l.colBands = !flag("noHBand", 0x200), !flag("noVBand", 0x400)
	return l
}

// at gathers the parts of the style that cover a cell.
func (l *tableLook) at(at where, c *tableCell) *cellLook {
	out := &cellLook{}
	regions := make([]string, 0, 8)
	row, col := at.row, c.column
	if l.firstRow {
		row -= l.headings
	}
	if l.firstCol {
		col--
	}
	if l.colBands && col >= 0 {
		regions = append(regions, []string{"band1Vert", "band2Vert"}[col/l.bandCols%2])
	}
	if l.rowBands && row >= 0 {
		regions = append(regions, []string{"band1Horz", "band2Horz"}[row/l.bandRows%2])
	}
	if l.firstCol && c.column == 0 {
		regions = append(regions, "firstCol")
	}
	if l.lastCol && at.last {
		regions = append(regions, "lastCol")
	}
	if l.firstRow && at.row < l.headings {
		regions = append(regions, "firstRow")
	}
	if l.lastRow && at.row == at.rows-1 && at.rows > 1 {
		regions = append(regions, "lastRow")
	}
	corner := ""
	switch {
	case at.row == 0 && c.column == 0 && l.firstRow && l.firstCol:
		corner = "nwCell"
	case at.row == 0 && at.last && l.firstRow && l.lastCol:
		corner = "neCell"
	case at.row == at.rows-1 && c.column == 0 && l.lastRow && l.firstCol:
		corner = "swCell"
	case at.row == at.rows-1 && at.last && l.lastRow && l.lastCol:
		corner = "seCell"
	}
	if corner != "" {
		regions = append(regions, corner)
	}
	add := func(n *node, region string) {
		if k := n.child("w:rPr"); k != nil {
			out.run = append(out.run, k)
		}
		if k := n.child("w:pPr"); k != nil {
			out.paragraph = append(out.paragraph, k)
		}
		if k := n.child("w:tcPr"); k != nil {
			out.cells = append(out.cells, k)
			out.regions = append(out.regions, region)
		}
	}
	for _, s := range l.chain {
		add(s.node, "table")
	}
	for _, region := range regions {
		for _, s := range l.chain {
			for _, k := range s.node.kids {
				if k.name == "w:tblStylePr" && k.attr("w:type") == region {
					add(k, region)
				}
			}
		}
	}
	return out
}
