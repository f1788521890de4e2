package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"ugoda/model"
)

// work is what one transaction does: records that it read, rows that it is
// about to insert, and the world as rules see it. Outside of a transaction
// (tx is nil) it only reads.
type work struct {
	ctx   context.Context
	s     *Session
	b     *Base
	tx    *Tx
	clock time.Time // the moment of everything that is written
	today model.Day
	// imported says that days come from a file, not from the clock.
	imported bool

	cache   map[string]map[int64]model.Keeper // as stored, never handed out for changing
	cached  int
	refs    map[string]map[int64]model.Ref // names of records that are known to be there
	answers map[question]any
	rates   *rates
	stale   bool // rates were changed

	pending  map[string]*pendingRows
	order    []*pendingRows
	updates  []*pendingUpdates
	updating map[*plan]map[int64]bool // whose records' changes wait
	ids      map[string]*idBlock
	series   map[seriesKey]*seriesState
	typed    map[typedNumber]bool
	batch    *batchWork
	held     map[int64]bool      // proposals that nobody else bills until the end
	quiet    bool                // no intervals are written
	trial    bool                // all of it will be taken back
	writes   int                 // how many records were written or about to be
	open     map[int64]*interval // deals' intervals that are not written yet, by deal: the last of each
	unsaved  []*interval
	closings []closing          // intervals that end, not written yet
	rewinds  []rewound          // deals whose intervals go back, not written yet
	standing map[int64]standing // of deals about to be changed: the interval that holds
	bases    map[int64]int64    // and the amount in the base currency as stored
	failed   error              // the first error behind an answer to a rule
}

func (s *Session) newWork(ctx context.Context, tx *Tx) *work {
	return &work{
		ctx: ctx, s: s, b: s.base, tx: tx, clock: s.base.now().UTC().Truncate(time.Microsecond), today: s.Today(),
		cache: map[string]map[int64]model.Keeper{}, refs: map[string]map[int64]model.Ref{}, answers: map[question]any{},
		pending: map[string]*pendingRows{}, updating: map[*plan]map[int64]bool{}, standing: map[int64]standing{}, bases: map[int64]int64{}, ids: map[string]*idBlock{},
		series: map[seriesKey]*seriesState{}, typed: map[typedNumber]bool{}, open: map[int64]*interval{},
	}
}

// write runs f in one transaction and then writes what it left pending.
func (s *Session) write(ctx context.Context, f func(w *work) error) error {
	var stale bool
	err := s.base.Write(ctx, func(tx *Tx) error {
		w := s.newWork(ctx, tx)
		if err := f(w); err != nil {
			return err
		}
		if err := w.flush(); err != nil {
			return err
		}
		if err := w.keepNumbers(); err != nil {
			return err
		}
		stale = w.stale
		return w.failed
	})
	if stale {
		s.base.forgetRates()
	}
	return err
}

// Query asks within the transaction, after writing what is pending in the
// tables that the question names.
func (w *work) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if w.tx == nil {
		return pool{w.b}.Query(ctx, query, args...)
	}
	if err := w.flushFor(query); err != nil {
		return nil, err
	}
	return w.tx.Query(ctx, query, args...)
}

