package spreadsheet

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Records of XLS ([MS-XLS] 2.3) that are read.
const (
	xlsFormula     = 0x0006
	xlsEOF         = 0x000a
	xlsDate1904    = 0x0022
	xlsFilePass    = 0x002f
	xlsContinue    = 0x003c
	xlsCodePage    = 0x0042
	xlsBoundSheet  = 0x0085
	xlsMulRK       = 0x00bd
	xlsRString     = 0x00d6
	xlsXF          = 0x00e0
	xlsMergedCells = 0x00e5
	xlsSST         = 0x00fc
	xlsLabelSST    = 0x00fd
	xlsNumber      = 0x0203
	xlsLabel       = 0x0204
	xlsBoolErr     = 0x0205
	xlsString      = 0x0207
	xlsRow         = 0x0208
	xlsRK          = 0x027e
	xlsFormat      = 0x041e
	xlsBOF         = 0x0809
	xlsFormat4     = 0x001e // as Excel 5 has it
)

var errXLS = errors.New("a damaged XLS")

// readXLS reads the files of Excel 5 to 2003 that people still send.
func readXLS(data []byte) (*Book, error) {
	c, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	if _, ok, err := c.stream("encryptedpackage"); ok || err != nil {
		return nil, unreadable("file_protected")
	}
	stream, ok, err := c.stream("workbook")
	if err == nil && !ok {
		stream, ok, err = c.stream("book")
	}
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, unreadable("file_unknown") // a document of Word, say
	}
	x := &xlsReader{b: stream, own: map[int]numberFormat{}, page: charmap.Windows1251}
	return x.read()
}

type xlsReader struct {
	b         []byte
	at        int
	old       bool // Excel 5: texts are bytes of a code page
	page      encoding.Encoding
	since1904 bool
	own       map[int]numberFormat
	xf        []xlsStyle
	strings   []string
	sheets    []xlsSheet
	count     counter
}

type xlsStyle struct{ format, indent int }

type xlsSheet struct {
	name   string
	offset int
	hidden bool
}

// record is one record: its kind and its bytes.
func (x *xlsReader) record() (kind int, b []byte, ok bool) {
	if x.at+4 > len(x.b) {
		return 0, nil, false
	}
	kind = int(binary.LittleEndian.Uint16(x.b[x.at:]))
	n := int(binary.LittleEndian.Uint16(x.b[x.at+2:]))
	if x.at+4+n > len(x.b) {
		return 0, nil, false
	}
	b = x.b[x.at+4 : x.at+4+n]
	x.at += 4 + n
	return kind, b, true
}

// continued are the records that go on with the one that was just read.
func (x *xlsReader) continued(first []byte) [][]byte {
	out := [][]byte{first}
	for {
		at := x.at
		kind, b, ok := x.record()
		if !ok || kind != xlsContinue {
			x.at = at
			return out
		}
		out = append(out, b)
	}
}

