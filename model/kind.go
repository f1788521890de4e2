// Package model holds what a sales department keeps and the rules that decide
// about it: kinds of records that describe themselves once, values (money,
// quantities, days), and pure functions. It knows no base, no window, no file.
package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Record is what every stored record begins with; a kind's struct embeds it.
type Record struct {
	ID      int64     // 0 until it is saved for the first time
	Version int64     // grows by one with each save; a save with an older one is refused
	Number  string    // number of a document, code of a catalogue entry; may be empty
	Marked  bool      // in the bin
	Created time.Time // UTC
	Changed time.Time // UTC
}

// Base gives access to the common part of any record.
func (r *Record) Base() *Record { return r }

// Row is what every row of a part (a variant, a line, an address) begins with.
type Row struct {
	ID int64 // 0 until saved
}

// Base gives access to the common part of any row of a part.
func (r *Row) Base() *Row { return r }

// Keeper is a pointer to a struct that embeds Record.
type Keeper interface{ Base() *Record }

// Type says how a field's value is kept, edited, compared and shown.
type Type int

// The types of fields. The comment names the Go type that an accessor points to.
const (
	Text     Type = iota // string, one line
	LongText             // string, several lines
	Int                  // int64
	Bool                 // bool
	Amount               // Money: two columns, NAME and NAME_currency
	Price                // int64, minor units in the currency of the document that holds it
	Quantity             // Qty
	Percents             // Percent
	Rates                // Rate
	Days                 // Day
	Moment               // time.Time in UTC, to the microsecond
	Link                 // Ref: the column is NAME_id
	Choice               // string, one of Field.Values
	Bytes                // []byte: a picture or a file; never in lists, filters or history
)

var typeNames = [...]string{"text", "longtext", "int", "bool", "amount", "price", "quantity", "percent", "rate", "day", "moment", "link", "choice", "bytes"}

// String is the name of the type on the command line and in JSON.
func (t Type) String() string { return typeNames[t] }

// Role is what a user does in the firm; it decides what he may see and change.
type Role string

// The roles.
const (
	RoleManager Role = "manager" // salesperson
	RoleHead    Role = "head"
	RoleBilling Role = "billing"
	RoleStore   Role = "store"
	RoleAdmin   Role = "admin"
)

// Roles lists all roles in the order in which they are offered.
var Roles = []Role{RoleManager, RoleHead, RoleBilling, RoleStore, RoleAdmin}

// Field describes one field of a kind.
type Field struct {
	Name      string // identifier, snake_case: also the column's name
	Type      Type
	To        string   // Link: the kind that it points to
	Values    []string // Choice: what it may be, in order
	Format    string   // Text: "phone", "email", "iban", "edrpou", "url", "colour", or nothing
	Required  bool
	Shown     bool   // a column of the list unless the user chose others
	ReadOnly  bool   // set by rules and actions, never by typing
	Summed    bool   // totals make sense
	Unaudited bool   // changes do not go to history
	Named     bool   // a name that sorts and is searched: columns NAME_sort and NAME_search stand beside it
	Unique    bool   // no two unmarked records share a value that is not empty
	Hidden    bool   // not offered in forms and column choice
	Seldom    bool   // a form shows it once it holds something: an action fills it
	Secret    []Role // who may see it; empty: everyone
	Group     string // forms put fields of one group together, under its label
	Computed  bool   // has no column: its SQL stands in store
	BaseOf    string // computed: the amount of this name in the base currency, converted when it was saved
	ptr       func(rec any) any
}

// Ptr is a pointer to the field's value inside a record: *string, *Money, *Ref
// and so on, as Type says. It panics on a computed field, which has none.
func (f *Field) Ptr(rec any) any { return f.ptr(rec) }

// Value is the field's value in a record: string, int64, bool, Money, Qty,
// Percent, Rate, Day, time.Time, Ref or []byte.
func (f *Field) Value(rec any) any { return Deref(f.ptr(rec)) }

// Deref reads the value behind a pointer that Ptr gave.
func Deref(p any) any {
	switch p := p.(type) {
	case *string:
		return *p
	case *int64:
		return *p
	case *bool:
		return *p
	case *Money:
		return *p
	case *Qty:
		return *p
	case *Percent:
		return *p
	case *Rate:
		return *p
	case *Day:
		return *p
	case *time.Time:
		return *p
	case *Ref:
		return *p
	case *[]byte:
		return *p
	}
	panic(fmt.Sprintf("model: no value type behind %T", p))
}

// Assign stores a value of the right type behind a pointer that Ptr gave.
func Assign(p, v any) error {
	ok := false
	switch p := p.(type) {
	case *string:
		*p, ok = set(*p, v)
	case *int64:
		*p, ok = set(*p, v)
	case *bool:
		*p, ok = set(*p, v)
	case *Money:
		*p, ok = set(*p, v)
	case *Qty:
		*p, ok = set(*p, v)
	case *Percent:
		*p, ok = set(*p, v)
	case *Rate:
		*p, ok = set(*p, v)
	case *Day:
		*p, ok = set(*p, v)
	case *time.Time:
		*p, ok = set(*p, v)
	case *Ref:
		*p, ok = set(*p, v)
	case *[]byte:
		*p, ok = set(*p, v)
	}
	if !ok {
		return fmt.Errorf("cannot keep %T in %T", v, p)
	}
	return nil
}

