// Package invoice describes invoices for payment: made from an accepted
// proposal, in whole or in part, or by hand.
package invoice

import (
	"time"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/trade"
)

// Statuses of an invoice.
const (
	Draft     = "draft"
	Issued    = "issued" // the client is asked to pay by it
	Cancelled = "cancelled"
)

// Statuses lists them in the order of an invoice's life.
var Statuses = []string{Draft, Issued, Cancelled}

// Invoice asks a client to pay for its lines.
type Invoice struct {
	model.Record
	// FilledFrom is the deal whose products the lines began with; lines that a
	// person removed then do not come back. It is not stored.
	FilledFrom   int64
	Date         model.Day
	Status       string
	Subject      string
	Client       model.Ref
	Contact      model.Ref
	Organization model.Ref
	Deal         model.Ref
	Proposal     model.Ref // the accepted one that it bills; none: made by hand
	Variant      string    // the name of the variant accepted
	Revision     int64     // the number of the revision accepted
	Manager      model.Ref
	Department   model.Ref
	Source       model.Ref // what brought the client, as the deal says
	Currency     string    // ISO 4217, of all its lines
	Rate         model.Rate
	VATMode      string
	Amount       model.Money // what is to be paid
	PayUntil     model.Day
	Language     string
	PaymentTerms string
	Note         string    // words for the client
	Signatory    model.Ref // an employee; none: the firm's own signatory
	Template     model.Ref
	IssuedAt     time.Time
	CancelledAt  time.Time
	CancelWords  string
	trade.Sheet  // its lines and their sums
}

// Ref points to the invoice.
func (i *Invoice) Ref() model.Ref { return model.Ref{ID: i.ID, Code: i.Number, Name: i.Subject} }

// Pricing is how the invoice tells prices; nothing of no invoice.
func (i *Invoice) Pricing() trade.Pricing {
	if i == nil {
		return trade.Pricing{}
	}
	return trade.Pricing{On: i.Date, Currency: i.Currency, Rate: i.Rate, VATMode: i.VATMode}
}

// Fixed reports that what the client is asked for cannot be changed any more,
// unless the invoice is taken back to work first.
func (i *Invoice) Fixed() bool { return i.Status == Issued || i.Status == Cancelled }

// seesMargin are the roles that may see costs and margins.
var seesMargin = model.Secret(model.RoleHead, model.RoleAdmin, model.RoleBilling)

// ours are the fields that the client does not read: they may change at any time.
var ours = map[string]bool{"deal": true, "manager": true, "department": true, "source": true}

// Offered reports that a field says what the client is asked for: it is fixed
// once the invoice is issued.
func Offered(field string) bool { return !ours[field] }

// AsAccepted reports that a field of an invoice that bills a part of a proposal
// is as that says.
func AsAccepted(field string) bool { return field == "currency" || field == "vat_mode" }

