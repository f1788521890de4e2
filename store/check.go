package store

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ugoda/model"
)

// maxText is how long a text of any field may be, in bytes.
const maxText = 1 << 20

// normalize brings a record into the form in which it is kept: moments in UTC
// to the microsecond, amounts with a currency, texts that are valid UTF-8
// without the zero byte that PostgreSQL refuses.
func (w *work) normalize(p *plan, rec any) error {
	for _, f := range p.fields {
		switch v := f.Ptr(rec).(type) {
		case *string:
			if strings.IndexByte(*v, 0) >= 0 || !utf8.ValidString(*v) {
				*v = strings.ReplaceAll(strings.ToValidUTF8(*v, ""), "\x00", "")
			}
			if f.Type == model.Text {
				*v = strings.TrimSpace(*v)
			}
		case *time.Time:
			if !v.IsZero() {
				*v = v.UTC().Truncate(time.Microsecond)
			}
		case *model.Money:
			if v.Minor != 0 && v.Currency == "" {
				v.Currency = facts{w}.BaseCurrency()
			}
		}
	}
	for _, x := range p.parts {
		for i := range x.part.Len(rec) {
			if err := w.normalize(x, x.part.At(rec, i)); err != nil {
				return err
			}
		}
	}
	return w.failed
}

// check finds what is wrong by the description alone: what is required, what a
// choice may be, links that lead nowhere, values that must be the only ones,
// amounts in a currency without a rate.
func (w *work) check(p *plan, rec, old any) ([]model.Problem, error) {
	var out []model.Problem
	if err := w.checkRow(p, rec, old, "", &out); err != nil {
		return nil, err
	}
	for _, f := range p.fields {
		if !f.Unique {
			continue
		}
		wrong, err := w.checkUnique(p, f, rec.(model.Keeper), old)
		if err != nil {
			return nil, err
		}
		out = append(out, wrong...)
	}
	return out, nil
}

func (w *work) checkRow(p *plan, rec, old any, prefix string, out *[]model.Problem) error {
	wrong := func(f *model.Field, key string, args ...any) {
		*out = append(*out, model.Wrong(prefix+f.Name, key, args...))
	}
	for _, f := range p.fields {
		v := f.Value(rec)
		if f.Required && empty(v) && w.s.Sees(f) && !(f.Name == "number" && p.kind.Series != "") {
			wrong(f, "required")
			continue
		}
		switch v := v.(type) {
		case string:
			if f.Type == model.Choice && v != "" && !slices.Contains(f.Values, v) {
				wrong(f, "not_one_of", "value", v, "values", f.Values)
			}
			if len(v) > maxText {
				wrong(f, "text_too_long")
			}
		case model.Ref:
			if v.ID == 0 || (old != nil && f.Value(old).(model.Ref).ID == v.ID) {
				continue
			}
			ref, found, err := w.name(f.To, v.ID)
			if err != nil {
				return err
			}
			if !found {
				wrong(f, "no_such_record", "kind", f.To)
				continue
			}
			*f.Ptr(rec).(*model.Ref) = ref
		case model.Money:
			if p.owner != nil || v.Minor == 0 || (old != nil && f.Value(old).(model.Money) == v && p.ownRate(old) == p.ownRate(rec)) {
				continue
			}
			_, ok, err := w.inBase(v, p.ownRate(rec))
			if errors.Is(err, model.ErrOverflow) {
				wrong(f, "amount_too_large")
			} else if err != nil {
				return err
			} else if !ok {
				wrong(f, "no_rate", "currency", v.Currency, "on", w.today)
			}
		}
	}
	for _, x := range p.parts {
		stored := map[int64]any{}
		if old != nil {
			for i := range x.part.Len(old) {
				row := x.part.At(old, i)
				stored[*rowID(row)] = row
			}
		}
		for i := range x.part.Len(rec) {
			row := x.part.At(rec, i)
			was := stored[*rowID(row)]
			if was == nil {
				*rowID(row) = 0 // a row of another record was copied
			}
			delete(stored, *rowID(row))
			if err := w.checkRow(x, row, was, prefix+model.RowField(x.part.Name, i, ""), out); err != nil {
				return err
			}
		}
	}
	return nil
}

// empty reports that a value says nothing; numbers always say something.
func empty(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v) == ""
	case model.Ref:
		return v.ID == 0
	case model.Day:
		return v == 0
	case time.Time:
		return v.IsZero()
	case model.Money:
		return v == (model.Money{})
	case []byte:
		return len(v) == 0
	}
	return false
}

// checkUnique refuses a value that another unmarked record has.
func (w *work) checkUnique(p *plan, f *model.Field, rec model.Keeper, old any) ([]model.Problem, error) {
	v, _ := f.Value(rec).(string)
	if v == "" || rec.Base().Marked || (old != nil && f.Value(old) == v && !old.(model.Keeper).Base().Marked) {
		return nil, nil
	}
	column, sought := ident(f.Name), v
	if f.Searched() {
		column, sought = f.Name+"_search", fold(v)
	}
	var id int64
	found, err := w.one("SELECT id FROM "+p.table+" WHERE "+column+" = ? AND marked = FALSE AND id <> ? LIMIT 1", []any{sought, rec.Base().ID}, &id)
	if err != nil || !found {
		return nil, err
	}
	return []model.Problem{model.Wrong(f.Name, "taken", "value", v, "id", id)}, nil
}
