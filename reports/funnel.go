// Package reports asks the registers and answers with tables. No report walks
// documents: the same table is drawn, printed, exported and shown on the
// command line, so its totals cannot differ between them.
package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/span"
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

// FunnelSettings are what the funnel is asked with; Settings keep them as text.
type FunnelSettings struct {
	Mode      Mode
	AsOf      model.Day           // Now: 0 is today
	From, To  model.Day           // Flow and Cohort: both days belong
	Preset    string              // the period by its name, where From and To follow from one
	Processes []int64             // empty: all
	Rows      []FunnelRowSettings // common rows of stages; empty: by each stage's funnel_row
	Where     filter.Node         // of deals, as they are now
	By        string              // one of Dimensions that the funnel is also split by; empty: it is not
	Compare   string              // "previous", "last-year" or FROM..TO; empty: with nothing
	// Rates lets Now tell conversions, losses and the sales cycle of the year
	// before: what stands in the stages says nothing of them.
	Rates bool
}

// FunnelRowSettings puts stages of several processes into one row.
type FunnelRowSettings struct {
	Name   string  `json:"name"`
	Stages []int64 `json:"stages"`
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
	Age       int64 // median days since the deal was opened; of Won it is the sales cycle
	Late      int64 // deals longer in their stage than expected, stuck ones included
	LateSum   int64
	Stuck     int64 // deals longer than one and a half times as expected; Now only
	NoStep    int64 // deals with no next step, or one that is overdue, which are not late; Now only
	LostCount int64 // deals lost from this row in the period
	LostSum   int64
	ToNext    int64 // hundredths of a percent of those in this row that came to the next; -1
	FromTop   int64 // hundredths of a percent of those in the first row that came here; -1
}

// FunnelGroup is the funnel of one value of the dimension that it is split by.
type FunnelGroup struct {
	Key  model.Ref // as KeyName says it
	Rows []FunnelRow
	Open FunnelRow
}

// Funnel is the report: open rows from the top, then on hold, won and lost.
type Funnel struct {
	Settings FunnelSettings
	Rows     []FunnelRow
	Open     FunnelRow     // the total: of the open rows; of a cohort all its deals, each once
	Groups   []FunnelGroup // by Settings.By, the largest open amount first
	Was      *Funnel       // what it is compared with
	Cycle    int64         // median days from opening to winning, -1
	All      int64         // Now: deals in any stage that day
	Currency string
	Today    model.Day

	stages map[int64]*stageInfo
	place  map[int64]int // stage: row
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
	f, err := newFunnel(ctx, s, set)
	if err != nil {
		return nil, fmt.Errorf("funnel: %w", err)
	}
	return f, nil
}

