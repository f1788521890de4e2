package layout

// page is a laid out page: what lies under the text, the text, and what floats
// over it.
type page struct {
	section             *section
	number              int
	format              string
	first               bool // of its section
	under, text, over   []op
	bodyTop, bodyBottom float64
	used                float64 // where the text ends
	marks               [2]int  // how much lay under and over it before the last paragraph
}

// flow fills pages with blocks.
type flow struct {
	d      *document
	sec    *section
	page   *page
	number int
	format string

	column     int
	colX, colW float64
	y          float64
	top        float64 // of the column
	bottom     float64
	atTop      bool // nothing stands in the column yet
	soft       bool // and it began because the one before was full
	floats     []float
	notes      []*note
	notesH     float64
	prev       *paragraph
}

// flow lays the whole body out.
func (d *document) flow() {
	f := &flow{d: d}
	d.current = f
	for i, s := range d.sections() {
		f.begin(s, i == 0)
		f.items(d.prepare(s.nodes, d.main, nil, ""))
	}
	f.endnotes()
	f.closePage()
}

// begin starts a section, on a new page unless it goes on.
func (f *flow) begin(s *section, first bool) {
	f.format = s.format
	goesOn := !first && (s.kind == "continuous" || s.kind == "nextColumn") && f.sec.w == s.w && f.sec.h == s.h
	f.sec = s
	if goesOn {
		if f.column > 0 || s.kind == "nextColumn" && f.column+1 >= len(s.columns) {
			f.breakPage(false)
			return
		}
		if f.prev != nil {
			f.y += f.prev.after
			f.prev = nil
		}
		f.column = 0
		f.place()
		f.top = f.y
		return
	}
	if first {
		f.number = 0
	}
	next := f.number + 1
	if s.start > 0 {
		next = s.start
	}
	if !first && (s.kind == "evenPage" && next%2 == 1 || s.kind == "oddPage" && next%2 == 0) {
		f.newPage(false) // an empty page
	}
	if s.start > 0 {
		f.number = s.start - 1
	}
	f.newPage(true)
}

// place takes the column's measures from the section.
func (f *flow) place() {
	c := f.sec.columns[min(f.column, len(f.sec.columns)-1)]
	f.colX, f.colW = f.sec.left+c.x, c.w
}

// newPage ends the page and begins another.
func (f *flow) newPage(firstOfSection bool) {
	f.closePage()
	if len(f.d.pages) >= maxPages {
		panic(stop{&TooLarge{What: "pages"}})
	}
	f.d.check()
	f.number++
	s := f.sec
	p := &page{section: s, number: f.number, format: f.format, first: firstOfSection}
	f.d.pages = append(f.d.pages, p)
	f.page = p
	p.bodyTop, p.bodyBottom = s.top, s.h-s.bottom
	if h := f.d.edgeHeight(p, true); h > 0 && !s.exactTop {
		p.bodyTop = max(p.bodyTop, s.header+h)
	}
	if h := f.d.edgeHeight(p, false); h > 0 && !s.exactBottom {
		p.bodyBottom = min(p.bodyBottom, s.h-s.footer-h)
	}
	if p.bodyBottom-p.bodyTop < 36 { // a header that fills the page
		p.bodyTop, p.bodyBottom = min(p.bodyTop, s.h/2), max(p.bodyBottom, s.h/2+72)
	}
	f.column, f.floats, f.notes, f.notesH = 0, nil, nil, 0
	f.top, f.bottom = p.bodyTop, p.bodyBottom
	f.place()
	f.y, f.atTop, f.soft, f.prev = f.top, true, false, nil
}

// closePage draws the notes and moves the text as the section's vertical
// alignment says.
func (f *flow) closePage() {
	p := f.page
	if p == nil {
		return
	}
	p.used = max(p.used, f.y)
	if free := p.bodyBottom - p.used - f.notesH; free > 0 {
		switch p.section.vAlign {
		case "center":
			p.text = shift(nil, p.text, 0, free/2)
		case "bottom":
			p.text = shift(nil, p.text, 0, free)
		}
	}
	if len(f.notes) > 0 {
		y := p.bodyBottom - f.notesH
		p.text = append(p.text, op{kind: opLine, x: p.section.left, y: y + noteGap/2, w: min(144, f.colW), style: "single", width: 0.5})
		y += noteGap
		for _, n := range f.notes {
			p.text = n.stack.emit(p.text, p.section.left, y)
			y += n.stack.h
		}
	}
	f.page, f.notes, f.notesH = nil, nil, 0
}

