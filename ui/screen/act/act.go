// Package act carries out the actions of records from the window: it asks what
// an action asks, and follows up what comes of it.
package act

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Ask asks what an action asks in a small box, filled with what is known (a
// client or a process that is known narrows what is offered of them), and
// hands over the answers. An action that asks nothing goes on at once.
func Ask(h screen.Host, kind string, a *model.Action, known model.Answers, then func(model.Answers)) {
	AskUntil(h, kind, a, known, func(answers model.Answers, done func(error)) {
		done(nil)
		then(answers)
	})
}

// AskUntil is Ask for what may be refused: do tells by done what became of it,
// and a refusal stands in the box, beside what it is about, until it is mended
// or given up.
func AskUntil(h screen.Host, kind string, a *model.Action, known model.Answers, do func(answers model.Answers, done func(error))) {
	if len(a.Asks) == 0 {
		do(model.Answers{}, h.Fail)
		return
	}
	newBox(h, kind, a, known, do).show()
}

// box asks the questions of an action.
type box struct {
	host    screen.Host
	action  *model.Action
	editors []*field.Editor
	note    *widget.Label
	dialog  *screen.Dialog
	do      func(answers model.Answers, done func(error))
	busy    bool
}

func newBox(h screen.Host, kind string, a *model.Action, known model.Answers, do func(model.Answers, func(error))) *box {
	t := h.Words()
	b := &box{host: h, action: a, editors: make([]*field.Editor, len(a.Asks)), note: widget.NewLabel(""), do: do}
	for i, ask := range a.Asks {
		b.editors[i] = field.New(h, kind, asked(h, kind, ask))
		if to := h.Session().Registry().Kind(ask.To); to != nil {
			b.editors[i].Narrow = func() filter.Node { return within(to, kind, known) }
		}
		if v, ok := known[ask.Name]; ok {
			b.editors[i].Set(v)
		}
	}
	b.note.Importance, b.note.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	b.note.Hide()
	b.dialog = &screen.Dialog{Title: t.Action(kind, a.Name), Content: container.NewVBox(lay(t, kind, a, b.editors), b.note), Size: fyne.NewSize(460, 0), Focus: b.editors[0].Focus, OwnKeys: true}
	yes := t.Action(kind, a.Name)
	if a.Name == "follow" { // what it does has been done
		yes = t.T("button.save")
	}
	b.dialog.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: yes, Primary: true, Stays: true, Do: b.answer}}
	for _, e := range b.editors {
		e.SetKeys(b.dialog.Typed)
	}
	return b
}

// within is the condition that what is asked belongs where the record does, and
// to the record itself where it is of one: the revisions of this proposal.
func within(to *model.Kind, kind string, known model.Answers) filter.Node {
	belongs := field.Within(to, func(name string) model.Ref { return known.Ref(name) })
	f, own := to.Field(kind), known.Ref(kind)
	if f == nil || f.To != kind || own.ID == 0 {
		return belongs
	}
	of := filter.Cond{Path: kind, Op: filter.Eq, Values: []filter.Value{filter.ID(own.ID)}}
	if belongs == nil {
		return of
	}
	return filter.And{belongs, of}
}

func (b *box) show() { b.host.Dialog(b.dialog) }

// answer reads the answers and hands them over.
func (b *box) answer() {
	if b.busy {
		return
	}
	answers := model.Answers{}
	for i, ask := range b.action.Asks {
		e := b.editors[i]
		if !e.Commit() {
			b.say(e.Problem())
			b.host.Canvas().Focus(e.Focus)
			return
		}
		v := e.Value()
		if ask.Required && field.Empty(v) {
			e.SetProblem(b.host.Words().T("form.required"))
			b.say(e.Problem())
			b.host.Canvas().Focus(e.Focus)
			return
		}
		if !field.Empty(v) {
			answers[ask.Name] = v
		}
	}
	b.busy = true
	b.do(answers, b.done)
}

