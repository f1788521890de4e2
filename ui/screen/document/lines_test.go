package document

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ugoda/model"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/trade"
	"ugoda/ui/input"
	"ugoda/ui/list"
)

// kit is a product made of two pumps and a boiler.
func (d *desk) kit() *product.Product {
	k := &product.Product{Name: "Станція", Article: "K-1", VAT: product.VAT20, Active: true, Price: model.Money{Minor: 21_500_00, Currency: "UAH"}, Parts: []product.Part{
		{Product: model.Ref{ID: d.Pump.ID}, Quantity: 2000}, {Product: model.Ref{ID: d.Boiler.ID}, Quantity: 1000},
	}}
	d.Save("product", k)
	return k
}

// sorted is a card with two sections, an option, a note and a kit.
func sorted(d *desk) *page {
	kit := d.kit()
	p, _ := d.fromDeal()
	p.Edit(func() {
		p.variant().Lines = []proposal.Line{
			{Text: "Виїзд", Quantity: 1000, Price: 100_00, VAT: "20"},
			{Heading: true, Text: "Обладнання"},
			{Product: model.Ref{ID: kit.ID, Name: kit.Name}, Quantity: 2000},
			{Text: "Шафа", Quantity: 1000, Price: 500_00, VAT: "20", Optional: true},
			{Heading: true, Text: "Роботи"},
			{Note: true, Text: "За два дні"},
			{Text: "Монтаж", Quantity: 1000, Price: 1_000_00, VAT: "20"},
		}
	})
	p.grid.Reload()
	p.fills.ask()
	return p
}

// rowsShown is what the grid shows, a row in a word; parts of kits after a dot.
func (p *page) rowsShown() string {
	var out []string
	for i, r := range p.sheet.rows() {
		text := p.Shows(i, colProduct)
		if r.part >= 0 {
			text = "." + text
		}
		out = append(out, p.sheet.Number(i)+text)
	}
	return strings.Join(out, " ")
}

func (p *page) shortcut(k fyne.KeyName, mod fyne.KeyModifier) {
	p.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: mod})
}

const ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift

// Sections and kits fold; what is folded goes and comes with its head.
func TestSectionsFoldAndMove(t *testing.T) {
	d := newDesk(t)
	p := sorted(d)
	want := "1Виїзд Обладнання 2Станція .Насос Wilo .Котел Bosch 3Шафа Роботи За два дні 4Монтаж"
	if got := p.rowsShown(); got != want {
		t.Fatalf("shown: %s", got)
	}
	if got := plain(p.Shows(3, colQuantity)) + " " + plain(p.Shows(1, colAmount)) + " " + plain(p.Shows(5, colAmount)); got != "4 43 000,00 (500,00)" {
		t.Errorf("pumps in two kits, the section, the option: %s", got)
	}
	p.Cell(2, colProduct)
	p.shortcut(fyne.KeyLeft, ctrlShift)
	p.Cell(1, colProduct)
	p.shortcut(fyne.KeyLeft, ctrlShift)
	if got := p.rowsShown(); got != "1Виїзд Обладнання Роботи За два дні 4Монтаж" {
		t.Fatalf("folded: %s", got)
	}
	p.shortcut(fyne.KeyDown, ctrlShift) // past the whole of the next section
	if got := p.rowsShown(); got != "1Виїзд Роботи За два дні 2Монтаж Обладнання" || p.grid.Row() != 4 {
		t.Errorf("moved to the end: %s, the cursor in %d", got, p.grid.Row())
	}
	p.shortcut(fyne.KeyRight, ctrlShift)
	if got := p.rowsShown(); got != "1Виїзд Роботи За два дні 2Монтаж Обладнання 3Станція 4Шафа" {
		t.Errorf("opened: %s", got)
	}
	p.shortcut(fyne.KeyLeft, ctrlShift)
	p.shortcut(fyne.KeyDelete, fyne.KeyModifierShortcutDefault)
	if n := len(p.variant().Lines); n != 4 {
		t.Errorf("%d lines are left", n)
	}
	p.undo()
	if n := len(p.variant().Lines); n != 7 {
		t.Errorf("%d lines are back", n)
	}
}

