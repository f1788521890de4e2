package store_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/filter/filtertest"
	"ugoda/model/firm"
	"ugoda/model/modeltest"
	"ugoda/model/product"
	"ugoda/store"
)

// world reads records for filter.Match from the base.
type world struct {
	modeltest.Facts
	f    *firmOf
	read map[[2]any]any
}

func (w *world) Record(kind string, id int64) any {
	if id == 0 {
		return nil
	}
	key := [2]any{kind, id}
	if rec, ok := w.read[key]; ok {
		return rec
	}
	w.read[key] = w.f.get(kind, id)
	return w.read[key]
}

// TestFiltersAgree compares what the base finds by random filters with what
// filter.Match says of each record.
func TestFiltersAgree(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		addUser(f, "petro", "admin", "")
		s, err := f.base.Session(f.ctx, "petro", "")
		if err != nil {
			t.Fatal(err)
		}
		words := []string{"Їжак", "їж", "ґанок", "М’ята", "50%_", "a", "", "Карпати", "Галичина", "00001", "відділ", `\`, "ко"}
		west := &firm.Region{Name: "Галичина"}
		f.save("region", west)
		lviv := &firm.Region{Name: "Карпати", Parent: ref(west)}
		f.save("region", lviv)
		branch := &firm.Department{Name: "Відділ Їжак", Parent: ref(f.sales)}
		f.save("department", branch)
		f.maria.Department = ref(branch)
		f.save("employee", f.maria)
		random := rapid.Custom(func(t *rapid.T) *deal.Deal {
			some := func(refs ...model.Ref) model.Ref { return rapid.SampledFrom(append(refs, model.Ref{})).Draw(t, "ref") }
			day := func() model.Day {
				return rapid.SampledFrom([]model.Day{0, monday, monday - 1, monday + 1, monday + 6, monday - 29, monday - 7}).Draw(t, "day")
			}
			word := func() string { return rapid.SampledFrom(words).Draw(t, "word") }
			d := &deal.Deal{
				Subject: word() + "x", Process: ref(f.process), Manager: some(ref(f.ivan), ref(f.maria)), Closes: day(), Note: word(),
				Stage:  rapid.SampledFrom([]model.Ref{ref(f.stages["first"]), ref(f.stages["hold"]), ref(f.stages["won"])}).Draw(t, "stage"),
				Client: some(model.Ref{ID: 1}, model.Ref{ID: 2}, model.Ref{ID: 3}), Opened: day(),
			}
			for range rapid.IntRange(0, 2).Draw(t, "products") {
				d.Products = append(d.Products, deal.Interest{Product: rapid.SampledFrom([]model.Ref{{ID: 1}, {ID: 2}}).Draw(t, "product"), Quantity: model.Qty(rapid.Int64Range(1, 3).Draw(t, "quantity"))})
			}
			if rapid.Bool().Draw(t, "amount") {
				d.Amount = model.Money{Minor: rapid.Int64Range(0, 300).Draw(t, "minor"), Currency: rapid.SampledFrom([]string{"UAH", "EUR"}).Draw(t, "currency")}
			}
			return d
		})
		for i, name := range []string{"Їжак", "М'ята", "50%_"} {
			c := &client.Client{Name: name, Form: client.Legal, Language: "uk"}
			if i > 0 {
				c.Region, c.Manager = ref(lviv), ref(f.ivan)
			}
			f.save("client", c)
		}
		for _, name := range []string{"Їжак", "Карпати"} {
			f.save("product", &product.Product{Name: name, Article: "00001", VAT: product.VAT20})
		}
		var deals []*deal.Deal
		for i := range 40 {
			d := random.Example(i)
			f.save("deal", d)
			deals = append(deals, f.get("deal", d.ID).(*deal.Deal))
		}
		w := &world{Facts: modeltest.Facts{Day: monday, Moment: monday.Time().Add(10 * time.Hour), Who: s.Employee}, f: f, read: map[[2]any]any{}}
		reg := f.base.Registry()
		hits := 0
		rapid.Check(t, func(t *rapid.T) {
			n := filtertest.Node(reg, "deal", words).Draw(t, "filter")
			got, err := s.IDs(f.ctx, store.Query{Kind: "deal", Where: n, Sort: []store.Order{{Path: "id"}}})
			if err != nil {
				t.Fatalf("%s: %v", filter.Text(n), err)
			}
			var want []int64
			for _, d := range deals {
				ok, err := filter.Match(reg, "deal", n, d, w)
				if err != nil {
					t.Fatalf("%s: %v", filter.Text(n), err)
				}
				if ok {
					want = append(want, d.ID)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s: the base finds %v, the rule %v", filter.Text(n), got, want)
			}
			if len(want) > 0 && len(want) < len(deals) {
				hits++
			}
		})
		if hits == 0 { // filters are drawn by chance: how many tell records apart is too
			t.Error("no filter told records apart")
		}
	})
}

// A filter may name thousands of records, numbers and words.
func TestManyValues(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		d := &deal.Deal{Subject: "Дах", Process: ref(f.process), Stage: ref(f.stages["first"])}
		f.save("deal", d)
		var ids, names filter.Cond
		ids = filter.Cond{Path: "id", Op: filter.In}
		names = filter.Cond{Path: "subject", Op: filter.In}
		var any filter.Or
		for i := range 5000 {
			ids.Values = append(ids.Values, filter.Number(strconv.Itoa(100_000+i)))
			names.Values = append(names.Values, filter.String("нема "+strconv.Itoa(i)))
			any = append(any, filter.Cond{Path: "note", Op: filter.Eq, Values: []filter.Value{filter.String(strconv.Itoa(i))}})
		}
		for _, n := range []filter.Node{ids, names, any} {
			if got := f.count("deal", n); got != 0 {
				t.Errorf("%d deals, none was named", got)
			}
		}
		ids.Values = append(ids.Values, filter.Number(strconv.FormatInt(d.ID, 10)))
		names.Values = append(names.Values, filter.String("дах"))
		any = append(any, filter.Cond{Path: "subject", Op: filter.Contains, Values: []filter.Value{filter.String("ах")}})
		for _, n := range []filter.Node{ids, names, any} {
			if got := f.count("deal", n); got != 1 {
				t.Errorf("%d deals, one was named", got)
			}
		}
		if got := f.count("deal", filter.Not{Node: ids}); got != 0 {
			t.Errorf("%d deals beside those named", got)
		}
	})
}

func (f *firmOf) count(kind string, n filter.Node) int64 {
	f.t.Helper()
	t, err := f.base.System().Totals(f.ctx, store.Query{Kind: kind, Where: n})
	if err != nil {
		f.t.Fatal(err)
	}
	return t.Count
}
