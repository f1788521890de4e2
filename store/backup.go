package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// copyTime is how the moment of a copy stands in its name.
const copyTime = "20060102-150405"

// Saved is a copy of a base in the folder of backups.
type Saved struct {
	Path  string
	At    time.Time // in the system's time zone
	Bytes int64
}

// stem is the beginning of the names of copies of a base.
func stem(address string) string {
	if EngineOf(address) == PostgreSQL {
		name := "base"
		if c, err := pgx.ParseConfig(address); err == nil && c.Database != "" {
			name = strings.Map(func(r rune) rune {
				if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
					return '_'
				}
				return r
			}, c.Database)
		}
		return "postgresql-" + name + "-"
	}
	return strings.TrimSuffix(filepath.Base(address), filepath.Ext(address)) + "-"
}

// Backup writes a copy of the base into a folder, checks it, and removes the
// copies that have had their time: it keeps those of the last 7 days, the last
// of each of 5 weeks and of each of 12 months. Of a PostgreSQL base the copy is
// a file base. It gives the path of the copy.
func (b *Base) Backup(ctx context.Context, dir string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make the folder of backups: %w", err)
	}
	path := filepath.Join(dir, stem(b.address)+b.now().Local().Format(copyTime)+".ugoda")
	if exists(path) {
		return "", &BaseExists{path}
	}
	unfinished := path + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !os.IsNotExist(err) {
		return "", fmt.Errorf("remove an unfinished backup: %w", err)
	}
	if err := b.saveTo(ctx, unfinished); err != nil {
		os.Remove(unfinished)
		return "", err
	}
	if err := os.Rename(unfinished, path); err != nil {
		os.Remove(unfinished)
		return "", fmt.Errorf("finish the backup: %w", err)
	}
	return path, b.rotate(dir)
}

// BackupDaily makes a backup unless there is one of today; the path is empty
// when there is.
func (b *Base) BackupDaily(ctx context.Context, dir string) (string, error) {
	copies, err := b.Copies(dir)
	if err != nil {
		return "", err
	}
	if len(copies) > 0 && copies[0].At.Format(time.DateOnly) == b.now().Local().Format(time.DateOnly) {
		return "", nil
	}
	return b.Backup(ctx, dir)
}

// saveTo writes a verified copy to a path where nothing is.
func (b *Base) saveTo(ctx context.Context, path string) error {
	o := Options{Registry: b.registry, Now: b.now, Today: b.today, ReadOnly: true}
	if b.engine == PostgreSQL {
		if _, err := Copy(ctx, b.address, path, o); err != nil {
			return fmt.Errorf("copy the base: %w", err)
		}
		return verify(ctx, path, o, nil)
	}
	before, err := b.counts(ctx)
	if err != nil {
		return err
	}
	if err := vacuumInto(ctx, b.address, path); err != nil {
		return fmt.Errorf("copy the base: %w", b.explain(err))
	}
	after, err := b.counts(ctx)
	if err != nil {
		return err
	}
	for table, n := range before {
		if after[table] != n { // somebody wrote meanwhile: any number is right
			delete(before, table)
		}
	}
	return verify(ctx, path, o, before)
}

// vacuumInto writes a compact copy of a file base as it is at one moment, on a
// connection of its own: nobody who writes meanwhile waits.
func vacuumInto(ctx context.Context, from, to string) error {
	uri, err := fileURI(from, "mode=ro&_busy_timeout=10000")
	if err != nil {
		return err
	}
	db, err := sql.Open(driverSQLite, uri)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	return err
}

