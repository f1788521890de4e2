package demo_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/reports"
	"ugoda/service/demo"
	"ugoda/store"
	"ugoda/store/storetest"
)

var today = model.Date(2026, 11, 23)

func options() store.Options {
	return store.Options{Registry: records.New(), Today: func() model.Day { return today }}
}

func made(t testing.TB, address, size string, seed uint64) *store.Base {
	t.Helper()
	sz, ok := demo.SizeOf(size)
	if !ok {
		t.Fatal(size)
	}
	b, err := demo.Make(context.Background(), address, sz, seed, locale.Ukrainian, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// A demo base is sound on both engines, ends today, and its funnel agrees with
// its deals.
func TestDemoIsSound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		b := made(t, dsn, "s", 1)
		faults, err := b.Check(ctx)
		if err != nil || len(faults) > 0 {
			t.Fatalf("%v %v", faults, err)
		}
		s := b.System()
		totals, err := s.Totals(ctx, store.Query{Kind: "deal"})
		if err != nil || totals.Count != 200 {
			t.Fatalf("%d deals, %v", totals.Count, err)
		}
		f, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := s.Page(ctx, store.Query{Kind: "deal", Columns: []string{"state", "amount_base", "opened", "weighted"}})
		if err != nil {
			t.Fatal(err)
		}
		var count, amount, weighted int64
		for _, r := range rows {
			if opened, _ := r.Cells[2].(model.Day); opened > today {
				t.Errorf("a deal was opened on %s", opened)
			}
			if r.Cells[0] == "open" {
				count++
				m, _ := r.Cells[1].(model.Money)
				amount += m.Minor
				switch w := r.Cells[3].(type) {
				case int64:
					weighted += w
				case model.Money:
					weighted += w.Minor
				}
			}
		}
		if f.Open.Count != count || f.Open.Amount != amount || f.Open.Weighted != weighted {
			t.Errorf("funnel %d, %d, %d; deals %d, %d, %d", f.Open.Count, f.Open.Amount, f.Open.Weighted, count, amount, weighted)
		}
		for i, r := range f.Rows { // each figure opens into as many deals
			behind, err := f.Behind(ctx, s, reports.All, nil, i)
			if sum := reports.Sum(behind); err != nil || sum.Count != r.Count || sum.Amount != r.Amount {
				t.Errorf("%s: %d, %d behind %d, %d; %v", r.Name, sum.Count, sum.Amount, r.Count, r.Amount, err)
			}
		}
	})
}

// The funnel of every past day, by the register, is what a walk through the
// intervals of each deal gives; the same seed gives the same base.
func TestFunnelOfPastDays(t *testing.T) {
	ctx := context.Background()
	b := made(t, filepath.Join(t.TempDir(), "a.ugoda"), "s", 7)
	s := b.System()
	type interval struct{ deal, stage, from, to, amount int64 }
	var all []interval
	rows, err := b.Read(ctx, `SELECT deal_id, stage_id, from_day, to_day, amount_base FROM funnel WHERE void = FALSE`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var x interval
		if err := rows.Scan(&x.deal, &x.stage, &x.from, &x.to, &x.amount); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	for day := today - 360; day < today; day += 23 {
		f, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{AsOf: day})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Rows {
			var count, amount int64
			for _, x := range all {
				for _, id := range r.Stages {
					if x.stage == id && x.from <= int64(day) && int64(day) < x.to {
						count++
						amount += x.amount
					}
				}
			}
			if count != r.Count || amount != r.Amount {
				t.Errorf("%s, %s: %d, %d; by intervals %d, %d", day, r.Name, r.Count, r.Amount, count, amount)
			}
		}
	}
}

// The same seed gives the same base, row by row; another seed gives another.
func TestDemoIsTheSameForTheSameSeed(t *testing.T) {
	digest := func(seed uint64) string {
		b := made(t, filepath.Join(t.TempDir(), "demo.ugoda"), "s", seed)
		h := sha256.New()
		for _, table := range []string{
			"client", "client_addresses", "contact", "product", "\"user\"", "rate", "inquiry", "deal", "deal_products", "proposal",
			"proposal_variants", "proposal_variants_lines", "invoice", "invoice_lines", "activity", "funnel", "history", "changes", "series",
		} {
			rows, err := b.Read(context.Background(), "SELECT * FROM "+table+" ORDER BY 1, 2")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			n := 0
			for rows.Next() {
				cells, err := rows.SliceScan()
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintln(h, cells...)
				n++
			}
			if err := rows.Err(); err != nil || n == 0 {
				t.Fatalf("%s: %d rows, %v", table, n, err)
			}
		}
		return hex.EncodeToString(h.Sum(nil))
	}
	first := digest(7)
	if again := digest(7); again != first {
		t.Error("the same seed gave another base")
	}
	if other := digest(8); other == first {
		t.Error("another seed gave the same base")
	}
}

// The same seed gives the same documents on both engines.
func TestDemoIsTheSameOnBothEngines(t *testing.T) {
	was := map[string]string{} // kind → its records in words
	storetest.Each(t, func(t *testing.T, dsn string) {
		s := made(t, dsn, "s", 7).System()
		for kind, columns := range map[string][]string{
			"deal":     {"number", "subject", "client.name", "stage.name", "amount"},
			"proposal": {"number", "date", "status", "revision", "amount", "billed"},
			"invoice":  {"number", "date", "status", "proposal.number", "amount"},
			"activity": {"subject", "due", "done"},
		} {
			rows, err := s.Page(context.Background(), store.Query{Kind: kind, Columns: columns, Sort: []store.Order{{Path: columns[0]}, {Path: "id"}}})
			if err != nil || len(rows) == 0 {
				t.Fatalf("%s: %d rows, %v", kind, len(rows), err)
			}
			var words strings.Builder
			for _, r := range rows {
				fmt.Fprintln(&words, r.Cells...)
			}
			if other, ok := was[kind]; ok && other != words.String() {
				t.Errorf("%s: the engines differ: %s", kind, cmp.Diff(other, words.String()))
			}
			was[kind] = words.String()
		}
	})
}

