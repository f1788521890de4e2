package docx

import (
	"archive/zip"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// Renew puts the text of a template in the place of the text of a document
// that was made of an earlier one: what stands around it there (headers,
// footers, a letterhead above, page size, margins, fonts) stays as it is. The
// error is Problems.
func Renew(template, document []byte) ([]byte, error) {
	return graftOnto(template, document, true)
}

// textMark is the bookmark where the text of a template begins on a
// letterhead. Word hides bookmarks that begin so, and keeps them.
const textMark = "_ugoda_text"

// mark is the bookmark, with an id that nothing above has.
func mark(above []*etree.Element) []*etree.Element {
	most := 0
	for _, e := range above {
		for _, b := range e.FindElements(".//bookmarkStart") {
			if n, err := strconv.Atoi(attr(b, "id")); err == nil {
				most = max(most, n)
			}
		}
	}
	id := strconv.Itoa(most + 9000) // far from those that the text has
	start, end := etree.NewElement("w:bookmarkStart"), etree.NewElement("w:bookmarkEnd")
	start.CreateAttr("w:id", id)
	start.CreateAttr("w:name", textMark)
	end.CreateAttr("w:id", id)
	return []*etree.Element{start, end}
}

// markedAt is the place in a body where the text of a template begins: the
// bookmark's or, once Word has written the document, that of the paragraph
// which has it; -1: nothing tells.
func markedAt(body *etree.Element) int {
	return slices.IndexFunc(body.ChildElements(), func(e *etree.Element) bool {
		return beginsText(e) || slices.ContainsFunc(e.FindElements(".//bookmarkStart"), beginsText)
	})
}

func beginsText(e *etree.Element) bool {
	return e.Tag == "bookmarkStart" && attr(e, "name") == textMark
}

// begins reports that the text of a template begins here: it asks for
// something, or the template has the same words.
func begins(e, source *etree.Element) bool {
	holder := &etree.Element{Child: []etree.Token{e}}
	for _, text := range appendTexts(nil, holder) {
		if strings.Contains(text, "{") || slices.Contains(appendTexts(nil, source), text) {
			return true
		}
	}
	return false
}

// dropOld takes the pictures and the styles of the old text out of the
// document; what the parts that stay refer to is kept.
func (g *graft) dropOld(stay []*etree.Element) error {
	roots := slices.Clone(stay)
	held := map[string]bool{} // parts that others than the text refer to
	for name := range g.onto.data {
		if name == g.main || !strings.HasSuffix(name, ".xml") || !strings.HasPrefix(name, "word/") {
			continue
		}
		rels, err := g.onto.relations(name)
		if err != nil {
			return err
		}
		for _, x := range rels.all {
			held[x.target] = true
		}
	}
	for _, x := range g.rels.old.all {
		if x.external || g.onto.data[x.target] == nil || !slices.Contains([]string{"header", "footer", "footnotes", "endnotes"}, x.kind) {
			continue
		}
		doc, err := g.onto.xml(x.target)
		if err != nil {
			return err
		}
		roots = append(roots, doc.Root())
	}
	related, styled := map[string]bool{}, map[string]bool{}
	for _, e := range stay {
		gather(e, related, nil)
	}
	for _, e := range roots {
		gather(e, nil, styled)
	}
	g.dropPictures(related, held)
	return g.dropStyles(styled)
}

// gather notes the relationships and the styles that an element refers to.
func gather(e *etree.Element, rels, styles map[string]bool) {
	for i := range e.Attr {
		if rels != nil && related(&e.Attr[i]) {
			rels[e.Attr[i].Value] = true
		}
	}
	if styles != nil && (e.Tag == "pStyle" || e.Tag == "rStyle" || e.Tag == "tblStyle") {
		styles[attr(e, "val")] = true
	}
	for _, k := range e.ChildElements() {
		gather(k, rels, styles)
	}
}

func (g *graft) dropPictures(related, held map[string]bool) {
	old := g.rels.old
	if old.doc == nil {
		return
	}
	gone := map[string]bool{}
	old.all = slices.DeleteFunc(slices.Clone(old.all), func(x relation) bool {
		if x.kind != "image" || x.external || related[x.id] {
			return false
		}
		gone[x.id] = true
		if !held[x.target] {
			g.onto.files = slices.DeleteFunc(slices.Clone(g.onto.files), func(f *zip.File) bool { return f.Name == x.target })
			delete(g.onto.data, x.target)
			g.types.drop(x.target)
		}
		return true
	})
	for _, e := range old.doc.Root().ChildElements() {
		if gone[attr(e, "Id")] {
			old.doc.Root().RemoveChild(e)
		}
	}
}

// dropStyles forgets the styles that came with the old text and that nothing
// refers to any more.
func (g *graft) dropStyles(used map[string]bool) error {
	name, doc, err := partOf(g.onto, g.rels.old, "styles")
	if err != nil || doc == nil {
		return err
	}
	all := doc.Root().ChildElements()
	ours := func(e *etree.Element) bool {
		n := childNamed(e, "name")
		return e.Tag == "style" && n != nil && strings.HasPrefix(attr(e, "styleId"), stylePrefix) && strings.HasPrefix(attr(n, "val"), stylePrefix+" ")
	}
	for again := true; again; {
		again = false
		for _, e := range all {
			if e.Tag != "style" || ours(e) && !used[attr(e, "styleId")] {
				continue
			}
			for _, k := range e.ChildElements() {
				if v := attr(k, "val"); (k.Tag == "basedOn" || k.Tag == "next" || k.Tag == "link") && !used[v] {
					used[v], again = true, true
				}
			}
		}
	}
	for _, e := range all {
		if ours(e) && !used[attr(e, "styleId")] {
			doc.Root().RemoveChild(e)
		}
	}
	g.onto.data[name], err = doc.WriteToBytes()
	return err
}
