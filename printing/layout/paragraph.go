package layout

// join says how a paragraph's borders and shading meet its neighbours'.
type join struct{ above, below bool }

// sameFrame reports that two paragraphs share one frame.
func sameFrame(a, b *paragraph) bool {
	if a == nil || b == nil || a.left != b.left || a.right != b.right {
		return false
	}
	has := false
	for i := range 4 {
		x, y := a.borders[i], b.borders[i]
		if (x == nil) != (y == nil) || x != nil && *x != *y {
			return false
		}
		has = has || x.shown()
	}
	return has
}

// slabsOf draws the lines of a paragraph; j joins its frame to neighbours'.
func (d *document) slabsOf(t *text, lines []line, width float64, j join, begins bool) []*slab {
	out := make([]*slab, len(lines))
	for i := range lines {
		ln := &lines[i]
		s := &slab{h: ln.h, atom: ln.from, slack: ln.slack}
		first, last := begins && i == 0, i == len(lines)-1
		top := 0.0
		if b := t.look.borders[edgeTop]; first && !j.above && b.shown() {
			top = b.space + b.width
			s.h += top
		}
		if b := t.look.borders[edgeBetween]; first && j.above && b.shown() {
			top = b.space + b.width
			s.h += top
		}
		if b := t.look.borders[edgeBottom]; last && !j.below && b.shown() {
			s.h += b.space + b.width
			s.slack = 0
		}
		s.ops = make([]op, 0, len(ln.spans)/2+4)
		d.frame(s, t, width, first, last, j)
		d.drawLine(s, t, ln, top)
		if first {
			s.anchors = append(s.anchors, t.anchors...)
		}
		for k := ln.from; k < ln.to; k++ {
			s.notes = append(s.notes, t.atoms[k].notes...)
			s.anchors = append(s.anchors, t.atoms[k].anchors...)
		}
		out[i] = s
	}
	return out
}

// frame draws shading and borders of a line's share of its paragraph.
func (d *document) frame(s *slab, t *text, width float64, first, last bool, j join) {
	p := &t.look
	left := p.left + min(p.first, 0)
	right := width - p.right
	if b := p.borders[edgeLeft]; b.shown() {
		left -= b.space
	}
	if b := p.borders[edgeRight]; b.shown() {
		right += b.space
	}
	if p.back != nil {
		s.ops = append(s.ops, op{kind: opRect, x: left, w: right - left, h: s.h, color: *p.back})
	}
	edge := func(b *border, x, y, w, h float64) {
		if b.shown() {
			s.ops = append(s.ops, op{kind: opLine, x: x, y: y, w: w, h: h, style: b.style, width: b.width, color: b.color})
		}
	}
	if first {
		if j.above {
			edge(p.borders[edgeBetween], left, 0, right-left, 0)
		} else {
			edge(p.borders[edgeTop], left, 0, right-left, 0)
		}
	}
	if last && !j.below {
		edge(p.borders[edgeBottom], left, s.h, right-left, 0)
	}
	for _, t := range p.tabs {
		if t.align == "bar" {
			s.ops = append(s.ops, op{kind: opLine, x: t.pos, h: s.h, style: "single", width: 0.5})
		}
	}
	edge(p.borders[edgeLeft], left, 0, 0, s.h)
	edge(p.borders[edgeRight], right, 0, 0, s.h)
}

