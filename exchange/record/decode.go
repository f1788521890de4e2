package record

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"ugoda/locale"
	"ugoda/model"
)

// says reports that a text is a word in any language, as lists show it.
func says(text, key string) bool {
	return slices.ContainsFunc(locale.Languages, func(l locale.Language) bool {
		return strings.EqualFold(text, locale.New(l).T(key))
	})
}

// Finder finds the id of a record by its number, code or unique name.
type Finder func(ctx context.Context, kind, name string) (int64, error)

// maxJSON is the most that a record may take as JSON: pictures and templates
// are inside.
const maxJSON = 64 << 20

// ErrTooLarge says that the JSON of a record is over 64 MiB.
var ErrTooLarge = errors.New("the record is over 64 MiB")

// Decode reads fields of a record from JSON; what is not named stays as it
// is, a part that is named is replaced as a whole. Fields that rules set
// (read-only ones) and what it may do next are passed over, so that what Encode
// and the command line wrote can be read.
func Decode(ctx context.Context, r io.Reader, reg *model.Registry, k *model.Kind, rec any, find Finder) error {
	data, err := io.ReadAll(io.LimitReader(r, maxJSON+1))
	if err != nil {
		return fmt.Errorf("read the record: %w", err)
	}
	if len(data) > maxJSON {
		return ErrTooLarge
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var obj map[string]any
	if err := d.Decode(&obj); err != nil {
		return model.Refused("", "bad_json", "error", err.Error())
	}
	return fill(ctx, obj, reg, k, rec, find, true)
}

func fill(ctx context.Context, obj map[string]any, reg *model.Registry, k *model.Kind, rec any, find Finder, top bool) error {
	var problems model.Problems
	seen := map[string]bool{"kind": top, "version": top, "marked": top, "next": top, "id": true}
	for _, f := range k.Fields {
		v, ok := obj[f.Name]
		seen[f.Name] = true
		if f.Type == model.Amount {
			seen[f.Name+"_currency"] = true
			if c, has := obj[f.Name+"_currency"]; has && !f.ReadOnly {
				m := f.Value(rec).(model.Money)
				m.Currency, _ = c.(string)
				_ = model.Assign(f.Ptr(rec), m) // the type is the field's own
			}
		}
		if !ok || f.ReadOnly || f.Computed {
			continue
		}
		if err := assign(ctx, f, rec, v, find); err != nil {
			var p model.Problems
			if !errors.As(err, &p) {
				return err
			}
			problems = append(problems, p...)
		}
	}
	for _, p := range k.Parts {
		seen[p.Name] = true
		rows, ok := obj[p.Name]
		if !ok {
			continue
		}
		list, ok := rows.([]any)
		if !ok {
			problems = append(problems, model.Wrong(p.Name, "not_a_list"))
			continue
		}
		p.Truncate(rec, 0)
		for i, row := range list {
			o, ok := row.(map[string]any)
			if !ok {
				problems = append(problems, model.Wrong(p.Name, "not_an_object"))
				continue
			}
			err := fill(ctx, o, reg, p.Kind, p.Add(rec), find, false)
			var wrong model.Problems
			if errors.As(err, &wrong) {
				for _, w := range wrong {
					w.Field = model.RowField(p.Name, i, w.Field)
					problems = append(problems, w)
				}
			} else if err != nil {
				return err
			}
		}
	}
	for name := range obj {
		if !seen[name] {
			problems = append(problems, model.Wrong(name, "unknown_field", "name", name, "kind", k.Name))
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

func assign(ctx context.Context, f *model.Field, rec, v any, find Finder) error {
	switch v := v.(type) {
	case nil:
		return Set(ctx, f, rec, "", find)
	case string:
		if f.Type == model.Bytes {
			data, err := base64.StdEncoding.DecodeString(v)
			if err != nil {
				return model.Refused(f.Name, "not_base64")
			}
			return model.Assign(f.Ptr(rec), data)
		}
		return Set(ctx, f, rec, v, find)
	case json.Number:
		return Set(ctx, f, rec, v.String(), find)
	case bool:
		if f.Type != model.Bool {
			return model.Refused(f.Name, "wrong_type", "type", f.Type.String())
		}
		return model.Assign(f.Ptr(rec), v)
	case map[string]any:
		if f.Type != model.Link {
			return model.Refused(f.Name, "wrong_type", "type", f.Type.String())
		}
		if id, ok := v["id"].(json.Number); ok {
			n, err := id.Int64()
			if err != nil || n < 0 {
				return model.Refused(f.Name, "wrong_type", "type", "id")
			}
			return model.Assign(f.Ptr(rec), model.Ref{ID: n})
		}
		for _, key := range []string{"number", "code", "name"} {
			if s, ok := v[key].(string); ok && s != "" {
				return Set(ctx, f, rec, s, find)
			}
		}
		return model.Refused(f.Name, "empty_reference")
	}
	return model.Refused(f.Name, "wrong_type", "type", f.Type.String())
}

// Set gives a field the value that a text means in the form of the command
// line: a point in numbers, 2026-11-23, true or false, an identifier of a
// choice, the number, code or name of a reference. An empty text empties it.
// An amount may name its currency: "100.50 USD".
func Set(ctx context.Context, f *model.Field, rec any, s string, find Finder) error {
	v, err := Parse(ctx, f, f.Value(rec), s, find)
	if err != nil {
		return err
	}
	return model.Assign(f.Ptr(rec), v)
}

// Parse reads a text as Set does and gives the value; old tells an amount's
// currency where the text does not.
func Parse(ctx context.Context, f *model.Field, old any, s string, find Finder) (any, error) {
	number := func(scale int32) (int64, error) {
		if s == "" {
			return 0, nil
		}
		n, err := model.ParseDecimal(s, scale)
		if err != nil {
			return 0, model.Refused(f.Name, "not_a_number", "value", s)
		}
		return n, nil
	}
	switch f.Type {
	case model.Text, model.LongText:
		return s, nil
	case model.Int:
		return number(0)
	case model.Price:
		return number(2)
	case model.Amount:
		m, _ := old.(model.Money)
		if n := len(s); n > 4 && s[n-4] == ' ' {
			m.Currency, s = s[n-3:], s[:n-4]
		}
		minor, err := number(2)
		m.Minor = minor
		return m, err
	case model.Quantity:
		n, err := number(3)
		return model.Qty(n), err
	case model.Percents:
		n, err := number(2)
		return model.Percent(n), err
	case model.Rates:
		n, err := number(6)
		return model.Rate(n), err
	case model.Bool:
		switch {
		case s == "true", s == "1", says(s, "word.yes"):
			return true, nil
		case s == "false", s == "0", s == "", says(s, "word.no"):
			return false, nil
		}
		return nil, model.Refused(f.Name, "not_a_bool", "value", s)
	case model.Days:
		if s == "" {
			return model.Day(0), nil
		}
		d, err := model.ParseDay(s)
		if err != nil {
			return nil, model.Refused(f.Name, "not_a_day", "value", s)
		}
		return d, nil
	case model.Moment:
		if s == "" {
			return time.Time{}, nil
		}
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return nil, model.Refused(f.Name, "not_a_moment", "value", s)
		}
		return t.UTC(), nil
	case model.Choice:
		if s == "" && !f.Required {
			return s, nil
		}
		for _, v := range f.Values {
			if v == s {
				return s, nil
			}
		}
		return nil, model.Refused(f.Name, "not_one_of", "value", s, "values", f.Values)
	case model.Link:
		if s == "" {
			return model.Ref{}, nil
		}
		id, err := find(ctx, f.To, s)
		if err != nil {
			return nil, err
		}
		return model.Ref{ID: id, Name: s}, nil
	}
	return nil, model.Refused(f.Name, "wrong_type", "type", f.Type.String())
}
