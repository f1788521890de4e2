package imports_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/exchange/spreadsheet"
	"ugoda/model/requisite"
	"ugoda/model/text"
	"ugoda/service/imports"
	"ugoda/store"
)

// benchRows is how many rows the benchmark brings in.
const benchRows = 10_000

// manyClients is a file of clients with phones, codes and regions.
func manyClients(b *testing.B) *spreadsheet.Book {
	var s strings.Builder
	s.WriteString("Назва;Телефони;Пошта;Регіон;Примітка\n")
	for i := range benchRows {
		fmt.Fprintf(&s, "ТОВ «Фірма %05d»;(010) %03d-00-01, (010) %03d-00-02;office%d@firm.example;Область %d;слова про клієнта\n", i, i%1000, i%1000, i, i%25)
	}
	book, err := spreadsheet.Read("clients.csv", []byte(s.String()))
	if err != nil {
		b.Fatal(err)
	}
	return book
}

// BenchmarkImport brings 10,000 clients in, beside the same rows of clients
// and phones written by hand-made SQL: without rules, numbers, history, the
// journal and undo.
func BenchmarkImport(b *testing.B) {
	book := manyClients(b)
	ctx := context.Background()
	n := 0
	fresh := func() *store.Session {
		n++
		return base(b, filepath.Join(b.TempDir(), fmt.Sprint(n, ".ugoda")))
	}
	b.Run("ugoda", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := fresh()
			p := imports.Suggest(s, s.Registry().Kind("client"), book)
			p.Create = []string{"*"}
			b.StartTimer()
			if r := run(b, s, book, p, false); r.Created != benchRows {
				b.Fatalf("%+v", r)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := fresh()
			b.StartTimer()
			if err := bareClients(ctx, s, book); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// bareClients writes what the file says by SQL alone, many rows at once.
func bareClients(ctx context.Context, s *store.Session, book *spreadsheet.Book) error {
	const most = 100
	rows := book.Sheets[0].Rows[1:]
	return s.Base().Write(ctx, func(tx *store.Tx) error {
		for from := 0; from < len(rows); from += most {
			some := rows[from:min(from+most, len(rows))]
			var clients, phones []any
			for i, r := range some {
				id := int64(1000 + from + i)
				first, second, _ := strings.Cut(r[1].Text, ", ")
				name := r[0].Text
				clients = append(clients, id, 1, false, name, text.SortKey(name), text.Fold(name), "legal", first, requisite.E164(first), text.Fold(first), r[2].Text, text.Fold(r[2].Text), r[4].Text, text.Fold(r[4].Text), requisite.FirmKey(name))
				phones = append(phones, id, id, 0, second, requisite.E164(second), text.Fold(second))
			}
			group := func(columns, n int) string {
				one := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
				return strings.TrimSuffix(strings.Repeat(one+", ", n), ", ")
			}
			if _, err := tx.Exec(ctx, "INSERT INTO client (id, version, marked, name, name_sort, name_search, form, phone, phone_e164, phone_search, email, email_search, note, note_search, name_key) VALUES "+group(15, len(some)), clients...); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, "INSERT INTO client_phones (id, owner_id, position, phone, e164, phone_search) VALUES "+group(6, len(some)), phones...); err != nil {
				return err
			}
		}
		return nil
	})
}
