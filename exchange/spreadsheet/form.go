package spreadsheet

import (
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ugoda/model"
)

// Form is an empty table for people to fill in: its headings with what each
// column takes, example rows, and the same in words on a second sheet.
type Form struct {
	Name    string // of the sheet
	Columns []FormColumn
	Rows    [][]any   // string, model.Day, int64, Decimal, or nil
	Notes   string    // name of the second sheet
	Words   [4]string // its headings: column, required, what it takes, example
}

// FormColumn is one column of a form.
type FormColumn struct {
	Label    string
	Required bool
	Takes    string   // what may stand there, in words
	Example  string   // one value, as text
	Choices  []string // the only values, when there are few
}

// Decimal is a number in a cell of a form, with a point.
type Decimal string

// Write writes the form as XLSX.
func (f *Form) Write(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := f.fill(book); err != nil {
		return fmt.Errorf("make a sample file: %w", err)
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write a sample file: %w", err)
	}
	return nil
}

func (f *Form) fill(book *excelize.File) error {
	if err := book.SetSheetName("Sheet1", f.Name); err != nil {
		return err
	}
	styles, err := formStyles(book)
	if err != nil {
		return err
	}
	for i, c := range f.Columns {
		if err := f.column(book, i, &c, styles); err != nil {
			return err
		}
	}
	for r, row := range f.Rows {
		for i, v := range row {
			ref, err := excelize.CoordinatesToCellName(i+1, r+2)
			if err != nil {
				return err
			}
			if err := styles.put(book, f.Name, ref, v); err != nil {
				return err
			}
		}
	}
	if err := book.SetPanes(f.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return f.notes(book, styles)
}

// column writes a heading with its note and, where few values are allowed, a
// list to choose from.
func (f *Form) column(book *excelize.File, i int, c *FormColumn, s *formStyle) error {
	name, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return err
	}
	if err := book.SetCellStr(f.Name, name+"1", c.Label); err != nil {
		return err
	}
	style := s.head
	if c.Required {
		style = s.required
	}
	if err := book.SetCellStyle(f.Name, name+"1", name+"1", style); err != nil {
		return err
	}
	width := max(utf8.RuneCountInString(c.Label), min(utf8.RuneCountInString(c.Example), 30), 8) + 3
	if err := book.SetColWidth(f.Name, name, name, float64(width)); err != nil {
		return err
	}
	if err := book.AddComment(f.Name, excelize.Comment{Cell: name + "1", Text: c.Takes, Width: 260, Height: 90}); err != nil {
		return err
	}
	length := 0
	for _, v := range c.Choices {
		length += utf8.RuneCountInString(v) + 1
	}
	if len(c.Choices) == 0 || length > 250 { // as much as the format holds
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = name + "2:" + name + "10000"
	if err := v.SetDropList(c.Choices); err != nil {
		return err
	}
	v.ShowErrorMessage = false
	return book.AddDataValidation(f.Name, v)
}

// notes writes what each column takes on a sheet of its own.
func (f *Form) notes(book *excelize.File, s *formStyle) error {
	if _, err := book.NewSheet(f.Notes); err != nil {
		return err
	}
	for i, w := range f.Words {
		ref := string(rune('A'+i)) + "1"
		if err := book.SetCellStr(f.Notes, ref, w); err != nil {
			return err
		}
		if err := book.SetCellStyle(f.Notes, ref, ref, s.head); err != nil {
			return err
		}
	}
	for i, c := range f.Columns {
		row := fmt.Sprint(i + 2)
		required := ""
		if c.Required {
			required = "✓"
		}
		for column, text := range map[string]string{"A": c.Label, "B": required, "C": c.Takes, "D": c.Example} {
			if err := book.SetCellStr(f.Notes, column+row, text); err != nil {
				return err
			}
		}
		if err := book.SetCellStyle(f.Notes, "A"+row, "D"+row, s.wrapped); err != nil {
			return err
		}
	}
	for column, width := range map[string]float64{"A": 28, "B": 14, "C": 70, "D": 34} {
		if err := book.SetColWidth(f.Notes, column, column, width); err != nil {
			return err
		}
	}
	return nil
}

type formStyle struct{ head, required, wrapped, day, money, text int }

func formStyles(book *excelize.File) (*formStyle, error) {
	s := &formStyle{}
	border := []excelize.Border{{Type: "bottom", Style: 2, Color: "7B8794"}}
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF2F6"}}
	strong := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFE8A3"}}
	money := "#,##0.00"
	for _, x := range []struct {
		into  *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill, Border: border}},
		{&s.required, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: strong, Border: border}},
		{&s.wrapped, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&s.day, excelize.Style{NumFmt: 14}},
		{&s.money, excelize.Style{CustomNumFmt: &money}},
		{&s.text, excelize.Style{NumFmt: 49}},
	} {
		id, err := book.NewStyle(&x.style)
		if err != nil {
			return nil, err
		}
		*x.into = id
	}
	return s, nil
}

// put writes a value of an example row: codes and phones as text, so that they
// keep their noughts.
func (s *formStyle) put(book *excelize.File, sheet, ref string, v any) error {
	style := 0
	var err error
	switch v := v.(type) {
	case nil:
		return nil
	case model.Day:
		style = s.day
		err = book.SetCellValue(sheet, ref, int64(v-excelEpoch))
	case int64:
		err = book.SetCellInt(sheet, ref, v)
	case Decimal:
		style = s.money
		err = book.SetCellDefault(sheet, ref, string(v))
	case string:
		style = s.text
		err = book.SetCellStr(sheet, ref, v)
	default:
		return fmt.Errorf("a cell of %T", v)
	}
	if err != nil || style == 0 {
		return err
	}
	return book.SetCellStyle(sheet, ref, ref, style)
}
