package paper

import (
	"context"

	"ugoda/model/filter"
	"ugoda/store"
)

// Template is a template in the base, without its file.
type Template struct {
	ID       int64
	Name     string
	Language string
	Default  bool
}

// Templates lists the templates of a kind of record, the default ones first.
func Templates(ctx context.Context, s *store.Session, kind string) ([]Template, error) {
	rows, err := s.Page(ctx, store.Query{
		Kind: "template", Columns: []string{"name", "language", "default"}, Sort: []store.Order{{Path: "default", Desc: true}, {Path: "name"}},
		Where: filter.Cond{Path: "for", Op: filter.Eq, Values: []filter.Value{filter.String(kind)}}, Limit: 500,
	})
	if err != nil {
		return nil, err
	}
	out := make([]Template, 0, len(rows))
	for _, r := range rows {
		t := Template{ID: r.ID}
		t.Name, _ = r.Cells[0].(string)
		t.Language, _ = r.Cells[1].(string)
		t.Default, _ = r.Cells[2].(bool)
		out = append(out, t)
	}
	return out, nil
}
