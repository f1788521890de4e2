package proposals

import (
	"errors"
	"slices"
	"strconv"

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
	p       *page
	shown   []lines.Column // the columns, as long as they are for
	shownAs string
}

var (
	_ lines.Lines    = (*sheet)(nil)
	_ lines.Paster   = (*sheet)(nil)
	_ lines.Grouper  = (*sheet)(nil)
	_ lines.Numberer = (*sheet)(nil)
)

// The columns, by the names of the fields where they are one.
const (
	colProduct  = "product"
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
func (p *page) seesMargin() bool {
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
func (s *sheet) Len() int { return len(s.p.variant().Lines) }

// Number implements lines.Numberer: headings do not count.
func (s *sheet) Number(row int) string {
	n := 0
	all := s.p.variant().Lines
	if all[row].Heading {
		return ""
	}
	for i := 0; i <= row; i++ {
		if !all[i].Heading {
			n++
		}
	}
	return strconv.Itoa(n)
}

// Cell implements lines.Lines.
func (s *sheet) Cell(row, col int) lines.Cell {
	l := &s.p.variant().Lines[row]
	key := s.Columns()[col].Key
	c := s.cell(l, key)
	if l.Heading {
		c = s.heading(row, key)
	}
	c.Problem = s.p.wrong.at(s.p.at, row, key)
	return c
}

func (s *sheet) heading(row int, key string) lines.Cell {
	v := s.p.variant()
	c := lines.Cell{Bold: true, Shade: true, ReadOnly: key != colProduct}
	switch key {
	case colProduct:
		c.Text, c.Wide = v.Lines[row].Text, true
	case colAmount:
		if x := v.Section(row); x.Positions > 1 {
			c.Text, c.Tone = s.p.words.Amount(x.Amount), theme.Muted
		}
	}
	return c
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
		return lines.Cell{Text: w.Amount(l.Price)}
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
	key := s.Columns()[col].Key
	changed := s.p.variant().Lines[row]
	if err := s.put(&changed, key, text); err != nil {
		return err
	}
	s.p.edit(func() { s.p.variant().Lines[row] = changed })
	s.p.wrong.clear(s.p.at, row, key)
	return nil
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
		l.Reword(text)
		if l.VAT == "" && l.Product.IsZero() && !l.Heading {
			l.VAT = s.p.doc.DefaultVAT()
		}
	case colQuantity:
		q, err := w.ParseQty(text)
		if _, err = negative(int64(q), err); err != nil {
			return err
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
	s.p.edit(func() {
		l := &s.p.variant().Lines[row]
		switch {
		case item.ID == 0:
			l.Product, l.Text, l.Article, l.Cost = model.Ref{}, "", "", 0
		case l.Heading:
			l.Text = item.Text
		case item.ID != l.Product.ID:
			l.Take(model.Ref{ID: item.ID, Name: item.Text})
		}
	})
	s.p.wrong.clear(s.p.at, row, colProduct)
	s.p.fills.ask()
	return nil
}

// Insert implements lines.Lines.
func (s *sheet) Insert(row int) {
	s.p.edit(func() {
		v := s.p.variant()
		v.Lines = slices.Insert(v.Lines, row, proposal.Line{})
	})
	s.p.wrong = nil
}

// Delete implements lines.Lines.
func (s *sheet) Delete(from, to int) {
	s.p.edit(func() {
		v := s.p.variant()
		v.Lines = slices.Delete(v.Lines, from, to)
	})
	s.p.wrong = nil
}

// Move implements lines.Lines.
func (s *sheet) Move(from, to, by int) {
	s.p.edit(func() {
		all := s.p.variant().Lines
		block := slices.Clone(all[from:to])
		if by < 0 {
			all[to-1] = all[from-1]
			copy(all[from-1:], block)
			return
		}
		all[from] = all[to]
		copy(all[from+1:], block)
	})
	s.p.wrong = nil
}

// Together implements lines.Grouper.
func (s *sheet) Together(do func()) { s.p.history.together(do) }

// newGrid makes the grid over the sheet.
func newGrid(p *page) *lines.Grid {
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
	return g
}
