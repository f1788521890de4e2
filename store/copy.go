package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Copied tells what Copy brought over.
type Copied struct {
	Tables []CopiedTable `json:"tables"`
	Rows   int64         `json:"rows"`
}

// CopiedTable is one table that was copied and compared.
type CopiedTable struct {
	Name string           `json:"name"`
	Rows int64            `json:"rows"`
	Sums map[string]int64 `json:"-"` // of each column, by which the two were compared
}

// Copy brings a whole base, from either engine, to an address where there is
// none yet, on either engine, and compares counts and sums of every column.
// When something differs it gives *BadCopy.
func Copy(ctx context.Context, from, to string, o Options) (Copied, error) {
	source := o
	source.ReadOnly = true
	a, err := Open(ctx, from, source)
	if err != nil {
		return Copied{}, err
	}
	defer a.Close()
	target := o
	target.ReadOnly, target.Filling = false, true
	b, err := Create(ctx, to, target)
	if err != nil {
		return Copied{}, err
	}
	defer b.Close()
	tables, err := a.tables(ctx)
	if err != nil {
		return Copied{}, err
	}
	var names []string
	for t := range tables {
		if t != versionTable && !derived(t) {
			names = append(names, t)
		}
	}
	slices.Sort(names)
	if b.engine == PostgreSQL {
		err = copyToServer(ctx, a, b, names)
	} else {
		err = copyToFile(ctx, a, b, names)
	}
	if err != nil {
		return Copied{}, err
	}
	var out Copied
	for _, name := range names {
		sent, err := a.sums(ctx, name)
		if err != nil {
			return out, err
		}
		came, err := b.sums(ctx, name)
		if err != nil {
			return out, err
		}
		for column, n := range sent.Sums {
			if came.Sums[column] != n {
				return out, &BadCopy{to, fmt.Sprintf("%s.%s: %d ≠ %d", name, column, came.Sums[column], n)}
			}
		}
		if came.Rows != sent.Rows {
			return out, &BadCopy{to, fmt.Sprintf("%s: %d ≠ %d", name, came.Rows, sent.Rows)}
		}
		out.Tables = append(out.Tables, came)
		out.Rows += came.Rows
	}
	return out, b.Analyze(ctx)
}

// tableColumns lists the columns of a table and what each holds.
func (b *Base) tableColumns(ctx context.Context, table string) (names, types []string, err error) {
	rows, err := b.read.QueryContext(ctx, "SELECT * FROM "+ident(table)+" WHERE FALSE")
	if err != nil {
		return nil, nil, b.explain(err)
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, c := range columns {
		names, types = append(names, c.Name()), append(types, strings.ToUpper(c.DatabaseTypeName()))
	}
	return names, types, rows.Err()
}

// selectAll is a statement for all rows of a table of a, in the order of ids.
func selectAll(ctx context.Context, a *Base, table string) (query string, columns []string, hasID bool, err error) {
	names, _, err := a.tableColumns(ctx, table)
	if err != nil {
		return "", nil, false, err
	}
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = ident(n)
		hasID = hasID || n == "id"
	}
	query = "SELECT " + strings.Join(list, ", ") + " FROM " + ident(table)
	if hasID {
		query += " ORDER BY id"
	}
	return query, names, hasID, nil
}

// copyToFile brings the rows of tables into a SQLite base, in one transaction.
func copyToFile(ctx context.Context, a, b *Base, tables []string) error {
	return b.Write(ctx, func(tx *Tx) error {
		w := b.System().newWork(ctx, tx)
		for _, table := range tables {
			query, names, _, err := selectAll(ctx, a, table)
			if err != nil {
				return err
			}
			for i, n := range names {
				names[i] = ident(n)
			}
			columns := strings.Join(names, ", ")
			err = each(ctx, pool{a}, query, nil, func(raw []any) error {
				return w.insert(ident(table), columns, slices.Clone(raw)...)
			})
			if err != nil {
				return fmt.Errorf("copy %s: %w", table, err)
			}
			if err := w.flush(); err != nil {
				return fmt.Errorf("copy %s: %w", table, err)
			}
		}
		return nil
	})
}

