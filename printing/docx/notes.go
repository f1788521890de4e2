package docx

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// noteUses are the references to footnotes, or to endnotes, of a document
// while it is filled. Each copy of a reference gets a note of its own, filled
// where the reference stands.
type noteUses struct {
	uses  map[string][]noteUse // by the identifier in the template
	next  int
	extra bool
}

type noteUse struct {
	id string
	at *frame
}

func (n *noteUses) repeated() bool { return n != nil && n.extra }

func isNotes(p *compiledPart) bool { return noteKind(p) != "" }

// noteKind is footnote or endnote for a part of notes.
func noteKind(p *compiledPart) string {
	switch p.doc.Root().Tag {
	case "footnotes", "endnotes":
		return strings.TrimSuffix(p.doc.Root().Tag, "s")
	}
	return ""
}

// notesPart finds the part that holds notes of a kind.
func (t *Template) notesPart(kind string) *compiledPart {
	for _, p := range t.parts {
		if noteKind(p) == kind {
			return p
		}
	}
	return nil
}

// noteReference gives the reference for its place in the filled document.
func (b *builder) noteReference(e *etree.Element, at *frame) *etree.Element {
	kind := strings.TrimSuffix(e.Tag, "Reference")
	id := attr(e, "id")
	p := b.t.notesPart(kind)
	if p == nil {
		return e
	}
	n := b.notes[kind]
	if n == nil {
		n = &noteUses{uses: map[string][]noteUse{}}
		for _, k := range p.doc.Root().ChildElements() {
			if i, err := strconv.Atoi(attr(k, "id")); err == nil && i < 1<<30 {
				n.next = max(n.next, i)
			}
		}
		b.notes[kind] = n
	}
	out := e
	use := noteUse{id, at}
	if len(n.uses[id]) > 0 {
		n.next++
		n.extra = true
		use.id = strconv.Itoa(n.next)
		out = renumbered(b.shell(e, false), use.id)
	}
	n.uses[id] = append(n.uses[id], use)
	return out
}

// renumbered changes the identifier of an element that is a copy already.
func renumbered(e *etree.Element, id string) *etree.Element {
	attrs := append([]etree.Attr(nil), e.Attr...)
	for i := range attrs {
		if attrs[i].Key == "id" {
			attrs[i].Value = id
		}
	}
	e.Attr = attrs
	return e
}

// noteBodies fills the notes: separators as they are, each note where its
// references stand; notes whose references are gone go too.
func (b *builder) noteBodies(dst, src *etree.Element, root *frame) {
	n := b.notes[noteKind(b.p)]
	var extra []etree.Token
	for _, t := range src.Child {
		e, ok := t.(*etree.Element)
		if !ok {
			dst.Child = append(dst.Child, t)
			continue
		}
		if attr(e, "type") != "" && attr(e, "type") != "normal" {
			dst.Child = append(dst.Child, e)
			continue
		}
		var uses []noteUse
		if n != nil {
			uses = n.uses[attr(e, "id")]
		}
		for i, use := range uses {
			out := b.shell(e, i > 0)
			if i > 0 {
				out = renumbered(out, use.id)
			}
			b.children(out, e, use.at, i > 0)
			b.complete(out, e)
			if i == 0 {
				dst.Child = append(dst.Child, out)
			} else {
				extra = append(extra, out)
			}
		}
	}
	dst.Child = append(dst.Child, extra...)
}
