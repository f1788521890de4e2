package docx

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// maxOutput bounds the elements of a filled part: some 1,000 pages.
const maxOutput = 1_000_000

// Missing says what becomes of a tag whose name the data does not know.
type Missing int

// What Fill does then.
const (
	Refuse Missing = iota // Fill tells them all and makes nothing
	Empty                 // they print nothing
)

// Options of filling.
type Options struct {
	Missing Missing
	// Filters by name, beside the built-in ones and before them. Names are
	// compared by Fold.
	Filters map[string]Filter
	// Format writes a value for people; false leaves it to a plain form
	// (numbers with a point, days as 2026-11-23).
	Format func(value any) (string, bool)
}

// Fill puts data into the template and gives the new document. The error is
// Problems, all at once, or tells that the document cannot be written.
func (t *Template) Fill(data Scope, o Options) ([]byte, error) {
	if len(t.problems) > 0 {
		return nil, slices.Clone(t.problems)
	}
	f := &filler{t: t, options: o, filters: filtersOf(o.Filters), lastID: t.lastID, told: map[string]bool{}, media: map[[32]byte]string{}, notes: map[string]*noteUses{}}
	root := &frame{item: data, scope: data}
	changed := map[string][]byte{}
	var added []string
	notes := false
	for _, p := range t.parts {
		notes = notes || isNotes(p) && p.edited
	}
	for i, p := range t.parts {
		repeated := isNotes(p) && f.notes[noteKind(p)].repeated()
		if !p.edited && !repeated && (i > 0 || !notes) {
			continue
		}
		b := &builder{filler: f, p: p, w: p.w, rels: additions{old: t.rels[p.name]}}
		out := b.part(root)
		if f.tooLarge {
			return nil, fileProblem("template_result_too_large", "part", p.name)
		}
		data, err := out.WriteToBytes()
		if err != nil {
			return nil, fmt.Errorf("write part %s: %w", p.name, err)
		}
		changed[p.name] = data
		if len(b.rels.new) > 0 {
			rels := relationsOf(p.name)
			if changed[rels], err = b.rels.write(); err != nil {
				return nil, fmt.Errorf("write part %s: %w", rels, err)
			}
			if t.archive.data[rels] == nil {
				added = append(added, rels)
			}
		}
	}
	if len(f.problems) > 0 {
		return nil, f.problems
	}
	return f.pack(changed, added)
}

// pack adds pictures, content types and settings and writes the file.
func (f *filler) pack(changed map[string][]byte, added []string) ([]byte, error) {
	t := f.t
	types, ok, err := t.finishTypes(f.mediaNames)
	if err != nil {
		return nil, fmt.Errorf("write content types: %w", err)
	}
	if ok {
		changed[contentTypesPart] = types
	}
	for i, name := range f.mediaNames {
		changed[name] = f.mediaData[i]
		added = append(added, name)
	}
	if t.merged && t.settings != "" {
		if s, ok := t.withoutMailMerge(); ok {
			changed[t.settings] = s
		}
	}
	return t.archive.pack(changed, added)
}

func filtersOf(own map[string]Filter) map[string]Filter {
	out := maps.Clone(builtIn)
	for name, f := range own {
		out[Fold(name)] = f
	}
	return out
}

// filler is one filling of a template.
type filler struct {
	t        *Template
	options  Options
	filters  map[string]Filter
	problems Problems
	told     map[string]bool
	lastID   int
	size     int
	tooLarge bool

	media      map[[32]byte]string // parts of pictures by the hash of their bytes
	mediaNames []string
	mediaData  [][]byte
	notes      map[string]*noteUses // by kind: footnote, endnote
}

// problem tells a problem once for each place, however often a loop comes by.
func (f *filler) problem(key string, t *Tag, args map[string]any) {
	p := Problem{Key: key, Tag: t.Text, Paragraph: t.Paragraph, Part: t.Part, Args: args}
	if s := p.Error(); !f.told[s] {
		f.told[s] = true
		f.problems = append(f.problems, p)
	}
}

