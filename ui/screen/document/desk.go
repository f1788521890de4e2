// Package document is the desk on which the lines of a document are edited, be it
// a proposal or an invoice: the lines as a spreadsheet with what fills them
// (picker, paste, earlier documents, prices), what takes them back, the totals
// and the texts below, and what a print lacks.
package document

import (
	"errors"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/lines"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
)

// Owner is the page that a desk stands on.
type Owner interface {
	// Fixed reports that the record is past the point where its lines change.
	Fixed() bool
	// WhyFixed says why, in words for a person.
	WhyFixed() string
	// Options reports that a line may be one that the client can leave out.
	Options() bool
	// Most is how much a line may bill of what was accepted; known is false where
	// nothing bounds it.
	Most(l *proposal.Line) (most model.Qty, known bool)
	// Turned tells that the offer in front is another one, or another state of it.
	Turned()
	// Count counts the document as it is edited.
	Count(doc *proposal.Proposal) error
	// Counted tells that the sums were counted anew.
	Counted()
	// Gather takes the lines into the record.
	Gather()
}

// Desk is what is being edited, apart from the record, which is saved in the
// background; the fields of the head stand in the editors of the form. It holds
// one offer or several, of which one is in front.
type Desk struct {
	form  *form.Screen
	host  screen.Host
	words *locale.Printer
	owner Owner
	kind  string

	doc     *proposal.Proposal // offers, VAT mode, currency and rate as edited
	at      int                // the offer in front
	shown   int64              // id of the record that is shown
	history history
	wrong   problems
	changes int             // counts what makes other rows of the lines
	folded  map[string]bool // sections and kits that are folded away, by foldName

	sheet  *sheet
	grid   *lines.Grid
	totals *totals
	terms  *Terms
	body   *body
	rate   fyne.CanvasObject // hidden in the base currency
	look   look
	fills  fills
	prices *prices
}

// New makes the desk of a page; Lay puts it together.
func New(s *form.Screen, owner Owner) *Desk {
	p := &Desk{form: s, host: s.Host(), words: s.Host().Words(), owner: owner, kind: s.Address().Kind, doc: &proposal.Proposal{Variants: []proposal.Variant{{Recommended: true}}}, shown: -1}
	p.fills = newFills(p)
	p.prices = newPrices(p)
	p.sheet = &sheet{p: p}
	p.grid = newGrid(p)
	p.totals = newTotals(p)
	p.terms = newTerms(p)
	p.rate = s.Place("rate", 0)
	return p
}

// Lay puts the page together: its fields on top, what stands before the tools of
// the lines, the lines, and below them the texts and the totals.
func (p *Desk) Lay(fields, left fyne.CanvasObject) {
	p.body = newBody(p, fields, left)
	p.readLook()
}

// Content implements form.Page.
func (p *Desk) Content() fyne.CanvasObject { return p.body.content }

// RateField is the field of the exchange rate, which hides in the base currency;
// nil for a role that does not see it.
func (p *Desk) RateField() fyne.CanvasObject { return p.rate }

// Terms are the texts below the lines.
func (p *Desk) Terms() *Terms { return p.terms }

// Grid is the grid of the lines.
func (p *Desk) Grid() *lines.Grid { return p.grid }

// Lines are the rows of the grid.
func (p *Desk) Lines() lines.Lines { return p.sheet }

// Doc is the document as it is edited; its other fields are those of the form.
func (p *Desk) Doc() *proposal.Proposal { return p.doc }

// At is the place of the offer in front.
func (p *Desk) At() int { return p.at }

// Total is the sum of the offer in front, and how it is said in words.
func (p *Desk) Total() (model.Money, string) { return p.Money(p.variant().Total), p.totals.text }

// Money is a sum in the currency of the document.
func (p *Desk) Money(minor int64) model.Money {
	return model.Money{Minor: minor, Currency: p.doc.Currency}
}

// id is that of the record; 0 when it is new.
func (p *Desk) id() int64 { return p.form.Record().Base().ID }

// offerID is that of the record where it is a proposal, which is left out when
// others are looked for; 0 where it is something else.
func (p *Desk) offerID() int64 {
	if p.kind != "proposal" {
		return 0
	}
	return p.id()
}

