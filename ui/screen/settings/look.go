package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/ui/input"
	"ugoda/ui/screen"
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
	if o := s.backup(); o != nil {
		column.Add(o)
	}
	column.Add(s.password())
	return container.NewPadded(column)
}

// labels is the width of the labels.
const labels = 110

// backup chooses the folder of copies and makes one now.
func (s *Screen) backup() fyne.CanvasObject {
	copyTo := s.host.Services().Backup
	if copyTo == nil {
		return nil
	}
	t := s.host.Words().T
	folder := input.NewEntry()
	folder.SetText(s.host.Look().Backups)
	keep := func() {
		l := s.host.Look()
		l.Backups = folder.Text
		s.host.SetLook(l)
	}
	folder.OnLeave = keep
	choose := input.NewButton("…", func() {
		if s.host.Window() == nil {
			return
		}
		d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if u == nil || err != nil {
				return
			}
			folder.SetText(u.Path())
			keep()
		}, s.host.Window())
		d.Resize(fyne.NewSize(760, 520))
		d.Show()
	}).Framed()
	now := input.NewButton(t("command.backup"), func() {
		if folder.Text == "" {
			folder.SetProblem(t("button.choose_folder"))
			return
		}
		base, path := s.host.Session().Base(), ""
		s.host.Job(t("command.backup"), func(ctx context.Context, _ func(done, total int64)) (err error) {
			path, err = copyTo(ctx, base, folder.Text)
			return err
		}, func(err error) {
			if err != nil {
				s.host.Fail(err)
				return
			}
			s.host.Say(t("ui.settings.backed_up", "path", path))
		})
	}).Framed()
	return container.NewVBox(
		container.NewBorder(nil, nil, nil, choose, input.NewLabelled(t("ui.settings.backups"), folder, false, labels)),
		container.NewHBox(layout.NewSpacer(), now))
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
