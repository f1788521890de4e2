package spreadsheet_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
)

// workbook is a table with all that files bring: headings of two lines, some
// merged, empty rows, groups, numbers in formats of their own, formulas. The
// files in testdata are what LibreOffice made of it.
func workbook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	const s = "Sheet1"
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	style := func(st *excelize.Style) int {
		id, err := f.NewStyle(st)
		must(err)
		return id
	}
	format := func(code string) int { return style(&excelize.Style{CustomNumFmt: &code}) }
	set := func(ref string, v any, st int) {
		must(f.SetCellValue(s, ref, v))
		if st > 0 {
			must(f.SetCellStyle(s, ref, ref, st))
		}
	}
	for ref, v := range map[string]any{"A2": "Назва", "B2": "Код", "C2": "Ціна", "E2": "Дата", "F2": "Ціна, %", "C3": "Закупівля", "D3": "Продаж"} {
		set(ref, v, 0)
	}
	must(f.MergeCell(s, "C2", "D2"))
	must(f.MergeCell(s, "A2", "A3"))
	set("A4", "Опалення", 0)
	set("A5", "Котли", style(&excelize.Style{Alignment: &excelize.Alignment{Indent: 2}}))
	set("A6", "Котел «Їжак»", 0)
	set("B6", 32129, format("00000000"))
	set("C6", 1100.04, format(`#,##0.00\ [$₴-422]`))
	must(f.SetCellFormula(s, "D6", "C6*2"))
	set("E6", 42663, style(&excelize.Style{NumFmt: 14}))
	set("F6", 0.2, style(&excelize.Style{NumFmt: 9}))
	set("G6", true, 0)
	set("A7", "Насос\nдва рядки", 0)
	set("B7", "00032129", 0)
	set("C7", -5, 0)
	must(f.SetCellFormula(s, "D7", `"слово "&A4`))
	set("E7", 42663.75, style(&excelize.Style{NumFmt: 22}))
	set("A8", 42663, format(`dd\.mm\.yyyy;@`))
	must(f.SetCellFormula(s, "B8", "1/0"))
	set("C8", 0.5, style(&excelize.Style{NumFmt: 20}))
	must(f.SetRowOutlineLevel(s, 6, 1))
	must(f.SetRowOutlineLevel(s, 7, 1))
	_, err := f.NewSheet("Другий")
	must(err)
	must(f.SetCellValue("Другий", "B2", "тут"))
	_, err = f.NewSheet("Схований")
	must(err)
	must(f.SetCellValue("Схований", "A1", "ні"))
	must(f.SetSheetVisible("Схований", false))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func read(t testing.TB, name string, data []byte) *spreadsheet.Book {
	t.Helper()
	b, err := spreadsheet.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The same table reads the same from every format.
func TestFormats(t *testing.T) {
	files := map[string][]byte{"made.xlsx": workbook(t)}
	for _, name := range []string{"table.xlsx", "table.ods", "table.xls"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	day := model.Date(2016, 10, 20)
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			b := read(t, name, data)
			if "."+b.Format != filepath.Ext(name) || len(b.Sheets) != 2 || b.Sheets[1].Name != "Другий" || b.Sheets[1].Cell(1, 1).Text != "тут" {
				t.Fatalf("format %s, sheets %+v", b.Format, b.Sheets)
			}
			s := &b.Sheets[0]
			if len(s.Rows) != 8 || len(s.Rows[0]) != 0 {
				t.Fatalf("%d rows, the first of %d cells", len(s.Rows), len(s.Rows[0]))
			}
			for _, want := range []struct {
				row, column int
				kind        spreadsheet.CellKind
				text, shown string
			}{
				{1, 0, spreadsheet.Text, "Назва", "Назва"},
				{2, 3, spreadsheet.Text, "Продаж", "Продаж"},
				{5, 0, spreadsheet.Text, "Котел «Їжак»", "Котел «Їжак»"},
				{5, 1, spreadsheet.Number, "32129", "00032129"},
				{5, 2, spreadsheet.Number, "1100.04", "1100.04 UAH"},
				{5, 4, spreadsheet.Date, "2016-10-20", "2016-10-20"},
				{5, 5, spreadsheet.Number, "0.2", "20%"},
				{5, 6, spreadsheet.Bool, "true", "true"},
				{6, 0, spreadsheet.Text, "Насос\nдва рядки", "Насос\nдва рядки"},
				{6, 1, spreadsheet.Text, "00032129", "00032129"},
				{6, 2, spreadsheet.Number, "-5", "-5"},
				{6, 4, spreadsheet.Date, "2016-10-20 18:00", "2016-10-20 18:00"},
				{7, 0, spreadsheet.Date, "2016-10-20", "2016-10-20"},
				{7, 2, spreadsheet.Text, "12:00", "12:00"},
			} {
				if want.kind == spreadsheet.Bool && name == "table.ods" {
					continue // LibreOffice writes it as a number there
				}
				c := s.Cell(want.row, want.column)
				if c.Kind != want.kind || c.Text != want.text || c.Shows() != want.shown {
					t.Errorf("row %d, column %d: %+v, not %+v", want.row+1, want.column+1, c, want)
				}
			}
			if c := s.Cell(7, 1); c.Kind != spreadsheet.Fault {
				t.Errorf("a division by nought is %+v", c)
			}
			if s.Cell(5, 4).Day != day {
				t.Errorf("the day is %v", s.Cell(5, 4).Day)
			}
			if name == "made.xlsx" { // nobody counted its formulas
				if c := s.Cell(5, 3); c.Kind != spreadsheet.Fault {
					t.Errorf("a formula without a value is %+v", c)
				}
			} else {
				if c := s.Cell(5, 3); c.Kind != spreadsheet.Number || c.Text != "2200.08" {
					t.Errorf("the value of a formula is %+v", c)
				}
				if c := s.Cell(6, 3); c.Text != "слово Опалення" {
					t.Errorf("the text of a formula is %+v", c)
				}
			}
			merged := map[spreadsheet.Merge]bool{}
			for _, m := range s.Merges {
				merged[m] = true
			}
			if !merged[spreadsheet.Merge{Row: 1, Column: 2, Rows: 1, Columns: 2}] || !merged[spreadsheet.Merge{Row: 1, Column: 0, Rows: 2, Columns: 1}] {
				t.Errorf("merged cells: %+v", s.Merges)
			}
			if s.Level(3) != 0 || s.Level(5) == 0 || s.Level(6) == 0 || name != "table.ods" && s.Level(4) == 0 {
				t.Errorf("levels %v", s.Levels)
			}
		})
	}
}

