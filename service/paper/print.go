package paper

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"ugoda/assets"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/printing/docx"
	"ugoda/printing/docx/wording"
	"ugoda/store"
)

// Job says what to print and how.
type Job struct {
	Kind     string
	ID       int64
	Template string // name of a template in the base, or the path of a .docx; empty: the one that suits the document
	Form     string // what the document is made into, of firm.Forms; empty: what the template says, else what its kind is
	Version  int64  // of the template named, as it was kept; 0: as it is now
	Variant  int    // only this variant, from 1; 0: all
	Engine   Engine // empty: the user's choice
	// Draft lets a document that may not leave yet be laid out all the same,
	// with a mark across every page.
	Draft bool
	// Leaving says that the document is on its way to the client: what may still
	// be changed until then is no draft any more.
	Leaving bool
}

// Printed is a document ready to be opened, sent or printed.
type Printed struct {
	Name     string // of the file, without an extension
	DOCX     []byte
	PDF      []byte // only by PDF
	By       string // the suite that made the PDF; empty: our own layout
	Notes    []Note // what a person should know about the PDF
	Language locale.Language
	Through  Choice // the template, and why it is that one
	// Held is why the document may not leave: it is a draft, marked as such on
	// every page of its PDF. Empty: it may.
	Held []model.Problem
}

// NoTemplate says that there is no template to print with.
type NoTemplate struct{ Name string }

func (e *NoTemplate) Error() string { return "no template " + e.Name }

// Message says it to a person.
func (e *NoTemplate) Message() (string, map[string]any) {
	return "no_template", map[string]any{"name": e.Name}
}

// Vocabulary is what templates of a kind of record may ask for.
func Vocabulary(kind string) (docx.Vocabulary, error) {
	data, err := assets.Templates.ReadFile("templates/" + kind + ".json")
	if err != nil {
		return docx.Vocabulary{}, &NoTemplate{kind}
	}
	return docx.ParseVocabulary(data)
}

// DOCX fills the template of a document. One that may not leave yet is refused
// with model.Problems unless the job asks for a draft; Printed.Held says so
// then, and the DOCX must not leave either: it carries no mark.
func DOCX(ctx context.Context, s *store.Session, j Job) (*Printed, error) {
	if err := j.made(); err != nil {
		return nil, err
	}
	held, err := s.Leaves(ctx, j.Kind, j.ID)
	if err != nil {
		return nil, err
	}
	if len(held) > 0 && !j.Draft {
		return nil, model.Problems(held)
	}
	l, err := gather(ctx, s, j)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, s, j, l)
	if err != nil {
		return nil, err
	}
	l.words, l.made = locale.New(chosen.Language), chosen.Form
	t, err := open(chosen.file)
	if err != nil {
		return nil, err
	}
	v, err := Vocabulary(j.Kind)
	if err != nil {
		return nil, err
	}
	out, err := t.Fill(v.Bind(l.tags()), wording.Options(l.words, v))
	if err != nil {
		return nil, fmt.Errorf("fill the template: %w", err)
	}
	if l.records.err != nil {
		return nil, fmt.Errorf("fill the template: %w", l.records.err)
	}
	return &Printed{Name: l.fileName(), DOCX: out, Language: l.language(), Held: held, Through: *chosen}, nil
}

// opened keeps the last templates read: many letters go through the same one.
var opened = struct {
	sync.Mutex
	files map[string]*docx.Template
}{files: map[string]*docx.Template{}}

func open(file []byte) (*docx.Template, error) {
	opened.Lock()
	defer opened.Unlock()
	if t, ok := opened.files[string(file)]; ok {
		return t, nil
	}
	t, err := docx.Open(file)
	if err != nil {
		return nil, err
	}
	if len(opened.files) >= 8 {
		clear(opened.files)
	}
	opened.files[string(file)] = t
	return t, nil
}

// FillText fills the tags of a plain text, such as that of a letter, as a
// template of the document would.
func FillText(ctx context.Context, s *store.Session, j Job, text string) (string, error) {
	if !strings.ContainsAny(text, `{}\`) {
		return text, nil
	}
	l, err := gather(ctx, s, j)
	if err != nil {
		return "", err
	}
	v, err := Vocabulary(j.Kind)
	if err != nil {
		return "", err
	}
	out, err := docx.FillText(text, v.Bind(l.tags()), wording.Options(l.words, v))
	if err != nil {
		return "", fmt.Errorf("fill the text: %w", err)
	}
	return out, nil
}
