package document

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"ugoda/model/proposal"
)

// allSorts gives the variant in front a line of every sort.
func allSorts(p *page, pump proposal.Line) {
	p.Edit(func() {
		p.variant().Lines = []proposal.Line{
			{Heading: true, Text: "Обладнання"},
			pump,
			{Text: "Монтаж", Unit: "посл", Quantity: 2000, Price: 500_00, VAT: "7", DiscountSum: 100_00, DiscountFixed: true},
			{Note: true, Text: "Ціни дійсні тиждень"},
			{Text: "Пусконалагодження", Unit: "посл", Quantity: 1000, Price: 900_00, VAT: "20", Optional: true},
		}
	})
	p.grid.Reload()
}

// Lines copied in another window of the program, or come back from a
// spreadsheet, are what they were: headings, notes, options and agreed
// discounts; a section that is folded away is copied whole.
func TestPasteFromAnotherWindow(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	pump := p.variant().Lines[0]
	pump.Discount = 750
	allSorts(p, pump)
	p.sheet.Fold(0, true)
	p.grid.Reload()
	clip := test.NewClipboard()
	p.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	p.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	table := clip.Content()
	for _, want := range []string{"Ціни дійсні тиждень", "\tОпція\n", "\tРядок-примітка\n", "\tЗаголовок\n", "\t100,00\u00a0грн\t"} {
		if !strings.Contains(table, want) {
			t.Errorf("the clipboard lacks %q:\n%s", want, table)
		}
	}
	if strings.Contains(table, "(") {
		t.Errorf("a spreadsheet takes an option for a minus:\n%s", table)
	}
	for name, rewrite := range map[string]func(string) string{
		"another window":     func(s string) string { return s },
		"one in English":     strings.NewReplacer("Опція", "Option", "Рядок-примітка", "Note row", "Заголовок", "Heading", "текст", "text").Replace,
		"from a spreadsheet": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
	} {
		copied.rows, copied.lines = nil, nil // what another process does not know
		p.Rearrange(func() int { return p.doc.AddVariant(-1, name) })
		p.Anew()
		p.Cell(0, colProduct)
		clip.SetContent(rewrite(table))
		p.grid.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	}
	k := d.KeptProposal(s)
	for _, v := range k.Variants[1:] {
		a, b := k.Variants[0].Lines, v.Lines
		if len(a) != 5 || len(b) != 5 {
			t.Fatalf("%s: %d and %d lines", v.Name, len(a), len(b))
		}
		for i := range a {
			a[i].ID, b[i].ID = 0, 0
			if diff := cmp.Diff(a[i], b[i]); diff != "" {
				t.Errorf("%s: line %d, pasted:\n%s", v.Name, i, diff)
			}
		}
	}
}

// Where the other window shows other columns, the words of the last one still
// say what sort each line is.
func TestPasteSortsAmongOtherColumns(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	copied.rows, copied.lines = nil, nil
	p.Cell(1, colProduct)
	paste(p, "Назва\tК-сть\tЦіна\t\nОбладнання\t\t\tЗаголовок\nНасос Wilo\t2\t900,00\t\nСлова самі\t\t\tРядок-примітка\nМонтаж\t1\t500,00\tОпція\nБез ціни\t\t\t\n")
	k := d.KeptProposal(s)
	var got []string
	for _, l := range k.Variants[0].Lines[1:] {
		got = append(got, string(sortOf(&l))+" "+l.Text)
	}
	if want := "heading Обладнання| Насос Wilo|note Слова самі|optional Монтаж| Без ціни"; strings.Join(got, "|") != want {
		t.Errorf("pasted %v, not %v", got, want)
	}
}
