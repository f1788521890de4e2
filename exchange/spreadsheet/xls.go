package spreadsheet

import (
	"bytes"
	"strings"

	"github.com/shakinm/xlsReader/xls"
	"github.com/shakinm/xlsReader/xls/structure"
)

// readXLS reads the files of Excel 97–2003 that people still send.
func readXLS(data []byte) (*Book, error) {
	wb, err := xls.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	book := &Book{Format: "xls"}
	for _, s := range wb.GetSheets() {
		sheet := Sheet{Name: s.GetName()}
		for i := range s.GetNumberRows() {
			if i >= MaxRows {
				return nil, &Unreadable{Why: "file_too_large"}
			}
			row, err := s.GetRow(i)
			if err != nil || row == nil {
				sheet.Rows = append(sheet.Rows, nil)
				continue
			}
			cols := row.GetCols()
			if len(cols) > MaxColumns {
				return nil, &Unreadable{Why: "file_too_large"}
			}
			cells := make([]Cell, len(cols))
			for j, c := range cols {
				cells[j] = xlsCell(&wb, c)
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	return book, nil
}

func xlsCell(wb *xls.Workbook, c structure.CellData) Cell {
	switch kind := c.GetType(); {
	case strings.HasSuffix(kind, "Blank"):
		return Cell{}
	case strings.HasSuffix(kind, "Number"), strings.HasSuffix(kind, "Rk"):
		n, ok := numberCell(formatFloat(c.GetFloat64()))
		if !ok {
			return textCell(c.GetString())
		}
		xf := wb.GetXFbyIndex(c.GetXFIndex())
		id := xf.GetFormatIndex()
		format := wb.GetFormatByIndex(id)
		if (id >= 14 && id <= 17) || id == 22 || (id > 163 && dateFormat(format.String())) {
			return dateCell(n, false)
		}
		return n
	}
	return textCell(c.GetString())
}
