package font_test

import (
	"testing"

	"ugoda/assets"
	"ugoda/printing/font"
)

func TestEmbedded(t *testing.T) {
	for _, bold := range []bool{false, true} {
		for _, italic := range []bool{false, true} {
			f := font.Embedded(bold, italic)
			for _, r := range "АаҐґЄєІіЇї’№₴€«»—–…•Hello 0123456789" {
				if w, ok := f.Advance(r); !ok || w <= 0 {
					t.Errorf("%s: %q has width %d, %v", f.Name, r, w, ok)
				}
			}
			if h := f.Ascent + f.Descent; h < 1 || h > 1.6 {
				t.Errorf("%s: a line of %v em", f.Name, h)
			}
		}
	}
	if r, b := font.Embedded(false, false).Width("Пропозиція", 10), font.Embedded(true, false).Width("Пропозиція", 10); b <= r || r < 40 || r > 70 {
		t.Errorf("widths %v and %v", r, b)
	}
}

func TestClean(t *testing.T) {
	f := font.Embedded(false, false)
	for in, want := range map[string]string{
		"звичайний текст": "звичайний текст",
		"a\tb\x01c":       "a bc",
		"ok 😀!":           "ok ?!",
		"bad \xff":        "bad ?",
	} {
		if got := f.Clean(in, nil); got != want && want != in {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	var lost []rune
	f.Clean("😀", func(r rune) { lost = append(lost, r) })
	if len(lost) != 1 || lost[0] != '😀' {
		t.Errorf("lost %q", lost)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("OTTO1234"), []byte("\x00\x01\x00\x00"), assets.NotoSans[:1000]} {
		if _, err := font.Parse("x", data); err == nil {
			t.Errorf("%d bytes were taken for a font", len(data))
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Пропозиція № 5 ☑ 😀\x00")
	face := font.Embedded(true, false)
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range face.Clean(s, nil) {
			if !face.Has(r) {
				t.Errorf("%q is left in %q", r, s)
			}
		}
	})
}
