package imports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/records"
	"ugoda/reports"
	"ugoda/service/found"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/store/storetest"
)

var today = model.Date(2017, 12, 31)

func base(t testing.TB, dsn string) *store.Session {
	t.Helper()
	b, err := found.Base(context.Background(), dsn, found.Firm{Name: "ТОВ «Проба»", Language: locale.English},
		store.Options{Registry: records.New(), Today: func() model.Day { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b.System()
}

func read(t testing.TB, name, text string) *spreadsheet.Book {
	t.Helper()
	book, err := spreadsheet.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func run(t testing.TB, s *store.Session, book *spreadsheet.Book, p *imports.Plan, dry bool) *imports.Result {
	t.Helper()
	r, err := imports.Run(context.Background(), s, book, p, imports.Options{File: "test", Dry: dry})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func count(t testing.TB, s *store.Session, kind string) int64 {
	t.Helper()
	totals, err := s.Totals(context.Background(), store.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return totals.Count
}

const clients = "Назва;ЄДРПОУ;Телефони;Регіон\nТОВ «Їжак»;00032129;067 123-45-67, 050 765-43-21;Марс\nПП Єва;14360570;;Марс\n"

// A file of clients: headings are recognised, a trial writes nothing, codes
// keep their noughts, several phones in a cell are all kept, what was created
// and changed is undone as a whole.
func TestClientsComeInAndGoOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		k := s.Registry().Kind("client")
		book := read(t, "clients.csv", clients)
		p := imports.Suggest(s, k, book)
		r := run(t, s, book, p, true)
		if len(r.Questions) != 1 || r.Questions[0].Text != "Марс" || r.Questions[0].Rows != 2 || r.LeftOut != 2 {
			t.Fatalf("trial: %+v", r)
		}
		p.Create = []string{"region"}
		if r = run(t, s, book, p, true); r.Created != 2 || count(t, s, "client") != 0 {
			t.Fatalf("trial: %+v, %d clients", r, count(t, s, "client"))
		}
		r = run(t, s, book, p, false)
		if r.Created != 2 || r.Made["region"] != 1 || r.Batch.ID == 0 {
			t.Fatalf("%+v", r)
		}
		id, err := s.Find(ctx, "client", "ТОВ «Їжак»")
		if err != nil {
			t.Fatal(err)
		}
		rec, err := s.Get(ctx, "client", id)
		if err != nil {
			t.Fatal(err)
		}
		c := rec.(*client.Client)
		if c.Code != "00032129" || c.PhoneE164 != "+380671234567" || len(c.Phones) != 1 || c.Phones[0].E164 != "+380507654321" || c.Region.Name != "Марс" {
			t.Fatalf("%+v", c)
		}
		// the same file again changes nothing; a changed one updates, and that is undone too
		if r = run(t, s, book, p, false); r.Created != 0 {
			t.Fatalf("again: %+v", r)
		}
		other := read(t, "clients.csv", strings.Replace(clients, "ПП Єва", "ПП Нова Єва", 1))
		p2 := imports.Suggest(s, k, other)
		p2.Key, p2.Create = []string{"code"}, []string{"region"}
		r2 := run(t, s, other, p2, false)
		if r2.Updated < 1 || r2.Created != 0 {
			t.Fatalf("update: %+v", r2)
		}
		if _, err := s.Undo(ctx, r2.Batch.ID, false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Find(ctx, "client", "ПП Єва"); err != nil {
			t.Errorf("an undone update did not come back: %v", err)
		}
	})
}

// A deal that the file knows as lost comes in through its open stage, on the
// file's days; without a reason it does not come in at all.
func TestDealsKeepTheirDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		k := s.Registry().Kind("deal")
		book := read(t, "deals.csv", "number,subject,stage,opened,closed,amount\nA1,Roof,Lost,10/20/2016,3/1/2017,0\nA2,Door,Won,10/25/2016,3/11/2017,1054\nA3,Wall,Talks,11/5/2016,,\n")
		p := imports.Suggest(s, k, book)
		p.Constants["process"] = "Sale"
		r := run(t, s, book, p, false)
		if r.LeftOut != 1 || count(t, s, "deal") != 0 {
			t.Fatalf("a lost deal came in without a reason: %+v", r)
		}
		p.Constants["loss_reason"] = "Price"
		if r = run(t, s, book, p, false); r.Created != 3 {
			t.Fatalf("%+v", r)
		}
		for day, want := range map[model.Day][2]int64{ // open, won
			model.Date(2016, 10, 24): {1, 0}, model.Date(2017, 2, 28): {3, 0}, model.Date(2017, 3, 1): {2, 0}, model.Date(2017, 3, 11): {1, 1},
		} {
			f, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{AsOf: day})
			if err != nil {
				t.Fatal(err)
			}
			var won int64
			for _, row := range f.Rows {
				if row.Kind == deal.Won {
					won += row.Count
				}
			}
			if f.Open.Count != want[0] || won != want[1] {
				t.Errorf("%s: %d open, %d won; want %v", day, f.Open.Count, won, want)
			}
		}
		if faults, err := s.Base().Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("%v %v", faults, err)
		}
	})
}

