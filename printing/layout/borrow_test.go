package layout_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"ugoda/assets"
	"ugoda/printing/layout"
)

// latinOnly is the embedded font with nothing but ASCII in its character map.
func latinOnly(t *testing.T) []byte {
	t.Helper()
	f, err := sfnt.Parse(assets.NotoSans)
	if err != nil {
		t.Fatal(err)
	}
	const first, last = 0x20, 0x7e
	var buf sfnt.Buffer
	var glyphs []uint16
	for r := rune(first); r <= last; r++ {
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			t.Fatal(err)
		}
		glyphs = append(glyphs, uint16(g))
	}
	// One subtable of format 4 with one segment and the one that ends it.
	words := []uint16{0, 1, 3, 1, 0, 12, 4, uint16(2 * (16 + len(glyphs))), 0, 4, 4, 1, 0, last, 0xffff, 0, first, 0xffff, 0, 1, 4, 0}
	words = append(words, glyphs...)
	var cmap []byte
	for _, w := range words {
		cmap = binary.BigEndian.AppendUint16(cmap, w)
	}
	out := append([]byte(nil), assets.NotoSans...)
	for i := range int(binary.BigEndian.Uint16(out[4:])) {
		entry := out[12+16*i:]
		if string(entry[:4]) == "cmap" {
			binary.BigEndian.PutUint32(entry[8:], uint32(len(out)))
			binary.BigEndian.PutUint32(entry[12:], uint32(len(cmap)))
		}
	}
	return append(out, cmap...)
}

// A font of the computer without Cyrillic letters loses no words: they are
// written in the embedded one.
func TestLettersAreBorrowed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "Latina-Regular.ttf"), latinOnly(t), 0o600); err != nil {
		t.Fatal(err)
	}
	doc := parts{body: `<w:p><w:r><w:rPr><w:rFonts w:ascii="Latina" w:hAnsi="Latina"/></w:rPr><w:t>Offer пропозиція No. 5 ґанок</w:t></w:r></w:p>`}.build(t)
	r := lay(t, doc, layout.Options{FontDirs: []string{dir}})
	if len(r.Unsupported) != 0 || len(r.Substituted) != 0 {
		t.Errorf("%v, %v", r.Unsupported, r.Substituted)
	}
	var text []string
	for _, w := range read(t, r.PDF) {
		text = append(text, w.text)
	}
	if got := strings.Join(text, " "); got != "Offer пропозиція No. 5 ґанок" {
		t.Errorf("%q", got)
	}
	if lay(t, doc, layout.Options{}).Substituted == nil {
		t.Error("a font that is not there is not named")
	}
}
