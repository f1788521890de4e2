package invoices

import (
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/form"
)

// desk is a base with what documents need.
type desk struct{ *desktest.Base }

// hands are a page and a person's hands on its lines.
type hands struct {
	*page
	desktest.Hands
}

func (d *desk) open(a screen.Address) (hands, *form.Screen) {
	d.T.Helper()
	var p *page
	s := d.Open(a, func(s *form.Screen) form.Page {
		p = newPage(s)
		return p
	})
	return hands{p, desktest.Hands{Host: d.Host, Over: p.Grid(), Of: p.Lines()}}, s
}

func (d *desk) kept(s *form.Screen) *invoice.Invoice {
	d.T.Helper()
	return d.Kept(s).(*invoice.Invoice)
}

// An invoice by hand: from a deal, its products with their prices, more typed,
// issued, and corrected.
func TestByHandFromADeal(t *testing.T) {
	d := &desk{desktest.New(t)}
	p, s := d.open(d.FromDeal("invoice"))
	if got := p.Shows(0, "product") + " " + p.Shows(0, "amount"); got != "Насос Wilo 3 000,00" {
		t.Fatalf("the deal's product: %s", got)
	}
	p.Cell(1, "product")
	p.Type("b-7")
	p.Press(fyne.KeyReturn)
	p.Type("2")
	p.Press(fyne.KeyReturn)
	if total, words := p.Total(); total.Minor != 43_000_00 || words != "Сорок три тисячі гривень 00 коп." {
		t.Errorf("in all %v, %s", total, words)
	}
	k := d.kept(s)
	if len(k.Lines) != 2 || k.Lines[1].Product.ID != d.Boiler.ID || k.Amount.Minor != 43_000_00 || k.Client.ID != d.Client.ID || k.Lines[0].Of != 0 {
		t.Fatalf("stored: %+v", k)
	}
	if got := s.Title(); got != "Рах. "+k.Number+" Карпати-Буд" {
		t.Errorf("the tab says %q", got)
	}
	s.Do(screen.MainAction)
	if k = d.Get("invoice", k.ID).(*invoice.Invoice); k.Status != invoice.Issued {
		t.Fatalf("the main action made it %s", k.Status)
	}
	p.Cell(0, "quantity")
	p.Type("9")
	p.Press(fyne.KeyReturn)
	if p.Shows(0, "quantity") != "3" || s.Unsaved() || p.head.notice() == nil {
		t.Error("an issued invoice was edited, or nothing says why not")
	}
	s.Act("correct")
	p.Cell(0, "quantity")
	p.Type("4")
	p.Press(fyne.KeyReturn)
	s.Do(screen.Undo)
	p.Cell(0, "quantity")
	p.Type("5")
	p.Press(fyne.KeyReturn)
	if k = d.kept(s); k.Lines[0].Quantity != 5000 || k.Amount.Minor != 45_000_00 {
		t.Errorf("corrected: %+v", k.Lines[0])
	}
}

// Of an accepted proposal: the quantity changes up to what is left, and the sums
// follow those accepted; prices are not typed.
func TestPartOfAProposal(t *testing.T) {
	d := &desk{desktest.New(t)}
	of := d.Accepted(proposal.Line{Product: model.Ref{ID: d.Pump.ID}, Quantity: 3000}, proposal.Line{Text: "Монтаж", Unit: "посл", Quantity: 1000, Price: 1_000_01, VAT: "20"})
	e, err := d.Session.Do(d.Ctx, "proposal", of.ID, "bill", model.Answers{"lines": "1=1,2=1"})
	if err != nil {
		t.Fatal(err)
	}
	p, s := d.open(screen.ToCard("invoice", e.Create[0].Record.Base().ID))
	if got := desktest.Plain(p.of.Text); got != "Частина пропозиції "+of.Number+" · лишається виставити: 2 000,00 грн" {
		t.Errorf("said: %s", got)
	}
	for i, c := range p.Lines().Columns() {
		typed := c.Key == "product" || c.Key == "quantity"
		if got := p.Lines().Cell(0, i); c.Editor != 0 && got.ReadOnly == typed {
			t.Errorf("%s: to be seen only: %v", c.Key, got.ReadOnly)
		}
	}
	p.Cell(0, "quantity")
	p.Type("4")
	p.Press(fyne.KeyReturn)
	if _, _, text, ok := p.Grid().FirstProblem(); !ok || text != "До виставлення лишилось лише 3" {
		t.Errorf("four of three are billed: %q", text)
	}
	p.Cell(0, "quantity")
	p.Type("3")
	p.Press(fyne.KeyReturn)
	p.Cell(1, "quantity")
	p.Type("=1/3")
	p.Press(fyne.KeyReturn)
	if got := p.Shows(1, "quantity") + " " + p.Shows(1, "amount"); got != "0,333 333,00" {
		t.Errorf("a third of the work: %s", got)
	}
	p.Cell(0, "product")
	p.Type("Насоси за договором")
	p.Press(fyne.KeyReturn)
	k := d.kept(s)
	if l := k.Lines[0]; l.Text != "Насоси за договором" || l.Product.ID != d.Pump.ID || l.Of == 0 || k.Total != p.Doc().Variants[0].Total || k.Amount.Minor != 3_333_00 {
		t.Errorf("stored: %v %+v", k.Amount, l)
	}
	if got := desktest.Plain(p.of.Text); got != "Частина пропозиції "+of.Number+" · лишається виставити: 667,01 грн" {
		t.Errorf("said then: %s", got)
	}
	// a discount is not spread over what was accepted
	s.Do(screen.Find)
	d.Host.Dialogs[len(d.Host.Dialogs)-1].Close()
	was := len(d.Host.Dialogs)
	for _, a := range p.Actions() {
		if a.Label == p.words.T("proposal.discount_menu") {
			a.Do()
		}
	}
	if len(d.Host.Dialogs) != was {
		t.Error("a discount is asked for")
	}
}

// What was typed is there again after the program was killed.
func TestDraft(t *testing.T) {
	d := &desk{desktest.New(t)}
	p, s := d.open(d.FromDeal("invoice"))
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

// A problem of a line that saving finds stands in its cell.
func TestProblemInCell(t *testing.T) {
	d := &desk{desktest.New(t)}
	p, s := d.open(d.FromDeal("invoice"))
	p.Edit(func() {
		l := &p.Doc().Variants[0].Lines[0]
		l.DiscountSum, l.DiscountFixed = 9_999_00, true
	})
	saved := true
	s.Save(func(ok bool) { saved = ok })
	row, col, text, ok := p.Grid().FirstProblem()
	if saved || !ok || row != 0 || p.Lines().Columns()[col].Key != "discount" || text != "Від нуля до всієї суми позиції" {
		t.Errorf("saved %v, the problem: %d %d %q", saved, row, col, text)
	}
}
