package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ugoda/printing/font"
)

type atomKind uint8

const (
	atomWord atomKind = iota
	atomSpace
	atomTab
	atomLine   // line break
	atomPage   // page break
	atomColumn // column break
	atomObject // picture or box in the line
	atomSoft   // soft hyphen
	atomField  // page number, number of pages: known only on a page
	atomPlace  // tab to a place of the line: left, center, right
)

// atom is the smallest thing that a line is made of.
type atom struct {
	kind        atomKind
	brk         bool // a line may end after it
	text        string
	look        *run
	face        *font.Face
	size        float64 // as drawn
	w           float64
	asc, desc   float64 // of the line that holds it
	gap         float64
	raise       float64
	link        string
	object      *object
	anchors     []*anchor // floating objects that stand at this place
	notes       []*note
	field       string // PAGE, NUMPAGES
	fieldFormat string
}

// text is a paragraph ready for breaking into lines.
type text struct {
	look    paragraph
	mark    run // of the paragraph's end
	atoms   []atom
	label   []atom // number or bullet
	level   *level
	anchors []*anchor // of an empty paragraph or before the first atom
}

// composer turns the content of a paragraph into atoms.
type composer struct {
	d      *document
	part   *part
	base   run
	out    *text
	fields []fieldState
	link   string
	looks  map[*node]*run
	note   string // number of the note whose text this is
}

type fieldState struct {
	instr  strings.Builder
	result bool // past the separator
	shown  bool // the field was computed: its old result is skipped
	link   string
	rPr    *node
	box    *node
}

// compose prepares a paragraph.
func (d *document) compose(n *node, p *part, under *layers, noteNumber string) *text {
	d.check()
	pPr := n.child("w:pPr")
	look, base := d.resolve(pPr, under)
	t := &text{look: look}
	t.mark = d.runLook(pPr.child("w:rPr"), base)
	c := &composer{d: d, part: p, base: base, out: t, note: noteNumber}
	if look.numID != 0 {
		label, lv := d.count(look.numID, look.level)
		if lv != nil {
			t.level = lv
			r := t.mark
			r.underline = ""
			d.applyRun(lv.run, &r)
			if label != "" {
				c.text(symbols(r.font, label), &r)
				for i := range t.atoms {
					t.atoms[i].brk = false
				}
				t.label, t.atoms = t.atoms, nil
			}
		}
	}
	c.walk(n.kids)
	return t
}

func (c *composer) walk(kids []*node) {
	for _, k := range kids {
		switch k.name {
		case "w:r":
			c.run(k)
		case "w:hyperlink":
			old := c.link
			if r, ok := c.part.rels[k.attr("r:id")]; ok && r.external {
				c.link = r.target
			}
			c.walk(k.kids)
			c.link = old
		case "w:fldSimple":
			c.simpleField(k)
		case "w:sdt":
			c.walk(contentOf(k))
		case "w:ins", "w:moveTo":
			c.d.unsupported("tracked_changes")
			c.walk(k.kids)
		case "w:del", "w:moveFrom":
			c.d.unsupported("tracked_changes")
		case "w:commentRangeStart":
			c.d.unsupported("comments")
		case "w:smartTag", "w:customXml", "w:dir", "w:bdo":
			c.walk(k.kids)
		case "mc:AlternateContent":
			if b := choice(k); b != nil {
				c.walk(b.kids)
			}
		case "m:oMath", "m:oMathPara":
			c.d.unsupported("formula")
			r := c.base
			r.italic = true
			c.text(mathText(k, 0), &r)
		}
	}
}

func contentOf(sdt *node) []*node {
	if k := sdt.child("w:sdtContent"); k != nil {
		return k.kids
	}
	return nil
}

// mathText is the letters of a formula in the order in which they are written.
func mathText(n *node, depth int) string {
	if n.name == "m:t" {
		return n.text
	}
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(mathText(k, depth+1))
	}
	return b.String()
}

