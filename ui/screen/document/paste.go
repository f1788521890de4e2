package document

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/text"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/ui/lines"
	"ugoda/ui/screen"
)

// columnsOf says which column of a pasted table is what; -1: none.
type columnsOf struct{ article, name, quantity, unit, price int }

// guess tells what the columns of a table from a spreadsheet are, by what
// stands in them: texts before the first number name the product (the article
// first where there are two), the first number is the quantity, short text
// behind it the unit, the next number the price. A first column that counts the
// rows is left out. number reads a number as it is typed.
func guess(rows [][]string, number func(s string) (int64, bool)) columnsOf {
	out := columnsOf{-1, -1, -1, -1, -1}
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	var texts []int
	for col := range width {
		var cells []string
		for _, r := range rows {
			if col < len(r) && r[col] != "" {
				cells = append(cells, r[col])
			}
		}
		if len(cells) == 0 {
			continue
		}
		numbers, inOrder, letters := 0, true, 0
		for i, c := range cells {
			v, ok := number(c)
			if ok {
				numbers++
			}
			inOrder = inOrder && ok && v == int64(i+1)
			letters += len([]rune(c))
		}
		switch isNumber := numbers*5 >= len(cells)*4; {
		case isNumber && inOrder && len(cells) > 1 && len(texts) == 0 && out.quantity < 0:
			// it counts the rows
		case isNumber && len(texts) == 0 && out.quantity < 0 && col == 0 && width > 1 && letters/len(cells) > 4:
			texts = append(texts, col) // an article or a barcode of digits alone
		case isNumber && out.quantity < 0:
			out.quantity = col
		case isNumber && out.price < 0:
			out.price = col
		case !isNumber && out.quantity < 0:
			texts = append(texts, col)
		case !isNumber && out.unit < 0 && letters/len(cells) <= 8:
			out.unit = col
		}
	}
	// A short text right before the quantity, after the names, is the unit.
	if n := len(texts); n > 1 && out.unit < 0 && average(rows, texts[n-1]) <= 6 && small(rows, texts[n-1]) && out.quantity > 0 {
		out.unit, texts = texts[n-1], texts[:n-1]
	}
	switch len(texts) {
	case 0:
	case 1:
		out.name = texts[0]
	default:
		out.article, out.name = texts[0], texts[1]
		if digits(rows, out.article) < digits(rows, out.name) {
			out.article, out.name = out.name, out.article
		}
	}
	return out
}

// small reports that the cells of a column begin with small letters, as units
// do and names do not.
func small(rows [][]string, col int) bool {
	for _, r := range rows {
		if first, _ := utf8.DecodeRuneInString(cellOf(r, col)); unicode.IsUpper(first) {
			return false
		}
	}
	return true
}

// digits is the share of digits in a column, in percent: articles and barcodes
// have more of them than names.
func digits(rows [][]string, col int) int {
	found, all := 0, 0
	for _, r := range rows {
		for _, c := range cellOf(r, col) {
			all++
			if unicode.IsDigit(c) {
				found++
			}
		}
	}
	return found * 100 / max(all, 1)
}

// average is how many letters the filled cells of a column have.
func average(rows [][]string, col int) int {
	letters, cells := 0, 0
	for _, r := range rows {
		if c := cellOf(r, col); c != "" {
			letters, cells = letters+len([]rune(c)), cells+1
		}
	}
	return letters / max(cells, 1)
}

func cellOf(row []string, col int) string {
	if col < 0 || col >= len(row) {
		return ""
	}
	return row[col]
}

