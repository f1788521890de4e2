// Package paper prints documents: it gathers what a template may ask for,
// fills the template, and turns the result into the format that was asked.
package paper

import (
	"context"
	"fmt"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/proposal"
	"ugoda/printing/docx"
	"ugoda/store"
)

// Proposal gathers everything that a template of a proposal may ask for, in
// the language of the proposal. Fields that the session's role may not see are
// empty.
func Proposal(ctx context.Context, s *store.Session, id int64) (docx.Map, locale.Language, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, "", err
	}
	p := rec.(*proposal.Proposal)
	lang, ok := locale.ParseLanguage(p.Language)
	if !ok {
		lang = locale.Ukrainian
	}
	printer := locale.New(lang)
	g := &gatherer{ctx: ctx, s: s, p: printer, currency: p.Currency}
	organization := g.organization(p.Organization, p.Signatory)
	m := docx.Map{
		"number": p.Number, "date": p.Date, "valid_until": p.ValidUntil, "revision": int64(0), "subject": p.Subject, "addressee": p.Addressee, "intro": p.Intro,
		"payment_terms": p.PaymentTerms, "delivery_terms": p.DeliveryTerms, "warranty": p.Warranty, "currency": printer.Currency(p.Currency), "currency_code": p.Currency,
		"vat_included": p.VATMode == proposal.VATIncluded, "vat_on_top": p.VATMode == proposal.VATOnTop,
		"several_variants": len(p.Variants) > 1, "draft": p.Status == proposal.Draft || p.Status == proposal.Awaiting,
		"organization": organization, "client": g.client(p.Client), "contact": g.contact(p.Contact), "manager": g.employee(p.Manager),
	}
	var variants []any
	for i := range p.Variants {
		variants = append(variants, g.variant(&p.Variants[i]))
	}
	m["variants"] = variants
	if offer := p.Offer(); offer != nil {
		for k, v := range g.variant(offer) {
			if _, taken := m[k]; !taken && k != "name" && k != "note" && k != "recommended" && k != "accepted" {
				m[k] = v
			}
		}
	}
	if g.err != nil {
		return nil, "", fmt.Errorf("gather proposal %s: %w", p.Number, g.err)
	}
	return m, lang, nil
}

type gatherer struct {
	ctx      context.Context
	s        *store.Session
	p        *locale.Printer
	currency string
	err      error
}

func get[T any](g *gatherer, kind string, ref model.Ref) *T {
	var none T
	if ref.ID == 0 || g.err != nil {
		return &none
	}
	rec, err := g.s.Get(g.ctx, kind, ref.ID)
	if err != nil {
		g.err = err
		return &none
	}
	t, ok := rec.(any).(*T)
	if !ok {
		return &none
	}
	return t
}

func (g *gatherer) money(minor int64) model.Money {
	return model.Money{Minor: minor, Currency: g.currency}
}

func (g *gatherer) organization(ref, signatory model.Ref) docx.Map {
	o := get[firm.Organization](g, "organization", ref)
	if signatory.ID != 0 {
		e := get[firm.Employee](g, "employee", signatory)
		o.Signatory, o.SignatoryPost = e.Name, e.Post
	}
	m := docx.Map{
		"name": o.Name, "full_name": orElse(o.FullName, o.Name), "code": o.Code, "ipn": o.IPN, "address": o.Address, "phone": o.Phone, "email": o.Email, "website": o.Website,
		"signatory": o.Signatory, "signatory_post": o.SignatoryPost, "signatory_basis": o.SignatoryBasis, "iban": "", "bank": "",
		"logo": picture(o.Logo), "stamp": picture(o.Stamp), "signature": picture(o.Signature),
	}
	for i, a := range o.Accounts {
		if i == 0 || a.Main {
			m["iban"], m["bank"] = a.IBAN, a.Bank
		}
	}
	return m
}

// picture is a picture for a template, or nothing.
func picture(data []byte) any {
	if len(data) == 0 {
		return nil
	}
	return docx.Image{Data: data}
}

func orElse(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

func (g *gatherer) client(ref model.Ref) docx.Map {
	c := get[client.Client](g, "client", ref)
	address := ""
	for i, a := range c.Addresses {
		if i == 0 || a.Usage == client.AddressLegal {
			address = a.Text
		}
	}
	iban := ""
	if len(c.Accounts) > 0 {
		iban = c.Accounts[0].IBAN
	}
	return docx.Map{"name": c.Name, "full_name": orElse(c.FullName, c.Name), "code": c.Code, "ipn": c.IPN, "address": address, "phone": c.Phone, "email": c.Email, "iban": iban}
}

func (g *gatherer) contact(ref model.Ref) docx.Map {
	c := get[client.Contact](g, "contact", ref)
	return docx.Map{"name": c.Name, "post": c.Post, "phone": c.Phone, "email": c.Email}
}

func (g *gatherer) employee(ref model.Ref) docx.Map {
	e := get[firm.Employee](g, "employee", ref)
	return docx.Map{"name": e.Name, "post": e.Post, "phone": e.Phone, "email": e.Email}
}

func (g *gatherer) variant(v *proposal.Variant) docx.Map {
	var lines []any
	n := int64(0)
	for i := range v.Lines {
		l := &v.Lines[i]
		index := any("")
		if !l.Heading {
			n++
			index = n
		}
		lines = append(lines, docx.Map{
			"number": index, "product": orElse(l.Text, l.Product.Name), "text": orElse(l.Text, l.Product.Name), "article": l.Article, "heading": l.Heading,
			"unit": l.Unit, "quantity": l.Quantity, "price": g.money(l.Price), "discount": l.Discount, "vat_rate": g.p.Choice("product", "vat", l.VAT),
			"amount": g.money(l.Amount), "vat_amount": g.money(l.VATAmount), "total": g.money(l.Total),
		})
	}
	return docx.Map{
		"name": v.Name, "recommended": v.Recommended, "accepted": v.Accepted, "note": v.Note, "lines": lines,
		"gross": g.money(v.Gross), "discount_total": g.money(v.DiscountSum), "subtotal": g.money(v.Net), "net": g.money(v.Total - v.VATSum), "vat": g.money(v.VATSum), "total": g.money(v.Total),
	}
}
