package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"ugoda/store"
)

// columns are those of the list of deals as it comes.
var columns = []string{"number", "subject", "client", "stage", "amount", "closes", "manager", "next_due", "days_in_stage"}

// deals is the same list written by hand.
const deals = `SELECT t.id, t.number, t.subject, t.client_id, c.number, c.name, t.stage_id, s.number, s.name, t.amount, t.amount_currency, t.closes, t.manager_id, m.number, m.name,
	(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = t.id AND a.done = FALSE AND a.marked = FALSE), t.stage_since
	FROM deal t LEFT JOIN client c ON c.id = t.client_id LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN employee m ON m.id = t.manager_id
	WHERE t.marked = FALSE`

// row is what a row of it is scanned into.
type row struct {
	id, client, stage, manager                           sql.NullInt64
	number, subject, clientNo, clientName, stageNo, name sql.NullString
	amount, closes, due, since                           sql.NullInt64
	currency, managerNo, managerName                     sql.NullString
}

func (r *row) into() []any {
	return []any{&r.id, &r.number, &r.subject, &r.client, &r.clientNo, &r.clientName, &r.stage, &r.stageNo, &r.name, &r.amount, &r.currency, &r.closes, &r.manager, &r.managerNo, &r.managerName, &r.due, &r.since}
}

// screenful is how many rows a list asks for at first.
const screenful = 60

// aList is one that is measured, described and written by hand.
type aList struct {
	name, where string
	sort        []store.Order
	condition   string // of the SQL by hand
	order       string
	args        []any
}

func lists(b *testing.B, s *store.Session) []aList {
	manager := one(b, s, `SELECT manager_id FROM deal WHERE state = 'open' GROUP BY manager_id ORDER BY COUNT(*) DESC, manager_id LIMIT 1`)
	region := one(b, s, `SELECT region_id FROM client GROUP BY region_id ORDER BY COUNT(*) DESC, region_id LIMIT 1`)
	return []aList{
		{name: "newest", order: `t.id DESC`},
		{
			name: "mine open by amount", where: fmt.Sprintf(`state = "open" and amount > 10000 and manager = #%d`, manager), sort: []store.Order{{Path: "amount", Desc: true}},
			condition: ` AND t.state = 'open' AND t.amount > 1000000 AND t.manager_id = ?`, order: `t.amount_base DESC, t.id DESC`, args: []any{manager},
		},
		{
			name: "a region's by amount", where: fmt.Sprintf(`client.region = #%d and amount > 10000 and opened >= %s`, region, today-365), sort: []store.Order{{Path: "amount", Desc: true}},
			condition: ` AND c.region_id = ? AND t.amount > 1000000 AND t.opened >= ?`, order: `t.amount_base DESC, t.id DESC`, args: []any{region, int64(today - 365)},
		},
		{
			name: "lost by client", where: `state = "lost"`, sort: []store.Order{{Path: "client"}},
			condition: ` AND t.state = 'lost'`, order: `c.name_sort NULLS LAST, t.id`,
		},
		{name: "by subject", sort: []store.Order{{Path: "subject"}}, order: `t.subject_sort NULLS LAST, t.id`},
	}
}

// BenchmarkPage is the first page of a list; count and sums come after it.
func BenchmarkPage(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		for _, l := range lists(b, s) {
			q := store.Query{Kind: "deal", Columns: columns, Sort: l.sort, Limit: screenful}
			if l.where != "" {
				q.Where = parse(b, s, "deal", l.where)
			}
			b.Run(l.name, func(b *testing.B) {
				var r row
				pair(b, func() error {
					rows, err := s.Page(ctx, q)
					if err == nil && len(rows) == 0 {
						return errors.New("no rows")
					}
					return err
				}, func() error {
					return read(s, fmt.Sprintf(`%s%s ORDER BY %s LIMIT %d`, deals, l.condition, l.order, screenful), l.args, r.into()...)
				})
			})
		}
	})
}

// BenchmarkCount is the count of a list with its sums.
func BenchmarkCount(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		for _, l := range lists(b, s) {
			q := store.Query{Kind: "deal", Columns: columns}
			if l.where != "" {
				q.Where = parse(b, s, "deal", l.where)
			}
			b.Run(l.name, func(b *testing.B) {
				var count, sum int64
				pair(b, func() error {
					_, err := s.Totals(ctx, q)
					return err
				}, func() error {
					from := `deal t`
					if l.name == "a region's by amount" {
						from += ` JOIN client c ON c.id = t.client_id`
					}
					return read(s, `SELECT COUNT(*), CAST(COALESCE(SUM(t.amount_base), 0) AS BIGINT) FROM `+from+` WHERE t.marked = FALSE`+l.condition, l.args, &count, &sum)
				})
			})
		}
	})
}

// BenchmarkIDs are the ids of a whole list in its order, by which it is
// scrolled.
func BenchmarkIDs(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		for _, l := range lists(b, s) {
			q := store.Query{Kind: "deal", Sort: l.sort}
			if l.where != "" {
				q.Where = parse(b, s, "deal", l.where)
			}
			b.Run(l.name, func(b *testing.B) {
				var id int64
				pair(b, func() error {
					_, err := s.IDs(ctx, q)
					return err
				}, func() error {
					return read(s, `SELECT t.id FROM deal t LEFT JOIN client c ON c.id = t.client_id WHERE t.marked = FALSE`+l.condition+` ORDER BY `+l.order, l.args, &id)
				})
			})
		}
	})
}

// BenchmarkSearch is the quick search of a list, and the search of everything.
func BenchmarkSearch(b *testing.B) {
	bases(b, func(b *testing.B, s *store.Session) {
		ctx := context.Background()
		for _, x := range []struct{ name, text string }{{"usual words", "вентиляц"}, {"two words", "склад карпат"}, {"a rare part", "4971"}} {
			q := store.Query{Kind: "deal", Columns: columns, Search: x.text, Limit: screenful}
			b.Run(x.name, func(b *testing.B) {
				pair(b, func() error {
					rows, err := s.Page(ctx, q)
					if err == nil && len(rows) == 0 {
						return errors.New("nothing is found")
					}
					return err
				}, nil)
			})
		}
		b.Run("a part of a name by hand", func(b *testing.B) {
			where := parse(b, s, "deal", `subject contains "плиця"`)
			var r row
			pair(b, func() error {
				_, err := s.Page(ctx, store.Query{Kind: "deal", Columns: columns, Where: where, Limit: screenful})
				return err
			}, func() error {
				return read(s, deals+` AND t.subject_search LIKE '%плиц%' ORDER BY t.id DESC LIMIT 60`, nil, r.into()...)
			})
		})
		b.Run("everything", func(b *testing.B) {
			pair(b, func() error {
				hits, err := s.Search(ctx, "карпат", 8)
				if err == nil && len(hits) == 0 {
					return errors.New("nothing is found")
				}
				return err
			}, nil)
		})
		b.Run("while one types", func(b *testing.B) {
			pair(b, func() error {
				_, err := s.Complete(ctx, "client", "карп", 10, nil)
				return err
			}, nil)
		})
	})
}
