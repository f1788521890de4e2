// Package decide is the box in which a proposal that waits for approval is
// answered: why it is asked, the figures to decide by, and what changed since it
// was approved or sent last.
package decide

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/service/approvals"
	diff "ugoda/service/versions"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/versions"
	"ugoda/ui/theme"
)

// Open reads what is asked about a proposal and shows the box; done is called
// when it was answered, or is not asked any more.
func Open(ctx context.Context, h screen.Host, id int64, done func()) {
	open(ctx, h, id, "", done)
}

// open is Open with what was said already.
func open(ctx context.Context, h screen.Host, id int64, said string, done func()) {
	session := h.Session()
	type found struct {
		asked approvals.Asked
		ok    bool
	}
	screen.Read(ctx, h, func(ctx context.Context) (f found, err error) {
		f.asked, f.ok, err = approvals.Of(ctx, session, id)
		return f, err
	}, func(f found) {
		if !f.ok {
			h.Say(h.Words().T("approvals.none"))
			done()
			return
		}
		b := newBox(ctx, h, f.asked, done)
		b.comment.SetText(said)
		b.show()
	})
}

type box struct {
	ctx     context.Context
	host    screen.Host
	asked   approvals.Asked
	done    func()
	comment *input.Entry
	lines   *versions.Lines
	dialog  *screen.Dialog
}

func newBox(ctx context.Context, h screen.Host, a approvals.Asked, done func()) *box {
	return &box{ctx: ctx, host: h, asked: a, done: done, comment: input.NewEntry()}
}

func (b *box) show() {
	t, p := b.host.Words(), b.asked.Proposal
	b.comment.SetPlaceHolder(t.T("approvals.comment"))
	title := p.Number + " · " + p.Client.Name
	if p.Subject != "" {
		title += " · " + p.Subject
	}
	b.dialog = &screen.Dialog{Title: title, Size: fyne.NewSize(theme.Scaled(940), theme.Scaled(540)), Content: b.content(), Focus: b.comment}
	// A word typed and Enter pressed by habit approves nothing: Ctrl+Enter does.
	b.dialog.Key = func(k *fyne.KeyEvent) bool { return k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter }
	b.dialog.Buttons = []screen.Button{
		{Label: t.T("button.cancel")},
		{Label: t.T("approvals.open"), Do: func() { b.host.Open(screen.ToCard("proposal", p.ID)) }},
		{Label: t.Action("proposal", "delegate") + "…", Do: b.delegate},
		{Label: t.Action("proposal", "return"), Stays: true, Do: b.giveBack},
		{Label: t.Action("proposal", "approve"), Primary: true, Stays: true, Do: func() { b.answer("approve", b.said()) }},
	}
	b.host.Dialog(b.dialog)
}

func (b *box) said() model.Answers {
	if text := strings.TrimSpace(b.comment.Text); text != "" {
		return model.Answers{"comment": text}
	}
	return model.Answers{}
}

// giveBack returns the proposal, which wants a word on why.
func (b *box) giveBack() {
	a := b.said()
	if len(a) == 0 {
		b.comment.SetProblem(b.host.Words().T("approvals.say_why"))
		b.host.Canvas().Focus(b.comment)
		return
	}
	b.answer("return", a)
}

func (b *box) delegate() {
	p := b.asked.Proposal
	act.AskAndRunSeen(b.ctx, b.host, "proposal", p.ID, p.Version, "delegate", b.said(), func() {
		b.host.Say(b.host.Words().T("approvals.done.delegate", "number", p.Number))
		b.done()
	})
}

func (b *box) answer(action string, a model.Answers) {
	p := b.asked.Proposal
	act.TrySeen(b.ctx, b.host, "proposal", p.ID, p.Version, action, a, func(_ model.Effects, err error) {
		var refused model.Problems
		if errors.As(err, &refused) && refused[0].Key == "changed_since_seen" { // it is shown as it is now
			b.dialog.Close()
			open(b.ctx, b.host, p.ID, b.comment.Text, b.done)
			b.host.Say(b.host.Words().Error(err))
			return
		}
		if err != nil {
			b.host.Fail(err)
			return
		}
		b.dialog.Close()
		b.host.Say(b.host.Words().T("approvals.done."+action, "number", p.Number))
		b.done()
	})
}

