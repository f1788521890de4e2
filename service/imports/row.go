package imports

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/deal"
)

// row brings one row in.
func (r *runner) row(cells []spreadsheet.Cell, line int) error {
	r.cells, r.leaving = cells, false
	values, ok, err := r.read(cells, line)
	if err != nil {
		return err
	}
	return r.bring(values, ok, line)
}

// bring brings in what was read; ok is false when something of it was wrong.
func (r *runner) bring(values []value, ok bool, line int) error {
	key, ids, err := r.find(values)
	if err != nil {
		return err
	}
	if !ok {
		r.out(line)
		return nil
	}
	if len(ids) > 1 {
		if _, err := r.bad(line, Column{}, "", model.Refused(r.p.Key[0], "several_have_the_key", "n", int64(len(ids)))); err != nil {
			return err
		}
		r.out(line)
		return nil
	}
	there := len(ids) == 1
	above, again := r.seen[key]
	if again = again && key != ""; again {
		r.result.Repeated++
	} else if key != "" {
		r.seen[key] = line
	}
	mine := there && r.wrote[ids[0]]
	switch {
	case there && r.p.Mode == Create && !mine, !there && r.p.Mode == Update:
		r.result.Same++
		if !there {
			r.note(line, r.headingOfKey(), r.keySaid(), model.Refused("", "nothing_to_update"))
		}
		return nil
	}
	if !mine || !again {
		above = 0
	}
	return r.save(values, ids, above, line)
}

// out counts a row that does not come in.
func (r *runner) out(line int) {
	if r.leaving {
		r.result.Skipped++
	} else {
		r.result.LeftOut++
	}
	r.result.Bad = append(r.result.Bad, line)
}

// save writes what a row says into a new record, or the one that is there. Of
// a record that a row above brought, it keeps the rows of parts, and says so
// when the two differ.
func (r *runner) save(values []value, ids []int64, above, line int) error {
	there := len(ids) == 1
	var rec model.Keeper
	var err error
	if there {
		rec, err = r.b.Get(r.ctx, r.k.Name, ids[0])
	} else {
		rec, err = r.b.New(r.k.Name)
	}
	if err != nil {
		return err
	}
	d, isDeal := rec.(*deal.Deal)
	if isDeal && !there {
		d.Opened = 0 // the file's day, or the one asked for; not today
	}
	stood := model.Ref{}
	if isDeal && there {
		stood = d.Stage
		values = slices.DeleteFunc(values, func(v value) bool { return v.Path == "opened" }) // the journal began on that day
	}
	changed, err := r.apply(rec, values, there, above > 0)
	if err != nil {
		return err
	}
	if above > 0 && changed && !r.parts {
		r.note(line, r.headingOfKey(), r.keySaid(), model.Refused("", "key_repeated", "row", int64(above)))
	}
	if there && !changed {
		if !r.wrote[ids[0]] {
			r.result.Same++
		}
		return nil
	}
	if isDeal {
		err = r.saveDeal(d, stood)
	} else {
		err = r.b.Save(r.ctx, r.k.Name, rec)
	}
	if err != nil {
		err = r.wanting(err)
	}
	if wrong, err := r.bad(line, Column{}, "", err); err != nil {
		return err
	} else if wrong {
		r.out(line)
		return nil
	}
	id := rec.Base().ID
	switch {
	case r.wrote[id]:
	case there:
		r.result.Updated++
	default:
		r.result.Created++
	}
	r.wrote[id] = true
	if !there {
		r.there(rec)
		for _, key := range []string{r.k.Name, fmt.Sprint(r.k.Name, "/", r.process.ID)} {
			if x := r.indexes[key]; x != nil {
				x.add(rec)
			}
		}
	}
	return nil
}

// wanting asks about fields that rules demand and the row has nothing for:
// what they are for all such rows. When a person left such rows out it says so.
func (r *runner) wanting(err error) error {
	var problems model.Problems
	if !errors.As(err, &problems) {
		return err
	}
	skip := true
	for _, x := range problems {
		f := r.k.Field(x.Field)
		if f == nil || r.got(f.Name) || f.Type == model.Bytes || !slices.Contains(Fields(r.k, r.s.Role), f) {
			skip = false
			continue
		}
		if r.p.Without[f.Name] != Skip {
			skip = false
			if _, constant := r.p.Constants[f.Name]; !constant {
				r.ask(Question{About: AboutMissing, Field: f.Name, Kind: f.To, Blocks: true})
			}
		}
	}
	if skip {
		return errSkip
	}
	return err
}

// there notes a record that is there from now on.
func (r *runner) there(rec model.Keeper) {
	if len(r.p.Key) == 0 {
		return
	}
	values := make([]any, len(r.p.Key))
	for i, name := range r.p.Key {
		values[i] = r.k.Field(name).Value(rec)
	}
	id := rec.Base().ID
	if key := r.keyOf(values); key != "" && !slices.Contains(r.existing[key], id) {
		r.existing[key] = append(r.existing[key], id)
	}
	if r.named != nil {
		if key := r.keyOf([]any{r.k.Field(r.k.Title[0]).Value(rec)}); key != "" && !slices.Contains(r.named[key], id) {
			r.named[key] = append(r.named[key], id)
		}
	}
}

