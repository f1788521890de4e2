package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/restore"
	"ugoda/ui/theme"
)

// look is how the window looks and speaks on this computer.
func (s *Screen) look() fyne.CanvasObject {
	t := s.host.Words().T
	now := s.host.Look()
	change := func(f func(l *screen.Look)) {
		l := s.host.Look()
		f(&l)
		s.host.SetLook(l)
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
	column := container.NewVBox(
		widget.NewLabelWithStyle(t("ui.settings.window"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}),
		input.NewLabelled(t("command.language"), language, false, labels),
		input.NewLabelled(t("ui.menu.look"), mode, false, labels),
		input.NewLabelled(t("ui.settings.zoom"), zoom, false, labels),
	)
	column.Add(s.backup())
	column.Add(s.password())
	return container.NewPadded(column)
}

// labels is the width of the labels.
const labels = 110

// backup leads to the copies.
func (s *Screen) backup() fyne.CanvasObject {
	return container.NewHBox(layout.NewSpacer(), input.NewButton(s.host.Words().T("copies.title"), func() {
		s.host.Open(screen.Address{Screen: restore.Name})
	}).Framed())
}

// password changes the password of who works.
func (s *Screen) password() fyne.CanvasObject {
	t := s.host.Words().T
	if s.host.Session().User.ID == 0 {
		return container.NewHBox()
	}
	return container.NewHBox(layout.NewSpacer(), input.NewButton(t("ui.settings.password"), func() {
		first, again := input.NewPassword(), input.NewPassword()
		d := &screen.Dialog{Title: t("ui.settings.password"), Size: fyne.NewSize(420, 0), Focus: first}
		d.Content = container.NewVBox(
			input.NewLabelled(t("opening.password"), first, false, 150),
			input.NewLabelled(t("ui.settings.password_again"), again, false, 150),
			widget.NewLabel(t("ui.settings.password_hint")))
		d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Stays: true, Do: func() {
			if first.Text != again.Text {
				again.SetProblem(t("ui.settings.password_differs"))
				return
			}
			session, word := s.host.Session(), first.Text
			d.Close()
			s.host.Background(context.Background(), func(ctx context.Context) error {
				return session.SetPassword(ctx, session.User.ID, word)
			}, func(err error) {
				s.host.Fail(err)
				if err == nil {
					s.host.Say(t("form.saved"))
				}
			})
		}}}
		s.host.Dialog(d)
	}).Framed())
}
