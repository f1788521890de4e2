package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// Part of a funnel row that a figure counts.
type Part string

// The parts of a row that open into deals.
const (
	All    Part = ""        // all deals of the row
	Late   Part = "late"    // those longer in it than expected
	Stuck  Part = "stuck"   // those one and a half times as long; Now only
	NoStep Part = "no_step" // those without a next step, or past it; Now only
	Lost   Part = "lost"    // those lost from it
)

// Parts lists them.
func Parts() []Part { return []Part{All, Late, Stuck, NoStep, Lost} }

// Entry is a deal behind a figure, as it was when the figure counted it: the
// sums of entries are the figure. A deal that came into a stage twice within a
// period is two entries.
type Entry struct {
	Deal      int64
	Day       model.Day // since when it stands in the stage, when it came or was lost; of a cohort when it was opened
	Days      int64     // that it stood in the stage; -1
	Age       int64     // since it was opened; -1
	Amount    int64     // minor units of the base currency
	Weighted  int64
	Attention string // what stands out in it; Now only

	client, manager, department, region, segment, source, process, project, organization int64
}

// dimensionColumns are the columns that dimensions reads, over an alias.
func dimensionColumns(alias string) string {
	out := ""
	for _, c := range []string{"client_id", "manager_id", "department_id", "region_id", "segment_id", "source_id", "process_id", "project_id", "organization_id"} {
		out += ", COALESCE(" + alias + "." + c + ", 0)"
	}
	return out
}

func (e *Entry) dimensions() []any {
	return []any{&e.client, &e.manager, &e.department, &e.region, &e.segment, &e.source, &e.process, &e.project, &e.organization}
}

// Key is the key of the entry in a dimension.
func (e *Entry) Key(by string) int64 {
	switch by {
	case "client":
		return e.client
	case "manager":
		return e.manager
	case "department":
		return e.department
	case "region":
		return e.region
	case "segment":
		return e.segment
	case "source":
		return e.source
	case "process":
		return e.process
	case "project":
		return e.project
	case "organization":
		return e.organization
	case byBand:
		return band(e.Amount)
	}
	return 0
}

// Behind are the deals behind a figure of rows, or of the total when none are
// named, the largest first. Of a funnel that is split, group is the key of one
// of its groups; nil is all.
func (f *Funnel) Behind(ctx context.Context, s *store.Session, part Part, group *int64, rows ...int) ([]Entry, error) {
	wanted := map[int]bool{}
	var stages []int64
	whole := len(rows) == 0
	if whole {
		for i, r := range f.Rows {
			if r.Kind == deal.Open {
				rows = append(rows, i)
			}
		}
	}
	for _, i := range rows {
		wanted[i] = true
		stages = append(stages, f.Rows[i].Stages...)
	}
	if len(stages) == 0 {
		return nil, nil
	}
	var out []Entry
	take := func(key int64, e Entry) {
		if group == nil || *group == key {
			out = append(out, e)
		}
	}
	var err error
	switch {
	case f.Settings.Mode == Cohort:
		err = f.walkCohort(ctx, s, dimensionColumns("d"), func(c *cohortDeal) {
			if whole {
				if c.inWhole(f, part) {
					take(c.key, c.Entry)
				}
				return
			}
			for i := range wanted {
				hit := false
				switch part {
				case All:
					hit = c.counts(f, i)
				case Lost:
					hit = c.lostFrom == i
				case Late:
					hit = c.late[i]
				}
				if hit {
					take(c.key, c.Entry)
				}
			}
		})
	case f.Settings.Mode == Flow || part == Lost: // losses of Now are those of the year before
		err = f.walkEntries(ctx, s, part, wanted, take)
	default:
		err = f.walkStanding(ctx, s, stages, dimensionColumns("f"), func(_ int, key int64, e Entry) {
			if is(part, e.Attention) {
				take(key, e)
			}
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read the deals behind a figure: %w", err)
	}
	sortEntries(out)
	return out, nil
}

// is reports whether a deal that stands out so belongs to a part of its row.
func is(part Part, attention string) bool {
	switch part {
	case Late:
		return attention == deal.AttentionLate || attention == deal.AttentionStuck
	case Stuck:
		return attention == deal.AttentionStuck
	case NoStep:
		return attention == deal.AttentionNoStep || attention == deal.AttentionOverdueStep
	}
	return part == All
}

func sortEntries(list []Entry) {
	slices.SortFunc(list, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Day, b.Day))
	})
}

