// Package spreadsheet reads the tables that firms keep: XLSX, XLS, ODS and CSV
// in any common encoding and separator. It trusts nothing in them: sizes are
// limited, and a broken file is an error, never a panic.
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
)

// CellKind says what a file says of a cell.
type CellKind int

// The kinds of cells. CSV knows only text.
const (
	Empty CellKind = iota
	Text
	Number // Text is a plain decimal number with a point
	Date   // Day is set
	Bool   // Text is true or false
)

// Cell is one cell. Text is what a person would read in it, or, of a number,
// the number in full.
type Cell struct {
	Kind CellKind
	Text string
	Day  model.Day
}

// Sheet is one table. Rows may differ in length; rows at the end that are
// empty are not there.
type Sheet struct {
	Name string
	Rows [][]Cell
}

// Book is a file that was read.
type Book struct {
	Format string // "xlsx", "xls", "ods", "csv"
	Sheets []Sheet
}

// Unreadable says that a file is not a table that can be read, and why.
type Unreadable struct {
	Name string
	Why  string // message key under "problem.": file_broken, file_unknown, file_too_large, file_empty, file_protected
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

// Read reads a file by its contents; its name only helps to tell CSV from
// nothing known. *Unreadable when it cannot.
func Read(name string, data []byte) (book *Book, err error) {
	fault := func(why string, err error) error { return &Unreadable{filepath.Base(name), why, err} }
	defer func() { // readers of other people's formats break on broken files
		if r := recover(); r != nil {
			book, err = nil, fault("file_broken", fmt.Errorf("%v", r))
		}
	}()
	switch {
	case len(data) > MaxBytes:
		return nil, fault("file_too_large", nil)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fault("file_empty", nil)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		if isODS(data) {
			book, err = readODS(data)
		} else {
			book, err = readXLSX(data)
		}
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		book, err = readXLS(data)
	case strings.EqualFold(filepath.Ext(name), ".xlsx"), strings.EqualFold(filepath.Ext(name), ".xls"), strings.EqualFold(filepath.Ext(name), ".ods"):
		return nil, fault("file_broken", nil)
	default:
		book, err = readCSV(data)
	}
	if err != nil {
		var u *Unreadable
		if errors.As(err, &u) {
			u.Name = filepath.Base(name)
			return nil, u
		}
		return nil, fault("file_broken", err)
	}
	for i := range book.Sheets {
		book.Sheets[i].trim()
	}
	return book, nil
}

func (s *Sheet) trim() {
	for i, row := range s.Rows {
		n := len(row)
		for n > 0 && row[n-1].Kind == Empty {
			n--
		}
		s.Rows[i] = row[:n]
	}
	n := len(s.Rows)
	for n > 0 && len(s.Rows[n-1]) == 0 {
		n--
	}
	s.Rows = s.Rows[:n]
}

func textCell(s string) Cell {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u0000", ""))
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
}
