// Package invoices is the card of an invoice: its head in three lines, its lines
// on the desk that all documents share, the terms and the totals below.
package invoices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document"
	"ugoda/ui/screen/form"
)

// New opens the card of an invoice.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.WithPage(h, a, func(s *form.Screen) form.Page { return newPage(s) })
}

// page lays an invoice out. Its lines are edited on the desk, as the one offer
// there.
type page struct {
	*document.Desk
	form  *form.Screen
	host  screen.Host
	words *locale.Printer

	head  *head
	of    *widget.Label // which part of an accepted offer it is
	whole *trade.Whole  // what the other invoices leave of that offer; nil: it is of none, or not read yet
}

var (
	_ form.Page        = (*page)(nil)
	_ screen.Commander = (*page)(nil)
	_ screen.Actor     = (*page)(nil)
)

func newPage(s *form.Screen) *page {
	p := &page{form: s, host: s.Host(), words: s.Host().Words(), of: widget.NewLabel("")}
	p.of.Truncation, p.of.Importance = fyne.TextTruncateEllipsis, widget.LowImportance
	p.Desk = document.New(s, p)
	p.head = newHead(p)
	p.addTerms()
	p.Lay(p.head.fields, p.of)
	return p
}

// rec is the record that is saved.
func (p *page) rec() *invoice.Invoice {
	r, _ := p.form.Record().(*invoice.Invoice)
	return r
}

// Fixed implements document.Owner.
func (p *page) Fixed() bool { return p.rec().Status != invoice.Draft }

// WhyFixed implements document.Owner.
func (p *page) WhyFixed() string { return p.words.T("problem.invoice_is_" + p.rec().Status) }

// Options implements document.Owner: what is billed is to be paid.
func (p *page) Options() bool { return false }

// Most implements document.Owner: no more is billed than is left.
func (p *page) Most(l *proposal.Line) (model.Qty, bool) {
	if l.Of == 0 || p.whole == nil {
		return 0, false
	}
	most, _ := p.whole.Left(l.Of)
	return most, true
}

// Turned implements document.Owner.
func (p *page) Turned() {}

// Counted implements document.Owner.
func (p *page) Counted() { p.sayOf() }

// Count implements document.Owner: lines of an accepted offer have their sums
// from there.
func (p *page) Count(doc *proposal.Proposal) error {
	s := &doc.Variants[0].Sheet
	if p.whole != nil {
		if err := p.whole.Fill(s, doc.VATMode); err != nil {
			return err
		}
	}
	return s.Count(doc.VATMode)
}

// Head implements form.Page.
func (p *page) Head() fyne.CanvasObject { return p.head.line() }

// Title implements form.Page.
func (p *page) Title() string {
	return p.TabOf("invoice.tab", &p.rec().Record, p.rec().Client, p.rec().Subject)
}

// Show implements form.Part: the record was read.
func (p *page) Show() {
	r := p.rec()
	p.whole = nil
	sheet := r.Sheet
	sheet.Lines = trade.CopyLines(sheet.Lines)
	other := p.Put(r.ID, &proposal.Proposal{
		Record: r.Record, VATMode: r.VATMode, Currency: r.Currency, Rate: r.Rate, Language: r.Language,
		Variants: []proposal.Variant{{Sheet: sheet}},
	})
	if other && r.ID == 0 && !r.Client.IsZero() {
		p.FollowClient(p.turnLanguage)
	}
	p.head.show()
	p.lock()
	p.readWhole()
}

// readWhole reads what the other invoices leave of the accepted offer.
func (p *page) readWhole() {
	session, id, of := p.host.Session(), p.rec().ID, p.rec().Proposal
	if of.IsZero() {
		return
	}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (*trade.Whole, error) {
		return session.Left(ctx, of.ID, id)
	}, func(w *trade.Whole) {
		if p.rec().ID == id {
			p.whole = w
			p.Refresh()
		}
	})
}

// lock lets what was billed be seen only, once the invoice was issued; and what
// the accepted offer says, always.
func (p *page) lock() {
	for _, f := range p.host.Session().Registry().Kind("invoice").Fields {
		if invoice.Offered(f.Name) {
			p.form.ReadOnly(p.Locked() || !p.rec().Proposal.IsZero() && invoice.AsAccepted(f.Name), f.Name)
		}
	}
	p.form.Banner(p.head.notice())
}

// Gather implements form.Part.
func (p *page) Gather() {
	if p.Counts() {
		r := p.rec()
		r.Sheet = p.Doc().Variants[0].Sheet
		r.Lines = trade.CopyLines(r.Lines)
	}
}

// Edited implements form.Page: a field of the head was edited.
func (p *page) Edited(field string) {
	switch field {
	case "language":
		p.turnLanguage()
	case "client":
		p.FollowClient(p.turnLanguage)
	case "deal":
		p.followDeal()
	}
	p.Reckon(field)
}

// Say implements form.Page.
func (p *page) Say(_ string, rec model.Keeper) string {
	r, ok := rec.(*invoice.Invoice)
	if !ok {
		return ""
	}
	return p.words.N("proposal.lines", int64(len(r.Lines))) + ", " + p.words.Amount(r.Total)
}

// Changed implements form.Page: another invoice of the same offer leaves less of
// it.
func (p *page) Changed(kinds map[string][]int64) {
	if kinds["invoice"] != nil || kinds["proposal"] != nil {
		p.readWhole()
	}
}

// Close implements form.Page.
func (p *page) Close() {}
