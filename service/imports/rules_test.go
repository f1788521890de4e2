package imports_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/product"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/store/storetest"
)

// suggest reads a text and suggests a plan for it.
func suggest(t *testing.T, s *store.Session, kind, text string) (*imports.Plan, func(dry bool) *imports.Result) {
	t.Helper()
	book := read(t, "x.csv", text)
	p := imports.Suggest(s, s.Registry().Kind(kind), book)
	return p, func(dry bool) *imports.Result { return run(t, s, book, p, dry) }
}

func get[T model.Keeper](t *testing.T, s *store.Session, kind, name string) T {
	t.Helper()
	id, err := s.Find(context.Background(), kind, name)
	if err != nil {
		t.Fatal(err)
	}
	rec, err := s.Get(context.Background(), kind, id)
	if err != nil {
		t.Fatal(err)
	}
	return rec.(T)
}

// A client is known by its code though the file spells its name otherwise; one
// of the same name with another code is asked about and not taken for it.
func TestReferencesByCode(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		if err := s.Save(ctx, "client", &client.Client{Name: "ТОВ «Магніт»", Form: client.Legal, Code: "00032129"}); err != nil {
			t.Fatal(err)
		}
		p, do := suggest(t, s, "contact", "name;client;client.code\nОлена;Магніт плюс;00032129\nІван;ТОВ Магніт;14360570\nМарія;магніт тов;\n")
		r := do(true)
		if r.Created != 1 || len(r.Questions) < 2 {
			t.Fatalf("%+v", r)
		}
		for _, q := range r.Questions[:2] {
			if q.About != imports.AboutReference || len(q.Close) != 1 || q.Close[0].Name != "ТОВ «Магніт»" {
				t.Errorf("asks %+v", q)
			}
			p.Say(q.Kind, q.Text, imports.Answer{ID: q.Close[0].ID})
		}
		if r = do(false); r.Created != 3 {
			t.Fatalf("%+v", r.Problems)
		}
		if c := get[*client.Contact](t, s, "contact", "Олена"); c.Client.Name != "ТОВ «Магніт»" {
			t.Errorf("Олена is of %+v", c.Client)
		}
		// what was answered is remembered for any later file
		again, do := suggest(t, s, "contact", "name;client\nПетро;магніт тов\n")
		if err := imports.Remembered(ctx, s, again); err != nil {
			t.Fatal(err)
		}
		if r := do(true); r.Created != 1 || len(r.Questions) != 0 {
			t.Errorf("asks again: %+v", r.Questions)
		}
	})
}

// Amounts in a currency of their own, percents, units, choices in words, codes
// that lost their noughts, and what is left empty in an update.
func TestValues(t *testing.T) {
	s := base(t, storetest.SQLite(t))
	if _, do := suggest(t, s, "rate", "currency;on;rate\nEUR;30.12.2017;33,4954\n"); do(false).Created != 1 {
		t.Fatal("a rate did not come in")
	}
	p, do := suggest(t, s, "product", "Назва;Артикул;Ціна;Ціна, валюта;ПДВ;Послуга\nКотел;00012;1 200,50;EUR;20%;ні\nНасос;00013;300;;сім;так\n")
	r := do(true)
	if len(r.Questions) != 1 || r.Questions[0].About != imports.AboutChoice || r.Questions[0].Text != "сім" {
		t.Fatalf("%+v", r.Problems)
	}
	p.Say(r.Questions[0].Kind, "сім", imports.Answer{Name: "7"})
	if r = do(false); r.Created != 2 {
		t.Fatalf("%+v", r.Problems)
	}
	boiler, pump := get[*product.Product](t, s, "product", "Котел"), get[*product.Product](t, s, "product", "Насос")
	if boiler.Price != (model.Money{Minor: 120050, Currency: "EUR"}) || boiler.Article != "00012" || boiler.VAT != "20" || boiler.Service {
		t.Errorf("%+v", boiler)
	}
	if pump.Price != (model.Money{Minor: 30000, Currency: "UAH"}) || pump.VAT != "7" || !pump.Service {
		t.Errorf("%+v", pump)
	}
	// an update in the currency that the record has; an empty cell changes nothing
	p, do = suggest(t, s, "product", "Артикул;Ціна;ПДВ\n00012;1300;\n00099;5;20\n")
	p.Mode = imports.Update
	if r = do(false); r.Updated != 1 || r.Created != 0 || r.Same != 1 {
		t.Fatalf("%+v", r)
	}
	if b := get[*product.Product](t, s, "product", "Котел"); b.Price != (model.Money{Minor: 130000, Currency: "EUR"}) || b.VAT != "20" {
		t.Errorf("after the update: %+v", b)
	}
}

