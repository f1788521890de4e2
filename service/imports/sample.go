package imports

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/requisite"
	"ugoda/store"
)

// Sample writes a file that can be brought into a kind: its headings with what
// each column takes, and two example rows that come in as they are.
func Sample(ctx context.Context, s *store.Session, words *locale.Printer, kind string, w io.Writer) error {
	k := s.Registry().Kind(kind)
	if k == nil || !Can(s, kind) {
		return &store.Forbidden{Kind: kind, Role: s.Role}
	}
	m := sampler{ctx: ctx, s: s, words: words, k: k}
	form := &spreadsheet.Form{
		Name: words.T("import.sample.sheet"), Notes: words.T("import.sample.notes"),
		Words: [4]string{words.T("import.problem.column"), words.T("import.sample.required"), words.T("import.sample.takes"), words.T("import.sample.example")},
		Rows:  make([][]any, 2),
	}
	first, err := s.New(ctx, kind)
	if err != nil {
		return err
	}
	follow := m.follow()
	for _, f := range sampleFields(k, s.Role) {
		c := spreadsheet.FormColumn{Label: words.Field(k.Name, f.Name), Required: f.Required || f.Name == k.Title[0]}
		if f.Type == model.Choice {
			for _, v := range f.Values {
				c.Choices = append(c.Choices, words.Choice(k.Name, f.Name, v))
			}
		}
		if f.Type == model.Bool {
			c.Choices = []string{words.Bool(true), words.Bool(false)}
		}
		if c.Takes, err = m.takes(f); err != nil {
			return err
		}
		for i := range form.Rows {
			var v any
			if i > 0 || !follow[f.Name] {
				if v, err = m.value(f, first, i); err != nil {
					return err
				}
			}
			form.Rows[i] = append(form.Rows[i], v)
			if c.Example == "" {
				c.Example = m.text(v)
			}
		}
		form.Columns = append(form.Columns, c)
	}
	if err := m.lines(form); err != nil {
		return err
	}
	return form.Write(w)
}

// sampleFields are the fields of a sample, the name first. Numbers and days
// that the program gives are left to it.
func sampleFields(k *model.Kind, role model.Role) []*model.Field {
	var out []*model.Field
	for _, f := range Fields(k, role) {
		if f.Name == "number" && k.Name != "currency" && !slices.Contains([]string{"product", "client"}, k.Name) || f.Name == "closed" || f.Name == "done_at" {
			continue // the program gives them
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b *model.Field) int {
		first := func(f *model.Field) int {
			if f.Name == k.Title[0] {
				return 0
			}
			return 1
		}
		return first(a) - first(b)
	})
	return out
}

type sampler struct {
	ctx   context.Context
	s     *store.Session
	words *locale.Printer
	k     *model.Kind
}

// takes says what may stand in a column.
func (m *sampler) takes(f *model.Field) (string, error) {
	t := m.words.T
	switch {
	case f.Name == "number":
		return t("import.takes.number"), nil
	case f.Format != "" && m.words.Has("import.takes."+f.Format):
		return t("import.takes." + f.Format), nil
	}
	switch f.Type {
	case model.Choice:
		var list []string
		for _, v := range f.Values {
			list = append(list, m.words.Choice(m.k.Name, f.Name, v))
		}
		return t("import.takes.choice", "values", strings.Join(list, ", ")), nil
	case model.Link:
		said := t("import.takes.link", "kind", m.words.Kind(f.To))
		known, err := m.s.Complete(m.ctx, f.To, "", 5, nil)
		if err != nil {
			return "", err
		}
		var list []string
		for _, r := range known {
			list = append(list, m.sure(f.To, r))
		}
		if len(list) > 0 {
			said += " " + t("import.takes.known", "values", strings.Join(list, ", "))
		}
		return said, nil
	case model.Bool:
		return t("import.takes.bool", "yes", m.words.Bool(true), "no", m.words.Bool(false)), nil
	case model.Days:
		return t("import.takes.day", "day", m.words.Day(m.s.Today())), nil
	case model.Moment:
		return t("import.takes.moment", "day", m.words.Day(m.s.Today())+" 14:05"), nil
	case model.Amount:
		return t("import.takes.amount", "currency", m.s.BaseCurrency()), nil
	case model.Percents:
		return t("import.takes.percent"), nil
	case model.Int, model.Price, model.Quantity, model.Rates:
		return t("import.takes.count"), nil
	case model.LongText:
		return t("import.takes.lines"), nil
	}
	return t("import.takes.text"), nil
}