// content is why it is asked, the figures, and the difference.
func (b *box) content() fyne.CanvasObject {
	t, a := b.host.Words(), &b.asked
	why := container.New(layout.NewFormLayout())
	line := func(label, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		l := widget.NewLabel(label)
		l.Importance = widget.LowImportance
		v := widget.NewLabel(text)
		v.Truncation = fyne.TextTruncateEllipsis
		why.Add(l)
		why.Add(v)
	}
	line(t.Field("approval", "rule"), a.Rule())
	line(t.Field("approval", "passed_by"), strings.TrimPrefix(a.By.Name+" · "+t.MomentShort(a.Since, b.host.Session().Today()), " · "))
	line(t.Field("approval", "words"), a.Words)
	if !a.Mine {
		line(t.Field("approval", "approver"), whom(t.T("approvals.anybody"), t.Role(model.Role(a.Role)), a.Approver, a.Role))
	}
	top := container.NewVBox(why, b.figures())
	note := widget.NewLabel(t.T("approvals.first_long"))
	note.Importance, note.Truncation = widget.LowImportance, fyne.TextTruncateEllipsis
	kind := b.host.Session().Registry().Kind("proposal")
	c := &diff.Comparison{Proposal: a.Proposal, Comparison: a.Changes, New: diff.Side{Label: t.T("versions.now", "no", max(a.Proposal.Revision, 1))}}
	if a.Before != nil {
		c.Old.Label = t.T("versions.revision", "no", a.Before.No)
		note.SetText(t.T("approvals.since", "no", a.Before.No, "what", t.Choice("revision", "reason", a.Before.Reason), "counts", versions.Counts(t, &a.Changes)))
	} else {
		c.Comparison = proposal.Compare(kind, a.Proposal, a.Proposal) // what is offered, line by line
	}
	b.lines = versions.NewLines(t)
	b.lines.Plain = a.Before == nil
	if err := b.lines.Show(b.ctx, c.Table(t, kind, a.Before == nil)); err != nil {
		b.host.Fail(err)
	}
	b.lines.Grid.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool { return mod == 0 && b.dialog.Typed(k) }
	return container.NewBorder(container.NewVBox(top, note), b.comment, nil, nil, b.lines.Grid)
}

// whom says of whom it is asked.
func whom(anybody, role string, who model.Ref, of string) string {
	if who.Name != "" {
		return who.Name
	}
	if of == "" {
		return ""
	}
	return anybody + " " + role
}

// figures are what to decide by, each with what it was when it was approved last.
func (b *box) figures() fyne.CanvasObject {
	t, p := b.host.Words(), b.asked.Proposal
	row := container.NewHBox()
	add := func(label, value string, bad bool) {
		l := widget.NewLabel(label)
		l.Importance = widget.LowImportance
		v := widget.NewLabelWithStyle(value, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		if bad {
			v.Importance = widget.WarningImportance
		}
		row.Add(container.New(layout.NewCustomPaddedHBoxLayout(-theme.Scaled(2)), l, v))
	}
	percent := func(of func(f *proposal.Figures) model.Percent) string {
		now := t.Percent(of(&p.Figures))
		if b.asked.Was == nil || of(&b.asked.Was.Figures) == of(&p.Figures) {
			return now
		}
		return t.Percent(of(&b.asked.Was.Figures)) + " → " + now
	}
	add(t.Field("proposal", "amount"), t.Money(p.Amount), false)
	if most := p.Most(); most != p.Amount { // with another variant, or with options
		add(t.T("approvals.most"), t.Money(most), false)
	}
	add(t.T("approvals.discount"), percent(func(f *proposal.Figures) model.Percent { return f.DiscountShare }), false)
	if p.Figures.TopDiscount != p.Figures.DiscountShare {
		add(t.T("approvals.top"), percent(func(f *proposal.Figures) model.Percent { return f.TopDiscount }), false)
	}
	if f := b.host.Session().Registry().Kind("proposal").Field("margin_share"); b.host.Session().Sees(f) {
		add(t.T("approvals.margin"), percent(func(f *proposal.Figures) model.Percent { return f.MarginShare }), p.Figures.MarginShare < 0)
	}
	if p.Figures.BelowFloor > 0 {
		add(t.Field("proposal", "below_floor"), t.Int(p.Figures.BelowFloor), true)
	}
	if !p.Figures.Standard {
		add(t.Field("proposal", "payment_terms"), t.T("approvals.own_terms"), true)
	}
	if rank := p.Importance; rank == proposal.Importances[3] || rank == proposal.Importances[2] {
		add(t.Field("proposal", "importance"), t.Choice("proposal", "importance", rank), rank == proposal.Importances[3])
	}
	return container.NewHScroll(row)
}
