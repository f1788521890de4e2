// Package record writes records as JSON and reads them back: what the command
// line shows and takes. Amounts are numbers with two decimals in their own
// currency, quantities have up to three, days are 2026-11-23, references are
// objects with id, number (of a kind whose records are numbered) or code, and name.
package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"ugoda/model"
)

// Encode writes a record with its parts, in the order of the description.
// Fields that the role may not see are left out, and so are computed ones.
func Encode(reg *model.Registry, k *model.Kind, rec model.Keeper, role model.Role) ([]byte, error) {
	var b bytes.Buffer
	w := &writer{b: &b, reg: reg, role: role}
	base := rec.Base()
	w.open()
	w.field("kind", k.Name)
	w.field("version", base.Version)
	if base.Marked {
		w.field("marked", true)
	}
	w.fields(k, rec)
	w.close()
	if w.err != nil {
		return nil, fmt.Errorf("write %s as JSON: %w", k.Name, w.err)
	}
	return b.Bytes(), nil
}

type writer struct {
	b     *bytes.Buffer
	reg   *model.Registry
	role  model.Role
	first bool
	err   error
}

func (w *writer) open()  { w.b.WriteByte('{'); w.first = true }
func (w *writer) close() { w.b.WriteByte('}'); w.first = false }

func (w *writer) name(name string) {
	if !w.first {
		w.b.WriteByte(',')
	}
	w.first = false
	w.raw(name)
	w.b.WriteByte(':')
}

func (w *writer) raw(v any) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil && w.err == nil {
		w.err = err
		return
	}
	w.b.Write(bytes.TrimRight(buf.Bytes(), "\n"))
}

func (w *writer) field(name string, v any) {
	w.name(name)
	w.raw(v)
}

func (w *writer) fields(k *model.Kind, rec any) {
	for _, f := range k.Fields {
		if f.Computed || !f.SeenBy(w.role) {
			continue
		}
		v := f.Value(rec)
		if m, ok := v.(model.Money); ok {
			w.field(f.Name, Value(v))
			w.field(f.Name+"_currency", m.Currency)
			continue
		}
		if f.Type == model.Price {
			v = model.Money{Minor: v.(int64)}
		}
		if ref, ok := v.(model.Ref); ok && !ref.IsZero() {
			r := reference{ID: ref.ID, Name: ref.Name}
			if to := w.reg.Kind(f.To); to != nil && to.Series != "" {
				r.Number = ref.Code
			} else {
				r.Code = ref.Code
			}
			w.field(f.Name, r)
			continue
		}
		w.field(f.Name, Value(v))
	}
	for _, p := range k.Parts {
		w.name(p.Name)
		w.b.WriteByte('[')
		for i := range p.Len(rec) {
			if i > 0 {
				w.b.WriteByte(',')
			}
			w.open()
			w.fields(p.Kind, p.At(rec, i))
			w.close()
		}
		w.b.WriteByte(']')
	}
}

// reference is how JSON shows a link.
type reference struct {
	ID     int64  `json:"id"`
	Number string `json:"number,omitempty"`
	Code   string `json:"code,omitempty"`
	Name   string `json:"name"`
}

// Value turns a field's value into what encoding/json writes as promised;
// empty days, moments and references give null.
func Value(v any) any {
	switch v := v.(type) {
	case model.Money:
		return json.RawMessage(v.Decimal().StringFixed(2))
	case model.Qty:
		return json.RawMessage(v.Decimal().String())
	case model.Percent:
		return json.RawMessage(v.Decimal().String())
	case model.Rate:
		return json.RawMessage(v.Decimal().String())
	case model.Day:
		if v == 0 {
			return nil
		}
		return v.String()
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UTC().Format(time.RFC3339)
	case model.Ref:
		if v.IsZero() {
			return nil
		}
		return reference{ID: v.ID, Code: v.Code, Name: v.Name}
	case []byte:
		if len(v) == 0 {
			return nil
		}
		return base64.StdEncoding.EncodeToString(v)
	}
	return v
}