func set[V any](old V, v any) (V, bool) {
	if n, ok := v.(V); ok {
		return n, true
	}
	return old, false
}

// SeenBy reports whether a role may see the field.
func (f *Field) SeenBy(r Role) bool { return len(f.Secret) == 0 || slices.Contains(f.Secret, r) }

// Columns are the field's columns in its table: none for a computed field,
// two for an amount.
func (f *Field) Columns() []string {
	switch {
	case f.Computed:
		return nil
	case f.Type == Amount:
		return []string{f.Name, f.Name + "_currency"}
	case f.Type == Link:
		return []string{f.Name + "_id"}
	}
	return []string{f.Name}
}

// Part describes rows that belong to a record (variants of a proposal, lines
// of a variant, addresses of a client). Rows keep their order.
type Part struct {
	Name string
	Kind *Kind // describes a row; its Table is the part's table
	ops  partOps
}

type partOps struct {
	len      func(rec any) int
	at       func(rec any, i int) any
	add      func(rec any) any
	truncate func(rec any, n int)
}

// Len is the number of rows in a record.
func (p *Part) Len(rec any) int { return p.ops.len(rec) }

// At is a pointer to row i; it is good until rows are added or cut.
func (p *Part) At(rec any, i int) any { return p.ops.at(rec, i) }

// Add appends an empty row and gives a pointer to it.
func (p *Part) Add(rec any) any { return p.ops.add(rec) }

// Truncate cuts the rows down to n.
func (p *Part) Truncate(rec any, n int) { p.ops.truncate(rec, n) }

// Ask is something that an action asks before it runs.
type Ask struct {
	Name     string
	Type     Type
	To       string
	Values   []string
	Format   string // as a field's: "hour"
	Required bool
}

// Action describes something that can be done with a record.
type Action struct {
	Name string
	Asks []Ask
	Main bool // may be the one main action of a form
	Bulk bool // makes sense for many records at once
	// May answers why the action is not allowed now: nothing means that it is.
	May func(rec any, f Facts) []Problem
	// Do changes the record, which the base then checks and saves in the same
	// transaction together with what follows from it.
	Do func(rec any, a Answers, f Facts) (Effects, error)
}

// Answers are what a person answered to an action's Asks, by name; values have
// the Go types of Field.Value.
type Answers map[string]any

// Text is an answer of words, or nothing.
func (a Answers) Text(name string) string { s, _ := a[name].(string); return s }

// Ref is an answer that points to a record, or nowhere.
func (a Answers) Ref(name string) Ref { r, _ := a[name].(Ref); return r }

// Day is an answer that is a day, or none.
func (a Answers) Day(name string) Day { d, _ := a[name].(Day); return d }

// Effects are what follows from an action beyond the change of its record.
type Effects struct {
	Create []Created // new records, and changed ones that must stand before the record itself is saved
	Change []Created // other records that were changed, saved after it
	Try    []Attempt // actions of other records that follow where their rules allow it
	// What the window opens next, if OpenKind is set: the record Open; when that
	// points nowhere, the record of OpenKind in Create, or, when there is none, a
	// new record, not saved yet, filled with Prefill (field: value).
	OpenKind string
	Open     Ref
	Prefill  map[string]any
}

// Attempt is an action of another record; refused by its rules it is left undone.
type Attempt struct {
	Kind    string
	ID      int64
	Action  string
	Answers Answers
}

// Created is a record with the name of its kind. New records are saved before
// the record that the action changes; Then, if set, gets the id of the saved
// one, so that a record can point to what it gave rise to.
type Created struct {
	Kind   string
	Record Keeper
	Then   func(id int64)
}

// Facts is what a rule may ask about the world. The base answers inside the
// transaction; a test answers from a map.
type Facts interface {
	// Record gives a record by kind and id, nil when there is none.
	Record(kind string, id int64) any
	// Today is the day of business.
	Today() Day
	// Now is the moment of the transaction, UTC.
	Now() time.Time
	// User is who is acting: an id of 0 is the program itself.
	User() Ref
	// Employee is the employee that the acting user is, if any.
	Employee() Ref
	// Role is the role of the acting user.
	Role() Role
	// Rate is the exchange rate of a currency to the base currency on a day.
	Rate(currency string, on Day) (Rate, bool)
	// BaseCurrency is the currency in which sums are compared.
	BaseCurrency() string
	// Query answers a named question about other records that a kind's rules
	// need ("stages of a process"); both sides know its type.
	Query(name string, id int64) any
}

