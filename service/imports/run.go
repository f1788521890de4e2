package imports

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/exchange/record"
	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// Problem is something wrong with one row of the file.
type Problem struct {
	Row    int    // as the file numbers it, from 1
	Column string // heading; empty: the whole row
	Value  string
	Err    error // model.Problems of one, or something else that can be said to a person
	// Notice says that the row comes in all the same, or was to be left out.
	Notice bool
}

// Result tells what an import did, or would do.
type Result struct {
	Rows      int // rows below the headings that have anything
	Created   int
	Updated   int
	Same      int // there already and left alone
	LeftOut   int // rows with problems
	Skipped   int // rows that a person left out
	Repeated  int // rows with a key that stood above already
	Groups    int
	Totals    int // rows that only sum up
	Problems  []Problem
	Questions []*Question
	Without   map[string]int // field: rows where the file has nothing for it
	Made      map[string]int // kind: records that references created
	Unused    []string       // headings that nothing was made of
	Bad       []int          // rows that did not come in, as the file numbers them
	Batch     store.Batch    // what Undo takes; zero for a trial
}

// Unanswered reports whether a question keeps rows from coming in.
func (r *Result) Unanswered() bool {
	return slices.ContainsFunc(r.Questions, func(q *Question) bool { return q.Blocks })
}

// Options say how an import runs.
type Options struct {
	File     string // what the journal calls it
	Dry      bool   // only try: nothing is written
	Words    *locale.Printer
	Progress func(done, all int)
}

// errBad stops an import that has problems and was not told to leave them out.
var errBad = errors.New("rows with problems")

// Run does an import in one transaction. When rows have problems and the plan
// does not leave them out, nothing is written, and the result tells them all.
func Run(ctx context.Context, s *store.Session, book *spreadsheet.Book, p *Plan, o Options) (*Result, error) {
	if p.Sheet < 0 || p.Sheet >= len(book.Sheets) {
		return nil, model.Refused("sheet", "no_sheet")
	}
	k := s.Registry().Kind(p.Kind)
	if k == nil {
		return nil, fmt.Errorf("no kind %q", p.Kind)
	}
	if !Can(s, p.Kind) {
		return nil, &store.Forbidden{Kind: p.Kind, Role: s.Role}
	}
	if o.Words == nil {
		o.Words = printers[0]
	}
	p.ready()
	var r *runner
	all := func(ctx context.Context, b *store.Batcher) error {
		r = newRunner(ctx, s, b, k, &book.Sheets[p.Sheet], p, o)
		if err := r.run(o.Progress); err != nil {
			return err
		}
		r.finish()
		return nil
	}
	if o.Dry { // others go on saving meanwhile
		if err := s.Trial(ctx, all); err != nil {
			return nil, err
		}
		return r.result, nil
	}
	batch, err := s.InBatch(ctx, o.File, func(ctx context.Context, b *store.Batcher) error {
		if err := all(ctx, b); err != nil {
			return err
		}
		if r.result.LeftOut > 0 && !p.LeaveBad || slices.ContainsFunc(r.result.Questions, (*Question).ofColumn) {
			return errBad
		}
		return r.keep(o.File)
	})
	if errors.Is(err, errBad) {
		return r.result, nil
	}
	if err != nil {
		return nil, err
	}
	r.result.Batch = batch
	return r.result, nil
}

type runner struct {
	ctx   context.Context
	s     *store.Session
	b     *store.Batcher
	p     *Plan
	k     *model.Kind
	sheet *spreadsheet.Sheet
	words *locale.Printer
	zone  *time.Location

	bounds    []bound
	paths     []*bound       // the first column of each path that brings a value by itself
	alone     []*model.Field // references with columns that say more of them, and none of their own
	constants []constant
	guesses   map[int]spreadsheet.Column
	process   model.Ref // that deals of this import run on
	file      string
	parts     bool // columns bring rows of parts
	nest      *nest
	document  *document      // whose rows are being gathered
	follows   bool           // the current row is a further line of it
	places    map[string]int // rows of the file by the lines of the document that they brought

	result    *Result
	line      int
	cells     []spreadsheet.Cell // of the current row
	leaving   bool               // a person left the current row out
	values    []value
	indexes   map[string]*index
	questions map[string]*Question
	askedAt   map[string]int
	existing  map[string][]int64   // key: records that are there
	named     map[string][]int64   // name: the same, for rows without a key; nil: names tell nothing apart
	current   map[string]model.Ref // references of the current row that others are named within
	seen      map[string]int       // key: row of the file that had it first
	wrote     map[int64]bool       // records that this import wrote

	groups     []heading
	groupIDs   map[groupKey]model.Ref
	groupBound *bound
	wasGroup   bool
	outlined   bool

	stages map[int64]*deal.Stage
	before map[int64]model.Ref
}

