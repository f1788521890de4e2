package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"ugoda/model"
	"ugoda/model/deal"
)

// UndoResult tells what Undo did.
type UndoResult struct {
	Undone int    // records that are as they were before the batch
	Kept   []Kept // edited since: left as they are unless forced
}

// Kept is a record that Undo left alone because it was edited since the batch.
type Kept struct {
	Kind string
	Ref  model.Ref
}

// Undo brings all records of a batch back to the state in which the batch
// found them; what the batch made goes to the bin. A record that was edited
// since is listed and left as it is, unless force is set: a second Undo with
// force takes back those that the first one kept. The funnel's intervals that
// the batch wrote become void.
func (s *Session) Undo(ctx context.Context, batch int64, force bool) (UndoResult, error) {
	var out UndoResult
	err := s.write(ctx, func(w *work) error {
		out = UndoResult{}
		items, undone, err := w.batchItems(batch)
		if err != nil {
			return err
		}
		if undone && (len(items) == 0 || !force) {
			return model.Refused("", "batch_is_undone")
		}
		done := 0
		for some := range slices.Chunk(items, chunk) {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(ctx, done, len(items))
			done += len(some)
			if err := w.undoSome(some, force, &out); err != nil {
				return err
			}
		}
		if err := w.markUndone(batch, items); err != nil {
			return err
		}
		_, err = w.exec(`UPDATE batch SET undone_at = ? WHERE id = ?`, w.clock.UnixMicro(), batch)
		return err
	})
	return out, err
}

// markUndone notes which records of a batch were taken back.
func (w *work) markUndone(batch int64, items []*batchItem) error {
	if _, err := w.exec(`UPDATE batch_item SET undone = TRUE WHERE batch_id = ?`, batch); err != nil {
		return err
	}
	var kept []int64
	for _, x := range items {
		if !x.undone {
			kept = append(kept, x.row)
		}
	}
	for some := range slices.Chunk(kept, chunk) {
		args := padded(some)
		if _, err := w.exec(`UPDATE batch_item SET undone = FALSE WHERE id IN (`+marks(len(args))+`)`, args...); err != nil {
			return err
		}
	}
	return nil
}

// UndoPreview tells what Undo would do: how many records it would take back,
// and which it would keep because they were edited since.
func (s *Session) UndoPreview(ctx context.Context, batch int64) (UndoResult, error) {
	var out UndoResult
	w := s.newWork(ctx, nil)
	items, undone, err := w.batchItems(batch)
	if err != nil {
		return out, fmt.Errorf("look at batch %d: %w", batch, err)
	}
	if undone && len(items) == 0 {
		return out, model.Refused("", "batch_is_undone")
	}
	for some := range slices.Chunk(items, chunk) {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		byKind := map[string][]int64{}
		for _, x := range some {
			byKind[x.kind] = append(byKind[x.kind], x.id)
		}
		versions := map[seenRecord]int64{}
		for kind, ids := range byKind {
			p, err := s.plan(kind)
			if err != nil {
				return out, err
			}
			if err := s.mayWrite(p.kind); err != nil {
				return out, err
			}
			args := padded(ids)
			query := "SELECT id, version FROM " + p.table + " WHERE id IN (" + marks(len(args)) + ")"
			err = each(ctx, pool{s.base}, query, args, func(raw []any) error {
				id, _ := raw[0].(int64)
				versions[seenRecord{kind, id}], _ = raw[1].(int64)
				return nil
			})
			if err != nil {
				return out, fmt.Errorf("look at batch %d: %w", batch, s.base.explain(err))
			}
		}
		for _, x := range some {
			version, there := versions[x.seenRecord]
			switch {
			case !there:
			case version == x.version:
				out.Undone++
			default:
				ref, _, err := w.name(x.kind, x.id)
				if err != nil {
					return out, err
				}
				out.Kept = append(out.Kept, Kept{x.kind, ref})
			}
		}
	}
	return out, nil
}

// batchItems reads what a batch touched and what was not undone yet, the last
// first, and whether the batch was undone once.
func (w *work) batchItems(batch int64) (items []*batchItem, undone bool, err error) {
	var at *int64
	found, err := w.one(`SELECT undone_at FROM batch WHERE id = ?`, []any{batch}, &at)
	if err != nil {
		return nil, false, err
	}
	if !found {
		return nil, false, notFoundID("batch", batch)
	}
	err = each(w.ctx, w, `SELECT id, kind, record_id, version, before FROM batch_item WHERE batch_id = ? AND undone = FALSE ORDER BY id DESC`, []any{batch}, func(raw []any) error {
		x := &batchItem{before: raw[4]}
		x.row, _ = raw[0].(int64)
		x.kind, _ = raw[1].(string)
		x.id, _ = raw[2].(int64)
		x.version, _ = raw[3].(int64)
		items = append(items, x)
		return nil
	})
	return items, at != nil, err
}

func (w *work) undoSome(items []*batchItem, force bool, out *UndoResult) error {
	byKind := map[string][]int64{}
	for _, x := range items {
		byKind[x.kind] = append(byKind[x.kind], x.id)
	}
	for kind, ids := range byKind {
		if err := w.prefetch(kind, ids); err != nil {
			return err
		}
	}
	for _, x := range items {
		p, err := w.s.plan(x.kind)
		if err != nil {
			return err
		}
		now, err := w.get(x.kind, x.id)
		if err != nil {
			return err
		}
		if now == nil {
			x.undone = true
			continue
		}
		if now.Base().Version != x.version && !force {
			ref, _, err := w.name(x.kind, x.id)
			if err != nil {
				return err
			}
			out.Kept = append(out.Kept, Kept{x.kind, ref})
			continue
		}
		if err := w.undoOne(p, now, x); err != nil {
			return fmt.Errorf("undo %s %d: %w", x.kind, x.id, err)
		}
		x.undone = true
		out.Undone++
	}
	return nil
}

func (w *work) undoOne(p *plan, now model.Keeper, x *batchItem) error {
	if err := w.s.mayWrite(p.kind); err != nil {
		return err
	}
	rec := clone(p.kind, now)
	text, existed := x.before.(string)
	if !existed {
		rec.Base().Marked = true
		_, err := w.put(p, rec, now, "undo")
		return err
	}
	var im readImage
	if err := json.Unmarshal([]byte(text), &im); err != nil {
		return err
	}
	if err := im.into(p.kind, rec); err != nil {
		return err
	}
	rec.Base().Marked, rec.Base().Number = im.Base.Marked, im.Base.Number
	if p.kind.Name == "deal" {
		if d, was := now.(*deal.Deal), rec.(*deal.Deal); d.Client.ID != was.Client.ID { // clients were merged
			if _, err := w.exec(`UPDATE funnel SET client_id = ? WHERE deal_id = ? AND client_id = ?`, encode(was.Client), x.id, encode(d.Client)); err != nil {
				return err
			}
		}
		w.quiet = true // the journal goes back by itself
		defer func() { w.quiet = false }()
		if now.Base().Marked != im.Base.Marked || im.Funnel != 0 {
			if err := w.rewind(x.id, im.Funnel); err != nil {
				return err
			}
		}
		if im.Base.Marked {
			if err := w.bin(x.id, true); err != nil {
				return err
			}
		}
	}
	_, err := w.put(p, rec, now, "undo")
	return err
}
