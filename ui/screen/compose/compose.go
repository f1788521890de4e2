// Package compose writes the letter that a document leaves with: to whom, the
// subject, the text with its signature, what goes along, and what follows.
package compose

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/mail/message"
	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/service/post"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/mailbox"
	"ugoda/ui/screen/preview"
	"ugoda/ui/theme"
)

// Name is the screen's name in addresses.
const Name = "compose"

// To is the address of the letter that a document leaves with.
func To(kind string, id int64) screen.Address {
	return screen.Address{Screen: Name, Kind: kind, ID: id}
}

// most is how many letters are opened at once.
const most = 10

// Open opens the letters that documents leave with, one tab for each.
func Open(h screen.Host, kind string, ids []int64) {
	for _, id := range ids[:min(len(ids), most)] {
		h.Open(To(kind, id))
	}
}

// labels is the width of the labels.
const labels = 90

// Screen is a letter being written.
type Screen struct {
	screen.Base
	page    *fyne.Container // that a letter is being read, or the letter
	office  *post.Office
	usual   post.Usual
	ready   bool
	edited  bool // differs from the usual letter
	sending bool
	closed  bool
	timer   *time.Timer

	to, cc, bcc     *input.Several
	subject         *input.Entry
	text, signature *input.Entry
	snippet         *input.Choice
	formats         map[string]*input.Check
	inBody          *input.Check            // the proposal stands in the letter, too
	forms           map[string]*input.Check // other documents made of it
	variant         *input.Choice           // all, or one of several
	files           []message.Attachment
	template        string

	banners    *fyne.Container
	copies     *fyne.Container
	attached   *fyne.Container
	sendButton *input.Button
	front      bool
}

// New opens the letter of the document that the address names.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	if k := h.Session().Registry().Kind(a.Kind); k == nil || len(k.Prints) == 0 || a.ID == 0 || h.Services().Office == nil {
		return nil, fmt.Errorf("compose: no letter for %q", a.Kind)
	}
	s := &Screen{Base: screen.Begin(h, a), formats: map[string]*input.Check{}, forms: map[string]*input.Check{}}
	s.build()
	s.read()
	return s, nil
}

// others are what else the document may be made into: an invoice is only that.
func (s *Screen) others() []string {
	if s.At.Kind != "proposal" {
		return nil
	}
	return firm.Forms[1:]
}

func (s *Screen) build() {
	t := s.Host.Words().T
	runner := field.Runner{Host: s.Host}
	addresses := func() *input.Several {
		e := input.NewSeveral(input.ProviderFunc(s.complete), runner)
		e.OnEdit(s.changed)
		e.SetKeys(s.passed)
		return e
	}
	s.to, s.cc, s.bcc = addresses(), addresses(), addresses()
	s.subject, s.text, s.signature = input.NewEntry(), input.NewMulti(6), input.NewMulti(3)
	for _, e := range []*input.Entry{s.subject, s.text, s.signature} {
		e.OnChanged = func(string) { s.changed() }
		e.SetKeys(s.passed)
	}
	s.snippet = input.NewChoice(nil)
	s.snippet.OnChange = s.insert
	for _, f := range paper.Formats {
		s.formats[f] = input.NewCheck(strings.ToUpper(f), func(bool) { s.changed() })
		s.formats[f].SetKeys(s.passed)
	}
	s.formats["pdf"].Set(true)
	s.inBody = input.NewCheck(t("compose.in_body"), func(bool) { s.changed() })
	s.inBody.SetKeys(s.passed)
	for _, f := range s.others() {
		s.forms[f] = input.NewCheck(s.Host.Words().Choice("template", "form", f), func(bool) { s.changed() })
		s.forms[f].SetKeys(s.passed)
	}
	s.variant = input.NewChoice(nil)
	s.variant.OnChange = s.changed
	s.variant.SetKeys(s.passed)
	s.snippet.SetKeys(s.passed)
	s.banners, s.attached = container.NewVBox(), container.NewStack()
	s.sendButton = input.NewIconButton(fynetheme.MailSendIcon(), t("button.send"), s.send).Primary()
	s.page = container.NewStack(widget.NewLabel(t("word.loading")))
	s.Body = s.page
}

// lay puts the letter together once it is read.
func (s *Screen) lay() {
	t := s.Host.Words().T
	row := func(key string, f input.Field) fyne.CanvasObject {
		return input.NewLabelled(t(key), f, false, labels)
	}
	s.copies = container.NewVBox(row("compose.cc", s.cc), row("compose.bcc", s.bcc))
	if s.cc.Text == "" && s.bcc.Text == "" {
		s.copies.Hide()
	}
	more := input.NewButton(t("compose.copies"), s.showCopies)
	bar := input.NewToolbar(
		s.sendButton,
		input.NewButton(t("compose.save_eml"), s.saveEML).Framed(),
		input.NewIconButton(fynetheme.DocumentIcon(), t("compose.preview"), func() { s.Host.Open(preview.To(s.At.Kind, s.At.ID)) }).Framed(),
		nil, s.sender(),
	)
	head := container.NewVBox(
		container.NewPadded(bar), s.banners,
		container.NewBorder(nil, nil, nil, more, row("compose.to", s.to)), s.copies, row("compose.subject", s.subject),
		container.NewHBox(container.New(&wide{width: labels + 290}, row("compose.snippet", s.snippet))),
	)
	foot := container.NewVBox(row("compose.signature", s.signature), s.attached)
	padded := container.NewPadded(container.NewBorder(head, foot, nil, nil, s.text))
	s.page.Objects = []fyne.CanvasObject{padded}
	s.Body.Refresh()
}

