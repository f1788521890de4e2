package theme

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// withSymbols is a TrueType font with the symbols added that it lacks: their
// outlines go to the end of its glyphs, and its table of letters is written
// anew. The format is that of the OpenType specification 1.9; only faces of
// this program come here, and one that cannot be read is an error.
func withSymbols(font []byte, add map[rune]symbol) ([]byte, error) {
	f, err := readFont(font)
	if err != nil {
		return nil, err
	}
	letters, err := readLetters(f.tables["cmap"])
	if err != nil {
		return nil, err
	}
	head, maxp, hhea := slices.Clone(f.tables["head"]), slices.Clone(f.tables["maxp"]), slices.Clone(f.tables["hhea"])
	loca, hmtx, glyf := f.tables["loca"], f.tables["hmtx"], slices.Clone(f.tables["glyf"])
	if len(head) < 54 || len(maxp) < 6 || len(hhea) < 36 {
		return nil, errors.New("font: a table is too short")
	}
	em := float64(binary.BigEndian.Uint16(head[18:]))
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	starts, err := readStarts(loca, glyphs, binary.BigEndian.Uint16(head[50:]) == 1)
	if err != nil {
		return nil, err
	}
	widths, err := readWidths(hmtx, glyphs, int(binary.BigEndian.Uint16(hhea[34:])))
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Sorted(maps.Keys(add)) {
		if _, has := letters[r]; has {
			continue
		}
		outline, left := drawn(add[r], em/1000)
		letters[r] = uint32(glyphs)
		glyphs++
		glyf = append(glyf, outline...)
		starts = append(starts, uint32(len(glyf)))
		widths = binary.BigEndian.AppendUint16(widths, uint16(math.Round(float64(add[r].width)*em/1000)))
		widths = binary.BigEndian.AppendUint16(widths, uint16(left))
	}
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	binary.BigEndian.PutUint16(maxp[4:], uint16(glyphs))
	binary.BigEndian.PutUint16(hhea[34:], uint16(glyphs))
	loca = nil
	for _, s := range starts {
		loca = binary.BigEndian.AppendUint32(loca, s)
	}
	f.tables["head"], f.tables["maxp"], f.tables["hhea"] = head, maxp, hhea
	f.tables["loca"], f.tables["glyf"], f.tables["hmtx"] = loca, glyf, widths
	f.tables["cmap"] = writeLetters(letters)
	if post := slices.Clone(f.tables["post"]); len(post) >= 32 {
		binary.BigEndian.PutUint32(post, 0x00030000) // no names of glyphs: they would have to be complete
		f.tables["post"] = post[:32]
	}
	return f.write(), nil
}

type fontFile struct {
	kind   uint32
	tables map[string][]byte
}

func readFont(b []byte) (*fontFile, error) {
	if len(b) < 12 {
		return nil, errors.New("font: too short")
	}
	f := &fontFile{kind: binary.BigEndian.Uint32(b), tables: map[string][]byte{}}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if len(b) < 12+16*n {
		return nil, errors.New("font: too short for its tables")
	}
	for i := range n {
		e := b[12+16*i:]
		from, size := uint64(binary.BigEndian.Uint32(e[8:])), uint64(binary.BigEndian.Uint32(e[12:]))
		if from+size > uint64(len(b)) {
			return nil, fmt.Errorf("font: table %q is beyond its end", e[:4])
		}
		f.tables[string(e[:4])] = b[from : from+size]
	}
	return f, nil
}

func (f *fontFile) write() []byte {
	names := slices.Sorted(maps.Keys(f.tables))
	var dir, body []byte
	n := len(names)
	power := 1
	for power*2 <= n {
		power *= 2
	}
	dir = binary.BigEndian.AppendUint32(dir, f.kind)
	for _, v := range []int{n, power * 16, int(math.Log2(float64(power))), n*16 - power*16} {
		dir = binary.BigEndian.AppendUint16(dir, uint16(v))
	}
	for _, name := range names {
		t := f.tables[name]
		padded := append(slices.Clone(t), make([]byte, (4-len(t)%4)%4)...)
		var sum uint32
		for i := 0; i < len(padded); i += 4 {
			sum += binary.BigEndian.Uint32(padded[i:])
		}
		dir = append(dir, name...)
		dir = binary.BigEndian.AppendUint32(dir, sum)
		dir = binary.BigEndian.AppendUint32(dir, uint32(12+16*n+len(body)))
		dir = binary.BigEndian.AppendUint32(dir, uint32(len(t)))
		body = append(body, padded...)
	}
	return append(dir, body...)
}

