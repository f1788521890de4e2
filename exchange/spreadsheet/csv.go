package spreadsheet

import "strings"

// readCSV reads rows of text. Its reader is our own, for files that people
// send have quotes where none belong: a quote means something only where a
// field begins, and a quoted field that is never closed ends with its line.
func readCSV(data []byte, o Options) (*Book, error) {
	text, name, ok := decode(data, o.Encoding)
	if !ok {
		return nil, unreadable("file_unknown")
	}
	if strings.ContainsRune(text[:min(len(text), 4096)], 0) {
		return nil, unreadable("file_unknown")
	}
	// Excel's own first line: sep=;
	said := rune(0)
	if first, rest, _ := strings.Cut(text, "\n"); len(strings.TrimSpace(first)) == 5 && strings.HasPrefix(strings.ToLower(first), "sep=") {
		said, text = rune(first[4]), rest
	}
	book := &Book{Format: "csv", Encoding: name, Separator: o.Separator}
	if book.Separator == 0 {
		book.Separator = said
	}
	if book.Separator == 0 {
		book.Separator = separator(text)
	}
	sheet := Sheet{}
	var count counter
	s := fields{text: text, sep: byte(book.Separator)}
	var line []string
	for s.next(&line) {
		row := make([]Cell, len(line))
		for i, f := range line {
			row[i] = textCell(unguard(f))
		}
		if err := count.row(len(sheet.Rows)+1, len(row)); err != nil {
			return nil, err
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	book.Sheets = []Sheet{sheet}
	return book, nil
}

// fields cuts a text into records.
type fields struct {
	text string
	sep  byte
	at   int
}

// next reads a record, empty lines included; false at the end.
func (s *fields) next(line *[]string) bool {
	*line = (*line)[:0]
	if s.at >= len(s.text) {
		return false
	}
	for {
		f, end := s.field()
		*line = append(*line, f)
		if end {
			return true
		}
	}
}

// field reads a field and what follows it: a separator, or the end of the
// record.
func (s *fields) field() (string, bool) {
	if s.at < len(s.text) && s.text[s.at] == '"' {
		if f, end, ok := s.quoted(); ok {
			return f, end
		}
	}
	from := s.at
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == s.sep:
			s.at++
			return s.text[from : s.at-1], false
		case c == '\n', c == '\r':
			f := s.text[from:s.at]
			s.newLine()
			return f, true
		}
		s.at++
	}
	return s.text[from:], true
}

func (s *fields) newLine() {
	if s.at < len(s.text) && s.text[s.at] == '\r' {
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '\n' {
		s.at++
	}
}

// longestField is how far the closing quote of a field is looked for.
const longestField = 64 << 10

// quoted reads a field in quotes; it is not ok when no quote closes it before
// a separator or the end of a line.
func (s *fields) quoted() (string, bool, bool) {
	t := s.text
	limit := min(len(t), s.at+longestField)
	doubled := false
	for i := s.at + 1; i < limit; i++ {
		if t[i] != '"' {
			continue
		}
		if i+1 < len(t) && t[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		body, end := t[s.at+1:i], true
		switch {
		case i+1 >= len(t):
			s.at = len(t)
		case t[i+1] == s.sep:
			s.at, end = i+2, false
		case t[i+1] == '\n', t[i+1] == '\r':
			s.at = i + 1
			s.newLine()
		default:
			return "", false, false // a quote within: the field is no quoted one
		}
		if doubled {
			body = strings.ReplaceAll(body, `""`, `"`)
		}
		return body, end, true
	}
	return "", false, false
}

// unguard takes away what spreadsheets put around numbers that must stay text,
// ="00032129", and the apostrophe that we put before what looks like a formula.
func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, `="`); ok {
		if body, ok := strings.CutSuffix(rest, `"`); ok {
			return body
		}
	}
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=@+-\t\r", s[1]) >= 0 {
		return s[1:]
	}
	return s
}

// separator is the sign that cuts the first lines into the most even columns.
func separator(text string) rune {
	best, most := ';', 0
	for _, sep := range []rune{'\t', ';', ',', '|'} {
		s := fields{text: head(text, 30), sep: byte(sep)}
		lengths := map[int]int{}
		var line []string
		for s.next(&line) {
			lengths[len(line)]++
		}
		for width, lines := range lengths {
			if score := min(width-1, 40) * lines * lines; score > most {
				best, most = sep, score
			}
		}
	}
	return best
}

func head(text string, lines int) string {
	text = text[:min(len(text), 256<<10)]
	at := 0
	for range lines {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return text
		}
		at += i + 1
	}
	return text[:at]
}
