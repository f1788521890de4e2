package model

import (
	"strings"
	"time"
)

// Description builds the description of a kind whose struct is T.
type Description[T any] struct{ *Kind }

// Option changes a field while it is being described.
type Option func(*Field)

// Options of fields that need no argument.
var (
	Required  Option = func(f *Field) { f.Required = true }
	Shown     Option = func(f *Field) { f.Shown = true }
	ReadOnly  Option = func(f *Field) { f.ReadOnly = true }
	Summed    Option = func(f *Field) { f.Summed = true }
	Unaudited Option = func(f *Field) { f.Unaudited = true }
	Named     Option = func(f *Field) { f.Named = true }
	Unique    Option = func(f *Field) { f.Unique = true }
	Hidden    Option = func(f *Field) { f.Hidden = true }
	Seldom    Option = func(f *Field) { f.Seldom = true }
)

// To names the kind that a link points to.
func To(kind string) Option { return func(f *Field) { f.To = kind } }

// OneOf lists what a choice may be.
func OneOf[S ~string](values ...S) Option {
	return func(f *Field) {
		for _, v := range values {
			f.Values = append(f.Values, string(v))
		}
	}
}

// Format says what a text means: "phone", "email", "iban", "edrpou", "url", "colour".
func Format(format string) Option { return func(f *Field) { f.Format = format } }

// Secret hides a field from all roles but these.
func Secret(roles ...Role) Option { return func(f *Field) { f.Secret = roles } }

// Group puts a field under a heading of the form.
func Group(name string) Option { return func(f *Field) { f.Group = name } }

// Describe registers a kind whose records are of struct T, and gives its
// description to be filled. The common fields number, marked, created and
// changed are there already.
func Describe[T any, P interface {
	*T
	Keeper
}](r *Registry, name string) *Description[T] {
	d := &Description[T]{&Kind{Name: name, Table: strings.ReplaceAll(name, "-", "_"), Sort: "-id"}}
	d.New = func() Keeper { return P(new(T)) }
	if r.kinds[name] != nil {
		panic("model: kind described twice: " + name)
	}
	r.kinds[name] = d.Kind
	r.order = append(r.order, name)
	base := func(rec any) *Record { return rec.(Keeper).Base() }
	d.Fields = append(d.Fields,
		&Field{Name: "id", Type: Int, ReadOnly: true, Hidden: true, Unaudited: true, ptr: func(rec any) any { return &base(rec).ID }},
		&Field{Name: "number", Type: Text, Named: true, ptr: func(rec any) any { return &base(rec).Number }},
		&Field{Name: "created", Type: Moment, ReadOnly: true, Unaudited: true, ptr: func(rec any) any { return &base(rec).Created }},
		&Field{Name: "changed", Type: Moment, ReadOnly: true, Unaudited: true, ptr: func(rec any) any { return &base(rec).Changed }},
	)
	return d
}

func (d *Description[T]) add(f *Field, opts []Option) {
	for _, o := range opts {
		o(f)
	}
	if d.Field(f.Name) != nil {
		panic("model: field described twice: " + d.Name + "." + f.Name)
	}
	d.Fields = append(d.Fields, f)
}

func field[T, V any](d *Description[T], name string, t Type, at func(*T) *V, opts []Option) {
	d.add(&Field{Name: name, Type: t, ptr: func(rec any) any { return at(rec.(*T)) }}, opts)
}

// Text describes a line of text.
func (d *Description[T]) Text(name string, at func(*T) *string, opts ...Option) {
	field(d, name, Text, at, opts)
}

// LongText describes text of several lines.
func (d *Description[T]) LongText(name string, at func(*T) *string, opts ...Option) {
	field(d, name, LongText, at, opts)
}

// Int describes a whole number.
func (d *Description[T]) Int(name string, at func(*T) *int64, opts ...Option) {
	field(d, name, Int, at, opts)
}

// Bool describes a yes or no.
func (d *Description[T]) Bool(name string, at func(*T) *bool, opts ...Option) {
	field(d, name, Bool, at, opts)
}

// Money describes an amount with its own currency. In a record (not in the row
// of a part) the computed field NAME_base stands beside it: the same amount in
// the base currency at the rate of the day when it was saved.
func (d *Description[T]) Money(name string, at func(*T) *Money, opts ...Option) {
	field(d, name, Amount, at, opts)
	if d.New != nil {
		f := d.Field(name)
		d.Computed(name+"_base", Amount, Group(f.Group), Secret(f.Secret...), func(b *Field) { b.BaseOf, b.Summed = name, f.Summed })
	}
}

// Price describes minor units in the currency of the document around it.
func (d *Description[T]) Price(name string, at func(*T) *int64, opts ...Option) {
	field(d, name, Price, at, opts)
}

// Qty describes a quantity.
func (d *Description[T]) Qty(name string, at func(*T) *Qty, opts ...Option) {
	field(d, name, Quantity, at, opts)
}

// Percent describes a share.
func (d *Description[T]) Percent(name string, at func(*T) *Percent, opts ...Option) {
	field(d, name, Percents, at, opts)
}

// Rate describes an exchange rate.
func (d *Description[T]) Rate(name string, at func(*T) *Rate, opts ...Option) {
	field(d, name, Rates, at, opts)
}

