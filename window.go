package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/ui"
	"ugoda/ui/screen"
)

// deps puts together what the window needs.
func deps(s cli.Start) ui.Deps {
	d := ui.Deps{
		Registry: records.New(), Base: s.Base, User: s.User, Password: os.Getenv("UGODA_PASSWORD"), Version: version,
		Language: s.Language, Services: services(),
	}
	if s.Today != 0 {
		d.Today = func() model.Day { return s.Today }
	}
	return d
}

func openWindow(_ context.Context, s cli.Start) error {
	ui.Run(deps(s))
	return nil
}

func services() screen.Services {
	return screen.Services{
		CreateBase: func(ctx context.Context, url string, f screen.NewBase) error {
			tax := firm.TaxSingle
			if f.VAT {
				tax = firm.TaxVAT
			}
			lang, _ := locale.ParseLanguage(f.Language)
			b, err := found.Base(ctx, url, found.Firm{Name: f.Name, Code: f.Code, Tax: tax, Language: lang}, store.Options{Registry: records.New()})
			if err != nil {
				return err
			}
			return b.Close()
		},
		CreateDemo: createDemo,
		Duplicates: duplicates,
	}
}

// demoSeed makes every demo base of the window the same.
const demoSeed = 1

// createDemo makes the demo base in the user's own folder, anew each time: it
// ends today.
func createDemo(ctx context.Context, report func(done, total int64)) (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "ugoda")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make a folder for the example: %w", err)
	}
	path := filepath.Join(dir, "demo.ugoda")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
			return "", fmt.Errorf("remove the old example: %w", err)
		}
	}
	size, _ := demo.SizeOf("m")
	b, err := demo.Make(ctx, path, size, demoSeed, locale.FromEnvironment(), store.Options{Registry: records.New()}, func(done, all int) { report(int64(done), int64(all)) })
	if err != nil {
		return "", err
	}
	return path, b.Close()
}

// duplicates finds clients that one being typed may repeat.
func duplicates(ctx context.Context, s *store.Session, _ string, rec model.Keeper) ([]screen.Duplicate, error) {
	c, ok := rec.(*client.Client)
	if !ok {
		return nil, nil
	}
	found, err := s.Duplicates(ctx, c)
	var out []screen.Duplicate
	for _, d := range found {
		out = append(out, screen.Duplicate{Ref: d.Ref, Why: d.Why})
	}
	return out, err
}
