package proposals

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
)

// Main implements form.Page: what the proposal waits for.
func (p *page) Main() *screen.Action {
	r, t := p.rec(), p.words
	if p.form.HasMain() { // an action of the description comes first
		return nil
	}
	do := func(name string) *screen.Action {
		if !p.form.May(name) {
			return nil
		}
		return &screen.Action{Label: t.Action("proposal", name), Main: true, Do: func() { p.form.Act(name) }}
	}
	switch r.Status {
	case proposal.Draft, proposal.Approved:
		if !p.form.May("sent") {
			return nil
		}
		if p.host.Services().Mail != nil {
			return &screen.Action{Label: t.T("button.send"), Main: true, Do: p.form.Mail}
		}
		return do("sent")
	case proposal.Awaiting:
		return do("approve")
	case proposal.Sent, proposal.Expired:
		return do("accept")
	case proposal.Declined, proposal.Cancelled:
		return do("reopen")
	}
	return nil
}

// Buttons implements form.Page.
func (p *page) Buttons() []string {
	switch p.rec().Status {
	case proposal.Awaiting:
		return []string{"return", "recall"}
	case proposal.Sent:
		return []string{"decline"}
	}
	return []string{}
}

// Act implements form.Page: of several variants, which one was accepted is
// chosen with their totals in sight.
func (p *page) Act(action string) bool {
	if action != "accept" || len(p.rec().Variants) < 2 {
		return false
	}
	t := p.words
	var options []string
	for i := range p.doc.Variants {
		options = append(options, p.variantName(i)+" · "+t.Money(p.money(p.doc.Variants[i].Total)))
	}
	which := widget.NewRadioGroup(options, nil)
	which.Required = true
	which.SetSelected(options[p.offer()])
	accept := func() {
		for i, o := range options {
			if o == which.Selected {
				answers := model.Answers{"variant": strconv.Itoa(i + 1)}
				act.Run(p.form.Context(), p.host, "proposal", p.rec().ID, "accept", answers, func(e model.Effects) {
					p.form.Reload()
					act.Follow(p.host, e)
				})
				return
			}
		}
	}
	p.host.Dialog(&screen.Dialog{
		Title: t.T("proposal.accept_which"), Size: fyne.NewSize(420, 0), Content: container.NewVBox(which),
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.Action("proposal", "accept"), Primary: true, Do: accept}},
	})
	return true
}