// one asks for one row; found is false when there is none.
func (w *work) one(query string, args []any, into ...any) (found bool, err error) {
	rows, err := w.Query(w.ctx, query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	if err := rows.Scan(into...); err != nil {
		return false, err
	}
	return true, rows.Close()
}

// exec changes the base after writing what is pending in the tables that the
// statement names.
func (w *work) exec(query string, args ...any) (int64, error) {
	if err := w.flushFor(query); err != nil {
		return 0, err
	}
	return w.tx.Exec(w.ctx, query, args...)
}

// maxCached is how many records a transaction remembers before it forgets all.
const maxCached = 50_000

// remember keeps a stored record for rules and for later saves.
func (w *work) remember(kind string, rec model.Keeper) {
	if w.cached >= maxCached {
		clear(w.cache)
		w.cached = 0
	}
	of := w.cache[kind]
	if of == nil {
		of = map[int64]model.Keeper{}
		w.cache[kind] = of
	}
	of[rec.Base().ID] = rec
	w.cached++
}

// get gives a record as it is stored, nil when there is none. It is shared: to
// be read only.
func (w *work) get(kind string, id int64) (model.Keeper, error) {
	if rec := w.cache[kind][id]; rec != nil {
		return rec, nil
	}
	if id == 0 {
		return nil, nil
	}
	found, err := w.b.load(w.ctx, w, kind, []int64{id})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	w.remember(kind, found[0])
	return found[0], nil
}

// prefetch reads many records at once that are about to be changed.
func (w *work) prefetch(kind string, ids []int64) error {
	var missing []int64
	for _, id := range ids {
		if w.cache[kind][id] == nil {
			missing = append(missing, id)
		}
	}
	found, err := w.b.load(w.ctx, w, kind, missing)
	for _, rec := range found {
		w.remember(kind, rec)
	}
	return err
}

// name gives a reference its code and name; found is false when there is no
// such record.
func (w *work) name(kind string, id int64) (ref model.Ref, found bool, err error) {
	if ref, ok := w.refs[kind][id]; ok {
		return ref, true, nil
	}
	p, err := w.s.plan(kind)
	if err != nil {
		return ref, false, err
	}
	if rec := w.cache[kind][id]; rec != nil {
		ref, found = model.Ref{ID: id, Code: rec.Base().Number, Name: p.kind.TitleOf(rec)}, true
	} else {
		query := "SELECT id, number"
		for _, c := range titleColumns(p.kind) {
			query += ", " + ident(c)
		}
		err = each(w.ctx, w, query+" FROM "+p.table+" WHERE id = ?", []any{id}, func(raw []any) error {
			ref, found = named(id, raw[1:]), true
			return nil
		})
		if err != nil || !found {
			return ref, false, err
		}
	}
	w.learn(kind, ref)
	return ref, true, nil
}

func (w *work) learn(kind string, ref model.Ref) {
	of := w.refs[kind]
	if of == nil || len(of) > maxCached {
		of = map[int64]model.Ref{}
		w.refs[kind] = of
	}
	of[ref.ID] = ref
}

// inBase converts an amount into the base currency at a rate, or at that of
// today where it is 0.
func (w *work) inBase(m model.Money, rate model.Rate) (int64, bool, error) {
	if m.Minor == 0 {
		return 0, true, nil
	}
	if rate == 0 {
		var ok bool
		var err error
		if rate, ok, err = w.rate(m.Currency, w.today); err != nil || !ok {
			return 0, false, err
		}
	}
	n, err := model.Convert(m.Minor, rate)
	return n, true, err
}

func (w *work) rate(currency string, on model.Day) (model.Rate, bool, error) {
	if w.rates == nil {
		var err error
		if w.stale {
			w.rates, err = w.b.readRates(w.ctx, w)
		} else {
			w.rates, err = w.b.exchange(w.ctx, w)
		}
		if err != nil {
			return 0, false, fmt.Errorf("read exchange rates: %w", err)
		}
	}
	rate, ok := w.rates.on(currency, on)
	return rate, ok, nil
}

// idBlock are ids of a table that nobody else will take.
type idBlock struct{ next, end int64 }

// newID takes an id before the row is inserted, so that rows can be inserted
// many at once and refer to each other. On SQLite the transaction is the only
// writer; on PostgreSQL the table's sequence gives them, more at a time the
// more are taken.
func (w *work) newID(table string) (int64, error) {
	block := w.ids[table]
	if block == nil || block.next == block.end {
		size := int64(1)
		if block != nil {
			size = 256
		}
		if block == nil {
			block = &idBlock{}
			w.ids[table] = block
		}
		var err error
		if w.b.engine == SQLite {
			_, err = w.one("SELECT COALESCE(MAX(id), 0) + 1 FROM "+table, nil, &block.next)
			block.end = 1 << 62
		} else {
			block.next, block.end, err = w.sequence(table, size)
		}
		if err != nil {
			return 0, fmt.Errorf("take an id of %s: %w", table, err)
		}
	}
	block.next++
	return block.next - 1, nil
}

// sequence takes consecutive ids. Another writer may take some in between, so
// only the run from the last one back is used.
func (w *work) sequence(table string, size int64) (next, end int64, err error) {
	first := int64(-1)
	last := int64(-1)
	query := `SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, CAST(? AS BIGINT))`
	err = each(w.ctx, w, query, []any{table, size}, func(raw []any) error {
		n, ok := raw[0].(int64)
		if !ok {
			return errors.New("the sequence gave no number")
		}
		if first < 0 || n != last+1 {
			first = n
		}
		last = n
		return nil
	})
	return first, last + 1, err
}

// pendingRows are rows of one table that wait to be inserted together.
type pendingRows struct {
	table string
	head  string // INSERT INTO … VALUES
	marks string // of one row
	width int
	args  []any
	at    map[int64]int // of records: where the values of each begin
}

// maxPending is how many values wait at most before they are written.
const maxPending = 12_000

// insert adds a row to those that wait.
func (w *work) insert(table, columns string, values ...any) error {
	p := w.pending[table]
	if p == nil {
		p = &pendingRows{table: table, head: "INSERT INTO " + table + " (" + columns + ") VALUES ", marks: "(" + marks(len(values)) + ")", width: len(values)}
		w.pending[table] = p
		w.order = append(w.order, p)
	}
	p.args = append(p.args, values...)
	if len(p.args) > maxPending {
		return w.writeRows(p)
	}
	return nil
}

// flush writes all rows that wait: in runs of few lengths, so that there are
// few statements.
func (w *work) flush() error {
	if err := w.flushFunnel(); err != nil {
		return err
	}
	if err := w.flushRows(); err != nil {
		return err
	}
	return w.flushUpdates(nil)
}

// flushFor writes the rows that a statement may ask for or change: those of the
// tables that it names. The others go on waiting, so that they are written
// many at once; references are checked when the transaction ends.
func (w *work) flushFor(query string) error {
	if len(w.unsaved)+len(w.closings)+len(w.rewinds) > 0 && names(query, "funnel") {
		if err := w.flushFunnel(); err != nil {
			return err
		}
	}
	for i := 0; i < len(w.updates); i++ {
		if p := w.updates[i].plan; names(query, p.table) {
			if err := w.flushUpdates(p); err != nil {
				return err
			}
			i = -1 // others moved up
		}
	}
	for _, p := range w.order {
		if len(p.args) > 0 && names(query, p.table) {
			if err := w.writeRows(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// names reports whether a statement has a table's name in it as a word.
func names(query, table string) bool {
	part := func(c byte) bool {
		return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	for from := 0; ; {
		i := strings.Index(query[from:], table)
		if i < 0 {
			return false
		}
		i += from
		from = i + len(table)
		if (i == 0 || !part(query[i-1])) && (from == len(query) || !part(query[from])) {
			return true
		}
	}
}

func (w *work) flushRows() error {
	for _, p := range w.order {
		if err := w.writeRows(p); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the rows of one table that wait.
func (w *work) writeRows(p *pendingRows) error {
	args := p.args
	p.args = p.args[:0]
	clear(p.at)
	for len(args) > 0 {
		n := 1
		for _, size := range []int{64, 8} {
			if len(args) >= size*p.width && size*p.width <= 30_000 {
				n = size
				break
			}
		}
		if _, err := w.tx.Exec(w.ctx, p.head+p.marks+strings.Repeat(", "+p.marks, n-1), args[:n*p.width]...); err != nil {
			return fmt.Errorf("%.60s: %w", p.head, err)
		}
		args = args[n*p.width:]
	}
	return nil
}
