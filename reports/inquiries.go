package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/model/table"
	"ugoda/store"
)

// usualWeeks is how many past weeks tell what is usual.
const usualWeeks = 8

// inquiryDimensions are what inquiries are grouped by: the columns of an
// inquiry and of a deal without one.
var inquiryDimensions = map[string][2]string{
	"channel": {"q.channel", "''"},
	"source":  {"COALESCE(q.source_id, 0)", "COALESCE(d.source_id, 0)"},
	"manager": {"COALESCE(q.given_to_id, 0)", "COALESCE(d.manager_id, 0)"},
}

// InquiryDimensions lists what inquiries may be grouped by.
func InquiryDimensions() []string { return []string{"source", "channel", "manager"} }

// InquirySettings are what inquiries are asked with; Settings keep them as text.
type InquirySettings struct {
	From, To model.Day
	Preset   string
	By       string // one of InquiryDimensions; empty: not split
	Where    filter.Node
	Compare  string
}

// InquiryKey is a value that inquiries are grouped by.
type InquiryKey struct {
	ID   int64  // of a source or an employee; 0: none
	Name string // its name; of a channel its identifier
}

// InquiryWeek is one ISO week of inquiries against the usual.
type InquiryWeek struct {
	Monday  model.Day
	Last    model.Day // the last day that counts: Sunday, or the report's last day
	Count   int64
	Usual   int64 // median of the same working days of the eight weeks before, half up; -1: no such weeks
	Percent int64 // Count to Usual in hundredths of a percent; -1
	Was     int64 // in the week that it is compared with; -1: with none
	Split   []InquiryWeek
	Key     InquiryKey // of a part of Split
}

// Inquiries are the weeks of a period. A deal without an inquiry counts as one.
type Inquiries struct {
	Settings InquirySettings
	Weeks    []InquiryWeek
	Total    int64
	WasTotal int64
	Keys     []InquiryKey // that the weeks are split by, the most frequent first
}

// NewInquiries counts inquiries by week. The running week is compared with the
// same elapsed working days of the weeks before, so that a Tuesday is not
// measured against whole weeks. A condition restricts inquiries; deals without
// one then do not count.
func NewInquiries(ctx context.Context, s *store.Session, set InquirySettings) (*Inquiries, error) {
	if set.To == 0 {
		set.To = s.Today()
	}
	if set.From == 0 {
		set.From = set.To.Monday() - 7*11
	}
	if set.To < set.From {
		return nil, model.Refused("to", "before_beginning")
	}
	if _, ok := inquiryDimensions[set.By]; set.By != "" && !ok {
		return nil, model.Refused("by", "not_one_of", "value", set.By, "values", InquiryDimensions())
	}
	asked := span.Span{From: set.From, To: set.To}
	set.From = set.From.Monday()
	r := &Inquiries{Settings: set}
	first, was := set.From-7*usualWeeks, model.Day(0)
	if set.Compare != "" {
		then, err := asked.Compared(set.Compare, set.Preset)
		if err != nil {
			return nil, err
		}
		was = then.From.Monday()
		first = min(first, was)
	}
	days, err := r.days(ctx, s, first)
	if err != nil {
		return nil, fmt.Errorf("inquiries: %w", err)
	}
	all := map[model.Day]int64{}
	counts := map[InquiryKey]int64{}
	for key, by := range days {
		for d, n := range by {
			all[d] += n
			if d >= set.From {
				counts[key] += n
			}
		}
	}
	for key := range counts {
		if counts[key] > 0 && set.By != "" {
			r.Keys = append(r.Keys, key)
		}
	}
	slices.SortFunc(r.Keys, func(a, b InquiryKey) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
	})
	for monday := set.From; monday <= set.To; monday += 7 {
		then := model.Day(0)
		if was != 0 {
			then = was + monday - set.From
		}
		w := weekOf(all, all, monday, set.To, then)
		for _, key := range r.Keys {
			part := weekOf(days[key], all, monday, set.To, then)
			part.Key = key
			w.Split = append(w.Split, part)
		}
		r.Weeks = append(r.Weeks, w)
		r.Total += w.Count
		r.WasTotal += max(w.Was, 0)
	}
	return r, nil
}

// weekOf counts a week of the days, up to a last day, against what was usual;
// all tells since when there are any inquiries.
func weekOf(days, all map[model.Day]int64, monday, to, was model.Day) InquiryWeek {
	w := InquiryWeek{Monday: monday, Last: min(monday+6, to), Usual: -1, Percent: -1, Was: -1}
	w.Count = countIn(days, monday, w.Last)
	first := model.Day(0)
	for d := range all {
		if first == 0 || d < first {
			first = d
		}
	}
	var before spread
	for n := 1; n <= usualWeeks; n++ {
		m := monday - model.Day(7*n)
		if first == 0 || m < first.Monday() {
			break
		}
		before.add(countIn(days, m, m+elapsed(monday, w.Last)), 1)
	}
	if w.Usual = before.median(); w.Usual > 0 {
		w.Percent = ratio(w.Count, w.Usual)
	}
	if was != 0 {
		w.Was = countIn(days, was, was+elapsed(monday, w.Last))
	}
	return w
}

