package document

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/theme"
)

// Banner is a line below the head with what can be done about it.
func Banner(text string, ways ...fyne.CanvasObject) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	var right fyne.CanvasObject
	if len(ways) > 0 {
		right = container.NewHBox(ways...)
	}
	back := newGround(theme.Header)
	side := theme.Scaled(edge)
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(1, 1, side-theme.Inner(), side), container.NewBorder(nil, nil, nil, right, l)))
}
