package store

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"ugoda/model"
)

// Finding a part of a text in many records: SQLite keeps for each table a full
// text index of every three signs that stand together, PostgreSQL an index by
// its extension pg_trgm. Both follow from the descriptions, and are made and
// mended beside the migrations; where they are not there, or the part is
// shorter than three signs, the texts themselves are read, which is slower and
// finds the same.

// trigram is how many signs stand together in an index of parts.
const trigram = 3

// findPrefix begins the names of all that serves finding parts of texts.
const findPrefix = "find_"

// derived reports tables that follow from others: they are neither copied nor
// counted.
func derived(table string) bool {
	return strings.HasPrefix(table, findPrefix) || strings.HasPrefix(table, "sqlite_")
}

// foundBy reports whether a quick search looks for words in a field.
func foundBy(f *model.Field) bool {
	if f.Name == "number" && f.Hidden { // always empty
		return false
	}
	return f.Searched() && (f.Named || f.Format == "edrpou" || f.Format == "email" || f.Name == "article" || f.Name == "barcode")
}

// findColumns are the columns of a table whose index of parts there is: none
// for catalogues, which are small.
func (p *plan) findColumns() []string {
	kind := p
	for kind.owner != nil {
		kind = kind.owner
	}
	if kind.kind.Catalogue {
		return nil
	}
	var out []string
	for _, f := range p.offered() {
		out = append(out, f.Name+"_search")
	}
	for _, f := range p.fields {
		switch {
		case p.owner == nil && foundBy(f):
			out = append(out, f.Name+"_search")
		case f.Name == "phone_e164", f.Name == "e164", p.owner != nil && f.Format == "iban":
			out = append(out, ident(f.Name))
		}
	}
	return out
}

// findTable is the name of a table's index of parts.
func (p *plan) findTable() string { return findPrefix + strings.Trim(p.table, `"`) }

