package document

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func TestSums(t *testing.T) {
	d := newDesk(t)
	p, _ := d.fromDeal()
	p.Edit(func() {
		v := p.variant()
		v.Lines = append(v.Lines, proposal.Line{Text: "Котел", Quantity: 2000, Price: 4_200_00, Discount: 1000, VAT: product.VAT20}, proposal.Line{Text: "Монтаж", Quantity: 1000, Price: 1_500_50, VAT: product.VAT20})
	})
	if got := p.sums(); got != "До знижки 12 900,50; Знижка 6,5 % −840,00; Маржа 82,1 % 8 250,42; Без ПДВ 10 050,42; ПДВ 2 010,08; Разом 12 060,50 грн" {
		t.Errorf("sums: %s", got)
	}
}

func TestUndo(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	s.Save(nil)
	p.Cell(0, "quantity")
	p.Type("5")
	p.Press(fyne.KeyReturn)
	p.Cell(1, colProduct)
	p.Type("котел")
	p.Press(fyne.KeyReturn)
	if got := plain(p.Shows(1, "price")); got != "20 000,00" {
		t.Fatalf("the price of the boiler: %s", got)
	}
	s.Do(screen.Undo)
	if n := p.sheet.Len(); n != 1 {
		t.Fatalf("%d lines after the new one was taken back", n)
	}
	s.Do(screen.Undo)
	if got := p.Shows(0, "quantity"); got != "3" {
		t.Errorf("the quantity is %s", got)
	}
	if s.Can(screen.Undo) {
		t.Error("there is nothing left to take back")
	}
	p.redo()
	p.redo()
	if p.sheet.Len() != 2 || p.Shows(0, "quantity") != "5" || plain(p.Shows(1, "price")) != "20 000,00" {
		t.Errorf("done again: %d lines, %s, %s", p.sheet.Len(), p.Shows(0, "quantity"), p.Shows(1, "price"))
	}
}

func TestDiscountDownToTotal(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Edit(func() {
		p.doc.Variants[0].Lines = append(p.doc.Variants[0].Lines, proposal.Line{Text: "Кріплення", Quantity: 7000, Price: 33_33, VAT: product.VAT20})
	})
	p.askDiscount()
	box := d.Host.Dialogs[0]
	var entry *input.Entry
	var way *input.Choice
	walk(box.Content, func(o fyne.CanvasObject) {
		switch f := o.(type) {
		case *input.Entry:
			entry = f
		case *input.Choice:
			way = f // the last of the two
		}
	})
	way.Set(byTotal)
	way.OnChange()
	entry.SetText("3 000")
	box.Enter()
	if got := p.variant().Total; got != 3_000_00 {
		t.Fatalf("came to %d", got)
	}
	if k := d.KeptProposal(s); k.Amount.Minor != 3_000_00 || k.Discount != 233_31 {
		t.Errorf("stored %d, %d off", k.Amount.Minor, k.Discount)
	}
	s.Do(screen.Undo)
}

// walk visits an object and what is in it.
func walk(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	do(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			walk(x, do)
		}
	case *input.Labelled:
		walk(o.Field(), do)
	}
}

func TestCurrency(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	s.Set("currency", "EUR")
	p.Reckon("currency")
	if got := plain(p.Shows(0, "price")); got != "20,00" || p.doc.Rate != 50_000_000 || p.rate == nil || !p.rate.Visible() {
		t.Fatalf("in euros the price is %s at %d", got, p.doc.Rate)
	}
	if p.totals.text != "Шістдесят євро 00 євроцентів" {
		t.Errorf("in words: %s", p.totals.text)
	}
	s.Do(screen.Undo)
	if got, _ := s.Get("currency").(string); got != "UAH" || plain(p.Shows(0, "price")) != "1 000,00" {
		t.Errorf("taken back: %s, %s", got, p.Shows(0, "price"))
	}
	// no rate is known: it is asked in place, and the prices wait
	s.Set("currency", "USD")
	p.Reckon("currency")
	asked := d.Host.Opened[len(d.Host.Opened)-1]
	if got, _ := s.Get("currency").(string); asked.Kind != "rate" || asked.Fill["on"] != monday || got != "UAH" || plain(p.Shows(0, "price")) != "1 000,00" {
		t.Fatalf("without a rate: %+v, %s, %s", asked, got, p.Shows(0, "price"))
	}
	d.Save("rate", &firm.ExchangeRate{Currency: asked.Fill["currency"].(model.Ref), On: monday, Rate: 40_000_000})
	s.Set("currency", "USD")
	p.Reckon("currency")
	if k := d.KeptProposal(s); k.Currency != "USD" || k.Rate != 40_000_000 || k.Variants[0].Lines[0].Price != 25_00 {
		t.Errorf("stored: %s %d %+v", k.Currency, k.Rate, k.Variants[0].Lines[0])
	}
}

