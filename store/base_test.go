package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/store/storetest"
)

// firmOf is a small firm that tests work with.
type firmOf struct {
	t       testing.TB
	ctx     context.Context
	base    *store.Base
	s       *store.Session
	process *deal.Process
	stages  map[string]*deal.Stage // by name: first, second, hold, won, lost
	reason  *deal.LossReason
	sales   *firm.Department
	ivan    *firm.Employee
	maria   *firm.Employee
}

// save keeps a record, or ends the test.
func (f *firmOf) save(kind string, rec model.Keeper) {
	f.t.Helper()
	if err := f.s.Save(f.ctx, kind, rec); err != nil {
		f.t.Fatalf("save %s: %v", kind, err)
	}
}

func ref(rec model.Keeper) model.Ref { return model.Ref{ID: rec.Base().ID} }

func newFirm(t testing.TB, dsn string) *firmOf {
	t.Helper()
	f := &firmOf{t: t, ctx: context.Background(), base: create(t, dsn), stages: map[string]*deal.Stage{}}
	f.s = f.base.System()
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	f.save("currency", uah)
	eur := &firm.Currency{Name: "Євро"}
	eur.Number = "EUR"
	f.save("currency", eur)
	f.save("rate", &firm.ExchangeRate{Currency: ref(eur), On: monday - 10, Rate: 45_500_000})
	f.sales = &firm.Department{Name: "Відділ продажу"}
	f.save("department", f.sales)
	f.ivan = &firm.Employee{Name: "Іван Коваль", Department: ref(f.sales), Active: true}
	f.save("employee", f.ivan)
	f.maria = &firm.Employee{Name: "Марія Ґедзь", Active: true}
	f.save("employee", f.maria)
	f.process = &deal.Process{Name: "Продаж", Active: true}
	f.save("process", f.process)
	for i, x := range []struct {
		name, kind  string
		probability model.Percent
	}{{"first", deal.Open, 1000}, {"second", deal.Open, 5000}, {"hold", deal.Hold, 1000}, {"won", deal.Won, 0}, {"lost", deal.Lost, 0}} {
		s := &deal.Stage{Name: x.name, Process: ref(f.process), Order: int64(i), Kind: x.kind, Probability: x.probability, ExpectedDays: 10}
		f.save("stage", s)
		f.stages[x.name] = s
	}
	f.reason = &deal.LossReason{Name: "Дорого", Active: true}
	f.save("loss-reason", f.reason)
	return f
}

func (f *firmOf) client(name string) *client.Client {
	f.t.Helper()
	c := &client.Client{Name: name, Form: client.Legal, Language: "uk", Manager: ref(f.ivan)}
	f.save("client", c)
	return c
}

func (f *firmOf) deal(subject string, c *client.Client, hryvnias int64) *deal.Deal {
	f.t.Helper()
	d := &deal.Deal{Subject: subject, Process: ref(f.process), Client: ref(c), Manager: ref(f.ivan), Amount: model.Money{Minor: hryvnias * 100, Currency: "UAH"}}
	f.save("deal", d)
	return d
}

func (f *firmOf) parse(kind, text string) filter.Node {
	f.t.Helper()
	n, err := filter.Parse(f.base.Registry(), kind, text)
	if err != nil {
		f.t.Fatalf("%s: %v", text, err)
	}
	return n
}

func each(t *testing.T, run func(t *testing.T, f *firmOf)) {
	storetest.Each(t, func(t *testing.T, dsn string) { run(t, newFirm(t, dsn)) })
}

func TestSaveAndGet(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("ТОВ «Карпати-Буд»")
		c.Phones = []client.Phone{{Phone: "067 123 45 67"}, {Phone: "050 765 43 21", Note: "склад"}}
		c.Addresses = []client.Address{{Usage: client.AddressLegal, Text: "Львів"}}
		f.save("client", c)
		d := f.deal("Дах", c, 1500)
		if d.Number == "" || d.Version != 1 || d.State != deal.Open || d.Stage.ID != f.stages["first"].ID || d.Probability != 1000 || d.Department.ID != f.sales.ID {
			t.Fatalf("%+v", d)
		}
		rec, err := f.s.Get(f.ctx, "client", c.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := rec.(*client.Client)
		if got.Name != c.Name || got.Manager.Name != "Іван Коваль" || len(got.Phones) != 2 || got.Phones[1].Note != "склад" || got.Phones[0].E164 != "+380671234567" {
			t.Fatalf("%+v", got)
		}
		got.Phones = got.Phones[1:]
		f.save("client", got)
		rec, err = f.s.Get(f.ctx, "client", c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if p := rec.(*client.Client).Phones; len(p) != 1 || p[0].Note != "склад" {
			t.Fatalf("%+v", p)
		}
		// Somebody else's copy is older now.
		c.Name, c.Note = "ТОВ Карпати", "x"
		err = f.s.Save(f.ctx, "client", c)
		var conflict *store.Conflict
		if !errors.As(err, &conflict) || len(conflict.Fields) != 3 {
			t.Fatalf("%v", err)
		}
		id, err := f.s.Find(f.ctx, "client", "тов карпати-буд")
		if err != nil || id != c.ID {
			t.Fatal(id, err)
		}
		h, err := f.s.History(f.ctx, "client", c.ID)
		if err != nil || len(h) != 3 {
			t.Fatal(h, err)
		}
		if h[1].Fields[0].Name != "addresses.0.usage" || h[0].Fields[0].Name != "phones.0.phone" {
			t.Fatalf("%+v", h)
		}
		part, err := f.s.HistoryBefore(f.ctx, "client", c.ID, h[0].ID, 1)
		if err != nil || len(part) != 1 || part[0].ID != h[1].ID || part[0].Fields[0].Name != "addresses.0.usage" {
			t.Fatal(part, err)
		}
		if n, err := f.s.CountHistory(f.ctx, "client", c.ID); err != nil || n != 3 {
			t.Fatal(n, err)
		}
	})
}

