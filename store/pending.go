package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
)

// pendingUpdates are changes of records of one kind, in the same columns, that
// wait to be written together: one statement for many records takes a server a
// fraction of the time.
type pendingUpdates struct {
	plan    *plan
	columns []int // of the plan
	marked  bool  // whether a record is marked changes, too
	rows    []pendingUpdate
}

type pendingUpdate struct {
	values   []any // of the columns
	marked   bool
	version  int64 // as it was
	rec, old model.Keeper
}

// maxUpdates is how many changes wait at most before they are written.
const maxUpdates = 512

// deferUpdate lets a change of a record wait to be written. A version that
// somebody else changed meanwhile is found then.
func (w *work) deferUpdate(p *plan, rec, old model.Keeper) error {
	id := rec.Base().ID
	if w.updating[p][id] { // one after the other
		if err := w.flushUpdates(p); err != nil {
			return err
		}
	}
	x := pendingUpdate{marked: rec.Base().Marked, version: old.Base().Version, rec: rec, old: old}
	var columns []int
	for i := range p.columns {
		c := &p.columns[i]
		if p.differs(c, rec, old) {
			columns = append(columns, i)
			x.values = append(x.values, c.value(c.field.Value(rec), w.baseAmount(p, rec)))
		}
	}
	marked := rec.Base().Marked != old.Base().Marked
	at := slices.IndexFunc(w.updates, func(g *pendingUpdates) bool {
		return g.plan == p && g.marked == marked && slices.Equal(g.columns, columns)
	})
	if at < 0 {
		at = len(w.updates)
		w.updates = append(w.updates, &pendingUpdates{plan: p, columns: columns, marked: marked})
	}
	g := w.updates[at]
	g.rows = append(g.rows, x)
	if w.updating[p] == nil {
		w.updating[p] = map[int64]bool{}
	}
	w.updating[p][id] = true
	if len(g.rows) >= maxUpdates {
		return w.flushUpdates(p)
	}
	return nil
}

// flushUpdates writes the changes of a kind that wait; of all kinds when p is
// nil.
func (w *work) flushUpdates(p *plan) error {
	if len(w.updates) == 0 {
		return nil
	}
	var now []*pendingUpdates
	w.updates = slices.DeleteFunc(w.updates, func(g *pendingUpdates) bool {
		if p != nil && g.plan != p {
			return false
		}
		now = append(now, g)
		delete(w.updating, g.plan)
		return true
	})
	for _, g := range now {
		for rows := g.rows; len(rows) > 0; {
			n := 1
			for _, size := range []int{64, 8} { // few statements
				if len(rows) >= size {
					n = size
					break
				}
			}
			if err := w.writeUpdates(g, rows[:n]); err != nil {
				return fmt.Errorf("save %s: %w", g.plan.kind.Name, err)
			}
			rows = rows[n:]
		}
	}
	return nil
}

// writeUpdates writes some changes in one statement. The version guards against
// another writer.
func (w *work) writeUpdates(g *pendingUpdates, rows []pendingUpdate) error {
	query, args := g.statement(w.b.engine, rows)
	// The rows do not wait to be inserted: nothing has to be flushed.
	n, err := w.tx.Exec(w.ctx, query, args...)
	if err != nil {
		return err
	}
	if n == int64(len(rows)) {
		return nil
	}
	kind := g.plan.kind
	for _, x := range rows { // which of them somebody changed
		delete(w.cache[kind.Name], x.rec.Base().ID)
		theirs, err := w.get(kind.Name, x.rec.Base().ID)
		switch {
		case err != nil:
			return err
		case theirs == nil:
			return &NotFound{Kind: kind.Name, Name: fmt.Sprintf("#%d", x.rec.Base().ID)}
		case theirs.Base().Version != x.version+1:
			return w.conflict(kind, x.rec, theirs)
		}
	}
	return fmt.Errorf("%d of %d records were changed", n, len(rows))
}

// statement writes some changes as SQL: of one record as one would by hand, of
// several with a list of values beside the table.
func (g *pendingUpdates) statement(engine Engine, rows []pendingUpdate) (string, []any) {
	table := g.plan.table
	var b strings.Builder
	b.WriteString("UPDATE " + table + " SET ")
	if len(rows) == 1 {
		x := rows[0]
		args := slices.Clone(x.values)
		for _, i := range g.columns {
			b.WriteString(ident(g.plan.columns[i].name) + " = ?, ")
		}
		if g.marked { // nearly every index has a condition on it
			b.WriteString("marked = ?, ")
			args = append(args, x.marked)
		}
		b.WriteString("version = ? WHERE id = ? AND version = ?")
		return b.String(), append(args, x.version+1, x.rec.Base().ID, x.version)
	}
	types := []string{"BIGINT", "BIGINT"} // id, version
	set := func(name, sql string) {
		types = append(types, sql)
		b.WriteString(name + " = v.column" + strconv.Itoa(len(types)) + ", ")
	}
	for _, i := range g.columns {
		set(ident(g.plan.columns[i].name), g.plan.columns[i].serverType())
	}
	if g.marked {
		set("marked", "BOOLEAN")
	}
	b.WriteString("version = v.column2 + 1 FROM (VALUES (")
	for i, t := range types { // PostgreSQL takes the types of all rows from the first
		if i > 0 {
			b.WriteString(", ")
		}
		if engine == PostgreSQL {
			b.WriteString("CAST(? AS " + t + ")")
		} else {
			b.WriteString("?")
		}
	}
	b.WriteString(")" + strings.Repeat(", ("+marks(len(types))+")", len(rows)-1) + ") AS v WHERE " + table + ".id = v.column1 AND " + table + ".version = v.column2")
	args := make([]any, 0, len(rows)*len(types))
	for _, x := range rows {
		args = append(append(args, x.rec.Base().ID, x.version), x.values...)
		if g.marked {
			args = append(args, x.marked)
		}
	}
	return b.String(), args
}

// serverType is the type of a column on PostgreSQL.
func (c *column) serverType() string {
	if c.sql == "" { // the currency of an amount
		return "TEXT"
	}
	return strings.Fields(string(filled{engine: PostgreSQL}.fill([]byte(c.sql))))[0]
}
