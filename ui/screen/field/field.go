// Package field joins a described field to the widget that edits it: text,
// numbers, days, choices, references with completion and creation in place.
package field

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// Editor edits one value of a field.
type Editor struct {
	// Object is what is laid out, Focus what takes the keyboard.
	Object fyne.CanvasObject
	Focus  fyne.Focusable
	Field  *model.Field
	// OnChange is called when a person changed the value.
	OnChange func()
	// Narrow is the condition that records offered by a reference meet; nil: any.
	Narrow func() filter.Node
	// Fill are values for a record created in place; nil: none but its name.
	Fill func() map[string]any

	main   input.Field
	extra  []input.Field
	get    func() any
	put    func(v any)
	commit func() bool
	enable func(bool)
	own    func(k *fyne.KeyEvent) bool // keys of the editor itself
}

// found is how many records a reference offers.
const found = 12

// Runner is the host's background as input and list widgets take it.
type Runner struct{ Host screen.Host }

// Go implements run.Runner.
func (r Runner) Go(ctx context.Context, work func(context.Context) func()) {
	var apply func()
	r.Host.Background(ctx, func(ctx context.Context) error {
		apply = work(ctx)
		return nil
	}, func(error) {
		if apply != nil {
			apply()
		}
	})
}

var _ run.Runner = Runner{}

// New makes the editor of a field of a kind, empty.
func New(h screen.Host, kind string, f *model.Field) *Editor {
	e := &Editor{Field: f, commit: func() bool { return true }}
	t := h.Words()
	if f.ReadOnly && f.Type != model.LongText && f.Type != model.Bytes {
		e.fact(h, kind)
		e.Object, e.Focus = e.main, e.main
		return e
	}
	switch f.Type {
	case model.LongText:
		if kind := conditionOn(f.Format); h.Session().Registry().Kind(kind) != nil {
			e.condition(h, kind)
			break
		}
		e.text(input.NewMulti(3))
	case model.Int, model.Price, model.Quantity, model.Percents, model.Rates:
		e.number(t, f.Type)
	case model.Amount:
		e.amount(h)
	case model.Days:
		e.day(h)
	case model.Moment:
		e.moment(h)
	case model.Bool:
		e.check()
	case model.Choice:
		e.choice(t, kind)
	case model.Link:
		e.reference(h)
	case model.Bytes:
		e.bytes(h)
	default:
		if f.Format == "currency" && h.Session().Registry().Kind("currency") != nil {
			e.currency(h)
			break
		}
		if f.Format == "colour" {
			e.colour()
			break
		}
		if f.Format == "hour" {
			e.hour(t)
			break
		}
		e.text(input.NewEntry())
	}
	if e.Object == nil {
		e.Object = e.main
	}
	e.Focus = e.main
	return e
}

// Value is the value, of the Go type that the field's type names.
func (e *Editor) Value() any { return e.get() }

// Set shows a value without telling OnChange.
func (e *Editor) Set(v any) { e.put(v) }

// Commit reads what stands there; it is false, and the field says why, when it
// cannot be read.
func (e *Editor) Commit() bool { return e.commit() }

// SetProblem shows what is wrong beside the field.
func (e *Editor) SetProblem(text string) { e.main.SetProblem(text) }

// Problem is what is wrong.
func (e *Editor) Problem() string { return e.main.Problem() }

// SetKeys hands keys that the widget does not use to a form or a dialog.
func (e *Editor) SetKeys(take func(k *fyne.KeyEvent) bool) {
	keys := func(k fyne.KeyName, mod fyne.KeyModifier) bool {
		x := &fyne.KeyEvent{Name: k}
		return mod == 0 && (e.own != nil && e.own(x) || take(x))
	}
	e.main.SetKeys(keys)
	for _, x := range e.extra {
		x.SetKeys(keys)
	}
}

// SetReadOnly lets the value be seen and copied, not changed.
func (e *Editor) SetReadOnly(readOnly bool) { e.enable(!readOnly) }

// Widget is the input itself.
func (e *Editor) Widget() input.Field { return e.main }

// Empty reports that a value says nothing.
func Empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case model.Ref:
		return v.ID == 0
	case model.Day:
		return v == 0
	case time.Time:
		return v.IsZero()
	case model.Money:
		return v.Minor == 0
	case []byte:
		return len(v) == 0
	}
	return false
}

