package imports

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
)

// Problem is something wrong with one row of the file.
type Problem struct {
	Row    int    // as the file numbers it, from 1
	Column string // heading; empty: the whole row
	Value  string
	Err    error // model.Problems, or something that can be said to a person
}

// Unknown is a reference of the file that nothing in the base answers to.
type Unknown struct {
	Kind  string
	Text  string
	Rows  int         // how many rows name it
	Close []model.Ref // what may be meant: the same letters, otherwise spaced
}

// Result tells what an import did, or would do.
type Result struct {
	Rows     int // rows below the headings
	Created  int
	Updated  int
	Same     int // there already and left alone
	LeftOut  int // rows with problems
	Groups   int
	Problems []Problem
	Unknown  []Unknown
	Without  map[string]int // field: rows where the file has nothing for it
	Made     map[string]int // kind: records that references created
	Batch    store.Batch    // what Undo takes; zero for a trial
}

var errTrial = errors.New("a trial only")

// errBad stops an import that has problems and was not told to leave them out.
var errBad = errors.New("rows with problems")

// Run does an import in one transaction. With dry it only tries: nothing is
// written. When rows have problems and the plan does not leave them out,
// nothing is written either, and the result tells them all.
func Run(ctx context.Context, s *store.Session, book *spreadsheet.Book, p *Plan, label string, dry bool, progress func(done, all int)) (*Result, error) {
	if p.Sheet < 0 || p.Sheet >= len(book.Sheets) {
		return nil, model.Refused("sheet", "no_sheet")
	}
	k := s.Registry().Kind(p.Kind)
	if k == nil {
		return nil, fmt.Errorf("no kind %q", p.Kind)
	}
	var r *runner
	batch, err := s.InBatch(ctx, label, func(ctx context.Context, b *store.Batcher) error {
		r = &runner{
			ctx: ctx, s: s, b: b, p: p, k: k, sheet: &book.Sheets[p.Sheet],
			result: &Result{Without: map[string]int{}, Made: map[string]int{}}, known: map[string]int64{}, unknown: map[string]*Unknown{}, existing: map[string]int64{},
		}
		if err := r.run(progress); err != nil {
			return err
		}
		switch {
		case dry:
			return errTrial
		case r.result.LeftOut > 0 && !p.LeaveBad:
			return errBad
		}
		return remember(ctx, b, p)
	})
	if r == nil {
		return nil, err
	}
	for _, u := range r.unknown {
		r.result.Unknown = append(r.result.Unknown, *u)
	}
	slices.SortFunc(r.result.Unknown, func(a, b Unknown) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Kind+a.Text, b.Kind+b.Text)
	})
	if errors.Is(err, errTrial) || errors.Is(err, errBad) {
		return r.result, nil
	}
	if err != nil {
		return nil, err
	}
	r.result.Batch = batch
	return r.result, nil
}

type runner struct {
	ctx      context.Context
	s        *store.Session
	b        *store.Batcher
	p        *Plan
	k        *model.Kind
	sheet    *spreadsheet.Sheet
	columns  []target
	guesses  map[int]spreadsheet.Column
	result   *Result
	known    map[string]int64    // "kind:text" of references that were found or made
	unknown  map[string]*Unknown // of those that were not
	existing map[string]int64    // key of records that are there
	groups   []model.Ref         // headings above the current row, outermost first
	wasGroup bool
	stages   map[int64]*deal.Stage
}

// target is a mapped column: a field, a field of a part, or a field of what a
// reference creates.
type target struct {
	Column
	field *model.Field
	part  *model.Part
	below *model.Field // of the record that field points to
}

func (r *runner) run(progress func(done, all int)) error {
	if err := r.prepare(); err != nil {
		return err
	}
	rows := r.sheet.Rows[min(r.p.Header+1, len(r.sheet.Rows)):]
	for i, cells := range rows {
		if i%200 == 0 {
			if err := r.ctx.Err(); err != nil {
				return err
			}
			if progress != nil {
				progress(i, len(rows))
			}
		}
		if len(cells) == 0 {
			continue
		}
		r.result.Rows++
		line := r.p.Header + 2 + i
		if r.p.GroupRows && r.isGroup(cells) {
			if err := r.group(cells, line); err != nil {
				return err
			}
			continue
		}
		r.wasGroup = false
		if err := r.row(cells, line); err != nil {
			return err
		}
	}
	if progress != nil {
		progress(len(rows), len(rows))
	}
	return nil
}

