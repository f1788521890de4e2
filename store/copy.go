package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
	target.ReadOnly = false
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
	var out Copied
	err = b.Write(ctx, func(tx *Tx) error {
		out = Copied{}
		w := b.System().newWork(ctx, tx)
		for _, name := range names {
			if err := copyTable(ctx, a, w, name); err != nil {
				return fmt.Errorf("copy %s: %w", name, err)
			}
		}
		return w.flush()
	})
	if err != nil {
		return Copied{}, err
	}
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
	if _, err := b.write.ExecContext(ctx, `ANALYZE`); err != nil {
		return out, fmt.Errorf("refresh statistics: %w", b.explain(err))
	}
	return out, nil
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

func copyTable(ctx context.Context, a *Base, w *work, table string) error {
	names, _, err := a.tableColumns(ctx, table)
	if err != nil {
		return err
	}
	list := make([]string, len(names))
	hasID := false
	for i, n := range names {
		list[i] = ident(n)
		hasID = hasID || n == "id"
	}
	columns := strings.Join(list, ", ")
	order := ""
	if hasID {
		order = " ORDER BY id"
	}
	err = each(ctx, pool{a}, "SELECT "+columns+" FROM "+ident(table)+order, nil, func(raw []any) error {
		return w.insert(ident(table), columns, slices.Clone(raw)...)
	})
	if err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	if hasID && w.b.engine == PostgreSQL {
		_, err = w.idsOf(`SELECT setval(pg_get_serial_sequence(?, 'id'), COALESCE((SELECT MAX(id) FROM `+ident(table)+`), 0) + 1, FALSE)`, ident(table))
	}
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
