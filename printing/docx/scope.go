package docx

import (
	"strconv"

	"ugoda/model"
)

// frame is what names mean at some place: the current item of each section
// around it, innermost first, and the document's data at the end.
type frame struct {
	item  any
	scope Scope // of the item; nil when it has no names
	loop  bool  // the item is one of a list
	index int   // from 0
	count int
	up    *frame
}

// lookup finds the value of a path.
func (f *frame) lookup(path []string) (any, bool) {
	if len(path) == 0 {
		return f.item, true
	}
	v, ok := f.first(path[0])
	for _, name := range path[1:] {
		if !ok {
			return nil, false
		}
		if v == nil {
			return nil, true
		}
		v, ok = member(v, name)
	}
	return v, ok
}

// first looks a name up in the innermost item that knows it. What an item says
// of itself goes before what the loop knows: index (or №) from 1, is_first,
// is_last.
func (f *frame) first(name string) (any, bool) {
	for ; f != nil; f = f.up {
		if f.scope != nil {
			if v, ok := f.scope.Lookup(name); ok {
				return v, true
			}
		}
		if !f.loop {
			continue
		}
		switch Fold(name) {
		case "index", "№":
			return int64(f.index + 1), true
		case "is_first":
			return f.index == 0, true
		case "is_last":
			return f.index == f.count-1, true
		}
	}
	return nil, false
}

// member gives a value inside another: by name of a record, by place in a
// list, currency or amount of money.
func member(v any, name string) (any, bool) {
	if s, ok := scopeOf(v); ok {
		return s.Lookup(name)
	}
	if items, ok := listOf(v); ok {
		if i, err := strconv.Atoi(name); err == nil {
			if i < 0 || i >= len(items) {
				return nil, true
			}
			return items[i], true
		}
		return nil, false
	}
	if m, ok := v.(model.Money); ok && name == "currency" {
		return m.Currency, true
	}
	return nil, false
}