// done closes the box, or says in it what was refused.
func (b *box) done(err error) {
	b.busy = false
	var problems model.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		b.dialog.Close()
		b.host.Fail(err)
		return
	}
	if !b.dialog.Open() { // it was given up meanwhile
		b.host.Fail(err)
		return
	}
	t := b.host.Words()
	for _, e := range b.editors {
		e.SetProblem("")
	}
	var lines []string
	var first *field.Editor
	for _, p := range problems {
		lines = append(lines, t.Problem(p))
		if e := b.about(p.Field); e != nil {
			e.SetProblem(t.Problem(p))
			if first == nil {
				first = e
			}
		}
	}
	b.say(strings.Join(lines, "\n"))
	if first != nil {
		b.host.Canvas().Focus(first.Focus)
	}
}

// say writes what is wrong under the questions; the question itself is framed.
func (b *box) say(text string) {
	b.note.SetText(text)
	if text == "" {
		b.note.Hide()
		return
	}
	b.note.Show()
}

// about is the question that a problem of a field is about: the one of its
// name, or of the end of it, as "words" asks for "loss_words".
func (b *box) about(name string) *field.Editor {
	for i, ask := range b.action.Asks {
		if name != "" && (name == ask.Name || strings.HasSuffix(name, "_"+ask.Name)) {
			return b.editors[i]
		}
	}
	return nil
}

// asked is a question as a field: the kind's own one of the same name, or one
// made from what the question says.
func asked(h screen.Host, kind string, a model.Ask) *model.Field {
	f := &model.Field{Name: a.Name, Type: a.Type, To: a.To, Values: a.Values, Format: a.Format, Required: a.Required}
	if k := h.Session().Registry().Kind(kind); k != nil {
		if own := k.Field(a.Name); own != nil && own.Type == a.Type {
			if f.Format == "" {
				f.Format = own.Format
			}
			if len(f.Values) == 0 {
				f.Values = own.Values
			}
		}
	}
	return f
}

// Follow opens what an action leads to.
func Follow(h screen.Host, e model.Effects) {
	if e.OpenKind == "" {
		return
	}
	if e.Open.ID != 0 {
		h.Open(screen.ToCard(e.OpenKind, e.Open.ID))
		return
	}
	for _, c := range e.Create {
		if c.Kind == e.OpenKind && c.Record != nil {
			h.Open(screen.ToCard(c.Kind, c.Record.Base().ID))
			return
		}
	}
	h.Open(screen.ToNew(e.OpenKind, e.Prefill))
}

// Refusals lists the records that a bulk change left alone: each sort of reason
// with how many it concerns, and these below it.
func Refusals(h screen.Host, kind string, failures []store.Failure) {
	if len(failures) == 0 {
		return
	}
	t := h.Words()
	type line struct {
		text string
		id   int64 // 0: it says why those below were refused
	}
	var lines []line
	for _, r := range store.Reasons(failures, t.Error) {
		lines = append(lines, line{text: t.N("list.refused_for", int64(len(r.Of)), "why", strings.ReplaceAll(r.Text, "\n", " "))})
		for _, x := range r.Of {
			lines = append(lines, line{screen.RefText(x.Ref), x.ID})
		}
	}
	list := widget.NewList(func() int { return len(lines) }, func() fyne.CanvasObject {
		l := widget.NewLabel("")
		l.Truncation = fyne.TextTruncateEllipsis
		return l
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		l := o.(*widget.Label)
		l.TextStyle.Bold = lines[i].id == 0
		l.SetText(lines[i].text)
	})
	list.OnSelected = func(i int) {
		if lines[i].id != 0 {
			h.Open(screen.ToCard(kind, lines[i].id))
		}
	}
	h.Dialog(&screen.Dialog{
		Title: t.N("list.refused", int64(len(failures))), Content: list, Size: fyne.NewSize(720, 380),
		Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
	})
}
