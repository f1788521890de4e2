package where

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// condition is one condition being edited: a field, an operator, values.
type condition struct {
	host    screen.Host
	kind    *model.Kind
	cond    filter.Cond
	owner   string
	field   *model.Field
	box     *fyne.Container
	op      *input.Choice
	values  *fyne.Container
	read    func() ([]filter.Value, bool) // false: cannot be read, the field says why
	first   fyne.Focusable
	changed func()
	keys    func(k *fyne.KeyEvent) bool
}

func newCondition(h screen.Host, kind *model.Kind, c filter.Cond) *condition {
	x := &condition{host: h, kind: kind, cond: c, values: container.NewStack()}
	x.box = container.NewStack()
	x.setPath(c.Path)
	return x
}

func (x *condition) object() fyne.CanvasObject { return x.box }

func (x *condition) focus() {
	if x.first != nil {
		x.host.Canvas().Focus(x.first)
	}
}

func (x *condition) told() {
	if x.changed != nil {
		x.changed()
	}
}

// setPath takes a field, and offers the operators of its type.
func (x *condition) setPath(path string) {
	t := x.host.Words()
	reg := x.host.Session().Registry()
	label := t.T("filter.field") + " ▾"
	if path != "" {
		if _, owner, f := Resolve(reg, x.kind, path); f != nil {
			x.cond.Path, x.owner, x.field = path, owner, f
			label = t.Path(reg, x.kind.Name, path) + " ▾"
		}
	}
	choose := input.NewButton(label, func() {
		ChooseField(x.host, x.kind, func(path string) {
			x.cond = filter.Cond{Path: path}
			x.setPath(path)
			x.told()
			x.focus()
		})
	}).Framed()
	if x.field == nil {
		x.first = choose
		x.box.Objects = []fyne.CanvasObject{container.NewHBox(choose)}
		x.box.Refresh()
		return
	}
	var options []input.Option
	for _, op := range filter.Operators(x.field.Type) {
		options = append(options, input.Option{Key: string(op), Text: t.Operator(op, x.field.Type)})
	}
	x.op = input.NewChoice(options)
	if x.cond.Op == "" {
		x.cond.Op = filter.Operators(x.field.Type)[0]
	}
	x.op.Set(string(x.cond.Op))
	x.op.OnChange = func() {
		x.cond.Op = filter.Op(x.op.Value())
		x.cond.Values = nil
		x.showValues()
		x.told()
	}
	x.box.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, container.NewHBox(choose, x.op), nil, x.values)}
	x.showValues()
	x.box.Refresh()
}

// showValues makes the editors that the operator wants.
func (x *condition) showValues() {
	x.first = x.op
	x.read = func() ([]filter.Value, bool) { return nil, true }
	var o fyne.CanvasObject = container.NewHBox()
	switch x.cond.Op {
	case filter.Empty, filter.NotEmpty:
	case filter.In, filter.NotIn:
		o = x.many()
	case filter.Between:
		a, readA := x.one(0)
		b, readB := x.one(1)
		first := x.first
		o = container.NewGridWithColumns(2, a, b)
		x.first = first
		x.read = func() ([]filter.Value, bool) {
			v, ok := readA()
			w, ok2 := readB()
			if v == nil || w == nil {
				return nil, ok && ok2
			}
			return []filter.Value{v, w}, ok && ok2
		}
	case filter.Within:
		o = x.period()
	default:
		var read func() (filter.Value, bool)
		o, read = x.one(0)
		x.read = func() ([]filter.Value, bool) {
			v, ok := read()
			if v == nil {
				return nil, ok
			}
			return []filter.Value{v}, ok
		}
	}
	x.values.Objects = []fyne.CanvasObject{o}
	x.values.Refresh()
	x.hook(x.keys)
}

// hook hands the keys that the fields have no use for to a dialog: Enter
// applies it, Esc leaves it.
func (x *condition) hook(keys func(k *fyne.KeyEvent) bool) {
	x.keys = keys
	if keys != nil {
		screen.Catch(x.box, keys)
	}
}

func (x *condition) value(i int) filter.Value {
	if i < len(x.cond.Values) {
		return x.cond.Values[i]
	}
	return nil
}

// one makes the editor of one value.
func (x *condition) one(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	switch x.field.Type {
	case model.Link:
		if x.cond.Op == filter.Eq || x.cond.Op == filter.Ne || x.cond.Op == filter.Under {
			return x.link(i)
		}
		return x.text(i)
	case model.Choice, model.Bool:
		return x.options(i)
	case model.Days, model.Moment:
		return x.day(i)
	case model.Text, model.LongText:
		return x.text(i)
	}
	return x.number(i)
}

