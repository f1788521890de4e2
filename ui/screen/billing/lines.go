package billing

import (
	"strconv"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/lines"
	"ugoda/ui/theme"
)

var (
	_ lines.Lines    = (*box)(nil)
	_ lines.Numberer = (*box)(nil)
)

// The places of the columns.
const (
	colProduct = iota
	colUnit
	colAccepted
	colBilled
	colLeft
	colToBill
	colAmount
)

// Columns implements lines.Lines.
func (b *box) Columns() []lines.Column {
	t := b.words.T
	return []lines.Column{
		{Key: "product", Title: t("proposal.col.product"), Width: 160, Grow: true},
		{Key: "unit", Title: t("proposal.col.unit"), Width: 52},
		{Key: "accepted", Title: t("billing.accepted"), Width: 92, Right: true},
		{Key: "billed", Title: t("billing.billed"), Width: 108, Right: true},
		{Key: "left", Title: t("billing.left_of"), Width: 92, Right: true},
		{Key: "to_bill", Title: t("billing.to_bill"), Width: 104, Editor: lines.Number},
		{Key: "amount", Title: t("proposal.col.amount"), Width: 110, Right: true},
	}
}

// Len implements lines.Lines.
func (b *box) Len() int { return len(b.positions) }

// Number implements lines.Numberer: as the proposal was printed.
func (b *box) Number(row int) string { return strconv.Itoa(b.positions[row].Number) }

// Cell implements lines.Lines.
func (b *box) Cell(row, col int) lines.Cell {
	p, w := b.positions[row], b.words
	l := p.Line
	gone := p.Quantity <= 0
	c := lines.Cell{ReadOnly: gone || col != colToBill}
	switch col {
	case colProduct:
		if c.Text = l.Text; c.Text == "" {
			c.Text = l.Product.Name
		}
	case colUnit:
		c.Text = l.Unit
	case colAccepted:
		c.Text, c.Tone = w.Qty(l.Quantity), theme.Muted
	case colBilled:
		if q := l.Quantity - p.Quantity; q != 0 {
			c.Text, c.Tone = w.Qty(q), theme.Muted
		}
	case colLeft:
		c.Text = w.Qty(max(p.Quantity, 0))
	case colToBill:
		if q := b.asked[l.ID]; q != 0 {
			c.Text, c.Bold = w.Qty(q), true
		}
	case colAmount:
		for i := range b.made.Lines {
			if x := &b.made.Lines[i]; x.Of == l.ID {
				c.Text = w.Amount(x.Amount)
			}
		}
	}
	if gone {
		c.Tone = theme.Muted
	}
	return c
}

// Set implements lines.Lines: nothing over what is left is taken.
func (b *box) Set(row, _ int, text string) error {
	p := b.positions[row]
	var q model.Qty
	if text != "" {
		var err error
		if q, err = b.words.ParseQty(text); err != nil {
			return err
		}
	}
	switch {
	case q < 0:
		return model.Refused("", "negative")
	case q > p.Quantity:
		return model.Refused("", "only_left", "left", p.Quantity)
	}
	b.asked[p.Line.ID] = q
	if q == 0 {
		delete(b.asked, p.Line.ID)
	}
	b.share.OnChanged = nil
	b.share.SetText("")
	b.share.SetProblem("")
	b.share.OnChanged = func(string) { b.takeShare() }
	b.count()
	return nil
}

// SetItem implements lines.Lines: there is no reference to choose.
func (b *box) SetItem(int, int, input.Item) error { return nil }

// Insert implements lines.Lines: the lines are given.
func (b *box) Insert(row int) int { return row }

// Delete implements lines.Lines.
func (b *box) Delete(int, int) {}

// Move implements lines.Lines.
func (b *box) Move(from, _, _ int) int { return from }

// Carry implements lines.Lines.
func (b *box) Carry(from, _, _ int) int { return from }
