package sheet

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/model/table"
)

// CSV writes UTF-8 with a byte order mark, CRLF lines, and the separator of
// the options, the way Excel opens it by a double click. Numbers have no
// grouping and no currency; a column of amounts in several currencies is
// followed by one with their letters. Days are 2026-11-23, moments
// 2026-11-23 14:05 in the zone of the options.
//
// Spreadsheets run a text that begins like a formula. Such a text gets an
// apostrophe before it: one that begins with =, @, a tab or a carriage return,
// or with + or - followed by anything but digits, spaces, brackets, dots,
// commas and dashes, so that telephone numbers stay as they are.
func CSV(ctx context.Context, w io.Writer, t *table.Table, o Options) error {
	c := csvWriter{out: bufio.NewWriterSize(w, 1<<16), comma: o.Comma, point: o.Point, zone: o.zone(), f: o.Formatter, t: t, several: currencies(t)}
	if c.comma == 0 {
		c.comma = ';'
	}
	if c.point == 0 {
		c.point = ','
	}
	c.line = append(c.line, "\ufeff"...)
	for i, col := range t.Columns {
		c.text(i, col.Label)
		if c.several[i] {
			c.text(1, o.Formatter.Text("sheet.currency_of", map[string]any{"column": col.Label}))
		}
	}
	if err := c.end(); err != nil {
		return err
	}
	if err := walk(ctx, t, &o, func(r table.Row) error { return c.row(r.Cells) }); err != nil {
		return err
	}
	if cells := total(t, o.Formatter); cells != nil {
		if err := c.row(cells); err != nil {
			return err
		}
	}
	return c.out.Flush()
}

type csvWriter struct {
	out          *bufio.Writer
	line         []byte
	comma, point byte
	zone         *time.Location
	f            table.Formatter
	t            *table.Table
	several      []bool
}

func (c *csvWriter) row(cells []any) error {
	for i, v := range cells {
		if i > 0 {
			c.line = append(c.line, c.comma)
		}
		c.cell(&c.t.Columns[i], v)
		if c.several[i] {
			c.line = append(c.line, c.comma)
			if m, ok := v.(model.Money); ok {
				c.line = append(c.line, m.Currency...)
			}
		}
	}
	return c.end()
}

func (c *csvWriter) end() error {
	c.line = append(c.line, '\r', '\n')
	_, err := c.out.Write(c.line)
	c.line = c.line[:0]
	return err
}

func (c *csvWriter) cell(col *table.Column, v any) {
	switch v := v.(type) {
	case nil:
	case string:
		if w, ok := col.Words[v]; ok {
			v = w
		}
		c.field(v)
	case int64:
		if col.Type == model.Price {
			c.line = appendScaled(c.line, v, 2, false, c.point)
		} else {
			c.line = strconv.AppendInt(c.line, v, 10)
		}
	case model.Money:
		c.line = appendScaled(c.line, v.Minor, 2, false, c.point)
	case model.Qty:
		c.line = appendScaled(c.line, int64(v), 3, true, c.point)
	case model.Percent:
		c.line = appendScaled(c.line, int64(v), 2, true, c.point)
	case model.Rate:
		c.line = appendScaled(c.line, int64(v), 6, true, c.point)
	case model.Day:
		if v != 0 {
			c.line = v.Time().AppendFormat(c.line, time.DateOnly)
		}
	case time.Time:
		if !v.IsZero() {
			c.line = v.In(c.zone).AppendFormat(c.line, "2006-01-02 15:04")
		}
	case model.Ref:
		c.field(col.Text(v, c.f))
	case bool:
		c.field(c.f.Bool(v))
	default:
		c.field(fmt.Sprint(v))
	}
}

// text writes a field, after a separator unless it is the first.
func (c *csvWriter) text(i int, s string) {
	if i > 0 {
		c.line = append(c.line, c.comma)
	}
	c.field(s)
}

// field writes a text, quoted where it must be.
func (c *csvWriter) field(s string) {
	formula := startsFormula(s)
	quote := s != "" && (s[0] == ' ' || s[len(s)-1] == ' ')
	for i := 0; i < len(s) && !quote; i++ {
		quote = s[i] == c.comma || s[i] == '"' || s[i] == '\n' || s[i] == '\r'
	}
	if !quote {
		if formula {
			c.line = append(c.line, '\'')
		}
		c.line = append(c.line, s...)
		return
	}
	c.line = append(c.line, '"')
	if formula {
		c.line = append(c.line, '\'')
	}
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			c.line = append(c.line, '"')
		}
		c.line = append(c.line, s[i])
	}
	c.line = append(c.line, '"')
}

func startsFormula(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return strings.Trim(s[1:], "0123456789 ()-.,\u00a0") != ""
	}
	return false
}
