package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/model/table"
	"ugoda/store"
)

// lossDimension is something that losses are grouped by.
type lossDimension struct {
	column string // over f (the register), x (the products of the deal)
	table  string
	parts  bool // needs the products of the deal
}

var lossDimensions = map[string]lossDimension{
	"reason":     {column: "f.reason_id", table: "loss_reason"},
	"stage":      {column: "f.from_stage_id", table: "stage"},
	"manager":    {column: "f.manager_id", table: "employee"},
	"department": {column: "f.department_id", table: "department"},
	"region":     {column: "f.region_id", table: "region"},
	"segment":    {column: "f.segment_id", table: "segment"},
	"source":     {column: "f.source_id", table: "source"},
	"process":    {column: "f.process_id", table: "process"},
	"client":     {column: "f.client_id", table: "client"},
	"product":    {column: "x.product_id", table: "product", parts: true},
}

// productsOfDeal joins each product of a deal once.
const productsOfDeal = ` LEFT JOIN (SELECT DISTINCT owner_id, product_id FROM deal_products) x ON x.owner_id = f.deal_id`

// LossDimensions lists what losses may be grouped by.
func LossDimensions() []string {
	return []string{"reason", "stage", "manager", "department", "product", "region", "segment", "source", "process", "client"}
}

// LossSettings are what losses are asked with; Settings keep them as text.
type LossSettings struct {
	From, To model.Day
	Preset   string
	By       []string // one or two of LossDimensions; empty: by reason
	Where    filter.Node
	Compare  string
}

// LossRow is one row of losses. Amounts are in minor units of the base
// currency.
type LossRow struct {
	Keys      []model.Ref // in the order of By; ID 0: none
	Count     int64
	Amount    int64
	WasCount  int64 // in the period that it is compared with
	WasAmount int64
}

// Losses are the deals lost within a period, by why, where and whose.
type Losses struct {
	Settings LossSettings
	Rows     []LossRow // the most frequent first; rows of one first key stand together
	heads    []LossRow
	Total    LossRow   // deals: one with several products counts once here
	Was      span.Span // what it is compared with
	Currency string
}

// NewLosses asks the funnel's register for the deals lost within a period. A
// deal with several products stands under each when they are asked by product.
func NewLosses(ctx context.Context, s *store.Session, set LossSettings) (*Losses, error) {
	var err error
	if set.By, err = split(set.By, "reason", lossDimensions, LossDimensions(), len(lossDimensions)); err != nil {
		return nil, err
	}
	if err := period(s, &set.From, &set.To); err != nil {
		return nil, err
	}
	l := &Losses{Settings: set, Currency: s.BaseCurrency()}
	days := span.Span{From: set.From, To: set.To}
	if set.Compare != "" {
		if l.Was, err = days.Compared(set.Compare, set.Preset); err != nil {
			return nil, err
		}
	}
	if l.Rows, err = l.rows(ctx, s, days, set.By); err != nil {
		return nil, fmt.Errorf("losses: %w", err)
	}
	if len(set.By) > 1 {
		if l.heads, err = l.rows(ctx, s, days, set.By[:1]); err != nil {
			return nil, fmt.Errorf("losses: %w", err)
		}
	}
	if l.Total.Count, l.Total.Amount, err = l.sum(ctx, s, days); err != nil {
		return nil, fmt.Errorf("losses: %w", err)
	}
	if set.Compare != "" {
		if l.Total.WasCount, l.Total.WasAmount, err = l.sum(ctx, s, l.Was); err != nil {
			return nil, fmt.Errorf("losses: %w", err)
		}
	}
	l.order()
	return l, nil
}

// rows counts the losses by some dimensions, in both periods.
func (l *Losses) rows(ctx context.Context, s *store.Session, days span.Span, by []string) ([]LossRow, error) {
	found := map[string]*LossRow{}
	if err := l.count(ctx, s, days, by, func(r LossRow) { found[keysText(r.Keys)] = &r }); err != nil {
		return nil, err
	}
	if l.Settings.Compare != "" {
		err := l.count(ctx, s, l.Was, by, func(was LossRow) {
			r := found[keysText(was.Keys)]
			if r == nil {
				r = &LossRow{Keys: was.Keys}
				found[keysText(was.Keys)] = r
			}
			r.WasCount, r.WasAmount = was.Count, was.Amount
		})
		if err != nil {
			return nil, err
		}
	}
	out := make([]LossRow, 0, len(found))
	for _, r := range found {
		out = append(out, *r)
	}
	return out, nil
}

// keysText tells rows apart.
func keysText(keys []model.Ref) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = fmt.Sprint(k.ID)
	}
	return strings.Join(parts, ",")
}

