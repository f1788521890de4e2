package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestIconsAreTheDrawnOnes holds the files in the repository against what this
// program draws: `go generate ./assets` brings them together again.
func TestIconsAreTheDrawnOnes(t *testing.T) {
	fresh := t.TempDir()
	if err := write(fresh); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(fresh, "*"))
	if err != nil || len(names) != 11 {
		t.Fatalf("drawn: %q %v", names, err)
	}
	for _, name := range names {
		kept := filepath.Join("..", filepath.Base(name))
		if filepath.Ext(name) == ".png" {
			if !samePixels(t, name, kept) {
				t.Errorf("%s is not what the program draws", kept)
			}
			continue
		}
		if _, err := os.Stat(kept); err != nil {
			t.Error(err)
		}
	}
	drawn, err := os.ReadFile(filepath.Join(fresh, "ugoda.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile("../ugoda.svg"); err != nil || !bytes.Equal(drawn, kept) {
		t.Errorf("ugoda.svg is not what the program draws: %v", err)
	}
}

func samePixels(t *testing.T, one, two string) bool {
	t.Helper()
	var pixels [2][]uint32
	for i, name := range []string{one, two} {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		picture, err := png.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		bounds := picture.Bounds()
		for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
			for x := bounds.Min.X; x < bounds.Max.X; x++ {
				r, g, b, a := picture.At(x, y).RGBA()
				pixels[i] = append(pixels[i], r, g, b, a)
			}
		}
	}
	if len(pixels[0]) != len(pixels[1]) {
		return false
	}
	for i := range pixels[0] {
		if pixels[0][i] != pixels[1][i] {
			return false
		}
	}
	return true
}
