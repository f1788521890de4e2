package bench

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/store"
	"ugoda/store/storetest"
)

// today is the day on which the base ends.
var today = model.Date(2026, time.November, 23)

func options() store.Options {
	return store.Options{Registry: records.New(), Today: func() model.Day { return today }}
}

// size is that of the base that is measured.
func size() string {
	if s := os.Getenv("BENCH_SIZE"); s != "" {
		return s
	}
	return "l"
}

// kept is the path of the base in build/bench, made or brought up to date when
// it has to be.
var kept = sync.OnceValues(func() (string, error) {
	dir, err := filepath.Abs("../build/bench")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	ctx, path := context.Background(), filepath.Join(dir, size()+".ugoda")
	b, err := store.Open(ctx, path, options())
	var old *store.NeedsMigration
	if errors.As(err, &old) {
		if err := store.Migrate(ctx, path, options()); err != nil {
			return "", err
		}
		copies, err := filepath.Glob(filepath.Join(dir, size()+".*.ugoda"))
		if err != nil {
			return "", err
		}
		for _, c := range copies { // that migrations leave
			os.Remove(c)
		}
		return path, nil
	}
	if err == nil {
		return path, b.Close()
	}
	sz, ok := demo.SizeOf(size())
	if !ok {
		return "", errors.New("BENCH_SIZE=s|m|l|xl")
	}
	unfinished := path + ".unfinished"
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(unfinished + end); err != nil && !os.IsNotExist(err) {
			return "", err
		}
	}
	if b, err = demo.Make(ctx, unfinished, sz, 1, locale.Ukrainian, options(), nil); err != nil {
		return "", err
	}
	if err := b.Close(); err != nil {
		return "", err
	}
	return path, os.Rename(unfinished, path)
})

// copies are the bases of this process, by engine: measurements write in them.
var copies sync.Map

// bases runs f on a copy of the base on each engine.
func bases(b *testing.B, f func(b *testing.B, s *store.Session)) {
	b.Helper()
	for _, engine := range []store.Engine{store.SQLite, store.PostgreSQL} {
		b.Run(string(engine), func(b *testing.B) { f(b, session(b, engine)) })
	}
}

func session(b *testing.B, engine store.Engine) *store.Session {
	b.Helper()
	if s, ok := copies.Load(engine); ok {
		return s.(*store.Session)
	}
	path, err := kept()
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	var address string
	if engine == store.SQLite {
		address = filepath.Join(folder(b), "base.ugoda")
		err = copyFile(path, address)
	} else {
		address = storetest.PostgreSQL(outliving{b})
		_, err = store.Copy(ctx, path, address, options())
	}
	if err != nil {
		b.Fatal(err)
	}
	base, err := store.Open(ctx, address, options())
	if err != nil {
		b.Fatal(err)
	}
	s := base.System()
	copies.Store(engine, s)
	return s
}

func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

// outliving keeps what a benchmark made until the process ends.
type outliving struct{ testing.TB }

// Cleanup leaves it.
func (o outliving) Cleanup(func()) {}

var made string

// folder is one that TestMain removes.
func folder(b *testing.B) string {
	b.Helper()
	if made == "" {
		dir, err := os.MkdirTemp("", "ugoda-bench-")
		if err != nil {
			b.Fatal(err)
		}
		made = dir
	}
	return made
}

func TestMain(m *testing.M) {
	code := m.Run()
	copies.Range(func(_, s any) bool {
		s.(*store.Session).Base().Close()
		return true
	})
	if made != "" {
		os.RemoveAll(made)
	}
	os.Exit(code)
}

// pair measures our own work beside that of the bare engine.
func pair(b *testing.B, ours, bare func() error) {
	b.Helper()
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.Helper()
			if err := f(); err != nil { // once beforehand: caches are warm in daily work
				b.Fatal(err)
			}
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("ugoda", ours)
	if bare != nil {
		run("bare", bare)
	}
}

func parse(b *testing.B, s *store.Session, kind, text string) filter.Node {
	b.Helper()
	n, err := filter.Parse(s.Registry(), kind, text)
	if err != nil {
		b.Fatalf("%s: %v", text, err)
	}
	return n
}

// read runs SQL written by hand, and scans every row into the same places.
func read(s *store.Session, query string, args []any, into ...any) error {
	rows, err := s.Base().Read(context.Background(), query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return errors.New("the bare engine found nothing")
	}
	return rows.Err()
}

// one runs SQL that gives one number.
func one(b *testing.B, s *store.Session, query string, args ...any) int64 {
	b.Helper()
	var n int64
	if err := read(s, query, args, &n); err != nil {
		b.Fatal(err)
	}
	return n
}
