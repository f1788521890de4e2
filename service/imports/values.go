package imports

import (
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/requisite"
)

// value is what one cell, or a constant, brings.
type value struct {
	field *model.Field
	part  *model.Part
	below *model.Field
	value any
	many  []any // of a part: one for each row
}

// read converts the cells of a row; ok is false when one of them could not be.
func (r *runner) read(cells []spreadsheet.Cell, line int) (values []value, ok bool, err error) {
	ok = true
	got := map[string]bool{}
	for _, t := range r.columns {
		if t.below != nil {
			continue // read where the reference is created
		}
		var cell spreadsheet.Cell
		if t.Index < len(cells) {
			cell = cells[t.Index]
		}
		if cell.Kind == spreadsheet.Empty {
			continue
		}
		v, err := r.convert(t, cell, cells)
		if wrong, fatal := r.bad(line, t.Heading, cell.Text, err); fatal != nil {
			return nil, false, fatal
		} else if wrong {
			ok = false
			continue
		}
		got[t.Field] = true
		values = append(values, v...)
	}
	for name, s := range r.p.Constants {
		if got[name] {
			continue
		}
		got[name] = true
		f := r.k.Field(name)
		v, err := r.parse(target{Column: Column{Field: name}, field: f}, spreadsheet.Cell{Kind: spreadsheet.Text, Text: s}, cells)
		if wrong, fatal := r.bad(line, name, s, err); fatal != nil {
			return nil, false, fatal
		} else if wrong {
			ok = false
			continue
		}
		values = append(values, value{field: f, value: v})
	}
	for _, t := range r.columns {
		if !got[t.Field] && t.below == nil {
			r.result.Without[t.Field]++
		}
	}
	if len(r.groups) > 0 {
		if f := r.k.Field("group"); f != nil && !got["group"] {
			values = append(values, value{field: f, value: r.groups[len(r.groups)-1]})
		}
	}
	return values, ok, nil
}

// convert reads a cell for a column: several phones or addresses in one cell
// go to the main field and to the part of further ones.
func (r *runner) convert(t target, cell spreadsheet.Cell, cells []spreadsheet.Cell) ([]value, error) {
	if t.part == nil && (t.field.Format == "phone" || t.field.Format == "email") {
		texts := split(cell.Text)
		if t.field.Format == "email" {
			for _, s := range texts {
				if !requisite.ValidEmail(s) {
					return nil, model.Refused(t.field.Name, "email_form", "email", s)
				}
			}
		}
		out := []value{{field: t.field, value: texts[0]}}
		if part := r.k.Part(t.field.Format + "s"); part != nil && len(texts) > 1 {
			v := value{field: part.Kind.Field(t.field.Format), part: part}
			for _, s := range texts[1:] {
				v.many = append(v.many, s)
			}
			out = append(out, v)
		} else if len(texts) > 1 {
			out[0].value = cell.Text
		}
		return out, nil
	}
	v, err := r.parse(t, cell, cells)
	if err != nil {
		return nil, err
	}
	if t.part != nil {
		return []value{{field: t.field, part: t.part, many: []any{v}}}, nil
	}
	return []value{{field: t.field, value: v}}, nil
}

// split cuts a cell with several phones or addresses.
func split(s string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(c rune) bool { return c == ',' || c == ';' || c == '\n' || c == '|' }) {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return []string{strings.TrimSpace(s)}
	}
	return out
}

// parse reads a cell as a field's value.
func (r *runner) parse(t target, cell spreadsheet.Cell, cells []spreadsheet.Cell) (any, error) {
	f := t.field
	scaled := func(scale int32) (int64, error) {
		d, ok := r.guesses[t.Index].Number(cell)
		if !ok {
			return 0, model.Refused(f.Name, "not_a_number", "value", cell.Text)
		}
		d = d.Round(scale).Shift(scale)
		if !d.BigInt().IsInt64() {
			return 0, model.Refused(f.Name, "amount_too_large")
		}
		return d.IntPart(), nil
	}
	switch f.Type {
	case model.Int:
		n, err := scaled(0)
		return n, err
	case model.Price:
		n, err := scaled(2)
		return n, err
	case model.Amount:
		n, err := scaled(2)
		return model.Money{Minor: n, Currency: r.currency(cell.Text)}, err
	case model.Quantity:
		n, err := scaled(3)
		return model.Qty(n), err
	case model.Percents:
		n, err := scaled(2)
		return model.Percent(n), err
	case model.Rates:
		n, err := scaled(6)
		return model.Rate(n), err
	case model.Bool:
		switch plain(cell.Text) {
		case "1", "true", "yes", "так", "y", "т", "+", "x", "х":
			return true, nil
		case "0", "false", "no", "ні", "n", "н", "-", "":
			return false, nil
		}
		return nil, model.Refused(f.Name, "not_a_bool", "value", cell.Text)
	case model.Days:
		d, ok := r.guesses[t.Index].Day(cell)
		if !ok {
			return nil, model.Refused(f.Name, "not_a_day", "value", cell.Text)
		}
		return d, nil
	case model.Moment:
		d, ok := r.guesses[t.Index].Day(cell)
		if !ok {
			return nil, model.Refused(f.Name, "not_a_day", "value", cell.Text)
		}
		return d.Time(), nil
	case model.Choice:
		return r.choice(f, cell.Text)
	case model.Link:
		return r.reference(f, cell.Text, cells)
	}
	return cell.Text, nil
}

// currency is the one that an amount's text names, else the base currency.
func (r *runner) currency(s string) string {
	for _, c := range []struct{ sign, code string }{{"$", "USD"}, {"USD", "USD"}, {"€", "EUR"}, {"EUR", "EUR"}, {"PLN", "PLN"}, {"£", "GBP"}, {"UAH", "UAH"}, {"грн", "UAH"}, {"₴", "UAH"}} {
		if strings.Contains(s, c.sign) {
			return c.code
		}
	}
	return r.s.BaseCurrency()
}

// choice reads an identifier, or its label in either language.
func (r *runner) choice(f *model.Field, s string) (any, error) {
	want := plain(s)
	for _, v := range f.Values {
		if plain(v) == want || plain(strings.TrimSuffix(v, "%")) == strings.TrimSuffix(want, "%") {
			return v, nil
		}
		for _, p := range printers {
			if plain(p.Choice(r.k.Name, f.Name, v)) == want {
				return v, nil
			}
		}
	}
	return nil, model.Refused(f.Name, "not_a_choice", "value", s)
}
