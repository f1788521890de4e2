package paper

import (
	"strconv"
	"strings"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/printing/document"
)

// form is the document as a spreadsheet and as a page of HTML.
func (l *letter) form() *document.Document {
	h, o, t := l.head, l.organization, l.words.T
	iban, bank := l.account()
	d := &document.Document{
		Title:    l.words.Kind(h.kind),
		Subtitle: t("paper.number", "number", h.number, "date", l.words.DayLong(h.date)),
		Currency: h.currency, Logo: o.Logo,
		Firm: document.Party{Name: orElse(o.FullName, o.Name), Lines: filled(
			labelled(t("paper.code"), o.Code, t("paper.ipn"), o.IPN), o.Address,
			labelled("IBAN", iban, "", bank), labelled("", o.Phone, "", o.Email, "", o.Website))},
		Client: document.Party{Label: t("paper.to"), Name: orElse(l.client.FullName, l.client.Name), Lines: filled(
			labelled(t("paper.code"), l.client.Code), strings.Join(filled(l.contact.Name, l.contact.Post), ", "), l.address())},
		Signed:  document.Signature{Post: capital(o.SignatoryPost), Firm: o.Name, Name: o.Signatory},
		Running: strings.Join(filled(o.Name, o.Phone, o.Email), " · "),
		Words:   l.formWords(),
	}
	if l.draft() {
		d.Mark = t("paper.draft")
	}
	if l.i != nil {
		l.invoiceForm(d)
	} else {
		l.proposalForm(d)
	}
	return d
}

// managerFacts tell who is asked about the document.
func (l *letter) managerFacts(d *document.Document) {
	if m := filled(l.manager.Name, l.manager.Phone, l.manager.Email); len(m) > 0 {
		d.Facts = append(d.Facts, document.Fact{Label: l.words.T("paper.manager"), Value: m[0]})
		for _, s := range m[1:] {
			d.Facts = append(d.Facts, document.Fact{Value: s})
		}
	}
}

// proposalForm adds what only a proposal says.
func (l *letter) proposalForm(d *document.Document) {
	p, t := l.p, l.words.T
	d.Greeting, d.Intro, d.Closing = p.Addressee, p.Intro, t("paper.closing")
	if no := l.replaces(); no != nil {
		d.Facts = append(d.Facts, document.Fact{Label: t("paper.revision", "no", p.Revision), Value: t("paper.replaces", "no", no)})
	}
	if p.ValidUntil != 0 {
		d.Facts = append(d.Facts, document.Fact{Label: t("paper.valid_until"), Value: l.words.DayLong(p.ValidUntil)})
	}
	l.managerFacts(d)
	d.Terms = l.terms(p.PaymentTerms, p.DeliveryTerms, p.Warranty)
	for i := range p.Variants {
		d.Variants = append(d.Variants, l.formVariant(&p.Variants[i]))
	}
}

// invoiceForm adds what only an invoice says.
func (l *letter) invoiceForm(d *document.Document) {
	i, t := l.i, l.words.T
	d.Closing = i.Note
	if i.PayUntil != 0 {
		d.Facts = append(d.Facts, document.Fact{Label: t("paper.pay_until"), Value: l.words.DayLong(i.PayUntil)})
	}
	purpose := t("paper.purpose", "number", i.Number, "date", l.words.Day(i.Date))
	if i.VATSum == 0 {
		purpose += ", " + t("paper.purpose_without_vat")
	} else {
		purpose += ", " + t("paper.purpose_vat", "vat", l.words.Money(l.money(i.VATSum)))
	}
	d.Facts = append(d.Facts, document.Fact{Label: t("paper.purpose_label"), Value: purpose})
	l.managerFacts(d)
	d.Terms = l.terms(i.PaymentTerms, "", "")
	d.Variants = append(d.Variants, l.formSheet(&i.Sheet))
}

// terms are those that somebody wrote.
func (l *letter) terms(payment, delivery, warranty string) []document.Fact {
	t := l.words.T
	var out []document.Fact
	for _, x := range []document.Fact{{Label: t("paper.payment"), Value: payment}, {Label: t("paper.delivery"), Value: delivery}, {Label: t("paper.warranty"), Value: warranty}} {
		if x.Value != "" {
			out = append(out, x)
		}
	}
	return out
}