// bound is a column with what it brings.
type bound struct {
	Target
	column       Column
	currency     bool   // it only names the currency of an amount
	withCurrency *bound // where the currency of this amount stands
	more         *bound // the part that takes further phones or addresses
	shared       bool   // several columns bring this field
	got          bool   // the current row has a value
}

// constant is a value for rows that have none.
type constant struct {
	bound
	value any
}

func newRunner(ctx context.Context, s *store.Session, b *store.Batcher, k *model.Kind, sheet *spreadsheet.Sheet, p *Plan, o Options) *runner {
	return &runner{
		ctx: ctx, s: s, b: b, p: p, k: k, sheet: sheet, words: o.Words, zone: o.Words.Zone(), file: o.File,
		result:  &Result{Without: map[string]int{}, Made: map[string]int{}},
		indexes: map[string]*index{}, questions: map[string]*Question{}, askedAt: map[string]int{},
		existing: map[string][]int64{}, seen: map[string]int{}, wrote: map[int64]bool{}, groupIDs: map[groupKey]model.Ref{}, current: map[string]model.Ref{},
		places: map[string]int{}, stages: map[int64]*deal.Stage{}, before: map[int64]model.Ref{},
	}
}

// ahead is how many rows are looked at before they are brought in, so that
// records that are there already are read together.
const ahead = 400

func (r *runner) run(progress func(done, all int)) error {
	if err := r.prepare(); err != nil {
		return err
	}
	order := r.order(min(r.p.Header+1, len(r.sheet.Rows)))
	rows := make([][]spreadsheet.Cell, len(order))
	for i, at := range order {
		rows[i] = r.sheet.Rows[at]
	}
	for i, cells := range rows {
		if i%ahead == 0 {
			if err := r.fetch(rows[i:min(i+ahead, len(rows))]); err != nil {
				return err
			}
		}
		if i%50 == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			if progress != nil {
				progress(i, len(rows))
			}
		}
		if blank(cells) {
			continue
		}
		r.result.Rows++
		r.line = order[i] + 1
		if err := r.one(cells); err != nil {
			return err
		}
	}
	if err := r.endDocument(); err != nil {
		return err
	}
	if progress != nil {
		progress(len(rows), len(rows))
	}
	return nil
}

func blank(cells []spreadsheet.Cell) bool { return filled(cells) == 0 }

// one takes a row: a group of others, a sum, or a record.
func (r *runner) one(cells []spreadsheet.Cell) error {
	if totalRow(cells) {
		r.result.Totals++
		r.note(r.line, "", "", model.Refused("", "row_of_totals"))
		return nil
	}
	if name, ok := r.groupRow(cells); ok {
		return r.group(name, r.line)
	}
	r.wasGroup = false
	if r.nest != nil {
		return r.documentRow(cells, r.line)
	}
	return r.row(cells, r.line)
}