func (e *Editor) changed() {
	if e.OnChange != nil {
		e.OnChange()
	}
}

func able(w fyne.Disableable) func(bool) {
	return func(usable bool) {
		if usable {
			w.Enable()
			return
		}
		w.Disable()
	}
}

func (e *Editor) text(w *input.Entry) {
	e.main, e.enable = w, able(w)
	quiet := false
	w.OnChanged = func(string) {
		if !quiet {
			e.changed()
		}
	}
	e.get = func() any { return w.Text }
	e.put = func(v any) {
		s, _ := v.(string)
		if w.Text != s {
			quiet = true
			w.SetText(s)
			quiet = false
		}
		w.SetProblem("")
	}
}

// colour chooses one of some colours.
func (e *Editor) colour() {
	w := input.NewColour()
	w.OnChange = e.changed
	e.main, e.enable = w, able(w)
	e.get = func() any { return w.Value() }
	e.put = func(v any) {
		s, _ := v.(string)
		w.Set(s)
		w.SetProblem("")
	}
}

// number edits scaled whole numbers.
func (e *Editor) number(t *locale.Printer, typ model.Type) {
	var parse func(s string) (int64, error)
	var format func(v int64) string
	var value func(v int64) any
	switch typ {
	case model.Price:
		parse, format = t.ParseAmount, t.Amount
		value = func(v int64) any { return v }
	case model.Quantity:
		parse = func(s string) (int64, error) { q, err := t.ParseQty(s); return int64(q), err }
		format = func(v int64) string { return t.Qty(model.Qty(v)) }
		value = func(v int64) any { return model.Qty(v) }
	case model.Percents:
		parse = func(s string) (int64, error) { q, err := t.ParsePercent(s); return int64(q), err }
		format = func(v int64) string { return t.Percent(model.Percent(v)) }
		value = func(v int64) any { return model.Percent(v) }
	case model.Rates:
		parse = func(s string) (int64, error) { q, err := t.ParseRate(s); return int64(q), err }
		format = func(v int64) string { return t.Rate(model.Rate(v)) }
		value = func(v int64) any { return model.Rate(v) }
	default:
		parse, format = t.ParseInt, t.Int
		value = func(v int64) any { return v }
	}
	w := input.NewNumber(parse, format, t.Error)
	w.OnChange = e.changed
	e.main, e.enable, e.commit = w, able(w), w.Commit
	e.get = func() any {
		v, _ := w.Value()
		return value(v)
	}
	e.put = func(v any) {
		n := whole(v)
		if n == 0 {
			w.Clear()
			return
		}
		w.Set(n)
	}
}

func whole(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case model.Qty:
		return int64(v)
	case model.Percent:
		return int64(v)
	case model.Rate:
		return int64(v)
	case model.Money:
		return v.Minor
	}
	return 0
}

// currency chooses one of the currencies of the base.
func (e *Editor) currency(h screen.Host) {
	options := []input.Option{{Key: h.Session().BaseCurrency(), Text: h.Session().BaseCurrency()}}
	w := input.NewChoice(options)
	offer := func(code string) {
		if code != "" && !slices.ContainsFunc(options, func(o input.Option) bool { return o.Key == code }) {
			options = append(options, input.Option{Key: code, Text: code})
			w.SetOptions(options)
		}
	}
	session := h.Session()
	screen.Read(context.Background(), h, func(ctx context.Context) ([]model.Ref, error) {
		return session.Complete(ctx, "currency", "", 40, nil)
	}, func(refs []model.Ref) {
		for _, r := range refs {
			offer(r.Code)
		}
	})
	w.OnChange = e.changed
	e.main, e.enable = w, able(w)
	e.get = func() any { return w.Value() }
	e.put = func(v any) {
		code, _ := v.(string)
		offer(code)
		w.Set(code)
	}
}

