package outbox

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/mail/message"
	"ugoda/model"
	"ugoda/model/letter"
	"ugoda/service/post"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/compose"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/preview"
)

// view is one letter: how it stands, what the server said, what can be done,
// and the letter itself.
type view struct {
	h       screen.Host
	ctx     context.Context
	office  *post.Office
	id      int64
	shown   *opened
	done    func() // something was done with the letter
	latest  *run.Latest
	body    *fyne.Container
	content *container.Scroll
}

// opened is a letter that was read.
type opened struct {
	letter letter.Letter
	parsed message.Parsed
	data   []byte
	broken error // the bytes cannot be read
	states []store.ActionState
}

func newView(ctx context.Context, h screen.Host, done func()) *view {
	v := &view{h: h, ctx: ctx, done: done, latest: run.NewLatest(field.Runner{Host: h}), body: container.NewVBox()}
	v.content = container.NewVScroll(container.NewPadded(v.body))
	v.content.SetMinSize(fyne.NewSize(260, 100))
	return v
}

// show shows another letter; 0 is none.
func (v *view) show(id int64) {
	if id == v.id {
		return
	}
	v.id, v.shown = id, nil
	if id == 0 {
		v.latest.Cancel()
		v.body.RemoveAll()
		v.body.Refresh()
		return
	}
	v.content.ScrollToTop()
	v.refresh()
}

// refresh reads the letter anew.
func (v *view) refresh() {
	if v.id == 0 || v.office == nil {
		return
	}
	session, office, id := v.h.Session(), v.office, v.id
	v.latest.Go(v.ctx, func(ctx context.Context) func() {
		x, err := read(ctx, session, office, id)
		return func() {
			if err != nil {
				v.h.Fail(err)
				return
			}
			v.draw(x)
		}
	})
}

func read(ctx context.Context, s *store.Session, o *post.Office, id int64) (*opened, error) {
	rec, err := s.Get(ctx, "letter", id)
	if err != nil {
		return nil, err
	}
	l, ok := rec.(*letter.Letter)
	if !ok {
		return nil, fmt.Errorf("read a letter: it is a %T", rec)
	}
	x := &opened{letter: *l}
	if x.states, err = s.May(ctx, "letter", rec); err != nil {
		return nil, err
	}
	if x.data, x.broken = o.Box.Data(ctx, id); x.broken == nil { // its record shows all the same
		x.parsed, x.broken = message.Read(x.data)
	}
	return x, nil
}

