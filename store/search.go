package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/filter"
)

// Complete offers records whose name, number or code contains a text, those
// that begin with it first, then by name: for a reference field while one
// types. An empty text offers the first records.
func (s *Session) Complete(ctx context.Context, kind, text string, limit int, where filter.Node) ([]model.Ref, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	sel := s.selection(p)
	columns := []string{"t.id", "t.number"}
	for _, c := range titleColumns(p.kind) {
		columns = append(columns, "t."+ident(c))
	}
	order := " ORDER BY "
	if first := firstName(p.kind); first != nil {
		if folded := fold(text); folded != "" {
			order += "CASE WHEN t." + first.Name + "_search LIKE {begin} ESCAPE '\\' THEN 0 ELSE 1 END, "
		}
		order += "t." + first.Name + "_sort NULLS LAST, "
	}
	if f := p.kind.Field("order"); f != nil && f.Type == model.Int {
		order = ` ORDER BY t."order", `
	}
	condition, err := sel.where(Query{Kind: kind, Where: where, Search: text})
	if err != nil {
		return nil, err
	}
	if active := p.kind.Field("active"); active != nil && active.Type == model.Bool {
		condition += " AND t.active = TRUE"
	}
	if strings.Contains(order, "{begin}") { //nolint:staticcheck // an argument is bound only when it is there
		order = strings.Replace(order, "{begin}", sel.arg(like.Replace(fold(text))+"%"), 1)
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + p.table + " t" + sel.joins.String() + condition + order + "t.id LIMIT " + sel.arg(int64(limit))
	var out []model.Ref
	err = each(ctx, pool{s.base}, query, sel.args, func(raw []any) error {
		id, _ := raw[0].(int64)
		out = append(out, named(id, raw[1:]))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("complete %s: %w", kind, s.base.explain(err))
	}
	return out, nil
}

// firstName is the field by which records of a kind are known first.
func firstName(k *model.Kind) *model.Field {
	for _, name := range k.Title {
		if f := k.Field(name); f != nil && f.Sorts() && f.Searched() {
			return f
		}
	}
	return nil
}

// Hit is a record that Search found.
type Hit struct {
	Kind string
	Ref  model.Ref
	Why  string // the field that matched: "name", "number", "phone", "code", "iban", …; of a line its path, "variants.lines.text"
}

// Search finds records of daily work by words of a name, by number, digits of
// a phone, EDRPOU, e-mail or IBAN: the most exact first, at most limit of each
// kind.
func (s *Session) Search(ctx context.Context, text string, limit int) ([]Hit, error) {
	words := strings.Fields(fold(text))
	if len(words) == 0 {
		return nil, nil
	}
	var exact, begins, contains []Hit
	for _, k := range s.base.registry.Kinds() {
		if k.Catalogue {
			continue
		}
		p := s.base.plans[k.Name]
		rows, err := s.searchKind(ctx, p, text, limit)
		if err != nil {
			return nil, err
		}
		for _, h := range rows {
			name, number := fold(h.Ref.Name), fold(h.Ref.Code)
			switch whole := strings.Join(words, " "); {
			case name == whole || number == whole || h.Why == "number" && slices.Contains(numbersLike(whole), any(number)):
				exact = append(exact, h)
			case strings.HasPrefix(name, words[0]) || strings.HasPrefix(number, words[0]) || h.Why == "phone" || h.Why == "iban":
				begins = append(begins, h)
			default:
				contains = append(contains, h)
			}
		}
	}
	return append(append(exact, begins...), contains...), nil
}

func (s *Session) searchKind(ctx context.Context, p *plan, text string, limit int) ([]Hit, error) {
	sel := s.selection(p)
	columns := []string{"t.id", "t.number"}
	for _, c := range titleColumns(p.kind) {
		columns = append(columns, "t."+ident(c))
	}
	titles := len(columns)
	why := []string{}
	for _, f := range p.fields {
		if s.Sees(f) && foundBy(f) {
			columns, why = append(columns, "t."+f.Name+"_search"), append(why, f.Name)
		}
	}
	words := strings.Fields(fold(text))
	offers := len(columns) // what is in a line comes last
	known := "SELECT " + strings.Join(columns, ", ") + " FROM " + p.table + " t"
	for _, x := range sel.inLines(words[0]) {
		columns = append(columns, "CASE WHEN t.id IN ("+x.owners+") THEN 1 ELSE 0 END")
		why = append(why, x.path)
	}
	condition, err := sel.where(Query{Kind: p.kind.Name, Search: text})
	if err != nil {
		return nil, err
	}
	if iban := strings.ToUpper(strings.Join(strings.Fields(text), "")); len(iban) >= 8 {
		for _, part := range p.parts {
			for _, f := range part.fields {
				if f.Format == "iban" {
					condition += " OR (t.marked = FALSE AND t.id IN (SELECT n.owner_id FROM " + part.table + " n WHERE " + sel.contains(part, "n", iban, ident(f.Name)) + "))"
				}
			}
		}
	}
	from := "SELECT " + strings.Join(columns, ", ") + " FROM " + p.table + " t"
	query := from + sel.joins.String() + condition + " ORDER BY t.id DESC LIMIT " + sel.arg(int64(limit))
	var out []Hit
	// A number without its noughts comes before what merely contains its digits.
	if likely := numbersLike(fold(strings.TrimSpace(text))); len(likely) > 0 {
		err := each(ctx, pool{s.base}, known+" WHERE t.marked = FALSE AND t.number_search IN ("+marks(len(likely))+") ORDER BY t.id DESC", likely, func(raw []any) error {
			id, _ := raw[0].(int64)
			out = append(out, Hit{Kind: p.kind.Name, Ref: named(id, raw[1:titles]), Why: "number"})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("search %s by number: %w", p.kind.Name, s.base.explain(err))
		}
	}
	numbered := len(out)
	err = each(ctx, pool{s.base}, query, sel.args, func(raw []any) error {
		id, _ := raw[0].(int64)
		if slices.ContainsFunc(out[:numbered], func(h Hit) bool { return h.Ref.ID == id }) {
			return nil
		}
		h := Hit{Kind: p.kind.Name, Ref: named(id, raw[1:titles])}
		for i, field := range why {
			v, _ := raw[titles+i].(string)
			if titles+i < offers && strings.Contains(v, words[0]) || titles+i >= offers && raw[titles+i] == int64(1) {
				h.Why = field
				break
			}
		}
		if h.Why == "" {
			switch {
			case phoneDigits(text) != "":
				h.Why = "phone"
			case p.kind.Field("client") != nil:
				h.Why = "client"
			default:
				h.Why = "iban"
			}
		}
		out = append(out, h)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("search %s: %w", p.kind.Name, s.base.explain(err))
	}
	return out, nil
}