// order puts the most frequent first, by the first key as a whole.
func (l *Losses) order() {
	whole := map[int64]int64{}
	for _, r := range l.Rows {
		whole[r.Keys[0].ID] += r.Count
	}
	for _, h := range l.heads {
		whole[h.Keys[0].ID] = h.Count
	}
	compare := func(a, b LossRow) int {
		x, y := a.Keys[0].ID, b.Keys[0].ID
		return cmp.Or(cmp.Compare(whole[y], whole[x]), cmp.Compare(x, y), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Keys[len(a.Keys)-1].ID, b.Keys[len(b.Keys)-1].ID))
	}
	slices.SortFunc(l.Rows, compare)
	slices.SortFunc(l.heads, compare)
}

// count groups the losses of some days.
func (l *Losses) count(ctx context.Context, s *store.Session, days span.Span, by []string, visit func(LossRow)) error {
	selects, groups, joins := "", "", ""
	for i, name := range by {
		d := lossDimensions[name]
		if d.parts {
			joins += productsOfDeal
		}
		alias := fmt.Sprint("n", i)
		joins += ` LEFT JOIN ` + d.table + ` ` + alias + ` ON ` + alias + `.id = ` + d.column
		selects += fmt.Sprintf("COALESCE(%s, 0), COALESCE(%s.name, ''), ", d.column, alias)
		groups += fmt.Sprintf("%d, %d, ", 2*i+1, 2*i+2)
	}
	condition, args, err := l.condition(ctx, s, days)
	if err != nil {
		return err
	}
	rows, err := s.Base().Read(ctx, `SELECT `+selects+`COUNT(*), CAST(SUM(f.amount_base) AS BIGINT) FROM funnel f JOIN stage l ON l.id = f.stage_id`+joins+condition+` GROUP BY `+groups[:len(groups)-2], args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r := LossRow{Keys: make([]model.Ref, len(by))}
		into := make([]any, 0, 2*len(r.Keys)+2)
		for i := range r.Keys {
			into = append(into, &r.Keys[i].ID, &r.Keys[i].Name)
		}
		if err := rows.Scan(append(into, &r.Count, &r.Amount)...); err != nil {
			return err
		}
		visit(r)
	}
	return rows.Err()
}

func (l *Losses) condition(ctx context.Context, s *store.Session, days span.Span) (string, []any, error) {
	where := ` WHERE f.entry = TRUE AND f.void = FALSE AND l.kind = 'lost' AND f.from_day >= ? AND f.from_day <= ?`
	args := []any{int64(days.From), int64(days.To)}
	some, more, err := among(ctx, s, "deal", "f.deal_id", l.Settings.Where)
	return where + some, append(args, more...), err
}

