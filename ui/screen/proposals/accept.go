package proposals

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// acceptance is the box that asks which variant the client takes, and which of
// its options, with what that comes to.
type acceptance struct {
	p       *page
	which   *input.Choice
	options *fyne.Container
	total   *widget.Label
	checks  []*input.Check
}

// askAccept asks what the client takes where there is something to choose.
func (p *page) askAccept() {
	all := p.rec().Variants
	if len(all) < 2 && (len(all) == 0 || len(all[0].Options()) == 0) {
		p.accept(0, "")
		return
	}
	(&acceptance{p: p}).open()
}

func (a *acceptance) open() {
	p, t, all := a.p, a.p.words, a.p.rec().Variants
	a.options, a.total = container.NewVBox(), widget.NewLabel("")
	a.total.TextStyle.Bold = true
	var choices []input.Option
	for i := range all {
		choices = append(choices, input.Option{Key: strconv.Itoa(i), Text: p.variantName(i) + " · " + t.Money(p.Money(all[i].Total))})
	}
	a.which = input.NewChoice(choices)
	a.which.Set(strconv.Itoa(p.Offer()))
	a.which.OnChange = a.show
	content := container.NewVBox(a.which, a.options, a.total)
	focus := fyne.Focusable(a.which)
	a.show()
	if len(all) < 2 {
		a.which.Hide()
		focus = a.checks[0]
	}
	p.host.Dialog(&screen.Dialog{
		Title: t.T("proposal.accept_which"), Size: fyne.NewSize(480, 0), Content: content, Focus: focus,
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.Action("proposal", "accept"), Primary: true, Do: func() { p.accept(a.variant(), a.taken()) }}},
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
	v, w := &a.p.rec().Variants[a.variant()], a.p.words
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
	p := a.p
	made := proposal.Proposal{VATMode: p.rec().VATMode, Currency: p.rec().Currency, Variants: proposal.CopyVariants(p.rec().Variants[a.variant() : a.variant()+1])}
	v := &made.Variants[0]
	for n, i := range v.Options() {
		v.Lines[i].Taken = a.checks[n].Checked
	}
	if err := made.Count(); err != nil {
		p.host.Fail(err)
		return
	}
	a.total.SetText(p.words.T("proposal.accept_total", "total", model.Money{Minor: v.Total, Currency: made.Currency}))
}