// elapsed is how many days after Monday the compared weeks are cut: at the
// last working day that has passed, or at the end of a week whose working days
// are over.
func elapsed(monday, last model.Day) model.Day {
	n := last - monday
	if last.Weekday() == time.Saturday || last.Weekday() == time.Sunday || n >= 4 {
		return 6
	}
	return n
}

func countIn(days map[model.Day]int64, from, to model.Day) int64 {
	n := int64(0)
	for d := from; d <= to; d++ {
		n += days[d]
	}
	return n
}

// source is the statement of all that counts as an inquiry, with some columns
// of inquiries and as many of deals without one.
func (r *Inquiries) source(ctx context.Context, s *store.Session, from, to model.Day, ofInquiry, ofDeal, rest string) (string, []any, error) {
	where := ` WHERE q.marked = FALSE AND q.day >= ? AND q.day <= ?`
	args := []any{int64(from), int64(to)}
	some, more, err := among(ctx, s, "inquiry", "q.id", r.Settings.Where)
	if err != nil {
		return "", nil, err
	}
	args = append(args, more...)
	query := `SELECT ` + ofInquiry + ` FROM inquiry q` + where + some + rest
	if r.Settings.Where == nil {
		query += ` UNION ALL SELECT ` + ofDeal + ` FROM deal d WHERE d.marked = FALSE AND d.inquiry_id IS NULL AND d.opened >= ? AND d.opened <= ?` + rest
		args = append(args, int64(from), int64(to))
	}
	return query, args, nil
}

// days counts inquiries by key and day.
func (r *Inquiries) days(ctx context.Context, s *store.Session, from model.Day) (map[InquiryKey]map[model.Day]int64, error) {
	key := [2]string{"0", "0"}
	if r.Settings.By != "" {
		key = inquiryDimensions[r.Settings.By]
	}
	query, args, err := r.source(ctx, s, from, r.Settings.To, `q.day, `+key[0]+`, COUNT(*)`, `d.opened, `+key[1]+`, COUNT(*)`, ` GROUP BY 1, 2`)
	if err != nil {
		return nil, err
	}
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[InquiryKey]map[model.Day]int64{}
	for rows.Next() {
		var k InquiryKey
		var day, n int64
		into := any(&k.ID)
		if r.Settings.By == "channel" {
			into = &k.Name
		}
		if err := rows.Scan(&day, into, &n); err != nil {
			return nil, err
		}
		if out[k] == nil {
			out[k] = map[model.Day]int64{}
		}
		out[k][model.Day(day)] += n
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return r.named(ctx, s, out)
}

// named gives the keys their names.
func (r *Inquiries) named(ctx context.Context, s *store.Session, days map[InquiryKey]map[model.Day]int64) (map[InquiryKey]map[model.Day]int64, error) {
	if r.Settings.By == "" || r.Settings.By == "channel" {
		return days, nil
	}
	var ids []int64
	for k := range days {
		ids = append(ids, k.ID)
	}
	names, err := namesOf(ctx, s, r.Settings.By, ids)
	if err != nil {
		return nil, err
	}
	out := map[InquiryKey]map[model.Day]int64{}
	for k, v := range days {
		out[InquiryKey{ID: k.ID, Name: names[k.ID]}] = v
	}
	return out, nil
}

// Asked is one inquiry behind a figure, or a deal that counts as one.
type Asked struct {
	Kind string // "inquiry" or "deal"
	ID   int64
	Day  model.Day
}

// Behind are the inquiries of some days, and the deals without one, the latest
// first. key is that of a part of a week; nil is all.
func (r *Inquiries) Behind(ctx context.Context, s *store.Session, from, to model.Day, key *InquiryKey) ([]Asked, error) {
	column := [2]string{"0", "0"}
	if r.Settings.By != "" {
		column = inquiryDimensions[r.Settings.By]
	}
	query, args, err := r.source(ctx, s, from, min(to, r.Settings.To), `q.day, q.id, 'inquiry', `+column[0], `d.opened, d.id, 'deal', `+column[1], ``)
	if err != nil {
		return nil, err
	}
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the inquiries behind a figure: %w", err)
	}
	defer rows.Close()
	var out []Asked
	for rows.Next() {
		var a Asked
		var k InquiryKey
		var day int64
		into := any(&k.ID)
		if r.Settings.By == "channel" {
			into = &k.Name
		}
		if err := rows.Scan(&day, &a.ID, &a.Kind, into); err != nil {
			return nil, fmt.Errorf("read the inquiries behind a figure: %w", err)
		}
		if a.Day = model.Day(day); key == nil || key.ID == k.ID && (r.Settings.By != "channel" || key.Name == k.Name) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Asked) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.ID, a.ID))
	})
	return out, rows.Err()
}

