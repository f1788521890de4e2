package proposal

import (
	"slices"

	"ugoda/model"
	"ugoda/model/trade"
)

// What package trade says of lines, as far as a proposal's callers name it.
type (
	// Line is a position of a variant.
	Line = trade.Line
	// Component is a product in a kit.
	Component = trade.Component
)

// VAT modes of a proposal.
const (
	VATOnTop    = trade.VATOnTop
	VATIncluded = trade.VATIncluded
	VATNone     = trade.VATNone
)

// Pricing is how the proposal tells prices; nothing of no proposal.
func (p *Proposal) Pricing() trade.Pricing {
	if p == nil {
		return trade.Pricing{}
	}
	return trade.Pricing{On: p.Date, Currency: p.Currency, Rate: p.Rate, VATMode: p.VATMode}
}

// DefaultVAT is the rate of a line of free text.
func (p *Proposal) DefaultVAT() string { return p.Pricing().DefaultVAT() }

// Listing tells what the catalogue says of the products of a proposal's lines.
func Listing(p *Proposal, f model.Facts) map[int64]trade.Listed {
	var all []Line
	for _, v := range p.Variants {
		all = append(all, v.Lines...)
	}
	return trade.Listing(all, p.Pricing(), f)
}

// CopyVariants gives variants that share nothing with those given.
func CopyVariants(variants []Variant) []Variant {
	out := slices.Clone(variants)
	for i := range out {
		out[i].Lines = trade.CopyLines(out[i].Lines)
	}
	return out
}

// AddVariant appends a variant, a copy of another one unless from is below
// nought, under a name of its own, and gives its place. Nothing of what was
// chosen goes with the copy.
func (p *Proposal) AddVariant(from int, name string) int {
	v := Variant{Name: name}
	if from >= 0 && from < len(p.Variants) {
		v = CopyVariants(p.Variants[from : from+1])[0]
		v.Row, v.Name, v.Recommended, v.Accepted = model.Row{}, name, false, false
		trade.AsNew(v.Lines)
	}
	if len(p.Variants) == 0 {
		v.Recommended = true
	}
	p.Variants = append(p.Variants, v)
	return len(p.Variants) - 1
}

// RemoveVariant takes a variant out; there must be others. Where it was the
// recommended one, the first of the others is.
func (p *Proposal) RemoveVariant(i int) {
	if len(p.Variants) < 2 || i < 0 || i >= len(p.Variants) {
		return
	}
	was := p.Variants[i].Recommended
	p.Variants = slices.Delete(p.Variants, i, i+1)
	if was {
		p.Recommend(0)
	}
}

// Recommend makes one variant the recommended one.
func (p *Proposal) Recommend(i int) {
	for j := range p.Variants {
		p.Variants[j].Recommended = j == i
	}
}
