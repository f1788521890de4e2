package reports_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/reports"
)

// figures of a row as they are counted by hand.
type figures struct {
	count, amount, weighted     int64
	days, ages                  []int64
	late, stuck, noStep         int64
	lateSum, lostCount, lostSum int64
}

// check compares a row with what was counted by hand.
func check(t *testing.T, what string, r reports.FunnelRow, want figures, mode reports.Mode) {
	t.Helper()
	got := fmt.Sprint(r.Count, r.Amount, r.Weighted, r.Late, r.LateSum, r.Stuck, r.NoStep)
	if hand := fmt.Sprint(want.count, want.amount, want.weighted, want.late, want.lateSum, want.stuck, want.noStep); got != hand {
		t.Errorf("%s %s: count, amount, weighted, late, its sum, stuck, no step %s; by hand %s", what, r.Name, got, hand)
	}
	if mode != reports.Now && (r.LostCount != want.lostCount || r.LostSum != want.lostSum) {
		t.Errorf("%s %s: lost %d, %d; by hand %d, %d", what, r.Name, r.LostCount, r.LostSum, want.lostCount, want.lostSum)
	}
	if r.Kind == deal.Open || mode != reports.Now && r.Kind != deal.Lost {
		if r.Days != middle(want.days) {
			t.Errorf("%s %s: median %d days; by hand %d of %v", what, r.Name, r.Days, middle(want.days), want.days)
		}
	}
	if len(want.ages) > 0 && r.Age != middle(want.ages) {
		t.Errorf("%s %s: median age %d; by hand %d", what, r.Name, r.Age, middle(want.ages))
	}
}

func rowOf(rows []reports.FunnelRow, stage int64) int {
	return slices.IndexFunc(rows, func(r reports.FunnelRow) bool { return slices.Contains(r.Stages, stage) })
}