// drawLine draws the text of a line: neighbours of one look in one piece,
// unless spaces between them were stretched.
func (d *document) drawLine(s *slab, t *text, ln *line, top float64) {
	base := top + ln.asc
	atomAt := func(i int) *atom {
		if i < 0 {
			return &t.label[-1-i]
		}
		return &t.atoms[i]
	}
	for i := 0; i < len(ln.spans); {
		sp := ln.spans[i]
		a := atomAt(sp.atom)
		if a.kind == atomObject {
			a.object.draw(d, s, sp.x, base-a.raise-a.object.h)
			d.linkOver(s, a.link, sp.x, base-a.object.h, sp.w, a.object.h)
			i++
			continue
		}
		if a.kind == atomTab || a.kind == atomPlace {
			d.decorate(s, a, sp.x, base, sp.w)
			i++
			continue
		}
		body, end, w := sp.text, i+1, sp.w
		for end < len(ln.spans) {
			n := ln.spans[end]
			na := atomAt(n.atom)
			stretched := (n.stretchable || ln.spans[end-1].stretchable) && d.stretched(atomAt, ln.spans[end-1], n)
			if na.look != a.look || na.face != a.face || na.size != a.size || na.link != a.link || na.kind == atomObject || na.kind == atomTab || na.kind == atomPlace || n.atom < 0 || stretched {
				break
			}
			body += n.text
			w = n.x + n.w - sp.x
			end++
		}
		d.decorate(s, a, sp.x, base, w)
		if body != "" && !onlySpaces(body) {
			s.ops = append(s.ops, op{kind: opText, x: sp.x, y: base - a.raise, text: body, face: a.face, size: a.size, stretch: a.look.stretch, spacing: a.look.spacing, color: inkOf(a)})
		}
		d.linkOver(s, a.link, sp.x, base-a.asc, w, a.asc+a.desc)
		i = end
	}
	for _, f := range ln.fills {
		d.leader(s, &t.atoms[f.atom], f, base)
	}
}

func (d *document) stretched(at func(int) *atom, a, b span) bool {
	for _, s := range []span{a, b} {
		if s.stretchable && s.w > at(s.atom).w+0.01 {
			return true
		}
	}
	return false
}

func onlySpaces(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != ' ' {
			return false
		}
	}
	return true
}

// inkOf is the colour of text: automatic is white on dark, else black.
func inkOf(a *atom) rgb {
	if a.look.color != nil {
		return *a.look.color
	}
	if b := a.look.back; b != nil && int(b.r)*30+int(b.g)*59+int(b.b)*11 < 6000 {
		return rgb{255, 255, 255}
	}
	return rgb{}
}

// decorate draws what lies under and through text.
func (d *document) decorate(s *slab, a *atom, x, base, w float64) {
	if w <= 0 {
		return
	}
	if b := a.look.back; b != nil {
		s.ops = append(s.ops, op{kind: opRect, x: x, y: base - a.asc, w: w, h: a.asc + a.desc, color: *b})
	}
	ink := inkOf(a)
	if a.look.underline != "" {
		c := ink
		if a.look.lineColor != nil {
			c = *a.look.lineColor
		}
		style, width := "single", max(a.size*0.05, 0.4)
		switch a.look.underline {
		case "double", "wavyDouble":
			style = "double"
		case "dotted", "dottedHeavy", "dotDash", "dotDotDash":
			style = "dotted"
		case "dash", "dashLong", "dashedHeavy", "dashLongHeavy":
			style = "dashed"
		case "thick":
			width *= 2
		}
		s.ops = append(s.ops, op{kind: opLine, x: x, y: base - a.raise + a.size*0.13, w: w, style: style, width: width, color: c})
	}
	if a.look.strike {
		s.ops = append(s.ops, op{kind: opLine, x: x, y: base - a.raise - a.size*0.27, w: w, style: "single", width: max(a.size*0.05, 0.4), color: ink})
	}
}

// leader fills a tab with dots, dashes or a line.
func (d *document) leader(s *slab, a *atom, f fill, base float64) {
	ink := inkOf(a)
	sign := '.'
	switch f.leader {
	case "underscore", "heavy":
		width := 0.6
		if f.leader == "heavy" {
			width = 1.2
		}
		s.ops = append(s.ops, op{kind: opLine, x: f.x, y: base + a.size*0.12, w: f.w, style: "single", width: width, color: ink})
		return
	case "hyphen":
		sign = '-'
	case "middleDot":
		sign = '·'
	}
	adv, ok := a.face.Advance(sign)
	step := float64(adv) * a.size / 1000
	if !ok || step <= 0 {
		return
	}
	n := int((f.w - step*0.5) / step)
	if n <= 0 || n > 2000 {
		return
	}
	dots := make([]rune, n)
	for i := range dots {
		dots[i] = sign
	}
	// Aligned to the right, so that dots of several lines stand above each other.
	s.ops = append(s.ops, op{kind: opText, x: f.x + f.w - float64(n)*step, y: base, text: string(dots), face: a.face, size: a.size, stretch: 1, color: ink})
}

func (d *document) linkOver(s *slab, link string, x, y, w, h float64) {
	if link != "" && w > 0 && len(link) < 2000 {
		s.ops = append(s.ops, op{kind: opLink, x: x, y: y, w: w, h: h, text: link})
	}
}

