// Package proposal describes commercial proposals: variants with their lines,
// and what a proposal may do next. Lines and their arithmetic are those of
// package trade.
package proposal

import (
	"errors"
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/product"
	"ugoda/model/trade"
)

// Statuses of a proposal.
const (
	Draft     = "draft"
	Awaiting  = "awaiting"
	Approved  = "approved"
	Sent      = "sent"
	Accepted  = "accepted"
	Declined  = "declined"
	Cancelled = "cancelled"
	Expired   = "expired"
)

// Statuses lists them in the order of a proposal's life.
var Statuses = []string{Draft, Awaiting, Approved, Sent, Accepted, Declined, Cancelled, Expired}

// Which variant the client took: the one that was recommended, or another.
const (
	ChoseRecommended = "recommended"
	ChoseOther       = "other"
)

// Chosen lists what the client may have taken.
var Chosen = []string{ChoseRecommended, ChoseOther}

// Importances lists how important a proposal may be.
var Importances = []string{"low", "normal", "high", "critical"}

// Proposal is a commercial proposal with one or more variants.
type Proposal struct {
	model.Record
	// FilledFrom is the deal whose products the lines began with; lines that a
	// person removed then do not come back. It is not stored.
	FilledFrom    int64
	Date          model.Day
	Subject       string
	Deal          model.Ref
	Client        model.Ref
	Contact       model.Ref
	Organization  model.Ref
	Manager       model.Ref
	Department    model.Ref
	Status        string
	Importance    string
	ValidUntil    model.Day
	Language      string
	VATMode       string
	Currency      string      // ISO 4217, of all its lines
	Rate          model.Rate  // of that currency on its date
	Amount        model.Money // total of the accepted, else of the recommended variant
	VAT           int64       // of the same variant
	Discount      int64       // of the same variant
	Margin        int64       // of the same variant
	Addressee     string
	Intro         string
	PaymentTerms  string
	DeliveryTerms string
	Warranty      string
	Signatory     model.Ref // an employee; none: the firm's own signatory
	Template      model.Ref
	SentAt        time.Time
	AnsweredAt    time.Time
	DeclineReason model.Ref
	DeclineWords  string
	Revision      int64   // number of the revision that is being worked on, or stands
	SentRevision  int64   // number of the one that the client has; 0: none yet
	Taken         int64   // number of the one that the client accepted; 0: none
	Kept          int64   // number of the last one kept; 0: none
	KeptDigest    string  // of what it offers
	Returned      bool    // whoever was to approve it gave it back
	Figures       Figures // what approval rules look at
	Variants      []Variant
}

// Variant is one of the offers in a proposal.
type Variant struct {
	model.Row
	Name        string
	Recommended bool
	Accepted    bool
	Note        string
	// Terms of its own, which stand in the place of the proposal's.
	PaymentTerms  string
	DeliveryTerms string
	Warranty      string
	trade.Sheet   // its lines and their sums
}

// Ref points to the proposal.
func (p *Proposal) Ref() model.Ref { return model.Ref{ID: p.ID, Code: p.Number, Name: p.Subject} }

// Offer is the variant that counts: the accepted, else the recommended, else the first.
func (p *Proposal) Offer() *Variant {
	for i := range p.Variants {
		if p.Variants[i].Accepted {
			return &p.Variants[i]
		}
	}
	for i := range p.Variants {
		if p.Variants[i].Recommended {
			return &p.Variants[i]
		}
	}
	if len(p.Variants) > 0 {
		return &p.Variants[0]
	}
	return nil
}

// InForce reports whether the proposal binds us on a day: approved or sent, and still valid.
func (p *Proposal) InForce(on model.Day) bool {
	return (p.Status == Approved || p.Status == Sent) && (p.ValidUntil == 0 || on <= p.ValidUntil)
}

// seesMargin are the roles that may see costs and margins.
var seesMargin = model.Secret(model.RoleHead, model.RoleAdmin, model.RoleBilling)

