package document

import (
	"slices"
	"strconv"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/lines"
)

// shownRow is a row of the grid: a line of the variant, or a part of the kit in
// that line.
type shownRow struct {
	line, part int // part -1: the line itself
	number     int // of a position, from 1
	fold       lines.Fold
	section    trade.Section // of a heading
}

// arranged is which rows the grid shows, as long as it is for.
type arranged struct {
	of    *proposal.Variant
	state int // of the page
	lines int
	rows  []shownRow
	at    []int // the row of each line; -1: folded away
}

// rows are the rows that the grid shows.
func (s *sheet) rows() []shownRow {
	v := s.p.variant()
	if l := &s.placed; l.of != v || l.state != s.p.changes || l.lines != len(v.Lines) {
		s.arrange(v)
	}
	return s.placed.rows
}

func (s *sheet) arrange(v *proposal.Variant) {
	l := &s.placed
	*l = arranged{of: v, state: s.p.changes, lines: len(v.Lines), rows: l.rows[:0], at: make([]int, len(v.Lines))}
	number := 0
	for _, x := range v.Sections() {
		shut := false
		if x.Heading >= 0 {
			r := shownRow{line: x.Heading, part: -1, section: x}
			if x.To > x.From {
				r.fold = lines.Open
				if shut = s.p.folded[foldName(&v.Lines[x.Heading])]; shut {
					r.fold = lines.Shut
				}
			}
			l.at[x.Heading] = len(l.rows)
			l.rows = append(l.rows, r)
		}
		for i := x.From; i < x.To; i++ {
			if v.Lines[i].Priced() {
				number++
			}
			if shut {
				l.at[i] = -1
				continue
			}
			s.arrangeLine(i, &v.Lines[i], number)
		}
	}
}

// arrangeLine shows a line, and below it the parts of a kit.
func (s *sheet) arrangeLine(i int, x *proposal.Line, number int) {
	l := &s.placed
	r := shownRow{line: i, part: -1, number: number}
	if len(x.Parts) > 0 {
		r.fold = lines.Open
		if s.p.folded[foldName(x)] {
			r.fold = lines.Shut
		}
	}
	l.at[i] = len(l.rows)
	l.rows = append(l.rows, r)
	if r.fold == lines.Open {
		for j := range x.Parts {
			l.rows = append(l.rows, shownRow{line: i, part: j})
		}
	}
}

// foldName is how a person's folding of a line is remembered: by its row, or
// before that is saved by what stands in it.
func foldName(l *proposal.Line) string {
	switch {
	case l.ID != 0:
		return strconv.FormatInt(l.ID, 10)
	case l.Product.ID != 0:
		return "p" + strconv.FormatInt(l.Product.ID, 10)
	}
	return "t" + l.Text
}

// Fold implements lines.Folder.
func (s *sheet) Fold(row int, shut bool) {
	r := s.rows()[row]
	if s.p.folded == nil {
		s.p.folded = map[string]bool{}
	}
	l := &s.p.variant().Lines[r.line]
	for _, name := range []string{foldName(l), foldName(&proposal.Line{Product: l.Product, Text: l.Text})} { // saving gives it a row
		s.p.folded[name] = shut
	}
	s.p.changes++
}

// lineAt is the line that a row shows; of the empty row, the end.
func (s *sheet) lineAt(row int) int {
	if rows := s.rows(); row < len(rows) {
		return rows[row].line
	}
	return len(s.p.variant().Lines)
}

// before is the line in front of which something stands that is put in front of
// a row: parts of a kit stay with it.
func (s *sheet) before(row int) int {
	if rows := s.rows(); row < len(rows) && rows[row].part >= 0 {
		return rows[row].line + 1
	}
	return s.lineAt(row)
}

// rowOf is the row of a line, unfolded for it where it must be.
func (s *sheet) rowOf(line int) int {
	rows := s.rows()
	if line >= len(s.placed.at) {
		return len(rows)
	}
	if s.placed.at[line] < 0 {
		for i := line; i >= 0; i-- {
			if at := s.placed.at[i]; at >= 0 {
				s.Fold(at, false)
				break
			}
		}
		s.rows()
	}
	return s.placed.at[line]
}

// block are the lines that rows stand for, from up to, not including, to: those
// folded away below them, too.
func (s *sheet) block(from, to int) (first, end int) { return s.before(from), s.before(to) }

// line is the line that the cursor is in; the end, in the empty one.
func (p *Desk) line() int { return p.sheet.lineAt(p.grid.Row()) }

// chosenLines are the lines that are selected: from up to, not including, to.
func (p *Desk) chosenLines() (from, to int) {
	a, b := p.grid.SelectedLines()
	return p.sheet.block(a, b)
}

// goTo puts the cursor into a line.
func (p *Desk) goTo(line, col int) { p.grid.GoTo(p.sheet.rowOf(line), col) }

// productAt is the product of a row: of its line, or of the part that it shows.
func (s *sheet) productAt(row int) model.Ref {
	rows := s.rows()
	if row < 0 || row >= len(rows) {
		return model.Ref{}
	}
	l := &s.p.variant().Lines[rows[row].line]
	if part := rows[row].part; part >= 0 {
		return l.Parts[part].Product
	}
	return l.Product
}

// hasProducts reports that there are products among the lines.
func (p *Desk) hasProducts() bool {
	return slices.ContainsFunc(p.variant().Lines, func(l proposal.Line) bool { return !l.Product.IsZero() })
}

// onLine follows the cursor to another line.
func (p *Desk) onLine() {
	p.body.tools()
	p.prices.follow()
}