// gap is the space between two paragraphs. Neighbours of one style whose space
// is contextual have none between them.
func (d *document) gap(prev, next *paragraph) float64 {
	if prev == nil {
		return next.before
	}
	after, before := prev.after, next.before
	if prev.style == next.style {
		if prev.contextual {
			after = 0
		}
		if next.contextual {
			before = 0
		}
	}
	if d.htmlSpacing || prev.autoAfter && next.autoBefore {
		return max(after, before) // as in HTML
	}
	return after + before
}

// stackOf lays blocks out in a column without end. Floating objects that are
// anchored inside are drawn at their places; text keeps off those that ask for it.
func (d *document) stackOf(nodes []*node, p *part, width float64, under *layers, noteNumber string) *stack {
	return d.stackItems(d.prepare(nodes, p, under, noteNumber), width, nil)
}

// item is a block that is ready for layout.
type item struct {
	text  *text
	table *tableBox
}

// prepare composes blocks in the order of the document, which numbering wants.
func (d *document) prepare(nodes []*node, p *part, under *layers, noteNumber string) []item {
	out := make([]item, 0, len(nodes))
	for _, n := range nodes {
		if n.name == "w:p" {
			out = append(out, item{text: d.compose(n, p, under, noteNumber)})
		} else {
			out = append(out, item{table: d.readTable(n, p, noteNumber)})
		}
	}
	return out
}

// stackCell lays the blocks of a cell out. The empty paragraph that a cell must
// end with after a table in it takes no room.
func (d *document) stackCell(items []item, width float64) *stack {
	if n := len(items); n > 1 && items[n-2].table != nil {
		if t := items[n-1].text; t != nil && len(t.atoms) == 0 && len(t.anchors) == 0 {
			items = items[:n-1]
		}
	}
	return d.stackItems(items, width, nil)
}

// stackItems lays prepared blocks out. A frame, given for headers and footers,
// says where on the page the column stands, for what floats against the page.
func (d *document) stackItems(items []item, width float64, on *frameOf) *stack {
	s := &stack{}
	place := func(a *anchor, y float64) float {
		if on == nil {
			return a.place(frameOf{y: y, colW: width, inCell: true})
		}
		at := *on
		at.y += y
		f := a.place(at)
		f.x, f.y = f.x-on.x, f.y-on.y
		return f
	}
	var prev *paragraph
	var floats []float
	for i, it := range items {
		if it.table != nil {
			if prev != nil {
				s.h += prev.after
			}
			prev = nil
			for _, r := range d.layTable(it.table, width) {
				s.items = append(s.items, placed{s.h, &slab{h: r.h, row: r}})
				s.h += r.h
			}
			continue
		}
		t := it.text
		gap := d.gap(prev, &t.look)
		s.h += gap
		for _, a := range t.allAnchors() {
			f := place(a, s.h-min(gap, t.look.before))
			if f.wraps() {
				floats = append(floats, f)
			}
		}
		top := s.h - min(gap, t.look.before)
		lines, skips := d.breakLines(t, width, 0, s.h, roomOf(floats, width))
		j := join{}
		if prev != nil {
			j.above = sameFrame(prev, &t.look)
		}
		if i+1 < len(items) && items[i+1].text != nil {
			j.below = sameFrame(&t.look, &items[i+1].text.look)
		}
		for k, sl := range d.slabsOf(t, lines, width, j, true) {
			s.h += skips[k]
			for _, a := range sl.anchors {
				f := place(a, top)
				under := &slab{}
				a.object.draw(d, under, f.x, f.y-s.h)
				sl.ops = append(under.ops, sl.ops...)
			}
			s.items = append(s.items, placed{s.h, sl})
			s.h += sl.h
		}
		prev = &t.look
	}
	if prev != nil {
		s.h += prev.after
	}
	for _, f := range floats {
		s.h = max(s.h, f.y+f.h)
	}
	return s
}

func (t *text) allAnchors() []*anchor {
	out := t.anchors
	for i := range t.atoms {
		if len(t.atoms[i].anchors) > 0 {
			out = append(out[:len(out):len(out)], t.atoms[i].anchors...)
		}
	}
	return out
}
