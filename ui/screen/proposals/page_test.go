package proposals

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

func TestFromDealToSaved(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	if got := p.shows(0, colProduct); got != "Насос Wilo" || plain(p.shows(0, colAmount)) != "3 000,00" {
		t.Fatalf("the deal's product: %q %q", got, p.shows(0, colAmount))
	}
	if intro, _ := s.Get("intro").(string); intro == "" {
		t.Error("no opening text")
	}
	// a boiler by its article, two of them, at a price that is reckoned, 10 % off
	p.cell(1, colProduct)
	p.typed("b-7")
	p.press(fyne.KeyReturn)
	p.typed("2")
	p.press(fyne.KeyTab) // Enter would end the line: the product has brought its price
	p.typed("=12*350")
	p.press(fyne.KeyReturn)
	p.typed("10")
	p.press(fyne.KeyReturn)
	p.press(fyne.KeyReturn) // past VAT: the next line
	if p.grid.Row() != 2 {
		t.Errorf("past the last cell the cursor is in line %d", p.grid.Row())
	}
	p.typed("Монтаж")
	p.press(fyne.KeyReturn)
	p.cell(2, colPrice)
	p.typed("1 500,50")
	p.press(fyne.KeyReturn)
	if got := p.sums(); got != "До знижки 12 900,50; Знижка 6,5 % −840,00; Маржа 82,1 % 8 250,42; Без ПДВ 10 050,42; ПДВ 2 010,08; Разом 12 060,50 грн" {
		t.Errorf("sums: %s", got)
	}
	if p.totals.text != "Дванадцять тисяч шістдесят гривень 50 коп." {
		t.Errorf("in words: %s", p.totals.text)
	}
	k := d.kept(s)
	if len(k.Variants) != 1 || len(k.Variants[0].Lines) != 3 || k.Amount.Minor != 12_060_50 || k.Client.ID != d.client.ID {
		t.Fatalf("stored: %+v", k)
	}
	l := k.Variants[0].Lines
	if l[1].Product.ID != d.boiler.ID || l[1].Quantity != 2000 || l[1].Price != 4_200_00 || l[1].Discount != 1000 || l[1].Unit != "шт" {
		t.Errorf("the boiler: %+v", l[1])
	}
	if l[2].Text != "Монтаж" || !l[2].Product.IsZero() || l[2].Quantity != 1000 || l[2].VAT != product.VAT20 {
		t.Errorf("free text: %+v", l[2])
	}
	rec, err := d.s.Get(d.ctx, "deal", d.deal.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := rec.(*deal.Deal).Amount.Minor; got != 12_060_50 {
		t.Errorf("the deal's amount is %d", got)
	}
	if got := s.Title(); got != "КП "+k.Number+" Карпати-Буд" {
		t.Errorf("the tab says %q", got)
	}
}

func TestUndo(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	s.Save(nil)
	p.cell(0, colQuantity)
	p.typed("5")
	p.press(fyne.KeyReturn)
	p.cell(1, colProduct)
	p.typed("котел")
	p.press(fyne.KeyReturn)
	if got := plain(p.shows(1, colPrice)); got != "20 000,00" {
		t.Fatalf("the price of the boiler: %s", got)
	}
	s.Do(screen.Undo)
	if n := p.sheet.Len(); n != 1 {
		t.Fatalf("%d lines after the new one was taken back", n)
	}
	s.Do(screen.Undo)
	if got := p.shows(0, colQuantity); got != "3" {
		t.Errorf("the quantity is %s", got)
	}
	if s.Can(screen.Undo) {
		t.Error("there is nothing left to take back")
	}
	p.redo()
	p.redo()
	if p.sheet.Len() != 2 || p.shows(0, colQuantity) != "5" || plain(p.shows(1, colPrice)) != "20 000,00" {
		t.Errorf("done again: %d lines, %s, %s", p.sheet.Len(), p.shows(0, colQuantity), p.shows(1, colPrice))
	}
}

func TestVariants(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.doc.Variants[0].Name = "Базовий"
	p.addVariant(0)
	d.host.Dialogs[0].Content.(*input.Entry).SetText("Розширений")
	d.host.Dialogs[0].Enter()
	if p.at != 1 || p.variantName(1) != "Розширений" || p.sheet.Len() != 1 {
		t.Fatalf("variant %d %q with %d lines", p.at, p.variantName(p.at), p.sheet.Len())
	}
	p.cell(0, colQuantity)
	p.typed("10")
	p.press(fyne.KeyReturn)
	p.edit(func() { p.doc.Recommend(1) })
	p.turn(1)
	if p.at != 0 || p.shows(0, colQuantity) != "3" {
		t.Errorf("the first variant: %d, %s", p.at, p.shows(0, colQuantity))
	}
	p.removeVariant()
	if len(p.doc.Variants) != 1 {
		t.Fatal("it was not deleted")
	}
	s.Do(screen.Undo)
	k := d.kept(s)
	if len(k.Variants) != 2 || k.Variants[0].Recommended || !k.Variants[1].Recommended || k.Amount.Minor != 10_000_00 {
		t.Errorf("stored: %+v", k.Variants)
	}
	names, total := p.tabs.label(1)
	if mark, _ := p.tabs.mark(1); names != "Розширений" || plain(total) != "10 000,00" || mark != "★" {
		t.Errorf("the tab says %s %s %s", names, total, mark)
	}
}

func TestSentIsReadOnly(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	if _, err := d.s.Do(d.ctx, "proposal", k.ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	p.cell(0, colQuantity)
	p.typed("9")
	p.press(fyne.KeyReturn)
	if p.shows(0, colQuantity) != "3" || s.Unsaved() {
		t.Error("a sent proposal was edited")
	}
	if p.head.notice() == nil {
		t.Error("nothing says why")
	}
	if m := p.Main(); m == nil || m.Label != "Прийнято клієнтом" {
		t.Errorf("the main action: %+v", m)
	}
	s.Act("correct")
	if d.stored(k.ID).Status != proposal.Draft {
		t.Fatalf("the status is %s", d.stored(k.ID).Status)
	}
	p.cell(0, colQuantity)
	p.typed("9")
	p.press(fyne.KeyReturn)
	if got := d.kept(s).Variants[0].Lines[0].Quantity; got != 9000 {
		t.Errorf("corrected to %d", got)
	}
}

func TestAcceptChoosesVariantAndOffersToWin(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.doc.AddVariant(0, "Другий")
	p.edit(func() { p.doc.Variants[1].Lines[0].Quantity = 4000 })
	k := d.kept(s)
	if _, err := d.s.Do(d.ctx, "proposal", k.ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	s.Act("accept")
	which := d.host.Dialogs[0].Content.(*fyne.Container).Objects[0].(*input.Choice)
	which.Set("1")
	d.host.Dialogs[0].Enter()
	k = d.stored(k.ID)
	if k.Status != proposal.Accepted || !k.Variants[1].Accepted || k.Amount.Minor != 4_000_00 {
		t.Errorf("accepted: %+v", k)
	}
	rec, err := d.s.Get(d.ctx, "deal", d.deal.ID)
	if err != nil {
		t.Fatal(err)
	}
	if x := rec.(*deal.Deal); x.State != deal.Won || x.Amount.Minor != 4_000_00 { // the window of tests says yes
		t.Errorf("the deal is %s with %d", x.State, x.Amount.Minor)
	}
}

func TestDiscountDownToTotal(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.edit(func() {
		p.doc.Variants[0].Lines = append(p.doc.Variants[0].Lines, proposal.Line{Text: "Кріплення", Quantity: 7000, Price: 33_33, VAT: product.VAT20})
	})
	p.askDiscount()
	box := d.host.Dialogs[0]
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
	if k := d.kept(s); k.Amount.Minor != 3_000_00 || k.Discount != 233_31 {
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
	p.head.edited("currency")
	if got := plain(p.shows(0, colPrice)); got != "20,00" || p.doc.Rate != 50_000_000 || p.head.rate == nil || !p.head.rate.Visible() {
		t.Fatalf("in euros the price is %s at %d", got, p.doc.Rate)
	}
	if p.totals.text != "Шістдесят євро 00 євроцентів" {
		t.Errorf("in words: %s", p.totals.text)
	}
	s.Do(screen.Undo)
	if got, _ := s.Get("currency").(string); got != "UAH" || plain(p.shows(0, colPrice)) != "1 000,00" {
		t.Errorf("taken back: %s, %s", got, p.shows(0, colPrice))
	}
	// no rate is known: it is asked in place, and the prices wait
	s.Set("currency", "USD")
	p.head.edited("currency")
	asked := d.host.Opened[len(d.host.Opened)-1]
	if got, _ := s.Get("currency").(string); asked.Kind != "rate" || asked.Fill["on"] != monday || got != "UAH" || plain(p.shows(0, colPrice)) != "1 000,00" {
		t.Fatalf("without a rate: %+v, %s, %s", asked, got, p.shows(0, colPrice))
	}
	d.save("rate", &firm.ExchangeRate{Currency: asked.Fill["currency"].(model.Ref), On: monday, Rate: 40_000_000})
	s.Set("currency", "USD")
	p.head.edited("currency")
	if k := d.kept(s); k.Currency != "USD" || k.Rate != 40_000_000 || k.Variants[0].Lines[0].Price != 25_00 {
		t.Errorf("stored: %s %d %+v", k.Currency, k.Rate, k.Variants[0].Lines[0])
	}
}

func TestDraftKeepsLines(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	d.kept(s)
	p.cell(0, colQuantity)
	p.typed("8")
	p.press(fyne.KeyReturn)
	again := s.Draft()
	s.Close()
	p, s = d.open(again)
	if p.shows(0, colQuantity) != "8" || !s.Unsaved() {
		t.Errorf("from the draft: %s, unsaved %v", p.shows(0, colQuantity), s.Unsaved())
	}
}

func TestConflictShowsBothVersions(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	other := d.stored(k.ID)
	other.Variants[0].Lines[0].Quantity = 7000
	other.Importance = "critical"
	d.save("proposal", other)
	p.cell(0, colQuantity)
	p.typed("8")
	p.press(fyne.KeyReturn)
	s.Save(nil)
	if len(d.host.Dialogs) != 1 {
		t.Fatalf("%d dialogs", len(d.host.Dialogs))
	}
	if got := plain(p.Say("variants", other)); got != "1 варіант, 1 позиція, 7 000,00" {
		t.Errorf("theirs: %s", got)
	}
	// mine where I changed it, theirs where only they did
	d.host.Dialogs[0].Enter()
	if got := d.stored(k.ID); got.Variants[0].Lines[0].Quantity != 8000 || got.Importance != "critical" || got.Version != other.Version+1 {
		t.Errorf("stored: %d, %s", got.Variants[0].Lines[0].Quantity, got.Importance)
	}
}

// A colleague's save does not wipe out what is being typed into a cell.
func TestTypingIsNotReadOver(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	p.cell(0, colQuantity)
	p.typed("12")
	other := d.stored(k.ID)
	other.Importance = "critical"
	d.save("proposal", other)
	s.Changed(map[string][]int64{"proposal": {k.ID}})
	p.press(fyne.KeyReturn)
	if p.shows(0, colQuantity) != "12" || !s.Unsaved() {
		t.Errorf("the cell has %s", p.shows(0, colQuantity))
	}
}

// What the base refuses stands in its cell.
func TestProblemInCell(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.edit(func() {
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
	p.cell(0, colDiscount)
	p.typed("500 грн")
	p.press(fyne.KeyReturn)
	if k := d.kept(s); k.Discount != 500_00 || k.Variants[0].Lines[0].Discount != 1667 {
		t.Errorf("%d off, %d", k.Discount, k.Variants[0].Lines[0].Discount)
	}
	// what cannot be read is not saved either
	p.cell(0, colPrice)
	p.typed("багато")
	p.press(fyne.KeyReturn)
	s.Save(func(ok bool) { saved = ok })
	if saved {
		t.Error("a price of letters was saved")
	}
	p.cell(0, colPrice)
	p.typed("12 $")
	p.press(fyne.KeyReturn)
	if _, _, text, _ := p.grid.FirstProblem(); text != "Ціни пишіть у валюті пропозиції: UAH" {
		t.Errorf("a price in dollars: %q", text)
	}
}

func TestMarginIsSecret(t *testing.T) {
	d := newDesk(t)
	e := &firm.Employee{Name: "Тарас", Active: true}
	d.save("employee", e)
	d.save("user", &firm.User{Name: "taras", Role: string(model.RoleManager), Active: true, Employee: model.Ref{ID: e.ID}})
	seller, err := d.base.Session(d.ctx, "taras", "")
	if err != nil {
		t.Fatal(err)
	}
	d.host = screentest.New(t, seller)
	p, s := d.fromDeal()
	for _, c := range p.sheet.columns() {
		if c.Key == colCost || c.Key == colMargin {
			t.Errorf("a salesperson sees the column %s", c.Key)
		}
	}
	if strings.Contains(p.sums(), "Маржа") {
		t.Error("a salesperson sees the margin")
	}
	if k := d.kept(s); k.Margin == 0 || k.Variants[0].Lines[0].Cost != 600_00 {
		t.Errorf("stored: margin %d", k.Margin)
	}
}

func TestPicker(t *testing.T) {
	d := newDesk(t)
	p, s := d.open(screen.ToNew("proposal", map[string]any{"client": d.client.Ref()}))
	s.Do(screen.Find)
	if len(d.host.Dialogs) != 1 {
		t.Fatal("no picker")
	}
	p.typed("котел")
	p.press(fyne.KeyReturn)
	p.press(fyne.KeyReturn)
	if p.sheet.Len() != 1 || p.shows(0, colProduct) != "Котел Bosch" || p.shows(0, colQuantity) != "2" || plain(p.shows(0, colAmount)) != "40 000,00" {
		t.Fatalf("picked twice: %d lines, %s, %s, %s", p.sheet.Len(), p.shows(0, colProduct), p.shows(0, colQuantity), p.shows(0, colAmount))
	}
	for range 5 {
		p.press(fyne.KeyBackspace)
	}
	p.typed("W-25")
	p.press(fyne.KeyDown)
	p.typed("4")
	p.press(fyne.KeyReturn)
	if p.sheet.Len() != 2 || p.shows(1, colQuantity) != "4" || !d.host.Dialogs[0].Open() {
		t.Errorf("%d lines, %s", p.sheet.Len(), p.shows(1, colQuantity))
	}
	p.press(fyne.KeyEscape)
	if d.host.Dialogs[0].Open() {
		t.Error("Escape leaves the picker open")
	}
}

func TestHeadingsAndLines(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.cell(0, colProduct)
	p.addHeading()
	p.typed("Обладнання")
	p.press(fyne.KeyReturn)
	if p.sheet.Number(0) != "" || p.sheet.Number(1) != "1" {
		t.Errorf("numbers %q %q", p.sheet.Number(0), p.sheet.Number(1))
	}
	p.grid.GoTo(1, 0)
	p.duplicate()
	p.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	k := d.kept(s)
	l := k.Variants[0].Lines
	if len(l) != 3 || !l[0].Heading || l[0].Text != "Обладнання" || l[0].Amount != 0 || l[1].Product.ID != d.pump.ID || l[2].Product.ID != d.pump.ID || k.Amount.Minor != 6_000_00 {
		t.Errorf("stored: %+v", l)
	}
	if c := p.sheet.Cell(0, len(p.sheet.Columns())-2); plain(c.Text) != "6 000,00" {
		t.Errorf("the heading's sum: %q", c.Text)
	}
}

func TestCopy(t *testing.T) {
	d := newDesk(t)
	_, s := d.fromDeal()
	k := d.kept(s)
	s.Do(screen.Copy)
	p, s := d.open(d.host.Opened[len(d.host.Opened)-1])
	if s.Address().ID != 0 {
		t.Error("a copy is a new one")
	}
	c := d.kept(s)
	if c.ID == k.ID || c.Number == k.Number || c.Amount != k.Amount || c.Date != monday || p.shows(0, colProduct) != "Насос Wilo" {
		t.Errorf("copy: %+v", c)
	}
}
