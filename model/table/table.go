// Package table is the value that lists and reports hand to whatever shows
// them outside a list: spreadsheets, HTML, PDF, JSON, the clipboard. A table
// knows its columns and streams its rows, so that fifty thousand of them never
// stand in memory together.
package table

import (
	"context"

	"ugoda/model"
)

// Table is a list or a report, ready to be written out. Labels, titles and the
// texts of parameters are already in the language of the person who asked.
type Table struct {
	Kind       string // name of the kind, when it is a list
	Report     string // name of the report, when it is a report
	Title      string // heading for people
	Parameters []Parameter
	Columns    []Column
	Rows       Rows
	Count      int64 // how many rows there will be, for progress; 0: unknown
	Total      []any // cells under the columns, nil where there is no total; nil: no totals row
	// Held is why a document that the table shows may not leave: it is written as
	// data, or as a PDF whose every page says that it is a draft.
	Held []model.Problem
}

// Parameter is something that the table was asked with: a period, a filter.
type Parameter struct {
	Name  string // identifier
	Label string // for people
	Value any    // for machines: a cell value, or a slice of them
	Text  string // the value for people; empty: Value is formatted
}

// Column describes one column. Its cells have the Go types that model.Type
// names, or are nil when empty.
type Column struct {
	Name     string // identifier, or a path such as "client.region"
	Label    string // heading, for people
	Type     model.Type
	Width    int    // characters; 0: decided by the type and the contents
	Currency string // all amounts of the column are in it; empty: each Money tells its own
	// Words says a Choice's identifiers for people.
	Words map[string]string
	// Detail says that a page with a picture, which has little room, leaves the
	// column out.
	Detail bool
	// Numbered says that a Link points to documents: Ref.Code is a number, not a code.
	Numbered bool
}

// Row is one row. Cells stand in the order of the columns.
type Row struct {
	ID     int64 // of the record that it shows; 0: none
	Cells  []any // string, int64, bool, model.Money, Qty, Percent, Rate, Day, time.Time, model.Ref, or nil
	Level  int   // depth in a tree of groups, 0 at the top: the first cell is indented
	Strong bool  // a group's heading or subtotal: shown in bold, and not a row of its own in sums
}

// Rows streams rows: it calls yield for each and stops at the first error, its
// own, yield's or the context's, and returns it. A row and its cells are good
// only until yield returns. Rows may be called again and starts anew.
type Rows func(ctx context.Context, yield func(Row) error) error

// Slice streams rows that are already in memory.
func Slice(rows ...Row) Rows {
	return func(ctx context.Context, yield func(Row) error) error {
		for i, r := range rows {
			if i%256 == 0 && ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// Cells streams rows of nothing but cells.
func Cells(rows ...[]any) Rows {
	out := make([]Row, len(rows))
	for i, r := range rows {
		out[i].Cells = r
	}
	return Slice(out...)
}

// Number reports whether the cells of a type stand right-aligned and can be
// summed.
func Number(t model.Type) bool {
	switch t {
	case model.Int, model.Amount, model.Price, model.Quantity, model.Percents, model.Rates:
		return true
	}
	return false
}
