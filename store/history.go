package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ugoda/model"
)

// Change is one save in the history of a record.
type Change struct {
	ID     int64 // its place in the history, to read on from
	At     time.Time
	User   model.Ref // nobody: the program itself
	Action string    // "create", "change", "mark", "unmark", "undo", "merge", or the name of an action
	Batch  int64     // the batch that it belonged to, 0: none
	Fields []FieldChange
}

// FieldChange is one field of a change; a row of a part is named by its place
// from 0, "lines.0.price", a field of a removed row by the place where it was.
// Values are as Field.Value gives them, nil when empty.
type FieldChange struct {
	Name     string
	Old, New any
}

// difference lists what differs between a record and what is stored, audited
// fields only, and says whether anything differs at all. old is nil for a new
// record.
func difference(k *model.Kind, rec, old model.Keeper) (changes []FieldChange, differs bool) {
	var was any
	if old != nil {
		was = old
	}
	compare(k, rec, was, "", &changes, &differs)
	return changes, differs
}

// compare adds the differences of two records or rows, either of which may be nil.
func compare(k *model.Kind, rec, old any, prefix string, changes *[]FieldChange, differs *bool) {
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Name == "created" || f.Name == "changed" {
			continue
		}
		var a, b any
		if old != nil {
			a = orNil(f.Value(old))
		}
		if rec != nil {
			b = orNil(f.Value(rec))
		}
		if a == nil && b == nil || a != nil && b != nil && same(a, b) {
			continue
		}
		*differs = true
		if !f.Unaudited && f.Type != model.Bytes {
			*changes = append(*changes, FieldChange{prefix + f.Name, a, b})
		}
	}
	for _, p := range k.Parts {
		compareRows(p, rec, old, prefix, changes, differs)
	}
}

func compareRows(p *model.Part, rec, old any, prefix string, changes *[]FieldChange, differs *bool) {
	stored := map[int64]int{}
	if old != nil {
		for i := range p.Len(old) {
			stored[*rowID(p.At(old, i))] = i
		}
	}
	n := 0
	if rec != nil {
		n = p.Len(rec)
	}
	for i := range n {
		row := p.At(rec, i)
		var was any
		if at, ok := stored[*rowID(row)]; ok && *rowID(row) != 0 {
			was = p.At(old, at)
			delete(stored, *rowID(row))
			if at != i {
				*differs = true
			}
		} else {
			*differs = true
		}
		compare(p.Kind, row, was, prefix+model.RowField(p.Name, i, ""), changes, differs)
	}
	if len(stored) == 0 {
		return
	}
	*differs = true
	for i := range p.Len(old) {
		row := p.At(old, i)
		if at, ok := stored[*rowID(row)]; ok && at == i {
			compare(p.Kind, nil, row, prefix+model.RowField(p.Name, i, ""), changes, differs)
		}
	}
}

// orNil is a value, or nil when it is empty.
func orNil(v any) any {
	switch v := v.(type) {
	case int64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case model.Qty:
		if v == 0 {
			return nil
		}
	case model.Percent:
		if v == 0 {
			return nil
		}
	case model.Rate:
		if v == 0 {
			return nil
		}
	}
	if empty(v) {
		return nil
	}
	return v
}

// kept is a change of a field as history keeps it.
type kept struct {
	Name string `json:"f"`
	Old  any    `json:"o,omitempty"`
	New  any    `json:"n,omitempty"`
}

type keptMoney struct {
	Minor    int64  `json:"m"`
	Currency string `json:"c"`
}

type keptRef struct {
	ID   int64  `json:"i"`
	Code string `json:"c,omitempty"`
	Name string `json:"n,omitempty"`
}

// pack turns a value into what JSON can keep exactly.
func pack(v any) any {
	switch v := v.(type) {
	case model.Money:
		return keptMoney(v)
	case model.Ref:
		return keptRef(v)
	case time.Time:
		return v.UnixMicro()
	}
	return v
}

// unpack reads a packed value of a type.
func unpack(t model.Type, raw json.RawMessage) (any, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	read := func(into any) error { return json.Unmarshal(raw, into) }
	switch t {
	case model.Text, model.LongText, model.Choice:
		var v string
		err := read(&v)
		return v, err
	case model.Bool:
		var v bool
		err := read(&v)
		return v, err
	case model.Amount:
		var v keptMoney
		err := read(&v)
		return model.Money(v), err
	case model.Link:
		var v keptRef
		err := read(&v)
		return model.Ref(v), err
	case model.Bytes:
		var v []byte
		err := read(&v)
		return v, err
	}
	var n int64
	if err := read(&n); err != nil {
		return nil, err
	}
	if t == model.Moment {
		return time.UnixMicro(n).UTC(), nil
	}
	return decode(t, n), nil
}

