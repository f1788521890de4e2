// Package versions lays two revisions of a proposal, or two of its variants,
// side by side: what was added, removed and changed, line by line.
package versions

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/table"
	"ugoda/store"
)

// Now names the proposal as it stands, among revisions.
const Now = "now"

// variantMark begins the name of a variant: "v1" is the first.
const variantMark = "v"

// Side is something that can be compared: a revision by its number, Now, or a
// variant of the proposal as it stands.
type Side struct {
	Name  string // "1", "now", "v2": how it is asked for
	Label string // for people
}

// Comparison is two sides of a proposal with what differs between them.
type Comparison struct {
	Proposal *proposal.Proposal // as it stands
	Old, New Side
	proposal.Comparison
}

// UnknownSide says that a proposal has no such revision or variant.
type UnknownSide struct{ Proposal, Name string }

func (e *UnknownSide) Error() string { return "proposal " + e.Proposal + " has no revision " + e.Name }

// Message says it to a person.
func (e *UnknownSide) Message() (string, map[string]any) {
	return "no_such_revision", map[string]any{"proposal": e.Proposal, "name": e.Name}
}

// Sides lists what can be compared of a proposal: its revisions, the way it
// stands where that is not kept yet, and its variants where there are several.
func Sides(ctx context.Context, s *store.Session, p *locale.Printer, id int64) (revisions, variants []Side, err error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, nil, err
	}
	kept, err := s.Revisions(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	now := rec.(*proposal.Proposal)
	for _, r := range kept {
		label := p.T("versions.revision", "no", r.No) + " · " + p.Choice("revision", "reason", r.Reason) + " · " + p.Moment(r.At)
		revisions = append(revisions, Side{strconv.FormatInt(r.No, 10), label})
	}
	if len(kept) == 0 || now.Revision != now.Kept {
		revisions = append(revisions, Side{Now, p.T("versions.now", "no", max(now.Revision, 1))})
	}
	if len(now.Variants) > 1 {
		for i := range now.Variants {
			variants = append(variants, variantSide(p, now, i))
		}
	}
	return revisions, variants, nil
}

func variantSide(p *locale.Printer, now *proposal.Proposal, i int) Side {
	name := now.Variants[i].Name
	if name == "" {
		name = p.T("versions.variant", "no", i+1)
	}
	return Side{variantMark + strconv.Itoa(i+1), name}
}

// Usual are the sides to compare first: what the client has with what there is
// now; else the last two revisions; else the first two variants. They are empty
// when there is nothing to compare.
func Usual(revisions, variants []Side) (old, now string) {
	if n := len(revisions); n > 1 {
		return revisions[n-2].Name, revisions[n-1].Name
	}
	if len(variants) > 1 {
		return variants[0].Name, variants[1].Name
	}
	return "", ""
}

// Held tells why what some sides of a proposal show may not leave the firm: a
// revision that was approved or sent may, whatever became of the proposal since.
func Held(ctx context.Context, s *store.Session, id int64, sides ...string) ([]model.Problem, error) {
	held, err := s.Leaves(ctx, "proposal", id)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	kept, err := s.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, name := range sides {
		if !slices.ContainsFunc(kept, func(r *proposal.Revision) bool {
			return strconv.FormatInt(r.No, 10) == name && !(r.ApprovedAt.IsZero() && r.SentAt.IsZero())
		}) {
			return held, nil
		}
	}
	return nil, nil
}

// Compare compares two sides of a proposal, by their names. A variant compares
// with a variant, a revision with a revision.
func Compare(ctx context.Context, s *store.Session, p *locale.Printer, id int64, old, now string) (*Comparison, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Proposal: rec.(*proposal.Proposal)}
	if strings.HasPrefix(old, variantMark) || strings.HasPrefix(now, variantMark) {
		a, err := c.variant(p, old, &c.Old)
		if err != nil {
			return nil, err
		}
		b, err := c.variant(p, now, &c.New)
		if err != nil {
			return nil, err
		}
		c.Variants = []proposal.VariantChange{proposal.CompareVariants(a, b)}
		return c, nil
	}
	kept, err := s.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := c.revision(ctx, s, p, kept, old, &c.Old)
	if err != nil {
		return nil, err
	}
	b, err := c.revision(ctx, s, p, kept, now, &c.New)
	if err != nil {
		return nil, err
	}
	c.Comparison = proposal.Compare(s.Registry().Kind("proposal"), a, b)
	return c, nil
}