// A demo base looks like a firm at work: everything that a screen shows is
// there, in plausible shares, and numbers go in the order of days.
func TestDemoLooksAlive(t *testing.T) {
	ctx := context.Background()
	b := made(t, filepath.Join(t.TempDir(), "m.ugoda"), "m", 1)
	s := b.System()
	count := func(kind, where string) int64 {
		t.Helper()
		n, err := filter.Parse(b.Registry(), kind, where)
		if err != nil {
			t.Fatal(err)
		}
		totals, err := s.Totals(ctx, store.Query{Kind: kind, Where: n})
		if err != nil {
			t.Fatal(err)
		}
		return totals.Count
	}
	share := func(what string, n, of, least, most int64) {
		t.Helper()
		if n*100 < least*of || n*100 > most*of {
			t.Errorf("%s: %d of %d, not %d to %d %%", what, n, of, least, most)
		}
	}
	all, open := count("deal", ""), count("deal", `state = "open"`)
	accepted, invoices := count("proposal", `status = "accepted"`), count("invoice", "")
	share("invoices", invoices, accepted, 100, 180)
	share("invoices issued", count("invoice", `status = "issued"`), invoices, 85, 99)
	share("invoices cancelled", count("invoice", `status = "cancelled"`), invoices, 2, 10)
	if n := count("invoice", `status = "draft"`); n < 1 || n > 20 {
		t.Errorf("%d invoices are drafts", n)
	}
	share("proposals that wait to be billed", count("proposal", `status = "accepted" and left_to_bill > 0`), accepted, 1, 20)
	share("won", count("deal", `state = "won"`), all, 25, 45)
	share("open", open, all, 2, 10)
	share("stuck", count("deal", `attention = "stuck"`), open, 1, 15)
	share("without a step", count("deal", `state = "open" and next_due is empty`), open, 3, 20)
	share("with an overdue step", count("deal", `state = "open" and next_due < today`), open, 5, 25)
	share("of the last month", count("deal", `opened in last 30 days`), all, 3, 8)
	day := all / 365
	if n := count("deal", `opened >= 2026-11-22`); n < 1 || n > 3*day { // Sunday and Monday morning
		t.Errorf("%d deals are new since yesterday", n)
	}
	for _, status := range proposal.Statuses {
		if count("proposal", `status = "`+status+`"`) == 0 && status != proposal.Awaiting && status != proposal.Approved { // these pass in a day
			t.Errorf("no proposal is %s", status)
		}
	}
	for _, outcome := range []string{deal.OutcomeDeal, deal.OutcomeJoined, deal.OutcomeNotOurs} {
		if count("inquiry", `outcome = "`+outcome+`"`) == 0 {
			t.Errorf("no inquiry came to %s", outcome)
		}
	}
	if n := count("inquiry", `outcome is empty`); n < 1 || n > 30 {
		t.Errorf("%d inquiries wait", n)
	}
	for _, q := range []struct{ table, day string }{{"deal", "opened"}, {"proposal", "date"}, {"inquiry", "day"}} {
		var wrong int64
		rows, err := b.Read(ctx, `SELECT COUNT(*) FROM (SELECT `+q.day+` AS d, LAG(`+q.day+`) OVER (ORDER BY number_sort) AS before FROM `+q.table+`) x WHERE d < before`)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			if err := rows.Scan(&wrong); err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
		if wrong > 0 {
			t.Errorf("%d numbers of %s are out of the order of days", wrong, q.table)
		}
	}
}

// Cohorts and flow: every figure opens into as many deals as it says, and no
// row of a cohort has more deals than the one before it.
func TestFunnelModesAgreeWithTheirDeals(t *testing.T) {
	ctx := context.Background()
	b := made(t, filepath.Join(t.TempDir(), "c.ugoda"), "s", 3)
	s := b.System()
	for _, mode := range []reports.Mode{reports.Now, reports.Flow, reports.Cohort} {
		f, err := reports.NewFunnel(ctx, s, reports.FunnelSettings{Mode: mode, From: today - 300, To: today - 20})
		if err != nil {
			t.Fatal(err)
		}
		before := int64(-1)
		for i, r := range f.Rows {
			for part, want := range map[reports.Part]int64{reports.All: r.Count, reports.Lost: r.LostCount} {
				if mode == reports.Now && part == reports.Lost {
					continue
				}
				behind, err := f.Behind(ctx, s, part, nil, i)
				if err != nil {
					t.Fatal(err)
				}
				if int64(len(behind)) != want {
					t.Errorf("%s, %s %q: %d deals behind %d", mode, r.Name, part, len(behind), want)
				}
			}
			if mode == reports.Cohort && (r.Kind == "open" || r.Kind == "won") {
				if before >= 0 && r.Count > before {
					t.Errorf("cohort grows at %s: %d after %d", r.Name, r.Count, before)
				}
				before = r.Count
			}
		}
	}
}

func BenchmarkMake(b *testing.B) {
	for _, size := range []string{"m", "l"} {
		b.Run(size, func(b *testing.B) {
			for i := range b.N {
				base := made(b, filepath.Join(b.TempDir(), "bench.ugoda"), size, uint64(i))
				base.Close()
			}
		})
	}
}
