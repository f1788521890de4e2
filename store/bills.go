package store

import (
	"context"
	"errors"
	"fmt"

	"ugoda/model"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/model/trade"
)

// BilledSQL holds for an invoice i that stands on a proposal: what it bills is
// billed.
const BilledSQL = `i.marked = FALSE AND i.status <> '` + invoice.Cancelled + `'`

// The SQL of how much of an accepted proposal is billed, in its currency: what is
// written into its invoices by hand beside its own lines is not.
const (
	billedSQL = `(SELECT CAST(COALESCE(SUM(l.total), 0) AS BIGINT) FROM invoice i JOIN invoice_lines l ON l.owner_id = i.id
		WHERE i.proposal_id = {t}.id AND l.bills <> 0 AND ` + BilledSQL + `)`
	leftSQL = `(COALESCE({t}.amount, 0) - ` + billedSQL + `)`
	// At the proposal's rate, half up, by its whole units and the rest, so that
	// the product does not grow too large.
	leftBaseSQL = `(SELECT x.n / 1000000 * {t}.rate + (x.n % 1000000 * {t}.rate + 500000) / 1000000 FROM (SELECT ` + leftSQL + ` AS n) x)`
)

// bills gives the invoices that stand on a proposal.
func (w *work) bills(id int64) ([]*invoice.Invoice, error) {
	if err := w.hold(id); err != nil {
		return nil, err
	}
	return recordsOf[*invoice.Invoice](w, "invoice", `SELECT i.id FROM invoice i WHERE i.proposal_id = ? AND `+BilledSQL+` ORDER BY i.id`, id)
}

// invoiceRefs names the invoices that stand on a proposal.
func (w *work) invoiceRefs(id int64) ([]model.Ref, error) {
	all, err := w.bills(id)
	var out []model.Ref
	for _, i := range all {
		out = append(out, i.Ref())
	}
	return out, err
}

// errOvertaken says that somebody changed a record between its reading and the
// moment when it was held: the transaction begins anew.
var errOvertaken = errors.New("somebody else was first")

// hold keeps others from billing a proposal, and from taking it back, until the
// transaction ends: on SQLite it is the only writer; on PostgreSQL changing the
// row keeps the others waiting. What was read before the wait may be stale.
func (w *work) hold(id int64) error {
	if w.tx == nil || w.b.engine != PostgreSQL || w.held[id] {
		return nil
	}
	if _, err := w.exec(`UPDATE proposal SET marked = marked WHERE id = ?`, id); err != nil {
		return err
	}
	var version int64
	if _, err := w.one(`SELECT version FROM proposal WHERE id = ?`, []any{id}, &version); err != nil {
		return err
	}
	if known := w.cache["proposal"][id]; known != nil && known.Base().Version != version {
		return errOvertaken
	}
	if w.held == nil {
		w.held = map[int64]bool{}
	}
	w.held[id] = true
	delete(w.cache, "invoice")
	return nil
}

// Left tells what is left to bill of an accepted proposal, beside an invoice that
// is being edited (0: none); nil when it is not accepted. What the role may not
// see is empty.
func (s *Session) Left(ctx context.Context, id, without int64) (*trade.Whole, error) {
	rec, err := s.Get(ctx, "proposal", id)
	if err != nil {
		return nil, err
	}
	w := s.newWork(ctx, nil)
	left := invoice.Left(rec.(*proposal.Proposal), without, facts{w})
	if w.failed != nil {
		return nil, fmt.Errorf("ask what is left to bill: %w", w.failed)
	}
	return left, nil
}
