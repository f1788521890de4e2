package reports

import (
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
)

// proposalColumn is a column of figures; nothing stands where value gives nil.
type proposalColumn struct {
	name, label string
	kind        model.Type
	value       func(f, whole *ProposalFigures) any
}

func (x *Proposals) columns() []proposalColumn {
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: x.Currency} }
	part := func(n, whole int64) any {
		if whole == 0 {
			return nil
		}
		return model.Percent(ratio(n, whole))
	}
	known := func(n int64) any {
		if n < 0 {
			return nil
		}
		return n
	}
	out := []proposalColumn{
		{"count", "report.count", model.Int, func(f, _ *ProposalFigures) any { return f.Count }},
		{"share", "report.share", model.Percents, func(f, whole *ProposalFigures) any { return part(f.Amount, whole.Amount) }},
		{"amount", "report.amount", model.Amount, func(f, _ *ProposalFigures) any { return money(f.Amount) }},
		{"average", "report.average", model.Amount, func(f, _ *ProposalFigures) any {
			if f.Count == 0 {
				return nil
			}
			return money(mean(f.Amount, f.Count))
		}},
		{"positions", "report.proposals.positions", model.Int, func(f, _ *ProposalFigures) any { return f.Positions }},
		{"variants", "report.proposals.variants", model.Int, func(f, _ *ProposalFigures) any { return f.Variants }},
		{"revisions", "report.proposals.revisions", model.Int, func(f, _ *ProposalFigures) any { return f.Revisions }},
		{"discount", "report.proposals.discount", model.Amount, func(f, _ *ProposalFigures) any { return money(f.Discount) }},
		{"discount_share", "report.proposals.discount_share", model.Percents, func(f, _ *ProposalFigures) any { return part(f.Discount, f.Gross) }},
	}
	if x.Margins {
		out = append(out,
			proposalColumn{"margin", "report.proposals.margin", model.Amount, func(f, _ *ProposalFigures) any { return money(f.Margin) }},
			proposalColumn{"margin_share", "report.proposals.margin_share", model.Percents, func(f, _ *ProposalFigures) any { return part(f.Margin, f.Net) }})
	}
	return append(out,
		proposalColumn{"waiting", "report.proposals.waiting", model.Int, func(f, _ *ProposalFigures) any { return f.Waiting }},
		proposalColumn{"accepted", "report.proposals.accepted", model.Int, func(f, _ *ProposalFigures) any { return f.Accepted }},
		proposalColumn{"accepted_amount", "report.proposals.accepted_amount", model.Amount, func(f, _ *ProposalFigures) any { return money(f.Won) }},
		proposalColumn{"win_rate", "report.proposals.win_rate", model.Percents, func(f, _ *ProposalFigures) any {
			if r := f.WinRate(); r >= 0 {
				return model.Percent(r)
			}
			return nil
		}},
		proposalColumn{"answer_days", "report.proposals.answer_days", model.Int, func(f, _ *ProposalFigures) any { return known(f.Answer) }},
		proposalColumn{"waiting_days", "report.proposals.waiting_days", model.Int, func(f, _ *ProposalFigures) any { return known(f.Age) }})
}

// comparedColumns are what stands beside the figures of another period.
var comparedColumns = []struct{ of, was, change string }{{"count", "count_was", "count_change"}, {"amount", "amount_was", "amount_change"}, {"win_rate", "win_rate_was", ""}}

// Table is the report as a table.
func (x *Proposals) Table(p *locale.Printer) *table.Table {
	set := x.Settings
	t := &table.Table{Report: ProposalsReport, Title: p.T("report.proposals"), Parameters: []table.Parameter{
		{Name: "from", Label: p.T("report.from"), Value: set.From}, {Name: "to", Label: p.T("report.to"), Value: set.To},
	}}
	if x.compared() {
		t.Parameters = append(t.Parameters, compareParameter(p, x.Was))
	}
	t.Parameters = append(t.Parameters, whereParameter(p, set.Where)...)
	for _, name := range set.By {
		d, kind := proposalDimensions[name], model.Link
		if d.table == "" {
			kind = model.Text
		}
		t.Columns = append(t.Columns, table.Column{Name: name, Label: p.T("report.by." + name), Type: kind})
	}
	columns := x.columns()
	for _, c := range columns {
		t.Columns = append(t.Columns, table.Column{Name: c.name, Label: p.T(c.label), Type: c.kind, Currency: x.Currency})
	}
	value := func(name string, f *ProposalFigures) any {
		for _, c := range columns {
			if c.name == name {
				return c.value(f, f)
			}
		}
		return nil
	}
	if x.compared() {
		for _, c := range comparedColumns {
			for _, name := range []string{c.was, c.change} {
				if name != "" {
					kind := map[string]model.Type{"count": model.Int, "amount": model.Amount, "win_rate": model.Percents}[c.of]
					t.Columns = append(t.Columns, table.Column{Name: name, Label: p.T("report." + name), Type: kind, Currency: x.Currency})
				}
			}
		}
	}
	figures := func(r ProposalRow) []any {
		var cells []any
		for _, c := range columns {
			cells = append(cells, c.value(&r.Now, &x.Total.Now))
		}
		if x.compared() {
			money := func(minor int64) any { return model.Money{Minor: minor, Currency: x.Currency} }
			cells = append(cells, r.Then.Count, r.Now.Count-r.Then.Count, money(r.Then.Amount), money(r.Now.Amount-r.Then.Amount), value("win_rate", &r.Then))
		}
		return cells
	}
	lay(t, p, len(set.By), x.Lines(), x.Total, figures, func(i int, k model.Ref) any {
		if k.Name = x.KeyName(i, k, p); proposalDimensions[set.By[i]].table == "" {
			return k.Name
		}
		return k
	})
	return t
}
