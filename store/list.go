package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
)

// Order is one key of a sort.
type Order struct {
	Path string `json:"path"`
	Desc bool   `json:"desc,omitempty"`
}

// Query asks for records of a kind.
type Query struct {
	Kind    string
	Where   filter.Node // nil: all
	Search  string      // quick search: words in names, numbers, codes and addresses, digits of phones
	Columns []string    // paths: "client", "client.region.name", "amount_base", "days_in_stage"
	Sort    []Order     // nil: the kind's own; the id is always the last key
	Limit   int         // 0: none
	Bin     bool        // only marked records; otherwise only unmarked ones
	Batch   int64       // only records that this batch made or changed; 0: any
}

// Row is one record of a list. Cells are by Query.Columns: string, int64, bool,
// model.Money, Qty, Percent, Rate, Day, Ref or time.Time, or nil when empty.
type Row struct {
	ID    int64
	Cells []any
}

// columnsOf writes the columns of a list after those that stand there already.
func (q *selection) columns(paths []string, already []string) ([]string, []cell, error) {
	columns := already
	cells := make([]cell, len(paths))
	for i, path := range paths {
		more, c, err := q.cell(path)
		if err != nil {
			return nil, nil, err
		}
		columns, cells[i] = append(columns, more...), c
	}
	return columns, cells, nil
}

func readCells(cells []cell, raw []any) []any {
	out := make([]any, len(cells))
	at := 0
	for i, c := range cells {
		out[i] = c.read(raw[at : at+c.width])
		at += c.width
	}
	return out
}

