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
	var err error
	if f.Settings.AsOf < s.Today() {
		err = f.past(ctx, s, c)
	} else if err = f.walkStanding(ctx, s, f.stagesOf(deal.Open, deal.Hold), "", c.standing); err == nil {
		err = f.ended(ctx, s, c)
	}
	if err != nil {
		return err
	}
	c.finish()
	for _, r := range f.Rows {
		f.All += r.Count
	}
	return nil
}

// standing counts a deal that is in work.
func (c *counting) standing(row int, key int64, e Entry) {
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
}

// past does what walkStanding and ended do of a day that is over, in one
// statement: no index keeps the few deals that were in work then apart from the
// many that had ended, so all of them are read, but once. What only those in
// work are asked for, they are asked one by one.
func (f *Funnel) past(ctx context.Context, s *store.Session, c *counting) error {
	open, ended := f.stagesOf(deal.Open, deal.Hold), f.stagesOf(deal.Won, deal.Lost)
	if len(open)+len(ended) == 0 {
		return nil
	}
	standing, args := standingOn(f.Settings.AsOf, s.Today())
	where, more, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	key := "0"
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return err
		}
	}
	next, ends := nextDue(f.Settings.AsOf, s.Today())
	then, err := plannedThen(ctx, s, f.Settings.AsOf)
	if err != nil {
		return err
	}
	openList, openIDs := in("f.stage_id", open)
	endedList, endedIDs := in("f.stage_id", ended)
	if len(open) == 0 {
		openList, openIDs = " AND 1 = 0", nil
	}
	if len(ended) == 0 {
		endedList, endedIDs = " AND 1 = 0", nil
	}
	args = append(append(append(append(args, more...), ends...), openIDs...), endedIDs...)
	rows, err := s.Base().Read(ctx, `WITH f AS MATERIALIZED (SELECT f.stage_id, `+key+` AS k, f.deal_id, f.since_day, f.amount_base, f.weighted
			FROM funnel f WHERE `+standing+` AND f.void = FALSE`+where+`)
		SELECT f.stage_id, f.k, f.deal_id, f.since_day, f.amount_base, f.weighted, (SELECT d.opened FROM deal d WHERE d.id = f.deal_id), `+next+`
			FROM f WHERE 1 = 1`+openList+`
		UNION ALL SELECT f.stage_id, f.k, 0, COUNT(*), CAST(SUM(f.amount_base) AS BIGINT), CAST(SUM(f.weighted) AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
			FROM f WHERE 1 = 1`+endedList+` GROUP BY f.stage_id, f.k`, args...)
	if err != nil {
		return fmt.Errorf("read the funnel of a day: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var stage, by, dealID, since, amount, weighted int64 // of deals that ended since is their number
		var opened, due *int64
		if err := rows.Scan(&stage, &by, &dealID, &since, &amount, &weighted, &opened, &due); err != nil {
			return fmt.Errorf("read the funnel of a day: %w", err)
		}
		if dealID == 0 {
			c.add(f.place[stage], by, func(t *tally) {
				t.Count += since
				t.Amount += amount
				t.Weighted += weighted
			})
			continue
		}
		e := Entry{Deal: dealID, Amount: amount, Weighted: weighted}
		f.judge(&e, stage, since, opened, due, then)
		c.standing(f.place[stage], by, e)
	}
	return rows.Err()
}

// judge says of a deal since when it had stood in its stage by the day, how old
// it was, and what stood out in it; then are days planned otherwise at that time.
func (f *Funnel) judge(e *Entry, stage, since int64, opened, due *int64, then map[int64]model.Day) {
	st, day := f.stages[stage], f.Settings.AsOf
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
		f.judge(&e, stage, since, opened, due, then)
		visit(f.place[stage], by, e)
	}
	return rows.Err()
}
