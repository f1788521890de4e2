package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ugoda/cli"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/demo/demotest"
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
	base := filepath.Join(t.TempDir(), "Приклад.ugoda")
	demotest.File(t, base, demoSeed, today)
	texts := map[locale.Language]map[string]string{locale.Ukrainian: {}, locale.English: {}} // text → the screen where it stands
	looked = func(l locale.Language, name string, content fyne.CanvasObject) {
		for _, o := range test.LaidOutObjects(content) {
			if x, ok := o.(*canvas.Text); ok && x.Visible() {
				texts[l][x.Text] = name
			}
		}
	}
	t.Cleanup(func() { looked = nil })
	dir := t.TempDir()
	if err := drawTour(t.Context(), cli.Start{Base: base, Today: today}, dir); err != nil {
		t.Fatal(err)
	}
	for l, said := range texts {
		if len(said) < 300 {
			t.Errorf("%d texts were seen in %s", len(said), l)
		}
		for text, name := range said {
			if rawKey.MatchString(text) {
				t.Errorf("%s in %s shows the key %q", name, l, text)
			}
		}
	}
	for text, name := range texts[locale.Ukrainian] {
		for _, word := range latin.FindAllString(text, -1) {
			if !strings.Contains(text, "@") && !strings.Contains(text, ".example") && !slices.Contains(ownWords, word) {
				t.Errorf("%s in Ukrainian says %q: %s", name, word, text)
			}
		}
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

// rawKey is a text that was not found; latin, a word in the other alphabet.
var (
	rawKey = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)+$`)
	latin  = regexp.MustCompile(`[A-Za-z]{2,}`)
)

// ownWords stand in Ukrainian as they are: names, keys, formats, currencies.
var ownWords = []string{
	"Ugoda", "ugoda", "English", "Ctrl", "Enter", "Shift", "Alt", "Tab", "Esc", "Insert", "Del", "LiFePO", "LibreOffice", "Word", "Excel", "PDF", "DOCX", "XLSX", "HTML", "PNG", "CSV", "IBAN", "UA", "UAH", "USD", "EUR", "II", "III", "IV", "VI", "VII", "VIII", "IX",
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
