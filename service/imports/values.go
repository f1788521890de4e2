package imports

import (
	"strings"
	"time"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/requisite"
	"ugoda/model/text"
)

// value is what one cell, or a constant, brings to a field.
type value struct {
	*bound
	value any
	many  []any // of a part: one for each row
}

// money is an amount whose cell may name no currency.
type money struct {
	minor    int64
	currency string // empty: the record's own, or the base currency
}

func (m money) in(currency string) model.Money {
	if m.currency != "" {
		currency = m.currency
	}
	return model.Money{Minor: m.minor, Currency: currency}
}

// read converts the cells of a row; ok is false when one of them could not be.
func (r *runner) read(cells []spreadsheet.Cell, line int) (values []value, ok bool, err error) {
	ok = true
	values = r.values[:0]
	clear(r.current)
	for i := range r.bounds {
		b := &r.bounds[i]
		if r.follows && !r.nest.ofLines(b) {
			continue // the document was read with its first row
		}
		b.got = false
		if b.Link != nil || b.currency {
			continue // read with what they say more of
		}
		cell := b.cellOf(cells)
		if cell.Kind == spreadsheet.Empty && !(b.Field.Type == model.Link && r.hasLinked(b, cells)) {
			continue
		}
		b.got = true
		v, err := r.convert(b, cell, cells)
		if wrong, fatal := r.bad(line, b.column, cell.Shows(), err); fatal != nil {
			return nil, false, fatal
		} else if wrong {
			ok = false
			continue
		}
		if ref, is := v[0].value.(model.Ref); is && within(b.Path) == 0 {
			r.current[b.Path] = ref
		}
		values = append(values, v...)
	}
	if r.follows {
		r.values = values
		return values, ok, nil
	}
	if values, ok, err = r.linkedAlone(values, ok, cells, line); err != nil {
		return nil, false, err
	}
	values, ok, err = r.fill(values, ok, line)
	r.values = values
	return values, ok, err
}

// cellOf is the cell of a column; a row may be shorter.
func (b *bound) cellOf(cells []spreadsheet.Cell) spreadsheet.Cell {
	if b.column.Index < len(cells) {
		return cells[b.column.Index]
	}
	return spreadsheet.Cell{}
}

// linkedAlone reads references that have no column of their own, only columns
// that say something of their records, such as a code.
func (r *runner) linkedAlone(values []value, ok bool, cells []spreadsheet.Cell, line int) ([]value, bool, error) {
	for _, f := range r.alone {
		rest := r.linked(f, cells)
		if len(rest) == 0 {
			continue
		}
		first := rest[0]
		ref, err := r.reference(f, "", rest)
		if wrong, fatal := r.bad(line, first.column, first.text, err); fatal != nil {
			return nil, false, fatal
		} else if wrong {
			ok = false
			continue
		}
		values = append(values, value{bound: &bound{Target: Target{Path: f.Name, Kind: r.k.Name, Field: f}}, value: ref})
	}
	return values, ok, nil
}

// fill brings what the row has nothing for: constants, the group above; it
// counts what stays empty.
func (r *runner) fill(values []value, ok bool, line int) ([]value, bool, error) {
	for _, c := range r.constants {
		if r.got(c.Path) {
			continue
		}
		v := c.value
		if text, ok := v.(string); ok && c.Field.Type != model.Choice && strings.Contains(text, "{") {
			v = r.filled(text)
		}
		values = append(values, value{bound: &c.bound, value: v})
	}
	for _, b := range r.paths {
		if r.got(b.Path) || r.nest != nil && r.nest.ofLines(b) {
			continue
		}
		r.result.Without[b.Path]++
		if _, constant := r.p.Constants[b.Path]; constant {
			continue
		}
		switch {
		case r.p.Without[b.Path] == Skip:
			r.skipped(line, b.column)
			ok = false
		case r.p.Without[b.Path] == Empty:
		default:
			if q := r.missing(b); q != nil {
				if q.Blocks {
					if _, err := r.bad(line, b.column, "", model.Refused(b.Field.Name, "no_day_in_file")); err != nil {
						return nil, false, err
					}
					ok = false
				}
				r.ask(*q)
			}
		}
	}
	if n := len(r.groups); n > 0 && !r.got("group") {
		if _, constant := r.p.Constants["group"]; !constant {
			values = append(values, value{bound: r.groupBound, value: r.groups[n-1].ref})
		}
	}
	return values, ok, nil
}

// filled puts what the row has in other columns into a constant: in
// "{product} — {account}" each heading stands for its cell.
func (r *runner) filled(s string) string {
	for _, c := range r.p.Columns {
		if mark := "{" + c.Heading + "}"; strings.Contains(s, mark) {
			said := ""
			if c.Index < len(r.cells) {
				said = r.cells[c.Index].Shows()
			}
			s = strings.ReplaceAll(s, mark, said)
		}
	}
	return strings.Join(strings.Fields(strings.Trim(s, " —-·,")), " ")
}

// got reports whether the row had anything for a path.
func (r *runner) got(path string) bool {
	for i := range r.bounds {
		if r.bounds[i].got && r.bounds[i].Path == path {
			return true
		}
	}
	return false
}

