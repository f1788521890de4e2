package store

import (
	"fmt"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/proposal"
)

// The SQL of what package proposal says of an offer, for lists and for reports.
const (
	// OfferSQL is the id of the variant of a proposal {t} that counts, as
	// proposal.Offer says.
	OfferSQL = `(SELECT v.id FROM proposal_variants v WHERE v.owner_id = {t}.id ORDER BY v.accepted DESC, v.recommended DESC, v.position LIMIT 1)`
	// PositionSQL holds for a line l that offers something.
	PositionSQL = `l.heading = FALSE AND l.note = FALSE`
	// CountedSQL holds for a position whose sums are in the total: an option is
	// not before the client has taken it.
	CountedSQL = `(l.optional = FALSE OR l.taken = TRUE)`
)

// computedSQL is the SQL of each computed field that a description names, over
// a record whose table is {t}; {today} is the day of business, {me} the acting
// employee (0: none), {role} his role. What an amount
// comes to in the base currency is a column and does not stand here.
var computedSQL = map[string]string{
	"deal.days_in_stage": `CASE WHEN {t}.state IN ('open', 'hold') THEN {today} - {t}.stage_since END`,
	"deal.next_step": `(SELECT a.subject FROM activity a WHERE a.deal_id = {t}.id AND a.done = FALSE AND a.marked = FALSE
		ORDER BY a.due, a.hour, a.id LIMIT 1)`,
	"deal.next_due": `(SELECT MIN(a.due) FROM activity a WHERE a.deal_id = {t}.id AND a.done = FALSE AND a.marked = FALSE)`,
	// Half up, per deal, so that every total is the sum of its rows.
	"deal.weighted":  `((COALESCE({t}.amount_base, 0) * {t}.probability + 5000) / 10000)`,
	"deal.attention": attentionSQL,

	"proposal.in_force": `({t}.status IN ('approved', 'sent') AND ({t}.valid_until IS NULL OR {t}.valid_until >= {today}))`,
	"proposal.chosen": `(SELECT CASE WHEN v.recommended = TRUE THEN '` + proposal.ChoseRecommended + `' ELSE '` + proposal.ChoseOther + `' END
		FROM proposal_variants v WHERE v.owner_id = {t}.id AND v.accepted = TRUE ORDER BY v.position LIMIT 1)`,
	"proposal.positions": `(SELECT COUNT(*) FROM proposal_variants_lines l WHERE ` + PositionSQL + ` AND l.owner_id = ` + OfferSQL + `)`,

	"proposal.billed":            `CASE WHEN {t}.status = 'accepted' THEN ` + billedSQL + ` END`,
	"proposal.left_to_bill":      `CASE WHEN {t}.status = 'accepted' THEN ` + leftSQL + ` END`,
	"proposal.left_to_bill_base": `CASE WHEN {t}.status = 'accepted' THEN ` + leftBaseSQL + ` END`,
	"invoice.positions":          `(SELECT COUNT(*) FROM invoice_lines l WHERE ` + PositionSQL + ` AND l.owner_id = {t}.id)`,

	"proposal.to_approve": `EXISTS (SELECT 1 FROM approval a WHERE a.proposal_id = {t}.id AND a.marked = FALSE AND ` + strings.ReplaceAll(mineSQL, "{t}", "a") + `)`,
	"approval.mine":       mineSQL,

	"client.open_deals":  `(SELECT COUNT(*) FROM deal d WHERE d.client_id = {t}.id AND d.marked = FALSE AND d.state = 'open')`,
	"client.open_amount": `(SELECT CAST(SUM(d.amount_base) AS BIGINT) FROM deal d WHERE d.client_id = {t}.id AND d.marked = FALSE AND d.state = 'open')`,
	// Days of UTC: a contact around midnight may count for the day beside it.
	"client.last_contact": `(SELECT MAX(a.done_at) / 86400000000 FROM activity a
		WHERE a.client_id = {t}.id AND a.marked = FALSE AND a.done = TRUE AND a.type IN ('call', 'meeting', 'letter'))`,
}

// attentionSQL is deal.Attention in SQL; a test compares the two.
var attentionSQL = strings.NewReplacer("{open}", deal.Open, "{stuck}", deal.AttentionStuck, "{late}", deal.AttentionLate,
	"{none}", deal.AttentionNoStep, "{overdue}", deal.AttentionOverdueStep).Replace(`CASE WHEN {t}.state = '{open}' THEN
	(SELECT CASE
		WHEN s.expected_days > 0 AND COALESCE(n.due, 0) < {today} AND 2 * ({today} - {t}.stage_since) > 3 * s.expected_days THEN '{stuck}'
		WHEN s.expected_days > 0 AND COALESCE(n.due, 0) < {today} AND {today} - {t}.stage_since > s.expected_days THEN '{late}'
		WHEN n.due IS NULL THEN '{none}'
		WHEN n.due < {today} THEN '{overdue}'
		ELSE '' END
	FROM stage s, (SELECT MIN(a.due) AS due FROM activity a WHERE a.deal_id = {t}.id AND a.done = FALSE AND a.marked = FALSE) n
	WHERE s.id = {t}.stage_id) ELSE '' END`)

// mineSQL is whether the turn to answer an approval is the acting user's, as
// proposal.Approval decides it; a test compares the two.
const mineSQL = `({t}.state = 'waiting' AND {t}.turn_at IS NOT NULL AND ({role} = 'admin' OR
	(({t}.approver_id = {me} OR {t}.approver_id IS NULL AND {t}.role = {role}) AND
	({t}.asked_by_id IS NULL OR {t}.asked_by_id <> {me} OR EXISTS (SELECT 1 FROM approval_rule r WHERE r.id = {t}.rule_id AND r.own = TRUE)))))`

// implied is what holds wherever a computed choice is not empty: an index finds
// those records.
var implied = map[string]string{"deal.attention": "{t}.state = '" + deal.Open + "'"}

// The words that stand in the SQL above are the model's.
var _ = []string{deal.Hold, proposal.Approved, proposal.Sent, proposal.Accepted}

// ComputedSQL is the SQL of a computed field for reports, where it asks neither
// who reads nor on what day: over a record whose table is {t}.
func ComputedSQL(kind, field string) string { return computedSQL[kind+"."+field] }

// Computed names the computed fields whose SQL stands here, "kind.field": a
// test pairs them with the descriptions.
func Computed() []string {
	var out []string
	for name := range computedSQL {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// computed is the expression of a computed field.
func (q *selection) computed(at place) (string, error) {
	text, ok := computedSQL[at.kind.Name+"."+at.field.Name]
	if !ok {
		return "", &model.UnknownPath{Kind: at.kind.Name, Path: at.field.Name}
	}
	return strings.NewReplacer(
		"{t}", at.alias, "{today}", fmt.Sprintf("CAST(%d AS BIGINT)", int64(q.s.Today())),
		"{me}", fmt.Sprintf("CAST(%d AS BIGINT)", q.s.Employee.ID), "{role}", roleSQL(q.s.Role),
	).Replace(text), nil
}

// roleSQL is a role as SQL says it: one of the known, or none.
func roleSQL(r model.Role) string {
	if !slices.Contains(model.Roles, r) {
		return "''"
	}
	return "'" + string(r) + "'"
}
