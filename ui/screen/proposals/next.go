package proposals

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/billing"
)

// accept records that the client takes a variant with some of its options, and
// offers what comes next.
func (a *acceptance) accept(variant int, options string) {
	answers := model.Answers{"variant": strconv.Itoa(variant + 1), "options": options}
	act.Run(a.ctx, a.host, "proposal", a.rec.ID, "accept", answers, func(e model.Effects) {
		a.done()
		act.Follow(a.host, e)
		a.offerNext()
	})
}

// next is what can follow when the client has accepted: its deal is won, and it
// is billed.
type next struct {
	deal *deal.Deal // in work still; nil: none
	bill bool
}

// offerNext asks what follows an acceptance, where there is anything to ask.
func (a *acceptance) offerNext() {
	session, id, ref := a.host.Session(), a.rec.ID, a.rec.Deal
	screen.Read(a.ctx, a.host, func(ctx context.Context) (next, error) {
		var n next
		if !ref.IsZero() && session.MayWrite("deal") {
			rec, err := session.Get(ctx, "deal", ref.ID)
			if err != nil {
				return n, err
			}
			if d, _ := rec.(*deal.Deal); d.State == deal.Open || d.State == deal.Hold {
				n.deal = d
			}
		}
		rec, err := session.Get(ctx, "proposal", id)
		if err != nil || !session.MayWrite("invoice") {
			return n, err
		}
		states, err := session.May(ctx, "proposal", rec)
		n.bill = slices.ContainsFunc(states, func(a store.ActionState) bool { return a.Action.Name == "bill" && len(a.Problems) == 0 })
		return n, err
	}, func(n next) {
		if n.deal != nil || n.bill {
			a.askNext(n)
		}
	})
}

// askNext offers it in one box: Enter does all of it.
func (a *acceptance) askNext(n next) {
	t := a.words
	win, bill := input.NewCheck("", nil), input.NewCheck(t.Action("proposal", "bill"), nil)
	said := widget.NewLabel(t.T("proposal.accepted"))
	said.Wrapping = fyne.TextWrapWord
	content := container.NewVBox(said)
	if n.deal != nil {
		win.SetText(t.T("proposal.win", "deal", screen.RefText(n.deal.Ref()), "amount", t.Money(n.deal.Amount)))
		win.SetChecked(true)
		content.Add(win)
	}
	if n.bill {
		bill.SetChecked(true)
		content.Add(bill)
	}
	focus := fyne.Focusable(win)
	if n.deal == nil {
		focus = bill
	}
	a.host.Dialog(&screen.Dialog{
		Title: t.T("proposal.next"), Size: fyne.NewSize(560, 0), Content: content, Focus: focus,
		Buttons: []screen.Button{{Label: t.T("button.close")}, {Label: t.T("button.next"), Primary: true, Do: func() { a.goOn(n, win.Checked, bill.Checked) }}},
	})
}

// goOn wins the deal, then bills.
func (a *acceptance) goOn(n next, win, bill bool) {
	billed := func() {
		if bill {
			billing.Open(a.ctx, a.host, a.rec.ID, a.done)
		}
	}
	if !win {
		billed()
		return
	}
	act.AskAndRun(a.ctx, a.host, "deal", n.deal.ID, "win", nil, func() {
		a.done()
		billed()
	})
}