// Kind describes one kind of record.
type Kind struct {
	Name      string // identifier, kebab-case
	Table     string // table in the base, snake_case
	Fields    []*Field
	Parts     []*Part
	Actions   []*Action
	Prints    []string // names of printed forms
	Series    string   // prefix of its automatic numbers; empty: numbers are typed or absent
	Title     []string // fields that make up its name in references, first the main one
	Sort      string   // default order of its list: a path, with - for descending
	Calendar  []string // its days by which a calendar shows it, the usual one first; empty: none does
	Catalogue bool     // a small reference list (settings), not a place of daily work
	Writers   []Role   // who may change it; empty: everyone
	New       func() Keeper
	NewRow    func() any // rows of parts only
	// Default fills a new record.
	Default func(rec any, f Facts)
	// Copied takes from a copy of a record, which is a new one, what it must not
	// have of the original: its day, its state.
	Copied func(rec any, f Facts)
	// Derive recomputes what follows from other fields before checking and saving;
	// old is nil for a new record.
	Derive func(rec, old any, f Facts) error
	// Settled tells which fields follow from others of the record now, each with
	// why: nobody types them. Nil where none ever does.
	Settled func(rec any) []Problem
	// Check finds what is wrong with a record that is about to be saved.
	Check func(rec, old any, f Facts) []Problem
	// Follow tells what follows for other records from a save; it runs after the
	// record is written, in the same transaction. old is nil for a new record.
	Follow func(rec, old any, f Facts) (Effects, error)
	// Returns tells why a record may not become what it was before, or go to the
	// bin or come out of it, while others stand on it: nothing means that it may.
	// No action is asked then. rec is what it is to be, old what it is.
	Returns func(rec, old any, f Facts) []Problem
	// Leaves tells why a rendering of a record may not leave the firm: nothing
	// means that it may. Nil where anything may leave at any time.
	Leaves func(rec any, f Facts) []Problem
}

// Sorts reports whether the field has a column to sort by beside its own: a
// name, a number, any line of text that people read.
func (f *Field) Sorts() bool {
	return !f.Computed && f.Type == Text && (f.Named || (f.Format == "" && !f.Hidden))
}

// Searched reports whether the field has a column of folded text to search in
// beside its own.
func (f *Field) Searched() bool {
	return !f.Computed && (f.Type == Text || f.Type == LongText) && (f.Named || !f.Hidden)
}

// Field finds a field by its name.
func (k *Kind) Field(name string) *Field {
	for _, f := range k.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Part finds a part by its name.
func (k *Kind) Part(name string) *Part {
	for _, p := range k.Parts {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// Action finds an action by its name.
func (k *Kind) Action(name string) *Action {
	for _, a := range k.Actions {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// Shown are the fields that a list shows unless the user chose others.
func (k *Kind) Shown() []*Field {
	var out []*Field
	for _, f := range k.Fields {
		if f.Shown {
			out = append(out, f)
		}
	}
	return out
}

// TitleOf is the name of a record as references show it.
func (k *Kind) TitleOf(rec any) string {
	var parts []string
	for _, name := range k.Title {
		if s, ok := k.Field(name).Value(rec).(string); ok && s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// Registry knows every kind.
type Registry struct {
	kinds map[string]*Kind
	order []string
}

// NewRegistry has no kinds yet; Describe adds them.
func NewRegistry() *Registry { return &Registry{kinds: map[string]*Kind{}} }

// Kind finds a kind by its name, nil when there is none.
func (r *Registry) Kind(name string) *Kind { return r.kinds[name] }

// Kinds lists all kinds in the order in which they were described.
func (r *Registry) Kinds() []*Kind {
	out := make([]*Kind, len(r.order))
	for i, n := range r.order {
		out[i] = r.kinds[n]
	}
	return out
}

// Names lists the names of all kinds, sorted.
func (r *Registry) Names() []string { return slices.Sorted(maps.Keys(r.kinds)) }

// Path resolves a path such as "client.region.name" from a kind: the fields
// to walk through, all but the last of them links. A path that ends with a
// link means the record pointed to.
func (r *Registry) Path(k *Kind, path string) ([]*Field, error) {
	var out []*Field
	for i, name := range strings.Split(path, ".") {
		if i > 0 {
			last := out[i-1]
			if last.Type != Link {
				return nil, &UnknownPath{Kind: k.Name, Path: path}
			}
			k = r.Kind(last.To)
		}
		f := k.Field(name)
		if f == nil || i > 5 {
			return nil, &UnknownPath{Kind: k.Name, Path: path}
		}
		out = append(out, f)
	}
	return out, nil
}

// UnknownPath says that a kind has no such field.
type UnknownPath struct{ Kind, Path string }

func (e *UnknownPath) Error() string { return "kind " + e.Kind + " has no field " + e.Path }

// Message says it to a person.
func (e *UnknownPath) Message() (string, map[string]any) {
	return "unknown_field", map[string]any{"name": e.Path, "kind": e.Kind}
}
