// Package filter is the condition that a list, a saved view, a report or the
// command line puts on records: a tree of comparisons of described fields, with
// one text form that people read and type.
package filter

import (
	"slices"

	"ugoda/model"
)

// Node is a condition: And, Or, Not or Cond. A nil Node means all records.
type Node interface{ node() }

// And holds when all of its conditions hold; an empty one holds.
type And []Node

// Or holds when at least one of its conditions holds; an empty one does not.
type Or []Node

// Not holds when its condition does not. Conditions know two answers only: a
// comparison with an empty field is false, and its negation true.
type Not struct{ Node Node }

// Cond compares the field at a path ("client.region.name") with values.
type Cond struct {
	Path   string
	Op     Op
	Values []Value // one; none for Empty and NotEmpty; two for Between; any number for In and NotIn
}

func (And) node()  {}
func (Or) node()   {}
func (Not) node()  {}
func (Cond) node() {}

// Op is an operator; its value is its text form.
type Op string

// The operators.
const (
	Eq          Op = "="
	Ne          Op = "!="
	Gt          Op = ">"
	Ge          Op = ">="
	Lt          Op = "<"
	Le          Op = "<="
	Contains    Op = "contains"
	NotContains Op = "not contains"
	Starts      Op = "starts"
	In          Op = "in"
	NotIn       Op = "not in"
	Between     Op = "between" // both ends belong
	Within      Op = "within"  // a period: written "closes in next 7 days"
	Under       Op = "under"   // the record or anything below it in its tree
	Empty       Op = "is empty"
	NotEmpty    Op = "is not empty"
)

// Value is what a field is compared with: String, Number, Bool, Date, ID, Word
// or Period. Values are comparable with ==.
type Value interface{ value() }

// String is text; compared with a link it means the name, number or code of
// the record pointed to.
type String string

// Number is a decimal number in its canonical form ("-12.5"), in major units
// of an amount, whole units of a quantity, percents.
type Number string

// Bool is yes or no.
type Bool bool

// Date is a day of business.
type Date model.Day

// ID is a record by its identifier, written #12.
type ID int64

// Word is a value that depends on who asks and when.
type Word string

// The words.
const (
	Me           Word = "me"            // the employee who asks
	MyDepartment Word = "my_department" // his department and all below it
	Today        Word = "today"
	Yesterday    Word = "yesterday"
	Tomorrow     Word = "tomorrow"
)

// Period is a span of days relative to today: Name is one of Periods, N counts
// the days of "next N days" and "last N days".
type Period struct {
	Name string
	N    int
}

func (String) value() {}
func (Number) value() {}
func (Bool) value()   {}
func (Date) value()   {}
func (ID) value()     {}
func (Word) value()   {}
func (Period) value() {}

// Operators lists the operators that suit a type of field, in the order in
// which they are offered.
func Operators(t model.Type) []Op {
	switch t {
	case model.Text, model.LongText:
		return []Op{Contains, Starts, Eq, Ne, NotContains, In, NotIn, Empty, NotEmpty}
	case model.Int, model.Price, model.Quantity, model.Percents, model.Rates:
		return []Op{Eq, Ne, Gt, Ge, Lt, Le, Between, In, NotIn, Empty, NotEmpty}
	case model.Amount:
		return []Op{Gt, Ge, Lt, Le, Between, Eq, Ne, In, NotIn, Empty, NotEmpty}
	case model.Days, model.Moment:
		return []Op{Within, Eq, Ne, Gt, Ge, Lt, Le, Between, Empty, NotEmpty}
	case model.Link:
		return []Op{Eq, Ne, In, NotIn, Contains, NotContains, Starts, Under, Empty, NotEmpty}
	case model.Choice:
		return []Op{Eq, Ne, In, NotIn, Empty, NotEmpty}
	case model.Bool:
		return []Op{Eq, Ne}
	case model.Bytes:
		return []Op{Empty, NotEmpty}
	}
	return nil
}

// Paths lists the paths that a condition asks about, each once.
func Paths(n Node) []string {
	var out []string
	var walk func(n Node)
	walk = func(n Node) {
		switch n := n.(type) {
		case And:
			for _, x := range n {
				walk(x)
			}
		case Or:
			for _, x := range n {
				walk(x)
			}
		case Not:
			walk(n.Node)
		case Cond:
			if !slices.Contains(out, n.Path) {
				out = append(out, n.Path)
			}
		}
	}
	walk(n)
	return out
}
