package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ugoda/model"
	"ugoda/model/table"
)

// A spreadsheet prints as wide as its page, with the heading on each; a long
// text of a report takes several lines, for which its row has room.
func TestSpreadsheetPrints(t *testing.T) {
	tab := &table.Table{
		Report: "versions", Title: "Порівняння", Parameters: []table.Parameter{{Name: "old", Label: "Було", Value: "1"}},
		Columns: []table.Column{{Name: "item", Label: "Позиція", Type: model.Text, Width: 40}, {Name: "count", Label: "Кількість", Type: model.Int}},
	}
	for range 10 {
		tab.Columns = append(tab.Columns, table.Column{Name: "sum", Label: "Разом", Type: model.Amount, Currency: "UAH"})
	}
	row := func(text string) []any { return append([]any{text, int64(2)}, make([]any, 10)...) }
	tab.Rows = table.Cells(row("Труба"), row(strings.Repeat("Труба поліпропіленова армована ", 4)))
	book, err := excelize.OpenReader(bytes.NewReader(write(t, "xlsx", tab)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	name := book.GetSheetName(0)
	props, err := book.GetSheetProps(name)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("it is not as wide as its page: %v", err)
	}
	page, err := book.GetPageLayout(name)
	if err != nil || page.Orientation == nil || *page.Orientation != "landscape" || page.FitToHeight == nil || *page.FitToHeight != 0 {
		t.Errorf("the page: %+v, %v", page, err)
	}
	titles := ""
	for _, n := range book.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles = n.RefersTo
		}
	}
	if !strings.HasSuffix(titles, "!$4:$4") {
		t.Errorf("each page begins with %q", titles)
	}
	short, err := book.GetRowHeight(name, 5)
	if err != nil {
		t.Fatal(err)
	}
	if high, err := book.GetRowHeight(name, 6); err != nil || high < 3*short {
		t.Errorf("a long text has %v points, a short one %v, %v", high, short, err)
	}
}