// readStarts gives where each glyph begins in glyf, and the end of the last.
func readStarts(loca []byte, glyphs int, long bool) ([]uint32, error) {
	size := 2
	if long {
		size = 4
	}
	if len(loca) < (glyphs+1)*size {
		return nil, errors.New("font: loca is too short")
	}
	starts := make([]uint32, glyphs+1)
	for i := range starts {
		if long {
			starts[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			starts[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
	}
	return starts, nil
}

// readWidths gives width and left bearing of every glyph, where the font gives
// the last ones a width in common.
func readWidths(hmtx []byte, glyphs, whole int) ([]byte, error) {
	if whole < 1 || whole > glyphs || len(hmtx) < 4*whole+2*(glyphs-whole) {
		return nil, errors.New("font: hmtx is too short")
	}
	out := slices.Clone(hmtx[:4*whole])
	last := hmtx[4*whole-4 : 4*whole-2]
	for i := whole; i < glyphs; i++ {
		out = append(out, last...)
		at := 4*whole + 2*(i-whole)
		out = append(out, hmtx[at:at+2]...)
	}
	return out, nil
}

// readLetters reads the glyph of each letter, from segments (format 4) or
// groups (format 12).
func readLetters(cmap []byte) (map[rune]uint32, error) {
	letters := map[rune]uint32{}
	if len(cmap) < 4 {
		return nil, errors.New("font: no cmap")
	}
	n := int(binary.BigEndian.Uint16(cmap[2:]))
	for i := range n {
		if len(cmap) < 4+8*i+8 {
			return nil, errors.New("font: cmap is too short")
		}
		at := uint64(binary.BigEndian.Uint32(cmap[4+8*i+4:]))
		if at+16 > uint64(len(cmap)) {
			return nil, errors.New("font: cmap points beyond its end")
		}
		t := cmap[at:]
		switch binary.BigEndian.Uint16(t) {
		case 4:
			readSegments(t, letters)
		case 12:
			groups := int(binary.BigEndian.Uint32(t[12:]))
			for g := 0; g < groups && 16+12*g+12 <= len(t); g++ {
				e := t[16+12*g:]
				from, to, glyph := binary.BigEndian.Uint32(e), binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:])
				for c := from; c <= to && c <= 0x10ffff; c++ {
					letters[rune(c)] = glyph + c - from
				}
			}
		}
	}
	if len(letters) == 0 {
		return nil, errors.New("font: its letters are in a format that is not known here")
	}
	return letters, nil
}

func readSegments(t []byte, letters map[rune]uint32) {
	n := int(binary.BigEndian.Uint16(t[6:])) / 2
	ends, begins := 14, 16+2*n
	deltas, offsets := begins+2*n, begins+4*n
	if len(t) < offsets+2*n {
		return
	}
	u16 := func(at int) uint16 { return binary.BigEndian.Uint16(t[at:]) }
	for s := range n {
		from, to := int(u16(begins+2*s)), int(u16(ends+2*s))
		for c := from; c <= to && c != 0xffff; c++ {
			glyph := uint16(c) + u16(deltas+2*s)
			if o := int(u16(offsets + 2*s)); o != 0 {
				at := offsets + 2*s + o + 2*(c-from)
				if at+2 > len(t) {
					continue
				}
				if glyph = u16(at); glyph != 0 {
					glyph += u16(deltas + 2*s)
				}
			}
			if glyph != 0 {
				letters[rune(c)] = uint32(glyph)
			}
		}
	}
}

// writeLetters writes groups of letters whose glyphs follow each other.
func writeLetters(letters map[rune]uint32) []byte {
	var groups []byte
	n := 0
	runes := slices.Sorted(maps.Keys(letters))
	for i := 0; i < len(runes); {
		j := i + 1
		for j < len(runes) && runes[j] == runes[i]+rune(j-i) && letters[runes[j]] == letters[runes[i]]+uint32(j-i) {
			j++
		}
		groups = binary.BigEndian.AppendUint32(groups, uint32(runes[i]))
		groups = binary.BigEndian.AppendUint32(groups, uint32(runes[j-1]))
		groups = binary.BigEndian.AppendUint32(groups, letters[runes[i]])
		n++
		i = j
	}
	var t []byte
	for _, v := range []uint16{0, 1, 3, 10} { // version, one table: Windows, full Unicode
		t = binary.BigEndian.AppendUint16(t, v)
	}
	t = binary.BigEndian.AppendUint32(t, 12)
	t = binary.BigEndian.AppendUint16(t, 12)
	t = binary.BigEndian.AppendUint16(t, 0)
	for _, v := range []int{16 + len(groups), 0, n} {
		t = binary.BigEndian.AppendUint32(t, uint32(v))
	}
	return append(t, groups...)
}

// drawn is the outline of a symbol as a simple glyph, and its left bearing.
func drawn(s symbol, scale float64) (glyph []byte, left int16) {
	whole := func(v float64) int16 { return int16(math.Round(v * scale)) }
	x1, y1, x2, y2 := int16(math.MaxInt16), int16(math.MaxInt16), int16(math.MinInt16), int16(math.MinInt16)
	var ends, flags, xs, ys []byte
	var x, y int16
	n := 0
	for _, c := range s.contours {
		for _, p := range c {
			px, py := whole(p.x), whole(p.y)
			x1, y1, x2, y2 = min(x1, px), min(y1, py), max(x2, px), max(y2, py)
			flags = append(flags, 1) // on the curve, coordinates of two bytes
			xs = binary.BigEndian.AppendUint16(xs, uint16(px-x))
			ys = binary.BigEndian.AppendUint16(ys, uint16(py-y))
			x, y = px, py
			n++
		}
		ends = binary.BigEndian.AppendUint16(ends, uint16(n-1))
	}
	for _, v := range []int16{int16(len(s.contours)), x1, y1, x2, y2} {
		glyph = binary.BigEndian.AppendUint16(glyph, uint16(v))
	}
	glyph = append(glyph, ends...)
	glyph = append(glyph, 0, 0) // no instructions
	glyph = append(glyph, flags...)
	glyph = append(glyph, xs...)
	glyph = append(glyph, ys...)
	return append(glyph, make([]byte, (4-len(glyph)%4)%4)...), x1
}
