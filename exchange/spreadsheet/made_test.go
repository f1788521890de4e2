package spreadsheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"ugoda/exchange/spreadsheet"
)

// zipped makes an archive of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oneSheet is the least workbook around the XML of a sheet.
func oneSheet(t testing.TB, sheet string) []byte {
	return zipped(t, map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
		"xl/sharedStrings.xml":       `<sst><si><t>нуль</t></si><si><r><t>од</t></r><r><t>ин</t></r><rPh><t>odyn</t></rPh></si></sst>`,
	})
}

// compoundFile puts one stream into a compound file, in sectors of 512 bytes.
func compoundFile(name string, stream []byte) []byte {
	const size = 512
	for len(stream) < 4096 { // shorter streams lie elsewhere
		stream = append(stream, 0)
	}
	sectors := (len(stream) + size - 1) / size
	tables := (sectors + 2 + 127) / 128
	for tables*128 < sectors+1+tables {
		tables++
	}
	head := make([]byte, size)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	put := binary.LittleEndian
	put.PutUint16(head[30:], 9)
	put.PutUint16(head[32:], 6)
	put.PutUint32(head[44:], uint32(tables))
	put.PutUint32(head[48:], uint32(tables)) // the directory follows the tables
	put.PutUint32(head[56:], 4096)
	put.PutUint32(head[60:], 0xfffffffe)
	put.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		n := uint32(0xffffffff)
		if i < tables {
			n = uint32(i)
		}
		put.PutUint32(head[76+4*i:], n)
	}
	fat := make([]byte, tables*size)
	for i := range tables * 128 {
		n := uint32(0xffffffff)
		switch {
		case i < tables:
			n = 0xfffffffd
		case i == tables, i == tables+sectors:
			n = 0xfffffffe
		case i > tables && i < tables+sectors:
			n = uint32(i + 1)
		}
		put.PutUint32(fat[4*i:], n)
	}
	out := slices.Concat(head, fat)
	directory := make([]byte, size)
	entry := func(at int, name string, kind byte, start, length uint32) {
		e := directory[at*128:]
		for i, u := range utf16.Encode([]rune(name)) {
			put.PutUint16(e[2*i:], u)
		}
		put.PutUint16(e[64:], uint16(2*len([]rune(name))+2))
		e[66] = kind
		put.PutUint32(e[116:], start)
		put.PutUint32(e[120:], length)
	}
	entry(0, "Root Entry", 5, 0xfffffffe, 0)
	entry(1, name, 2, uint32(tables+1), uint32(len(stream)))
	out = append(out, directory...)
	out = append(out, stream...)
	return append(out, make([]byte, sectors*size-len(stream))...)
}

// biff puts records together.
type biff struct{ bytes.Buffer }

func (b *biff) record(kind uint16, parts ...any) {
	var body bytes.Buffer
	for _, p := range parts {
		if err := binary.Write(&body, binary.LittleEndian, p); err != nil {
			panic(err)
		}
	}
	_ = binary.Write(b, binary.LittleEndian, kind)
	_ = binary.Write(b, binary.LittleEndian, uint16(body.Len()))
	b.Write(body.Bytes())
}

// excel5 is a file as Excel 5 and 95 wrote it, with all kinds of cells.
func excel5(t testing.TB) []byte {
	t.Helper()
	cyrillic := func(s string) []byte {
		out, err := charmap.Windows1251.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	var b biff
	name := cyrillic("Ціни")
	b.record(0x809, uint16(0x500), uint16(5), uint32(0))
	b.record(0x42, uint16(1251))
	format := []byte("dd.mm.yyyy")
	b.record(0x41e, uint16(200), byte(len(format)), format)
	b.record(0xe0, uint16(0), uint16(0), uint32(0), uint32(0), uint32(0))
	b.record(0xe0, uint16(0), uint16(200), uint32(0), uint32(0), uint32(0))
	sheetAt := b.Len() + 4 + 6 + 1 + len(name) + 4
	b.record(0x85, uint32(sheetAt), uint16(0), byte(len(name)), name)
	b.record(0x0a)
	b.record(0x809, uint16(0x500), uint16(0x10), uint32(0))
	label := cyrillic("Їжак")
	b.record(0x204, uint16(0), uint16(0), uint16(0), uint16(len(label)), label)
	b.record(0x203, uint16(0), uint16(1), uint16(1), math.Float64bits(42663))
	b.record(0x27e, uint16(0), uint16(2), uint16(0), uint32(110004<<2|3)) // 1100.04
	b.record(0xbd, uint16(1), uint16(0), uint16(0), uint32(5<<2|2), uint16(0), uint32(math.Float64bits(2.5)>>32), uint16(1))
	b.record(0x205, uint16(1), uint16(2), uint16(0), byte(1), byte(0))
	b.record(0x205, uint16(1), uint16(3), uint16(0), byte(42), byte(1))
	b.record(0x06, uint16(2), uint16(0), uint16(0), [8]byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}, uint16(0), uint32(0), uint16(0))
	b.record(0x207, uint16(len(label)), label)
	b.record(0x06, uint16(2), uint16(1), uint16(0), math.Float64bits(7), uint16(0), uint32(0), uint16(0))
	b.record(0x0a)
	return b.Bytes()
}