func (l *letter) formVariant(v *proposal.Variant) document.Variant {
	out := l.formSheet(&v.Sheet)
	out.Note, out.Terms = v.Note, l.terms(v.PaymentTerms, v.DeliveryTerms, v.Warranty)
	if len(l.p.Variants) > 1 {
		out.Name = v.Name
		if v.Recommended {
			out.Name = l.words.T("paper.recommended", "name", v.Name)
		}
	}
	return out
}

// formSheet is lines and their sums.
func (l *letter) formSheet(v *trade.Sheet) document.Variant {
	t := l.words.T
	out := document.Variant{
		Options: v.OptionsSum, VAT: document.VAT(l.head.vatMode), Net: v.Net, Discount: v.DiscountSum, Total: v.Total,
		Amount: l.words.Money(l.money(v.Total)), InWords: t("paper.in_words", "words", l.words.MoneyWords(l.money(v.Total))),
	}
	if v.VATSum == 0 {
		out.Remark = t("paper.without_vat")
	}
	taxes := map[string]int64{}
	n := 0
	for i := range v.Lines {
		x := &v.Lines[i]
		line := document.Line{
			Heading: x.Heading, Note: x.Note, Option: x.Priced() && !x.Counts(), Text: orElse(x.Text, x.Product.Name), Article: x.Article, Unit: x.Unit, Quantity: x.Quantity,
			Price: x.Price, Discount: x.Discount, Rate: product.VATRate(x.VAT), Taxed: x.VAT != product.VATExempt && x.VAT != "", Amount: x.Amount,
		}
		if x.Priced() {
			n++
			line.Number = strconv.Itoa(n)
		}
		if x.Counts() {
			taxes[x.VAT] += x.VATAmount
		}
		if x.Heading {
			section := v.Section(i)
			line.Subtotal, line.Amount = section.Amount != 0, section.Amount
		}
		for _, c := range x.Parts {
			if q, err := model.MulDiv(int64(c.Quantity), int64(x.Quantity), 1000); err == nil {
				line.Parts = append(line.Parts, document.Part{Text: c.Text, Unit: c.Unit, Quantity: model.Qty(q)})
			}
		}
		if l.head.vatMode == trade.VATNone {
			line.Taxed = false
		}
		out.Lines = append(out.Lines, line)
	}
	for _, rate := range product.VATs {
		if taxes[rate] != 0 {
			out.Taxes = append(out.Taxes, document.Tax{Rate: product.VATRate(rate), Amount: taxes[rate]})
		}
	}
	return out
}

func (l *letter) formWords() document.Words {
	t := l.words.T
	currency := l.words.Currency(l.head.currency)
	return document.Words{
		Number: t("paper.column.number"), Text: t("paper.column.text"), Article: t("paper.column.article"), Unit: t("paper.column.unit"), Quantity: t("paper.column.quantity"),
		Price: t("paper.column.price", "currency", currency), Discount: t("paper.column.discount"), Rate: t("paper.column.rate"), Amount: t("paper.column.amount", "currency", currency),
		Currency: currency, Option: t("paper.option"), Options: t("paper.options"),
		Subtotal: t("paper.subtotal"), Total: t("paper.total"), Saved: t("paper.saved"), Terms: t("paper.terms"), Exempt: t("paper.exempt"), Page: t("paper.page"), Of: t("paper.of"),
		Tax:    func(r model.Percent) string { return t("paper.tax", "rate", l.words.Percent(r)) },
		Within: func(r model.Percent) string { return t("paper.tax_within", "rate", l.words.Percent(r)) },
		Say:    l.words,
	}
}

// filled are the texts that are not empty.
func filled(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// labelled joins pairs of a label and a text; a pair without a text is left out.
func labelled(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if s := strings.TrimSpace(pairs[i+1]); s != "" {
			out = append(out, strings.TrimSpace(pairs[i]+" "+s))
		}
	}
	return strings.Join(out, " · ")
}

// capital makes the first letter of a text a capital.
func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