// value works a tag out: its name, then its filters.
func (f *filler) value(t *Tag, at *frame) any {
	v, ok := at.lookup(t.Path)
	if !ok && f.options.Missing == Refuse {
		f.problem("template_unknown_tag", t, nil)
		return nil
	}
	for _, c := range t.Filters {
		apply, ok := f.filters[Fold(c.Filter)]
		if !ok {
			f.problem("template_unknown_filter", t, map[string]any{"filter": c.Filter})
			return nil
		}
		out, err := apply(v, c.Args)
		if err != nil {
			f.problem("template_filter_refused", t, map[string]any{"filter": c.Filter, "error": err.Error()})
			return nil
		}
		v = out
	}
	return v
}

// text writes the value of a field.
func (f *filler) text(t *Tag, v any) string {
	if s, ok := scopeOf(v); ok && v != nil {
		// A record by itself is its name.
		name, known := s.Lookup("name")
		if !known {
			f.problem("template_not_text", t, nil)
			return ""
		}
		v = name
	}
	s, ok := "", false
	if f.options.Format != nil && v != nil {
		s, ok = f.options.Format(v)
	}
	if !ok {
		if s, ok = plain(v); !ok {
			f.problem("template_not_text", t, nil)
			return ""
		}
	}
	if s != "" {
		s = t.before + s + t.after
	}
	return printable(s)
}

