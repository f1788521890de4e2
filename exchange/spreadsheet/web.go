package spreadsheet

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readMarkup reads what other programs write and call XLS: tables of a web
// page, and the XML of Excel 2003. It is nil when the file is neither.
func readMarkup(data []byte) (*Book, error) {
	head := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 4096)], "\xef\xbb\xbf \t\r\n"))
	if len(head) == 0 || head[0] != '<' && !bytes.HasPrefix(head, []byte("\xff\xfe<")) {
		return nil, nil
	}
	text := markupText(data, head)
	low := strings.ToLower(text[:min(len(text), 4096)])
	switch {
	case strings.Contains(low, "urn:schemas-microsoft-com:office:spreadsheet") && strings.Contains(low, "<?xml"):
		return readXML2003([]byte(text))
	case strings.Contains(low, "<html"), strings.Contains(low, "<table"), strings.Contains(low, "<!doctype html"), strings.Contains(low, "<meta"):
		return readHTML(text)
	case strings.Contains(low, "<?xml"):
		return nil, unreadable("file_unknown")
	}
	return nil, nil
}

var declared = regexp.MustCompile(`(?:charset|encoding)\s*=\s*["']?([a-z0-9_-]+)`)

// markupText decodes a text by the encoding that it declares.
func markupText(data, head []byte) string {
	name := ""
	if m := declared.FindSubmatch(head); m != nil {
		name = string(m[1])
	}
	switch name {
	case "cp1251", "win-1251":
		name = "windows-1251"
	case "ibm866":
		name = "cp866"
	}
	if charmaps[name] == nil {
		name = ""
	}
	text, _, _ := decode(data, name)
	return text
}

// readHTML reads the tables of a page, each as a sheet; tables that only lay
// the page out, with other tables within, give way to those.
func readHTML(text string) (*Book, error) {
	z := html.NewTokenizer(strings.NewReader(text))
	h := &htmlReader{}
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return nil, z.Err()
			}
			for len(h.open) > 0 {
				h.closeTable()
			}
			if len(h.done) == 0 {
				return nil, unreadable("file_unknown")
			}
			return &Book{Format: "html", Sheets: h.done}, h.failed
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			h.start(t.DataAtom, t.Attr)
		case html.EndTagToken:
			h.end(z.Token().DataAtom)
		case html.TextToken:
			h.write(string(z.Text()))
		}
		if h.failed != nil {
			return nil, h.failed
		}
	}
}

type htmlReader struct {
	open   []*htmlTable // tables around the place, outermost first
	done   []Sheet
	skip   atom.Atom // within a script or a style
	count  counter
	failed error
}

type htmlTable struct {
	sheet  Sheet
	row    []Cell
	inRow  bool
	cell   *strings.Builder
	span   int
	nested bool
	below  []int // rows that a cell above still reaches into, by column
}

func (h *htmlReader) top() *htmlTable {
	if len(h.open) == 0 {
		return nil
	}
	return h.open[len(h.open)-1]
}

func (h *htmlReader) start(tag atom.Atom, attrs []html.Attribute) {
	t := h.top()
	switch tag {
	case atom.Script, atom.Style:
		h.skip = tag
	case atom.Table:
		if len(h.open) > 20 {
			h.failed = errors.New("too many tables within each other")
			return
		}
		for _, x := range h.open {
			x.nested = true
		}
		h.open = append(h.open, &htmlTable{})
	case atom.Tr:
		if t != nil {
			h.endRow(t)
			t.inRow = true
		}
	case atom.Td, atom.Th:
		if t != nil {
			h.startCell(t, attrs)
		}
	case atom.Br, atom.P, atom.Div:
		if t != nil && t.cell != nil && t.cell.Len() > 0 {
			t.cell.WriteByte('\n')
		}
	}
}

func (h *htmlReader) startCell(t *htmlTable, attrs []html.Attribute) {
	h.endCell(t)
	t.inRow, t.cell, t.span = true, &strings.Builder{}, 1
	for len(t.row) < len(t.below) && t.below[len(t.row)] > 0 {
		t.below[len(t.row)]--
		t.row = append(t.row, Cell{})
	}
	high := 1
	for _, a := range attrs {
		n, err := strconv.Atoi(strings.TrimSpace(a.Val))
		if err != nil || n < 1 || n > MaxColumns {
			continue
		}
		switch a.Key {
		case "colspan":
			t.span = n
		case "rowspan":
			high = n
		}
	}
	if t.span > 1 || high > 1 {
		t.sheet.Merges = append(t.sheet.Merges, Merge{len(t.sheet.Rows), len(t.row), high, t.span})
		for len(t.below) < min(len(t.row)+t.span, MaxColumns) {
			t.below = append(t.below, 0)
		}
		for i := len(t.row); i < min(len(t.row)+t.span, MaxColumns); i++ {
			t.below[i] = high - 1
		}
	}
}