// wide gives what it holds one width, at zoom 100.
type wide struct{ width, shift float32 }

// MinSize is that width, and the height that is needed.
func (w *wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(w.width), max(o[0].MinSize().Height, theme.Row()))
}

// Layout fills the place.
func (w *wide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[0].Move(fyne.NewPos(theme.Scaled(w.shift), 0))
}

// caption stands before a row of several fields, as the labels of single ones do.
func caption(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Importance = widget.LowImportance
	return container.New(&wide{width: labels + 8, shift: -4}, l)
}

// sender says from whom the letter goes, and leads to the account.
func (s *Screen) sender() fyne.CanvasObject {
	t := s.Host.Words().T
	text := t("compose.no_sender")
	if s.usual.Sender != "" {
		text = t("compose.from", "from", s.usual.Sender)
	}
	return input.NewIconButton(mailbox.Icon(), text, s.setUp)
}

// setUp opens the account; the letter knows its sender then.
func (s *Screen) setUp() { mailbox.Edit(s.Host, s.rereadSender) }

func (s *Screen) rereadSender() {
	session, office, id := s.Host.Session(), s.office, s.At.ID
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (post.Usual, error) { return office.Usual(ctx, session, s.At.Kind, id) }, func(u post.Usual) {
		s.usual.Sender = u.Sender
		if s.signature.Text == s.usual.Signature {
			s.signature.SetText(u.Signature)
		}
		s.usual.Signature = u.Signature
		s.lay()
		s.showBanners()
	})
}

// begun is what the letter begins with.
type begun struct {
	office *post.Office
	usual  post.Usual
	kept   string
}

func (s *Screen) read() {
	open, session, id := s.Host.Services().Office, s.Host.Session(), s.At.ID
	key := s.key()
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (begun, error) {
		var b begun
		var err error
		if b.office, err = open(ctx, session); err != nil {
			return b, err
		}
		if b.usual, err = b.office.Usual(ctx, session, s.At.Kind, id); err != nil {
			return b, err
		}
		b.kept, err = session.Preference(ctx, key)
		return b, err
	}, func(b begun) {
		s.office, s.usual = b.office, b.usual
		s.begin(b.kept)
	})
}

// begin fills the letter: with what was kept of it, or the usual words.
func (s *Screen) begin(kept string) {
	u := s.usual
	var snippets []input.Option
	for _, x := range u.Snippets {
		snippets = append(snippets, input.Option{Key: strconv.FormatInt(x.ID, 10), Text: x.Name})
	}
	s.snippet.SetOptions(snippets)
	if len(u.Snippets) > 0 && u.Snippets[0].Language == string(u.Language) {
		s.snippet.Set(snippets[0].Key) // the letter begins with it
	}
	variants := []input.Option{{Key: "", Text: s.Host.Words().T("print.variants.all")}}
	for i, name := range u.Variants {
		variants = append(variants, input.Option{Key: strconv.Itoa(i + 1), Text: name})
	}
	s.variant.SetOptions(variants)
	s.variant.Set(s.At.Arg("variant")) // as it was seen in the preview
	s.template = s.At.Arg("template")
	if f := s.forms[s.At.Arg("form")]; f != nil {
		f.Set(true)
	}
	s.to.Set(u.To)
	s.cc.Set("")
	s.bcc.Set("")
	s.setText(s.subject, u.Subject)
	s.setText(s.text, u.Text)
	s.setText(s.signature, u.Signature)
	s.edited = false
	restored := s.restore(kept)
	s.ready = true
	s.lay()
	s.showBanners()
	if !restored.IsZero() {
		s.showRestored(restored)
	}
	s.showFiles()
	s.Host.Retitle(s)
	if s.front {
		s.Shown()
	}
}

// setText sets a text without taking it for an edit.
func (s *Screen) setText(e *input.Entry, text string) {
	tell := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = tell
}

func (s *Screen) showCopies() {
	if s.copies.Visible() && s.cc.Text == "" && s.bcc.Text == "" {
		s.copies.Hide()
	} else {
		s.copies.Show()
		s.Host.Canvas().Focus(s.cc)
	}
	s.Body.Refresh()
}

