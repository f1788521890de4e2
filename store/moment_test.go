package store_test

import (
	"testing"
	"time"
	_ "time/tzdata" // a machine may have no zones of its own

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

// Moments are put together by the days on which they were where the program
// runs, by their months, quarters and years; each group is what a filter by its
// days finds.
func TestGroupsOfMoments(t *testing.T) {
	kyiv, err := time.LoadLocation("Europe/Kyiv")
	if err != nil {
		t.Fatal(err)
	}
	here := time.Local
	time.Local = kyiv
	t.Cleanup(func() { time.Local = here })
	each(t, func(t *testing.T, f *firmOf) {
		at := func(y int, m time.Month, d, hour, minute int) time.Time {
			return time.Date(y, m, d, hour, minute, 0, 0, kyiv)
		}
		for _, when := range []time.Time{
			at(2026, time.March, 31, 23, 59), at(2026, time.April, 1, 0, 0), at(2026, time.April, 1, 0, 14), at(2026, time.April, 1, 17, 0),
			at(2026, time.October, 25, 3, 30), at(2026, time.October, 25, 23, 59), at(2026, time.December, 31, 23, 59), at(2027, time.January, 1, 0, 1),
		} {
			rec, err := f.s.New(f.ctx, "inquiry")
			if err != nil {
				t.Fatal(err)
			}
			q := rec.(*deal.Inquiry)
			q.At, q.Caller, q.Channel = when.UTC(), "Олена", deal.Channels[0]
			f.save("inquiry", q)
		}
		for by, want := range map[string][]int64{
			"at": {1, 3, 2, 1, 1}, "at:month": {1, 3, 2, 1, 1}, "at:quarter": {1, 3, 3, 1}, "at:year": {7, 1}, "answered_at:month": {8},
		} {
			groups, err := f.s.Groups(f.ctx, store.Query{Kind: "inquiry"}, by)
			if err != nil || len(groups) != len(want) {
				t.Fatalf("%s: %+v, %v", by, groups, err)
			}
			for i, g := range groups {
				if g.Count != want[i] {
					t.Errorf("%s: group %d of %d, not %d", by, i, g.Count, want[i])
				}
				if g.Days.From == 0 {
					continue
				}
				found, err := f.s.Count(f.ctx, store.Query{Kind: "inquiry", Where: filter.Cond{Path: "at", Op: filter.Between, Values: []filter.Value{filter.Date(g.Days.From), filter.Date(g.Days.To)}}})
				if err != nil || found != g.Count {
					t.Errorf("%s: %v finds %d of %d, %v", by, g.Days, found, g.Count, err)
				}
			}
		}
		groups, err := f.s.Groups(f.ctx, store.Query{Kind: "inquiry"}, "at")
		if err != nil || groups[1].Value != model.Date(2026, time.April, 1) {
			t.Errorf("%+v, %v", groups[1], err)
		}
	})
}