func (c *composer) simpleField(k *node) {
	instr := k.attr("w:instr")
	var rPr *node
	if r := k.child("w:r"); r != nil {
		rPr = r.child("w:rPr")
	}
	if !c.computed(instr, rPr) {
		c.walk(k.kids)
	}
}

// computed shows a field that is known only here, or says that its last
// result must do.
func (c *composer) computed(instr string, rPr *node) bool {
	words := strings.Fields(instr)
	if len(words) == 0 {
		return false
	}
	name := strings.ToUpper(words[0])
	switch name {
	case "PAGE", "NUMPAGES", "SECTIONPAGES":
	default:
		return false
	}
	format := ""
	for i, w := range words {
		if w == `\*` && i+1 < len(words) {
			switch f := words[i+1]; f {
			case "roman":
				format = "lowerRoman"
			case "ROMAN", "Roman":
				format = "upperRoman"
			case "alphabetic":
				format = "lowerLetter"
			case "ALPHABETIC":
				format = "upperLetter"
			}
		}
	}
	if name != "PAGE" {
		c.d.usesTotal = true
	}
	look := c.look(rPr)
	a := c.atom(atomField, look)
	a.field, a.fieldFormat = name, format
	c.add(a)
	return true
}

// look resolves a run's properties; equal ones are shared.
func (c *composer) look(rPr *node) *run {
	if l := c.looks[rPr]; l != nil {
		return l
	}
	r := c.d.runLook(rPr, c.base)
	if c.looks == nil {
		c.looks = map[*node]*run{}
	}
	c.looks[rPr] = &r
	return &r
}

// hiding says that the innermost fields do not show what comes now.
func (c *composer) hiding() bool {
	for i := range c.fields {
		if f := &c.fields[i]; !f.result || f.shown {
			return true
		}
	}
	return false
}

func (c *composer) run(n *node) {
	rPr := n.child("w:rPr")
	look := c.look(rPr)
	for _, k := range n.kids {
		switch k.name {
		case "w:fldChar":
			c.fieldChar(k, rPr)
			continue
		case "w:instrText":
			if len(c.fields) > 0 {
				f := &c.fields[len(c.fields)-1]
				f.instr.WriteString(k.text)
				if f.rPr == nil {
					f.rPr = rPr
				}
			}
			continue
		}
		if look.hidden || c.hiding() {
			continue
		}
		c.content(k, look)
	}
}

func (c *composer) fieldChar(k, rPr *node) {
	switch k.attr("w:fldCharType") {
	case "begin":
		if len(c.fields) < 32 {
			c.fields = append(c.fields, fieldState{rPr: rPr, box: k.child("w:ffData")})
		}
	case "separate":
		if len(c.fields) > 0 {
			c.separate()
		}
	case "end":
		if len(c.fields) == 0 {
			return
		}
		if !c.fields[len(c.fields)-1].result {
			c.separate()
		}
		c.link = c.fields[len(c.fields)-1].link
		c.fields = c.fields[:len(c.fields)-1]
	}
}

// separate ends the instruction of the innermost field.
func (c *composer) separate() {
	i := len(c.fields) - 1
	f := &c.fields[i]
	instr := f.instr.String()
	f.result, f.link = true, c.link
	outer := c.fields[:i]
	for k := range outer {
		if !outer[k].result || outer[k].shown {
			return
		}
	}
	words := strings.Fields(instr)
	if len(words) > 1 && strings.EqualFold(words[0], "HYPERLINK") && words[1] != `\l` {
		c.link = strings.Trim(words[1], `"`)
		return
	}
	if len(words) > 0 && strings.EqualFold(words[0], "FORMCHECKBOX") {
		mark := "☐"
		if b := f.box.child("w:checkBox"); b.child("w:checked").on() || b.child("w:checked") == nil && b.child("w:default").on() {
			mark = "☒"
		}
		c.text(mark, c.look(f.rPr))
		f.shown = true
		return
	}
	f.shown = c.computed(instr, f.rPr)
}

