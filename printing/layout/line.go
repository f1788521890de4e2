package layout

import (
	"math"
	"strings"
	"unicode/utf8"
)

// span is what an atom became in a line.
type span struct {
	atom        int // index into the atoms; of the label: -1-index
	x, w        float64
	text        string
	stretchable bool
}

// line is one line of a paragraph.
type line struct {
	from, to int // atoms
	spans    []span
	left     float64 // where it begins
	right    float64 // where it must end
	x        float64 // where the text ends
	asc      float64 // base line below its top
	h        float64
	last     bool // of the paragraph, or ends where it is not stretched
	end      atomKind
	fills    []fill // tab leaders
	objects  bool
	slack    float64 // what a multiple of the line's height adds below the text
}

// fill is the leader of a tab.
type fill struct {
	x, w   float64
	leader string
	atom   int
}

// room says where a line of a height may stand at y below the paragraph's top:
// from left to right, or lower down (skip > 0).
type room func(y, h float64) (left, right, skip float64)

// breakLines breaks a text into lines from an atom on. Width is that of the
// column; shape, when there is one, keeps lines off what floats. y is where the
// first line begins, for shape. The lines are tops-down; skips are the heights
// left empty above each.
func (d *document) breakLines(t *text, width float64, from int, y float64, shape room) (lines []line, skips []float64) {
	first := from == 0
	for from < len(t.atoms) || first {
		d.check()
		left, right := 0.0, width
		skip := 0.0
		if shape != nil {
			probe := t.mark.size * 1.2
			for tries := 0; tries < 200; tries++ {
				l, r, down := shape(y+skip, probe)
				if down <= 0 && r-l >= min(width, 36) {
					left, right = l, r
					break
				}
				skip += max(down, 1)
			}
		}
		ln := d.oneLine(t, left, right, width, from, first)
		y += skip + ln.h
		lines, skips = append(lines, ln), append(skips, skip)
		first = false
		if ln.to == from && ln.to < len(t.atoms) { // cannot be: guard against standing still
			from++
		} else {
			from = ln.to
		}
	}
	return lines, skips
}

// oneLine fills one line.
func (d *document) oneLine(t *text, left, right, width float64, from int, first bool) line {
	p := &t.look
	b := &lineBuilder{d: d, t: t, origin: left}
	b.ln = line{from: from, to: from, right: right - p.right}
	b.ln.left = left + p.left
	if first {
		b.ln.left = left + p.left + p.first
	}
	if b.ln.right < b.ln.left+6 {
		b.ln.right = b.ln.left + 6
	}
	b.x = b.ln.left
	b.limit = b.ln.right
	if first && t.level != nil {
		b.label()
	}
	b.fill()
	b.finish(width)
	return b.ln
}

type lineBuilder struct {
	d        *document
	t        *text
	ln       line
	origin   float64 // left edge of the column
	x        float64
	limit    float64
	broken   int // atom at which the line may break, with the state there
	spansAt  int
	fillsAt  int
	xAt      float64
	canBreak bool
	lastTab  int // spans before it are not justified
}

// label puts the number or bullet before the text.
func (b *lineBuilder) label() {
	w := 0.0
	for i := range b.t.label {
		w += b.t.label[i].w
	}
	x := b.x
	switch b.t.level.align {
	case "right", "end":
		x -= w
	case "center":
		x -= w / 2
	}
	for i := range b.t.label {
		a := &b.t.label[i]
		b.ln.spans = append(b.ln.spans, span{atom: -1 - i, x: x, w: a.w, text: a.text})
		x += a.w
	}
	b.x = x
	switch b.t.level.suffix {
	case "nothing":
	case "space":
		if len(b.t.label) > 0 {
			w, _ := b.t.label[0].face.Advance(' ')
			b.x += float64(w) * b.t.label[0].size / 1000
		}
	default:
		if len(b.t.label) > 0 {
			stop, _ := b.nextStop()
			b.x = stop.pos + b.origin
		}
	}
	b.lastTab = len(b.ln.spans)
}

