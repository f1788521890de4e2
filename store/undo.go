package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
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
	back := map[string]map[int64][2]int64{}
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
		untouched := now.Base().Version == x.version
		was, is, err := w.undoOne(p, now, x)
		if err != nil {
			return fmt.Errorf("undo %s %d: %w", x.kind, x.id, err)
		}
		if was != 0 && untouched {
			if back[x.kind] == nil {
				back[x.kind] = map[int64][2]int64{}
			}
			back[x.kind][x.id] = [2]int64{was, is}
		}
		x.undone = true
		out.Undone++
	}
	for kind, versions := range back {
		if err := w.backTo(kind, versions); err != nil {
			return err
		}
	}
	return nil
}

// backTo lets the batch before one that was taken back be taken back too: its
// records are again what it left, though their versions are new. versions are,
// by record, the one that it left and the one that says the same now.
func (w *work) backTo(kind string, versions map[int64][2]int64) error {
	ids := slices.Collect(maps.Keys(versions))
	args := padded(ids)
	var rows, news []int64
	query := `SELECT id, record_id, version FROM batch_item WHERE undone = FALSE AND kind = ? AND record_id IN (` + marks(len(args)) + `)`
	err := each(w.ctx, w, query, append([]any{kind}, args...), func(raw []any) error {
		row, _ := raw[0].(int64)
		id, _ := raw[1].(int64)
		if version, _ := raw[2].(int64); version == versions[id][0] {
			rows, news = append(rows, row), append(news, versions[id][1])
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, row := range rows {
		if _, err := w.exec(`UPDATE batch_item SET version = ? WHERE id = ?`, news[i], row); err != nil {
			return err
		}
	}
	return nil
}

// undoOne gives a record the state in which the batch found it; was is the
// version that it had then, 0 when that is not known, and is the one it has now.
func (w *work) undoOne(p *plan, now model.Keeper, x *batchItem) (was, is int64, err error) {
	if err := w.s.mayWrite(p.kind); err != nil {
		return 0, 0, err
	}
	rec := clone(p.kind, now)
	text, existed := x.before.(string)
	if !existed {
		rec.Base().Marked = true
		if err := w.returns(p, rec, now); err != nil {
			return 0, 0, err
		}
		_, err := w.put(p, rec, now, "undo")
		return 0, 0, err
	}
	var im readImage
	if err := json.Unmarshal([]byte(text), &im); err != nil {
		return 0, 0, err
	}
	if err := im.into(p.kind, rec); err != nil {
		return 0, 0, err
	}
	rec.Base().Marked, rec.Base().Number = im.Base.Marked, im.Base.Number
	if err := w.returns(p, rec, now); err != nil {
		return 0, 0, err
	}
	if p.kind.Name == "deal" {
		if d, was := now.(*deal.Deal), rec.(*deal.Deal); d.Client.ID != was.Client.ID { // clients were merged
			if _, err := w.exec(`UPDATE funnel SET client_id = ? WHERE deal_id = ? AND client_id = ?`, encode(was.Client), x.id, encode(d.Client)); err != nil {
				return 0, 0, err
			}
		}
		w.quiet = true // the journal goes back by itself
		defer func() { w.quiet = false }()
		if now.Base().Marked != im.Base.Marked || im.Funnel != 0 {
			w.rewind(x.id, im.Funnel)
		}
		if im.Base.Marked {
			if err := w.bin(x.id, true); err != nil {
				return 0, 0, err
			}
		}
	}
	_, err = w.put(p, rec, now, "undo")
	return im.Base.Version, rec.Base().Version, err
}
