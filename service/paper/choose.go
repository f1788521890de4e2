package paper

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/store"
)

// Choice is the template that a document goes through, and why.
type Choice struct {
	ID       int64  // in the base; 0: a file, or one that the program ships with
	Name     string // empty: shipped
	Form     string
	Language locale.Language // that the template is written in: its days and amounts are, too
	Why      Note
	file     []byte
}

// Choose tells which template a document would go through, and why.
func Choose(ctx context.Context, s *store.Session, j Job) (Choice, error) {
	l, err := gather(ctx, s, j)
	if err != nil {
		return Choice{}, err
	}
	c, err := choose(ctx, s, j, l)
	if err != nil {
		return Choice{}, err
	}
	c.file = nil
	return *c, nil
}

// wordFiles are the ends of the names of files that templates come in.
var wordFiles = []string{".docx", ".dotx", ".docm", ".dotm"}

// choose finds the template of a document: one that was named; the document's
// own; of those in its language whose condition it meets, the first by order;
// the default one; any; the one that the program ships with.
func choose(ctx context.Context, s *store.Session, j Job, l *letter) (*Choice, error) {
	if slices.Contains(wordFiles, strings.ToLower(filepath.Ext(j.Template))) {
		data, err := ReadTemplate(j.Template)
		return &Choice{Name: j.Template, Form: j.form(), Language: l.language(), file: data, Why: Note{Key: "paper.why.named"}}, err
	}
	if j.Template != "" {
		id, err := s.Find(ctx, "template", j.Template)
		if err != nil {
			return nil, err
		}
		return l.through(ctx, s, id, j, Note{Key: "paper.why.named"})
	}
	form := j.form()
	if l.head.template.ID != 0 && form == prints[j.Kind] {
		return l.through(ctx, s, l.head.template.ID, j, Note{Key: "paper.why.document"})
	}
	all, err := Templates(ctx, s, j.Kind)
	if err != nil {
		return nil, err
	}
	var usual, some int64
	for _, t := range all {
		if t.Form != form || t.Language != string(l.language()) {
			continue
		}
		if t.When == "" {
			if some == 0 {
				some = t.ID
			}
			if usual == 0 && t.Default {
				usual = t.ID
			}
			continue
		}
		meets, err := l.meets(ctx, s, j, t.When)
		if err != nil {
			return nil, fmt.Errorf("ask when template %s is used: %w", t.Name, err)
		}
		if meets {
			return l.through(ctx, s, t.ID, j, Note{"paper.why.condition", map[string]any{"when": inWords(ctx, s, j.Kind, t.When, l.words)}})
		}
	}
	switch {
	case usual != 0:
		return l.through(ctx, s, usual, j, Note{Key: "paper.why.default"})
	case some != 0:
		return l.through(ctx, s, some, j, Note{Key: "paper.why.only"})
	}
	file, err := Sample(form, l.language())
	return &Choice{Form: form, Language: l.language(), file: file, Why: Note{Key: "paper.why.shipped"}}, err
}

// through reads a template of the base.
func (l *letter) through(ctx context.Context, s *store.Session, id int64, j Job, why Note) (*Choice, error) {
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return nil, err
	}
	c := &Choice{ID: id, Name: t.Name, Form: orElse(t.Form, firm.FormProposal), Language: l.language(), Why: why, file: t.File}
	if l.i != nil && c.Form != prints[j.Kind] {
		return nil, model.Refused("template", "template_of_another", "name", t.Name)
	}
	if own, ok := locale.ParseLanguage(t.Language); ok {
		c.Language = own
	}
	switch {
	case j.Version != 0:
		c.file, err = VersionFile(ctx, s, id, j.Version)
	case len(t.File) == 0: // it stands for the one that the program ships with
		c.file, err = Sample(c.Form, c.Language)
	}
	return c, err
}

// meets tells whether the document meets the condition of a template. A condition
// of proposals that says nothing of an invoice is asked of the proposal that it
// bills; one made by hand does not meet it.
func (l *letter) meets(ctx context.Context, s *store.Session, j Job, when string) (bool, error) {
	yes, err := meets(ctx, s, j, when)
	if err == nil || l.i == nil {
		return yes, err
	}
	if l.i.Proposal.ID == 0 {
		return false, nil
	}
	return meets(ctx, s, Job{Kind: "proposal", ID: l.i.Proposal.ID}, when)
}

// meets tells whether a document meets the condition of a template. The base
// is asked as the program itself, so that the same document goes through the
// same template whoever prints it; "me" is who prints.
func meets(ctx context.Context, s *store.Session, j Job, when string) (bool, error) {
	n, err := filter.Parse(s.Registry(), j.Kind, when)
	if err != nil {
		return false, err
	}
	all := s.Base().System()
	all.User, all.Employee = s.User, s.Employee
	rows, err := all.Page(ctx, store.Query{Kind: j.Kind, Columns: []string{"number"}, Limit: 1, Where: filter.And{filter.Cond{Path: "id", Op: filter.Eq, Values: []filter.Value{filter.Number(strconv.FormatInt(j.ID, 10))}}, n}})
	return len(rows) > 0, err
}

// ConditionInWords says the condition of a template to a person; one that
// cannot be read as it is written.
func ConditionInWords(ctx context.Context, s *store.Session, when, kind string, p *locale.Printer) string {
	if when == "" {
		return ""
	}
	return inWords(ctx, s, kind, when, p)
}

// inWords says a condition to a person.
func inWords(ctx context.Context, s *store.Session, kind, when string, p *locale.Printer) string {
	n, err := filter.Parse(s.Registry(), kind, when)
	if err != nil {
		return when
	}
	return p.Condition(s.Registry(), kind, n, func(kind string, id int64) string {
		rec, err := s.Get(ctx, kind, id)
		if err != nil {
			return fmt.Sprintf("#%d", id)
		}
		return s.Registry().Kind(kind).TitleOf(rec)
	})
}
