package reports

import (
	"context"
	"fmt"

	"ugoda/model"
	"ugoda/store"
)

// Part of a funnel row that a figure counts.
type Part string

// The parts of a row that open into deals.
const (
	All  Part = ""     // all deals of the row
	Late Part = "late" // those longer in it than expected
	Lost Part = "lost" // those lost from it
)

// Deals are the deals behind a figure of a row: their number and sum are the
// figure. rows are indexes into Funnel.Rows.
func (f *Funnel) Deals(ctx context.Context, s *store.Session, part Part, rows ...int) ([]int64, error) {
	var stages []int64
	for _, i := range rows {
		stages = append(stages, f.Rows[i].Stages...)
	}
	if len(stages) == 0 {
		return nil, nil
	}
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return nil, err
	}
	if f.Settings.Mode == Cohort {
		return f.cohortDeals(ctx, s, part, rows)
	}
	column := "f.stage_id"
	var head []any
	query := ""
	switch {
	case f.Settings.Mode == Now:
		query = `f.to_day > ? AND f.from_day <= ?`
		head = []any{int64(f.Settings.AsOf), int64(f.Settings.AsOf)}
		if f.Settings.AsOf >= s.Today() {
			head[0] = int64(model.FarDay) - 1
		}
		if part == Late {
			query += ` AND st.kind = 'open' AND st.expected_days > 0 AND ? - f.since_day > st.expected_days`
			head = append(head, int64(f.Settings.AsOf))
		}
	default:
		query = `f.entry = TRUE AND f.from_day >= ? AND f.from_day <= ?`
		head = []any{int64(f.Settings.From), int64(f.Settings.To)}
		if part != All {
			column = "f.from_stage_id"
		}
		if part == Lost {
			query += ` AND EXISTS (SELECT 1 FROM stage l WHERE l.id = f.stage_id AND l.kind = 'lost')`
		}
		if part == Late {
			query += ` AND st.kind = 'open' AND st.expected_days > 0 AND f.from_day - f.from_since > st.expected_days`
		}
	}
	list, ids := in(column, stages)
	args = append(append(head, ids...), args...)
	return readIDs(ctx, s, `SELECT DISTINCT f.deal_id FROM funnel f JOIN stage st ON st.id = `+column+` WHERE f.void = FALSE AND `+query+list+where+` ORDER BY f.deal_id`, args...)
}

// cohortDeals walks the cohort again and keeps the deals behind a figure.
func (f *Funnel) cohortDeals(ctx context.Context, s *store.Session, part Part, rows []int) ([]int64, error) {
	seen := map[int64]bool{}
	var out []int64
	err := f.walkCohort(ctx, s, func(c cohortDeal) {
		for _, i := range rows {
			hit := false
			switch part {
			case All:
				hit = c.counts(f, i)
			case Lost:
				hit = c.lostFrom == i
			case Late:
				hit = c.late[i]
			}
			if hit && !seen[c.id] {
				seen[c.id] = true
				out = append(out, c.id)
			}
		}
	})
	return out, err
}

func readIDs(ctx context.Context, s *store.Session, query string, args ...any) ([]int64, error) {
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the deals behind a figure: %w", err)
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}
