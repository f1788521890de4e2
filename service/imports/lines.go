package imports

import (
	"slices"
	"strconv"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/model/text"
	"ugoda/model/trade"
)

// nest is where the lines of a document stand: in a part of a part, as those of
// a proposal stand in its variants, or in a part of the record itself, as the
// products that a kit is made of.
type nest struct {
	over *model.Part // nil: the record itself has them
	part *model.Part
}

// linesOf is the part of a kind that has lines, nil where that is the record
// itself, and the part of the lines; both are nil where there are none. Lines
// say how many of something there are.
func linesOf(k *model.Kind) (over, part *model.Part) {
	counts := func(p *model.Part) bool {
		return slices.ContainsFunc(p.Kind.Fields, func(f *model.Field) bool { return f.Type == model.Quantity })
	}
	if i := slices.IndexFunc(k.Parts, counts); i >= 0 {
		return nil, k.Parts[i]
	}
	for _, x := range k.Parts {
		if i := slices.IndexFunc(x.Kind.Parts, counts); i >= 0 {
			return x, x.Kind.Parts[i]
		}
	}
	return nil, nil
}

// document is a record whose lines are rows of the file that follow each other.
type document struct {
	line   int    // the first row
	key    string // what its cells of the key show
	head   string // what all its own cells show
	values []value
	ok     bool
	skip   bool // a person left it out
	lines  []documentLine
	rows   []int // all rows of it
	cells  []spreadsheet.Cell
}

// documentLine is one row of a document.
type documentLine struct {
	row    int
	over   map[*model.Field]any
	fields map[*model.Field]any
}

// nested finds whether columns bring lines.
func (r *runner) nested() {
	over, part := linesOf(r.k)
	if part != nil && slices.ContainsFunc(r.bounds, func(b bound) bool { return b.Part == part }) {
		r.nest = &nest{over, part}
	}
}

// ofLines reports whether a column says something of a line or of what it
// stands in, not of the document.
func (n *nest) ofLines(b *bound) bool { return b.Part != nil && (b.Part == n.over || b.Part == n.part) }

// shown are the cells of the document's own columns as the file shows them: all
// of them, and those of the key.
func (r *runner) shown(cells []spreadsheet.Cell) (head, key string) {
	for i := range r.bounds {
		b := &r.bounds[i]
		if r.nest.ofLines(b) {
			continue
		}
		s := b.cellOf(cells).Shows()
		head += s + "\x00"
		if b.Link == nil && slices.Contains(r.p.Key, b.Path) {
			key += s + "\x00"
		}
	}
	return strings.Trim(head, "\x00"), strings.Trim(key, "\x00")
}

// documentRow takes a row that is a line of a document: of the one above, when
// it says nothing of a document, or the same, or has the same key; else of the
// next.
func (r *runner) documentRow(cells []spreadsheet.Cell, line int) error {
	head, key := r.shown(cells)
	d := r.document
	if d == nil || begins(d.head, d.key, head, key) {
		if err := r.endDocument(); err != nil {
			return err
		}
		d = &document{line: line, key: key, head: head, cells: cells}
		r.document = d
	}
	d.rows = append(d.rows, line)
	r.cells, r.leaving = cells, false
	r.follows = d.line != line
	values, ok, err := r.read(cells, line)
	r.follows = false
	if err != nil {
		return err
	}
	if len(d.rows) == 1 {
		d.ok, d.skip = true, r.leaving
		d.values = slices.DeleteFunc(slices.Clone(values), func(v value) bool { return r.nest.ofLines(v.bound) })
	}
	if r.leaving && len(d.rows) > 1 { // a person left this line out, not the document
		d.rows = d.rows[:len(d.rows)-1]
		r.out(line)
		return nil
	}
	d.ok = d.ok && ok
	d.lines = append(d.lines, r.linesIn(values, cells, line)...)
	return nil
}

// begins reports that a row begins another document than the one above: it says
// something of a document that is neither the same nor has the same key.
func begins(aboveHead, aboveKey, head, key string) bool {
	return head != "" && (key == "" || key != aboveKey) && head != aboveHead
}

