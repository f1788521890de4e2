// Package proposals is the card of a proposal: its head in three lines, its
// variants as tabs, their lines on the desk that all documents share, the terms
// and the totals below.
package proposals

import (
	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document"
	"ugoda/ui/screen/form"
)

// New opens the card of a proposal.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.WithPage(h, a, func(s *form.Screen) form.Page { return newPage(s) })
}

// page lays a proposal out. Its variants are edited on the desk.
type page struct {
	*document.Desk
	form  *form.Screen
	host  screen.Host
	words *locale.Printer

	tabs   *tabs
	head   *head
	notes  *notes
	billed int64 // the accepted proposal whose invoices were brought to the front
}

var (
	_ form.Page        = (*page)(nil)
	_ screen.Commander = (*page)(nil)
	_ screen.Actor     = (*page)(nil)
)

func newPage(s *form.Screen) *page {
	p := &page{form: s, host: s.Host(), words: s.Host().Words()}
	p.Desk = document.New(s, p)
	p.tabs = newTabs(p)
	p.head = newHead(p)
	p.notes = newNotes(p)
	p.Lay(p.head.fields, p.tabs)
	return p
}

// rec is the record that is saved.
func (p *page) rec() *proposal.Proposal {
	r, _ := p.form.Record().(*proposal.Proposal)
	return r
}

// variant is the one in front.
func (p *page) variant() *proposal.Variant { return &p.Doc().Variants[p.At()] }

// Fixed implements document.Owner.
func (p *page) Fixed() bool { return p.rec().Fixed() }

// WhyFixed implements document.Owner.
func (p *page) WhyFixed() string { return p.words.T("problem.proposal_is_" + p.rec().Status) }

// Options implements document.Owner.
func (p *page) Options() bool { return true }

// Most implements document.Owner: anything may be offered.
func (p *page) Most(*proposal.Line) (model.Qty, bool) { return 0, false }

// Turned implements document.Owner.
func (p *page) Turned() { p.notes.show() }

// Count implements document.Owner.
func (p *page) Count(doc *proposal.Proposal) error { return doc.Count() }

// Counted implements document.Owner.
func (p *page) Counted() { p.tabs.Refresh() }

// Head implements form.Page.
func (p *page) Head() fyne.CanvasObject { return p.head.line() }

// Title implements form.Page.
func (p *page) Title() string {
	return p.TabOf("proposal.tab", &p.rec().Record, p.rec().Client, p.rec().Subject)
}

// Show implements form.Part: the record was read.
func (p *page) Show() {
	r := p.rec()
	other := p.Put(r.ID, &proposal.Proposal{
		Record: r.Record, VATMode: r.VATMode, Currency: r.Currency, Rate: r.Rate, Status: r.Status, Language: r.Language,
		Variants: p.asked(proposal.CopyVariants(r.Variants)),
	})
	if other && r.ID == 0 && !r.Client.IsZero() {
		p.FollowClient(p.head.turnLanguage)
	}
	p.lock()
	if r.Status == proposal.Accepted && p.billed != r.ID {
		p.billed = r.ID
		p.Terms().Related().Prefer("invoice", "proposal")
	}
}

// lock lets what was offered be seen only, once it was sent.
func (p *page) lock() {
	for _, f := range p.host.Session().Registry().Kind("proposal").Fields {
		if proposal.Offered(f.Name) {
			p.form.ReadOnly(p.Locked(), f.Name)
		}
	}
	p.form.Banner(p.head.notice())
	if then := p.head.then; then != nil {
		then()
	}
}

// Gather implements form.Part.
func (p *page) Gather() {
	if p.Counts() {
		p.rec().Variants = proposal.CopyVariants(p.Doc().Variants)
	}
}

// Edited implements form.Page: a field of the head was edited.
func (p *page) Edited(field string) {
	switch field {
	case "language", "deal", "client":
		p.head.edited(field)
	}
	p.Reckon(field)
}

// Say implements form.Page.
func (p *page) Say(_ string, rec model.Keeper) string {
	r, ok := rec.(*proposal.Proposal)
	if !ok {
		return ""
	}
	lines := 0
	for _, v := range r.Variants {
		lines += len(v.Lines)
	}
	text := p.words.N("proposal.variants", int64(len(r.Variants))) + ", " + p.words.N("proposal.lines", int64(lines))
	if o := r.Offer(); o != nil {
		text += ", " + p.words.Amount(o.Total)
	}
	return text
}

// Changed implements form.Page.
func (p *page) Changed(map[string][]int64) {}

// Close implements form.Page.
func (p *page) Close() {}
