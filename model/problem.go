package model

import (
	"strconv"
	"strings"
)

// Problem is something wrong with a record, or the reason why an action is
// refused, in a form that both languages can say.
type Problem struct {
	Field string // field it stands beside; a part's is "lines.3.price" (rows from 0); empty: the whole record
	Key   string // message key under "problem."
	Args  map[string]any
}

// Problems is the error of a save or an action that rules refused.
type Problems []Problem

func (p Problems) Error() string {
	var b strings.Builder
	for i, x := range p {
		if i > 0 {
			b.WriteString("; ")
		}
		if x.Field != "" {
			b.WriteString(x.Field + ": ")
		}
		b.WriteString(x.Key)
	}
	return b.String()
}

// Wrong makes a problem of a field, with pairs of argument name and value.
func Wrong(field, key string, args ...any) Problem {
	p := Problem{Field: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]any{}
		}
		p.Args[args[i].(string)] = args[i+1]
	}
	return p
}

// Refused makes the error of one problem.
func Refused(field, key string, args ...any) error { return Problems{Wrong(field, key, args...)} }

// RowField names a field in row i (from 0) of a part, as Problem.Field does.
func RowField(part string, i int, field string) string {
	return part + "." + strconv.Itoa(i) + "." + field
}
