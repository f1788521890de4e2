package layout

// object is a picture, a box with text, a simple shape, or a group of them.
type object struct {
	w, h     float64
	picture  *picture
	crop     [4]float64
	angle    float64
	shape    string // rect, ellipse, round, line; empty: no outline of its own
	flip     bool   // a line from lower left to upper right
	fill     *rgb
	outline  *border
	body     *stack
	inset    [4]float64 // left, top, right, bottom
	anchorAt string     // vertical place of the body: t, ctr, b
	turn     float64    // of the body: text written upwards or downwards
	children []child
}

// child is a member of a group, at its place in it.
type child struct {
	x, y   float64
	object *object
}

// maxExtent is the largest size that an object may have.
const maxExtent = 4000

// draw appends what the object looks like, its upper left corner at x, y.
func (o *object) draw(d *document, s *slab, x, y float64) {
	d.check()
	if o.shape != "" && (o.fill != nil || o.outline.shown()) {
		f := op{kind: opFrame, x: x, y: y, w: o.w, h: o.h, text: o.shape, fill: o.fill, angle: o.angle}
		if o.flip {
			f.stretch = -1
		}
		if o.outline.shown() {
			f.width, f.color, f.style = o.outline.width, o.outline.color, o.outline.style
		}
		s.ops = append(s.ops, f)
	}
	if o.picture != nil {
		s.ops = append(s.ops, op{kind: opPicture, x: x, y: y, w: o.w, h: o.h, picture: o.picture, crop: o.crop, angle: o.angle})
	}
	for _, c := range o.children {
		c.object.draw(d, s, x+c.x, y+c.y)
	}
	if o.body == nil {
		return
	}
	free := max(0, o.h-o.inset[1]-o.inset[3]-o.body.h)
	top := y + o.inset[1]
	switch o.anchorAt {
	case "ctr", "middle":
		top += free / 2
	case "b", "bottom":
		top += free
	}
	s.ops = append(s.ops, op{kind: opClip, x: x, y: y, w: o.w, h: o.h})
	if o.turn != 0 {
		t := &turned{o.turn, o.body}
		dx, dy := t.begins(o.w-o.inset[0]-o.inset[2], o.h-o.inset[1]-o.inset[3], o.anchorAt)
		s.ops = t.emit(s.ops, x+o.inset[0]+dx, y+o.inset[1]+dy)
	} else {
		s.ops = o.body.emit(s.ops, x+o.inset[0], top)
	}
	s.ops = append(s.ops, op{kind: opUnclip})
}

// anchor is an object that floats.
type anchor struct {
	object       *object
	behind       bool
	wrap         string // none, topAndBottom, square
	hRel, hAlign string
	hOff         float64
	vRel, vAlign string
	vOff         float64
	dist         [4]float64 // left, top, right, bottom
}

// frameOf is what an anchor's place counts from.
type frameOf struct {
	x, y                     float64 // the paragraph's corner
	colX, colW               float64
	pageW, pageH             float64
	left, top, right, bottom float64 // the page's margins
	inCell                   bool    // the column is all there is
}

// float is an anchored object at its place.
type float struct {
	x, y, w, h float64
	wrap       string
	dist       [4]float64
}

func (f *float) wraps() bool { return f.wrap == "square" || f.wrap == "topAndBottom" }

// place finds where the object stands.
func (a *anchor) place(f frameOf) float {
	x0, w := f.colX, f.colW
	y0, h := f.y, 0.0
	if !f.inCell {
		switch a.hRel {
		case "page":
			x0, w = 0, f.pageW
		case "margin":
			x0, w = f.left, f.pageW-f.left-f.right
		case "leftMargin", "insideMargin":
			x0, w = 0, f.left
		case "rightMargin", "outsideMargin":
			x0, w = f.pageW-f.right, f.right
		}
		switch a.vRel {
		case "page":
			y0, h = 0, f.pageH
		case "margin":
			y0, h = f.top, f.pageH-f.top-f.bottom
		case "topMargin":
			y0, h = 0, f.top
		case "bottomMargin":
			y0, h = f.pageH-f.bottom, f.bottom
		}
	}
	x, y := x0+a.hOff, y0+a.vOff
	switch a.hAlign {
	case "left", "inside":
		x = x0
	case "center":
		x = x0 + (w-a.object.w)/2
	case "right", "outside":
		x = x0 + w - a.object.w
	}
	switch a.vAlign {
	case "top", "inside":
		y = y0
	case "center":
		y = y0 + (h-a.object.h)/2
	case "bottom", "outside":
		y = y0 + h - a.object.h
	}
	return float{x: x, y: y, w: a.object.w, h: a.object.h, wrap: a.wrap, dist: a.dist}
}

// roomOf makes the shape of lines from what floats; places count from the
// column's corner.
func roomOf(floats []float, width float64) room {
	if len(floats) == 0 {
		return nil
	}
	return func(y, h float64) (left, right, skip float64) {
		left, right = 0, width
		lowest := 0.0
		for _, f := range floats {
			top, bottom := f.y-f.dist[1], f.y+f.h+f.dist[3]
			if y+h <= top+0.01 || y >= bottom-0.01 {
				continue
			}
			if lowest == 0 || bottom-y < lowest {
				lowest = bottom - y
			}
			if f.wrap == "topAndBottom" {
				return 0, width, bottom - y
			}
			l, r := f.x-f.dist[0], f.x+f.w+f.dist[2]
			if r <= left || l >= right {
				continue
			}
			if l-left >= right-r {
				right = l
			} else {
				left = r
			}
		}
		if right-left < min(width, 36) {
			return 0, width, max(lowest, 1)
		}
		return left, right, 0
	}
}