// breakColumn goes to the next column or page; soft says that the one before was full.
func (f *flow) breakColumn(soft bool) {
	f.page.used = max(f.page.used, f.y)
	if f.column+1 < len(f.sec.columns) {
		f.column++
		f.place()
		f.y, f.atTop, f.soft, f.prev = f.top, true, soft, nil
		return
	}
	f.breakPage(soft)
}

func (f *flow) breakPage(soft bool) {
	f.newPage(false)
	f.soft = soft
}

// room is what is left of the column for text that brings notes of a height.
func (f *flow) room(notes float64) float64 {
	taken := f.notesH
	if notes > 0 && taken == 0 {
		taken = noteGap
	}
	return f.bottom - f.y - taken - notes
}

// put places a slab at y.
func (f *flow) put(s *slab) {
	if notes := s.all(); len(notes) > 0 {
		if f.notesH == 0 {
			f.notesH = noteGap
		}
		f.notes = append(f.notes, notes...)
		f.notesH += heightOf(notes)
	}
	begin := len(f.page.text)
	f.page.text = s.emit(f.page.text, f.colX, f.y)
	if s.row != nil {
		f.page.ground(begin)
	}
	f.y += s.h
	f.atTop = false
	f.page.used = max(f.page.used, f.y)
}

// ground moves backgrounds of cells from the text to what lies under it: a cell
// that spans rows writes over the backgrounds of the next.
func (p *page) ground(begin int) {
	kept := p.text[:begin]
	for _, o := range p.text[begin:] {
		if o.ground {
			p.under = append(p.under, o)
		} else {
			kept = append(kept, o)
		}
	}
	p.text = kept
}

func (f *flow) items(items []item) {
	for i, it := range items {
		f.d.check()
		if it.table != nil {
			f.table(items, i)
			continue
		}
		f.paragraph(items, i)
	}
}

// gapBefore is the space above a block: none at the top of a page that the
// text ran over to.
func (f *flow) gapBefore(p *paragraph) float64 {
	if f.atTop {
		if f.soft {
			return 0
		}
		return p.before
	}
	return f.d.gap(f.prev, p)
}

// shape is the room that floating objects leave in the column.
func (f *flow) shape() room {
	if len(f.floats) == 0 {
		return nil
	}
	moved := make([]float, len(f.floats))
	for i, fl := range f.floats {
		fl.x -= f.colX
		moved[i] = fl
	}
	return roomOf(moved, f.colW)
}

