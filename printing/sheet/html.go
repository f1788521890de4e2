package sheet

import (
	"bufio"
	"context"
	"html"
	"io"
	"strconv"

	"ugoda/model/table"
)

// Colours and measures of the tables that HTML and PDF show: quiet lines, a
// tinted heading, bold groups.
const (
	cssTable  = `border-collapse:collapse;font:13px/1.4 'Noto Sans','Segoe UI',Arial,sans-serif;color:#1f2933`
	cssHead   = `padding:5px 9px;border-bottom:2px solid #7b8794;background:#eef2f6;font-weight:600;text-align:`
	cssCell   = `padding:4px 9px;border-bottom:1px solid #dde3ea;vertical-align:top;text-align:`
	cssStrong = `;font-weight:600;background:#f7f9fb`
	cssTotal  = `;font-weight:700;border-top:2px solid #7b8794`
)

// HTML writes a whole page with inline styles only, readable in a browser and
// in a mail client, and ready to be pasted into a spreadsheet.
func HTML(ctx context.Context, w io.Writer, t *table.Table, o Options) error {
	h := htmlWriter{Writer: bufio.NewWriterSize(w, 1<<16), t: t, f: o.Formatter}
	for _, c := range t.Columns {
		align := "left"
		if table.Number(c.Type) {
			align = "right;white-space:nowrap"
		}
		h.align = append(h.align, align)
	}
	h.put("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>", html.EscapeString(t.Title), "</title></head>\n<body>\n")
	if t.Title != "" {
		h.put(`<h1 style="font:600 20px 'Noto Sans','Segoe UI',Arial,sans-serif;color:#1f2933;margin:0 0 8px">`, html.EscapeString(t.Title), "</h1>\n")
	}
	if len(t.Parameters) > 0 {
		h.put(`<p style="font:13px/1.5 'Noto Sans','Segoe UI',Arial,sans-serif;color:#52606d;margin:0 0 12px">`)
		for i, p := range t.Parameters {
			if i > 0 {
				h.put("<br>")
			}
			h.put(html.EscapeString(p.Label), ": ", html.EscapeString(p.Say(o.Formatter)))
		}
		h.put("</p>\n")
	}
	if o.Draw != nil {
		if err := h.svg(o.Draw); err != nil {
			return err
		}
	}
	h.put(`<table style="`, cssTable, "\">\n<thead><tr>")
	for i, c := range t.Columns {
		h.put(`<th style="`, cssHead, h.align[i], `">`, html.EscapeString(c.Label), "</th>")
	}
	h.put("</tr></thead>\n<tbody>\n")
	err := walk(ctx, t, &o, func(r table.Row) error {
		extra := ""
		if r.Strong {
			extra = cssStrong
		}
		return h.row(r.Cells, r.Level, extra)
	})
	if err != nil {
		return err
	}
	h.put("</tbody>\n")
	if cells := total(t, o.Formatter); cells != nil {
		h.put("<tfoot>\n")
		if err := h.row(cells, 0, cssTotal); err != nil {
			return err
		}
		h.put("</tfoot>\n")
	}
	h.put("</table>\n</body></html>\n")
	return h.Flush()
}

type htmlWriter struct {
	*bufio.Writer
	t     *table.Table
	f     table.Formatter
	align []string
}

// put writes texts; the writer keeps its first error and Flush gives it.
func (h *htmlWriter) put(texts ...string) {
	for _, s := range texts {
		_, _ = h.WriteString(s)
	}
}

func (h *htmlWriter) row(cells []any, level int, extra string) error {
	h.put("<tr>")
	for i, v := range cells {
		h.put(`<td style="`, cssCell, h.align[i], extra)
		if i == 0 && level > 0 {
			h.put(";padding-left:", strconv.Itoa(9+18*level), "px")
		}
		h.put(`">`, html.EscapeString(h.t.Columns[i].Text(v, h.f)), "</td>")
	}
	_, err := h.WriteString("</tr>\n")
	return err
}
