package docx

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// EntryKind is what a name of a vocabulary stands for.
type EntryKind string

// Kinds of entries.
const (
	TextEntry    EntryKind = "text"    // also numbers, amounts and days
	FlagEntry    EntryKind = "flag"    // a condition
	PictureEntry EntryKind = "picture" //
	RawEntry     EntryKind = "raw"     // WordprocessingML
	RecordEntry  EntryKind = "record"  // has names of its own
	ListEntry    EntryKind = "list"    // of records
)

// Entry is a name that templates may use.
type Entry struct {
	Name    string            `json:"name"`  // English, stable
	Aliases []string          `json:"also"`  // the same name in other languages
	Kind    EntryKind         `json:"kind"`  //
	Of      string            `json:"of"`    // of a record or list: the name of its record
	About   map[string]string `json:"about"` // what it is, by language
	Fields  []Entry           `json:"-"`     // of a record or list
}

// Vocabulary is what the templates of one kind of document may ask for.
type Vocabulary struct {
	Fields  []Entry // names of the data
	Filters []Entry // the filters; only names and About
}

// entries are names of one level.
type entries []Entry

// ParseVocabulary reads a vocabulary from JSON:
//
//	{"fields": [entry, …], "records": {"line": [entry, …], …}, "filters": [entry, …]}
//
// where an entry is {"name", "also", "kind", "of", "about"}.
func ParseVocabulary(data []byte) (Vocabulary, error) {
	var file struct {
		Fields  []Entry            `json:"fields"`
		Records map[string][]Entry `json:"records"`
		Filters []Entry            `json:"filters"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Vocabulary{}, fmt.Errorf("read vocabulary: %w", err)
	}
	var tie func(entries []Entry, depth int) ([]Entry, error)
	tie = func(entries []Entry, depth int) ([]Entry, error) {
		out := slices.Clone(entries)
		for i := range out {
			e := &out[i]
			if e.Kind == "" {
				e.Kind = TextEntry
			}
			if e.Kind != RecordEntry && e.Kind != ListEntry {
				continue
			}
			of, ok := file.Records[e.Of]
			if !ok || depth > 8 {
				return nil, fmt.Errorf("read vocabulary: %s is of %q, which is not there", e.Name, e.Of)
			}
			var err error
			if e.Fields, err = tie(of, depth+1); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	fields, err := tie(file.Fields, 0)
	return Vocabulary{Fields: fields, Filters: file.Filters}, err
}

// Named gives filters, the built-in ones among them, under all the names that
// the vocabulary has for their English ones.
func (v Vocabulary) Named(filters map[string]Filter) map[string]Filter {
	out := maps.Clone(builtIn)
	maps.Copy(out, filters)
	for _, e := range v.Filters {
		if f, ok := out[e.Name]; ok {
			for _, a := range e.Aliases {
				out[a] = f
			}
		}
	}
	return out
}

// find gives the entry of a name in any language.
func (v entries) find(name string) (*Entry, bool) {
	name = Fold(name)
	for i := range v {
		if Fold(v[i].Name) == name || slices.ContainsFunc(v[i].Aliases, func(a string) bool { return Fold(a) == name }) {
			return &v[i], true
		}
	}
	return nil, false
}

// Bind gives data that knows its English names by all names of the vocabulary.
// Names that the vocabulary does not hold are asked from the data as they are;
// those that only the data lacks (of a proposal without variants, say) are
// empty.
func (v Vocabulary) Bind(data Scope) Scope { return &bound{entries(v.Fields).index(), data} }

// names is a vocabulary that finds fast.
type names struct {
	byName map[string]*Entry
	below  map[string]*names // by English name
}

func (v entries) index() *names {
	n := &names{byName: map[string]*Entry{}, below: map[string]*names{}}
	for i := range v {
		e := &v[i]
		n.byName[Fold(e.Name)] = e
		for _, a := range e.Aliases {
			n.byName[Fold(a)] = e
		}
		if len(e.Fields) > 0 {
			n.below[e.Name] = entries(e.Fields).index()
		}
	}
	return n
}

type bound struct {
	names *names
	data  Scope
}

func (b *bound) Lookup(name string) (any, bool) {
	e, ok := b.names.byName[Fold(name)]
	if !ok {
		return b.data.Lookup(name)
	}
	v, ok := b.data.Lookup(e.Name)
	if !ok {
		return nil, true
	}
	below := b.names.below[e.Name]
	if below == nil {
		return v, true
	}
	if s, ok := scopeOf(v); ok {
		if !Truth(v) {
			return nil, true
		}
		return &bound{below, s}, true
	}
	if items, ok := listOf(v); ok {
		out := make([]any, len(items))
		for i, x := range items {
			out[i] = x
			if s, ok := scopeOf(x); ok {
				out[i] = &bound{below, s}
			}
		}
		return out, true
	}
	return v, true
}

// levels are the vocabularies that a tag may ask, innermost first.
type levels []entries

// find resolves a path; known is false where a name on it is not there.
func (l levels) find(path []string) (e *Entry, known bool) {
	for _, v := range l {
		found, ok := v.find(path[0])
		if !ok {
			continue
		}
		for _, name := range path[1:] {
			if found, ok = entries(found.Fields).find(name); !ok {
				return nil, false
			}
		}
		return found, true
	}
	return nil, false
}

// all lists the dotted names that the levels know, in every language.
func (l levels) all() []string {
	var out []string
	var add func(v entries, prefix []string)
	add = func(v entries, prefix []string) {
		for _, e := range v {
			for _, n := range append([]string{e.Name}, e.Aliases...) {
				path := append(slices.Clip(prefix), n)
				out = append(out, strings.Join(path, "."))
				if e.Kind == RecordEntry {
					add(e.Fields, path)
				}
			}
		}
	}
	for _, v := range l {
		add(v, nil)
	}
	return out
}
