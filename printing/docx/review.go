package docx

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Review is what those who edited a document left to each other in it.
type Review struct {
	Comments bool // remarks in the margin
	Changes  bool // insertions, deletions, moves, formatting that Word tracks
}

// Review tells what the file of the template still holds of its making.
// Nothing of it is filled: comments are left out, changes are accepted.
func (t *Template) Review() Review { return t.review }

// reviewKinds are relationships to what belongs to comments and to those who
// wrote them or changed something.
var reviewKinds = []string{"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "documenttasks"}

// withoutReview writes the package anew without comments and with the changes
// accepted; false when it has neither.
func (a *archive) withoutReview() ([]byte, Review, bool, error) {
	c := &cleaning{a: a, changed: map[string][]byte{}, gone: map[string]bool{}, links: map[string]map[string]bool{}, notes: map[[2]string]bool{}}
	for _, step := range []func() error{c.findComments, c.acceptAll, c.dropNotes, c.dropLinks} {
		if err := step(); err != nil {
			return nil, Review{}, false, err
		}
	}
	if len(c.changed) == 0 {
		return nil, Review{}, false, nil
	}
	out, err := a.repacked(c.changed, c.gone)
	return out, c.found, err == nil, err
}

// cleaning is one package being cleaned.
type cleaning struct {
	a       *archive
	found   Review
	changed map[string][]byte
	gone    map[string]bool            // parts
	links   map[string]map[string]bool // relationships that go, by the part that has them
	notes   map[[2]string]bool         // notes that nothing refers to any more
	docs    map[string]*etree.Document // as they are now
}

// findComments finds the parts of comments and people.
func (c *cleaning) findComments() error {
	named := func(f *zip.File) bool {
		data, err := utf8Of(c.a.data[f.Name])
		return err == nil && slices.ContainsFunc(reviewKinds, func(kind string) bool { return bytes.Contains(data, []byte("/"+kind)) })
	}
	if !slices.ContainsFunc(c.a.files, func(f *zip.File) bool { return path.Ext(f.Name) == ".rels" && named(f) }) {
		return nil
	}
	return c.eachRelations(func(part string, r *relations) error {
		for _, x := range r.all {
			if !slices.Contains(reviewKinds, x.kind) {
				continue
			}
			c.drop(part, x.id)
			if x.external || c.a.data[x.target] == nil {
				continue
			}
			c.gone[x.target] = true
			if x.kind != "comments" {
				continue
			}
			doc, err := c.a.xml(x.target)
			if err != nil {
				return err
			}
			c.found.Comments = c.found.Comments || childNamed(doc.Root(), "comment") != nil
		}
		return nil
	})
}

func (c *cleaning) drop(part, id string) {
	if c.links[part] == nil {
		c.links[part] = map[string]bool{}
	}
	c.links[part][id] = true
}

// eachRelations goes through the relationships of all parts, in their order.
func (c *cleaning) eachRelations(do func(part string, r *relations) error) error {
	for _, f := range c.a.files {
		part := ownerOf(f.Name)
		if part == "" && f.Name != relationsOf("") {
			continue
		}
		r, err := c.a.relations(part)
		if err == nil {
			err = do(part, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// acceptAll accepts the changes of every part of text.
func (c *cleaning) acceptAll() error {
	c.docs = map[string]*etree.Document{}
	for _, f := range c.a.files {
		if path.Ext(f.Name) != ".xml" || c.gone[f.Name] || strings.HasPrefix(f.Name, "customXml/") {
			continue
		}
		data, err := utf8Of(c.a.data[f.Name])
		if err != nil || !mayHoldReview(data) {
			continue // what is no text at all is told when it is read
		}
		doc, err := c.a.xml(f.Name)
		if err != nil {
			return err
		}
		if _, ok := prefixOf(doc.Root()); !ok {
			continue
		}
		x := acceptance{}
		x.accept(doc.Root())
		if x.found == (Review{}) {
			continue
		}
		x.keeps(doc.Root())
		for id := range x.links {
			c.drop(f.Name, id)
		}
		for n := range x.notes {
			c.notes[n] = true
		}
		c.found.Comments, c.found.Changes = c.found.Comments || x.found.Comments, c.found.Changes || x.found.Changes
		c.docs[f.Name] = doc
		if c.changed[f.Name], err = doc.WriteToBytes(); err != nil {
			return err
		}
	}
	return nil
}

// dropNotes takes out the notes whose references were deleted: their text
// would travel unseen.
func (c *cleaning) dropNotes() error {
	if len(c.notes) == 0 {
		return nil
	}
	for _, f := range c.a.files {
		if !strings.HasSuffix(f.Name, "notes.xml") || c.gone[f.Name] {
			continue
		}
		doc := c.docs[f.Name]
		if doc == nil {
			var err error
			if doc, err = c.a.xml(f.Name); err != nil {
				return err
			}
		}
		kept := slices.DeleteFunc(slices.Clone(doc.Root().Child), func(t etree.Token) bool {
			k, ok := t.(*etree.Element)
			return ok && c.notes[[2]string{k.Tag, attr(k, "id")}] && attr(k, "type") == ""
		})
		if len(kept) == len(doc.Root().Child) {
			continue
		}
		replaceChildren(doc.Root(), kept)
		var err error
		if c.changed[f.Name], err = doc.WriteToBytes(); err != nil {
			return err
		}
	}
	return nil
}

// dropLinks takes out the relationships that nothing names any more, and the
// parts that only they, or parts that go, refer to.
func (c *cleaning) dropLinks() error {
	if len(c.gone) == 0 && len(c.links) == 0 {
		return nil
	}
	for again := true; again; {
		again = false
		held, lost := map[string]bool{}, map[string]bool{}
		err := c.eachRelations(func(part string, r *relations) error {
			for _, x := range r.all {
				if x.external {
					continue
				}
				if c.gone[part] || c.links[part][x.id] {
					lost[x.target] = true
				} else {
					held[x.target] = true
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for name := range lost {
			if !held[name] && !c.gone[name] && c.a.data[name] != nil {
				c.gone[name], again = true, true
			}
		}
	}
	return c.eachRelations(func(part string, r *relations) error {
		if c.gone[part] || len(c.links[part]) == 0 {
			return nil
		}
		root := r.doc.Root()
		for _, e := range root.ChildElements() {
			if c.links[part][attr(e, "Id")] {
				root.RemoveChild(e)
			}
		}
		var err error
		c.changed[relationsOf(part)], err = r.doc.WriteToBytes()
		return err
	})
}

// repacked writes the package anew with changed parts and without those that
// go.
func (a *archive) repacked(changed map[string][]byte, gone map[string]bool) ([]byte, error) {
	types, err := a.contentTypes()
	if err != nil {
		return nil, err
	}
	b := *a
	b.files = slices.DeleteFunc(slices.Clone(a.files), func(f *zip.File) bool { return gone[f.Name] || gone[ownerOf(f.Name)] })
	for name := range gone {
		types.drop(name)
	}
	if changed[contentTypesPart], err = types.doc.WriteToBytes(); err != nil {
		return nil, err
	}
	return b.pack(changed, nil)
}
