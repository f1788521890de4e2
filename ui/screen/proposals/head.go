package proposals

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen/document"
)

// head is the three lines on top: number, status and subject; who it is for;
// its dates and how it is reckoned.
type head struct {
	p       *page
	subject fyne.CanvasObject
	fields  *fyne.Container
	then    func() // reads what more is to be said below the head; nil: nothing
}

func newHead(p *page) *head {
	h := &head{p: p}
	f := p.form
	above := func(name string) fyne.CanvasObject { return f.Place(name, 0) }
	h.subject = p.Subject()
	first := document.NewRow(document.Wide(p.Labelled("client"), 230, 3), document.Wide(p.Labelled("contact"), 230, 2), document.Wide(p.Labelled("deal"), 210, 2))
	second := document.NewRow(
		document.Wide(above("date"), 112, 0), document.Wide(above("valid_until"), 112, 0), document.Wide(above("vat_mode"), 112, 0), document.Wide(above("currency"), 70, 0), document.Wide(p.RateField(), 76, 0),
		document.Wide(above("importance"), 98, 0), document.Wide(above("language"), 102, 0), document.Wide(above("organization"), 88, 2), document.Wide(above("manager"), 112, 2),
	)
	h.fields = container.NewVBox(first, second)
	return h
}

// line is the first of the three.
func (h *head) line() fyne.CanvasObject {
	r := h.p.rec()
	var pills []fyne.CanvasObject
	if r.ID != 0 {
		pills = h.pills()
	}
	return document.HeadLine(cmp.Or(r.Number, h.p.words.T("proposal.new")), pills, h.subject)
}

// notice tells why the proposal cannot be changed, and offers the way out; nil
// when it can.
func (h *head) notice() fyne.CanvasObject {
	p, t, r := h.p, h.p.words, h.p.rec()
	h.then = nil
	if !r.Fixed() {
		return h.underway()
	}
	at := r.AnsweredAt
	if at.IsZero() {
		at = r.SentAt
	}
	text := t.T("proposal.fixed."+r.Status, "when", at)
	if at.IsZero() {
		text = t.T("proposal.fixed", "status", t.Choice("proposal", "status", r.Status))
	}
	if r.Status == proposal.Declined && (r.DeclineReason.Name != "" || r.DeclineWords != "") {
		text += " " + r.DeclineReason.Name
		if r.DeclineWords != "" {
			text += ": " + r.DeclineWords
		}
	}
	var ways []fyne.CanvasObject
	for _, action := range []string{"correct", "extend", "reopen"} {
		if p.form.May(action) && (action != "reopen" || len(ways) == 0) {
			ways = append(ways, h.way(action))
		}
	}
	switch r.Status {
	case proposal.Accepted:
		h.then = func() { h.learnBilled(text, ways) }
	case proposal.Sent:
		h.then = func() { h.show(func() fyne.CanvasObject { return document.Banner(text, ways...) }) }
	}
	return document.Banner(text, ways...)
}

// way is a button that does an action of the proposal.
func (h *head) way(action string) fyne.CanvasObject {
	return input.NewButton(h.p.words.Action("proposal", action), func() { h.p.form.Act(action) }).Framed()
}

// edited follows a field that says whom it is for, or in which language.
func (h *head) edited(field string) {
	switch field {
	case "language":
		h.turnLanguage()
	case "deal":
		h.followDeal()
	case "client":
		h.p.FollowClient(h.turnLanguage)
	}
}

// turnLanguage puts the terms into another language, where they are snippets.
func (h *head) turnLanguage() {
	p := h.p
	p.Refresh()
	p.Terms().Snippets(func(all []*firm.Snippet) {
		p.form.Gather()
		r := p.rec()
		r.UseSnippets(all)
		for name, text := range map[string]string{"intro": r.Intro, "payment_terms": r.PaymentTerms, "delivery_terms": r.DeliveryTerms, "warranty": r.Warranty} {
			p.Set(name, text)
		}
	})
}

// followDeal takes over what the deal knows and a new proposal does not.
func (h *head) followDeal() {
	p := h.p
	p.form.Gather()
	asked := *p.rec()
	asked.Manager = model.Ref{} // the deal's
	asked.Variants = proposal.CopyVariants(asked.Variants)
	for i := range asked.Variants {
		asked.Variants[i].Lines = document.Filled(asked.Variants[i].Lines)
	}
	p.FollowDeal(&asked, func() {
		p.rec().Department, p.rec().FilledFrom = asked.Department, asked.FilledFrom
		p.Replace(asked.Variants)
	})
}
