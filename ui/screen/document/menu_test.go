package document

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/proposal"
	uitheme "ugoda/ui/theme"
)

// The menus of the lines find room in a window of 1280×720 at 150 %, in both
// languages and with any line, below every part of them: the keyboard does not
// scroll a menu.
func TestMenusOfLinesFit(t *testing.T) {
	d := newDesk(t)
	p, _ := d.fromDeal()
	pump := p.variant().Lines[0]
	pump.Parts = []proposal.Component{{Text: "Мотор", Quantity: 1000}}
	allSorts(p, pump)
	app := fyne.CurrentApp()
	was := app.Settings().Theme()
	app.Settings().SetTheme(uitheme.New(uitheme.Light, 150))
	t.Cleanup(func() { app.Settings().SetTheme(was) })
	w := test.NewWindow(widget.NewLabel(""))
	defer w.Close()
	for _, lang := range locale.Languages {
		p.words = locale.New(lang)
		for row := range p.sheet.Len() + 1 {
			for _, all := range []bool{false, true} {
				items := p.lineItems(row, all)
				if size := widget.NewPopUpMenu(fyne.NewMenu("", items...), w.Canvas()).MinSize(); size.Height > 720 || size.Width > 640 {
					t.Errorf("%s, row %d, all %v: the menu takes %v", lang, row, all, size)
				}
				for _, i := range items {
					if i.ChildMenu == nil {
						continue
					}
					if size := widget.NewPopUpMenu(i.ChildMenu, w.Canvas()).MinSize(); size.Height > 720 {
						t.Errorf("%s: %s takes %v", lang, i.Label, size)
					}
				}
			}
		}
	}
}
