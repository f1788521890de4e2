package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"ugoda/exchange/record"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/store"
)

// stagesNamed asks for the stages of a process with a name.
func stagesNamed(process model.Ref, name string) store.Query {
	return store.Query{Kind: "stage", Columns: []string{"name"}, Limit: 2, Where: filter.And{
		filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(process.ID)}},
		filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(name)}},
	}}
}

// next is something that the record may do next, or why it may not.
type next struct {
	Action  string   `json:"action"`
	Label   string   `json:"label"`
	Allowed bool     `json:"allowed"`
	Why     []string `json:"why,omitempty"`
}

// showRecord answers with one record, its parts and what it may do next.
func (a *app) showRecord(ctx context.Context, s *store.Session, k *model.Kind, id int64, o *output) error {
	rec, err := s.Get(ctx, k.Name, id)
	if err != nil {
		return err
	}
	states, err := s.May(ctx, k.Name, rec)
	if err != nil {
		return err
	}
	var nexts []next
	for _, st := range states {
		n := next{Action: st.Action.Name, Label: a.p.Action(k.Name, st.Action.Name), Allowed: len(st.Problems) == 0}
		for _, p := range st.Problems {
			n.Why = append(n.Why, a.p.Problem(p))
		}
		nexts = append(nexts, n)
	}
	if o.format == "json" {
		data, err := record.Encode(s.Registry(), k, rec, s.Role)
		if err != nil {
			return err
		}
		actions, err := json.Marshal(nexts)
		if err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		data = append(data[:len(data)-1], append([]byte(`,"next":`), append(actions, '}')...)...)
		return a.json(o, data)
	}
	t := a.recordTable(s, k, rec)
	if o.format != "table" {
		return a.table(ctx, o, t)
	}
	return o.write(a.Stdout, func(w io.Writer) error {
		if err := plain(ctx, w, t, a.p); err != nil {
			return err
		}
		for _, n := range nexts {
			mark := "·"
			if !n.Allowed {
				mark = "×"
			}
			line := fmt.Sprintf("%s %s — %s", mark, n.Action, n.Label)
			if len(n.Why) > 0 {
				line += ": " + strings.Join(n.Why, "; ")
			}
			if _, err := fmt.Fprintln(w, line); err != nil {
				return err
			}
		}
		return nil
	})
}

// recordTable lists a record field by field, parts below.
func (a *app) recordTable(s *store.Session, k *model.Kind, rec model.Keeper) *table.Table {
	t := &table.Table{Kind: k.Name, Title: a.p.Kind(k.Name) + " " + k.TitleOf(rec), Columns: []table.Column{text("field", a.p.T("cli.column.field")), text("value", a.p.T("cli.column.value"))}}
	var rows []table.Row
	var add func(k *model.Kind, rec any, level int)
	add = func(k *model.Kind, rec any, level int) {
		for _, f := range k.Fields {
			if f.Computed || f.Type == model.Bytes || f.Hidden || !f.SeenBy(s.Role) {
				continue
			}
			col := table.Column{Type: f.Type}
			v := f.Value(rec)
			if f.Type == model.Choice {
				v = a.p.Choice(k.Name, f.Name, v.(string))
			}
			if words := col.Text(v, a.p); words != "" {
				rows = append(rows, table.Row{Level: level, Cells: []any{a.p.Field(k.Name, f.Name), words}})
			}
		}
		for _, p := range k.Parts {
			for i := range p.Len(rec) {
				rows = append(rows, table.Row{Level: level, Strong: true, Cells: []any{fmt.Sprintf("%s %d", a.p.Kind(p.Kind.Name), i+1), ""}})
				add(p.Kind, p.At(rec, i), level+1)
			}
		}
	}
	add(k, rec, 0)
	t.Rows = table.Slice(rows...)
	return t
}
