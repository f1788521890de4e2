package document

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures of logos
	_ "image/png"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ugoda/model"
	"ugoda/printing/font"
)

func digits(n int) string { return strconv.Itoa(n) }

// The columns of the form, by their place from 1.
const (
	colNumber = iota + 1
	colText
	colArticle
	colUnit
	colQuantity
	colPrice
	colDiscount
	colRate
	colAmount
)

var widths = [...]float64{colNumber: 5, colText: 38, colArticle: 12, colUnit: 6, colQuantity: 8, colPrice: 12, colDiscount: 9, colRate: 8, colAmount: 14}

// XLSX writes a workbook of one sheet: the firm, the client, the lines, their
// totals as formulas over the lines, terms and signature, ready to be printed
// on A4, as wide as the page. Every formula comes with its value, so that
// programs that only show need not reckon.
func XLSX(w io.Writer, d *Document) error {
	book := excelize.NewFile()
	defer book.Close()
	name := sheetName(d.Title)
	f := &form{book: book, d: d, sheet: name, styles: map[look]int{}}
	f.do(book.SetSheetName("Sheet1", name))
	f.paper()
	f.logo()
	if f.err != nil {
		return f.err
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("begin a sheet: %w", err)
	}
	f.out = out
	for i, width := range widths {
		if i > 0 {
			f.do(out.SetColWidth(i, i, width))
		}
	}
	f.write()
	f.do(out.Flush())
	f.titles()
	if f.err == nil {
		f.err = book.Write(w)
	}
	if f.err != nil {
		return fmt.Errorf("write a workbook: %w", f.err)
	}
	return nil
}

// look is what a cell looks like.
type look struct {
	bold, head, total, accent, soft, line, wrap, group bool
	size                                               float64
	align                                              string
	number                                             string
}

type form struct {
	book   *excelize.File
	out    *excelize.StreamWriter
	d      *Document
	sheet  string
	styles map[look]int
	row    int
	heads  [2]int // rows of the first table's heading, which repeats in print
	err    error
}

func (f *form) do(err error) {
	if f.err == nil {
		f.err = err
	}
}

// paper sets the page up: A4, as wide as the page, numbered.
func (f *form) paper() {
	size, fit, height := 9, 1, 0
	f.do(f.book.SetPageLayout(f.sheet, &excelize.PageLayoutOptions{Size: &size, FitToWidth: &fit, FitToHeight: &height}))
	yes := true
	f.do(f.book.SetSheetProps(f.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
	side, top, edge := 0.5, 0.6, 0.3
	f.do(f.book.SetPageMargins(f.sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge}))
	foot := "&L&8" + plainHeader(f.d.Running) + "&R&8" + plainHeader(f.d.Words.Page) + " &P " + plainHeader(f.d.Words.Of) + " &N"
	f.do(f.book.SetHeaderFooter(f.sheet, &excelize.HeaderFooterOptions{OddFooter: foot}))
	grid := false
	f.do(f.book.SetSheetView(f.sheet, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
	f.do(f.book.SetDocProps(&excelize.DocProperties{Title: f.d.Title + " " + f.d.Subtitle, Creator: f.d.Firm.Name, Created: "", Modified: ""}))
}

// plainHeader makes a text safe in the codes of a footer, short enough for all.
func plainHeader(s string) string {
	s = strings.ReplaceAll(s, "&", "&&")
	if utf8.RuneCountInString(s) > 90 {
		s = string([]rune(s)[:90])
	}
	return s
}

// logo puts the picture into the upper left corner.
func (f *form) logo() {
	kind, ok := map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}[http.DetectContentType(f.d.Logo)]
	if len(f.d.Logo) == 0 || !ok {
		return
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(f.d.Logo))
	if err != nil || size.Width == 0 || size.Height == 0 {
		return
	}
	scale := min(190/float64(size.Width), 66/float64(size.Height)) // pixels of a spreadsheet
	f.do(f.book.AddPictureFromBytes(f.sheet, "A1", &excelize.Picture{
		Extension: kind, File: f.d.Logo,
		Format: &excelize.GraphicOptions{ScaleX: scale, ScaleY: scale, OffsetX: 2, OffsetY: 4, Positioning: "oneCell"},
	}))
}

// titles lets the heading of the only table repeat on every printed page.
func (f *form) titles() {
	if f.heads[0] > 0 && len(f.d.Variants) == 1 {
		f.do(f.book.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: f.sheet,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(f.sheet, "'", "''"), f.heads[0], f.heads[1]),
		}))
	}
}

