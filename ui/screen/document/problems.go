package document

import (
	"strconv"
	"strings"

	"ugoda/model"
)

// problems are what is wrong with lines, by their place.
type problems map[spot]string

type spot struct {
	variant, row int
	column       string
}

func (w problems) at(variant, row int, column string) string { return w[spot{variant, row, column}] }

// clear forgets a problem that is being mended.
func (w problems) clear(variant, row int, column string) { delete(w, spot{variant, row, column}) }

// spotOf reads the place of a problem: "variants.1.lines.4.price", or
// "lines.4.price" where there is one offer.
func spotOf(field string) (spot, bool) {
	parts := strings.Split(field, ".")
	if len(parts) == 3 {
		parts = append([]string{"variants", "0"}, parts...)
	}
	if len(parts) != 5 || parts[0] != "variants" || parts[2] != "lines" {
		return spot{}, false
	}
	variant, err := strconv.Atoi(parts[1])
	row, err2 := strconv.Atoi(parts[3])
	if err != nil || err2 != nil {
		return spot{}, false
	}
	column := parts[4]
	switch column {
	case "text":
		column = colProduct
	case "discount_sum":
		column = colDiscount
	}
	return spot{variant, row, column}, true
}

// Problem implements form.Part: what is wrong with a line stands in its cell,
// and the first one has the cursor.
func (p *Desk) Problem(x model.Problem, text string) bool {
	at, ok := spotOf(x.Field)
	if !ok || at.variant >= len(p.doc.Variants) || at.row >= len(p.doc.Variants[at.variant].Lines) {
		return false
	}
	first := len(p.wrong) == 0
	if p.wrong == nil {
		p.wrong = problems{}
	}
	if was := p.wrong[at]; was != "" {
		text = was + "\n" + text
	}
	p.wrong[at] = text
	if first {
		p.TurnTo(at.variant)
		for i, c := range p.sheet.Columns() {
			if c.Key == at.column {
				p.goTo(at.row, i)
			}
		}
		p.host.Canvas().Focus(p.grid)
	}
	p.grid.Refresh()
	return true
}

// ClearProblems implements form.Part.
func (p *Desk) ClearProblems() {
	p.wrong = nil
	p.grid.Refresh()
}
