package model

import "strings"

// Route is a path of a condition, which may lead through parts of a record:
// "variants.lines.product.name" is any line of any variant.
type Route struct {
	Parts  []*Part  // that it goes through first, the outermost first; none: it stays with the record
	Kind   *Kind    // that has the first of the fields: the kind itself, or the last of the parts
	Path   string   // from there on
	Fields []*Field // of Path, as Registry.Path gives them
	Owner  *Kind    // that has the last of the fields
}

// Field is the one that the route leads to.
func (r *Route) Field() *Field { return r.Fields[len(r.Fields)-1] }

// Route resolves a path that may go through parts. Rows of rows are reached by
// their own name too: "lines.product" of a proposal.
func (r *Registry) Route(k *Kind, path string) (*Route, error) {
	out := &Route{Kind: k, Path: path}
	for {
		head, rest, deeper := strings.Cut(out.Path, ".")
		parts := out.Kind.through(head)
		if !deeper || parts == nil || out.Kind.Field(head) != nil {
			break
		}
		out.Parts = append(out.Parts, parts...)
		out.Kind, out.Path = parts[len(parts)-1].Kind, rest
	}
	fields, err := r.Path(out.Kind, out.Path)
	if err != nil {
		return nil, &UnknownPath{Kind: k.Name, Path: path}
	}
	out.Fields, out.Owner = fields, out.Kind
	for _, f := range fields[:len(fields)-1] {
		out.Owner = r.Kind(f.To)
	}
	return out, nil
}

// PartsAt are the parts that a path leads through, when it ends with one of them.
func (k *Kind) PartsAt(path string) []*Part {
	var out []*Part
	for head := range strings.SplitSeq(path, ".") {
		parts := k.through(head)
		if parts == nil || k.Field(head) != nil {
			return nil
		}
		out = append(out, parts...)
		k = parts[len(parts)-1].Kind
	}
	return out
}

// through are the parts that a name leads through: one of the kind's own, or one
// of those with the one above it.
func (k *Kind) through(name string) []*Part {
	if p := k.Part(name); p != nil {
		return []*Part{p}
	}
	for _, p := range k.Parts {
		if below := p.Kind.Part(name); below != nil {
			return []*Part{p, below}
		}
	}
	return nil
}
