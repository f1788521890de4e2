// Package copies keeps copies of a base: one each day in a folder, a list of
// them all, and putting one in the place of the base.
package copies

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ugoda/model"
	"ugoda/service/demo"
	"ugoda/store"
)

// Off is the folder of a base that is not copied daily.
const Off = "-"

// Folder is where the daily copies of a base lie: the folder that was chosen,
// and before any choice one beside a file base. It is empty when nothing is
// copied: on a server that is the administrator's work, unless a folder is
// chosen here.
func Folder(address, chosen string) string {
	switch {
	case chosen == Off:
		return ""
	case chosen != "":
		return chosen
	case store.EngineOf(address) == store.PostgreSQL:
		return ""
	}
	return filepath.Join(filepath.Dir(address), "copies")
}

// Why says what a copy was made for.
type Why string

// What copies are made for.
const (
	Daily    Why = "daily"    // each day, or by hand
	Updated  Why = "updated"  // before a newer program changed the base
	Replaced Why = "replaced" // before another copy was put in its place
)

// Copy is a copy of a base.
type Copy struct {
	Path  string
	At    time.Time
	Bytes int64
	Why   Why
}

// List lists the copies of a base in a folder and beside it, the newest first.
func List(address, folder string) ([]Copy, error) {
	var out []Copy
	if folder != "" {
		daily, err := store.CopiesOf(address, folder)
		if err != nil {
			return nil, err
		}
		for _, c := range daily {
			out = append(out, Copy{c.Path, c.At, c.Bytes, Daily})
		}
	}
	aside, err := store.SetAside(address)
	if err != nil {
		return nil, err
	}
	for _, c := range aside {
		out = append(out, Copy{c.Path, c.At, c.Bytes, why(c.Path)})
	}
	slices.SortStableFunc(out, func(a, b Copy) int { return b.At.Compare(a.At) })
	return out, nil
}

func why(path string) Why {
	if strings.Contains(filepath.Base(path), ".before-") {
		return Replaced
	}
	return Updated
}

// State is how it stands with the daily copies of a base.
type State struct {
	Folder string    // empty: nothing is copied
	Last   time.Time // of the newest copy; zero: there is none
	Failed error     // why the copy of today could not be made
}

// Look reads the state without making anything.
func Look(b *store.Base, folder string) State {
	s := State{Folder: folder}
	if folder == "" {
		return s
	}
	list, err := b.Copies(folder)
	if err != nil {
		s.Failed = err
		return s
	}
	if len(list) > 0 {
		s.Last = list[0].At
	}
	return s
}

// Today makes the copy of today unless it is there, and says how it stands
// then. Of an example and of a copy nothing is made.
func Today(ctx context.Context, b *store.Base, folder string) State {
	example, err := b.Setting(ctx, demo.Setting)
	if err != nil || example != "" || folder == "" {
		return State{Failed: err}
	}
	began := time.Now()
	path, err := b.BackupDaily(ctx, folder)
	s := Look(b, folder)
	if err != nil {
		s.Failed = err
		if !errors.Is(err, context.Canceled) {
			slog.Error("make the daily copy", "error", err)
		}
		return s
	}
	if path != "" {
		slog.Info("made the daily copy", "took_ms", time.Since(began).Milliseconds())
	}
	return s
}

// Holds is what a copy holds.
type Holds struct {
	Clients, Deals int64
	Older          bool // made by an older program: not counted
}

// Inspect checks a copy whole and counts what it holds.
func Inspect(ctx context.Context, path string, o store.Options) (Holds, error) {
	if err := store.Verify(ctx, path, o); err != nil {
		return Holds{}, err
	}
	o.ReadOnly = true
	b, err := store.Open(ctx, path, o)
	if errors.As(err, new(*store.NeedsMigration)) {
		return Holds{Older: true}, nil
	}
	if err != nil {
		return Holds{}, err
	}
	defer b.Close()
	var h Holds
	for kind, into := range map[string]*int64{"client": &h.Clients, "deal": &h.Deals} {
		t, err := b.System().Totals(ctx, store.Query{Kind: kind})
		if err != nil {
			return Holds{}, fmt.Errorf("count what the copy holds: %w", err)
		}
		*into = t.Count
	}
	return h, nil
}

// MayReplace refuses to put a copy in the place of a base to all but
// administrators.
func MayReplace(s *store.Session) error {
	if s.Role != model.RoleAdmin {
		return model.Refused("", "restore_admin")
	}
	return nil
}

// Replace puts a copy in the place of a base that nobody has open. The base that
// was there is kept beside it. On a server the address must be of an empty
// database.
func Replace(ctx context.Context, path, address string, o store.Options) error {
	began := time.Now()
	if err := store.Restore(ctx, path, address, o); err != nil {
		return err
	}
	slog.Info("restored a copy", "took_ms", time.Since(began).Milliseconds())
	return nil
}
