package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/model"
)

// asker answers questions: a transaction, or the pool that reads.
type asker interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// pool asks outside of transactions.
type pool struct{ base *Base }

// Query asks the base.
func (p pool) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.base.read.DB.QueryContext(ctx, p.base.rebind(query), args...)
}

// loader reads the records of a kind, or the rows of a part, with the names of
// what they refer to.
type loader struct {
	plan    *plan
	columns string // to select
	joins   string
	titles  []int // of each field: how many columns of names follow a link's id
}

// loaderOf writes the selection of a plan. The table is t, the tables of links
// are j0, j1….
func loaderOf(p *plan, r *model.Registry) *loader {
	l := &loader{plan: p}
	var columns, joins []string
	if p.owner == nil {
		columns = []string{"t.id", "t.version", "t.marked"}
	} else {
		columns = []string{"t.id", "t.owner_id", "t.position"}
	}
	for i, f := range p.fields {
		for _, c := range f.Columns() {
			columns = append(columns, "t."+ident(c))
		}
		n := 0
		if f.Type == model.Link {
			to := r.Kind(f.To)
			alias := fmt.Sprintf("j%d", i)
			columns = append(columns, alias+".number")
			names := titleColumns(to)
			for _, name := range names {
				columns = append(columns, alias+"."+ident(name))
			}
			n = 1 + len(names)
			joins = append(joins, " LEFT JOIN "+ident(to.Table)+" "+alias+" ON "+alias+".id = t."+ident(f.Columns()[0]))
		}
		l.titles = append(l.titles, n)
	}
	l.columns, l.joins = strings.Join(columns, ", "), strings.Join(joins, "")
	return l
}

// fill gives a record or row the values of a line of the selection, from the
// fourth column on.
func (l *loader) fill(rec any, raw []any) error {
	at := 0
	for i, f := range l.plan.fields {
		v := decode(f.Type, raw[at])
		at++
		switch f.Type {
		case model.Amount:
			currency, _ := raw[at].(string)
			at++
			m := v.(model.Money)
			m.Currency = currency
			v = m
		case model.Link:
			ref := v.(model.Ref)
			if ref.ID != 0 {
				ref = named(ref.ID, raw[at:at+l.titles[i]])
			}
			at += l.titles[i]
			v = ref
		}
		if err := model.Assign(f.Ptr(rec), v); err != nil {
			return fmt.Errorf("read %s.%s: %w", l.plan.kind.Name, f.Name, err)
		}
	}
	return nil
}

// named makes a reference of an id and of the columns of code and name.
func named(id int64, raw []any) model.Ref {
	ref := model.Ref{ID: id}
	ref.Code, _ = raw[0].(string)
	for _, x := range raw[1:] {
		if s, _ := x.(string); s != "" {
			if ref.Name != "" {
				ref.Name += " "
			}
			ref.Name += s
		}
	}
	return ref
}

// scanner reads rows into reused memory.
type scanner struct {
	raw  []any
	into []any
}

func newScanner(n int) *scanner {
	s := &scanner{raw: make([]any, n), into: make([]any, n)}
	for i := range s.raw {
		s.into[i] = &s.raw[i]
	}
	return s
}

func (s *scanner) scan(rows *sql.Rows) error {
	clear(s.raw)
	return rows.Scan(s.into...)
}

// chunk is how many ids one statement names. Lists of ids are padded to few
// lengths by repeating the last, so that there are few statements.
const chunk = 200

func padded(ids []int64) []any {
	n := 1
	for _, size := range []int{1, 8, 40, chunk} {
		n = size
		if len(ids) <= size {
			break
		}
	}
	out := make([]any, n)
	for i := range out {
		out[i] = ids[min(i, len(ids)-1)]
	}
	return out
}

func marks(n int) string { return "?" + strings.Repeat(", ?", n-1) }

// load reads records with their parts, in the order of ids; those that are not
// there are left out.
func (b *Base) load(ctx context.Context, q asker, kind string, ids []int64) ([]model.Keeper, error) {
	p := b.plans[kind]
	if p == nil {
		return nil, fmt.Errorf("no kind %q", kind)
	}
	found := make(map[int64]model.Keeper, len(ids))
	for some := range slices.Chunk(ids, chunk) {
		if err := b.loadChunk(ctx, q, p, some, found); err != nil {
			return nil, fmt.Errorf("read %s: %w", kind, b.explain(err))
		}
	}
	out := make([]model.Keeper, 0, len(found))
	for _, id := range ids {
		if rec := found[id]; rec != nil {
			out = append(out, rec)
		}
	}
	return out, nil
}

