package sheet

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ugoda/model"
	"ugoda/model/table"
)

// What a spreadsheet can hold.
const (
	maxSheetRows = 1_048_576
	maxCellRunes = 32_767
	maxSheetName = 31
)

// TooManyRows is the error of XLSX when a sheet cannot hold the table.
type TooManyRows struct{ Max int64 }

func (e *TooManyRows) Error() string {
	return fmt.Sprintf("more than %d rows do not fit into a sheet", e.Max)
}

// Message says the error for people.
func (e *TooManyRows) Message() (string, map[string]any) {
	return "sheet.too_many_rows", map[string]any{"max": e.Max}
}

// XLSX writes a workbook of one sheet: numbers as numbers with their decimals,
// percents as shares, days and moments as real dates in the reader's own
// format, text as text whatever it looks like (codes keep their noughts, and
// nothing becomes a formula). The heading stays in sight. A report has its
// title and parameters above the table; a list begins with its heading, ready
// to be read back. A column of amounts in several currencies is followed by
// one with their letters.
func XLSX(ctx context.Context, w io.Writer, t *table.Table, o Options) error {
	book := excelize.NewFile()
	defer book.Close()
	name := sheetName(t.Title)
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("name the sheet %q: %w", name, err)
	}
	if err := pageOf(book, name, t); err != nil {
		return fmt.Errorf("set up the page: %w", err)
	}
	out, err := book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("begin a sheet: %w", err)
	}
	x := xlsxWriter{book: book, out: out, t: t, o: &o, zone: o.zone(), several: currencies(t), styles: map[format]int{}}
	if err := x.write(ctx); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("end a sheet: %w", err)
	}
	if o.Draw != nil {
		if err := addPicture(book, &o); err != nil {
			return err
		}
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

// wideSheet is how many characters beside each other are printed on a page that
// lies.
const wideSheet = 96

// headRow is the row of the heading.
func headRow(t *table.Table) int {
	if t.Report == "" {
		return 1
	}
	return len(t.Parameters) + 3
}

// pageOf lets a printed sheet be as wide as its page, which lies where there are
// many columns, and begin each page with the heading.
func pageOf(book *excelize.File, name string, t *table.Table) error {
	fit, all, size, lies := true, 0, 9, "portrait" // A4
	var wide float64
	for _, c := range t.Columns {
		wide += columnWidth(c)
	}
	if wide > wideSheet {
		lies = "landscape"
	}
	if err := book.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := book.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &lies, FitToHeight: &all}); err != nil {
		return err
	}
	row := headRow(t)
	return book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(name, "'", "''"), row, row), Scope: name})
}

// format is what a cell looks like.
type format struct {
	number string // number format; empty: general
	id     int    // built-in number format, when there is no number
	bold   bool
	head   bool
	total  bool
	wrap   bool // the text takes several lines
	top    bool // another of the row does
	level  int
}

type xlsxWriter struct {
	book    *excelize.File
	out     *excelize.StreamWriter
	t       *table.Table
	o       *Options
	zone    *time.Location
	several []bool
	styles  map[format]int
	row     int
	cells   []any
	styled  []excelize.Cell
	lines   int // how many the current row takes
	err     error
}