func (f *form) write() {
	d := f.d
	firm := append([]string{d.Firm.Name}, d.Firm.Lines...)
	for i, s := range firm {
		f.line(look{align: "right", bold: i == 0, accent: i == 0, soft: i > 0}, s, 0)
	}
	f.gap()
	if d.Mark != "" {
		f.line(look{bold: true}, d.Mark, 0)
	}
	f.line(look{bold: true, accent: true, size: 18}, d.Title, 26)
	f.line(look{soft: true, size: 12}, d.Subtitle, 18)
	f.gap()
	f.parties()
	f.gap()
	if d.Greeting != "" {
		f.line(look{bold: true}, d.Greeting, 0)
	}
	f.text(look{wrap: true}, d.Intro)
	for i := range d.Variants {
		f.gap()
		f.variant(&d.Variants[i])
	}
	if len(d.Terms) > 0 {
		f.gap()
		f.line(look{bold: true, accent: true, size: 13}, d.Words.Terms, 18)
		for _, t := range d.Terms {
			f.fact(t)
		}
	}
	f.gap()
	if d.Closing != "" {
		f.line(look{}, d.Closing, 0)
		f.gap()
	}
	f.signature()
}

// cells writes a row; what spans columns is merged. Height 0 is the usual one.
func (f *form) cells(height float64, cells map[int]excelize.Cell, merged ...[2]int) {
	f.row++
	values := make([]any, colAmount)
	for i := 1; i <= colAmount; i++ {
		if c, ok := cells[i]; ok {
			values[i-1] = c
		}
	}
	// The style of a merged cell reaches all that it covers.
	for _, m := range merged {
		for i := m[0] + 1; i <= m[1]; i++ {
			values[i-1] = excelize.Cell{StyleID: cells[m[0]].StyleID}
		}
	}
	var opts []excelize.RowOpts
	if height > 0 {
		opts = append(opts, excelize.RowOpts{Height: height})
	}
	f.do(f.out.SetRow(f.at(1), values, opts...))
	for _, m := range merged {
		if m[1] > m[0] {
			f.do(f.out.MergeCell(f.at(m[0]), f.at(m[1])))
		}
	}
}

// at is a cell of the row that is being written.
func (f *form) at(col int) string { return cellName(col, f.row) }

func cellName(col, row int) string { return string(rune('A'+col-1)) + digits(row) }

// text1 is a cell with a text.
func (f *form) text1(l look, s string) excelize.Cell {
	return excelize.Cell{StyleID: f.style(l), Value: cellText(s)}
}

// line is a row that is one text.
func (f *form) line(l look, s string, height float64) {
	f.cells(height, map[int]excelize.Cell{1: f.text1(l, s)}, [2]int{1, colAmount})
}

func (f *form) gap() { f.cells(8, nil) }

// text is a row of one wrapped text, as high as it needs.
func (f *form) text(l look, s string) {
	if s == "" {
		return
	}
	l.wrap = true
	f.line(l, s, height(s, across(colNumber, colAmount)))
}

// across is how wide columns are together, in points: a unit of a column's
// width is a digit of the book's usual font, seven pixels.
func across(from, to int) float64 {
	const digit, margins = 7 * 0.75, 6
	w := 0.0
	for i := from; i <= to; i++ {
		w += widths[i] * digit
	}
	return w - margins
}

