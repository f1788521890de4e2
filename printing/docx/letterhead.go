package docx

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// Letterhead puts the text of a template onto a letterhead: another document,
// whose headers, footers, page size, margins and fonts stay as they are. The
// template brings its text with its own styles, numbering and pictures; its
// tables and tabs are stretched to the width between the margins there. Where
// the letterhead has no header of its own, what stands in its text comes
// first, for many letterheads are made so; what it lacks otherwise (a header
// at all, a footer with page numbers) is the template's. The error is
// Problems.
func Letterhead(template, letterhead []byte) ([]byte, error) {
	return graftOnto(template, letterhead, false)
}

// graftOnto puts a template onto a letterhead; one that renews it onto a document
// that was made so before.
func graftOnto(template, letterhead []byte, renews bool) ([]byte, error) {
	from, err := Open(template)
	if err != nil {
		return nil, err
	}
	onto, err := Open(letterhead)
	if err != nil {
		return nil, err
	}
	g := &graft{from: from.archive, onto: onto.archive, fromMain: from.main, main: onto.main, types: onto.types.copy(), renews: renews, changed: map[string][]byte{}, moved: map[string]string{}, styles: map[string]string{}}
	if g.source, err = g.from.xml(from.main); err != nil {
		return nil, err
	}
	if g.target, err = g.onto.xml(onto.main); err != nil {
		return nil, err
	}
	for _, doc := range []*etree.Document{g.source, g.target} {
		if p, _ := prefixOf(doc.Root()); p != "w" || !declares(doc.Root(), spaceTransitional) || childNamed(doc.Root(), "body") == nil {
			return nil, fileProblem("letterhead_unusual")
		}
	}
	g.fromRels = from.rels[from.main]
	g.rels = &additions{old: onto.rels[onto.main]}
	if err := g.run(); err != nil {
		return nil, err
	}
	if kind, ok := mainTypes[g.types.of(g.main)]; ok {
		g.types.set(g.main, kind)
	}
	return g.write()
}

func declares(root *etree.Element, space string) bool {
	return slices.ContainsFunc(root.Attr, func(a etree.Attr) bool { return a.Value == space })
}

// graft is the moving of one document's text into another.
type graft struct {
	from, onto     *archive
	fromMain, main string
	source, target *etree.Document
	fromRels       *relations
	rels           *additions
	types          contentTypes
	changed        map[string][]byte
	added          []string
	moved          map[string]string // parts of the source by their new names
	styles         map[string]string // ids of its styles by their new ones
	numbers        int               // added to the ids of its lists
	renews         bool              // the target was made so before: its old text goes
}

func (g *graft) run() error {
	source, target := childNamed(g.source.Root(), "body"), childNamed(g.target.Root(), "body")
	section := g.section(target)
	own := childNamed(source, "sectPr")
	above, err := g.keepAbove(source, target, section)
	if err != nil {
		return err
	}
	if g.renews {
		if err := g.dropOld(append(slices.Clone(above), section)); err != nil {
			return err
		}
	}
	if err := g.moveStyles(); err != nil {
		return err
	}
	if err := g.moveNumbering(); err != nil {
		return err
	}
	scale := 1.0
	if a, b := textWidthOf(own), textWidthOf(section); a > 0 && b > 0 {
		scale = float64(b) / float64(a)
	}
	var content []*etree.Element
	for _, e := range source.ChildElements() {
		if e.Tag != "sectPr" {
			content = append(content, e)
		}
	}
	for _, e := range content {
		if err := g.adopt(e, g.fromRels, g.rels); err != nil {
			return err
		}
		stretch(e, scale)
	}
	if err := g.furnish(section, own, len(above) == 0, scale); err != nil {
		return err
	}
	marks := mark(above)
	target.Child = nil
	for _, e := range slices.Concat(above, marks, content) {
		target.AddChild(e)
	}
	target.AddChild(section)
	g.declare()
	return nil
}

// section is that of the letterhead's first page, which its pages are made by.
func (g *graft) section(body *etree.Element) *etree.Element {
	var found *etree.Element
	for _, p := range body.ChildElements() {
		if s := childNamed(p, "pPr"); p.Tag == "p" && s != nil {
			if s = childNamed(s, "sectPr"); s != nil {
				found = s
				break
			}
		}
	}
	if found == nil {
		found = childNamed(body, "sectPr")
	}
	if found == nil {
		found = etree.NewElement("sectPr")
		found.Space = "w"
	}
	found = found.Copy()
	if kind := childNamed(found, "type"); kind != nil {
		found.RemoveChild(kind)
	}
	return found
}

