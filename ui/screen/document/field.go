package document

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/input"
	"ugoda/ui/screen/field"
)

// labelled puts a label before the editor of a field in a dialog.
func labelled(label string, e *field.Editor) fyne.CanvasObject {
	if e.Object == fyne.CanvasObject(e.Widget()) {
		return input.NewLabelled(label, e.Widget(), false, 150)
	}
	return container.NewBorder(nil, nil, widget.NewLabel(label), nil, e.Object)
}
