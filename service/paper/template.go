package paper

import (
	"context"

	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/store"
)

// Template is a template in the base, without its file.
type Template struct {
	ID       int64
	Name     string
	Form     string // of firm.Forms
	Language string
	Default  bool
	When     string // the documents that it is chosen for; empty: any
}

// Templates lists the templates of a kind of record as they are asked: by
// their order, the default ones first. An invoice has those of its form,
// through which proposals go, too.
func Templates(ctx context.Context, s *store.Session, kind string) ([]Template, error) {
	where := filter.Cond{Path: "for", Op: filter.Eq, Values: []filter.Value{filter.String(kind)}}
	if kind == "invoice" {
		where = filter.Cond{Path: "form", Op: filter.Eq, Values: []filter.Value{filter.String(firm.FormInvoice)}}
	}
	rows, err := s.Page(ctx, store.Query{
		Kind: "template", Columns: []string{"name", "form", "language", "default", "when"}, Sort: []store.Order{{Path: "order"}, {Path: "default", Desc: true}, {Path: "name"}},
		Where: where, Limit: 500,
	})
	if err != nil {
		return nil, err
	}
	out := make([]Template, 0, len(rows))
	for _, r := range rows {
		t := Template{ID: r.ID}
		t.Name, _ = r.Cells[0].(string)
		t.Form, _ = r.Cells[1].(string)
		t.Language, _ = r.Cells[2].(string)
		t.Default, _ = r.Cells[3].(bool)
		t.When, _ = r.Cells[4].(string)
		if t.Form == "" {
			t.Form = firm.FormProposal
		}
		out = append(out, t)
	}
	return out, nil
}
