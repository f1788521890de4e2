package reports

import (
	"context"

	"ugoda/model/deal"
	"ugoda/store"
)

// cohortDeal is one deal opened within the period.
type cohortDeal struct {
	id       int64
	amount   int64
	weighted int64
	furthest int           // how far it came on the way of open rows and won; -1
	last     int           // row that it stands in; -1
	lostFrom int           // row from which it was lost; -1
	stood    map[int]int64 // row: days that it stood there before it left
	late     map[int]bool  // rows that it left later than expected
	way      []int         // rows from the top to won
}

// counts reports whether the deal counts in a row: in each up to the furthest
// that it reached, and in the one on hold or lost that it stands in.
func (c *cohortDeal) counts(f *Funnel, row int) bool {
	if k := f.Rows[row].Kind; k == deal.Hold || k == deal.Lost {
		return c.last == row
	}
	for n, i := range c.way {
		if i == row {
			return n <= c.furthest
		}
	}
	return false
}

// cohort counts the deals opened within the period by the furthest row that
// they reached. Won is the furthest; a lost deal counts as far as it came.
func (f *Funnel) cohort(ctx context.Context, s *store.Session) error {
	days := make([]spread, len(f.Rows))
	err := f.walkCohort(ctx, s, func(c cohortDeal) {
		for i := range f.Rows {
			r := &f.Rows[i]
			if c.counts(f, i) {
				r.Count++
				r.Amount += c.amount
				r.Weighted += c.weighted
			}
			if c.lostFrom == i {
				r.LostCount++
				r.LostSum += c.amount
			}
			if c.late[i] {
				r.Late++
				r.LateSum += c.amount
			}
			if n, ok := c.stood[i]; ok {
				days[i].add(n, 1)
			}
		}
	})
	if err != nil {
		return err
	}
	for i := range f.Rows {
		f.Rows[i].Days = days[i].median()
	}
	f.convert()
	f.Cycle, err = f.cycle(ctx, s, `d.opened >= ? AND d.opened <= ?`)
	return err
}

// walkCohort reads the way of each deal opened within the period.
func (f *Funnel) walkCohort(ctx context.Context, s *store.Session, visit func(cohortDeal)) error {
	stages, err := readStages(ctx, s, f.Settings.Processes)
	if err != nil {
		return err
	}
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	args = append([]any{int64(f.Settings.From), int64(f.Settings.To)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.deal_id, f.stage_id, f.from_stage_id, f.from_day - f.from_since, d.amount_base, d.probability
		FROM deal d JOIN funnel f ON f.deal_id = d.id
		WHERE f.entry = TRUE AND f.void = FALSE AND d.marked = FALSE AND d.opened >= ? AND d.opened <= ?`+where+` ORDER BY f.deal_id, f.id`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	of := f.rowOf()
	var way []int
	far := map[int]int{}
	for i, r := range f.Rows {
		if r.Kind == deal.Open || r.Kind == deal.Won {
			far[i] = len(way)
			way = append(way, i)
		}
	}
	var c cohortDeal
	for rows.Next() {
		var id, stage, base, probability int64
		var from, stood *int64
		if err := rows.Scan(&id, &stage, &from, &stood, &base, &probability); err != nil {
			return err
		}
		if id != c.id {
			if c.id != 0 {
				visit(c)
			}
			c = cohortDeal{id: id, amount: base, weighted: weigh(base, probability), furthest: -1, last: -1, lostFrom: -1, stood: map[int]int64{}, late: map[int]bool{}, way: way}
		}
		i, ok := of[stage]
		if !ok {
			continue
		}
		c.last, c.lostFrom = i, -1
		if n, ok := far[i]; ok {
			c.furthest = max(c.furthest, n)
		}
		if from == nil {
			continue
		}
		left, ok := of[*from]
		if !ok {
			continue
		}
		if f.Rows[i].Kind == deal.Lost {
			c.lostFrom = left
		}
		if stood != nil {
			c.stood[left] += *stood
			if st := stages[*from]; st.kind == deal.Open && st.expected > 0 && *stood > st.expected {
				c.late[left] = true
			}
		}
	}
	if c.id != 0 {
		visit(c)
	}
	return rows.Err()
}