func funnel(t *testing.T, w *world, set reports.FunnelSettings) *reports.Funnel {
	t.Helper()
	f, err := reports.NewFunnel(context.Background(), w.s, set)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// byHand counts the funnel of a day from the world's own record.
func (w *world) standing(rows []reports.FunnelRow, day model.Day, only func(moved) bool) []figures {
	out := make([]figures, len(rows))
	for id, m := range w.asOf(day) {
		i := rowOf(rows, m.stage)
		if i < 0 || !only(m) {
			continue
		}
		x, st := &out[i], w.stages[m.stage]
		x.count++
		x.amount += m.amount
		x.weighted += weigh(m.amount, m.probability)
		x.days = append(x.days, int64(day-m.since))
		if st.Kind == deal.Open || st.Kind == deal.Hold {
			x.ages = append(x.ages, int64(day-m.opened))
		}
		if st.Kind != deal.Open {
			continue
		}
		next, stood := w.next(id, day), int64(day-m.since)
		switch {
		case next >= day:
		case 2*stood > 3*st.ExpectedDays:
			x.stuck++
			x.late++
			x.lateSum += m.amount
		case stood > st.ExpectedDays:
			x.late++
			x.lateSum += m.amount
		default:
			x.noStep++
		}
	}
	return out
}

func anyDeal(moved) bool { return true }

// The funnel of today and of past days, split and not, is what one counts deal
// by deal; the deals behind each figure add up to it.
func TestFunnelNow(t *testing.T) {
	each(t, 1, 150, func(t *testing.T, w *world) {
		for _, day := range []model.Day{today, today - 1, today - 40, today - 150, firstDay + 3} {
			f := funnel(t, w, reports.FunnelSettings{AsOf: day, By: "manager"})
			for i, want := range w.standing(f.Rows, day, anyDeal) {
				check(t, day.String(), f.Rows[i], want, reports.Now)
			}
			for _, g := range f.Groups {
				for i, want := range w.standing(g.Rows, day, func(m moved) bool { return m.manager == g.Key.ID }) {
					check(t, day.String()+" of "+g.Key.Name, g.Rows[i], want, reports.Now)
				}
			}
			addsUp(t, w, f)
		}
	})
}

// addsUp compares every figure with the deals behind it, sorted every way.
func addsUp(t *testing.T, w *world, f *reports.Funnel) {
	t.Helper()
	ctx := context.Background()
	figure := func(r reports.FunnelRow, part reports.Part) (int64, int64) {
		switch part {
		case reports.Late:
			return r.Late, r.LateSum
		case reports.Lost:
			return r.LostCount, r.LostSum
		case reports.Stuck:
			return r.Stuck, -1
		case reports.NoStep:
			return r.NoStep, -1
		}
		return r.Count, r.Amount
	}
	behind := func(what string, r reports.FunnelRow, group *int64, rows ...int) {
		for _, part := range reports.Parts() {
			if part == reports.Lost && f.Settings.Mode == reports.Now && !f.Settings.Rates {
				continue // a state says nothing of losses
			}
			entries, err := f.Behind(ctx, w.s, part, group, rows...)
			if err != nil {
				t.Fatal(err)
			}
			count, amount := figure(r, part)
			if sum := reports.Sum(entries); sum.Count != count || amount >= 0 && sum.Amount != amount {
				t.Errorf("%s %s %q: %d, %d behind %d, %d", f.Settings.Mode, what, part, sum.Count, sum.Amount, count, amount)
			}
			for _, by := range []string{"client", "manager", "band"} {
				piles, err := reports.Piles(ctx, w.s, entries, by)
				if err != nil {
					t.Fatal(err)
				}
				var n, sum int64
				for _, p := range piles {
					n += p.Count
					sum += p.Amount
				}
				if n != count || amount >= 0 && sum != amount {
					t.Errorf("%s %s %q by %s: %d, %d behind %d, %d", f.Settings.Mode, what, part, by, n, sum, count, amount)
				}
			}
		}
	}
	for i, r := range f.Rows {
		behind(r.Name, r, nil, i)
	}
	behind("total", f.Open, nil)
	for _, g := range f.Groups {
		if n := len(g.Rows) / 2; n < len(g.Rows) {
			behind(g.Key.Name+" "+g.Rows[n].Name, g.Rows[n], &g.Key.ID, n)
		}
		behind(g.Key.Name, g.Open, &g.Key.ID)
	}
	var parts, whole [2]int64
	for _, g := range f.Groups {
		for i := range g.Rows {
			parts[0] += g.Rows[i].Count
			parts[1] += g.Rows[i].Amount
		}
	}
	for i := range f.Rows {
		whole[0] += f.Rows[i].Count
		whole[1] += f.Rows[i].Amount
	}
	if f.Settings.By != "" && parts != whole {
		t.Errorf("groups come to %v, the funnel to %v", parts, whole)
	}
}

// entered counts the flow of a period from the world's own record.
func (w *world) entered(rows []reports.FunnelRow, days span.Span) ([]figures, []int64) {
	out := make([]figures, len(rows))
	var cycle []int64
	for _, m := range w.moves {
		if !m.entry || m.day < days.From || m.day > days.To {
			continue
		}
		i, before := rowOf(rows, m.stage), -1
		if m.from != 0 {
			before = rowOf(rows, m.from)
		}
		if i < 0 || before == i {
			continue
		}
		out[i].count++
		out[i].amount += m.amount
		out[i].weighted += weigh(m.amount, m.probability)
		if w.stages[m.stage].Kind == deal.Won {
			out[i].ages = append(out[i].ages, int64(m.day-m.opened))
			cycle = append(cycle, int64(m.day-m.opened))
		}
		if before < 0 {
			continue
		}
		stood, left := int64(m.day-m.fromSince), w.stages[m.from]
		out[before].days = append(out[before].days, stood)
		if left.Kind == deal.Open && stood > left.ExpectedDays {
			out[before].late++
			out[before].lateSum += m.amount
		}
		if w.stages[m.stage].Kind == deal.Lost {
			out[before].lostCount++
			out[before].lostSum += m.amount
		}
	}
	return out, cycle
}

// checkPassed compares the conversions of a flow with who left each row for
// where, by the world's own record.
func (w *world) checkPassed(t *testing.T, f *reports.Funnel) {
	t.Helper()
	place := func(i int) int {
		if i < 0 || f.Rows[i].Kind != deal.Open && f.Rows[i].Kind != deal.Won {
			return -1
		}
		return i // open rows stand first, won after hold
	}
	left, on := make([]int64, len(f.Rows)), make([]int64, len(f.Rows))
	for _, m := range w.moves {
		if !m.entry || m.from == 0 || m.day < f.Settings.From || m.day > f.Settings.To {
			continue
		}
		to, from := rowOf(f.Rows, m.stage), rowOf(f.Rows, m.from)
		if to == from {
			continue
		}
		left[from]++
		if place(to) > place(from) {
			on[from]++
		}
	}
	reached := 1.0
	for i, r := range f.Rows {
		if r.Kind == deal.Won && math.Abs(float64(r.FromTop)-reached*10_000) > 5 {
			t.Errorf("%s: %d from the top, by hand %.4f", r.Name, r.FromTop, reached)
		}
		if r.Kind != deal.Open || left[i] == 0 {
			continue
		}
		if exact := (on[i]*20_000 + left[i]) / (2 * left[i]); r.ToNext != exact {
			t.Errorf("%s: %d of %d went on: %d", r.Name, on[i], left[i], r.ToNext)
		}
		reached *= float64(on[i]) / float64(left[i])
	}
}

// A flow counts who came into each row within a period, and how deals left it;
// common rows swallow the moves within them.
func TestFunnelFlow(t *testing.T) {
	each(t, 2, 150, func(t *testing.T, w *world) {
		first, second := w.ordered[w.process[0].ID], w.ordered[w.process[1].ID]
		common := []reports.FunnelRowSettings{
			{Name: "Початок", Stages: []int64{first[0].ID, first[1].ID, second[0].ID}},
			{Name: "Торг", Stages: []int64{first[2].ID, first[3].ID, second[1].ID, second[2].ID}},
		}
		for _, set := range []reports.FunnelSettings{
			{From: today - 200, To: today},
			{From: today - 90, To: today - 30, By: "client"},
			{From: today - 200, To: today - 3, Rows: common, By: "band"},
		} {
			set.Mode = reports.Flow
			f := funnel(t, w, set)
			want, cycle := w.entered(f.Rows, set.Days())
			for i := range want {
				check(t, set.Days().String(), f.Rows[i], want[i], reports.Flow)
			}
			if f.Cycle != middle(cycle) {
				t.Errorf("%s: cycle %d; by hand %d", set.Days(), f.Cycle, middle(cycle))
			}
			w.checkPassed(t, f)
			addsUp(t, w, f)
		}
	})
}

// A cohort counts the deals opened in a period by the furthest row that each
// reached, whatever became of it.
func TestFunnelCohort(t *testing.T) {
	each(t, 3, 150, func(t *testing.T, w *world) {
		set := reports.FunnelSettings{Mode: reports.Cohort, From: today - 220, To: today - 60, By: "manager"}
		f := funnel(t, w, set)
		now := w.asOf(today)
		want := make([]figures, len(f.Rows))
		var way []int
		for i, r := range f.Rows {
			if r.Kind == deal.Open || r.Kind == deal.Won {
				way = append(way, i)
			}
		}
		var all, allSum, lost int64
		for id, m := range now {
			if m.opened < set.From || m.opened > set.To {
				continue
			}
			all++
			allSum += m.amount
			furthest, late, ages := -1, map[int]bool{}, map[int]int64{}
			for _, x := range w.moves {
				if x.deal != id || !x.entry {
					continue
				}
				i := rowOf(f.Rows, x.stage)
				furthest = max(furthest, slices.Index(way, i))
				if _, been := ages[i]; !been {
					ages[i] = int64(x.day - x.opened)
				}
				if x.from != 0 && w.stages[x.from].Kind == deal.Open && int64(x.day-x.fromSince) > w.stages[x.from].ExpectedDays {
					late[rowOf(f.Rows, x.from)] = true
				}
			}
			for n, i := range way {
				if n <= furthest {
					want[i].count++
					want[i].amount += m.amount
				}
			}
			at := rowOf(f.Rows, m.stage)
			if k := w.stages[m.stage].Kind; k == deal.Hold || k == deal.Lost {
				want[at].count++
				want[at].amount += m.amount
			}
			for i := range late {
				want[i].late++
				want[i].lateSum += m.amount
			}
			for i, n := range ages {
				want[i].ages = append(want[i].ages, n)
			}
			if w.stages[m.stage].Kind == deal.Lost {
				for k := range w.moves { // the last entry is the loss
					if x := w.moves[len(w.moves)-1-k]; x.deal == id && x.entry {
						if x.from != 0 && w.stages[x.from].Kind == deal.Open {
							want[rowOf(f.Rows, x.from)].lostCount++
							want[rowOf(f.Rows, x.from)].lostSum += m.amount
							lost++
						}
						break
					}
				}
			}
		}
		if f.Open.Count != all || f.Open.Amount != allSum || f.Open.LostCount != lost {
			t.Errorf("the whole cohort is %d, %d, lost %d; by hand %d, %d, %d", f.Open.Count, f.Open.Amount, f.Open.LostCount, all, allSum, lost)
		}
		for i, x := range want {
			r := f.Rows[i]
			if r.Kind == deal.Hold {
				continue // a deal may have waited there before, which the count by hand leaves out
			}
			if r.Kind == deal.Won {
				x.lostCount = r.LostCount // won, then lost after all: counted by the flow's test
			}
			if r.Count != x.count || r.Amount != x.amount || r.Late != x.late || r.LateSum != x.lateSum || r.LostCount != x.lostCount || r.Age != middle(x.ages) {
				t.Errorf("%s: %d, %d, late %d, %d, lost %d, age %d; by hand %d, %d, %d, %d, %d, %d", r.Name, r.Count, r.Amount, r.Late, r.LateSum, r.LostCount, r.Age,
					x.count, x.amount, x.late, x.lateSum, x.lostCount, middle(x.ages))
			}
		}
		addsUp(t, w, f)
	})
}

// What a funnel is compared with is the funnel of those days; conversions of
// now are those of the year before; a filter means the deals of a list.
func TestFunnelCompared(t *testing.T) {
	each(t, 4, 80, func(t *testing.T, w *world) {
		for with, day := range map[string]model.Day{"previous": model.Date(2026, 10, 25), "2026-06-01..2026-07-05": model.Date(2026, 7, 5)} {
			f := funnel(t, w, reports.FunnelSettings{Compare: with})
			alone := funnel(t, w, reports.FunnelSettings{AsOf: day})
			for i := range f.Rows {
				if f.Was.Rows[i].Count != alone.Rows[i].Count || f.Was.Rows[i].Amount != alone.Rows[i].Amount {
					t.Errorf("%s, %s: %d, then %d", with, f.Rows[i].Name, f.Was.Rows[i].Count, alone.Rows[i].Count)
				}
			}
		}
		f := funnel(t, w, reports.FunnelSettings{Mode: reports.Flow, From: model.Date(2026, 11, 1), To: today, Preset: "this month", Compare: "previous"})
		if d := f.Was.Settings.Days().String(); d != "2026-10-01..2026-10-25" {
			t.Error(d)
		}
		rated := funnel(t, w, reports.FunnelSettings{Rates: true, By: "manager"})
		year := funnel(t, w, reports.FunnelSettings{Mode: reports.Flow, From: today - 364, To: today, By: "manager"})
		for i, r := range rated.Rows {
			if r.ToNext != year.Rows[i].ToNext || r.LostSum != year.Rows[i].LostSum || rated.Cycle != year.Cycle {
				t.Errorf("%s: %+v, the year %+v", r.Name, r, year.Rows[i])
			}
		}
		addsUp(t, w, rated)
		where, err := filter.Parse(w.s.Registry(), "deal", fmt.Sprintf("manager = #%d and amount > 100000", w.people[1].ID))
		if err != nil {
			t.Fatal(err)
		}
		f = funnel(t, w, reports.FunnelSettings{Where: where, Processes: []int64{w.process[1].ID}})
		want := w.standing(f.Rows, today, func(m moved) bool { return m.manager == w.people[1].ID && m.amount > 100_000_00 })
		for i := range want {
			check(t, "filtered", f.Rows[i], want[i], reports.Now)
		}
		addsUp(t, w, f)
	})
}

// Settings as text ask the same as settings in Go, and say what they cannot.
func TestSettings(t *testing.T) {
	w := newWorld(t, t.TempDir()+"/a.ugoda", 5, 20)
	first := w.ordered[w.process[0].ID]
	rows := []reports.FunnelRowSettings{{Name: "Усе", Stages: []int64{first[0].ID, first[1].ID}}}
	set, err := reports.Settings{
		"mode": "flow", "period": "last month", "process": fmt.Sprint(w.process[0].ID), "rows": reports.RowsText(rows), "by": "band",
		"where": "amount > 1000", "compare": "last-year",
	}.Funnel(w.s)
	if err != nil {
		t.Fatal(err)
	}
	f := funnel(t, w, set)
	if f.Rows[0].Name != "Усе" || set.From != model.Date(2026, 10, 1) || set.To != model.Date(2026, 10, 31) || f.Was.Settings.To != model.Date(2025, 10, 31) {
		t.Errorf("%+v", f.Settings)
	}
	rows[0].Stages = append(rows[0].Stages, first[len(first)-1].ID)
	for _, bad := range []reports.Settings{
		{"mode": "sideways"},
		{"period": "soon"},
		{"from": "yesterday"},
		{"process": "x"},
		{"rows": "{"},
		{"rows": reports.RowsText(rows)},
		{"where": "colour = 1"},
		{"by": "weather"},
		{"compare": "before"},
		{"from": "2026-03-01", "to": "2026-02-01", "mode": "flow"},
	} {
		set, err := bad.Funnel(w.s)
		if err == nil {
			_, err = reports.NewFunnel(context.Background(), w.s, set)
		}
		var problems model.Problems
		var said interface {
			Message() (string, map[string]any)
		}
		if err == nil || !errors.As(err, &problems) && !errors.As(err, &said) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}
