// Package desktest makes what tests of documents need: a base with a firm, a
// client, a deal and products, a window on it, and a person's hands on the lines.
package desktest

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/deal"
	"ugoda/model/firm"
	"ugoda/model/product"
	"ugoda/model/proposal"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/lines"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

// Monday is the day of the tests.
var Monday = model.Date(2026, time.November, 23)

// Base is a base with a client, a deal and products, and a window on it.
type Base struct {
	T       testing.TB
	Ctx     context.Context
	Base    *store.Base
	Session *store.Session
	Host    *screentest.Host
	Client  *client.Client
	Deal    *deal.Deal
	Pump    *product.Product
	Boiler  *product.Product
}

// New makes the base, on SQLite.
func New(t testing.TB) *Base {
	t.Helper()
	d := &Base{T: t, Ctx: context.Background()}
	var err error
	d.Base, err = found.Base(d.Ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{
		Registry: records.New(), Today: func() model.Day { return Monday }, Now: func() time.Time { return Monday.Time().Add(9 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Base.Close(); err != nil {
			t.Error(err)
		}
	})
	d.Session = d.Base.System()
	eur, err := d.Session.Find(d.Ctx, "currency", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	d.Save("rate", &firm.ExchangeRate{Currency: model.Ref{ID: eur}, On: Monday - 3, Rate: 50_000_000})
	piece, err := d.Session.Find(d.Ctx, "unit", "шт")
	if err != nil {
		t.Fatal(err)
	}
	d.Pump = &product.Product{
		Name: "Насос Wilo", Article: "W-25", Barcode: "4820001", Unit: model.Ref{ID: piece}, VAT: product.VAT20, Active: true,
		Price: model.Money{Minor: 1_000_00, Currency: "UAH"}, Cost: model.Money{Minor: 600_00, Currency: "UAH"},
	}
	d.Save("product", d.Pump)
	d.Boiler = &product.Product{Name: "Котел Bosch", Article: "B-7", Unit: model.Ref{ID: piece}, VAT: product.VAT20, Active: true, Price: model.Money{Minor: 20_000_00, Currency: "UAH"}}
	d.Save("product", d.Boiler)
	d.Client = &client.Client{Name: "Карпати-Буд", Form: client.Legal, Language: "uk"}
	d.Save("client", d.Client)
	rec, err := d.Session.New(d.Ctx, "deal")
	if err != nil {
		t.Fatal(err)
	}
	d.Deal = rec.(*deal.Deal)
	d.Deal.Subject, d.Deal.Client = "Насосна", model.Ref{ID: d.Client.ID, Name: d.Client.Name}
	d.Deal.Products = []deal.Interest{{Product: model.Ref{ID: d.Pump.ID}, Quantity: 3000}}
	d.Save("deal", d.Deal)
	d.Host = screentest.New(t, d.Session)
	return d
}

// Save saves a record.
func (d *Base) Save(kind string, rec model.Keeper) {
	d.T.Helper()
	if err := d.Session.Save(d.Ctx, kind, rec); err != nil {
		d.T.Fatalf("save %s: %v", kind, err)
	}
}

// Get reads a record.
func (d *Base) Get(kind string, id int64) model.Keeper {
	d.T.Helper()
	rec, err := d.Session.Get(d.Ctx, kind, id)
	if err != nil {
		d.T.Fatal(err)
	}
	return rec
}

// Proposal reads a proposal.
func (d *Base) Proposal(id int64) *proposal.Proposal {
	d.T.Helper()
	return d.Get("proposal", id).(*proposal.Proposal)
}

// Do does an action of a record.
func (d *Base) Do(kind string, id int64, action string) {
	d.T.Helper()
	if _, err := d.Session.Do(d.Ctx, kind, id, action, nil); err != nil {
		d.T.Fatal(err)
	}
}

// Accepted is a proposal of the deal with some lines that its client accepted.
func (d *Base) Accepted(lines ...proposal.Line) *proposal.Proposal {
	d.T.Helper()
	rec, err := d.Session.New(d.Ctx, "proposal")
	if err != nil {
		d.T.Fatal(err)
	}
	p := rec.(*proposal.Proposal)
	p.Client, p.Deal = model.Ref{ID: d.Client.ID}, model.Ref{ID: d.Deal.ID}
	v := proposal.Variant{Recommended: true}
	v.Lines = lines
	p.Variants = []proposal.Variant{v}
	d.Save("proposal", p)
	d.Do("proposal", p.ID, "sent")
	d.Do("proposal", p.ID, "accept")
	return d.Proposal(p.ID)
}

// Open shows the card of an address, laid out by a page.
func (d *Base) Open(a screen.Address, page func(s *form.Screen) form.Page) *form.Screen {
	d.T.Helper()
	x, err := form.WithPage(d.Host, a, page)
	if err != nil {
		d.T.Fatal(err)
	}
	d.T.Cleanup(x.Close)
	d.Host.Show(x)
	return x.(*form.Screen)
}

// FromDeal is the address of a new document of the deal.
func (d *Base) FromDeal(kind string) screen.Address {
	return screen.ToNew(kind, map[string]any{"deal": d.Deal.Ref()})
}

// Kept saves the card and reads what is in the base then.
func (d *Base) Kept(s *form.Screen) model.Keeper {
	d.T.Helper()
	ok := false
	s.Save(func(saved bool) { ok = saved })
	if !ok {
		d.T.Fatal("it was not saved: ", d.Host.Said)
	}
	if s.Unsaved() {
		d.T.Error("saved, and still marked")
	}
	return d.Get(s.Address().Kind, s.Address().ID)
}

// KeptProposal saves the card of a proposal and reads it.
func (d *Base) KeptProposal(s *form.Screen) *proposal.Proposal {
	d.T.Helper()
	return d.Kept(s).(*proposal.Proposal)
}

// Hands are those of a person on the lines of a document.
type Hands struct {
	Host *screentest.Host
	Over *lines.Grid
	Of   lines.Lines
}

// Press presses a key in what has the keyboard.
func (h Hands) Press(k fyne.KeyName) { h.Host.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }

// Type types into what has the keyboard.
func (h Hands) Type(text string) {
	for _, r := range text {
		h.Host.Canvas().Focused().TypedRune(r)
	}
}

// Cell puts the cursor into a cell by the key of its column.
func (h Hands) Cell(row int, column string) {
	for i, c := range h.Of.Columns() {
		if c.Key == column {
			h.Over.GoTo(row, i)
		}
	}
	h.Host.Canvas().Focus(h.Over)
}

// Shows is what stands in a cell, with plain spaces.
func (h Hands) Shows(row int, column string) string {
	for i, c := range h.Of.Columns() {
		if c.Key == column {
			return Plain(h.Of.Cell(row, i).Text)
		}
	}
	return "no such column"
}

// Plain makes plain spaces of those that do not break.
func Plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
