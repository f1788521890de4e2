package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"ugoda/model"
	"ugoda/model/deal"
)

// journal writes the funnel's register when a deal was saved: a move closes the
// interval and opens the next, and so does a change of amount, probability,
// manager or currency in the same stage, without being an entry. Days are the
// day of business of the transaction, which only an import sets otherwise.
func (w *work) journal(rec, old model.Keeper) error {
	d, ok := rec.(*deal.Deal)
	if !ok || w.quiet {
		return nil
	}
	o, _ := old.(*deal.Deal)
	if o != nil && o.Marked != d.Marked {
		return w.bin(d.ID, d.Marked)
	}
	entry := o == nil || o.Stage.ID != d.Stage.ID
	if !entry && o.Amount == d.Amount && o.Probability == d.Probability && o.Manager.ID == d.Manager.ID {
		return nil
	}
	from := w.today
	if o != nil {
		var err error
		if from, err = w.closeInterval(d.ID); err != nil {
			return err
		}
	}
	var inBase int64
	var err error
	if o != nil && o.Amount == d.Amount { // the amount is at the rate of the day when it was set
		inBase, err = w.storedBase(d.ID)
	} else {
		inBase, _, err = w.inBase(d.Amount, 0)
	}
	if err != nil {
		return err
	}
	weighted, err := model.Share(inBase, d.Probability)
	if err != nil {
		return err
	}
	since, cameFrom, cameSince := from, any(nil), any(nil)
	switch {
	case !entry:
		since = d.StageSince
	case o != nil:
		cameFrom, cameSince = o.Stage.ID, int64(o.StageSince)
	}
	if o != nil && o.Amount != d.Amount {
		delete(w.bases, d.ID)
	}
	x := &interval{
		since: since, cameFrom: cameFrom, cameSince: cameSince, deal: *d, from: from, to: model.FarDay, fromAt: w.clock.UnixMicro(), inBase: inBase, weighted: weighted,
		entry: entry, by: w.s.User.ID, imported: w.imported,
	}
	x.deal.Products = nil
	w.unsaved = append(w.unsaved, x)
	w.open[d.ID] = x
	if len(w.unsaved) >= 500 {
		return w.flushFunnel()
	}
	return nil
}

// interval is a row of the register that waits to be written.
type interval struct {
	deal             deal.Deal
	from, to         model.Day
	fromAt           int64
	toAt             any
	inBase, weighted int64
	entry, imported  bool
	by               int64
	since            model.Day // when the deal came into the stage
	cameFrom         any       // of an entry: the stage before
	cameSince        any       // of an entry: since when the deal had stood there
}

// closeInterval ends the last interval of a deal today, and gives the day on
// which it did: later than today where a clock was set back.
func (w *work) closeInterval(dealID int64) (model.Day, error) {
	if x := w.open[dealID]; x != nil {
		x.to, x.toAt = max(x.from, w.today), w.clock.UnixMicro()
		return x.to, nil
	}
	if x, known := w.standing[dealID]; known {
		delete(w.standing, dealID)
		day := max(x.from, w.today)
		w.closings = append(w.closings, closing{x.id, day, w.clock.UnixMicro()})
		return day, nil
	}
	var day int64
	// What waits to be written is known in w.open: nothing has to be flushed. The
	// plus keeps SQLite from the index by days, in which so many end on the far one.
	err := w.tx.QueryRow(w.ctx, `UPDATE funnel SET to_day = CASE WHEN from_day > ? THEN from_day ELSE ? END, to_at = ?
		WHERE deal_id = ? AND +to_day = ? AND void = FALSE RETURNING to_day`,
		[]any{int64(w.today), int64(w.today), w.clock.UnixMicro(), dealID, int64(model.FarDay)}, &day)
	if errors.Is(err, sql.ErrNoRows) {
		return w.today, nil
	}
	return model.Day(day), err
}

// standing is the interval of a deal that holds.
type standing struct {
	id   int64
	from model.Day
}

// closing is an interval that ends on a day.
type closing struct {
	id  int64
	day model.Day
	at  int64
}

// rewound is a deal whose intervals after one of them become void.
type rewound struct{ deal, last int64 }

// learnDeals reads what the journal will want to know of deals that are about
// to be changed, many at once.
func (w *work) learnDeals(ids []int64) error {
	args := padded(ids)
	in := " IN (" + marks(len(args)) + ")"
	err := each(w.ctx, w, `SELECT deal_id, id, from_day FROM funnel WHERE deal_id`+in+` AND +to_day = ? AND void = FALSE`, append(slices.Clone(args), int64(model.FarDay)), func(raw []any) error {
		id, _ := raw[0].(int64)
		row, _ := raw[1].(int64)
		from, _ := raw[2].(int64)
		w.standing[id] = standing{row, model.Day(from)}
		return nil
	})
	if err != nil {
		return err
	}
	return each(w.ctx, w, `SELECT id, COALESCE(amount_base, 0) FROM deal WHERE id`+in, args, func(raw []any) error {
		id, _ := raw[0].(int64)
		w.bases[id], _ = raw[1].(int64)
		return nil
	})
}