// missing is what to ask of rows that have nothing for a field: whose record a
// reference points to, and the day on which a deal began.
func (r *runner) missing(b *bound) *Question {
	switch {
	case r.k.Name == "deal" && b.Path == "opened":
		return &Question{About: AboutMissing, Field: b.Path, Blocks: true}
	case b.Part == nil && b.Field.Type == model.Link && b.Field.Name != "loss_reason":
		return &Question{About: AboutMissing, Field: b.Path, Kind: b.Field.To}
	}
	return nil
}

// linked are the values of a row that say more of the record that a field
// points to.
func (r *runner) linked(f *model.Field, cells []spreadsheet.Cell) []linked {
	var out []linked
	for i := range r.bounds {
		b := &r.bounds[i]
		if b.Link != f {
			continue
		}
		if c := b.cellOf(cells); c.Kind != spreadsheet.Empty {
			out = append(out, linked{b.column, b.Field, c, cleanText(b.Field, c)})
		}
	}
	return out
}

func (r *runner) hasLinked(b *bound, cells []spreadsheet.Cell) bool {
	for i := range r.bounds {
		if r.bounds[i].Link == b.Field && b.Part == nil && r.bounds[i].cellOf(cells).Kind != spreadsheet.Empty {
			return true
		}
	}
	return false
}

// convert reads a cell for a column: several phones or addresses in one cell
// go to the main field and to the part of further ones.
func (r *runner) convert(b *bound, cell spreadsheet.Cell, cells []spreadsheet.Cell) ([]value, error) {
	if cell.Kind == spreadsheet.Fault {
		if cell.Text == "=" {
			return nil, model.Refused(b.Field.Name, "formula_not_counted")
		}
		return nil, model.Refused(b.Field.Name, "formula_failed", "value", cell.Text)
	}
	if b.Part == nil && (b.Field.Format == "phone" || b.Field.Format == "email") {
		return r.several(b, cell)
	}
	if b.Field.Type == model.LongText && b.shared { // several columns go to one note, each with its heading
		return []value{{bound: b, value: b.column.Heading + ": " + cell.Shows()}}, nil
	}
	v, err := r.parse(r.k, b.Field, b.column, cell, func() []linked {
		if b.Part != nil {
			return nil
		}
		return r.linked(b.Field, cells)
	})
	if err != nil {
		return nil, err
	}
	if m, ok := v.(money); ok {
		if m.currency == "" && b.withCurrency != nil {
			if m.currency, err = r.currencyCode(b.Field, b.withCurrency.cellOf(cells)); err != nil {
				return nil, err
			}
		}
		v = m
	}
	if b.Part != nil {
		return []value{{bound: b, many: []any{v}}}, nil
	}
	return []value{{bound: b, value: v}}, nil
}

// currencyCode reads a cell with a currency: its code or its sign.
func (r *runner) currencyCode(f *model.Field, c spreadsheet.Cell) (string, error) {
	s := strings.TrimSpace(c.Text)
	if s == "" {
		return "", nil
	}
	if code := spreadsheet.Currency(strings.ToUpper(s)); code != "" {
		return code, nil
	}
	if code := spreadsheet.Currency(s); code != "" {
		return code, nil
	}
	if len(s) == 3 && strings.Trim(strings.ToUpper(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return strings.ToUpper(s), nil
	}
	return "", model.Refused(f.Name, "unknown_currency", "value", s)
}

// several reads a cell with one or more phones or addresses of mail.
func (r *runner) several(b *bound, cell spreadsheet.Cell) ([]value, error) {
	texts := split(cleanText(b.Field, cell), b.Field.Format == "email")
	if b.Field.Format == "email" {
		for _, s := range texts {
			if !requisite.ValidEmail(s) {
				return nil, model.Refused(b.Field.Name, "email_form", "email", s)
			}
		}
	}
	out := []value{{bound: b, value: texts[0]}}
	if len(texts) < 2 {
		return out, nil
	}
	if b.more == nil {
		out[0].value = strings.Join(texts, ", ")
		return out, nil
	}
	v := value{bound: b.more}
	for _, s := range texts[1:] {
		v.many = append(v.many, s)
	}
	return append(out, v), nil
}

// split cuts a cell with several phones or addresses. A phone may be cut by a
// slash or by spaces too, where what stands between them is long enough to be
// one.
func split(s string, email bool) []string {
	cuts := ",;\n|\t"
	if email {
		cuts += " "
	}
	var out []string
	for _, x := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(cuts, c) }) {
		if !email {
			if parts := strings.Split(x, "/"); len(parts) > 1 && allPhones(parts) {
				for _, p := range parts {
					out = append(out, strings.TrimSpace(p))
				}
				continue
			}
		}
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		return []string{strings.TrimSpace(s)}
	}
	return out
}

func allPhones(parts []string) bool {
	for _, p := range parts {
		if len(requisite.Digits(p)) < 9 {
			return false
		}
	}
	return true
}