// Lines are carried by their numbers, over a kit with all its parts.
func TestLinesAreDragged(t *testing.T) {
	d := newDesk(t)
	p := sorted(d)
	p.grid.GoTo(0, 0)
	if at := p.sheet.Carry(0, 1, 4); at != 4 || p.rowsShown() != "Обладнання 1Станція .Насос Wilo .Котел Bosch 2Виїзд 3Шафа Роботи За два дні 4Монтаж" {
		t.Errorf("at %d: %s", at, p.rowsShown())
	}
	if at := p.sheet.Carry(4, 5, 0); at != 0 || p.variant().Lines[0].Text != "Виїзд" {
		t.Errorf("back at %d: %s", at, p.rowsShown())
	}
	if at := p.sheet.Carry(2, 3, 4); at != 2 || p.variant().Lines[2].Text != "Станція" {
		t.Errorf("into itself: %d, %s", at, p.rowsShown())
	}
}

// Pictures of products stand in the lines, where one asks for them.
func TestPictures(t *testing.T) {
	d := newDesk(t)
	d.Pump.Picture = []byte("\x89PNG\r\n")
	d.Save("product", d.Pump)
	p := sorted(d)
	p.look.Hidden = map[string]bool{colPicture: false}
	for row, want := range map[int]bool{0: false, 2: false, 3: true, 4: false} { // the pump in the kit
		for i, c := range p.sheet.Columns() {
			if got := p.sheet.Cell(row, i).Picture != nil; c.Key == colPicture && got != want {
				t.Errorf("row %d shows a picture: %v", row, got)
			}
		}
	}
}

// A heading and a note are words: no product is sought for them.
func TestWordsAreNoProducts(t *testing.T) {
	d := newDesk(t)
	p, _ := d.fromDeal()
	for i, add := range []func(){p.addHeading, p.addNote} {
		p.Cell(0, colProduct)
		add()
		p.Type("Котел")
		p.Press(fyne.KeyReturn)
		l := p.variant().Lines[0]
		if l.Text != "Котел" || !l.Product.IsZero() || l.Heading != (i == 0) || l.Note != (i == 1) {
			t.Errorf("typed: %+v", l)
		}
		p.Cell(0, colProduct)
		p.Press(fyne.KeyDelete)
		if l := p.variant().Lines[0]; l.Text != "" || l.Priced() {
			t.Errorf("emptied: %+v", l)
		}
	}
}

func TestOptionsAndKits(t *testing.T) {
	d := newDesk(t)
	p := sorted(d)
	total := p.variant().Total
	p.Cell(8, colProduct)
	p.turnOption()
	if v := p.variant(); !v.Lines[6].Optional || v.Total != total-1_000_00 || v.OptionsSum != 1_500_00 {
		t.Errorf("an option: %+v", v)
	}
	p.turnOption()
	if v := p.variant(); v.Lines[6].Optional || v.Total != total {
		t.Errorf("and back: %+v", v)
	}
	p.Cell(2, colProduct)
	p.unfoldKit()
	// two pumps and a boiler are 22 000.00, the kit 21 500.00: the total stays
	if got := p.rowsShown(); got != "1Виїзд Обладнання 2Насос Wilo 3Котел Bosch 4Шафа Роботи За два дні 5Монтаж" || p.variant().Total != total {
		t.Errorf("unfolded: %s, %d of %d", got, p.variant().Total, total)
	}
}

// Whatever lines stand there, copying all and pasting them elsewhere gives the
// same lines.
func TestCopyAndPasteAnyLines(t *testing.T) {
	d := newDesk(t)
	p := sorted(d)
	kit := p.variant().Lines[2]
	p.doc.Variants = append(p.doc.Variants, proposal.Variant{Name: "Другий"})
	clip := test.NewClipboard()
	rapid.Check(t, func(t *rapid.T) {
		var made []proposal.Line
		for range rapid.IntRange(1, 5).Draw(t, "lines") {
			l := proposal.Line{Text: rapid.SampledFrom([]string{"Труба", "Кран \"шар\"", "Робота\tдві"}).Draw(t, "text")}
			switch rapid.IntRange(0, 4).Draw(t, "sort") {
			case 0:
				l.Heading = true
			case 1:
				l.Note = true
			case 2:
				l = trade.CopyLines([]proposal.Line{kit})[0]
				l.ID = 0
			default:
				l.Quantity, l.Price, l.VAT = model.Qty(rapid.Int64Range(1, 9_000).Draw(t, "quantity")), rapid.Int64Range(1, 1_000_000).Draw(t, "price"), "7"
				l.Discount, l.Optional = model.Percent(rapid.Int64Range(0, 9_999).Draw(t, "discount")), rapid.Bool().Draw(t, "option")
			}
			made = append(made, l)
		}
		p.at = 0
		p.Edit(func() { p.variant().Lines = made })
		if rapid.Bool().Draw(t, "folded") && p.sheet.Len() > 0 && p.sheet.rows()[0].fold != 0 {
			p.sheet.Fold(0, true)
		}
		p.grid.SetLines(p.sheet)
		p.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
		p.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
		if strings.Contains(clip.Content(), "Насос Wilo") {
			t.Fatalf("parts of a kit are rows of their own:\n%s", clip.Content())
		}
		was := trade.AsNew(trade.CopyLines(p.variant().Lines))
		p.at = 1
		p.Edit(func() { p.variant().Lines = nil })
		p.grid.SetLines(p.sheet)
		p.grid.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
		if diff := cmp.Diff(was, p.variant().Lines); diff != "" {
			t.Fatalf("copied (-), pasted (+):\n%s", diff)
		}
	})
}

