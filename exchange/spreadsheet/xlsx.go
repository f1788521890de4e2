package spreadsheet

import (
	"errors"
	"strconv"
	"strings"
)

// readXLSX reads the sheets of an Office Open XML workbook (ECMA-376, part 1,
// section 18): the values that the file keeps, with what the number formats
// say of them.
func readXLSX(a *archive) (*Book, error) {
	_, top := a.relations("")
	workbook := top["officeDocument"]
	if workbook == "" {
		workbook = "xl/workbook.xml"
	}
	b, err := a.part(workbook)
	if err != nil {
		return nil, err
	}
	byID, byType := a.relations(workbook)
	x := &xlsxReader{a: a}
	sheets, err := x.workbook(b, byID)
	if err != nil {
		return nil, err
	}
	if name := byType["styles"]; name != "" {
		if err := x.readStyles(name); err != nil {
			return nil, err
		}
	}
	if name := byType["sharedStrings"]; name != "" {
		if err := x.readStrings(name); err != nil {
			return nil, err
		}
	}
	book := &Book{Format: "xlsx"}
	for _, s := range sheets {
		b, err := a.part(s.part)
		if errors.Is(err, errNoPart) && len(sheets) > 1 {
			continue // a chart sheet, or one that a program forgot
		}
		if err != nil {
			return nil, err
		}
		sheet := Sheet{Name: s.name}
		if err := x.sheet(b, &sheet); err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	return book, nil
}

type xlsxReader struct {
	a         *archive
	strings   []string
	styles    []xlsxStyle
	since1904 bool
	count     counter
	buf       []byte
}

// xlsxStyle is what a style of cells says of their values.
type xlsxStyle struct {
	format numberFormat
	indent int
}

type xlsxSheet struct{ name, part string }

// workbook lists the sheets that a person sees.
func (x *xlsxReader) workbook(b []byte, targets map[string]string) ([]xlsxSheet, error) {
	m := &markup{b: b}
	var sheets, hidden []xlsxSheet
	known := false
	for {
		t, err := m.next()
		if err != nil {
			return nil, err
		}
		switch {
		case t == endOfFile && !known:
			return nil, unreadable("file_unknown") // a document or a presentation
		case t == endOfFile:
			if len(sheets) == 0 {
				sheets = hidden
			}
			return sheets, nil
		case t != opening:
		case m.is("workbook"):
			known = true
		case m.is("workbookPr"):
			v := m.attr("date1904")
			x.since1904 = v == "1" || v == "true"
		case m.is("sheet"):
			s := xlsxSheet{m.attr("name"), targets[idAttribute(m)]}
			if state := m.attr("state"); state == "hidden" || state == "veryHidden" {
				hidden = append(hidden, s)
			} else {
				sheets = append(sheets, s)
			}
		}
	}
}

// idAttribute is r:id: the id with a prefix, for sheetId and id stand beside it.
func idAttribute(m *markup) string {
	for _, a := range m.attrs {
		if string(local(a.name)) == "id" && len(a.name) > 2 {
			return string(a.value)
		}
	}
	return ""
}

func (x *xlsxReader) readStyles(name string) error {
	b, err := x.a.part(name)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	own := map[int]numberFormat{}
	m := &markup{b: b}
	inCells := false
	for {
		t, err := m.next()
		if err != nil || t == endOfFile {
			return err
		}
		switch {
		case t == closing && m.is("cellXfs"):
			inCells = false
		case t != opening:
		case m.is("numFmt"):
			own[whole(m.raw("numFmtId"))] = readFormat(m.attr("formatCode"))
		case m.is("cellXfs"):
			inCells = true
		case m.is("xf") && inCells:
			id := whole(m.raw("numFmtId"))
			f, ok := own[id]
			if !ok {
				f = builtIn(id)
			}
			x.styles = append(x.styles, xlsxStyle{format: f})
		case m.is("alignment") && inCells && len(x.styles) > 0:
			x.styles[len(x.styles)-1].indent = whole(m.raw("indent"))
		}
	}
}

// whole reads a small number of an attribute, 0 when it is none.
func whole(b []byte) int {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || n > 100_000_000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func (x *xlsxReader) readStrings(name string) error {
	b, err := x.a.part(name)
	if errors.Is(err, errNoPart) {
		return nil
	}
	if err != nil {
		return err
	}
	m := &markup{b: b}
	for {
		t, err := m.next()
		if err != nil || t == endOfFile {
			return err
		}
		if t == opening && m.is("si") {
			s, err := x.rich(m)
			if err != nil {
				return err
			}
			if len(x.strings) >= MaxCells {
				return unreadable("table_too_large")
			}
			x.strings = append(x.strings, s)
		}
	}
}

// rich is the text of a string, of several runs or one; how it is read aloud
// is left out.
func (x *xlsxReader) rich(m *markup) (string, error) {
	deep := m.deep
	x.buf = x.buf[:0]
	for {
		t, err := m.next()
		if err != nil {
			return "", err
		}
		switch {
		case t == endOfFile:
			return "", errMarkup
		case t == opening && m.is("t"):
			if x.buf, err = m.content(x.buf); err != nil {
				return "", err
			}
		case t == opening && m.is("rPh"):
			if err := m.leave(); err != nil {
				return "", err
			}
		case t == closing && m.deep < deep:
			return unXstring(string(x.buf)), nil
		}
	}
}

// unXstring reads _x000D_: how the format writes signs that XML cannot have.
func unXstring(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			break
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
	b.WriteString(s)
	return b.String()
}

func (x *xlsxReader) sheet(b []byte, s *Sheet) error {
	m := &markup{b: b}
	known := false
	at := -1
	var row []Cell
	put := func() error {
		if at < 0 {
			return nil
		}
		if err := x.count.row(at+1, len(row)); err != nil {
			return err
		}
		for len(s.Rows) < at {
			s.Rows = append(s.Rows, nil)
		}
		if len(s.Rows) == at {
			s.Rows = append(s.Rows, append([]Cell(nil), row...))
		} else { // a row that the file has twice
			s.Rows[at] = append([]Cell(nil), row...)
		}
		return nil
	}
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch {
		case t == endOfFile && !known:
			return errors.New("not a worksheet")
		case t == endOfFile:
			return nil
		case t == opening && m.is("worksheet"):
			known = true
		case t == opening && m.is("row"):
			at++
			if n := whole(m.raw("r")); n > 0 {
				at = n - 1
			}
			if at >= MaxRows {
				return unreadable("table_too_large")
			}
			row = row[:0]
			s.setLevel(at, whole(m.raw("outlineLevel")))
		case t == closing && m.is("row"):
			if err := put(); err != nil {
				return err
			}
		case t == opening && m.is("c"):
			column := len(row)
			if ref := m.raw("r"); ref != nil {
				var ok bool
				if column, ok = columnOf(ref); !ok {
					return errors.New("a cell without a place")
				}
			}
			if column >= MaxColumns {
				return unreadable("table_too_large")
			}
			style := xlsxStyle{}
			if i := whole(m.raw("s")); i < len(x.styles) {
				style = x.styles[i]
			}
			c, err := x.cell(m, string(m.raw("t")), style.format)
			if err != nil {
				return err
			}
			if c.Kind == Empty {
				continue
			}
			for len(row) <= column {
				row = append(row, Cell{})
			}
			row[column] = c
			if column == 0 || style.indent > 0 && c.Kind == Text && blank(row[:column]) {
				s.setLevel(at, style.indent)
			}
		case t == opening && m.is("mergeCell"):
			if r, ok := rectangle(m.attr("ref")); ok && len(s.Merges) < MaxRows {
				s.Merges = append(s.Merges, r)
			}
		}
	}
}

// cell reads what stands in the element of a cell.
func (x *xlsxReader) cell(m *markup, kind string, f numberFormat) (Cell, error) {
	deep := m.deep
	formula, valued := false, false
	var text string
	x.buf = x.buf[:0]
	for {
		t, err := m.next()
		if err != nil {
			return Cell{}, err
		}
		switch {
		case t == endOfFile:
			return Cell{}, errMarkup
		case t == opening && m.is("v"):
			if x.buf, err = m.content(x.buf[:0]); err != nil {
				return Cell{}, err
			}
			valued = len(x.buf) > 0 || kind == "str"
		case t == opening && m.is("is"):
			if text, err = x.rich(m); err != nil {
				return Cell{}, err
			}
			return textCell(text), m.past(deep)
		case t == opening && m.is("f"):
			formula = true
			if err := m.leave(); err != nil {
				return Cell{}, err
			}
		case t == closing && m.deep < deep:
			if formula && !valued {
				return Cell{Kind: Fault, Text: "="}, nil
			}
			return x.value(kind, f), nil
		}
	}
}

// past goes on to the end of the element that opened at a depth.
func (m *markup) past(deep int) error {
	for m.deep >= deep {
		if t, err := m.next(); err != nil || t == endOfFile {
			return errMarkup
		}
	}
	return nil
}

// value reads the text of a cell's value by the cell's type.
func (x *xlsxReader) value(kind string, f numberFormat) Cell {
	raw := x.buf
	switch kind {
	case "s":
		if i := whole(raw); i < len(x.strings) && len(raw) > 0 {
			return textCell(x.strings[i])
		}
		return Cell{}
	case "b":
		return Cell{Kind: Bool, Text: strconv.FormatBool(string(raw) == "1" || string(raw) == "true")}
	case "e":
		return Cell{Kind: Fault, Text: string(raw)}
	case "d":
		if c, ok := isoCell(string(raw)); ok {
			return c
		}
	case "", "n":
		if len(raw) == 0 {
			return Cell{}
		}
		if c, ok := f.number(strings.TrimSpace(string(raw)), x.since1904); ok {
			return c
		}
	}
	return textCell(unXstring(string(raw)))
}

// columnOf is the column of a reference such as AB12, from 0.
func columnOf(ref []byte) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A'+1)
	}
	return n - 1, n > 0
}

// rectangle reads A1:C2.
func rectangle(ref string) (Merge, bool) {
	a, b, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		return Merge{}, false
	}
	c1, ok1 := columnOf([]byte(a))
	c2, ok2 := columnOf([]byte(b))
	r1, r2 := whole([]byte(strings.TrimLeft(a, lettersOfColumns))), whole([]byte(strings.TrimLeft(b, lettersOfColumns)))
	if !ok1 || !ok2 || r1 < 1 || r2 < r1 || c2 < c1 {
		return Merge{}, false
	}
	return Merge{Row: r1 - 1, Column: c1, Rows: r2 - r1 + 1, Columns: c2 - c1 + 1}, true
}

const lettersOfColumns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func blank(row []Cell) bool {
	for i := range row {
		if row[i].Kind != Empty {
			return false
		}
	}
	return true
}
