package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/mattn/go-sqlite3"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/text"
)

// Fault is something that Check found wrong in a base.
type Fault struct {
	Key    string // message key under "problem."
	Kind   string
	ID     int64
	Detail string // what the engine said, or what differs
}

func (f Fault) String() string {
	s := f.Key
	if f.Kind != "" {
		s += fmt.Sprintf(" %s #%d", f.Kind, f.ID)
	}
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}

// Message says it to a person.
func (f Fault) Message() (string, map[string]any) {
	return f.Key, map[string]any{"kind": f.Kind, "id": f.ID, "detail": f.Detail}
}

// maxFaults is how many faults of one sort are listed.
const maxFaults = 100

// faultQueries find what must not be in the funnel's journal, and what must be
// equal in two places. Each gives the id of a deal.
var faultQueries = []struct{ key, sql string }{
	// Intervals of a deal follow each other without gaps and overlaps.
	{"funnel_gap", `SELECT x.deal_id FROM (SELECT deal_id, to_day, LEAD(from_day) OVER (PARTITION BY deal_id ORDER BY id) AS next_from
		FROM funnel WHERE void = FALSE) x WHERE x.next_from IS NOT NULL AND x.next_from <> x.to_day ORDER BY x.deal_id`},
	{"funnel_backwards", `SELECT deal_id FROM funnel WHERE void = FALSE AND to_day < from_day ORDER BY deal_id`},
	{"funnel_not_open", `SELECT x.deal_id FROM (SELECT deal_id, to_day, LEAD(id) OVER (PARTITION BY deal_id ORDER BY id) AS next_id
		FROM funnel WHERE void = FALSE) x WHERE x.next_id IS NULL AND x.to_day <> 2932896 ORDER BY x.deal_id`},
	{"funnel_open_twice", `SELECT deal_id FROM funnel WHERE void = FALSE AND to_day = 2932896 GROUP BY deal_id HAVING COUNT(*) > 1 ORDER BY deal_id`},
	{"funnel_no_entry", `SELECT x.deal_id FROM (SELECT deal_id, entry, ROW_NUMBER() OVER (PARTITION BY deal_id ORDER BY id) AS n
		FROM funnel WHERE void = FALSE) x WHERE x.n = 1 AND x.entry = FALSE ORDER BY x.deal_id`},
	// The last interval is the deal.
	{"funnel_differs", `SELECT d.id FROM deal d JOIN funnel f ON f.deal_id = d.id AND f.void = FALSE AND f.to_day = 2932896
		WHERE d.marked = FALSE AND (f.stage_id <> d.stage_id OR f.process_id <> d.process_id OR f.amount <> COALESCE(d.amount, 0)
		OR f.amount_base <> COALESCE(d.amount_base, 0) OR f.currency <> d.amount_currency OR f.probability <> d.probability
		OR COALESCE(f.manager_id, 0) <> COALESCE(d.manager_id, 0)) ORDER BY d.id`},
	{"funnel_missing", `SELECT d.id FROM deal d WHERE d.marked = FALSE AND NOT EXISTS
		(SELECT 1 FROM funnel f WHERE f.deal_id = d.id AND f.void = FALSE AND f.to_day = 2932896) ORDER BY d.id`},
	{"funnel_of_nothing", `SELECT f.deal_id FROM funnel f LEFT JOIN deal d ON d.id = f.deal_id LEFT JOIN stage s ON s.id = f.stage_id
		WHERE f.void = FALSE AND (d.id IS NULL OR d.marked = TRUE OR s.id IS NULL) ORDER BY f.deal_id`},
	{"deal_state", `SELECT d.id FROM deal d JOIN stage s ON s.id = d.stage_id WHERE d.state <> s.kind OR d.process_id <> s.process_id ORDER BY d.id`},
}

// billFaults find proposals of which invoices bill what the client did not accept,
// or more than that. Each gives the id of a proposal.
var billFaults = []struct{ key, sql string }{
	{"billed_over", `SELECT DISTINCT y.proposal_id FROM (SELECT i.proposal_id FROM invoice i JOIN invoice_lines l ON l.owner_id = i.id
		LEFT JOIN proposal_variants_lines x ON x.id = l.bills LEFT JOIN proposal_variants v ON v.id = x.owner_id AND v.owner_id = i.proposal_id AND v.accepted = TRUE
		WHERE l.bills <> 0 AND ` + BilledSQL + ` GROUP BY i.proposal_id, l.bills, v.id, x.quantity
		HAVING v.id IS NULL OR CAST(SUM(l.quantity) AS BIGINT) > x.quantity) y ORDER BY y.proposal_id`},
	{"billed_not_accepted", `SELECT DISTINCT i.proposal_id FROM invoice i JOIN invoice_lines l ON l.owner_id = i.id JOIN proposal p ON p.id = i.proposal_id
		WHERE l.bills <> 0 AND ` + BilledSQL + ` AND (p.marked = TRUE OR p.status <> '` + proposal.Accepted + `') ORDER BY i.proposal_id`},
}