func nameOf(r model.Ref) string {
	if r.Name == "" {
		return r.Code
	}
	return r.Name
}

// sure is what a record is called without doubt: a document by its number.
func (m *sampler) sure(kind string, r model.Ref) string {
	if to := m.s.Registry().Kind(kind); to.Series != "" && to.Field("number").Shown && r.Code != "" {
		return r.Code
	}
	return nameOf(r)
}

// value is what an example row has for a field; nil leaves it empty.
func (m *sampler) value(f *model.Field, fresh model.Keeper, row int) (any, error) {
	n := int64(row + 1)
	switch f.Type {
	case model.Choice:
		if len(f.Values) == 0 {
			return nil, nil
		}
		v, _ := f.Value(fresh).(string) // what a new record has, or the first
		if v == "" {
			v = f.Values[0]
		}
		return m.words.Choice(m.k.Name, f.Name, v), nil
	case model.Link:
		return m.link(f, fresh, row)
	case model.Bool:
		v, _ := f.Value(fresh).(bool)
		return m.words.Bool(v), nil
	case model.Days:
		if f.Name == "closes" || f.Name == "due" || f.Name == "valid_until" {
			return m.s.Today() + model.Day(7*n), nil
		}
		return m.s.Today() - model.Day(n), nil
	case model.Moment:
		return m.words.Day(m.s.Today()-model.Day(n)) + " 10:30", nil
	case model.Amount:
		return spreadsheet.Decimal(fmt.Sprint(1250*n) + ".50"), nil
	case model.Price, model.Quantity, model.Int:
		return n, nil
	case model.Percents:
		return 10 * n, nil
	case model.Rates:
		return spreadsheet.Decimal("41.25"), nil
	case model.LongText:
		if f.Required {
			return m.words.T("import.takes.lines"), nil
		}
		return nil, nil
	}
	return m.example(f, n), nil
}

// link is a record that the base has, or the name of a new one.
func (m *sampler) link(f *model.Field, fresh model.Keeper, row int) (any, error) {
	if r, ok := f.Value(fresh).(model.Ref); ok && r.ID != 0 {
		if rec, err := m.s.Get(m.ctx, f.To, r.ID); err == nil {
			to := m.s.Registry().Kind(f.To)
			return m.sure(f.To, model.Ref{Code: rec.Base().Number, Name: to.TitleOf(rec)}), nil
		}
	}
	if f.To == m.k.Name || !f.Shown && !f.Required {
		return nil, nil
	}
	known, err := m.s.Complete(m.ctx, f.To, "", 2, nil)
	if err != nil || len(known) == 0 {
		if f.Required && err == nil {
			return m.words.Kind(f.To) + " 1", nil
		}
		return nil, err
	}
	return m.sure(f.To, known[min(row, len(known)-1)]), nil
}

// example is a text that the field may have.
func (m *sampler) example(f *model.Field, n int64) any {
	switch f.Format {
	case "phone":
		return fmt.Sprintf("(010) 000-00-%02d, (010) 000-01-%02d", n, n) // the area 010 does not exist
	case "email":
		return fmt.Sprintf("zrazok%d@firma.example", n)
	case "url":
		return "https://firma.example"
	case "edrpou": // codes that begin with 99 were given to no one
		return firstValid(fmt.Sprintf("990000%d", n), "%d", 10, requisite.ValidEDRPOU)
	case "iban":
		return firstValid("UA", "%02d000000"+fmt.Sprintf("%019d", n), 100, requisite.ValidIBAN)
	case "colour":
		return "#4a90d9"
	case "hour":
		return "10:00"
	case "currency":
		return m.s.BaseCurrency()
	case "":
	default:
		return nil
	}
	if f.Name == "number" {
		if m.k.Name == "currency" {
			return []any{"CHF", "CZK"}[n-1]
		}
		return nil
	}
	if f.Name == m.k.Title[0] || f.Named || f.Required {
		return m.words.T("import.sample.name", "kind", m.words.Kind(m.k.Name), "n", n)
	}
	return nil
}

// firstValid tries check digits until a code is valid.
func firstValid(head, tail string, most int, valid func(string) bool) any {
	for i := range most {
		if s := head + fmt.Sprintf(tail, i); valid(s) {
			return s
		}
	}
	return nil
}

func (m *sampler) text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case model.Day:
		return m.words.Day(v)
	case spreadsheet.Decimal:
		return string(v)
	}
	return fmt.Sprint(v)
}
