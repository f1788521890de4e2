package bench

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/printing/sheet"
	"ugoda/store"
)

// exported is how many rows a list gives.
const exported = 50_000

// BenchmarkExport writes a list of deals to a file; by hand: the same columns
// by encoding/csv.
func BenchmarkExport(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx, words := context.Background(), locale.New(locale.Ukrainian)
		paths := []string{"number", "subject", "client", "stage", "amount", "closes", "manager"}
		t := &table.Table{Kind: "deal", Title: "deals"}
		for _, p := range paths {
			fields, err := s.Registry().Path(s.Registry().Kind("deal"), p)
			if err != nil {
				b.Fatal(err)
			}
			t.Columns = append(t.Columns, table.Column{Name: p, Label: p, Type: fields[0].Type})
		}
		t.Rows = func(ctx context.Context, yield func(table.Row) error) error {
			return s.Each(ctx, store.Query{Kind: "deal", Columns: paths, Limit: exported}, func(r store.Row) error { return yield(table.Row{ID: r.ID, Cells: r.Cells}) })
		}
		for _, format := range []string{"csv", "xlsx"} {
			b.Run(format, func(b *testing.B) {
				var bare func() error
				if format == "csv" {
					bare = func() error { return byHand(ctx, s) }
				}
				pair(b, func() error { return sheet.Write(ctx, io.Discard, format, t, sheet.Options{Formatter: words}) }, bare)
			})
		}
	})
}

func byHand(ctx context.Context, s *store.Session) error {
	rows, err := s.Base().Read(ctx, `SELECT t.number, t.subject, COALESCE(c.name, ''), COALESCE(s.name, ''), COALESCE(t.amount, 0), t.amount_currency, COALESCE(t.closes, 0), COALESCE(m.name, '')
		FROM deal t LEFT JOIN client c ON c.id = t.client_id LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN employee m ON m.id = t.manager_id
		WHERE t.marked = FALSE ORDER BY t.id DESC LIMIT 50000`)
	if err != nil {
		return err
	}
	defer rows.Close()
	w := csv.NewWriter(io.Discard)
	var number, subject, client, stage, currency, manager string
	var amount, closes int64
	for rows.Next() {
		if err := rows.Scan(&number, &subject, &client, &stage, &amount, &currency, &closes, &manager); err != nil {
			return err
		}
		if err := w.Write([]string{number, subject, client, stage, fmt.Sprintf("%d.%02d %s", amount/100, amount%100, currency), model.Day(closes).String(), manager}); err != nil {
			return err
		}
	}
	w.Flush()
	return rows.Err()
}
