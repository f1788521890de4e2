// Package proposals is the card of a proposal: its head in three lines, its
// variants as tabs, their lines edited as in a spreadsheet, the terms and the
// totals below.
package proposals

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

// New opens the card of a proposal.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	return form.WithPage(h, a, func(s *form.Screen) form.Page { return newPage(s) })
}

// page lays a proposal out. What is being edited stands in doc, apart from the
// record that is saved in the background; the fields of the head stand in the
// editors of the form.
type page struct {
	form  *form.Screen
	host  screen.Host
	words *locale.Printer

	doc     *proposal.Proposal // variants, VAT mode, currency and rate as edited
	at      int                // the variant in front
	shown   int64              // id of the record that is shown
	history history
	wrong   problems
	changes int             // counts what makes other rows of the lines
	folded  map[string]bool // sections and kits that are folded away, by foldName

	sheet  *sheet
	grid   *lines.Grid
	tabs   *tabs
	head   *head
	totals *totals
	terms  *terms
	body   *body
	look   look
	fills  fills
	prices *prices
}

var (
	_ form.Page        = (*page)(nil)
	_ screen.Commander = (*page)(nil)
	_ screen.Actor     = (*page)(nil)
)

func newPage(s *form.Screen) *page {
	p := &page{form: s, host: s.Host(), words: s.Host().Words(), doc: &proposal.Proposal{Variants: []proposal.Variant{{Recommended: true}}}, shown: -1}
	p.fills = newFills(p)
	p.prices = newPrices(p)
	p.sheet = &sheet{p: p}
	p.grid = newGrid(p)
	p.tabs = newTabs(p)
	p.head = newHead(p)
	p.totals = newTotals(p)
	p.terms = newTerms(p)
	p.body = newBody(p)
	p.readLook()
	return p
}

// rec is the record that is saved.
func (p *page) rec() *proposal.Proposal {
	r, _ := p.form.Record().(*proposal.Proposal)
	return r
}

// variant is the one in front.
func (p *page) variant() *proposal.Variant { return &p.doc.Variants[p.at] }

// fixed reports that what was offered cannot be edited now.
func (p *page) fixed() bool { return p.rec().Fixed() || !p.form.MayWrite() }

// Content implements form.Page.
func (p *page) Content() fyne.CanvasObject { return p.body.content }

// Head implements form.Page.
func (p *page) Head() fyne.CanvasObject { return p.head.line() }

// Title implements form.Page.
func (p *page) Title() string {
	r := p.rec()
	if r.ID == 0 {
		return p.words.T("ui.form.new", "kind", p.words.Kind("proposal"))
	}
	who := r.Client.Name
	if who == "" {
		who = r.Subject
	}
	return p.words.T("proposal.tab", "number", r.Number, "who", who)
}

// Show implements form.Part: the record was read.
func (p *page) Show() {
	r := p.rec()
	other := p.shown != r.ID
	p.shown = r.ID
	p.doc = &proposal.Proposal{Record: r.Record, VATMode: r.VATMode, Currency: r.Currency, Rate: r.Rate, Status: r.Status, Variants: proposal.CopyVariants(r.Variants)}
	if len(p.doc.Variants) == 0 {
		p.doc.Variants = []proposal.Variant{{Recommended: true}}
	}
	p.keepVariant()
	p.history = history{}
	p.wrong = nil
	if other {
		p.at = p.offer()
		p.grid.SetLines(p.sheet)
	} else {
		p.at = min(p.at, len(p.doc.Variants)-1)
		p.grid.Reload()
	}
	p.fills.ask()
	p.prices.read()
	if other && r.ID == 0 && !r.Client.IsZero() {
		p.head.followClient()
	}
	p.head.showRate()
	p.lock()
	p.terms.show()
	p.refresh()
}

// offer is the place of the variant that counts.
func (p *page) offer() int {
	o := p.doc.Offer()
	for i := range p.doc.Variants {
		if o == &p.doc.Variants[i] {
			return i
		}
	}
	return 0
}

// lock lets what was offered be seen only, once it was sent.
func (p *page) lock() {
	fixed := p.fixed()
	p.grid.SetReadOnly(fixed)
	for _, f := range p.host.Session().Registry().Kind("proposal").Fields {
		if proposal.Offered(f.Name) {
			p.form.ReadOnly(fixed, f.Name)
		}
	}
	p.form.Banner(p.head.notice())
}

// refresh shows what follows from the lines: sums, tabs.
func (p *page) refresh() {
	err := p.doc.Count()
	p.changes++
	p.totals.show(err)
	p.tabs.Refresh()
	p.grid.Refresh()
	p.body.tools()
}

// edit changes the document as one step that can be taken back.
func (p *page) edit(change func()) {
	p.history.before(p)
	change()
	p.changes++
	p.refresh()
	p.form.Edited()
}

// Gather implements form.Part.
func (p *page) Gather() {
	r := p.rec()
	if err := p.doc.Count(); err != nil && !errors.Is(err, model.ErrOverflow) {
		return
	}
	r.Variants = proposal.CopyVariants(p.doc.Variants)
}

// Collect implements form.Part.
func (p *page) Collect() bool {
	if !p.grid.Commit() {
		if row, col, text, ok := p.grid.FirstProblem(); ok {
			p.grid.GoTo(row, col)
			p.host.Canvas().Focus(p.grid)
			p.host.Say(text)
		}
		return false
	}
	p.dropEmpty()
	p.Gather()
	return true
}

// dropEmpty takes out lines into which nothing was entered: nobody means to
// save them.
func (p *page) dropEmpty() {
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
		p.refresh()
	}
}

// Edited implements form.Page: a field of the head was edited.
func (p *page) Edited(field string) {
	switch field {
	case "vat_mode", "currency", "rate", "date", "language", "organization", "deal", "client":
		p.head.edited(field)
		p.prices.read()
	}
}

// First implements form.Page: who it is for, or else its lines.
func (p *page) First() fyne.Focusable {
	if e := p.form.Editor("client"); e != nil && p.rec().ID == 0 && p.rec().Client.IsZero() {
		return e.Focus
	}
	return p.grid
}

// Typing implements form.Page.
func (p *page) Typing() bool { return p.grid.Editing() }

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
