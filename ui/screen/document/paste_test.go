package document

import (
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"ugoda/model/proposal"
)

func wholeNumber(s string) (int64, bool) {
	s, _, _ = strings.Cut(strings.NewReplacer(" ", "", "\u00a0", "").Replace(s), ",")
	v, err := strconv.ParseInt(s, 10, 64)
	return v, err == nil
}

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		name string
		rows string // columns divided by |
		want columnsOf
	}{
		{"names alone", "Насос\nКотел", columnsOf{-1, 0, -1, -1, -1}},
		{"name, quantity", "Насос|3\nКотел|1", columnsOf{-1, 0, 1, -1, -1}},
		{"name, quantity, price", "Насос|3|1 000,50\nКотел|1|20 000", columnsOf{-1, 0, 1, -1, 2}},
		{"article, name, quantity, unit, price", "W-25|Насос Wilo циркуляційний|3|шт|1000\nB-7|Котел Bosch настінний|1|шт|20000", columnsOf{0, 1, 2, 3, 4}},
		{"numbered: name, unit, quantity, price", "1|Насос Wilo|шт|3|1000\n2|Котел Bosch|компл|1|20000\n3|Труба мідна|м|15|90", columnsOf{-1, 1, 3, 2, 4}},
		{"barcode, name, quantity", "4820001|Насос|3\n4820002|Котел|1", columnsOf{0, 1, 2, -1, -1}},
		{"a column left out between", "Насос||3|1000\nКотел||1|200", columnsOf{-1, 0, 2, -1, 3}},
		{"nothing", "", columnsOf{-1, -1, -1, -1, -1}},
	} {
		var rows [][]string
		for _, r := range strings.Split(c.rows, "\n") {
			rows = append(rows, strings.Split(r, "|"))
		}
		if got := guess(rows, wholeNumber); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func paste(p *page, text string) {
	clip := test.NewClipboard()
	clip.SetContent(text)
	p.grid.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
}

// Rows from a spreadsheet become lines whose products are found by article and
// by name; what is no product stands as text.
func TestPasteRows(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Cell(1, colProduct)
	paste(p, "Артикул\tНазва\tК-сть\tОд.\tЦіна\r\n\tОпалення\t\t\t\r\nB-7\tщось інше\t2\tшт\t19 500,00\r\n\tнасос wilo\t4\tшт\t\r\n\tМонтаж\t1\tпосл\t1 200\r\n")
	if p.sheet.Len() != 5 {
		t.Fatalf("%d lines", p.sheet.Len())
	}
	if said := d.Host.Said[len(d.Host.Said)-1]; said != "Вставлено 3 позиції, серед товарів знайдено 2" {
		t.Errorf("said %q", said)
	}
	k := d.KeptProposal(s)
	l := k.Variants[0].Lines
	if !l[1].Heading || l[1].Text != "Опалення" {
		t.Errorf("the heading: %+v", l[1])
	}
	if l[2].Product.ID != d.Boiler.ID || l[2].Text != "Котел Bosch" || l[2].Quantity != 2000 || l[2].Price != 19_500_00 {
		t.Errorf("by article: %+v", l[2])
	}
	if l[3].Product.ID != d.Pump.ID || l[3].Quantity != 4000 || l[3].Price != 1_000_00 || l[3].Cost != 600_00 {
		t.Errorf("by name, at the list price: %+v", l[3])
	}
	if !l[4].Product.IsZero() || l[4].Text != "Монтаж" || l[4].Unit != "посл" || l[4].Price != 1_200_00 {
		t.Errorf("free text: %+v", l[4])
	}
}

// In another column cells go over what is there, and what cannot be read is
// marked.
func TestPasteCells(t *testing.T) {
	d := newDesk(t)
	p, _ := d.fromDeal()
	p.Cell(0, colQuantity)
	paste(p, "5\nне число\n")
	if p.Shows(0, colQuantity) != "5" || p.sheet.Len() != 2 {
		t.Fatalf("%s, %d lines", p.Shows(0, colQuantity), p.sheet.Len())
	}
	if row, _, _, ok := p.grid.FirstProblem(); !ok || row != 1 {
		t.Error("what is no number is not marked")
	}
	p.undo()
	if p.sheet.Len() != 1 || p.Shows(0, colQuantity) != "3" {
		t.Errorf("taken back: %d lines, %s", p.sheet.Len(), p.Shows(0, colQuantity))
	}
}

func TestEmptyLinesAreNotSaved(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.grid.GoTo(0, 0)
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert})
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyInsert})
	if p.sheet.Len() != 3 {
		t.Fatalf("%d lines", p.sheet.Len())
	}
	if k := d.KeptProposal(s); len(k.Variants[0].Lines) != 1 || k.Status != proposal.Draft {
		t.Errorf("%d lines were saved", len(k.Variants[0].Lines))
	}
}

// Lines copied here come back as they were, discounts and headings with them.
func TestPasteOwnLines(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Edit(func() {
		v := p.variant()
		v.Lines[0].Discount = 750
		v.Lines = append([]proposal.Line{{Heading: true, Text: "Обладнання"}}, v.Lines...)
		v.Lines = append(v.Lines, proposal.Line{Text: "Монтаж", Unit: "посл", Quantity: 2000, Price: 500_00, VAT: "7"})
	})
	p.grid.Reload()
	clip := test.NewClipboard()
	p.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	p.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	p.Rearrange(func() int { return p.doc.AddVariant(-1, "Другий") })
	p.Anew()
	p.Cell(0, colProduct)
	p.grid.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	k := d.KeptProposal(s)
	a, b := k.Variants[0].Lines, k.Variants[1].Lines
	if len(a) != 3 || len(b) != 3 {
		t.Fatalf("%d and %d lines", len(a), len(b))
	}
	for i := range a {
		a[i].ID, b[i].ID = 0, 0
		if diff := cmp.Diff(a[i], b[i]); diff != "" {
			t.Errorf("line %d, copied:\n%s", i, diff)
		}
	}
}
