package proposals

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document"
	"ugoda/ui/theme"
)

// head is the three lines on top: number, status and subject; who it is for;
// its dates and how it is reckoned.
type head struct {
	p       *page
	subject fyne.CanvasObject
	fields  *fyne.Container
}

func newHead(p *page) *head {
	h := &head{p: p}
	f := p.form
	t := p.words
	labelled := func(name string) fyne.CanvasObject {
		label := theme.Width(t.Field("proposal", name), theme.Text(), fyne.TextStyle{}) / theme.Scaled(1)
		return f.Place(name, label+2)
	}
	above := func(name string) fyne.CanvasObject { return f.Place(name, 0) }
	f.Place("subject", 1)
	h.subject = f.Editor("subject").Object
	if e, ok := f.Editor("subject").Widget().(*input.Entry); ok {
		e.SetPlaceHolder(t.Field("proposal", "subject"))
	}
	first := document.NewRow(document.Wide(labelled("client"), 230, 3), document.Wide(labelled("contact"), 230, 2), document.Wide(labelled("deal"), 210, 2))
	second := document.NewRow(
		document.Wide(above("date"), 112, 0), document.Wide(above("valid_until"), 112, 0), document.Wide(above("vat_mode"), 112, 0), document.Wide(above("currency"), 70, 0), document.Wide(p.RateField(), 76, 0),
		document.Wide(above("importance"), 98, 0), document.Wide(above("language"), 102, 0), document.Wide(above("organization"), 88, 2), document.Wide(above("manager"), 112, 2),
	)
	h.fields = container.NewVBox(first, second)
	return h
}

// line is the first of the three.
func (h *head) line() fyne.CanvasObject {
	p, t := h.p, h.p.words
	r := p.rec()
	number := widget.NewLabelWithStyle(cmp.Or(r.Number, t.T("proposal.new")), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	number.SizeName = fynetheme.SizeNameSubHeadingText
	number.Truncation = fyne.TextTruncateEllipsis
	line := []input.Piece{{Object: number, Least: 160}}
	if r.ID != 0 {
		for _, pill := range h.pills() {
			line = append(line, input.Whole(pill))
		}
	}
	return container.NewBorder(nil, nil, input.NewLine(line...), nil, container.New(&document.Middle{}, h.subject))
}

// notice tells why the proposal cannot be changed, and offers the way out; nil
// when it can.
func (h *head) notice() fyne.CanvasObject {
	p, t, r := h.p, h.p.words, h.p.rec()
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
			ways = append(ways, input.NewButton(t.Action("proposal", action), func() { p.form.Act(action) }).Framed())
		}
	}
	return document.Banner(text, ways...)
}

// edited follows a field that says whom it is for, or in which language.
func (h *head) edited(field string) {
	switch field {
	case "language":
		h.turnLanguage()
	case "deal":
		h.followDeal()
	case "client":
		h.followClient()
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
	ref, _ := p.form.Get("deal").(model.Ref)
	if ref.IsZero() || p.rec().ID != 0 {
		return
	}
	p.form.Gather()
	asked := *p.rec()
	asked.Manager = model.Ref{} // the deal's
	asked.Variants = proposal.CopyVariants(asked.Variants)
	for i := range asked.Variants {
		kept := asked.Variants[i].Lines[:0]
		for _, l := range asked.Variants[i].Lines {
			if !l.Empty() {
				kept = append(kept, l)
			}
		}
		asked.Variants[i].Lines = kept
	}
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (*proposal.Proposal, error) {
		return &asked, session.Prepare(ctx, "proposal", &asked)
	}, func(filled *proposal.Proposal) {
		if now, _ := p.form.Get("deal").(model.Ref); now.ID != ref.ID {
			return
		}
		p.Set("client", filled.Client)
		p.Set("contact", filled.Contact)
		if !filled.Manager.IsZero() {
			p.Set("manager", filled.Manager)
		}
		p.Set("organization", filled.Organization)
		p.Set("subject", filled.Subject)
		p.rec().Department, p.rec().FilledFrom = filled.Department, filled.FilledFrom
		p.Replace(filled.Variants)
	})
}

// followClient forgets the contact of another client, and speaks the language
// of this one.
func (h *head) followClient() {
	p := h.p
	ref, _ := p.form.Get("client").(model.Ref)
	contact, _ := p.form.Get("contact").(model.Ref)
	if ref.IsZero() {
		return
	}
	session := p.host.Session()
	type about struct {
		language string
		strange  bool      // the contact is of another client
		only     model.Ref // the one contact that the client has
	}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (about, error) {
		var a about
		rec, err := session.Get(ctx, "client", ref.ID)
		if err != nil {
			return a, err
		}
		if c, ok := rec.(*client.Client); ok {
			a.language = c.Language
		}
		if contact.IsZero() {
			of := filter.Cond{Path: "client", Op: filter.Eq, Values: []filter.Value{filter.ID(ref.ID)}}
			all, err := session.Complete(ctx, "contact", "", 2, of)
			if len(all) == 1 {
				a.only = all[0]
			}
			return a, err
		}
		rec, err = session.Get(ctx, "contact", contact.ID)
		if c, ok := rec.(*client.Contact); ok {
			a.strange = !c.Client.IsZero() && c.Client.ID != ref.ID
		}
		return a, err
	}, func(a about) {
		if a.strange || !a.only.IsZero() {
			p.Set("contact", a.only)
		}
		if now, _ := p.form.Get("language").(string); a.language != "" && a.language != now && p.rec().ID == 0 {
			p.Set("language", a.language)
			h.turnLanguage()
		}
	})
}
