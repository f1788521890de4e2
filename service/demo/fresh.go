package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ugoda/locale"
	"ugoda/store"
)

// Names of the demo bases that Fresh makes.
const (
	freshStem = "demo-"
	freshEnd  = ".ugoda"
)

// Fresh gives the path of a demo base in a folder that ends today: the one that
// is there, with whatever was done in it since the morning, or a new one. Those
// of earlier days are removed, unless somebody wrote in them a short while ago.
func Fresh(ctx context.Context, dir string, size Size, seed uint64, lang locale.Language, o store.Options, progress func(done, all int)) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make a folder for the example: %w", err)
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	day := now().Local().Format("20060102")
	if o.Today != nil {
		day = strings.ReplaceAll(o.Today().String(), "-", "")
	}
	path := filepath.Join(dir, freshStem+day+"-"+string(lang)+freshEnd)
	b, err := store.Open(ctx, path, o)
	if err == nil {
		return path, b.Close()
	}
	if err := clearAway(path); err != nil {
		return "", err
	}
	removeOlder(dir, path, now())
	unfinished := path + ".unfinished"
	if err := clearAway(unfinished); err != nil {
		return "", err
	}
	b, err = Make(ctx, unfinished, size, seed, lang, o, progress)
	if err == nil {
		err = b.Close()
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return "", errors.Join(err, clearAway(unfinished))
	}
	if err := os.Rename(unfinished, path); err != nil {
		return "", fmt.Errorf("finish the example: %w", err)
	}
	return path, nil
}

// clearAway removes a base with all its files.
func clearAway(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove an old example: %w", err)
		}
	}
	return nil
}

// untouched is how long nobody must have written in an example before it is removed.
const untouched = 12 * time.Hour

// removeOlder makes room; what cannot be removed now will be another day.
func removeOlder(dir, but string, now time.Time) {
	old, err := filepath.Glob(filepath.Join(dir, freshStem+"*"+freshEnd))
	if err != nil {
		return
	}
	for _, path := range old {
		newest := time.Time{}
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if info, err := os.Stat(path + suffix); err == nil && info.ModTime().After(newest) {
				newest = info.ModTime()
			}
		}
		if path != but && now.Sub(newest) > untouched {
			_ = clearAway(path)
			_ = os.RemoveAll(path + ".mail")
		}
	}
}