// Check looks for what is wrong in the base: damage to a file, references that
// lead nowhere, intervals of the funnel with gaps or overlaps, a last interval
// that differs from its deal, names whose keys to sort and search by are stale.
func (b *Base) Check(ctx context.Context) ([]Fault, error) {
	var out []Fault
	if b.engine == SQLite {
		err := b.integrity(ctx, &out)
		if err != nil {
			return nil, fmt.Errorf("check the file: %w", b.explain(err))
		}
	}
	if b.engine == SQLite && !b.readOnly {
		if err := b.checkFind(ctx, &out); err != nil {
			return nil, err
		}
	}
	look := func(kind string, queries []struct{ key, sql string }) error {
		if b.plans[kind] == nil {
			return nil
		}
		for _, q := range queries {
			n := 0
			err := each(ctx, pool{b}, q.sql, nil, func(raw []any) error {
				id, _ := raw[0].(int64)
				if n++; n <= maxFaults {
					out = append(out, Fault{Key: q.key, Kind: kind, ID: id})
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("check %s: %w", q.key, b.explain(err))
			}
		}
		return nil
	}
	if err := look("deal", faultQueries); err != nil {
		return nil, err
	}
	if b.plans["invoice"] != nil {
		if err := look("proposal", billFaults); err != nil {
			return nil, err
		}
	}
	err := b.staleKeys(ctx, pool{b}, func(p *plan, id int64, _ []string, _ []any) error {
		out = append(out, Fault{Key: "stale_keys", Kind: p.kind.Name, ID: id})
		return nil
	})
	return out, err
}

// integrity lets SQLite look through the whole file and its references, on a connection of its
// own: one that has searched before takes the index of parts of texts as it was
// then, and calls it damaged.
func (b *Base) integrity(ctx context.Context, out *[]Fault) error {
	uri, err := fileURI(b.address, "mode=ro&_busy_timeout=10000")
	if err != nil {
		return err
	}
	db, err := sql.Open(driverSQLite, uri)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, widely); err != nil {
		return err
	}
	look := func(query string, found func(rows *sql.Rows) error) error {
		rows, err := db.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := found(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	err = look(`PRAGMA integrity_check(100)`, func(rows *sql.Rows) error {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		if s != "ok" {
			*out = append(*out, Fault{Key: "damaged", Detail: s})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return look(`PRAGMA foreign_key_check`, func(rows *sql.Rows) error {
		f := Fault{Key: "leads_nowhere"}
		var row sql.NullInt64
		var n int64
		if err := rows.Scan(&f.Kind, &row, &f.Detail, &n); err != nil {
			return err
		}
		f.ID = row.Int64
		*out = append(*out, f)
		return nil
	})
}

// checkFind compares the indexes of parts of texts with the texts.
func (b *Base) checkFind(ctx context.Context, out *[]Fault) error {
	return b.everyPlan(func(p *plan) error {
		index := p.findTable()
		if len(p.findColumns()) == 0 {
			return nil
		}
		if found := b.find.Load(); found == nil || !(*found)[index] {
			*out = append(*out, Fault{Key: "no_index_of_parts", Detail: index})
			return nil
		}
		_, err := b.write.ExecContext(ctx, "INSERT INTO "+index+" ("+index+", rank) VALUES ('integrity-check', 1)")
		var lite sqlite3.Error
		if errors.As(err, &lite) && lite.Code == sqlite3.ErrCorrupt {
			*out = append(*out, Fault{Key: "no_index_of_parts", Detail: index})
			return nil
		}
		if err != nil {
			return fmt.Errorf("check %s: %w", index, b.explain(err))
		}
		return nil
	})
}

// staleKeys hands over the rows whose columns to sort and search by are not
// what their texts give now.
func (b *Base) staleKeys(ctx context.Context, q asker, found func(p *plan, id int64, columns []string, values []any) error) error {
	var walk func(p *plan) error
	walk = func(p *plan) error {
		selected := []string{"id"}
		var derived []column
		for _, c := range p.columns {
			if c.role == roleSort || c.role == roleSearch {
				selected = append(selected, ident(c.field.Name), ident(c.name))
				derived = append(derived, c)
			}
		}
		if len(derived) > 0 {
			err := each(ctx, q, "SELECT "+strings.Join(selected, ", ")+" FROM "+p.table, nil, func(raw []any) error {
				var columns []string
				var values []any
				for i, c := range derived {
					s, _ := raw[1+2*i].(string)
					switch c.role {
					case roleSort:
						var want []byte
						if s != "" {
							want = text.SortKey(s)
						}
						if have, _ := raw[2+2*i].([]byte); !bytes.Equal(have, want) {
							columns, values = append(columns, ident(c.name)), append(values, encode(want))
						}
					case roleSearch:
						if have, _ := raw[2+2*i].(string); have != text.Fold(s) {
							columns, values = append(columns, ident(c.name)), append(values, text.Fold(s))
						}
					}
				}
				if len(columns) == 0 {
					return nil
				}
				id, _ := raw[0].(int64)
				return found(p, id, columns, values)
			})
			if err != nil {
				return fmt.Errorf("check the keys of %s: %w", p.kind.Name, b.explain(err))
			}
		}
		for _, x := range p.parts {
			if err := walk(x); err != nil {
				return err
			}
		}
		return nil
	}
	for _, k := range b.registry.Kinds() {
		if err := walk(b.plans[k.Name]); err != nil {
			return err
		}
	}
	return nil
}

// Rebuild computes anew what follows from what is stored: the keys by which
// names sort and are searched, and the engine's statistics. (The funnel is its
// own source: Check compares it with the deals.)
func (b *Base) Rebuild(ctx context.Context) error {
	type correction struct {
		p       *plan
		id      int64
		columns []string
		values  []any
	}
	err := b.Write(ctx, func(tx *Tx) error {
		var list []correction
		err := b.staleKeys(ctx, tx, func(p *plan, id int64, columns []string, values []any) error {
			list = append(list, correction{p, id, columns, values})
			return nil
		})
		if err != nil {
			return err
		}
		for _, x := range list {
			if _, err := tx.Exec(ctx, "UPDATE "+x.p.table+" SET "+strings.Join(x.columns, " = ?, ")+" = ? WHERE id = ?", append(x.values, x.id)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	if err := b.ensureFind(ctx, true); err != nil {
		return err
	}
	return b.Analyze(ctx)
}

// Analyze refreshes the engine's statistics, by which it chooses indexes.
func (b *Base) Analyze(ctx context.Context) error {
	if b.engine == SQLite { // a sample of each index is enough
		if _, err := b.write.ExecContext(ctx, `PRAGMA analysis_limit = 2000`); err != nil {
			return fmt.Errorf("refresh statistics: %w", b.explain(err))
		}
	}
	analyze := `ANALYZE`
	if b.engine == PostgreSQL { // and lets it answer from indexes alone
		analyze = `VACUUM (ANALYZE)`
	}
	if _, err := b.write.ExecContext(ctx, analyze); err != nil {
		return fmt.Errorf("refresh statistics: %w", b.explain(err))
	}
	return nil
}

// Info is what a base holds.
type Info struct {
	Engine    Engine           `json:"engine"`
	Address   string           `json:"address"`
	Migration int64            `json:"migration"`
	Currency  string           `json:"currency"`
	Bytes     int64            `json:"bytes"`
	Records   map[string]int64 `json:"records"` // unmarked, by kind
	Bin       map[string]int64 `json:"bin"`     // marked, by kind, where there are any
	History   int64            `json:"history"`
}

// Info tells what the base holds.
func (b *Base) Info(ctx context.Context) (Info, error) {
	have, _, err := b.versions(ctx)
	if err != nil {
		return Info{}, err
	}
	out := Info{Engine: b.engine, Address: b.Address(), Migration: have, Currency: b.BaseCurrency(), Records: map[string]int64{}, Bin: map[string]int64{}}
	one := func(query string) (n int64, err error) {
		err = each(ctx, pool{b}, query, nil, func(raw []any) error {
			n, _ = raw[0].(int64)
			return nil
		})
		return n, err
	}
	size := `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	if b.engine == PostgreSQL {
		size = `SELECT pg_database_size(current_database())`
	}
	if out.Bytes, err = one(size); err != nil {
		return Info{}, fmt.Errorf("measure the base: %w", b.explain(err))
	}
	if out.History, err = one(`SELECT COUNT(*) FROM history`); err != nil {
		return Info{}, fmt.Errorf("count history: %w", b.explain(err))
	}
	for _, k := range b.registry.Kinds() {
		err := each(ctx, pool{b}, "SELECT marked, COUNT(*) FROM "+ident(k.Table)+" GROUP BY marked", nil, func(raw []any) error {
			n, _ := raw[1].(int64)
			if decode(model.Bool, raw[0]).(bool) {
				out.Bin[k.Name] = n
			} else {
				out.Records[k.Name] = n
			}
			return nil
		})
		if err != nil {
			return Info{}, fmt.Errorf("count %s: %w", k.Name, b.explain(err))
		}
	}
	return out, nil
}
