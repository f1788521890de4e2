package paper

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
	"ugoda/store"
)

// maxTemplate bounds the file of a template.
const maxTemplate = 32 << 20

// TemplateTooLarge says that a file is too large for a template.
type TemplateTooLarge struct{ Name string }

func (e *TemplateTooLarge) Error() string { return e.Name + " is too large for a template" }

// Message says it to a person.
func (e *TemplateTooLarge) Message() (string, map[string]any) {
	return "template_file_too_large", map[string]any{"name": e.Name, "limit": int64(maxTemplate >> 20)}
}

// CheckTemplate tells everything that is wrong with a template, each with its
// tag and paragraph, before any document is printed through it. An error is a
// file that is no template at all.
func CheckTemplate(kind string, file []byte, p *locale.Printer) ([]docx.Problem, error) {
	v, err := Vocabulary(kind)
	if err != nil {
		return nil, err
	}
	t, err := open(file)
	if err != nil {
		return nil, err
	}
	return t.Check(v, v.Named(wording.Filters(p))), nil
}

// StaysBehind tells what a template holds that no document made of it does:
// comments, and changes that Word tracks. It is no fault.
func StaysBehind(file []byte) ([]Note, error) {
	t, err := open(file)
	if err != nil {
		return nil, err
	}
	return Left(t.Review()), nil
}

// Left is StaysBehind of a template that was read.
func Left(r docx.Review) []Note {
	var out []Note
	if r.Comments {
		out = append(out, Note{Key: "paper.note.comments"})
	}
	if r.Changes {
		out = append(out, Note{Key: "paper.note.changes"})
	}
	return out
}

// ReadTemplate reads a file that is to be a template.
func ReadTemplate(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read a template: %w", err)
	}
	if info.Size() > maxTemplate {
		return nil, &TemplateTooLarge{filepath.Base(path)}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read a template: %w", err)
	}
	return data, nil
}

// AddTemplate keeps a new template of a kind of record, of a form of firm.Forms,
// under a name that no other has, in the language that its tags are written in, else in the one
// given. It is not the default one. A file that is no Word document is refused;
// one with faulty tags is kept, to be mended.
func AddTemplate(ctx context.Context, s *store.Session, kind, form, name string, file []byte, language locale.Language) (int64, error) {
	d, err := docx.Open(file)
	if err != nil {
		return 0, err
	}
	t := &firm.Template{Name: name, For: kind, Form: form, Language: string(languageOf(d, language)), File: file, Order: 1}
	if shipped, err := Sample(form, locale.Language(t.Language)); err == nil && bytes.Equal(shipped, file) {
		t.CameFrom(shipped)
	}
	return addTemplate(ctx, s, t)
}

// addTemplate keeps a template under a name that no other of its kind has.
func addTemplate(ctx context.Context, s *store.Session, t *firm.Template) (int64, error) {
	all, err := Templates(ctx, s, t.For)
	if err != nil {
		return 0, err
	}
	taken := map[string]bool{}
	for _, other := range all {
		taken[strings.ToLower(other.Name)] = true
	}
	name := strings.TrimSpace(t.Name)
	t.Name = name
	for n := 2; taken[strings.ToLower(t.Name)]; n++ {
		t.Name = fmt.Sprintf("%s %d", name, n)
	}
	if err := s.Save(ctx, "template", t); err != nil {
		return 0, err
	}
	return t.ID, nil
}

// languageOf tells the language of a template by the letters of its tags.
func languageOf(t *docx.Template, otherwise locale.Language) locale.Language {
	for _, tag := range t.Tags() {
		for _, r := range tag.Name() {
			switch {
			case unicode.Is(unicode.Cyrillic, r):
				return locale.Ukrainian
			case unicode.Is(unicode.Latin, r):
				return locale.English
			}
		}
	}
	return otherwise
}

// ReplaceTemplate puts another file in the place of a template's; the one
// before is kept.
func ReplaceTemplate(ctx context.Context, s *store.Session, id int64, file []byte) error {
	return replaceTemplate(ctx, s, id, file, firm.VersionReplaced)
}

// EditedTemplate is ReplaceTemplate by a file that was edited in another program.
func EditedTemplate(ctx context.Context, s *store.Session, id int64, file []byte) error {
	return replaceTemplate(ctx, s, id, file, firm.VersionEdited)
}

func replaceTemplate(ctx context.Context, s *store.Session, id int64, file []byte, why string) error {
	if _, err := docx.Open(file); err != nil {
		return err
	}
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return err
	}
	if bytes.Equal(t.File, file) {
		return nil
	}
	t.File, t.Why = file, why
	if why == firm.VersionReplaced { // another document altogether
		t.Shipped, t.Made = "", ""
	}
	return s.Save(ctx, "template", t)
}

func templateOf(ctx context.Context, s *store.Session, id int64) (*firm.Template, error) {
	rec, err := s.Get(ctx, "template", id)
	if err != nil {
		return nil, err
	}
	return rec.(*firm.Template), nil
}

// MakeDefault lets documents of a template's kind, form and language be printed
// through it unless another is chosen; the one before is no longer the default.
func MakeDefault(ctx context.Context, s *store.Session, id int64) error {
	return s.Together(ctx, func(ctx context.Context, b *store.Batcher) error {
		rec, err := b.Get(ctx, "template", id)
		if err != nil {
			return err
		}
		chosen := rec.(*firm.Template)
		rows, err := b.Page(ctx, store.Query{Kind: "template", Columns: []string{"name"}, Where: filter.And{
			filter.Cond{Path: "for", Op: filter.Eq, Values: []filter.Value{filter.String(chosen.For)}},
			filter.Cond{Path: "language", Op: filter.Eq, Values: []filter.Value{filter.String(chosen.Language)}},
			filter.Cond{Path: "form", Op: filter.Eq, Values: []filter.Value{filter.String(chosen.Form)}},
			filter.Cond{Path: "default", Op: filter.Eq, Values: []filter.Value{filter.Bool(true)}},
		}})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.ID == id {
				continue
			}
			other, err := b.Get(ctx, "template", r.ID)
			if err != nil {
				return err
			}
			t := other.(*firm.Template)
			t.Default = false
			if err := b.Save(ctx, "template", t); err != nil {
				return err
			}
		}
		chosen.Default = true
		return b.Save(ctx, "template", chosen)
	})
}

// ChooseWhen sets the condition on which documents go through a template; ""
// is none.
func ChooseWhen(ctx context.Context, s *store.Session, id int64, when string) error {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return err
	}
	t.When = when
	return s.Save(ctx, "template", t)
}

// TemplateFile is the file of a template of the base, by its name.
func TemplateFile(ctx context.Context, s *store.Session, name string) ([]byte, error) {
	id, err := s.Find(ctx, "template", name)
	if err != nil {
		return nil, err
	}
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return nil, err
	}
	if len(t.File) == 0 { // it stands for the one that the program ships with
		return Sample(orElse(t.Form, firm.FormProposal), locale.Language(t.Language))
	}
	return t.File, nil
}

// Sample is the template of a form of a document that the program ships with.
func Sample(form string, lang locale.Language) ([]byte, error) {
	file, err := fs.ReadFile(assets.Templates, "templates/"+form+"-"+string(lang)+".docx")
	if err != nil {
		return nil, &NoTemplate{form}
	}
	return file, nil
}
