package layout

// edge names the kind of header that a page has.
func (d *document) edge(p *page) string {
	switch {
	case p.first && p.section.titlePage:
		return "first"
	case d.evenAndOdd && p.number%2 == 0:
		return "even"
	}
	return "default"
}

func (d *document) edgePart(p *page, header bool) *part {
	if header {
		return p.section.headers[d.edge(p)]
	}
	return p.section.footers[d.edge(p)]
}

// edgeHeight measures the header or footer of a page.
func (d *document) edgeHeight(p *page, header bool) float64 {
	part := d.edgePart(p, header)
	if part == nil {
		return 0
	}
	key := d.edge(p) + map[bool]string{true: "+", false: "-"}[header]
	if h, ok := p.section.heights[key]; ok {
		return h
	}
	s := d.stackEdge(part, p, nil)
	p.section.heights[key] = s.h
	return s.h
}

func (d *document) stackEdge(part *part, p *page, on *frameOf) *stack {
	width := p.section.w - p.section.left - p.section.right
	uses := d.usesTotal
	s := d.stackItems(d.prepare(d.blocks(part.root), part, nil, ""), width, on)
	d.usesTotal = uses // known when pages are dressed
	return s
}

// dress draws headers, footers and borders of all pages, now that their number
// is known.
func (d *document) dress() {
	for _, p := range d.pages {
		d.check()
		s := p.section
		d.current = &flow{d: d, number: p.number, format: p.format, colW: s.w - s.left - s.right}
		frame := frameOf{x: s.left, colX: s.left, colW: s.w - s.left - s.right, pageW: s.w, pageH: s.h, left: s.left, top: s.top, right: s.right, bottom: s.bottom}
		var under []op
		if part := d.edgePart(p, true); part != nil {
			frame.y = s.header
			under = d.stackEdge(part, p, &frame).emit(under, s.left, s.header)
		}
		if part := d.edgePart(p, false); part != nil {
			y := s.h - s.footer - d.edgeHeight(p, false)
			frame.y = y
			under = d.stackEdge(part, p, &frame).emit(under, s.left, y)
		}
		under = s.frame(under)
		p.under = append(under, p.under...)
	}
}

// frame draws the borders of a page.
func (s *section) frame(out []op) []op {
	inset := func(i int, margin float64) float64 {
		b := s.borders[i]
		if b == nil {
			return margin
		}
		if s.bordersFrom == "page" {
			return b.space
		}
		return margin - b.space
	}
	top, left := inset(edgeTop, s.top), inset(edgeLeft, s.left)
	bottom, right := s.h-inset(edgeBottom, s.bottom), s.w-inset(edgeRight, s.right)
	for i, b := range s.borders {
		if !b.shown() {
			continue
		}
		o := op{kind: opLine, style: b.style, width: b.width, color: b.color}
		switch i {
		case edgeTop:
			o.x, o.y, o.w = left, top, right-left
		case edgeLeft:
			o.x, o.y, o.h = left, top, bottom-top
		case edgeBottom:
			o.x, o.y, o.w = left, bottom, right-left
		case edgeRight:
			o.x, o.y, o.h = right, top, bottom-top
		}
		out = append(out, o)
	}
	return out
}