// find tells the key of a row, and the records that have it.
func (r *runner) find(values []value) (string, []int64, error) {
	if len(r.p.Key) == 0 {
		return "", nil, nil
	}
	parts := make([]any, len(r.p.Key))
	for i, name := range r.p.Key {
		for j := range values {
			if v := &values[j]; v.Part == nil && v.Link == nil && v.Field.Name == name {
				parts[i] = v.value
			}
		}
	}
	if key := r.keyOf(parts); key != "" {
		return key, r.existing[key], nil
	}
	// A row without a code is known by its name, as long as a name does.
	name := r.k.Title[0]
	if !knownByName(r.k) || slices.Contains(r.p.Key, name) {
		return "", nil, nil
	}
	for j := range values {
		if v := &values[j]; v.Part == nil && v.Link == nil && v.Field.Name == name {
			if key := r.keyOf([]any{v.value}); key != "" {
				return "name\x00" + key, r.named[key], nil
			}
		}
	}
	return "", nil, nil
}

// keyOf is the key of a record as text; empty when all of it is empty. Codes
// and numbers are told apart by each sign that people would, names are not by
// spaces and case.
func (r *runner) keyOf(values []any) string {
	var b strings.Builder
	full := false
	for i, v := range values {
		if i > 0 {
			b.WriteByte(0)
		}
		switch v := v.(type) {
		case nil:
			continue
		case string:
			v = plain(v)
			full = full || v != ""
			b.WriteString(v)
		case model.Ref:
			if v.ID != 0 {
				full = true
				fmt.Fprintf(&b, "#%d", v.ID)
			}
		case money:
			full = true
			fmt.Fprint(&b, v.in(r.s.BaseCurrency()))
		default:
			full = true
			fmt.Fprint(&b, v)
		}
	}
	if !full {
		return ""
	}
	return b.String()
}

// headingOfKey and keySaid are the column of the key and what the row has there.
func (r *runner) headingOfKey() string {
	h, _ := r.headingOf(r.p.Key[0])
	return h
}

func (r *runner) keySaid() string {
	_, s := r.headingOf(r.p.Key[0])
	return s
}

// apply puts the values of a row into a record and reports whether any differed.
func (r *runner) apply(rec model.Keeper, values []value, there, adding bool) (changed bool, err error) {
	var notes map[*model.Field]string
	for i := range values {
		v := &values[i]
		switch {
		case v.Part != nil:
		case v.Field.Type == model.LongText && v.shared:
			if notes == nil {
				notes = map[*model.Field]string{}
			}
			if notes[v.Field] != "" {
				notes[v.Field] += "\n"
			}
			notes[v.Field] += v.value.(string)
		default:
			did, err := r.assignOne(rec, v.Field, v.value)
			if err != nil {
				return false, err
			}
			changed = changed || did
		}
	}
	for f, s := range notes {
		did, err := r.assignOne(rec, f, s)
		if err != nil {
			return false, err
		}
		changed = changed || did
	}
	for _, part := range r.k.Parts {
		if r.nest != nil && (part == r.nest.over || r.nest.over == nil && part == r.nest.part) {
			did, err := r.applyLines(rec, adding)
			if err != nil {
				return false, err
			}
			changed = changed || did
			continue
		}
		did, err := r.applyPart(rec, part, values, there && !adding, adding)
		if err != nil {
			return false, err
		}
		changed = changed || did
	}
	return changed, nil
}

func (r *runner) assignOne(rec model.Keeper, f *model.Field, v any) (changed bool, err error) {
	old := f.Value(rec)
	if m, ok := v.(money); ok {
		currency := r.s.BaseCurrency()
		if was, ok := old.(model.Money); ok && was.Currency != "" {
			currency = was.Currency
		}
		v = m.in(currency)
	}
	if sameValue(old, v) {
		return false, nil
	}
	return true, model.Assign(f.Ptr(rec), v)
}

func sameValue(a, b any) bool {
	switch a := a.(type) {
	case model.Ref:
		b, ok := b.(model.Ref)
		return ok && a.ID == b.ID
	case time.Time:
		b, ok := b.(time.Time) // files have no seconds
		return ok && a.Truncate(time.Minute).Equal(b.Truncate(time.Minute))
	case model.Money:
		b, ok := b.(model.Money)
		return ok && (a == b || a.Minor == 0 && b.Minor == 0)
	case []byte:
		return false
	}
	return a == b
}

// applyPart writes the rows of a part that a row of the file brings: values of
// different fields go into one row, a second value of a field begins the next.
// Rows that are there give way, unless the same stand there already.
func (r *runner) applyPart(rec model.Keeper, part *model.Part, values []value, replace, adding bool) (bool, error) {
	type cells map[*model.Field]any
	var rows []cells
	for i := range values {
		v := &values[i]
		if v.Part != part {
			continue
		}
		at := 0
		for _, one := range v.many {
			for at < len(rows) && rows[at][v.Field] != nil {
				at++
			}
			if at == len(rows) {
				rows = append(rows, cells{})
			}
			rows[at][v.Field] = one
		}
	}
	if len(rows) == 0 {
		return false, nil
	}
	if replace && part.Len(rec) == len(rows) {
		same := true
		for i, row := range rows {
			for f, v := range row {
				if m, ok := v.(money); ok {
					v = m.in(r.s.BaseCurrency())
				}
				same = same && sameValue(f.Value(part.At(rec, i)), v)
			}
		}
		if same {
			return false, nil
		}
	}
	if replace && !adding {
		part.Truncate(rec, 0)
	}
	for _, row := range rows {
		at := part.Add(rec)
		for f, v := range row {
			if m, ok := v.(money); ok {
				v = m.in(r.s.BaseCurrency())
			}
			if err := model.Assign(f.Ptr(at), v); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}
