package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ugoda/model/records"
	"ugoda/store/storetest"
)

// The migrations, one after another, come to the very tables, columns, links
// and indexes that the descriptions ask for.
func TestMigrationsComeToTheDescriptions(t *testing.T) {
	reg := records.New()
	shape := map[Engine]func(db *sql.DB) ([]string, error){SQLite: sqliteShape, PostgreSQL: postgresShape}
	for _, engine := range []Engine{SQLite, PostgreSQL} {
		t.Run(string(engine), func(t *testing.T) {
			address := func() string {
				if engine == SQLite {
					return storetest.SQLite(t)
				}
				return storetest.PostgreSQL(t)
			}
			ctx := context.Background()
			migrated, err := Create(ctx, address(), Options{Registry: reg})
			if err != nil {
				t.Fatal(err)
			}
			defer migrated.Close()
			described := &Base{engine: engine, address: address()}
			if engine == SQLite {
				described.address = "file:" + described.address
			}
			driver := map[Engine]string{SQLite: "sqlite3", PostgreSQL: "pgx"}[engine]
			db, err := sql.Open(driver, described.address)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ExecContext(ctx, string(filled{engine: engine}.fill([]byte(Schema(reg))))); err != nil {
				t.Fatal(err)
			}
			want, err := shape[engine](db)
			if err != nil {
				t.Fatal(err)
			}
			got, err := shape[engine](migrated.write.DB)
			if err != nil {
				t.Fatal(err)
			}
			tables := map[string]bool{}
			for _, line := range want {
				tables[strings.Fields(line)[0]] = true
			}
			var ours []string // the migrations make other tables, too
			for _, line := range got {
				if tables[strings.Fields(line)[0]] {
					ours = append(ours, line)
				}
			}
			if diff := cmp.Diff(want, ours); diff != "" {
				t.Errorf("the descriptions (-) and the migrations (+) differ; what is missing belongs into a new migration:\n%s", diff)
			}
		})
	}
}

// lines runs a query whose rows are a table and what there is in it.
func lines(db *sql.DB, query string) ([]string, error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var table, what string
		if err := rows.Scan(&table, &what); err != nil {
			return nil, err
		}
		out = append(out, fmt.Sprintf("%s %s", table, strings.Join(strings.Fields(what), " ")))
	}
	return out, rows.Err()
}

func sqliteShape(db *sql.DB) ([]string, error) {
	return lines(db, `
		SELECT t.name, c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || COALESCE(c.dflt_value, '-') || ' ' || c.pk
		FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'
		UNION ALL
		SELECT t.name, 'link ' || f."from" || ' ' || f."table" || ' ' || f."to"
		FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
		UNION ALL
		SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
		ORDER BY 1, 2`)
}

var numbered = regexp.MustCompile(`_fkey\d*`)

func postgresShape(db *sql.DB) ([]string, error) {
	found, err := lines(db, `
		SELECT table_name::text, column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '-')
			|| ' ' || COALESCE(collation_name, '-') || ' ' || is_identity AS what
		FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL
		SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
		UNION ALL
		SELECT tablename::text, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT LIKE 'find\_%'
		ORDER BY 1, 2`)
	for i := range found {
		found[i] = numbered.ReplaceAllString(found[i], "_fkey")
	}
	return found, err
}
