package lines

import "strings"

// Limits of what is pasted at once.
const (
	pasteRows = 5000
	pasteCols = 64
)

// readTable reads rows of cells as spreadsheets put them on the clipboard:
// tabs between cells, a cell with a tab, a line break or a quote within quotes.
// Rows and cells beyond the limits are left out, and so are empty rows at the
// end.
func readTable(s string) [][]string {
	var rows [][]string
	var row []string
	var cell strings.Builder
	endCell := func() {
		if len(row) < pasteCols {
			row = append(row, strings.TrimSpace(cell.String()))
		}
		cell.Reset()
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	for i := 0; i < len(s) && len(rows) < pasteRows; i++ {
		switch c := s[i]; {
		case c == '"' && cell.Len() == 0:
			text, end, closed := quoted(s, i)
			if !closed { // a quote that is only a quote: 5" pipe
				cell.WriteByte(c)
				continue
			}
			cell.WriteString(text)
			i = end
		case c == '\t':
			endCell()
		case c == '\n':
			endCell()
			rows = append(rows, row)
			row = nil
		default:
			cell.WriteByte(c)
		}
	}
	if (cell.Len() > 0 || len(row) > 0) && len(rows) < pasteRows {
		endCell()
		rows = append(rows, row)
	}
	for len(rows) > 0 && strings.Join(rows[len(rows)-1], "") == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// quoted reads a cell within quotes from its first quote; end is its last one.
func quoted(s string, from int) (text string, end int, closed bool) {
	var b strings.Builder
	for i := from + 1; i < len(s); i++ {
		if s[i] != '"' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		// The cell must end here.
		return b.String(), i, i+1 == len(s) || s[i+1] == '\t' || s[i+1] == '\n'
	}
	return "", 0, false
}

// writeTable writes rows of cells so that a spreadsheet reads them.
func writeTable(rows [][]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			if strings.ContainsAny(cell, "\t\n\"") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