func (c *Comparison) variant(p *locale.Printer, name string, side *Side) (*proposal.Variant, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(name, variantMark))
	if err != nil || !strings.HasPrefix(name, variantMark) || n < 1 || n > len(c.Proposal.Variants) {
		return nil, &UnknownSide{c.Proposal.Number, name}
	}
	*side = variantSide(p, c.Proposal, n-1)
	return &c.Proposal.Variants[n-1], nil
}

func (c *Comparison) revision(ctx context.Context, s *store.Session, p *locale.Printer, kept []*proposal.Revision, name string, side *Side) (*proposal.Proposal, error) {
	if name == Now {
		*side = Side{Now, p.T("versions.now", "no", max(c.Proposal.Revision, 1))}
		return c.Proposal, nil
	}
	i := slices.IndexFunc(kept, func(r *proposal.Revision) bool { return strconv.FormatInt(r.No, 10) == name })
	if i < 0 {
		return nil, &UnknownSide{c.Proposal.Number, name}
	}
	*side = Side{name, p.T("versions.revision", "no", kept[i].No)}
	return s.RevisionContent(ctx, kept[i].ID)
}

// Columns of the table: every figure has one with its old value before it, whose
// name ends with _old.
const (
	What     = "what"
	Item     = "item"
	TotalOld = "total_old"
	Total    = "total"
	Delta    = "delta"
)

