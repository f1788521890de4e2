package document

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/lines"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// sheet is the lines of the variant in front, as the grid shows and edits them.
type sheet struct {
	p       *Desk
	shown   []lines.Column // the columns, as long as they are for
	shownAs string
	placed  arranged
}

var (
	_ lines.Lines    = (*sheet)(nil)
	_ lines.Paster   = (*sheet)(nil)
	_ lines.Grouper  = (*sheet)(nil)
	_ lines.Numberer = (*sheet)(nil)
	_ lines.Folder   = (*sheet)(nil)
	_ lines.Copier   = (*sheet)(nil)
	_ lines.Stepper  = (*sheet)(nil)
)

// The columns, by the names of the fields where they are one.
const (
	colProduct  = "product"
	colPicture  = "picture"
	colArticle  = "article"
	colQuantity = "quantity"
	colUnit     = "unit"
	colPrice    = "price"
	colDiscount = "discount"
	colVAT      = "vat"
	colAmount   = "amount"
	colTotal    = "total"
	colCost     = "cost"
	colMargin   = "margin"
)

// columns are all columns in their order, those that the document has a use
// for and the role may see.
func (s *sheet) columns() []lines.Column {
	p, t := s.p, s.p.words.T
	all := []lines.Column{
		{Key: colProduct, Title: t("proposal.col.product"), Width: 200, Grow: true, Editor: lines.Reference, Provider: p.fills.provider(), Free: true},
		{Key: colPicture, Title: p.words.Field("product", "picture"), Width: 44},
		{Key: colArticle, Title: t("proposal.col.article"), Width: 78},
		{Key: colQuantity, Title: t("proposal.col.quantity"), Width: 66, Editor: lines.Number},
		{Key: colUnit, Title: t("proposal.col.unit"), Width: 48, Editor: lines.Text},
		{Key: colPrice, Title: t("proposal.col.price"), Width: 88, Editor: lines.Number},
		{Key: colDiscount, Title: t("proposal.col.discount"), Width: 74, Editor: lines.Number},
	}
	if p.doc.VATMode != proposal.VATNone {
		all = append(all, lines.Column{Key: colVAT, Title: t("proposal.col.vat"), Width: 58, Right: true, Editor: lines.Option, Options: s.rates()})
	}
	all = append(all, lines.Column{Key: colAmount, Title: t("proposal.col.amount"), Width: 96, Right: true})
	if p.doc.VATMode == proposal.VATOnTop {
		all = append(all, lines.Column{Key: colTotal, Title: t("proposal.col.total"), Width: 96, Right: true})
	}
	if p.seesMargin() {
		all = append(all, lines.Column{Key: colCost, Title: t("proposal.col.cost"), Width: 88, Editor: lines.Number},
			lines.Column{Key: colMargin, Title: t("proposal.col.margin"), Width: 66, Right: true})
	}
	return all
}

// Columns implements lines.Lines.
func (s *sheet) Columns() []lines.Column {
	if as := s.p.doc.VATMode + " " + s.p.look.key(); s.shown == nil || s.shownAs != as {
		s.shown, s.shownAs = s.visible(), as
	}
	return s.shown
}

func (s *sheet) visible() []lines.Column {
	return slices.DeleteFunc(s.columns(), func(c lines.Column) bool { return s.p.look.hides(c.Key) })
}

// seesMargin reports whether the role may see costs and margins.
func (p *Desk) seesMargin() bool {
	k := p.host.Session().Registry().Kind("proposal").Part("variants").Kind.Part("lines").Kind
	return p.host.Session().Sees(k.Field("cost"))
}

func (s *sheet) rates() []input.Option {
	var out []input.Option
	for _, v := range product.VATs {
		out = append(out, input.Option{Key: v, Text: s.p.words.Choice("product", "vat", v)})
	}
	return out
}

// Len implements lines.Lines.
func (s *sheet) Len() int { return len(s.rows()) }

// Number implements lines.Numberer: headings, notes and parts do not count.
func (s *sheet) Number(row int) string {
	r := s.rows()[row]
	if r.part >= 0 || !s.p.variant().Lines[r.line].Priced() {
		return ""
	}
	return strconv.Itoa(r.number)
}