// Describe registers the kinds of this package.
func Describe(r *model.Registry) {
	k := model.Describe[Proposal](r, "proposal")
	k.Title, k.Sort, k.Series, k.Prints = []string{"number", "subject"}, "-id", "proposal", []string{"letter"}
	k.Calendar = []string{"valid_until", "date", "sent_at", "answered_at"}
	k.Field("number").Shown = true
	k.Day("date", func(p *Proposal) *model.Day { return &p.Date }, model.Required, model.Shown)
	k.Choice("status", func(p *Proposal) *string { return &p.Status }, model.OneOf(Statuses...), model.ReadOnly, model.Shown)
	k.Ref("client", func(p *Proposal) *model.Ref { return &p.Client }, model.To("client"), model.Shown)
	k.Ref("contact", func(p *Proposal) *model.Ref { return &p.Contact }, model.To("contact"))
	k.Ref("deal", func(p *Proposal) *model.Ref { return &p.Deal }, model.To("deal"))
	k.Text("subject", func(p *Proposal) *string { return &p.Subject }, model.Shown, model.Named)
	k.Money("amount", func(p *Proposal) *model.Money { return &p.Amount }, model.ReadOnly, model.Shown, model.Summed)
	k.Price("vat", func(p *Proposal) *int64 { return &p.VAT }, model.ReadOnly)
	k.Price("discount", func(p *Proposal) *int64 { return &p.Discount }, model.ReadOnly)
	k.Price("margin", func(p *Proposal) *int64 { return &p.Margin }, model.ReadOnly, seesMargin)
	k.Day("valid_until", func(p *Proposal) *model.Day { return &p.ValidUntil }, model.Shown)
	k.Choice("importance", func(p *Proposal) *string { return &p.Importance }, model.OneOf(Importances...), model.Shown)
	k.Ref("manager", func(p *Proposal) *model.Ref { return &p.Manager }, model.To("employee"), model.Shown)
	k.Ref("department", func(p *Proposal) *model.Ref { return &p.Department }, model.To("department"))
	k.Ref("organization", func(p *Proposal) *model.Ref { return &p.Organization }, model.To("organization"))
	k.Choice("language", func(p *Proposal) *string { return &p.Language }, model.OneOf("uk", "en"))
	k.Choice("vat_mode", func(p *Proposal) *string { return &p.VATMode }, model.OneOf(VATOnTop, VATIncluded, VATNone), model.Required)
	k.Text("currency", func(p *Proposal) *string { return &p.Currency }, model.Required, model.Format("currency"))
	k.Rate("rate", func(p *Proposal) *model.Rate { return &p.Rate })
	k.Text("addressee", func(p *Proposal) *string { return &p.Addressee }, model.Group("letter"))
	k.LongText("intro", func(p *Proposal) *string { return &p.Intro }, model.Group("letter"), model.Format("snippet:intro"))
	k.LongText("payment_terms", func(p *Proposal) *string { return &p.PaymentTerms }, model.Group("letter"), model.Format("snippet:payment"))
	k.LongText("delivery_terms", func(p *Proposal) *string { return &p.DeliveryTerms }, model.Group("letter"), model.Format("snippet:delivery"))
	k.LongText("warranty", func(p *Proposal) *string { return &p.Warranty }, model.Group("letter"), model.Format("snippet:warranty"))
	k.Ref("signatory", func(p *Proposal) *model.Ref { return &p.Signatory }, model.To("employee"), model.Group("letter"))
	k.Ref("template", func(p *Proposal) *model.Ref { return &p.Template }, model.To("template"), model.Group("letter"))
	k.Moment("sent_at", func(p *Proposal) *time.Time { return &p.SentAt }, model.ReadOnly)
	k.Moment("answered_at", func(p *Proposal) *time.Time { return &p.AnsweredAt }, model.ReadOnly)
	k.Ref("decline_reason", func(p *Proposal) *model.Ref { return &p.DeclineReason }, model.To("loss-reason"), model.ReadOnly)
	k.Text("decline_words", func(p *Proposal) *string { return &p.DeclineWords }, model.ReadOnly)
	k.Int("revision", func(p *Proposal) *int64 { return &p.Revision }, model.ReadOnly)
	k.Int("sent_revision", func(p *Proposal) *int64 { return &p.SentRevision }, model.ReadOnly)
	k.Int("accepted_revision", func(p *Proposal) *int64 { return &p.Taken }, model.ReadOnly)
	k.Int("kept", func(p *Proposal) *int64 { return &p.Kept }, model.Hidden, model.ReadOnly, model.Unaudited)
	k.Text("kept_digest", func(p *Proposal) *string { return &p.KeptDigest }, model.Hidden, model.ReadOnly, model.Unaudited)
	k.Bool("returned", func(p *Proposal) *bool { return &p.Returned }, model.ReadOnly)
	k.Percent("discount_share", func(p *Proposal) *model.Percent { return &p.Figures.DiscountShare }, model.ReadOnly)
	k.Percent("top_discount", func(p *Proposal) *model.Percent { return &p.Figures.TopDiscount }, model.ReadOnly)
	k.Percent("margin_share", func(p *Proposal) *model.Percent { return &p.Figures.MarginShare }, model.ReadOnly, seesMargin)
	k.Int("below_floor", func(p *Proposal) *int64 { return &p.Figures.BelowFloor }, model.ReadOnly)
	k.Bool("standard_terms", func(p *Proposal) *bool { return &p.Figures.Standard }, model.ReadOnly)
	k.Computed("in_force", model.Bool)
	k.Computed("to_approve", model.Bool)
	k.Computed("positions", model.Int)
	k.Computed("chosen", model.Choice, model.OneOf(Chosen...)) // of an accepted one: which variant the client took
	k.Computed("billed", model.Price)                          // of an accepted one: by invoices that stand
	k.Computed("left_to_bill", model.Price)                    // likewise, of what is accepted
	k.Computed("left_to_bill_base", model.Price, model.Summed) // the same in the base currency, at the proposal's rate

	v := model.PartOf(k, "variants", func(p *Proposal) *[]Variant { return &p.Variants })
	v.Text("name", func(v *Variant) *string { return &v.Name }, model.Shown)
	v.Bool("recommended", func(v *Variant) *bool { return &v.Recommended }, model.Shown)
	v.Bool("accepted", func(v *Variant) *bool { return &v.Accepted }, model.ReadOnly, model.Shown)
	v.LongText("note", func(v *Variant) *string { return &v.Note })
	v.LongText("payment_terms", func(v *Variant) *string { return &v.PaymentTerms }, model.Format("snippet:payment"))
	v.LongText("delivery_terms", func(v *Variant) *string { return &v.DeliveryTerms }, model.Format("snippet:delivery"))
	v.LongText("warranty", func(v *Variant) *string { return &v.Warranty }, model.Format("snippet:warranty"))
	v.Price("gross", func(v *Variant) *int64 { return &v.Gross }, model.ReadOnly)
	v.Price("discount_sum", func(v *Variant) *int64 { return &v.DiscountSum }, model.ReadOnly)
	v.Price("net", func(v *Variant) *int64 { return &v.Net }, model.ReadOnly)
	v.Price("vat_sum", func(v *Variant) *int64 { return &v.VATSum }, model.ReadOnly)
	v.Price("total", func(v *Variant) *int64 { return &v.Total }, model.ReadOnly, model.Shown)
	v.Price("options_sum", func(v *Variant) *int64 { return &v.OptionsSum }, model.ReadOnly)
	v.Price("cost_sum", func(v *Variant) *int64 { return &v.CostSum }, model.ReadOnly, seesMargin)
	v.Price("margin", func(v *Variant) *int64 { return &v.Margin }, model.ReadOnly, seesMargin)

	l := model.PartOf(v, "lines", func(v *Variant) *[]Line { return &v.Lines })
	l.Ref("product", func(l *Line) *model.Ref { return &l.Product }, model.To("product"), model.Shown)
	l.Text("text", func(l *Line) *string { return &l.Text }, model.Shown)
	l.Text("article", func(l *Line) *string { return &l.Article })
	l.Bool("heading", func(l *Line) *bool { return &l.Heading })
	l.Bool("note", func(l *Line) *bool { return &l.Note })
	l.Bool("optional", func(l *Line) *bool { return &l.Optional })
	l.Bool("taken", func(l *Line) *bool { return &l.Taken }, model.ReadOnly)
	l.Qty("quantity", func(l *Line) *model.Qty { return &l.Quantity }, model.Shown)
	l.Text("unit", func(l *Line) *string { return &l.Unit }, model.Shown)
	l.Price("price", func(l *Line) *int64 { return &l.Price }, model.Shown)
	l.Percent("discount", func(l *Line) *model.Percent { return &l.Discount }, model.Shown)
	l.Choice("vat", func(l *Line) *string { return &l.VAT }, model.OneOf(product.VATs...), model.Shown)
	l.Price("discount_sum", func(l *Line) *int64 { return &l.DiscountSum })
	l.Bool("discount_fixed", func(l *Line) *bool { return &l.DiscountFixed })
	l.Price("cost", func(l *Line) *int64 { return &l.Cost }, seesMargin)
	l.Price("amount", func(l *Line) *int64 { return &l.Amount }, model.ReadOnly, model.Shown)
	l.Price("vat_amount", func(l *Line) *int64 { return &l.VATAmount }, model.ReadOnly)
	l.Price("total", func(l *Line) *int64 { return &l.Total }, model.ReadOnly)

	c := model.PartOf(l, "parts", func(l *Line) *[]Component { return &l.Parts })
	c.Ref("product", func(c *Component) *model.Ref { return &c.Product }, model.To("product"), model.Shown)
	c.Text("text", func(c *Component) *string { return &c.Text }, model.Shown)
	c.Text("article", func(c *Component) *string { return &c.Article })
	c.Qty("quantity", func(c *Component) *model.Qty { return &c.Quantity }, model.Shown)
	c.Text("unit", func(c *Component) *string { return &c.Unit }, model.Shown)
	c.Choice("vat", func(c *Component) *string { return &c.VAT }, model.OneOf(product.VATs...))
	c.Price("price", func(c *Component) *int64 { return &c.Price })
	c.Price("cost", func(c *Component) *int64 { return &c.Cost }, seesMargin)

	k.Defaults(defaults)
	k.Copies(copied)
	g := gate{r}
	k.Derives(func(p, old *Proposal, f model.Facts) error {
		if err := derive(p, old, f); err != nil {
			return err
		}
		g.lapse(p, old, f)
		return p.number(k.Kind)
	})
	k.Checks(check)
	k.Follows(follow)
	k.Holds(returns)
	k.Leaves = g.leaves
	describeActions(k, g)
	describeRevisions(k)
	describeApprovals(k, g)
	describeRevision(r)
	describeApproval(r)
}