// nextStop is the tab stop after x; its position counts from the column's edge.
func (b *lineBuilder) nextStop() (tab, bool) {
	p := &b.t.look
	at := b.x - b.origin + 0.01
	hanging := p.first < 0 && p.left > at
	for _, t := range p.tabs {
		if t.pos > at && t.align != "bar" {
			if hanging && p.left < t.pos {
				break
			}
			return t, true
		}
	}
	if hanging {
		return tab{pos: p.left, align: "left"}, true
	}
	n := float64(int(at/b.d.defaultTab) + 1)
	if at < 0 {
		n = 0
	}
	return tab{pos: n * b.d.defaultTab, align: "left"}, false
}

// fill takes atoms until the line is full.
func (b *lineBuilder) fill() {
	atoms := b.t.atoms
	i := b.ln.from
	for i < len(atoms) {
		a := &atoms[i]
		switch a.kind {
		case atomLine, atomPage, atomColumn:
			b.ln.to, b.ln.last, b.ln.end = i+1, a.kind != atomLine || b.d.loose, a.kind
			return
		case atomSpace:
			b.ln.spans = append(b.ln.spans, span{atom: i, x: b.x, w: a.w, text: a.text, stretchable: true})
			b.x += a.w
			i++
			b.mark(i)
			continue
		case atomTab, atomPlace:
			if !b.tab(i) {
				b.ln.to = i
				return
			}
			i++
			b.mark(i)
			continue
		case atomSoft:
			i++
			hyphen, _ := a.face.Advance('-')
			if w := float64(hyphen) * a.size / 1000; b.x+w <= b.limit {
				b.mark(i)
				b.xAt = b.x + w
			}
			continue
		}
		w, s := a.w, a.text
		if a.kind == atomField {
			s = b.d.fieldText(a)
			w = a.face.Width(s, a.size)
		}
		if b.x+w > b.limit+0.05 && len(b.ln.spans) > 0 && b.hasText() || b.x+w > b.limit+0.05 && a.kind == atomWord {
			if b.canBreak {
				b.back()
				return
			}
			if a.kind != atomWord {
				if len(b.ln.spans) > 0 {
					b.ln.to = i
					return
				}
			} else if cut := b.fits(a); cut < len(a.text) {
				if cut == 0 && len(b.ln.spans) > 0 {
					b.ln.to = i
					return
				}
				if cut == 0 {
					_, cut = utf8.DecodeRuneInString(a.text)
				}
				if cut < len(a.text) {
					b.split(i, cut)
					a = &b.t.atoms[i]
					b.ln.spans = append(b.ln.spans, span{atom: i, x: b.x, w: a.w, text: a.text})
					b.x += a.w
					b.ln.to = i + 1
					return
				}
			}
		}
		b.ln.spans = append(b.ln.spans, span{atom: i, x: b.x, w: w, text: s})
		b.x += w
		i++
		if a.brk || a.kind == atomObject {
			b.mark(i)
		}
	}
	b.ln.to, b.ln.last = len(atoms), true
}

func (b *lineBuilder) hasText() bool {
	for _, s := range b.ln.spans {
		if s.atom >= 0 && !s.stretchable {
			return true
		}
	}
	return false
}

// mark remembers that the line may end before atom i.
func (b *lineBuilder) mark(i int) {
	if i > b.ln.from {
		b.canBreak, b.broken, b.spansAt, b.fillsAt, b.xAt = true, i, len(b.ln.spans), len(b.ln.fills), b.x
	}
}

// back ends the line where it last could.
func (b *lineBuilder) back() {
	b.ln.to = b.broken
	b.ln.spans = b.ln.spans[:b.spansAt]
	b.ln.fills = b.ln.fills[:b.fillsAt]
	if a := &b.t.atoms[b.broken-1]; a.kind == atomSoft {
		w, _ := a.face.Advance('-')
		b.ln.spans = append(b.ln.spans, span{atom: b.broken - 1, x: b.xAt - float64(w)*a.size/1000, w: float64(w) * a.size / 1000, text: "-"})
	}
}