func TestExcel5(t *testing.T) {
	b := read(t, "old.xls", compoundFile("Book", excel5(t)))
	s := &b.Sheets[0]
	if s.Name != "Ціни" {
		t.Errorf("the sheet is %q", s.Name)
	}
	for _, want := range []struct {
		row, column int
		kind        spreadsheet.CellKind
		text        string
	}{
		{0, 0, spreadsheet.Text, "Їжак"},
		{0, 1, spreadsheet.Date, "2016-10-20"},
		{0, 2, spreadsheet.Number, "1100.04"},
		{1, 0, spreadsheet.Number, "5"},
		{1, 1, spreadsheet.Number, "2.5"},
		{1, 2, spreadsheet.Bool, "true"},
		{1, 3, spreadsheet.Fault, "#N/A"},
		{2, 0, spreadsheet.Text, "Їжак"},
		{2, 1, spreadsheet.Number, "7"},
	} {
		if c := s.Cell(want.row, want.column); c.Kind != want.kind || c.Text != want.text {
			t.Errorf("row %d, column %d: %+v, not %+v", want.row, want.column, c, want)
		}
	}
}

// The texts of a workbook go on over records, and a text may be cut anywhere.
func TestLongTexts(t *testing.T) {
	var b biff
	b.record(0x809, uint16(0x600), uint16(5), uint32(0))
	first, second := utf16.Encode([]rune("Довга назва")), []byte("plain")
	b.record(0xfc, uint32(2), uint32(2), uint16(len(first)+4), byte(1), first[:6])
	b.record(0x3c, byte(1), first[6:])
	b.record(0x3c, byte(0), []byte(" one"), uint16(len(second)), byte(8), uint16(1), second[:2])
	b.record(0x3c, byte(0), second[2:], uint32(0))
	at := b.Len() + 4 + 9 + 4
	b.record(0x85, uint32(at), uint16(0), byte(1), byte(0), byte('A'))
	b.record(0x0a)
	b.record(0x809, uint16(0x600), uint16(0x10), uint32(0))
	b.record(0xfd, uint16(0), uint16(0), uint16(0), uint32(0))
	b.record(0xfd, uint16(0), uint16(1), uint16(0), uint32(1))
	b.record(0x0a)
	book := read(t, "long.xls", compoundFile("Workbook", b.Bytes()))
	if s := &book.Sheets[0]; s.Cell(0, 0).Text != "Довга назва one" || s.Cell(0, 1).Text != "plain" {
		t.Errorf("%+v", s.Rows)
	}
}

// What other writers make of the same format: cells without places, strings
// within, prefixes, rows out of numbers, values of other types.
func TestUnusualXLSX(t *testing.T) {
	b := read(t, "x.xlsx", oneSheet(t, `<?xml version="1.0"?><!-- a --><x:worksheet xmlns:x="m"><x:sheetData>
		<x:row><x:c t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>_x041F_рямо &#x26; так</x:t></x:is></x:c><x:c><x:f>A1</x:f><x:v>1E3</x:v></x:c></x:row>
		<x:row r='4'><x:c r="C4" t="d"><x:v>2016-10-20T14:05:00</x:v></x:c><x:c r="D4" t="e"><x:v>#REF!</x:v></x:c><x:c r="E4" t="str"><x:f/><x:v></x:v></x:c><x:c r="F4"/><x:c r="G4"><x:v>0.1</x:v></x:c></x:row>
		</x:sheetData><x:mergeCells><x:mergeCell ref="$A$1:B2"/></x:mergeCells></x:worksheet>`))
	s := &b.Sheets[0]
	for _, want := range []struct {
		row, column int
		text        string
	}{{0, 0, "один"}, {0, 1, "Прямо & так"}, {0, 2, "1000"}, {3, 2, "2016-10-20 14:05"}, {3, 3, "#REF!"}, {3, 4, ""}, {3, 6, "0.1"}} {
		if c := s.Cell(want.row, want.column); c.Text != want.text {
			t.Errorf("row %d, column %d: %+v, not %q", want.row, want.column, c, want.text)
		}
	}
	if len(s.Merges) != 1 || s.Merges[0] != (spreadsheet.Merge{Row: 0, Column: 0, Rows: 2, Columns: 2}) {
		t.Errorf("%+v", s.Merges)
	}
}

