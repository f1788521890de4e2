package proposal

import (
	"slices"

	"ugoda/model"
	"ugoda/model/trade"
)

// Difference says what became of a variant or a line between two offers.
type Difference string

// The differences.
const (
	Same    Difference = "same"
	Added   Difference = "added"
	Removed Difference = "removed"
	Changed Difference = "changed"
	Moved   Difference = "moved" // a line that is the same, in another place
)

// Comparison is what differs between an earlier and a later offer.
type Comparison struct {
	Terms    []TermChange
	Variants []VariantChange
	// Currencies of the earlier and of the later offer, both empty where variants of
	// one proposal are compared.
	Currencies [2]string
}

// Turned reports that the offers are in two currencies: their sums are not
// subtracted.
func (c *Comparison) Turned() bool { return c.Currencies[0] != c.Currencies[1] }

// turn marks what is offered in another currency: the same figure is another
// price there.
func (c *Comparison) turn() {
	for i := range c.Variants {
		v := &c.Variants[i]
		if v.What == Same {
			v.What = Changed
		}
		for j := range v.Lines {
			l := &v.Lines[j]
			if l.Old == nil || l.New == nil || !l.New.Priced() {
				continue
			}
			l.What = Changed
			for _, name := range []string{"price", "total"} {
				if !slices.Contains(l.Fields, name) {
					l.Fields = append(l.Fields, name)
				}
			}
		}
	}
}

// TermChange is a term of the offer that differs; the values are as in
// model.Field.Value.
type TermChange struct {
	Field    string
	Old, New any
}

// VariantChange is what became of a variant; Old is nil for an added one, New
// for a removed one.
type VariantChange struct {
	What     Difference
	Old, New *Variant
	Terms    []TermChange // terms of its own that differ
	Lines    []LineChange
}

// Delta is by how much the total of the variant grew, in minor units.
func (c VariantChange) Delta() int64 { return totalOf(c.New) - totalOf(c.Old) }

func totalOf(v *Variant) int64 {
	if v == nil {
		return 0
	}
	return v.Total
}

// LineChange is what became of a line; Old is nil for an added one, New for a
// removed one. Fields names what differs in a changed one.
type LineChange struct {
	What     Difference
	Old, New *Line
	Fields   []string
	Moved    bool // it stands before or behind others than it did, whatever else differs
}

// Delta is by how much the total of the line grew, in minor units.
func (c LineChange) Delta() int64 {
	var d int64
	if c.New != nil {
		d = c.New.Total
	}
	if c.Old != nil {
		d -= c.Old.Total
	}
	return d
}

// Equal reports that nothing differs.
func (c Comparison) Equal() bool {
	if len(c.Terms) > 0 {
		return false
	}
	for _, v := range c.Variants {
		if v.What != Same {
			return false
		}
	}
	return true
}

// Compare tells what differs in the later of two offers: the terms that the
// client reads, the variants, and each line. Lines and variants are the same
// where they kept their row; where rows are new (a copy, a return to an earlier
// revision) they are recognised by what they offer. Lines stand in the order of
// the later offer, those removed after the line that they followed.
func Compare(k *model.Kind, old, now *Proposal) Comparison {
	var c Comparison
	for _, f := range k.Fields {
		if f.Computed || !offered[f.Name] {
			continue
		}
		a, b := f.Value(old), f.Value(now)
		if !sameValue(a, b) {
			c.Terms = append(c.Terms, TermChange{f.Name, a, b})
		}
	}
	pairs := match(len(old.Variants), len(now.Variants),
		func(i int) any { return rowKey(old.Variants[i].Row) }, func(i int) any { return rowKey(now.Variants[i].Row) },
		[]func(first bool, i int) any{
			func(first bool, i int) any { return key(variantOf(old, now, first, i).Name) },
			func(first bool, i int) any { return i },
		})
	for _, p := range pairs {
		v := compareVariants(at(old.Variants, p.old), at(now.Variants, p.now))
		v.markMoved()
		c.Variants = append(c.Variants, v)
	}
	if c.Currencies = [2]string{old.Currency, now.Currency}; c.Turned() {
		c.turn()
	}
	return c
}

// CompareVariants tells what differs between two variants of one proposal, or
// of two: lines are recognised by their product and words.
func CompareVariants(old, now *Variant) VariantChange { return compareVariants(old, now) }

