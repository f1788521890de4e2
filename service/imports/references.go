package imports

import (
	"errors"
	"fmt"
	"slices"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
)

var printers = []*locale.Printer{locale.New(locale.Ukrainian), locale.New(locale.English)}

// reference finds what a text of the file points to: by what a person said it
// means, by number, code or name; else it is created, where the plan allows,
// or noted as unknown.
func (r *runner) reference(f *model.Field, s string, cells []spreadsheet.Cell) (any, error) {
	name := r.p.alias(f.To, s)
	scope := f.To
	var process model.Ref
	if f.To == "stage" { // a stage is named within a process
		process = r.process()
		scope = fmt.Sprint(f.To, "/", process.ID)
	}
	key := scope + ":" + plain(name)
	if id, ok := r.known[key]; ok {
		return model.Ref{ID: id, Name: name}, nil
	}
	id, err := r.lookUp(f.To, name, process)
	if err == nil {
		r.known[key] = id
		return model.Ref{ID: id, Name: name}, nil
	}
	var missing *store.NotFound
	if !errors.As(err, &missing) {
		return nil, err
	}
	close, err := r.close(f.To, name)
	if err != nil {
		return nil, err
	}
	if len(close) == 0 && (slices.Contains(r.p.Create, f.To) || slices.Contains(r.p.Create, "*")) {
		id, err := r.make(f, name, process, cells)
		if err != nil {
			return nil, err
		}
		r.known[key] = id
		r.result.Made[f.To]++
		return model.Ref{ID: id, Name: name}, nil
	}
	u := r.unknown[key]
	if u == nil {
		u = &Unknown{Kind: f.To, Text: s, Close: close}
		r.unknown[key] = u
	}
	u.Rows++
	if len(close) > 0 {
		return nil, model.Refused(f.Name, "perhaps_meant", "value", s, "close", close[0].Name)
	}
	return nil, model.Refused(f.Name, "unknown_reference", "value", s)
}

// process is the process that deals of this import run on.
func (r *runner) process() model.Ref {
	if s := r.p.Constants["process"]; s != "" {
		if id, ok := r.known["process:"+plain(s)]; ok {
			return model.Ref{ID: id}
		}
		if id, err := r.b.Find(r.ctx, "process", s); err == nil {
			r.known["process:"+plain(s)] = id
			return model.Ref{ID: id}
		}
	}
	return model.Ref{}
}

func (r *runner) lookUp(kind, name string, process model.Ref) (int64, error) {
	if kind == "stage" && process.ID != 0 {
		rows, err := r.b.Page(r.ctx, store.Query{Kind: kind, Columns: []string{"name"}, Where: filter.And{
			filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(process.ID)}},
			filter.Cond{Path: "name", Op: filter.Eq, Values: []filter.Value{filter.String(name)}},
		}, Limit: 2})
		if err != nil {
			return 0, err
		}
		if len(rows) == 1 {
			return rows[0].ID, nil
		}
		return 0, &store.NotFound{Kind: kind, Name: name}
	}
	return r.b.Find(r.ctx, kind, name)
}

// close finds records whose names have the same letters as a name, otherwise
// spaced or punctuated: "GTXPro" is close to "GTX Pro".
func (r *runner) close(kind, name string) ([]model.Ref, error) {
	k := r.s.Registry().Kind(kind)
	rows, err := r.b.Page(r.ctx, store.Query{Kind: kind, Columns: []string{k.Title[0]}, Limit: 5000})
	if err != nil {
		return nil, err
	}
	want := plain(name)
	var out []model.Ref
	for _, row := range rows {
		if s, ok := row.Cells[0].(string); ok && plain(s) == want {
			out = append(out, model.Ref{ID: row.ID, Name: s})
		}
	}
	return out, nil
}

// make creates what a reference names, with what other columns say of it.
func (r *runner) make(f *model.Field, name string, process model.Ref, cells []spreadsheet.Cell) (int64, error) {
	k := r.s.Registry().Kind(f.To)
	rec, err := r.b.New(k.Name)
	if err != nil {
		return 0, err
	}
	if err := model.Assign(k.Field(k.Title[0]).Ptr(rec), name); err != nil {
		return 0, err
	}
	if f.To == "stage" {
		if err := model.Assign(k.Field("process").Ptr(rec), process); err != nil {
			return 0, err
		}
	}
	// first by itself, so that what it points to may point to it
	if err := r.b.Save(r.ctx, k.Name, rec); err != nil {
		return 0, err
	}
	id := rec.Base().ID
	r.known[f.To+":"+plain(name)] = id
	more := false
	for _, t := range r.columns {
		if t.below == nil || t.field != f || t.Index >= len(cells) || cells[t.Index].Kind == spreadsheet.Empty {
			continue
		}
		v, err := r.parse(target{Column: t.Column, field: t.below}, cells[t.Index], cells)
		if err != nil {
			return 0, err
		}
		if err := model.Assign(t.below.Ptr(rec), v); err != nil {
			return 0, err
		}
		more = true
	}
	if more {
		if err := r.b.Save(r.ctx, k.Name, rec); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// isGroup reports that a row has nothing but a name.
func (r *runner) isGroup(cells []spreadsheet.Cell) bool {
	full := 0
	for _, c := range cells {
		if c.Kind != spreadsheet.Empty {
			full++
		}
	}
	return full == 1 && r.k.Field("group") != nil
}

// group opens a group of the rows that follow; a group right below another is
// inside it.
func (r *runner) group(cells []spreadsheet.Cell, line int) error {
	var name string
	for _, c := range cells {
		if c.Kind != spreadsheet.Empty {
			name = c.Text
		}
	}
	if !r.wasGroup {
		r.groups = nil
	}
	r.wasGroup = true
	f := r.k.Field("group")
	k := r.s.Registry().Kind(f.To)
	key := f.To + ":" + plain(name)
	id, ok := r.known[key]
	if !ok {
		found, err := r.b.Find(r.ctx, f.To, name)
		var missing *store.NotFound
		switch {
		case err == nil:
			id = found
		case errors.As(err, &missing):
			rec := k.New()
			if err := model.Assign(k.Field("name").Ptr(rec), name); err != nil {
				return err
			}
			if len(r.groups) > 0 {
				if err := model.Assign(k.Field("parent").Ptr(rec), r.groups[len(r.groups)-1]); err != nil {
					return err
				}
			}
			if err := r.b.Save(r.ctx, f.To, rec); err != nil {
				_, err = r.bad(line, "", name, err)
				return err
			}
			id = rec.Base().ID
			r.result.Groups++
		default:
			return err
		}
		r.known[key] = id
	}
	r.groups = append(r.groups, model.Ref{ID: id, Name: name})
	return nil
}