// Files that promise more than they may are refused before memory is spent.
func TestLimits(t *testing.T) {
	far := oneSheet(t, `<worksheet><sheetData><row r="2000000"><c r="A2000000"><v>1</v></c></row></sheetData></worksheet>`)
	wide := oneSheet(t, `<worksheet><sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>`)
	many := zipped(t, map[string]string{"content.xml": `<d><table><table-row number-rows-repeated="1000000"><table-cell number-columns-repeated="999" value-type="float" value="1"/></table-row></table></d>`})
	for name, data := range map[string][]byte{"far.xlsx": far, "wide.xlsx": wide, "many.ods": many, "long.csv": []byte(strings.Repeat(";", 2000) + "x\n")} {
		if _, err := spreadsheet.Read(name, data); err == nil || !strings.Contains(err.Error(), "table_too_large") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// consume looks at all that a reader of a book looks at.
func consume(b *spreadsheet.Book) {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		for c := range 4 {
			g := spreadsheet.Guess(s, c, 0)
			for r := range min(len(s.Rows), 100) {
				g.Day(s.Cell(r, c))
				g.Number(s.Cell(r, c))
				_ = s.Cell(r, c).Shows()
				_ = s.Level(r)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("x.csv", []byte("a;b\n1;2\n"))
	f.Add("x.xlsx", workbook(f))
	for _, name := range []string{"table.xlsx", "table.xls", "table.ods", "table.html"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(name, data)
	}
	f.Fuzz(func(_ *testing.T, name string, data []byte) {
		if b, err := spreadsheet.Read(name, data); err == nil {
			consume(b)
		}
	})
}

func FuzzSheetXML(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c><f/><v>1</v></c></row></sheetData><mergeCell ref="A1:B2"/></worksheet>`))
	f.Add([]byte(`<worksheet><row><c t="inlineStr"><is><t>&#1;</t></is></c></row>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		if b, err := spreadsheet.Read("x.xlsx", oneSheet(t, string(sheet))); err == nil {
			consume(b)
		}
	})
}

func FuzzODS(f *testing.F) {
	f.Add([]byte(`<d><table name="a"><table-row-group><table-row><table-cell value-type="string"><p>a<s c="3"/></p></table-cell><table-cell number-columns-repeated="3" value-type="float" value="2"/></table-row></table-row-group></table></d>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		if b, err := spreadsheet.Read("x.ods", zipped(t, map[string]string{"content.xml": string(content)})); err == nil {
			consume(b)
		}
	})
}

func FuzzBIFF(f *testing.F) {
	f.Add(excel5(f), "Book")
	f.Fuzz(func(_ *testing.T, stream []byte, name string) {
		if len(name) > 20 {
			return
		}
		if b, err := spreadsheet.Read("x.xls", compoundFile(name, stream)); err == nil {
			consume(b)
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<table><tr><td rowspan=2 colspan=3>a<td>b<tr><table><td>c</table></table>`))
	f.Add([]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Row Index="2"><Cell Index="3"><Data Type="Number">1</Data></Cell></Row></Worksheet></Workbook>`))
	f.Fuzz(func(_ *testing.T, page []byte) {
		if b, err := spreadsheet.Read("x.xls", page); err == nil {
			consume(b)
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("a;\"b\"\"\"\n\"c;d\n"), "windows-1251", ";")
	f.Add([]byte("\xff\xfea\x00,\x00"), "", "")
	f.Fuzz(func(t *testing.T, data []byte, encoding, separator string) {
		o := spreadsheet.Options{Encoding: encoding}
		if len(separator) == 1 && strings.Contains(";,\t|", separator) {
			o.Separator = rune(separator[0])
		}
		if b, err := spreadsheet.ReadWith("x.csv", data, o); err == nil {
			consume(b)
		}
	})
}
