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
	"ugoda/model/proposal"
	"ugoda/model/span"
	"ugoda/store"
)

// The parts of a figure of proposals that open by themselves.
const (
	Waiting  Part = "waiting"  // sent, and not answered
	Accepted Part = "accepted" // by the client
)

// ProposalSettings are what proposals are asked with; Settings keep them as text.
type ProposalSettings struct {
	From, To model.Day
	Preset   string
	By       []string // one or two of ProposalDimensions; empty: by manager
	Where    filter.Node
	Compare  string
}

// ProposalFigures are what is told of some proposals. Sums are minor units of
// the base currency, at the rate of each proposal, and of the variant that
// counts: the accepted, else the recommended. By product or product group they
// are those of its lines.
type ProposalFigures struct {
	Count     int64
	Amount    int64 // with VAT
	Gross     int64 // before discounts, as lines are priced
	Net       int64 // without VAT
	Discount  int64
	Margin    int64
	Positions int64 // lines that offer something
	Variants  int64
	Revisions int64 // that were kept
	Waiting   int64 // sent, and not answered
	Accepted  int64
	Won       int64 // the amount of the accepted
	Declined  int64
	Expired   int64
	Answer    int64 // median days from sending to the client's answer; -1: none was answered
	Age       int64 // median days that those wait which were sent and not answered; -1: none
}

// WinRate is how many of those that are over the client accepted, in hundredths
// of a percent: one that ran out without an answer is over. It is -1 where none
// is.
func (f *ProposalFigures) WinRate() int64 {
	over := f.Accepted + f.Declined + f.Expired
	if over == 0 {
		return -1
	}
	return ratio(f.Accepted, over)
}

// ProposalRow is one row of proposals.
type ProposalRow struct {
	Keys []model.Ref // in the order of By; ID 0: none
	Now  ProposalFigures
	Then ProposalFigures // in the period that it is compared with
}

// Proposals are the proposals of a period, by their date: how many, to whom,
// of how much, and what became of them.
type Proposals struct {
	Settings ProposalSettings
	Rows     []ProposalRow // rows of one first key stand together
	heads    []ProposalRow
	Total    ProposalRow // a proposal with several products counts once here
	Was      span.Span   // what it is compared with
	Currency string
	Margins  bool // whether who asks may see them
}

// NewProposals counts the proposals of a period, without those in the bin. By
// product a proposal stands under each that it offers.
func NewProposals(ctx context.Context, s *store.Session, set ProposalSettings) (*Proposals, error) {
	var err error
	if set.By, err = split(set.By, "manager", proposalDimensions, ProposalDimensions(), 2); err != nil {
		return nil, err
	}
	if err := period(s, &set.From, &set.To); err != nil {
		return nil, err
	}
	x := &Proposals{Settings: set, Currency: s.BaseCurrency()}
	x.Margins = s.Sees(s.Registry().Kind("proposal").Field("margin"))
	if set.Compare != "" {
		if x.Was, err = x.days().Compared(set.Compare, set.Preset); err != nil {
			return nil, err
		}
	}
	if err := x.ask(ctx, s); err != nil {
		return nil, fmt.Errorf("proposals: %w", err)
	}
	x.order()
	return x, nil
}

func (x *Proposals) days() span.Span { return span.Span{From: x.Settings.From, To: x.Settings.To} }

// compared reports whether there is another period beside.
func (x *Proposals) compared() bool { return x.Settings.Compare != "" }

