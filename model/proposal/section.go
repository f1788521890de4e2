package proposal

import (
	"slices"
	"strconv"
	"strings"

	"ugoda/model"
)

// Priced reports that the line offers something: it is no heading and no note.
func (l *Line) Priced() bool { return !l.Heading && !l.Note }

// Counts reports that the line is in the total: no option, or one that the
// client took.
func (l *Line) Counts() bool { return l.Priced() && (!l.Optional || l.Taken) }

// Section is a heading with what stands under it, up to the next heading; the
// lines before the first heading are one without a heading.
type Section struct {
	Heading       int // place of its heading; -1: none
	From, To      int // lines under it: from From up to, not including, To
	Positions     int // of which so many offer something
	Amount, Total int64
	Options       int64 // totals of the options under it that are in neither
}

// Sections are the sections of a counted variant: their totals add up to its
// total.
func (v *Variant) Sections() []Section {
	var out []Section
	for i := range v.Lines {
		l := &v.Lines[i]
		switch {
		case l.Heading:
			out = append(out, Section{Heading: i, From: i + 1, To: i + 1})
			continue
		case len(out) == 0:
			out = append(out, Section{Heading: -1, From: i, To: i})
		}
		s := &out[len(out)-1]
		s.To = i + 1
		if !l.Priced() {
			continue
		}
		s.Positions++
		if l.Counts() {
			s.Amount, s.Total = s.Amount+l.Amount, s.Total+l.Total
		} else {
			s.Options += l.Total
		}
	}
	return out
}

// Section is the section of a heading.
func (v *Variant) Section(heading int) Section {
	for _, s := range v.Sections() {
		if s.Heading == heading {
			return s
		}
	}
	return Section{Heading: heading, From: heading + 1, To: heading + 1}
}

// SectionBeside tells in front of which line sections go that are moved past the
// one before them (-1) or behind them (+1); whole is false where the lines from
// up to, not including, to, are not whole sections. In front of lines that are
// in no section nothing goes: it would take them in.
func (v *Variant) SectionBeside(from, to, by int) (before int, whole bool) {
	if from >= to || !v.Lines[from].Heading || to < len(v.Lines) && !v.Lines[to].Heading {
		return from, false
	}
	all := v.Sections()
	for i, s := range all {
		switch {
		case by < 0 && s.Heading == from:
			if i == 0 || all[i-1].Heading < 0 {
				return from, true
			}
			return all[i-1].Heading, true
		case by > 0 && s.Heading == to:
			return s.To, true
		}
	}
	return from, true
}

// MoveLines carries the lines from up to, not including, to, in front of the
// line before; len for the end. It tells where the first of them stands then.
func (v *Variant) MoveLines(from, to, before int) int {
	if before >= from && before <= to || from >= to {
		return from
	}
	block := slices.Clone(v.Lines[from:to])
	rest := slices.Delete(slices.Clone(v.Lines), from, to)
	if before > from {
		before -= to - from
	}
	v.Lines = slices.Insert(rest, before, block...)
	return before
}

// Options are the places of the options of a variant.
func (v *Variant) Options() []int {
	var out []int
	for i := range v.Lines {
		if v.Lines[i].Priced() && v.Lines[i].Optional {
			out = append(out, i)
		}
	}
	return out
}

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

// Unfold puts the parts of a kit in its place, each as a line of its own at its
// list price. What they come to beyond the price of the kit is taken off as a
// discount, so that the total stays; it grows smaller where they come to less.
func (v *Variant) Unfold(mode string, kit int) error {
	if err := v.count(mode); err != nil {
		return err
	}
	l := v.Lines[kit]
	if len(l.Parts) == 0 {
		return nil
	}
	made := make([]Line, len(l.Parts))
	var all int64
	for i, c := range l.Parts {
		quantity, err := model.MulDiv(int64(c.Quantity), int64(l.Quantity), 1000)
		if err != nil {
			return err
		}
		vat := c.VAT
		if mode == VATNone {
			vat = l.VAT
		}
		made[i] = Line{Product: c.Product, Text: c.Text, Article: c.Article, Unit: c.Unit, VAT: vat, Quantity: model.Qty(quantity), Price: c.Price, Cost: c.Cost, Optional: l.Optional}
		if made[i].Amount, err = model.Extend(c.Price, made[i].Quantity); err != nil {
			return err
		}
		all += made[i].Amount
	}
	if over := all - l.Amount; over > 0 {
		lines := make([]*Line, len(made))
		for i := range made {
			lines[i] = &made[i]
		}
		if err := shift(lines, over); err != nil {
			return err
		}
	}
	v.Lines = slices.Replace(slices.Clone(v.Lines), kit, kit+1, made...)
	return v.count(mode)
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

// offers are what may become of a counted variant: as it stands, and with all
// its options taken.
func (v *Variant) offers(mode string) ([]Variant, error) {
	out := []Variant{*v}
	if v.OptionsSum == 0 {
		return out, nil
	}
	all := CopyVariants(out)[0]
	for i := range all.Lines {
		all.Lines[i].Taken = true
	}
	err := all.count(mode)
	return append(out, all), err
}
