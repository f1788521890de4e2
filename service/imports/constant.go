package imports

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ugoda/exchange/record"
	"ugoda/model"
	"ugoda/store"
)

// Constant is a field's value as Plan.Constants keeps it: as the command line
// writes it, a record as "#ID".
func Constant(f *model.Field, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int64:
		if f.Type == model.Price {
			return model.Money{Minor: v}.Decimal().StringFixed(2)
		}
	case model.Ref:
		if v.ID == 0 {
			return ""
		}
		return "#" + strconv.FormatInt(v.ID, 10)
	case model.Money:
		return v.Decimal().StringFixed(2) + " " + v.Currency
	case model.Qty:
		return v.Decimal().String()
	case model.Percent:
		return v.Decimal().String()
	case model.Rate:
		return v.Decimal().String()
	case model.Day:
		if v == 0 {
			return ""
		}
		return v.String()
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.UTC().Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// ConstantValue reads what Constant wrote.
func ConstantValue(ctx context.Context, s *store.Session, k *model.Kind, path, said string) (any, error) {
	f := k.Field(path)
	if f == nil {
		return nil, &model.UnknownPath{Kind: k.Name, Path: path}
	}
	v, err := record.Parse(ctx, f, model.Money{Currency: s.BaseCurrency()}, said, s.Find)
	if err != nil {
		return nil, err
	}
	if ref, ok := v.(model.Ref); ok && strings.HasPrefix(ref.Name, "#") {
		rec, err := s.Get(ctx, f.To, ref.ID)
		if err != nil {
			return nil, err
		}
		return model.Ref{ID: ref.ID, Code: rec.Base().Number, Name: s.Registry().Kind(f.To).TitleOf(rec)}, nil
	}
	return v, nil
}
