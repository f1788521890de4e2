package docx

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// maxMarks bounds the tags of a template.
const maxMarks = 10_000

// Template is a document that was read and prepared for filling. It does not
// change; it may be filled by several goroutines at once.
type Template struct {
	archive  *archive
	types    contentTypes
	main     string
	parts    []*compiledPart // the main part first, then notes, headers and footers
	rels     map[string]*relations
	tags     []*Tag
	problems Problems // of the tags
	merged   bool     // there were mail merge fields
	settings string   // part of the settings; empty when there is none
	lastID   int      // greatest identifier of a drawing
	review   Review   // what its file held
}

// Open reads a template: a .docx, .docm, .dotx or .dotm file of Word or of
// another program. The error is Problems: the file is too large, is none of
// these, or is damaged. Wrong tags are no error here; Check and Fill tell them.
func Open(data []byte) (*Template, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	if types := a.data[contentTypesPart]; bytes.Contains(types, []byte("vbaProject")) || bytes.Contains(types, []byte("macroEnabled")) {
		if out, had, err := a.withoutMacros(); err != nil {
			return nil, err
		} else if had {
			if a, err = openArchive(out); err != nil {
				return nil, err
			}
		}
	}
	t := &Template{rels: map[string]*relations{}}
	if out, review, had, err := a.withoutReview(); err != nil {
		return nil, err
	} else if had {
		t.review = review
		if a, err = openArchive(out); err != nil {
			return nil, err
		}
	}
	t.archive = a
	if t.types, err = a.contentTypes(); err != nil {
		return nil, err
	}
	top, err := a.relations("")
	if err != nil {
		return nil, err
	}
	main, ok := top.find("officeDocument")
	if !ok || a.data[main.target] == nil || !strings.Contains(t.types.of(main.target), "wordprocessingml") && !strings.Contains(t.types.of(main.target), "ms-word") {
		return nil, fileProblem("template_not_docx")
	}
	t.main = main.target
	rels, err := a.relations(t.main)
	if err != nil {
		return nil, err
	}
	t.rels[t.main] = rels
	if s, ok := rels.find("settings"); ok && a.data[s.target] != nil {
		t.settings = s.target
	}
	if err := t.prepare(rels); err != nil {
		return nil, err
	}
	if len(t.tags) > maxMarks {
		return nil, fileProblem("template_too_many_tags", "limit", maxMarks)
	}
	return t, nil
}

// prepare compiles the parts that a document prints: glossary and custom XML
// are left alone.
func (t *Template) prepare(rels *relations) error {
	names := []string{t.main}
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer"} {
		for _, x := range rels.all {
			if x.kind == kind && !x.external && t.archive.data[x.target] != nil && !slices.Contains(names, x.target) {
				names = append(names, x.target)
			}
		}
	}
	var sheet page
	for i, name := range names {
		doc, err := t.archive.xml(name)
		if err != nil {
			return err
		}
		if bytes.Count(t.archive.data[name], []byte("{")) > maxMarks {
			return fileProblem("template_too_many_tags", "limit", maxMarks)
		}
		if i == 0 {
			if _, ok := prefixOf(doc.Root()); !ok {
				return fileProblem("template_not_docx")
			}
			sheet = pageOf(doc.Root())
		}
		t.lastID = max(t.lastID, greatestID(doc.Root()))
		p := t.compile(name, doc, sheet)
		if p == nil {
			continue
		}
		if t.rels[name] == nil {
			if t.rels[name], err = t.archive.relations(name); err != nil {
				return err
			}
		}
		t.parts = append(t.parts, p)
	}
	return nil
}

// greatestID finds the greatest identifier of a drawing.
func greatestID(e *etree.Element) int {
	most := 0
	if e.Tag == "docPr" {
		if n, err := strconv.Atoi(attr(e, "id")); err == nil && n < 1<<30 {
			most = n
		}
	}
	for _, t := range e.Child {
		if k, ok := t.(*etree.Element); ok {
			most = max(most, greatestID(k))
		}
	}
	return most
}

// Tags gives every tag of the template in the order of its parts, closing tags
// left out.
func (t *Template) Tags() []Tag {
	var out []Tag
	for _, x := range t.tags {
		if x.Kind != End {
			out = append(out, *x)
		}
	}
	return out
}

// Problems gives what is wrong with the tags as such, whatever the data.
func (t *Template) Problems() []Problem { return slices.Clone(t.problems) }

// HasMergeFields tells whether the template uses Word's mail merge fields.
func (t *Template) HasMergeFields() bool { return t.merged }

// mainTypes turns the content type of a template, or of a document with macros,
// into that of a document.
var mainTypes = map[string]string{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
	"application/vnd.ms-word.template.macroEnabledTemplate.main+xml":                   "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
	"application/vnd.ms-word.document.macroEnabled.main+xml":                           "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}

// finishTypes gives the content types part when something in it has to change.
func (t *Template) finishTypes(media []string) ([]byte, bool, error) {
	c := t.types.copy()
	changed := false
	if kind, ok := mainTypes[c.of(t.main)]; ok {
		changed = c.set(t.main, kind)
	}
	for _, name := range media {
		if c.set(name, "image/"+strings.TrimPrefix(path.Ext(name), ".")) {
			changed = true
		}
	}
	for name := range t.rels {
		if rel := relationsOf(name); t.archive.data[rel] == nil && c.of(rel) != relationsType {
			changed = c.set(rel, relationsType) || changed
		}
	}
	if !changed {
		return nil, false, nil
	}
	out, err := c.doc.WriteToBytes()
	return out, true, err
}
