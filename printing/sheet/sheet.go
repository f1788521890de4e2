// Package sheet writes a table (a list, a report) as CSV, XLSX, HTML, JSON or
// PDF. Rows stream: writing fifty thousand of them holds none but the current
// one, can be cancelled, and tells how far it is. All writers draw on the same
// table, so that figures cannot differ between them.
package sheet

import (
	"context"
	"fmt"
	"io"
	"time"

	"ugoda/model"
	"ugoda/model/table"
)

// Options say how a table is written.
type Options struct {
	// Formatter says values and the writers' own few words for people. CSV, HTML,
	// XLSX and PDF need it.
	Formatter table.Formatter
	// Zone is where moments are shown in CSV and XLSX; nil is this computer's.
	Zone *time.Location
	// Comma separates the fields of CSV; 0 is a semicolon, which Excel expects
	// where the decimal separator is a comma.
	Comma byte
	// Point separates the decimals in CSV; 0 is a comma.
	Point byte
	// Draw draws the picture of a report: above the table in PDF and HTML, on a
	// sheet of its own in XLSX; nil: there is none.
	Draw Drawer
	// Least is how high the picture is on paper at least, in points; 0: as usual.
	// Upright keeps the page on its short side, where the picture is high.
	Least   float64
	Upright bool
	// Progress hears how many rows are written, of how many (0: unknown), now and then.
	Progress func(done, total int64)
}

// Formats are the formats that Write knows.
var Formats = []string{"csv", "xlsx", "html", "json", "pdf"}

// UnknownFormat is the error of Write for a format that is not among Formats.
type UnknownFormat struct{ Format string }

func (e *UnknownFormat) Error() string { return "unknown format of a table: " + e.Format }

// Message says the error for people.
func (e *UnknownFormat) Message() (string, map[string]any) {
	return "sheet.unknown_format", map[string]any{"format": e.Format}
}

// Write writes a table in one of the Formats. Of a document that may not leave
// (Table.Held) it writes no XLSX and no HTML: they are refused by model.Problems.
func Write(ctx context.Context, w io.Writer, format string, t *table.Table, o Options) error {
	writers := map[string]func(context.Context, io.Writer, *table.Table, Options) error{
		"csv": CSV, "xlsx": XLSX, "html": HTML, "json": JSON, "pdf": PDF,
	}
	write, ok := writers[format]
	if !ok {
		return &UnknownFormat{format}
	}
	if len(t.Held) > 0 && (format == "xlsx" || format == "html") { // pages that carry no mark
		return model.Problems(t.Held)
	}
	if err := write(ctx, w, t, o); err != nil {
		return fmt.Errorf("write %s as %s: %w", t.Kind+t.Report, format, err)
	}
	return nil
}

// progressEvery is how many rows pass between two words of progress.
const progressEvery = 500

// walk goes over the rows with progress. Every row has exactly the cells of
// the columns: missing ones are empty, superfluous ones are an error of whoever
// made the table.
func walk(ctx context.Context, t *table.Table, o *Options, yield func(table.Row) error) error {
	done := int64(0)
	err := t.Rows(ctx, func(r table.Row) error {
		if len(r.Cells) != len(t.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", done+1, len(r.Cells), len(t.Columns))
		}
		if err := yield(r); err != nil {
			return err
		}
		if done++; done%progressEvery == 0 {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if o.Progress != nil {
				o.Progress(done, t.Count)
			}
		}
		return nil
	})
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err == nil && o.Progress != nil {
		o.Progress(done, done)
	}
	return err
}

// total gives the cells of the totals row with a word in the first cell that
// has none and stands before the first total; nil when there is no such row.
func total(t *table.Table, f table.Formatter) []any {
	if len(t.Total) != len(t.Columns) || len(t.Total) == 0 {
		return nil
	}
	cells := append([]any(nil), t.Total...)
	if cells[0] == nil {
		cells[0] = f.Text("sheet.total", nil)
	}
	return cells
}

// currencies says which columns hold amounts of several currencies: where
// cells carry bare numbers, a column with the currency's letters stands beside.
func currencies(t *table.Table) []bool {
	out := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = c.Type == model.Amount && c.Currency == ""
	}
	return out
}

// currencyOf is the currency of a cell, nil when it has none.
func currencyOf(v any) any {
	if m, ok := v.(model.Money); ok && m.Currency != "" {
		return m.Currency
	}
	return nil
}

func (o *Options) zone() *time.Location {
	if o.Zone == nil {
		return time.Local
	}
	return o.Zone
}

// appendScaled writes an integer of 10^-scale with exactly that many decimals,
// or without trailing noughts when trimmed.
func appendScaled(dst []byte, v int64, scale int, trim bool, point byte) []byte {
	u := uint64(v)
	if v < 0 {
		dst = append(dst, '-')
		u = -u
	}
	var digits [24]byte
	i := len(digits)
	for n := 0; n <= scale || u > 0; n++ {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	whole := len(digits) - scale
	dst = append(dst, digits[i:whole]...)
	end := len(digits)
	if trim {
		for end > whole && digits[end-1] == '0' {
			end--
		}
	}
	if end > whole {
		dst = append(append(dst, point), digits[whole:end]...)
	}
	return dst
}
