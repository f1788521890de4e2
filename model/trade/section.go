package trade

import (
	"slices"

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

// Sections are the sections of a counted sheet: their totals add up to its
// total.
func (s *Sheet) Sections() []Section {
	var out []Section
	for i := range s.Lines {
		l := &s.Lines[i]
		switch {
		case l.Heading:
			out = append(out, Section{Heading: i, From: i + 1, To: i + 1})
			continue
		case len(out) == 0:
			out = append(out, Section{Heading: -1, From: i, To: i})
		}
		x := &out[len(out)-1]
		x.To = i + 1
		if !l.Priced() {
			continue
		}
		x.Positions++
		if l.Counts() {
			x.Amount, x.Total = x.Amount+l.Amount, x.Total+l.Total
		} else {
			x.Options += l.Total
		}
	}
	return out
}

// Section is the section of a heading.
func (s *Sheet) Section(heading int) Section {
	for _, x := range s.Sections() {
		if x.Heading == heading {
			return x
		}
	}
	return Section{Heading: heading, From: heading + 1, To: heading + 1}
}

// SectionBeside tells in front of which line sections go that are moved past the
// one before them (-1) or behind them (+1); whole is false where the lines from
// up to, not including, to, are not whole sections. In front of lines that are
// in no section nothing goes: it would take them in.
func (s *Sheet) SectionBeside(from, to, by int) (before int, whole bool) {
	if from >= to || !s.Lines[from].Heading || to < len(s.Lines) && !s.Lines[to].Heading {
		return from, false
	}
	all := s.Sections()
	for i, x := range all {
		switch {
		case by < 0 && x.Heading == from:
			if i == 0 || all[i-1].Heading < 0 {
				return from, true
			}
			return all[i-1].Heading, true
		case by > 0 && x.Heading == to:
			return x.To, true
		}
	}
	return from, true
}

// MoveLines carries the lines from up to, not including, to, in front of the
// line before; len for the end. It tells where the first of them stands then.
func (s *Sheet) MoveLines(from, to, before int) int {
	if before >= from && before <= to || from >= to {
		return from
	}
	block := slices.Clone(s.Lines[from:to])
	rest := slices.Delete(slices.Clone(s.Lines), from, to)
	if before > from {
		before -= to - from
	}
	s.Lines = slices.Insert(rest, before, block...)
	return before
}

// Options are the places of the options of a sheet.
func (s *Sheet) Options() []int {
	var out []int
	for i := range s.Lines {
		if s.Lines[i].Priced() && s.Lines[i].Optional {
			out = append(out, i)
		}
	}
	return out
}

// Unfold puts the parts of a kit in its place, each as a line of its own at its
// list price. What they come to beyond the price of the kit is taken off as a
// discount, so that the total stays; it grows smaller where they come to less.
func (s *Sheet) Unfold(mode string, kit int) error {
	if err := s.Count(mode); err != nil {
		return err
	}
	l := s.Lines[kit]
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
	s.Lines = slices.Replace(slices.Clone(s.Lines), kit, kit+1, made...)
	return s.Count(mode)
}

// Offers are what may become of a counted sheet: as it stands, and with all its
// options taken.
func (s *Sheet) Offers(mode string) ([]Sheet, error) {
	out := []Sheet{*s}
	if s.OptionsSum == 0 {
		return out, nil
	}
	all := *s
	all.Lines = CopyLines(s.Lines)
	for i := range all.Lines {
		all.Lines[i].Taken = true
	}
	err := all.Count(mode)
	return append(out, all), err
}
