package spreadsheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
)

func xlsx(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for ref, v := range map[string]any{"A1": "Код", "B1": "Сума", "C1": "Дата", "A2": "00032129", "B2": 1100.04, "A3": "ТОВ «Ґанок»", "B3": -5} {
		if err := f.SetCellValue("Sheet1", ref, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellValue("Sheet1", "C2", 42663); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", "C2", "C2", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func check(t *testing.T, b *spreadsheet.Book) {
	t.Helper()
	rows := b.Sheets[0].Rows
	if len(rows) != 3 || rows[0][0].Text != "Код" || rows[2][0].Text != "ТОВ «Ґанок»" {
		t.Fatalf("rows %+v", rows)
	}
	if c := rows[1][0]; c.Kind != spreadsheet.Text || c.Text != "00032129" {
		t.Errorf("the code is %+v", c)
	}
	if c := rows[1][1]; c.Kind != spreadsheet.Number || c.Text != "1100.04" {
		t.Errorf("the sum is %+v", c)
	}
	if c := rows[1][2]; c.Kind != spreadsheet.Date || c.Day != model.Date(2016, 10, 20) {
		t.Errorf("the day is %+v", c)
	}
}

func TestXLSX(t *testing.T) {
	b, err := spreadsheet.Read("x.xlsx", xlsx(t))
	if err != nil {
		t.Fatal(err)
	}
	check(t, b)
}

// The same table saved by another program as ODS and XLS reads the same.
func TestOtherFormats(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.xlsx"), xlsx(t), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"ods", "xls"} {
		cmd := exec.Command(soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", format, "--outdir", dir, filepath.Join(dir, "x.xlsx"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("LibreOffice cannot convert to %s here: %s", format, out)
		}
		data, err := os.ReadFile(filepath.Join(dir, "x."+format))
		if err != nil {
			t.Skipf("LibreOffice has no %s: %v", format, err)
		}
		b, err := spreadsheet.Read("x."+format, data)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if b.Format != format {
			t.Errorf("format is %s, not %s", b.Format, format)
		}
		check(t, b)
	}
}

func TestCSVInAnyEncodingAndSeparator(t *testing.T) {
	text := "Назва;Місто;Сума\n\"ТОВ «Їжак»; Київ\";Ґалаґан;48 200,50\nПП Єва;Львів;7\n"
	plain := []byte("Назва;Місто;Сума\n\"ТОВ Їжак; Київ\";Галаган;48 200,50\nПП Єва;Львів;7\n")
	cp1251, err := charmap.Windows1251.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	cp866, err := charmap.CodePage866.NewEncoder().Bytes(bytes.ReplaceAll(plain, []byte("Ї"), []byte("І")))
	if err != nil {
		cp866 = nil
	}
	koi8, err := charmap.KOI8U.NewEncoder().Bytes(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"utf-8": []byte(text), "bom": append([]byte("\xef\xbb\xbf"), text...), "cp1251": cp1251, "cp866": cp866, "koi8-u": koi8,
		"tabs": bytes.ReplaceAll([]byte(text), []byte(";"), []byte("\t")),
	} {
		if data == nil {
			continue
		}
		b, err := spreadsheet.Read("x.csv", data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows := b.Sheets[0].Rows
		if len(rows) != 3 || len(rows[0]) != 3 || rows[0][0].Text != "Назва" || rows[2][1].Text != "Львів" || rows[1][2].Text != "48 200,50" {
			t.Errorf("%s: %+v", name, rows)
		}
	}
}

func TestNumbersAndDays(t *testing.T) {
	number := func(c spreadsheet.Column, s string) string {
		d, ok := c.Number(spreadsheet.Cell{Kind: spreadsheet.Text, Text: s})
		if !ok {
			return "no"
		}
		return d.String()
	}
	for _, c := range []struct {
		comma bool
		in    string
		want  string
	}{
		{false, "1,234.50", "1234.5"}, {false, "1.234,50", "1234.5"}, {false, "48 200,50 грн", "48200.5"}, {false, "₴7", "7"},
		{false, "1,234", "1234"}, {true, "1,234", "1.234"}, {false, "-5", "-5"}, {false, "1'000", "1000"}, {false, "Карпати 5", "no"}, {false, "", "no"}, {false, "5%", "5"},
	} {
		if got := number(spreadsheet.Column{Comma: c.comma}, c.in); got != c.want {
			t.Errorf("%q (comma %v) is %s, not %s", c.in, c.comma, got, c.want)
		}
	}
	us := &spreadsheet.Sheet{Rows: [][]spreadsheet.Cell{{{Kind: spreadsheet.Text, Text: "3/1/2017"}}, {{Kind: spreadsheet.Text, Text: "10/20/2016"}}}}
	c := spreadsheet.Guess(us, 0, 0)
	if d, ok := c.Day(us.Rows[0][0]); !ok || d != model.Date(2017, 3, 1) {
		t.Errorf("an American day is %v", d)
	}
	ua := &spreadsheet.Sheet{Rows: [][]spreadsheet.Cell{{{Kind: spreadsheet.Text, Text: "01.03.17"}}}}
	if d, ok := spreadsheet.Guess(ua, 0, 0).Day(ua.Rows[0][0]); !ok || d != model.Date(2017, 3, 1) {
		t.Errorf("a Ukrainian day is %v", d)
	}
	if !spreadsheet.Guess(&spreadsheet.Sheet{Rows: us.Rows[:1]}, 0, 0).Ambiguous {
		t.Error("3/1/2017 alone is not ambiguous")
	}
	if _, ok := (spreadsheet.Column{}).Day(spreadsheet.Cell{Kind: spreadsheet.Text, Text: "31.02.2026"}); ok {
		t.Error("31 February is a day")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("x.csv", []byte("a;b\n1;2\n"))
	f.Add("x.xlsx", xlsx(f))
	f.Add("x.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Add("x.ods", []byte("PK\x03\x04content.xml"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b, err := spreadsheet.Read(name, data)
		if err != nil {
			return
		}
		for i := range b.Sheets {
			for c := range 3 {
				col := spreadsheet.Guess(&b.Sheets[i], c, 0)
				for _, row := range b.Sheets[i].Rows {
					if c < len(row) {
						col.Day(row[c])
						col.Number(row[c])
					}
				}
			}
		}
	})
}