// ask asks for the figures by all dimensions, by the first, and in all. As long
// as a proposal stands in one row alone the latter two add up the first; one of
// several products stands in several rows, and has to be asked for each time.
func (x *Proposals) ask(ctx context.Context, s *store.Session) error {
	by := x.Settings.By
	split := slices.ContainsFunc(by, func(name string) bool { return proposalDimensions[name].parts })
	var now, was piles
	rows := func(depth int) ([]ProposalRow, error) {
		if split || now == nil {
			asked := by
			if split {
				asked = by[:depth]
			}
			var err error
			if now, err = x.count(ctx, s, x.days(), asked); err != nil {
				return nil, err
			}
			was = nil
			if x.compared() {
				if was, err = x.count(ctx, s, x.Was, asked); err != nil {
					return nil, err
				}
			}
		}
		out := beside(now.fold(depth), was.fold(depth))
		return out, x.named(ctx, s, out)
	}
	total, err := rows(0)
	if err != nil {
		return err
	}
	none := ProposalFigures{Answer: -1, Age: -1}
	if x.Total = (ProposalRow{Now: none, Then: none}); len(total) > 0 {
		x.Total = total[0]
	}
	if x.Rows, err = rows(len(by)); err != nil {
		return err
	}
	if len(by) > 1 {
		x.heads, err = rows(1)
	}
	return err
}

// beside puts the rows of two periods side by side.
func beside(now, was piles) []ProposalRow {
	out := make([]ProposalRow, 0, len(now))
	for text, p := range now {
		row := ProposalRow{Keys: p.row.Keys, Now: p.figures(), Then: ProposalFigures{Answer: -1, Age: -1}}
		if then := was[text]; then != nil {
			row.Then = then.figures()
		}
		out = append(out, row)
	}
	for text, p := range was {
		if now[text] == nil {
			out = append(out, ProposalRow{Keys: p.row.Keys, Now: ProposalFigures{Answer: -1, Age: -1}, Then: p.figures()})
		}
	}
	return out
}

// proposalPile is a row being counted, how long answers took, and how long those
// wait that have none.
type proposalPile struct {
	row           ProposalRow
	answers, ages spread
}

// figures are those of the row, with the medians of the answers and of the ages.
func (p *proposalPile) figures() ProposalFigures {
	f := p.row.Now
	f.Answer, f.Age = p.answers.median(), p.ages.median()
	return f
}

// piles are rows being counted, by their keys.
type piles map[string]*proposalPile

// at is the row of some keys.
func (p piles) at(keys []model.Ref) *proposalPile {
	text := keysText(keys)
	if p[text] == nil {
		p[text] = &proposalPile{row: ProposalRow{Keys: slices.Clone(keys)}}
	}
	return p[text]
}

// fold adds up the rows that have their first keys alike.
func (p piles) fold(depth int) piles {
	out := piles{}
	for _, x := range p {
		to := out.at(x.row.Keys[:min(depth, len(x.row.Keys))])
		to.row.Now.add(&x.row.Now)
		for days, n := range x.answers.counts {
			to.answers.add(days, n)
		}
		for days, n := range x.ages.counts {
			to.ages.add(days, n)
		}
	}
	return out
}

// add adds the figures of another row, but the medians.
func (f *ProposalFigures) add(g *ProposalFigures) {
	f.Count += g.Count
	f.Amount += g.Amount
	f.Gross += g.Gross
	f.Net += g.Net
	f.Discount += g.Discount
	f.Margin += g.Margin
	f.Positions += g.Positions
	f.Variants += g.Variants
	f.Revisions += g.Revisions
	f.Waiting += g.Waiting
	f.Accepted += g.Accepted
	f.Won += g.Won
	f.Declined += g.Declined
	f.Expired += g.Expired
}

// moved is where a day of the period that is compared with stands in the period
// of the report, so that month stands beside month.
func (x *Proposals) moved(d model.Day) model.Day {
	months := int(x.Settings.From.Month() - x.Was.From.Month())
	if x.Was.From.AddMonths(months) == x.Settings.From {
		return d.AddMonths(months)
	}
	return d + x.Settings.From - x.Was.From
}