// paragraph places items[i].
func (f *flow) paragraph(items []item, i int) {
	t := items[i].text
	p := &t.look
	if p.pageBefore && !f.atTop {
		f.breakPage(false)
	}
	if p.keepNext && !f.atTop {
		if need := f.chain(items, i); need > f.room(0) && need < f.bottom-f.page.bodyTop {
			f.breakColumn(true)
		}
	}
	j := join{}
	if i > 0 && items[i-1].text != nil && !f.atTop {
		j.above = sameFrame(&items[i-1].text.look, p)
	}
	if i+1 < len(items) && items[i+1].text != nil {
		j.below = sameFrame(p, &items[i+1].text.look)
	}
	gap := f.gapBefore(p)
	floats := len(f.floats)
	f.float(t, gap)
	lines, skips := f.d.breakLines(t, f.colW, 0, f.y+gap, f.shape())
	slabs := f.d.slabsOf(t, lines, f.colW, j, true)
	if p.keepLines && !f.atTop {
		h := gap
		for _, s := range slabs {
			h += s.h
		}
		if h > f.room(0) && h < f.bottom-f.page.bodyTop {
			f.unfloat(floats)
			f.breakColumn(true)
			f.paragraphAgain(items, i)
			return
		}
	}
	f.y += gap
	first := true
	for len(slabs) > 0 {
		n := f.fitting(slabs, lines, skips, p.widow, first)
		if n == 0 {
			if first {
				f.y -= gap
				f.unfloat(floats)
				f.breakColumn(true)
				f.paragraphAgain(items, i)
				return
			}
			from, width, shaped := lines[0].from, f.colW, len(f.floats) > 0
			f.breakColumn(true)
			if shaped || width != f.colW {
				lines, skips = f.d.breakLines(t, f.colW, from, f.y, f.shape())
				slabs = f.d.slabsOf(t, lines, f.colW, j, false)
			}
			continue
		}
		end := atomWord
		for k := range n {
			f.y += skips[k]
			if lines[k].end == atomPage && f.room(0) < slabs[k].h && len(slabs[k].ops) == 0 {
				slabs[k].h = 0
			}
			f.put(slabs[k])
			if end = lines[k].end; end == atomPage || end == atomColumn {
				n = k + 1
				break
			}
		}
		slabs, lines, skips = slabs[n:], lines[n:], skips[n:]
		first = false
		switch end {
		case atomPage:
			f.breakPage(false)
		case atomColumn:
			f.breakColumn(false)
		default:
			continue
		}
		if len(slabs) > 0 {
			lines, skips = f.d.breakLines(t, f.colW, lines[0].from, f.y, f.shape())
			slabs = f.d.slabsOf(t, lines, f.colW, j, false)
		}
	}
	if !f.atTop {
		f.prev = p
	}
}

// paragraphAgain places a paragraph on the page that was begun for it.
func (f *flow) paragraphAgain(items []item, i int) {
	t := items[i].text
	keep := t.look
	t.look.pageBefore, t.look.keepNext, t.look.keepLines = false, false, false
	f.paragraph(items, i)
	t.look = keep
}

// float places what floats with a paragraph.
func (f *flow) float(t *text, gap float64) {
	f.page.marks = [2]int{len(f.page.under), len(f.page.over)}
	s := f.sec
	// Places count from the paragraph's top with the space above it.
	at := frameOf{x: f.colX, y: f.y + gap - min(gap, t.look.before), colX: f.colX, colW: f.colW, pageW: s.w, pageH: s.h, left: s.left, top: s.top, right: s.right, bottom: s.bottom}
	for _, a := range t.allAnchors() {
		fl := a.place(at)
		if fl.wraps() {
			f.floats = append(f.floats, fl)
		}
		drawn := &slab{}
		a.object.draw(f.d, drawn, fl.x, fl.y)
		if a.behind {
			f.page.under = append(f.page.under, drawn.ops...)
		} else {
			f.page.over = append(f.page.over, drawn.ops...)
		}
	}
}

// unfloat is called when a paragraph moves to another page: what floats with
// it is placed anew there.
func (f *flow) unfloat(n int) {
	f.floats = f.floats[:n]
	f.page.under, f.page.over = f.page.under[:f.page.marks[0]], f.page.over[:f.page.marks[1]]
}

// fitting is how many lines go into the column, with neither one line alone at
// its bottom nor one left for the next.
func (f *flow) fitting(slabs []*slab, lines []line, skips []float64, widow, first bool) int {
	n, h, notes := 0, 0.0, 0.0
	for i, s := range slabs {
		add := heightOf(s.notes)
		if h+skips[i]+s.h-s.slack > f.room(notes+add)+0.05 && (lines[i].end != atomPage || len(s.ops) > 0) {
			break
		}
		h += skips[i] + s.h
		notes += add
		n++
		if lines[i].end == atomPage || lines[i].end == atomColumn {
			return n
		}
	}
	if n == len(slabs) {
		return n
	}
	if widow {
		if len(slabs)-n == 1 {
			n--
		}
		if first && n == 1 {
			n = 0
		}
	}
	if n <= 0 {
		if f.atTop {
			return 1
		}
		return 0
	}
	return n
}