// Describe registers the kind of this package, and what proposals do with it.
func Describe(r *model.Registry) {
	k := model.Describe[Invoice](r, "invoice")
	k.Title, k.Sort, k.Series, k.Prints = []string{"number", "subject"}, "-id", "invoice", []string{"letter"}
	k.Calendar = []string{"pay_until", "date"}
	k.Field("number").Shown = true
	k.Day("date", func(i *Invoice) *model.Day { return &i.Date }, model.Required, model.Shown)
	k.Choice("status", func(i *Invoice) *string { return &i.Status }, model.OneOf(Statuses...), model.ReadOnly, model.Shown)
	k.Ref("client", func(i *Invoice) *model.Ref { return &i.Client }, model.To("client"), model.Shown)
	k.Ref("contact", func(i *Invoice) *model.Ref { return &i.Contact }, model.To("contact"))
	k.Ref("deal", func(i *Invoice) *model.Ref { return &i.Deal }, model.To("deal"))
	k.Text("subject", func(i *Invoice) *string { return &i.Subject }, model.Shown, model.Named)
	k.Money("amount", func(i *Invoice) *model.Money { return &i.Amount }, model.ReadOnly, model.Shown, model.Summed)
	k.Price("vat", func(i *Invoice) *int64 { return &i.VATSum }, model.ReadOnly)
	k.Price("discount", func(i *Invoice) *int64 { return &i.DiscountSum }, model.ReadOnly)
	k.Price("margin", func(i *Invoice) *int64 { return &i.Margin }, model.ReadOnly, seesMargin)
	k.Day("pay_until", func(i *Invoice) *model.Day { return &i.PayUntil }, model.Shown)
	k.Ref("proposal", func(i *Invoice) *model.Ref { return &i.Proposal }, model.To("proposal"), model.ReadOnly, model.Shown)
	k.Text("variant", func(i *Invoice) *string { return &i.Variant }, model.ReadOnly)
	k.Int("revision", func(i *Invoice) *int64 { return &i.Revision }, model.ReadOnly)
	k.Ref("manager", func(i *Invoice) *model.Ref { return &i.Manager }, model.To("employee"), model.Shown)
	k.Ref("department", func(i *Invoice) *model.Ref { return &i.Department }, model.To("department"))
	k.Ref("source", func(i *Invoice) *model.Ref { return &i.Source }, model.To("source"))
	k.Ref("organization", func(i *Invoice) *model.Ref { return &i.Organization }, model.To("organization"))
	k.Choice("language", func(i *Invoice) *string { return &i.Language }, model.OneOf("uk", "en"))
	k.Choice("vat_mode", func(i *Invoice) *string { return &i.VATMode }, model.OneOf(trade.VATOnTop, trade.VATIncluded, trade.VATNone), model.Required)
	k.Text("currency", func(i *Invoice) *string { return &i.Currency }, model.Required, model.Format("currency"))
	k.Rate("rate", func(i *Invoice) *model.Rate { return &i.Rate })
	k.LongText("payment_terms", func(i *Invoice) *string { return &i.PaymentTerms }, model.Group("letter"), model.Format("snippet:payment"))
	k.LongText("note", func(i *Invoice) *string { return &i.Note }, model.Group("letter"))
	k.Ref("signatory", func(i *Invoice) *model.Ref { return &i.Signatory }, model.To("employee"), model.Group("letter"))
	k.Ref("template", func(i *Invoice) *model.Ref { return &i.Template }, model.To("template"), model.Group("letter"))
	k.Moment("issued_at", func(i *Invoice) *time.Time { return &i.IssuedAt }, model.ReadOnly)
	k.Moment("cancelled_at", func(i *Invoice) *time.Time { return &i.CancelledAt }, model.ReadOnly)
	k.Text("cancel_words", func(i *Invoice) *string { return &i.CancelWords }, model.ReadOnly)
	k.Price("gross", func(i *Invoice) *int64 { return &i.Gross }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Price("net", func(i *Invoice) *int64 { return &i.Net }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Price("total", func(i *Invoice) *int64 { return &i.Total }, model.ReadOnly, model.Hidden, model.Unaudited)
	k.Price("cost_sum", func(i *Invoice) *int64 { return &i.CostSum }, model.ReadOnly, model.Hidden, model.Unaudited, seesMargin)
	k.Computed("positions", model.Int)

	l := model.PartOf(k, "lines", func(i *Invoice) *[]trade.Line { return &i.Lines })
	l.Ref("product", func(l *trade.Line) *model.Ref { return &l.Product }, model.To("product"), model.Shown)
	l.Text("text", func(l *trade.Line) *string { return &l.Text }, model.Shown)
	l.Text("article", func(l *trade.Line) *string { return &l.Article })
	l.Bool("heading", func(l *trade.Line) *bool { return &l.Heading })
	l.Bool("note", func(l *trade.Line) *bool { return &l.Note })
	l.Qty("quantity", func(l *trade.Line) *model.Qty { return &l.Quantity }, model.Shown)
	l.Text("unit", func(l *trade.Line) *string { return &l.Unit }, model.Shown)
	l.Price("price", func(l *trade.Line) *int64 { return &l.Price }, model.Shown)
	l.Percent("discount", func(l *trade.Line) *model.Percent { return &l.Discount }, model.Shown)
	l.Choice("vat", func(l *trade.Line) *string { return &l.VAT }, model.OneOf(product.VATs...), model.Shown)
	l.Price("discount_sum", func(l *trade.Line) *int64 { return &l.DiscountSum })
	l.Bool("discount_fixed", func(l *trade.Line) *bool { return &l.DiscountFixed })
	l.Price("cost", func(l *trade.Line) *int64 { return &l.Cost }, seesMargin)
	l.Price("amount", func(l *trade.Line) *int64 { return &l.Amount }, model.ReadOnly, model.Shown)
	l.Price("vat_amount", func(l *trade.Line) *int64 { return &l.VATAmount }, model.ReadOnly)
	l.Price("total", func(l *trade.Line) *int64 { return &l.Total }, model.ReadOnly)
	l.Int("bills", func(l *trade.Line) *int64 { return &l.Of }, model.Hidden, model.ReadOnly, model.Unaudited)

	k.Defaults(defaults)
	k.Copies(copied)
	k.Derives(derive)
	k.Checks(func(i, old *Invoice, f model.Facts) []model.Problem { return check(k.Kind, i, old, f) })
	k.Holds(returns)
	k.Leaves = leaves
	describeActions(k)
	describeBill(r)
}