// ValidDays is for how long a new proposal is valid.
const ValidDays model.Day = 14

func check(p, old *Proposal, _ model.Facts) []model.Problem {
	var w []model.Problem
	if p.Client.IsZero() && p.Deal.IsZero() {
		w = append(w, model.Wrong("client", "required"))
	}
	if p.ValidUntil != 0 && p.ValidUntil < p.Date {
		w = append(w, model.Wrong("valid_until", "before_beginning"))
	}
	if p.Rate <= 0 {
		w = append(w, model.Wrong("rate", "not_positive"))
	}
	if len(p.Variants) == 0 {
		w = append(w, model.Wrong("variants", "no_variants"))
	}
	var recommended, accepted int
	for i, v := range p.Variants {
		if v.Recommended {
			recommended++
		}
		if v.Accepted {
			accepted++
		}
		for j, l := range v.Lines {
			w = append(w, l.Check(func(field string) string { return model.RowField("variants", i, model.RowField("lines", j, field)) })...)
		}
	}
	if recommended > 1 {
		w = append(w, model.Wrong("variants", "one_recommended"))
	}
	if accepted > 1 {
		w = append(w, model.Wrong("variants", "one_accepted"))
	}
	if old != nil && old.Fixed() && old.Status == p.Status && changed(p, old) {
		w = append(w, model.Wrong("status", "proposal_is_"+p.Status))
	}
	return w
}