// What other programs call XLS: a web page, and the XML of Excel 2003.
func TestMarkup(t *testing.T) {
	saved, err := os.ReadFile(filepath.Join("testdata", "table.html"))
	if err != nil {
		t.Fatal(err)
	}
	b := read(t, "table.xls", saved)
	if b.Format != "html" || b.Sheets[0].Cell(4, 0).Text != "Котел «Їжак»" || b.Sheets[0].Cell(4, 1).Text != "00032129" {
		t.Errorf("%s %+v", b.Format, b.Sheets[0].Rows)
	}
	page := `<html><head><meta charset="windows-1251"><style>td {a:b}</style></head><body><table><tr><td><table>
		<tr><th rowspan=2>Назва<th colspan=2>Ціна<tr><td>Опт&nbsp;1<td>Роздріб</tr>
		<tr><td>Котел<br>газовий &amp; <b>новий</b></td><td>1&#160;200,50</td><td>7</td></table></td></tr></table>`
	cp1251, err := charmap.Windows1251.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	b = read(t, "x.xls", []byte(cp1251))
	if rows := b.Sheets[0].Rows; len(b.Sheets) != 1 || len(rows) != 3 || rows[1][1].Text != "Опт 1" || rows[2][0].Text != "Котел\nгазовий & новий" || rows[2][1].Text != "1 200,50" {
		t.Errorf("%+v", b.Sheets)
	}
	b = read(t, "x.xls", []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
		<Worksheet ss:Name="Лист"><Table><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">А &amp; Б</Data></Cell><Cell><Data ss:Type="Number">1.50</Data></Cell></Row>
		<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="DateTime">2016-10-20T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>`))
	if s := &b.Sheets[0]; s.Name != "Лист" || s.Cell(0, 0).Text != "А & Б" || s.Cell(0, 2).Text != "1.5" || s.Cell(2, 1).Day != model.Date(2016, 10, 20) {
		t.Errorf("%+v", b.Sheets)
	}
}

func TestCSVInAnyEncodingAndSeparator(t *testing.T) {
	text := "Назва;Місто;Сума\r\n\"ТОВ Їжак; \"\"Київ\"\"\";Галаган;48 200,50\r\n\r\nПП Єва;Львів;7\r\n"
	encoded := func(e interface {
		String(string) (string, error)
	}, s string,
	) []byte {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	for name, data := range map[string][]byte{
		"utf-8":         []byte(text),
		"utf-8 bom":     append([]byte("\xef\xbb\xbf"), text...),
		"windows-1251":  encoded(charmap.Windows1251.NewEncoder(), text),
		"cp866":         encoded(charmap.CodePage866.NewEncoder(), strings.NewReplacer("і", "i", "І", "I").Replace(text)),
		"koi8-u":        encoded(charmap.KOI8U.NewEncoder(), text),
		"mac-cyrillic":  encoded(charmap.MacintoshCyrillic.NewEncoder(), text),
		"utf-16le":      encoded(little.NewEncoder(), text),
		"utf-16le bom":  append([]byte("\xff\xfe"), encoded(little.NewEncoder(), text)...),
		"utf-16be":      encoded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), text),
		"utf-8 tabs":    []byte(strings.ReplaceAll(text, ";", "\t")),
		"utf-8 bars":    []byte(strings.ReplaceAll(text, ";", "|")),
		"utf-8 old mac": []byte(strings.ReplaceAll(text, "\r\n", "\r")),
		"utf-8 sep":     []byte("sep=;\r\n" + text),
	} {
		t.Run(name, func(t *testing.T) {
			b := read(t, "x.csv", data)
			if want, _, _ := strings.Cut(name, " "); b.Encoding != want {
				t.Errorf("the encoding is %s", b.Encoding)
			}
			rows := b.Sheets[0].Rows
			if len(rows) != 4 || len(rows[0]) != 3 || rows[0][0].Text != "Назва" || rows[3][2].Text != "7" || rows[1][2].Text != "48 200,50" ||
				!strings.HasSuffix(rows[1][0].Text, `"Київ"`) && name != "cp866" || len(rows[2]) != 0 {
				t.Errorf("%+v", rows)
			}
		})
	}
}

// A person may say another encoding or separator than the one that was found.
func TestSaidEncodingAndSeparator(t *testing.T) {
	data, err := charmap.KOI8U.NewEncoder().String("а,б;в\nг,д;е\n")
	if err != nil {
		t.Fatal(err)
	}
	b, err := spreadsheet.ReadWith("x.csv", []byte(data), spreadsheet.Options{Encoding: "koi8-u", Separator: ','})
	if err != nil || b.Separator != ',' || b.Sheets[0].Cell(0, 1).Text != "б;в" {
		t.Errorf("%+v %v", b, err)
	}
	if _, err := spreadsheet.ReadWith("x.csv", []byte(data), spreadsheet.Options{Encoding: "klingon"}); err == nil {
		t.Error("an unknown encoding was taken")
	}
}

// Quotes stand where they do not belong, and lines are of any length.
func TestUntidyCSV(t *testing.T) {
	b := read(t, "x.csv", []byte("name;note\nТОВ \"Дім\";5\" труба\n\"незакрита;2\n\"a\nb\";3\n=\"00032129\";'=A1\n"))
	want := [][]string{{"name", "note"}, {`ТОВ "Дім"`, `5" труба`}, {`"незакрита`, "2"}, {"a\nb", "3"}, {"00032129", "=A1"}}
	rows := b.Sheets[0].Rows
	if len(rows) != len(want) {
		t.Fatalf("%+v", rows)
	}
	for i := range want {
		for j := range want[i] {
			if rows[i][j].Text != want[i][j] {
				t.Errorf("row %d: %q, not %q", i+1, rows[i][j].Text, want[i][j])
			}
		}
	}
}

// Why a file cannot be read is told by its key.
func TestUnreadable(t *testing.T) {
	whole := workbook(t)
	ods, err := os.ReadFile(filepath.Join("testdata", "table.ods"))
	if err != nil {
		t.Fatal(err)
	}
	xls, err := os.ReadFile(filepath.Join("testdata", "table.xls"))
	if err != nil {
		t.Fatal(err)
	}
	locked := excelize.NewFile()
	var secret bytes.Buffer
	if err := locked.Write(&secret, excelize.Options{Password: "1"}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		why  string
	}{
		"empty.csv":   {nil, "file_empty"},
		"blank.csv":   {[]byte(" \r\n\xef\xbb\xbf\n"), "file_empty"},
		"none.csv":    {[]byte(";;;\n;;\n"), "file_empty"},
		"cut.xlsx":    {whole[:len(whole)/2], "file_broken"},
		"cut.ods":     {ods[:len(ods)/2], "file_broken"},
		"cut.xls":     {xls[:len(xls)/2], "file_broken"},
		"text.xlsx":   {[]byte("a;b\n"), "file_broken"},
		"locked.xlsx": {secret.Bytes(), "file_protected"},
		"scan.pdf":    {[]byte("%PDF-1.7\n"), "file_unknown"},
		"photo.csv":   {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "file_unknown"},
		"program.csv": {[]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00"), "file_unknown"},
		"page.html":   {[]byte("<html><body>no table</body></html>"), "file_unknown"},
	} {
		_, err := spreadsheet.Read(name, c.data)
		var u *spreadsheet.Unreadable
		if !errors.As(err, &u) || u.Why != c.why || u.Name != name {
			t.Errorf("%s: %v, not %s", name, err, c.why)
		}
	}
}
