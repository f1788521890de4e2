// Package paper prints documents: it gathers what a template may ask for,
// fills the template, and turns the result into the format that was asked.
package paper

import (
	"context"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/model/proposal"
	"ugoda/printing/docx"
	"ugoda/store"
)

// Proposal gathers everything that a template of a proposal may ask for, in
// the language of the proposal. Fields that the session's role may not see are
// empty.
func Proposal(ctx context.Context, s *store.Session, id int64) (docx.Map, locale.Language, error) {
	l, err := gather(ctx, s, Job{ID: id})
	if err != nil {
		return nil, "", err
	}
	return l.tags(), l.language(), nil
}

// tags are what a template may ask for.
func (l *letter) tags() docx.Map {
	p := l.p
	m := docx.Map{
		"number": p.Number, "date": p.Date, "valid_until": p.ValidUntil, "revision": l.revision(), "replaces": l.replaces(), "subject": p.Subject, "addressee": p.Addressee, "intro": p.Intro,
		"payment_terms": p.PaymentTerms, "delivery_terms": p.DeliveryTerms, "warranty": p.Warranty, "currency": l.words.Currency(p.Currency), "currency_code": p.Currency,
		"vat_included": p.VATMode == proposal.VATIncluded, "vat_on_top": p.VATMode == proposal.VATOnTop,
		"several_variants": len(p.Variants) > 1, "draft": l.draft(),
		"organization": l.firmTags(), "client": l.clientTags(),
		"contact": docx.Map{"name": l.contact.Name, "post": l.contact.Post, "phone": l.contact.Phone, "email": l.contact.Email},
		"manager": docx.Map{"name": l.manager.Name, "post": l.manager.Post, "phone": l.manager.Phone, "email": l.manager.Email},
	}
	var variants []any
	for i := range p.Variants {
		variants = append(variants, l.variantTags(&p.Variants[i]))
	}
	m["variants"] = variants
	m["beside"] = l.besideTags()
	for n, name := range besideNames {
		if n < len(variants) {
			m[name+"_variant"] = variants[n]
		}
	}
	if offer := p.Offer(); offer != nil {
		for k, v := range l.variantTags(offer) {
			if _, taken := m[k]; !taken && !ownOfVariant[k] {
				m[k] = v
			}
		}
	}
	return m
}

// revision is the number of the revision; none for the first.
func (l *letter) revision() any {
	if l.p.Revision > 1 {
		return l.p.Revision
	}
	return nil
}

// replaces is the number of the revision that the client has had and that this
// one takes the place of; nil: none.
func (l *letter) replaces() any {
	last := int64(0)
	for _, r := range l.kept {
		if !r.SentAt.IsZero() && r.No < l.p.Revision {
			last = max(last, r.No)
		}
	}
	if last == 0 {
		return nil
	}
	return last
}

func (l *letter) firmTags() docx.Map {
	o := l.organization
	iban, bank := l.account()
	return docx.Map{
		"name": o.Name, "full_name": orElse(o.FullName, o.Name), "code": o.Code, "ipn": o.IPN, "address": o.Address, "phone": o.Phone, "email": o.Email, "website": o.Website,
		"signatory": o.Signatory, "signatory_post": o.SignatoryPost, "signatory_basis": o.SignatoryBasis, "iban": iban, "bank": bank,
		"logo": picture(o.Logo), "stamp": picture(o.Stamp), "signature": picture(o.Signature),
	}
}

// picture is a picture for a template, or nothing.
func picture(data []byte) any {
	if len(data) == 0 {
		return nil
	}
	return docx.Image{Data: data}
}

func (l *letter) clientTags() docx.Map {
	c := l.client
	iban := ""
	if len(c.Accounts) > 0 {
		iban = c.Accounts[0].IBAN
	}
	return docx.Map{
		"name": c.Name, "full_name": orElse(c.FullName, c.Name), "code": c.Code, "ipn": c.IPN, "address": l.address(), "phone": c.Phone, "email": c.Email, "iban": iban,
		"signatory": c.Signatory, "signatory_post": c.SignatoryPost, "signatory_basis": c.SignatoryBasis, "private": c.Form == client.Private,
	}
}
