package outbox

import (
	"context"
	"slices"
	"sync"
	"time"
)

// memory is a Box for tests of the rules. Box of a base is tested in its own.
type memory struct {
	mu      sync.Mutex
	letters map[int64]Letter
	data    map[int64][]byte
	// before is asked before each write and may refuse it; after may report a
	// failure although the write was made, as a lost connection to a base does.
	before, after func(l *Letter) error
	writes        int
}

func newMemory() *memory {
	return &memory{letters: map[int64]Letter{}, data: map[int64][]byte{}}
}

func (m *memory) Add(_ context.Context, l *Letter, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	l.ID, l.Version = int64(len(m.letters)+1), 1
	m.letters[l.ID], m.data[l.ID] = l.Clone(), data
	return nil
}

func (m *memory) Get(_ context.Context, id int64) (Letter, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.letters[id]
	if !ok {
		return Letter{}, ErrNotFound
	}
	return l.Clone(), nil
}

func (m *memory) Data(_ context.Context, id int64) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.data[id], nil
}

func (m *memory) Update(_ context.Context, l *Letter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.before != nil {
		if err := m.before(l); err != nil {
			return err
		}
	}
	if m.letters[l.ID].Version != l.Version {
		return ErrStale
	}
	m.writes++
	l.Version++
	m.letters[l.ID] = l.Clone()
	if m.after != nil {
		if err := m.after(l); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Ready(_ context.Context, owner int64, now time.Time, limit int) ([]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ids []int64
	for id, l := range m.letters {
		if (owner == 0 || l.Owner == owner) && l.Ready(now) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int64) int {
		if d := m.letters[a].Due.Compare(m.letters[b].Due); d != 0 {
			return d
		}
		return int(a - b)
	})
	return ids[:min(len(ids), limit)], nil
}

func (m *memory) Held(_ context.Context, account int64) ([]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ids []int64
	for id, l := range m.letters {
		if l.Account == account && l.State == Held {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}
