// Package settings is the screen from which everything is set up: catalogues
// of the firm, people, the sales process, goods, and how the window looks.
package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// groups are the catalogues, by what they are about. A kind that the base does
// not have is not shown; one that no group names stands in the last.
var groups = []struct {
	name  string // message key: "ui.settings." and the name
	kinds []string
}{
	{"firm", []string{"organization", "department", "employee", "user"}},
	{"sales", []string{"process", "stage", "loss-reason", "activity-result", "source"}},
	{"clients", []string{"region", "segment", "project"}},
	{"goods", []string{"product-group", "unit", "vat-rate", "warehouse", "price-type"}},
	{"money", []string{"currency", "rate"}},
	{"letters", []string{"template", "snippet", "mail-account"}},
}

// Screen is the settings.
type Screen struct {
	host    screen.Host
	content fyne.CanvasObject
}

// New makes the screen.
func New(h screen.Host, _ screen.Address) (screen.Screen, error) {
	s := &Screen{host: h}
	s.content = s.build()
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.host.Words().T("section.settings") }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return screen.Address{Screen: "settings"} }

// Unsaved implements screen.Screen.
func (s *Screen) Unsaved() bool { return false }

// Close implements screen.Screen.
func (s *Screen) Close() {}

func (s *Screen) build() fyne.CanvasObject {
	words := s.host.Words()
	reg := s.host.Session().Registry()
	named := map[string]bool{}
	grid := container.New(layout.NewGridLayoutWithColumns(2))
	add := func(name string, kinds []string) {
		column := container.New(layout.NewCustomPaddedVBoxLayout(0),
			widget.NewLabelWithStyle(words.T("ui.settings."+name), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		for _, kind := range kinds {
			if reg.Kind(kind) == nil || named[kind] {
				continue
			}
			named[kind] = true
			column.Add(container.NewHBox(input.NewButton(words.Kinds(kind), func() { s.host.Open(screen.ToList(kind, "")) })))
		}
		if len(column.Objects) > 1 {
			grid.Add(container.NewPadded(column))
		}
	}
	for _, g := range groups {
		add(g.name, g.kinds)
	}
	var rest []string
	for _, k := range reg.Kinds() {
		if k.Catalogue {
			rest = append(rest, k.Name)
		}
	}
	add("rest", rest)
	side := container.New(&sideColumn{}, container.NewPadded(grid), s.look())
	return container.NewVScroll(side)
}

// sideColumn gives the settings of the window a column at the right, and the
// catalogues the rest.
type sideColumn struct{}

const lookWidth = 340

// MinSize is what both need side by side.
func (*sideColumn) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+theme.Scaled(lookWidth), max(a.Height, b.Height))
}

// Layout puts them side by side.
func (*sideColumn) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := theme.Scaled(lookWidth)
	o[0].Resize(fyne.NewSize(min(size.Width-w, theme.Scaled(760)), size.Height))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(w, o[1].MinSize().Height))
	o[1].Move(fyne.NewPos(min(size.Width-w, theme.Scaled(760)), 0))
}