func (c *composer) content(k *node, look *run) {
	switch k.name {
	case "w:t":
		s := k.text
		if k.attr("xml:space") != "preserve" {
			s = strings.Trim(s, " \t\r\n")
		}
		c.text(symbols(look.font, s), look)
	case "w:tab":
		c.add(c.atom(atomTab, look))
	case "w:ptab":
		a := c.atom(atomPlace, look)
		a.text = k.attr("w:alignment")
		c.add(a)
	case "w:br":
		kind := atomLine
		switch k.attr("w:type") {
		case "page":
			kind = atomPage
		case "column":
			kind = atomColumn
		}
		c.add(c.atom(kind, look))
	case "w:cr":
		c.add(c.atom(atomLine, look))
	case "w:noBreakHyphen":
		c.word("-", look, false)
	case "w:softHyphen":
		c.add(c.atom(atomSoft, look))
	case "w:sym":
		v, ok := parseHex(k.attr("w:char"))
		if ok {
			c.text(symbols(k.attr("w:font"), string(rune(v))), look)
		}
	case "w:pgNum":
		c.computed("PAGE", nil)
	case "w:footnoteReference", "w:endnoteReference":
		c.reference(k, look)
	case "w:footnoteRef", "w:endnoteRef":
		c.text(c.note, look)
	case "w:drawing":
		c.drawing(k, look)
	case "w:pict", "w:object":
		c.vml(k, look)
	case "mc:AlternateContent":
		if b := choice(k); b != nil {
			for _, kk := range b.kids {
				c.content(kk, look)
			}
		}
	case "w:ruby":
		if base := k.child("w:rubyBase"); base != nil {
			c.walk(base.kids)
		}
	}
}

func parseHex(s string) (int, bool) {
	v := 0
	for _, r := range s {
		i := strings.IndexRune("0123456789abcdef", unicode.ToLower(r))
		if i < 0 || len(s) > 4 {
			return 0, false
		}
		v = v<<4 | i
	}
	return v, s != ""
}

// atom makes an atom with the measures of its run.
func (c *composer) atom(kind atomKind, look *run) atom {
	f := c.d.faceOf(look)
	size := look.size * f.scale
	a := atom{kind: kind, look: look, face: f.face, size: size, asc: f.ascent * look.size, desc: f.descent * look.size, gap: f.gap * look.size, raise: look.raise, link: c.link}
	switch look.script {
	case 1:
		a.raise += look.size * 0.35
		a.size *= 0.62
		a.asc, a.desc = a.asc*0.62, a.desc*0.62
	case -1:
		a.raise -= look.size * 0.14
		a.size *= 0.62
		a.asc, a.desc = a.asc*0.62, a.desc*0.62
	}
	return a
}

func (c *composer) add(a atom) { c.out.atoms = append(c.out.atoms, a) }

func (a *atom) measure() {
	n := 0
	for _, r := range a.text {
		w, _ := a.face.Advance(r)
		a.w += float64(w)
		n++
	}
	a.w = a.w*a.size/1000*a.look.stretch + float64(n)*a.look.spacing
	a.w = max(a.w, 0)
}

// word adds text that no line may break inside.
func (c *composer) word(s string, look *run, brk bool) {
	if s == "" {
		return
	}
	a := c.atom(atomWord, look)
	a.text, a.brk = s, brk
	a.measure()
	c.add(a)
}