// Rows with nothing but a name are groups of the products that follow.
func TestGroupRowsBecomeATree(t *testing.T) {
	ctx := context.Background()
	s := base(t, filepath.Join(t.TempDir(), "g.ugoda"))
	book := read(t, "p.csv", "name;price\nHeating;\nBoilers;\nBoiler A;\"1 200,50\"\nPumps;\nPump B;300\n")
	p := imports.Suggest(s, s.Registry().Kind("product"), book)
	if r := run(t, s, book, p, false); r.Created != 2 || r.Groups != 3 {
		t.Fatalf("%+v", r)
	}
	rows, err := s.Page(ctx, store.Query{Kind: "product", Columns: []string{"name", "group", "group.parent", "price"}, Sort: []store.Order{{Path: "name"}}})
	if err != nil {
		t.Fatal(err)
	}
	if g := rows[0].Cells[1].(model.Ref); g.Name != "Boilers" {
		t.Errorf("the boiler is in %+v", g)
	}
	if parent := rows[0].Cells[2].(model.Ref); parent.Name != "Heating" {
		t.Errorf("its group is in %+v", parent)
	}
	if price := rows[0].Cells[3].(model.Money); price.Minor != 120050 {
		t.Errorf("its price is %v", price)
	}
}

// The public sample of a hardware seller's opportunities, where it is at hand:
// what the funnel says equals a count over the file.
func TestRealOpportunities(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "crm-opportunities")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the sample data are not here")
	}
	ctx := context.Background()
	s := base(t, filepath.Join(t.TempDir(), "real.ugoda"))
	load := func(kind, file string, change func(p *imports.Plan)) *imports.Result {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		book, err := spreadsheet.Read(file, data)
		if err != nil {
			t.Fatal(err)
		}
		p := imports.Suggest(s, s.Registry().Kind(kind), book)
		p.Create = []string{"*"}
		change(p)
		return run(t, s, book, p, false)
	}
	mapping := func(p *imports.Plan, pairs ...string) {
		for i := range p.Columns {
			p.Columns[i].Field = ""
		}
		for i := 0; i < len(pairs); i += 2 {
			if !p.Map(pairs[i], pairs[i+1]) {
				t.Fatalf("no column %s", pairs[i+1])
			}
		}
	}
	load("employee", "sales_teams.csv", func(p *imports.Plan) {
		mapping(p, "name", "sales_agent", "department", "manager", "department.head", "manager", "department.parent", "regional_office")
	})
	load("product", "products.csv", func(p *imports.Plan) { mapping(p, "name", "product", "group", "series", "price", "sales_price") })
	load("client", "accounts.csv", func(p *imports.Plan) {
		mapping(p, "name", "account", "segment", "sector", "region", "office_location")
	})
	process := &deal.Process{Name: "B2B", Active: true}
	if err := s.Save(ctx, "process", process); err != nil {
		t.Fatal(err)
	}
	for i, st := range []struct{ name, kind string }{{"Prospecting", deal.Open}, {"Engaging", deal.Open}, {"Won", deal.Won}, {"Lost", deal.Lost}} {
		if err := s.Save(ctx, "stage", &deal.Stage{Name: st.name, Kind: st.kind, Order: int64(i), Process: model.Ref{ID: process.ID}}); err != nil {
			t.Fatal(err)
		}
	}
	plan := func(p *imports.Plan) {
		mapping(p, "number", "opportunity_id", "manager", "sales_agent", "products.product", "product", "client", "account", "stage", "deal_stage", "opened", "engage_date", "closed", "close_date", "amount", "close_value")
		p.Key, p.OpenStage, p.Constants["opened"] = []string{"number"}, "Engaging", "2016-10-01"
		p.Constants["process"], p.Constants["subject"], p.Constants["loss_reason"] = "B2B", "Hardware", "Price"
	}
	if r := load("deal", "sales_pipeline.csv", plan); r.LeftOut != 1480 || r.Questions[0].Text != "GTXPro" || len(r.Questions[0].Close) != 1 {
		t.Fatalf("the product spelled in two ways: %d rows left out, %+v", r.LeftOut, r.Questions[0])
	}
	r := load("deal", "sales_pipeline.csv", func(p *imports.Plan) { plan(p); p.Say("product", "GTXPro", imports.Answer{Name: "GTX Pro"}) })
	if r.Created != 8800 || r.Without["client"] != 1425 || r.Without["opened"] != 500 {
		t.Fatalf("%+v", r)
	}
	f, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{AsOf: model.Date(2017, 3, 1), Processes: []int64{process.ID}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int64{}
	for _, row := range f.Rows {
		got[row.Name] = row.Count
	}
	for name, want := range map[string]int64{"Prospecting": 500, "Engaging": 1198, "Won": 20, "Lost": 4} {
		if got[name] != want {
			t.Errorf("%s on 1 March 2017: %d, by the file %d", name, got[name], want)
		}
	}
}
