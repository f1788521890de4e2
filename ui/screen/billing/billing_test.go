package billing

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/invoice"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/screentest"
)

// accepted is a proposal that the client accepted: seven pumps and a boiler, and
// an option that he did not take.
func accepted(d *desktest.Base) *proposal.Proposal {
	d.T.Helper()
	return d.Accepted(
		proposal.Line{Heading: true, Text: "Обладнання"},
		proposal.Line{Text: "Насос", Unit: "шт", Quantity: 7000, Price: 1_000_00, VAT: "20"},
		proposal.Line{Text: "Шафа", Unit: "шт", Quantity: 1000, Price: 500_00, VAT: "20", Optional: true},
		proposal.Line{Text: "Котел", Unit: "шт", Quantity: 1000, Price: 20_000_01, Discount: 500, VAT: "20"},
	)
}

// asked opens the box.
func asked(d *desktest.Base, id int64) (*box, desktest.Hands) {
	d.T.Helper()
	var b *box
	read(d.Ctx, d.Host, id, func() {}, func(x *box) {
		b = x
		b.open()
	})
	if b == nil {
		d.T.Fatal("no box: ", d.Host.Said)
	}
	return b, desktest.Hands{Host: d.Host, Over: b.grid, Of: b}
}

func made(d *desktest.Base) *invoice.Invoice {
	d.T.Helper()
	at := d.Host.Opened[len(d.Host.Opened)-1]
	if at.Kind != "invoice" || at.ID == 0 {
		d.T.Fatalf("opened %+v", at)
	}
	return d.Get("invoice", at.ID).(*invoice.Invoice)
}

// refusing is a window that keeps what was refused.
type refusing struct {
	*screentest.Host
	failed error
}

func (h *refusing) Fail(err error) { h.failed = err }

func TestWholeInOneEnter(t *testing.T) {
	d := desktest.New(t)
	p := accepted(d)
	b, hands := asked(d, p.ID)
	if got := desktest.Plain(b.total.Text); got != "Рахунок на 26 000,01 грн" {
		t.Errorf("in all: %s", got)
	}
	hands.Press(fyne.KeyReturn)
	if i := made(d); i.Amount != p.Amount || len(i.Lines) != 3 || i.Status != invoice.Draft || i.Client.ID != d.Client.ID || b.dialog.Open() {
		t.Errorf("made: %v %+v", i.Amount, i.Lines)
	}
	was := len(d.Host.Dialogs)
	h := &refusing{Host: d.Host}
	var said model.Problems
	if Open(d.Ctx, h, p.ID, func() {}); !errors.As(h.failed, &said) || said[0].Key != "all_is_billed" || len(d.Host.Dialogs) != was {
		t.Errorf("billed again: %v", h.failed)
	}
}

// A share, then quantities, then the rest: what is shown is what is made, and the
// parts add up to the whole.
func TestParts(t *testing.T) {
	d := desktest.New(t)
	p := accepted(d)
	var sum int64
	bill := func(typed func(b *box, h desktest.Hands)) *invoice.Invoice {
		t.Helper()
		b, hands := asked(d, p.ID)
		typed(b, hands)
		shown := b.made.Total
		b.dialog.Enter()
		i := made(d)
		if i.Total != shown {
			t.Errorf("shown %d, made %d", shown, i.Total)
		}
		sum += i.Total
		return i
	}
	third := bill(func(_ *box, h desktest.Hands) {
		h.Type("=100/4")
		h.Press(fyne.KeyDown)
	})
	if q := third.Lines[1].Quantity; q != 1750 {
		t.Errorf("a quarter of seven is %d", q)
	}
	some := bill(func(b *box, h desktest.Hands) {
		h.Press(fyne.KeyDown) // into the lines, where one types
		h.Type("9")
		h.Press(fyne.KeyDown)
		if row, _, text, ok := b.grid.FirstProblem(); !ok || row != 0 || text != "До виставлення лишилось лише 5,25" {
			t.Errorf("nine of 5.25: %q", text)
		}
		b.dialog.Enter()
		if !b.dialog.Open() {
			t.Fatal("more than is left was billed")
		}
		h.Type("=2+0,25")
		h.Press(fyne.KeyReturn)
		h.Cell(1, "to_bill")
		h.Press(fyne.KeyDelete)
		if got := h.Shows(0, "billed") + " " + h.Shows(0, "left") + " " + h.Shows(0, "to_bill") + " " + h.Shows(1, "amount"); got != "1,75 5,25 2,25 " {
			t.Errorf("shown: %s", got)
		}
	})
	if len(some.Lines) != 2 || some.Lines[1].Quantity != 2250 {
		t.Errorf("some: %+v", some.Lines)
	}
	bill(func(b *box, h desktest.Hands) {
		h.Type("90")
		if b.wrong == nil || b.share.Problem() == "" {
			t.Error("90 % are left")
		}
		b.share.SetText("")
	})
	if sum != p.Amount.Minor {
		t.Errorf("the parts are %d, the whole %d", sum, p.Amount.Minor)
	}
}

// What another billed meanwhile is not billed again: the box says so.
func TestSomebodyWasFirst(t *testing.T) {
	d := desktest.New(t)
	p := accepted(d)
	b, _ := asked(d, p.ID)
	b.share.SetText("80")
	if _, err := d.Session.Do(d.Ctx, "proposal", p.ID, "bill", model.Answers{"share": model.Percent(5000)}); err != nil {
		t.Fatal(err)
	}
	d.Host.Opened = []screen.Address{}
	b.dialog.Enter()
	if b.wrong == nil || !b.dialog.Open() || len(d.Host.Opened) != 0 {
		t.Errorf("billed over: %v", d.Host.Opened)
	}
}
