package sheet_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/printing/sheet"
)

func options() sheet.Options {
	return sheet.Options{Formatter: locale.New(locale.Ukrainian).In(time.UTC), Zone: time.UTC}
}

func sample() *table.Table {
	uah := func(n int64) model.Money { return model.Money{Minor: n, Currency: "UAH"} }
	return &table.Table{
		Kind: "deal", Title: "Угоди: лютий/березень",
		Parameters: []table.Parameter{{Name: "from", Label: "Від", Value: model.Date(2026, 2, 1)}},
		Columns: []table.Column{
			{Name: "code", Label: "Код", Type: model.Text},
			{Name: "client", Label: "Клієнт", Type: model.Link},
			{Name: "amount", Label: "Сума", Type: model.Amount},
			{Name: "base", Label: "Сума, грн", Type: model.Amount, Currency: "UAH"},
			{Name: "qty", Label: "К-сть", Type: model.Quantity},
			{Name: "share", Label: "Частка", Type: model.Percents},
			{Name: "closes", Label: "Закриття", Type: model.Days},
			{Name: "at", Label: "Змінено", Type: model.Moment},
			{Name: "kind", Label: "Стан", Type: model.Choice, Words: map[string]string{"won": "Виграна"}},
			{Name: "n", Label: "№", Type: model.Int},
		},
		Rows: table.Cells(
			[]any{"00123456", model.Ref{ID: 3, Code: "К-3", Name: "ТОВ «Лан; і син»"}, model.Money{Minor: 123450, Currency: "EUR"}, uah(512301), model.Qty(1500), model.Percent(1250), model.Date(2026, 11, 23), time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC), "won", int64(1234)},
			[]any{"=1+1", nil, nil, uah(-5), model.Qty(2000), model.Percent(2000), model.Day(0), time.Time{}, "lost", int64(-1)},
			[]any{"+380 44 123-45-67", model.Ref{}, model.Money{}, uah(0), nil, nil, nil, nil, nil, nil},
		),
		Count: 3,
		Total: []any{nil, nil, nil, uah(512296), nil, nil, nil, nil, nil, int64(1233)},
	}
}

func write(t testing.TB, format string, tab *table.Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.Write(context.Background(), &b, format, tab, options()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSV(t *testing.T) {
	want := "\ufeffКод;Клієнт;Сума;Сума, валюта;Сума, грн;К-сть;Частка;Закриття;Змінено;Стан;№\r\n" +
		"00123456;\"ТОВ «Лан; і син»\";1234,50;EUR;5123,01;1,5;12,5;2026-11-23;2026-11-23 14:05;Виграна;1234\r\n" +
		"'=1+1;;;;-0,05;2;20;;;lost;-1\r\n" +
		"+380 44 123-45-67;;0,00;;0,00;;;;;;\r\n" +
		"Разом;;;;5122,96;;;;;;1233\r\n"
	if got := string(write(t, "csv", sample())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCSVOfAnyTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abц ;,\"'=+-@\t\n|9"))).Draw(t, "text")
		tab := &table.Table{Columns: []table.Column{{Label: "x"}, {Label: "y"}}, Rows: table.Cells([]any{text, "end"})}
		var b bytes.Buffer
		if err := sheet.CSV(context.Background(), &b, tab, options()); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b.Bytes(), []byte("\ufeff"))))
		r.Comma = ';'
		rows, err := r.ReadAll()
		if err != nil || len(rows) != 2 || rows[1][1] != "end" {
			t.Fatalf("%q became %q: %v", text, b.String(), err)
		}
		got := rows[1][0]
		if strings.HasPrefix(got, "'") && !strings.HasPrefix(text, "'") {
			got = got[1:]
		} else if len(got) > 0 && strings.ContainsRune("=@\t", rune(got[0])) {
			t.Fatalf("%q would run as a formula", got)
		}
		if got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

