package listing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/ui/input"
)

// newFind is the quick search of a small list.
func newFind(s *Small, hint string) *input.Entry {
	e := input.NewEntry()
	e.SetPlaceHolder(hint)
	e.OnChanged = s.Search
	return e
}

// finding puts a search above a list.
func finding(find, list fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(find, nil, nil, nil, list)
}
