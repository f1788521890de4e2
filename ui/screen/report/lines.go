package report

import (
	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/table"
	"ugoda/reports"
	picture "ugoda/reports/chart"
	"ugoda/ui/list"
	"ugoda/ui/theme"
)

// linked are the columns whose figures open into what is behind them.
var linked = map[string]reports.Part{
	"count": reports.All, "amount": reports.All, "late": reports.Late, "late_amount": reports.Late, "stuck": reports.Stuck, "no_step": reports.NoStep,
	"lost": reports.Lost, "lost_amount": reports.Lost,
	"waiting": reports.Waiting, "accepted": reports.Accepted,
}

// hidden are columns that are for machines and files, of all reports or of one.
var hidden = map[string]bool{"kind": true, "until": true, "late_amount": true, "lost_amount": true, "discount": true, "margin": true, "accepted_amount": true, "proposals.average": true}

// sums are hidden columns that the tip of another tells.
var sums = map[string]string{"late": "late_amount", "lost": "lost_amount", "discount_share": "discount", "margin_share": "margin", "accepted": "accepted_amount", "proposals.amount": "average"}

// widths of columns, where their type does not tell.
var widths = map[string]float32{
	"stage": 104, "count": 54, "share": 62, "amount": 90, "weighted": 90, "average": 76, "days": 48, "age": 48, "late": 62, "stuck": 58, "no_step": 64,
	"to_next": 62, "from_top": 68, "lost": 58, "week": 110, "reason": 170, "count_was": 54, "count_change": 54, "amount_was": 90, "amount_change": 84, "weighted_was": 90, "weighted_change": 84,
	"positions": 52, "variants": 50, "revisions": 50, "discount_share": 54, "margin_share": 62, "waiting": 48, "accepted": 50, "win_rate": 56, "answer_days": 52, "waiting_days": 48, "win_rate_was": 56,
}

// gridColumns are the columns of the table as the window shows them: short
// heads, which are said in full when the pointer rests on them.
func (v *view) gridColumns() []list.Column {
	columns := make([]list.Column, len(v.table.Columns))
	grown := false
	for i, c := range v.table.Columns {
		columns[i] = list.Column{Key: c.Name, Title: c.Label, Tip: c.Label, Width: 92, NoSort: true, Hidden: hidden[c.Name] || hidden[v.name+"."+c.Name]}
		for _, name := range []string{c.Name, v.name + "." + c.Name} { // a report may have words of its own
			if short := "report.short." + name; v.words.Has(short) {
				columns[i].Title = v.words.T(short)
			}
			if tip := "report.tip." + name; v.words.Has(tip) {
				columns[i].Tip = v.words.T(tip)
			}
		}
		if w := widths[c.Name]; w > 0 {
			columns[i].Width = w
		}
		if table.Number(c.Type) {
			columns[i].Align = list.Right
			// a head is read whole in every language, and takes no more than that
			columns[i].Width = max(columns[i].Width, theme.Width(columns[i].Title, theme.Text(), fyne.TextStyle{Bold: true})/theme.Scaled(1)+16)
		} else if !columns[i].Hidden && (!grown || c.Type == model.Link) {
			columns[i].Grow, grown = true, true
		}
	}
	return columns
}

// Len is the number of lines, the total included.
func (v *view) Len() int {
	if v.table == nil {
		return 0
	}
	n := len(v.rows)
	if v.table.Total != nil && n > 0 {
		n++
	}
	return n
}

// Window hands lines to the grid: all of them are in memory.
func (v *view) Window(from, to int) {
	var out []list.Row
	for i := from; i < min(to, v.Len()); i++ {
		out = append(out, v.line(i))
	}
	v.grid.SetRows(from, out)
}

func (v *view) line(i int) list.Row {
	total := i == len(v.rows)
	cells, strong, level := v.table.Total, true, 0
	if !total {
		cells, strong, level = v.rows[i].Cells, v.rows[i].Strong, v.rows[i].Level
	}
	r := list.Row{ID: int64(i + 1)}
	for c := range v.table.Columns {
		column := &v.table.Columns[c]
		cell := list.Cell{Bold: strong}
		if c < len(cells) {
			cell.Text = v.say(column, cells[c])
			cell.Tip = column.Text(cells[c], v.words)
			if cell.Tip == cell.Text {
				cell.Tip = ""
			}
			for _, name := range []string{column.Name, v.name + "." + column.Name} {
				if other := sums[name]; other != "" {
					cell.Tip = v.sumOf(other, cells)
				}
			}
		}
		_, opens := linked[column.Name]
		cell.Link = opens && cell.Text != "" && cell.Text != "–"
		cell.Tone = v.tone(column, cells, c)
		if level > 0 && c == 0 { // the group is named above
			cell.Tone = theme.Muted
		}
		r.Cells = append(r.Cells, cell)
	}
	return r
}

