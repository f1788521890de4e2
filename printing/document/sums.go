package document

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ugoda/model"
)

// spans are rows from and to, those that count in a sum.
type spans [][2]int

// counted are the rows of the lines that are in the sums, where the first line
// stands in a row.
func counted(lines []Line, row int) spans {
	return rowsOf(lines, row, func(l *Line) bool { return l.priced() && !l.Option })
}

// options are the rows of the options that were not taken.
func options(lines []Line, row int) spans {
	return rowsOf(lines, row, func(l *Line) bool { return l.priced() && l.Option })
}

func rowsOf(lines []Line, row int, in func(*Line) bool) spans {
	var out spans
	for i := range lines {
		if !in(&lines[i]) {
			continue
		}
		if n := len(out); n > 0 && out[n-1][1] == row+i-1 {
			out[n-1][1]++
		} else {
			out = append(out, [2]int{row + i, row + i})
		}
	}
	return out
}

// of is the cells of a column in the rows; several ranges with a comma between.
func (s spans) of(col int) []string {
	var out []string
	for _, x := range s {
		out = append(out, cellName(col, x[0])+":"+cellName(col, x[1]))
	}
	return out
}

// sum is the formula of their sum.
func (s spans) sum(col int) string {
	if len(s) == 0 {
		return "0"
	}
	return "SUM(" + strings.Join(s.of(col), ",") + ")"
}

// each joins a formula over every range by plus.
func (s spans) each(formula func(from, to int) string) string {
	var out []string
	for _, x := range s {
		out = append(out, formula(x[0], x[1]))
	}
	if len(out) == 0 {
		return "0"
	}
	return strings.Join(out, "+")
}

// totals are formulas over the lines: the sum of amounts, the tax of each rate
// from the sum of its lines, and what is to be paid.
func (f *form) totals(v *Variant, in, left spans) {
	w := &f.d.Words
	row := func(l look, label, formula string, minor int64) string {
		l.align = "right"
		value := l
		value.number = money
		if l.total && w.Currency != "" { // what is to be paid says in what
			value.number += ` "` + strings.ReplaceAll(w.Currency, `"`, "") + `"`
		}
		f.cells(map[bool]float64{true: 22}[l.total], map[int]excelize.Cell{
			1:         f.text1(l, label),
			colAmount: {StyleID: f.style(value), Value: float64(minor) / 100, Formula: formula},
		}, [2]int{1, colRate})
		return cellName(colAmount, f.row)
	}
	net := in.sum(colAmount)
	tax := func(t Tax, per string) string {
		base := in.each(func(from, to int) string {
			return fmt.Sprintf("SUMIF(%s:%s,%s,%s:%s)", cellName(colRate, from), cellName(colRate, to), decimal(t.Rate), cellName(colAmount, from), cellName(colAmount, to))
		})
		if len(in) > 1 {
			base = "(" + base + ")"
		}
		return fmt.Sprintf("ROUND(%s*%s/%s,2)", base, decimal(t.Rate), per)
	}
	switch v.VAT {
	case OnTop:
		parts := []string{row(look{line: true}, w.Subtotal, net, v.Net)}
		for _, t := range v.Taxes {
			parts = append(parts, row(look{line: true}, w.Tax(t.Rate), tax(t, "1"), t.Amount))
		}
		row(look{total: true, bold: true}, w.Total, strings.Join(parts, "+"), v.Total)
	default:
		row(look{total: true, bold: true}, w.Total, net, v.Total)
		for _, t := range v.Taxes {
			row(look{line: true, soft: true}, w.Within(t.Rate), tax(t, "(1+"+decimal(t.Rate)+")"), t.Amount)
		}
	}
	if v.Discount != 0 {
		before := in.each(func(from, to int) string {
			return fmt.Sprintf("SUMPRODUCT(ROUND(%s:%s*%s:%s,2))", cellName(colQuantity, from), cellName(colQuantity, to), cellName(colPrice, from), cellName(colPrice, to))
		})
		row(look{line: true, soft: true}, w.Saved, before+"-"+net, v.Discount)
	}
	if v.Options != 0 {
		sum := left.sum(colAmount)
		if v.VAT == OnTop { // options come with their tax; N of a line without is nothing
			sum = left.each(func(from, to int) string {
				var lines []string
				for r := from; r <= to; r++ {
					amount := cellName(colAmount, r)
					lines = append(lines, fmt.Sprintf("%s+ROUND(%s*N(%s),2)", amount, amount, cellName(colRate, r)))
				}
				return strings.Join(lines, "+")
			})
		}
		row(look{line: true, soft: true}, w.Options, sum, v.Options)
	}
}

// decimal writes a share as formulas do: 0.2.
func decimal(p model.Percent) string { return strconv.FormatFloat(share(p), 'f', -1, 64) }
