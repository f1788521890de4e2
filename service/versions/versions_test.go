package versions_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/model/table"
	"ugoda/model/trade"
	"ugoda/printing/sheet"
	"ugoda/service/versions"
	"ugoda/store"
	"ugoda/store/storetest"
)

var monday = model.Date(2026, time.November, 23)

// sent makes a base with a proposal that was sent, corrected and sent again.
func sent(t *testing.T, dsn string) (*store.Session, int64) {
	t.Helper()
	ctx := context.Background()
	b, err := store.Create(ctx, dsn, store.Options{Registry: records.New(), Today: func() model.Day { return monday }, Now: func() time.Time { return monday.Time().Add(9 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	s := b.System()
	save := func(kind string, rec model.Keeper) {
		t.Helper()
		if err := s.Save(ctx, kind, rec); err != nil {
			t.Fatal(err)
		}
	}
	do := func(id int64, action string) *proposal.Proposal {
		t.Helper()
		if _, err := s.Do(ctx, "proposal", id, action, nil); err != nil {
			t.Fatal(err)
		}
		rec, err := s.Get(ctx, "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		return rec.(*proposal.Proposal)
	}
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	save("currency", uah)
	c := &client.Client{Name: "Карпати-Буд", Form: client.Legal, Language: "uk"}
	save("client", c)
	line := func(text string, q model.Qty, price int64) proposal.Line {
		return proposal.Line{Text: text, Quantity: q, Price: price, Cost: price / 2, Unit: "шт"}
	}
	p := &proposal.Proposal{
		Date: monday, Client: model.Ref{ID: c.ID}, Subject: "Дах", Status: proposal.Draft, Importance: "normal", Language: "uk", VATMode: proposal.VATNone, Currency: "UAH", Rate: model.RateOne, ValidUntil: monday + 7,
		Variants: []proposal.Variant{
			{Name: "Базовий", Recommended: true, Sheet: trade.Sheet{Lines: []proposal.Line{line("Черепиця", 10_000, 10_000), line("Лійка", 2_000, 5_000), line("Доставка", 1_000, 70_000)}}},
			{Name: "Розширений", Sheet: trade.Sheet{Lines: []proposal.Line{line("Черепиця", 10_000, 10_000), line("Утеплювач", 4_000, 30_000)}}},
		},
	}
	save("proposal", p)
	p = do(p.ID, "sent")
	p = do(p.ID, "correct")
	v := &p.Variants[0]
	v.Lines[0].Price = 9_500
	v.Lines = append(v.Lines[:1], v.Lines[2], line("Монтаж", 1_000, 40_000))
	p.PaymentTerms = "100 % наперед"
	save("proposal", p)
	return s, p.ID
}

func rowsOf(t *testing.T, x *table.Table, p *locale.Printer) string {
	t.Helper()
	var out []string
	if err := x.Rows(context.Background(), func(r table.Row) error {
		var cells []string
		for i := range r.Cells {
			cells = append(cells, x.Columns[i].Text(r.Cells[i], p))
		}
		out = append(out, strings.TrimRight(strings.Join(cells, "|"), "|"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.Join(out, "\n"), "\u00a0", " ")
}

func TestCompareRevisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, id := sent(t, dsn)
		ctx, p := context.Background(), locale.New(locale.English)
		revisions, variants, err := versions.Sides(ctx, s, p, id)
		if err != nil {
			t.Fatal(err)
		}
		old, now := versions.Usual(revisions, variants)
		if old != "1" || now != versions.Now || len(variants) != 2 {
			t.Fatalf("compared first: %s and %s; variants %v", old, now, variants)
		}
		c, err := versions.Compare(ctx, s, p, id, old, now)
		if err != nil {
			t.Fatal(err)
		}
		kind := s.Registry().Kind("proposal")
		want := strings.TrimSpace(`
Changed|Terms of payment: – → «100 % наперед»
Changed|Базовий|||||||1,800.00|2,050.00|250.00
Changed|Черепиця|10|10|100.00|95.00|0%|0%|1,000.00|950.00|-50.00
Removed|Лійка|2||50.00||0%||100.00||-100.00
Added|Монтаж||1||400.00||0%||400.00|400.00
Unchanged|Розширений|||||||2,200.00|2,200.00|0.00`)
		got := strings.NewReplacer("−", "-", " %", "%").Replace(rowsOf(t, c.Table(p, kind, false), p))
		want = strings.NewReplacer(" %", "%").Replace(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		for _, format := range sheet.Formats { // it is handed out in all of them
			if err := sheet.Write(ctx, io.Discard, format, c.Table(p, kind, true), sheet.Options{Formatter: p}); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
		all := c.Table(p, kind, true)
		if got := rowsOf(t, all, p); !strings.Contains(got, "Доставка") || all.Count != 9 {
			t.Errorf("all lines: %d\n%s", all.Count, got)
		}
		c, err = versions.Compare(ctx, s, p, id, "v1", "v2")
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Variants[0].Delta(); got != 15_000 {
			t.Errorf("the variants differ by %d", got)
		}
		for _, x := range [][2]string{{"1", "7"}, {"1", "v1"}, {"v1", "v9"}, {"x", "now"}} {
			var unknown *versions.UnknownSide
			if _, err := versions.Compare(ctx, s, p, id, x[0], x[1]); !errors.As(err, &unknown) {
				t.Errorf("%v: %v", x, err)
			}
		}
	})
}

// Lines that were only moved are told so, and others that stand where they stood
// are not: in the table, and in all that it is handed out as.
func TestMovedLinesAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, id := sent(t, dsn)
		ctx, p, kind := context.Background(), locale.New(locale.Ukrainian), s.Registry().Kind("proposal")
		rec, err := s.Get(ctx, "proposal", id)
		if err != nil {
			t.Fatal(err)
		}
		lines := rec.(*proposal.Proposal).Variants[1].Lines
		lines[0], lines[1] = lines[1], lines[0]
		if err := s.Save(ctx, "proposal", rec); err != nil {
			t.Fatal(err)
		}
		c, err := versions.Compare(ctx, s, p, id, "1", versions.Now)
		if err != nil {
			t.Fatal(err)
		}
		got := rowsOf(t, c.Table(p, kind, false), p)
		if !strings.Contains(got, "Змінено|Розширений|") || !strings.Contains(got, "Переставлено|Утеплювач|4|4|") || strings.Count(got, "Переставлено") != 1 {
			t.Errorf("moved:\n%s", got)
		}
	})
}

// Who may not see margins does not read them out of a revision.
func TestRevisionHidesMargins(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, id := sent(t, dsn)
		ctx := context.Background()
		u := &firm.User{Name: "ivan", Role: string(model.RoleManager), Active: true}
		if err := s.Save(ctx, "user", u); err != nil {
			t.Fatal(err)
		}
		manager, err := s.As(ctx, model.Ref{ID: u.ID})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := manager.Revisions(ctx, id)
		if err != nil || len(kept) != 1 {
			t.Fatalf("%d revisions, %v", len(kept), err)
		}
		seen, err := manager.RevisionContent(ctx, kept[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := s.RevisionContent(ctx, kept[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if x := seen.Variants[0]; x.Margin != 0 || x.Lines[0].Cost != 0 || len(x.Lines) != 3 {
			t.Errorf("a salesperson sees %+v", x)
		}
		if x := whole.Variants[0]; x.Margin == 0 || x.Lines[0].Cost != 5_000 {
			t.Errorf("the program itself sees %+v", x)
		}
	})
}

// All variants stand side by side with their sums; the margin only where one
// may see it.
func TestBeside(t *testing.T) {
	s, id := sent(t, storetest.SQLite(t))
	ctx, p := context.Background(), locale.New(locale.English)
	u := &firm.User{Name: "ivan", Role: string(model.RoleManager), Active: true}
	if err := s.Save(ctx, "user", u); err != nil {
		t.Fatal(err)
	}
	manager, err := s.As(ctx, model.Ref{ID: u.ID, Name: u.Name})
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []*store.Session{s, manager} {
		x, err := versions.Beside(ctx, who, p, id)
		if err != nil {
			t.Fatal(err)
		}
		got := rowsOf(t, x, p)
		for _, want := range []string{"Черепиця|10|95.00|950.00|10|100.00|1,000.00", "Утеплювач||||4|300.00|1,200.00", "Доставка|1|700.00|700.00", "Total|||2,050.00|||2,200.00"} {
			if !strings.Contains(got, want) {
				t.Errorf("no %s in\n%s", want, got)
			}
		}
		if seen := strings.Contains(got, "Margin"); seen != (who == s) {
			t.Errorf("the margin is seen: %v, by %v", seen, who.Role)
		}
	}
}