func (x *xlsReader) read() (*Book, error) {
	if err := x.globals(); err != nil {
		return nil, err
	}
	book := &Book{Format: "xls"}
	visible := false
	for _, s := range x.sheets {
		visible = visible || !s.hidden
	}
	for _, s := range x.sheets {
		if s.hidden && visible {
			continue
		}
		sheet := Sheet{Name: s.name}
		x.at = s.offset
		if err := x.sheet(&sheet); err != nil {
			return nil, err
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	return book, nil
}

// globals reads what all sheets share.
func (x *xlsReader) globals() error {
	kind, b, ok := x.record()
	if !ok || kind != xlsBOF || len(b) < 4 {
		return unreadable("file_unknown")
	}
	x.old = binary.LittleEndian.Uint16(b) < 0x0600
	for {
		kind, b, ok := x.record()
		if !ok {
			return errXLS
		}
		switch kind {
		case xlsEOF:
			return nil
		case xlsFilePass:
			return unreadable("file_protected")
		case xlsCodePage:
			if len(b) >= 2 {
				x.setPage(int(binary.LittleEndian.Uint16(b)))
			}
		case xlsDate1904:
			x.since1904 = len(b) > 0 && b[0] == 1
		case xlsFormat, xlsFormat4:
			if len(b) > 2 {
				if s, ok := x.text(b[2:], !x.old); ok {
					x.own[int(binary.LittleEndian.Uint16(b))] = readFormat(s)
				}
			}
		case xlsXF:
			if len(b) >= 4 {
				s := xlsStyle{format: int(binary.LittleEndian.Uint16(b[2:]))}
				if !x.old && len(b) > 8 {
					s.indent = int(b[8] & 0x0f)
				}
				x.xf = append(x.xf, s)
			}
		case xlsBoundSheet:
			if len(b) > 7 && b[5] == 0 { // a worksheet
				name, _ := x.shortText(b[6:])
				x.sheets = append(x.sheets, xlsSheet{name, int(binary.LittleEndian.Uint32(b)), b[4]&3 != 0})
			}
		case xlsSST:
			if err := x.table(x.continued(b)); err != nil {
				return err
			}
		}
	}
}

func (x *xlsReader) setPage(n int) {
	switch n {
	case 866:
		x.page = charmap.CodePage866
	case 1250:
		x.page = charmap.Windows1250
	case 1252:
		x.page = charmap.Windows1252
	}
}

// shortText is a text with its length in one byte.
func (x *xlsReader) shortText(b []byte) (string, bool) {
	if len(b) < 1 {
		return "", false
	}
	if x.old {
		return x.bytes(b[1:], int(b[0]))
	}
	if len(b) < 2 {
		return "", false
	}
	return signs(b[2:], int(b[0]), b[1]&1 != 0)
}

// text is a text with its length in two bytes, or, of Excel 5, in one when
// wide is not set.
func (x *xlsReader) text(b []byte, wide bool) (string, bool) {
	if x.old {
		if !wide {
			return x.shortText(b)
		}
		if len(b) < 2 {
			return "", false
		}
		return x.bytes(b[2:], int(binary.LittleEndian.Uint16(b)))
	}
	if len(b) < 3 {
		return "", false
	}
	flags, at := b[2], 3
	if flags&8 != 0 {
		at += 2
	}
	if flags&4 != 0 {
		at += 4
	}
	if at > len(b) {
		return "", false
	}
	return signs(b[at:], int(binary.LittleEndian.Uint16(b)), flags&1 != 0)
}

func (x *xlsReader) bytes(b []byte, n int) (string, bool) {
	if n > len(b) {
		return "", false
	}
	s, err := x.page.NewDecoder().Bytes(b[:n])
	return string(s), err == nil
}

// signs are n signs of one byte (Latin-1) or two.
func signs(b []byte, n int, wide bool) (string, bool) {
	if wide {
		if 2*n > len(b) {
			return "", false
		}
		return string(utf16.Decode(units(b[:2*n], false))), true
	}
	if n > len(b) {
		return "", false
	}
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(b[i])
	}
	return string(out), true
}

// table reads the table of texts ([MS-XLS] 2.4.265), which goes on over
// records: where a text is cut, its rest says anew how wide its signs are.
func (x *xlsReader) table(parts [][]byte) error {
	r := &segments{parts: parts}
	r.skip(4)
	n := int(r.u32())
	for range n {
		length, flags := int(r.u16()), r.u8()
		var runs, phonetic int
		if flags&8 != 0 {
			runs = int(r.u16())
		}
		if flags&4 != 0 {
			phonetic = int(r.u32())
		}
		if r.failed || phonetic < 0 {
			return errXLS
		}
		s := r.signs(length, flags&1 != 0)
		r.skip(4*runs + phonetic)
		if r.failed {
			return errXLS
		}
		x.strings = append(x.strings, s)
	}
	return nil
}

// segments reads over the ends of records.
type segments struct {
	parts  [][]byte
	failed bool
}

func (r *segments) ready() bool {
	for len(r.parts) > 0 && len(r.parts[0]) == 0 {
		r.parts = r.parts[1:]
	}
	if len(r.parts) == 0 {
		r.failed = true
		return false
	}
	return true
}

func (r *segments) u8() byte {
	if !r.ready() {
		return 0
	}
	c := r.parts[0][0]
	r.parts[0] = r.parts[0][1:]
	return c
}

func (r *segments) u16() uint16 { lo := r.u8(); return uint16(lo) | uint16(r.u8())<<8 }
func (r *segments) u32() uint32 { lo := r.u16(); return uint32(lo) | uint32(r.u16())<<16 }

func (r *segments) skip(n int) {
	for n > 0 && r.ready() {
		k := min(n, len(r.parts[0]))
		r.parts[0] = r.parts[0][k:]
		n -= k
	}
}

func (r *segments) signs(n int, wide bool) string {
	var out []uint16
	for n > 0 {
		if len(r.parts) > 0 && len(r.parts[0]) == 0 { // the rest stands in the next record
			if !r.ready() {
				return ""
			}
			wide = r.u8()&1 != 0
			continue
		}
		if !r.ready() {
			return ""
		}
		p := r.parts[0]
		if wide {
			k := min(n, len(p)/2)
			if k == 0 {
				r.failed = true
				return ""
			}
			out = append(out, units(p[:2*k], false)...)
			r.parts[0] = p[2*k:]
			n -= k
			continue
		}
		k := min(n, len(p))
		for _, c := range p[:k] {
			out = append(out, uint16(c))
		}
		r.parts[0] = p[k:]
		n -= k
	}
	return string(utf16.Decode(out))
}

// sheet reads the cells of a sheet.
func (x *xlsReader) sheet(s *Sheet) error {
	kind, _, ok := x.record()
	if !ok || kind != xlsBOF {
		return errXLS
	}
	var b []byte
	deep := 0            // of charts within the sheet
	var waits func(Cell) // the cell of a formula whose text follows
	for {
		kind, b, ok = x.record()
		if !ok {
			return errXLS
		}
		switch {
		case kind == xlsBOF:
			deep++
			continue
		case kind == xlsEOF && deep > 0:
			deep--
			continue
		case kind == xlsEOF:
			return nil
		case deep > 0:
			continue
		}
		if kind == xlsString && waits != nil {
			parts := x.continued(b)
			waits(textCell(x.joined(parts)))
			waits = nil
			continue
		}
		var err error
		if waits, err = x.cells(s, kind, b); err != nil {
			return err
		}
	}
}

// joined is the text of a STRING record that may go on.
func (x *xlsReader) joined(parts [][]byte) string {
	if x.old {
		s, _ := x.text(parts[0], true)
		return s
	}
	r := &segments{parts: parts}
	n, flags := int(r.u16()), r.u8()
	s := r.signs(n, flags&1 != 0)
	if r.failed {
		return ""
	}
	return s
}

// cells takes what a record says of cells; waits is not nil when the text of
// a formula comes in the next record.
func (x *xlsReader) cells(s *Sheet, kind int, b []byte) (waits func(Cell), err error) {
	u16 := binary.LittleEndian.Uint16
	if kind == xlsRow {
		if len(b) >= 16 {
			s.setLevel(int(u16(b)), int(b[12]&7))
		}
		return nil, nil
	}
	if kind == xlsMergedCells {
		for at := 2; at+8 <= len(b); at += 8 {
			r1, r2, c1, c2 := int(u16(b[at:])), int(u16(b[at+2:])), int(u16(b[at+4:])), int(u16(b[at+6:]))
			if r2 >= r1 && c2 >= c1 {
				s.Merges = append(s.Merges, Merge{r1, c1, r2 - r1 + 1, c2 - c1 + 1})
			}
		}
		return nil, nil
	}
	if len(b) < 6 {
		return nil, nil
	}
	row, column, style := int(u16(b)), int(u16(b[2:])), int(u16(b[4:]))
	var c Cell
	switch kind {
	case xlsNumber:
		if len(b) >= 14 {
			c = x.number(math.Float64frombits(binary.LittleEndian.Uint64(b[6:])), style)
		}
	case xlsRK:
		if len(b) >= 10 {
			c = x.number(shortNumber(binary.LittleEndian.Uint32(b[6:])), style)
		}
	case xlsMulRK:
		for at, i := 4, 0; at+6 <= len(b)-2; at, i = at+6, i+1 {
			c := x.number(shortNumber(binary.LittleEndian.Uint32(b[at+2:])), int(u16(b[at:])))
			if err := x.put(s, row, column+i, c, 0); err != nil {
				return nil, err
			}
		}
		return nil, nil
	case xlsLabelSST:
		if len(b) >= 10 {
			if i := int(binary.LittleEndian.Uint32(b[6:])); i < len(x.strings) {
				c = textCell(x.strings[i])
			}
		}
	case xlsLabel, xlsRString:
		text, _ := x.text(b[6:], true)
		c = textCell(text)
	case xlsBoolErr:
		if len(b) >= 8 {
			c = truth(b[6], b[7] == 1)
		}
	case xlsFormula:
		if len(b) < 14 {
			return nil, nil
		}
		v := b[6:14]
		if v[6] != 0xff || v[7] != 0xff {
			c = x.number(math.Float64frombits(binary.LittleEndian.Uint64(v)), style)
			break
		}
		switch v[0] {
		case 0:
			return func(c Cell) { err = errors.Join(err, x.put(s, row, column, c, style)) }, nil
		case 1:
			c = truth(v[2], false)
		case 2:
			c = truth(v[2], true)
		}
	default:
		return nil, nil
	}
	return nil, x.put(s, row, column, c, style)
}

// truth is a yes or no, or what went wrong in a formula.
func truth(v byte, fault bool) Cell {
	if !fault {
		return Cell{Kind: Bool, Text: strconv.FormatBool(v != 0)}
	}
	text := map[byte]string{0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}[v]
	if text == "" {
		text = "#?"
	}
	return Cell{Kind: Fault, Text: text}
}

// shortNumber reads a number of 30 bits ([MS-XLS] 2.5.217).
func shortNumber(rk uint32) float64 {
	var v float64
	if rk&2 != 0 {
		v = float64(int32(rk) >> 2)
	} else {
		v = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		v /= 100
	}
	return v
}

func (x *xlsReader) number(v float64, style int) Cell {
	var f numberFormat
	if style < len(x.xf) {
		id := x.xf[style].format
		own, ok := x.own[id]
		if f = own; !ok {
			f = builtIn(id)
		}
	}
	c, ok := f.number(strconv.FormatFloat(v, 'g', -1, 64), x.since1904)
	if !ok {
		return Cell{Kind: Fault, Text: "#NUM!"}
	}
	return c
}

// put sets a cell. Rows come in any order.
func (x *xlsReader) put(s *Sheet, row, column int, c Cell, style int) error {
	if c.Kind == Empty {
		return nil
	}
	if column >= MaxColumns {
		return unreadable("table_too_large")
	}
	for len(s.Rows) <= row {
		s.Rows = append(s.Rows, nil)
	}
	if n := column + 1 - len(s.Rows[row]); n > 0 {
		if err := x.count.row(row+1, n); err != nil {
			return err
		}
		s.Rows[row] = append(s.Rows[row], make([]Cell, n)...)
	}
	s.Rows[row][column] = c
	if style < len(x.xf) && x.xf[style].indent > 0 && c.Kind == Text && blank(s.Rows[row][:column]) {
		s.setLevel(row, x.xf[style].indent)
	}
	return nil
}
