package form

import (
	"ugoda/model"
	"ugoda/ui/screen/field"
)

// editor finds the editor of a field, nil where the form has none.
func (s *Screen) editor(name string) *field.Editor {
	if s.body == nil {
		return nil
	}
	return s.body.editors[name]
}

// Set puts a value into a field as if a person had typed it: a screen that
// leads here may fill what it knows.
func (s *Screen) Set(name string, v any) {
	if e := s.editor(name); e != nil {
		e.Set(v)
		s.Edited()
	}
}

// Get is the value that stands in a field.
func (s *Screen) Get(name string) any {
	if e := s.editor(name); e != nil {
		return e.Value()
	}
	return nil
}

// ProblemOf is what stands beside a field as wrong with it.
func (s *Screen) ProblemOf(name string) string {
	if e := s.editor(name); e != nil {
		return e.Problem()
	}
	return ""
}

// Point shows beside the fields what is wrong with them, and puts the keyboard
// into the first of them.
func (s *Screen) Point(wrong model.Problems) {
	if s.body != nil {
		s.body.problems(wrong)
		s.content.Refresh()
	}
}

// Edited marks the form as changed.
func (s *Screen) Edited() {
	if s.body != nil {
		s.body.edited("")
	}
}
