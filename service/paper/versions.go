package paper

import (
	"context"
	"fmt"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/store"
)

// Version is a file that a template has or had.
type Version struct {
	ID, No int64
	At     time.Time
	Author model.Ref // an employee
	Reason string    // of firm.VersionReasons
	Size   int64
}

// Versions lists what was kept of a template, the latest first. One that was
// not changed since versions are kept has none: its file is all there is.
func Versions(ctx context.Context, s *store.Session, template int64) ([]Version, error) {
	rows, err := s.Page(ctx, store.Query{
		Kind: "template-version", Columns: []string{"no", "at", "author", "reason", "size"}, Sort: []store.Order{{Path: "no", Desc: true}},
		Where: filter.Cond{Path: "template", Op: filter.Eq, Values: []filter.Value{filter.ID(template)}}, Limit: 1000,
	})
	if err != nil {
		return nil, err
	}
	out := make([]Version, 0, len(rows))
	for _, r := range rows {
		v := Version{ID: r.ID}
		v.No, _ = r.Cells[0].(int64)
		v.At, _ = r.Cells[1].(time.Time)
		v.Author, _ = r.Cells[2].(model.Ref)
		v.Reason, _ = r.Cells[3].(string)
		v.Size, _ = r.Cells[4].(int64)
		out = append(out, v)
	}
	return out, nil
}

// NoVersion says that a template has no such version.
type NoVersion struct{ No int64 }

func (e *NoVersion) Error() string { return fmt.Sprintf("no version %d of the template", e.No) }

// Message says it to a person.
func (e *NoVersion) Message() (string, map[string]any) {
	return "no_template_version", map[string]any{"no": e.No}
}

// VersionFile is the file of a version of a template. Error: *NoVersion.
func VersionFile(ctx context.Context, s *store.Session, template, no int64) ([]byte, error) {
	all, err := Versions(ctx, s, template)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if v.No != no {
			continue
		}
		rec, err := s.Get(ctx, "template-version", v.ID)
		if err != nil {
			return nil, err
		}
		return rec.(*firm.TemplateVersion).File, nil
	}
	return nil, &NoVersion{no}
}

// TakeBack makes an earlier version of a template the one in use; it becomes
// the latest, and what was there before is kept, too.
func TakeBack(ctx context.Context, s *store.Session, template, no int64) error {
	file, err := VersionFile(ctx, s, template, no)
	if err != nil {
		return err
	}
	return replaceTemplate(ctx, s, template, file, firm.VersionReturned)
}

// Difference lists the paragraphs in which two files of a template differ, in
// order, headers and footers last. What is only set otherwise is not listed.
func Difference(before, after []byte) ([]docx.Change, error) {
	a, err := docx.Paragraphs(before)
	if err != nil {
		return nil, err
	}
	b, err := docx.Paragraphs(after)
	if err != nil {
		return nil, err
	}
	return docx.Compare(a, b), nil
}