// Cell implements lines.Lines.
func (s *sheet) Cell(row, col int) lines.Cell {
	r := s.rows()[row]
	l := &s.p.variant().Lines[r.line]
	key := s.Columns()[col].Key
	if r.part >= 0 {
		return s.part(l, &l.Parts[r.part], key)
	}
	var c lines.Cell
	switch {
	case l.Heading:
		c = s.heading(l, r, key)
	case l.Note:
		c = lines.Cell{ReadOnly: key != colProduct}
		if key == colProduct {
			c.Text, c.Wide, c.Italic, c.Plain = l.Text, true, true, true
		}
	default:
		c = s.cell(l, key)
		if l.Of != 0 { // the rest is as it was accepted
			c.ReadOnly, c.Plain = key != colProduct && key != colQuantity, key == colProduct
		}
		c.Fold = r.fold
		s.asOption(&c, l, key)
	}
	if key != colProduct {
		c.Fold = lines.NoFold
	}
	c.Problem = s.p.wrong.at(s.p.at, r.line, key)
	return c
}

func (s *sheet) heading(l *proposal.Line, r shownRow, key string) lines.Cell {
	c := lines.Cell{Bold: true, Shade: true, ReadOnly: key != colProduct, Fold: r.fold}
	switch key {
	case colProduct:
		c.Text, c.Wide, c.Plain = l.Text, true, true
	case colAmount:
		if r.section.Positions > 0 {
			c.Text, c.Tone = s.p.words.Amount(r.section.Amount), theme.Muted
		}
	case colTotal:
		if r.section.Positions > 0 {
			c.Text, c.Tone = s.p.words.Amount(r.section.Total), theme.Muted
		}
	}
	return c
}

// part is a part of a kit: so much of it is in all the kits of the line.
func (s *sheet) part(l *proposal.Line, c *proposal.Component, key string) lines.Cell {
	out := lines.Cell{ReadOnly: true, Tone: theme.Muted}
	switch key {
	case colProduct:
		out.Text, out.Level = c.Text, 2
	case colPicture:
		out.Picture = s.p.prices.picture(c.Product.ID)
	case colArticle:
		out.Text = c.Article
	case colQuantity:
		if q, err := model.MulDiv(int64(c.Quantity), int64(l.Quantity), 1000); err == nil {
			out.Text = s.p.words.Qty(model.Qty(q))
		}
	case colUnit:
		out.Text = c.Unit
	}
	return out
}

// asOption shows that a line is not in the total, or is since the client took it.
func (s *sheet) asOption(c *lines.Cell, l *proposal.Line, key string) {
	if !l.Optional {
		return
	}
	switch {
	case key == colProduct && l.Taken:
		c.Tag, c.TagTone = "✓ "+s.p.words.T("proposal.option"), theme.Green
	case key == colProduct:
		c.Tag, c.TagTone = s.p.words.T("proposal.option"), theme.Muted
	case !l.Taken && (key == colAmount || key == colTotal):
		c.Text, c.Tone, c.Italic = "("+c.Text+")", theme.Muted, true
	}
}

func (s *sheet) cell(l *proposal.Line, key string) lines.Cell {
	w := s.p.words
	switch key {
	case colProduct:
		text := l.Text
		if text == "" {
			text = l.Product.Name
		}
		return lines.Cell{Text: text, Item: input.Item{ID: l.Product.ID, Text: text}}
	case colPicture:
		return lines.Cell{Picture: s.p.prices.picture(l.Product.ID)}
	case colArticle:
		if l.Product.IsZero() {
			return lines.Cell{Text: w.T("proposal.free_text"), Tone: theme.Muted, Italic: true}
		}
		return lines.Cell{Text: orElse(l.Article, l.Product.Code), Tone: theme.Muted}
	case colQuantity:
		return lines.Cell{Text: w.Qty(l.Quantity)}
	case colUnit:
		return lines.Cell{Text: l.Unit, ReadOnly: !l.Product.IsZero() && l.Unit != ""}
	case colPrice:
		c := lines.Cell{Text: w.Amount(l.Price)}
		if x, ok := s.p.prices.listed[l.Product.ID]; ok && l.Below(x) {
			c.Tone = theme.Red
		}
		return c
	case colDiscount:
		if l.DiscountFixed {
			return lines.Cell{Text: w.Percent(l.Discount), Edit: w.Money(model.Money{Minor: l.DiscountSum, Currency: s.p.doc.Currency}), Tone: theme.Violet}
		}
		if l.Discount == 0 {
			return lines.Cell{}
		}
		return lines.Cell{Text: w.Percent(l.Discount)}
	case colVAT:
		return lines.Cell{Text: w.Choice("product", "vat", l.VAT)}
	case colAmount:
		return lines.Cell{Text: w.Amount(l.Amount)}
	case colTotal:
		return lines.Cell{Text: w.Amount(l.Total)}
	case colCost:
		if l.Cost == 0 {
			return lines.Cell{}
		}
		return lines.Cell{Text: w.Amount(l.Cost)}
	case colMargin:
		return s.margin(l)
	}
	return lines.Cell{}
}

