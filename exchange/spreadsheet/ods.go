package spreadsheet

import (
	"errors"
	"strconv"
	"strings"
)

// readODS reads OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3,
// section 9): the values that the file keeps, and how it shows them.
func readODS(a *archive) (*Book, error) {
	b, err := a.part("content.xml")
	if err != nil {
		return nil, err
	}
	r := &odsReader{m: &markup{b: b}, book: &Book{Format: "ods"}, unseen: map[string]bool{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	if len(r.book.Sheets) == 0 {
		r.book.Sheets = r.hidden
	}
	return r.book, nil
}

type odsReader struct {
	m     *markup
	book  *Book
	sheet *Sheet
	count counter
	level int // groups of rows that the row is in
	row   []Cell
	text  []byte

	unseen map[string]bool // styles of tables that a person does not see
	style  string          // that is being described
	hidden []Sheet
}

func (r *odsReader) read() error {
	m := r.m
	repeatRow := 1
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch {
		case t == endOfFile:
			return nil
		case t == opening && m.is("table"):
			if r.sheet != nil {
				if err := m.leave(); err != nil {
					return err
				}
				continue
			}
			list := &r.book.Sheets
			if r.unseen[m.attr("style-name")] {
				list = &r.hidden
			}
			*list = append(*list, Sheet{Name: m.attr("name")})
			r.sheet = &(*list)[len(*list)-1]
		case t == closing && m.is("table"):
			r.sheet, r.level = nil, 0
		case r.sheet == nil && t == opening && m.is("style"):
			r.style = m.attr("name")
		case r.sheet == nil && t == opening && m.is("table-properties"):
			if m.attr("display") == "false" {
				r.unseen[r.style] = true
			}
		case r.sheet == nil:
		case t == opening && m.is("table-row-group"):
			r.level++
		case t == closing && m.is("table-row-group"):
			r.level = max(r.level-1, 0)
		case t == opening && m.is("table-row"):
			r.row, repeatRow = r.row[:0], r.repeated("number-rows-repeated")
		case t == opening && (m.is("table-cell") || m.is("covered-table-cell")):
			if err := r.cell(); err != nil {
				return err
			}
		case t == closing && m.is("table-row"):
			if err := r.put(repeatRow); err != nil {
				return err
			}
		}
	}
}

// put takes the row that was read, as often as the file says.
func (r *odsReader) put(times int) error {
	s := r.sheet
	if blank(r.row) {
		if times > 1000 {
			return nil // the empty rest of the sheet
		}
		r.row = r.row[:0]
	}
	if err := r.count.row(len(s.Rows)+times, len(r.row)*times); err != nil && len(r.row) > 0 {
		return err
	}
	if len(s.Rows)+times > MaxRows {
		return unreadable("table_too_large")
	}
	for range times {
		s.setLevel(len(s.Rows), r.level)
		s.Rows = append(s.Rows, append([]Cell(nil), r.row...))
	}
	return nil
}

func (r *odsReader) repeated(name string) int {
	n := whole([]byte(r.m.attr(name)))
	return min(max(n, 1), MaxRows)
}

// cell reads a cell, as often as the file says.
func (r *odsReader) cell() error {
	m := r.m
	times := r.repeated("number-columns-repeated")
	kind, value := string(m.raw("office:value-type")), m.attr("value")
	if kind == "" {
		kind = m.attr("value-type")
	}
	currency, date, truth := m.attr("currency"), m.attr("date-value"), m.attr("boolean-value")
	clock, formula := m.attr("time-value"), m.attr("formula")
	wide, high := r.repeated("number-columns-spanned"), r.repeated("number-rows-spanned")
	if err := r.readText(); err != nil {
		return err
	}
	if (wide > 1 || high > 1) && len(r.sheet.Merges) < MaxRows {
		r.sheet.Merges = append(r.sheet.Merges, Merge{len(r.sheet.Rows), len(r.row), high, wide})
	}
	c := r.value(kind, value, currency, date, clock, truth)
	if c.Kind == Text && formula != "" && (strings.HasPrefix(c.Text, "#") || strings.HasPrefix(c.Text, "Err:")) {
		c.Kind = Fault
	}
	if c.Kind == Empty && times > MaxColumns {
		return nil // the empty rest of the row
	}
	if len(r.row)+times > MaxColumns {
		if c.Kind != Empty {
			return unreadable("table_too_large")
		}
		times = max(0, MaxColumns-len(r.row))
	}
	for range times {
		r.row = append(r.row, c)
	}
	return nil
}

func (r *odsReader) value(kind, value, currency, date, clock, truth string) Cell {
	text := string(r.text)
	switch kind {
	case "float", "percentage", "currency":
		var f numberFormat
		switch kind {
		case "percentage":
			f.percent = true
		case "currency":
			if f.currency = Currency(currency); f.currency == "" {
				f.currency = currency
			}
		}
		if c, ok := f.number(value, false); ok {
			if c.Shown == "" && paddedDigits(text, c.Text) {
				c.Shown = text
			}
			return c
		}
	case "date":
		if c, ok := isoCell(date); ok {
			return c
		}
	case "time":
		if c, ok := durationCell(clock); ok {
			return c
		}
	case "boolean":
		return Cell{Kind: Bool, Text: strconv.FormatBool(truth == "true")}
	}
	return textCell(text)
}

// paddedDigits reports that a text is a number with noughts before it, or with
// dashes between its digits.
func paddedDigits(text, number string) bool {
	if len(text) <= len(number) || strings.Trim(text, "0123456789- ") != "" {
		return false
	}
	digits := strings.NewReplacer("-", "", " ", "").Replace(text)
	return strings.TrimLeft(digits, "0") == strings.TrimLeft(number, "0") && (digits[0] == '0' || strings.Contains(text, "-"))
}

// durationCell reads PT14H05M00S.
func durationCell(s string) (Cell, bool) {
	rest, ok := strings.CutPrefix(s, "PT")
	if !ok {
		return Cell{}, false
	}
	hours, rest, ok1 := strings.Cut(rest, "H")
	minutes, _, ok2 := strings.Cut(rest, "M")
	h, err1 := strconv.Atoi(hours)
	n, err2 := strconv.Atoi(minutes)
	if !ok1 || !ok2 || err1 != nil || err2 != nil || h < 0 || n < 0 || n > 59 {
		return Cell{}, false
	}
	if n < 10 {
		return Cell{Kind: Text, Text: strconv.Itoa(h) + ":0" + strconv.Itoa(n)}, true
	}
	return Cell{Kind: Text, Text: strconv.Itoa(h) + ":" + strconv.Itoa(n)}, true
}

var errNoRow = errors.New("a cell outside of a row")

// readText reads the paragraphs of the cell that was just opened, and goes
// past its end; notes and drawings are left out.
func (r *odsReader) readText() error {
	m := r.m
	deep, paragraphs, inside := m.deep, 0, 0
	r.text = r.text[:0]
	for {
		t, err := m.next()
		if err != nil {
			return err
		}
		switch {
		case t == endOfFile:
			return errNoRow
		case t == opening && (m.is("annotation") || m.is("frame") || m.is("table") || m.is("custom-shape")):
			if err := m.leave(); err != nil {
				return err
			}
		case t == opening && m.is("p"):
			if paragraphs > 0 {
				r.text = append(r.text, '\n')
			}
			paragraphs++
			inside++
		case t == closing && m.deep < deep:
			return nil
		case t == closing && m.is("p"):
			inside--
		case t == opening && m.is("s"):
			r.text = append(r.text, strings.Repeat(" ", min(r.repeated("c"), 1000))...)
		case t == opening && m.is("tab"):
			r.text = append(r.text, '\t')
		case t == opening && m.is("line-break"):
			r.text = append(r.text, '\n')
		case t == content && inside > 0 && len(r.text) < 1<<20:
			r.text = m.appendText(r.text)
		}
	}
}