func TestXLSX(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", sample())))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	name := book.GetSheetName(0)
	if name != "Угоди  лютий березень" {
		t.Errorf("sheet %q", name)
	}
	for cell, want := range map[string]string{
		"A1": "Код", "A2": "00123456", "B2": "ТОВ «Лан; і син»", "C2": "1234.5", "D2": "EUR", "E2": "5123.01", "F2": "1.5",
		"G2": "0.125", "H2": "46349", "I2": "46349.5868055555", "J2": "Виграна", "K2": "1234", "A3": "=1+1", "H3": "", "E3": "-0.05",
		"A4": "+380 44 123-45-67", "A5": "Разом", "E5": "5122.96", "K5": "1233",
	} {
		if got, err := book.GetCellValue(name, cell, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s = %q (%v), want %q", cell, got, err, want)
		}
	}
	if f, _ := book.GetCellFormula(name, "A3"); f != "" {
		t.Errorf("a text became the formula %q", f)
	}
	if shown, _ := book.GetCellValue(name, "E2"); shown != "5,123.01" {
		t.Errorf("an amount shows as %q", shown)
	}
	if kind, _ := book.GetCellType(name, "A2"); kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
		t.Errorf("a code is a cell of type %v", kind)
	}
}

func TestReportHasItsParametersAbove(t *testing.T) {
	tab := sample()
	tab.Kind, tab.Report = "", "funnel"
	book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", tab)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	name := book.GetSheetName(0)
	for cell, want := range map[string]string{"A1": tab.Title, "A2": "Від: 01.02.2026", "A4": "Код", "A5": "00123456"} {
		if got, _ := book.GetCellValue(name, cell); got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	data := write(t, "json", sample())
	var v struct {
		Kind       string
		Parameters map[string]any
		Columns    []map[string]string
		Rows       []map[string]any
		Total      map[string]any
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if v.Kind != "deal" || v.Parameters["from"] != "2026-02-01" || len(v.Columns) != 10 || v.Columns[2]["type"] != "amount" || len(v.Rows) != 3 {
		t.Errorf("%s", data)
	}
	r := v.Rows[0]
	if r["amount"] != 1234.5 || r["amount_currency"] != "EUR" || r["qty"] != 1.5 || r["share"] != 12.5 || r["closes"] != "2026-11-23" || r["at"] != "2026-11-23T14:05:00Z" || r["kind"] != "won" {
		t.Errorf("%v", r)
	}
	if c := r["client"].(map[string]any); c["id"] != 3.0 || c["code"] != "К-3" || c["name"] != "ТОВ «Лан; і син»" {
		t.Errorf("%v", c)
	}
	if v.Rows[1]["client"] != nil || v.Rows[1]["closes"] != nil {
		t.Errorf("%v", v.Rows[1])
	}
	if len(v.Total) != 2 || v.Total["base"] != 5122.96 {
		t.Errorf("%v", v.Total)
	}
	if !bytes.Contains(data, []byte(`"amount":1234.50`)) {
		t.Error("amounts have two decimals")
	}
}

func TestJSONOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		tab := &table.Table{Columns: []table.Column{{Name: "x"}}, Rows: table.Cells([]any{text})}
		var b bytes.Buffer
		if err := sheet.JSON(context.Background(), &b, tab, options()); err != nil {
			t.Fatal(err)
		}
		var v struct{ Rows []map[string]string }
		if err := json.Unmarshal(b.Bytes(), &v); err != nil || v.Rows[0]["x"] != strings.ToValidUTF8(text, "\ufffd") {
			t.Fatalf("%q: %v in %s", text, err, b.Bytes())
		}
	})
}

func TestHTML(t *testing.T) {
	tab := sample()
	tab.Rows = table.Slice(table.Row{Cells: []any{"<script>alert(1)</script>", nil, nil, nil, nil, nil, nil, nil, nil, nil}, Strong: true, Level: 2})
	got := string(write(t, "html", tab))
	if strings.Contains(got, "<script") || !strings.Contains(got, "&lt;script&gt;") || !strings.Contains(got, "padding-left:45px") || !strings.Contains(got, "Разом") {
		t.Error(got)
	}
}