// fits is how many bytes of a word fit into the rest of the line.
func (b *lineBuilder) fits(a *atom) int {
	x := b.x
	for i, r := range a.text {
		w, _ := a.face.Advance(r)
		x += float64(w)*a.size/1000*a.look.stretch + a.look.spacing
		if x > b.limit {
			return i
		}
	}
	return len(a.text)
}

// split cuts an atom in two, which changes nothing for other widths: no line
// may break between them.
func (b *lineBuilder) split(i, cut int) {
	head, tail := b.t.atoms[i], b.t.atoms[i]
	head.text, tail.text = head.text[:cut], tail.text[cut:]
	head.w, tail.w = 0, 0
	head.brk = false
	tail.anchors, tail.notes = nil, nil
	head.measure()
	tail.measure()
	b.t.atoms = append(b.t.atoms[:i+1], b.t.atoms[i:]...)
	b.t.atoms[i], b.t.atoms[i+1] = head, tail
}

// tab moves to a tab stop; false when it belongs to the next line.
func (b *lineBuilder) tab(i int) bool {
	a := &b.t.atoms[i]
	from := b.x
	var stop tab
	custom := true
	if a.kind == atomPlace {
		switch a.text {
		case "center":
			stop = tab{pos: (b.origin+b.ln.right)/2 - b.origin, align: "center"}
		case "right":
			stop = tab{pos: b.ln.right - b.origin, align: "right"}
		default:
			stop = tab{pos: b.ln.left - b.origin, align: "left"}
		}
	} else {
		stop, custom = b.nextStop()
	}
	pos := stop.pos + b.origin
	if pos > b.limit+0.5 {
		switch {
		case custom && pos < b.limit+200:
			b.limit = pos
		case b.hasText():
			return false
		default:
			pos = max(from, b.limit)
		}
	}
	to := pos
	switch stop.align {
	case "right", "center", "decimal":
		w := b.following(i+1, stop.align == "decimal")
		if stop.align == "center" {
			w /= 2
		}
		to = max(from, pos-w)
	}
	b.ln.spans = append(b.ln.spans, span{atom: i, x: from, w: to - from})
	if stop.leader != "" && stop.leader != "none" && to > from {
		b.ln.fills = append(b.ln.fills, fill{x: from, w: to - from, leader: stop.leader, atom: i})
	}
	b.x = to
	b.lastTab = len(b.ln.spans)
	return true
}

// following is the width of the text up to the next tab or break, or up to
// the decimal separator.
func (b *lineBuilder) following(i int, decimals bool) float64 {
	w, trailing := 0.0, 0.0
	for ; i < len(b.t.atoms); i++ {
		a := &b.t.atoms[i]
		switch a.kind {
		case atomTab, atomPlace, atomLine, atomPage, atomColumn:
			return w
		case atomSpace:
			trailing += a.w
			continue
		case atomField:
			w += trailing + a.face.Width(b.d.fieldText(a), a.size)
			trailing = 0
			continue
		}
		w += trailing
		trailing = 0
		if decimals {
			if k := strings.IndexAny(a.text, b.d.decimals); k >= 0 {
				return w + a.face.Width(a.text[:k], a.size)
			}
		}
		w += a.w
	}
	return w
}

// finish aligns the line and measures its height.
func (b *lineBuilder) finish(width float64) {
	ln := &b.ln
	// Spaces at the end hang over the edge.
	n := len(ln.spans)
	for n > 0 && ln.spans[n-1].stretchable {
		n--
	}
	end := ln.left
	if n > 0 {
		end = ln.spans[n-1].x + ln.spans[n-1].w
	}
	ln.x = end
	free := b.limit - end
	p := &b.t.look
	shift := 0.0
	switch {
	case b.hasTab() && p.align != "left":
		// Tabs decide.
	case p.align == "center":
		shift = free / 2
	case p.align == "right":
		shift = free
	}
	if shift > 0 {
		for i := range ln.spans {
			ln.spans[i].x += shift
		}
		for i := range ln.fills {
			ln.fills[i].x += shift
		}
		ln.x += shift
	}
	if p.align == "both" && !ln.last && free > 0 && n > 0 {
		b.justify(n, free)
	}
	ln.spans = ln.spans[:n]
	b.height()
}

