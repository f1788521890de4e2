// Package font measures text and gives fonts to PDF files: the embedded Noto
// Sans, and TrueType files found in folders.
package font

import (
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"ugoda/assets"
)

// Face is one TrueType font. It is safe for concurrent use.
type Face struct {
	Name string // unique among the faces of one PDF file; lower case
	Data []byte // the TrueType file; not to be changed
	// Ascent and Descent are the height above and below the base line that a
	// line of text takes, Gap what is left between lines; in em.
	Ascent, Descent, Gap float64

	mu    sync.Mutex
	sfnt  *sfnt.Font
	buf   sfnt.Buffer
	pages [256]atomic.Pointer[[256]int16] // advances of the Basic Multilingual Plane, -1: no glyph

	outlines sync.Map // of rune: []Step
}

// Parse reads a TrueType font. Fonts with PostScript outlines and collections
// are refused: the writer of PDF cannot embed them.
func Parse(name string, data []byte) (*Face, error) {
	if len(data) < 4 || (string(data[:4]) != "\x00\x01\x00\x00" && string(data[:4]) != "true") {
		return nil, fmt.Errorf("font %s is not TrueType", name)
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("read font %s: %w", name, err)
	}
	face := &Face{Name: name, Data: data, sfnt: f}
	m, err := f.Metrics(&face.buf, fixed.I(1000), font.HintingNone)
	if err != nil {
		return nil, fmt.Errorf("measure font %s: %w", name, err)
	}
	face.Ascent, face.Descent = em(m.Ascent), em(m.Descent)
	face.Gap = max(0, em(m.Height)-face.Ascent-face.Descent)
	return face, nil
}

// em turns a measure at 1000 units per em into em.
func em(v fixed.Int26_6) float64 { return float64(v) / 64 / 1000 }

// Advance is the width of a character in thousandths of an em, and whether the
// font has it. Characters beyond the Basic Multilingual Plane it never has.
func (f *Face) Advance(r rune) (int, bool) {
	if r < 0 || r > 0xffff {
		return 0, false
	}
	p := f.pages[r>>8].Load()
	if p == nil {
		p = f.load(r >> 8)
	}
	w := p[r&0xff]
	if w < 0 {
		return 0, false
	}
	return int(w), true
}

// Has reports whether the font can show a character.
func (f *Face) Has(r rune) bool {
	_, ok := f.Advance(r)
	return ok
}

func (f *Face) load(page rune) *[256]int16 {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := new([256]int16)
	for i := range p {
		p[i] = -1
		g, err := f.sfnt.GlyphIndex(&f.buf, page<<8|rune(i))
		if err != nil || g == 0 {
			continue
		}
		w, err := f.sfnt.GlyphAdvance(&f.buf, g, fixed.I(1000), font.HintingNone)
		if err == nil && w >= 0 {
			p[i] = int16(min((w+32)>>6, 32_000))
		}
	}
	f.pages[page].Store(p)
	return p
}

// Width is how wide a text is at a size, in the size's unit. Characters that
// the font lacks take no width: see Clean.
func (f *Face) Width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		w, _ := f.Advance(r)
		sum += w
	}
	return float64(sum) * size / 1000
}

var embedded [4]func() *Face

func init() {
	for i, e := range []struct {
		name string
		data *[]byte
	}{{"notosans", &assets.NotoSans}, {"notosans-b", &assets.NotoSansBold}, {"notosans-i", &assets.NotoSansItalic}, {"notosans-bi", &assets.NotoSansBoldItalic}} {
		embedded[i] = sync.OnceValue(func() *Face {
			f, err := Parse(e.name, *e.data)
			if err != nil {
				panic(err) // the program's own file
			}
			return f
		})
	}
}

// Embedded is a face of the Noto Sans that the program carries.
func Embedded(bold, italic bool) *Face {
	i := 0
	if bold {
		i++
	}
	if italic {
		i += 2
	}
	return embedded[i]()
}
