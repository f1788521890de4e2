package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ugoda/model/letter"
	"ugoda/store"
)

// kind is the name of the kind of record that letters are.
const kind = "letter"

// Base is the Box in a base. Letters are records of kind "letter", so that a
// version guards each write and other windows learn of it; their bytes stand
// in a table of their own.
type Base struct {
	base    *store.Base
	session *store.Session
}

var _ Box = (*Base)(nil)

// In returns the outbox of a base.
func In(b *store.Base) *Base { return &Base{base: b, session: b.System()} }

// Keep keeps bytes, and returns what Letter.Data names them by. Use it with a
// Batcher when a letter has to be put in together with other changes:
//
//	l.Data, err = box.Keep(ctx, built.Data)
//	batcher.Save(ctx, "letter", &l)
//
// Bytes whose letter never comes stay behind, and harm nothing.
func (b *Base) Keep(ctx context.Context, data []byte) (int64, error) {
	var id int64
	err := b.base.Write(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(ctx, "INSERT INTO letter_bytes (data) VALUES (?) RETURNING id", []any{data}, &id)
	})
	if err != nil {
		return 0, fmt.Errorf("keep the bytes of a letter: %w", err)
	}
	return id, nil
}

// Add implements Box.
func (b *Base) Add(ctx context.Context, l *Letter, data []byte) error {
	id, err := b.Keep(ctx, data)
	if err != nil {
		return err
	}
	l.Data = id
	if err := b.session.Save(ctx, kind, l); err != nil {
		return fmt.Errorf("put a letter into the outbox: %w", err)
	}
	return nil
}

// Get implements Box.
func (b *Base) Get(ctx context.Context, id int64) (Letter, error) {
	rec, err := b.session.Get(ctx, kind, id)
	if _, missing := errors.AsType[*store.NotFound](err); missing {
		return Letter{}, ErrNotFound
	}
	if err != nil {
		return Letter{}, fmt.Errorf("read a letter: %w", err)
	}
	l, ok := rec.(*Letter)
	if !ok {
		return Letter{}, fmt.Errorf("read a letter: it is a %T", rec)
	}
	return *l, nil
}

// Data implements Box.
func (b *Base) Data(ctx context.Context, id int64) ([]byte, error) {
	rows, err := b.base.Read(ctx, "SELECT x.data FROM letter_bytes x JOIN letter l ON l.data = x.id WHERE l.id = ?", id)
	if err != nil {
		return nil, fmt.Errorf("read the bytes of a letter: %w", err)
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("read the bytes of a letter: %w", err)
		}
		return nil, ErrNotFound
	}
	var data []byte
	if err := rows.Scan(&data); err != nil {
		return nil, fmt.Errorf("read the bytes of a letter: %w", err)
	}
	return data, nil
}

// Update implements Box.
func (b *Base) Update(ctx context.Context, l *Letter) error {
	err := b.session.Save(ctx, kind, l)
	if _, stale := errors.AsType[*store.Conflict](err); stale {
		return ErrStale
	}
	if err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	return nil
}

// Ready implements Box. Letters in the bin are left alone.
func (b *Base) Ready(ctx context.Context, user int64, now time.Time, limit int) ([]int64, error) {
	where, args := "", []any{false, letter.Queued, letter.Retry, now.UnixMicro(), letter.Sending, now.UnixMicro()}
	if user != 0 {
		where = " AND user_id = ?"
		args = append(args, user)
	}
	return b.ids(ctx, "SELECT id FROM letter WHERE marked = ? AND (state IN (?, ?) AND due <= ? OR state = ? AND lease <= ?)"+
		where+" ORDER BY due NULLS FIRST, id LIMIT ?", append(args, int64(limit))...)
}

// Held implements Box.
func (b *Base) Held(ctx context.Context, account int64) ([]int64, error) {
	return b.ids(ctx, "SELECT id FROM letter WHERE marked = ? AND state = ? AND account = ? ORDER BY id", false, letter.Held, account)
}

func (b *Base) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	rows, err := b.base.Read(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("look into the outbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("look into the outbox: %w", err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("look into the outbox: %w", err)
	}
	return ids, nil
}
