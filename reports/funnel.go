// Package reports asks the registers and answers with tables. No report walks
// documents: the same table is drawn, printed, exported and shown on the
// command line, so its totals cannot differ between them.
package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/store"
)

// Mode says what the funnel counts.
type Mode string

// The modes of the funnel.
const (
	Now    Mode = "now"    // deals by the stage that they stand in, at the end of a day
	Flow   Mode = "flow"   // entries into stages within a period
	Cohort Mode = "cohort" // deals opened within a period, by the furthest stage that they reached
)

// FunnelSettings are what the funnel is asked with; they are saved by name.
type FunnelSettings struct {
	Mode      Mode
	AsOf      model.Day           // Now: 0 is today
	From, To  model.Day           // Flow and Cohort: both days belong
	Processes []int64             // empty: all
	Rows      []FunnelRowSettings // common rows of stages; empty: by each stage's funnel_row
	Where     filter.Node         // of deals, as they are now
}

// FunnelRowSettings puts stages of several processes into one row.
type FunnelRowSettings struct {
	Name   string
	Stages []int64
}

// FunnelRow is one row of the funnel. Amounts are minor units of the base
// currency; days are medians, -1 where there is nothing to measure.
type FunnelRow struct {
	Name      string
	Kind      string // of its stages: open, hold, won, lost
	Stages    []int64
	Colour    string
	Expected  int64 // the longest expected days of its stages, 0: never late
	Count     int64
	Amount    int64
	Weighted  int64
	Days      int64 // median days in the stage
	Late      int64 // deals longer in their stage than expected
	LateSum   int64
	LostCount int64 // deals lost from this row in the period
	LostSum   int64
	ToNext    int64 // hundredths of a percent of those in this row that came to the next; -1
	FromTop   int64 // hundredths of a percent of those in the first row that came here; -1
}

// Funnel is the report: open rows from the top, then on hold, won and lost.
type Funnel struct {
	Settings FunnelSettings
	Rows     []FunnelRow
	Open     FunnelRow // the total of the open rows, which is the total of the funnel
	Cycle    int64     // median days from opening to winning, -1
	Currency string
	Today    model.Day
}

// stageInfo is what the funnel knows of a stage.
type stageInfo struct {
	id, order, expected int64
	name, kind, row     string
	colour              string
	process             int64
	marked              bool
}

// NewFunnel asks the funnel's register.
func NewFunnel(ctx context.Context, s *store.Session, set FunnelSettings) (*Funnel, error) {
	if set.Mode == "" {
		set.Mode = Now
	}
	if set.AsOf == 0 {
		set.AsOf = s.Today()
	}
	if set.To == 0 {
		set.To = s.Today()
	}
	if set.From == 0 {
		set.From = set.To - 364
	}
	if set.To < set.From {
		return nil, model.Refused("to", "before_beginning")
	}
	f := &Funnel{Settings: set, Currency: s.BaseCurrency(), Today: s.Today(), Cycle: -1}
	stages, err := readStages(ctx, s, set.Processes)
	if err != nil {
		return nil, fmt.Errorf("funnel: %w", err)
	}
	f.layOut(stages)
	switch set.Mode {
	case Now:
		err = f.now(ctx, s, stages)
	case Flow:
		err = f.flow(ctx, s, stages)
	case Cohort:
		err = f.cohort(ctx, s)
	default:
		err = model.Refused("mode", "not_a_choice", "value", string(set.Mode))
	}
	if err != nil {
		return nil, fmt.Errorf("funnel: %w", err)
	}
	f.total()
	return f, nil
}

