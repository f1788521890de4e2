package theme

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"golang.org/x/image/font/sfnt"

	"ugoda/assets"
)

// Every symbol is in every face, with its width, and the letters stay where
// they were, as another reader of fonts sees them.
func TestSymbolsAreAddedAndLettersStay(t *testing.T) {
	for name, font := range map[string][]byte{
		"regular": assets.NotoSans, "bold": assets.NotoSansBold, "italic": assets.NotoSansItalic, "bold italic": assets.NotoSansBoldItalic,
	} {
		more, err := withSymbols(font, symbols)
		if err != nil {
			t.Fatal(name, err)
		}
		was, err := sfnt.Parse(font)
		if err != nil {
			t.Fatal(name, err)
		}
		is, err := sfnt.Parse(more)
		if err != nil {
			t.Fatal(name, err)
		}
		var b1, b2 sfnt.Buffer
		em := is.UnitsPerEm()
		for r, s := range symbols {
			g, err := is.GlyphIndex(&b1, r)
			if err != nil || g == 0 {
				t.Errorf("%s: no %q: %v", name, r, err)
				continue
			}
			w, err := is.GlyphAdvance(&b1, g, 1000<<6, 0)
			if old, _ := was.GlyphIndex(&b2, r); err != nil || old == 0 && w.Round() != s.width {
				t.Errorf("%s: %q is %d wide, not %d: %v", name, r, w.Round(), s.width, err)
			}
			if o, err := is.LoadGlyph(&b1, g, 1000<<6, nil); err != nil || len(o) == 0 {
				t.Errorf("%s: %q has no outline: %v", name, r, err)
			}
		}
		for r := rune(32); r < 0x2200; r++ {
			old, _ := was.GlyphIndex(&b2, r)
			now, _ := is.GlyphIndex(&b1, r)
			if old != 0 && old != now {
				t.Fatalf("%s: %q was glyph %d and is %d", name, r, old, now)
			}
			if old != 0 {
				w1, _ := was.GlyphAdvance(&b2, old, 1000<<6, 0)
				w2, _ := is.GlyphAdvance(&b1, now, 1000<<6, 0)
				if w1 != w2 {
					t.Fatalf("%s: %q was %v wide and is %v (em %d)", name, r, w1, w2, em)
				}
			}
		}
	}
}

func pixels(t *testing.T, s string) []byte {
	t.Helper()
	x := canvas.NewText(s, color.Black)
	x.TextSize = 20
	c := software.NewCanvas() // not Render: it would set the theme, and load all fonts, each time
	c.SetPadded(false)
	c.SetContent(x)
	c.Resize(fyne.NewSize(60, 40))
	img, ok := c.Capture().(*image.NRGBA)
	if !ok {
		t.Fatal("not drawn")
	}
	return img.Pix
}

// A space after a symbol of a borrowed font is drawn as "�".
func TestSpaceAfterASymbolIsASpace(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light, 100))
	space := fyne.MeasureText("а а", 20, fyne.TextStyle{}).Width - fyne.MeasureText("аа", 20, fyne.TextStyle{}).Width
	for r := range symbols {
		with := fyne.MeasureText(string(r)+" а", 20, fyne.TextStyle{}).Width
		without := fyne.MeasureText(string(r)+"а", 20, fyne.TextStyle{}).Width
		if d := with - without - space; d > 0.1 || d < -0.1 {
			t.Errorf("after %q a space is %v wide, not %v", r, with-without, space)
		}
		if bytes.Equal(pixels(t, string(r)), pixels(t, " ")) {
			t.Errorf("%q draws nothing", r)
		}
	}
}

func FuzzWithSymbols(f *testing.F) {
	f.Add(assets.NotoSans[:4096])
	f.Add([]byte("\x00\x01\x00\x00\x00\x01"))
	f.Fuzz(func(_ *testing.T, b []byte) {
		_, _ = withSymbols(b, symbols) // whatever it is: no panic
	})
}

func BenchmarkWithSymbols(b *testing.B) {
	for b.Loop() {
		if _, err := withSymbols(assets.NotoSans, symbols); err != nil {
			b.Fatal(err)
		}
	}
}
