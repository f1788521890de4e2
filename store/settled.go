package store

import "ugoda/model"

// typedValue is what somebody gave a field that follows from others of its
// record, and why it does.
type typedValue struct {
	field *model.Field
	value any
	why   model.Problem
}

// typedOver gathers the fields that follow from others as the record stands,
// where they hold something else than what is stored; of a new record, anything.
// Asked before the rules fill them.
func typedOver(k *model.Kind, rec, old any) (out []typedValue) {
	if k.Settled == nil {
		return nil
	}
	for _, why := range k.Settled(rec) {
		f := k.Field(why.Field)
		v := f.Value(rec)
		if old != nil && v == f.Value(old) || old == nil && orNil(amountless(v)) == nil {
			continue
		}
		out = append(out, typedValue{f, v, why})
	}
	return out
}

// amountless is a sum of nothing without its currency, which a new record has
// before anybody types.
func amountless(v any) any {
	if m, ok := v.(model.Money); ok && m.Minor == 0 {
		return model.Money{}
	}
	return v
}

// overruled refuses the values that the rules have filled otherwise, rather than
// to lose them silently.
func overruled(rec any, typed []typedValue) (out []model.Problem) {
	for _, x := range typed {
		if x.value != x.field.Value(rec) {
			out = append(out, x.why)
		}
	}
	return out
}

// forgetSettled empties the fields of a new record that its rules fill: what a
// copy brought may have changed since.
func forgetSettled(k *model.Kind, rec any) {
	if k.Settled == nil {
		return
	}
	for _, x := range k.Settled(rec) {
		f := k.Field(x.Field)
		copyValue(f.Ptr(rec), zeroOf(f))
	}
}
