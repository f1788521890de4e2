package imports

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/listing"
)

// fitOut gives a base a kit, and a proposal with every sort of line.
func fitOut(t *testing.T, s *store.Session) {
	t.Helper()
	save := func(kind string, rec model.Keeper) model.Ref {
		if err := s.Save(context.Background(), kind, rec); err != nil {
			t.Fatal(err)
		}
		return model.Ref{ID: rec.Base().ID}
	}
	uah := func(minor int64) model.Money { return model.Money{Minor: minor, Currency: "UAH"} }
	boiler := save("product", &product.Product{Name: "Котел", VAT: product.VAT20, Active: true, Price: uah(100_00), Cost: uah(60_00)})
	kit := save("product", &product.Product{Name: "Котельня", VAT: product.VAT20, Active: true, Price: uah(250_00), Parts: []product.Part{{Product: boiler, Quantity: 2000}}})
	rec, err := s.New(context.Background(), "client")
	if err != nil {
		t.Fatal(err)
	}
	if err := model.Assign(s.Registry().Kind("client").Field("name").Ptr(rec), "ПП Єва"); err != nil {
		t.Fatal(err)
	}
	who := save("client", rec)
	if rec, err = s.New(context.Background(), "proposal"); err != nil {
		t.Fatal(err)
	}
	p := rec.(*proposal.Proposal)
	p.Client, p.Subject = who, "Усі рядки"
	p.Variants = []proposal.Variant{{Name: "Базовий", Recommended: true, Sheet: trade.Sheet{Lines: []proposal.Line{
		{Heading: true, Text: "Обладнання"},
		{Product: kit, Quantity: 1000, DiscountSum: 10_05, DiscountFixed: true},
		{Note: true, Text: "Ціни дійсні тиждень"},
		{Text: "Монтаж", Quantity: 1000, Price: 500_00, VAT: product.VAT7, Optional: true, Discount: 350},
	}}}, {Name: "Порожній"}}
	save("proposal", p)
}

// What a list exports with all its fields, kits and lines among them, goes
// through the steps of the import as it is: into its own base nothing is new,
// into another one the same comes.
func TestWholeExportComesInByTheSteps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		h, session := window(t, dsn)
		fitOut(t, session)
		there, other := window(t, storetest.SQLite(t))
		for _, x := range []struct {
			kind    string
			records int
		}{{"product", 2}, {"proposal", 1}} {
			file := filepath.Join(t.TempDir(), x.kind+".xlsx")
			l, err := listing.New(h, screen.ToList(x.kind, ""))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(l.Close)
			h.Show(l)
			l.(*listing.Screen).ExportWhole(file)

			s := open(t, h, x.kind, file)
			s.Do(screen.MainAction)
			if r := s.result; s.step != checking || r.Created+r.Updated+r.LeftOut != 0 || r.Same != x.records || len(r.Unused) != 0 {
				t.Fatalf("%s into its own base: step %d, %+v", x.kind, s.step, r)
			}
			s = open(t, there, x.kind, file)
			s.plan.Create = []string{"*"}
			s.Do(screen.MainAction)
			s.Do(screen.MainAction)
			if r := s.result; s.step != finished || r.Created != x.records || r.LeftOut != 0 {
				t.Fatalf("%s into another base: step %d, %+v", x.kind, s.step, r)
			}
		}
		read := func(s *store.Session, kind, name string) model.Keeper {
			id, err := s.Find(context.Background(), kind, name)
			if err != nil {
				t.Fatal(err)
			}
			rec, err := s.Get(context.Background(), kind, id)
			if err != nil {
				t.Fatal(err)
			}
			return rec
		}
		kit := read(other, "product", "Котельня").(*product.Product)
		if len(kit.Parts) != 1 || kit.Parts[0].Product.Name != "Котел" || kit.Parts[0].Quantity != 2000 || kit.Cost.Minor != 120_00 {
			t.Errorf("the kit: %+v", kit)
		}
		ids, err := other.IDs(context.Background(), store.Query{Kind: "proposal"})
		if err != nil || len(ids) != 1 {
			t.Fatal(ids, err)
		}
		rec, err := other.Get(context.Background(), "proposal", ids[0])
		if err != nil {
			t.Fatal(err)
		}
		was, now := read(session, "proposal", rec.Base().Number).(*proposal.Proposal), rec.(*proposal.Proposal)
		if len(now.Variants) != 2 || now.Amount != was.Amount {
			t.Fatalf("%+v", now)
		}
		same := slices.EqualFunc(was.Variants[0].Lines, now.Variants[0].Lines, func(a, b proposal.Line) bool {
			return a.Text == b.Text && a.Heading == b.Heading && a.Note == b.Note && a.Optional == b.Optional && a.Quantity == b.Quantity && a.Total == b.Total &&
				a.DiscountSum == b.DiscountSum && a.DiscountFixed == b.DiscountFixed && a.VAT == b.VAT && a.Product.Name == b.Product.Name && len(a.Parts) == len(b.Parts)
		})
		if !same {
			t.Errorf("the lines were\n%+v\nand are\n%+v", was.Variants[0].Lines, now.Variants[0].Lines)
		}
	})
}
