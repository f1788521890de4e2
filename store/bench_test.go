package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/store"
	"ugoda/store/storetest"
)

// Sizes of the base that benchmarks work on.
const (
	benchDeals   = 50_000
	benchClients = 6_000
)

var benchBases sync.Map // by engine: *firmOf

// fill makes a big firm in one batch.
func fill(f *firmOf, deals, clients int) error {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"Дах", "Фасад", "Вікна", "Сервер", "Ліцензії", "Монтаж", "Обслуговування", "Цегла", "Двері", "Освітлення"}
	_, err := f.s.InBatch(f.ctx, "fill", func(ctx context.Context, b *store.Batcher) error {
		var all []model.Ref
		for i := range clients {
			b.Clock(monday.Time().AddDate(0, 0, -1000+i%900), monday-model.Day(1000-i%900))
			c := &client.Client{
				Name: fmt.Sprintf("ТОВ «%s-%s %d»", words[r.IntN(10)], words[r.IntN(10)], i), Form: client.Legal, Language: "uk",
				Manager: ref(f.ivan), Phone: fmt.Sprintf("067%07d", i),
			}
			if err := b.Save(ctx, "client", c); err != nil {
				return err
			}
			all = append(all, c.Ref())
		}
		for i := range deals {
			day := monday - model.Day(r.IntN(900)) - 20
			b.Clock(day.Time().Add(10*time.Hour), day)
			manager := f.ivan
			if i%2 == 0 {
				manager = f.maria
			}
			d := &deal.Deal{
				Subject: words[r.IntN(10)] + " " + words[r.IntN(10)], Process: ref(f.process), Client: all[r.IntN(len(all))], Manager: ref(manager),
				Amount: model.Money{Minor: r.Int64N(1_000_000_00), Currency: "UAH"}, Closes: day + model.Day(r.IntN(60)),
			}
			if err := b.Save(ctx, "deal", d); err != nil {
				return err
			}
			for step := range r.IntN(4) {
				b.Clock(day.Time().Add(time.Duration(step*100)*time.Hour), day+model.Day(step*4))
				d.Stage = ref(f.stages[[]string{"second", "won", "lost", "first"}[r.IntN(4)]])
				d.LossReason = ref(f.reason)
				if err := b.Save(ctx, "deal", d); err != nil {
					return err
				}
			}
			if d.State == deal.Open && i%3 != 0 {
				if err := b.Save(ctx, "activity", &deal.Activity{Type: "call", Subject: "Подзвонити", Deal: d.Ref(), Assignee: ref(manager), Due: monday + model.Day(r.IntN(20)-10)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}

// big is a base of the size l, made once for each engine.
func big(b *testing.B, engine string) *firmOf {
	if f, ok := benchBases.Load(engine); ok {
		g := *f.(*firmOf)
		g.t = b
		return &g
	}
	outlives := &outliving{TB: b}
	dsn := benchDir() + "/l.ugoda"
	if engine != "sqlite" {
		dsn = storetest.PostgreSQL(outlives)
	}
	f := newFirm(outlives, dsn)
	start := time.Now()
	if err := fill(f, benchDeals, benchClients); err != nil {
		b.Fatal(err)
	}
	if err := f.base.Rebuild(f.ctx); err != nil { // and its statistics
		b.Fatal(err)
	}
	b.Logf("%s: %d deals in %v", engine, benchDeals, time.Since(start).Round(time.Millisecond))
	benchBases.Store(engine, f)
	return f
}

// outliving keeps what a benchmark made until the process ends.
type outliving struct{ testing.TB }

// Cleanup leaves it.
func (o *outliving) Cleanup(func()) {}

// benchDir is a folder that TestMain removes.
var benchDir = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "ugoda-bench-")
	if err != nil {
		panic(err)
	}
	benchMade = dir
	return dir
})

var benchMade string

func TestMain(m *testing.M) {
	code := m.Run()
	if benchMade != "" {
		os.RemoveAll(benchMade)
	}
	os.Exit(code)
}

func BenchmarkBase(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgresql"} {
		b.Run(engine, func(b *testing.B) {
			f := big(b, engine)
			list := store.Query{Kind: "deal", Columns: []string{"number", "subject", "client", "stage", "amount", "closes", "manager", "next_due", "days_in_stage"}, Limit: 60}
			page := func(b *testing.B, q store.Query) {
				for b.Loop() {
					rows, err := f.s.Page(f.ctx, q)
					if err != nil || len(rows) == 0 {
						b.Fatal(len(rows), err)
					}
				}
			}
			with := func(change func(q *store.Query)) store.Query {
				q := list
				change(&q)
				return q
			}
			filtered := with(func(q *store.Query) {
				q.Where = f.parse("deal", `state = "open" and amount > 10000 and manager = "Іван Коваль"`)
				q.Sort = []store.Order{{Path: "amount", Desc: true}}
			})
			b.Run("page", func(b *testing.B) { page(b, list) })
			b.Run("page-bare", func(b *testing.B) {
				for b.Loop() {
					rows, err := f.base.Read(f.ctx, `SELECT t.id, t.number, t.subject, t.client_id, c.name, s.name, t.amount, t.amount_currency, t.closes, m.name,
						(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = t.id AND a.done = FALSE AND a.marked = FALSE), t.stage_since
						FROM deal t LEFT JOIN client c ON c.id = t.client_id LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN employee m ON m.id = t.manager_id
						WHERE t.marked = FALSE ORDER BY t.id DESC LIMIT 60`)
					if err != nil {
						b.Fatal(err)
					}
					for rows.Next() {
						if _, err := rows.SliceScan(); err != nil {
							b.Fatal(err)
						}
					}
					rows.Close()
				}
			})
			b.Run("page-filtered-sorted", func(b *testing.B) { page(b, filtered) })
			b.Run("page-filtered-sorted-bare", func(b *testing.B) {
				for b.Loop() {
					rows, err := f.base.Read(f.ctx, `SELECT t.id, t.number, t.subject, t.client_id, c.name, s.name, t.amount, t.amount_currency, t.closes, m.name,
						(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = t.id AND a.done = FALSE AND a.marked = FALSE), t.stage_since
						FROM deal t LEFT JOIN client c ON c.id = t.client_id LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN employee m ON m.id = t.manager_id
						WHERE t.marked = FALSE AND t.state = 'open' AND t.amount > 1000000 AND t.manager_id = ? ORDER BY t.amount_base DESC, t.id DESC LIMIT 60`, f.ivan.ID)
					if err != nil {
						b.Fatal(err)
					}
					for rows.Next() {
						if _, err := rows.SliceScan(); err != nil {
							b.Fatal(err)
						}
					}
					rows.Close()
				}
			})
			for _, path := range []string{"subject", "client", "closes", "amount", "stage", "next_due"} {
				for _, desc := range []bool{false, true} {
					b.Run(fmt.Sprintf("sort-%s-%v", path, desc), func(b *testing.B) {
						page(b, with(func(q *store.Query) { q.Sort = []store.Order{{Path: path, Desc: desc}} }))
					})
				}
			}
			b.Run("attention", func(b *testing.B) {
				page(b, with(func(q *store.Query) { q.Where = f.parse("deal", `attention = "stuck"`) }))
			})
			b.Run("search", func(b *testing.B) { page(b, with(func(q *store.Query) { q.Search = "сервер монтаж" })) })
			b.Run("search-rare", func(b *testing.B) { page(b, with(func(q *store.Query) { q.Search = "5999" })) })
			b.Run("find-all", func(b *testing.B) {
				for b.Loop() {
					if _, err := f.s.Search(f.ctx, "вікна 59", 8); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("complete", func(b *testing.B) {
				for b.Loop() {
					if _, err := f.s.Complete(f.ctx, "client", "вікна", 10, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
			for name, q := range map[string]store.Query{"totals": list, "totals-filtered": filtered} {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						if _, err := f.s.Totals(f.ctx, q); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
			b.Run("ids", func(b *testing.B) {
				for b.Loop() {
					if _, err := f.s.IDs(f.ctx, filtered); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("get", func(b *testing.B) {
				for b.Loop() {
					f.get("deal", 77)
				}
			})
			b.Run("save", func(b *testing.B) {
				d := f.get("deal", 77).(*deal.Deal)
				for b.Loop() {
					d.Note += "x"
					if len(d.Note) > 100 {
						d.Note = ""
					}
					f.save("deal", d)
				}
			})
			b.Run("move", func(b *testing.B) {
				n := 0
				for b.Loop() {
					n++
					f.do(88, "move", model.Answers{"stage": ref(f.stages[[]string{"first", "second"}[n%2]])})
				}
			})
			b.Run("bulk-10000-and-undo", func(b *testing.B) {
				ids, err := f.s.IDs(f.ctx, store.Query{Kind: "deal", Limit: 10_000})
				if err != nil {
					b.Fatal(err)
				}
				to := []model.Ref{ref(f.maria), ref(f.ivan)}
				n := 0
				for b.Loop() {
					batch, failures, err := f.s.SetField(f.ctx, "deal", ids, "manager", to[n%2])
					if err != nil || len(failures) > 0 {
						b.Fatal(failures, err)
					}
					if _, err := f.s.Undo(f.ctx, batch.ID, false); err != nil {
						b.Fatal(err)
					}
					n++
				}
			})
			b.Run("check", func(b *testing.B) {
				for b.Loop() {
					if faults, err := f.base.Check(f.ctx); err != nil || len(faults) > 0 {
						b.Fatal(faults, err)
					}
				}
			})
		})
	}
}
