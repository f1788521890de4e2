package reports

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/proposal"
	"ugoda/model/span"
	"ugoda/store"
)

// proposalDimension is something that proposals are grouped by.
type proposalDimension struct {
	key   string                    // SQL over p (the proposal), c (its client), d (its deal), l (a line of its offer), r (the product of a line)
	table string                    // of the names of its keys
	words []string                  // the identifiers of a choice, whose place from 1 is its key
	edges []int64                   // where bands begin; the key counts those that are reached, from 1
	whole bool                      // bands are of a count, not of hundredths
	path  string                    // the field that a condition asks; empty: records are named one by one
	first func(model.Day) model.Day // of the days of one key; its key is then the day
	parts bool                      // needs the lines
}

// Spans of days that proposals are grouped by.
const (
	byMonth   = "month"
	byQuarter = "quarter"
	byWeek    = "week"
)

// discounts are the discounts at which bands begin, in hundredths of a percent;
// below the first there is none.
var discounts = []int64{1, 5_01, 10_01, 15_01, 20_01}

// byDiscount groups by how large the discount is.
const byDiscount = "discount"

// byRevisions and byPositions group by how many of them a proposal has.
const (
	byRevisions = "revisions"
	byPositions = "positions"
)

var proposalDimensions = map[string]proposalDimension{
	"manager":      {key: "p.manager_id", table: "employee", path: "manager"},
	"department":   {key: "p.department_id", table: "department", path: "department"},
	"organization": {key: "p.organization_id", table: "organization", path: "organization"},
	"client":       {key: "p.client_id", table: "client", path: "client"},
	"segment":      {key: "c.segment_id", table: "segment", path: "client.segment"},
	"region":       {key: "c.region_id", table: "region", path: "client.region"},
	"source":       {key: "d.source_id", table: "source", path: "deal.source"},
	"project":      {key: "d.project_id", table: "project", path: "deal.project"},
	"process":      {key: "d.process_id", table: "process", path: "deal.process"},
	"template":     {key: "p.template_id", table: "template", path: "template"},
	"reason":       {key: "p.decline_reason_id", table: "loss_reason", path: "decline_reason"},
	"status":       {key: "p.status", words: proposal.Statuses, path: "status"},
	"importance":   {key: "p.importance", words: proposal.Importances, path: "importance"},
	"language":     {key: "p.language", words: []string{"uk", "en"}, path: "language"},
	"product":      {key: "l.product_id", table: "product", parts: true},
	"group":        {key: "r.group_id", table: "product_group", parts: true},
	byBand:         {key: "COALESCE(p.amount_base, 0)", edges: bands, path: "amount_base"},
	byDiscount:     {key: "p.discount_share", edges: discounts, path: "discount_share"},
	"chosen":       {key: "COALESCE(" + store.ComputedSQL("proposal", "chosen") + ", '')", words: proposal.Chosen, path: "chosen"},
	byRevisions:    {key: "p.revision", edges: []int64{2, 3, 4, 6}, whole: true, path: "revision"},
	byPositions:    {key: store.ComputedSQL("proposal", "positions"), edges: []int64{1, 6, 11, 21}, whole: true, path: "positions"},
	byWeek:         {key: "p.date", first: model.Day.Monday, path: "date"},
	byMonth:        {key: "p.date", first: func(d model.Day) model.Day { return d.FirstOfMonth(0) }, path: "date"},
	byQuarter:      {key: "p.date", first: func(d model.Day) model.Day { return d.FirstOfMonth(-int(d.Month() % 3)) }, path: "date"},
}

// ProposalDimensions lists what proposals may be grouped by.
func ProposalDimensions() []string {
	return []string{
		"manager", "client", "status", byMonth, "segment", "product", "region", "source", "template", "department", "group", byBand, byDiscount, byRevisions, byPositions, "chosen",
		"importance", byQuarter, byWeek, "process", "project", "organization", "language", "reason",
	}
}

// sql is the key as a column of the question.
func (d *proposalDimension) sql() string {
	switch {
	case d.table != "":
		return "COALESCE(" + d.key + ", 0)"
	case d.edges != nil:
		return banded(d.key, d.edges)
	}
	return d.key
}

// refOf makes a key of what a row of the answer has in its column.
func (d *proposalDimension) refOf(raw any) model.Ref {
	switch x := raw.(type) {
	case []byte:
		return d.refOf(string(x))
	case string:
		return model.Ref{ID: int64(slices.Index(d.words, x) + 1), Code: x}
	case int64:
		if d.first != nil {
			x = int64(d.first(model.Day(x)))
		}
		return model.Ref{ID: x}
	}
	return model.Ref{}
}

// last is the last day of a key that is a day.
func (d *proposalDimension) last(from model.Day) model.Day {
	to := from
	for step := model.Day(120); step > 0; step /= 2 { // no span is as long
		for d.first(to+step) == from {
			to += step
		}
	}
	return to
}

