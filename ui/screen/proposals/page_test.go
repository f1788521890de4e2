package proposals

import (
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model/deal"
	"ugoda/model/invoice"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/listing"
)

func TestFromDealToSaved(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	if got := p.Shows(0, "product"); got != "Насос Wilo" || plain(p.Shows(0, "amount")) != "3 000,00" {
		t.Fatalf("the deal's product: %q %q", got, p.Shows(0, "amount"))
	}
	if intro, _ := s.Get("intro").(string); intro == "" {
		t.Error("no opening text")
	}
	// a boiler by its article, two of them, at a price that is reckoned, 10 % off
	p.Cell(1, "product")
	p.Type("b-7")
	p.Press(fyne.KeyReturn)
	p.Type("2")
	p.Press(fyne.KeyTab) // Enter would end the line: the product has brought its price
	p.Type("=12*350")
	p.Press(fyne.KeyReturn)
	p.Type("10")
	p.Press(fyne.KeyReturn)
	p.Press(fyne.KeyReturn) // past VAT: the next line
	if p.Grid().Row() != 2 {
		t.Errorf("past the last cell the cursor is in line %d", p.Grid().Row())
	}
	p.Type("Монтаж")
	p.Press(fyne.KeyReturn)
	p.Cell(2, "price")
	p.Type("1 500,50")
	p.Press(fyne.KeyReturn)
	if total, words := p.Total(); total.Minor != 12_060_50 || words != "Дванадцять тисяч шістдесят гривень 50 коп." {
		t.Errorf("in all %v, %s", total, words)
	}
	k := d.kept(s)
	if len(k.Variants) != 1 || len(k.Variants[0].Lines) != 3 || k.Amount.Minor != 12_060_50 || k.Client.ID != d.Client.ID {
		t.Fatalf("stored: %+v", k)
	}
	l := k.Variants[0].Lines
	if l[1].Product.ID != d.Boiler.ID || l[1].Quantity != 2000 || l[1].Price != 4_200_00 || l[1].Discount != 1000 || l[1].Unit != "шт" {
		t.Errorf("the boiler: %+v", l[1])
	}
	if l[2].Text != "Монтаж" || !l[2].Product.IsZero() || l[2].Quantity != 1000 || l[2].VAT != product.VAT20 {
		t.Errorf("free text: %+v", l[2])
	}
	rec, err := d.Session.Get(d.Ctx, "deal", d.Deal.ID)
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

func TestVariants(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Doc().Variants[0].Name = "Базовий"
	p.addVariant(0)
	d.Host.Dialogs[0].Content.(*input.Entry).SetText("Розширений")
	d.Host.Dialogs[0].Enter()
	if p.At() != 1 || p.variantName(1) != "Розширений" || p.Lines().Len() != 1 {
		t.Fatalf("variant %d %q with %d lines", p.At(), p.variantName(p.At()), p.Lines().Len())
	}
	p.Cell(0, "quantity")
	p.Type("10")
	p.Press(fyne.KeyReturn)
	p.Edit(func() { p.Doc().Recommend(1) })
	p.turn(1)
	if p.At() != 0 || p.Shows(0, "quantity") != "3" {
		t.Errorf("the first variant: %d, %s", p.At(), p.Shows(0, "quantity"))
	}
	p.removeVariant()
	if len(p.Doc().Variants) != 1 {
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
	if _, err := d.Session.Do(d.Ctx, "proposal", k.ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	p.Cell(0, "quantity")
	p.Type("9")
	p.Press(fyne.KeyReturn)
	if p.Shows(0, "quantity") != "3" || s.Unsaved() {
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
	p.Cell(0, "quantity")
	p.Type("9")
	p.Press(fyne.KeyReturn)
	if got := d.kept(s).Variants[0].Lines[0].Quantity; got != 9000 {
		t.Errorf("corrected to %d", got)
	}
	s.Act("drop")
	if got := d.stored(k.ID); got.Status != proposal.Sent || got.Variants[0].Lines[0].Quantity != 3000 || p.Shows(0, "quantity") != "3" {
		t.Errorf("the correction was dropped: %s, %d, shows %s", got.Status, got.Variants[0].Lines[0].Quantity, p.Shows(0, "quantity"))
	}
}

func TestAcceptedIsWonAndBilled(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Doc().AddVariant(0, "Другий")
	p.Edit(func() { p.Doc().Variants[1].Lines[0].Quantity = 4000 })
	k := d.kept(s)
	if _, err := d.Session.Do(d.Ctx, "proposal", k.ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	s.Act("accept")
	which := d.Host.Dialogs[0].Content.(*fyne.Container).Objects[0].(*input.Choice)
	which.Set("1")
	d.Host.Dialogs[0].Enter()
	d.Host.Dialogs[1].Enter() // won, and billed
	k = d.stored(k.ID)
	if k.Status != proposal.Accepted || !k.Variants[1].Accepted || k.Amount.Minor != 4_000_00 {
		t.Errorf("accepted: %+v", k)
	}
	rec, err := d.Session.Get(d.Ctx, "deal", d.Deal.ID)
	if err != nil {
		t.Fatal(err)
	}
	if x := rec.(*deal.Deal); x.State != deal.Won || x.Amount.Minor != 4_000_00 {
		t.Errorf("the deal is %s with %d", x.State, x.Amount.Minor)
	}
	if m := p.Main(); m == nil || m.Label != "Виставити рахунок" {
		t.Errorf("the main action: %+v", m)
	}
	d.Host.Dialogs[2].Enter() // all of it
	to := d.Host.Opened[len(d.Host.Opened)-1]
	if i, ok := d.Get("invoice", to.ID).(*invoice.Invoice); to.Kind != "invoice" || !ok || i.Amount.Minor != 4_000_00 || i.Proposal.ID != k.ID {
		t.Errorf("opened %+v", to)
	}
	if m := p.Main(); m != nil {
		t.Errorf("all is billed, and the main action is %s", m.Label)
	}
}

// Accepting from a list asks and offers what the card does.
func TestAcceptedFromAList(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Doc().AddVariant(0, "Другий")
	p.Edit(func() { p.Doc().Variants[1].Lines[0].Quantity = 4000 })
	k := d.kept(s)
	if _, err := d.Session.Do(d.Ctx, "proposal", k.ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	d.Host.Serve.Accept = Accept
	x, err := listing.New(d.Host, screen.ToList("proposal", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	d.Host.Show(x)
	x.(*listing.Screen).Grid().Select(0)
	for _, a := range x.(*listing.Screen).Actions() {
		if a.Label == d.Host.Words().Action("proposal", "accept") {
			a.Do()
		}
	}
	if len(d.Host.Dialogs) != 1 {
		t.Fatalf("%d boxes ask what is taken", len(d.Host.Dialogs))
	}
	d.Host.Dialogs[0].Content.(*fyne.Container).Objects[0].(*input.Choice).Set("1")
	d.Host.Dialogs[0].Enter()
	d.Host.Dialogs[1].Enter() // won, and billed
	d.Host.Dialogs[2].Enter() // all of it
	if k = d.stored(k.ID); k.Status != proposal.Accepted || !k.Variants[1].Accepted {
		t.Errorf("accepted: %+v", k)
	}
	if x := d.Get("deal", d.Deal.ID).(*deal.Deal); x.State != deal.Won {
		t.Errorf("the deal is %s", x.State)
	}
	to := d.Host.Opened[len(d.Host.Opened)-1]
	if i, ok := d.Get("invoice", to.ID).(*invoice.Invoice); to.Kind != "invoice" || !ok || i.Amount.Minor != 4_000_00 {
		t.Errorf("opened %+v", to)
	}
}

func TestDraftKeepsLines(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	d.kept(s)
	p.Cell(0, "quantity")
	p.Type("8")
	p.Press(fyne.KeyReturn)
	again := s.Draft()
	s.Close()
	p, s = d.open(again)
	if p.Shows(0, "quantity") != "8" || !s.Unsaved() {
		t.Errorf("from the draft: %s, unsaved %v", p.Shows(0, "quantity"), s.Unsaved())
	}
}

func TestConflictShowsBothVersions(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	other := d.stored(k.ID)
	other.Variants[0].Lines[0].Quantity = 7000
	other.Importance = "critical"
	d.Save("proposal", other)
	p.Cell(0, "quantity")
	p.Type("8")
	p.Press(fyne.KeyReturn)
	s.Save(nil)
	if len(d.Host.Dialogs) != 1 {
		t.Fatalf("%d dialogs", len(d.Host.Dialogs))
	}
	if got := plain(p.Say("variants", other)); got != "1 варіант, 1 позиція, 7 000,00" {
		t.Errorf("theirs: %s", got)
	}
	// mine where I changed it, theirs where only they did
	d.Host.Dialogs[0].Enter()
	if got := d.stored(k.ID); got.Variants[0].Lines[0].Quantity != 8000 || got.Importance != "critical" || got.Version != other.Version+1 {
		t.Errorf("stored: %d, %s", got.Variants[0].Lines[0].Quantity, got.Importance)
	}
}

// A colleague's save does not wipe out what is being typed into a cell.
func TestTypingIsNotReadOver(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	k := d.kept(s)
	p.Cell(0, "quantity")
	p.Type("12")
	other := d.stored(k.ID)
	other.Importance = "critical"
	d.Save("proposal", other)
	s.Changed(map[string][]int64{"proposal": {k.ID}})
	p.Press(fyne.KeyReturn)
	if p.Shows(0, "quantity") != "12" || !s.Unsaved() {
		t.Errorf("the cell has %s", p.Shows(0, "quantity"))
	}
}

func TestCopy(t *testing.T) {
	d := newDesk(t)
	_, s := d.fromDeal()
	k := d.kept(s)
	s.Do(screen.Copy)
	p, s := d.open(d.Host.Opened[len(d.Host.Opened)-1])
	if s.Address().ID != 0 {
		t.Error("a copy is a new one")
	}
	c := d.kept(s)
	if c.ID == k.ID || c.Number == k.Number || c.Amount != k.Amount || c.Date != monday || p.Shows(0, "product") != "Насос Wilo" {
		t.Errorf("copy: %+v", c)
	}
}

// Terms that a variant has of its own are kept with it; a variant alone becomes
// a proposal.
func TestVariantOfItsOwn(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.addVariant(0)
	p.notes.abouts["delivery"].OnTapped()
	p.notes.note.SetText("Доставимо самі")
	k := d.kept(s)
	if k.Variants[1].DeliveryTerms != "Доставимо самі" || k.Variants[0].DeliveryTerms != "" || k.Variants[1].Note != "" {
		t.Fatalf("kept: %+v", k.Variants)
	}
	p.TurnTo(0)
	if p.notes.note.Text != "" {
		t.Errorf("the other variant shows %q", p.notes.note.Text)
	}
	p.TurnTo(1)
	d.Host.Opened = nil
	p.variantAlone()
	alone, other := d.open(d.Host.Opened[0])
	if n := len(alone.Doc().Variants); n != 1 || alone.variant().DeliveryTerms != "Доставимо самі" || !alone.variant().Recommended {
		t.Fatalf("%d variants: %+v", n, alone.variant())
	}
	if k := d.kept(other); len(k.Variants) != 1 || len(k.Variants[0].Lines) != 1 || k.Client.ID != d.Client.ID {
		t.Errorf("kept: %+v", k)
	}
}

// What the client takes is asked with the options of each variant and what that
// comes to.
func TestAcceptWithOptions(t *testing.T) {
	d := newDesk(t)
	p, s := d.fromDeal()
	p.Edit(func() {
		p.variant().Lines = append(p.variant().Lines,
			proposal.Line{Text: "Сервіс", Quantity: 1000, Price: 100_00, VAT: "20", Optional: true}, proposal.Line{Text: "Навчання", Quantity: 1000, Price: 50_00, VAT: "20", Optional: true})
	})
	p.addVariant(-1)
	p.Edit(func() {
		p.variant().Lines = []proposal.Line{{Text: "Інше", Quantity: 1000, Price: 70_00, VAT: "20"}}
	})
	p.Grid().Reload()
	d.kept(s)
	if _, err := d.Session.Do(d.Ctx, "proposal", s.Address().ID, "sent", nil); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	a := newAcceptance(d.Ctx, d.Host, p.rec(), s.Reload)
	a.open()
	if got := plain(a.total.Text); got != "До сплати: 3 000,00 грн" || len(a.checks) != 2 {
		t.Fatalf("%s, %d options", got, len(a.checks))
	}
	a.checks[1].SetChecked(true)
	if got := plain(a.total.Text); got != "До сплати: 3 050,00 грн" {
		t.Errorf("with one: %s", got)
	}
	a.which.Set("1")
	a.which.OnChange()
	if got := plain(a.total.Text); got != "До сплати: 70,00 грн" || len(a.checks) != 0 {
		t.Errorf("the other variant: %s", got)
	}
	a.which.Set("0")
	a.which.OnChange()
	a.checks[1].SetChecked(true)
	d.Host.Dialogs[len(d.Host.Dialogs)-1].Enter()
	if k := d.stored(s.Address().ID); k.Status != proposal.Accepted || k.Amount.Minor != 3_050_00 || k.Variants[0].Lines[1].Taken || !k.Variants[0].Lines[2].Taken {
		t.Errorf("accepted: %s %v %+v", k.Status, k.Amount, k.Variants[0].Lines)
	}
}
