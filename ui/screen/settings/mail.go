package settings

import (
	"context"
	"errors"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/mail"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/mailbox"
	"ugoda/ui/screen/outbox"
)

// mailPanel tells through which account the letters of who works go.
type mailPanel struct {
	s    *Screen
	box  *fyne.Container
	root fyne.CanvasObject
}

func newMail(s *Screen) panel {
	p := &mailPanel{s: s, box: container.NewVBox()}
	p.root = scrolled(p.box, 560)
	p.read()
	return p
}

func (p *mailPanel) content() fyne.CanvasObject       { return p.root }
func (p *mailPanel) changed(saved map[string][]int64) { p.read() }

// account is what is told of it.
type account struct {
	there  bool
	a      mail.Account
	folder string // letters go here instead of leaving
}

func (p *mailPanel) read() {
	session := p.s.Host.Session()
	screen.Read(p.s.Ctx, p.s.Host, func(ctx context.Context) (account, error) {
		office, err := post.OpenFor(ctx, session.Base(), nil)
		if err != nil {
			return account{}, err
		}
		var got account
		got.folder, _ = office.Indoors()
		got.a, err = office.Account(ctx, session.User.ID, mail.Address{})
		if errors.Is(err, mail.ErrNoAccount) {
			return got, nil
		}
		got.there = err == nil
		return got, err
	}, p.show)
}

func (p *mailPanel) show(got account) {
	t := p.s.Host.Words()
	p.box.RemoveAll()
	p.box.Add(hint(t.T("settings.mail_hint")))
	if got.folder != "" {
		note := widget.NewLabel(t.T("settings.mail_folder", "folder", got.folder))
		note.Wrapping, note.Importance = fyne.TextWrapWord, widget.WarningImportance
		p.box.Add(note)
	}
	button := t.T("settings.mail_set_up")
	if got.there {
		button = t.T("settings.change")
		p.box.Add(widget.NewLabelWithStyle(got.a.From().String(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		p.box.Add(widget.NewLabel(t.T("settings.mail_server", "host", got.a.Host, "port", strconv.Itoa(got.a.Port))))
	} else if got.folder == "" {
		none := widget.NewLabel(t.T("settings.mail_none"))
		none.Importance = widget.WarningImportance
		p.box.Add(none)
	}
	set := input.NewButton(button+"…", func() { mailbox.Edit(p.s.Host, p.read) })
	p.box.Add(container.NewHBox(set.Primary()))
	p.box.Add(container.NewHBox(input.NewButton(t.T("section.outbox"), func() { p.s.Host.Open(screen.Address{Screen: outbox.Name}) }).Framed()))
	p.box.Refresh()
}