// amount edits an amount with its currency beside it.
func (e *Editor) amount(h screen.Host) {
	t := h.Words()
	w := input.NewNumber(t.ParseAmount, t.Amount, t.Error)
	currency := input.NewChoice([]input.Option{{Key: h.Session().BaseCurrency(), Text: h.Session().BaseCurrency()}})
	offered := map[string]bool{h.Session().BaseCurrency(): true}
	options := []input.Option{{Key: h.Session().BaseCurrency(), Text: h.Session().BaseCurrency()}}
	offer := func(code string) {
		if code != "" && !offered[code] {
			offered[code] = true
			options = append(options, input.Option{Key: code, Text: code})
			currency.SetOptions(options)
		}
	}
	session := h.Session()
	if session.Registry().Kind("currency") != nil {
		screen.Read(context.Background(), h, func(ctx context.Context) ([]model.Ref, error) {
			return session.Complete(ctx, "currency", "", 40, nil)
		}, func(refs []model.Ref) {
			for _, r := range refs {
				offer(r.Code)
			}
		})
	}
	w.OnChange, currency.OnChange = e.changed, e.changed
	e.main, e.extra, e.commit = w, []input.Field{currency}, w.Commit
	e.enable = func(usable bool) {
		able(w)(usable)
		able(currency)(usable)
	}
	e.Object = container.NewBorder(nil, nil, nil, currency, w)
	currency.Set(session.BaseCurrency())
	e.get = func() any {
		v, _ := w.Value()
		return model.Money{Minor: v, Currency: currency.Value()}
	}
	e.put = func(v any) {
		m, _ := v.(model.Money)
		if m.Currency == "" {
			m.Currency = session.BaseCurrency()
		}
		offer(m.Currency)
		currency.Set(m.Currency)
		if m.Minor == 0 {
			w.Clear()
			return
		}
		w.Set(m.Minor)
	}
}

// Days is how days are typed and called.
func Days(h screen.Host) input.DayWords {
	t := h.Words()
	words := input.DayWords{
		Parse:    func(s string) (model.Day, error) { return t.ParseDay(s, h.Session().Today()) },
		Format:   t.Day,
		Explain:  t.Error,
		Month:    t.MonthOfYear,
		Today:    h.Session().Today,
		TodayTip: t.T("word.today"),
	}
	for i := range words.Weekdays {
		words.Weekdays[i] = t.WeekdayShort(time.Weekday((i + 1) % 7))
	}
	return words
}

func (e *Editor) day(h screen.Host) {
	w := input.NewDay(Days(h))
	w.OnChange = e.changed
	e.main, e.enable, e.commit = w, able(w), w.Commit
	e.get = func() any { return w.Value() }
	e.put = func(v any) {
		d, _ := v.(model.Day)
		w.Set(d)
	}
}

// moment edits a day with its time of day, in one entry.
func (e *Editor) moment(h screen.Host) {
	t := h.Words()
	w := input.NewEntry()
	var value time.Time
	shown := ""
	e.main, e.enable = w, able(w)
	e.put = func(v any) {
		value, _ = v.(time.Time)
		shown = ""
		if !value.IsZero() {
			shown = t.Moment(value)
		}
		w.OnChanged = nil
		w.SetText(shown)
		w.OnChanged = func(string) { e.changed() }
		w.SetProblem("")
	}
	e.get = func() any { return value }
	e.commit = func() bool {
		switch w.Text {
		case shown:
			return true
		case "":
			e.put(time.Time{})
			return true
		}
		v, err := t.ParseMoment(w.Text, h.Session().Today())
		if err != nil {
			w.SetProblem(t.Error(err))
			return false
		}
		e.put(v)
		return true
	}
	w.OnLeave = func() { e.commit() }
	w.OnChanged = func(string) { e.changed() }
}

func (e *Editor) check() {
	w := input.NewCheck("", func(bool) { e.changed() })
	e.main, e.enable = w, able(w)
	e.get = func() any { return w.Value() }
	e.put = func(v any) {
		b, _ := v.(bool)
		w.Set(b)
	}
}

func (e *Editor) choice(t *locale.Printer, kind string) {
	var options []input.Option
	if !e.Field.Required {
		options = append(options, input.Option{Text: ""})
	}
	for _, v := range e.Field.Values {
		if v != "" {
			options = append(options, input.Option{Key: v, Text: t.Choice(kind, e.Field.Name, v)})
		}
	}
	w := input.NewChoice(options)
	w.OnChange = e.changed
	e.main, e.enable = w, able(w)
	e.get = func() any { return w.Value() }
	e.put = func(v any) {
		s, _ := v.(string)
		w.Set(s)
	}
}