// walkEntries visits entries into rows, or out of them, within a period.
func (f *Funnel) walkEntries(ctx context.Context, s *store.Session, part Part, wanted map[int]bool, visit func(key int64, e Entry)) error {
	where, args, err := f.condition(ctx, s)
	if err != nil {
		return err
	}
	key := "0"
	if f.Settings.By != "" {
		if key, err = keyOf(f.Settings.By, "f"); err != nil {
			return err
		}
	}
	from, to := f.Settings.From, f.Settings.To
	if f.Settings.Mode == Now {
		from, to = f.Settings.AsOf-364, f.Settings.AsOf
	}
	args = append([]any{int64(from), int64(to)}, args...)
	rows, err := s.Base().Read(ctx, `SELECT f.stage_id, f.from_stage_id, f.from_day - f.from_since, `+key+`, f.deal_id, f.from_day, f.from_day - d.opened, f.amount_base, f.weighted`+dimensionColumns("f")+`
		FROM funnel f JOIN deal d ON d.id = f.deal_id WHERE f.entry = TRUE AND f.void = FALSE AND f.from_day >= ? AND f.from_day <= ?`+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var e Entry
	var stage, by, day int64
	var left, stood, age *int64
	into := append([]any{&stage, &left, &stood, &by, &e.Deal, &day, &age, &e.Amount, &e.Weighted}, e.dimensions()...)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		came, known := f.place[stage]
		if !known {
			continue
		}
		before := -1
		if left != nil {
			if i, ok := f.place[*left]; ok {
				before = i
			}
		}
		if before == came {
			continue
		}
		hit := false
		switch part {
		case All:
			hit = wanted[came]
		case Lost:
			hit = before >= 0 && wanted[before] && f.stages[stage].kind == deal.Lost
		case Late:
			hit = before >= 0 && wanted[before] && stood != nil && f.overstayed(*left, *stood)
		}
		if !hit {
			continue
		}
		e.Day, e.Days, e.Age = model.Day(day), known64(stood), known64(age)
		visit(by, e)
	}
	return rows.Err()
}

// known64 is a number that may be missing: -1.
func known64(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

// Pile is some of the entries behind a figure that share a key. Days is the
// median of the days in the stage, -1 where there is none.
type Pile struct {
	Key      model.Ref // as KeyName says it
	Count    int64
	Amount   int64
	Weighted int64
	Days     int64
	Late     int64 // longer in the stage than expected; Now only
}

// Piles sorts entries by a dimension: bands upwards, others by their amount.
func Piles(ctx context.Context, s *store.Session, entries []Entry, by string) ([]Pile, error) {
	if _, err := keyOf(by, "f"); err != nil {
		return nil, err
	}
	type heap struct {
		Pile
		days spread
	}
	heaps := map[int64]*heap{}
	for i := range entries {
		e := &entries[i]
		key := e.Key(by)
		h := heaps[key]
		if h == nil {
			h = &heap{Pile: Pile{Key: model.Ref{ID: key}}}
			heaps[key] = h
		}
		h.Count++
		h.Amount += e.Amount
		h.Weighted += e.Weighted
		if e.Days >= 0 {
			h.days.add(e.Days, 1)
		}
		if is(Late, e.Attention) {
			h.Late++
		}
	}
	ids := make([]int64, 0, len(heaps))
	for id := range heaps {
		ids = append(ids, id)
	}
	names, err := namesOf(ctx, s, by, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Pile, 0, len(heaps))
	for id, h := range heaps {
		h.Key.Name, h.Days = names[id], h.days.median()
		out = append(out, h.Pile)
	}
	slices.SortFunc(out, func(a, b Pile) int {
		if by == byBand {
			return cmp.Compare(a.Key.ID, b.Key.ID)
		}
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key.ID, b.Key.ID))
	})
	return out, nil
}

// Sum adds entries up.
func Sum(entries []Entry) Pile {
	out := Pile{Days: -1}
	var days spread
	for i := range entries {
		e := &entries[i]
		out.Count++
		out.Amount += e.Amount
		out.Weighted += e.Weighted
		if e.Days >= 0 {
			days.add(e.Days, 1)
		}
		if is(Late, e.Attention) {
			out.Late++
		}
	}
	out.Days = days.median()
	return out
}
