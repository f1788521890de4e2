package reports

import (
	"context"
	"fmt"
	"slices"

	"ugoda/model"
	"ugoda/store"
)

// dueAtOnce is how many activities or deals one question names.
const dueAtOnce = 500

// plannedThen gives the day of the earliest activity that was open at the end
// of a past day, of the deals one of whose activities has been given another
// day since: history knows for which day it was planned then. 0 is none. Of all
// other deals the days of today say the same.
func plannedThen(ctx context.Context, s *store.Session, day model.Day) (map[int64]model.Day, error) {
	end := (day + 1).Time()
	was, err := s.Formerly(ctx, "activity", "due", end)
	if err != nil || len(was) == 0 {
		return nil, err
	}
	ids := make([]int64, 0, len(was))
	for id := range was {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	next := map[int64]model.Day{}
	for some := range slices.Chunk(ids, dueAtOnce) {
		list, args := in("a.id", some)
		err := readTriples(ctx, s, `SELECT DISTINCT a.deal_id, 0, 0 FROM activity a WHERE a.deal_id IS NOT NULL`+list, args, func(dealID, _, _ int64) { next[dealID] = 0 })
		if err != nil {
			return nil, err
		}
	}
	deals := make([]int64, 0, len(next))
	for id := range next {
		deals = append(deals, id)
	}
	slices.Sort(deals)
	for some := range slices.Chunk(deals, dueAtOnce) {
		list, args := in("a.deal_id", some)
		args = append([]any{end.UnixMicro(), end.UnixMicro()}, args...)
		query := `SELECT a.deal_id, a.id, COALESCE(a.due, 0) FROM activity a WHERE a.marked = FALSE AND a.created < ? AND (a.done_at IS NULL OR a.done_at >= ?)` + list
		err := readTriples(ctx, s, query, args, func(dealID, id, due int64) {
			planned := model.Day(due)
			if v, changed := was[id]; changed {
				planned, _ = v.(model.Day)
			}
			if first := next[dealID]; planned != 0 && (first == 0 || planned < first) {
				next[dealID] = planned
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return next, nil
}

// readTriples hands over the rows of a question for three numbers.
func readTriples(ctx context.Context, s *store.Session, query string, args []any, f func(a, b, c int64)) error {
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read what was planned: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c int64
		if err := rows.Scan(&a, &b, &c); err != nil {
			return fmt.Errorf("read what was planned: %w", err)
		}
		f(a, b, c)
	}
	return rows.Err()
}
