package invoices

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen/document"
	"ugoda/ui/screen/form"
)

// head is the three lines on top: number, status and subject; who it is for and
// what it bills; its dates and how it is reckoned.
type head struct {
	p        *page
	subject  fyne.CanvasObject
	proposal fyne.CanvasObject // hidden where none is billed
	fields   *fyne.Container
}

func newHead(p *page) *head {
	h := &head{p: p, subject: p.Subject(), proposal: p.Labelled("proposal")}
	above := func(name string) fyne.CanvasObject { return p.form.Place(name, 0) }
	first := document.NewRow(
		document.Wide(p.Labelled("client"), 220, 3), document.Wide(p.Labelled("contact"), 220, 2), document.Wide(p.Labelled("deal"), 160, 2), document.Wide(h.proposal, 190, 1),
	)
	second := document.NewRow(
		document.Wide(above("date"), 112, 0), document.Wide(above("pay_until"), 112, 0), document.Wide(above("vat_mode"), 112, 0), document.Wide(above("currency"), 70, 0), document.Wide(p.RateField(), 76, 0),
		document.Wide(above("language"), 102, 0), document.Wide(above("organization"), 120, 2), document.Wide(above("manager"), 120, 2),
	)
	h.fields = container.NewVBox(first, second)
	return h
}

// show follows the record that was read.
func (h *head) show() {
	if h.p.rec().Proposal.IsZero() {
		h.proposal.Hide()
	} else {
		h.proposal.Show()
	}
	h.fields.Refresh()
}

// line is the first of the three.
func (h *head) line() fyne.CanvasObject {
	r, t := h.p.rec(), h.p.words
	var pills []fyne.CanvasObject
	if r.ID != 0 {
		pills = append(pills, input.NewPill(t.Choice("invoice", "status", r.Status), form.Tone(r.Status)))
	}
	return document.HeadLine(cmp.Or(r.Number, t.T("invoice.new")), pills, h.subject)
}

// notice tells why the invoice cannot be changed, and offers the way out; nil
// when it can.
func (h *head) notice() fyne.CanvasObject {
	p, t, r := h.p, h.p.words, h.p.rec()
	var text, way string
	switch r.Status {
	case invoice.Issued:
		text, way = t.T("invoice.fixed.issued", "when", r.IssuedAt), "correct"
	case invoice.Cancelled:
		text, way = t.T("invoice.fixed.cancelled", "when", r.CancelledAt, "words", r.CancelWords), "reopen"
	default:
		return nil
	}
	if !p.form.May(way) {
		return document.Banner(text)
	}
	return document.Banner(text, input.NewButton(t.Action("invoice", way), func() { p.form.Act(way) }).Framed())
}

// sayOf tells which offer is billed, and what is left of that beside this
// invoice.
func (p *page) sayOf() {
	of := p.rec().Proposal
	if of.IsZero() || p.whole == nil {
		p.of.SetText("")
		return
	}
	rest, err := p.whole.Sheet(p.whole.Rest(), p.Doc().VATMode)
	if err != nil {
		p.host.Fail(err)
		return
	}
	left := rest.Total
	for _, l := range p.Doc().Variants[0].Lines {
		if l.Of != 0 {
			left -= l.Total
		}
	}
	if left <= 0 {
		p.of.SetText(p.words.T("invoice.of_all", "number", of.Code))
		return
	}
	p.of.SetText(p.words.T("invoice.of", "number", of.Code, "left", p.Money(left)))
}

// addTerms adds the texts below the lines, and what the invoice is printed with.
func (p *page) addTerms() {
	t, terms := p.words.T, p.Terms()
	terms.AddText(firm.UsagePayment, "payment_terms", t("proposal.terms.payment"))
	terms.AddText("", "note", p.words.Field("invoice", "note"))
	terms.AddFields("letter", t("proposal.terms.letter"), func(name string) string { // what it is when nobody says
		if name == "signatory" || name == "template" {
			return t("proposal.usual." + name)
		}
		return ""
	}, "signatory", "template", "department", "source")
}

// turnLanguage puts the terms into another language, where they are snippets.
func (p *page) turnLanguage() {
	p.Refresh()
	p.Terms().Snippets(func(all []*firm.Snippet) {
		p.form.Gather()
		r := p.rec()
		r.UseSnippets(all)
		p.Set("payment_terms", r.PaymentTerms)
	})
}

// followDeal takes over what the deal knows and a new invoice does not.
func (p *page) followDeal() {
	p.form.Gather()
	asked := *p.rec()
	asked.Manager = model.Ref{} // the deal's
	asked.Lines = document.Filled(asked.Lines)
	p.FollowDeal(&asked, func() {
		p.rec().Department, p.rec().Source, p.rec().FilledFrom = asked.Department, asked.Source, asked.FilledFrom
		p.Set("department", asked.Department)
		p.Set("source", asked.Source)
		p.Replace([]proposal.Variant{{Sheet: asked.Sheet}})
	})
}
