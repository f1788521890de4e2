package document

import (
	"context"
	"strings"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

// fills finds products while one types, and fills lines from them in the
// background.
type fills struct{ p *Desk }

func newFills(p *Desk) fills { return fills{p} }

// offered is how many products are offered while one types.
const offered = 12

// provider completes products by name, number, article or barcode, with their
// article and price beside them.
func (f fills) provider() input.Provider {
	session, words := f.p.host.Session(), f.p.words
	return input.ProviderFunc(func(ctx context.Context, text string) ([]input.Item, error) {
		refs, err := session.Complete(ctx, "product", text, offered, nil)
		if err != nil {
			return nil, err
		}
		ids := make([]int64, len(refs))
		for i, r := range refs {
			ids[i] = r.ID
		}
		rows, err := session.Rows(ctx, store.Query{Kind: "product", Columns: []string{"article", "price"}}, ids)
		if err != nil {
			return nil, err
		}
		details := map[int64]string{}
		for _, r := range rows {
			article, _ := r.Cells[0].(string)
			price, _ := r.Cells[1].(model.Money)
			details[r.ID] = strings.Trim(article+"   "+words.Money(price), " ")
		}
		items := make([]input.Item, len(refs))
		for i, r := range refs {
			items[i] = input.Item{ID: r.ID, Text: r.Name, Detail: details[r.ID]}
		}
		return items, nil
	})
}

// pending are the lines that have a product and nothing of it yet, one for each
// product.
func (f fills) pending() []proposal.Line {
	var out []proposal.Line
	seen := map[int64]bool{}
	for i := range f.p.doc.Variants {
		for _, l := range f.p.doc.Variants[i].Lines {
			if l.Pending() && !seen[l.Product.ID] {
				seen[l.Product.ID] = true
				out = append(out, proposal.Line{Product: l.Product, Quantity: 1000})
			}
		}
	}
	return out
}

// like is a new proposal with the head of the one being edited: what rules
// fill in it holds for that one, too.
func (p *Desk) like() *proposal.Proposal {
	date, _ := p.form.Get("date").(model.Day)
	organization, _ := p.form.Get("organization").(model.Ref)
	return &proposal.Proposal{Date: date, Organization: organization, VATMode: p.doc.VATMode, Currency: p.doc.Currency, Rate: p.doc.Rate}
}

// ask fills what is pending, by the same rules as saving.
func (f fills) ask() {
	lines := f.pending()
	if len(lines) == 0 {
		return
	}
	p := f.p
	asked := p.like()
	asked.Variants = []proposal.Variant{{Sheet: trade.Sheet{Lines: lines}}}
	session := p.host.Session()
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) ([]proposal.Line, error) {
		err := session.Prepare(ctx, "proposal", asked)
		return asked.Variants[0].Lines, err
	}, f.take)
}

// take gives the pending lines what was found; what was typed meanwhile stays.
func (f fills) take(filled []proposal.Line) {
	p := f.p
	for _, from := range filled {
		for i := range p.doc.Variants {
			for j := range p.doc.Variants[i].Lines {
				l := &p.doc.Variants[i].Lines[j]
				if !l.Pending() || l.Product.ID != from.Product.ID {
					continue
				}
				l.Product, l.Text, l.Article, l.Unit, l.VAT = from.Product, from.Text, from.Article, from.Unit, from.VAT
				l.Parts = trade.CopyLines([]proposal.Line{from})[0].Parts
				if l.Price == 0 {
					l.Price = from.Price
				}
				if l.Cost == 0 {
					l.Cost = from.Cost
				}
			}
		}
	}
	p.Refresh()
	p.prices.more()
}

// createProduct creates a product in place, and takes it into the line.
func (p *Desk) createProduct(row, col int, text string) {
	p.grid.Cancel()
	fill := map[string]any{"name": text, "price": model.Money{Currency: p.doc.Currency}}
	line := p.sheet.lineAt(row)
	p.host.Edit("product", 0, fill, func(ref model.Ref) {
		p.addProducts(line, []added{{ref: ref, quantity: 1000}})
		p.goTo(line, col)
		p.host.Canvas().Focus(p.grid)
		p.grid.Advance()
	})
}

// added is a product on its way into the lines.
type added struct {
	ref      model.Ref
	quantity model.Qty
}

// addProducts puts products into the variant from a line on: into that line
// where it is empty, else as new ones before it.
func (p *Desk) addProducts(row int, list []added) {
	p.Edit(func() {
		v := p.variant()
		for i, a := range list {
			l := proposal.Line{Quantity: a.quantity}
			l.Take(a.ref)
			at := min(row+i, len(v.Lines))
			if at < len(v.Lines) && v.Lines[at].Empty() {
				v.Lines[at] = l
				continue
			}
			v.Lines = append(v.Lines[:at], append([]proposal.Line{l}, v.Lines[at:]...)...)
		}
	})
	p.wrong = nil
	p.grid.Reload()
	p.fills.ask()
}