func readStages(ctx context.Context, s *store.Session, processes []int64) (map[int64]*stageInfo, error) {
	where, args := in("process_id", processes)
	rows, err := s.Base().Read(ctx, `SELECT id, "order", expected_days, name, kind, funnel_row, colour, process_id, marked FROM stage WHERE TRUE`+where+` ORDER BY process_id, "order", id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]*stageInfo{}
	for rows.Next() {
		var st stageInfo
		if err := rows.Scan(&st.id, &st.order, &st.expected, &st.name, &st.kind, &st.row, &st.colour, &st.process, &st.marked); err != nil {
			return nil, err
		}
		out[st.id] = &st
	}
	return out, rows.Err()
}

// in is an SQL condition of ids, or nothing when there are none.
func in(column string, ids []int64) (string, []any) {
	if len(ids) == 0 {
		return "", nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return " AND " + column + " IN (" + strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",") + ")", args
}

// layOut decides the rows: those of the settings, else one for each common
// name, in the order of the longest process.
func (f *Funnel) layOut(stages map[int64]*stageInfo) {
	place := map[int64]int{} // stage: row
	if len(f.Settings.Rows) > 0 {
		for _, r := range f.Settings.Rows {
			row := FunnelRow{Name: r.Name, Kind: deal.Open}
			for _, id := range r.Stages {
				if st := stages[id]; st != nil {
					row.Stages = append(row.Stages, id)
					row.Kind, row.Colour, row.Expected = st.kind, first(row.Colour, st.colour), max(row.Expected, st.expected)
					place[id] = len(f.Rows)
				}
			}
			f.Rows = append(f.Rows, row)
		}
	}
	var rest []*stageInfo
	for _, st := range stages {
		if _, ok := place[st.id]; !ok {
			rest = append(rest, st)
		}
	}
	count := map[int64]int{}
	for _, st := range rest {
		count[st.process]++
	}
	slices.SortFunc(rest, func(a, b *stageInfo) int {
		for _, d := range []int64{
			int64(kindOrder(a.kind) - kindOrder(b.kind)), int64(count[b.process] - count[a.process]),
			a.process - b.process, a.order - b.order, a.id - b.id,
		} {
			if d != 0 {
				return int(max(-1, min(1, d)))
			}
		}
		return 0
	})
	rows := map[string]int{}
	for _, st := range rest {
		name := first(st.row, st.name)
		key := st.kind + "\x00" + name
		i, ok := rows[key]
		if !ok {
			i = len(f.Rows)
			rows[key] = i
			f.Rows = append(f.Rows, FunnelRow{Name: name, Kind: st.kind, Colour: st.colour})
		}
		f.Rows[i].Stages = append(f.Rows[i].Stages, st.id)
		f.Rows[i].Expected = max(f.Rows[i].Expected, st.expected)
	}
	slices.SortStableFunc(f.Rows, func(a, b FunnelRow) int { return kindOrder(a.Kind) - kindOrder(b.Kind) })
	for i := range f.Rows {
		f.Rows[i].Days, f.Rows[i].ToNext, f.Rows[i].FromTop = -1, -1, -1
	}
}

func kindOrder(kind string) int {
	return slices.Index([]string{deal.Open, deal.Hold, deal.Won, deal.Lost}, kind)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// rowOf maps stages to rows.
func (f *Funnel) rowOf() map[int64]int {
	out := map[int64]int{}
	for i, r := range f.Rows {
		for _, id := range r.Stages {
			out[id] = i
		}
	}
	return out
}

// condition restricts the register to the deals of the filter and the
// processes of the settings.
func (f *Funnel) condition(ctx context.Context, s *store.Session) (string, []any, error) {
	where, args := in("f.process_id", f.Settings.Processes)
	if f.Settings.Where != nil {
		ids, a, err := s.Subquery(ctx, store.Query{Kind: "deal", Where: f.Settings.Where})
		if err != nil {
			return "", nil, err
		}
		where += " AND f.deal_id IN (" + ids + ")"
		args = append(args, a...)
	}
	return where, args, nil
}

// total adds the open rows up and works the conversions out of the counts.
func (f *Funnel) total() {
	f.Open = FunnelRow{Kind: deal.Open, Days: -1, ToNext: -1, FromTop: -1}
	for _, r := range f.Rows {
		if r.Kind != deal.Open {
			continue
		}
		f.Open.Count += r.Count
		f.Open.Amount += r.Amount
		f.Open.Weighted += r.Weighted
		f.Open.Late += r.Late
		f.Open.LateSum += r.LateSum
		f.Open.LostCount += r.LostCount
		f.Open.LostSum += r.LostSum
	}
}

// convert works out conversions of rows whose counts say how many came there.
func (f *Funnel) convert() {
	way := make([]int, 0, len(f.Rows)) // the rows that lead to winning
	for i, r := range f.Rows {
		if r.Kind == deal.Open || r.Kind == deal.Won {
			way = append(way, i)
		}
	}
	for n, i := range way {
		r := &f.Rows[i]
		if top := f.Rows[way[0]].Count; top > 0 {
			r.FromTop = ratio(r.Count, top)
		}
		if n+1 < len(way) && r.Count > 0 {
			r.ToNext = ratio(f.Rows[way[n+1]].Count, r.Count)
		}
	}
}

// ratio is part of whole in hundredths of a percent, rounded half up.
func ratio(part, whole int64) int64 {
	if whole == 0 {
		return 0
	}
	r, err := model.MulDiv(part, 10_000, whole)
	if err != nil {
		return 0
	}
	return r
}