func (x *condition) edit(f *model.Field) *field.Editor {
	e := field.New(x.host, x.owner, f)
	e.OnChange = x.told
	e.SetKeys(func(k *fyne.KeyEvent) bool { return x.keys != nil && x.keys(k) })
	x.first = e.Focus
	return e
}

func (x *condition) text(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	e := x.edit(&model.Field{Name: x.field.Name, Type: model.Text})
	if s, ok := x.value(i).(filter.String); ok {
		e.Set(string(s))
	}
	return e.Object, func() (filter.Value, bool) {
		s, _ := e.Value().(string)
		if s == "" {
			return nil, true
		}
		return filter.String(s), true
	}
}

// number edits a number in the units that people use.
func (x *condition) number(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	typ := model.Rates // up to six decimals
	if x.field.Type == model.Int {
		typ = model.Int
	}
	if x.field.Type == model.Amount || x.field.Type == model.Price {
		typ = model.Price
	}
	e := x.edit(&model.Field{Name: x.field.Name, Type: typ})
	scale := map[model.Type]int32{model.Int: 0, model.Price: 2, model.Rates: 6}[typ]
	if n, ok := x.value(i).(filter.Number); ok {
		if v, err := model.ParseDecimal(string(n), scale); err == nil {
			if typ == model.Rates {
				e.Set(model.Rate(v))
			} else {
				e.Set(v)
			}
		}
	}
	some := x.value(i) != nil
	e.OnChange = func() {
		some = true
		x.told()
	}
	return e.Object, func() (filter.Value, bool) {
		if !e.Commit() {
			return nil, false
		}
		switch v := e.Value().(type) {
		case model.Rate:
			if v == 0 && !some {
				return nil, true
			}
			return filter.Number(v.Decimal().String()), true
		case int64:
			if v == 0 && !some {
				return nil, true
			}
			if typ == model.Price {
				return filter.Number(model.Money{Minor: v}.Decimal().String()), true
			}
			return filter.Number(model.Qty(v * 1000).Decimal().String()), true
		}
		return nil, true
	}
}

// day edits a day, or one that moves with today.
func (x *condition) day(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	t := x.host.Words()
	e := x.edit(&model.Field{Name: x.field.Name, Type: model.Days})
	words := []filter.Word{filter.Today, filter.Yesterday, filter.Tomorrow}
	options := []input.Option{{Text: t.T("ui.where.day")}}
	for _, w := range words {
		options = append(options, input.Option{Key: string(w), Text: t.T("word." + string(w))})
	}
	relative := input.NewChoice(options)
	switch v := x.value(i).(type) {
	case filter.Date:
		e.Set(model.Day(v))
		relative.Set("")
	case filter.Word:
		relative.Set(string(v))
	default:
		relative.Set("")
	}
	show := func() {
		if relative.Value() == "" {
			e.Object.Show()
		} else {
			e.Object.Hide()
		}
	}
	relative.OnChange = func() {
		show()
		x.told()
	}
	show()
	return container.NewGridWithColumns(2, relative, e.Object), func() (filter.Value, bool) {
		if w := relative.Value(); w != "" {
			return filter.Word(w), true
		}
		if !e.Commit() {
			return nil, false
		}
		if d, _ := e.Value().(model.Day); d != 0 {
			return filter.Date(d), true
		}
		return nil, true
	}
}

// period edits a span of days relative to today.
func (x *condition) period() fyne.CanvasObject {
	t := x.host.Words()
	p, _ := x.value(0).(filter.Period)
	var options []input.Option
	for _, name := range filter.Periods {
		text := t.Period(filter.Period{Name: name, N: 7})
		if name == filter.PeriodNextDays || name == filter.PeriodLastDays {
			text = strings.Replace(text, "7", "N", 1)
		}
		options = append(options, input.Option{Key: name, Text: text})
	}
	choice := input.NewChoice(options)
	if p.Name == "" {
		p.Name = filter.PeriodThisWeek
	}
	choice.Set(p.Name)
	days := field.New(x.host, x.owner, &model.Field{Name: "days", Type: model.Int})
	days.Set(int64(max(p.N, 1)))
	if p.N == 0 {
		days.Set(int64(7))
	}
	counted := func() bool {
		return choice.Value() == filter.PeriodNextDays || choice.Value() == filter.PeriodLastDays
	}
	show := func() {
		if counted() {
			days.Object.Show()
		} else {
			days.Object.Hide()
		}
	}
	show()
	choice.OnChange = func() {
		show()
		x.told()
	}
	days.OnChange = x.told
	x.first = choice
	x.read = func() ([]filter.Value, bool) {
		p := filter.Period{Name: choice.Value()}
		if counted() {
			if !days.Commit() {
				return nil, false
			}
			n, _ := days.Value().(int64)
			p.N = int(max(n, 1))
		}
		return []filter.Value{p}, true
	}
	return container.NewGridWithColumns(2, choice, days.Object)
}