// copyToServer brings the rows of tables into a PostgreSQL base by its own
// protocol for that, in one transaction.
func copyToServer(ctx context.Context, a, b *Base, tables []string) (err error) {
	conn, err := b.write.Conn(ctx)
	if err != nil {
		return b.explain(err)
	}
	defer conn.Close()
	return b.explain(conn.Raw(func(driver any) error {
		server := driver.(*stdlib.Conn).Conn()
		tx, err := server.Begin(ctx)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // after a commit it does nothing
		again, err := bare(ctx, tx)
		if err != nil {
			return fmt.Errorf("put indexes aside: %w", err)
		}
		for _, table := range tables {
			if err := copyTableToServer(ctx, a, tx, table); err != nil {
				return fmt.Errorf("copy %s: %w", table, err)
			}
		}
		for _, statement := range again {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%.60s: %w", statement, err)
			}
		}
		return tx.Commit(ctx)
	}))
}

// bare takes the indexes and references off the tables of a base that is about
// to be filled, and gives the statements that put them back: made over rows
// that are there they take a fraction of the time and of the server's memory.
func bare(ctx context.Context, tx pgx.Tx) (again []string, err error) {
	var off []string
	for _, query := range []string{
		`SELECT 'DROP INDEX ' || quote_ident(c.relname), pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
			ORDER BY c.relname`,
		`SELECT 'ALTER TABLE ' || CAST(k.conrelid AS regclass) || ' DROP CONSTRAINT ' || quote_ident(k.conname),
			'ALTER TABLE ' || CAST(k.conrelid AS regclass) || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
			FROM pg_constraint k WHERE k.contype = 'f' AND k.connamespace = CAST(current_schema() AS regnamespace) ORDER BY k.conname`,
	} {
		rows, err := tx.Query(ctx, query)
		if err != nil {
			return nil, err
		}
		var drop, make string
		_, err = pgx.ForEachRow(rows, []any{&drop, &make}, func() error {
			off, again = append(off, drop), append(again, make)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, statement := range append(off, `SET LOCAL maintenance_work_mem = '256MB'`) {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return nil, err
		}
	}
	return again, nil
}

func copyTableToServer(ctx context.Context, a *Base, tx pgx.Tx, table string) error {
	query, names, hasID, err := selectAll(ctx, a, table)
	if err != nil {
		return err
	}
	rows, err := pool{a}.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	s := newScanner(len(names))
	_, err = tx.CopyFrom(ctx, pgx.Identifier{table}, names, pgx.CopyFromFunc(func() ([]any, error) {
		if !rows.Next() {
			return nil, rows.Err()
		}
		return s.raw, s.scan(rows)
	}))
	if err != nil || !hasID {
		return err
	}
	_, err = tx.Exec(ctx, `SELECT setval(pg_get_serial_sequence($1, 'id'), COALESCE((SELECT MAX(id) FROM `+ident(table)+`), 0) + 1, FALSE)`, ident(table))
	return err
}

// sums are figures by which a table is compared with its copy: numbers by their
// remainders, so that nothing overflows, texts and bytes by their lengths.
func (b *Base) sums(ctx context.Context, table string) (CopiedTable, error) {
	out := CopiedTable{Name: table, Sums: map[string]int64{}}
	names, types, err := b.tableColumns(ctx, table)
	if err != nil {
		return out, err
	}
	columns := []string{"COUNT(*)"}
	for i, n := range names {
		v := ident(n)
		switch types[i] {
		case "BOOLEAN", "BOOL":
			v = "CASE WHEN " + v + " THEN 1 ELSE 0 END"
		case "TEXT", "BLOB", "BYTEA":
			v = "LENGTH(" + v + ")"
		default:
			v += " % 1000000007"
		}
		columns = append(columns, "CAST(COALESCE(SUM("+v+"), 0) AS BIGINT)", "COUNT("+ident(n)+")")
	}
	err = each(ctx, pool{b}, "SELECT "+strings.Join(columns, ", ")+" FROM "+ident(table), nil, func(raw []any) error {
		out.Rows, _ = raw[0].(int64)
		for i, n := range names {
			out.Sums[n], _ = raw[1+2*i].(int64)
			out.Sums["count of "+n], _ = raw[2+2*i].(int64)
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("add up %s: %w", table, b.explain(err))
	}
	return out, nil
}