func (h *htmlReader) end(tag atom.Atom) {
	if tag == h.skip {
		h.skip = 0
	}
	t := h.top()
	if t == nil {
		return
	}
	switch tag {
	case atom.Td, atom.Th:
		h.endCell(t)
	case atom.Tr:
		h.endRow(t)
	case atom.Table:
		h.closeTable()
	}
}

func (h *htmlReader) write(s string) {
	if t := h.top(); t != nil && t.cell != nil && h.skip == 0 && t.cell.Len() < 1<<20 {
		t.cell.WriteString(s)
	}
}

func (h *htmlReader) endCell(t *htmlTable) {
	if t.cell == nil {
		return
	}
	text := strings.ReplaceAll(t.cell.String(), "\u00a0", " ")
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			kept = append(kept, l)
		}
	}
	t.row = append(t.row, textCell(strings.Join(kept, "\n")))
	for range t.span - 1 {
		t.row = append(t.row, Cell{})
	}
	t.cell = nil
	if len(t.row) > MaxColumns {
		h.failed = unreadable("table_too_large")
	}
}

func (h *htmlReader) endRow(t *htmlTable) {
	h.endCell(t)
	if !t.inRow {
		return
	}
	for i := len(t.row); i < len(t.below); i++ {
		t.below[i] = max(t.below[i]-1, 0)
	}
	if err := h.count.row(len(t.sheet.Rows)+1, len(t.row)); err != nil {
		h.failed = err
		return
	}
	t.sheet.Rows = append(t.sheet.Rows, t.row)
	t.row, t.inRow = nil, false
}

func (h *htmlReader) closeTable() {
	t := h.top()
	h.endRow(t)
	h.open = h.open[:len(h.open)-1]
	if !t.nested && len(t.sheet.Rows) > 0 {
		h.done = append(h.done, t.sheet)
	}
}

// readXML2003 reads the XML of Excel 2002 and 2003 (SpreadsheetML).
func readXML2003(b []byte) (*Book, error) {
	book := &Book{Format: "xml"}
	m := &markup{b: b}
	var s *Sheet
	var count counter
	row, column, wide, high := -1, -1, 0, 0
	for {
		t, err := m.next()
		if err != nil {
			return nil, err
		}
		switch {
		case t == endOfFile:
			return book, nil
		case t == opening && m.is("Worksheet"):
			book.Sheets = append(book.Sheets, Sheet{Name: m.attr("Name")})
			s, row = &book.Sheets[len(book.Sheets)-1], -1
		case s == nil || t != opening:
		case m.is("Row"):
			if row, err = follows(row, whole([]byte(m.attr("Index"))), MaxRows); err != nil {
				return nil, err
			}
			column = -1
			for len(s.Rows) <= row {
				s.Rows = append(s.Rows, nil)
			}
		case m.is("Cell") && row >= 0:
			if column, err = follows(column, whole([]byte(m.attr("Index"))), MaxColumns); err != nil {
				return nil, err
			}
			wide, high = whole([]byte(m.attr("MergeAcross"))), whole([]byte(m.attr("MergeDown")))
			if wide > 0 || high > 0 {
				s.Merges = append(s.Merges, Merge{row, column, high + 1, wide + 1})
			}
		case m.is("Data") && column >= 0 && row >= 0:
			kind := m.attr("Type")
			text, err := m.content(nil)
			if err != nil {
				return nil, err
			}
			if n := column + 1 - len(s.Rows[row]); n > 0 {
				if err := count.row(row+1, n); err != nil {
					return nil, err
				}
				s.Rows[row] = append(s.Rows[row], make([]Cell, n)...)
			}
			s.Rows[row][column] = xmlCell(kind, string(text))
			column += min(wide, MaxColumns)
			wide = 0
		}
	}
}

// follows is the place after one, or the one that the file names from 1.
func follows(at, index, most int) (int, error) {
	at++
	if index > 0 {
		at = index - 1
	}
	if at >= most {
		return 0, unreadable("table_too_large")
	}
	return at, nil
}

func xmlCell(kind, text string) Cell {
	switch kind {
	case "Number":
		if c, ok := (numberFormat{}).number(strings.TrimSpace(text), false); ok {
			return c
		}
	case "DateTime":
		if c, ok := isoCell(text); ok {
			return c
		}
	case "Boolean":
		return Cell{Kind: Bool, Text: strconv.FormatBool(text == "1")}
	case "Error":
		return Cell{Kind: Fault, Text: text}
	}
	return textCell(text)
}