// lineEnds makes one kind of line end.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// printable takes out what XML cannot hold, and makes one kind of line end.
func printable(s string) string {
	if strings.ContainsAny(s, "\r\u2028\u2029") {
		s = lineEnds.Replace(s)
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// builder fills one part.
type builder struct {
	*filler
	p      *compiledPart
	w      string
	rels   additions
	ranges []rangeEnd
}

// part builds the filled part.
func (b *builder) part(root *frame) *etree.Document {
	doc := etree.NewDocument()
	doc.WriteSettings = writeSettings
	for _, t := range b.p.doc.Child {
		e, ok := t.(*etree.Element)
		if !ok {
			doc.Child = append(doc.Child, t)
			continue
		}
		out := b.shell(e, false)
		if isNotes(b.p) {
			b.noteBodies(out, e, root)
		} else {
			b.children(out, e, root, false)
			b.complete(out, e)
		}
		doc.Child = append(doc.Child, out)
	}
	b.pruneRanges()
	return doc
}

func (b *builder) is(e *etree.Element, tag string) bool {
	return e != nil && e.Tag == tag && e.Space == b.w
}

func (b *builder) el(tag string) *etree.Element {
	e := etree.NewElement(tag)
	e.Space = b.w
	return e
}

// shell copies an element without its children.
func (b *builder) shell(e *etree.Element, copied bool) *etree.Element {
	out := etree.NewElement(e.Tag)
	out.Space, out.Attr = e.Space, e.Attr
	for _, a := range e.Attr {
		if a.Space == ours || copied && (a.Key == "paraId" || a.Key == "textId") {
			out.Attr = slices.DeleteFunc(slices.Clone(e.Attr), func(a etree.Attr) bool {
				return a.Space == ours || copied && (a.Key == "paraId" || a.Key == "textId")
			})
			break
		}
	}
	return out
}

// children fills the children of src into dst. Copied tells that they stand
// in the document already: what must be unique becomes so.
func (b *builder) children(dst, src *etree.Element, at *frame, copied bool) {
	for i, t := range src.Child {
		if b.tooLarge {
			return
		}
		e, ok := t.(*etree.Element)
		if !ok {
			dst.Child = append(dst.Child, t)
			continue
		}
		switch {
		case isBlock(e):
			b.section(dst, e, at, copied)
			continue
		case e.Space == ours:
			b.tag(dst, b.t.tags[markNumber(e)], at)
			continue
		}
		share := b.p.shared[e]
		if share.fixed && !(copied && share.unique) {
			b.grow(share.size)
			b.add(dst, e, src, i)
			continue
		}
		b.element(dst, src, i, e, at, copied)
	}
}

func (b *builder) grow(n int) {
	if b.size += n; b.size > maxOutput {
		b.tooLarge = true
	}
}

// element fills one element that cannot be shared.
func (b *builder) element(dst, src *etree.Element, i int, e *etree.Element, at *frame, copied bool) {
	b.grow(1)
	switch {
	case e.Space == b.w && rangeMarkup(e):
		if !copied {
			b.ranges = append(b.ranges, rangeEnd{dst, e})
			dst.Child = append(dst.Child, e)
		}
		return
	case e.Tag == "id" && src.Tag == "sdtPr" && copied:
		return
	case b.is(e, "footnoteReference"), b.is(e, "endnoteReference"):
		dst.Child = append(dst.Child, b.noteReference(e, at))
		return
	case e.Tag == "docPr" && copied:
		out := b.shell(e, false)
		out.Attr = slices.Clone(out.Attr)
		b.lastID++
		out.CreateAttr("id", fmt.Sprint(b.lastID))
		out.Child = e.Child
		dst.Child = append(dst.Child, out)
		return
	}
	if n, ok := ownAttr(e, "picture"); ok {
		if out := b.replacedPicture(e, b.t.tags[n], at, copied); out != nil {
			dst.Child = append(dst.Child, out)
		}
		return
	}
	if n, ok := ownAttr(e, "raw"); ok {
		b.rawParagraph(dst, e, b.t.tags[n], at, copied)
		return
	}
	out := b.shell(e, copied)
	b.children(out, e, at, copied)
	if b.complete(out, e) {
		b.add(dst, out, src, i)
	}
}

// add appends an element; two tables that did not follow one another in the
// template are kept apart by a paragraph, or Word would join them.
func (b *builder) add(dst, e, src *etree.Element, i int) {
	if b.is(e, "tbl") {
		if last := lastBlock(dst); b.is(last, "tbl") {
			if before := elementBefore(src, i); !b.is(before, "tbl") {
				dst.Child = append(dst.Child, b.el("p"))
			}
		}
	}
	dst.Child = append(dst.Child, e)
}

func lastBlock(e *etree.Element) *etree.Element { return elementBefore(e, len(e.Child)) }

// elementBefore gives the element before place i, ranges left out.
func elementBefore(e *etree.Element, i int) *etree.Element {
	for i--; i >= 0; i-- {
		if k, ok := e.Child[i].(*etree.Element); ok && !rangeMarkup(k) {
			return k
		}
	}
	return nil
}

// section fills a block as often as its value says.
func (b *builder) section(dst, block *etree.Element, at *frame, copied bool) {
	t := b.t.tags[markNumber(block)]
	v := b.value(t, at)
	b.grow(1)
	if t.Kind == Inverted {
		if !Truth(v) {
			b.children(dst, block, at, copied)
		}
		return
	}
	if items, ok := listOf(v); ok {
		for i, item := range items {
			inner := &frame{item: item, loop: true, index: i, count: len(items), up: at}
			inner.scope, _ = scopeOf(item)
			b.children(dst, block, inner, copied || i > 0)
		}
		return
	}
	if Truth(v) {
		inner := &frame{item: v, up: at}
		inner.scope, _ = scopeOf(v)
		b.children(dst, block, inner, copied)
	}
}

// tag puts the value of a tag into a run.
func (b *builder) tag(dst *etree.Element, t *Tag, at *frame) {
	b.grow(1)
	switch t.Kind {
	case Field:
		b.write(dst, b.text(t, b.value(t, at)))
	case Picture:
		if d := b.picture(t, at); d != nil {
			dst.Child = append(dst.Child, d)
		}
	case Raw:
		b.rawRuns(dst, t, at)
	}
}

// write puts text into a run: tabs and line ends have elements of their own.
func (b *builder) write(run *etree.Element, s string) {
	for s != "" {
		i := strings.IndexAny(s, "\t\n")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			t := b.el("t")
			t.Attr = keepSpace
			t.Child = []etree.Token{etree.NewText(s[:i])}
			run.Child = append(run.Child, t)
			b.grow(1)
		}
		if i == len(s) {
			return
		}
		tag := "br"
		if s[i] == '\t' {
			tag = "tab"
		}
		run.Child = append(run.Child, b.el(tag))
		b.grow(1)
		s = s[i+1:]
	}
}

var keepSpace = []etree.Attr{{Space: "xml", Key: "space", Value: "preserve"}}

// ownAttr gives a number that the compiler left on an element.
func ownAttr(e *etree.Element, key string) (int, bool) {
	for i := range e.Attr {
		if e.Attr[i].Space == ours && e.Attr[i].Key == key {
			n := 0
			for _, c := range e.Attr[i].Value {
				n = n*10 + int(c-'0')
			}
			return n, true
		}
	}
	return 0, false
}