// reference edits a link: it completes, opens, and creates in place.
func (e *Editor) reference(h screen.Host) {
	t, session, to := h.Words(), h.Session(), e.Field.To
	refs := map[int64]model.Ref{}
	provider := input.ProviderFunc(func(ctx context.Context, text string) ([]input.Item, error) {
		list, err := session.Complete(ctx, to, text, found, e.narrow())
		if err != nil {
			return nil, err
		}
		items := make([]input.Item, len(list))
		for i, r := range list {
			items[i] = item(r)
		}
		return items, nil
	})
	w := input.NewReference(provider, Runner{h}, input.ReferenceWords{
		Create:   func(text string) string { return t.T("form.create_in_place", "name", text) },
		ShowAll:  t.T("ui.field.show_all"),
		NotFound: func(text string) string { return t.T("ui.field.not_found", "kind", t.Kind(to), "name", text) },
		Failed:   t.Error,
	})
	w.OnChange = e.changed
	w.OnOpen = func(i input.Item) { h.Open(screen.ToCard(to, i.ID)) }
	create := func(text string) {
		fill := map[string]any{}
		if e.Fill != nil {
			fill = e.Fill()
		}
		if k := session.Registry().Kind(to); k != nil && len(k.Title) > 0 {
			fill[k.Title[0]] = text
		}
		h.Edit(to, 0, fill, func(r model.Ref) {
			refs[r.ID] = r
			w.Set(item(r))
			e.changed()
			h.Canvas().Focus(w)
		})
	}
	if session.MayWrite(to) {
		w.OnCreate = create
	}
	w.OnShowAll = func(string) {
		h.Choose(to, e.narrow(), func(r model.Ref) {
			refs[r.ID] = r
			w.Set(item(r))
			e.changed()
			h.Canvas().Focus(w)
		})
	}
	e.main, e.enable = w, able(w)
	e.get = func() any {
		i := w.Value()
		if r, ok := refs[i.ID]; ok {
			return r
		}
		return model.Ref{ID: i.ID, Code: i.Detail, Name: i.Text}
	}
	e.put = func(v any) {
		r, _ := v.(model.Ref)
		refs[r.ID] = r
		w.Set(item(r))
	}
	e.commit = func() bool { return w.Problem() == "" && (w.Text == w.Value().Text || settled(w)) }
}

// settled lets a reference decide what the typed text is, and tells whether
// it is a record now.
func settled(w *input.Reference) bool {
	w.OnLeave()
	return w.Problem() == "" && w.Text == w.Value().Text
}

// item is a record as a reference shows it.
func item(r model.Ref) input.Item {
	if r.ID == 0 {
		return input.Item{}
	}
	if r.Name == "" {
		return input.Item{ID: r.ID, Text: r.Code}
	}
	if r.Name == r.Code { // its number is all the name it has
		return input.Item{ID: r.ID, Text: r.Name}
	}
	return input.Item{ID: r.ID, Text: r.Name, Detail: r.Code}
}

// narrow is the condition that the offered records meet.
func (e *Editor) narrow() filter.Node {
	if e.Narrow == nil {
		return nil
	}
	return e.Narrow()
}

// bytes shows how large a picture or a file is, and takes another one.
func (e *Editor) bytes(h screen.Host) {
	w := input.NewEntry()
	w.Disable()
	var value []byte
	e.main, e.enable = w, func(bool) {}
	e.get = func() any { return value }
	e.put = func(v any) {
		value, _ = v.([]byte)
		w.SetText("")
		if len(value) > 0 {
			w.SetText(h.Words().Size(int64(len(value))))
		}
	}
	choose := input.NewButton("…", func() {
		chooseFile(h, func(data []byte) {
			e.put(data)
			e.changed()
		})
	})
	clearIt := input.NewButton("×", func() {
		e.put([]byte(nil))
		e.changed()
	})
	e.enable = func(usable bool) {
		able(choose)(usable)
		able(clearIt)(usable)
	}
	e.Object = container.NewBorder(nil, nil, nil, container.NewHBox(choose, clearIt), w)
}

// tooLarge is how many bytes a picture or a file in the base may have.
const tooLarge = 10 << 20

type fileTooLarge struct{ size int64 }

func (e *fileTooLarge) Error() string { return fmt.Sprintf("a file of %d bytes is too large", e.size) }

// Message says it to a person.
func (e *fileTooLarge) Message() (string, map[string]any) { return "file_too_large", nil }
