package imports

import (
	"strconv"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/service/imports"
	"ugoda/ui/list"
	"ugoda/ui/theme"
)

// rows are a few rows in memory, as a source of a grid.
type rows struct {
	grid *list.Grid
	list []list.Row
}

// Len implements list.Source.
func (r *rows) Len() int { return len(r.list) }

// Window implements list.Source.
func (r *rows) Window(from, to int) {
	if to = min(to, len(r.list)); from < to {
		r.grid.SetRows(from, r.list[from:to])
	}
}

// previewRows is how many rows of the file are shown.
const previewRows = 200

// preview shows the first rows of the file as it has them.
type preview struct {
	s      *Screen
	grid   *list.Grid
	source *rows
	places []int
}

func newPreview(s *Screen) *preview {
	p := &preview{s: s, source: &rows{}}
	p.grid = list.NewGrid(nil, p.source)
	p.source.grid = p.grid
	return p
}

// fill shows the sheet of the plan.
func (p *preview) fill() {
	s := p.s
	sheet := s.sheet()
	width := 0
	n := min(len(sheet.Rows), max(previewRows, s.plan.Header+20))
	for _, r := range sheet.Rows[:n] {
		width = max(width, len(r))
	}
	p.places = nil
	for i := range min(width, 200) {
		p.places = append(p.places, i)
	}
	p.source.list = nil
	for i := range n {
		row := list.Row{Cells: []list.Cell{{Text: strconv.Itoa(i + 1), Tone: theme.Muted}}}
		for _, at := range p.places {
			row.Cells = append(row.Cells, cell(sheet.Cell(i, at)))
		}
		switch {
		case i <= s.plan.Header && i > s.plan.Header-max(s.plan.Heads, 1):
			row.Mark = theme.Fill(theme.Blue)
			for j := range row.Cells {
				row.Cells[j].Bold = true
			}
		case i < s.plan.Header:
			row.Muted = true
		}
		p.source.list = append(p.source.list, row)
	}
	p.heads()
	p.grid.Reset()
	if s.plan.Header > 0 && p.grid.Size().Height > 2*theme.Row() {
		p.grid.ScrollTo(min(s.plan.Header+3, n-1))
	}
}

func cell(c spreadsheet.Cell) list.Cell {
	out := list.Cell{Text: strings.ReplaceAll(c.Shows(), "\n", " ⏎ ")}
	switch c.Kind {
	case spreadsheet.Fault:
		out.Tone = theme.Red
		if out.Text == "=" {
			out.Text = "= ?"
		}
	case spreadsheet.Date:
		out.Text = c.Text
	}
	return out
}

// heads names the columns by their letters and by what they bring.
func (p *preview) heads() {
	s := p.s
	if s.book == nil {
		return
	}
	cols := []list.Column{{Key: "row", Title: "", Width: 44, Align: list.Right, NoSort: true}}
	for _, at := range p.places {
		title := imports.Letter(at)
		for i, c := range s.plan.Columns {
			if c.Index == at && c.Field != "" && i < len(s.columns.fields) {
				title += " · " + s.columns.fields[i].Text
			}
		}
		width := float32(60)
		for _, t := range examples(s.sheet(), at, max(s.plan.Header, 0), 12) {
			width = max(width, min(theme.Width(t, theme.Text(), noStyle)+18, 220))
		}
		width = max(width, min(theme.Width(title, theme.Text(), boldStyle)+18, 200))
		cols = append(cols, list.Column{Key: strconv.Itoa(at), Title: title, Width: width / theme.Scaled(1), NoSort: true})
	}
	p.grid.SetColumns(cols)
}
