package reports

import (
	"context"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// now counts the deals that stood in each stage at the end of the day. One
// statement groups the register by stage and by the day since when, from which
// counts, sums, medians and delays all follow.
func (f *Funnel) now(ctx context.Context, s *store.Session, stages map[int64]*stageInfo) error {
	day := f.Settings.AsOf
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	standing := `f.to_day > ? AND f.from_day <= ?`
	if day >= s.Today() {
		standing = `f.to_day = ? AND f.from_day <= ?`
		args = append([]any{int64(model.FarDay), int64(day)}, args...)
	} else {
		args = append([]any{int64(day), int64(day)}, args...)
	}
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, f.since_day, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT)
		FROM funnel f WHERE `+standing+` AND f.void = FALSE`+where+` GROUP BY f.stage_id, f.since_day`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	of := f.rowOf()
	days := make([]spread, len(f.Rows))
	for rows.Next() {
		var stage, since, count, amount, weighted int64
		if err := rows.Scan(&stage, &since, &count, &amount, &weighted); err != nil {
			return err
		}
		i, ok := of[stage]
		if !ok {
			continue
		}
		r := &f.Rows[i]
		r.Count += count
		r.Amount += amount
		r.Weighted += weighted
		stood := int64(day) - since
		days[i].add(stood, count)
		if st := stages[stage]; st.kind == deal.Open && st.expected > 0 && stood > st.expected {
			r.Late += count
			r.LateSum += amount
		}
	}
	for i := range f.Rows {
		f.Rows[i].Days = days[i].median()
	}
	return rows.Err()
}
