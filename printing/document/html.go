package document

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	_ "image/gif" // logos
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"strings"
)

// Inline styles: mail programs drop everything else. Outlook lays letters out
// as Word does: it knows no largest width, passes no font on to the cells of a
// table, wants widths and backgrounds as attributes, and edges on cells.
const (
	cssFont   = `font-family:'Noto Sans','Segoe UI',Arial,sans-serif;`
	cssPage   = cssFont + `font-size:14px;line-height:1.45;color:#1f2937;background:#ffffff;max-width:820px;margin:0 `
	cssText   = cssFont + `font-size:14px;line-height:1.45;color:#1f2937;`
	cssSoft   = `color:#5b6472;font-size:12px`
	cssTable  = `border-collapse:collapse;width:100%;margin:0 0 4px`
	cssHead   = cssFont + `padding:7px 8px;background:#1b4b7a;color:#ffffff;font-weight:600;font-size:13px;text-align:`
	cssCell   = cssText + `padding:6px 8px;border-bottom:1px solid #d3dce6;vertical-align:top;text-align:`
	cssGroup  = cssText + `padding:6px 8px;border-bottom:1px solid #d3dce6;background:#eef3f8;font-weight:600`
	cssTotal  = cssFont + `padding:8px;background:#eef3f8;color:#1b4b7a;font-weight:700;font-size:16px;text-align:right`
	cssAccent = `color:#1b4b7a;font-weight:700;`

	htmlTable = `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="`
	htmlFrame = `<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" style="`
	tint      = ` bgcolor="#eef3f8"`

	// What only Outlook reads gives the page its width.
	wide     = `<!--[if mso]><table role="presentation" cellpadding="0" cellspacing="0" border="0" width="820"`
	wideEnds = `<!--[if mso]></td></tr></table><![endif]-->`
)

// HTML writes a whole page with inline styles only; its logo is inside it.
func HTML(w io.Writer, d *Document) error {
	h := page{Writer: bufio.NewWriter(w), d: d}
	h.put(`<!DOCTYPE html>`, "\n", `<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light"><title>`, esc(d.Title+" "+d.Subtitle), `</title></head>`, "\n", `<body style="margin:0;background:#ffffff" bgcolor="#ffffff">`)
	h.content()
	h.put("</body></html>\n")
	return h.Flush()
}

// Fragment writes what stands on that page, for the body of a letter. The logo
// is shown by its identifier there: the caller sends it along.
func Fragment(w io.Writer, d *Document, logo string) error {
	h := page{Writer: bufio.NewWriter(w), d: d, logo: logo, inLetter: true}
	h.content()
	return h.Flush()
}

func (h *page) content() {
	d := h.d
	// In a letter the proposal stands under its text; a page of its own is in the middle.
	side, margin, padding := "", "0", "padding:0"
	if !h.inLetter {
		side, margin, padding = ` align="center"`, "auto", "padding:16px"
	}
	h.put(wide, side, `><tr><td><![endif]--><div style="`, cssPage, margin, `">`, htmlFrame, `border-collapse:collapse;width:100%" bgcolor="#ffffff"><tr><td style="`, cssText, padding, `">`, "\n")
	defer func() { h.put("</td></tr></table></div>", wideEnds, "\n") }()
	h.letterhead()
	if d.Mark != "" {
		h.put(`<p style="`, cssFont, `margin:0 0 6px;color:#b42318;font-weight:700;letter-spacing:2px">`, esc(d.Mark), "</p>\n")
	}
	h.put(`<h1 style="`, cssFont, cssAccent, `font-size:24px;margin:0">`, esc(d.Title), "</h1>\n")
	h.put(`<p style="`, cssFont, `margin:0 0 14px;color:#5b6472;font-size:16px">`, esc(d.Subtitle), "</p>\n")
	h.addressBox()
	h.paragraph(d.Greeting, `font-weight:600;margin:14px 0 4px`)
	above := "4px"
	if d.Greeting == "" {
		above = "14px"
	}
	h.paragraph(d.Intro, `margin:`+above+` 0 12px`)
	for i := range d.Variants {
		h.variant(&d.Variants[i])
	}
	h.terms()
	h.paragraph(d.Closing, `margin:18px 0 10px`)
	if d.Signed != (Signature{}) {
		h.put(`<p style="`, cssText, `margin:0">`)
		for i, s := range []string{d.Signed.Post, d.Signed.Firm, d.Signed.Name} {
			if s == "" {
				continue
			}
			if i == 2 {
				h.put("<strong>", esc(s), "</strong>")
				continue
			}
			h.put(esc(s), "<br>")
		}
		h.put("</p>\n")
	}
}