// counts says how many rows each table has.
func (b *Base) counts(ctx context.Context) (map[string]int64, error) {
	tables, err := b.tables(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for t := range tables {
		if derived(t) {
			continue
		}
		err := each(ctx, pool{b}, "SELECT COUNT(*) FROM "+ident(t), nil, func(raw []any) error {
			out[t], _ = raw[0].(int64)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("count %s: %w", t, b.explain(err))
		}
	}
	return out, nil
}

// BadCopy says that a copy of a base cannot be relied on.
type BadCopy struct{ Path, Detail string }

func (e *BadCopy) Error() string { return "bad copy " + e.Path + ": " + e.Detail }

// Message says it to a person.
func (e *BadCopy) Message() (string, map[string]any) {
	return "bad_copy", map[string]any{"path": e.Path, "detail": e.Detail}
}

// verify opens a copy and checks it whole; counts are what it must hold.
func verify(ctx context.Context, path string, o Options, counts map[string]int64) error {
	o.ReadOnly = true
	c, err := connect(ctx, path, o)
	if err != nil {
		return fmt.Errorf("check the copy: %w", err)
	}
	defer c.Close()
	for _, pragma := range []string{`PRAGMA integrity_check(1)`, `PRAGMA foreign_key_check`} {
		err = each(ctx, pool{c}, pragma, nil, func(raw []any) error {
			if s, _ := raw[0].(string); s != "ok" {
				return &BadCopy{path, s}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	have, err := c.counts(ctx)
	if err != nil {
		return err
	}
	for table, n := range counts {
		if have[table] != n {
			return &BadCopy{path, fmt.Sprintf("%s: %d ≠ %d", table, have[table], n)}
		}
	}
	return nil
}

// Copies lists the copies of the base in a folder, the newest first. Any of
// them can be opened with Options.ReadOnly.
func (b *Base) Copies(dir string) ([]Saved, error) { return CopiesOf(b.address, dir) }

// CopiesOf is Copies of a base that is not open, for it may be broken.
func CopiesOf(address, dir string) ([]Saved, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list backups: %w", err)
	}
	var out []Saved
	for _, e := range entries {
		moment, ok := strings.CutPrefix(e.Name(), stem(address))
		if !ok || !strings.HasSuffix(moment, ".ugoda") {
			continue
		}
		at, err := time.ParseInLocation(copyTime, strings.TrimSuffix(moment, ".ugoda"), time.Local)
		if err != nil {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("list backups: %w", err)
		}
		out = append(out, Saved{filepath.Join(dir, e.Name()), at, info.Size()})
	}
	slices.SortFunc(out, func(a, c Saved) int { return c.At.Compare(a.At) })
	return out, nil
}

// rotate removes copies that have had their time.
func (b *Base) rotate(dir string) error {
	copies, err := b.Copies(dir)
	if err != nil {
		return err
	}
	days, weeks, months := map[string]bool{}, map[string]bool{}, map[string]bool{}
	keep := func(of map[string]bool, key string, most int) bool {
		if of[key] || len(of) >= most {
			return false
		}
		of[key] = true
		return true
	}
	for _, c := range copies {
		year, week := c.At.ISOWeek()
		day := keep(days, c.At.Format(time.DateOnly), 7)
		weekly := keep(weeks, fmt.Sprintf("%d-%d", year, week), 5)
		monthly := keep(months, c.At.Format("2006-01"), 12)
		if day || weekly || monthly {
			continue
		}
		if err := os.Remove(c.Path); err != nil {
			return fmt.Errorf("remove an old backup: %w", err)
		}
	}
	return nil
}

// SetAside lists what was put aside of a file base: before it was migrated, and
// before a copy was put in its place; the newest first.
func SetAside(address string) ([]Saved, error) {
	if EngineOf(address) == PostgreSQL {
		return nil, nil
	}
	ext := filepath.Ext(address)
	name := strings.TrimSuffix(filepath.Base(address), ext)
	entries, err := os.ReadDir(filepath.Dir(address))
	if err != nil {
		return nil, fmt.Errorf("list what was put aside: %w", err)
	}
	var out []Saved
	for _, e := range entries {
		middle, named := strings.CutPrefix(e.Name(), name+".")
		middle, ended := strings.CutSuffix(middle, ext)
		if !named || !ended || middle == "" {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("list what was put aside: %w", err)
		}
		at := info.ModTime()
		if moment, restored := strings.CutPrefix(middle, "before-"); restored {
			if at, err = time.ParseInLocation(copyTime, moment, time.Local); err != nil {
				continue
			}
		} else if strings.Trim(middle, "0123456789-") != "" {
			continue
		}
		out = append(out, Saved{filepath.Join(filepath.Dir(address), e.Name()), at, info.Size()})
	}
	slices.SortFunc(out, func(a, c Saved) int { return c.At.Compare(a.At) })
	return out, nil
}

// Verify checks a copy whole: every page of the file, every reference in it.
// *BadCopy, *NotABase.
func Verify(ctx context.Context, path string, o Options) error { return verify(ctx, path, o, nil) }

// OpenCopy opens a copy to be looked at, never to be written. A copy made by an
// older program is looked at through a newer copy of its own, in scratch, which
// is a folder that the caller removes when the base is closed.
func OpenCopy(ctx context.Context, path, scratch string, o Options) (*Base, error) {
	o.ReadOnly = true
	b, err := Open(ctx, path, o)
	var old *NeedsMigration
	if !errors.As(err, &old) {
		return b, err
	}
	newer := filepath.Join(scratch, filepath.Base(path))
	if err := vacuumInto(ctx, path, newer); err != nil {
		return nil, fmt.Errorf("copy the copy: %w", err)
	}
	o.ReadOnly = false
	m, err := connect(ctx, newer, o)
	if err != nil {
		return nil, err
	}
	err = m.migrate(ctx)
	if err = errors.Join(err, m.Close()); err != nil {
		return nil, fmt.Errorf("bring the copy up to date: %w", err)
	}
	o.ReadOnly = true
	return Open(ctx, newer, o)
}

// Restore puts a copy in the place of a base. The copy is checked first. A file
// base that stands there is kept beside it, as sales.before-20261123-101500.ugoda;
// a PostgreSQL database must be empty.
func Restore(ctx context.Context, file, address string, o Options) error {
	if err := verify(ctx, file, o, nil); err != nil {
		return err
	}
	if EngineOf(address) == PostgreSQL {
		_, err := Copy(ctx, file, address, o)
		return err
	}
	unfinished := address + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove an unfinished copy: %w", err)
	}
	o.ReadOnly = true
	err := vacuumInto(ctx, file, unfinished)
	if err == nil {
		err = verify(ctx, unfinished, o, nil)
	}
	if err != nil {
		os.Remove(unfinished)
		return fmt.Errorf("copy the backup: %w", err)
	}
	if exists(address) {
		if exists(address + "-wal") {
			// Somebody has it open, or it was not closed: what is in the log must not be lost.
			err := settle(ctx, address, o)
			if broken(err) { // what the log holds is kept with the broken file
				err = nil
			}
			if err != nil {
				os.Remove(unfinished)
				return err
			}
		}
		ext := filepath.Ext(address)
		aside := strings.TrimSuffix(address, ext) + ".before-" + o.moment().Format(copyTime) + ext
		for _, log := range []string{"-wal", "-shm"} {
			if err := os.Rename(address+log, aside+log); err != nil && !os.IsNotExist(err) {
				os.Remove(unfinished)
				return fmt.Errorf("keep the log of the base that was there: %w", err)
			}
		}
		if err := os.Rename(address, aside); err != nil {
			os.Remove(unfinished)
			return fmt.Errorf("keep the base that was there: %w", err)
		}
	}
	if err := os.Rename(unfinished, address); err != nil {
		return fmt.Errorf("put the copy in place: %w", err)
	}
	return nil
}

// broken reports that a base cannot be read any more.
func broken(err error) bool {
	return errors.As(err, new(*Damaged)) || errors.As(err, new(*NotABase))
}

// settle writes the log of a base that nobody has open into its file.
func settle(ctx context.Context, address string, o Options) error {
	o.ReadOnly = false
	b, err := connect(ctx, address, o)
	if err != nil {
		return err
	}
	err = b.Close()
	if err != nil {
		return err
	}
	if exists(address + "-wal") {
		return &Busy{fmt.Errorf("%s is open elsewhere", address)}
	}
	return nil
}
