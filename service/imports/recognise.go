package imports

import (
	"slices"
	"strconv"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/store"
)

var printers = []*locale.Printer{locale.New(locale.Ukrainian), locale.New(locale.English)}

// headRows is how far down headings are looked for.
const headRows = 30

// Suggest recognises sheet, headings and columns by the names and labels of
// fields in both languages, and by words that files often use.
func Suggest(s *store.Session, k *model.Kind, book *spreadsheet.Book) *Plan {
	p := &Plan{Kind: k.Name, Mode: Both, Header: -1, Encoding: book.Encoding, Separator: book.Separator}
	p.ready()
	names := headings(s, k)
	best := 0
	for i := range book.Sheets {
		for row := range min(len(book.Sheets[i].Rows), headRows) {
			n := 0
			for _, c := range recognise(names, headed(&book.Sheets[i], row, 1)) {
				if c.Field != "" {
					n++
				}
			}
			if n > best {
				best, p.Sheet, p.Header = n, i, row
			}
		}
	}
	if p.Header < 0 { // nothing known: the first row that is full is the headings
		p.Sheet, p.Header = fullest(book)
	}
	if p.Sheet < len(book.Sheets) {
		p.lookAgain(s, k, book)
	}
	return p
}

// fullest finds the first row of text with as many cells as most rows have.
func fullest(book *spreadsheet.Book) (sheet, row int) {
	for i := range book.Sheets {
		rows := book.Sheets[i].Rows
		widths := map[int]int{}
		usual := 0
		for _, r := range rows[:min(len(rows), 200)] {
			n := filled(r)
			if widths[n]++; n > 0 && widths[n] >= widths[usual] {
				usual = n
			}
		}
		for n, r := range rows[:min(len(rows), headRows)] {
			if filled(r) >= usual && usual > 0 {
				for _, c := range r {
					if c.Kind != spreadsheet.Empty && c.Kind != spreadsheet.Text {
						return i, -1
					}
				}
				return i, n
			}
		}
	}
	return 0, -1
}

func filled(row []spreadsheet.Cell) int {
	n := 0
	for i := range row {
		if row[i].Kind != spreadsheet.Empty {
			n++
		}
	}
	return n
}

// LookAt takes another sheet or row of headings and recognises the columns
// anew; row -1: there are no headings.
func (p *Plan) LookAt(s *store.Session, k *model.Kind, book *spreadsheet.Book, sheet, row int) {
	p.Sheet, p.Header = sheet, row
	p.lookAgain(s, k, book)
}

// lookAgain recognises the columns below the row of headings.
func (p *Plan) lookAgain(s *store.Session, k *model.Kind, book *spreadsheet.Book) {
	sheet := &book.Sheets[p.Sheet]
	p.Heads = headLines(sheet, p.Header)
	p.Columns = recognise(headings(s, k), headed(sheet, p.Header, p.Heads))
	for i := range p.Columns {
		if p.Columns[i].Field == "number" && counts(sheet, p.Columns[i].Index, p.Header+1) {
			p.Columns[i].Field = ""
		}
		g := guess(sheet, p.Columns[i].Index, p.Header+1)
		p.Columns[i].Order = g.Order
		p.Columns[i].Comma = g.Comma
		if g.Unsure && book.Separator == ';' { // who separates by semicolons writes a decimal comma
			p.Columns[i].Comma, p.Columns[i].Settled = true, true
		}
	}
	p.Key = suggestKey(k, sheet, p)
	p.GroupRows = k.Field("group") != nil && p.hasGroups(sheet, p.Header+1)
}

// headLines is how many rows the headings take: those above the last one that
// cells merged with it, or over columns of it, belong to.
func headLines(s *spreadsheet.Sheet, last int) int {
	if last < 0 {
		return 0
	}
	first := last
	for again := true; again && last-first < 4; {
		again = false
		for _, m := range s.Merges {
			// a cell that reaches down into the headings, or a title over two columns of them
			down := m.Row < first && m.Row+m.Rows > first
			over := m.Row+m.Rows == first && m.Columns > 1 && m.Columns < max(len(s.Rows[last]), 3) && m.Rows < 4
			if (down || over) && m.Row >= 0 && last-m.Row < 5 && m.Row < first {
				first, again = m.Row, true
			}
		}
	}
	return last - first + 1
}