func (l *Losses) sum(ctx context.Context, s *store.Session, days span.Span) (count, amount int64, err error) {
	condition, args, err := l.condition(ctx, s, days)
	if err != nil {
		return 0, 0, err
	}
	rows, err := s.Base().Read(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(f.amount_base), 0) AS BIGINT) FROM funnel f JOIN stage l ON l.id = f.stage_id`+condition, args...)
	if err != nil {
		return 0, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&count, &amount); err != nil {
			return 0, 0, err
		}
	}
	return count, amount, rows.Err()
}

// Behind are the losses behind the figure of some keys: of both dimensions, of
// the first alone, or of none, which is the total.
func (l *Losses) Behind(ctx context.Context, s *store.Session, keys ...int64) ([]Entry, error) {
	condition, args, err := l.condition(ctx, s, span.Span{From: l.Settings.From, To: l.Settings.To})
	if err != nil {
		return nil, err
	}
	for i, key := range keys[:min(len(keys), len(l.Settings.By))] {
		d := lossDimensions[l.Settings.By[i]]
		switch {
		case !d.parts:
			condition += ` AND COALESCE(` + d.column + `, 0) = ?`
			args = append(args, key)
		case key == 0:
			condition += ` AND NOT EXISTS (SELECT 1 FROM deal_products x WHERE x.owner_id = f.deal_id AND x.product_id IS NOT NULL)`
		default:
			condition += ` AND EXISTS (SELECT 1 FROM deal_products x WHERE x.owner_id = f.deal_id AND x.product_id = ?)`
			args = append(args, key)
		}
	}
	rows, err := s.Base().Read(ctx, `SELECT f.deal_id, f.from_day, f.from_day - f.from_since, f.from_day - d.opened, f.amount_base, f.weighted`+dimensionColumns("f")+`
		FROM funnel f JOIN stage l ON l.id = f.stage_id JOIN deal d ON d.id = f.deal_id`+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read the losses behind a figure: %w", err)
	}
	defer rows.Close()
	var out []Entry
	var e Entry
	var day int64
	var stood, age *int64
	into := append([]any{&e.Deal, &day, &stood, &age, &e.Amount, &e.Weighted}, e.dimensions()...)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("read the losses behind a figure: %w", err)
		}
		e.Day, e.Days, e.Age = model.Day(day), known64(stood), known64(age)
		out = append(out, e)
	}
	sortEntries(out)
	return out, rows.Err()
}

// Heads are the rows of the first dimension alone: a deal with several products
// stands in each of its rows, and once in such a sum.
func (l *Losses) Heads() []LossRow {
	if len(l.Settings.By) < 2 {
		return l.Rows
	}
	return l.heads
}

// Lines are the lines of the table: the rows, and where there are two
// dimensions the sum of each value of the first before its rows.
func (l *Losses) Lines() []LossRow {
	if len(l.Settings.By) < 2 {
		return l.Rows
	}
	return withHeads(l.heads, l.Rows)
}

// Name says a row: its keys in order.
func (l *Losses) Name(r LossRow, p *locale.Printer) string {
	parts := make([]string, len(r.Keys))
	for i, k := range r.Keys {
		parts[i] = KeyName(l.Settings.By[i], k, p)
	}
	return strings.Join(parts, " · ")
}

// Table is the report as a table.
func (l *Losses) Table(p *locale.Printer) *table.Table {
	set := l.Settings
	t := &table.Table{Report: "losses", Title: p.T("report.losses"), Parameters: []table.Parameter{
		{Name: "from", Label: p.T("report.from"), Value: set.From}, {Name: "to", Label: p.T("report.to"), Value: set.To},
	}, Count: int64(len(l.Rows))}
	compared := set.Compare != ""
	if compared {
		t.Parameters = append(t.Parameters, compareParameter(p, l.Was))
	}
	t.Parameters = append(t.Parameters, whereParameter(p, set.Where)...)
	for _, name := range set.By {
		t.Columns = append(t.Columns, table.Column{Name: name, Label: p.T("report.by." + name), Type: model.Link})
	}
	amount := func(name, label string) table.Column {
		return table.Column{Name: name, Label: p.T(label), Type: model.Amount, Currency: l.Currency}
	}
	t.Columns = append(t.Columns, table.Column{Name: "count", Label: p.T("report.count"), Type: model.Int},
		table.Column{Name: "share", Label: p.T("report.share"), Type: model.Percents}, amount("amount", "report.amount"), amount("average", "report.average"))
	if compared {
		t.Columns = append(t.Columns, table.Column{Name: "count_was", Label: p.T("report.count_was"), Type: model.Int},
			table.Column{Name: "count_change", Label: p.T("report.count_change"), Type: model.Int},
			amount("amount_was", "report.amount_was"), amount("amount_change", "report.amount_change"))
	}
	money := func(minor int64) any { return model.Money{Minor: minor, Currency: l.Currency} }
	figures := func(r LossRow) []any {
		cells := []any{r.Count, nil, money(r.Amount), nil}
		if l.Total.Count > 0 {
			cells[1] = model.Percent(ratio(r.Count, l.Total.Count))
		}
		if r.Count > 0 {
			cells[3] = money(mean(r.Amount, r.Count))
		}
		if compared {
			cells = append(cells, r.WasCount, r.Count-r.WasCount, money(r.WasAmount), money(r.Amount-r.WasAmount))
		}
		return cells
	}
	lay(t, p, len(set.By), l.Lines(), l.Total, figures, func(i int, k model.Ref) any {
		k.Name = KeyName(set.By[i], k, p)
		return k
	})
	return t
}

// compareParameter says what a report is compared with.
func compareParameter(p *locale.Printer, was span.Span) table.Parameter {
	return table.Parameter{Name: "compare", Label: p.T("report.compare"), Value: was.String(), Text: SpanText(p, was)}
}

// SpanText says a span of days: one day, or the first and the last.
func SpanText(p *locale.Printer, s span.Span) string {
	if s.From == s.To {
		return p.Day(s.From)
	}
	return p.Day(s.From) + " – " + p.Day(s.To)
}

// whereParameter says the condition of a report, if it has one.
func whereParameter(p *locale.Printer, where filter.Node) []table.Parameter {
	if where == nil {
		return nil
	}
	return []table.Parameter{{Name: "where", Label: p.T("report.where"), Value: filter.Text(where)}}
}

// mean is a sum shared among a number, rounded half up.
func mean(sum, n int64) int64 {
	v, err := model.MulDiv(sum, 1, n)
	if err != nil {
		return 0
	}
	return v
}