// sumOf says the figure of a hidden column.
func (v *view) sumOf(name string, cells []any) string {
	for i := range v.table.Columns {
		if c := &v.table.Columns[i]; c.Name == name && i < len(cells) && cells[i] != nil {
			return c.Label + ": " + c.Text(cells[i], v.words)
		}
	}
	return ""
}

// say writes a figure as the window does: whole units of money, a dash for
// nothing; the tip has it in full.
func (v *view) say(c *table.Column, value any) string {
	switch x := value.(type) {
	case model.Money:
		if x.Minor == 0 {
			return "–"
		}
		return v.words.Whole(x.Minor)
	case int64:
		if x == 0 {
			return "–"
		}
	case model.Percent:
		return v.words.Percent((x + 50) / 100 * 100)
	}
	return c.Text(value, v.words)
}

// tone colours what stands out.
func (v *view) tone(c *table.Column, cells []any, at int) fyne.ThemeColorName {
	if at >= len(cells) {
		return ""
	}
	n := int64(0)
	switch x := cells[at].(type) {
	case int64:
		n = x
	case model.Money:
		n = x.Minor
	case model.Percent:
		if c.Name == "percent" && x <= 8_000 {
			return theme.Amber
		}
	}
	switch {
	case n == 0:
		return ""
	case c.Name == "stuck":
		return theme.Red
	case c.Name == "late" || c.Name == "late_amount" || c.Name == "no_step":
		return theme.Amber
	case c.Name == "lost" || c.Name == "lost_amount":
		return theme.Red
	case len(c.Name) > 7 && c.Name[len(c.Name)-7:] == "_change":
		if n > 0 == (v.name != reports.LossesReport) {
			return theme.Green
		}
		return theme.Red
	}
	return ""
}

// openRegion opens what a place of the picture stands for.
func (v *view) openRegion(r picture.Region) {
	switch a := v.answer.(type) {
	case *reports.Funnel:
		v.openFunnel(a, nil, r.Row, reports.Part(r.Part))
	case *reports.Losses:
		if lines := a.Lines(); r.Row >= 0 && r.Row < len(lines) {
			v.openLosses(a, lines[r.Row].Keys)
		}
	case *reports.Proposals:
		if lines := a.Lines(); r.Row >= 0 && r.Row < len(lines) {
			v.openProposals(a, reports.All, lines[r.Row].Keys)
		}
	case *reports.Inquiries:
		if r.Row >= 0 && r.Row < len(a.Weeks) {
			w := a.Weeks[r.Row]
			for i := range w.Split {
				if r.Within && w.Split[i].Key.String() == r.Part {
					v.openWeek(a, w.Split[i], true)
					return
				}
			}
			v.openWeek(a, w, false)
		}
	}
}

// openLine opens what is behind a line of the table, or its total.
func (v *view) openLine(row int, part reports.Part) {
	total := row == len(v.rows)
	switch a := v.answer.(type) {
	case *reports.Funnel:
		if total {
			v.openFunnel(a, nil, reports.WholeRow, part)
			return
		}
		if lines := a.Lines(); row >= 0 && row < len(lines) {
			l := lines[row]
			if part != reports.All && l.Row != reports.WholeRow && a.Rows[l.Row].Kind != deal.Open && a.Rows[l.Row].Kind != deal.Hold {
				part = reports.All
			}
			v.openFunnel(a, l.Group, l.Row, part)
		}
	case *reports.Losses:
		if total {
			v.openLosses(a, nil)
			return
		}
		if lines := a.Lines(); row >= 0 && row < len(lines) {
			v.openLosses(a, lines[row].Keys)
		}
	case *reports.Proposals:
		if total {
			v.openProposals(a, part, nil)
			return
		}
		if lines := a.Lines(); row >= 0 && row < len(lines) {
			v.openProposals(a, part, lines[row].Keys)
		}
	case *reports.Inquiries:
		if total {
			v.openWeek(a, reports.InquiryWeek{Monday: a.Settings.From, Last: a.Settings.To}, false)
			return
		}
		for _, w := range a.Weeks {
			if row == 0 {
				v.openWeek(a, w, false)
				return
			}
			row--
			if row < len(w.Split) {
				v.openWeek(a, w.Split[row], true)
				return
			}
			row -= len(w.Split)
		}
	}
}
