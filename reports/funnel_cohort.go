package reports

import (
	"context"
	"slices"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// cohortDeal is one deal opened within the period.
type cohortDeal struct {
	Entry
	key      int64   // of the dimension that the funnel is split by
	furthest int     // how far it came on the way of open rows and won; -1
	last     int     // row that it stands in; -1
	lostFrom int     // row from which it was lost; -1
	stood    []int64 // by row: days that it stood there before it left; -1
	age      []int64 // by row: days from opening until it first came there; -1
	late     []bool  // by row: it left later than expected
	far      []int   // by row: its place on the way to winning; -1
}

// reset begins with another deal.
func (c *cohortDeal) reset(e Entry, key int64) {
	c.Entry, c.key, c.furthest, c.last, c.lostFrom = e, key, -1, -1, -1
	for i := range c.stood {
		c.stood[i], c.age[i], c.late[i] = -1, -1, false
	}
}

// counts reports whether the deal counts in a row: in each up to the furthest
// that it reached, and in the one on hold or lost that it stands in.
func (c *cohortDeal) counts(f *Funnel, row int) bool {
	if k := f.Rows[row].Kind; k == deal.Hold || k == deal.Lost {
		return c.last == row
	}
	return c.far[row] >= 0 && c.far[row] <= c.furthest
}

// inWhole reports whether the deal counts in a part of the whole cohort.
func (c *cohortDeal) inWhole(f *Funnel, part Part) bool {
	switch part {
	case Lost:
		return c.lostFrom >= 0 && f.Rows[c.lostFrom].Kind == deal.Open
	case Late:
		return slices.Contains(c.late, true)
	}
	return part == All
}

// cohort counts the deals opened within the period by the furthest row that
// they reached. Won is the furthest; a lost deal counts as far as it came.
func (f *Funnel) cohort(ctx context.Context, s *store.Session) error {
	count := f.counting()
	err := f.walkCohort(ctx, s, "", func(c *cohortDeal) {
		count.add(len(f.Rows), c.key, func(t *tally) {
			t.Count++
			t.Amount += c.Amount
			t.Weighted += c.Weighted
			if c.inWhole(f, Lost) {
				t.LostCount++
				t.LostSum += c.Amount
			}
			if c.inWhole(f, Late) {
				t.Late++
				t.LateSum += c.Amount
			}
		})
		for i := range f.Rows {
			if c.age[i] < 0 && !c.counts(f, i) && c.lostFrom != i {
				continue
			}
			count.add(i, c.key, func(t *tally) {
				if c.counts(f, i) {
					t.Count++
					t.Amount += c.Amount
					t.Weighted += c.Weighted
				}
				if c.lostFrom == i {
					t.LostCount++
					t.LostSum += c.Amount
				}
				if c.late[i] {
					t.Late++
					t.LateSum += c.Amount
				}
				if c.stood[i] >= 0 {
					t.days.add(c.stood[i], 1)
				}
				if c.age[i] >= 0 {
					t.ages.add(c.age[i], 1)
				}
			})
		}
	})
	if err != nil {
		return err
	}
	if f.Cycle, err = f.cycle(ctx, s, nil, `d.opened >= ? AND d.opened <= ?`); err != nil {
		return err
	}
	count.finish()
	return nil
}

// walkCohort reads the way of each deal opened within the period; more are
// further columns of the deal, which come in its Entry.
func (f *Funnel) walkCohort(ctx context.Context, s *store.Session, more string, visit func(*cohortDeal)) error {
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	key := "0"
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "d"); err != nil {
			return err
		}
	}
	args = append([]any{int64(f.Settings.From), int64(f.Settings.To)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.deal_id, f.stage_id, f.from_stage_id, f.from_day - f.from_since, f.from_day - d.opened, COALESCE(d.amount_base, 0), d.probability, d.opened, `+key+more+`
		FROM deal d JOIN funnel f ON f.deal_id = d.id
		WHERE f.entry = TRUE AND f.void = FALSE AND d.marked = FALSE AND d.opened >= ? AND d.opened <= ?`+where+` ORDER BY f.deal_id, f.id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := len(f.Rows)
	c := cohortDeal{stood: make([]int64, n), age: make([]int64, n), late: make([]bool, n), far: make([]int, n)}
	way := 0
	for i, r := range f.Rows {
		c.far[i] = -1
		if r.Kind == deal.Open || r.Kind == deal.Won {
			c.far[i] = way
			way++
		}
	}
	var read Entry
	var id, stage, age, probability, opened, by int64
	var from, stood *int64
	into := []any{&id, &stage, &from, &stood, &age, &read.Amount, &probability, &opened, &by}
	if more != "" {
		into = append(into, read.dimensions()...)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if id != c.Deal {
			if c.Deal != 0 {
				visit(&c)
			}
			c.reset(read, by)
			c.Deal, c.Weighted, c.Days, c.Age, c.Day = id, weigh(read.Amount, probability), -1, -1, model.Day(opened)
		}
		i, ok := f.place[stage]
		if !ok {
			continue
		}
		c.last, c.lostFrom = i, -1
		c.furthest = max(c.furthest, c.far[i])
		if c.age[i] < 0 {
			c.age[i] = age
		}
		if from == nil {
			continue
		}
		left, ok := f.place[*from]
		if !ok {
			continue
		}
		if f.Rows[i].Kind == deal.Lost {
			c.lostFrom = left
		}
		if stood != nil {
			c.stood[left] = max(c.stood[left], 0) + *stood
			if f.overstayed(*from, *stood) {
				c.late[left] = true
			}
		}
	}
	if c.Deal != 0 {
		visit(&c)
	}
	return rows.Err()
}
