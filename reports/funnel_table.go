package reports

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/filter"
	"ugoda/model/table"
)

// Table is the funnel as a table: its rows, and the total of the open ones.
func (f *Funnel) Table(p *locale.Printer) *table.Table {
	amount := func(name, label string) table.Column {
		return table.Column{Name: name, Label: p.T(label), Type: model.Amount, Currency: f.Currency}
	}
	t := &table.Table{Report: "funnel", Title: p.T("report.funnel"), Columns: []table.Column{
		{Name: "stage", Label: p.T("report.funnel.stage"), Type: model.Text},
		{Name: "kind", Label: p.T("report.funnel.kind"), Type: model.Choice, Words: map[string]string{}},
		{Name: "count", Label: p.T("report.count"), Type: model.Int},
		{Name: "share", Label: p.T("report.share"), Type: model.Percents},
		amount("amount", "report.amount"),
		amount("weighted", "report.weighted"),
		amount("average", "report.average"),
		{Name: "days", Label: p.T("report.funnel.days"), Type: model.Int},
		{Name: "late", Label: p.T("report.funnel.late"), Type: model.Int},
		amount("late_amount", "report.funnel.late_amount"),
		{Name: "to_next", Label: p.T("report.funnel.to_next"), Type: model.Percents},
		{Name: "from_top", Label: p.T("report.funnel.from_top"), Type: model.Percents},
		{Name: "lost", Label: p.T("report.funnel.lost"), Type: model.Int},
		amount("lost_amount", "report.funnel.lost_amount"),
	}, Count: int64(len(f.Rows))}
	for _, kind := range []string{deal.Open, deal.Hold, deal.Won, deal.Lost} {
		t.Columns[1].Words[kind] = p.Choice("stage", "kind", kind)
	}
	t.Parameters = append(t.Parameters, table.Parameter{Name: "mode", Label: p.T("report.funnel.mode"), Value: string(f.Settings.Mode), Text: p.T("report.funnel.mode." + string(f.Settings.Mode))})
	if f.Settings.Mode == Now {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "as_of", Label: p.T("report.as_of"), Value: f.Settings.AsOf})
	} else {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "from", Label: p.T("report.from"), Value: f.Settings.From}, table.Parameter{Name: "to", Label: p.T("report.to"), Value: f.Settings.To})
	}
	if f.Settings.Where != nil {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "where", Label: p.T("report.where"), Value: filter.Text(f.Settings.Where)})
	}
	if f.Cycle >= 0 {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "cycle_days", Label: p.T("report.funnel.cycle"), Value: f.Cycle})
	}
	var rows []table.Row
	for i := range f.Rows {
		rows = append(rows, table.Row{Cells: f.cells(&f.Rows[i])})
	}
	t.Rows = table.Slice(rows...)
	total := f.Open
	total.Name = p.T("report.funnel.total")
	t.Total = f.cells(&total)
	return t
}

// cells are the figures of a row in the order of the columns.
func (f *Funnel) cells(r *FunnelRow) []any {
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: f.Currency} }
	known := func(v int64, as func(int64) any) any {
		if v < 0 {
			return nil
		}
		return as(v)
	}
	percent := func(v int64) any { return model.Percent(v) }
	number := func(v int64) any { return v }
	cells := []any{
		r.Name, r.Kind, r.Count, nil, money(r.Amount), money(r.Weighted), nil, known(r.Days, number), r.Late, money(r.LateSum),
		known(r.ToNext, percent), known(r.FromTop, percent), r.LostCount, money(r.LostSum),
	}
	if f.Settings.Mode == Now { // what was lost is told of a period only
		cells[12], cells[13] = nil, nil
		if r.Kind == deal.Open && f.Open.Count > 0 {
			cells[3] = percent(ratio(r.Count, f.Open.Count))
		}
	} else if r.Kind == deal.Open && len(f.Rows) > 0 && f.Rows[0].Count > 0 {
		cells[3] = percent(ratio(r.Count, f.Rows[0].Count))
	}
	if r.Count > 0 {
		if average, err := model.MulDiv(r.Amount, 1, r.Count); err == nil {
			cells[6] = money(average)
		}
	}
	if r.Kind != deal.Open {
		cells[8], cells[9] = nil, nil
	}
	return cells
}
