package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"ugoda/model"
)

func isODS(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		if f.Name == "content.xml" {
			return true
		}
	}
	return false
}

// readODS reads OpenDocument spreadsheets (OASIS OpenDocument 1.3, part 3,
// section 9): the values that the file keeps, not their formatted text.
func readODS(data []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	f, err := z.Open("content.xml")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &odsReader{d: xml.NewDecoder(io.LimitReader(f, 1<<30)), book: &Book{Format: "ods"}}
	return r.book, r.read()
}

type odsReader struct {
	d    *xml.Decoder
	book *Book
	cell Cell
	text strings.Builder
	deep int // inside text of a cell
}

func (r *odsReader) read() error {
	var row []Cell
	rowRepeat, cellRepeat, paragraphs := 1, 1, 0
	for {
		t, err := r.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "table":
				r.book.Sheets = append(r.book.Sheets, Sheet{Name: attribute(t, "name")})
			case "table-row":
				row, rowRepeat = nil, repeat(t, "number-rows-repeated")
			case "table-cell", "covered-table-cell":
				cellRepeat, paragraphs = repeat(t, "number-columns-repeated"), 0
				r.cell = odsCell(t)
				r.text.Reset()
			case "annotation":
				if err := r.d.Skip(); err != nil {
					return err
				}
			case "p":
				if paragraphs > 0 {
					r.text.WriteByte('\n')
				}
				paragraphs++
				r.deep++
			case "s":
				r.text.WriteString(strings.Repeat(" ", repeat(t, "c")))
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "p":
				r.deep--
			case "table-cell", "covered-table-cell":
				c := r.cell
				if c.Kind == Text {
					c = textCell(r.text.String())
				}
				if c.Kind == Empty && cellRepeat > MaxColumns {
					cellRepeat = 0 // the empty rest of the row
				}
				if len(row)+cellRepeat > MaxColumns {
					cellRepeat = max(0, MaxColumns-len(row))
				}
				for range cellRepeat {
					row = append(row, c)
				}
			case "table-row":
				if len(r.book.Sheets) == 0 {
					return errors.New("a row outside of a table")
				}
				s := &r.book.Sheets[len(r.book.Sheets)-1]
				if blank(row) && rowRepeat > 1000 {
					rowRepeat = 0 // the empty rest of the sheet
				}
				if len(s.Rows)+rowRepeat > MaxRows {
					return &Unreadable{Why: "file_too_large"}
				}
				for range rowRepeat {
					s.Rows = append(s.Rows, append([]Cell(nil), row...))
				}
			}
		case xml.CharData:
			if r.deep > 0 && r.text.Len() < 1<<20 {
				r.text.Write(t)
			}
		}
	}
}

func odsCell(t xml.StartElement) Cell {
	value := attribute(t, "value")
	switch attribute(t, "value-type") {
	case "float", "percentage", "currency":
		if c, ok := numberCell(value); ok {
			return c
		}
	case "date":
		day, err := model.ParseDay(strings.SplitN(attribute(t, "date-value"), "T", 2)[0])
		if err == nil {
			return Cell{Kind: Date, Day: day, Text: day.String()}
		}
	case "boolean":
		return Cell{Kind: Bool, Text: attribute(t, "boolean-value")}
	case "":
		return Cell{}
	}
	return Cell{Kind: Text}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && (name != "value-type" || strings.Contains(a.Name.Space, "office")) {
			return a.Value
		}
	}
	return ""
}

func repeat(t xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(t, name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, MaxRows)
}

func blank(row []Cell) bool {
	for _, c := range row {
		if c.Kind != Empty {
			return false
		}
	}
	return true
}
