package field

import (
	"ugoda/locale"
	"ugoda/ui/input"
)

// hour edits an hour of the day, typed as one likes: 9, 1030, 14.30, 2pm.
func (e *Editor) hour(t *locale.Printer) {
	w := input.NewEntry()
	e.text(w)
	e.commit = func() bool {
		minutes, err := t.ParseTime(w.Text)
		if err != nil {
			w.SetProblem(t.Error(err))
			return false
		}
		w.SetProblem("")
		if text := locale.Clock(minutes); text != w.Text {
			w.SetText(text)
		}
		return true
	}
	w.OnLeave = func() { e.commit() }
}
