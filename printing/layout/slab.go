package layout

import "ugoda/printing/font"

type opKind uint8

const (
	opText opKind = iota
	opRect        // filled
	opLine
	opPicture
	opFrame // outline of a rectangle or an ellipse, and its filling
	opLink
	opClip
	opUnclip
	opTurn // what follows is turned about a point, until opTurnBack
	opTurnBack
)

// op is one thing to be drawn, at a place counted from the slab's corner and,
// once it stands on a page, from the page's.
type op struct {
	kind       opKind
	x, y, w, h float64
	text       string
	face       *font.Face
	size       float64
	stretch    float64
	spacing    float64
	color      rgb
	fill       *rgb
	style      string // of a line: single, double, dashed, dotted; of a frame: rect, ellipse, round
	width      float64
	picture    *picture
	crop       [4]float64 // shares cut off: left, top, right, bottom
	angle      float64    // clockwise, degrees, about the middle
	ground     bool       // the background of a cell: lies under the text of the cells above
}

// slab is a piece that no page break may cut: a line of text, or a row of a
// table, which can be split by asking.
type slab struct {
	h       float64
	ops     []op
	row     *row
	turned  *turned
	dx      float64 // where that begins, from the left
	notes   []*note
	anchors []*anchor
	atom    int     // where the line begins in its paragraph
	slack   float64 // of the height: empty room below the text that may hang below a page
}

// placed is a slab at a height of a column that has no end: a cell, a header,
// a box.
type placed struct {
	y    float64
	slab *slab
}

// stack is such a column.
type stack struct {
	items []placed
	h     float64
}

// emit appends what a slab draws, moved to its place.
func (s *slab) emit(out []op, x, y float64) []op {
	if s.row != nil {
		return s.row.emit(out, x, y)
	}
	if s.turned != nil {
		return s.turned.emit(out, x+s.dx, y)
	}
	return shift(out, s.ops, x, y)
}

func shift(out, ops []op, x, y float64) []op {
	for _, o := range ops {
		o.x += x
		o.y += y
		out = append(out, o)
	}
	return out
}

func (s *stack) emit(out []op, x, y float64) []op {
	for _, p := range s.items {
		out = p.slab.emit(out, x, y+p.y)
	}
	return out
}

// all lists the notes of the slabs inside.
func (s *slab) all() []*note {
	if s.row == nil {
		return s.notes
	}
	var out []*note
	for _, c := range s.row.cells {
		for _, p := range c.content {
			out = append(out, p.slab.all()...)
		}
	}
	return out
}