// prepare resolves the paths of the plan and learns what is there already.
func (r *runner) prepare() error {
	r.guesses = map[int]spreadsheet.Column{}
	var wrong model.Problems
	times := map[string]int{}
	used := map[int]bool{}
	for _, c := range r.p.Columns {
		if c.Field == "" {
			continue
		}
		t, ok := target(r.s.Registry(), r.k, r.s.Role, c.Field)
		if !ok {
			wrong = append(wrong, model.Wrong(c.Field, "unknown_field", "name", c.Field, "kind", r.k.Name))
			continue
		}
		g := guess(r.sheet, c.Index, r.p.Header+1)
		if c.Asked || g.Ambiguous {
			g.Order = c.Order
		}
		if c.Settled || g.Unsure {
			g.Comma = c.Comma
		}
		r.guesses[c.Index] = g
		r.bounds = append(r.bounds, bound{Target: t, column: c, currency: t.Part == nil && t.Link == nil && t.Field.Type == model.Amount && c.Field != t.Field.Name})
		times[c.Field]++
		used[c.Index] = true
	}
	for _, c := range r.p.Columns {
		if !used[c.Index] && c.Field == "" && below(r.sheet, r.p.Header+1, c.Index) {
			r.result.Unused = append(r.result.Unused, c.Heading)
		}
	}
	// What others are named within is read first.
	slices.SortStableFunc(r.bounds, func(a, b bound) int { return within(a.Path) - within(b.Path) })
	r.join(times)
	r.nested()
	if err := r.readConstants(&wrong); err != nil {
		return err
	}
	for _, name := range r.p.Key {
		if f := r.k.Field(name); f == nil || f.Computed || f.Type == model.Bytes || !r.s.Sees(f) {
			wrong = append(wrong, model.Wrong(name, "unknown_field", "name", name, "kind", r.k.Name))
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	r.result.Questions = columnQuestions(r.sheet, r.p, func(path string) (Target, bool) {
		return target(r.s.Registry(), r.k, r.s.Role, path)
	})
	for i := range r.sheet.Levels {
		r.outlined = r.outlined || r.sheet.Levels[i] > 0
	}
	if f := r.k.Field("group"); f != nil {
		r.groupBound = &bound{Target: Target{Path: "group", Kind: r.k.Name, Field: f}}
	}
	return r.learn()
}

// within is 0 for a reference that others of the row are named within: a stage
// within its process, a contact within its client.
func within(path string) int {
	if path == "process" || path == "client" {
		return 0
	}
	return 1
}

// join lets columns that belong together know each other.
func (r *runner) join(times map[string]int) {
	own := map[string]bool{}
	for i := range r.bounds {
		b := &r.bounds[i]
		b.shared = times[b.Path] > 1
		r.parts = r.parts || b.Part != nil
		if b.Link == nil && b.Part == nil {
			own[b.Field.Name] = true
		}
		if b.currency {
			for j := range r.bounds {
				if x := &r.bounds[j]; x.Path == b.Field.Name {
					x.withCurrency = b
				}
			}
		}
		if part := r.k.Part(b.Field.Format + "s"); b.Part == nil && b.Link == nil && part != nil && (b.Field.Format == "phone" || b.Field.Format == "email") {
			f := part.Kind.Field(b.Field.Format)
			b.more = &bound{Target: Target{Path: part.Name + "." + f.Name, Kind: part.Kind.Name, Field: f, Part: part}, column: b.column}
		}
	}
	for i := range r.bounds {
		b := &r.bounds[i]
		first := !slices.ContainsFunc(r.paths, func(x *bound) bool { return x.Path == b.Path })
		if b.Link == nil && !b.currency && first {
			r.paths = append(r.paths, b)
		}
	}
	for i := range r.bounds {
		if l := r.bounds[i].Link; l != nil && !own[l.Name] && !slices.Contains(r.alone, l) {
			r.alone = append(r.alone, l)
		}
	}
}

// readConstants reads the values for rows that have none; what they point to
// may have to be made.
func (r *runner) readConstants(wrong *model.Problems) error {
	names := make([]string, 0, len(r.p.Constants))
	for name := range r.p.Constants {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { // a process first: its stages are named within it
		if (a == "process") != (b == "process") {
			if a == "process" {
				return -1
			}
			return 1
		}
		return slices.Index(names, a) - slices.Index(names, b)
	})
	for _, name := range names {
		t, ok := target(r.s.Registry(), r.k, r.s.Role, name)
		if !ok || t.Part != nil || t.Link != nil {
			*wrong = append(*wrong, model.Wrong(name, "unknown_field", "name", name, "kind", r.k.Name))
			continue
		}
		said := r.p.Constants[name]
		v, err := record.Parse(r.ctx, t.Field, model.Money{Currency: r.s.BaseCurrency()}, said, func(_ context.Context, _, s string) (int64, error) {
			ref, err := r.reference(t.Field, s, nil)
			return ref.ID, err
		})
		var p model.Problems
		switch {
		case errors.As(err, &p):
			*wrong = append(*wrong, p...)
			continue
		case err != nil:
			return err
		}
		if ref, ok := v.(model.Ref); ok && name == "process" {
			r.process = ref
		}
		r.constants = append(r.constants, constant{bound{Target: t, column: Column{Field: name}}, v})
	}
	if r.k.Name == "deal" && r.process.IsZero() {
		rec, err := r.b.New("deal")
		if err != nil {
			return err
		}
		r.process = rec.(*deal.Deal).Process
	}
	return nil
}

// learn reads which records are there, by the key.
func (r *runner) learn() error {
	if len(r.p.Key) == 0 {
		return nil
	}
	columns := slices.Clone(r.p.Key)
	if knownByName(r.k) && !slices.Contains(columns, r.k.Title[0]) {
		columns = append(columns, r.k.Title[0])
		r.named = map[string][]int64{}
	}
	rows, err := r.b.Page(r.ctx, store.Query{Kind: r.k.Name, Columns: columns, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return fmt.Errorf("read what is there: %w", err)
	}
	n := len(r.p.Key)
	for _, row := range rows {
		if key := r.keyOf(row.Cells[:n]); key != "" {
			r.existing[key] = append(r.existing[key], row.ID)
		}
		if r.named != nil {
			if key := r.keyOf(row.Cells[n:]); key != "" {
				r.named[key] = append(r.named[key], row.ID)
			}
		}
	}
	return nil
}

// fetch reads the records that rows are about to change, together.
func (r *runner) fetch(rows [][]spreadsheet.Cell) error {
	if len(r.existing) == 0 || r.p.Mode == Create {
		return nil
	}
	var ids []int64
	values := make([]any, len(r.p.Key))
	for _, cells := range rows {
		full := true
		for i, name := range r.p.Key {
			values[i] = nil
			for j := range r.bounds {
				if b := &r.bounds[j]; b.Path == name && b.Field.Type == model.Text {
					if c := b.cellOf(cells); c.Kind != spreadsheet.Empty {
						values[i] = cleanText(b.Field, c)
					}
				}
			}
			full = full && values[i] != nil
		}
		if full {
			if found := r.existing[r.keyOf(values)]; len(found) == 1 {
				ids = append(ids, found[0])
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return r.b.Prefetch(r.ctx, r.k.Name, ids)
}

// bad notes problems of a row and reports whether err was one of them; any
// other error ends the import.
func (r *runner) bad(line int, c Column, said string, err error) (bool, error) {
	if err == nil {
		return false, nil
	}
	if errors.Is(err, errSkip) {
		r.skipped(line, c)
		return true, nil
	}
	var p model.Problems
	var can locale.Sayable
	switch {
	case errors.As(err, &p):
		for _, x := range p {
			heading, text, row := c.Heading, said, line
			if at, path := r.place(x.Field); at != 0 && heading == "" {
				row = at
				heading, text = r.headingIn(path, r.sheet.Rows[at-1])
			} else if heading == "" {
				heading, text = r.headingOf(x.Field)
			}
			r.result.Problems = append(r.result.Problems, Problem{Row: row, Column: heading, Value: text, Err: model.Problems{x}})
		}
	case errors.As(err, &can):
		r.result.Problems = append(r.result.Problems, Problem{Row: line, Column: c.Heading, Value: said, Err: err})
	default:
		return true, err
	}
	return true, nil
}

// skipped notes a row that a person left out.
func (r *runner) skipped(line int, c Column) {
	if !r.leaving {
		r.leaving = true
		r.note(line, c.Heading, "", model.Refused("", "row_skipped"))
	}
}

func (r *runner) note(line int, heading, said string, err error) {
	r.result.Problems = append(r.result.Problems, Problem{Row: line, Column: heading, Value: said, Err: err, Notice: true})
}

// headingOf is the column that brings a field, and what the current row has
// there; of a field that no column brings, the field's name.
func (r *runner) headingOf(field string) (heading, said string) {
	if names := strings.Split(field, "."); len(names) == 3 { // a row of a part
		field = names[0] + "." + names[2]
	}
	return r.headingIn(field, r.cells)
}

// headingIn is the column that brings a path, and what a row has there.
func (r *runner) headingIn(path string, cells []spreadsheet.Cell) (heading, said string) {
	for _, b := range r.paths {
		if b.Path == path {
			return b.column.Heading, b.cellOf(cells).Shows()
		}
	}
	return "", ""
}