func (b *Base) loadChunk(ctx context.Context, q asker, p *plan, ids []int64, found map[int64]model.Keeper) error {
	l := b.loaders[p]
	args := padded(ids)
	query := "SELECT " + l.columns + " FROM " + p.table + " t" + l.joins + " WHERE t.id IN (" + marks(len(args)) + ")"
	owners := make(map[int64]any, len(ids))
	err := each(ctx, q, query, args, func(raw []any) error {
		rec := p.kind.New()
		base := rec.Base()
		base.ID, _ = raw[0].(int64)
		base.Version, _ = raw[1].(int64)
		base.Marked = decode(model.Bool, raw[2]).(bool)
		found[base.ID], owners[base.ID] = rec, rec
		return l.fill(rec, raw[3:])
	})
	if err != nil {
		return err
	}
	return b.loadParts(ctx, q, p, owners)
}

// loadParts reads the rows of all parts of some owners, one query for each
// part, level by level.
func (b *Base) loadParts(ctx context.Context, q asker, p *plan, owners map[int64]any) error {
	if len(owners) == 0 {
		return nil
	}
	ids := make([]int64, 0, len(owners))
	for id := range owners {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, x := range p.parts {
		l := b.loaders[x]
		for some := range slices.Chunk(ids, chunk) {
			args := padded(some)
			query := "SELECT " + l.columns + " FROM " + x.table + " t" + l.joins +
				" WHERE t.owner_id IN (" + marks(len(args)) + ") ORDER BY t.owner_id, t.position"
			err := each(ctx, q, query, args, func(raw []any) error {
				owner, _ := raw[1].(int64)
				row := x.part.Add(owners[owner])
				*rowID(row), _ = raw[0].(int64)
				return l.fill(row, raw[3:])
			})
			if err != nil {
				return err
			}
		}
		if len(x.parts) == 0 {
			continue
		}
		rows := map[int64]any{}
		for _, owner := range owners {
			for i := range x.part.Len(owner) {
				row := x.part.At(owner, i)
				rows[*rowID(row)] = row
			}
		}
		if err := b.loadParts(ctx, q, x, rows); err != nil {
			return err
		}
	}
	return nil
}

// rowID is where the id of a part's row stands.
func rowID(row any) *int64 { return &row.(interface{ Base() *model.Row }).Base().ID }

// each runs a query and hands over its rows; raw is reused.
func each(ctx context.Context, q asker, query string, args []any, f func(raw []any) error) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	s := newScanner(len(columns))
	for rows.Next() {
		if err := s.scan(rows); err != nil {
			return err
		}
		if err := f(s.raw); err != nil {
			return err
		}
	}
	return rows.Err()
}

// clone is a record that shares nothing with another.
func clone(k *model.Kind, rec model.Keeper) model.Keeper {
	out := k.New()
	overwrite(k, out, rec)
	return out
}

// overwrite makes a record equal to another of its kind, sharing nothing.
func overwrite(k *model.Kind, to, from model.Keeper) {
	*to.Base() = *from.Base()
	copyFields(k, to, from)
}

func copyFields(k *model.Kind, to, from any) {
	for _, f := range k.Fields {
		if f.Computed {
			continue
		}
		copyValue(f.Ptr(to), f.Ptr(from))
	}
	for _, p := range k.Parts {
		p.Truncate(to, 0)
		for i := range p.Len(from) {
			copyFields(p.Kind, p.Add(to), p.At(from, i))
		}
	}
}

func copyValue(to, from any) {
	switch to := to.(type) {
	case *string:
		*to = *from.(*string)
	case *int64:
		*to = *from.(*int64)
	case *bool:
		*to = *from.(*bool)
	case *model.Money:
		*to = *from.(*model.Money)
	case *model.Qty:
		*to = *from.(*model.Qty)
	case *model.Percent:
		*to = *from.(*model.Percent)
	case *model.Rate:
		*to = *from.(*model.Rate)
	case *model.Day:
		*to = *from.(*model.Day)
	case *time.Time:
		*to = *from.(*time.Time)
	case *model.Ref:
		*to = *from.(*model.Ref)
	case *[]byte:
		*to = slices.Clone(*from.(*[]byte))
	}
}