func (b *lineBuilder) hasTab() bool {
	for _, s := range b.ln.spans {
		if s.atom >= 0 {
			if k := b.t.atoms[s.atom].kind; k == atomTab || k == atomPlace {
				return true
			}
		}
	}
	return false
}

// justify shares what is free between the spaces after the last tab.
func (b *lineBuilder) justify(n int, free float64) {
	gaps := 0
	for _, s := range b.ln.spans[min(b.lastTab, n):n] {
		if s.stretchable {
			gaps++
		}
	}
	if gaps == 0 {
		return
	}
	each, shift := free/float64(gaps), 0.0
	for i := min(b.lastTab, n); i < n; i++ {
		s := &b.ln.spans[i]
		s.x += shift
		if s.stretchable {
			s.w += each
			shift += each
		}
	}
	b.ln.x += shift
}

// height measures the line by what stands in it.
func (b *lineBuilder) height() {
	var asc, desc, gap, objects float64
	take := func(a *atom) {
		if a.kind == atomObject {
			objects = max(objects, a.object.h+a.raise)
			desc = max(desc, -a.raise)
			b.ln.objects = true
			return
		}
		asc = max(asc, a.asc+a.raise)
		desc = max(desc, a.desc-a.raise)
		gap = max(gap, a.gap)
	}
	any := false
	for _, s := range b.ln.spans {
		if s.atom < 0 {
			take(&b.t.label[-1-s.atom])
			continue
		}
		a := &b.t.atoms[s.atom]
		if a.kind == atomSpace {
			continue // a larger space does not make a line higher
		}
		take(a)
		any = any || a.kind != atomObject
	}
	if !any && !b.ln.objects || !any && b.ln.last && !b.ln.objects {
		f := b.d.faceOf(&b.t.mark)
		s := b.t.mark.size
		asc, desc, gap = max(asc, f.ascent*s), max(desc, f.descent*s), max(gap, f.gap*s)
	}
	p := &b.t.look
	asc, desc = whole(asc), whole(desc)
	natural := asc + desc + gap
	ln := &b.ln
	switch p.rule {
	case "exact":
		ln.h = p.line
		ln.asc = p.line * 0.8
		return
	case "atLeast":
		ln.h = max(natural, p.line, objects+desc)
		ln.asc = ln.h - desc - gap
		return
	}
	// What a multiple adds stands below the line, what it takes off comes from above.
	h := natural
	if p.line != 1 {
		h = math.Floor(natural*p.line/twip+1e-6) * twip
	}
	ln.asc = asc
	if p.line < 1 {
		ln.asc = asc * p.line
	}
	below := h - ln.asc
	ln.slack = max(h-natural, 0)
	ln.asc = max(ln.asc, objects)
	ln.h = ln.asc + max(below, 0)
	if ln.objects && !any {
		ln.h = max(objects+desc, 0)
		ln.asc, ln.slack = objects, 0
	}
}

// whole rounds to whole twips, the unit of office programs: over a page of
// lines the parts of a twip make a point.
func whole(v float64) float64 { return math.Round(v/twip) * twip }

// fieldText is what a field shows on the page being filled.
func (d *document) fieldText(a *atom) string {
	switch a.field {
	case "PAGE":
		n := 1
		if d.current != nil {
			n = d.current.number
			if a.fieldFormat == "" {
				return ordinal(n, d.current.format)
			}
		}
		return ordinal(n, a.fieldFormat)
	default:
		return ordinal(max(d.total, 1), a.fieldFormat)
	}
}
