package proposals

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// head is the three lines on top: number, status and subject; who it is for;
// its dates and how it is reckoned.
type head struct {
	p       *page
	subject fyne.CanvasObject
	rate    fyne.CanvasObject // hidden in the base currency
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
	first := newRow(place{labelled("client"), 230, 3}, place{labelled("contact"), 230, 2}, place{labelled("deal"), 210, 2})
	h.rate = above("rate")
	second := newRow(
		place{above("date"), 112, 0}, place{above("valid_until"), 112, 0}, place{above("vat_mode"), 112, 0}, place{above("currency"), 70, 0}, place{h.rate, 76, 0},
		place{above("importance"), 98, 0}, place{above("language"), 102, 0}, place{above("organization"), 88, 2}, place{above("manager"), 112, 2},
	)
	h.fields = container.NewVBox(first, second)
	return h
}

// line is the first of the three.
func (h *head) line() fyne.CanvasObject {
	p, t := h.p, h.p.words
	r := p.rec()
	number := widget.NewLabelWithStyle(orElse(r.Number, t.T("proposal.new")), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	number.SizeName = fynetheme.SizeNameSubHeadingText
	number.Truncation = fyne.TextTruncateEllipsis
	line := []input.Piece{{Object: number, Least: 160}}
	if r.ID != 0 {
		for _, pill := range h.pills() {
			line = append(line, input.Whole(pill))
		}
	}
	return container.NewBorder(nil, nil, input.NewLine(line...), nil, container.New(&middle{}, h.subject))
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
	return banner(text, ways...)
}

// banner is a line below the head with what can be done about it.
func banner(text string, ways ...fyne.CanvasObject) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	var right fyne.CanvasObject
	if len(ways) > 0 {
		right = container.NewHBox(ways...)
	}
	back := newGround(theme.Header)
	side := theme.Scaled(edge)
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(1, 1, side-theme.Inner(), side), container.NewBorder(nil, nil, nil, right, l)))
}

// put shows what was taken back: the VAT mode, the currency and its rate.
func (h *head) put() {
	p := h.p
	h.set("vat_mode", p.doc.VATMode)
	h.set("currency", p.doc.Currency)
	h.set("rate", p.doc.Rate)
	h.showRate()
}

// set shows a value in a field without taking it for typed.
func (h *head) set(name string, v any) {
	if e := h.p.form.Editor(name); e != nil {
		e.Set(v)
	}
}

// showRate shows the rate only where the proposal is in a foreign currency.
func (h *head) showRate() {
	if h.rate == nil {
		return
	}
	foreign := h.p.doc.Currency != h.p.host.Session().BaseCurrency()
	if foreign == h.rate.Visible() {
		return
	}
	if foreign {
		h.rate.Show()
	} else {
		h.rate.Hide()
	}
	h.fields.Refresh()
}

// edited follows a field that was edited.
func (h *head) edited(field string) {
	p := h.p
	switch field {
	case "vat_mode":
		if mode, _ := p.form.Get("vat_mode").(string); mode != p.doc.VATMode {
			p.history.before(p)
			p.doc.VATMode = mode
			p.grid.Reload()
			p.refresh()
		}
	case "currency":
		h.turnCurrency()
	case "rate":
		h.takeRate()
	case "date":
		if p.doc.Currency != p.host.Session().BaseCurrency() {
			h.askRate(p.doc.Currency, func(r model.Rate) {
				p.doc.Rate = r
				h.set("rate", r)
			})
		}
	case "language":
		h.turnLanguage()
	case "organization":
		h.followFirm()
	case "deal":
		h.followDeal()
	case "client":
		h.followClient()
	}
}

// askRate asks the rate of a currency on the day of the proposal.
func (h *head) askRate(currency string, then func(model.Rate)) {
	p := h.p
	asked := p.like()
	asked.Currency, asked.Rate = currency, 0
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (model.Rate, error) {
		err := session.Prepare(ctx, "proposal", asked)
		var none model.Problems
		if errors.As(err, &none) { // no rate: a person types it
			return 0, nil
		}
		return asked.Rate, err
	}, then)
}