func newFunnel(ctx context.Context, s *store.Session, set FunnelSettings) (*Funnel, error) {
	f, err := empty(ctx, s, set)
	if err != nil {
		return nil, err
	}
	set = f.Settings
	switch set.Mode {
	case Now:
		err = f.now(ctx, s)
	case Flow:
		err = f.flow(ctx, s)
	case Cohort:
		err = f.cohort(ctx, s)
	default:
		err = model.Refused("mode", "not_a_choice", "value", string(set.Mode))
	}
	if err != nil {
		return nil, err
	}
	if err := f.nameGroups(ctx, s); err != nil {
		return nil, err
	}
	if set.Mode == Now && set.Rates {
		if err := f.rate(ctx, s); err != nil {
			return nil, err
		}
	}
	if set.Compare != "" {
		before, err := set.before()
		if err != nil {
			return nil, err
		}
		if f.Was, err = newFunnel(ctx, s, before); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// empty lays the rows of a funnel out, without figures.
func empty(ctx context.Context, s *store.Session, set FunnelSettings) (*Funnel, error) {
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
	if set.By != "" {
		if _, err := keyOf(set.By, "f"); err != nil {
			return nil, err
		}
	}
	f := &Funnel{Settings: set, Currency: s.BaseCurrency(), Today: s.Today(), Cycle: -1}
	var err error
	if f.stages, err = readStages(ctx, s, set.Processes); err != nil {
		return nil, err
	}
	if err := f.layOut(); err != nil {
		return nil, err
	}
	f.place = map[int64]int{}
	for i, r := range f.Rows {
		for _, id := range r.Stages {
			f.place[id] = i
		}
	}
	return f, nil
}

// before are the settings of what the funnel is compared with.
func (set FunnelSettings) before() (FunnelSettings, error) {
	then := set
	then.Compare, then.Rates = "", false
	if set.Mode == Now {
		day, err := span.Day(set.AsOf, set.Compare)
		then.AsOf = day
		return then, err
	}
	days, err := span.Span{From: set.From, To: set.To}.Compared(set.Compare, set.Preset)
	then.From, then.To, then.Preset = days.From, days.To, ""
	return then, err
}

// Days are the days that the funnel is about: one of Now.
func (set FunnelSettings) Days() span.Span {
	if set.Mode == Now {
		return span.Span{From: set.AsOf, To: set.AsOf}
	}
	return span.Span{From: set.From, To: set.To}
}

// rate takes conversions, losses and the sales cycle from the year up to the
// day of the funnel.
func (f *Funnel) rate(ctx context.Context, s *store.Session) error {
	set := f.Settings
	set.Mode, set.From, set.To, set.Rates, set.Compare = Flow, set.AsOf-364, set.AsOf, false, ""
	year, err := newFunnel(ctx, s, set)
	if err != nil {
		return err
	}
	take := func(rows, from []FunnelRow) {
		for i := range rows {
			r, y := &rows[i], &from[i]
			r.ToNext, r.FromTop, r.LostCount, r.LostSum = y.ToNext, y.FromTop, y.LostCount, y.LostSum
		}
	}
	take(f.Rows, year.Rows)
	f.Open.LostCount, f.Open.LostSum, f.Cycle = year.Open.LostCount, year.Open.LostSum, year.Cycle
	for i := range f.Groups {
		if y := year.group(f.Groups[i].Key.ID); y != nil {
			take(f.Groups[i].Rows, y.Rows)
			f.Groups[i].Open.LostCount, f.Groups[i].Open.LostSum = y.Open.LostCount, y.Open.LostSum
		}
	}
	return nil
}

// group finds the group of a key, nil when there is none.
func (f *Funnel) group(key int64) *FunnelGroup {
	for i := range f.Groups {
		if f.Groups[i].Key.ID == key {
			return &f.Groups[i]
		}
	}
	return nil
}

// counting adds figures up in the rows, and in those of the groups. After the
// rows stands the whole of a cohort, where a deal counts once.
type counting struct {
	f     *Funnel
	rows  []tally
	by    map[int64][]tally
	split bool
}

// tally is a row with what its medians are made of.
type tally struct {
	FunnelRow
	days, ages spread
	left, on   int64 // Flow: deals that left the row, and those of them that went towards winning
}

func (f *Funnel) counting() *counting {
	return &counting{f: f, rows: make([]tally, len(f.Rows)+1), by: map[int64][]tally{}, split: f.Settings.By != ""}
}

// add counts in a row of the whole funnel, and of the group of a key.
func (c *counting) add(row int, key int64, count func(*tally)) {
	count(&c.rows[row])
	if !c.split {
		return
	}
	g := c.by[key]
	if g == nil {
		g = make([]tally, len(c.rows))
		c.by[key] = g
	}
	count(&g[row])
}

// finish puts what was counted into the rows of the funnel and its groups.
func (c *counting) finish() {
	f := c.f
	plain := f.Rows
	f.Rows, f.Open = c.fill(plain, c.rows)
	for key, g := range c.by {
		rows, open := c.fill(plain, g)
		f.Groups = append(f.Groups, FunnelGroup{Key: model.Ref{ID: key}, Rows: rows, Open: open})
	}
}

// fill gives rows the figures that were counted, and their total.
func (c *counting) fill(plain []FunnelRow, from []tally) ([]FunnelRow, FunnelRow) {
	out := slices.Clone(plain)
	for i := range out {
		r, t := &out[i], &from[i]
		figures := t.FunnelRow
		figures.Name, figures.Kind, figures.Stages, figures.Colour, figures.Expected = r.Name, r.Kind, r.Stages, r.Colour, r.Expected
		figures.Days, figures.Age, figures.ToNext, figures.FromTop = t.days.median(), t.ages.median(), -1, -1
		*r = figures
	}
	switch c.f.Settings.Mode {
	case Cohort:
		convert(out)
	case Flow:
		passOn(out, from)
	}
	open := total(out)
	if c.f.Settings.Mode == Cohort {
		stages := open.Stages
		open = from[len(plain)].FunnelRow
		open.Kind, open.Stages, open.Days, open.Age, open.ToNext, open.FromTop = deal.Open, stages, -1, -1, -1, -1
	}
	return out, open
}

// nameGroups names the groups and puts them in order: bands upwards, others by
// the open amount, then by the number of deals.
func (f *Funnel) nameGroups(ctx context.Context, s *store.Session) error {
	if len(f.Groups) == 0 {
		return nil
	}
	ids := make([]int64, len(f.Groups))
	for i, g := range f.Groups {
		ids[i] = g.Key.ID
	}
	names, err := namesOf(ctx, s, f.Settings.By, ids)
	if err != nil {
		return err
	}
	for i := range f.Groups {
		f.Groups[i].Key.Name = names[f.Groups[i].Key.ID]
	}
	slices.SortFunc(f.Groups, func(a, b FunnelGroup) int {
		if f.Settings.By == byBand {
			return cmp.Compare(a.Key.ID, b.Key.ID)
		}
		return cmp.Or(cmp.Compare(b.Open.Amount, a.Open.Amount), cmp.Compare(b.Open.Count, a.Open.Count), cmp.Compare(a.Key.ID, b.Key.ID))
	})
	return nil
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

// layOut decides the rows: those of the settings, then one for each common
// name of the other stages, in the order of the longest process.
func (f *Funnel) layOut() error {
	placed := map[int64]bool{}
	for _, r := range f.Settings.Rows {
		row := FunnelRow{Name: r.Name}
		for _, id := range r.Stages {
			st := f.stages[id]
			if st == nil || placed[id] { // of a process that is not asked about
				continue
			}
			if row.Kind != "" && row.Kind != st.kind {
				return model.Refused("rows", "row_mixes_kinds", "row", r.Name)
			}
			placed[id] = true
			row.Stages = append(row.Stages, id)
			row.Kind, row.Colour, row.Expected = st.kind, first(row.Colour, st.colour), max(row.Expected, st.expected)
		}
		if len(row.Stages) > 0 {
			f.Rows = append(f.Rows, row)
		}
	}
	var rest []*stageInfo
	count := map[int64]int{}
	for _, st := range f.stages {
		if !placed[st.id] {
			rest = append(rest, st)
			count[st.process]++
		}
	}
	slices.SortFunc(rest, func(a, b *stageInfo) int {
		return cmp.Or(cmp.Compare(kindOrder(a.kind), kindOrder(b.kind)), cmp.Compare(count[b.process], count[a.process]),
			cmp.Compare(a.process, b.process), cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id))
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
	return nil
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

// condition restricts the register to the deals of the filter and the
// processes of the settings.
func (f *Funnel) condition(ctx context.Context, s *store.Session) (string, []any, error) {
	where, args := in("f.process_id", f.Settings.Processes)
	some, more, err := among(ctx, s, "deal", "f.deal_id", f.Settings.Where)
	return where + some, append(args, more...), err
}

// total adds the open rows up.
func total(rows []FunnelRow) FunnelRow {
	out := FunnelRow{Kind: deal.Open, Days: -1, Age: -1, ToNext: -1, FromTop: -1}
	for _, r := range rows {
		if r.Kind != deal.Open {
			continue
		}
		out.Stages = append(out.Stages, r.Stages...)
		out.Count += r.Count
		out.Amount += r.Amount
		out.Weighted += r.Weighted
		out.Late += r.Late
		out.LateSum += r.LateSum
		out.Stuck += r.Stuck
		out.NoStep += r.NoStep
		out.LostCount += r.LostCount
		out.LostSum += r.LostSum
	}
	return out
}

// way are the rows that lead to winning, from the top.
func way(rows []FunnelRow) []int {
	var out []int
	for i, r := range rows {
		if r.Kind == deal.Open || r.Kind == deal.Won {
			out = append(out, i)
		}
	}
	return out
}

// convert works out the conversions of a cohort, whose counts say how many came
// to each row.
func convert(rows []FunnelRow) {
	way := way(rows)
	for n, i := range way {
		r := &rows[i]
		if top := rows[way[0]].Count; top > 0 {
			r.FromTop = ratio(r.Count, top)
		}
		if n+1 < len(way) && r.Count > 0 {
			r.ToNext = ratio(rows[way[n+1]].Count, r.Count)
		}
	}
}

// passOn works out the conversions of a flow. What entered one row within a
// period is not what entered the next; but of the deals that left a row within
// it some went towards winning and some did not. From the top is the product of
// the rows above.
func passOn(rows []FunnelRow, from []tally) {
	reached := int64(10_000)
	for _, i := range way(rows) {
		r, t := &rows[i], &from[i]
		r.FromTop = reached
		if r.Kind != deal.Open {
			continue
		}
		if t.left > 0 {
			r.ToNext = ratio(t.on, t.left)
		}
		switch {
		case r.ToNext < 0 || reached < 0:
			reached = -1
		default:
			reached = ratio(reached*r.ToNext, 10_000*10_000)
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
