// Package paper prints documents: it gathers what a template may ask for,
// fills the template, and turns the result into the format that was asked.
package paper

import (
	"context"
	"maps"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/printing/docx"
	"ugoda/store"
)

// Proposal gathers everything that a template of a proposal may ask for, in
// the language of the proposal. Fields that the session's role may not see are
// empty.
func Proposal(ctx context.Context, s *store.Session, id int64) (docx.Map, locale.Language, error) {
	l, err := gather(ctx, s, Job{Kind: "proposal", ID: id})
	if err != nil {
		return nil, "", err
	}
	return l.tags(), l.language(), nil
}

// tags are what a template may ask for.
func (l *letter) tags() docx.Map {
	h := l.head
	m := docx.Map{
		"number": h.number, "date": h.date, "subject": h.subject, "payment_terms": h.payment, "currency": l.words.Currency(h.currency), "currency_code": h.currency,
		"vat_included": h.vatMode == trade.VATIncluded, "vat_on_top": h.vatMode == trade.VATOnTop, "draft": l.draft(),
		"organization": l.firmTags(), "client": l.clientTags(),
		"contact": docx.Map{"name": l.contact.Name, "post": l.contact.Post, "phone": l.contact.Phone, "email": l.contact.Email},
		"manager": docx.Map{"name": l.manager.Name, "post": l.manager.Post, "phone": l.manager.Phone, "email": l.manager.Email},
	}
	if l.i != nil {
		l.invoiceTags(m)
	} else {
		l.proposalTags(m)
	}
	return m
}

// invoiceTags adds what only an invoice has.
func (l *letter) invoiceTags(m docx.Map) {
	i := l.i
	m["pay_until"], m["note"], m["cancelled"] = i.PayUntil, i.Note, i.Status == invoice.Cancelled
	offer := docx.Map{"number": i.Proposal.Code, "variant": i.Variant, "revision": nil}
	if p := get[proposal.Proposal](l.records, "proposal", i.Proposal); p.ID != 0 {
		offer["date"] = p.Date
	}
	if i.Revision > 1 {
		offer["revision"] = i.Revision
	}
	m["proposal"] = offer
	maps.Copy(m, l.sheetTags(&i.Sheet))
}

// proposalTags adds what only a proposal has.
func (l *letter) proposalTags(m docx.Map) {
	p := l.p
	maps.Copy(m, docx.Map{
		"valid_until": p.ValidUntil, "revision": l.revision(), "replaces": l.replaces(), "addressee": p.Addressee, "intro": p.Intro,
		"delivery_terms": p.DeliveryTerms, "warranty": p.Warranty, "several_variants": len(p.Variants) > 1, "note": "",
	})
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
