package post

import (
	"context"
	"slices"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/store"
)

// mostChanges is how many changes a letter lists.
const mostChanges = 30

// untold are terms whose change says nothing to the client.
var untold = []string{"template", "language", "rate", "organization", "signatory", "contact", "client"}

// changes tell the client what differs from the revision that he has: nothing
// for the first one, and where nothing does.
func changes(ctx context.Context, s *store.Session, p *proposal.Proposal) (string, error) {
	if p.SentRevision == 0 || left(p) {
		return "", nil
	}
	kept, err := s.Revisions(ctx, p.ID)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(kept, func(r *proposal.Revision) bool { return r.No == p.SentRevision })
	if i < 0 {
		return "", nil
	}
	was, err := s.RevisionContent(ctx, kept[i].ID)
	if err != nil {
		return "", err
	}
	kind := s.Registry().Kind("proposal")
	l := changeList{words: words(p), kind: kind, was: was.Currency, currency: p.Currency, several: len(p.Variants) > 1 || len(was.Variants) > 1}
	l.list(proposal.Compare(kind, was, p))
	if len(l.lines) == 0 {
		return "", nil
	}
	if n := len(l.lines) - mostChanges; n > 0 {
		l.lines = append(l.lines[:mostChanges], l.words.N("mail.changes.more", int64(n)))
	}
	head := l.words.T("mail.changes.head", "now", p.Revision, "old", kept[i].No, "day", l.words.Day(model.DayOf(kept[i].SentAt.In(l.words.Zone()))))
	return head + "\n• " + strings.Join(l.lines, "\n• "), nil
}

// withChanges ends the text of a letter with what a correction changes.
func withChanges(ctx context.Context, s *store.Session, p *proposal.Proposal, text string) (string, error) {
	news, err := changes(ctx, s, p)
	if err != nil || news == "" {
		return text, err
	}
	return strings.TrimRight(text, "\n") + "\n\n" + news, nil
}

type changeList struct {
	words    *locale.Printer
	kind     *model.Kind
	was      string // the currency of the revision that he has
	currency string
	several  bool // variants, so that each is named
	lines    []string
}

func (l *changeList) add(key string, args ...any) {
	l.lines = append(l.lines, l.words.T("mail.changes."+key, args...))
}

func (l *changeList) money(minor int64) string {
	return l.words.Money(model.Money{Minor: minor, Currency: l.currency})
}

func (l *changeList) old(minor int64) string {
	return l.words.Money(model.Money{Minor: minor, Currency: l.was})
}

func (l *changeList) list(c proposal.Comparison) {
	for _, x := range c.Terms {
		if slices.Contains(untold, x.Field) {
			continue
		}
		f, name := l.kind.Field(x.Field), l.words.Field("proposal", x.Field)
		old, now := l.value(f, x.Old), l.value(f, x.New)
		if f.Type == model.LongText || old == "" || now == "" {
			l.add("term", "name", name)
		} else {
			l.add("from_to", "name", name, "old", old, "now", now)
		}
	}
	for _, v := range c.Variants {
		l.variant(v)
	}
}

func (l *changeList) value(f *model.Field, v any) string {
	if text, ok := v.(string); ok {
		if f.Type == model.Choice {
			return l.words.Choice("proposal", f.Name, text)
		}
		return text
	}
	return l.words.Value(v)
}

func (l *changeList) variant(v proposal.VariantChange) {
	name := func(x *proposal.Variant) string { return l.words.Quote(x.Name) }
	switch v.What {
	case proposal.Same:
		return
	case proposal.Added:
		l.add("variant_added", "name", name(v.New), "total", l.money(v.New.Total))
		return
	case proposal.Removed:
		l.add("variant_removed", "name", name(v.Old))
		return
	}
	before := ""
	if l.several {
		before = name(v.New) + ": "
	}
	from := len(l.lines)
	for _, x := range v.Lines {
		l.line(x)
	}
	if v.Moves() { // which ones he sees
		l.add("order")
	}
	if v.Old.Total != v.New.Total || l.was != l.currency {
		l.add("from_to", "name", l.words.T("mail.changes.total"), "old", l.old(v.Old.Total), "now", l.money(v.New.Total))
	}
	for i := from; i < len(l.lines); i++ {
		l.lines[i] = before + l.lines[i]
	}
}

func (l *changeList) line(x proposal.LineChange) {
	name := func(y *proposal.Line) string {
		if y.Text != "" {
			return y.Text
		}
		return y.Product.Name
	}
	switch x.What {
	case proposal.Added:
		if x.New.Heading {
			return
		}
		l.add("line_added", "name", name(x.New), "quantity", l.words.Qty(x.New.Quantity), "unit", x.New.Unit, "total", l.money(x.New.Total))
	case proposal.Removed:
		if x.Old.Heading {
			return
		}
		l.add("line_removed", "name", name(x.Old))
	case proposal.Changed:
		var parts []string
		for _, f := range x.Fields {
			part := ""
			field := func(old, now string) {
				part = l.words.T("mail.changes."+f, "old", old, "now", now)
			}
			switch f {
			case "product", "text":
				if name(x.Old) != name(x.New) {
					part = l.words.T("mail.changes.instead", "name", name(x.Old))
				}
			case "quantity":
				field(l.words.Qty(x.Old.Quantity), l.words.Qty(x.New.Quantity))
			case "price":
				field(l.old(x.Old.Price), l.money(x.New.Price))
			case "discount":
				field(l.words.Percent(x.Old.Discount), l.words.Percent(x.New.Discount))
			}
			if part != "" && !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
		if len(parts) > 0 && !x.New.Heading {
			l.lines = append(l.lines, name(x.New)+": "+strings.Join(parts, ", "))
		}
	}
}