// Fixed reports that what was offered cannot be changed any more, unless the
// proposal is taken back to work first.
func (p *Proposal) Fixed() bool {
	return p.Status != "" && !slices.Contains([]string{Draft, Awaiting, Approved}, p.Status)
}

// Offered reports whether a field belongs to what the client is offered, so
// that it is fixed with the offer.
func Offered(field string) bool { return offered[field] || field == "variants" }

// changed reports whether what the client was offered differs.
func changed(p, old *Proposal) bool {
	for _, ids := range [][2]model.Ref{{p.Client, old.Client}, {p.Contact, old.Contact}, {p.Organization, old.Organization}, {p.Signatory, old.Signatory}, {p.Template, old.Template}} {
		if ids[0].ID != ids[1].ID {
			return true
		}
	}
	for _, texts := range [][2]string{
		{p.Subject, old.Subject},
		{p.Language, old.Language},
		{p.VATMode, old.VATMode},
		{p.Currency, old.Currency},
		{p.Addressee, old.Addressee},
		{p.Intro, old.Intro},
		{p.PaymentTerms, old.PaymentTerms},
		{p.DeliveryTerms, old.DeliveryTerms},
		{p.Warranty, old.Warranty},
	} {
		if texts[0] != texts[1] {
			return true
		}
	}
	if p.Date != old.Date || p.ValidUntil != old.ValidUntil || p.Rate != old.Rate {
		return true
	}
	return !slices.EqualFunc(p.Variants, old.Variants, func(a, b Variant) bool {
		return a.Name == b.Name && a.Note == b.Note && a.Recommended == b.Recommended && a.Total == b.Total && a.terms() == b.terms() && slices.EqualFunc(a.Lines, b.Lines, trade.SameLine)
	})
}

