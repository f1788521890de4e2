package reports

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/store"
)

// usualWeeks is how many past weeks tell what is usual.
const usualWeeks = 8

// InquiryWeek is one ISO week of inquiries against the usual.
type InquiryWeek struct {
	Monday  model.Day
	Last    model.Day // the last day that counts: Sunday, or the report's last day
	Count   int64
	Usual   int64 // median of the same working days of the eight weeks before; -1: no such weeks
	Percent int64 // Count to Usual in hundredths of a percent; -1
}

// Inquiries are the weeks of a period. A deal without an inquiry counts as one.
type Inquiries struct {
	From, To model.Day
	Weeks    []InquiryWeek
	Total    int64
	Where    filter.Node
}

// NewInquiries counts inquiries by week. The running week is compared with the
// same elapsed working days of the weeks before, so that a Tuesday is not
// measured against whole weeks. where restricts inquiries; deals without one
// then do not count.
func NewInquiries(ctx context.Context, s *store.Session, from, to model.Day, where filter.Node) (*Inquiries, error) {
	if to == 0 {
		to = s.Today()
	}
	if from == 0 {
		from = to.Monday() - 7*11
	}
	r := &Inquiries{From: from.Monday(), To: to, Where: where}
	byDay, err := r.days(ctx, s, r.From-7*usualWeeks)
	if err != nil {
		return nil, fmt.Errorf("inquiries: %w", err)
	}
	first := model.Day(0)
	for d := range byDay {
		if first == 0 || d < first {
			first = d
		}
	}
	for monday := r.From; monday <= to; monday += 7 {
		w := InquiryWeek{Monday: monday, Last: min(monday+6, to), Usual: -1, Percent: -1}
		w.Count = span(byDay, monday, w.Last)
		var before []int64
		for n := 1; n <= usualWeeks; n++ {
			m := monday - model.Day(7*n)
			if first == 0 || m < first.Monday() {
				break
			}
			before = append(before, span(byDay, m, m+elapsed(monday, w.Last)))
		}
		if len(before) > 0 {
			slices.Sort(before)
			w.Usual = before[(len(before)-1)/2]
			if len(before)%2 == 0 {
				w.Usual = (before[len(before)/2-1] + before[len(before)/2] + 1) / 2
			}
			if w.Usual > 0 {
				w.Percent = ratio(w.Count, w.Usual)
			}
		}
		r.Weeks = append(r.Weeks, w)
		r.Total += w.Count
	}
	return r, nil
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

func span(days map[model.Day]int64, from, to model.Day) int64 {
	n := int64(0)
	for d := from; d <= to; d++ {
		n += days[d]
	}
	return n
}

func (r *Inquiries) days(ctx context.Context, s *store.Session, from model.Day) (map[model.Day]int64, error) {
	where := ` WHERE q.marked = FALSE AND q.day >= ? AND q.day <= ?`
	args := []any{int64(from), int64(r.To)}
	query := `SELECT q.day, COUNT(*) FROM inquiry q`
	if r.Where != nil {
		ids, a, err := s.Subquery(ctx, store.Query{Kind: "inquiry", Where: r.Where})
		if err != nil {
			return nil, err
		}
		where += " AND q.id IN (" + ids + ")"
		args = append(args, a...)
	}
	query += where + ` GROUP BY q.day`
	if r.Where == nil {
		query += ` UNION ALL SELECT d.opened, COUNT(*) FROM deal d WHERE d.marked = FALSE AND d.inquiry_id IS NULL AND d.opened >= ? AND d.opened <= ? GROUP BY d.opened`
		args = append(args, int64(from), int64(r.To))
	}
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[model.Day]int64{}
	for rows.Next() {
		var day, n int64
		if err := rows.Scan(&day, &n); err != nil {
			return nil, err
		}
		out[model.Day(day)] += n
	}
	return out, rows.Err()
}

// Table is the report as a table, the newest week last.
func (r *Inquiries) Table(p *locale.Printer) *table.Table {
	t := &table.Table{Report: "inquiries", Title: p.T("report.inquiries"), Parameters: []table.Parameter{
		{Name: "from", Label: p.T("report.from"), Value: r.From}, {Name: "to", Label: p.T("report.to"), Value: r.To},
	}, Columns: []table.Column{
		{Name: "week", Label: p.T("report.inquiries.week"), Type: model.Days},
		{Name: "until", Label: p.T("report.inquiries.until"), Type: model.Days},
		{Name: "count", Label: p.T("report.count"), Type: model.Int},
		{Name: "usual", Label: p.T("report.inquiries.usual"), Type: model.Int},
		{Name: "percent", Label: p.T("report.inquiries.percent"), Type: model.Percents},
	}, Count: int64(len(r.Weeks))}
	if r.Where != nil {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "where", Label: p.T("report.where"), Value: filter.Text(r.Where)})
	}
	var rows []table.Row
	for _, w := range r.Weeks {
		cells := []any{w.Monday, w.Last, w.Count, nil, nil}
		if w.Usual >= 0 {
			cells[3] = w.Usual
		}
		if w.Percent >= 0 {
			cells[4] = model.Percent(w.Percent)
		}
		rows = append(rows, table.Row{Cells: cells})
	}
	t.Rows = table.Slice(rows...)
	t.Total = []any{nil, nil, r.Total, nil, nil}
	return t
}
