package paper

import (
	"context"
	"fmt"
	"strings"

	"ugoda/locale"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
	"ugoda/store"
)

// Tag is a tag that a template may have: how it is written, what it prints,
// and what that is for one document.
type Tag struct {
	Text   string // {client.name}; a filter: | words
	About  string
	Value  string // empty: nothing, or no document was given
	Filter bool
}

// Tags lists the tags that templates of a kind may have, by the names of a
// language, with their values for a document; without them where its id is 0.
func Tags(ctx context.Context, s *store.Session, j Job, lang locale.Language) ([]Tag, error) {
	v, err := Vocabulary(j.Kind)
	if err != nil {
		return nil, err
	}
	b := &tagBook{lang: lang}
	b.walk(v.Fields, "", "")
	if j.ID != 0 {
		if err := b.fill(ctx, s, j, v); err != nil {
			return nil, err
		}
	}
	for _, f := range v.Filters {
		b.tags = append(b.tags, Tag{Text: "| " + b.named(f.Name, f.Aliases), About: f.About[string(lang)], Filter: true})
	}
	return b.tags, nil
}

type tagBook struct {
	lang   locale.Language
	tags   []Tag
	probes []string // by tag: a text that shows its value; empty: it has none to show
}

func (b *tagBook) named(name string, aliases []string) string {
	if b.lang == locale.Ukrainian && len(aliases) > 0 {
		return aliases[0]
	}
	return name
}

// walk lists entries under a prefix; list is the section that they stand in.
func (b *tagBook) walk(entries []docx.Entry, prefix, list string) {
	for _, e := range entries {
		name := prefix + b.named(e.Name, e.Aliases)
		inside := func(s string) string {
			if list == "" {
				return s
			}
			return "{#" + list + "}" + s + " · {/" + list + "}"
		}
		add := func(text, probe string) {
			b.tags, b.probes = append(b.tags, Tag{Text: text, About: e.About[string(b.lang)]}), append(b.probes, probe)
		}
		switch e.Kind {
		case docx.ListEntry:
			add("{#"+name+"} … {/"+name+"}", "")
			if list == "" { // what a list of a list holds is the same again
				b.walk(e.Fields, "", name)
			}
		case docx.RecordEntry:
			b.walk(e.Fields, name+".", list)
		case docx.PictureEntry:
			add("{%"+name+"}", inside("{#"+name+"}✓{/}"))
		case docx.FlagEntry:
			add("{#"+name+"} … {/}", inside("{#"+name+"}✓{/}"))
		default:
			add("{"+name+"}", inside("{"+name+"}"))
		}
	}
}

// Marks around the value of a tag: no text has them.
const (
	valueFrom = "\uE000"
	valueTo   = "\uE001"
)

// fill reads the values of all tags at once.
func (b *tagBook) fill(ctx context.Context, s *store.Session, j Job, v docx.Vocabulary) error {
	l, err := gather(ctx, s, j)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, p := range b.probes {
		text.WriteString(valueFrom + p + valueTo)
	}
	o := wording.Options(l.words, v)
	o.Missing = docx.Empty
	out, err := docx.FillText(text.String(), v.Bind(l.tags()), o)
	if err != nil {
		return fmt.Errorf("fill the tags: %w", err)
	}
	for i, piece := range strings.Split(out, valueFrom)[1:] {
		value, _, _ := strings.Cut(piece, valueTo)
		value = strings.TrimSuffix(strings.TrimSpace(strings.Join(strings.Fields(value), " ")), " ·")
		if r := []rune(value); len(r) > 200 {
			value = string(r[:200]) + "…"
		}
		b.tags[i].Value = strings.Trim(value, " ·")
	}
	return nil
}