func (v *view) draw(x *opened) {
	v.shown = x
	t, l := v.h.Words(), &x.letter
	v.body.RemoveAll()
	title := widget.NewLabelWithStyle(l.Subject, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Wrapping = fyne.TextWrapWord
	title.Selectable = true
	v.body.Add(title)
	v.body.Add(container.NewBorder(nil, nil, container.NewHBox(input.NewPill(t.Choice("letter", "state", l.State), Tone(l.State))), nil, quiet(v.when(l))))
	if f := l.Failure(); f != nil && l.State != letter.Sent {
		v.body.Add(said(failure(t, f), widget.DangerImportance))
	}
	if l.State == letter.Unconfirmed {
		v.body.Add(v.doubt(l))
	}
	v.body.Add(input.NewToolbar(v.buttons(x)...))
	v.body.Add(widget.NewSeparator())
	v.recipients(l)
	v.body.Add(widget.NewSeparator())
	v.paper(x)
	v.body.Refresh()
	v.content.Refresh()
}

// when says since when the letter stands as it does, and what is next.
func (v *view) when(l *letter.Letter) string {
	t, today := v.h.Words(), v.h.Session().Today()
	parts := []string{t.T("outbox.queued", "when", t.MomentShort(l.Queued, today))}
	if l.Attempts > 0 {
		parts = append(parts, t.N("outbox.attempts", l.Attempts))
	}
	switch {
	case !l.Ended.IsZero():
		parts = append(parts, t.T("outbox.ended", "when", t.MomentShort(l.Ended, today)))
	case l.State == letter.Retry && !l.Due.IsZero():
		parts = append(parts, t.T("outbox.due", "when", t.MomentShort(l.Due, today)))
	}
	if l.User.Name != "" {
		parts = append(parts, l.User.Name)
	}
	return strings.Join(parts, " · ")
}

// failure says what went wrong, and what to do about it.
func failure(t *locale.Printer, f *letter.Failure) string {
	text := t.Error(f)
	if f.Advice != "" {
		_, args := f.Message()
		text += "\n" + t.Text(f.Advice, args)
	}
	return text
}

// doubt explains a letter that the server may have, and how to find out.
func (v *view) doubt(l *letter.Letter) fyne.CanvasObject {
	t := v.h.Words().T
	id := widget.NewLabel(l.MessageID)
	id.Truncation = fyne.TextTruncateEllipsis
	id.Selectable = true
	take := input.NewIconButton(fynetheme.ContentCopyIcon(), t("outbox.copy_id"), func() {
		fyne.CurrentApp().Clipboard().SetContent(l.MessageID)
		v.h.Say(t("ui.copied"))
	}).Framed()
	return container.NewVBox(said(t("outbox.doubt"), widget.WarningImportance), container.NewBorder(nil, nil, widget.NewLabel("Message-ID:"), take, id))
}

// quiet is a line of less importance.
func quiet(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Importance = widget.LowImportance
	l.Wrapping = fyne.TextWrapWord
	return l
}

func said(text string, importance widget.Importance) *widget.Label {
	l := widget.NewLabel(text)
	l.Importance = importance
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	return l
}

// buttons are what can be done with the letter now.
func (v *view) buttons(x *opened) []fyne.CanvasObject {
	t := v.h.Words()
	var row []fyne.CanvasObject
	primary := false
	for _, a := range v.actions() {
		if a.WhyNot != "" {
			continue
		}
		b := input.NewButton(a.Label, a.Do)
		if a.Main && !primary {
			b.Primary()
			primary = true
		} else {
			b.Framed()
		}
		row = append(row, b)
	}
	if x.data != nil {
		row = append(row, input.NewButton(t.T("compose.save_eml"), func() { preview.SaveFile(v.h, outfile.Name(x.letter.Subject)+".eml", x.data) }).Framed())
	}
	for kind, of := range map[string]model.Ref{"proposal": x.letter.Proposal, "invoice": x.letter.Invoice} { // a letter has one of them
		if of.ID == 0 {
			continue
		}
		row = append(row, input.NewButton(t.Kind(kind)+" "+of.Code, func() { v.h.Open(screen.ToCard(kind, of.ID)) }).Framed())
		if x.letter.State == letter.Failed || x.letter.State == letter.Partly || x.letter.State == letter.Cancelled {
			row = append(row, input.NewButton(t.T("outbox.write_again"), func() { v.h.Open(compose.To(kind, of.ID)) }).Framed())
		}
	}
	return row
}

// actions are those of the letter, with the reason where one is refused.
func (v *view) actions() []screen.Action {
	if v.shown == nil {
		return nil
	}
	t := v.h.Words()
	var out []screen.Action
	for _, st := range v.shown.states {
		a := screen.Action{Label: t.Action("letter", st.Action.Name), Main: st.Action.Main, Do: func() { v.act(st.Action.Name) }}
		if len(st.Problems) > 0 {
			a.WhyNot = describe(t, st.Problems)
		}
		out = append(out, a)
	}
	return out
}

// main does the main action of the letter.
func (v *view) main() {
	for _, a := range v.actions() {
		if a.Main && a.WhyNot == "" {
			a.Do()
			return
		}
	}
}

// act does an action; what sends is delivered at once.
func (v *view) act(name string) {
	session, office, id, t := v.h.Session(), v.office, v.id, v.h.Words()
	v.h.Job(t.Action("letter", name), func(ctx context.Context, _ func(done, total int64)) error {
		if _, err := session.Do(ctx, "letter", id, name, nil); err != nil {
			return err
		}
		if name != "send_now" && name != "send_again" {
			return nil
		}
		_, err := office.Worker(session.User.ID).Send(ctx, id)
		return err
	}, func(err error) {
		if err != nil {
			v.h.Fail(err)
		}
		v.h.Saved("letter", id)
		if v.done != nil {
			v.done()
		}
		v.refresh()
	})
}

// recipients are who was to get the letter, and what their server said.
func (v *view) recipients(l *letter.Letter) {
	t, today := v.h.Words(), v.h.Session().Today()
	for i := range l.Recipients {
		r := &l.Recipients[i]
		name := widget.NewLabel(r.Address)
		name.Truncation = fyne.TextTruncateEllipsis
		name.Selectable = true
		stage := input.NewPill(t.Choice("letter.recipients", "stage", r.Stage), stageTone(r.Stage))
		at := ""
		if !r.At.IsZero() {
			at = t.MomentShort(r.At, today)
		}
		v.body.Add(container.NewBorder(nil, nil, nil, container.NewHBox(widget.NewLabel(at), stage), name))
		if reply := replyText(r); reply != "" {
			v.body.Add(quiet("  " + t.T("outbox.server_said", "reply", reply)))
		}
		if f := r.Failure(); f != nil && r.Stage != letter.Accepted && letter.Kept(f) != l.Why {
			v.body.Add(said("  "+failure(t, f), widget.DangerImportance))
		}
	}
}

// replyText is a server's answer as it gave it.
func replyText(r *letter.Recipient) string {
	var parts []string
	if r.Code != 0 {
		parts = append(parts, fmt.Sprint(r.Code))
	}
	for _, s := range []string{r.Enhanced, r.Reply} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func stageTone(stage string) fyne.ThemeColorName {
	switch stage {
	case letter.Accepted:
		return Tone(letter.Sent)
	case letter.Refused:
		return Tone(letter.Failed)
	case letter.Doubtful:
		return Tone(letter.Unconfirmed)
	case letter.Dropped:
		return Tone(letter.Cancelled)
	}
	return Tone(letter.Queued)
}

// paper is the letter as its reader sees it.
func (v *view) paper(x *opened) {
	t := v.h.Words()
	if x.broken != nil {
		v.body.Add(said(t.Error(x.broken), widget.DangerImportance))
		return
	}
	p := &x.parsed
	header := func(key, value string) {
		if value == "" {
			return
		}
		l := widget.NewLabel(value)
		l.Wrapping = fyne.TextWrapWord
		l.Selectable = true
		k := widget.NewLabel(t.T(key))
		k.Importance = widget.LowImportance
		v.body.Add(container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSize(80, k.MinSize().Height), k), nil, l))
	}
	header("outbox.from", addresses(p.From))
	header("compose.to", addresses(p.To))
	header("compose.cc", addresses(p.Cc))
	if !p.Date.IsZero() {
		header("outbox.date", t.Moment(p.Date))
	}
	for _, a := range p.Attachments {
		v.body.Add(container.NewHBox(input.NewIconButton(fynetheme.MailAttachmentIcon(), a.Name+"  "+t.Size(int64(len(a.Data))), func() { v.openAttachment(a) }).Framed()))
	}
	text := widget.NewLabel(strings.TrimRight(p.Text, "\n"))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	v.body.Add(text)
}

// openAttachment opens a file of the letter in the program that the system has
// for it; only kinds that are known to run nothing.
func (v *view) openAttachment(a message.Attachment) {
	if !harmless(a.Name) {
		preview.SaveFile(v.h, a.Name, a.Data)
		return
	}
	path, err := preview.OpenFile(a.Name, a.Data)
	if err != nil && path != "" {
		v.h.Say(v.h.Words().T("print.saved", "path", path))
		return
	}
	v.h.Fail(err)
}

// harmless reports whether a file only shows.
func harmless(name string) bool {
	name = strings.ToLower(name)
	for _, ext := range []string{".pdf", ".docx", ".xlsx", ".html", ".htm", ".txt", ".csv", ".png", ".jpg", ".jpeg"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

func addresses[T fmt.Stringer](list []T) string {
	var out []string
	for _, a := range list {
		out = append(out, a.String())
	}
	return strings.Join(out, ", ")
}
