package spreadsheet

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"ugoda/model"
)

func readXLSX(data []byte) (*Book, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		if errors.Is(err, excelize.ErrWorkbookFileFormat) || errors.Is(err, excelize.ErrWorkbookPassword) {
			return nil, &Unreadable{Why: "file_protected", Err: err}
		}
		return nil, err
	}
	defer f.Close()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	x := &xlsxReader{f: f, dates: map[int]bool{}, since1904: props.Date1904 != nil && *props.Date1904}
	book := &Book{Format: "xlsx"}
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			continue
		}
		s, err := x.sheet(name)
		if err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, s)
	}
	return book, nil
}

type xlsxReader struct {
	f         *excelize.File
	dates     map[int]bool // whether a style shows a date
	since1904 bool
}

func (x *xlsxReader) sheet(name string) (Sheet, error) {
	s := Sheet{Name: name}
	rows, err := x.f.Rows(name)
	if err != nil {
		return s, err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cols, err := rows.Columns()
		if err != nil {
			return s, err
		}
		if n > MaxRows || len(cols) > MaxColumns {
			return s, &Unreadable{Why: "file_too_large"}
		}
		row := make([]Cell, len(cols))
		for i, raw := range cols {
			if raw == "" {
				continue
			}
			ref, err := excelize.CoordinatesToCellName(i+1, n)
			if err != nil {
				return s, err
			}
			row[i] = x.cell(name, ref, raw)
		}
		s.Rows = append(s.Rows, row)
	}
	return s, rows.Error()
}

func (x *xlsxReader) cell(sheet, ref, raw string) Cell {
	kind, err := x.f.GetCellType(sheet, ref)
	if err != nil {
		return textCell(raw)
	}
	switch kind {
	case excelize.CellTypeBool:
		return Cell{Kind: Bool, Text: strconv.FormatBool(raw == "1" || strings.EqualFold(raw, "true"))}
	case excelize.CellTypeSharedString, excelize.CellTypeInlineString, excelize.CellTypeFormula, excelize.CellTypeError:
		if kind == excelize.CellTypeFormula {
			if c, ok := numberCell(raw); ok {
				return c
			}
		}
		return textCell(raw)
	}
	c, ok := numberCell(raw)
	if !ok {
		return textCell(raw)
	}
	if style, err := x.f.GetCellStyle(sheet, ref); err == nil && x.isDate(style) {
		return x.date(c)
	}
	return c
}

// numberCell reads a number as Excel writes it: the shortest decimal that
// means the same binary number, so that 1100.0399999999999 is 1100.04 again.
func numberCell(raw string) (Cell, bool) {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return Cell{}, false
	}
	text := strconv.FormatFloat(f, 'f', -1, 64)
	if len(text) > 40 {
		return Cell{}, false
	}
	return Cell{Kind: Number, Text: text}, true
}

func (x *xlsxReader) isDate(style int) bool {
	if d, ok := x.dates[style]; ok {
		return d
	}
	d := false
	if st, err := x.f.GetStyle(style); err == nil && st != nil {
		n := st.NumFmt
		d = (n >= 14 && n <= 17) || n == 22 || (n >= 27 && n <= 36) || (n >= 50 && n <= 58)
		if st.CustomNumFmt != nil {
			d = dateFormat(*st.CustomNumFmt)
		}
	}
	x.dates[style] = d
	return d
}

// dateFormat reports whether a number format shows a day: it has d or y
// outside of quotes and brackets.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i, c := range code {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case quoted || bracket || (i > 0 && code[i-1] == '\\'):
		case strings.ContainsRune("dDyYдДрР", c):
			return true
		}
	}
	return false
}

// excelEpoch is day 0 of Excel's calendar, which has a 29 February 1900 that
// never was: right for all days since March 1900.
const excelEpoch model.Day = -25569

func (x *xlsxReader) date(c Cell) Cell { return dateCell(c, x.since1904) }

func dateCell(c Cell, since1904 bool) Cell {
	n, err := decimal.NewFromString(c.Text)
	if err != nil {
		return c
	}
	day := model.Day(n.IntPart()) + excelEpoch
	if since1904 {
		day += 1462
	}
	if day < -36500 || day >= model.FarDay {
		return c
	}
	return Cell{Kind: Date, Day: day, Text: day.String()}
}
