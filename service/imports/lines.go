package imports

import (
	"slices"
	"strconv"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/text"
)

// nest is where the lines of a document stand: in a part of a part, as those of
// a proposal stand in its variants.
type nest struct {
	over *model.Part
	part *model.Part
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

// nested finds whether columns bring rows of a part of a part.
func (r *runner) nested() {
	for i := range r.bounds {
		if b := &r.bounds[i]; b.Over != nil {
			r.nest = &nest{b.Over, b.Part}
			return
		}
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
	if d == nil || head != "" && (key == "" || key != d.key) && head != d.head {
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
	l := documentLine{row: line, over: map[*model.Field]any{}, fields: map[*model.Field]any{}}
	for i := range values {
		v := &values[i]
		if !r.nest.ofLines(v.bound) || len(v.many) == 0 {
			continue
		}
		if v.Part == r.nest.over {
			l.over[v.Field] = v.many[0]
			continue
		}
		l.fields[v.Field] = v.many[0]
		// What is no product of the firm's is offered by its words.
		if ref, is := v.many[0].(model.Ref); is && ref.ID == 0 {
			if words := r.nest.part.Kind.Field("text"); words != nil && l.fields[words] == nil {
				l.fields[words] = strings.Join(strings.Fields(v.cellOf(cells).Shows()), " ")
			}
		}
	}
	if len(l.fields) > 0 || len(l.over) > 0 {
		d.lines = append(d.lines, l)
	}
	return nil
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
// variant that the file names replace those that are there, unless the same
// stand there already or more of them are added.
func (r *runner) applyLines(rec model.Keeper, adding bool) (changed bool, err error) {
	over, part := r.nest.over, r.nest.part
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
	clear(r.places)
	r.settle(rec)
	for _, g := range groups {
		at := -1
		for i := range over.Len(rec) {
			row := over.At(rec, i)
			has, _ := name.Value(row).(string)
			if g.name == "" || text.Fold(has) == text.Fold(g.name) || has == "" && part.Len(row) == 0 {
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
		lines := slices.DeleteFunc(slices.Clone(g.lines), func(l documentLine) bool { return len(l.fields) == 0 })
		if len(lines) == 0 || !adding && sameLines(part, row, lines) {
			continue
		}
		if !adding {
			part.Truncate(row, 0)
		}
		changed = true
		for _, l := range lines {
			r.places[model.RowField(over.Name, at, model.RowField(part.Name, part.Len(row), ""))] = l.row
			to := part.Add(row)
			r.take(rec, to, l)
			for f, v := range l.fields {
				if m, ok := v.(money); ok {
					v = m.in(r.s.BaseCurrency())
				}
				if err := model.Assign(f.Ptr(to), v); err != nil {
					return false, err
				}
			}
		}
	}
	return changed, nil
}

// settle lets the rules say in which currency and how with VAT a new document
// is: prices of the catalogue go by that.
func (r *runner) settle(rec model.Keeper) {
	p, ok := rec.(*proposal.Proposal)
	if !ok || p.ID != 0 || p.VATMode != "" {
		return
	}
	bare := *p
	bare.Variants = nil
	if err := r.k.Derive(&bare, nil, r.b.Facts()); err == nil { // else saving says why not
		p.VATMode, p.Currency, p.Rate = bare.VATMode, bare.Currency, bare.Rate
	}
}

// take gives a new line what the catalogue knows of its product: the file says
// the rest.
func (r *runner) take(rec model.Keeper, row any, l documentLine) {
	p, ok := rec.(*proposal.Proposal)
	if !ok {
		return
	}
	line := row.(*proposal.Line)
	for f, v := range l.fields {
		if ref, is := v.(model.Ref); is && f.Name == "product" && ref.ID != 0 {
			line.Take(ref)
			proposal.FillLine(p, line, r.b.Facts())
		}
	}
}

// sameLines reports whether a part has just the rows that the file brings, in
// the fields that it brings.
func sameLines(part *model.Part, owner any, lines []documentLine) bool {
	if part.Len(owner) != len(lines) {
		return false
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

// place is the row of the file that brought the line which a problem is about,
// and the path of the column; 0 for other problems.
func (r *runner) place(field string) (row int, path string) {
	names := strings.Split(field, ".")
	if len(names) != 5 {
		return 0, field
	}
	at, err := strconv.Atoi(names[1])
	if err != nil {
		return 0, field
	}
	line, err := strconv.Atoi(names[3])
	if err != nil {
		return 0, field
	}
	return r.places[model.RowField(names[0], at, model.RowField(names[2], line, ""))], names[0] + "." + names[2] + "." + names[4]
}
