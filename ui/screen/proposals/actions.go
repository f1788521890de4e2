package proposals

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/billing"
	"ugoda/ui/screen/versions"
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
	case proposal.Accepted:
		return do("bill")
	case proposal.Declined, proposal.Cancelled:
		return do("reopen")
	}
	return nil
}

// Buttons implements form.Page.
func (p *page) Buttons() []string {
	switch p.rec().Status {
	case proposal.Draft: // of who may answer all that is asked himself
		return []string{"approve"}
	case proposal.Awaiting:
		return []string{"return", "recall"}
	case proposal.Sent:
		return []string{"decline"}
	}
	return []string{}
}

// Act implements form.Page: of several variants, which one was accepted is
// chosen with their totals in sight; the deal may be won then. What one may
// approve himself asks no more.
func (p *page) Act(action string) bool {
	switch action {
	case "sent":
		act.MarkSent(p.form.Context(), p.host, p.rec().ID, p.form.Reload)
		return true
	case "bill": // as the whole, or in part
		billing.Open(p.form.Context(), p.host, p.rec().ID, p.form.Reload)
		return true
	case "accept":
		newAcceptance(p.form.Context(), p.host, p.rec(), p.form.Reload).ask()
		return true
	case "approve":
		if p.rec().Status != proposal.Draft {
			return false
		}
		// one's own is approved in one click: there is nobody to explain it to
		act.Run(p.form.Context(), p.host, "proposal", p.rec().ID, "approve", nil, func(model.Effects) {
			p.host.Say(p.words.T("approvals.done.approve", "number", p.rec().Number))
			p.form.Reload()
		})
		return true
	}
	return false
}

// Actions implements screen.Actor: what has keys of its own.
func (p *page) Actions() []screen.Action {
	t := p.words.T
	why := ""
	if p.Fixed() {
		why = p.WhyFixed()
	}
	keys := func(k fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
	}
	out := append(p.Desk.Actions(), screen.Action{Label: t("proposal.variant_copy", "name", p.variantName(p.At())), Do: func() { p.addVariant(p.At()) }, WhyNot: why, Keys: keys(fyne.KeyInsert)})
	if r := p.rec(); r.ID != 0 && (r.Kept > 1 || r.Kept > 0 && r.Revision != r.Kept || len(r.Variants) > 1) {
		out = append(out, screen.Action{Label: t("versions.compare") + "…", Do: func() { p.host.Open(screen.Address{Screen: versions.Screen, Kind: "proposal", ID: r.ID}) }})
	}
	if len(p.rec().Variants) > 1 {
		out = append(out, screen.Action{Label: t("versions.beside"), Do: p.layBeside})
	}
	if len(p.Doc().Variants) > 1 {
		out = append(out, screen.Action{Label: t("proposal.variant_next"), Do: func() { p.turn(1) }, Keys: keys(fyne.KeyPageDown)},
			screen.Action{Label: t("proposal.variant_previous"), Do: func() { p.turn(-1) }, Keys: keys(fyne.KeyPageUp)})
	}
	return out
}
