package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ugoda/model"
	"ugoda/model/deal"
)

// Batch is what was done together and is undone together.
type Batch struct {
	ID      int64
	Label   string
	At      time.Time
	User    model.Ref
	Records int    // how many saves it came to
	Undone  bool   // it was undone, some of its records perhaps kept
	Kept    int    // of one that was undone: records that were left as they are
	Origin  string // what made it, such as "import"; empty: a change of many records
	Details string // what its maker keeps of it
}

// Failure is a record that a bulk change left alone, and why.
type Failure struct {
	ID  int64
	Ref model.Ref
	Err error
}

// Reason is why several records were left alone.
type Reason struct {
	Text string
	Of   []Failure
}

// Reasons sorts what was left alone by why, as say puts it: what concerns most
// records first.
func Reasons(failures []Failure, say func(error) string) []Reason {
	var out []Reason
	for _, x := range failures {
		text := say(x.Err)
		i := slices.IndexFunc(out, func(r Reason) bool { return r.Text == text })
		if i < 0 {
			i, out = len(out), append(out, Reason{Text: text})
		}
		out[i].Of = append(out[i].Of, x)
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(len(b.Of), len(a.Of)) })
	return out
}

// batchWork is the batch of a transaction.
type batchWork struct {
	id      int64
	records int
	origin  string
	details string
	items   map[seenRecord]*batchItem
	list    []*batchItem
	funnel  map[int64]int64 // the last interval of deals as they were before
}

// batchItem is a record that the batch changed.
type batchItem struct {
	seenRecord
	version int64 // that the batch left
	before  any   // its image as JSON; nil: the batch made it
	row     int64 // of batch_item
	undone  bool
}

type seenRecord struct {
	kind string
	id   int64
}

// image is a record as it was before a batch.
type image struct {
	Base   imageBase             `json:"base"`
	Fields map[string]any        `json:"fields"`
	Parts  map[string][]imageRow `json:"parts,omitempty"`
	Funnel int64                 `json:"funnel,omitempty"` // a deal's last interval
}

type imageBase struct {
	Marked bool   `json:"marked"`
	Number string `json:"number"`
	// The version that the batch found; 0 in batches older than this field.
	Version int64 `json:"version,omitempty"`
}

type imageRow struct {
	ID     int64                 `json:"id"`
	Fields map[string]any        `json:"fields"`
	Parts  map[string][]imageRow `json:"parts,omitempty"`
}

func imageOf(k *model.Kind, rec model.Keeper) image {
	fields, parts := imageFields(k, rec)
	return image{Base: imageBase{rec.Base().Marked, rec.Base().Number, rec.Base().Version}, Fields: fields, Parts: parts}
}

func imageFields(k *model.Kind, rec any) (map[string]any, map[string][]imageRow) {
	fields := map[string]any{}
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Name == "created" || f.Name == "changed" {
			continue
		}
		if v := orNil(f.Value(rec)); v != nil {
			fields[f.Name] = pack(v)
		}
	}
	var parts map[string][]imageRow
	for _, p := range k.Parts {
		if p.Len(rec) == 0 {
			continue
		}
		if parts == nil {
			parts = map[string][]imageRow{}
		}
		for i := range p.Len(rec) {
			row := p.At(rec, i)
			f, below := imageFields(p.Kind, row)
			parts[p.Name] = append(parts[p.Name], imageRow{*rowID(row), f, below})
		}
	}
	return fields, parts
}

// readImage gives a record the state of an image.
type readRow struct {
	ID     int64                      `json:"id"`
	Fields map[string]json.RawMessage `json:"fields"`
	Parts  map[string][]readRow       `json:"parts"`
}

type readImage struct {
	readRow
	Base   imageBase `json:"base"`
	Funnel int64     `json:"funnel"`
}