// variant is the offer in front.
func (p *Desk) variant() *proposal.Variant { return &p.doc.Variants[p.at] }

// Locked reports that the lines cannot be edited now.
func (p *Desk) Locked() bool { return p.owner.Fixed() || !p.form.MayWrite() }

// Put shows the record that was read. It reports whether it is another one than
// before.
func (p *Desk) Put(id int64, doc *proposal.Proposal) (other bool) {
	other = p.shown != id
	p.shown, p.doc = id, doc
	if len(p.doc.Variants) == 0 {
		p.doc.Variants = []proposal.Variant{{Recommended: true}}
	}
	p.history = history{}
	p.wrong = nil
	if other {
		p.at = p.Offer()
		p.grid.SetLines(p.sheet)
	} else {
		p.at = min(p.at, len(p.doc.Variants)-1)
		p.grid.Reload()
	}
	p.fills.ask()
	p.prices.read()
	p.showRate()
	p.grid.SetReadOnly(p.Locked())
	p.terms.show()
	p.Refresh()
	p.owner.Turned()
	return other
}

// Offer is the place of the offer that counts.
func (p *Desk) Offer() int {
	o := p.doc.Offer()
	for i := range p.doc.Variants {
		if o == &p.doc.Variants[i] {
			return i
		}
	}
	return 0
}

// TurnTo brings an offer to the front.
func (p *Desk) TurnTo(i int) {
	if i < 0 || i >= len(p.doc.Variants) || i == p.at {
		return
	}
	if !p.grid.Commit() { // what was refused would be lost
		return
	}
	p.at = i
	p.Anew()
	p.Refresh()
	p.onLine()
}

// Anew shows the lines of the offer that has come to the front.
func (p *Desk) Anew() {
	p.grid.SetLines(p.sheet)
	p.owner.Turned()
}

// Rearrange changes which offers there are, as one step that can be taken back;
// change gives the place of the one in front.
func (p *Desk) Rearrange(change func() int) {
	p.Edit(func() { p.at = change() })
	p.wrong = nil
}

// Replace puts other offers in the place of all, as one step.
func (p *Desk) Replace(all []proposal.Variant) {
	p.Edit(func() { p.doc.Variants = all })
	p.at = min(p.at, len(p.doc.Variants)-1)
	p.grid.Reload()
}

// Refresh shows what follows from the lines: sums, and what the owner says of
// them.
func (p *Desk) Refresh() {
	err := p.owner.Count(p.doc)
	p.changes++
	p.totals.show(err)
	p.owner.Counted()
	p.grid.Refresh()
	p.body.tools()
}

// Edit changes the document as one step that can be taken back.
func (p *Desk) Edit(change func()) {
	p.Noted()
	change()
	p.changes++
	p.Refresh()
	p.form.Edited()
}

// Noted keeps what the document is now, before it changes.
func (p *Desk) Noted() { p.history.before(p) }

// Counts counts the document, and reports whether it could be: too large sums
// are for the rules to refuse.
func (p *Desk) Counts() bool {
	err := p.owner.Count(p.doc)
	return err == nil || errors.Is(err, model.ErrOverflow)
}

// Collect implements form.Part.
func (p *Desk) Collect() bool {
	if !p.grid.Commit() {
		if row, col, text, ok := p.grid.FirstProblem(); ok {
			p.grid.GoTo(row, col)
			p.host.Canvas().Focus(p.grid)
			p.host.Say(text)
		}
		return false
	}
	p.dropEmpty()
	p.owner.Gather()
	return true
}

// dropEmpty takes out lines into which nothing was entered: nobody means to
// save them.
func (p *Desk) dropEmpty() {
	dropped := false
	for i := range p.doc.Variants {
		v := &p.doc.Variants[i]
		kept := v.Lines[:0:0]
		for _, l := range v.Lines {
			if l.Empty() {
				dropped = true
				continue
			}
			kept = append(kept, l)
		}
		v.Lines = kept
	}
	if dropped {
		p.grid.Reload()
		p.Refresh()
	}
}

// Typing implements form.Page.
func (p *Desk) Typing() bool { return p.grid.Editing() }
