package imports

import (
	"fmt"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/filter"
)

// scoped is the index of the records that a reference may point to: a stage is
// named within its process.
func (r *runner) scoped(kind string) (*index, error) {
	key, where := kind, filter.Node(nil)
	if kind == "stage" {
		id := r.process.ID
		if ref, ok := r.current["process"]; ok {
			id = ref.ID
		}
		key = fmt.Sprint(kind, "/", id)
		if id != 0 {
			where = filter.Cond{Path: "process", Op: filter.Eq, Values: []filter.Value{filter.ID(id)}}
		}
	}
	if x := r.indexes[key]; x != nil {
		return x, nil
	}
	x, err := r.readIndex(r.s.Registry().Kind(kind), where)
	if err != nil {
		return nil, fmt.Errorf("read what %s is called: %w", kind, err)
	}
	r.indexes[key] = x
	return x, nil
}

// errSkip leaves a row out because a person said so.
var errSkip = fmt.Errorf("a row that a person left out")

// reference finds what a reference of a row points to: by what a person said a
// text means, by what other columns say of the record, by number, code or
// name; else the record is made, where the plan allows, or asked about.
func (r *runner) reference(f *model.Field, said string, rest []linked) (model.Ref, error) {
	x, err := r.scoped(f.To)
	if err != nil {
		return model.Ref{}, err
	}
	name := said
	answer, answered := r.p.Answers[About(f.To, said)]
	if answered && said != "" {
		switch {
		case answer.Do == Empty:
			return model.Ref{}, nil
		case answer.Do == Skip:
			return model.Ref{}, errSkip
		case answer.ID != 0:
			if ref, there := x.refs[answer.ID]; there {
				return ref, nil
			}
		}
		if answer.Name != "" {
			name = answer.Name
		}
	}
	for _, l := range rest {
		if ids := x.findBy(l.field.Name, l.text); len(ids) == 1 {
			return x.refs[ids[0]], nil
		}
	}
	if said == "" && len(rest) > 0 {
		said = rest[0].text
	}
	switch ids := r.ofClient(x, x.find(name)); {
	case len(ids) == 1 && x.otherCode(ids[0], rest) && !answered:
		r.ask(Question{About: AboutReference, Kind: f.To, Field: f.Name, Text: said, Close: []model.Ref{x.refs[ids[0]]}, Blocks: true})
		return model.Ref{}, model.Refused(f.Name, "name_has_other_code", "value", said, "code", x.codes[ids[0]])
	case len(ids) == 1:
		return x.refs[ids[0]], nil
	case len(ids) > 1:
		close := make([]model.Ref, 0, len(ids))
		for _, id := range ids {
			close = append(close, x.refs[id])
		}
		r.ask(Question{About: AboutReference, Kind: f.To, Field: f.Name, Text: said, Close: close, Blocks: true})
		return model.Ref{}, model.Refused(f.Name, "several_are_called", "value", said)
	}
	if answered && answer.Do == Make {
		return r.make(f, x, name, rest)
	}
	same := x.same(name)
	if len(same) == 0 && r.p.Creates(f.To) && r.s.MayWrite(f.To) {
		return r.make(f, x, name, rest)
	}
	r.ask(Question{About: AboutReference, Kind: f.To, Field: f.Name, Text: said, Close: same, Blocks: true})
	if len(same) > 0 {
		return model.Ref{}, model.Refused(f.Name, "perhaps_meant", "value", said, "close", same[0].Name)
	}
	return model.Ref{}, model.Refused(f.Name, "unknown_reference", "value", said)
}

// ofClient narrows records of one name down to those of the row's client.
func (r *runner) ofClient(x *index, ids []int64) []int64 {
	owner, ok := r.current["client"]
	if len(ids) < 2 || !ok || x.owners == nil {
		return ids
	}
	var of []int64
	for _, id := range ids {
		if x.owners[id] == owner.ID {
			of = append(of, id)
		}
	}
	if len(of) == 0 {
		return ids
	}
	return of
}

// linked is a value that another column has for a record that a reference
// finds or makes.
type linked struct {
	column Column
	field  *model.Field
	cell   spreadsheet.Cell
	text   string
}

// make makes what a reference names, with what other columns say of it.
func (r *runner) make(f *model.Field, x *index, name string, rest []linked) (model.Ref, error) {
	k := x.kind
	rec, err := r.b.New(k.Name)
	if err != nil {
		return model.Ref{}, err
	}
	if name != "" {
		if err := model.Assign(k.Field(k.Title[0]).Ptr(rec), name); err != nil {
			return model.Ref{}, err
		}
	}
	if f.To == "stage" {
		process := r.process
		if ref, ok := r.current["process"]; ok {
			process = ref
		}
		if err := model.Assign(k.Field("process").Ptr(rec), process); err != nil {
			return model.Ref{}, err
		}
	}
	if owner, ok := r.current["client"]; ok && x.owners != nil {
		if err := model.Assign(k.Field("client").Ptr(rec), owner); err != nil {
			return model.Ref{}, err
		}
	}
	// References first of all make the record itself, so that what it points to
	// may point to it; the rest of its fields with it, or afterwards.
	var later []linked
	for _, l := range rest {
		if l.field.Type == model.Link {
			later = append(later, l)
			continue
		}
		if err := r.assign(k, rec, l); err != nil {
			return model.Ref{}, err
		}
	}
	if err := r.b.Save(r.ctx, k.Name, rec); err != nil {
		return model.Ref{}, err
	}
	r.made(f.To, rec, x)
	for _, l := range later {
		if err := r.assign(k, rec, l); err != nil {
			return model.Ref{}, err
		}
	}
	if len(later) > 0 {
		if err := r.b.Save(r.ctx, k.Name, rec); err != nil {
			return model.Ref{}, err
		}
	}
	return x.refs[rec.Base().ID], nil
}

func (r *runner) assign(k *model.Kind, rec model.Keeper, l linked) error {
	v, err := r.parse(k, l.field, l.column, l.cell, nil)
	if err != nil {
		return err
	}
	if m, ok := v.(money); ok {
		v = m.in(r.s.BaseCurrency())
	}
	return model.Assign(l.field.Ptr(rec), v)
}

// made notes a record that a reference made.
func (r *runner) made(kind string, rec model.Keeper, x *index) {
	x.add(rec)
	if other := r.indexes[kind]; other != nil && other != x {
		other.add(rec)
	}
	if kind == r.k.Name {
		r.there(rec)
	}
	r.result.Made[kind]++
}

// otherCode reports that a row says another code of a firm than the base has.
func (x *index) otherCode(id int64, rest []linked) bool {
	for _, l := range rest {
		if l.field.Format == "edrpou" && l.text != "" && x.codes[id] != "" && x.codes[id] != x.fold(l.field.Name, l.text) {
			return true
		}
	}
	return false
}
