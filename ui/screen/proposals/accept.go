package proposals

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// Accept asks what the client takes of a proposal, records it and offers what
// comes next; done comes whenever something was saved.
func Accept(ctx context.Context, h screen.Host, id int64, done func()) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) (*proposal.Proposal, error) {
		rec, err := session.Get(ctx, "proposal", id)
		if err != nil {
			return nil, err
		}
		p, _ := rec.(*proposal.Proposal)
		return p, nil
	}, func(p *proposal.Proposal) {
		newAcceptance(ctx, h, p, done).ask()
	})
}

// acceptance is the box that asks which variant the client takes, and which of
// its options, with what that comes to.
type acceptance struct {
	ctx     context.Context
	host    screen.Host
	words   *locale.Printer
	rec     *proposal.Proposal // as it is saved
	done    func()
	which   *input.Choice
	options *fyne.Container
	total   *widget.Label
	checks  []*input.Check
}

func newAcceptance(ctx context.Context, h screen.Host, rec *proposal.Proposal, done func()) *acceptance {
	return &acceptance{ctx: ctx, host: h, words: h.Words(), rec: rec, done: done}
}

// ask asks what the client takes where there is something to choose.
func (a *acceptance) ask() {
	all := a.rec.Variants
	if len(all) < 2 && (len(all) == 0 || len(all[0].Options()) == 0) {
		a.accept(0, "")
		return
	}
	a.open()
}

func (a *acceptance) open() {
	t, all := a.words, a.rec.Variants
	a.options, a.total = container.NewVBox(), widget.NewLabel("")
	a.total.TextStyle.Bold = true
	var choices []input.Option
	usual := a.rec.Offer()
	at := 0
	for i := range all {
		if usual == &all[i] {
			at = i
		}
		total := model.Money{Minor: all[i].Total, Currency: a.rec.Currency}
		choices = append(choices, input.Option{Key: strconv.Itoa(i), Text: nameOf(t, all, i) + " · " + t.Money(total)})
	}
	a.which = input.NewChoice(choices)
	a.which.Set(strconv.Itoa(at))
	a.which.OnChange = a.show
	content := container.NewVBox(a.which, a.options, a.total)
	focus := fyne.Focusable(a.which)
	a.show()
	if len(all) < 2 {
		a.which.Hide()
		focus = a.checks[0]
	}
	a.host.Dialog(&screen.Dialog{
		Title: t.T("proposal.accept_which"), Size: fyne.NewSize(480, 0), Content: content, Focus: focus,
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.Action("proposal", "accept"), Primary: true, Do: func() { a.accept(a.variant(), a.taken()) }}},
	})
}

func (a *acceptance) variant() int {
	i, err := strconv.Atoi(a.which.Value())
	if err != nil {
		return 0
	}
	return i
}

// taken are the numbers of the options that are checked.
func (a *acceptance) taken() string {
	var out []string
	for i, c := range a.checks {
		if c.Checked {
			out = append(out, strconv.Itoa(i+1))
		}
	}
	return strings.Join(out, ",")
}

// show offers the options of the variant that is chosen.
func (a *acceptance) show() {
	v, w := &a.rec.Variants[a.variant()], a.words
	a.checks = nil
	a.options.RemoveAll()
	for _, i := range v.Options() {
		l := &v.Lines[i]
		c := input.NewCheck(cmp.Or(l.Text, l.Product.Name)+" · +"+w.Amount(l.Total), func(bool) { a.sum() })
		a.checks = append(a.checks, c)
		a.options.Add(c)
	}
	a.options.Refresh()
	a.sum()
}

// sum tells what the client would pay.
func (a *acceptance) sum() {
	made := proposal.Proposal{VATMode: a.rec.VATMode, Currency: a.rec.Currency, Variants: proposal.CopyVariants(a.rec.Variants[a.variant() : a.variant()+1])}
	v := &made.Variants[0]
	for n, i := range v.Options() {
		v.Lines[i].Taken = a.checks[n].Checked
	}
	if err := made.Count(); err != nil {
		a.host.Fail(err)
		return
	}
	a.total.SetText(a.words.T("proposal.accept_total", "total", model.Money{Minor: v.Total, Currency: made.Currency}))
}