// trace writes history, tells other windows, and keeps what a batch needs to
// be undone.
func (w *work) trace(k *model.Kind, rec, old model.Keeper, action string, changes []FieldChange) error {
	base := rec.Base()
	list := make([]kept, len(changes))
	for i, c := range changes {
		list[i] = kept{c.Name, pack(c.Old), pack(c.New)}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	batch := int64(0)
	if w.batch != nil {
		batch = w.batch.id
		if err := w.batch.add(w, k, rec, old); err != nil {
			return err
		}
	}
	err = w.insert("history", "kind, record_id, at, user_id, action, batch_id, fields",
		k.Name, base.ID, w.clock.UnixMicro(), w.s.User.ID, action, batch, string(text))
	if err != nil {
		return err
	}
	return w.tell(k, base.ID)
}

// tell lets other windows know.
func (w *work) tell(k *model.Kind, id int64) error {
	return w.insert("changes", "kind, record_id", k.Name, id)
}

// History is what happened to a record, the newest first. Fields that the role
// may not see are left out.
func (s *Session) History(ctx context.Context, kind string, id int64) ([]Change, error) {
	return s.HistoryBefore(ctx, kind, id, 0, 0)
}

// CountHistory is how many saves the history of a record has.
func (s *Session) CountHistory(ctx context.Context, kind string, id int64) (n int64, err error) {
	err = each(ctx, pool{s.base}, "SELECT COUNT(*) FROM history h WHERE h.kind = ? AND h.record_id = ?", []any{kind, id}, func(raw []any) error {
		n, _ = raw[0].(int64)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("count the history of %s %d: %w", kind, id, s.base.explain(err))
	}
	return n, nil
}

// HistoryBefore is the part of a history, the newest first, that stands before
// a change, by its id; 0 for the newest. It has no more changes than limit, 0
// for all.
func (s *Session) HistoryBefore(ctx context.Context, kind string, id, before int64, limit int) ([]Change, error) {
	p, err := s.plan(kind)
	if err != nil {
		return nil, err
	}
	query := `SELECT h.id, h.at, h.user_id, u.name, h.action, h.batch_id, h.fields FROM history h
		LEFT JOIN "user" u ON u.id = h.user_id WHERE h.kind = ? AND h.record_id = ?`
	args := []any{kind, id}
	if before != 0 {
		query += " AND h.id < ?"
		args = append(args, before)
	}
	query += " ORDER BY h.id DESC"
	if limit > 0 {
		query += " LIMIT ?"
		args = append(args, int64(limit))
	}
	var out []Change
	err = each(ctx, pool{s.base}, query, args, func(raw []any) error {
		c := Change{At: decode(model.Moment, raw[1]).(time.Time)}
		c.ID, _ = raw[0].(int64)
		c.User.ID, _ = raw[2].(int64)
		c.User.Name, _ = raw[3].(string)
		c.Action, _ = raw[4].(string)
		c.Batch, _ = raw[5].(int64)
		text, _ := raw[6].(string)
		var list []struct {
			Name string          `json:"f"`
			Old  json.RawMessage `json:"o"`
			New  json.RawMessage `json:"n"`
		}
		if err := json.Unmarshal([]byte(text), &list); err != nil {
			return err
		}
		for _, x := range list {
			f := fieldAt(p.kind, x.Name)
			if f == nil || !s.Sees(f) { // a field that is no longer described cannot be typed
				continue
			}
			change := FieldChange{Name: x.Name}
			if change.Old, err = unpack(f.Type, x.Old); err != nil {
				return err
			}
			if change.New, err = unpack(f.Type, x.New); err != nil {
				return err
			}
			c.Fields = append(c.Fields, change)
		}
		out = append(out, c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of %s %d: %w", kind, id, s.base.explain(err))
	}
	return out, nil
}

// fieldAt finds the field that a name in history means: "amount" or "lines.0.price".
func fieldAt(k *model.Kind, name string) *model.Field {
	for {
		part, rest, ok := strings.Cut(name, ".")
		if !ok {
			return k.Field(name)
		}
		p := k.Part(part)
		row, rest, ok := strings.Cut(rest, ".")
		if _, err := strconv.Atoi(row); p == nil || !ok || err != nil {
			return nil
		}
		k, name = p.Kind, rest
	}
}

// Changed is one save of anybody.
type Changed struct {
	Seq  int64
	Kind string
	ID   int64
}

// maxChanges is how many changes one call gives; who is further behind reads
// everything anew.
const maxChanges = 2_000

// Changes are the saves after a point, and the point to ask from the next
// time. From a negative point it gives only the present one.
func (s *Session) Changes(ctx context.Context, since int64) ([]Changed, int64, error) {
	var out []Changed
	q := pool{s.base}
	var err error
	if since < 0 {
		err = each(ctx, q, `SELECT COALESCE(MAX(id), 0) FROM changes`, nil, func(raw []any) error {
			since, _ = raw[0].(int64)
			return nil
		})
	} else {
		err = each(ctx, q, `SELECT id, kind, record_id FROM changes WHERE id > ? ORDER BY id LIMIT ?`, []any{since, int64(maxChanges)}, func(raw []any) error {
			var c Changed
			c.Seq, _ = raw[0].(int64)
			c.Kind, _ = raw[1].(string)
			c.ID, _ = raw[2].(int64)
			out, since = append(out, c), c.Seq
			return nil
		})
	}
	if err != nil {
		return nil, since, fmt.Errorf("read changes: %w", s.base.explain(err))
	}
	return out, since, nil
}
