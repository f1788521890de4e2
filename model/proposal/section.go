package proposal

import (
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
)

// take marks the options that a client takes: their numbers from 1, with commas
// between them, or "all".
func (v *Variant) take(said string) error {
	options := v.Options()
	if strings.TrimSpace(said) == "all" {
		for _, i := range options {
			v.Lines[i].Taken = true
		}
		return nil
	}
	for word := range strings.FieldsFuncSeq(said, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > len(options) {
			return model.Refused("variants", "no_such_option", "option", word)
		}
		v.Lines[options[n-1]].Taken = true
	}
	return nil
}

// taken reports that the client took options.
func (p *Proposal) taken() bool {
	return slices.ContainsFunc(p.Variants, func(v Variant) bool {
		return slices.ContainsFunc(v.Lines, func(l Line) bool { return l.Taken })
	})
}

// terms are the terms of its own that a variant has.
func (v *Variant) terms() [3]string { return [3]string{v.PaymentTerms, v.DeliveryTerms, v.Warranty} }

// Terms are the terms of payment, of delivery and of warranty that hold for a
// variant: its own, else those of the proposal.
func (p *Proposal) Terms(v *Variant) (payment, delivery, warranty string) {
	pick := func(own, usual string) string {
		if own != "" {
			return own
		}
		return usual
	}
	return pick(v.PaymentTerms, p.PaymentTerms), pick(v.DeliveryTerms, p.DeliveryTerms), pick(v.Warranty, p.Warranty)
}

// payments are the terms of payment of the offer: the proposal's, and those that
// variants have of their own.
func (p *Proposal) payments() []string {
	var out []string
	for _, terms := range append([]string{p.PaymentTerms}, ownPayments(p.Variants)...) {
		if terms != "" && !slices.Contains(out, terms) {
			out = append(out, terms)
		}
	}
	return out
}

func ownPayments(variants []Variant) []string {
	out := make([]string, len(variants))
	for i := range variants {
		out[i] = variants[i].PaymentTerms
	}
	return out
}