// text cuts text into words and spaces.
func (c *composer) text(s string, look *run) {
	f := c.d.faceOf(look)
	if look.caps {
		s = strings.ToUpper(s)
	}
	if look.smallCaps && !look.caps {
		c.smallCaps(s, look)
		return
	}
	if c.borrow(s, look, f.face) {
		return
	}
	s = f.face.Clean(stripControls(s), func(r rune) { c.d.unsupported("character", "code", "U+"+hex(r)) })
	start := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ':
			c.word(s[start:i], look, false)
			end := i
			for end < len(s) && s[end] == ' ' {
				end++
			}
			a := c.atom(atomSpace, look)
			a.text, a.brk = s[i:end], true
			a.measure()
			c.add(a)
			start, i = end, end
			continue
		case r == '-' || r == '–' || r == '—':
			before, _ := utf8.DecodeLastRuneInString(s[start:i])
			after, _ := utf8.DecodeRuneInString(s[i+n:])
			if i > start && (unicode.IsLetter(before) || r != '-' && unicode.IsDigit(before)) && (unicode.IsLetter(after) || unicode.IsDigit(after)) {
				c.word(s[start:i+n], look, true)
				start = i + n
			}
		case r == '\u200b':
			c.word(s[start:i], look, true)
			start = i + n
		case r == '\u00ad':
			c.word(s[start:i], look, false)
			c.add(c.atom(atomSoft, look))
			start = i + n
		case r >= 0x2e80 && r < 0xfb00: // ideographs: a line may end after each
			c.word(s[start:i], look, true)
			c.word(s[i:i+n], look, true)
			start = i + n
		}
		i += n
	}
	c.word(s[start:], look, false)
}

// borrow writes the characters that a font lacks in the embedded one, as Word
// does: a font without Cyrillic letters is no reason to lose words. It reports
// whether there were any.
func (c *composer) borrow(s string, look *run, own *font.Face) bool {
	if !strings.ContainsFunc(s, own.Lacks) {
		return false
	}
	lender := func(r rune) string { // "": the font's own, or nobody has it
		if !own.Lacks(r) {
			return ""
		}
		return c.d.lender(r, look.bold, look.italic)
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return lender(r) != "" }) {
		return false
	}
	for s != "" {
		r, _ := utf8.DecodeRuneInString(s)
		from := lender(r)
		end := strings.IndexFunc(s, func(r rune) bool { return lender(r) != from })
		if end < 0 {
			end = len(s)
		}
		look := *look
		if from != "" {
			look.font = from
		}
		c.text(s[:end], &look)
		s = s[end:]
	}
	return true
}

// lenders are fonts with signs that few others have: boxes to tick, telephones,
// envelopes, arrows.
var lenders = []string{embeddedFamily, "Segoe UI Symbol", "DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans Symbols2", "Noto Sans Symbols", "Arial Unicode MS"}

// lender is the font that a character is borrowed from; "": none has it.
func (d *document) lender(r rune, bold, italic bool) string {
	for _, name := range lenders {
		var f *font.Face
		if name == embeddedFamily {
			f = font.Embedded(bold, italic)
		} else if f = font.Find(d.opts.FontDirs, name, bold, italic); f == nil && (bold || italic) {
			continue
		}
		if f != nil && !f.Lacks(r) {
			return name
		}
	}
	return ""
}

// embeddedFamily is the font that the program carries.
const embeddedFamily = "Noto Sans"

func stripControls(s string) string {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s
	}
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
}

func hex(r rune) string {
	const digits = "0123456789ABCDEF"
	out := []byte{}
	for ; r > 0 || len(out) < 4; r >>= 4 {
		out = append([]byte{digits[r&15]}, out...)
	}
	return string(out)
}

// smallCaps shows small letters as smaller capitals.
func (c *composer) smallCaps(s string, look *run) {
	big, small := *look, *look
	big.smallCaps, small.smallCaps = false, false
	small.size *= 0.8
	start, lower := 0, false
	flush := func(end int) {
		if end > start {
			if lower {
				c.text(strings.ToUpper(s[start:end]), &small)
			} else {
				c.text(s[start:end], &big)
			}
		}
		start = end
	}
	for i, r := range s {
		if l := unicode.IsLower(r); l != lower {
			flush(i)
			lower = l
		}
	}
	flush(len(s))
}