// linesIn are the lines that a row brings: one, or several where columns repeat.
func (r *runner) linesIn(values []value, cells []spreadsheet.Cell, row int) []documentLine {
	var made []documentLine
	at := func(i int) *documentLine {
		if i == len(made) {
			made = append(made, documentLine{row: row, over: map[*model.Field]any{}, fields: map[*model.Field]any{}})
		}
		return &made[i]
	}
	for i := range values {
		v := &values[i]
		if !r.nest.ofLines(v.bound) || len(v.many) == 0 {
			continue
		}
		if v.Part == r.nest.over {
			at(0).over[v.Field] = v.many[0]
			continue
		}
		n := 0
		for at(n).fields[v.Field] != nil {
			n++
		}
		l := at(n)
		l.fields[v.Field] = v.many[0]
		// What is no product of the firm's is offered by its words.
		if ref, is := v.many[0].(model.Ref); is && ref.ID == 0 {
			if words := r.nest.part.Kind.Field("text"); words != nil && l.fields[words] == nil {
				l.fields[words] = strings.Join(strings.Fields(v.cellOf(cells).Shows()), " ")
			}
		}
	}
	return made
}

// endDocument brings in the document whose rows have come to their end. When
// one of them is wrong, none comes in.
func (r *runner) endDocument() error {
	d := r.document
	if d == nil {
		return nil
	}
	before, at := len(r.result.Bad), r.line
	r.cells, r.leaving, r.line = d.cells, d.skip, d.line
	defer func() { r.line = at }()
	if err := r.bring(d.values, d.ok, d.line); err != nil {
		return err
	}
	if len(r.result.Bad) > before { // the first row is noted: the others with it
		for _, line := range d.rows[1:] {
			r.out(line)
		}
	}
	r.document = nil
	return nil
}

// applyLines writes the lines of the document at hand into a record. Those of a
// variant that the file names, or of a record that has them itself, replace those
// that are there, unless the same stand there already or more of them are added.
func (r *runner) applyLines(rec model.Keeper, adding bool) (changed bool, err error) {
	clear(r.places)
	r.settle(rec)
	over := r.nest.over
	if over == nil {
		return r.putLines(rec, rec, "", r.document.lines, adding)
	}
	name := over.Kind.Field("name")
	type group struct {
		name  string
		lines []documentLine
	}
	var groups []*group
	last := ""
	for _, l := range r.document.lines {
		if s, ok := l.over[name].(string); ok {
			last = s
		}
		i := slices.IndexFunc(groups, func(g *group) bool { return text.Fold(g.name) == text.Fold(last) })
		if i < 0 {
			groups = append(groups, &group{name: last})
			i = len(groups) - 1
		}
		groups[i].lines = append(groups[i].lines, l)
	}
	for _, g := range groups {
		at := -1
		for i := range over.Len(rec) {
			row := over.At(rec, i)
			has, _ := name.Value(row).(string)
			if g.name == "" || text.Fold(has) == text.Fold(g.name) || has == "" && r.nest.part.Len(row) == 0 {
				at = i
				break
			}
		}
		if at < 0 {
			over.Add(rec)
			at = over.Len(rec) - 1
			changed = true
		}
		row := over.At(rec, at)
		for _, l := range g.lines {
			for f, v := range l.over {
				if sameValue(f.Value(row), v) {
					continue
				}
				if err := model.Assign(f.Ptr(row), v); err != nil {
					return false, err
				}
				changed = true
			}
		}
		did, err := r.putLines(rec, row, model.RowField(over.Name, at, ""), g.lines, adding)
		if err != nil {
			return false, err
		}
		changed = changed || did
	}
	return changed, nil
}