// The last prices of a product show below the lines; one of them is taken from
// their history.
func TestPricesOfAProduct(t *testing.T) {
	d := newDesk(t)
	before, s := d.fromDeal()
	before.Cell(0, colDiscount)
	before.Type("5")
	before.Press(fyne.KeyReturn)
	d.KeptProposal(s)
	if _, err := d.Session.Do(d.Ctx, "proposal", s.Address().ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	d.Pump.Price, d.Pump.Floor = model.Money{Minor: 1_100_00, Currency: "UAH"}, model.Money{Minor: 1_000_00, Currency: "UAH"}
	d.Save("product", d.Pump)
	p, _ := d.fromDeal()
	p.grid.OnCursor(0)
	if got := plain(p.prices.hint.Text); got != "Останні ціни: цьому клієнту 1 000,00 грн −5 % (23.11.26, № 00001)  ·  у прайсі 1 100,00  ·  найнижча 1 000,00" {
		t.Errorf("told: %s", got)
	}
	p.Cell(0, colProduct)
	p.askPrices()
	dialog := d.Host.Dialogs[len(d.Host.Dialogs)-1]
	dialog.Enter()
	if l := p.variant().Lines[0]; l.Price != 1_000_00 || l.Discount != 500 {
		t.Errorf("taken: %+v", l)
	}
	if c := p.sheet.Cell(0, 4); c.Tone == "" {
		t.Error("a price under the floor is not marked")
	}
	d.Host.Opened = nil
	p.askPrices()
	dialog = d.Host.Dialogs[len(d.Host.Dialogs)-1]
	dialog.Press(dialog.Buttons[1])
	if len(d.Host.Opened) != 1 || d.Host.Opened[0].Kind != "proposal" || d.Host.Opened[0].ID != s.Address().ID {
		t.Errorf("opened %+v", d.Host.Opened)
	}
}

// Lines of an earlier proposal are taken with their prices, or with those of
// today; prices of a proposal are renewed from the list.
func TestBorrow(t *testing.T) {
	d := newDesk(t)
	earlier, s := d.fromDeal()
	earlier.Cell(1, colProduct)
	earlier.Type("b-7")
	earlier.Press(fyne.KeyReturn)
	d.KeptProposal(s)
	d.Pump.Price = model.Money{Minor: 1_200_00, Currency: "UAH"}
	d.Save("product", d.Pump)
	p, _ := d.fromDeal()
	for _, c := range []struct {
		prices string
		want   int64
	}{{asThen, 1_000_00}, {asNow, 1_200_00}} {
		p.Edit(func() { p.variant().Lines = nil })
		p.grid.Reload()
		b := &borrow{p: p.Desk}
		b.ask()
		b.find.Set(input.Item{ID: s.Address().ID})
		b.find.OnChange()
		b.prices.Set(c.prices)
		b.grid.Select(0, list.Range{From: 0, To: 1})
		b.dialog.Enter()
		if l := p.variant().Lines; len(l) != 1 || l[0].Product.ID != d.Pump.ID || l[0].Price != c.want || l[0].ID != 0 {
			t.Errorf("%s: %+v", c.prices, l)
		}
	}
	p.Edit(func() { p.variant().Lines[0].Price = 7 })
	p.renew()
	d.Host.Dialogs[len(d.Host.Dialogs)-1].Enter()
	if got := p.variant().Lines[0].Price; got != 1_200_00 {
		t.Errorf("renewed: %d", got)
	}
}
