package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/model/table"
)

func (a *app) history() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "history KIND NUMBER", Short: a.p.T("cli.history"), Args: words(2, 2), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		k, s, id, err := a.record(c.Context(), args)
		if err != nil {
			return err
		}
		changes, err := s.History(c.Context(), k.Name, id)
		if err != nil {
			return err
		}
		var rows []table.Row
		said := func(field string, v any) any {
			column := historyColumn(k, field)
			return column.Text(v, a.p)
		}
		if o.format == "json" { // for programs: values as they are
			said = func(_ string, v any) any { return v }
		}
		for _, ch := range changes {
			if ch.User.ID == 0 && o.format != "json" { // nobody: the program itself
				ch.User.Name = "Ugoda"
			}
			if len(ch.Fields) == 0 {
				rows = append(rows, table.Row{Cells: []any{ch.At, ch.User.Name, ch.Action, nil, nil, nil}})
			}
			for _, f := range ch.Fields {
				rows = append(rows, table.Row{Cells: []any{ch.At, ch.User.Name, ch.Action, f.Name, said(f.Name, f.Old), said(f.Name, f.New)}})
			}
		}
		return a.table(c.Context(), &o, &table.Table{Kind: "history", Title: k.Name + " " + args[1], Columns: []table.Column{
			{Name: "at", Label: a.p.T("cli.column.at"), Type: model.Moment},
			text("user", a.p.T("cli.column.user")), text("action", a.p.T("cli.column.action")),
			text("field", a.p.T("cli.column.field")), text("old", a.p.T("cli.column.old")), text("new", a.p.T("cli.column.new")),
		}, Rows: table.Slice(rows...)})
	}}
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// historyColumn says the values of a field that changed: prices as sums, all
// else by what they are. The path of a field of a row has its place in it.
func historyColumn(k *model.Kind, path string) table.Column {
	names := strings.Split(path, ".")
	for len(names) > 2 {
		p := k.Part(names[0])
		if p == nil {
			return table.Column{}
		}
		k, names = p.Kind, names[2:]
	}
	if f := k.Field(names[0]); f != nil && f.Type == model.Price {
		return table.Column{Type: model.Price}
	}
	return table.Column{}
}
