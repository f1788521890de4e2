package reports

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
)

// keyed is a row of a report that is split by one or two dimensions.
type keyed interface {
	keys() []model.Ref // in the order of the dimensions
}

func (r LossRow) keys() []model.Ref     { return r.Keys }
func (r ProposalRow) keys() []model.Ref { return r.Keys }

// withHeads puts the row of each value of the first dimension before its rows
// by both, which stand together in the same order.
func withHeads[R keyed](heads, rows []R) []R {
	out := make([]R, 0, len(heads)+len(rows))
	for _, h := range heads {
		out = append(out, h)
		for len(rows) > 0 && rows[0].keys()[0].ID == h.keys()[0].ID {
			out, rows = append(out, rows[0]), rows[1:]
		}
	}
	return out
}

// lay puts the lines of a report into its table: the keys first, as cell says
// them, then the figures; where there are two dimensions the lines of the first
// are heads. The total stands below.
func lay[R keyed](t *table.Table, p *locale.Printer, by int, lines []R, total R, figures func(R) []any, cell func(at int, key model.Ref) any) {
	rows := make([]table.Row, 0, len(lines))
	for _, line := range lines {
		keys := line.keys()
		cells := make([]any, by, len(t.Columns))
		for i, k := range keys {
			cells[i] = cell(i, k)
		}
		r := table.Row{Cells: append(cells, figures(line)...)}
		if by > 1 {
			r.Strong, r.Level = len(keys) == 1, len(keys)-1
		}
		rows = append(rows, r)
	}
	t.Rows, t.Count = table.Slice(rows...), int64(len(rows))
	t.Total = append(make([]any, by), figures(total)...)
	t.Total[0] = p.T("report.total")
}
