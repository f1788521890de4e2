package sheet

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"ugoda/model"
	"ugoda/model/table"
)

// JSON writes the shape that the command line promises: "kind" or "report",
// "parameters", "columns" with name, label and type, "rows" as objects by
// column, "total" as one such object. Amounts are numbers with two decimals,
// quantities have up to three, percents up to two, rates up to six; days are
// "2026-11-23", moments RFC 3339 in UTC, references objects with id, number (of a
// kind whose records are numbered) or code where there is one, and name. A column of amounts in several currencies has
// NAME_currency beside it. Rows of a tree of groups carry "_level", and
// headings and subtotals "_group": true.
func JSON(ctx context.Context, w io.Writer, t *table.Table, o Options) error {
	j := jsonWriter{t: t, several: currencies(t)}
	for _, c := range t.Columns {
		j.names = append(j.names, appendString(nil, c.Name))
		j.currencies = append(j.currencies, appendString(nil, c.Name+"_currency"))
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if t.Report != "" {
		j.buf = append(appendString(append(j.buf, `{"report":`...), t.Report), ',')
	} else {
		j.buf = append(appendString(append(j.buf, `{"kind":`...), t.Kind), ',')
	}
	if err := j.head(); err != nil {
		return err
	}
	first := true
	err := walk(ctx, t, &o, func(r table.Row) error {
		if !first {
			j.buf = append(j.buf, ',')
		}
		first = false
		j.buf = append(j.buf, "\n{"...)
		j.cells(r.Cells, true)
		if r.Level > 0 {
			j.buf = strconv.AppendInt(append(j.buf, `,"_level":`...), int64(r.Level), 10)
		}
		if r.Strong {
			j.buf = append(j.buf, `,"_group":true`...)
		}
		j.buf = append(j.buf, '}')
		_, err := out.Write(j.buf)
		j.buf = j.buf[:0]
		return err
	})
	if err != nil {
		return err
	}
	j.buf = append(j.buf, ']')
	if len(t.Total) == len(t.Columns) && len(t.Total) > 0 {
		j.buf = append(j.buf, ",\n\"total\":{"...)
		j.cells(t.Total, false)
		j.buf = append(j.buf, '}')
	}
	j.buf = append(j.buf, "}\n"...)
	if _, err := out.Write(j.buf); err != nil {
		return err
	}
	return out.Flush()
}

type jsonWriter struct {
	buf        []byte
	t          *table.Table
	several    []bool
	names      [][]byte
	currencies [][]byte
}

func (j *jsonWriter) head() error {
	j.buf = append(j.buf, `"parameters":{`...)
	var plain table.Column
	for i, p := range j.t.Parameters {
		if i > 0 {
			j.buf = append(j.buf, ',')
		}
		j.buf = append(appendString(j.buf, p.Name), ':')
		if list, ok := p.Value.([]any); ok {
			j.buf = append(j.buf, '[')
			for k, v := range list {
				if k > 0 {
					j.buf = append(j.buf, ',')
				}
				j.value(&plain, v)
			}
			j.buf = append(j.buf, ']')
			continue
		}
		j.value(&plain, p.Value)
	}
	type column struct {
		Name  string `json:"name"`
		Label string `json:"label"`
		Type  string `json:"type"`
	}
	columns := make([]column, len(j.t.Columns))
	for i, c := range j.t.Columns {
		columns[i] = column{c.Name, c.Label, c.Type.String()}
	}
	data, err := json.Marshal(columns)
	if err != nil {
		return fmt.Errorf("describe columns: %w", err)
	}
	j.buf = append(append(append(j.buf, "},\n\"columns\":"...), data...), ",\n\"rows\":["...)
	return nil
}

// cells writes the members of an object; empty cells too, unless left out.
func (j *jsonWriter) cells(cells []any, empty bool) {
	comma := false
	for i, v := range cells {
		if v == nil && !empty {
			continue
		}
		if comma {
			j.buf = append(j.buf, ',')
		}
		comma = true
		j.buf = append(append(j.buf, j.names[i]...), ':')
		j.value(&j.t.Columns[i], v)
		if j.several[i] {
			j.buf = append(append(append(j.buf, ','), j.currencies[i]...), ':')
			j.value(&j.t.Columns[i], currencyOf(v))
		}
	}
}

func (j *jsonWriter) value(c *table.Column, v any) {
	switch v := v.(type) {
	case nil:
		j.buf = append(j.buf, "null"...)
	case string:
		j.buf = appendString(j.buf, v)
	case int64:
		if c.Type == model.Price {
			j.buf = appendScaled(j.buf, v, 2, false, '.')
		} else {
			j.buf = strconv.AppendInt(j.buf, v, 10)
		}
	case bool:
		j.buf = strconv.AppendBool(j.buf, v)
	case model.Money:
		j.buf = appendScaled(j.buf, v.Minor, 2, false, '.')
	case model.Qty:
		j.buf = appendScaled(j.buf, int64(v), 3, true, '.')
	case model.Percent:
		j.buf = appendScaled(j.buf, int64(v), 2, true, '.')
	case model.Rate:
		j.buf = appendScaled(j.buf, int64(v), 6, true, '.')
	case model.Day:
		if v == 0 {
			j.buf = append(j.buf, "null"...)
			return
		}
		j.buf = append(v.Time().AppendFormat(append(j.buf, '"'), time.DateOnly), '"')
	case time.Time:
		if v.IsZero() {
			j.buf = append(j.buf, "null"...)
			return
		}
		j.buf = append(v.UTC().AppendFormat(append(j.buf, '"'), time.RFC3339), '"')
	case model.Ref:
		j.ref(c, v)
	default:
		j.buf = appendString(j.buf, fmt.Sprint(v))
	}
}

func (j *jsonWriter) ref(c *table.Column, r model.Ref) {
	if r.IsZero() {
		j.buf = append(j.buf, "null"...)
		return
	}
	j.buf = strconv.AppendInt(append(j.buf, `{"id":`...), r.ID, 10)
	if r.Code != "" {
		code := `,"code":`
		if c.Numbered {
			code = `,"number":`
		}
		j.buf = appendString(append(j.buf, code...), r.Code)
	}
	j.buf = append(appendString(append(j.buf, `,"name":`...), r.Name), '}')
}

// appendString writes a text as JSON: quickly where nothing needs escaping.
func appendString(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] == '"' || s[i] == '\\' || s[i] >= 0x7f {
			return appendEscaped(dst, s)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}

const hexDigits = "0123456789abcdef"

func appendEscaped(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s { // a broken byte becomes U+FFFD
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029:
			dst = append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			dst = append(dst, string(r)...)
		}
	}
	return append(dst, '"')
}
