package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/records"
	"ugoda/service/demo"
	"ugoda/store"
)

// The tour needs no display: every picture has something on it, and the
// proposal is a PDF whose pages are drawn beside it.
func TestTour(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	home, err := os.MkdirTemp("", "ugoda-tour-test-") // the toolkit writes there until the process ends
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(home)
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", home)
	today, err := model.ParseDay("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Join(t.TempDir(), "demo.ugoda")
	size, _ := demo.SizeOf("s")
	b, err := demo.Make(t.Context(), base, size, demoSeed, locale.Ukrainian, store.Options{Registry: records.New(), Today: func() model.Day { return today }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := drawTour(t.Context(), cli.Start{Base: base, Today: today}, dir); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"uk", "en"} {
		for _, name := range []string{"opening", "start", "start-of-a-salesperson", "day", "inquiries", "deals", "deal", "board", "proposals", "proposal", "print", "clients", "client", "products", "funnel", "losses", "settings"} {
			for _, look := range []string{"", "-dark"} {
				path := filepath.Join(dir, lang, name+look+".png")
				img := drawn(t, path)
				if size := img.Bounds().Size(); size != image.Pt(tourWidth, tourHeight) {
					t.Errorf("%s is %v", path, size)
				}
				if n := colours(img); n < 40 {
					t.Errorf("%s has %d colours: there is nothing on it", path, n)
				}
				r, g, b, _ := img.At(20, tourHeight-60).RGBA()
				if dark := r+g+b < 3*0x8000; dark != (look != "") {
					t.Errorf("%s is drawn in the other look", path)
				}
			}
		}
		drawn(t, filepath.Join(dir, lang, "offer-1.png"))
		pdf, err := os.ReadFile(filepath.Join(dir, lang, "offer.pdf"))
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("the proposal begins with %.20q, %v", pdf, err)
		}
	}
}

func drawn(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}

// colours counts the colours of every fourth pixel, until there are a hundred.
func colours(img image.Image) int {
	seen := map[[3]uint32]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y && len(seen) < 100; y += 2 {
		for x := b.Min.X; x < b.Max.X; x += 2 {
			r, g, bl, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, bl}] = true
		}
	}
	return len(seen)
}