// Paste implements lines.Paster. In the column of products a table becomes new
// lines, whose products are found in the background; elsewhere it goes cell by
// cell over what is there.
func (s *sheet) Paste(row, col int, rows [][]string) {
	p := s.p
	if again := remembered(rows); again != nil && s.Columns()[col].Key == colProduct {
		s.place(row, col, again)
		return
	}
	rows, sorts := cutSorts(rows)
	if s.Columns()[col].Key != colProduct {
		p.history.together(func() { s.overwrite(row, col, rows) })
		return
	}
	if made, own := s.own(rows, sorts); own {
		s.place(row, col, made)
		return
	}
	if headed := withoutHead(rows, p.number); len(headed) < len(rows) {
		rows = headed
		if sorts != nil {
			sorts = sorts[1:]
		}
	}
	at := guess(rows, p.number)
	var made []proposal.Line
	for i, r := range rows {
		if sorts != nil && sorts[i].words() {
			made = append(made, sorts[i].line(strings.Join(strings.Fields(strings.Join(r, " ")), " ")))
			continue
		}
		l := proposal.Line{VAT: p.doc.DefaultVAT(), Quantity: 1000, Text: orElse(cellOf(r, at.name), cellOf(r, at.article)), Article: cellOf(r, at.article), Unit: cellOf(r, at.unit)}
		if at.name < 0 && at.article < 0 {
			l.Text = cellOf(r, 0)
		}
		if q, err := p.words.ParseQty(cellOf(r, at.quantity)); err == nil && q > 0 {
			l.Quantity = q
		}
		if v, err := s.money(cellOf(r, at.price)); err == nil {
			l.Price = v
		}
		l.Optional = sorts != nil && sorts[i] == asOption
		numbers := cellOf(r, at.quantity)+cellOf(r, at.price) != ""
		if !numbers && at.quantity >= 0 && l.Text != "" && sorts == nil {
			l = proposal.Line{Heading: true, Text: l.Text} // words alone among rows with numbers
		}
		if l.Text == "" {
			continue
		}
		made = append(made, l)
	}
	s.place(row, col, made)
}

// copied is what was copied last: its text and the lines themselves, which hold
// more than the text says. It serves all proposals of the window, whose
// goroutine alone touches it.
var copied struct {
	rows  [][]string
	lines []proposal.Line
}

// Copied implements lines.Copier: whole lines are remembered, and written with
// those folded away below them. Parts of kits come with their kit, not as rows of
// their own.
func (s *sheet) Copied(block lines.Span, rows [][]string) [][]string {
	copied.rows, copied.lines = nil, nil
	if block.FromCol > 0 || block.ToCol < len(s.Columns())-1 {
		return rows
	}
	first, end := s.block(block.FromRow, min(block.ToRow+1, s.Len()))
	copied.rows, copied.lines = s.written(first, end), trade.CopyLines(s.p.variant().Lines[first:end])
	return copied.rows
}

// remembered are the lines that were copied, if that is their text.
func remembered(rows [][]string) []proposal.Line {
	if len(copied.lines) == 0 || !slices.EqualFunc(rows, copied.rows, sameCells) {
		return nil
	}
	return trade.AsNew(trade.CopyLines(copied.lines))
}

// sameCells compares a row with what a spreadsheet's table makes of it.
func sameCells(a, b []string) bool {
	return slices.EqualFunc(a, b, func(x, y string) bool { return x == strings.TrimSpace(y) })
}

// place puts pasted lines before a line and looks for their products.
func (s *sheet) place(row, col int, made []proposal.Line) {
	p := s.p
	if len(made) == 0 {
		return
	}
	if !p.owner.Options() {
		for i := range made {
			made[i].Optional = false
		}
	}
	line := s.before(row)
	p.Edit(func() {
		v := p.variant()
		v.Lines = slices.Insert(v.Lines, line, made...)
	})
	p.wrong = nil
	p.grid.Reload()
	p.goTo(line+len(made), col)
	p.recognise(made)
}

// own reads lines that were copied here, or in another proposal: whole lines,
// whose cells say what they did there.
func (s *sheet) own(rows [][]string, sorts []lineSort) (made []proposal.Line, yes bool) {
	columns := s.Columns()
	for n, r := range rows {
		if len(r) != len(columns) {
			return nil, false
		}
		var l proposal.Line
		if sorts != nil {
			l = sorts[n].line("")
		} else {
			l.Heading = strings.Join(r, "") == r[0] || onlySum(columns, r)
		}
		for i, c := range columns {
			text := r[i]
			switch {
			case c.Key == colArticle:
				if l.Priced() && !saysFree(text) {
					l.Article = text
				}
			case c.Editor == lines.ReadOnly, !l.Priced() && c.Key != colProduct:
			case c.Key == colVAT:
				l.VAT = s.rateOf(text)
			default:
				if err := s.put(&l, c.Key, text); err != nil {
					return nil, false
				}
			}
		}
		if l.VAT != "" && !slices.Contains(product.VATs, l.VAT) {
			return nil, false
		}
		made = append(made, l)
	}
	return made, true
}

// onlySum reports that a row is words and the sum below them, as a heading is.
func onlySum(columns []lines.Column, row []string) bool {
	for i, c := range columns {
		if row[i] != "" && c.Key != colProduct && c.Key != colAmount {
			return false
		}
	}
	return true
}

// number reads a number as people type it.
func (p *Desk) number(s string) (int64, bool) {
	if strings.TrimSpace(s) == "" {
		return 0, false
	}
	q, err := p.words.ParseQty(s)
	if err != nil {
		v, err := p.words.ParseAmount(s)
		return v / 100, err == nil
	}
	return int64(q) / 1000, true
}

