// Package settings is the screen from which everything is set up: our firm,
// people and their rights, the sales process, catalogues, templates, mail,
// copies, and how the window looks.
package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/icon"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Name is the screen's name in addresses; Section is the argument that names
// the part of it in front.
const (
	Name    = "settings"
	Section = "section"
)

// The sections.
const (
	Firm       = "firm"
	Colleagues = "colleagues"
	Process    = "process"
	Catalogues = "catalogues"
	Letters    = "letters"
	Mail       = "mail"
	Copies     = "copies"
	Look       = "look"
	Me         = "me"
)

// section is one part of the settings.
type section struct {
	name  string
	icon  fyne.Resource
	group int
	make  func(s *Screen) panel
	kinds []string // that it changes: shown to those who may change one of them; none: to everyone
}

// panel is what a section shows.
type panel interface {
	// content is built once.
	content() fyne.CanvasObject
	// changed reads again what it shows when records of these kinds were saved;
	// none means that anything may have changed.
	changed(kinds map[string][]int64)
}

func sections() []section {
	return []section{
		{Firm, icon.Firm, 0, newFirm, []string{"organization"}},
		{Colleagues, icon.People, 0, newPeople, []string{"user"}},
		{Process, icon.Process, 0, newProcess, []string{"process", "stage"}},
		{Catalogues, fynetheme.ListIcon(), 1, newCatalogues, nil},
		{Letters, icon.Proposal, 1, newLetters, []string{"template", "snippet"}},
		{Mail, fynetheme.MailSendIcon(), 1, newMail, nil},
		{Copies, fynetheme.StorageIcon(), 2, newCopies, nil},
		{Look, fynetheme.ColorPaletteIcon(), 2, newLook, nil},
		{Me, fynetheme.AccountIcon(), 2, newMe, nil},
	}
}

// offered are the sections in which the session may change something.
func offered(s *store.Session) []section {
	return slices.DeleteFunc(sections(), func(x section) bool {
		return len(x.kinds) > 0 && !slices.ContainsFunc(x.kinds, s.MayWrite)
	})
}

// Sections names the sections that a session is offered, in their order, for
// those who lead there.
func Sections(s *store.Session) []string {
	var out []string
	for _, x := range offered(s) {
		out = append(out, x.name)
	}
	return out
}

// To is the address of a section.
func To(section string) screen.Address { return screen.Address{Screen: Name}.With(Section, section) }

// Screen is the settings.
type Screen struct {
	screen.Base
	nav     *frame.Sidebar
	title   *widget.Label
	body    *fyne.Container
	panels  map[string]panel
	section string
}

// New makes the screen.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	s := &Screen{Base: screen.Begin(h, a), panels: map[string]panel{}}
	s.build()
	all := offered(h.Session())
	name := all[0].name
	for _, x := range all {
		if x.name == a.Arg(Section) {
			name = x.name
		}
	}
	s.show(name)
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("section.settings") }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return To(s.section) }

// Goes implements screen.Goer: another section is shown in the same tab.
func (s *Screen) Goes(a screen.Address) { s.show(a.Arg(Section)) }

// Changed implements screen.Refresher.
func (s *Screen) Changed(kinds map[string][]int64) {
	for name, p := range s.panels {
		if name == s.section {
			p.changed(kinds)
		} else {
			delete(s.panels, name) // built anew when it is shown
		}
	}
}

func (s *Screen) build() {
	t := s.Host.Words().T
	s.nav = frame.NewSidebar()
	var entries []frame.Entry
	for _, x := range offered(s.Host.Session()) {
		entries = append(entries, frame.Entry{ID: x.name, Label: t("settings." + x.name), Icon: x.icon, Group: x.group})
	}
	s.nav.Set(entries)
	s.nav.OnSelect = s.show
	s.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	s.title.SizeName = fynetheme.SizeNameSubHeadingText
	s.body = container.NewStack()
	back := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNameHeaderBackground))
	edge := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNameSeparator))
	edge.SetMinSize(fyne.NewSize(1, 1))
	left := container.NewBorder(nil, nil, nil, edge, container.NewStack(back, s.nav))
	right := container.New(layout.NewCustomPaddedLayout(theme.Scaled(4), theme.Scaled(6), theme.Scaled(12), theme.Scaled(12)),
		container.NewBorder(s.title, nil, nil, nil, s.body))
	s.Body = container.NewBorder(nil, nil, left, nil, right)
}

// show brings a section to the front.
func (s *Screen) show(name string) {
	for _, x := range offered(s.Host.Session()) {
		if x.name != name {
			continue
		}
		if s.panels[name] == nil {
			s.panels[name] = x.make(s)
		}
		moved := s.section != "" && s.section != name
		s.section = name
		s.nav.Select(name)
		s.title.SetText(s.Host.Words().T("settings." + name))
		s.body.Objects = []fyne.CanvasObject{s.panels[name].content()}
		s.body.Refresh()
		if moved {
			s.Host.Retitle(s)
		}
	}
}

// scrolled keeps a column of settings at a width that reads well.
func scrolled(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	return input.NewScroll(container.New(&column{width}, o))
}

// column is as wide as it may be, up to a width at zoom 100.
type column struct{ width float32 }

// MinSize is the content's.
func (c *column) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(min(m.Width, theme.Scaled(c.width)), m.Height)
}

// Layout gives the content its width.
func (c *column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(min(size.Width, theme.Scaled(c.width)), max(size.Height, o[0].MinSize().Height)))
}

// hint is a quiet line that explains.
func hint(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping, l.Importance = fyne.TextWrapWord, widget.LowImportance
	return l
}

// heading stands above a group.
func heading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// touches reports whether one of the kinds was saved.
func touches(saved map[string][]int64, kinds ...string) bool {
	if len(saved) == 0 {
		return true
	}
	for _, k := range kinds {
		if saved[k] != nil {
			return true
		}
	}
	return false
}