func compareVariants(old, now *Variant) VariantChange {
	c := VariantChange{What: Same, Old: old, New: now}
	switch {
	case old == nil:
		c.What = Added
		old = &Variant{}
	case now == nil:
		c.What = Removed
		now = &Variant{}
	}
	lineOf := func(first bool, i int) *Line {
		if first {
			return &old.Lines[i]
		}
		return &now.Lines[i]
	}
	type offer struct {
		product int64
		text    string
	}
	pairs := match(len(old.Lines), len(now.Lines),
		func(i int) any { return rowKey(old.Lines[i].Row) }, func(i int) any { return rowKey(now.Lines[i].Row) },
		[]func(first bool, i int) any{
			func(first bool, i int) any { l := lineOf(first, i); return offer{l.Product.ID, l.Text} },
			func(first bool, i int) any {
				if l := lineOf(first, i); l.Product.ID != 0 {
					return l.Product.ID
				}
				return nil
			},
			func(first bool, i int) any { return key(lineOf(first, i).Text) },
		})
	for _, p := range pairs {
		l := LineChange{What: Same, Old: at(old.Lines, p.old), New: at(now.Lines, p.now)}
		switch {
		case l.Old == nil:
			l.What = Added
		case l.New == nil:
			l.What = Removed
		default:
			if l.Fields = differs(l.Old, l.New); len(l.Fields) > 0 {
				l.What = Changed
			}
		}
		if l.What != Same && c.What == Same {
			c.What = Changed
		}
		c.Lines = append(c.Lines, l)
	}
	for _, x := range []struct{ field, old, now string }{
		{"payment_terms", old.PaymentTerms, now.PaymentTerms}, {"delivery_terms", old.DeliveryTerms, now.DeliveryTerms}, {"warranty", old.Warranty, now.Warranty},
	} {
		if x.old != x.now {
			c.Terms = append(c.Terms, TermChange{x.field, x.old, x.now})
		}
	}
	if len(c.Terms) > 0 && c.What == Same {
		c.What = Changed
	}
	if c.What == Same && (old.Name != now.Name || old.Note != now.Note || old.Recommended != now.Recommended || old.Total != now.Total) {
		c.What = Changed
	}
	return c
}

// differs names the fields of a line that differ.
func differs(a, b *Line) []string {
	var out []string
	check := func(name string, same bool) {
		if !same {
			out = append(out, name)
		}
	}
	check("product", a.Product.ID == b.Product.ID)
	check("text", a.Text == b.Text)
	check("heading", a.Heading == b.Heading)
	check("note", a.Note == b.Note)
	check("optional", a.Optional == b.Optional)
	check("parts", trade.SameParts(a.Parts, b.Parts))
	check("quantity", a.Quantity == b.Quantity)
	check("unit", a.Unit == b.Unit)
	check("price", a.Price == b.Price)
	check("discount", a.Discount == b.Discount)
	check("vat", a.VAT == b.VAT)
	check("total", a.Total == b.Total)
	return out
}

// pair joins a row of the earlier offer with one of the later; -1: none.
type pair struct{ old, now int }

// match pairs rows: first those with the same row key, then, by one key after
// another, those that are left, in their order. A key of nil matches nothing.
// The pairs stand in the order of the later rows; an earlier row without a
// partner stands behind the partner of the row before it.
func match(olds, nows int, oldRow, nowRow func(i int) any, keys []func(first bool, i int) any) []pair {
	oldOf, nowOf := filled(nows), filled(olds)
	step := func(oldKey, nowKey func(i int) any) {
		free := map[any][]int{}
		for i := range olds {
			if k := oldKey(i); nowOf[i] < 0 && k != nil {
				free[k] = append(free[k], i)
			}
		}
		for i := range nows {
			k := nowKey(i)
			if oldOf[i] >= 0 || k == nil || len(free[k]) == 0 {
				continue
			}
			oldOf[i] = free[k][0]
			nowOf[free[k][0]] = i
			free[k] = free[k][1:]
		}
	}
	step(oldRow, nowRow)
	for _, k := range keys {
		step(func(i int) any { return k(true, i) }, func(i int) any { return k(false, i) })
	}
	after := map[int][]int{} // by the later row that they stand behind, -1 for the beginning
	behind := -1
	for i := range olds {
		if nowOf[i] >= 0 {
			behind = nowOf[i]
		} else {
			after[behind] = append(after[behind], i)
		}
	}
	var out []pair
	removed := func(at int) {
		for _, i := range after[at] {
			out = append(out, pair{i, -1})
		}
	}
	removed(-1)
	for i := range nows {
		out = append(out, pair{oldOf[i], i})
		removed(i)
	}
	return out
}

func filled(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = -1
	}
	return s
}

func at[T any](rows []T, i int) *T {
	if i < 0 {
		return nil
	}
	return &rows[i]
}

func variantOf(old, now *Proposal, first bool, i int) *Variant {
	if first {
		return &old.Variants[i]
	}
	return &now.Variants[i]
}

// rowKey is a stored row's own id; a new row has none.
func rowKey(r model.Row) any {
	if r.ID == 0 {
		return nil
	}
	return r.ID
}

func key(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// sameValue compares two values of a field; references by where they point.
func sameValue(a, b any) bool {
	if x, ok := a.(model.Ref); ok {
		y, _ := b.(model.Ref)
		return x.ID == y.ID
	}
	if x, ok := a.([]byte); ok {
		y, _ := b.([]byte)
		return string(x) == string(y)
	}
	return a == b
}

// offered are the fields of a proposal that the client reads: a change of one
// makes another offer. What follows from the lines (sums) is not among them,
// nor is what is ours alone (importance, manager).
var offered = map[string]bool{
	"date": true, "subject": true, "client": true, "contact": true, "organization": true, "valid_until": true,
	"language": true, "vat_mode": true, "currency": true, "rate": true, "addressee": true, "intro": true,
	"payment_terms": true, "delivery_terms": true, "warranty": true, "signatory": true, "template": true,
}