func (x *xlsxWriter) write(ctx context.Context) error {
	widths := 0
	for i, c := range x.t.Columns {
		widths++
		if err := x.out.SetColWidth(widths, widths, columnWidth(c)); err != nil {
			return fmt.Errorf("set a column's width: %w", err)
		}
		if x.several[i] {
			widths++
		}
	}
	heading := headRow(x.t)
	pane := fmt.Sprintf("A%d", heading+1)
	if err := x.out.SetPanes(&excelize.Panes{Freeze: true, YSplit: heading, TopLeftCell: pane, ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze the heading: %w", err)
	}
	if x.t.Report != "" {
		x.begin()
		x.add(x.t.Title, format{bold: true})
		x.end(0)
		for _, p := range x.t.Parameters {
			x.begin()
			x.add(p.Label+": "+p.Say(x.o.Formatter), format{})
			x.end(0)
		}
		x.begin()
		x.end(0)
	}
	x.begin()
	for i, c := range x.t.Columns {
		x.add(c.Label, format{head: true, bold: true})
		x.take(c.Label, columnWidth(c))
		if x.several[i] {
			x.add(x.o.Formatter.Text("sheet.currency_of", map[string]any{"column": c.Label}), format{head: true, bold: true})
		}
	}
	x.end(0)
	err := walk(ctx, x.t, x.o, func(r table.Row) error { return x.line(r, false) })
	if err != nil {
		return err
	}
	if cells := total(x.t, x.o.Formatter); cells != nil {
		return x.line(table.Row{Cells: cells, Strong: true}, true)
	}
	return x.err
}

func (x *xlsxWriter) line(r table.Row, isTotal bool) error {
	x.begin()
	wraps := make([]bool, len(r.Cells))
	for i, v := range r.Cells {
		if s, ok := v.(string); ok && x.t.Report != "" && x.t.Columns[i].Type == model.Text {
			wraps[i] = x.take(s, columnWidth(x.t.Columns[i]))
		}
	}
	for i, v := range r.Cells {
		f := format{bold: r.Strong, total: isTotal, wrap: wraps[i], top: x.lines > 1}
		if i == 0 {
			f.level = min(r.Level, 15)
		}
		x.cell(&x.t.Columns[i], v, f)
		if x.several[i] {
			x.add(currencyOf(v), format{bold: r.Strong, total: isTotal, top: x.lines > 1})
		}
	}
	x.end(min(r.Level, 7))
	return x.err
}

func (x *xlsxWriter) begin() {
	x.row++
	x.cells, x.styled, x.lines = x.cells[:0], x.styled[:0], 1
}

// What a row is high, in points: not all programs make it fit by themselves.
const (
	rowHeight = 15
	mostLines = 6
)

// take gives a row room for a text in a column of so many characters; it tells
// whether that takes several lines.
func (x *xlsxWriter) take(s string, width float64) bool {
	line, lines := 0.0, 1
	for _, word := range strings.Fields(s) {
		n := float64(utf8.RuneCountInString(word)) + 1
		if line += n; line > width && line > n {
			line, lines = n, lines+1
		}
	}
	x.lines = max(x.lines, min(lines, mostLines))
	return lines > 1
}

func (x *xlsxWriter) add(v any, f format) {
	if s, ok := v.(string); ok {
		v = cellText(s)
	}
	x.styled = append(x.styled, excelize.Cell{StyleID: x.style(f), Value: v})
}

func (x *xlsxWriter) end(level int) {
	if x.err != nil {
		return
	}
	if x.row > maxSheetRows {
		x.err = &TooManyRows{maxSheetRows}
		return
	}
	for i := range x.styled {
		if c := &x.styled[i]; c.Value == nil && c.StyleID == 0 {
			x.cells = append(x.cells, nil)
		} else {
			x.cells = append(x.cells, c)
		}
	}
	opts := excelize.RowOpts{OutlineLevel: level}
	if x.lines > 1 {
		opts.Height = float64(x.lines) * rowHeight
	}
	x.err = x.out.SetRow(fmt.Sprintf("A%d", x.row), x.cells, opts)
}

// cell gives a value the type and the number format that a spreadsheet
// reckons with. Integers of scaled units become the nearest binary number,
// which is what a spreadsheet keeps anyway, and which is written with the
// exact decimals.
func (x *xlsxWriter) cell(c *table.Column, v any, f format) {
	switch v := v.(type) {
	case int64:
		if c.Type == model.Price {
			f.id = 4
			x.add(float64(v)/100, f)
			return
		}
		f.id = 3
		x.add(v, f)
	case model.Money:
		f.id = 4 // #,##0.00
		x.add(float64(v.Minor)/100, f)
	case model.Qty:
		f.id = 3 // #,##0
		if v%1000 != 0 {
			f.id, f.number = 0, "#,##0.0##"
		}
		x.add(float64(v)/1000, f)
	case model.Percent:
		f.id = 9 // 0%
		if v%100 != 0 {
			f.id = 10 // 0.00%
		}
		x.add(float64(v)/10_000, f)
	case model.Rate:
		f.number = "0.00####"
		x.add(float64(v)/1_000_000, f)
	case model.Day:
		if v == 0 {
			x.add(nil, f)
			return
		}
		f.id = 14 // the reader's short date
		x.add(excelDay(v), f)
	case time.Time:
		if v.IsZero() {
			x.add(nil, f)
			return
		}
		f.id = 22 // the reader's short date and time
		local := v.In(x.zone)
		seconds := local.Hour()*3600 + local.Minute()*60 + local.Second()
		x.add(float64(excelDay(model.DayOf(local)))+float64(seconds)/86400, f)
	case nil:
		x.add(nil, f)
	default:
		x.add(c.Text(v, x.o.Formatter), f)
	}
}

// excelDay counts days since 1899-12-30, as spreadsheets do from March 1900 on.
func excelDay(d model.Day) int64 { return int64(d) + 25_569 }

func (x *xlsxWriter) style(f format) int {
	if f == (format{}) {
		return 0
	}
	if id, ok := x.styles[f]; ok {
		return id
	}
	s := &excelize.Style{NumFmt: f.id}
	if f.number != "" {
		s.CustomNumFmt = &f.number
	}
	if f.bold {
		s.Font = &excelize.Font{Bold: true, Family: "Calibri", Size: 11} // those of the other cells
	}
	if f.head {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F6"}}
		s.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
		s.Border = []excelize.Border{{Type: "bottom", Color: "7B8794", Style: 2}}
	}
	if f.total {
		s.Border = []excelize.Border{{Type: "top", Color: "7B8794", Style: 2}}
	}
	if f.level > 0 || f.top {
		s.Alignment = &excelize.Alignment{Indent: f.level, WrapText: f.wrap}
	}
	if f.top {
		s.Alignment.Vertical = "top"
	}
	id, err := x.book.NewStyle(s)
	if err != nil && x.err == nil {
		x.err = fmt.Errorf("make a cell's style: %w", err)
	}
	x.styles[f] = id
	return id
}

// columnWidth is a width in characters that fits most of what a type holds.
func columnWidth(c table.Column) float64 {
	if c.Width > 0 {
		return float64(min(c.Width, 255))
	}
	w := map[model.Type]int{
		model.Text: 24, model.LongText: 48, model.Int: 10, model.Bool: 8, model.Amount: 15, model.Price: 13,
		model.Quantity: 11, model.Percents: 9, model.Rates: 11, model.Days: 12, model.Moment: 17, model.Link: 28, model.Choice: 16,
	}[c.Type]
	return float64(max(w, min(utf8.RuneCountInString(c.Label)+2, 40)))
}

// sheetName makes a title into what a sheet may be called.
func sheetName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(title, ""))
	if runes := []rune(name); len(runes) > maxSheetName {
		name = string(runes[:maxSheetName])
	}
	if name = strings.Trim(name, " '"); name == "" {
		return "Ugoda"
	}
	return name
}

// cellText cuts a text to what a cell holds and drops what XML cannot.
func cellText(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		clean = s[i] >= 0x20 && s[i] < 0x7f
	}
	if clean && len(s) <= maxCellRunes {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if utf8.RuneCountInString(s) > maxCellRunes {
		s = string([]rune(s)[:maxCellRunes])
	}
	return s
}