// count groups the proposals of some days: in one pass, by status and days to
// the answer as well, of which figures and medians are made here.
func (x *Proposals) count(ctx context.Context, s *store.Session, days span.Span, by []string) (piles, error) {
	inner, args, err := x.inner(ctx, s, days, by)
	if err != nil {
		return nil, err
	}
	names := ""
	for i := range by {
		names += fmt.Sprintf("k%d, ", i)
	}
	margin := "0"
	if x.Margins {
		margin = "margin"
	}
	sums := ""
	for _, of := range []string{"amount", "gross", "net", "discount", margin, "positions", "variants", "revisions"} {
		sums += ", CAST(COALESCE(SUM(" + of + "), 0) AS BIGINT)"
	}
	found := piles{}
	keys := make([]model.Ref, len(by))
	// Made first and grouped then: otherwise SQLite counts the lines of each twice.
	err = x.each(ctx, s, `WITH i AS MATERIALIZED (`+inner+`) SELECT `+names+`status, answer, COUNT(*)`+sums+` FROM i GROUP BY `+names+`status, answer`, args, len(by)+1, 10, func(raw []any, n []int64) {
		for i, name := range by {
			d := proposalDimensions[name]
			value := *raw[i].(*any)
			if day, ok := value.(int64); ok && d.first != nil && days != x.days() {
				value = int64(x.moved(model.Day(day)))
			}
			keys[i] = d.refOf(value)
		}
		p := found.at(keys)
		f := ProposalFigures{Count: n[1], Amount: n[2], Gross: n[3], Net: n[4], Discount: n[5], Margin: n[6], Positions: n[7], Variants: n[8], Revisions: n[9]}
		status, _ := (*raw[len(by)].(*any)).(string)
		switch status {
		case proposal.Sent:
			f.Waiting = f.Count
		case proposal.Accepted:
			f.Accepted, f.Won = f.Count, f.Amount
		case proposal.Declined:
			f.Declined = f.Count
		case proposal.Expired:
			f.Expired = f.Count
		}
		p.row.Now.add(&f)
		switch {
		case n[0] < 0:
		case status == proposal.Sent:
			p.ages.add(n[0], f.Count)
		default:
			p.answers.add(n[0], f.Count)
		}
	})
	return found, err
}

