package versions

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/table"
	"ugoda/service/versions"
	"ugoda/ui/list"
	"ugoda/ui/theme"
)

// Lines shows a comparison line by line: what a figure was and what it became
// stands in one cell.
type Lines struct {
	Grid  *list.Grid
	Plain bool // what is offered, compared with nothing: without what it was
	words *locale.Printer
	shown []shown
	table *table.Table
	rows  []table.Row
}

// shown is a column of the table that the window shows: at names its place, was
// that of the figure before, which stands in the same cell; -1: none.
type shown struct{ at, was int }

// NewLines has nothing to show yet.
func NewLines(words *locale.Printer) *Lines {
	l := &Lines{words: words}
	l.Grid = list.NewGrid(nil, l)
	l.Grid.SetEmpty(&list.Empty{Title: words.T("versions.equal")})
	return l
}

// Counts says how many lines and terms differ.
func Counts(p *locale.Printer, c *proposal.Comparison) string {
	var added, removed, changed, moved int64
	for _, x := range c.Variants {
		for _, l := range x.Lines {
			if l.Moved {
				moved++
			}
			switch l.What {
			case proposal.Added:
				added++
			case proposal.Removed:
				removed++
			case proposal.Changed:
				changed++
			}
		}
	}
	text := p.T("versions.counts", "added", added, "removed", removed, "changed", changed, "terms", len(c.Terms))
	if moved > 0 {
		text += " " + p.T("versions.counts_moved", "n", moved)
	}
	return text
}

// Show lays a comparison out.
func (l *Lines) Show(ctx context.Context, t *table.Table) error {
	l.table, l.rows = t, nil
	if err := t.Rows(ctx, func(r table.Row) error { l.rows = append(l.rows, r); return nil }); err != nil {
		return err
	}
	l.shown = nil
	var columns []list.Column
	for i, c := range t.Columns {
		x := shown{at: i, was: -1}
		column := list.Column{Key: c.Name, Title: c.Label, Tip: c.Label, Width: 96, Least: 70, NoSort: true}
		switch {
		case strings.HasSuffix(c.Name, "_old") && c.Name != versions.TotalOld: // stands in the cell of what it became
			continue
		case l.Plain && (c.Name == versions.What || c.Name == versions.TotalOld || c.Name == versions.Delta):
			continue
		case c.Name == versions.Item:
			column.Width, column.Least, column.Grow = 300, 160, true
		case c.Name == versions.TotalOld, c.Name == versions.Total, c.Name == versions.Delta:
			column.Width = max(column.Width, l.longest(i))
			column.Least = column.Width
		case !table.Number(c.Type):
		default:
			x.was = i - 1
			column.Title, column.Width, column.Least = l.words.Field("proposal.variants.lines", c.Name), widths[c.Type], 60
		}
		switch c.Name {
		case versions.TotalOld:
			column.Title = l.words.T("versions.from")
		case versions.Total:
			column.Title = l.words.T("versions.to")
			if l.Plain {
				column.Title = l.words.Field("proposal.variants.lines", c.Name)
			}
		}
		if table.Number(c.Type) {
			column.Align = list.Right
		}
		l.shown = append(l.shown, x)
		columns = append(columns, column)
	}
	l.Grid.SetColumns(columns)
	l.Grid.SetBusy(false)
	l.Grid.Reset()
	return nil
}

// longest is how wide the figures of a column are, at zoom 100.
func (l *Lines) longest(at int) float32 {
	var wide float32
	for _, r := range l.rows {
		if at < len(r.Cells) && r.Cells[at] != nil {
			text := l.table.Columns[at].Text(r.Cells[at], l.words)
			wide = max(wide, theme.Width(text, theme.Text(), fyne.TextStyle{Bold: r.Strong}))
		}
	}
	return wide/theme.Scaled(1) + 16
}

// ShowBeside lays out all variants: each with its quantities, prices and sums.
func (l *Lines) ShowBeside(ctx context.Context, t *table.Table) error {
	l.table, l.rows, l.shown = t, nil, nil
	if err := t.Rows(ctx, func(r table.Row) error { l.rows = append(l.rows, r); return nil }); err != nil {
		return err
	}
	var columns []list.Column
	for i, c := range t.Columns {
		column := list.Column{Key: c.Name, Title: c.Label, Tip: c.Label, Width: 112, Least: 70, Align: list.Right, NoSort: true}
		// the name of a variant heads its sums; its other columns say what they are
		line := func(field string) string { return l.words.Field("proposal.variants.lines", field) }
		switch {
		case i == 0:
			column.Width, column.Least, column.Grow, column.Align = 300, 160, true, list.Left
		case strings.HasSuffix(c.Name, "_quantity"):
			column.Title, column.Width, column.Least = line("quantity"), 72, 56
		case strings.HasSuffix(c.Name, "_price"):
			column.Title = line("price")
		default:
			column.Title, column.Width = strings.TrimSuffix(c.Label, ": "+line("total")), max(124, l.longest(i))
		}
		l.shown = append(l.shown, shown{at: i, was: -1})
		columns = append(columns, column)
	}
	l.Grid.SetColumns(columns)
	l.Grid.SetBusy(false)
	l.Grid.Reset()
	return nil
}

// widths of figures that stand with what they were.
var widths = map[model.Type]float32{model.Quantity: 84, model.Amount: 158, model.Percents: 104}

// tones of what became of a line.
var tones = map[string]fyne.ThemeColorName{
	string(proposal.Added): theme.Green, string(proposal.Removed): theme.Red, string(proposal.Changed): theme.Amber, string(proposal.Moved): theme.Blue,
}

// Len implements list.Source.
func (l *Lines) Len() int { return len(l.rows) }

// Window implements list.Source: all rows are in memory.
func (l *Lines) Window(from, to int) {
	var out []list.Row
	for i := from; i < min(to, len(l.rows)); i++ {
		r := list.Row{ID: int64(i + 1)}
		what, _ := l.rows[i].Cells[0].(string)
		r.Mark = tones[what]
		for _, x := range l.shown {
			r.Cells = append(r.Cells, l.cell(l.rows[i], x, what))
		}
		out = append(out, r)
	}
	l.Grid.SetRows(from, out)
}

// cell is a figure, or what it was and what it became.
func (l *Lines) cell(r table.Row, x shown, what string) list.Cell {
	text := func(at int) string {
		if at < 0 || at >= len(r.Cells) {
			return ""
		}
		return l.table.Columns[at].Text(r.Cells[at], l.words)
	}
	cell := list.Cell{Bold: r.Strong, Text: text(x.at)}
	old := text(x.was)
	switch {
	case x.at == 0:
		cell.Tone = tones[what]
	case what == string(proposal.Removed):
		cell.Tone, cell.Strike = theme.Muted, x.at == 1 && !r.Strong
		if cell.Text == "" {
			cell.Text = old
		}
	case old != "" && cell.Text != "" && old != cell.Text:
		cell.Text, cell.Tone = old+" → "+cell.Text, theme.Amber
	}
	return cell
}
