package bench

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// BenchmarkSave is a deal saved with one field changed, with all rules, history
// and the notice to other windows; by hand: the row read and written, its
// history, the notice.
func BenchmarkSave(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		id := one(b, s, `SELECT MAX(id) FROM deal WHERE state = 'open'`)
		rec, err := s.Get(ctx, "deal", id)
		if err != nil {
			b.Fatal(err)
		}
		d := rec.(*deal.Deal)
		n := 0
		ours := func() error {
			n++
			d.Note = fmt.Sprintf("Примітка %d", n)
			return s.Save(ctx, "deal", d)
		}
		pair(b, ours, func() error {
			n++
			return s.Base().Write(ctx, func(tx *store.Tx) error {
				version, err := stored(ctx, tx, "deal", id)
				if err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, `UPDATE deal SET note = ?, note_search = ?, changed = ?, version = version + 1 WHERE id = ? AND version = ?`,
					fmt.Sprintf("Примітка %d", n), fmt.Sprintf("примітка %d", n), int64(n), id, version); err != nil {
					return err
				}
				return trace(ctx, tx, id, n)
			})
		})
	})
}

// stored reads a row and the rows of its part, as whoever writes history must,
// and gives its version.
func stored(ctx context.Context, tx *store.Tx, table string, id int64) (version int64, err error) {
	for _, query := range []string{"SELECT * FROM " + table + "_products WHERE owner_id = ?", "SELECT version, t.* FROM " + table + " t WHERE id = ?"} {
		rows, err := tx.Query(ctx, query, id)
		if err != nil {
			return 0, err
		}
		names, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		row := make([]any, len(names))
		into := make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				rows.Close()
				return 0, err
			}
			version, _ = row[0].(int64)
		}
		if err := rows.Close(); err != nil {
			return 0, err
		}
	}
	return version, nil
}

// trace is what every save leaves behind.
func trace(ctx context.Context, tx *store.Tx, id int64, n int) error {
	if _, err := tx.Exec(ctx, `INSERT INTO history (kind, record_id, at, user_id, action, batch_id, fields) VALUES ('deal', ?, ?, 0, 'change', 0, ?)`,
		id, int64(n), fmt.Sprintf(`[{"f":"note","o":"Примітка %d","n":"Примітка %d"}]`, n-1, n)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO changes (kind, record_id) VALUES ('deal', ?)`, id)
	return err
}

// BenchmarkMove is a deal moved to another stage; by hand: the deal
// read and written, the interval that ends and the one that begins, history, the notice.
func BenchmarkMove(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		id := one(b, s, `SELECT MAX(d.id) FROM deal d JOIN stage st ON st.id = d.stage_id WHERE d.state = 'open' AND st."order" = 20`)
		stages := []int64{one(b, s, `SELECT st.id FROM stage st JOIN deal d ON d.process_id = st.process_id WHERE d.id = ? AND st."order" = 10`, id), one(b, s, `SELECT stage_id FROM deal WHERE id = ?`, id)}
		n := 0
		pair(b, func() error {
			n++
			_, err := s.Do(ctx, "deal", id, "move", model.Answers{"stage": model.Ref{ID: stages[n%2]}})
			return err
		}, func() error {
			n++
			return s.Base().Write(ctx, func(tx *store.Tx) error {
				if _, err := stored(ctx, tx, "deal", id); err != nil {
					return err
				}
				for _, x := range []struct {
					sql  string
					args []any
				}{
					{`UPDATE deal SET stage_id = ?, stage_since = ?, probability = ?, changed = ?, version = version + 1 WHERE id = ?`, []any{stages[n%2], int64(today), int64(1000 + n%2), int64(n), id}},
					{`UPDATE funnel SET to_day = ?, to_at = ? WHERE deal_id = ? AND to_day = 2932896 AND void = FALSE`, []any{int64(today), int64(n), id}},
					{`INSERT INTO funnel (deal_id, process_id, stage_id, from_day, to_day, from_at, since_day, amount, currency, amount_base, weighted, probability, entry, entered_by, imported)
						VALUES (?, 1, ?, ?, 2932896, ?, ?, 100, 'UAH', 100, 10, 1000, TRUE, 0, FALSE)`, []any{id, stages[n%2], int64(today), int64(n), int64(today)}},
				} {
					if _, err := tx.Exec(ctx, x.sql, x.args...); err != nil {
						return err
					}
				}
				return trace(ctx, tx, id, n)
			})
		})
	})
}

// BenchmarkBulk changes a field in 10,000 deals as one, and undoes it.
func BenchmarkBulk(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		ids, err := s.IDs(ctx, store.Query{Kind: "deal", Limit: 10_000})
		if err != nil {
			b.Fatal(err)
		}
		var managers []model.Ref
		for _, name := range []string{`SELECT MIN(id) FROM employee`, `SELECT MAX(id) FROM employee`} {
			managers = append(managers, model.Ref{ID: one(b, s, name)})
		}
		n := 0
		var batch store.Batch
		b.Run("change", func(b *testing.B) {
			for b.Loop() {
				n++
				var failures []store.Failure
				batch, failures, err = s.SetField(ctx, "deal", ids, "manager", managers[n%2])
				if err != nil || len(failures) > 0 {
					b.Fatal(failures, err)
				}
			}
		})
		b.Run("change and undo", func(b *testing.B) {
			for b.Loop() {
				n++
				batch, _, err = s.SetField(ctx, "deal", ids, "manager", managers[n%2])
				if err != nil {
					b.Fatal(err)
				}
				undone, err := s.Undo(ctx, batch.ID, false)
				if err != nil {
					b.Fatal(err)
				}
				if len(undone.Kept) > 0 {
					b.Fatal(errors.New("something was kept"))
				}
			}
		})
	})
}
