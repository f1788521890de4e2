package imports

import (
	"errors"
	"slices"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
)

// Say is what is wrong, in words; of a field that no column brings, after the
// field's name.
func (p *Problem) Say(words *locale.Printer, kind string) string {
	var wrong model.Problems
	if p.Column == "" && errors.As(p.Err, &wrong) && len(wrong) == 1 {
		return words.ProblemOf(kind, wrong[0])
	}
	return words.Error(p.Err)
}

// Table lists the problems, for a spreadsheet.
func (r *Result) Table(words *locale.Printer, kind string) *table.Table {
	rows := make([]table.Row, len(r.Problems))
	for i := range r.Problems {
		p := &r.Problems[i]
		rows[i] = table.Row{Cells: []any{int64(p.Row), p.Column, p.Value, p.Say(words, kind)}}
	}
	return &table.Table{
		Kind: "import-problem", Title: words.T("import.problems"), Count: int64(len(rows)), Rows: table.Slice(rows...),
		Columns: []table.Column{
			{Name: "row", Label: words.T("import.problem.row"), Type: model.Int},
			{Name: "column", Label: words.T("import.problem.column"), Type: model.Text},
			{Name: "value", Label: words.T("import.problem.value"), Type: model.Text},
			{Name: "problem", Label: words.T("import.problem.text"), Type: model.Text},
		},
	}
}

// Rest is the rows of a file that did not come in, as the file has them, with
// what is wrong with each in the last column: to be mended and brought in.
func Rest(words *locale.Printer, book *spreadsheet.Book, p *Plan, r *Result) *table.Table {
	s := &book.Sheets[p.Sheet]
	t := &table.Table{Kind: p.Kind, Title: words.Kinds(p.Kind), Count: int64(len(r.Bad))}
	var places []int
	for _, c := range headed(s, p.Header, max(p.Heads, 1)) {
		places = append(places, c.Index)
		t.Columns = append(t.Columns, table.Column{Name: Letter(c.Index), Label: c.Heading, Type: model.Text})
	}
	t.Columns = append(t.Columns, table.Column{Name: "problem", Label: words.T("import.problem.text"), Type: model.Text})
	said := map[int]string{}
	for i := range r.Problems {
		x := &r.Problems[i]
		text := x.Say(words, p.Kind)
		if x.Column != "" {
			text = x.Column + ": " + text
		}
		if said[x.Row] != "" {
			text = said[x.Row] + "; " + text
		}
		said[x.Row] = text
	}
	var rows []table.Row
	for _, line := range slices.Compact(slices.Sorted(slices.Values(r.Bad))) {
		cells := make([]any, len(t.Columns))
		for i, at := range places {
			if c := s.Cell(line-1, at); c.Kind != spreadsheet.Empty {
				cells[i] = c.Shows()
			}
		}
		cells[len(cells)-1] = said[line]
		rows = append(rows, table.Row{Cells: cells})
	}
	t.Rows = table.Slice(rows...)
	return t
}

// Ask puts a question into words.
func Ask(words *locale.Printer, k *model.Kind, q *Question) string {
	field := words.FieldPath(k.Name, q.Field)
	switch q.About {
	case AboutReference:
		if len(q.Close) > 1 {
			return words.T("import.ask.which", "kind", words.Kind(q.Kind), "text", q.Text)
		}
		if len(q.Close) > 0 {
			return words.T("import.ask.meant", "kind", words.Kind(q.Kind), "text", q.Text, "close", nameOf(q.Close[0]))
		}
		return words.T("import.ask.unknown", "kind", words.Kind(q.Kind), "text", q.Text)
	case AboutChoice:
		return words.T("import.ask.choice", "field", field, "text", q.Text)
	case AboutDays:
		return words.T("import.ask.days", "field", field, "text", q.Text)
	case AboutNumbers:
		return words.T("import.ask.numbers", "field", field, "text", q.Text)
	}
	switch {
	case q.Blocks && k.Field(q.Field) != nil && k.Field(q.Field).Type == model.Days:
		return words.T("import.ask.day", "field", field)
	case q.Blocks:
		return words.T("import.ask.needed", "field", field)
	}
	return words.T("import.ask.missing", "field", field)
}
