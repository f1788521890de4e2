package start

import (
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/reports"
	"ugoda/ui/list"
	"ugoda/ui/theme"
)

// team is the table of managers; each figure opens its list.
type team struct {
	s    *Screen
	grid *list.Grid
	rows []reports.TeamRow
	list []list.Row
}

func newTeam(s *Screen) *team {
	tm := &team{s: s}
	t := s.host.Words()
	columns := []list.Column{
		{Key: "manager", Title: t.Field("deal", "manager"), Width: 84, Grow: true, NoSort: true},
		{Key: "open", Title: t.T("start.team.open"), Tip: t.T("start.tip.open"), Width: 50, Align: list.Right, NoSort: true},
		{Key: "amount", Title: t.Field("deal", "amount"), Tip: t.T("start.sum.open"), Width: 78, Align: list.Right, NoSort: true},
	}
	for _, name := range reports.TeamFigures[1:] {
		width := float32(50)
		if name == "no_step" {
			width = 66
		}
		columns = append(columns, list.Column{Key: name, Title: t.T("start.team." + name), Tip: t.T("start.tip." + name), Width: width, Align: list.Right, NoSort: true})
	}
	columns = append(columns, list.Column{Key: "won_amount", Title: t.T("start.team.won_amount"), Tip: t.T("start.sum.won"), Width: 78, Align: list.Right, NoSort: true})
	tm.grid = list.NewGrid(columns, tm)
	tm.grid.SetEmpty(&list.Empty{Title: t.T("start.team_empty")})
	tm.grid.OnLink = tm.link
	tm.grid.OnOpen = func(row int) { tm.link(row, "open") }
	tm.grid.OnMenu = tm.menu
	return tm
}

// show paints the managers, and their total below.
func (tm *team) show(rows []reports.TeamRow) {
	tm.rows, tm.list = rows, nil
	for _, r := range rows {
		tm.list = append(tm.list, tm.paint(r, false))
	}
	if len(rows) > 1 {
		tm.list = append(tm.list, tm.paint(reports.SumTeam(rows), true))
	}
	tm.grid.Reset()
}

func (tm *team) paint(r reports.TeamRow, total bool) list.Row {
	t := tm.s.host.Words()
	name := r.Manager.Name
	switch {
	case total:
		name = t.T("word.total")
	case r.Manager.IsZero():
		name = t.T("start.nobody")
	}
	cells := []list.Cell{{Text: name, Bold: total}}
	for i, f := range r.Figures {
		cell := list.Cell{Text: t.Int(f.Count), Link: f.Count > 0, Bold: total, Tone: tone(f)}
		if f.Count == 0 {
			cell.Text, cell.Tone = "–", theme.Muted
		}
		cells = append(cells, cell)
		if i == 0 || f.Name == "won" {
			cells = append(cells, list.Cell{Text: t.Whole(f.Amount), Bold: total})
		}
	}
	return list.Row{ID: r.Manager.ID, Cells: cells}
}

// Len implements list.Source.
func (tm *team) Len() int { return len(tm.list) }

// Window implements list.Source: all rows are here.
func (tm *team) Window(from, to int) {
	to = min(to, len(tm.list))
	if from < to {
		tm.grid.SetRows(from, tm.list[from:to])
	}
}

// menu gives an activity to a manager.
func (tm *team) menu(row int, _ string, at fyne.Position) {
	if row < 0 || row >= len(tm.rows) || tm.rows[row].Manager.IsZero() {
		return
	}
	who, h := tm.rows[row].Manager, tm.s.host
	h.Menu(fyne.NewMenu("",
		fyne.NewMenuItem(h.Words().T("start.team.give"), func() {
			h.Edit("activity", 0, map[string]any{"assignee": who}, func(model.Ref) { tm.s.read() })
		}),
		fyne.NewMenuItem(h.Words().T("start.tip.open"), func() { tm.link(row, "open") }),
	), at)
}

// link opens the list behind a figure of a manager, or of all of them.
func (tm *team) link(row int, column string) {
	i := slices.Index(reports.TeamFigures, column)
	if i < 0 || row < 0 || row >= len(tm.list) {
		return
	}
	t := tm.s.host.Words()
	if row == len(tm.rows) {
		tm.s.open(reports.TotalOf(tm.s.scope, column), t.T("start.tip."+column))
		return
	}
	r := tm.rows[row]
	name := r.Manager.Name
	if r.Manager == (model.Ref{}) {
		name = t.T("start.nobody")
	}
	tm.s.open(r.Figures[i], name+" · "+t.T("start.tip."+column))
}
