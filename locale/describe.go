package locale

import (
	"errors"
	"maps"
	"strconv"
	"strings"

	"ugoda/model"
)

// Texts of what descriptions name have keys made from those names:
//
//	kind.KIND.one, kind.KIND.many
//	field.KIND.FIELD, or field.FIELD for a name that means the same everywhere
//	column.KIND.FIELD, or column.FIELD: shorter, for the head of a column, where needed
//	group.KIND.GROUP, or group.GROUP
//	action.KIND.ACTION, or action.ACTION
//	enum.KIND.FIELD.VALUE, or enum.FIELD.VALUE
//	problem.KEY
//
// The kind of a part is written as its description names it:
// "proposal.variants.lines". A test holds them against the registry.

// Kind is the name of one record of a kind, as a title: "Угода".
func (p *Printer) Kind(kind string) string { return p.T("kind." + kind + ".one") }

// Kinds is the name of the list of a kind: "Угоди".
func (p *Printer) Kinds(kind string) string { return p.T("kind." + kind + ".many") }

// Field is the label of a field.
func (p *Printer) Field(kind, field string) string {
	return p.first("field."+kind+"."+field, "field."+field)
}

// Column is what stands in the head of a field's column: its label, or a
// shorter word for it.
func (p *Printer) Column(kind, field string) string {
	return p.first("column."+kind+"."+field, "column."+field, "field."+kind+"."+field, "field."+field)
}

// Group is the heading of a group of fields of a form.
func (p *Printer) Group(kind, group string) string {
	return p.first("group."+kind+"."+group, "group."+group)
}

// Action is the label of an action's button.
func (p *Printer) Action(kind, action string) string {
	return p.first("action."+kind+"."+action, "action."+action)
}

// Ask is the label of something that an action asks: that of the field of the
// same name unless it has its own.
func (p *Printer) Ask(kind, action, ask string) string {
	return p.first("field."+kind+"."+action+"."+ask, "field."+kind+"."+ask, "field."+ask)
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
func (p *Printer) Problem(x model.Problem) string { return p.problem(x.Key, x.Args) }

// problem says a problem. Identifiers of a kind, a field and a role among its
// arguments are said by their labels, and n chooses the plural form.
func (p *Printer) problem(key string, args map[string]any) string {
	key = "problem." + key
	said := maps.Clone(args)
	kind, _ := args["kind"].(string)
	if kind != "" && p.Has("kind."+kind+".one") {
		said["kind"] = p.Kind(kind)
	}
	if field, ok := args["field"].(string); ok && field != "" {
		said["field"] = p.FieldPath(kind, field)
	}
	if role, ok := args["role"].(string); ok && p.Has("role."+role) {
		said["role"] = p.T("role." + role)
	}
	switch n := args["n"].(type) {
	case int:
		return p.N(key, int64(n), said)
	case int64:
		return p.N(key, n, said)
	}
	return p.T(key, said)
}

// FieldPath names a field inside a record as a problem does: "amount" is
// "Сума", "lines.3.price" is "Позиції 4: Ціна" (rows count from 0 for the
// program, from 1 for people).
func (p *Printer) FieldPath(kind, path string) string {
	var b strings.Builder
	for names := strings.Split(path, "."); len(names) > 0; {
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		row, err := 0, error(nil)
		if len(names) > 1 {
			row, err = strconv.Atoi(names[1])
		}
		if part := kind + "." + names[0]; p.Has("kind."+part+".many") && err == nil {
			b.WriteString(p.Kinds(part))
			kind = part
			if names = names[1:]; len(names) > 0 {
				b.WriteString(" " + strconv.Itoa(row+1))
				names = names[1:]
			}
			continue
		}
		b.WriteString(p.Field(kind, strings.Join(names, ".")))
		break
	}
	return b.String()
}

// ProblemOf is what is wrong with a record of a kind, after the name of the
// field that it stands beside: "Сума: Не може бути менше нуля".
func (p *Printer) ProblemOf(kind string, x model.Problem) string {
	if x.Field == "" {
		return p.Problem(x)
	}
	return p.FieldPath(kind, x.Field) + ": " + p.Problem(x)
}

// Sayable is an error that a person will read: a key under "problem." and the
// arguments of its text.
type Sayable interface {
	error
	Message() (key string, args map[string]any)
}

// Error is an error in words: what rules or a Sayable say, each on a line of
// its own; why the operating system refused a file; or that something
// unforeseen happened, with the error's own text.
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
		return p.problem(key, args)
	}
	if text, ok := p.system(err); ok {
		return text
	}
	return p.T("problem.unforeseen", "error", err.Error())
}
