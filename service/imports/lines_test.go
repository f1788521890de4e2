package imports_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/store/storetest"
)

// What the document says stands once in КП-1, is repeated in КП-2; the third
// has no number; its lines are words of no product.
const proposals = `Номер;Дата;Клієнт;Тема;Варіант;Артикул;Найменування;К-сть;Ціна;Знижка, %
КП-1;01.12.2017;ПП Єва;Котельня;Базовий;К-1;;2;1 000,50;10
;;;;;;Монтаж;1;500;
;;;;Розширений;К-1;Котел, сірий;3;;
КП-2;02.12.2017;ПП Єва;Насоси;;Н-7;;1;300;
КП-2;02.12.2017;ПП Єва;Насоси;;Н-7;Насос другий;4;250;5
Разом;;;;;;;11;;
;03.12.2017;ПП Єва;Послуги;;;Налагодження;1;100;
;03.12.2017;ПП Єва;Послуги;;;Навчання;2;50;
`

func offers(t *testing.T, s *store.Session) map[string]*proposal.Proposal {
	t.Helper()
	ids, err := s.IDs(context.Background(), store.Query{Kind: "proposal"})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*proposal.Proposal{}
	for _, id := range ids {
		rec, err := s.Get(context.Background(), "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		out[rec.(*proposal.Proposal).Subject] = rec.(*proposal.Proposal)
	}
	return out
}

// A file with one row for each line becomes proposals with their variants; the
// same file again changes nothing; changed lines take the place of those that
// were there; one wrong line keeps its whole document out; all is undone.
func TestProposalsWithLines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		for article, name := range map[string]string{"К-1": "Котел", "Н-7": "Насос"} {
			p := &product.Product{Name: name, Article: article, VAT: product.VAT20, Active: true, Price: model.Money{Minor: 777_00, Currency: "UAH"}, Cost: model.Money{Minor: 100_00, Currency: "UAH"}}
			if err := s.Save(ctx, "product", p); err != nil {
				t.Fatal(err)
			}
		}
		k := s.Registry().Kind("proposal")
		plan := func(book *spreadsheet.Book) *imports.Plan {
			p := imports.Suggest(s, k, book)
			p.Create = []string{"client"}
			for _, c := range p.Columns {
				if c.Field == "" {
					t.Errorf("the column %q is not recognised", c.Heading)
				}
			}
			return p
		}
		book := read(t, "offers.csv", proposals)
		p := plan(book)
		if r := run(t, s, book, p, true); r.Created != 3 || r.LeftOut != 0 || r.Totals != 1 || count(t, s, "proposal") != 0 {
			t.Fatalf("trial: %+v", r)
		}
		first := run(t, s, book, p, false)
		if first.Created != 3 || first.Made["client"] != 1 || first.LeftOut != 0 {
			t.Fatalf("%+v", first)
		}
		got := offers(t, s)
		boiler := got["Котельня"]
		if boiler == nil || boiler.Number != "КП-1" || boiler.Date != model.Date(2017, 12, 1) || len(boiler.Variants) != 2 || boiler.Status != proposal.Draft {
			t.Fatalf("%+v", boiler)
		}
		one, two := boiler.Variants[0], boiler.Variants[1]
		if one.Name != "Базовий" || !one.Recommended || len(one.Lines) != 2 || one.Lines[0].Product.Name != "Котел" || one.Lines[0].Price != 1000_50 || one.Lines[0].Discount != 10_00 ||
			one.Lines[0].Cost != 100_00 || one.Lines[1].Text != "Монтаж" || one.Lines[1].Product.ID != 0 || one.Lines[1].Price != 500_00 {
			t.Errorf("the first variant: %+v", one)
		}
		if two.Name != "Розширений" || len(two.Lines) != 1 || two.Lines[0].Text != "Котел, сірий" || two.Lines[0].Quantity != 3000 || two.Lines[0].Price != 777_00 {
			t.Errorf("the second variant: %+v", two)
		}
		if boiler.Amount.Minor != 2300_90 { // 2 × 1 000,50 less a tenth, and 500
			t.Errorf("amount %d", boiler.Amount.Minor)
		}
		if x := got["Насоси"]; len(x.Variants) != 1 || len(x.Variants[0].Lines) != 2 || x.Amount.Minor != 300_00+950_00 {
			t.Errorf("the second: %+v", x)
		}
		if x := got["Послуги"]; x.Number == "" || len(x.Variants[0].Lines) != 2 || x.Amount.Minor != 200_00 {
			t.Errorf("the third: %+v", x)
		}
		history, err := s.History(ctx, "proposal", boiler.ID)
		if err != nil || len(history) != 1 {
			t.Errorf("%d entries of history for one import, %v", len(history), err)
		}

		known := strings.Join(strings.Split(proposals, "\n")[:6], "\n") // those with a number
		same := read(t, "offers.csv", known)
		if r := run(t, s, same, plan(same), false); r.Created != 0 || r.Updated != 0 || r.Same != 2 {
			t.Errorf("again: %+v", r)
		}
		other := read(t, "offers.csv", strings.Replace(known, "К-1;;2;1 000,50", "К-1;;5;1 000,50", 1))
		second := run(t, s, other, plan(other), false)
		if second.Updated != 1 || second.Same != 1 {
			t.Fatalf("changed: %+v", second)
		}
		if x := offers(t, s)["Котельня"]; len(x.Variants) != 2 || len(x.Variants[0].Lines) != 2 || x.Variants[0].Lines[0].Quantity != 5000 || len(x.Variants[1].Lines) != 1 {
			t.Errorf("changed: %+v", x.Variants)
		}
		if _, err := s.Undo(ctx, second.Batch.ID, false); err != nil {
			t.Fatal(err)
		}
		if x := offers(t, s)["Котельня"]; x.Variants[0].Lines[0].Quantity != 2000 || x.Amount.Minor != 2300_90 {
			t.Errorf("undone: %+v", x.Variants)
		}

		// a wrong line: its row and column are told, its whole document stays out
		wrong := read(t, "offers.csv", strings.NewReplacer("КП-", "НП-", "Насос другий;4;250;5", "Насос другий;4;-250;5").Replace(known))
		w := plan(wrong)
		w.LeaveBad = true
		r := run(t, s, wrong, w, false)
		if r.Created != 1 || r.LeftOut != 2 || len(r.Bad) != 2 {
			t.Fatalf("a wrong line: %+v", r)
		}
		said := false
		for _, x := range r.Problems {
			said = said || x.Row == 6 && x.Column == "Ціна" && x.Value == "-250"
		}
		if !said {
			t.Errorf("the wrong line is not told: %+v", r.Problems)
		}
		for _, batch := range []int64{r.Batch.ID, first.Batch.ID} {
			if _, err := s.Undo(ctx, batch, true); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, s, "proposal"); n != 0 {
			t.Errorf("%d proposals are left after undo", n)
		}
	})
}

// What has left the firm is not changed by a file.
func TestSentProposalsAreNotChanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		s := base(t, dsn)
		text := "number;client;subject;name;quantity;price\nQ-1;Eve;Boilers;Fitting;1;100\n"
		book := read(t, "q.csv", text)
		p := imports.Suggest(s, s.Registry().Kind("proposal"), book)
		p.Create = []string{"client"}
		if r := run(t, s, book, p, false); r.Created != 1 {
			t.Fatalf("%+v", r)
		}
		x := offers(t, s)["Boilers"]
		if _, err := s.Do(ctx, "proposal", x.ID, "sent", model.Answers{}); err != nil {
			var problems model.Problems
			if !errors.As(err, &problems) {
				t.Fatal(err)
			}
			t.Fatal(problems)
		}
		book = read(t, "q.csv", strings.Replace(text, ";100", ";90", 1))
		if r := run(t, s, book, p, false); r.LeftOut != 1 || r.Updated != 0 {
			t.Errorf("%+v", r)
		}
		if x := offers(t, s)["Boilers"]; x.Amount.Minor != 100_00 {
			t.Errorf("%+v", x.Amount)
		}
	})
}
