package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// Multiply copies the records of a table, as they stand and without their
// parts, until there are as many as wanted: for lists that are longer than any
// demo base. Only the ids differ; what refers to records is not copied. The
// base must not be open elsewhere.
func Multiply(t testing.TB, dsn, table string, wanted int64) {
	t.Helper()
	driver, server := "sqlite3", strings.HasPrefix(dsn, "postgres")
	if server {
		driver = "pgx"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	m := multiplier{t: t, db: db, table: table}
	if server {
		m.run(
			`SELECT string_agg('"' || column_name || '"', ', ') FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name <> 'id'`,
			`SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1 AND indexname NOT LIKE '%_pkey'`,
			wanted)
		m.do(fmt.Sprintf(`SELECT setval(pg_get_serial_sequence('%s', 'id'), (SELECT MAX(id) FROM %s))`, table, table))
		m.do("ANALYZE " + table)
		return
	}
	m.do("PRAGMA synchronous = OFF")
	m.do("PRAGMA cache_size = -200000")
	m.run(
		`SELECT group_concat('"' || name || '"', ', ') FROM pragma_table_info(?) WHERE name <> 'id'`,
		`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?`,
		wanted)
	m.do("PRAGMA wal_checkpoint(TRUNCATE)")
}

type multiplier struct {
	t     testing.TB
	db    *sql.DB
	table string
}

func (m multiplier) do(statement string, args ...any) {
	m.t.Helper()
	if _, err := m.db.ExecContext(context.Background(), statement, args...); err != nil {
		m.t.Fatalf("multiply %s: %v\n%s", m.table, err, statement)
	}
}

// run copies the rows without indexes, which are made again afterwards: that
// takes a fraction of the time.
func (m multiplier) run(columnsOf, indexesOf string, wanted int64) {
	m.t.Helper()
	ctx := context.Background()
	var columns string
	if err := m.db.QueryRowContext(ctx, columnsOf, m.table).Scan(&columns); err != nil {
		m.t.Fatalf("multiply %s: its columns: %v", m.table, err)
	}
	rows, err := m.db.QueryContext(ctx, indexesOf, m.table)
	if err != nil {
		m.t.Fatalf("multiply %s: its indexes: %v", m.table, err)
	}
	var names, made []string
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			m.t.Fatal(err)
		}
		names, made = append(names, name), append(made, statement)
	}
	if err := rows.Err(); err != nil {
		m.t.Fatal(err)
	}
	for _, name := range names {
		m.do("DROP INDEX " + name)
	}
	for {
		var have, last int64
		if err := m.db.QueryRowContext(ctx, "SELECT COUNT(*), MAX(id) FROM "+m.table).Scan(&have, &last); err != nil {
			m.t.Fatal(err)
		}
		if have >= wanted || have == 0 {
			break
		}
		m.do(fmt.Sprintf("INSERT INTO %s (id, %s) SELECT id + %d, %s FROM %s ORDER BY id LIMIT %d", m.table, columns, last, columns, m.table, min(have, wanted-have)))
	}
	for _, statement := range made {
		m.do(statement)
	}
}
