package imports

import (
	"context"
	"fmt"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/store"
)

// Settle chooses what the file itself shows and no column says: the process
// whose stages are the ones that the file names.
func (p *Plan) Settle(ctx context.Context, s *store.Session, book *spreadsheet.Book) error {
	p.ready()
	if p.Kind != "deal" || p.Mapped("process") || p.Constants["process"] != "" || p.Sheet >= len(book.Sheets) {
		return nil
	}
	named := map[string]int{}
	for _, c := range p.Columns {
		if c.Field != "stage" {
			continue
		}
		for _, row := range book.Sheets[p.Sheet].Rows[min(p.Header+1, len(book.Sheets[p.Sheet].Rows)):] {
			if c.Index < len(row) && row[c.Index].Kind == spreadsheet.Text {
				named[text.Fold(row[c.Index].Text)]++
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	rows, err := s.Page(ctx, store.Query{Kind: "stage", Columns: []string{"name", "process"}, Sort: []store.Order{{Path: "process"}, {Path: "order"}}})
	if err != nil {
		return fmt.Errorf("look for the process of a file: %w", err)
	}
	fits := map[int64]int{}
	best, most := int64(0), 0
	for _, row := range rows {
		name, _ := row.Cells[0].(string)
		process, _ := row.Cells[1].(model.Ref)
		fits[process.ID] += named[text.Fold(name)]
		if fits[process.ID] > most {
			best, most = process.ID, fits[process.ID]
		}
	}
	if best != 0 {
		p.Constants["process"] = Constant(nil, model.Ref{ID: best})
	}
	return nil
}
