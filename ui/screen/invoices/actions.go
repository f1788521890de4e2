package invoices

import (
	"ugoda/model/invoice"
	"ugoda/ui/screen"
)

// Main implements form.Page: a draft is issued, which the description says; what
// was issued goes to the client.
func (p *page) Main() *screen.Action {
	if p.form.HasMain() || p.rec().Status != invoice.Issued {
		return nil
	}
	if p.host.Services().Mail != nil {
		return &screen.Action{Label: p.words.T("button.send"), Main: true, Do: p.form.Mail}
	}
	return &screen.Action{Label: p.words.T("button.print"), Main: true, Do: func() { p.form.Do(screen.Print) }}
}

// Buttons implements form.Page: cancelling and the like stand in the menu.
func (p *page) Buttons() []string { return []string{} }

// Act implements form.Page: the form does what an action asks.
func (p *page) Act(string) bool { return false }
