package reports

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/table"
)

// Table is the funnel as a table: its rows, and the total of the open ones. A
// funnel that is split has the rows of each group under the group's name.
func (f *Funnel) Table(p *locale.Printer) *table.Table {
	amount := func(name, label string) table.Column {
		return table.Column{Name: name, Label: p.T(label), Type: model.Amount, Currency: f.Currency}
	}
	number := func(name, label string) table.Column {
		return table.Column{Name: name, Label: p.T(label), Type: model.Int}
	}
	percent := func(name, label string) table.Column {
		return table.Column{Name: name, Label: p.T(label), Type: model.Percents}
	}
	set := f.Settings
	t := &table.Table{Report: "funnel", Title: p.T("report.funnel")}
	if set.By != "" {
		t.Columns = append(t.Columns, table.Column{Name: set.By, Label: p.T("report.by." + set.By), Type: model.Link})
	}
	kinds := map[string]string{}
	for _, kind := range []string{deal.Open, deal.Hold, deal.Won, deal.Lost} {
		kinds[kind] = p.Choice("stage", "kind", kind)
	}
	t.Columns = append(t.Columns,
		table.Column{Name: "stage", Label: p.T("report.funnel.stage"), Type: model.Text},
		table.Column{Name: "kind", Label: p.T("report.funnel.kind"), Type: model.Choice, Words: kinds, Detail: true},
		number("count", "report.count"), percent("share", "report.share"),
		amount("amount", "report.amount"), amount("weighted", "report.weighted"), amount("average", "report.average"),
		number("days", "report.funnel.days"), number("age", "report.funnel.age"),
		number("late", "report.funnel.late"), amount("late_amount", "report.funnel.late_amount"))
	if set.Mode == Now {
		t.Columns = append(t.Columns, number("stuck", "report.funnel.stuck"), number("no_step", "report.funnel.no_step"))
	}
	if set.Mode != Now || set.Rates {
		t.Columns = append(t.Columns, percent("to_next", "report.funnel.to_next"), percent("from_top", "report.funnel.from_top"),
			number("lost", "report.funnel.lost"), amount("lost_amount", "report.funnel.lost_amount"))
	}
	if f.Was != nil {
		t.Columns = append(t.Columns, number("count_was", "report.count_was"), number("count_change", "report.count_change"),
			amount("amount_was", "report.amount_was"), amount("amount_change", "report.amount_change"),
			amount("weighted_was", "report.weighted_was"), amount("weighted_change", "report.weighted_change"))
	}
	for i := range t.Columns {
		switch t.Columns[i].Name {
		case "late_amount", "lost_amount", "weighted_was", "weighted_change", "no_step":
			t.Columns[i].Detail = true
		}
	}
	t.Parameters = f.parameters(p)
	var rows []table.Row
	none := FunnelRow{}
	for _, l := range f.Lines() {
		if l.Group == nil {
			was := &none
			if f.Was != nil {
				was = &f.Was.Rows[l.Row]
			}
			rows = append(rows, table.Row{Cells: f.cells(&f.Rows[l.Row], was, f.Share(&f.Rows[l.Row], f.Rows, &f.Open))})
			continue
		}
		g, key := l.Group, l.Group.Key
		key.Name = KeyName(set.By, key, p)
		then := f.then(g)
		if l.Row == WholeRow {
			head := g.Open
			head.Name = f.totalName(p)
			rows = append(rows, table.Row{Strong: true, Cells: append([]any{key}, f.totalCells(&head, &then.Open)...)})
			continue
		}
		r := &g.Rows[l.Row]
		rows = append(rows, table.Row{Level: 1, Cells: append([]any{key}, f.cells(r, &then.Rows[l.Row], f.Share(r, g.Rows, &g.Open))...)})
	}
	t.Rows, t.Count = table.Slice(rows...), int64(len(rows))
	open, was := f.Open, &none
	open.Name, open.Age = f.totalName(p), f.Cycle
	if f.Was != nil {
		was = &f.Was.Open
	}
	t.Total = f.totalCells(&open, was)
	if set.By != "" {
		t.Total = append([]any{p.T("report.total")}, t.Total...)
	}
	return t
}

// WholeRow is the row of a line that adds others up.
const WholeRow = -1

// Line is what stands in one line of the funnel's table: a row, or in a funnel
// that is split a row of a group, or WholeRow for the group's total.
type Line struct {
	Group *FunnelGroup
	Row   int
}

// Lines are the lines of the table, without the total at its end.
func (f *Funnel) Lines() []Line {
	var out []Line
	if f.Settings.By == "" {
		for i := range f.Rows {
			out = append(out, Line{Row: i})
		}
		return out
	}
	groups := f.allGroups()
	for n := range groups {
		g := &groups[n]
		out = append(out, Line{Group: g, Row: WholeRow})
		then := f.then(g)
		for i := range g.Rows {
			if g.Rows[i].Count > 0 || g.Rows[i].LostCount > 0 || then.Rows[i].Count > 0 {
				out = append(out, Line{Group: g, Row: i})
			}
		}
	}
	return out
}

// then is what a group was in the funnel that this one is compared with.
func (f *Funnel) then(g *FunnelGroup) FunnelGroup {
	if f.Was != nil {
		if x := f.Was.group(g.Key.ID); x != nil {
			return *x
		}
	}
	return FunnelGroup{Rows: make([]FunnelRow, len(f.Rows))}
}

