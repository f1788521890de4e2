// Package firm describes our own firm: its legal persons, people, and the
// small catalogues that everything else refers to.
package firm

import "ugoda/model"

// Taxes of an own firm.
const (
	TaxVAT    = "vat"    // payer of value added tax
	TaxSingle = "single" // payer of the single tax without VAT
	TaxNone   = "none"   // neither
)

// Organization is one of our own firms, in whose name documents are made.
type Organization struct {
	model.Record
	Name           string // short
	FullName       string // as registered
	Code           string // EDRPOU of a legal person, RNOKPP of an entrepreneur
	IPN            string // number of a VAT payer
	Tax            string
	Address        string
	Phone          string
	Email          string
	Website        string
	Signatory      string // whose name stands under documents
	SignatoryPost  string
	SignatoryBasis string // by what right he signs: charter, power of attorney
	Main           bool   // used unless another is chosen
	Logo           []byte // PNG or JPEG
	Stamp          []byte
	Signature      []byte
	Accounts       []Account
}

// Account is a bank account of an own firm.
type Account struct {
	model.Row
	IBAN     string
	Bank     string
	Currency string // ISO 4217
	Main     bool
}

func describeOrganization(r *model.Registry) {
	k := model.Describe[Organization](r, "organization")
	k.Catalogue = true
	k.Title = []string{"name"}
	k.Sort = "name"
	k.Writers = []model.Role{model.RoleAdmin, model.RoleHead, model.RoleBilling}
	k.Text("name", func(o *Organization) *string { return &o.Name }, model.Required, model.Shown, model.Named)
	k.Text("full_name", func(o *Organization) *string { return &o.FullName })
	k.Text("code", func(o *Organization) *string { return &o.Code }, model.Shown, model.Format("edrpou"))
	k.Choice("tax", func(o *Organization) *string { return &o.Tax }, model.OneOf(TaxVAT, TaxSingle, TaxNone), model.Shown, model.Required)
	k.Text("ipn", func(o *Organization) *string { return &o.IPN }, model.Format("ipn"))
	k.Bool("main", func(o *Organization) *bool { return &o.Main }, model.Shown)
	k.Text("address", func(o *Organization) *string { return &o.Address }, model.Group("contacts"))
	k.Text("phone", func(o *Organization) *string { return &o.Phone }, model.Group("contacts"), model.Format("phone"))
	k.Text("email", func(o *Organization) *string { return &o.Email }, model.Group("contacts"), model.Format("email"))
	k.Text("website", func(o *Organization) *string { return &o.Website }, model.Group("contacts"), model.Format("url"))
	k.Text("signatory", func(o *Organization) *string { return &o.Signatory }, model.Group("signatory"))
	k.Text("signatory_post", func(o *Organization) *string { return &o.SignatoryPost }, model.Group("signatory"))
	k.Text("signatory_basis", func(o *Organization) *string { return &o.SignatoryBasis }, model.Group("signatory"))
	k.Bytes("logo", func(o *Organization) *[]byte { return &o.Logo }, model.Group("letterhead"), model.Format("picture"))
	k.Bytes("stamp", func(o *Organization) *[]byte { return &o.Stamp }, model.Group("letterhead"), model.Format("picture"))
	k.Bytes("signature", func(o *Organization) *[]byte { return &o.Signature }, model.Group("letterhead"), model.Format("picture"))
	a := model.PartOf(k, "accounts", func(o *Organization) *[]Account { return &o.Accounts })
	a.Text("iban", func(a *Account) *string { return &a.IBAN }, model.Required, model.Shown, model.Format("iban"))
	a.Text("bank", func(a *Account) *string { return &a.Bank }, model.Shown)
	a.Text("currency", func(a *Account) *string { return &a.Currency }, model.Shown, model.Format("currency"))
	a.Bool("main", func(a *Account) *bool { return &a.Main }, model.Shown)
	k.Defaults(func(o *Organization, _ model.Facts) { o.Tax = TaxVAT })
	k.Checks(func(o, _ *Organization, _ model.Facts) []model.Problem {
		var p []model.Problem
		p = append(p, checkCode("code", o.Code)...)
		p = append(p, checkIPN("ipn", o.IPN)...)
		for i, a := range o.Accounts {
			p = append(p, checkIBAN(model.RowField("accounts", i, "iban"), a.IBAN)...)
		}
		return p
	})
}
