package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/service/copies"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/restore"
	"ugoda/ui/theme"
)

// still is a panel that shows nothing of the base.
type still struct{ o fyne.CanvasObject }

func (p still) content() fyne.CanvasObject     { return p.o }
func (still) changed(saved map[string][]int64) {}

// labels is the width of the labels.
const labels = 150

// newLook is how the window looks and speaks on this computer.
func newLook(s *Screen) panel {
	t := s.Host.Words().T
	now := s.Host.Look()
	change := func(f func(l *screen.Look)) {
		l := s.Host.Look()
		f(&l)
		s.Host.SetLook(l)
	}
	var languages []input.Option
	for _, l := range locale.Languages {
		languages = append(languages, input.Option{Key: string(l), Text: locale.New(l).T("language")})
	}
	language := input.NewChoice(languages)
	language.Set(string(now.Language))
	language.OnChange = func() { change(func(l *screen.Look) { l.Language = locale.Language(language.Value()) }) }

	var modes []input.Option
	for _, m := range []theme.Mode{theme.System, theme.Light, theme.Dark} {
		modes = append(modes, input.Option{Key: string(m), Text: t("command.theme_" + string(m))})
	}
	mode := input.NewChoice(modes)
	mode.Set(string(now.Mode))
	mode.OnChange = func() { change(func(l *screen.Look) { l.Mode = theme.Mode(mode.Value()) }) }

	var zooms []input.Option
	for z := theme.ZoomMin; z <= theme.ZoomMax; z += theme.ZoomStep {
		zooms = append(zooms, input.Option{Key: strconv.Itoa(z), Text: strconv.Itoa(z) + " %"})
	}
	zoom := input.NewChoice(zooms)
	zoom.Set(strconv.Itoa(now.Zoom))
	zoom.OnChange = func() {
		z, err := strconv.Atoi(zoom.Value())
		if err == nil {
			change(func(l *screen.Look) { l.Zoom = z })
		}
	}
	return still{scrolled(container.NewVBox(
		hint(t("settings.look_hint")),
		input.NewLabelled(t("command.language"), language, false, labels),
		input.NewLabelled(t("ui.menu.look"), mode, false, labels),
		input.NewLabelled(t("ui.settings.zoom"), zoom, false, labels),
	), 460)}
}

// newCopies says how it stands with the copies, and leads to them.
func newCopies(s *Screen) panel {
	t := s.Host.Words()
	box := container.NewVBox(hint(t.T("settings.copies_hint")))
	if k, ok := s.Host.(restore.Keeper); ok {
		state := k.Copies()
		where := state.Folder
		if where == "" {
			where = "–"
		}
		said := widget.NewLabel(sayCopies(t, state))
		said.Wrapping = fyne.TextWrapWord
		if state.Failed != nil || state.Folder == "" {
			said.Importance = widget.DangerImportance
		}
		folder := widget.NewLabel(t.T("settings.copies_folder", "folder", where))
		folder.Wrapping = fyne.TextWrapBreak
		box.Add(said)
		box.Add(folder)
	}
	box.Add(container.NewHBox(input.NewButton(t.T("copies.title")+"…", func() { s.Host.Open(screen.Address{Screen: restore.Name}) }).Primary()))
	return still{scrolled(box, 560)}
}

func sayCopies(t *locale.Printer, s copies.State) string {
	switch {
	case s.Folder == "":
		return t.T("copies.off")
	case s.Failed != nil:
		return t.T("copies.failed", "why", t.Error(s.Failed))
	case s.Last.IsZero():
		return t.T("copies.none_yet")
	}
	return t.T("copies.last", "moment", s.Last)
}

// newMe is who works now, and his password.
func newMe(s *Screen) panel {
	t, session := s.Host.Words(), s.Host.Session()
	name := session.Employee.Name
	if name == "" {
		name = session.User.Name
	}
	box := container.NewVBox(
		widget.NewLabelWithStyle(name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}),
		widget.NewLabel(t.Role(session.Role)),
	)
	if session.User.ID != 0 {
		box.Add(widget.NewLabel(t.T("settings.login") + ": " + session.User.Name))
		box.Add(container.NewHBox(input.NewButton(t.T("ui.settings.password")+"…", func() { ChangePassword(s.Host) }).Framed()))
	}
	return still{scrolled(box, 460)}
}

// ChangePassword asks who works for another password.
func ChangePassword(h screen.Host) {
	t := h.Words().T
	first, again := input.NewPassword(), input.NewPassword()
	d := &screen.Dialog{Title: t("ui.settings.password"), Size: fyne.NewSize(420, 0), Focus: first}
	d.Content = container.NewVBox(
		input.NewLabelled(t("settings.password_new"), first, false, labels),
		input.NewLabelled(t("ui.settings.password_again"), again, false, labels),
		hint(t("ui.settings.password_hint")))
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Stays: true, Do: func() {
		if first.Text != again.Text {
			again.SetProblem(t("ui.settings.password_differs"))
			return
		}
		session, word := h.Session(), first.Text
		d.Close()
		h.Background(context.Background(), func(ctx context.Context) error {
			return session.SetPassword(ctx, session.User.ID, word)
		}, func(err error) {
			h.Fail(err)
			if err == nil {
				h.Say(t("form.saved"))
			}
		})
	}}}
	h.Dialog(d)
}
