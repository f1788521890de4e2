package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/model/table"
	"ugoda/printing/sheet"
)

// output is where and how a command answers.
type output struct {
	format string
	file   string
}

func (o *output) flags(c *cobra.Command, a *app, formats string) {
	c.Flags().StringVar(&o.format, "format", "", formats)
	c.Flags().StringVarP(&o.file, "output", "o", "", a.p.T("cli.flag.output"))
}

// choose settles the format: what was said, else what the file's name says.
func (o *output) choose(allowed ...string) error {
	if o.format == "" {
		o.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(o.file)), ".")
		if o.format == "txt" || o.format == "" {
			o.format = "table"
		}
	}
	for _, f := range allowed {
		if f == o.format {
			return nil
		}
	}
	return usageError{fmt.Errorf("--format: %s", strings.Join(allowed, "|"))}
}

// write hands the answer to what writes it; a file appears whole or not at all.
// A device or a pipe is written into, and stays what it is.
func (o *output) write(stdout io.Writer, f func(w io.Writer) error) error {
	if o.file == "" {
		return f(stdout)
	}
	return outfile.Create(o.file, f)
}

// table answers with a table in the chosen format.
func (a *app) table(ctx context.Context, o *output, t *table.Table) error {
	return a.drawn(ctx, o, t, nil)
}

// drawn answers with a table and its picture.
func (a *app) drawn(ctx context.Context, o *output, t *table.Table, draw sheet.Drawer) error {
	return o.write(a.Stdout, func(w io.Writer) error {
		if o.format == "table" {
			return plain(ctx, w, t, a.p)
		}
		options := sheet.Options{Formatter: a.p, Draw: draw}
		if a.p.Language() == locale.English { // a comma between fields, a point before decimals
			options.Comma, options.Point = ',', '.'
		}
		return sheet.Write(ctx, w, o.format, t, options)
	})
}

// json answers with indented JSON.
func (a *app) json(o *output, data []byte) error {
	return o.write(a.Stdout, func(w io.Writer) error {
		var b bytes.Buffer
		if err := json.Indent(&b, data, "", "  "); err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		b.WriteByte('\n')
		_, err := w.Write(b.Bytes())
		return err
	})
}

// plain writes a table for a terminal: columns aligned, numbers to the right.
func plain(ctx context.Context, w io.Writer, t *table.Table, f table.Formatter) error {
	widths := make([]int, len(t.Columns))
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Label
		widths[i] = utf8.RuneCountInString(c.Label)
	}
	lines := [][]string{head}
	cells := func(row []any) []string {
		out := make([]string, len(t.Columns))
		for i := range t.Columns {
			if i < len(row) {
				out[i] = strings.ReplaceAll(t.Columns[i].Text(row[i], f), "\n", " ")
			}
			widths[i] = max(widths[i], min(utf8.RuneCountInString(out[i]), 60))
		}
		return out
	}
	err := t.Rows(ctx, func(r table.Row) error {
		line := cells(r.Cells)
		if r.Level > 0 && len(line) > 0 {
			line[0] = strings.Repeat("  ", r.Level) + line[0]
			widths[0] = max(widths[0], min(utf8.RuneCountInString(line[0]), 60))
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		return err
	}
	if t.Total != nil {
		lines = append(lines, cells(t.Total))
	}
	var b strings.Builder
	for n, line := range lines {
		for i, c := range line {
			pad := max(0, widths[i]-utf8.RuneCountInString(c))
			right := table.Number(t.Columns[i].Type)
			if i > 0 {
				b.WriteString("  ")
			}
			if right {
				b.WriteString(strings.Repeat(" ", pad))
			}
			b.WriteString(c)
			if !right && i < len(line)-1 {
				b.WriteString(strings.Repeat(" ", pad))
			}
		}
		b.WriteByte('\n')
		if n == 0 || (t.Total != nil && n == len(lines)-2) {
			for i, width := range widths {
				if i > 0 {
					b.WriteString("  ")
				}
				b.WriteString(strings.Repeat("─", width))
			}
			b.WriteByte('\n')
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}
