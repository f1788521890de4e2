package field

import (
	"time"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// fact shows a value that rules fill: text, not a field.
func (e *Editor) fact(h screen.Host, kind string) {
	w := input.NewFact()
	var value any
	e.main, e.enable = w, func(bool) {}
	e.get = func() any { return value }
	e.put = func(v any) {
		value = v
		var open func()
		if r, ok := v.(model.Ref); ok && r.ID != 0 {
			open = func() { h.Open(screen.ToCard(e.Field.To, r.ID)) }
		}
		w.Set(Text(h, kind, e.Field, v), open)
	}
	w.OnMenu = func(at fyne.Position) {
		h.Menu(fyne.NewMenu("", fyne.NewMenuItem(h.Words().T("command.copy"), func() {
			fyne.CurrentApp().Clipboard().SetContent(w.Text())
		})), at)
	}
	value = model.Deref(zero(e.Field.Type))
}

// zero is a pointer to no value of a type.
func zero(t model.Type) any {
	switch t {
	case model.Int, model.Price:
		return new(int64)
	case model.Quantity:
		return new(model.Qty)
	case model.Percents:
		return new(model.Percent)
	case model.Rates:
		return new(model.Rate)
	case model.Amount:
		return new(model.Money)
	case model.Days:
		return new(model.Day)
	case model.Moment:
		return new(time.Time)
	case model.Bool:
		return new(bool)
	case model.Link:
		return new(model.Ref)
	case model.Bytes:
		return new([]byte)
	}
	return new(string)
}

// Text is a value of a field in words; nothing for no value.
func Text(h screen.Host, kind string, f *model.Field, v any) string {
	t := h.Words()
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if f.Type == model.Choice {
			return t.Choice(kind, f.Name, v)
		}
		return v
	case model.Ref:
		return screen.RefText(v)
	case int64:
		if f.Type == model.Price {
			return t.Amount(v)
		}
		return t.Int(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return t.Moment(v)
	case []byte:
		return t.Size(int64(len(v)))
	}
	return t.Value(v)
}