// margin is what is left of a line's amount without VAT after its cost.
func (s *sheet) margin(l *proposal.Line) lines.Cell {
	percent, ok := l.MarginPercent()
	if !ok {
		return lines.Cell{}
	}
	c := lines.Cell{Text: s.p.words.Percent(tenths(percent)), Tone: theme.Muted}
	if percent < 0 {
		c.Tone = theme.Red
	}
	return c
}

// tenths rounds a share to tenths of a percent.
func tenths(v model.Percent) model.Percent {
	if v < 0 {
		return -tenths(-v)
	}
	return (v + 5) / 10 * 10
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Set implements lines.Lines.
func (s *sheet) Set(row, col int, text string) error {
	key, line := s.Columns()[col].Key, s.lineAt(row)
	changed := s.p.variant().Lines[line]
	if err := s.put(&changed, key, text); err != nil {
		return err
	}
	s.p.Edit(func() { s.p.variant().Lines[line] = changed })
	s.p.wrong.clear(s.p.at, line, key)
	return nil
}

// Done implements lines.Stepper: a product that brought its price wants its
// quantity alone, so Enter behind that ends a line that is being added.
func (s *sheet) Done(row, col int) bool {
	rows := s.rows()
	line := rows[row].line
	l := &s.p.variant().Lines[line]
	return line == len(s.p.variant().Lines)-1 && !l.Product.IsZero() && l.Price != 0 && s.Columns()[col].Key == colQuantity
}

// negative refuses a number below nought.
func negative(v int64, err error) (int64, error) {
	if err == nil && v < 0 {
		err = model.Refused("", "negative")
	}
	return v, err
}

// put gives a line what was typed into a column.
func (s *sheet) put(l *proposal.Line, key, text string) error {
	w := s.p.words
	switch key {
	case colProduct:
		if l.Of != 0 {
			l.Text = strings.TrimSpace(text)
			return nil
		}
		l.Reword(text)
		if l.VAT == "" && l.Product.IsZero() && l.Priced() {
			l.VAT = s.p.doc.DefaultVAT()
		}
	case colQuantity:
		q, err := w.ParseQty(text)
		if _, err = negative(int64(q), err); err != nil {
			return err
		}
		if most, known := s.p.owner.Most(l); known && q > most {
			return model.Refused("", "only_left", "left", most)
		}
		l.Quantity = q
	case colUnit:
		l.Unit = text
	case colPrice, colCost:
		v, err := s.money(text)
		if err != nil {
			return err
		}
		if key == colPrice {
			l.Price = v
		} else {
			l.Cost = v
		}
	case colDiscount:
		return s.discount(l, text)
	case colVAT:
		if text != "" && !slices.Contains(product.VATs, text) {
			return model.Refused("", "choice_form", "text", text)
		}
		l.VAT = text
	}
	return nil
}

// money reads an amount in the currency of the proposal.
func (s *sheet) money(text string) (int64, error) {
	m, err := s.p.words.ParseMoney(text, s.p.doc.Currency)
	if err != nil {
		return 0, err
	}
	if m.Currency != "" && m.Currency != s.p.doc.Currency {
		return 0, model.Refused("", "price_currency", "currency", s.p.doc.Currency)
	}
	return negative(m.Minor, nil)
}

// discount reads a percentage, or a sum with its currency.
func (s *sheet) discount(l *proposal.Line, text string) error {
	w := s.p.words
	if m, err := w.ParseMoney(text, ""); err == nil && m.Currency != "" {
		sum, err := s.money(text)
		if err != nil {
			return err
		}
		if gross, err := model.Extend(l.Price, l.Quantity); err != nil || sum > gross {
			return errors.Join(model.Refused("", "discount_range"), err)
		}
		l.DiscountSum, l.DiscountFixed = sum, true
		return nil
	}
	percent, err := w.ParsePercent(text)
	if err != nil {
		return err
	}
	if percent < 0 || percent > 10_000 {
		return model.Refused("", "percent_range")
	}
	l.Discount, l.DiscountSum, l.DiscountFixed = percent, 0, false
	return nil
}

// SetItem implements lines.Lines: a product was chosen.
func (s *sheet) SetItem(row, _ int, item input.Item) error {
	line := s.lineAt(row)
	s.p.Edit(func() {
		l := &s.p.variant().Lines[line]
		switch {
		case item.ID == 0:
			l.Product, l.Text, l.Article, l.Cost, l.Parts = model.Ref{}, "", "", 0, nil
		case !l.Priced():
			l.Text = item.Text
		case item.ID != l.Product.ID:
			l.Take(model.Ref{ID: item.ID, Name: item.Text})
		}
	})
	s.p.wrong.clear(s.p.at, line, colProduct)
	s.p.fills.ask()
	return nil
}

// Insert implements lines.Lines.
func (s *sheet) Insert(row int) int {
	line := s.before(row)
	s.p.Edit(func() {
		v := s.p.variant()
		v.Lines = slices.Insert(v.Lines, line, proposal.Line{})
	})
	s.p.wrong = nil
	return s.rowOf(line)
}

// Delete implements lines.Lines: with a heading that is folded goes what stands
// under it.
func (s *sheet) Delete(from, to int) {
	first, end := s.block(from, to)
	if first >= end {
		return
	}
	s.p.Edit(func() {
		v := s.p.variant()
		v.Lines = slices.Delete(v.Lines, first, end)
	})
	s.p.wrong = nil
}

// Move implements lines.Lines: whole sections go past whole sections.
func (s *sheet) Move(from, to, by int) int {
	rows := s.rows()
	first, end := s.block(from, to)
	if first >= end {
		return from
	}
	if before, whole := s.p.variant().SectionBeside(first, end, by); whole {
		return s.carry(first, end, before)
	}
	var before int
	if by < 0 {
		if from = s.rowOf(first); from == 0 {
			return from
		}
		before = rows[from-1].line
	} else {
		next := 0
		for next < len(rows) && rows[next].line < end {
			next++
		}
		if next == len(rows) {
			return from
		}
		for next++; next < len(rows) && rows[next].part >= 0; {
			next++
		}
		before = s.lineAt(next)
	}
	return s.carry(first, end, before)
}

// Carry implements lines.Lines.
func (s *sheet) Carry(from, to, before int) int {
	first, end := s.block(from, to)
	if first >= end {
		return from
	}
	return s.carry(first, end, s.before(before))
}

func (s *sheet) carry(first, end, before int) int {
	at := first
	if before < first || before > end {
		s.p.Edit(func() { at = s.p.variant().MoveLines(first, end, before) })
		s.p.wrong = nil
	}
	return s.rowOf(at)
}

// Together implements lines.Grouper.
func (s *sheet) Together(do func()) { s.p.history.together(do) }

// newGrid makes the grid over the sheet.
func newGrid(p *Desk) *lines.Grid {
	t := p.words
	g := lines.NewGrid(p.sheet, field.Runner{Host: p.host}, lines.Words{
		Reference: input.ReferenceWords{
			Create:   func(text string) string { return t.T("form.create_in_place", "name", text) },
			ShowAll:  t.T("proposal.pick_all"),
			Free:     func(text string) string { return t.T("proposal.as_text", "text", text) },
			NotFound: func(text string) string { return t.T("ui.field.not_found", "kind", t.Kind("product"), "name", text) },
			Failed:   t.Error,
		},
		NewLine: t.T("proposal.new_line"), Explain: t.Error,
	})
	g.MinRows = 4
	g.SetKeys(p.key)
	g.OnPick = func(row, _ int, text string) { p.pick(text) }
	g.OnCreate = p.createProduct
	g.OnMenu = p.lineMenu
	g.OnWidths = p.keepWidths
	g.OnCursor = func(int) { p.onLine() }
	return g
}