// height is how high a row of text is that is wrapped at words to a width in
// points: no program makes room in a row by itself once its cells are merged,
// and Excel does not for a file that it did not write.
func height(s string, width float64) float64 {
	const size, arial, line = 10, 0.936, 15 // letters of Arial against the font that measures
	face := font.Embedded(false, false)
	lines := 0
	for part := range strings.SplitSeq(s, "\n") {
		lines++
		at := 0.0
		for i, word := range strings.Fields(part) {
			w := face.Width(word, size) * arial
			gap := face.Width(" ", size) * arial
			switch {
			case i == 0:
				at = w
			case at+gap+w <= width:
				at += gap + w
			default:
				lines, at = lines+1, w
			}
			for at > width { // a word that is longer than the row
				lines, at = lines+1, at-width
			}
		}
	}
	return min(float64(lines)*line+2, 409) // what a row may have
}

// parties is the client at the left and the facts at the right.
func (f *form) parties() {
	c := f.d.Client
	left := []excelize.Cell{f.text1(look{soft: true, group: true}, c.Label), f.text1(look{bold: true, group: true}, c.Name)}
	for _, s := range c.Lines {
		left = append(left, f.text1(look{group: true}, s))
	}
	var right []excelize.Cell
	for _, x := range f.d.Facts {
		if x.Label != "" {
			right = append(right, f.text1(look{soft: true, group: true}, x.Label))
		}
		right = append(right, f.text1(look{bold: x.Label != "", group: true}, x.Value))
	}
	empty := excelize.Cell{StyleID: f.style(look{group: true})}
	for i := range max(len(left), len(right)) {
		row := map[int]excelize.Cell{1: empty, colUnit: empty}
		if i < len(left) {
			row[1] = left[i]
		}
		if i < len(right) {
			row[colUnit] = right[i]
		}
		f.cells(0, row, [2]int{1, colArticle}, [2]int{colUnit, colAmount})
	}
}

func (f *form) fact(t Fact) {
	f.cells(height(t.Value, across(colArticle, colAmount)), map[int]excelize.Cell{1: f.text1(look{soft: true, line: true}, t.Label), 3: f.text1(look{wrap: true, line: true}, t.Value)},
		[2]int{1, 2}, [2]int{3, colAmount})
}

func (f *form) signature() {
	s := f.d.Signed
	if s == (Signature{}) {
		return
	}
	under := f.text1(look{line: true}, "")
	f.cells(24, map[int]excelize.Cell{1: f.text1(look{}, joined(s.Post, s.Firm)), colUnit: under, colDiscount: f.text1(look{bold: true, align: "right"}, s.Name)},
		[2]int{1, colArticle}, [2]int{colUnit, colPrice}, [2]int{colDiscount, colAmount})
}

