package spreadsheet

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
)

// compoundMagic begins a compound file ([MS-CFB] 2.2): what XLS, and any
// office file with a password, is kept in.
const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var errCompound = errors.New("a damaged compound file")

// compound gives the streams of a compound file by their names in small
// letters.
type compound struct {
	data    []byte
	shift   uint     // of a sector's size
	fat     []uint32 // which sector follows
	mini    []uint32
	packed  []byte // the stream in which small streams lie
	cutoff  uint32
	entries map[string]compoundEntry
}

type compoundEntry struct {
	start uint32
	size  uint64
}

const (
	maxSector = 0xfffffffa
)

func openCompound(data []byte) (*compound, error) {
	if len(data) < 512 {
		return nil, errCompound
	}
	u16, u32 := binary.LittleEndian.Uint16, binary.LittleEndian.Uint32
	c := &compound{data: data, shift: uint(u16(data[30:])), cutoff: u32(data[56:]), entries: map[string]compoundEntry{}}
	if c.shift != 9 && c.shift != 12 {
		return nil, errCompound
	}
	// The sectors of the table of sectors: 109 in the header, more in a chain.
	var table []uint32
	for i := range 109 {
		if s := u32(data[76+4*i:]); s < maxSector {
			table = append(table, s)
		}
	}
	perSector := 1 << (c.shift - 2)
	for s, steps := u32(data[68:]), 0; s < maxSector; steps++ {
		b := c.sector(s)
		if b == nil || steps > len(data)>>c.shift {
			return nil, errCompound
		}
		for i := range perSector - 1 {
			if t := u32(b[4*i:]); t < maxSector {
				table = append(table, t)
			}
		}
		s = u32(b[4*(perSector-1):])
	}
	for _, s := range table {
		b := c.sector(s)
		if b == nil || len(c.fat) > len(data)>>c.shift+perSector {
			break
		}
		for i := range perSector {
			c.fat = append(c.fat, u32(b[4*i:]))
		}
	}
	directory, err := c.chain(u32(data[48:]), 1<<40)
	if err != nil {
		return nil, err
	}
	if err := c.readDirectory(directory); err != nil {
		return nil, err
	}
	if first := u32(data[60:]); first < maxSector {
		b, err := c.chain(first, 1<<40)
		if err != nil {
			return nil, err
		}
		for i := 0; i+4 <= len(b); i += 4 {
			c.mini = append(c.mini, u32(b[i:]))
		}
	}
	return c, nil
}

// sector is a sector of the file, the last one filled up with zeros, nil when
// there is none.
func (c *compound) sector(n uint32) []byte {
	size := 1 << c.shift
	from := (int64(n) + 1) << c.shift
	if from < 0 || from >= int64(len(c.data)) {
		return nil
	}
	if from+int64(size) > int64(len(c.data)) {
		b := make([]byte, size)
		copy(b, c.data[from:])
		return b
	}
	return c.data[from : from+int64(size)]
}

// chain reads the sectors that follow each other from one on.
func (c *compound) chain(start uint32, size uint64) ([]byte, error) {
	var out []byte
	for n, steps := start, 0; n < maxSector && uint64(len(out)) < size; steps++ {
		b := c.sector(n)
		if b == nil || int(n) >= len(c.fat) || steps > len(c.fat) {
			return nil, errCompound
		}
		out = append(out, b...)
		n = c.fat[n]
	}
	return out[:min(uint64(len(out)), size)], nil
}

func (c *compound) readDirectory(b []byte) error {
	for at := 0; at+128 <= len(b); at += 128 {
		e := b[at : at+128]
		length := int(binary.LittleEndian.Uint16(e[64:]))
		if length < 2 || length > 64 {
			continue
		}
		name := strings.ToLower(string(utf16.Decode(units(e[:length-2], false))))
		x := compoundEntry{binary.LittleEndian.Uint32(e[116:]), binary.LittleEndian.Uint64(e[120:])}
		if c.shift == 9 {
			x.size &= 0xffffffff
		}
		switch e[66] {
		case 5: // the root: its stream holds the small ones
			s, err := c.chain(x.start, x.size)
			if err != nil {
				return err
			}
			c.packed = s
		case 2:
			if _, twice := c.entries[name]; !twice {
				c.entries[name] = x
			}
		}
	}
	return nil
}

// stream reads a stream; false when there is none of that name.
func (c *compound) stream(name string) ([]byte, bool, error) {
	x, ok := c.entries[name]
	if !ok {
		return nil, false, nil
	}
	if x.size > uint64(len(c.data)) {
		return nil, true, errCompound
	}
	if x.size >= uint64(c.cutoff) {
		b, err := c.chain(x.start, x.size)
		return b, true, err
	}
	out := make([]byte, 0, x.size)
	for n, steps := x.start, 0; n < maxSector && uint64(len(out)) < x.size; steps++ {
		from := int(n) * 64
		if from+64 > len(c.packed) || int(n) >= len(c.mini) || steps > len(c.mini) {
			return nil, true, errCompound
		}
		out = append(out, c.packed[from:from+64]...)
		n = c.mini[n]
	}
	return out[:min(uint64(len(out)), x.size)], true, nil
}
