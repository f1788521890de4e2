package docx

import (
	"path"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// stylePrefix marks the styles that came with the text of a template, so that
// none of the letterhead's is touched.
const stylePrefix = "Ugoda"

// partOf is the part of a kind that a main part refers to: its name and its
// tree; nil when there is none.
func partOf(a *archive, rels *relations, kind string) (string, *etree.Document, error) {
	x, ok := rels.find(kind)
	if !ok || a.data[x.target] == nil {
		return "", nil, nil
	}
	doc, err := a.xml(x.target)
	return x.target, doc, err
}

// made is a part of the target that may have to be made.
func (g *graft) made(kind, root, contentType string) (string, *etree.Document, error) {
	name, doc, err := partOf(g.onto, g.rels.old, kind)
	if err != nil || doc != nil {
		return name, doc, err
	}
	name = path.Join(path.Dir(g.main), kind+".xml")
	for n := 2; g.onto.data[name] != nil; n++ {
		name = path.Join(path.Dir(g.main), kind+strconv.Itoa(n)+".xml")
	}
	doc = etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8" standalone="yes"`)
	doc.CreateElement("w:"+root).CreateAttr("xmlns:w", spaceTransitional)
	g.rels.add(kind, name)
	g.types.set(name, "application/vnd.openxmlformats-officedocument.wordprocessingml."+contentType+"+xml")
	return name, doc, nil
}

func (g *graft) keep(name string, doc *etree.Document) error {
	doc.WriteSettings = writeSettings
	data, err := doc.WriteToBytes()
	if err != nil {
		return err
	}
	if g.onto.data[name] == nil {
		g.added = append(g.added, name)
	}
	g.changed[name] = data
	return nil
}

// moveStyles brings the styles of the template under names of their own. What
// its defaults say, its basic style says now, and the letterhead's font takes
// the place of its own.
func (g *graft) moveStyles() error {
	_, source, err := partOf(g.from, g.fromRels, "styles")
	if err != nil || source == nil {
		return err
	}
	name, target, err := g.made("styles", "styles", "styles")
	if err != nil {
		return err
	}
	if p, ok := prefixOf(target.Root()); !ok || p != "w" {
		return fileProblem("letterhead_unusual")
	}
	font := letterheadFont(target.Root())
	own := fontName(source.Root())
	taken := map[string]bool{}
	for _, s := range target.Root().ChildElements() {
		taken[strings.ToLower(attr(s, "styleId"))] = true
	}
	var moved []*etree.Element
	for _, s := range source.Root().ChildElements() {
		if s.Tag != "style" {
			continue
		}
		id := attr(s, "styleId")
		to := stylePrefix + id
		for n := 2; taken[strings.ToLower(to)]; n++ {
			to = stylePrefix + id + strconv.Itoa(n)
		}
		taken[strings.ToLower(to)] = true
		g.styles[id] = to
		moved = append(moved, s.Copy())
	}
	defaults := childNamed(source.Root(), "docDefaults")
	for _, s := range moved {
		id := attr(s, "styleId")
		basic := attr(s, "type") == "paragraph" && childNamed(s, "basedOn") == nil
		for i := len(s.Attr) - 1; i >= 0; i-- {
			switch s.Attr[i].Key {
			case "styleId":
				s.Attr[i].Value = g.styles[id]
			case "default":
				s.Attr = append(s.Attr[:i], s.Attr[i+1:]...)
			}
		}
		if n := childNamed(s, "name"); n != nil {
			n.Attr = nil
			n.CreateAttr("w:val", stylePrefix+" "+strings.TrimPrefix(g.styles[id], stylePrefix))
		}
		for _, k := range s.ChildElements() {
			if k.Tag == "basedOn" || k.Tag == "next" || k.Tag == "link" {
				g.rename(k, g.styles)
			}
		}
		if basic && defaults != nil {
			underlay(s, defaults, font)
		}
		dropFont(s, own, font)
		target.Root().AddChild(s)
	}
	return g.keep(name, target)
}

// underlay lays the defaults of a document under a style.
func underlay(style, defaults, font *etree.Element) {
	for _, x := range [][2]string{{"pPrDefault", "pPr"}, {"rPrDefault", "rPr"}} {
		holder := childNamed(defaults, x[0])
		if holder == nil || childNamed(holder, x[1]) == nil {
			continue
		}
		props := childNamed(holder, x[1]).Copy()
		if x[1] == "rPr" && font != nil {
			if own := childNamed(props, "rFonts"); own != nil {
				props.RemoveChild(own)
			}
			props.InsertChildAt(0, font.Copy())
		}
		if said := childNamed(style, x[1]); said != nil {
			for _, k := range said.ChildElements() {
				if old := childNamed(props, k.Tag); old != nil {
					props.RemoveChild(old)
				}
				props.AddChild(k.Copy())
			}
			style.RemoveChild(said)
		}
		order(props)
		style.AddChild(props)
	}
	// pPr stands before rPr.
	if p, r := childNamed(style, "pPr"), childNamed(style, "rPr"); p != nil && r != nil {
		style.RemoveChild(p)
		style.RemoveChild(r)
		style.AddChild(p)
		style.AddChild(r)
	}
}

// order puts the font first among the properties of a run, where the schema
// wants it.
func order(props *etree.Element) {
	if f := childNamed(props, "rFonts"); f != nil {
		props.RemoveChild(f)
		props.InsertChildAt(0, f)
	}
}

// dropFont takes the template's own font out of a style that says it again.
func dropFont(style *etree.Element, own string, font *etree.Element) {
	props := childNamed(style, "rPr")
	if props == nil || font == nil || own == "" || childNamed(style, "basedOn") == nil {
		return
	}
	if f := childNamed(props, "rFonts"); f != nil && attr(f, "ascii") == own {
		props.RemoveChild(f)
	}
}

func fontName(styles *etree.Element) string {
	if d := childNamed(styles, "docDefaults"); d != nil {
		if r := childNamed(d, "rPrDefault"); r != nil && childNamed(r, "rPr") != nil {
			if f := childNamed(childNamed(r, "rPr"), "rFonts"); f != nil {
				return attr(f, "ascii")
			}
		}
	}
	return ""
}

// letterheadFont is the font that the letterhead's plain text is written in;
// nil when it does not say.
func letterheadFont(styles *etree.Element) *etree.Element {
	var found *etree.Element
	look := func(holder *etree.Element) {
		if holder == nil || childNamed(holder, "rPr") == nil {
			return
		}
		if f := childNamed(childNamed(holder, "rPr"), "rFonts"); f != nil && (attr(f, "ascii") != "" || attr(f, "asciiTheme") != "" || attr(f, "hAnsi") != "") {
			found = f
		}
	}
	if d := childNamed(styles, "docDefaults"); d != nil {
		look(childNamed(d, "rPrDefault"))
	}
	for _, s := range styles.ChildElements() {
		if s.Tag == "style" && attr(s, "type") == "paragraph" && (attr(s, "default") == "1" || attr(s, "default") == "true") {
			look(s)
		}
	}
	return found
}

// moveNumbering brings the lists of the template behind those of the letterhead.
func (g *graft) moveNumbering() error {
	_, source, err := partOf(g.from, g.fromRels, "numbering")
	if err != nil || source == nil {
		return err
	}
	name, target, err := g.made("numbering", "numbering", "numbering")
	if err != nil {
		return err
	}
	most := 0
	for _, e := range target.Root().ChildElements() {
		for _, key := range []string{"abstractNumId", "numId"} {
			if n, err := strconv.Atoi(attr(e, key)); err == nil {
				most = max(most, n)
			}
		}
	}
	g.numbers = most + 1
	// Abstract lists stand before all that use them.
	at := 0
	for i, t := range target.Root().Child {
		if e, ok := t.(*etree.Element); ok && (e.Tag == "abstractNum" || e.Tag == "numPicBullet") {
			at = i + 1
		}
	}
	for _, e := range source.Root().ChildElements() {
		k := e.Copy()
		switch k.Tag {
		case "abstractNum":
			g.shift(k, "abstractNumId")
			for _, lvl := range k.ChildElements() {
				if s := childNamed(lvl, "pStyle"); s != nil {
					g.rename(s, g.styles)
				}
			}
			target.Root().InsertChildAt(at, k)
			at++
		case "num":
			g.shift(k, "numId")
			if a := childNamed(k, "abstractNumId"); a != nil {
				g.shift(a, "val")
			}
			target.Root().AddChild(k)
		}
	}
	if err := g.renumberStyles(); err != nil {
		return err
	}
	return g.keep(name, target)
}

// shift moves an id behind those of the letterhead.
func (g *graft) shift(e *etree.Element, key string) {
	for i := range e.Attr {
		if a := &e.Attr[i]; a.Key == key {
			if n, err := strconv.Atoi(a.Value); err == nil {
				a.Value = strconv.Itoa(n + g.numbers)
			}
		}
	}
}

// renumberStyles ties the moved styles to their lists' new ids.
func (g *graft) renumberStyles() error {
	x, ok := g.rels.old.find("styles")
	name := x.target
	if !ok {
		for _, n := range g.rels.new {
			if n.kind == "styles" {
				name = n.target
			}
		}
	}
	if g.changed[name] == nil {
		return nil
	}
	doc, err := parseXML(name, g.changed[name])
	if err != nil {
		return err
	}
	ours := map[string]bool{}
	for _, id := range g.styles {
		ours[id] = true
	}
	for _, s := range doc.Root().ChildElements() {
		if !ours[attr(s, "styleId")] || childNamed(s, "pPr") == nil {
			continue
		}
		if num := childNamed(childNamed(s, "pPr"), "numPr"); num != nil && childNamed(num, "numId") != nil {
			g.shift(childNamed(num, "numId"), "val")
		}
	}
	return g.keepAgain(name, doc)
}

func (g *graft) keepAgain(name string, doc *etree.Document) error {
	doc.WriteSettings = writeSettings
	data, err := doc.WriteToBytes()
	if err != nil {
		return err
	}
	g.changed[name] = data
	return nil
}