// What the base refuses stands in its cell.
func TestProblemInCell(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Edit(func() {
		l := &p.variant().Lines[0]
		l.DiscountSum, l.DiscountFixed = 9_999_00, true
	})
	saved := true
	s.Save(func(ok bool) { saved = ok })
	if saved {
		t.Fatal("a discount beyond the line was saved")
	}
	row, col, text, ok := p.grid.FirstProblem()
	if !ok || row != 0 || p.sheet.Columns()[col].Key != colDiscount || text != "Від нуля до всієї суми позиції" {
		t.Errorf("the problem: %d %d %q", row, col, text)
	}
	p.Cell(0, colDiscount)
	p.Type("500 грн")
	p.Press(fyne.KeyReturn)
	if k := d.KeptProposal(s); k.Discount != 500_00 || k.Variants[0].Lines[0].Discount != 1667 {
		t.Errorf("%d off, %d", k.Discount, k.Variants[0].Lines[0].Discount)
	}
	// what cannot be read is not saved either
	p.Cell(0, "price")
	p.Type("багато")
	p.Press(fyne.KeyReturn)
	s.Save(func(ok bool) { saved = ok })
	if saved {
		t.Error("a price of letters was saved")
	}
	p.Cell(0, "price")
	p.Type("12 $")
	p.Press(fyne.KeyReturn)
	if _, _, text, _ := p.grid.FirstProblem(); text != "Ціни пишіть у валюті документа: UAH" {
		t.Errorf("a price in dollars: %q", text)
	}
}

func TestMarginIsSecret(t *testing.T) {
	d := newDesk(t)
	e := &firm.Employee{Name: "Тарас", Active: true}
	d.Save("employee", e)
	d.Save("user", &firm.User{Name: "taras", Role: string(model.RoleManager), Active: true, Employee: model.Ref{ID: e.ID}})
	seller, err := d.Base.Base.Session(d.Ctx, "taras", "")
	if err != nil {
		t.Fatal(err)
	}
	d.Host = screentest.New(t, seller)
	p, s := d.fromDeal()
	for _, c := range p.sheet.columns() {
		if c.Key == colCost || c.Key == colMargin {
			t.Errorf("a salesperson sees the column %s", c.Key)
		}
	}
	if strings.Contains(p.sums(), "Маржа") {
		t.Error("a salesperson sees the margin")
	}
	if k := d.KeptProposal(s); k.Margin == 0 || k.Variants[0].Lines[0].Cost != 600_00 {
		t.Errorf("stored: margin %d", k.Margin)
	}
}

func TestPicker(t *testing.T) {
	d := newDesk(t)
	p, s := d.open(screen.ToNew("proposal", map[string]any{"client": d.Client.Ref()}))
	s.Do(screen.Find)
	if len(d.Host.Dialogs) != 1 {
		t.Fatal("no picker")
	}
	p.Type("котел")
	p.Press(fyne.KeyReturn)
	p.Press(fyne.KeyReturn)
	if p.sheet.Len() != 1 || p.Shows(0, colProduct) != "Котел Bosch" || p.Shows(0, "quantity") != "2" || plain(p.Shows(0, "amount")) != "40 000,00" {
		t.Fatalf("picked twice: %d lines, %s, %s, %s", p.sheet.Len(), p.Shows(0, colProduct), p.Shows(0, "quantity"), p.Shows(0, "amount"))
	}
	for range 5 {
		p.Press(fyne.KeyBackspace)
	}
	p.Type("W-25")
	p.Press(fyne.KeyDown)
	p.Type("4")
	p.Press(fyne.KeyReturn)
	if p.sheet.Len() != 2 || p.Shows(1, "quantity") != "4" || !d.Host.Dialogs[0].Open() {
		t.Errorf("%d lines, %s", p.sheet.Len(), p.Shows(1, "quantity"))
	}
	p.Press(fyne.KeyEscape)
	if d.Host.Dialogs[0].Open() {
		t.Error("Escape leaves the picker open")
	}
}

func TestHeadingsAndLines(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Cell(0, colProduct)
	p.addHeading()
	p.Type("Обладнання")
	p.Press(fyne.KeyReturn)
	if p.sheet.Number(0) != "" || p.sheet.Number(1) != "1" {
		t.Errorf("numbers %q %q", p.sheet.Number(0), p.sheet.Number(1))
	}
	p.grid.GoTo(1, 0)
	p.duplicate()
	p.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	k := d.KeptProposal(s)
	l := k.Variants[0].Lines
	if len(l) != 3 || !l[0].Heading || l[0].Text != "Обладнання" || l[0].Amount != 0 || l[1].Product.ID != d.Pump.ID || l[2].Product.ID != d.Pump.ID || k.Amount.Minor != 6_000_00 {
		t.Errorf("stored: %+v", l)
	}
	if c := p.sheet.Cell(0, len(p.sheet.Columns())-2); plain(c.Text) != "6 000,00" {
		t.Errorf("the heading's sum: %q", c.Text)
	}
}
