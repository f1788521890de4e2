package imports

import (
	"context"
	"slices"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/table"
	"ugoda/store"
)

// WholeColumns are the columns of a table that comes in again: the fields that a
// file may bring.
func WholeColumns(k *model.Kind, role model.Role) []string {
	var out []string
	for _, f := range Fields(k, role) {
		out = append(out, f.Name)
	}
	return out
}

// gathered is how many records have their lines read together.
const gathered = 200

// Whole makes a table of records with those columns one that comes in again as it
// is: what a record points to is told by its number where several have the name,
// and each line has a row. The first line stands beside its record, the others
// below it say nothing of it, as an import reads them.
func Whole(s *store.Session, words *locale.Printer, k *model.Kind, t *table.Table) {
	over, part := linesOf(k)
	w := &whole{s: s, k: k, over: over, part: part, width: len(t.Columns)}
	for i := range t.Columns {
		f := k.Field(t.Columns[i].Name)
		if f != nil && f.Type != model.Link {
			f = nil
		}
		w.links = append(w.links, f)
	}
	rows := t.Rows
	t.Rows = func(ctx context.Context, yield func(table.Row) error) error { return w.rows(ctx, rows, yield) }
	if part == nil {
		return
	}
	add := func(of *model.Part, prefix string, f *model.Field) {
		path := prefix + of.Name + "." + f.Name
		c := table.Column{Name: path, Label: words.Kinds(of.Kind.Name) + " · " + words.Field(of.Kind.Name, f.Name), Type: f.Type}
		if f.Type == model.Choice {
			c.Words = map[string]string{}
			for _, v := range f.Values {
				c.Words[v] = words.Choice(of.Kind.Name, f.Name, v)
			}
		}
		t.Columns = append(t.Columns, c)
	}
	prefix := ""
	if over != nil {
		for _, f := range Fields(over.Kind, s.Role) {
			if f.Name != "number" {
				add(over, "", f)
				w.overs = append(w.overs, f)
			}
		}
		prefix = over.Name + "."
	}
	for _, f := range Fields(part.Kind, s.Role) {
		if f.Name != "number" {
			add(part, prefix, f)
			w.fields = append(w.fields, f)
		}
	}
	if t.Total != nil {
		t.Total = append(slices.Clone(t.Total), make([]any, len(t.Columns)-w.width)...)
	}
	t.Count = 0 // how many lines there are nobody knows
}

// whole writes records as they come in again.
type whole struct {
	s      *store.Session
	k      *model.Kind
	over   *model.Part    // nil: the lines are the record's own
	part   *model.Part    // nil: there are none
	links  []*model.Field // by the columns of the record; nil: none
	overs  []*model.Field
	fields []*model.Field
	width  int
	twins  map[string]map[string]bool // names that several records of a kind have
}

// rows hands on the rows of records with those of their lines between them.
func (w *whole) rows(ctx context.Context, rows table.Rows, yield func(table.Row) error) error {
	w.twins = map[string]map[string]bool{}
	for _, f := range append(slices.Clone(w.links), w.fields...) {
		if f == nil {
			continue
		}
		if err := w.findTwins(ctx, f); err != nil {
			return err
		}
	}
	var some []table.Row
	flush := func() error {
		ids := make([]int64, len(some))
		for i, r := range some {
			ids[i] = r.ID
		}
		records, err := w.s.GetAll(ctx, w.k.Name, ids)
		if err != nil {
			return err
		}
		byID := make(map[int64]model.Keeper, len(records))
		for _, rec := range records {
			byID[rec.Base().ID] = rec
		}
		for _, r := range some {
			if err := w.record(r, byID[r.ID], yield); err != nil {
				return err
			}
		}
		some = some[:0]
		return nil
	}
	err := rows(ctx, func(r table.Row) error {
		r.Cells = slices.Clone(r.Cells)
		for i := range r.Cells {
			if ref, ok := r.Cells[i].(model.Ref); ok {
				r.Cells[i] = w.told(w.links[i].To, ref)
			}
		}
		if w.part == nil {
			return yield(r)
		}
		if some = append(some, r); len(some) < gathered {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// record hands on one record; nil when it is there no longer.
func (w *whole) record(r table.Row, rec model.Keeper, yield func(table.Row) error) error {
	first := true
	line := func(owner, row any) error {
		cells := make([]any, w.width, w.width+len(w.overs)+len(w.fields))
		if first {
			copy(cells, r.Cells)
		}
		for _, f := range w.overs {
			cells = append(cells, w.cell(f, owner))
		}
		for _, f := range w.fields {
			cells = append(cells, w.cell(f, row))
		}
		first = false
		return yield(table.Row{ID: r.ID, Cells: cells})
	}
	lines := func(owner any, said any) error {
		for i := range w.part.Len(owner) {
			if err := line(said, w.part.At(owner, i)); err != nil {
				return err
			}
			said = nil // once
		}
		return nil
	}
	switch {
	case rec == nil:
	case w.over == nil:
		if err := lines(rec, nil); err != nil {
			return err
		}
	default:
		for i := range w.over.Len(rec) {
			owner := w.over.At(rec, i)
			if w.part.Len(owner) == 0 {
				if err := line(owner, nil); err != nil {
					return err
				}
				continue
			}
			if err := lines(owner, owner); err != nil {
				return err
			}
		}
	}
	if first {
		return line(nil, nil)
	}
	return nil
}

// cell is a field of a row as a file tells it; nil of no row.
func (w *whole) cell(f *model.Field, row any) any {
	if row == nil {
		return nil
	}
	value := f.Value(row)
	if l, ok := row.(*proposal.Line); ok && !l.Priced() && nought(value) {
		return nil // words have no figures
	}
	switch v := value.(type) {
	case string:
		if v == "" {
			return nil
		}
		return v
	case model.Ref:
		if v.ID == 0 {
			return nil
		}
		return w.told(f.To, v)
	default:
		return v
	}
}

// nought reports that a figure says nothing.
func nought(v any) bool { return v == int64(0) || v == model.Qty(0) || v == model.Percent(0) }

// told is a reference as a file tells it: by its number where the name alone
// would not say which.
func (w *whole) told(kind string, ref model.Ref) model.Ref {
	if w.twins[kind][ref.Name] && ref.Code != "" {
		ref.Name = ref.Code
	}
	return ref
}

// findTwins finds the names that several records have.
func (w *whole) findTwins(ctx context.Context, f *model.Field) error {
	to := w.s.Registry().Kind(f.To)
	if f.Type != model.Link || to == nil || to.Series == "" || to.Title[0] == "number" || w.twins[f.To] != nil {
		return nil
	}
	seen, twins := map[string]bool{}, map[string]bool{}
	w.twins[f.To] = twins
	return w.s.Each(ctx, store.Query{Kind: f.To, Columns: to.Title[:1]}, func(r store.Row) error {
		name, _ := r.Cells[0].(string)
		twins[name] = twins[name] || seen[name]
		seen[name] = true
		return nil
	})
}
