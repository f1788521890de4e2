package paper

import (
	"maps"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/printing/docx"
)

// ownOfVariant are the names of a variant that say nothing of the proposal.
var ownOfVariant = map[string]bool{"name": true, "note": true, "recommended": true, "accepted": true, "own_terms": true, "own_payment_terms": true, "own_delivery_terms": true, "own_warranty": true}

func (l *letter) variantTags(v *proposal.Variant) docx.Map {
	m := l.sheetTags(&v.Sheet)
	payment, delivery, warranty := l.p.Terms(v)
	maps.Copy(m, docx.Map{
		"name": v.Name, "recommended": v.Recommended, "accepted": v.Accepted, "note": v.Note, "payment_terms": payment, "delivery_terms": delivery, "warranty": warranty,
		"own_terms":         v.PaymentTerms+v.DeliveryTerms+v.Warranty != "",
		"own_payment_terms": v.PaymentTerms, "own_delivery_terms": v.DeliveryTerms, "own_warranty": v.Warranty,
	})
	return m
}

// sheetTags are lines and their sums.
func (l *letter) sheetTags(v *trade.Sheet) docx.Map {
	sections := v.Sections()
	var lines, options []any
	n, at := int64(0), 0
	for i := range v.Lines {
		x := &v.Lines[i]
		index := any("")
		if x.Priced() {
			n++
			index = n
		}
		tags := l.lineTags(x, index)
		if x.Heading {
			for at < len(sections) && sections[at].Heading != i {
				at++
			}
			tags.Map["section_total"] = l.money(sections[at].Amount)
		}
		lines = append(lines, tags)
		if x.Priced() && x.Optional {
			options = append(options, tags)
		}
	}
	var list []any
	for _, s := range sections {
		name := ""
		if s.Heading >= 0 {
			name = v.Lines[s.Heading].Text
		}
		list = append(list, docx.Map{"name": name, "lines": lines[s.From:s.To], "amount": l.money(s.Amount), "total": l.money(s.Total)})
	}
	return docx.Map{
		"lines": lines, "sections": list, "options": options,
		"gross": l.money(v.Gross), "discount_total": l.money(v.DiscountSum), "subtotal": l.money(v.Net), "net": l.money(v.Total - v.VATSum), "vat": l.money(v.VATSum), "total": l.money(v.Total),
		"options_total": l.money(v.OptionsSum),
	}
}

// lineTags are what a template may ask of a line.
func (l *letter) lineTags(x *trade.Line, number any) line {
	var parts []any
	for _, c := range x.Parts {
		all, err := model.MulDiv(int64(c.Quantity), int64(x.Quantity), 1000)
		if err != nil {
			all = int64(c.Quantity)
		}
		parts = append(parts, docx.Map{"text": c.Text, "article": c.Article, "unit": c.Unit, "quantity": model.Qty(all), "quantity_in_one": c.Quantity})
	}
	return line{docx.Map{
		"number": number, "product": orElse(x.Text, x.Product.Name), "text": orElse(x.Text, x.Product.Name), "article": x.Article, "heading": !x.Priced(), "section": x.Heading,
		"unit": x.Unit, "quantity": x.Quantity, "price": l.money(x.Price), "discount": x.Discount, "vat_rate": l.words.Choice("product", "vat", x.VAT),
		"amount": l.money(x.Amount), "vat_amount": l.money(x.VATAmount), "total": l.money(x.Total),
		"note": x.Note, "option": x.Priced() && !x.Counts(), "taken": x.Taken, "kit": len(x.Parts) > 0, "parts": parts,
	}, l, x.Product}
}

// line is the tags of a line; the picture of its product is read when a template
// asks for it.
type line struct {
	docx.Map
	letter  *letter
	product model.Ref
}

// Lookup implements docx.Scope.
func (x line) Lookup(name string) (any, bool) {
	if name == "picture" {
		return picture(x.letter.picture(x.product)), true
	}
	return x.Map.Lookup(name)
}

// picture is that of a product, nothing when it has none.
func (l *letter) picture(ref model.Ref) []byte {
	if data, known := l.pictures[ref.ID]; known {
		return data
	}
	if l.pictures == nil {
		l.pictures = map[int64][]byte{}
	}
	data := get[product.Product](l.records, "product", ref).Picture
	l.pictures[ref.ID] = data
	return data
}

// besideNames are the columns of variants side by side: as a table of Word has
// as many columns as it has, they have names.
var besideNames = []string{"first", "second", "third", "fourth"}

// besideTags are the lines of all variants side by side.
func (l *letter) besideTags() []any {
	var out []any
	for _, r := range proposal.Beside(l.p.Variants) {
		row := docx.Map{"text": r.Text, "heading": r.Heading}
		for n, name := range besideNames {
			if n < len(r.Lines) && r.Lines[n] != nil && r.Lines[n].Priced() {
				x := r.Lines[n]
				row[name] = docx.Map{"quantity": x.Quantity, "unit": x.Unit, "price": l.money(x.Price), "total": l.money(x.Total), "option": !x.Counts()}
			}
		}
		out = append(out, row)
	}
	return out
}
