package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/store"
	"ugoda/ui"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// tourScreen is one picture of the tour.
type tourScreen struct {
	name string
	tabs []screen.Address
}

func tourScreens() []tourScreen {
	return []tourScreen{
		{"deals", []screen.Address{screen.ToList("deal", `state = "open"`)}},
		{"clients", []screen.Address{screen.ToList("client", "")}},
		{"proposals", []screen.Address{screen.ToList("proposal", "")}},
		{"start", []screen.Address{{Screen: "start"}}},
		{"funnel", []screen.Address{{Screen: "funnel"}}},
		{"board", []screen.Address{{Screen: "board"}}},
		{"day", []screen.Address{{Screen: "day"}}},
	}
}

// drawTour draws the main screens of a base, or of a demo base made for it,
// into a folder.
func drawTour(ctx context.Context, s cli.Start, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make %s: %w", dir, err)
	}
	if s.Base == "" {
		tmp, err := os.MkdirTemp("", "ugoda-tour-")
		if err != nil {
			return fmt.Errorf("make a demo base: %w", err)
		}
		defer os.RemoveAll(tmp)
		s.Base = filepath.Join(tmp, "demo.ugoda")
		size, _ := demo.SizeOf("m")
		d := deps(s)
		b, err := demo.Make(ctx, s.Base, size, demoSeed, s.Language, store.Options{Registry: records.New(), Today: d.Today}, nil)
		if err != nil {
			return err
		}
		if err := b.Close(); err != nil {
			return err
		}
	}
	studio, err := ui.NewStudio(ctx, deps(s))
	if err != nil {
		return err
	}
	defer studio.Close()
	language := s.Language
	if language == "" {
		language = locale.FromEnvironment()
	}
	for _, t := range tourScreens() {
		for _, look := range []struct {
			suffix string
			mode   theme.Mode
		}{{"", theme.Light}, {"-dark", theme.Dark}} {
			img, err := studio.Draw(ctx, ui.Picture{Tabs: t.tabs, Width: 1440, Height: 860, Language: language, Look: look.mode})
			if err != nil {
				return fmt.Errorf("draw %s: %w", t.name, err)
			}
			f, err := os.Create(filepath.Join(dir, t.name+look.suffix+".png"))
			if err != nil {
				return fmt.Errorf("draw %s: %w", t.name, err)
			}
			if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
				return fmt.Errorf("draw %s: %w", t.name, err)
			}
		}
	}
	return nil
}
