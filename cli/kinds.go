package cli

import (
	"github.com/spf13/cobra"

	"ugoda/model"
	"ugoda/model/table"
)

// text is a column of text.
func text(name, label string) table.Column {
	return table.Column{Name: name, Label: label, Type: model.Text}
}

func (a *app) kinds() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "kinds", Short: a.p.T("cli.kinds"), Args: words(0, 0), RunE: func(c *cobra.Command, _ []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		var rows []table.Row
		for _, k := range a.opts.Registry.Kinds() {
			rows = append(rows, table.Row{Cells: []any{k.Name, a.p.Kinds(k.Name)}})
		}
		return a.table(c.Context(), &o, &table.Table{Kind: "kinds", Columns: []table.Column{text("kind", a.p.T("cli.column.kind")), text("label", a.p.T("cli.column.label"))}, Rows: table.Slice(rows...)})
	}}
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

func (a *app) fields() *cobra.Command {
	var o output
	c := &cobra.Command{Use: "fields KIND", Short: a.p.T("cli.fields"), Args: words(1, 1), RunE: func(c *cobra.Command, args []string) error {
		if err := o.choose("table", "csv", "json", "xlsx"); err != nil {
			return err
		}
		k, err := a.kind(args[0])
		if err != nil {
			return err
		}
		rows := a.describe(nil, k, "")
		for _, act := range k.Actions {
			asks := ""
			for i, q := range act.Asks {
				if i > 0 {
					asks += " "
				}
				asks += q.Name + "=" + q.Type.String()
				if q.To != "" {
					asks += ":" + q.To
				}
			}
			rows = append(rows, table.Row{Cells: []any{act.Name, "action", asks, a.p.Action(k.Name, act.Name)}})
		}
		return a.table(c.Context(), &o, &table.Table{Kind: "fields", Columns: []table.Column{
			text("name", a.p.T("cli.column.name")), text("type", a.p.T("cli.column.type")), text("details", a.p.T("cli.column.details")), text("label", a.p.T("cli.column.label")),
		}, Rows: table.Slice(rows...)})
	}}
	o.flags(c, a, "table|csv|json|xlsx")
	return c
}

// describe lists the fields of a kind and of its parts.
func (a *app) describe(rows []table.Row, k *model.Kind, prefix string) []table.Row {
	for _, f := range k.Fields {
		details := f.To
		for _, v := range f.Values {
			if details != "" {
				details += "|"
			}
			details += v
		}
		for _, flag := range []struct {
			on   bool
			word string
		}{{f.Required, "required"}, {f.ReadOnly, "read-only"}, {f.Computed, "computed"}, {f.Unique, "unique"}} {
			if flag.on {
				if details != "" {
					details += " "
				}
				details += flag.word
			}
		}
		rows = append(rows, table.Row{Cells: []any{prefix + f.Name, f.Type.String(), details, a.p.Field(k.Name, f.Name)}})
	}
	for _, p := range k.Parts {
		rows = append(rows, table.Row{Cells: []any{prefix + p.Name, "part", "", a.p.Kinds(p.Kind.Name)}})
		rows = a.describe(rows, p.Kind, prefix+p.Name+".")
	}
	return rows
}