type page struct {
	*bufio.Writer
	d        *Document
	inLetter bool
	logo     string // identifier of the logo in the letter; empty: it is written into the page
}

// put writes texts; the writer keeps its first error and Flush gives it.
func (h *page) put(texts ...string) {
	for _, s := range texts {
		_, _ = h.WriteString(s)
	}
}

// esc makes text safe inside an element; its line ends stay visible.
func esc(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }

func (h *page) paragraph(s, css string) {
	if s != "" {
		h.put(`<p style="`, cssText, css, `">`, esc(s), "</p>\n")
	}
}

func (h *page) letterhead() {
	f := h.d.Firm
	const under = `border-bottom:2px solid #1b4b7a;`
	h.put(htmlFrame, `width:100%;border-collapse:collapse;margin:0 0 14px"><tr><td style="padding:0 8px 10px 0;vertical-align:middle;`, under, `">`)
	if kind := http.DetectContentType(h.d.Logo); len(h.d.Logo) > 0 && strings.HasPrefix(kind, "image/") {
		h.put(`<img alt="`, esc(f.Name), `" style="border:0;max-height:64px;max-width:220px"`, sizes(h.d.Logo), ` src="`)
		if h.logo != "" {
			h.put("cid:", h.logo)
		} else {
			h.put("data:", kind, ";base64,", base64.StdEncoding.EncodeToString(h.d.Logo))
		}
		h.put(`">`)
	}
	h.put(`</td><td align="right" style="`, cssFont, `padding:0 0 10px 8px;text-align:right;`, under, cssSoft, `"><strong style="`, cssAccent, `font-size:14px">`, esc(f.Name), "</strong>")
	for _, s := range f.Lines {
		h.put("<br>", esc(s))
	}
	h.put("</td></tr></table>\n")
}

func (h *page) addressBox() {
	c := h.d.Client
	h.put(htmlFrame, `width:100%;border-collapse:collapse"><tr><td width="60%"`, tint, ` valign="top" style="`, cssText, `background:#eef3f8;border-left:4px solid #1b4b7a;padding:10px 12px;vertical-align:top;width:60%"><span style="`, cssSoft, `">`, esc(c.Label), `</span><br><strong>`, esc(c.Name), "</strong>")
	for _, s := range c.Lines {
		h.put("<br>", esc(s))
	}
	h.put(`</td><td`, tint, ` valign="top" style="`, cssText, `background:#eef3f8;padding:10px 12px;vertical-align:top">`)
	for i, f := range h.d.Facts {
		if i > 0 {
			h.put("<br>")
		}
		if f.Label != "" {
			h.put(`<span style="`, cssSoft, `">`, esc(f.Label), `</span><br>`)
		}
		h.put(esc(f.Value))
	}
	h.put("</td></tr></table>\n")
}

// sizes are the width and the height of a picture in its box, as attributes.
func sizes(data []byte) string {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return ""
	}
	by := min(220/float64(c.Width), 64/float64(c.Height), 1)
	return fmt.Sprintf(` width="%d" height="%d"`, max(int(float64(c.Width)*by+0.5), 1), max(int(float64(c.Height)*by+0.5), 1))
}

// column is a column of the table of lines.
type column struct {
	label, align string
	cell         func(*Line) string
}

func (h *page) columns(v *Variant) []column {
	w, say := &h.d.Words, h.d.Words.Say
	article, discount, rate := v.has()
	const right = "right;white-space:nowrap"
	cols := []column{
		{w.Number, "center", func(l *Line) string { return esc(l.Number) }},
		{w.Text, "left", func(l *Line) string {
			s := esc(l.Text)
			if l.Option {
				s += ` <span style="` + cssSoft + `;font-style:italic">(` + esc(w.Option) + `)</span>`
			}
			if article && l.Article != "" {
				s += `<br><span style="` + cssSoft + `">` + esc(w.Article+" "+l.Article) + `</span>`
			}
			for _, p := range l.Parts {
				s += `<br><span style="` + cssSoft + `">` + esc(partText(p, say)) + `</span>`
			}
			return s
		}},
		{w.Unit, "center", func(l *Line) string { return esc(l.Unit) }},
		{w.Quantity, right, func(l *Line) string { return say.Qty(l.Quantity) }},
		{w.Price, right, func(l *Line) string { return say.Amount(l.Price) }},
	}
	if discount {
		cols = append(cols, column{w.Discount, right, func(l *Line) string {
			if l.Discount == 0 {
				return ""
			}
			return say.Percent(l.Discount)
		}})
	}
	if rate {
		cols = append(cols, column{w.Rate, right, func(l *Line) string {
			if !l.Taxed {
				return esc(w.Exempt)
			}
			return say.Percent(l.Rate)
		}})
	}
	return append(cols, column{w.Amount, right, func(l *Line) string {
		if l.Option {
			return "(" + say.Amount(l.Amount) + ")"
		}
		return say.Amount(l.Amount)
	}})
}