// keepAbove is what stands in the text of a letterhead without a header: its
// letterhead. Empty paragraphs at its end are left out.
func (g *graft) keepAbove(source, body, section *etree.Element) ([]*etree.Element, error) {
	if at := markedAt(body); g.renews && at >= 0 {
		return body.ChildElements()[:at], nil
	}
	for _, ref := range section.ChildElements() {
		if ref.Tag != "headerReference" {
			continue
		}
		for _, x := range g.rels.old.all {
			if x.id != attr(ref, "id") || g.onto.data[x.target] == nil {
				continue
			}
			doc, err := g.onto.xml(x.target)
			if err != nil {
				return nil, err
			}
			if showsAnything(doc.Root()) {
				return nil, nil
			}
		}
	}
	var out []*etree.Element
	for _, e := range body.ChildElements() {
		if e.Tag == "sectPr" {
			continue
		}
		if g.renews && begins(e, source) {
			break
		}
		out = append(out, e)
		if e.Tag == "p" && childNamed(e, "pPr") != nil && childNamed(childNamed(e, "pPr"), "sectPr") != nil {
			props := childNamed(e, "pPr")
			props.RemoveChild(childNamed(props, "sectPr"))
			break
		}
	}
	for len(out) > 0 && !showsAnything(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out, nil
}

// showsAnything reports text or a picture.
func showsAnything(e *etree.Element) bool {
	switch e.Tag {
	case "t":
		return strings.TrimSpace(e.Text()) != ""
	case "drawing", "pict", "object", "fldSimple", "instrText":
		return true
	}
	return slices.ContainsFunc(e.ChildElements(), showsAnything)
}

// furnish gives the letterhead what it lacks: page size and margins, a footer;
// headers where nothing stands above its text.
func (g *graft) furnish(section, own *etree.Element, headers bool, scale float64) error {
	if own == nil {
		return nil
	}
	has := func(tag string) bool { return childNamed(section, tag) != nil }
	lacks := map[string]bool{"footerReference": !has("footerReference"), "headerReference": headers && !has("headerReference")}
	var first []*etree.Element
	for _, ref := range own.ChildElements() {
		if !lacks[ref.Tag] {
			continue
		}
		copied := ref.Copy()
		if err := g.adopt(copied, g.fromRels, g.rels); err != nil {
			return err
		}
		// What a header holds is stretched as the text is.
		for _, x := range g.rels.new {
			if x.id == attr(copied, "id") {
				if doc, err := parseXML(x.target, g.changed[x.target]); err == nil {
					stretch(doc.Root(), scale)
					if g.changed[x.target], err = doc.WriteToBytes(); err != nil {
						return err
					}
				}
			}
		}
		first = append(first, copied)
	}
	for i, e := range first {
		section.InsertChildAt(i, e)
	}
	if lacks["headerReference"] && childNamed(own, "titlePg") != nil && !has("titlePg") {
		at := len(section.Child)
		for _, tag := range []string{"docGrid", "rtlGutter", "bidi", "textDirection"} { // which the schema wants behind it
			if e := childNamed(section, tag); e != nil {
				at = min(at, e.Index())
			}
		}
		section.InsertChildAt(at, childNamed(own, "titlePg").Copy())
	}
	for _, tag := range []string{"pgMar", "pgSz"} {
		if !has(tag) && childNamed(own, tag) != nil {
			section.InsertChildAt(references(section), childNamed(own, tag).Copy())
		}
	}
	return nil
}

// references is how many references to headers and footers stand first.
func references(section *etree.Element) int {
	n := 0
	for i, t := range section.Child {
		if e, ok := t.(*etree.Element); ok && strings.HasSuffix(e.Tag, "Reference") {
			n = i + 1
		}
	}
	return n
}

// textWidthOf is the width between the margins of a section, in twips; 0: not said.
func textWidthOf(section *etree.Element) int64 {
	if section == nil {
		return 0
	}
	size, margin := childNamed(section, "pgSz"), childNamed(section, "pgMar")
	if size == nil || margin == nil {
		return 0
	}
	return twips(size, "w") - twips(margin, "left") - twips(margin, "right") - twips(margin, "gutter")
}

// stretch changes the widths of tables and the places of tabs.
func stretch(e *etree.Element, by float64) {
	if by == 1 {
		return
	}
	key := ""
	switch {
	case e.Tag == "gridCol", e.Tag == "tcW" && attr(e, "type") != "pct", e.Tag == "tblW" && attr(e, "type") != "pct" && attr(e, "type") != "auto":
		key = "w"
	case e.Tag == "tab" && attr(e, "val") != "clear": // which names a tab of the style
		key = "pos"
	}
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Key == key && key != "" {
			if v, err := strconv.Atoi(a.Value); err == nil {
				a.Value = strconv.Itoa(int(float64(v)*by + 0.5))
			}
		}
	}
	for _, k := range e.ChildElements() {
		stretch(k, by)
	}
}