// flushClosings ends the intervals that wait to be ended, and takes back those
// that wait to be taken back.
func (w *work) flushClosings() error {
	list := w.closings
	w.closings = nil
	for len(list) > 0 {
		n := 1
		for n < len(list) && n < chunk && list[n].day == list[0].day && list[n].at == list[0].at {
			n++
		}
		ids := make([]int64, n)
		for i := range ids {
			ids[i] = list[i].id
		}
		args := padded(ids)
		if _, err := w.tx.Exec(w.ctx, `UPDATE funnel SET to_day = ?, to_at = ? WHERE id IN (`+marks(len(args))+`)`, append([]any{int64(list[0].day), list[0].at}, args...)...); err != nil {
			return err
		}
		list = list[n:]
	}
	back := w.rewinds
	w.rewinds = nil
	for some := range slices.Chunk(back, chunk) {
		if err := w.rewindSome(some); err != nil {
			return err
		}
	}
	return nil
}

// flushFunnel writes the intervals.
func (w *work) flushFunnel() error {
	if err := w.flushClosings(); err != nil {
		return err
	}
	rows := w.unsaved
	if len(rows) == 0 {
		return nil
	}
	w.unsaved = nil
	clear(w.open)
	for _, x := range rows {
		d := &x.deal
		var reason any
		if d.State == deal.Lost {
			reason = encode(d.LossReason)
		}
		err := w.insert("funnel", `deal_id, process_id, stage_id, from_day, to_day, from_at, to_at, since_day, from_stage_id, from_since, amount, currency, amount_base,
			weighted, probability, client_id, manager_id, department_id, organization_id, region_id, segment_id, project_id, source_id,
			reason_id, entry, entered_by, imported`,
			d.ID, d.Process.ID, d.Stage.ID, int64(x.from), int64(x.to), x.fromAt, x.toAt, int64(x.since), x.cameFrom, x.cameSince, d.Amount.Minor, d.Amount.Currency, x.inBase,
			x.weighted, int64(d.Probability), encode(d.Client), encode(d.Manager), encode(d.Department), encode(d.Organization),
			encode(d.Region), encode(d.Segment), encode(d.Project), encode(d.Source), reason, x.entry, x.by, x.imported)
		if err != nil {
			return err
		}
	}
	return w.writeRows(w.pending["funnel"])
}

// storedBase is the amount of a deal in the base currency as it is stored.
func (w *work) storedBase(dealID int64) (int64, error) {
	if q := w.pending["deal"]; q != nil {
		if at, ok := q.at[dealID]; ok {
			for i, c := range w.b.plans["deal"].columns {
				if c.name == "amount_base" {
					n, _ := q.args[at+3+i].(int64)
					return n, nil
				}
			}
		}
	}
	if n, known := w.bases[dealID]; known {
		return n, nil
	}
	var n int64
	_, err := w.one(`SELECT COALESCE(amount_base, 0) FROM deal WHERE id = ?`, []any{dealID}, &n)
	return n, err
}

// bin makes the intervals of a deal void while it is in the bin.
func (w *work) bin(dealID int64, marked bool) error {
	delete(w.standing, dealID)
	query := `UPDATE funnel SET void = TRUE, binned = TRUE WHERE deal_id = ? AND void = FALSE`
	if !marked {
		query = `UPDATE funnel SET void = FALSE, binned = FALSE WHERE deal_id = ? AND binned = TRUE`
	}
	_, err := w.exec(query, dealID)
	return err
}

// journalMarks finds for many deals their last intervals, from which undoing
// their change goes back.
func (w *work) journalMarks(ids []int64) error {
	args := padded(ids)
	return each(w.ctx, w, `SELECT deal_id, MAX(id) FROM funnel WHERE (void = FALSE OR binned = TRUE) AND deal_id IN (`+marks(len(args))+`) GROUP BY deal_id`,
		args, func(raw []any) error {
			id, _ := raw[0].(int64)
			w.batch.funnel[id], _ = raw[1].(int64)
			return nil
		})
}

// rewind makes the intervals of a deal after one of them void, and opens that
// one again.
func (w *work) rewind(dealID, last int64) {
	delete(w.standing, dealID)
	w.rewinds = append(w.rewinds, rewound{dealID, last})
}

// rewindSome does so with several deals, each once.
func (w *work) rewindSome(list []rewound) error {
	var deals, lasts []int64
	pairs := make([]any, 0, 2*len(list))
	for _, x := range list {
		deals, lasts = append(deals, x.deal), append(lasts, x.last)
	}
	for i := range padded(deals) { // the last one repeats
		x := list[min(i, len(list)-1)]
		pairs = append(pairs, x.deal, x.last)
	}
	first := "(CAST(? AS BIGINT), CAST(? AS BIGINT))"
	if _, err := w.tx.Exec(w.ctx, `UPDATE funnel SET void = TRUE, binned = FALSE FROM (VALUES `+first+strings.Repeat(", (?, ?)", len(pairs)/2-1)+`) AS v
		WHERE funnel.deal_id = v.column1 AND funnel.id > v.column2`, pairs...); err != nil {
		return err
	}
	args := padded(deals)
	if _, err := w.tx.Exec(w.ctx, `UPDATE funnel SET void = FALSE, binned = FALSE WHERE deal_id IN (`+marks(len(args))+`) AND binned = TRUE`, args...); err != nil {
		return err
	}
	args = padded(lasts)
	_, err := w.tx.Exec(w.ctx, `UPDATE funnel SET to_day = ?, to_at = NULL WHERE id IN (`+marks(len(args))+`) AND void = FALSE`, append([]any{int64(model.FarDay)}, args...)...)
	return err
}
