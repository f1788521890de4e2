package compose

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/mail"
	"ugoda/model/firm"
	"ugoda/model/letter"
	"ugoda/service/paper"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/mailbox"
	"ugoda/ui/screen/preview"
)

// document is the letter as it stands; false when something in it is wrong,
// which is shown beside its field.
func (s *Screen) document() (post.Document, bool) {
	t := s.Host.Words()
	d := post.Document{
		Kind: s.At.Kind, ID: s.At.ID, Subject: strings.TrimSpace(s.subject.Text), Text: s.text.Text, Signature: s.signature.Text, Files: s.files, Template: s.template,
		Formats: []string{},
	}
	var first fyne.Focusable
	wrong := func(f input.Field, err error) {
		f.SetProblem(t.Error(err))
		if first == nil {
			first = f
		}
	}
	for _, x := range []struct {
		e    *input.Several
		into *[]mail.Address
	}{{s.to, &d.To}, {s.cc, &d.Cc}, {s.bcc, &d.Bcc}} {
		var err error
		if *x.into, err = mail.ParseList(x.e.Text); err != nil {
			wrong(x.e, err)
		}
	}
	if len(d.To) == 0 && s.to.Problem() == "" {
		wrong(s.to, &post.NoRecipient{})
	}
	for _, f := range paper.Formats {
		if s.formats[f].Value() {
			d.Formats = append(d.Formats, f)
		}
	}
	d.InBody = s.inBody.Value()
	d.Variant, _ = strconv.Atoi(s.variant.Value()) // nothing: all
	for _, f := range s.others() {
		if s.forms[f].Value() {
			d.Forms = append(d.Forms, f)
		}
	}
	if len(d.Forms) > 0 {
		d.Forms = append([]string{firm.FormProposal}, d.Forms...)
	}
	if first != nil {
		s.Host.Canvas().Focus(first)
	}
	return d, first == nil
}

// send puts the letter into the outbox and delivers it in the background.
func (s *Screen) send() {
	if !s.Can(screen.SaveClose) {
		return
	}
	if s.usual.Sender == "" {
		mailbox.Edit(s.Host, func() {
			s.rereadSender()
			s.deliver()
		})
		return
	}
	s.deliver()
}

func (s *Screen) deliver() {
	d, ok := s.document()
	if !ok || s.sending {
		return
	}
	s.sending = true
	s.sendButton.Disable()
	session, words, office, again := s.Host.Session(), s.Host.Words(), s.office, s.usual.Again
	var sent letter.Letter
	s.Host.Job(words.T("compose.sending"), func(ctx context.Context, _ func(done, total int64)) error {
		l, err := office.SendDocument(ctx, session, d)
		if err != nil {
			return err
		}
		sent = l // it is in the outbox: from here on it goes by itself
		if tried, err := office.Worker(session.User.ID).Send(ctx, l.ID); err == nil {
			sent = tried
		}
		return nil
	}, func(err error) {
		s.sending = false
		s.sendButton.Enable()
		if errors.Is(err, mail.ErrNoAccount) {
			s.usual.Sender = ""
			s.send()
			return
		}
		if err != nil {
			s.Host.Fail(err)
			return
		}
		s.forget()
		s.Host.Saved(s.At.Kind, s.At.ID)
		s.Host.Saved("letter", sent.ID)
		s.Host.Close(s)
		s.Host.Say(words.T("compose.done", "to", sent.To, "state", words.Choice("letter", "state", sent.State)))
		if !again && d.Kind == "proposal" {
			act.TellUndone(s.Host, d.ID)
			act.AfterSending(s.Host, d.ID)
		}
	})
}

// saveEML makes the letter a file that any mail program opens and sends.
func (s *Screen) saveEML() {
	d, ok := s.document()
	if !ok || s.office == nil {
		return
	}
	session, office := s.Host.Session(), s.office
	var name string
	var data []byte
	s.Host.Job(s.Host.Words().T("compose.writing"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		name, data, err = office.SaveDocument(ctx, session, d)
		return err
	}, func(err error) {
		if err != nil {
			s.Host.Fail(err)
			return
		}
		preview.SaveFile(s.Host, name, data)
	})
}
