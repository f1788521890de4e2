package reports

import (
	"context"
	"fmt"
	"slices"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/store"
)

// lossDimension is something that losses are grouped by.
type lossDimension struct {
	column string // over f (the register), d (the deal), x (its products)
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

// LossDimensions lists what losses may be grouped by.
func LossDimensions() []string {
	return []string{"reason", "stage", "manager", "department", "product", "region", "segment", "source", "process", "client"}
}

// LossRow is one row of losses. Amount is in minor units of the base currency.
type LossRow struct {
	Keys   []model.Ref // in the order of By; ID 0: none
	Count  int64
	Amount int64
}

// Losses are the deals lost within a period, by why, where and whose.
type Losses struct {
	From, To model.Day
	By       []string
	Where    filter.Node
	Rows     []LossRow
	Count    int64 // deals: one with several products counts once here
	Amount   int64
	Currency string
}

// NewLosses asks the funnel's register for the deals lost within a period. A
// deal with several products stands under each when they are asked by product.
func NewLosses(ctx context.Context, s *store.Session, from, to model.Day, by []string, where filter.Node) (*Losses, error) {
	if len(by) == 0 {
		by = []string{"reason"}
	}
	if to == 0 {
		to = s.Today()
	}
	if from == 0 {
		from = to - 364
	}
	l := &Losses{From: from, To: to, By: by, Where: where, Currency: s.BaseCurrency()}
	selects, groups, joins := "", "", ""
	for i, name := range by {
		d, ok := lossDimensions[name]
		if !ok {
			return nil, model.Refused("by", "not_a_choice", "value", name)
		}
		if d.parts {
			joins += ` LEFT JOIN deal_products x ON x.owner_id = f.deal_id`
		}
		alias := fmt.Sprint("n", i)
		joins += ` LEFT JOIN ` + d.table + ` ` + alias + ` ON ` + alias + `.id = ` + d.column
		selects += fmt.Sprintf("COALESCE(%s, 0), COALESCE(%s.name, ''), ", d.column, alias)
		groups += fmt.Sprintf("%d, %d, ", 2*i+1, 2*i+2)
	}
	condition, args, err := l.condition(ctx, s)
	if err != nil {
		return nil, err
	}
	rows, err := s.Base().Read(ctx, `SELECT `+selects+`COUNT(*), CAST(SUM(f.amount_base) AS BIGINT) FROM funnel f JOIN stage l ON l.id = f.stage_id`+joins+condition+` GROUP BY `+groups[:len(groups)-2], args...)
	if err != nil {
		return nil, fmt.Errorf("losses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		r := LossRow{Keys: make([]model.Ref, len(by))}
		into := make([]any, 0, 2*len(by)+2)
		for i := range r.Keys {
			into = append(into, &r.Keys[i].ID, &r.Keys[i].Name)
		}
		if err := rows.Scan(append(into, &r.Count, &r.Amount)...); err != nil {
			return nil, fmt.Errorf("losses: %w", err)
		}
		l.Rows = append(l.Rows, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("losses: %w", err)
	}
	slices.SortFunc(l.Rows, func(a, b LossRow) int {
		if a.Count != b.Count {
			return int(max(-1, min(1, b.Count-a.Count)))
		}
		for i := range a.Keys {
			if d := a.Keys[i].ID - b.Keys[i].ID; d != 0 {
				return int(max(-1, min(1, d)))
			}
		}
		return 0
	})
	return l, l.sum(ctx, s, condition, args)
}

func (l *Losses) condition(ctx context.Context, s *store.Session) (string, []any, error) {
	where := ` WHERE f.entry = TRUE AND f.void = FALSE AND l.kind = 'lost' AND f.from_day >= ? AND f.from_day <= ?`
	args := []any{int64(l.From), int64(l.To)}
	if l.Where != nil {
		ids, a, err := s.Subquery(ctx, store.Query{Kind: "deal", Where: l.Where})
		if err != nil {
			return "", nil, err
		}
		where += " AND f.deal_id IN (" + ids + ")"
		args = append(args, a...)
	}
	return where, args, nil
}

func (l *Losses) sum(ctx context.Context, s *store.Session, condition string, args []any) error {
	rows, err := s.Base().Read(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(f.amount_base), 0) AS BIGINT) FROM funnel f JOIN stage l ON l.id = f.stage_id`+condition, args...)
	if err != nil {
		return fmt.Errorf("losses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&l.Count, &l.Amount); err != nil {
			return fmt.Errorf("losses: %w", err)
		}
	}
	return rows.Err()
}

// Deals are the deals behind a row.
func (l *Losses) Deals(ctx context.Context, s *store.Session, row int) ([]int64, error) {
	condition, args, err := l.condition(ctx, s)
	if err != nil {
		return nil, err
	}
	joins := ""
	for i, name := range l.By {
		d := lossDimensions[name]
		if d.parts {
			joins += ` LEFT JOIN deal_products x ON x.owner_id = f.deal_id`
		}
		condition += ` AND COALESCE(` + d.column + `, 0) = ?`
		args = append(args, l.Rows[row].Keys[i].ID)
	}
	return readIDs(ctx, s, `SELECT DISTINCT f.deal_id FROM funnel f JOIN stage l ON l.id = f.stage_id`+joins+condition+` ORDER BY f.deal_id`, args...)
}

// Table is the report as a table.
func (l *Losses) Table(p *locale.Printer) *table.Table {
	t := &table.Table{Report: "losses", Title: p.T("report.losses"), Parameters: []table.Parameter{
		{Name: "from", Label: p.T("report.from"), Value: l.From}, {Name: "to", Label: p.T("report.to"), Value: l.To},
	}, Count: int64(len(l.Rows))}
	if l.Where != nil {
		t.Parameters = append(t.Parameters, table.Parameter{Name: "where", Label: p.T("report.where"), Value: filter.Text(l.Where)})
	}
	for _, name := range l.By {
		t.Columns = append(t.Columns, table.Column{Name: name, Label: p.T("report.by." + name), Type: model.Link})
	}
	t.Columns = append(t.Columns, table.Column{Name: "count", Label: p.T("report.count"), Type: model.Int},
		table.Column{Name: "share", Label: p.T("report.share"), Type: model.Percents},
		table.Column{Name: "amount", Label: p.T("report.amount"), Type: model.Amount, Currency: l.Currency})
	var rows []table.Row
	for _, r := range l.Rows {
		cells := make([]any, 0, len(t.Columns))
		for _, k := range r.Keys {
			if k.ID == 0 {
				k.Name = p.T("report.none")
			}
			cells = append(cells, k)
		}
		rows = append(rows, table.Row{Cells: append(cells, r.Count, model.Percent(ratio(r.Count, l.Count)), model.Money{Minor: r.Amount, Currency: l.Currency})})
	}
	t.Rows = table.Slice(rows...)
	t.Total = make([]any, len(t.Columns))
	t.Total[0] = p.T("report.total")
	t.Total[len(l.By)] = l.Count
	t.Total[len(l.By)+2] = model.Money{Minor: l.Amount, Currency: l.Currency}
	return t
}
