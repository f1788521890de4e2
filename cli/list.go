package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/service/imports"
	"ugoda/store"
)

// listing is what list and export are asked with.
type listing struct {
	where, view, search, columns, sort string
	limit                              int
	bin                                bool
	whole                              bool // all columns are for an import
}

func (l *listing) flags(c *cobra.Command, a *app) {
	f := c.Flags()
	f.StringVar(&l.where, "where", "", a.p.T("cli.flag.where"))
	f.StringVar(&l.view, "view", "", a.p.T("cli.flag.view"))
	f.StringVar(&l.search, "search", "", a.p.T("cli.flag.search"))
	f.StringVar(&l.columns, "columns", "", a.p.T("cli.flag.columns"))
	f.StringVar(&l.sort, "sort", "", a.p.T("cli.flag.sort"))
	f.IntVar(&l.limit, "limit", 0, a.p.T("cli.flag.limit"))
	f.BoolVar(&l.bin, "bin", false, a.p.T("cli.flag.bin"))
}

// query puts the flags, and the saved view that they may name, together.
func (l *listing) query(ctx context.Context, s *store.Session, k *model.Kind) (store.Query, error) {
	q := store.Query{Kind: k.Name, Search: l.search, Limit: l.limit, Bin: l.bin}
	where := []string{}
	if l.view != "" {
		v, err := findView(ctx, s, k.Name, l.view)
		if err != nil {
			return q, err
		}
		if v.Where != "" {
			where = append(where, "("+v.Where+")")
		}
		q.Columns, q.Sort = v.Columns, v.Sort
	}
	if l.where != "" {
		where = append(where, "("+l.where+")")
	}
	if len(where) > 0 {
		n, err := filter.Parse(s.Registry(), k.Name, strings.Join(where, " and "))
		if err != nil {
			return q, err
		}
		q.Where = n
	}
	switch l.columns {
	case "":
	case "*": // all that a file may bring back
		q.Columns = imports.WholeColumns(k, s.Role)
	default:
		q.Columns = strings.Split(l.columns, ",")
	}
	if l.sort != "" {
		q.Sort = nil
		for _, path := range strings.Split(l.sort, ",") {
			q.Sort = append(q.Sort, store.Order{Path: strings.TrimPrefix(path, "-"), Desc: strings.HasPrefix(path, "-")})
		}
	}
	if len(q.Columns) == 0 {
		for _, f := range k.Shown() {
			if f.SeenBy(s.Role) {
				q.Columns = append(q.Columns, f.Name)
			}
		}
	}
	return q, nil
}

// noView says that a list has no saved filter of a name.
type noView struct{ name string }

func (e *noView) Error() string { return "no saved filter " + e.name }

// Message says it to a person.
func (e *noView) Message() (string, map[string]any) {
	return "no_view", map[string]any{"name": e.name}
}

func findView(ctx context.Context, s *store.Session, kind, name string) (*store.View, error) {
	views, err := s.Views(ctx, kind)
	if err != nil {
		return nil, err
	}
	for i := range views {
		if views[i].Name == name {
			return &views[i], nil
		}
	}
	return nil, &noView{name}
}

func (a *app) list() *cobra.Command {
	var o output
	var l listing
	c := &cobra.Command{Use: "list KIND", Short: a.p.T("cli.list"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		return a.listTo(c.Context(), args[0], &l, &o)
	}}
	l.flags(c, a)
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

func (a *app) export() *cobra.Command {
	var o output
	l := listing{whole: true}
	c := &cobra.Command{Use: "export KIND -o FILE", Short: a.p.T("cli.export"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if o.file == "" {
			return usageError{errors.New("-o FILE")}
		}
		if err := o.choose("csv", "json", "xlsx"); err != nil {
			return err
		}
		return a.listTo(c.Context(), args[0], &l, &o)
	}}
	l.flags(c, a)
	o.flags(c, a, "csv|json|xlsx")
	return c
}

func (a *app) listTo(ctx context.Context, kind string, l *listing, o *output) error {
	k, err := a.kind(kind)
	if err != nil {
		return err
	}
	s, err := a.session(ctx)
	if err != nil {
		return err
	}
	q, err := l.query(ctx, s, k)
	if err != nil {
		return err
	}
	t, err := a.listTable(ctx, s, k, q)
	if err != nil {
		return err
	}
	if l.columns == "*" && l.whole && o.format != "json" {
		imports.Whole(s, a.p, k, t)
	}
	return a.table(ctx, o, t)
}

// listTable makes a table of a query: number and id come first in JSON, sums
// below.
func (a *app) listTable(ctx context.Context, s *store.Session, k *model.Kind, q store.Query) (*table.Table, error) {
	t := &table.Table{Kind: k.Name, Title: a.p.Kinds(k.Name)}
	if q.Where != nil {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "where", Label: a.p.T("cli.flag.where"), Value: filter.Text(q.Where)})
	}
	for _, path := range q.Columns {
		col, err := a.column(k, path)
		if err != nil {
			return nil, err
		}
		t.Columns = append(t.Columns, col)
	}
	t.Rows = func(ctx context.Context, yield func(table.Row) error) error {
		return s.Each(ctx, q, func(r store.Row) error { return yield(table.Row{ID: r.ID, Cells: r.Cells}) })
	}
	if q.Limit == 0 {
		totals, err := s.Totals(ctx, q)
		if err != nil {
			return nil, err
		}
		t.Count = totals.Count
		if len(totals.Sums) > 0 {
			t.Total = make([]any, len(t.Columns))
			for i, col := range t.Columns {
				t.Total[i] = totals.Sums[col.Name]
			}
		}
	}
	return t, nil
}

func (a *app) column(k *model.Kind, path string) (table.Column, error) {
	if path == "amount_base" || strings.HasSuffix(path, ".amount_base") {
		return table.Column{Name: path, Label: a.p.Field(k.Name, "amount_base"), Type: model.Amount}, nil
	}
	fields, err := a.opts.Registry.Path(k, path)
	if err != nil {
		return table.Column{}, fmt.Errorf("column: %w", err)
	}
	last := fields[len(fields)-1]
	owner := k
	label := ""
	for i, f := range fields {
		if i > 0 {
			label += " · "
			owner = a.opts.Registry.Kind(fields[i-1].To)
		}
		label += a.p.Field(owner.Name, f.Name)
	}
	col := table.Column{Name: path, Label: label, Type: last.Type}
	if last.Type == model.Choice {
		col.Words = map[string]string{}
		for _, v := range last.Values {
			col.Words[v] = a.p.Choice(owner.Name, last.Name, v)
		}
	}
	if to := a.opts.Registry.Kind(last.To); to != nil {
		col.Numbered = to.Series != ""
	}
	return col, nil
}
