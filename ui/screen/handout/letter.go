package handout

import (
	"bytes"
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/model/letter"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/mailbox"
)

// attached are the formats that go along with a letter.
var attached = []string{"pdf", "xlsx", "html"}

// toPreference is the key under which the last recipients are remembered.
const toPreference = "report.mail_to"

// note is the letter that a report leaves with.
type note struct {
	o       *Handout
	ctx     context.Context
	ask     Asker
	office  *post.Office
	sender  string
	to      *input.Several
	subject *input.Entry
	text    *input.Entry
	formats map[string]*input.Check
	dialog  *screen.Dialog
}

// Mail opens a letter with the report attached.
func (o *Handout) Mail() {
	open := o.Host.Services().Office
	if open == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := &note{o: o, ctx: ctx, ask: o.Ask(), formats: map[string]*input.Check{}}
	session := o.Host.Session()
	type begun struct {
		office     *post.Office
		sender, to string
	}
	screen.Read(ctx, o.Host, func(ctx context.Context) (begun, error) {
		var b begun
		var err error
		if b.office, err = open(ctx, session); err != nil {
			return b, err
		}
		if b.sender, err = b.office.Sender(ctx, session); err != nil {
			return b, err
		}
		b.to, err = session.Preference(ctx, toPreference)
		return b, err
	}, func(b begun) {
		n.office, n.sender = b.office, b.sender
		n.show(b.to, cancel)
	})
}

func (n *note) show(to string, closed func()) {
	t := n.o.Host.Words().T
	n.to = input.NewSeveral(input.ProviderFunc(n.complete), field.Runner{Host: n.o.Host})
	n.to.Set(to)
	n.subject, n.text = input.NewEntry(), input.NewMulti(5)
	n.subject.SetText(n.o.Title())
	row := func(key string, f input.Field) fyne.CanvasObject { return input.NewLabelled(t(key), f, false, 90) }
	formats := []fyne.CanvasObject{widget.NewLabel(t("compose.formats"))}
	for _, f := range attached {
		c := input.NewCheck(strings.ToUpper(f), nil)
		c.Set(f == "pdf")
		n.formats[f] = c
		formats = append(formats, c)
	}
	from := widget.NewLabel(t("compose.no_sender"))
	if n.sender != "" {
		from.SetText(t("compose.from", "from", n.sender))
	}
	from.Importance = widget.LowImportance
	foot := container.NewVBox(container.NewHBox(formats...), from)
	if folder, yes := n.office.Indoors(); yes {
		from.SetText(t("compose.indoors", "folder", folder))
		from.Wrapping = fyne.TextWrapBreak
	}
	n.dialog = &screen.Dialog{
		Title: t("handout.letter"), Size: fyne.NewSize(640, 400), Focus: n.to, Closed: closed,
		Content: container.NewBorder(container.NewVBox(row("compose.to", n.to), row("compose.subject", n.subject)), foot, nil, nil, n.text),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.send"), Primary: true, Stays: true, Do: n.send}},
	}
	n.o.Host.Dialog(n.dialog)
}

func (n *note) complete(ctx context.Context, text string) ([]input.Item, error) {
	const found = 8
	all, err := n.office.Complete(ctx, n.o.Host.Session(), text, found)
	if err != nil {
		return nil, err
	}
	out := make([]input.Item, len(all))
	for i, a := range all {
		out[i] = input.Item{ID: int64(i + 1), Text: a.String()}
	}
	return out, nil
}

// send puts the letter into the outbox and has it delivered; without an account
// one is set up first.
func (n *note) send() {
	h := n.o.Host
	to, err := mail.ParseList(n.to.Text)
	if err == nil && len(to) == 0 {
		err = &post.NoRecipient{}
	}
	if err != nil {
		n.to.SetProblem(h.Words().Error(err))
		h.Canvas().Focus(n.to)
		return
	}
	if n.sender == "" {
		mailbox.Edit(h, func() {
			n.sender = "…"
			n.send()
		})
		return
	}
	letterOf := post.Note{To: to, Subject: strings.TrimSpace(n.subject.Text), Text: n.text.Text}
	var formats []string
	for _, f := range attached {
		if n.formats[f].Value() {
			formats = append(formats, f)
		}
	}
	session, words, office, title, kept := h.Session(), h.Words(), n.office, n.o.Title(), n.to.Text
	n.dialog.Close()
	var sent letter.Letter
	h.Job(words.T("compose.sending"), func(ctx context.Context, _ func(done, total int64)) error {
		if _, err := leaving(ctx, n.ask); err != nil {
			return err
		}
		for _, f := range formats {
			var b bytes.Buffer
			if err := n.o.Write(ctx, &b, n.ask, f); err != nil {
				return err
			}
			letterOf.Files = append(letterOf.Files, message.Attachment{Name: outfile.Name(title) + "." + f, Data: b.Bytes()})
		}
		l, err := office.PutNote(ctx, session, letterOf)
		if err != nil {
			return err
		}
		sent = l
		if tried, err := office.Worker(session.User.ID).Send(ctx, l.ID); err == nil {
			sent = tried
		}
		return session.SetPreference(ctx, toPreference, kept)
	}, func(err error) {
		if err != nil {
			h.Fail(err)
			return
		}
		h.Saved("letter", sent.ID)
		h.Say(words.T("compose.done", "to", sent.To, "state", words.Choice("letter", "state", sent.State)))
	})
}