// each reads rows of keys, then numbers.
func (x *Proposals) each(ctx context.Context, s *store.Session, query string, args []any, keys, figures int, visit func(raw []any, n []int64)) error {
	rows, err := s.Base().Read(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	raw, n := make([]any, keys), make([]int64, figures)
	into := make([]any, 0, keys+figures)
	for i := range raw {
		raw[i] = new(any)
		into = append(into, raw[i])
	}
	for i := range n {
		into = append(into, &n[i])
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		visit(raw, n)
	}
	return rows.Err()
}

// inner is the question for one row a proposal, or one for each product or
// group of it: its keys k0 and k1, and its figures.
func (x *Proposals) inner(ctx context.Context, s *store.Session, days span.Span, by []string) (string, []any, error) {
	keys, group, joins, goods, parts := "", "", "", "", false
	for i, name := range by {
		d := proposalDimensions[name]
		keys += fmt.Sprintf("%s AS k%d, ", d.sql(), i)
		group += fmt.Sprintf(", %s", d.sql())
		parts = parts || d.parts
		if strings.HasPrefix(d.key, "r.") {
			goods = " LEFT JOIN product r ON r.id = l.product_id"
		}
		for alias, join := range map[string]string{"c.": " LEFT JOIN client c ON c.id = p.client_id", "d.": " LEFT JOIN deal d ON d.id = p.deal_id"} {
			if strings.HasPrefix(d.key, alias) && !strings.Contains(joins, join) {
				joins += join
			}
		}
	}
	where, args, err := x.condition(ctx, s, days)
	if err != nil {
		return "", nil, err
	}
	of := strings.NewReplacer("{t}", "p", "{offer}", store.OfferSQL, "{today}", fmt.Sprintf("CAST(%d AS BIGINT)", int64(s.Today())))
	same := `p.status AS status, CASE WHEN p.status IN ('` + proposal.Accepted + `', '` + proposal.Declined + `') AND p.sent_at <= p.answered_at
		THEN p.answered_at / 86400000000 - p.sent_at / 86400000000
		WHEN p.status = '` + proposal.Sent + `' AND p.sent_at / 86400000000 <= {today} THEN {today} - p.sent_at / 86400000000 ELSE -1 END AS answer, p.kept AS revisions, `
	const variants = `(SELECT COUNT(*) FROM proposal_variants v WHERE v.owner_id = p.id)`
	vat := `CASE WHEN p.vat_mode = '` + proposal.VATOnTop + `' THEN p.vat ELSE 0 END`
	if !parts {
		return of.Replace(`SELECT ` + keys + same + variants + ` AS variants, COALESCE(p.amount_base, 0) AS amount, ` + inBase(`(COALESCE(p.amount, 0) - `+vat+` + p.discount)`) + ` AS gross,
			` + inBase(`(COALESCE(p.amount, 0) - p.vat)`) + ` AS net, ` + inBase(`p.discount`) + ` AS discount, ` + inBase(`p.margin`) + ` AS margin,
			(SELECT COUNT(*) FROM proposal_variants_lines l WHERE ` + store.PositionSQL + ` AND l.owner_id = ` + store.OfferSQL + `) AS positions
			FROM proposal p` + joins + where), args, nil
	}
	sum := func(column string) string {
		return "COALESCE(SUM(CASE WHEN " + store.CountedSQL + " THEN " + inBase(column) + " ELSE 0 END), 0)"
	}
	// What is asked of a proposal is asked once, not of each of its lines. The cost
	// of a line is rounded by itself, as package proposal does.
	once := `WITH o AS MATERIALIZED (SELECT p.id AS id, ` + store.OfferSQL + ` AS offer, ` + variants + ` AS variants FROM proposal p` + where + `) `
	return of.Replace(once + `SELECT ` + keys + same + `o.variants AS variants, ` + sum(`l.total`) + ` AS amount, ` + sum(`(l.amount + l.discount_sum)`) + ` AS gross,
		` + sum(`(l.total - l.vat_amount)`) + ` AS net, ` + sum(`l.discount_sum`) + ` AS discount, ` + sum(`(l.total - l.vat_amount - l.cost / 1000 * l.quantity - (l.cost % 1000 * l.quantity + 500) / 1000)`) + ` AS margin,
		COUNT(l.id) AS positions
		FROM o JOIN proposal p ON p.id = o.id` + joins + ` LEFT JOIN proposal_variants_lines l ON l.owner_id = o.offer AND ` + store.PositionSQL + goods + ` GROUP BY p.id, o.variants` + group), args, nil
}

func (x *Proposals) condition(ctx context.Context, s *store.Session, days span.Span) (string, []any, error) {
	where := ` WHERE p.marked = FALSE AND p.date >= ? AND p.date <= ?`
	args := []any{int64(days.From), int64(days.To)}
	some, more, err := among(ctx, s, "proposal", "p.id", x.Settings.Where)
	return where + some, append(args, more...), err
}

// order puts the largest first, or days and choices as they come, by the first
// key as a whole.
func (x *Proposals) order() {
	whole := map[int64]int64{}
	for _, r := range x.Heads() {
		whole[r.Keys[0].ID] = r.Now.Amount
	}
	compare := func(a, b ProposalRow) int {
		ka, kb := a.Keys[0].ID, b.Keys[0].ID
		first := cmp.Compare(ka, kb)
		if d := proposalDimensions[x.Settings.By[0]]; !d.ordered() {
			first = cmp.Or(cmp.Compare(whole[kb], whole[ka]), first)
		}
		if first != 0 || len(a.Keys) < 2 {
			return first
		}
		second := cmp.Compare(a.Keys[1].ID, b.Keys[1].ID)
		if d := proposalDimensions[x.Settings.By[1]]; !d.ordered() {
			second = cmp.Or(cmp.Compare(b.Now.Amount, a.Now.Amount), second)
		}
		return second
	}
	slices.SortFunc(x.Rows, compare)
	slices.SortFunc(x.heads, compare)
}

// Heads are the rows of the first dimension alone.
func (x *Proposals) Heads() []ProposalRow {
	if len(x.Settings.By) < 2 {
		return x.Rows
	}
	return x.heads
}

// Lines are the lines of the table: the rows, and where there are two
// dimensions the figures of each value of the first before its rows.
func (x *Proposals) Lines() []ProposalRow {
	if len(x.Settings.By) < 2 {
		return x.Rows
	}
	return withHeads(x.heads, x.Rows)
}

// KeyName says a key of one of the dimensions, by its place.
func (x *Proposals) KeyName(at int, key model.Ref, p *locale.Printer) string {
	d := proposalDimensions[x.Settings.By[at]]
	return d.name(x.Settings.By[at], key, p)
}

// Name says a row: its keys in order.
func (x *Proposals) Name(r ProposalRow, p *locale.Printer) string {
	parts := make([]string, len(r.Keys))
	for i, k := range r.Keys {
		parts[i] = x.KeyName(i, k, p)
	}
	return strings.Join(parts, " · ")
}

// Behind is the condition of the proposals behind a figure of some keys: of
// both dimensions, of the first alone, or of none, which is the total. It
// refuses where more proposals than a list takes would have to be named one by
// one.
func (x *Proposals) Behind(ctx context.Context, s *store.Session, part Part, keys ...model.Ref) (filter.Node, error) {
	keys = keys[:min(len(keys), len(x.Settings.By))]
	days := x.days()
	for i, k := range keys { // one span of days says it all
		if d := proposalDimensions[x.Settings.By[i]]; d.first != nil {
			from := model.Day(k.ID)
			days = span.Span{From: max(days.From, from), To: min(days.To, d.last(from))}
		}
	}
	is := func(path string, op filter.Op, values ...filter.Value) filter.Node {
		return filter.Cond{Path: path, Op: op, Values: values}
	}
	where := filter.And{is("date", filter.Between, filter.Date(days.From), filter.Date(days.To))}
	named := false
	for i, k := range keys {
		switch d := proposalDimensions[x.Settings.By[i]]; {
		case d.parts:
			named = true
		case d.first == nil:
			where = append(where, d.condition(k.ID))
		}
	}
	switch part {
	case Waiting:
		where = append(where, is("status", filter.Eq, filter.String(proposal.Sent)))
	case Accepted:
		where = append(where, is("status", filter.Eq, filter.String(proposal.Accepted)))
	}
	if x.Settings.Where != nil {
		where = append(where, x.Settings.Where)
	}
	if !named {
		return where, nil
	}
	ids, err := x.offering(ctx, s, where, keys)
	if err != nil {
		return nil, fmt.Errorf("read the proposals behind a figure: %w", err)
	}
	if len(ids) > maxNamed {
		return nil, model.Refused("by", "too_many_behind", "n", maxNamed)
	}
	return filter.Parse(s.Registry(), "proposal", IDsWhere(ids))
}

// maxNamed is how many records a condition names one by one.
const maxNamed = 5_000

// offering are the ids of the proposals of a condition that offer the products
// and groups of some keys in one line; 0 is a line without one, or no line.
func (x *Proposals) offering(ctx context.Context, s *store.Session, where filter.Node, keys []model.Ref) ([]int64, error) {
	some, args, err := s.Subquery(ctx, store.Query{Kind: "proposal", Where: where})
	if err != nil {
		return nil, err
	}
	query := `SELECT DISTINCT p.id FROM proposal p LEFT JOIN proposal_variants_lines l ON l.owner_id = ` + strings.ReplaceAll(store.OfferSQL, "{t}", "p") + ` AND ` + store.PositionSQL + `
		LEFT JOIN product r ON r.id = l.product_id WHERE p.id IN (` + some + `)`
	for i, k := range keys {
		if d := proposalDimensions[x.Settings.By[i]]; d.parts {
			query += ` AND ` + d.sql() + ` = ?`
			args = append(args, k.ID)
		}
	}
	return readIDs(ctx, s, query+` ORDER BY p.id DESC`, args...)
}