// headed gives the columns of a sheet with their headings, those of merged
// cells before those below them. Without headings columns are named by letters.
func headed(s *spreadsheet.Sheet, last, lines int) []Column {
	width := 0
	from := last
	if last < 0 {
		from = 0
	}
	for _, row := range s.Rows[min(from, len(s.Rows)):min(from+200, len(s.Rows))] {
		width = max(width, len(row))
	}
	for row := last - lines + 1; row >= 0 && row < last; row++ {
		width = max(width, len(s.Rows[row]))
	}
	var out []Column
	for i := range width {
		if last < 0 {
			out = append(out, Column{Index: i, Heading: Letter(i)})
			continue
		}
		var parts []string
		for row := last - lines + 1; row <= last; row++ {
			t := strings.Join(strings.Fields(headCell(s, row, i).Shows()), " ")
			if t != "" && (len(parts) == 0 || parts[len(parts)-1] != t) {
				parts = append(parts, t)
			}
		}
		if len(parts) == 0 && !below(s, last+1, i) {
			continue
		}
		c := Column{Index: i, Heading: strings.Join(parts, " / ")}
		if c.Heading == "" {
			c.Heading = Letter(i)
		}
		out = append(out, c)
	}
	return out
}

// headCell is a cell, or the one that it is merged with.
func headCell(s *spreadsheet.Sheet, row, column int) spreadsheet.Cell {
	c := s.Cell(row, column)
	if c.Kind != spreadsheet.Empty {
		return c
	}
	for _, m := range s.Merges {
		if row >= m.Row && row < m.Row+m.Rows && column >= m.Column && column < m.Column+m.Columns {
			return s.Cell(m.Row, m.Column)
		}
	}
	return c
}

// below reports whether a column without a heading has anything in it.
func below(s *spreadsheet.Sheet, from, column int) bool {
	for row := from; row < min(len(s.Rows), from+200); row++ {
		if s.Cell(row, column).Kind != spreadsheet.Empty {
			return true
		}
	}
	return false
}

// recognise finds the fields of headings: the whole heading first, then the
// parts of one of several lines, the lowest first.
func recognise(names map[string]string, columns []Column) []Column {
	taken := map[string]bool{}
	take := func(c *Column, word string) {
		if f := names[headingKey(word)]; c.Field == "" && f != "" && !taken[f] {
			c.Field = f
			taken[f] = true
		}
	}
	for i := range columns {
		take(&columns[i], strings.ReplaceAll(columns[i].Heading, " / ", " "))
	}
	for i := range columns {
		parts := strings.Split(columns[i].Heading, " / ")
		for j := len(parts) - 1; j >= 0 && len(parts) > 1; j-- {
			take(&columns[i], parts[j])
		}
	}
	for i := range columns { // "Ціна, грн", "Телефон (моб.)"
		head, _, _ := strings.Cut(columns[i].Heading, ",")
		head, _, _ = strings.Cut(head, "(")
		take(&columns[i], head)
	}
	return columns
}

// headingKey is what two headings have in common that mean the same.
func headingKey(s string) string {
	if key := plain(s); key != "" {
		return key
	}
	return text.Fold(s) // "№" has no letter
}

// counts reports whether a column only counts the rows: 1, 2, 3…
func counts(s *spreadsheet.Sheet, column, from int) bool {
	n := 0
	for row := from; row < len(s.Rows) && n < 50; row++ {
		c := s.Cell(row, column)
		if c.Kind == spreadsheet.Empty {
			continue
		}
		n++
		if strings.TrimSuffix(c.Text, ".") != strconv.Itoa(n) {
			return false
		}
	}
	return n > 1
}

// headings are the words by which a field is recognised.
func headings(s *store.Session, k *model.Kind) map[string]string {
	out := map[string]string{}
	put := func(path string, words ...string) {
		for _, w := range words {
			if key := headingKey(w); key != "" && out[key] == "" {
				out[key] = path
			}
		}
	}
	targets := Targets(s.Registry(), k, s.Role)
	for _, own := range []bool{true, false} {
		for _, t := range targets {
			if (t.Part == nil && t.Link == nil) != own {
				continue
			}
			put(t.Path, t.Path)
			for _, p := range printers {
				put(t.Path, Label(p, k, t))
			}
		}
	}
	for _, t := range targets {
		put(t.Path, headingWords[k.Name+"."+t.Path]...)
	}
	// A field of lines by its own name alone; in a list of products "quantity" is
	// no part of a kit.
	if _, part := linesOf(k); part != nil && !slices.ContainsFunc(part.Kind.Fields, func(f *model.Field) bool { return f.To == k.Name }) {
		for _, t := range targets {
			if t.Part == part {
				for _, p := range printers {
					put(t.Path, p.Field(t.Kind, t.Field.Name))
				}
			}
		}
	}
	return out
}