// withoutHead leaves out a first row of headings: text alone above columns of
// numbers.
func withoutHead(rows [][]string, number func(s string) (int64, bool)) [][]string {
	if len(rows) < 2 {
		return rows
	}
	for _, c := range rows[0] {
		if _, ok := number(c); ok {
			return rows
		}
	}
	at := guess(rows[1:], number)
	if at.quantity < 0 || cellOf(rows[0], at.quantity) == "" {
		return rows
	}
	return rows[1:]
}

// overwrite puts a table over the cells from a place on.
func (s *sheet) overwrite(row, col int, rows [][]string) {
	for i, cells := range rows {
		at := row + i
		if at >= s.Len() {
			at = s.Insert(s.Len())
		}
		for j, text := range cells {
			columns := s.Columns()
			if col+j >= len(columns) || columns[col+j].Editor == lines.ReadOnly || s.Cell(at, col+j).ReadOnly {
				continue
			}
			if columns[col+j].Key == colVAT {
				text = s.rateOf(text)
			}
			if err := s.Set(at, col+j, text); err != nil {
				s.p.mark(s.lineAt(at), columns[col+j].Key, s.p.words.Error(err))
			}
		}
	}
}

func (s *sheet) rateOf(said string) string {
	for _, v := range product.VATs {
		for _, t := range tongues() {
			if strings.EqualFold(t.Choice("product", "vat", v), strings.TrimSpace(said)) || strings.TrimSuffix(said, "%") == v {
				return v
			}
		}
	}
	return said
}

// mark puts a problem into a cell.
func (p *Desk) mark(row int, column, text string) {
	if p.wrong == nil {
		p.wrong = problems{}
	}
	p.wrong[spot{p.at, row, column}] = text
}

// recognise finds the products of pasted lines by article, number, barcode or
// name, and links the lines to them: what was pasted stays as it is, but the
// unit, the rate of VAT and, where no price was pasted, the price are the
// product's.
func (p *Desk) recognise(made []proposal.Line) {
	type wanted struct{ article, name string }
	var asked []wanted
	var positions, known int64
	for _, l := range made {
		if l.Priced() {
			positions++
		}
		if !l.Product.IsZero() {
			known++
		}
		if l.Priced() && l.Product.IsZero() {
			asked = append(asked, wanted{l.Article, l.Text})
		}
	}
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (map[wanted]model.Ref, error) {
		found := map[wanted]model.Ref{}
		for _, w := range asked {
			if _, done := found[w]; done {
				continue
			}
			ref, err := findProduct(ctx, session, w.article, w.name)
			if err != nil {
				return nil, err
			}
			found[w] = ref
		}
		return found, nil
	}, func(found map[wanted]model.Ref) {
		linked := known
		v := p.variant()
		for i := range v.Lines {
			l := &v.Lines[i]
			ref := found[wanted{l.Article, l.Text}]

			if !l.Priced() || !l.Product.IsZero() || ref.IsZero() {
				continue
			}
			price := l.Price
			l.Take(ref)
			l.Price = price
			linked++
		}
		p.host.Say(p.words.N("proposal.pasted", positions) + " " + p.words.N("proposal.pasted_found", linked))
		p.Refresh()
		p.fills.ask()
	})
}

// findProduct finds the one product that an article, a number, a barcode or a
// name means; none when there is no such, or several.
func findProduct(ctx context.Context, s *store.Session, article, name string) (model.Ref, error) {
	for _, by := range []struct{ field, value string }{{"article", article}, {"barcode", article}, {"number", article}, {"article", name}, {"barcode", name}} {
		if by.value == "" {
			continue
		}
		rows, err := s.Page(ctx, store.Query{Kind: "product", Columns: []string{"name"}, Limit: 2, Where: filter.Cond{Path: by.field, Op: filter.Eq, Values: []filter.Value{filter.String(by.value)}}})
		if err != nil {
			return model.Ref{}, err
		}
		if len(rows) == 1 {
			called, _ := rows[0].Cells[0].(string)
			return model.Ref{ID: rows[0].ID, Name: called}, nil
		}
	}
	refs, err := s.Complete(ctx, "product", name, 2, nil)
	if err != nil {
		return model.Ref{}, err
	}
	for _, r := range refs {
		if text.Fold(r.Name) == text.Fold(name) {
			return r, nil
		}
	}
	return model.Ref{}, nil
}