// prepare resolves the paths of the plan and learns what is there already.
func (r *runner) prepare() error {
	r.guesses = map[int]spreadsheet.Column{}
	var wrong model.Problems
	for _, c := range r.p.Columns {
		if c.Field == "" {
			continue
		}
		t := target{Column: c}
		head, rest, nested := strings.Cut(c.Field, ".")
		t.field = r.k.Field(head)
		if part := r.k.Part(head); nested && part != nil {
			t.part, t.field = part, part.Kind.Field(rest)
		} else if nested && t.field != nil && t.field.Type == model.Link {
			t.below = r.s.Registry().Kind(t.field.To).Field(rest)
			if t.below == nil {
				t.field = nil
			}
		}
		if t.field == nil || t.field.Computed || !t.field.SeenBy(r.s.Role) {
			wrong = append(wrong, model.Wrong(c.Field, "unknown_field", "name", c.Field, "kind", r.k.Name))
			continue
		}
		g := guess(r.sheet, c.Index, r.p.Header+1)
		if c.Asked || g.Ambiguous {
			g.Order = c.Order
		}
		r.guesses[c.Index] = g
		r.columns = append(r.columns, t)
	}
	for name := range r.p.Constants {
		if f := r.k.Field(name); f == nil || f.Computed {
			wrong = append(wrong, model.Wrong(name, "unknown_field", "name", name, "kind", r.k.Name))
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	if len(r.p.Key) == 0 {
		return nil
	}
	rows, err := r.b.Page(r.ctx, store.Query{Kind: r.k.Name, Columns: r.p.Key, Sort: []store.Order{{Path: "id"}}})
	if err != nil {
		return fmt.Errorf("read what is there: %w", err)
	}
	for _, row := range rows {
		if key := keyOf(row.Cells); key != "" {
			if _, twice := r.existing[key]; !twice {
				r.existing[key] = row.ID
			}
		}
	}
	return nil
}

// keyOf is the key of a record as text; empty when all of it is empty.
func keyOf(values []any) string {
	parts := make([]string, len(values))
	full := false
	for i, v := range values {
		switch v := v.(type) {
		case nil:
		case string:
			parts[i] = plain(v)
		case model.Ref:
			if v.ID != 0 {
				parts[i] = fmt.Sprint("#", v.ID)
			}
		default:
			parts[i] = fmt.Sprint(v)
		}
		full = full || parts[i] != ""
	}
	if !full {
		return ""
	}
	return strings.Join(parts, "\x00")
}

// bad notes problems of a row and reports whether err was one of them; any
// other error ends the import.
func (r *runner) bad(line int, column, value string, err error) (bool, error) {
	if err == nil {
		return false, nil
	}
	var p model.Problems
	var said interface {
		Message() (string, map[string]any)
	}
	if !errors.As(err, &p) && !errors.As(err, &said) {
		return true, err
	}
	r.result.Problems = append(r.result.Problems, Problem{line, column, value, err})
	return true, nil
}

// row brings one row in.
func (r *runner) row(cells []spreadsheet.Cell, line int) error {
	fresh := r.k.New()
	values, ok, err := r.read(cells, line)
	if err != nil {
		return err
	}
	id, there, err := r.find(fresh, values)
	if err != nil {
		return err
	}
	if !ok {
		r.result.LeftOut++
		return nil
	}
	switch {
	case there && r.p.Mode == Create:
		r.result.Same++
		return nil
	case !there && r.p.Mode == Update:
		r.result.Same++
		return nil
	}
	rec, err := r.b.New(r.k.Name)
	if there {
		rec, err = r.b.Get(r.ctx, r.k.Name, id)
	}
	if err != nil {
		return err
	}
	if d, ok := rec.(*deal.Deal); ok && !there {
		d.Opened = 0 // the file's day, or the one asked for; not today
	}
	changed := r.apply(rec, values, there)
	if there && !changed {
		r.result.Same++
		return nil
	}
	if d, isDeal := rec.(*deal.Deal); isDeal && !there {
		err = r.saveDeal(d)
	} else {
		err = r.b.Save(r.ctx, r.k.Name, rec)
	}
	if wrong, err := r.bad(line, "", "", err); err != nil {
		return err
	} else if wrong {
		r.result.LeftOut++
		return nil
	}
	if there {
		r.result.Updated++
	} else {
		r.result.Created++
		if key := r.keyOf(rec); key != "" {
			r.existing[key] = rec.Base().ID
		}
	}
	return nil
}

func (r *runner) keyOf(rec any) string {
	if len(r.p.Key) == 0 {
		return ""
	}
	values := make([]any, len(r.p.Key))
	for i, name := range r.p.Key {
		values[i] = r.k.Field(name).Value(rec)
	}
	return keyOf(values)
}

// find tells whether the record of a row is there.
func (r *runner) find(fresh model.Keeper, values []value) (int64, bool, error) {
	if len(r.p.Key) == 0 {
		return 0, false, nil
	}
	for _, v := range values {
		if v.part == nil && v.below == nil && slices.Contains(r.p.Key, v.field.Name) {
			if err := model.Assign(v.field.Ptr(fresh), v.value); err != nil {
				return 0, false, err
			}
		}
	}
	key := r.keyOf(fresh)
	id, there := r.existing[key]
	return id, there && key != "", nil
}

// apply puts the values of a row into a record and reports whether any differed.
func (r *runner) apply(rec model.Keeper, values []value, there bool) bool {
	changed := false
	cleared := map[*model.Part]bool{}
	for _, v := range values {
		switch {
		case v.below != nil:
		case v.part != nil:
			if !cleared[v.part] {
				cleared[v.part] = true
				if there {
					v.part.Truncate(rec, 0)
				}
			}
			for _, one := range v.many {
				row := v.part.Add(rec)
				if err := model.Assign(v.field.Ptr(row), one); err == nil {
					changed = true
				}
			}
		default:
			old := v.field.Value(rec)
			if fmt.Sprint(plainRef(old)) != fmt.Sprint(plainRef(v.value)) {
				changed = true
			}
			if err := model.Assign(v.field.Ptr(rec), v.value); err != nil {
				changed = true
			}
		}
	}
	return changed
}

func plainRef(v any) any {
	if r, ok := v.(model.Ref); ok {
		return r.ID
	}
	return v
}