// statement writes the whole of a list's SELECT.
func (q *selection) statement(columns []string, query Query, tail string) (string, error) {
	where, err := q.where(query)
	if err != nil {
		return "", err
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + q.plan.table + " t" + q.joins.String() + where + tail, nil
}

// Page reads the first rows of a list.
func (s *Session) Page(ctx context.Context, q Query) ([]Row, error) {
	return s.page(ctx, pool{s.base}, q)
}

// page finds out first which rows they are, by what the filter and the sort
// need, and then reads those few: an engine that sorts would work every column
// out for all the rows that it sorts.
func (s *Session) page(ctx context.Context, ask asker, q Query) ([]Row, error) {
	if q.Limit > 0 && !q.byID(s.base.registry) {
		bare := q
		bare.Columns = nil
		ids, err := s.ids(ctx, ask, bare)
		if err != nil {
			return nil, err
		}
		return s.rows(ctx, ask, q, ids)
	}
	var out []Row
	err := s.each(ctx, ask, q, func(r Row) error {
		out = append(out, r)
		return nil
	})
	return out, err
}

// Each hands over all rows of a list in order, as they come: for an export.
func (s *Session) Each(ctx context.Context, q Query, f func(Row) error) error {
	return s.each(ctx, pool{s.base}, q, f)
}

func (s *Session) each(ctx context.Context, ask asker, q Query, f func(Row) error) error {
	p, err := s.plan(q.Kind)
	if err != nil {
		return err
	}
	sel := s.selection(p)
	columns, cells, err := sel.columns(q.Columns, []string{"t.id"})
	if err != nil {
		return err
	}
	order, err := sel.order(q.Sort)
	if err != nil {
		return err
	}
	statement, err := sel.statement(columns, q, order)
	if err != nil {
		return err
	}
	if q.Limit > 0 {
		statement += " LIMIT " + sel.arg(int64(q.Limit))
	}
	err = each(ctx, ask, statement, sel.args, func(raw []any) error {
		id, _ := raw[0].(int64)
		return f(Row{id, readCells(cells, raw[1:])})
	})
	if err != nil {
		return fmt.Errorf("list %s: %w", q.Kind, s.base.explain(err))
	}
	return nil
}

// byID reports whether a list is in the order of ids, which needs no sorting.
func (q *Query) byID(r *model.Registry) bool {
	sort := q.Sort
	if k := r.Kind(q.Kind); sort == nil && k != nil {
		sort = parseOrder(k.Sort)
	}
	return len(sort) == 0 || sort[0].Path == "id"
}

// IDs reads the ids of a whole list in its order.
func (s *Session) IDs(ctx context.Context, q Query) ([]int64, error) {
	q.Columns = nil
	return s.ids(ctx, pool{s.base}, q)
}

// ids asks for all ids as one text: a million rows one by one would take the
// driver longer than the engine.
func (s *Session) ids(ctx context.Context, ask asker, q Query) ([]int64, error) {
	p, err := s.plan(q.Kind)
	if err != nil {
		return nil, err
	}
	sel := s.selection(p)
	order, err := sel.order(q.Sort)
	if err != nil {
		return nil, err
	}
	statement, err := sel.statement([]string{"t.id AS id"}, q, order)
	if err != nil {
		return nil, err
	}
	if q.Limit > 0 {
		statement += " LIMIT " + sel.arg(int64(q.Limit))
	}
	var text string
	err = each(ctx, ask, "SELECT STRING_AGG(CAST(x.id AS TEXT), ',') FROM ("+statement+") x", sel.args, func(raw []any) error {
		text, _ = raw[0].(string)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", q.Kind, s.base.explain(err))
	}
	return parseIDs(text), nil
}

// parseIDs reads ids that stand in a row with commas.
func parseIDs(text string) []int64 {
	if text == "" {
		return nil
	}
	out := make([]int64, 0, strings.Count(text, ",")+1)
	n, minus := int64(0), false
	for i := range len(text) {
		switch c := text[i]; {
		case c == ',':
			if minus {
				n = -n
			}
			out = append(out, n)
			n, minus = 0, false
		case c == '-':
			minus = true
		default:
			n = 10*n + int64(c-'0')
		}
	}
	if minus {
		n = -n
	}
	return append(out, n)
}

// Rows reads records by their ids, in the order of ids; those that are no
// longer there are left out. Of the query only kind and columns count.
func (s *Session) Rows(ctx context.Context, q Query, ids []int64) ([]Row, error) {
	return s.rows(ctx, pool{s.base}, q, ids)
}

func (s *Session) rows(ctx context.Context, ask asker, q Query, ids []int64) ([]Row, error) {
	p, err := s.plan(q.Kind)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]Row, len(ids))
	for some := range slices.Chunk(ids, chunk) {
		sel := s.selection(p)
		columns, cells, err := sel.columns(q.Columns, []string{"t.id"})
		if err != nil {
			return nil, err
		}
		args := padded(some)
		statement := "SELECT " + strings.Join(columns, ", ") + " FROM " + p.table + " t" + sel.joins.String() + " WHERE t.id IN (" + marks(len(args)) + ")"
		err = each(ctx, ask, statement, append(sel.args, args...), func(raw []any) error {
			id, _ := raw[0].(int64)
			found[id] = Row{id, readCells(cells, raw[1:])}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read rows of %s: %w", q.Kind, s.base.explain(err))
		}
	}
	out := make([]Row, 0, len(ids))
	for _, id := range ids {
		if r, ok := found[id]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// Totals are what a list comes to. Sums are by path: model.Money in the base
// currency, model.Qty, or int64.
type Totals struct {
	Count int64
	Sums  map[string]any
}

// Group is the part of a list with one value of a field.
type Group struct {
	Value any       // as a cell; of days put together, the first of them
	Days  span.Span // the days put together; none elsewhere
	Count int64
	Sums  map[string]any
}

// summed are the columns of a query that are added up: those described so and
// seen, or all such fields of the kind when it names no columns.
func (q *selection) summed(query Query) ([]*model.Field, error) {
	var out []*model.Field
	q.base = q.s.BaseCurrency()
	for _, f := range q.plan.kind.Fields {
		if f.Summed && q.s.Sees(f) && (query.Columns == nil || slices.Contains(query.Columns, f.Name)) {
			out = append(out, f)
		}
	}
	return out, nil
}

// sumOf is the expression that a field adds up.
func (q *selection) sumOf(f *model.Field) (string, error) {
	if f.Type == model.Amount && !f.Computed {
		return "t." + f.Name + "_base", nil
	}
	return q.value(place{path: f.Name, kind: q.plan.kind, field: f, alias: "t"})
}

func (q *selection) sum(f *model.Field, raw any) any {
	n, _ := raw.(int64)
	switch f.Type {
	case model.Amount, model.Price:
		return model.Money{Minor: n, Currency: q.base}
	case model.Quantity:
		return model.Qty(n)
	}
	return n
}

// Totals counts a list and adds up its summed columns.
func (s *Session) Totals(ctx context.Context, q Query) (Totals, error) {
	p, err := s.plan(q.Kind)
	if err != nil {
		return Totals{}, err
	}
	sel := s.selection(p)
	fields, err := sel.summed(q)
	if err != nil {
		return Totals{}, err
	}
	columns := []string{"COUNT(*)"}
	for _, f := range fields {
		v, err := sel.sumOf(f)
		if err != nil {
			return Totals{}, err
		}
		columns = append(columns, "CAST(COALESCE(SUM("+v+"), 0) AS BIGINT)")
	}
	statement, err := sel.statement(columns, q, "")
	if err != nil {
		return Totals{}, err
	}
	out := Totals{Sums: map[string]any{}}
	err = each(ctx, pool{s.base}, statement, sel.args, func(raw []any) error {
		out.Count, _ = raw[0].(int64)
		for i, f := range fields {
			out.Sums[f.Name] = sel.sum(f, raw[1+i])
		}
		return nil
	})
	if err != nil {
		return Totals{}, fmt.Errorf("count %s: %w", q.Kind, s.base.explain(err))
	}
	return out, nil
}

// Count counts a list.
func (s *Session) Count(ctx context.Context, q Query) (int64, error) {
	q.Columns = []string{} // no sums
	t, err := s.Totals(ctx, q)
	return t.Count, err
}

// Groups counts a list and adds up its summed columns by the values of a
// field, in the order of that field; or by the months, quarters or years of a
// day, as span.By writes them. Moments are put together by the days on which
// they were where the program runs, or by the months and so on of those.
func (s *Session) Groups(ctx context.Context, q Query, by string) ([]Group, error) {
	path, unit := span.CutBy(by)
	groups, moments, err := s.groupsOf(ctx, q, path)
	if err != nil || unit == span.OfDays && !moments {
		return groups, err
	}
	return together(groups, unit), nil
}

// together puts groups of days together; they come in the order of their days,
// those without one last.
func together(groups []Group, unit span.Unit) []Group {
	var out []Group
	for _, g := range groups {
		day, ok := g.Value.(model.Day)
		if !ok || day == 0 {
			out = append(out, g)
			continue
		}
		g.Days = unit.Of(day)
		g.Value = g.Days.From
		last := len(out) - 1
		if last < 0 || out[last].Days != g.Days {
			out = append(out, g)
			continue
		}
		out[last].Count += g.Count
		for name, v := range g.Sums {
			out[last].Sums[name] = plus(out[last].Sums[name], v)
		}
	}
	return out
}

// plus adds two sums of one field.
func plus(a, b any) any {
	switch a := a.(type) {
	case model.Money:
		if b, ok := b.(model.Money); ok {
			a.Minor += b.Minor
		}
		return a
	case model.Qty:
		if b, ok := b.(model.Qty); ok {
			a += b
		}
		return a
	case int64:
		if b, ok := b.(int64); ok {
			a += b
		}
		return a
	}
	return b
}

// quarterHour is what SQL puts moments together by, in microseconds: midnight of
// every zone of the world is the edge of one.
const quarterHour = 15 * 60 * 1_000_000

// groupsOf are the groups of a list by the values of a field; of moments by the
// days of quarters of an hour, a day more than once.
func (s *Session) groupsOf(ctx context.Context, q Query, by string) (out []Group, moments bool, err error) {
	p, err := s.plan(q.Kind)
	if err != nil {
		return nil, false, err
	}
	sel := s.selection(p)
	at, err := sel.resolve(by)
	if err != nil {
		return nil, false, err
	}
	values, c, err := sel.cell(by)
	if err != nil {
		return nil, false, err
	}
	key, _, err := sel.sortKey(at)
	if err != nil {
		return nil, false, err
	}
	if moments = at.field.Type == model.Moment; moments {
		key = fmt.Sprintf("%s / %d", key, int64(quarterHour))
		values = []string{key}
		c = cell{1, func(raw []any) any {
			n, ok := raw[0].(int64)
			if !ok {
				return nil
			}
			return model.DayOf(time.UnixMicro(n * quarterHour))
		}}
	}
	fields, err := sel.summed(q)
	if err != nil {
		return nil, false, err
	}
	var inner, group, outer []string
	for i, v := range values {
		name := fmt.Sprintf("g%d", i)
		inner, group, outer = append(inner, v+" AS "+name), append(group, "x."+name), append(outer, "x."+name)
	}
	inner, group = append(inner, key+" AS k"), append(group, "x.k")
	outer = append(outer, "COUNT(*)")
	for i, f := range fields {
		v, err := sel.sumOf(f)
		if err != nil {
			return nil, false, err
		}
		inner = append(inner, fmt.Sprintf("%s AS s%d", v, i))
		outer = append(outer, fmt.Sprintf("CAST(COALESCE(SUM(x.s%d), 0) AS BIGINT)", i))
	}
	from, err := sel.statement(inner, q, "")
	if err != nil {
		return nil, false, err
	}
	statement := "SELECT " + strings.Join(outer, ", ") + " FROM (" + from + ") x GROUP BY " + strings.Join(group, ", ") +
		" ORDER BY x.k NULLS LAST, x.g0 NULLS LAST"
	err = each(ctx, pool{s.base}, statement, sel.args, func(raw []any) error {
		g := Group{Value: c.read(raw[:c.width]), Sums: map[string]any{}}
		g.Count, _ = raw[c.width].(int64)
		for i, f := range fields {
			g.Sums[f.Name] = sel.sum(f, raw[c.width+1+i])
		}
		out = append(out, g)
		return nil
	})
	if err != nil {
		return nil, false, fmt.Errorf("group %s by %s: %w", q.Kind, by, s.base.explain(err))
	}
	return out, moments, nil
}
