package reports

import (
	"context"
	"fmt"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// standingOn says which intervals of the register hold at the end of a day.
func standingOn(day, today model.Day) (string, []any) {
	if day >= today { // said as in the index of such intervals, funnel_now
		return fmt.Sprintf(`+f.to_day = %d AND f.from_day <= ?`, int64(model.FarDay)), []any{int64(day)}
	}
	return `f.to_day > ? AND f.from_day <= ?`, []any{int64(day), int64(day)}
}

// nextDue is the SQL of the day of a deal's earliest open activity on a day. Of
// a past day it is judged by activities that were there by then and not yet
// done, with the days for which they are planned now; plannedThen tells where
// that has changed.
func nextDue(day, today model.Day) (string, []any) {
	if day >= today {
		return `(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = f.deal_id AND a.done = FALSE AND a.marked = FALSE)`, nil
	}
	end := (day + 1).Time().UnixMicro()
	return `(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = f.deal_id AND a.marked = FALSE AND a.created < ? AND (a.done_at IS NULL OR a.done_at >= ?))`, []any{end, end}
}

// stagesOf lists the stages of the funnel of some kinds.
func (f *Funnel) stagesOf(kinds ...string) []int64 {
	var out []int64
	for _, r := range f.Rows {
		for _, k := range kinds {
			if r.Kind == k {
				out = append(out, r.Stages...)
			}
		}
	}
	return out
}

// now counts the deals that stood in each stage at the end of the day: those in
// work one by one, for what stands out in a deal is a rule of package deal; of
// those that ended only number and sum.
func (f *Funnel) now(ctx context.Context, s *store.Session) error {
	c := f.counting()
	err := f.walkStanding(ctx, s, f.stagesOf(deal.Open, deal.Hold), "", func(row int, key int64, e Entry) {
		c.add(row, key, func(t *tally) {
			t.Count++
			t.Amount += e.Amount
			t.Weighted += e.Weighted
			t.days.add(e.Days, 1)
			t.ages.add(e.Age, 1)
			switch e.Attention {
			case deal.AttentionStuck:
				t.Stuck++
				fallthrough
			case deal.AttentionLate:
				t.Late++
				t.LateSum += e.Amount
			case deal.AttentionNoStep, deal.AttentionOverdueStep:
				t.NoStep++
			}
		})
	})
	if err != nil {
		return err
	}
	if err := f.ended(ctx, s, c); err != nil {
		return err
	}
	c.finish()
	for _, r := range f.Rows {
		f.All += r.Count
	}
	return nil
}

// ended counts the deals that stood won or lost.
func (f *Funnel) ended(ctx context.Context, s *store.Session, c *counting) error {
	stages := f.stagesOf(deal.Won, deal.Lost)
	if len(stages) == 0 {
		return nil
	}
	standing, args := standingOn(f.Settings.AsOf, s.Today())
	where, more, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	list, ids := in("f.stage_id", stages)
	key, group := "0", ""
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return err
		}
		group = ", 2"
	}
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, `+key+`, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT)
		FROM funnel f WHERE `+standing+` AND f.void = FALSE`+list+where+` GROUP BY f.stage_id`+group, append(append(args, ids...), more...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var stage, key, count, amount, weighted int64
		if err := rows.Scan(&stage, &key, &count, &amount, &weighted); err != nil {
			return err
		}
		c.add(f.place[stage], key, func(t *tally) {
			t.Count += count
			t.Amount += amount
			t.Weighted += weighted
		})
	}
	return rows.Err()
}

// walkStanding visits the deals that stood in some stages at the end of the
// day, with the key of the dimension that the funnel is split by; more are
// further columns of the register, which come in Entry.more.
func (f *Funnel) walkStanding(ctx context.Context, s *store.Session, stages []int64, more string, visit func(row int, key int64, e Entry)) error {
	if len(stages) == 0 {
		return nil
	}
	day := f.Settings.AsOf
	next, args := nextDue(day, s.Today())
	var then map[int64]model.Day
	if day < s.Today() {
		var err error
		if then, err = plannedThen(ctx, s, day); err != nil {
			return err
		}
	}
	standing, days := standingOn(day, s.Today())
	where, last, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	key := "0"
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return err
		}
	}
	list, ids := in("f.stage_id", stages)
	args = append(append(append(args, days...), ids...), last...)
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, `+key+`, f.deal_id, f.since_day, f.amount_base, f.weighted, d.opened, `+next+more+`
		FROM funnel f JOIN deal d ON d.id = f.deal_id WHERE `+standing+` AND f.void = FALSE`+list+where, args...)
	if err != nil {
		return fmt.Errorf("read the deals of stages: %w", err)
	}
	defer rows.Close()
	var e Entry
	var stage, by, since int64
	var opened, due *int64
	into := []any{&stage, &by, &e.Deal, &since, &e.Amount, &e.Weighted, &opened, &due}
	if more != "" {
		into = append(into, e.dimensions()...)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("read the deals of stages: %w", err)
		}
		st := f.stages[stage]
		e.Day, e.Days, e.Age = model.Day(since), int64(day)-since, -1
		if opened != nil {
			e.Age = int64(day) - *opened
		}
		planned := model.Day(0)
		if due != nil {
			planned = model.Day(*due)
		}
		if was, changed := then[e.Deal]; changed {
			planned = was
		}
		e.Attention = deal.Attention(st.kind, model.Day(since), planned, day, st.expected)
		visit(f.place[stage], by, e)
	}
	return rows.Err()
}
