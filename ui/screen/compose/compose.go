// Package compose writes the letter that a document leaves with: to whom,
// subject, text and formats, in one small box.
package compose

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/mail"
	"ugoda/model/letter"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// Offices gives the mail of the open base.
type Offices func(ctx context.Context, h screen.Host) (*post.Office, error)

// box is the letter being written.
type box struct {
	h        screen.Host
	open     Offices
	office   *post.Office
	document int64
	to       *input.Entry
	subject  *input.Entry
	text     *input.Entry
	pdf      *input.Check
	docx     *input.Check
	dialog   *screen.Dialog
	ctx      context.Context
	cancel   context.CancelFunc
}

// Open asks how a proposal is to be sent, and sends it. Several proposals go
// one after another, each with its own letter.
func Open(h screen.Host, open Offices, kind string, ids []int64) {
	if kind != "proposal" || len(ids) == 0 {
		return
	}
	t := h.Words().T
	b := &box{h: h, open: open, document: ids[0], to: input.NewEntry(), subject: input.NewEntry(), text: input.NewMulti(8), pdf: input.NewCheck("PDF", nil), docx: input.NewCheck("DOCX", nil)}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.pdf.Set(true)
	session := h.Session()
	screen.Read(b.ctx, h, func(ctx context.Context) (post.Usual, error) {
		o, err := open(ctx, h)
		if err != nil {
			return post.Usual{}, err
		}
		b.office = o
		return o.Usual(ctx, session, b.document)
	}, func(u post.Usual) {
		b.to.SetText(u.To)
		b.subject.SetText(u.Subject)
		b.text.SetText(u.Text)
		row := func(key string, w input.Field) fyne.CanvasObject {
			return input.NewLabelled(t(key), w, false, 90)
		}
		note := widget.NewLabel("")
		if folder, yes := b.office.Indoors(); yes {
			note.SetText(t("compose.indoors", "folder", folder))
			note.Wrapping = fyne.TextWrapBreak
		}
		b.dialog = &screen.Dialog{
			Title: t("compose.title", "number", u.Number), Size: fyne.NewSize(640, 440), Focus: b.to,
			Content: container.NewBorder(container.NewVBox(row("compose.to", b.to), row("compose.subject", b.subject)),
				container.NewVBox(container.NewHBox(widget.NewLabel(t("compose.formats")), b.pdf, b.docx), note), nil, nil, b.text),
			Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.send"), Primary: true, Stays: true, Do: b.send}},
			Closed:  b.cancel,
		}
		h.Dialog(b.dialog)
	})
}

// send puts the letter into the outbox and delivers it in the background.
func (b *box) send() {
	to, err := mail.ParseList(b.to.Text)
	if err != nil || len(to) == 0 {
		if err == nil {
			err = &post.NoRecipient{}
		}
		b.to.SetProblem(b.h.Words().Error(err))
		return
	}
	d := post.Document{Proposal: b.document, To: to, Subject: strings.TrimSpace(b.subject.Text), Text: b.text.Text}
	if b.pdf.Value() {
		d.Formats = append(d.Formats, "pdf")
	}
	if b.docx.Value() {
		d.Formats = append(d.Formats, "docx")
	}
	if len(d.Formats) == 0 {
		d.Formats = []string{"pdf"}
	}
	session, words := b.h.Session(), b.h.Words()
	office := b.office
	b.dialog.Close()
	var sent letter.Letter
	b.h.Job(words.T("compose.sending"), func(ctx context.Context, _ func(done, total int64)) error {
		l, err := office.SendDocument(ctx, session, d)
		if err != nil {
			return err
		}
		sent, err = office.Worker(session.User.ID).Send(ctx, l.ID)
		return err
	}, func(err error) {
		b.h.Saved("proposal", b.document)
		b.h.Saved("letter", sent.ID)
		if errors.Is(err, mail.ErrNoAccount) {
			b.account()
			return
		}
		if err != nil {
			b.h.Fail(err)
			return
		}
		b.h.Say(words.T("compose.done", "to", sent.To, "state", words.Choice("letter", "state", sent.State)))
	})
}

// account sets an account up in place, and sends then.
func (b *box) account() {
	t := b.h.Words().T
	address, password, host := input.NewEntry(), input.NewPassword(), input.NewEntry()
	host.SetPlaceHolder(t("compose.account.host_hint"))
	row := func(key string, w input.Field) fyne.CanvasObject { return input.NewLabelled(t(key), w, false, 130) }
	session, office := b.h.Session(), b.office
	d := &screen.Dialog{
		Title: t("compose.account.title"), Size: fyne.NewSize(520, 260), Focus: address,
		Content: container.NewVBox(row("compose.account.address", address), row("compose.account.password", password), row("compose.account.host", host)),
	}
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Stays: true, Do: func() {
		from, err := mail.ParseAddress(address.Text)
		if err != nil {
			address.SetProblem(b.h.Words().Error(err))
			return
		}
		secret, server := password.Text, strings.TrimSpace(host.Text)
		d.Close()
		b.h.Job(t("compose.account.trying"), func(ctx context.Context, _ func(done, total int64)) error {
			a := office.Suggest(ctx, from.Mailbox).Account(from)
			a.Owner = session.User.ID
			if server != "" {
				a.Host = server
			}
			if err := office.Try(ctx, a, secret, t("compose.account.test"), t("compose.account.test_text")); err != nil {
				return err
			}
			return office.SaveAccount(ctx, &a, secret)
		}, func(err error) {
			if err != nil {
				b.h.Fail(err)
				return
			}
			b.send()
		})
	}}}
	b.h.Dialog(d)
}
