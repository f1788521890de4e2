// Package client describes whom we sell to: clients and the people there.
package client

import (
	"ugoda/model"
	"ugoda/model/requisite"
)

// Forms of a client.
const (
	Legal   = "legal"   // a legal person or an entrepreneur
	Private = "private" // a private person
)

// Client is somebody who buys or may buy. A name or a phone is enough.
type Client struct {
	model.Record
	Name      string
	FullName  string
	Form      string
	Code      string // EDRPOU or RNOKPP
	IPN       string
	Phone     string // as typed
	PhoneE164 string // +380…, or empty when the phone is not understood
	Email     string
	Website   string
	Region    model.Ref
	Segment   model.Ref // the main one, which sums use
	Manager   model.Ref
	Source    model.Ref // what brought the client first
	Language  string    // of documents and letters to it
	Note      string

	Signatory      string // who signs contracts for it
	SignatoryPost  string
	SignatoryBasis string // by what right: charter, power of attorney

	NameKey   string // name without its legal form, folded: finds duplicates
	Addresses []Address
	Phones    []Phone
	Emails    []Email
	Accounts  []Account
	Segments  []Segment // further segments, which only filter
}

// Address is a place of a client.
type Address struct {
	model.Row
	Usage string
	Text  string
}

// Usages of an address.
const (
	AddressLegal    = "legal"
	AddressPostal   = "postal"
	AddressDelivery = "delivery"
)

// Phone is a further phone.
type Phone struct {
	model.Row
	Phone string // as typed
	E164  string
	Note  string
}

// Email is a further address of mail.
type Email struct {
	model.Row
	Email string
	Note  string
}

// Account is a bank account of a client.
type Account struct {
	model.Row
	IBAN string
	Bank string
}

// Segment puts a client into a further segment.
type Segment struct {
	model.Row
	Segment model.Ref
}

// Contact is a person at a client.
type Contact struct {
	model.Record
	Name      string
	Client    model.Ref
	Post      string
	Phone     string
	PhoneE164 string
	Email     string
	Birthday  model.Day
	Main      bool
	Note      string
	Phones    []Phone
	Emails    []Email
}

func describeClient(r *model.Registry) {
	k := model.Describe[Client](r, "client")
	k.Title, k.Sort, k.Series = []string{"name"}, "name", "client"
	k.Text("name", func(c *Client) *string { return &c.Name }, model.Shown, model.Named)
	k.Choice("form", func(c *Client) *string { return &c.Form }, model.OneOf(Legal, Private), model.Required)
	k.Text("full_name", func(c *Client) *string { return &c.FullName })
	k.Text("code", func(c *Client) *string { return &c.Code }, model.Shown, model.Format("edrpou"))
	k.Text("ipn", func(c *Client) *string { return &c.IPN }, model.Format("ipn"))
	k.Text("phone", func(c *Client) *string { return &c.Phone }, model.Shown, model.Format("phone"), model.Group("contacts"))
	k.Text("phone_e164", func(c *Client) *string { return &c.PhoneE164 }, model.Hidden, model.ReadOnly, model.Unaudited)
	k.Text("email", func(c *Client) *string { return &c.Email }, model.Shown, model.Format("email"), model.Group("contacts"))
	k.Text("website", func(c *Client) *string { return &c.Website }, model.Format("url"), model.Group("contacts"))
	k.Ref("manager", func(c *Client) *model.Ref { return &c.Manager }, model.To("employee"), model.Shown, model.Group("sales"))
	k.Ref("region", func(c *Client) *model.Ref { return &c.Region }, model.To("region"), model.Shown, model.Group("sales"))
	k.Ref("segment", func(c *Client) *model.Ref { return &c.Segment }, model.To("segment"), model.Shown, model.Group("sales"))
	k.Ref("source", func(c *Client) *model.Ref { return &c.Source }, model.To("source"), model.Group("sales"))
	k.Choice("language", func(c *Client) *string { return &c.Language }, model.OneOf("uk", "en"), model.Group("sales"))
	k.Text("signatory", func(c *Client) *string { return &c.Signatory }, model.Group("signatory"))
	k.Text("signatory_post", func(c *Client) *string { return &c.SignatoryPost }, model.Group("signatory"))
	k.Text("signatory_basis", func(c *Client) *string { return &c.SignatoryBasis }, model.Group("signatory"))
	k.LongText("note", func(c *Client) *string { return &c.Note })
	k.Text("name_key", func(c *Client) *string { return &c.NameKey }, model.Hidden, model.ReadOnly, model.Unaudited)

	a := model.PartOf(k, "addresses", func(c *Client) *[]Address { return &c.Addresses })
	a.Choice("usage", func(a *Address) *string { return &a.Usage }, model.OneOf(AddressLegal, AddressPostal, AddressDelivery), model.Shown)
	a.Text("text", func(a *Address) *string { return &a.Text }, model.Required, model.Shown)
	describePhones(model.PartOf(k, "phones", func(c *Client) *[]Phone { return &c.Phones }))
	describeEmails(model.PartOf(k, "emails", func(c *Client) *[]Email { return &c.Emails }))
	b := model.PartOf(k, "accounts", func(c *Client) *[]Account { return &c.Accounts })
	b.Text("iban", func(a *Account) *string { return &a.IBAN }, model.Required, model.Shown, model.Format("iban"))
	b.Text("bank", func(a *Account) *string { return &a.Bank }, model.Shown)
	s := model.PartOf(k, "segments", func(c *Client) *[]Segment { return &c.Segments })
	s.Ref("segment", func(s *Segment) *model.Ref { return &s.Segment }, model.To("segment"), model.Required, model.Shown)

	k.Computed("open_deals", model.Int)
	k.Computed("open_amount", model.Amount)
	k.Computed("last_contact", model.Days)

	k.Defaults(func(c *Client, f model.Facts) {
		c.Form, c.Language, c.Manager = Legal, "uk", f.Employee()
	})
	k.Derives(func(c, _ *Client, _ model.Facts) error {
		c.PhoneE164 = requisite.E164(c.Phone)
		c.NameKey = requisite.FirmKey(c.Name)
		derivePhones(c.Phones)
		if c.Name == "" {
			c.Name = c.Phone
		}
		return nil
	})
	k.Checks(checkClient)
	k.Action(model.Action{
		Name: "deal", Main: true,
		Do: model.Do(func(c *Client, _ model.Answers, _ model.Facts) (model.Effects, error) {
			return model.Effects{OpenKind: "deal", Prefill: map[string]any{"client": c.Ref()}}, nil
		}),
	})
}