func (r *readRow) into(k *model.Kind, rec any) error {
	for _, f := range k.Fields {
		if f.Computed || f.Name == "id" || f.Name == "created" || f.Name == "changed" {
			continue
		}
		v, err := unpack(f.Type, r.Fields[f.Name])
		if err != nil {
			return fmt.Errorf("read %s.%s: %w", k.Name, f.Name, err)
		}
		if v == nil {
			copyValue(f.Ptr(rec), zeroOf(f))
		} else if err := model.Assign(f.Ptr(rec), v); err != nil {
			return err
		}
	}
	for _, p := range k.Parts {
		p.Truncate(rec, 0)
		for i := range r.Parts[p.Name] {
			row := p.Add(rec)
			*rowID(row) = r.Parts[p.Name][i].ID
			if err := r.Parts[p.Name][i].into(p.Kind, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// add keeps the state of a record before the batch, the first time that the
// batch changes it.
func (b *batchWork) add(w *work, k *model.Kind, rec, old model.Keeper) error {
	b.records++
	key := seenRecord{k.Name, rec.Base().ID}
	if item := b.items[key]; item != nil {
		item.version = rec.Base().Version
		return nil
	}
	item := &batchItem{seenRecord: key, version: rec.Base().Version}
	if old != nil {
		im := imageOf(k, old)
		if _, ok := rec.(*deal.Deal); ok {
			im.Funnel = b.funnel[key.id]
		}
		text, err := json.Marshal(im)
		if err != nil {
			return err
		}
		item.before = string(text)
	}
	b.items[key] = item
	b.list = append(b.list, item)
	return nil
}

// InBatch does everything that f does in one transaction, which is undone as a
// whole by Undo: an import, a merge, a change of many records.
func (s *Session) InBatch(ctx context.Context, label string, f func(ctx context.Context, b *Batcher) error) (Batch, error) {
	var out Batch
	err := s.write(ctx, func(w *work) error {
		if err := w.begin(label); err != nil {
			return err
		}
		if err := f(ctx, &Batcher{w}); err != nil {
			return err
		}
		if err := w.end(); err != nil {
			return err
		}
		out = Batch{ID: w.batch.id, Label: label, At: w.clock, User: s.User, Records: w.batch.records, Origin: w.batch.origin, Details: w.batch.details}
		return nil
	})
	if err != nil {
		return Batch{}, err
	}
	return out, nil
}

// Together does everything that f does in one transaction, which cannot be
// undone: what a new base is filled with.
func (s *Session) Together(ctx context.Context, f func(ctx context.Context, b *Batcher) error) error {
	return s.write(ctx, func(w *work) error { return f(ctx, &Batcher{w}) })
}

func (w *work) begin(label string) error {
	id, err := w.newID("batch")
	if err != nil {
		return err
	}
	w.batch = &batchWork{id: id, items: map[seenRecord]*batchItem{}, funnel: map[int64]int64{}}
	_, err = w.exec(`INSERT INTO batch (id, at, user_id, label, records) VALUES (?, ?, ?, ?, 0)`, id, w.clock.UnixMicro(), w.s.User.ID, label)
	return err
}

func (w *work) end() error {
	for _, x := range w.batch.list {
		id, err := w.newID("batch_item")
		if err != nil {
			return err
		}
		if err := w.insert("batch_item", "id, batch_id, kind, record_id, version, before, undone", id, w.batch.id, x.kind, x.id, x.version, x.before, false); err != nil {
			return err
		}
	}
	_, err := w.exec(`UPDATE batch SET records = ?, origin = ?, details = ? WHERE id = ?`, int64(w.batch.records), w.batch.origin, w.batch.details, w.batch.id)
	return err
}

// Batches lists the latest batches of an origin, the newest first.
func (s *Session) Batches(ctx context.Context, origin string, limit int) ([]Batch, error) {
	return s.batches(ctx, "b.origin = ?", origin, limit)
}

// Batch reads one batch; *NotFound when there is none.
func (s *Session) Batch(ctx context.Context, id int64) (Batch, error) {
	found, err := s.batches(ctx, "b.id = ?", id, 1)
	if err != nil {
		return Batch{}, err
	}
	if len(found) == 0 {
		return Batch{}, notFoundID("batch", id)
	}
	return found[0], nil
}

func (s *Session) batches(ctx context.Context, where string, arg any, limit int) ([]Batch, error) {
	var out []Batch
	query := `SELECT b.id, b.label, b.at, b.user_id, u.name, b.records, b.undone_at, b.origin, b.details,
		CASE WHEN b.undone_at IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM batch_item i WHERE i.batch_id = b.id AND i.undone = FALSE) END
		FROM batch b LEFT JOIN "user" u ON u.id = b.user_id WHERE ` + where + ` ORDER BY b.id DESC LIMIT ?`
	err := each(ctx, pool{s.base}, query, []any{arg, int64(limit)}, func(raw []any) error {
		var b Batch
		b.ID, _ = raw[0].(int64)
		b.Label, _ = raw[1].(string)
		b.At = decode(model.Moment, raw[2]).(time.Time)
		b.User.ID, _ = raw[3].(int64)
		b.User.Name, _ = raw[4].(string)
		n, _ := raw[5].(int64)
		b.Records, b.Undone = int(n), raw[6] != nil
		b.Origin, _ = raw[7].(string)
		b.Details, _ = raw[8].(string)
		n, _ = raw[9].(int64)
		b.Kept = int(n)
		out = append(out, b)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", s.base.explain(err))
	}
	return out, nil
}

// SetField gives a field of many records the same value, by the same rules as
// a form; records that the rules refuse are left alone and listed.
func (s *Session) SetField(ctx context.Context, kind string, ids []int64, field string, value any) (Batch, []Failure, error) {
	return s.SetFields(ctx, kind, ids, []FieldValue{{field, value}})
}

// FieldValue is a field by its name, and what it is to hold; nil empties it.
type FieldValue struct {
	Field string
	Value any
}

// SetFields is SetField for several fields at once.
func (s *Session) SetFields(ctx context.Context, kind string, ids []int64, values []FieldValue) (Batch, []Failure, error) {
	p, err := s.plan(kind)
	if err != nil {
		return Batch{}, nil, err
	}
	label := "set " + kind
	fields := make([]*model.Field, len(values))
	values = slices.Clone(values)
	for i, v := range values {
		f := p.kind.Field(v.Field)
		if f == nil {
			return Batch{}, nil, &model.UnknownPath{Kind: kind, Path: v.Field}
		}
		if !s.Sees(f) {
			return Batch{}, nil, &Forbidden{Kind: kind, Field: v.Field, Role: s.Role}
		}
		if f.Computed || f.ReadOnly {
			return Batch{}, nil, model.Refused(v.Field, "read_only_field")
		}
		if v.Value == nil {
			values[i].Value = model.Deref(zeroOf(f))
		}
		if err := model.Assign(zeroOf(f), values[i].Value); err != nil {
			return Batch{}, nil, model.Refused(v.Field, "wrong_type")
		}
		fields[i] = f
		label += "." + v.Field
	}
	return s.bulk(ctx, p, label, ids, func(w *work, id int64) error {
		stored, err := w.get(kind, id)
		if err != nil {
			return err
		}
		if stored == nil {
			return &NotFound{Kind: kind, Name: fmt.Sprintf("#%d", id)}
		}
		rec := clone(p.kind, stored)
		for i, f := range fields {
			if err := model.Assign(f.Ptr(rec), values[i].Value); err != nil {
				return err
			}
		}
		return w.save(p, rec, "")
	})
}

// DoAll runs an action of many records; those that may not are left alone and
// listed.
func (s *Session) DoAll(ctx context.Context, kind string, ids []int64, action string, a model.Answers) (Batch, []Failure, error) {
	p, err := s.plan(kind)
	if err != nil {
		return Batch{}, nil, err
	}
	return s.bulk(ctx, p, "do "+kind+"."+action, ids, func(w *work, id int64) error {
		_, err := w.do(p, id, action, a)
		return err
	})
}

// Mark puts a record into the bin, or takes it out of it.
func (s *Session) Mark(ctx context.Context, kind string, id int64, marked bool) (Batch, error) {
	batch, failures, err := s.MarkAll(ctx, kind, []int64{id}, marked)
	if err == nil && len(failures) > 0 {
		err = failures[0].Err
	}
	return batch, err
}

// MarkAll puts records into the bin, or takes them out of it; those that may
// not are left alone and listed.
func (s *Session) MarkAll(ctx context.Context, kind string, ids []int64, marked bool) (Batch, []Failure, error) {
	p, err := s.plan(kind)
	if err != nil {
		return Batch{}, nil, err
	}
	return s.bulk(ctx, p, "mark "+kind, ids, func(w *work, id int64) error { return w.mark(p, id, marked) })
}

func (w *work) mark(p *plan, id int64, marked bool) error {
	if err := w.s.mayWrite(p.kind); err != nil {
		return err
	}
	old, err := w.get(p.kind.Name, id)
	if err != nil {
		return err
	}
	if old == nil {
		return &NotFound{Kind: p.kind.Name, Name: fmt.Sprintf("#%d", id)}
	}
	if old.Base().Marked == marked {
		return nil
	}
	rec := clone(p.kind, old)
	rec.Base().Marked = marked
	if err := w.returns(p, rec, old); err != nil {
		return err
	}
	action := "unmark"
	if marked {
		action = "mark"
	} else {
		for _, f := range p.fields {
			if !f.Unique {
				continue
			}
			problems, err := w.checkUnique(p, f, rec, old)
			if err != nil {
				return err
			}
			if len(problems) > 0 {
				return model.Problems(problems)
			}
		}
	}
	_, err = w.put(p, rec, old, action)
	return err
}

// returns refuses what no action asks about, the bin and what a record was
// before, while other records stand on it.
func (w *work) returns(p *plan, rec, old model.Keeper) error {
	if p.kind.Returns == nil {
		return nil
	}
	problems := p.kind.Returns(rec, old, facts{w})
	if w.failed != nil {
		return w.failed
	}
	if len(problems) > 0 {
		return model.Problems(problems)
	}
	return nil
}

// bulk does something to many records in one batch. What rules refuse becomes
// a failure; any other error ends the whole.
func (s *Session) bulk(ctx context.Context, p *plan, label string, ids []int64, f func(w *work, id int64) error) (Batch, []Failure, error) {
	skip := map[int64]error{}
	for {
		var half *halfDone
		failures, batch, err := s.bulkOnce(ctx, p, label, ids, skip, f)
		if !errors.As(err, &half) {
			return batch, failures, err
		}
		skip[half.id] = half.err
	}
}

// halfDone says that a rule refused a record after something that follows from
// it had been written: all begins anew without that record.
type halfDone struct {
	id  int64
	err error
}

func (e *halfDone) Error() string { return e.err.Error() }

func (s *Session) bulkOnce(ctx context.Context, p *plan, label string, ids []int64, skip map[int64]error, f func(w *work, id int64) error) ([]Failure, Batch, error) {
	var failures []Failure
	batch, err := s.InBatch(ctx, label, func(ctx context.Context, b *Batcher) error {
		failures = nil
		done := 0
		for some := range slices.Chunk(ids, chunk) {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(ctx, done, len(ids))
			done += len(some)
			if err := b.w.prepare(p, some); err != nil {
				return err
			}
			for _, id := range some {
				err := skip[id]
				writes := b.w.writes
				if err == nil {
					err = f(b.w, id)
				}
				if err == nil {
					continue
				}
				if !refusal(err) {
					return err
				}
				if b.w.writes > writes {
					return &halfDone{id, err}
				}
				ref, _, nameErr := b.w.name(p.kind.Name, id)
				if nameErr != nil {
					return nameErr
				}
				failures = append(failures, Failure{id, ref, err})
			}
		}
		return nil
	})
	return failures, batch, err
}

// prepare reads records that are about to be changed, many at once.
func (w *work) prepare(p *plan, ids []int64) error {
	if err := w.prefetch(p.kind.Name, ids); err != nil {
		return err
	}
	if p.kind.Name != "deal" || w.batch == nil {
		return nil
	}
	if err := w.journalMarks(ids); err != nil {
		return err
	}
	return w.learnDeals(ids)
}

// refusal reports errors by which a rule leaves one record alone. They come
// before anything of it is written, unless something followed from it.
func refusal(err error) bool {
	var problems model.Problems
	var missing *NotFound
	var forbidden *Forbidden
	return errors.As(err, &problems) || errors.As(err, &missing) || errors.As(err, &forbidden)
}
