package reports

import (
	"context"

	"ugoda/model/deal"
	"ugoda/store"
)

// flow counts the entries into each stage within the period. An entry knows
// the stage that the deal came from and since when it had stood there, so that
// durations and losses come from the same statement.
func (f *Funnel) flow(ctx context.Context, s *store.Session, stages map[int64]*stageInfo) error {
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	args = append([]any{int64(f.Settings.From), int64(f.Settings.To)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, f.from_stage_id, f.from_day - f.from_since, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT)
		FROM funnel f WHERE f.entry = TRUE AND f.void = FALSE AND f.from_day >= ? AND f.from_day <= ?`+where+` GROUP BY 1, 2, 3`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	of := f.rowOf()
	days := make([]spread, len(f.Rows))
	for rows.Next() {
		var stage, count, amount, weighted int64
		var from, stood *int64
		if err := rows.Scan(&stage, &from, &stood, &count, &amount, &weighted); err != nil {
			return err
		}
		i, ok := of[stage]
		if !ok {
			continue
		}
		f.Rows[i].Count += count
		f.Rows[i].Amount += amount
		f.Rows[i].Weighted += weighted
		if from == nil {
			continue
		}
		left, ok := of[*from]
		if !ok {
			continue
		}
		if stood != nil {
			days[left].add(*stood, count)
			if st := stages[*from]; st.kind == deal.Open && st.expected > 0 && *stood > st.expected {
				f.Rows[left].Late += count
				f.Rows[left].LateSum += amount
			}
		}
		if stages[stage].kind == deal.Lost {
			f.Rows[left].LostCount += count
			f.Rows[left].LostSum += amount
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i := range f.Rows {
		f.Rows[i].Days = days[i].median()
	}
	f.convert()
	f.Cycle, err = f.cycle(ctx, s, `f.from_day >= ? AND f.from_day <= ?`)
	return err
}

// cycle is the median of days from opening to winning.
func (f *Funnel) cycle(ctx context.Context, s *store.Session, period string) (int64, error) {
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return -1, err
	}
	args = append([]any{int64(f.Settings.From), int64(f.Settings.To)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.from_day - d.opened, COUNT(*) FROM funnel f JOIN stage st ON st.id = f.stage_id JOIN deal d ON d.id = f.deal_id
		WHERE f.entry = TRUE AND f.void = FALSE AND st.kind = 'won' AND `+period+where+` GROUP BY 1`, args...)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	var d spread
	for rows.Next() {
		var days, count int64
		if err := rows.Scan(&days, &count); err != nil {
			return -1, err
		}
		d.add(days, count)
	}
	return d.median(), rows.Err()
}