// chain is the height of a paragraph that keeps with the next, of those that
// follow in the chain, and of the beginning of what ends it.
func (f *flow) chain(items []item, i int) float64 {
	need := 0.0
	prev := f.prev
	for k := i; k < len(items) && k < i+24; k++ {
		if t := items[k].table; t != nil {
			if prev != nil {
				need += prev.after
			}
			rows := f.d.layTable(t, f.colW)
			for _, r := range rows {
				need += r.h
				if !r.header && !r.keepNext {
					return need
				}
			}
			prev = nil
			continue
		}
		t := items[k].text
		lines, _ := f.d.breakLines(t, f.colW, 0, 0, nil)
		need += f.d.gap(prev, &t.look)
		for n, l := range lines {
			if !t.look.keepNext && n == 2 && len(lines) > 3 {
				break
			}
			need += l.h
		}
		if !t.look.keepNext {
			return need
		}
		prev = &t.look
	}
	return need
}

// table places the rows of a table, its heading rows again on every page.
func (f *flow) table(items []item, at int) {
	t := items[at].table
	if f.prev != nil {
		f.y += f.prev.after
		f.prev = nil
	}
	rows := f.d.layTable(t, f.colW)
	var heading []*row
	for _, r := range rows {
		if !r.header {
			break
		}
		heading = append(heading, r)
	}
	headingH := 0.0
	for _, r := range heading {
		headingH += r.h
	}
	if len(heading) == len(rows) || headingH > (f.bottom-f.page.bodyTop)*0.6 {
		heading, headingH = nil, 0
	}
	for i := 0; i < len(rows); i++ {
		f.d.check()
		r := rows[i]
		need := r.h
		if i < len(heading) {
			for _, x := range rows[i+1 : len(heading)+1] {
				need += x.h
			}
		} else if r.keepNext && !f.atTop {
			need = f.kept(rows, i, items, at)
			if need > f.bottom-f.page.bodyTop-headingH {
				need = r.h
			}
		}
		s := &slab{h: r.h, row: r}
		notes := heightOf(s.all())
		if need <= f.room(notes)+0.05 {
			f.put(s)
			continue
		}
		fresh := f.atTop
		if !r.cantSplit && i >= len(heading) || fresh {
			if head, tail := r.split(f.room(notes)); head != nil {
				f.put(&slab{h: head.h, row: head})
				f.nextForTable(heading)
				rows = append(rows[:i:i], append([]*row{tail}, rows[i+1:]...)...)
				i--
				continue
			}
		}
		if fresh || f.y <= f.top+headingH+0.1 && i >= len(heading) {
			// Even an empty page does not hold it.
			if head, tail := r.split(f.room(0)); head != nil {
				f.put(&slab{h: head.h, row: head})
				f.nextForTable(heading)
				rows = append(rows[:i:i], append([]*row{tail}, rows[i+1:]...)...)
				i--
				continue
			}
			f.put(s)
			continue
		}
		if i < len(heading) {
			f.breakColumn(true)
		} else {
			f.nextForTable(heading)
		}
		i--
	}
}

// kept is the height of a row that keeps with the next, and of what it keeps with.
func (f *flow) kept(rows []*row, i int, items []item, at int) float64 {
	need := 0.0
	for k := i; k < len(rows) && k < i+40; k++ {
		need += rows[k].h
		if !rows[k].keepNext {
			return need
		}
	}
	if i+40 > len(rows) && at+1 < len(items) {
		need += f.chain(items, at+1)
	}
	return need
}

// nextForTable begins a column and repeats the heading.
func (f *flow) nextForTable(heading []*row) {
	f.breakColumn(true)
	for _, r := range heading {
		f.put(&slab{h: r.h, row: r})
	}
}

// endnotes come after the text.
func (f *flow) endnotes() {
	for i, n := range f.d.endnoteQueue {
		if i == 0 {
			if f.prev != nil {
				f.y += f.prev.after
				f.prev = nil
			}
			f.put(&slab{h: noteGap, ops: []op{{kind: opLine, y: noteGap / 2, w: min(144, f.colW), style: "single", width: 0.5}}})
		}
		for _, p := range n.stack.items {
			if p.slab.h > f.room(0) && !f.atTop {
				f.breakColumn(true)
			}
			f.put(p.slab)
		}
	}
}