// Label is what a person calls a target.
func Label(p *locale.Printer, k *model.Kind, t Target) string {
	switch {
	case strings.HasSuffix(t.Path, currencyOf) && t.Field.Type == model.Amount:
		return p.T("sheet.currency_of", "column", p.Field(t.Kind, t.Field.Name))
	case t.Part != nil:
		return p.Kinds(t.Kind) + " · " + p.Field(t.Kind, t.Field.Name)
	case t.Link != nil:
		return p.Field(k.Name, t.Link.Name) + " · " + p.Field(t.Kind, t.Field.Name)
	}
	return p.Field(k.Name, t.Field.Name)
}

// Rekey suggests anew what tells records apart, for columns as they are mapped now.
func (p *Plan) Rekey(k *model.Kind, book *spreadsheet.Book) {
	if p.Sheet < len(book.Sheets) {
		p.Key = suggestKey(k, &book.Sheets[p.Sheet], p)
	}
}

// suggestKey is what tells records apart: a number or a code where the file
// has one, else the name.
func suggestKey(k *model.Kind, s *spreadsheet.Sheet, p *Plan) []string {
	has := func(name string) bool {
		return k.Field(name) != nil && slices.ContainsFunc(p.Columns, func(c Column) bool {
			return c.Field == name && below(s, p.Header+1, c.Index)
		})
	}
	for _, name := range []string{"number", "code", "article", "barcode"} {
		if has(name) {
			return []string{name}
		}
	}
	for _, names := range [][]string{{"currency", "on"}, {"name", "client"}, {"name", "process"}} {
		if has(names[0]) && has(names[1]) {
			return names
		}
	}
	if knownByName(k) && has(k.Title[0]) {
		return []string{k.Title[0]}
	}
	return nil
}

// knownByName reports whether the name tells records of a kind apart:
// documents have numbers for that, and may share a subject.
func knownByName(k *model.Kind) bool {
	return k.Series == "" || k.Name == "client" || k.Name == "product"
}

// hasGroups reports whether rows with nothing but a name stand between fuller
// ones.
func (p *Plan) hasGroups(s *spreadsheet.Sheet, from int) bool {
	alone, full, last := 0, 0, 0
	for _, row := range s.Rows[min(from, len(s.Rows)):] {
		switch n := filled(row); {
		case n == 1 && p.inLines(len(row)-1): // a line of the record above
		case n == 1:
			alone++
			last = 1
		case n > 1:
			full++
			last = n
		}
	}
	return alone > 0 && 2*full >= alone && last > 1 && p.groupColumn(s, from)
}

// groupColumn reports whether the lonely cells stand in the first columns, and
// are text: a lonely number is no heading.
func (p *Plan) groupColumn(s *spreadsheet.Sheet, from int) bool {
	for _, row := range s.Rows[min(from, len(s.Rows)):] {
		if filled(row) != 1 || p.inLines(len(row)-1) {
			continue
		}
		if last := len(row) - 1; last > 2 || row[last].Kind != spreadsheet.Text {
			return false
		}
	}
	return true
}

// Letter is what spreadsheets call a column.
func Letter(index int) string {
	out := ""
	for n := index + 1; n > 0; n = (n - 1) / 26 {
		out = string(rune('A'+(n-1)%26)) + out
	}
	return out
}

// Map joins a column, by its heading, its letter or its number from 1, to a
// field; false when there is no such column.
func (p *Plan) Map(field, column string) bool {
	at := slices.IndexFunc(p.Columns, func(c Column) bool { return c.Heading == column })
	if at < 0 {
		at = slices.IndexFunc(p.Columns, func(c Column) bool {
			return plain(c.Heading) == plain(column) || Letter(c.Index) == strings.ToUpper(column) || strconv.Itoa(c.Index+1) == column
		})
	}
	if at < 0 {
		return false
	}
	c := p.Columns[at]
	if c.Field == "" || c.Field == field {
		p.Columns[at].Field = field
		return true
	}
	c.Field = field
	p.Columns = append(p.Columns, c)
	return true
}

// guess looks at a column; where its days could be read in either order, the
// file's other columns tell how it writes them.
func guess(s *spreadsheet.Sheet, column, from int) spreadsheet.Column {
	g := spreadsheet.Guess(s, column, from)
	if !g.Ambiguous || from > len(s.Rows) {
		return g
	}
	width := 0
	for _, row := range s.Rows[from:] {
		width = max(width, len(row))
	}
	for i := range width {
		if other := spreadsheet.Guess(s, i, from); i != column && !other.Ambiguous && other.Order == spreadsheet.MonthFirst {
			g.Order, g.Ambiguous = spreadsheet.MonthFirst, false
			break
		}
	}
	return g
}
