package imports

import (
	"fmt"
	"slices"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
)

// places of an example line in a sample.
const (
	firstLine  = iota // of the first record
	otherLine         // the only one of the second record
	secondLine        // of the first record
)

// toldLines are fields of lines that a sample has beside those that are shown.
var toldLines = []string{"heading", "note", "optional"}

// follow are the fields that follow from a record's lines: the first example,
// which has some, leaves them to the program.
func (m *sampler) follow() map[string]bool {
	over, part := linesOf(m.k)
	if m.k.Settled == nil || part == nil || over != nil {
		return nil
	}
	rec := m.k.New()
	part.Add(rec)
	out := map[string]bool{}
	for _, p := range m.k.Settled(rec) {
		out[p.Field] = true
	}
	return out
}

// lines adds the columns of a document's lines, and a second line of the first
// example, which says nothing of the document again. A kit is an example made of
// the other one.
func (m *sampler) lines(form *spreadsheet.Form) error {
	over, part := linesOf(m.k)
	if part == nil {
		return nil
	}
	second := slices.Repeat([]any{nil}, len(form.Columns))
	type column struct {
		of *model.Kind
		f  *model.Field
	}
	var columns []column
	if over != nil {
		if f := over.Kind.Field("name"); f != nil {
			columns = append(columns, column{over.Kind, f})
		}
	}
	kit := false // lines point to records of the sample's own kind
	for _, f := range Fields(part.Kind, m.s.Role) {
		if f.Name != "number" && (f.Shown || slices.Contains(toldLines, f.Name)) {
			columns = append(columns, column{part.Kind, f})
			kit = kit || f.To == m.k.Name
		}
	}
	goesOn := false
	for _, x := range columns {
		takes, err := m.takes(x.f)
		if err != nil {
			return err
		}
		c := spreadsheet.FormColumn{Label: m.words.Kinds(x.of.Name) + " · " + m.words.Field(x.of.Name, x.f.Name), Takes: takes}
		if x.f.Type == model.Bool {
			c.Choices = []string{m.words.Bool(true), m.words.Bool(false)}
		}
		var values [3]any
		for i := range values {
			if kit && i == otherLine {
				continue
			}
			if values[i], err = m.lineValue(x.f, i); err != nil {
				return err
			}
		}
		goesOn = goesOn || x.f.Type == model.Link && values[secondLine] != nil
		c.Example = m.text(values[firstLine])
		form.Columns = append(form.Columns, c)
		form.Rows[0], form.Rows[1] = append(form.Rows[0], values[firstLine]), append(form.Rows[1], values[otherLine])
		second = append(second, values[secondLine])
	}
	if goesOn || !kit {
		form.Rows = [][]any{form.Rows[0], second, form.Rows[1]}
	}
	return nil
}

// lineValue is what an example line has for a field; nil leaves it empty.
func (m *sampler) lineValue(f *model.Field, line int) (any, error) {
	switch f.Type {
	case model.Link:
		if f.To == m.k.Name && line == firstLine {
			return m.words.T("import.sample.name", "kind", m.words.Kind(m.k.Name), "n", int64(2)), nil
		}
		known, err := m.s.Complete(m.ctx, f.To, "", 3, nil)
		if err != nil || len(known) == 0 {
			return nil, err
		}
		return m.sure(f.To, known[min(line, len(known)-1)]), nil
	case model.Quantity:
		return int64(line + 1), nil
	case model.Price:
		return spreadsheet.Decimal(fmt.Sprint(120*(line+1)) + ".50"), nil
	case model.Percents:
		return int64(5 * line), nil
	case model.Bool:
		if f.Name == "optional" {
			return m.words.Bool(line == secondLine), nil
		}
	}
	return nil, nil
}
