// Package spreadsheet reads the tables that firms keep: XLSX, XLS, ODS and CSV
// in any common encoding and separator, and the web pages and XML that other
// programs call XLS. It trusts nothing in them: sizes are limited, and a broken
// file is an error, never a panic.
package spreadsheet

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"ugoda/model"
)

// Limits of one file.
const (
	MaxBytes   = 256 << 20
	MaxRows    = 1_000_000
	MaxColumns = 1_000
	MaxCells   = 20_000_000 // of all sheets together
	maxPart    = 1 << 30    // bytes of one unpacked part of a file
)

// CellKind says what a file says of a cell.
type CellKind uint8

// The kinds of cells. CSV knows only text.
const (
	Empty CellKind = iota
	Text
	Number // Text is a plain decimal number with a point
	Date   // Day is set; Text is 2026-11-23, or 2026-11-23 14:05 with a time of day
	Bool   // Text is true or false
	Fault  // a formula that failed or was never counted: Text is what the file says, such as #N/A
)

// Cell is one cell.
type Cell struct {
	Kind CellKind
	Day  model.Day
	Text string // what a person would read in it, or, of a number, the number in full
	// Shown is how the file's number format shows a number where that says more
	// than the number: "20%", "00032129", "1100.04 UAH". Empty: as Text.
	Shown string
}

// Merge is a rectangle of cells that the file shows as one; only its first has
// a value. All from 0.
type Merge struct{ Row, Column, Rows, Columns int }

// Sheet is one table. Rows may differ in length; rows at the end that are
// empty are not there.
type Sheet struct {
	Name   string
	Rows   [][]Cell
	Merges []Merge
	// Levels is how deep each row stands in the file's own outline or is
	// indented, 0 outermost; it may be shorter than Rows, or nil.
	Levels []uint8
}

// Book is a file that was read.
type Book struct {
	Format    string // "xlsx", "xls", "ods", "csv", "html", "xml"
	Encoding  string // of CSV: one of Encodings
	Separator rune   // of CSV
	Sheets    []Sheet
}

// Options say what a person settled about a file of text; the zero value
// guesses.
type Options struct {
	Encoding  string // one of Encodings
	Separator rune
}

// Unreadable says that a file is not a table that can be read, and why.
type Unreadable struct {
	Name string
	Why  string // message key under "problem.": file_broken, file_unknown, table_too_large, file_empty, file_protected
	Err  error
}

func (e *Unreadable) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("read %s: %s: %v", e.Name, e.Why, e.Err)
	}
	return fmt.Sprintf("read %s: %s", e.Name, e.Why)
}

// Unwrap is the cause.
func (e *Unreadable) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *Unreadable) Message() (string, map[string]any) {
	return e.Why, map[string]any{"file": e.Name}
}

func unreadable(why string) error { return &Unreadable{Why: why} }

// Read reads a file by its contents; its name only helps to tell CSV from
// nothing known. *Unreadable when it cannot.
func Read(name string, data []byte) (*Book, error) { return ReadWith(name, data, Options{}) }

// ReadText reads rows of text that came without a file: the clipboard.
func ReadText(text string) (*Book, error) { return Read("", []byte(text)) }

// ReadWith reads a file as Read does, with what a person settled about it.
func ReadWith(name string, data []byte, o Options) (book *Book, err error) {
	fault := func(why string, err error) error { return &Unreadable{filepath.Base(name), why, err} }
	defer func() { // readers of other people's formats break on broken files
		if r := recover(); r != nil {
			book, err = nil, fault("file_broken", fmt.Errorf("%v", r))
		}
	}()
	switch {
	case len(data) > MaxBytes:
		return nil, fault("table_too_large", nil)
	case len(bytes.Trim(data, "\x00 \t\r\n\xef\xbb\xbf\xff\xfe")) == 0:
		return nil, fault("file_empty", nil)
	}
	book, err = readAny(name, data, o)
	if err == nil && !book.any() {
		err = unreadable("file_empty")
	}
	if err != nil {
		var u *Unreadable
		if errors.As(err, &u) {
			return nil, &Unreadable{filepath.Base(name), u.Why, u.Err}
		}
		return nil, fault("file_broken", err)
	}
	return book, nil
}

func readAny(name string, data []byte, o Options) (*Book, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readZip(data)
	case bytes.HasPrefix(data, []byte("PK")) && len(data) > 2 && data[2] < 0x20:
		return nil, errors.New("a damaged archive")
	case bytes.HasPrefix(data, []byte(compoundMagic)):
		return readXLS(data)
	case bytes.HasPrefix(data, []byte("%PDF")), bytes.HasPrefix(data, []byte("\x89PNG")), bytes.HasPrefix(data, []byte("\xff\xd8\xff")),
		bytes.HasPrefix(data, []byte("Rar!")), bytes.HasPrefix(data, []byte("7z\xbc\xaf")), bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return nil, unreadable("file_unknown")
	}
	if o.Encoding == "" {
		if book, err := readMarkup(data); book != nil || err != nil {
			return book, err
		}
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".xlsm", ".ods":
		return nil, errors.New("not the archive that it should be")
	case ".pdf", ".png", ".jpg", ".jpeg", ".zip", ".rar", ".docx", ".exe":
		return nil, unreadable("file_unknown")
	}
	return readCSV(data, o)
}

// any trims what is empty and reports whether anything is left.
func (b *Book) any() bool {
	full := false
	for i := range b.Sheets {
		b.Sheets[i].trim()
		full = full || len(b.Sheets[i].Rows) > 0
	}
	return full
}

func (s *Sheet) trim() {
	for i, row := range s.Rows {
		n := len(row)
		for n > 0 && row[n-1].Kind == Empty {
			n--
		}
		s.Rows[i] = row[:n:n]
	}
	n := len(s.Rows)
	for n > 0 && len(s.Rows[n-1]) == 0 {
		n--
	}
	s.Rows = s.Rows[:n]
	s.Levels = s.Levels[:min(n, len(s.Levels))]
}

// Cell is a cell of the sheet, an empty one where the file has none.
func (s *Sheet) Cell(row, column int) Cell {
	if row < 0 || row >= len(s.Rows) || column < 0 || column >= len(s.Rows[row]) {
		return Cell{}
	}
	return s.Rows[row][column]
}

// Level is how deep a row stands in the file's outline.
func (s *Sheet) Level(row int) int {
	if row < 0 || row >= len(s.Levels) {
		return 0
	}
	return int(s.Levels[row])
}

// setLevel notes how deep a row stands.
func (s *Sheet) setLevel(row, level int) {
	if level <= 0 || row < 0 || row >= MaxRows {
		return
	}
	for len(s.Levels) <= row {
		s.Levels = append(s.Levels, 0)
	}
	s.Levels[row] = uint8(max(int(s.Levels[row]), min(level, 200)))
}

// Shows is what a person reads in the cell: a number as the file shows it.
func (c Cell) Shows() string {
	if c.Shown != "" {
		return c.Shown
	}
	return c.Text
}

// counter keeps the cells of a book within limits.
type counter struct{ cells int }

func (c *counter) row(n, width int) error {
	c.cells += width
	if n > MaxRows || width > MaxColumns || c.cells > MaxCells {
		return unreadable("table_too_large")
	}
	return nil
}

func textCell(s string) Cell {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}
