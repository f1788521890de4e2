package act

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/ui/screen/field"
)

// nextStep is how the names of questions about the next step begin: they stand
// together under a heading of their own.
const nextStep = "next_"

// lay puts the editors of an action's questions into a form, those about the
// next step below the others.
func lay(t *locale.Printer, kind string, a *model.Action, editors []*field.Editor) fyne.CanvasObject {
	own, next := container.New(layout.NewFormLayout()), container.New(layout.NewFormLayout())
	for i, ask := range a.Asks {
		form := own
		label := t.Ask(kind, a.Name, ask.Name)
		if strings.HasPrefix(ask.Name, nextStep) {
			form = next
			if short := "act." + ask.Name; t.Has(short) { // the heading says the rest
				label = t.T(short)
			}
		}
		if ask.Required {
			label += " *"
		}
		form.Add(widget.NewLabel(label))
		form.Add(editors[i].Object)
	}
	if len(next.Objects) == 0 {
		return own
	}
	head := widget.NewLabelWithStyle(t.T("act.next_step"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	return container.NewVBox(own, widget.NewSeparator(), head, next)
}
