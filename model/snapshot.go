package model

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// Snapshot writes a record with its parts as it stands, without loss: what a
// revision keeps. It is a JSON object by the names of the fields, in the order
// of the names, so that equal records give equal bytes; amounts, quantities,
// percents, rates and days are the scaled integers that the record holds,
// moments are microseconds since 1970 UTC. Computed fields are not in it. Skip,
// if not nil, leaves fields out; asked with the kind of a part's rows and no
// field, it leaves out the part.
func Snapshot(k *Kind, rec any, skip func(k *Kind, f *Field) bool) ([]byte, error) {
	data, err := json.Marshal(snapshot(k, rec, skip))
	if err != nil {
		return nil, fmt.Errorf("write a snapshot of %s: %w", k.Name, err)
	}
	return data, nil
}

func snapshot(k *Kind, rec any, skip func(*Kind, *Field) bool) map[string]any {
	out := map[string]any{}
	for _, f := range k.Fields {
		if f.Computed || skip != nil && skip(k, f) {
			continue
		}
		switch v := f.Value(rec).(type) {
		case Money:
			out[f.Name] = keptMoney(v)
		case Ref:
			out[f.Name] = keptRef(v)
		case time.Time:
			if v.IsZero() {
				out[f.Name] = nil
			} else {
				out[f.Name] = v.UnixMicro()
			}
		default:
			out[f.Name] = v
		}
	}
	for _, p := range k.Parts {
		if skip != nil && skip(p.Kind, nil) {
			continue
		}
		rows := make([]map[string]any, p.Len(rec))
		for i := range rows {
			rows[i] = snapshot(p.Kind, p.At(rec, i), skip)
		}
		out[p.Name] = rows
	}
	return out
}

type keptMoney struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

type keptRef struct {
	ID   int64  `json:"id"`
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
}

// FromSnapshot reads what Snapshot wrote into a record. Fields that the
// description does not have any more are passed over; fields that the snapshot
// does not have keep what the record had.
func FromSnapshot(k *Kind, rec any, data []byte) error {
	if err := fromSnapshot(k, rec, data); err != nil {
		return fmt.Errorf("read a snapshot of %s: %w", k.Name, err)
	}
	return nil
}

func fromSnapshot(k *Kind, rec any, data []byte) error {
	var kept map[string]json.RawMessage
	if err := json.Unmarshal(data, &kept); err != nil {
		return err
	}
	for _, f := range k.Fields {
		raw, ok := kept[f.Name]
		if !ok || f.Computed {
			continue
		}
		if err := readKept(f.Ptr(rec), raw); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for _, p := range k.Parts {
		raw, ok := kept[p.Name]
		if !ok {
			continue
		}
		var rows []json.RawMessage
		if err := json.Unmarshal(raw, &rows); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		p.Truncate(rec, 0)
		for i, row := range rows {
			if err := fromSnapshot(p.Kind, p.Add(rec), row); err != nil {
				return fmt.Errorf("%s, row %d: %w", p.Name, i+1, err)
			}
		}
	}
	return nil
}

func readKept(ptr any, raw json.RawMessage) error {
	switch p := ptr.(type) {
	case *Money:
		var m keptMoney
		err := json.Unmarshal(raw, &m)
		*p = Money(m)
		return err
	case *Ref:
		var r keptRef
		err := json.Unmarshal(raw, &r)
		*p = Ref(r)
		return err
	case *time.Time:
		*p = time.Time{}
		if bytes.Equal(raw, []byte("null")) {
			return nil
		}
		var micro int64
		if err := json.Unmarshal(raw, &micro); err != nil {
			return err
		}
		*p = time.UnixMicro(micro).UTC()
		return nil
	}
	return json.Unmarshal(raw, ptr)
}