// putLines writes lines into what they stand in, whose rows problems call by
// prefix.
func (r *runner) putLines(rec model.Keeper, owner any, prefix string, lines []documentLine, adding bool) (changed bool, err error) {
	part := r.nest.part
	lines = slices.DeleteFunc(slices.Clone(lines), func(l documentLine) bool { return len(l.fields) == 0 })
	if len(lines) == 0 || !adding && r.sameLines(owner, lines) {
		return false, nil
	}
	if !adding {
		part.Truncate(owner, 0)
	}
	for _, l := range lines {
		r.places[prefix+model.RowField(part.Name, part.Len(owner), "")] = l.row
		to := part.Add(owner)
		r.take(rec, to, l)
		for f, v := range l.fields {
			if m, ok := v.(money); ok {
				v = m.in(r.s.BaseCurrency())
			}
			if err := model.Assign(f.Ptr(to), v); err != nil {
				return false, err
			}
		}
		if x, ok := to.(*trade.Line); ok && x.DiscountSum != 0 && x.Discount == 0 { // a sum alone is what was agreed
			x.DiscountFixed = true
		}
	}
	return true, nil
}

// settle lets the rules say in which currency and how with VAT a new document
// is: prices of the catalogue go by that.
func (r *runner) settle(rec model.Keeper) {
	if rec.Base().ID != 0 {
		return
	}
	switch d := rec.(type) { // what the rules refuse, saving says
	case *proposal.Proposal:
		if bare := *d; d.VATMode == "" {
			bare.Variants = nil
			if r.k.Derive(&bare, nil, r.b.Facts()) == nil {
				d.VATMode, d.Currency, d.Rate = bare.VATMode, bare.Currency, bare.Rate
			}
		}
	case *invoice.Invoice:
		if bare := *d; d.VATMode == "" {
			bare.Lines = nil
			if r.k.Derive(&bare, nil, r.b.Facts()) == nil {
				d.VATMode, d.Currency, d.Rate = bare.VATMode, bare.Currency, bare.Rate
			}
		}
	}
}

// take gives a new line what the catalogue knows of its product: the file says
// the rest.
func (r *runner) take(rec model.Keeper, row any, l documentLine) {
	d, ok := rec.(interface{ Pricing() trade.Pricing })
	if !ok {
		return
	}
	line, prices := row.(*trade.Line), d.Pricing()
	for f, v := range l.fields {
		if ref, is := v.(model.Ref); is && f.Name == "product" && ref.ID != 0 {
			line.Take(ref)
			line.Fill(prices, r.b.Facts())
			line.FillCost(nil, prices, r.b.Facts())
		}
	}
}

// sameLines reports whether the rows that stand there are just those that the
// file brings, in the fields that it brings. What no rule fills is empty where
// the cell is.
func (r *runner) sameLines(owner any, lines []documentLine) bool {
	part := r.nest.part
	if part.Len(owner) != len(lines) {
		return false
	}
	for i := range r.bounds {
		b := &r.bounds[i]
		if b.Part != part || b.Field.Type != model.Bool && b.Field.Type != model.Percents {
			continue
		}
		for n, l := range lines {
			if l.fields[b.Field] == nil && !empty(b.Field.Value(part.At(owner, n))) {
				return false
			}
		}
	}
	for i, l := range lines {
		for f, v := range l.fields {
			if !sameValue(f.Value(part.At(owner, i)), v) {
				return false
			}
		}
	}
	return true
}

// empty reports that a mark is not set, or a percent nought.
func empty(v any) bool { return v == false || v == model.Percent(0) }

// place is the row of the file that brought the line which a problem is about,
// and the path of the column; 0 for other problems.
func (r *runner) place(field string) (row int, path string) {
	names := strings.Split(field, ".")
	depth := 3
	if r.nest != nil && r.nest.over != nil {
		depth = 5
	}
	if len(names) != depth {
		return 0, field
	}
	prefix := ""
	var parts []string
	for i := 0; i < depth-1; i += 2 {
		at, err := strconv.Atoi(names[i+1])
		if err != nil {
			return 0, field
		}
		prefix += model.RowField(names[i], at, "")
		parts = append(parts, names[i])
	}
	return r.places[prefix], strings.Join(append(parts, names[depth-1]), ".")
}