// options edits a choice, or yes and no.
func (x *condition) options(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	t := x.host.Words()
	var options []input.Option
	if x.field.Type == model.Bool {
		options = []input.Option{{Key: "yes", Text: t.Bool(true)}, {Key: "no", Text: t.Bool(false)}}
	} else {
		for _, v := range x.field.Values {
			if v != "" {
				options = append(options, input.Option{Key: v, Text: t.Choice(x.owner, x.field.Name, v)})
			}
		}
	}
	c := input.NewChoice(options)
	switch v := x.value(i).(type) {
	case filter.String:
		c.Set(string(v))
	case filter.Bool:
		c.Set(map[bool]string{true: "yes", false: "no"}[bool(v)])
	}
	c.OnChange = x.told
	x.first = c
	return c, func() (filter.Value, bool) {
		switch {
		case c.Value() == "":
			return nil, true
		case x.field.Type == model.Bool:
			return filter.Bool(c.Value() == "yes"), true
		}
		return filter.String(c.Value()), true
	}
}

// link edits a record, or the one who asks.
func (x *condition) link(i int) (fyne.CanvasObject, func() (filter.Value, bool)) {
	t := x.host.Words()
	e := x.edit(&model.Field{Name: x.field.Name, Type: model.Link, To: x.field.To})
	read := func() (filter.Value, bool) {
		if !e.Commit() {
			return nil, false
		}
		if r, _ := e.Value().(model.Ref); r.ID != 0 {
			return filter.ID(r.ID), true
		}
		return nil, true
	}
	switch v := x.value(i).(type) {
	case filter.ID:
		e.Set(model.Ref{ID: int64(v), Name: "#" + strconv.FormatInt(int64(v), 10)})
		readRef(x.host, x.field.To, int64(v), func(r model.Ref) { e.Set(r) })
	case filter.String:
		e.Set(model.Ref{ID: -1, Name: string(v)})
		old := read
		read = func() (filter.Value, bool) { // a name stays a name until another record is chosen
			if r, _ := e.Value().(model.Ref); r.ID == -1 {
				return v, true
			}
			return old()
		}
	}
	words := relative[x.field.To]
	if len(words) == 0 {
		return e.Object, read
	}
	options := []input.Option{{Text: t.T("ui.where.this_one")}}
	for _, w := range words {
		options = append(options, input.Option{Key: string(w), Text: t.T("word." + string(w))})
	}
	who := input.NewChoice(options)
	who.Set("")
	if w, ok := x.value(i).(filter.Word); ok {
		who.Set(string(w))
	} else if x.value(i) == nil {
		who.Set(string(words[0]))
	}
	show := func() {
		if who.Value() == "" {
			e.Object.Show()
		} else {
			e.Object.Hide()
		}
	}
	show()
	who.OnChange = func() {
		show()
		x.told()
	}
	x.first = who
	return container.NewGridWithColumns(2, who, e.Object), func() (filter.Value, bool) {
		if w := who.Value(); w != "" {
			return filter.Word(w), true
		}
		return read()
	}
}

// relative are the words that stand for a record of a kind, whoever asks.
var relative = map[string][]filter.Word{
	"employee": {filter.Me, filter.MyDepartment}, "user": {filter.Me}, "department": {filter.MyDepartment},
}

// node is the condition as it stands; nil while it is not complete.
func (x *condition) node() (filter.Node, error) {
	if x.field == nil {
		return nil, nil
	}
	values, ok := x.read()
	if !ok {
		return nil, model.Refused("", "condition_value", "field", x.field.Name, "kind", x.owner)
	}
	switch x.cond.Op {
	case filter.Empty, filter.NotEmpty:
		return filter.Cond{Path: x.cond.Path, Op: x.cond.Op}, nil
	}
	if len(values) == 0 {
		return nil, nil
	}
	return filter.Cond{Path: x.cond.Path, Op: x.cond.Op, Values: values}, nil
}