func derive(p, old *Proposal, f model.Facts) error {
	if d := model.Get[deal.Deal](f, "deal", p.Deal); d != nil && old == nil {
		fillFromDeal(p, d)
	}
	trade.OwnFirm(&p.Organization, &p.VATMode, f)
	prices, err := p.Pricing().Settle(old.Pricing(), f)
	if err != nil {
		return err
	}
	p.Rate = prices.Rate
	recommended := slices.ContainsFunc(p.Variants, func(v Variant) bool { return v.Recommended })
	for i := range p.Variants {
		v := &p.Variants[i]
		if !recommended && i == 0 {
			v.Recommended = true
		}
		for j := range v.Lines {
			v.Lines[j].Fill(p.Pricing(), f)
			v.Lines[j].FillCost(old.line(v.Lines[j].ID), p.Pricing(), f)
		}
		if err := v.Count(p.VATMode); err != nil {
			if errors.Is(err, model.ErrOverflow) {
				return model.Refused("variants", "amount_too_large")
			}
			return err
		}
	}
	p.Amount, p.VAT, p.Discount, p.Margin = model.Money{Currency: p.Currency}, 0, 0, 0
	if v := p.Offer(); v != nil {
		p.Amount.Minor, p.VAT, p.Discount, p.Margin = v.Total, v.VATSum, v.DiscountSum, v.Margin
	}
	if err := p.figure(f); err != nil {
		return model.Refused("variants", "amount_too_large")
	}
	return nil
}

// Count recomputes all sums of the proposal, as saving does: for a form that
// shows them while lines are typed.
func (p *Proposal) Count() error {
	for i := range p.Variants {
		if err := p.Variants[i].Count(p.VATMode); err != nil {
			return err
		}
	}
	return nil
}