// partText is a part of a kit in one line: "– Насос × 2 шт".
func partText(p Part, say Sayer) string {
	return strings.TrimSpace("– " + p.Text + " × " + say.Qty(p.Quantity) + " " + p.Unit)
}

func (h *page) variant(v *Variant) {
	if v.Name != "" {
		h.put(`<h2 style="`, cssFont, cssAccent, `font-size:17px;margin:16px 0 4px">`, esc(v.Name), "</h2>\n")
	}
	h.paragraph(v.Note, `margin:0 0 8px`)
	cols, say := h.columns(v), h.d.Words.Say
	h.put(htmlTable, cssTable, `"><thead><tr>`)
	for _, c := range cols {
		h.put(`<th bgcolor="#1b4b7a" style="`, cssHead, c.align, `">`, esc(c.label), "</th>")
	}
	h.put("</tr></thead>\n<tbody>\n")
	for i := range v.Lines {
		l := &v.Lines[i]
		h.put("<tr>")
		switch {
		case l.Heading && l.Subtotal:
			h.put(`<td colspan="`, digits(len(cols)-1), `"`, tint, ` style="`, cssGroup, `">`, esc(l.Text), `</td><td`, tint, ` style="`, cssGroup, `;text-align:right;white-space:nowrap">`, say.Amount(l.Amount), "</td>")
		case l.Heading:
			h.put(`<td colspan="`, digits(len(cols)), `"`, tint, ` style="`, cssGroup, `">`, esc(l.Text), "</td>")
		case l.Note:
			h.put(`<td colspan="`, digits(len(cols)), `" style="`, cssCell, `left;font-style:italic">`, esc(l.Text), "</td>")
		default:
			for _, c := range cols {
				h.put(`<td style="`, cssCell, c.align, `">`, c.cell(l), "</td>")
			}
		}
		h.put("</tr>\n")
	}
	h.put("</tbody>\n<tfoot>\n")
	h.totals(v, len(cols))
	h.put("</tfoot></table>\n")
	h.paragraph(strings.TrimSpace(v.InWords+" "+v.Remark), `font-style:italic;margin:6px 0 12px`)
	for _, t := range v.Terms {
		h.paragraph(t.Label+": "+t.Value, `margin:0 0 6px`)
	}
}

func (h *page) totals(v *Variant, n int) {
	w, say := &h.d.Words, h.d.Words.Say
	row := func(css, label, value string) {
		back := ""
		if css == cssTotal {
			back = tint
		}
		h.put(`<tr><td colspan="`, digits(n-1), `" align="right"`, back, ` style="`, css, `">`, esc(label), `</td><td align="right"`, back, ` style="`, css, `;white-space:nowrap">`, esc(value), "</td></tr>\n")
	}
	const plain, small = cssCell + "right", cssCell + "right;" + cssSoft
	if v.VAT == OnTop {
		row(plain, w.Subtotal, say.Amount(v.Net))
		for _, t := range v.Taxes {
			row(plain, w.Tax(t.Rate), say.Amount(t.Amount))
		}
	}
	row(cssTotal, w.Total, v.Amount)
	if v.VAT == Included {
		for _, t := range v.Taxes {
			row(small, w.Within(t.Rate), say.Amount(t.Amount))
		}
	}
	if v.Discount != 0 {
		row(small, w.Saved, say.Amount(v.Discount))
	}
	if v.Options != 0 {
		row(small, w.Options, say.Amount(v.Options))
	}
}

func (h *page) terms() {
	if len(h.d.Terms) == 0 {
		return
	}
	h.put(`<h2 style="`, cssFont, cssAccent, `font-size:17px;margin:16px 0 4px">`, esc(h.d.Words.Terms), `</h2>`, "\n", htmlTable, cssTable, `">`)
	for _, f := range h.d.Terms {
		h.put(`<tr><td width="130" style="`, cssCell, `left;width:130px;`, cssSoft, `">`, esc(f.Label), `</td><td style="`, cssCell, `left">`, esc(f.Value), "</td></tr>\n")
	}
	h.put("</table>\n")
}
