package reports

import (
	"context"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/store"
)

// Start is the start screen as a report: the state of sales on one page.
type Start struct {
	Scope   Scope
	Day     model.Day
	Since   model.Day // of the changes, that day included
	Tiles   []Figure
	Changes []Figure
	Week    *InquiryWeek // the running week of inquiries of the firm
	Funnel  *Funnel
	Team    []TeamRow
	owner   string // currency of sums
}

// NewStart asks all that the start screen shows.
func NewStart(ctx context.Context, s *store.Session, scope Scope, since model.Day) (*Start, error) {
	out := &Start{Scope: scope, Day: s.Today(), Since: since, owner: s.BaseCurrency()}
	var err error
	if out.Tiles, err = Tiles(ctx, s, scope); err != nil {
		return nil, err
	}
	if out.Changes, err = Changes(ctx, s, scope, since); err != nil {
		return nil, err
	}
	if out.Week, err = RunningWeek(ctx, s); err != nil {
		return nil, err
	}
	if out.Funnel, err = StartFunnel(ctx, s, scope); err != nil {
		return nil, err
	}
	out.Team, err = Team(ctx, s, scope)
	return out, err
}

// StartFunnel is the funnel of today of a scope.
func StartFunnel(ctx context.Context, s *store.Session, scope Scope) (*Funnel, error) {
	set, err := StartSettings(scope).Funnel(s)
	if err != nil {
		return nil, err
	}
	return NewFunnel(ctx, s, set)
}

// StartSettings are the settings of the funnel of today of a scope.
func StartSettings(scope Scope) Settings { return Of(map[string]string{SetWhere: scope.Of("manager")}) }

// RunningWeek is the running week of inquiries against the usual.
func RunningWeek(ctx context.Context, s *store.Session) (*InquiryWeek, error) {
	r, err := NewInquiries(ctx, s, InquirySettings{From: s.Today().Monday()})
	if err != nil || len(r.Weeks) == 0 {
		return nil, err
	}
	return &r.Weeks[len(r.Weeks)-1], nil
}

// SumTeam adds the rows of a team up.
func SumTeam(rows []TeamRow) TeamRow {
	total := TeamRow{Figures: make([]Figure, len(TeamFigures))}
	for i, name := range TeamFigures {
		total.Figures[i] = Figure{Name: name, Kind: conditions[name].kind}
		for _, r := range rows {
			total.Figures[i].Count += r.Figures[i].Count
			total.Figures[i].Amount += r.Figures[i].Amount
		}
	}
	return total
}

// TotalOf is the figure of a team's total: what its list is filtered by.
func TotalOf(scope Scope, name string) Figure {
	c := conditions[name]
	return Figure{Name: name, Kind: c.kind, Where: joined(c.where, scope.Of(c.who))}
}

// Table is the table of managers; the figures above it are its parameters.
func (x *Start) Table(p *locale.Printer) *table.Table {
	t := &table.Table{Report: "start", Title: p.T("section.start"), Count: int64(len(x.Team)), Parameters: []table.Parameter{
		{Name: "as_of", Label: p.T("report.as_of"), Value: x.Day},
		{Name: "scope", Label: p.T("start.scope"), Value: string(x.Scope), Text: p.T("start.scope." + string(x.Scope))},
	}}
	t.Columns = []table.Column{{Name: "manager", Label: p.Field("deal", "manager"), Type: model.Link}}
	for _, name := range TeamFigures {
		t.Columns = append(t.Columns, table.Column{Name: name, Label: p.T("start.tip." + name), Type: model.Int})
		if name == "open" || name == "won" {
			t.Columns = append(t.Columns, table.Column{Name: name + "_amount", Label: p.T("start.sum." + name), Type: model.Amount, Currency: x.owner})
		}
	}
	line := func(name any, r TeamRow) []any {
		cells := []any{name}
		for _, f := range r.Figures {
			cells = append(cells, f.Count)
			if f.Name == "open" || f.Name == "won" {
				cells = append(cells, model.Money{Minor: f.Amount, Currency: x.owner})
			}
		}
		return cells
	}
	var rows []table.Row
	for _, r := range x.Team {
		who := r.Manager
		if who.IsZero() {
			who.Name = p.T("start.nobody")
		}
		rows = append(rows, table.Row{Cells: line(who, r)})
	}
	t.Rows = table.Slice(rows...)
	t.Total = line(p.T("report.total"), SumTeam(x.Team))
	return t
}
