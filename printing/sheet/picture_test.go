package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/printing/sheet"
	"ugoda/reports"
	"ugoda/reports/chart"
)

// drawn is a report of so many rows, with its picture.
func drawn(rows int) (*table.Table, sheet.Options) {
	words := locale.New(locale.Ukrainian)
	f := &reports.Funnel{Settings: reports.FunnelSettings{Mode: reports.Now}, Currency: "UAH", Cycle: -1}
	for i, name := range []string{"Інтерес & потреба", "Пропозиція <2>", "Договір"} {
		f.Rows = append(f.Rows, reports.FunnelRow{Name: name, Kind: "open", Count: int64(30 - 9*i), Amount: 100_00, Late: int64(i), Days: 2, ToNext: -1, FromTop: -1})
		f.Open.Count += int64(30 - 9*i)
	}
	t := &table.Table{Report: "funnel", Title: "Воронка", Columns: []table.Column{
		{Name: "stage", Label: "Етап", Type: model.Text}, {Name: "count", Label: "Угод", Type: model.Int}, {Name: "kind", Label: "Стан", Type: model.Text, Detail: true},
	}}
	var cells [][]any
	for i := range rows {
		cells = append(cells, []any{fmt.Sprint("Етап ", i), int64(i), "подробиця"})
	}
	t.Rows, t.Count = table.Cells(cells...), int64(rows)
	return t, sheet.Options{Formatter: words, Draw: func(format chart.Format, w, h int, scale float64) (*chart.Picture, error) {
		return chart.Draw(f, words, format, w, h, scale, chart.Light)
	}}
}

// A report of the usual length stands on one page with its picture; a long one
// goes on over more.
func TestReportOnOnePage(t *testing.T) {
	for rows, pages := range map[int]int{3: 1, 10: 1, 45: 1, 200: 3} {
		x, o := drawn(rows)
		var b bytes.Buffer
		if err := sheet.Write(context.Background(), &b, "pdf", x, o); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(b.String(), "/Type /Page\n"); got > pages || pages == 1 && got != 1 {
			t.Errorf("%d rows take %d pages", rows, got)
		}
	}
}

// The picture stands in the page for a browser, names escaped, and in a workbook.
func TestPictureInOtherFormats(t *testing.T) {
	x, o := drawn(3)
	var page, book bytes.Buffer
	if err := sheet.Write(context.Background(), &page, "html", x, o); err != nil {
		t.Fatal(err)
	}
	if s := page.String(); !strings.Contains(s, "<svg") || !strings.Contains(s, "Інтерес &amp; потреба") || strings.Contains(s, "Пропозиція <2>") || !strings.Contains(s, "подробиця") {
		t.Error("the page lacks the picture, or has names as they are")
	}
	if err := sheet.Write(context.Background(), &book, "xlsx", x, o); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(book.String(), "xl/media/image1.png") {
		t.Error("the workbook lacks the picture")
	}
}

// A picture that needs a height has it, the table gives way, and the page stands
// upright where that is asked.
func TestPictureThatNeedsItsHeight(t *testing.T) {
	x, o := drawn(14)
	draw, high := o.Draw, 0
	o.Least, o.Upright = 330, true
	o.Draw = func(format chart.Format, w, h int, scale float64) (*chart.Picture, error) {
		high = h
		return draw(format, w, h, scale)
	}
	var b bytes.Buffer
	if err := sheet.Write(context.Background(), &b, "pdf", x, o); err != nil {
		t.Fatal(err)
	}
	if points := high / 4; points < 330 || strings.Count(b.String(), "/Type /Page\n") != 1 {
		t.Errorf("the picture is %d points high, on %d pages", points, strings.Count(b.String(), "/Type /Page\n"))
	}
}