// Day describes a day of business.
func (d *Description[T]) Day(name string, at func(*T) *Day, opts ...Option) {
	field(d, name, Days, at, opts)
}

// Moment describes a moment in UTC.
func (d *Description[T]) Moment(name string, at func(*T) *time.Time, opts ...Option) {
	field(d, name, Moment, at, opts)
}

// Ref describes a link to another record; To names its kind.
func (d *Description[T]) Ref(name string, at func(*T) *Ref, opts ...Option) {
	field(d, name, Link, at, opts)
}

// Choice describes one of a few identifiers; OneOf lists them. The accessor
// points to the string itself.
func (d *Description[T]) Choice(name string, at func(*T) *string, opts ...Option) {
	field(d, name, Choice, at, opts)
}

// Bytes describes a picture or a file.
func (d *Description[T]) Bytes(name string, at func(*T) *[]byte, opts ...Option) {
	field(d, name, Bytes, at, append(opts, Unaudited))
}

// Computed describes a field that store computes when it reads a list.
func (d *Description[T]) Computed(name string, t Type, opts ...Option) {
	d.add(&Field{Name: name, Type: t, Computed: true, ReadOnly: true, Unaudited: true, ptr: func(any) any {
		panic("model: computed field " + d.Name + "." + name + " has no place in the record")
	}}, opts)
}

// Action adds something that can be done with a record.
func (d *Description[T]) Action(a Action) { d.Actions = append(d.Actions, &a) }

// Checks sets the rule that finds what is wrong with a record about to be
// saved; old is nil for a new one.
func (d *Description[T]) Checks(check func(rec, old *T, f Facts) []Problem) {
	d.Check = func(rec, old any, f Facts) []Problem {
		o, _ := old.(*T)
		return check(rec.(*T), o, f)
	}
}

// Derives sets the rule that recomputes what follows from other fields.
func (d *Description[T]) Derives(derive func(rec, old *T, f Facts) error) {
	d.Derive = func(rec, old any, f Facts) error {
		o, _ := old.(*T)
		return derive(rec.(*T), o, f)
	}
}

// Settles sets the rule that tells which fields follow from others, and why.
func (d *Description[T]) Settles(settled func(rec *T) []Problem) {
	d.Settled = func(rec any) []Problem { return settled(rec.(*T)) }
}

// Defaults sets the rule that fills a new record.
func (d *Description[T]) Defaults(fill func(rec *T, f Facts)) {
	d.Default = func(rec any, f Facts) { fill(rec.(*T), f) }
}

// Copies sets the rule that takes from a copy what it must not have of the
// original.
func (d *Description[T]) Copies(copied func(rec *T, f Facts)) {
	d.Copied = func(rec any, f Facts) { copied(rec.(*T), f) }
}

// Holds sets the rule that tells why a record may not be what it was before, or
// go to the bin or come out of it.
func (d *Description[T]) Holds(returns func(rec, old *T, f Facts) []Problem) {
	d.Returns = func(rec, old any, f Facts) []Problem { return returns(rec.(*T), old.(*T), f) }
}

// Follows sets the rule that tells what follows from a save for other records.
func (d *Description[T]) Follows(follow func(rec, old *T, f Facts) (Effects, error)) {
	d.Follow = func(rec, old any, f Facts) (Effects, error) {
		o, _ := old.(*T)
		return follow(rec.(*T), o, f)
	}
}

// May makes an action's condition out of a function of the kind's struct.
func May[T any](may func(rec *T, f Facts) []Problem) func(any, Facts) []Problem {
	return func(rec any, f Facts) []Problem { return may(rec.(*T), f) }
}

// Do makes an action out of a function of the kind's struct.
func Do[T any](do func(rec *T, a Answers, f Facts) (Effects, error)) func(any, Answers, Facts) (Effects, error) {
	return func(rec any, a Answers, f Facts) (Effects, error) { return do(rec.(*T), a, f) }
}

// Get gives a record of struct T by kind and id, nil when there is none.
func Get[T any](f Facts, kind string, ref Ref) *T {
	if ref.ID == 0 {
		return nil
	}
	r, _ := f.Record(kind, ref.ID).(*T)
	return r
}

// PartOf describes rows of struct R that belong to a record or row of struct T.
// The table of the part is the owner's table, an underscore and the part's name.
func PartOf[T, R any, P interface {
	*R
	Base() *Row
}](d *Description[T], name string, at func(*T) *[]R) *Description[R] {
	row := &Description[R]{&Kind{Name: d.Name + "." + name, Table: d.Table + "_" + name}}
	row.NewRow = func() any { return P(new(R)) }
	row.Fields = append(row.Fields, &Field{
		Name: "id", Type: Int, ReadOnly: true, Hidden: true, Unaudited: true,
		ptr: func(rec any) any { return &P(rec.(*R)).Base().ID },
	})
	d.Parts = append(d.Parts, &Part{Name: name, Kind: row.Kind, ops: partOps{
		len: func(rec any) int { return len(*at(rec.(*T))) },
		at:  func(rec any, i int) any { return &(*at(rec.(*T)))[i] },
		add: func(rec any) any {
			rows := at(rec.(*T))
			*rows = append(*rows, *new(R))
			return &(*rows)[len(*rows)-1]
		},
		truncate: func(rec any, n int) {
			rows := at(rec.(*T))
			*rows = (*rows)[:n]
		},
	}})
	return row
}
