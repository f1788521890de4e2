package locale

import (
	"errors"
	"strings"

	"ugoda/model"
)

// Derived lists the families of keys that are made from descriptions of
// records, not written in the sources: kind.KIND.one and .many,
// field.KIND.FIELD or field.FIELD, action.KIND.ACTION or action.ACTION,
// enum.KIND.FIELD.VALUE or enum.FIELD.VALUE, role.ROLE, group.GROUP,
// problem.KEY. Which of them must exist is tested against the registry.
var Derived = []string{"kind.", "field.", "action.", "enum.", "role.", "group.", "problem."}

// Kind is the name of one record of a kind, as a title: "Угода".
func (p *Printer) Kind(kind string) string { return p.T("kind." + kind + ".one") }

// Kinds is the name of the list of a kind: "Угоди".
func (p *Printer) Kinds(kind string) string { return p.T("kind." + kind + ".many") }

// Field is the label of a field. The kind of a part is written as the
// description names it: "proposal.variants.lines".
func (p *Printer) Field(kind, field string) string {
	return p.first("field."+kind+"."+field, "field."+field)
}

// Group is the heading of a group of fields of a form.
func (p *Printer) Group(kind, group string) string {
	return p.first("group."+kind+"."+group, "group."+group)
}

// Action is the label of an action's button.
func (p *Printer) Action(kind, action string) string {
	return p.first("action."+kind+"."+action, "action."+action)
}

// Choice is the label of one value of a choice; nothing is said of no value.
func (p *Printer) Choice(kind, field, value string) string {
	if value == "" {
		return ""
	}
	return p.first("enum."+kind+"."+field+"."+value, "enum."+field+"."+value)
}

// Role is the name of a user's role.
func (p *Printer) Role(r model.Role) string { return p.T("role." + string(r)) }

// Problem is what is wrong, in words, without the field that it stands beside.
func (p *Printer) Problem(x model.Problem) string {
	return p.T("problem."+x.Key, x.Args)
}

// Sayable is an error that a person will read: a key under "problem." and the
// arguments of its text.
type Sayable interface {
	error
	Message() (key string, args map[string]any)
}

// Error is an error in words: what rules or a Sayable say, each on a line of
// its own, or that something unforeseen happened, with the error's own text.
func (p *Printer) Error(err error) string {
	if err == nil {
		return ""
	}
	var problems model.Problems
	if errors.As(err, &problems) {
		lines := make([]string, len(problems))
		for i, x := range problems {
			lines[i] = p.Problem(x)
		}
		return strings.Join(lines, "\n")
	}
	var said Sayable
	if errors.As(err, &said) {
		key, args := said.Message()
		return p.T("problem."+key, args)
	}
	return p.T("problem.unforeseen", "error", err.Error())
}