// Table is the comparison as a table: terms first, each with its old and new
// text; then each variant with its lines. Lines that are the same stand in it
// only if all is asked for.
func (c *Comparison) Table(p *locale.Printer, kind *model.Kind, all bool) *table.Table {
	currencies := c.Currencies
	if currencies[0] == "" { // variants of the proposal
		currencies = [2]string{c.Proposal.Currency, c.Proposal.Currency}
	}
	currency := currencies[1]
	if c.Turned() {
		currency = "" // each sum tells its own
	}
	was := func(name string) string { return p.T("versions.was", "what", p.Field("proposal.variants.lines", name)) }
	is := func(name string) string { return p.T("versions.is", "what", p.Field("proposal.variants.lines", name)) }
	words := map[string]string{}
	for _, d := range []proposal.Difference{proposal.Same, proposal.Added, proposal.Removed, proposal.Changed, proposal.Moved} {
		words[string(d)] = p.T("versions." + string(d))
	}
	t := &table.Table{
		Report: "versions", Title: p.T("versions.title", "number", c.Proposal.Number, "old", c.Old.Label, "new", c.New.Label),
		Parameters: []table.Parameter{
			{Name: "proposal", Label: p.Kind("proposal"), Value: c.Proposal.Number},
			{Name: "old", Label: p.T("versions.from"), Value: c.Old.Name, Text: c.Old.Label},
			{Name: "new", Label: p.T("versions.to"), Value: c.New.Name, Text: c.New.Label},
		},
		Columns: []table.Column{
			{Name: What, Label: p.T("versions.what"), Type: model.Choice, Words: words, Width: 13},
			{Name: Item, Label: p.T("versions.item"), Type: model.Text, Width: 44},
			{Name: "quantity_old", Label: was("quantity"), Type: model.Quantity},
			{Name: "quantity", Label: is("quantity"), Type: model.Quantity},
			{Name: "price_old", Label: was("price"), Type: model.Amount, Currency: currency},
			{Name: "price", Label: is("price"), Type: model.Amount, Currency: currency},
			{Name: "discount_old", Label: was("discount"), Type: model.Percents},
			{Name: "discount", Label: is("discount"), Type: model.Percents},
			{Name: TotalOld, Label: was("total"), Type: model.Amount, Currency: currency},
			{Name: Total, Label: is("total"), Type: model.Amount, Currency: currency},
			{Name: Delta, Label: p.T("versions.delta"), Type: model.Amount, Currency: currency},
		},
	}
	money := func(minor int64, side int) model.Money {
		return model.Money{Minor: minor, Currency: currencies[side]}
	}
	delta := func(minor int64) any {
		if c.Turned() {
			return nil
		}
		return money(minor, 1)
	}
	var rows []table.Row
	row := func(strong bool, cells ...any) {
		level := 1
		if strong {
			level = 0
		}
		for len(cells) < len(t.Columns) { // of a term there is nothing but words
			cells = append(cells, nil)
		}
		rows = append(rows, table.Row{Cells: cells, Strong: strong, Level: level})
	}
	for _, x := range c.Terms {
		f := kind.Field(x.Field)
		text := p.Field("proposal", x.Field) + ": " + said(p, kind, f, x.Old) + " → " + said(p, kind, f, x.New)
		row(true, string(proposal.Changed), text)
	}
	for _, v := range c.Variants {
		for _, x := range v.Terms {
			text := func(v any) string { return said(p, kind, kind.Field(x.Field), v) }
			row(true, string(proposal.Changed), variantLabel(p, v)+", "+p.Field("proposal.variants", x.Field)+": "+text(x.Old)+" → "+text(x.New))
		}
		head := []any{string(v.What), variantLabel(p, v), nil, nil, nil, nil, nil, nil, nil, nil, delta(v.Delta())}
		if v.Old != nil {
			head[8] = money(v.Old.Total, 0)
		}
		if v.New != nil {
			head[9] = money(v.New.Total, 1)
		}
		row(true, head...)
		for _, l := range v.Lines {
			if l.What == proposal.Same && !all {
				continue
			}
			cells := make([]any, len(t.Columns))
			cells[0] = string(l.What)
			if l.Old != nil && l.Old.Priced() || l.New != nil && l.New.Priced() {
				cells[10] = delta(l.Delta())
			}
			side := func(x *proposal.Line, at int) {
				if x == nil {
					return
				}
				cells[1] = lineLabel(x)
				if x.Optional {
					cells[1] = lineLabel(x) + " (" + p.T("proposal.option") + ")"
				}
				if x.Priced() {
					cells[2+at], cells[4+at], cells[6+at], cells[8+at] = x.Quantity, money(x.Price, at), x.Discount, money(x.Total, at)
				}
			}
			side(l.Old, 0)
			side(l.New, 1)
			if l.Old != nil && l.New != nil && lineLabel(l.Old) != lineLabel(l.New) {
				cells[1] = lineLabel(l.Old) + " → " + lineLabel(l.New)
			}
			row(false, cells...)
		}
	}
	t.Rows, t.Count = table.Slice(rows...), int64(len(rows))
	return t
}

func variantLabel(p *locale.Printer, v proposal.VariantChange) string {
	name := func(x *proposal.Variant) string {
		if x.Name == "" {
			return p.T("versions.unnamed")
		}
		return x.Name
	}
	switch {
	case v.Old == nil:
		return name(v.New)
	case v.New == nil:
		return name(v.Old)
	case v.Old.Name != v.New.Name:
		return name(v.Old) + " → " + name(v.New)
	}
	return name(v.New)
}

func lineLabel(l *proposal.Line) string {
	if l.Text != "" {
		return l.Text
	}
	return l.Product.Name
}

// said is a value of a term for people, without its line breaks.
func said(p *locale.Printer, kind *model.Kind, f *model.Field, v any) string {
	text, ok := v.(string)
	switch {
	case ok && f.Type == model.Choice:
		text = p.Choice(kind.Name, f.Name, text)
	case !ok:
		text = (&table.Column{Type: f.Type}).Text(v, p)
	}
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return "–"
	}
	return "«" + text + "»"
}