// KeyName says what inquiries are grouped by.
func (r *Inquiries) KeyName(k InquiryKey, p *locale.Printer) string {
	switch {
	case k.Name == "":
		return p.T("report.none")
	case r.Settings.By == "channel":
		return p.Choice("inquiry", "channel", k.Name)
	}
	return k.Name
}

// Falling is the newest week when it is a fifth or more below the usual, nil
// when it is not: an early warning.
func (r *Inquiries) Falling() *InquiryWeek {
	if len(r.Weeks) == 0 {
		return nil
	}
	if w := &r.Weeks[len(r.Weeks)-1]; w.Low() {
		return w
	}
	return nil
}

// Low reports whether a week is a fifth or more below the usual.
func (w *InquiryWeek) Low() bool { return w.Percent >= 0 && w.Percent <= 8_000 }

// Table is the report as a table, the newest week last.
func (r *Inquiries) Table(p *locale.Printer) *table.Table {
	set := r.Settings
	t := &table.Table{Report: "inquiries", Title: p.T("report.inquiries"), Parameters: []table.Parameter{
		{Name: "from", Label: p.T("report.from"), Value: set.From}, {Name: "to", Label: p.T("report.to"), Value: set.To},
	}, Count: int64(len(r.Weeks))}
	compared := set.Compare != ""
	if compared {
		if was, err := (span.Span{From: set.From, To: set.To}).Compared(set.Compare, set.Preset); err == nil {
			t.Parameters = append(t.Parameters, compareParameter(p, was))
		}
	}
	t.Parameters = append(t.Parameters, whereParameter(p, set.Where)...)
	t.Columns = []table.Column{
		{Name: "week", Label: p.T("report.inquiries.week"), Type: model.Days},
		{Name: "until", Label: p.T("report.inquiries.until"), Type: model.Days},
	}
	if set.By != "" {
		t.Columns = append(t.Columns, table.Column{Name: set.By, Label: p.T("report.by." + set.By), Type: model.Text})
		t.Parameters = append(t.Parameters, table.Parameter{Name: "by", Label: p.T("report.by"), Value: set.By, Text: p.T("report.by." + set.By)})
	}
	t.Columns = append(t.Columns,
		table.Column{Name: "count", Label: p.T("report.count"), Type: model.Int},
		table.Column{Name: "usual", Label: p.T("report.inquiries.usual"), Type: model.Int},
		table.Column{Name: "percent", Label: p.T("report.inquiries.percent"), Type: model.Percents})
	if compared {
		t.Columns = append(t.Columns, table.Column{Name: "count_was", Label: p.T("report.count_was"), Type: model.Int},
			table.Column{Name: "count_change", Label: p.T("report.count_change"), Type: model.Int})
	}
	line := func(w InquiryWeek, name string) []any {
		cells := []any{w.Monday, w.Last}
		if set.By != "" {
			cells = append(cells, name)
		}
		figures := []any{w.Count, nil, nil}
		if w.Usual >= 0 {
			figures[1] = w.Usual
		}
		if w.Percent >= 0 {
			figures[2] = model.Percent(w.Percent)
		}
		if compared {
			figures = append(figures, w.Was, w.Count-w.Was)
		}
		return append(cells, figures...)
	}
	var rows []table.Row
	for _, w := range r.Weeks {
		rows = append(rows, table.Row{Cells: line(w, p.T("report.all")), Strong: set.By != ""})
		for _, part := range w.Split {
			rows = append(rows, table.Row{Cells: line(part, r.KeyName(part.Key, p)), Level: 1})
		}
	}
	t.Count = int64(len(rows))
	t.Rows = table.Slice(rows...)
	t.Total = make([]any, len(t.Columns))
	at := slices.IndexFunc(t.Columns, func(c table.Column) bool { return c.Name == "count" })
	t.Total[at] = r.Total
	if compared {
		t.Total[at+3], t.Total[at+4] = r.WasTotal, r.Total-r.WasTotal
	}
	return t
}

// String is the text of a key in an address.
func (k InquiryKey) String() string {
	if k.ID == 0 {
		return k.Name
	}
	return strconv.FormatInt(k.ID, 10)
}