// everyPlan hands over the plans of all kinds and of all their parts.
func (b *Base) everyPlan(f func(p *plan) error) error {
	var walk func(p *plan) error
	walk = func(p *plan) error {
		if err := f(p); err != nil {
			return err
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

// findSQL are the statements that make a table's index of parts on SQLite, by
// the name of what each makes. The index keeps no text of its own; triggers
// tell it what changed.
func (p *plan) findSQL(columns []string) (names []string, sql map[string]string) {
	index := p.findTable()
	list := strings.Join(columns, ", ")
	of := func(row string) string { return row + strings.Join(columns, ", "+row) }
	content := strings.Trim(p.table, `"`)
	sql = map[string]string{
		index:             "CREATE VIRTUAL TABLE " + index + " USING fts5(" + list + ", content='" + content + "', content_rowid='id', tokenize='trigram case_sensitive 1', detail=none, columnsize=0)",
		index + "_insert": "CREATE TRIGGER " + index + "_insert AFTER INSERT ON " + p.table + " BEGIN INSERT INTO " + index + " (rowid, " + list + ") VALUES (new.id, " + of("new.") + "); END",
		index + "_delete": "CREATE TRIGGER " + index + "_delete AFTER DELETE ON " + p.table + " BEGIN INSERT INTO " + index + " (" + index + ", rowid, " + list + ") VALUES ('delete', old.id, " + of("old.") + "); END",
		index + "_update": "CREATE TRIGGER " + index + "_update AFTER UPDATE OF " + list + " ON " + p.table + " BEGIN INSERT INTO " + index + " (" + index + ", rowid, " + list + ") VALUES ('delete', old.id, " + of("old.") + "); " +
			"INSERT INTO " + index + " (rowid, " + list + ") VALUES (new.id, " + of("new.") + "); END",
	}
	return []string{index, index + "_insert", index + "_delete", index + "_update"}, sql
}

// ensureFind makes the indexes of parts that the descriptions ask for and that
// are not there or differ; anew makes all again.
func (b *Base) ensureFind(ctx context.Context, anew bool) error {
	if b.engine == PostgreSQL {
		return b.ensureTrigrams(ctx)
	}
	err := b.Write(ctx, func(tx *Tx) error {
		have := map[string]string{}
		err := each(ctx, tx, `SELECT name, sql FROM sqlite_schema WHERE name LIKE 'find\_%' ESCAPE '\' AND sql IS NOT NULL`, nil, func(raw []any) error {
			name, _ := raw[0].(string)
			have[name], _ = raw[1].(string)
			return nil
		})
		if err != nil {
			return err
		}
		return b.everyPlan(func(p *plan) error {
			columns := p.findColumns()
			if len(columns) == 0 {
				return nil
			}
			names, want := p.findSQL(columns)
			same := !anew
			for _, name := range names {
				same = same && have[name] == want[name]
			}
			if same {
				return nil
			}
			for _, name := range names[1:] {
				if _, err := tx.Exec(ctx, "DROP TRIGGER IF EXISTS "+name); err != nil {
					return err
				}
			}
			if _, err := tx.Exec(ctx, "DROP TABLE IF EXISTS "+names[0]); err != nil {
				return err
			}
			for _, name := range names {
				if _, err := tx.Exec(ctx, want[name]); err != nil {
					return fmt.Errorf("make %s: %w", name, err)
				}
			}
			_, err := tx.Exec(ctx, "INSERT INTO "+names[0]+" ("+names[0]+") VALUES ('rebuild')")
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("make the indexes of parts of texts: %w", err)
	}
	return b.knowFind(ctx)
}

// ensureTrigrams makes PostgreSQL's indexes of parts. Where the extension
// cannot be had, by lack of rights or because the database's locale knows no
// letters but Latin ones, there are none.
func (b *Base) ensureTrigrams(ctx context.Context) error {
	if _, err := b.write.ExecContext(ctx, `CREATE EXTENSION IF NOT EXISTS pg_trgm`); err != nil {
		slog.Warn("no extension pg_trgm: parts of texts are found without an index", "error", err)
		return nil
	}
	var schema string
	err := b.write.QueryRowContext(ctx, `SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'`).Scan(&schema)
	if err != nil {
		return fmt.Errorf("look for pg_trgm: %w", b.explain(err))
	}
	var n int64
	if err := b.write.QueryRowContext(ctx, `SELECT COALESCE(array_length(`+schema+`.show_trgm('їжак'), 1), 0)`).Scan(&n); err != nil {
		return fmt.Errorf("try pg_trgm: %w", b.explain(err))
	}
	if n == 0 {
		slog.Warn("the locale of the database knows no Cyrillic letters: parts of texts are found without an index")
		return nil
	}
	const columnsOf = `SELECT COALESCE(string_agg(a.attname, ', ' ORDER BY a.attnum), '') FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relname = $1 AND c.relnamespace = current_schema()::regnamespace`
	err = b.everyPlan(func(p *plan) error {
		columns := p.findColumns()
		if len(columns) == 0 {
			return nil
		}
		var have string
		if err := b.write.QueryRowContext(ctx, columnsOf, p.findTable()).Scan(&have); err != nil {
			return err
		}
		if have == strings.Join(columns, ", ") {
			return nil
		}
		if _, err := b.write.ExecContext(ctx, "DROP INDEX IF EXISTS "+p.findTable()); err != nil {
			return err
		}
		ops := " " + schema + ".gin_trgm_ops"
		_, err := b.write.ExecContext(ctx, "CREATE INDEX "+p.findTable()+" ON "+p.table+" USING gin ("+strings.Join(columns, ops+", ")+ops+")")
		return err
	})
	if err != nil {
		return fmt.Errorf("make the indexes of parts of texts: %w", b.explain(err))
	}
	return nil
}

// knowFind learns which indexes of parts a SQLite base has.
func (b *Base) knowFind(ctx context.Context) error {
	if b.engine != SQLite {
		return nil
	}
	tables, err := b.tables(ctx)
	if err != nil {
		return err
	}
	b.keepFind(tables)
	return nil
}

func (b *Base) keepFind(tables map[string]bool) {
	found := map[string]bool{}
	for t := range tables {
		if strings.HasPrefix(t, findPrefix) {
			found[t] = true
		}
	}
	b.find.Store(&found)
}

// indexed reports whether an index of parts of a table answers for a column.
func (b *Base) indexed(p *plan, column string) bool {
	found := b.find.Load()
	if found == nil || p == nil || !(*found)[p.findTable()] {
		return false
	}
	for _, c := range p.findColumns() {
		if c == column {
			return true
		}
	}
	return false
}

// trigrams is a search of SQLite's index: every three signs of a text must be
// in a record, anywhere; whether they stand together is asked of its texts.
// It is empty for a text that is too short.
func trigrams(folded string) string {
	signs := []rune(folded)
	if len(signs) < trigram {
		return ""
	}
	const most = 12 // a longer text is found by some of them as surely
	step := max(1, (len(signs)-trigram+most)/most)
	var b strings.Builder
	for i := 0; i+trigram <= len(signs); i += step {
		b.WriteString(`"` + strings.ReplaceAll(string(signs[i:i+trigram]), `"`, `""`) + `" `)
	}
	return b.String()
}

// match is a query of SQLite's index of parts for the records that may have a
// part of folded text in some columns; empty where no index answers.
func (q *selection) match(p *plan, folded string, columns ...string) string {
	if len(columns) == 0 {
		return ""
	}
	for _, c := range columns {
		if !q.s.base.indexed(p, c) {
			return ""
		}
	}
	sought := trigrams(folded)
	if sought == "" {
		return ""
	}
	index := p.findTable()
	return "SELECT rowid FROM " + index + " WHERE " + index + " MATCH " + q.arg(sought)
}

// contains is a search for a part of folded text in columns of one table, of
// which any will do. alias names the table in the statement; without a plan no
// index is asked.
func (q *selection) contains(p *plan, alias, folded string, columns ...string) string {
	e, end := "(", ")"
	if p != nil {
		if match := q.match(p, folded, columns...); match != "" {
			e, end = "("+alias+".id IN ("+match+") AND (", "))"
		}
	}
	pattern := "%" + like.Replace(folded) + "%"
	for i, c := range columns {
		if i > 0 {
			e += " OR "
		}
		e += alias + "." + c + " LIKE " + q.arg(pattern) + ` ESCAPE '\'`
	}
	return e + end
}