func TestLists(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		a, b := f.client("Їжак"), f.client("Ґанок")
		f.deal("один", a, 100)
		f.deal("два", b, 200)
		d := f.deal("три", b, 300)
		d.Amount = model.Money{Minor: 1000, Currency: "EUR"}
		f.save("deal", d)
		q := store.Query{
			Kind: "deal", Columns: []string{"subject", "client", "client.manager.name", "amount", "amount_base", "weighted", "attention", "next_due", "days_in_stage", "stage"},
			Sort: []store.Order{{Path: "client"}, {Path: "amount", Desc: true}},
		}
		rows, err := f.s.Page(f.ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		var subjects []string
		for _, r := range rows {
			subjects = append(subjects, r.Cells[0].(string))
		}
		if len(rows) != 3 || subjects[0] != "три" || subjects[1] != "два" || subjects[2] != "один" {
			t.Fatal(subjects)
		}
		if m := rows[0].Cells[4].(model.Money); m.Minor != 45500 || m.Currency != "UAH" {
			t.Fatal(m)
		}
		if rows[0].Cells[5].(int64) != 4550 || rows[0].Cells[6] != deal.AttentionNoStep || rows[0].Cells[7] != nil || rows[0].Cells[8].(int64) != 0 {
			t.Fatal(rows[0].Cells)
		}
		totals, err := f.s.Totals(f.ctx, q)
		if err != nil || totals.Count != 3 || totals.Sums["amount"] != (model.Money{Minor: 75500, Currency: "UAH"}) {
			t.Fatal(totals, err)
		}
		for text, want := range map[string]int64{
			`client = "їжак"`: 1, fmt.Sprintf("client.manager = #%d", f.ivan.ID): 3, `amount > 150`: 1, `amount_base > 150 and not (client contains "АНО")`: 0,
			`attention = "no_step"`: 3, `stage in ("first", "won")`: 3, `closes is empty`: 3, `created in today`: 3, `manager.department under "Відділ продажу"`: 3,
			`opened in this week`: 3, `opened in last week`: 0, `subject starts "о"`: 1, `number != "1"`: 3, `client.name contains "ганок" or subject = один`: 3,
		} {
			q := store.Query{Kind: "deal", Where: f.parse("deal", text)}
			got, err := f.s.Totals(f.ctx, q)
			if err != nil || got.Count != want {
				t.Errorf("%s: %d, want %d (%v)", text, got.Count, want, err)
			}
		}
		groups, err := f.s.Groups(f.ctx, store.Query{Kind: "deal", Columns: []string{"amount"}}, "client")
		if err != nil || len(groups) != 2 || groups[0].Count != 2 || groups[0].Value.(model.Ref).Name != "Ґанок" {
			t.Fatal(groups, err)
		}
		ids, err := f.s.IDs(f.ctx, q)
		if err != nil || len(ids) != 3 {
			t.Fatal(ids, err)
		}
		rows, err = f.s.Rows(f.ctx, q, []int64{ids[2], 999, ids[0]})
		if err != nil || len(rows) != 2 || rows[0].ID != ids[2] {
			t.Fatal(rows, err)
		}
		hits, err := f.s.Search(f.ctx, "їжак", 5)
		if err != nil || len(hits) != 2 || hits[0].Kind != "client" {
			t.Fatal(hits, err)
		}
		refs, err := f.s.Complete(f.ctx, "client", "ган", 5, nil)
		if err != nil || len(refs) != 1 || refs[0].Name != "Ґанок" {
			t.Fatal(refs, err)
		}
	})
}
