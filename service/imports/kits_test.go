package imports_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/product"
	"ugoda/service/imports"
	"ugoda/store/storetest"
)

// A kit stands above what it is made of, one of its parts below it in the file;
// a row with a part alone belongs to the kit above it.
const kits = `Артикул;Назва;Собівартість;Склад комплекту · Товар;Склад комплекту · Кількість
К-9;Котельня під ключ;;К-1;2
;;;Насос;1,5
;;;Труба;
К-1;Котел;100;;
Н-7;Насос;200;;
Т-1;Труба;10;;
`

// Kits come in with their parts, one row for each, in whatever order the file
// has them; the same file again changes nothing, another part takes the place of
// those that were there; a wrong part keeps its kit out, and is told.
func TestKitsComeIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		k := s.Registry().Kind("product")
		plan := func(book *spreadsheet.Book) *imports.Plan {
			p := imports.Suggest(s, k, book)
			for _, c := range p.Columns {
				if c.Field == "" {
					t.Errorf("the column %q is not recognised", c.Heading)
				}
			}
			if p.GroupRows {
				t.Error("rows with a part alone are taken for groups")
			}
			return p
		}
		book := read(t, "kits.csv", kits)
		first := run(t, s, book, plan(book), false)
		if first.Created != 4 || first.LeftOut != 0 || len(first.Made) != 0 {
			t.Fatalf("%+v", first)
		}
		kit := get[*product.Product](t, s, "product", "Котельня під ключ")
		if len(kit.Parts) != 3 || kit.Parts[0].Product.Name != "Котел" || kit.Parts[0].Quantity != 2000 || kit.Parts[1].Quantity != 1500 || kit.Parts[2].Quantity != 1000 || kit.Cost.Minor != 510_00 {
			t.Fatalf("%+v", kit)
		}
		if history, err := s.History(ctx, "product", kit.ID); err != nil || len(history) != 1 {
			t.Errorf("%d entries of history for one import, %v", len(history), err)
		}
		if r := run(t, s, book, plan(book), false); r.Created+r.Updated != 0 || r.Same != 4 {
			t.Errorf("again: %+v", r)
		}
		other := read(t, "kits.csv", strings.Replace(kits, "Насос;1,5", "Насос;4", 1))
		second := run(t, s, other, plan(other), false)
		if second.Updated != 1 || second.Same != 3 {
			t.Fatalf("changed: %+v", second)
		}
		if kit = get[*product.Product](t, s, "product", "Котельня під ключ"); len(kit.Parts) != 3 || kit.Parts[1].Quantity != 4000 || kit.Cost.Minor != 1010_00 {
			t.Errorf("changed: %+v", kit)
		}
		if _, err := s.Undo(ctx, second.Batch.ID, false); err != nil {
			t.Fatal(err)
		}
		if kit = get[*product.Product](t, s, "product", "Котельня під ключ"); kit.Parts[1].Quantity != 1500 {
			t.Errorf("undone: %+v", kit.Parts)
		}

		wrong := read(t, "kits.csv", strings.Replace(kits, "Насос;1,5", "Насос;-4", 1))
		p := plan(wrong)
		p.LeaveBad = true
		r := run(t, s, wrong, p, false)
		told := false
		for _, x := range r.Problems {
			told = told || x.Row == 3 && x.Column == "Склад комплекту · Кількість" && x.Value == "-4"
		}
		if r.LeftOut != 3 || len(r.Bad) != 3 || !told {
			t.Errorf("a wrong part: %+v", r)
		}
		dear := read(t, "kits.csv", strings.Replace(kits, "Котельня під ключ;;", "Котельня під ключ;99;", 1))
		p = plan(dear)
		p.LeaveBad = true
		if r := run(t, s, dear, p, false); r.LeftOut != 3 || !slices.ContainsFunc(r.Problems, func(x imports.Problem) bool { return x.Row == 2 && x.Column == "Собівартість" }) {
			t.Errorf("a kit with a cost of its own: %+v", r)
		}
		ring := read(t, "ring.csv", "Артикул;Назва;Склад комплекту · Товар\nР-1;Кільце;Р-2\nР-2;Обруч;Р-1\n")
		if r := run(t, s, ring, plan(ring), false); r.Created != 0 || r.LeftOut == 0 {
			t.Errorf("a kit that stands in itself: %+v", r)
		}
	})
}

// Lines that are options, notes and headings come in as such, a sum alone is an
// agreed discount, and a mark or a discount that the file no longer has is taken
// off.
func TestSortsOfLines(t *testing.T) {
	s := base(t, storetest.SQLite(t))
	const file = `Номер;Клієнт;Найменування;Заголовок;Рядок-примітка;Опція;К-сть;Ціна;Знижка, %;Сума знижки
КП-1;ПП Єва;Обладнання;так;;;;;;
;;Котел;;;;1;1000;;100
;;Ціни дійсні тиждень;;так;;;;;
;;Монтаж;;;так;2;500;10;
`
	in := func(text string) {
		t.Helper()
		book := read(t, "offers.csv", text)
		p := imports.Suggest(s, s.Registry().Kind("proposal"), book)
		p.Create = []string{"client"}
		for _, c := range p.Columns {
			if c.Field == "" {
				t.Errorf("the column %q is not recognised", c.Heading)
			}
		}
		if r := run(t, s, book, p, false); r.Created+r.Updated != 1 || r.LeftOut != 0 {
			t.Fatalf("%+v", r)
		}
	}
	in(file)
	for _, o := range offers(t, s) {
		l := o.Variants[0].Lines
		if len(l) != 4 || !l[0].Heading || !l[2].Note || !l[3].Optional || l[1].Heading || l[1].Optional || l[1].DiscountSum != 100_00 || !l[1].DiscountFixed || l[3].Discount != 10_00 {
			t.Fatalf("%+v", l)
		}
		if v := o.Variants[0]; v.Total != 900_00 || v.OptionsSum != 900_00 {
			t.Errorf("%d, options %d", v.Total, v.OptionsSum)
		}
	}
	in(strings.Replace(file, ";;Монтаж;;;так;2;500;10;", ";;Монтаж;;;;2;500;;", 1))
	for _, o := range offers(t, s) {
		if l := o.Variants[0].Lines[3]; l.Optional || l.Discount != 0 || o.Amount != (model.Money{Minor: 1900_00, Currency: "UAH"}) {
			t.Errorf("the marks stay: %+v, %v", l, o.Amount)
		}
	}
}