// What a column does not show is asked, and nothing is written before it is
// answered.
func TestUnsureColumns(t *testing.T) {
	s := base(t, storetest.SQLite(t))
	p, do := suggest(t, s, "deal", "subject,opened,amount\nДах,3/1/2017,\"1,234\"\n")
	r := do(false)
	if r.Batch.ID != 0 || len(r.Questions) != 2 {
		t.Fatalf("%+v", r)
	}
	for i := range p.Columns {
		switch p.Columns[i].Field {
		case "opened":
			p.Columns[i].Asked = true
		case "amount":
			p.Columns[i].Settled, p.Columns[i].Comma = true, true
		}
	}
	if r = do(false); r.Created != 1 {
		t.Fatalf("%+v", r.Problems)
	}
	d := get[*deal.Deal](t, s, "deal", "Дах")
	if d.Opened != model.Date(2017, 1, 3) || d.Amount.Minor != 123 {
		t.Errorf("%+v", d)
	}
}

// Rows with one number are one deal with several products; a text of constants
// takes cells; rows without a client stay out when a person says so.
func TestRowsOfOneRecord(t *testing.T) {
	ctx := context.Background()
	s := base(t, storetest.SQLite(t))
	for _, name := range []string{"Котел", "Насос"} {
		if err := s.Save(ctx, "product", &product.Product{Name: name, VAT: "20"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Save(ctx, "client", &client.Client{Name: "Січ", Form: client.Legal}); err != nil {
		t.Fatal(err)
	}
	p, do := suggest(t, s, "deal", "№;клієнт;товар;кількість\nУ-7;Січ;Котел;2\nУ-7;Січ;Насос;1\nУ-8;;Насос;1\n")
	p.Constants["subject"] = "{товар} для {клієнт}"
	p.Without["client"] = imports.Skip
	r := do(false)
	if r.Created != 1 || r.Skipped != 1 || r.LeftOut != 0 || r.Repeated != 0 {
		t.Fatalf("%+v", r)
	}
	d := get[*deal.Deal](t, s, "deal", "У-7")
	if len(d.Products) != 2 || d.Products[1].Product.Name != "Насос" || d.Products[0].Quantity != 2000 || !strings.HasSuffix(d.Subject, "для Січ") {
		t.Errorf("%+v", d)
	}
	if _, err := s.Find(ctx, "deal", "У-8"); err == nil {
		t.Error("a deal that was to stay out came in")
	}
}

// A stopped import leaves nothing behind.
func TestStopped(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s := base(t, dsn)
		var text strings.Builder
		text.WriteString("Назва\n")
		for i := range 500 {
			text.WriteString("Клієнт " + strings.Repeat("І", i%7) + string(rune('А'+i%30)) + strings.Repeat("я", i/30) + "\n")
		}
		book := read(t, "x.csv", text.String())
		p := imports.Suggest(s, s.Registry().Kind("client"), book)
		ctx, stop := context.WithCancel(context.Background())
		defer stop()
		_, err := imports.Run(ctx, s, book, p, imports.Options{File: "x", Progress: func(done, _ int) {
			if done >= 200 {
				stop()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped: %v", err)
		}
		if n := count(t, s, "client"); n != 0 {
			t.Errorf("%d clients stayed", n)
		}
		if list, err := imports.Journal(context.Background(), s, 10); err != nil || len(list) != 0 {
			t.Errorf("the journal has %v %v", list, err)
		}
	})
}

// Who may not write a kind may not bring files into it, and a field that a role
// does not see is no column.
func TestRights(t *testing.T) {
	ctx := context.Background()
	s := base(t, storetest.SQLite(t))
	user := must(t, s, "user", func(rec model.Keeper) {
		k := s.Registry().Kind("user")
		_ = model.Assign(k.Field("name").Ptr(rec), "продавець")
	})
	seller, err := s.As(ctx, model.Ref{ID: user})
	if err != nil {
		t.Fatal(err)
	}
	if imports.Can(seller, "user") || !imports.Can(seller, "client") {
		t.Error("what a salesperson may bring in")
	}
	for _, x := range imports.Targets(s.Registry(), s.Registry().Kind("product"), seller.Role) {
		if x.Field.Name == "cost" {
			t.Error("a salesperson is offered the cost")
		}
	}
	book := read(t, "x.csv", "name;cost\nКотел;5\n")
	p := imports.Suggest(seller, s.Registry().Kind("product"), book)
	p.Columns[1].Field = "cost"
	if _, err := imports.Run(ctx, seller, book, p, imports.Options{}); err == nil {
		t.Error("a salesperson brought a cost in")
	}
}

func must(t *testing.T, s *store.Session, kind string, fill func(rec model.Keeper)) int64 {
	t.Helper()
	rec, err := s.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	fill(rec)
	if err := s.Save(context.Background(), kind, rec); err != nil {
		t.Fatal(err)
	}
	return rec.Base().ID
}