func TestPDF(t *testing.T) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed: the text of the PDF is not checked")
	}
	tab := long(400)
	tab.Total = []any{nil, nil, model.Money{Minor: 7, Currency: "UAH"}, nil, nil, nil, nil, nil, nil, nil}
	data := write(t, "pdf", tab)
	if !bytes.Equal(data, write(t, "pdf", tab)) {
		t.Error("two PDF of one table differ")
	}
	cmd := exec.Command(pdftotext, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		if !strings.Contains(p, "Клієнт") || !strings.Contains(strings.ReplaceAll(p, " ", ""), fmt.Sprintf("%d/%d\n", i+1, len(pages))) {
			t.Errorf("page %d lacks its heading or number", i+1)
		}
	}
	last := pages[len(pages)-1]
	if !strings.Contains(last, "Разом") || !strings.Contains(last, "Д-000399") {
		t.Errorf("the totals row stands without the last row:\n%s", last)
	}
}

func TestCancelAndProgress(t *testing.T) {
	stop := errors.New("enough")
	for _, format := range sheet.Formats {
		ctx, cancel := context.WithCancelCause(context.Background())
		o := options()
		var heard int64
		o.Progress = func(done, total int64) {
			if heard = done; done >= 1000 {
				cancel(stop)
			}
			if total != 50_000 {
				t.Errorf("%d of %d", done, total)
			}
		}
		if err := sheet.Write(ctx, io.Discard, format, long(50_000), o); !errors.Is(err, stop) || heard != 1000 {
			t.Errorf("%s: %v after %d rows", format, err, heard)
		}
	}
}

func TestErrors(t *testing.T) {
	var unknown *sheet.UnknownFormat
	if err := sheet.Write(context.Background(), io.Discard, "doc", sample(), options()); !errors.As(err, &unknown) {
		t.Error(err)
	}
	short := &table.Table{Columns: make([]table.Column, 2), Rows: table.Cells([]any{"one"})}
	for _, format := range sheet.Formats {
		if err := sheet.Write(context.Background(), io.Discard, format, short, options()); err == nil {
			t.Errorf("%s took a row without its cells", format)
		}
		empty := &table.Table{Rows: table.Cells()}
		if err := sheet.Write(context.Background(), io.Discard, format, empty, options()); err != nil {
			t.Errorf("%s of nothing: %v", format, err)
		}
	}
}

// long is a list of n deals, streamed.
func long(n int) *table.Table {
	tab := sample()
	tab.Count, tab.Total = int64(n), nil
	tab.Rows = func(ctx context.Context, yield func(table.Row) error) error {
		cells := make([]any, 10)
		at := time.Date(2026, 11, 23, 14, 5, 0, 0, time.UTC)
		for i := range n {
			cells[0] = fmt.Sprintf("Д-%06d", i)
			cells[1] = model.Ref{ID: int64(i + 1), Name: "ТОВ «Подільський млин»"}
			cells[2] = model.Money{Minor: int64(i) * 1234, Currency: "EUR"}
			cells[3] = model.Money{Minor: int64(i) * 51234, Currency: "UAH"}
			cells[4], cells[5], cells[6], cells[7], cells[8], cells[9] = model.Qty(i*100), model.Percent(i%10000), model.Day(20000+i%400), at, "won", int64(i)
			if err := yield(table.Row{ID: int64(i), Cells: cells}); err != nil {
				return err
			}
		}
		return nil
	}
	return tab
}

func benchmark(b *testing.B, format string, n int) {
	o := options()
	for b.Loop() {
		if err := sheet.Write(context.Background(), io.Discard, format, long(n), o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCSV50000(b *testing.B)  { benchmark(b, "csv", 50_000) }
func BenchmarkXLSX50000(b *testing.B) { benchmark(b, "xlsx", 50_000) }
func BenchmarkJSON50000(b *testing.B) { benchmark(b, "json", 50_000) }
func BenchmarkHTML50000(b *testing.B) { benchmark(b, "html", 50_000) }
func BenchmarkPDF1000(b *testing.B)   { benchmark(b, "pdf", 1000) }
