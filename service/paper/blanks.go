package paper

import (
	"context"
	"slices"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/printing/docx"
	"ugoda/store"
)

// Blank is a field that a template prints and that nobody has filled in: it
// belongs to the client, to our firm, or to who signs.
type Blank struct {
	Kind  string
	Ref   model.Ref
	Field string
}

// Blanks lists what the template of a document would leave blank, in the order
// of its tags. What stands in a condition of its own is not blank but left out.
func Blanks(ctx context.Context, s *store.Session, j Job) ([]Blank, error) {
	l, err := gather(ctx, s, j)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, s, j, l)
	if err != nil {
		return nil, err
	}
	t, err := open(chosen.file)
	if err != nil {
		return nil, err
	}
	v, err := Vocabulary(j.Kind)
	if err != nil {
		return nil, err
	}
	tags := l.tags()
	var out []Blank
	for _, tag := range t.Tags() {
		party, field := named(v, tag)
		if field == "" {
			continue
		}
		values, _ := tags[party].(docx.Map)
		if docx.Truth(values[field]) {
			continue
		}
		b, ok := l.blank(party, field)
		k := s.Registry().Kind(b.Kind)
		if !ok || k == nil || k.Field(b.Field) == nil || slices.Contains(out, b) {
			continue
		}
		out = append(out, b)
	}
	return out, nil
}

// SayBlanks names blanks in words, with whose they are before the first of each.
func SayBlanks(list []Blank, p *locale.Printer) string {
	var names []string
	for i, b := range list {
		name := p.Field(b.Kind, b.Field)
		if i == 0 || b.Kind != list[i-1].Kind {
			name = p.Kind(b.Kind) + ": " + name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// named resolves a tag that prints a field of a party to their English names;
// nothing for any other tag, and for one that its template lets go when it is
// empty. A line of underscores in its stead is for a pen: it is blank.
func named(v docx.Vocabulary, tag docx.Tag) (party, field string) {
	path := slices.Clone(tag.Path)
	if tag.Kind != docx.Field || slices.ContainsFunc(tag.Filters, func(c docx.Call) bool { return replaces(v, c) }) {
		return "", ""
	}
	if len(path) == 1 && len(tag.Loops) > 0 { // {#client}{code}{/}
		path = []string{tag.Loops[len(tag.Loops)-1], path[0]}
	}
	if len(path) != 2 || slices.ContainsFunc(tag.Loops, func(l string) bool { return docx.Fold(l) == docx.Fold(tag.Name()) }) {
		return "", ""
	}
	of, ok := entry(v.Fields, path[0])
	if !ok || of.Kind != docx.RecordEntry {
		return "", ""
	}
	f, ok := entry(of.Fields, path[1])
	if !ok || f.Kind != docx.TextEntry {
		return "", ""
	}
	return of.Name, f.Name
}

// replaces reports a filter that prints something in the stead of an empty value.
func replaces(v docx.Vocabulary, c docx.Call) bool {
	f, known := entry(v.Filters, c.Filter)
	return known && f.Name == "default" && strings.Trim(strings.Join(c.Args, ""), "_ ") != ""
}

func entry(all []docx.Entry, name string) (docx.Entry, bool) {
	name = docx.Fold(name)
	i := slices.IndexFunc(all, func(e docx.Entry) bool {
		return docx.Fold(e.Name) == name || slices.ContainsFunc(e.Aliases, func(a string) bool { return docx.Fold(a) == name })
	})
	if i < 0 {
		return docx.Entry{}, false
	}
	return all[i], true
}

// blank says which record an empty field of a party belongs to.
func (l *letter) blank(party, field string) (Blank, bool) {
	switch party {
	case "client":
		if l.client.Form == client.Private && strings.HasPrefix(field, "signatory") { // who signs for himself
			return Blank{}, false
		}
		return Blank{"client", model.Ref{ID: l.client.ID, Code: l.client.Number, Name: l.client.Name}, field}, l.client.ID != 0
	case "organization":
		if signs := l.head.signatory; signs.ID != 0 && field == "signatory_post" {
			return Blank{"employee", signs, "post"}, true
		}
		return Blank{"organization", model.Ref{ID: l.organization.ID, Code: l.organization.Number, Name: l.organization.Name}, field}, l.organization.ID != 0
	}
	return Blank{}, false
}