// showFiles shows the formats of the document and the files that go along.
func (s *Screen) showFiles() {
	t := s.Host.Words()
	row := []fyne.CanvasObject{caption(t.T("compose.formats"))}
	for _, f := range paper.Formats {
		row = append(row, s.formats[f])
	}
	row = append(row, s.inBody)
	if len(s.usual.Variants) > 1 {
		row = append(row, container.New(&wide{width: 170}, s.variant))
	}
	more := []fyne.CanvasObject{caption(t.T("compose.with"))}
	for _, f := range s.others() {
		more = append(more, s.forms[f])
	}
	for i, f := range s.files {
		more = append(more, input.NewIconButton(fynetheme.ContentRemoveIcon(), f.Name+"  "+t.Size(int64(len(f.Data))), func() {
			s.files = slices.Delete(s.files, i, i+1)
			s.changed()
			s.showFiles()
		}).Framed())
	}
	more = append(more, input.NewIconButton(fynetheme.MailAttachmentIcon(), t.T("compose.add_file"), s.addFile).Framed())
	s.attached.Objects = []fyne.CanvasObject{container.NewVBox(input.NewToolbar(row...), input.NewToolbar(more...))}
	s.attached.Refresh()
	s.Body.Refresh()
}

// complete finds addresses for what is typed.
func (s *Screen) complete(ctx context.Context, text string) ([]input.Item, error) {
	const found = 10
	all, err := s.office.Complete(ctx, s.Host.Session(), text, found)
	if err != nil {
		return nil, err
	}
	out := make([]input.Item, len(all))
	for i, a := range all {
		out[i] = input.Item{ID: int64(i + 1), Text: a.String()}
	}
	return out, nil
}

// insert puts a text of the catalogue into the letter, its tags filled.
func (s *Screen) insert() {
	id, err := strconv.ParseInt(s.snippet.Value(), 10, 64)
	if err != nil {
		return
	}
	session, office, document := s.Host.Session(), s.office, s.At.ID
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (string, error) {
		return office.Snippet(ctx, session, s.At.Kind, document, id)
	}, func(text string) {
		before := s.text.Text
		put := func() {
			s.text.SetText(text)
			s.changed()
		}
		if strings.TrimSpace(before) == "" || before == s.usual.Text || before == text {
			s.usual.Text = text
			put()
			return
		}
		t := s.Host.Words().T
		s.Host.Dialog(&screen.Dialog{
			Title: t("compose.snippet.ask"), Content: widget.NewLabel(t("compose.snippet.ask_text")), Size: fyne.NewSize(420, 0),
			Buttons: []screen.Button{
				{Label: t("button.cancel")},
				{Label: t("compose.snippet.append"), Do: func() { text = strings.TrimRight(before, "\n") + "\n\n" + text; put() }},
				{Label: t("compose.snippet.replace"), Primary: true, Do: put},
			},
		})
	})
}

// Title implements screen.Screen.
func (s *Screen) Title() string {
	return s.Host.Words().T("compose.title", "number", s.usual.Number)
}

// Close keeps what was typed: it is there when the letter is opened again.
func (s *Screen) Close() {
	if s.edited && !s.closed {
		s.keep()
	}
	s.closed = true
	if s.timer != nil {
		s.timer.Stop()
	}
	s.Base.Close()
}

// Shown puts the keyboard where something is missing, else into the text.
func (s *Screen) Shown() {
	s.front = true
	if !s.ready || s.Host.Window() == nil || s.Host.Canvas().Overlays().Top() != nil {
		return
	}
	if s.to.Text == "" {
		s.Host.Canvas().Focus(s.to)
		return
	}
	s.Host.Canvas().Focus(s.text)
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() { s.front = false }

// Changed looks anew whether the document may leave.
func (s *Screen) Changed(kinds map[string][]int64) {
	if !s.ready || s.sending || !slices.Contains(kinds[s.At.Kind], s.At.ID) && kinds["approval-rule"] == nil && len(kinds) > 0 {
		return
	}
	session, office, id := s.Host.Session(), s.office, s.At.ID
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (post.Usual, error) { return office.Usual(ctx, session, s.At.Kind, id) }, func(u post.Usual) {
		if strings.TrimSpace(s.text.Text) == "" && u.Text != "" { // it may leave now: here are its words
			s.setText(s.text, u.Text)
			s.usual.Text = u.Text
		}
		s.usual.Held, s.usual.Again, s.usual.Sender = u.Held, u.Again, u.Sender
		s.showBanners()
	})
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.SaveClose, screen.MainAction:
		return s.ready && !s.sending && len(s.usual.Held) == 0
	case screen.Save:
		return s.ready && !s.sending
	case screen.Print, screen.Open:
		return true
	}
	return false
}

// Do implements screen.Commander. Ctrl+Enter sends.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.SaveClose, screen.MainAction:
		s.send()
	case screen.Save:
		s.saveEML()
	case screen.Print:
		s.Host.Open(preview.To(s.At.Kind, s.At.ID))
	case screen.Open:
		s.Host.Open(screen.ToCard(s.At.Kind, s.At.ID))
	}
}

// Key implements screen.Keyed.
func (s *Screen) Key(k *fyne.KeyEvent) bool { return s.passed(k.Name, 0) }

// passed takes the keys that no field has a use for.
func (s *Screen) passed(key fyne.KeyName, mod fyne.KeyModifier) bool {
	if key == fyne.KeyEscape && mod == 0 {
		s.Host.Leave(s)
		return true
	}
	return false
}
