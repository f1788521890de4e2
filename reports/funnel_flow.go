package reports

import (
	"context"

	"ugoda/model/deal"
	"ugoda/store"
)

// flow counts the entries into each row within the period. An entry knows the
// stage that the deal came from and since when it had stood there, so that
// durations and losses come from the same statement. Moves between stages of
// one row are not entries into it.
func (f *Funnel) flow(ctx context.Context, s *store.Session) error {
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	key, group := "0", ""
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return err
		}
		group = ", 4"
	}
	args = append([]any{int64(f.Settings.From), int64(f.Settings.To)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, f.from_stage_id, f.from_day - f.from_since, `+key+`, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT)
		FROM funnel f WHERE f.entry = TRUE AND f.void = FALSE AND f.from_day >= ? AND f.from_day <= ?`+where+` GROUP BY 1, 2, 3`+group, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	c := f.counting()
	place := map[int]int{} // of rows on the way to winning
	for n, i := range way(f.Rows) {
		place[i] = n + 1
	}
	for rows.Next() {
		var stage, by, count, amount, weighted int64
		var from, stood *int64
		if err := rows.Scan(&stage, &from, &stood, &by, &count, &amount, &weighted); err != nil {
			return err
		}
		i, ok := f.place[stage]
		if !ok {
			continue
		}
		left, came := -1, false
		if from != nil {
			left, came = f.placeOf(*from)
		}
		if came && left == i {
			continue
		}
		c.add(i, by, func(t *tally) {
			t.Count += count
			t.Amount += amount
			t.Weighted += weighted
		})
		if !came {
			continue
		}
		c.add(left, by, func(t *tally) {
			t.left += count
			if place[i] > place[left] {
				t.on += count
			}
			if stood != nil {
				t.days.add(*stood, count)
				if f.overstayed(*from, *stood) {
					t.Late += count
					t.LateSum += amount
				}
			}
			if f.stages[stage].kind == deal.Lost {
				t.LostCount += count
				t.LostSum += amount
			}
		})
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if f.Cycle, err = f.cycle(ctx, s, c, `f.from_day >= ? AND f.from_day <= ?`); err != nil {
		return err
	}
	c.finish()
	return nil
}

func (f *Funnel) placeOf(stage int64) (int, bool) {
	i, ok := f.place[stage]
	return i, ok
}

// overstayed reports whether a deal that left a stage had been there longer
// than expected.
func (f *Funnel) overstayed(stage, days int64) bool {
	st := f.stages[stage]
	return st.kind == deal.Open && deal.Overstays(days, st.expected) != deal.AttentionNone
}

// cycle is the median of days from opening to winning; c gets the days of each
// won row, where it is not nil.
func (f *Funnel) cycle(ctx context.Context, s *store.Session, c *counting, period string) (int64, error) {
	stages := f.stagesOf(deal.Won)
	if len(stages) == 0 {
		return -1, nil
	}
	where, more, err := f.condition(ctx, s)
	if err != nil {
		return -1, err
	}
	key, group := "0", ""
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return -1, err
		}
		group = ", 2"
	}
	list, ids := in("f.stage_id", stages)
	args := append(append([]any{int64(f.Settings.From), int64(f.Settings.To)}, ids...), more...)
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, `+key+`, f.from_day - d.opened, COUNT(*) FROM funnel f JOIN deal d ON d.id = f.deal_id
		WHERE f.entry = TRUE AND f.void = FALSE AND `+period+list+where+` GROUP BY f.stage_id, 3`+group, args...)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	var all spread
	for rows.Next() {
		var stage, by, days, count int64
		if err := rows.Scan(&stage, &by, &days, &count); err != nil {
			return -1, err
		}
		all.add(days, count)
		if c != nil {
			c.add(f.place[stage], by, func(t *tally) { t.ages.add(days, count) })
		}
	}
	return all.median(), rows.Err()
}