// condition asks a field for a key.
func (d *proposalDimension) condition(key int64) filter.Node {
	is := func(op filter.Op, values ...filter.Value) filter.Node {
		return filter.Cond{Path: d.path, Op: op, Values: values}
	}
	switch {
	case d.first != nil:
		from := model.Day(key)
		return is(filter.Between, filter.Date(from), filter.Date(d.last(from)))
	case d.words != nil && key > 0:
		return is(filter.Eq, filter.String(d.words[key-1]))
	case d.edges != nil:
		// Amounts and percents are both kept in hundredths.
		at := func(i int64) filter.Value {
			if d.whole {
				return filter.Number(strconv.FormatInt(d.edges[i], 10))
			}
			return filter.Number(model.Money{Minor: d.edges[i]}.Decimal().String())
		}
		switch {
		case key == 1:
			return filter.Not{Node: is(filter.Ge, at(0))}
		case int(key) > len(d.edges):
			return is(filter.Ge, at(key-2))
		}
		return filter.And{is(filter.Ge, at(key-2)), is(filter.Lt, at(key-1))}
	case key == 0:
		return is(filter.Empty)
	}
	return is(filter.Eq, filter.ID(key))
}

// name says a key in words.
func (d *proposalDimension) name(by string, key model.Ref, p *locale.Printer) string {
	day := model.Day(key.ID)
	switch {
	case by == byBand:
		return BandName(key.ID, p)
	case by == byDiscount:
		return discountName(key.ID, p)
	case d.whole:
		return countName(key.ID, d.edges, p)
	case by == byWeek:
		return SpanText(p, span.Span{From: day, To: day + 6})
	case by == byMonth:
		return p.MonthOfYear(day)
	case by == byQuarter:
		return p.T("report.proposals.quarter", "n", int64(day.Time().Month())/3+1, "year", strconv.Itoa(day.Time().Year()))
	case key.ID == 0:
		return p.T("report.none")
	case d.words != nil:
		return p.Choice("proposal", by, d.words[key.ID-1])
	}
	return key.Name
}

// countName says a band of counts: "3", "6 – 10", "from 21".
func countName(key int64, edges []int64, p *locale.Printer) string {
	switch n := int(key) - 2; {
	case n < 0:
		return p.Int(edges[0] - 1)
	case n == len(edges)-1:
		return p.T("report.band.above", "from", p.Int(edges[n]))
	case edges[n+1] == edges[n]+1:
		return p.Int(edges[n])
	default:
		return p.T("report.band.between", "from", p.Int(edges[n]), "to", p.Int(edges[n+1]-1))
	}
}

func discountName(key int64, p *locale.Printer) string {
	percent := func(i int64) string { return p.Percent(model.Percent(discounts[i] / 100 * 100)) }
	switch n := int(key) - 2; {
	case n < 0:
		return p.T("report.proposals.no_discount")
	case n == 0:
		return p.T("report.proposals.discount_to", "to", percent(1))
	case n == len(discounts)-1:
		return p.T("report.proposals.discount_over", "from", percent(int64(n)))
	default:
		return p.T("report.proposals.discount_between", "from", percent(int64(n)), "to", percent(int64(n)+1))
	}
}

// ordered reports that keys have an order of their own: days as they pass,
// choices and bands as they are listed.
func (d *proposalDimension) ordered() bool { return d.table == "" }

// banded is the SQL of the key of a band.
func banded(value string, edges []int64) string {
	var b strings.Builder
	b.WriteString("(1")
	for _, from := range edges {
		b.WriteString(" + CASE WHEN " + value + " >= " + strconv.FormatInt(from, 10) + " THEN 1 ELSE 0 END")
	}
	return b.String() + ")"
}

// inBase is the SQL of minor units of a proposal's currency in those of the base
// currency, rounded half up by size, as model.Convert does; it never overflows
// where the result does not.
func inBase(column string) string {
	const one = "1000000"
	whole := func(x string) string {
		return "(" + x + ") / " + one + " * p.rate + ((" + x + ") % " + one + " * p.rate + 500000) / " + one
	}
	return "CASE WHEN p.rate = " + one + " THEN " + column + " WHEN " + column + " < 0 THEN -(" + whole("-("+column+")") + ") ELSE " + whole(column) + " END"
}

// named gives the keys of some rows their names.
func (x *Proposals) named(ctx context.Context, s *store.Session, rows []ProposalRow) error {
	for i, by := range x.Settings.By {
		table := proposalDimensions[by].table
		if table == "" {
			continue
		}
		var ids []int64
		for _, r := range rows {
			if i < len(r.Keys) {
				ids = append(ids, r.Keys[i].ID)
			}
		}
		slices.Sort(ids)
		names, err := namesIn(ctx, s, table, slices.Compact(ids))
		if err != nil {
			return fmt.Errorf("read names of %s: %w", by, err)
		}
		for _, r := range rows {
			if i < len(r.Keys) {
				r.Keys[i].Name = names[r.Keys[i].ID]
			}
		}
	}
	return nil
}