// Ref points to the client.
func (c *Client) Ref() model.Ref { return model.Ref{ID: c.ID, Code: c.Number, Name: c.Name} }

func describePhones(p *model.Description[Phone]) {
	p.Text("phone", func(p *Phone) *string { return &p.Phone }, model.Required, model.Shown, model.Format("phone"))
	p.Text("e164", func(p *Phone) *string { return &p.E164 }, model.Hidden, model.ReadOnly, model.Unaudited)
	p.Text("note", func(p *Phone) *string { return &p.Note }, model.Shown)
}

func describeEmails(e *model.Description[Email]) {
	e.Text("email", func(e *Email) *string { return &e.Email }, model.Required, model.Shown, model.Format("email"))
	e.Text("note", func(e *Email) *string { return &e.Note }, model.Shown)
}

func derivePhones(phones []Phone) {
	for i := range phones {
		phones[i].E164 = requisite.E164(phones[i].Phone)
	}
}

func checkClient(c, _ *Client, _ model.Facts) []model.Problem {
	var p []model.Problem
	if c.Name == "" && c.Phone == "" {
		p = append(p, model.Wrong("name", "name_or_phone"))
	}
	if c.Code != "" && !requisite.ValidEDRPOU(c.Code) && !requisite.ValidRNOKPP(c.Code) {
		p = append(p, model.Wrong("code", "code_digits", "code", c.Code))
	}
	if c.IPN != "" && !requisite.ValidIPN(c.IPN) {
		p = append(p, model.Wrong("ipn", "ipn_digits", "ipn", c.IPN))
	}
	if c.Email != "" && !requisite.ValidEmail(c.Email) {
		p = append(p, model.Wrong("email", "email_form", "email", c.Email))
	}
	p = append(p, checkEmails(c.Emails)...)
	for i, a := range c.Accounts {
		if !requisite.ValidIBAN(a.IBAN) {
			p = append(p, model.Wrong(model.RowField("accounts", i, "iban"), "iban_digits", "iban", a.IBAN))
		}
	}
	return p
}

func checkEmails(emails []Email) []model.Problem {
	var p []model.Problem
	for i, e := range emails {
		if !requisite.ValidEmail(e.Email) {
			p = append(p, model.Wrong(model.RowField("emails", i, "email"), "email_form", "email", e.Email))
		}
	}
	return p
}

func describeContact(r *model.Registry) {
	k := model.Describe[Contact](r, "contact")
	k.Title, k.Sort = []string{"name"}, "name"
	k.Field("number").Hidden = true
	k.Text("name", func(c *Contact) *string { return &c.Name }, model.Required, model.Shown, model.Named)
	k.Ref("client", func(c *Contact) *model.Ref { return &c.Client }, model.To("client"), model.Shown)
	k.Text("post", func(c *Contact) *string { return &c.Post }, model.Shown)
	k.Text("phone", func(c *Contact) *string { return &c.Phone }, model.Shown, model.Format("phone"))
	k.Text("phone_e164", func(c *Contact) *string { return &c.PhoneE164 }, model.Hidden, model.ReadOnly, model.Unaudited)
	k.Text("email", func(c *Contact) *string { return &c.Email }, model.Shown, model.Format("email"))
	k.Day("birthday", func(c *Contact) *model.Day { return &c.Birthday })
	k.Bool("main", func(c *Contact) *bool { return &c.Main }, model.Shown)
	k.LongText("note", func(c *Contact) *string { return &c.Note })
	describePhones(model.PartOf(k, "phones", func(c *Contact) *[]Phone { return &c.Phones }))
	describeEmails(model.PartOf(k, "emails", func(c *Contact) *[]Email { return &c.Emails }))
	k.Derives(func(c, _ *Contact, _ model.Facts) error {
		c.PhoneE164 = requisite.E164(c.Phone)
		derivePhones(c.Phones)
		return nil
	})
	k.Checks(func(c, _ *Contact, _ model.Facts) []model.Problem {
		var p []model.Problem
		if c.Email != "" && !requisite.ValidEmail(c.Email) {
			p = append(p, model.Wrong("email", "email_form", "email", c.Email))
		}
		return append(p, checkEmails(c.Emails)...)
	})
}

// Describe registers the kinds of this package.
func Describe(r *model.Registry) {
	describeClient(r)
	describeContact(r)
}