// turnCurrency turns all prices into another currency.
func (h *head) turnCurrency() {
	p := h.p
	to, _ := p.form.Get("currency").(string)
	if to == "" || to == p.doc.Currency {
		return
	}
	h.askRate(to, func(r model.Rate) {
		if now, _ := p.form.Get("currency").(string); now != to {
			return
		}
		if r == 0 {
			h.set("currency", p.doc.Currency)
			h.askForRate(to)
			return
		}
		h.convert(to, r)
	})
}

func (h *head) convert(currency string, r model.Rate) {
	p := h.p
	p.history.before(p)
	was := p.doc.Currency
	if err := p.doc.InCurrency(currency, r); err != nil {
		p.host.Fail(err)
		return
	}
	h.set("rate", r)
	h.showRate()
	p.refresh()
	p.host.Say(p.words.T("proposal.converted", "from", was, "to", currency, "rate", r))
}

// askForRate asks the rate of a currency that has none on this day: it is kept
// among the rates, and the prices are turned then.
func (h *head) askForRate(currency string) {
	p := h.p
	session := p.host.Session()
	if !session.MayWrite("rate") {
		p.form.Editor("currency").Widget().SetProblem(p.words.T("proposal.rate_unknown", "currency", currency))
		return
	}
	date, _ := p.form.Get("date").(model.Day)
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (int64, error) {
		return session.Find(ctx, "currency", currency)
	}, func(id int64) {
		p.host.Say(p.words.T("proposal.rate_unknown", "currency", currency))
		fill := map[string]any{"currency": model.Ref{ID: id, Code: currency, Name: currency}, "on": date}
		p.host.Edit("rate", 0, fill, func(model.Ref) {
			p.form.Set("currency", currency)
			h.turnCurrency()
		})
	})
}

// takeRate takes the rate that was typed.
func (h *head) takeRate() {
	if r, _ := h.p.form.Get("rate").(model.Rate); r > 0 {
		h.p.history.before(h.p)
		h.p.doc.Rate = r
	}
}

// turnLanguage puts the terms into another language, where they are snippets.
func (h *head) turnLanguage() {
	p := h.p
	p.totals.show(p.doc.Count())
	p.terms.snippets(func(all []*firm.Snippet) {
		p.form.Gather()
		r := p.rec()
		r.UseSnippets(all)
		for name, text := range map[string]string{"intro": r.Intro, "payment_terms": r.PaymentTerms, "delivery_terms": r.DeliveryTerms, "warranty": r.Warranty} {
			h.set(name, text)
		}
	})
}

// followFirm reckons VAT as the chosen firm of ours does.
func (h *head) followFirm() {
	p := h.p
	asked := p.like()
	if asked.Organization.IsZero() {
		return
	}
	asked.VATMode = ""
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) (string, error) {
		err := session.Prepare(ctx, "proposal", asked)
		var refused model.Problems
		if errors.As(err, &refused) {
			err = nil
		}
		return asked.VATMode, err
	}, func(mode string) {
		if mode != "" && (mode == proposal.VATNone) != (p.doc.VATMode == proposal.VATNone) {
			p.form.Set("vat_mode", mode)
			h.edited("vat_mode")
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
		h.set("client", filled.Client)
		h.set("contact", filled.Contact)
		if !filled.Manager.IsZero() {
			h.set("manager", filled.Manager)
		}
		h.set("organization", filled.Organization)
		h.set("subject", filled.Subject)
		p.rec().Department, p.rec().FilledFrom = filled.Department, filled.FilledFrom
		p.edit(func() { p.doc.Variants = filled.Variants })
		p.at = min(p.at, len(p.doc.Variants)-1)
		p.grid.Reload()
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
			h.set("contact", a.only)
		}
		if now, _ := p.form.Get("language").(string); a.language != "" && a.language != now && p.rec().ID == 0 {
			h.set("language", a.language)
			h.turnLanguage()
		}
	})
}

// language is the one that the proposal is in.
func (p *page) language() string {
	if lang, _ := p.form.Get("language").(string); lang != "" {
		return lang
	}
	return p.rec().Language
}