func joined(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

const (
	money    = "#,##0.00"
	quantity = "#,##0.###"
	percent  = "0.##%"
	optional = "(#,##0.00)"
)

func (f *form) variant(v *Variant) {
	w := &f.d.Words
	if v.Name != "" {
		f.line(look{bold: true, accent: true, size: 13}, v.Name, 18)
	}
	f.text(look{wrap: true}, v.Note)
	head := map[int]excelize.Cell{}
	for i, s := range map[int]string{colNumber: w.Number, colText: w.Text, colArticle: w.Article, colUnit: w.Unit, colQuantity: w.Quantity, colPrice: w.Price, colDiscount: w.Discount, colRate: w.Rate, colAmount: w.Amount} {
		align := ""
		if i >= colQuantity {
			align = "right"
		}
		head[i] = f.text1(look{head: true, bold: true, align: align}, s)
	}
	f.cells(20, head)
	if f.heads[0] == 0 {
		f.heads = [2]int{f.row, f.row}
	}
	first := f.row + 1
	for i := range v.Lines {
		f.position(v.Lines, i)
	}
	if len(v.Lines) == 0 {
		f.cells(0, nil)
	}
	f.totals(v, counted(v.Lines, first), options(v.Lines, first))
	f.text(look{wrap: true, soft: true}, strings.TrimSpace(v.InWords+" "+v.Remark))
	for _, t := range v.Terms {
		f.text(look{wrap: true}, t.Label+": "+t.Value)
	}
}

// position is a line of the table. Its amount is reckoned as the program
// does: rounded, less the discount, rounded.
func (f *form) position(lines []Line, i int) {
	l, row := &lines[i], f.row+1
	switch {
	case l.Heading && l.Subtotal:
		end := i + 1
		for end < len(lines) && !lines[end].Heading {
			end++
		}
		under := counted(lines[i+1:end], row+1)
		sum := excelize.Cell{StyleID: f.style(look{bold: true, group: true, number: money, align: "right"}), Value: float64(l.Amount) / 100, Formula: under.sum(colAmount)}
		f.cells(0, map[int]excelize.Cell{1: f.text1(look{bold: true, group: true}, l.Text), colAmount: sum}, [2]int{1, colRate})
		return
	case l.Heading:
		f.line(look{bold: true, group: true}, l.Text, 0)
		return
	case l.Note:
		f.line(look{wrap: true, soft: true, line: true}, l.Text, height(l.Text, across(colNumber, colAmount)))
		return
	}
	text := l.Text
	if l.Option {
		text += " (" + f.d.Words.Option + ")"
	}
	for _, p := range l.Parts {
		text += "\n" + partText(p, f.d.Words.Say)
	}
	num := func(format string, v float64) excelize.Cell {
		return excelize.Cell{StyleID: f.style(look{number: format, line: true}), Value: v}
	}
	cells := map[int]excelize.Cell{
		colNumber:   f.text1(look{line: true, align: "center"}, l.Number),
		colText:     f.text1(look{line: true, wrap: true}, text),
		colArticle:  f.text1(look{line: true}, l.Article),
		colUnit:     f.text1(look{line: true}, l.Unit),
		colQuantity: num(quantity, float64(l.Quantity)/1000),
		colPrice:    num(money, float64(l.Price)/100),
		colDiscount: {StyleID: f.style(look{number: percent, line: true})},
		colRate:     f.text1(look{line: true, align: "right"}, f.d.Words.Exempt),
	}
	if n, err := strconv.Atoi(l.Number); err == nil {
		cells[colNumber] = excelize.Cell{StyleID: f.style(look{line: true, align: "center"}), Value: n}
	}
	if l.Discount != 0 {
		cells[colDiscount] = num(percent, share(l.Discount))
	}
	if l.Taxed {
		cells[colRate] = num(percent, share(l.Rate))
	}
	gross := fmt.Sprintf("ROUND(%s*%s,2)", cellName(colQuantity, row), cellName(colPrice, row))
	amount := num(money, float64(l.Amount)/100)
	if l.Option {
		amount.StyleID = f.style(look{number: optional, line: true, soft: true})
	}
	amount.Formula = fmt.Sprintf("%s-ROUND(%s*%s,2)", gross, gross, cellName(colDiscount, row))
	cells[colAmount] = amount
	f.cells(height(text, across(colText, colText)), cells)
}

func share(p model.Percent) float64 { return float64(p) / 10_000 }

// Colours as in the shipped templates.
const (
	accent = "1B4B7A"
	soft   = "6B7280"
	pale   = "EEF3F8"
	rule   = "D3DCE6"
)

func (f *form) style(l look) int {
	if id, ok := f.styles[l]; ok {
		return id
	}
	font := &excelize.Font{Family: "Arial", Size: 10, Bold: l.bold, Color: "1F2937"}
	if l.size > 0 {
		font.Size = l.size
	}
	s := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: l.wrap}}
	fill := func(c string) { s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}} }
	switch {
	case l.head:
		font.Color = "FFFFFF"
		fill(accent)
		s.Alignment.WrapText = true
	case l.total:
		font.Color, font.Size = accent, 12
		fill(pale)
	case l.accent:
		font.Color = accent
	case l.soft:
		font.Color = soft
	}
	if l.group {
		fill(pale)
	}
	if l.line {
		s.Border = []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}
	}
	if l.number != "" {
		s.CustomNumFmt = &l.number
	}
	id, err := f.book.NewStyle(s)
	f.do(err)
	f.styles[l] = id
	return id
}

// sheetName makes a title into what a sheet may be called.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, title)
	if r := []rune(name); len(r) > 31 {
		name = string(r[:31])
	}
	if name = strings.Trim(name, " '"); name == "" {
		return "Ugoda"
	}
	return name
}

// cellText drops what a spreadsheet's XML cannot hold, and cuts what is too long.
func cellText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 32_767 {
		s = string(r[:32_767])
	}
	return s
}