// adopt makes a moved element refer to what it needs by its names here: parts,
// styles, lists.
func (g *graft) adopt(e *etree.Element, from *relations, to *additions) error {
	for i := range e.Attr {
		a := &e.Attr[i]
		if !related(a) {
			continue
		}
		for _, x := range from.all {
			if x.id != a.Value {
				continue
			}
			if x.external {
				a.Value = to.addExternal(x.kind, x.target)
				break
			}
			target, err := g.move(x.target)
			if err != nil {
				return err
			}
			a.Value = to.add(x.kind, target)
			break
		}
	}
	switch {
	case e.Space != "w":
	case e.Tag == "pStyle" || e.Tag == "rStyle" || e.Tag == "tblStyle":
		g.rename(e, g.styles)
	case e.Tag == "numId":
		for i := range e.Attr {
			if n, err := strconv.Atoi(e.Attr[i].Value); err == nil && n > 0 {
				e.Attr[i].Value = strconv.Itoa(n + g.numbers)
			}
		}
	}
	for _, k := range e.ChildElements() {
		if err := g.adopt(k, from, to); err != nil {
			return err
		}
	}
	return nil
}

func (g *graft) rename(e *etree.Element, names map[string]string) {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Key == "val" {
			if name, ok := names[a.Value]; ok {
				a.Value = name
			}
		}
	}
}

// related reports an attribute that names a relationship.
func related(a *etree.Attr) bool {
	return a.Space == "r" && (a.Key == "id" || a.Key == "embed" || a.Key == "link" || a.Key == "pict")
}

// move brings a part of the source with all that it refers to, and gives its
// new name.
func (g *graft) move(name string) (string, error) {
	if to, ok := g.moved[name]; ok {
		return to, nil
	}
	if g.from.data[name] == nil {
		return "", fileProblem("template_damaged", "part", name, "error", "missing")
	}
	ext := path.Ext(name)
	to := ""
	for n := 1; to == "" || g.onto.data[to] != nil || g.changed[to] != nil; n++ {
		to = path.Join(path.Dir(name), fmt.Sprintf("ugoda%d%s", n, ext))
	}
	g.moved[name] = to
	data := g.from.data[name]
	g.changed[to], g.added = data, append(g.added, to)
	if ext == ".xml" {
		doc, err := g.from.xml(name)
		if err != nil {
			return "", err
		}
		rels, err := g.from.relations(name)
		if err != nil {
			return "", err
		}
		own := &additions{old: &relations{part: relationsOf(to), base: transitionalBase}}
		if err := g.adopt(doc.Root(), rels, own); err != nil {
			return "", err
		}
		if g.changed[to], err = doc.WriteToBytes(); err != nil {
			return "", err
		}
		if len(own.new) > 0 {
			if g.changed[relationsOf(to)], err = own.write(); err != nil {
				return "", err
			}
			g.added = append(g.added, relationsOf(to))
		}
	}
	source, err := g.from.contentTypes()
	if err != nil {
		return "", err
	}
	g.types.set(to, source.of(name))
	return to, nil
}

// declare makes the names of the moved elements known in the target.
func (g *graft) declare() {
	root := g.target.Root()
	for _, a := range g.source.Root().Attr {
		if a.Space != "xmlns" {
			continue
		}
		if !slices.ContainsFunc(root.Attr, func(b etree.Attr) bool { return b.Space == "xmlns" && b.Key == a.Key }) {
			root.CreateAttr("xmlns:"+a.Key, a.Value)
		}
	}
}

func (g *graft) write() ([]byte, error) {
	set := func(name string, doc *etree.Document) error {
		doc.WriteSettings = writeSettings
		data, err := doc.WriteToBytes()
		if err != nil {
			return fmt.Errorf("write part %s: %w", name, err)
		}
		if g.onto.data[name] == nil && !slices.Contains(g.added, name) {
			g.added = append(g.added, name)
		}
		g.changed[name] = data
		return nil
	}
	if err := set(g.main, g.target); err != nil {
		return nil, err
	}
	rels, err := g.rels.write()
	if err != nil {
		return nil, fmt.Errorf("write relationships: %w", err)
	}
	if g.onto.data[g.rels.old.part] == nil {
		g.added = append(g.added, g.rels.old.part)
	}
	g.changed[g.rels.old.part] = rels
	if err := set(contentTypesPart, g.types.doc); err != nil {
		return nil, err
	}
	return g.onto.pack(g.changed, g.added)
}