// cleanText is the text of a cell as a field keeps it: numbers as the file
// shows them, phones with their plus, codes with the noughts that a number
// loses.
func cleanText(f *model.Field, c spreadsheet.Cell) string {
	s := c.Text
	if c.Kind == spreadsheet.Number {
		if s = c.Shows(); f.Format != "" { // "32129 UAH" is a sum, and no code
			s = strings.TrimRight(s, " ABCDEFGHIJKLMNOPQRSTUVWXYZ%")
		}
		switch {
		case f.Format == "phone" && len(c.Text) == 12 && strings.HasPrefix(c.Text, "380"):
			return "+" + c.Text
		case f.Format == "phone" && len(c.Text) == 9:
			return "0" + c.Text
		case f.Format == "edrpou" && len(s) < 8:
			if padded := strings.Repeat("0", 8-len(s)) + s; requisite.ValidEDRPOU(padded) {
				return padded
			}
		case f.Format == "edrpou" && len(s) == 9:
			if requisite.ValidRNOKPP("0" + s) {
				return "0" + s
			}
		}
	}
	if c.Kind == spreadsheet.Date {
		return printers[0].Day(c.Day)
	}
	if f.Type != model.LongText {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// parse reads a cell as a field's value: of the Go type that the field's type
// names, money for an amount.
func (r *runner) parse(k *model.Kind, f *model.Field, c Column, cell spreadsheet.Cell, rest func() []linked) (any, error) {
	scaled := func(scale int32) (int64, error) {
		number := cell
		if f.Type == model.Percents && strings.HasSuffix(cell.Shown, "%") {
			number = spreadsheet.Cell{Kind: spreadsheet.Number, Text: strings.TrimSuffix(cell.Shown, "%")}
		}
		d, ok := r.guesses[c.Index].Number(number)
		if !ok {
			return 0, model.Refused(f.Name, "not_a_number", "value", cell.Shows())
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
		return money{n, spreadsheet.Currency(cell.Shows())}, err
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
		return boolean(f, cell)
	case model.Days:
		return r.day(f, c, cell)
	case model.Moment:
		d, err := r.day(f, c, cell)
		if err != nil {
			return nil, err
		}
		t := d.Time()
		return time.Date(t.Year(), t.Month(), t.Day(), 0, spreadsheet.Clock(cell), 0, 0, r.zone).UTC(), nil
	case model.Choice:
		return r.choice(k, f, cell.Shows())
	case model.Link:
		var more []linked
		if rest != nil {
			more = rest()
		}
		return r.reference(f, strings.Join(strings.Fields(cell.Shows()), " "), more)
	}
	return cleanText(f, cell), nil
}

func (r *runner) day(f *model.Field, c Column, cell spreadsheet.Cell) (model.Day, error) {
	if d, ok := r.guesses[c.Index].Day(cell); ok {
		return d, nil
	}
	if cell.Kind == spreadsheet.Text && hasYear(cell.Text) { // 23 листопада 2026, Nov 23, 2026
		day := cell.Text
		if i := strings.IndexByte(day, ':'); i > 0 { // the time of day after it
			day = day[:max(strings.LastIndexByte(day[:i], ' '), 0)]
		}
		day = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(day, "."), " р"), ", ")
		for _, p := range printers {
			if d, err := p.ParseDay(day, r.s.Today()); err == nil {
				return d, nil
			}
		}
	}
	return 0, model.Refused(f.Name, "not_a_day", "value", cell.Shows())
}

// hasYear reports whether a text has a year of four digits among its words.
func hasYear(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return c < '0' || c > '9' }) {
		if len(w) == 4 && (w[0] == '1' || w[0] == '2') {
			return strings.ContainsAny(s, " ")
		}
	}
	return false
}

func boolean(f *model.Field, cell spreadsheet.Cell) (any, error) {
	switch word := text.Fold(cell.Text); word {
	case "1", "true", "yes", "так", "y", "т", "+", "x", "х", "да", "✓", "✔", "v":
		return true, nil
	case "0", "false", "no", "ні", "n", "н", "-", "нет":
		return false, nil
	default:
		for _, p := range printers {
			switch word {
			case text.Fold(p.Bool(true)):
				return true, nil
			case text.Fold(p.Bool(false)):
				return false, nil
			}
		}
	}
	return nil, model.Refused(f.Name, "not_a_bool", "value", cell.Shows())
}

// choice reads an identifier, or its label in either language, or what a
// person said a text means.
func (r *runner) choice(k *model.Kind, f *model.Field, s string) (any, error) {
	scope := k.Name + "." + f.Name
	if a, ok := r.p.Answers[About(scope, s)]; ok {
		switch a.Do {
		case Empty:
			return "", nil
		case Skip:
			return nil, errSkip
		}
		s = a.Name
	}
	want := plain(s)
	for _, v := range f.Values {
		if plain(v) == want || plain(v) == strings.TrimSuffix(want, "%") && want != "%" {
			return v, nil
		}
		for _, p := range printers {
			if plain(p.Choice(k.Name, f.Name, v)) == want {
				return v, nil
			}
		}
	}
	r.ask(Question{About: AboutChoice, Kind: scope, Field: f.Name, Text: s, Values: f.Values, Blocks: true})
	return nil, model.Refused(f.Name, "not_a_choice", "value", s)
}