// allGroups are the groups of now, and those that there were only then.
func (f *Funnel) allGroups() []FunnelGroup {
	out := f.Groups
	if f.Was == nil {
		return out
	}
	for _, g := range f.Was.Groups {
		if f.group(g.Key.ID) == nil {
			out = append(out[:len(out):len(out)], FunnelGroup{Key: g.Key, Rows: blank(f.Rows), Open: FunnelRow{Kind: deal.Open, Days: -1, Age: -1, ToNext: -1, FromTop: -1}})
		}
	}
	return out
}

// blank is rows without figures.
func blank(rows []FunnelRow) []FunnelRow {
	out := make([]FunnelRow, len(rows))
	for i, r := range rows {
		out[i] = FunnelRow{Name: r.Name, Kind: r.Kind, Stages: r.Stages, Colour: r.Colour, Expected: r.Expected, Days: -1, Age: -1, ToNext: -1, FromTop: -1}
	}
	return out
}

// totalName says what the total adds up.
func (f *Funnel) totalName(p *locale.Printer) string {
	return p.T("report.funnel.total." + string(f.Settings.Mode))
}

// parameters say what the funnel was asked with.
func (f *Funnel) parameters(p *locale.Printer) []table.Parameter {
	set := f.Settings
	out := []table.Parameter{{Name: "mode", Label: p.T("report.funnel.mode"), Value: string(set.Mode), Text: p.T("report.funnel.mode." + string(set.Mode))}}
	if set.Mode == Now {
		out = append(out, table.Parameter{Name: "as_of", Label: p.T("report.as_of"), Value: set.AsOf})
	} else {
		out = append(out, table.Parameter{Name: "from", Label: p.T("report.from"), Value: set.From}, table.Parameter{Name: "to", Label: p.T("report.to"), Value: set.To})
	}
	if f.Was != nil {
		out = append(out, compareParameter(p, f.Was.Settings.Days()))
	}
	if set.By != "" {
		out = append(out, table.Parameter{Name: "by", Label: p.T("report.by"), Value: set.By, Text: p.T("report.by." + set.By)})
	}
	out = append(out, whereParameter(p, set.Where)...)
	if f.Cycle >= 0 {
		out = append(out, table.Parameter{Name: "cycle_days", Label: p.T("report.funnel.cycle"), Value: f.Cycle})
	}
	if set.Mode == Now {
		out = append(out, table.Parameter{Name: "all", Label: p.T("report.funnel.all_deals"), Value: f.All})
	}
	return out
}

// cells are the figures of a row in the order of the columns.
func (f *Funnel) cells(r, was *FunnelRow, share int64) []any {
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: f.Currency} }
	known := func(v int64) any {
		if v < 0 {
			return nil
		}
		return v
	}
	percent := func(v int64) any {
		if v < 0 {
			return nil
		}
		return model.Percent(v)
	}
	cells := []any{r.Name, r.Kind, r.Count, percent(share), money(r.Amount), money(r.Weighted), nil, known(r.Days), known(r.Age), nil, nil}
	if r.Count > 0 {
		cells[6] = money(mean(r.Amount, r.Count))
	}
	late := r.Kind == deal.Open
	if late {
		cells[9], cells[10] = r.Late, money(r.LateSum)
	}
	if f.Settings.Mode == Now {
		if late {
			cells = append(cells, r.Stuck, r.NoStep)
		} else {
			cells = append(cells, nil, nil)
		}
	}
	if f.Settings.Mode != Now || f.Settings.Rates {
		if r.Kind == deal.Open || r.Kind == deal.Hold {
			cells = append(cells, percent(r.ToNext), percent(r.FromTop), r.LostCount, money(r.LostSum))
		} else {
			cells = append(cells, percent(r.ToNext), percent(r.FromTop), nil, nil)
		}
	}
	if f.Was != nil {
		cells = append(cells, was.Count, r.Count-was.Count, money(was.Amount), money(r.Amount-was.Amount), money(was.Weighted), money(r.Weighted-was.Weighted))
	}
	return cells
}

// totalCells are the figures of a total. What entered the rows of a flow adds up
// to nothing: a deal enters one after another.
func (f *Funnel) totalCells(open, was *FunnelRow) []any {
	cells := f.cells(open, was, f.wholeShare(open))
	if f.Settings.Mode == Flow {
		for i := 2; i <= 6; i++ {
			cells[i] = nil
		}
		if f.Was != nil {
			clear(cells[len(cells)-6:])
		}
	}
	return cells
}

// Share is the part that a row is, in hundredths of a percent: now of the open
// deals, in a cohort of all its deals, in a flow of what entered the first row;
// -1 where it says nothing.
func (f *Funnel) Share(r *FunnelRow, rows []FunnelRow, open *FunnelRow) int64 {
	whole := open.Count
	switch f.Settings.Mode {
	case Now:
		if r.Kind != deal.Open {
			return -1
		}
	case Flow:
		if len(rows) == 0 || r.Kind != deal.Open {
			return -1
		}
		whole = rows[0].Count
	}
	if whole == 0 {
		return -1
	}
	return ratio(r.Count, whole)
}

// wholeShare is the share of a total: all of it, where it is one.
func (f *Funnel) wholeShare(open *FunnelRow) int64 {
	if f.Settings.Mode == Flow || open.Count == 0 {
		return -1
	}
	return 10_000
}
