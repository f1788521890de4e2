package proposals

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
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

var monday = model.Date(2026, time.November, 23)

// desk is a base with a client, a deal and products, and a window on it.
type desk struct {
	t      testing.TB
	ctx    context.Context
	base   *store.Base
	s      *store.Session
	host   *screentest.Host
	client *client.Client
	deal   *deal.Deal
	pump   *product.Product
	boiler *product.Product
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, ctx: context.Background()}
	var err error
	d.base, err = found.Base(d.ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{
		Registry: records.New(), Today: func() model.Day { return monday }, Now: func() time.Time { return monday.Time().Add(9 * time.Hour) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.base.Close(); err != nil {
			t.Error(err)
		}
	})
	d.s = d.base.System()
	eur, err := d.s.Find(d.ctx, "currency", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	d.save("rate", &firm.ExchangeRate{Currency: model.Ref{ID: eur}, On: monday - 3, Rate: 50_000_000})
	piece, err := d.s.Find(d.ctx, "unit", "шт")
	if err != nil {
		t.Fatal(err)
	}
	d.pump = &product.Product{
		Name: "Насос Wilo", Article: "W-25", Barcode: "4820001", Unit: model.Ref{ID: piece}, VAT: product.VAT20, Active: true,
		Price: model.Money{Minor: 1_000_00, Currency: "UAH"}, Cost: model.Money{Minor: 600_00, Currency: "UAH"},
	}
	d.save("product", d.pump)
	d.boiler = &product.Product{Name: "Котел Bosch", Article: "B-7", Unit: model.Ref{ID: piece}, VAT: product.VAT20, Active: true, Price: model.Money{Minor: 20_000_00, Currency: "UAH"}}
	d.save("product", d.boiler)
	d.client = &client.Client{Name: "Карпати-Буд", Form: client.Legal, Language: "uk"}
	d.save("client", d.client)
	rec, err := d.s.New(d.ctx, "deal")
	if err != nil {
		t.Fatal(err)
	}
	d.deal = rec.(*deal.Deal)
	d.deal.Subject, d.deal.Client = "Насосна", model.Ref{ID: d.client.ID, Name: d.client.Name}
	d.deal.Products = []deal.Interest{{Product: model.Ref{ID: d.pump.ID}, Quantity: 3000}}
	d.save("deal", d.deal)
	d.host = screentest.New(t, d.s)
	return d
}

func (d *desk) save(kind string, rec model.Keeper) {
	d.t.Helper()
	if err := d.s.Save(d.ctx, kind, rec); err != nil {
		d.t.Fatalf("save %s: %v", kind, err)
	}
}

// open shows the card of an address.
func (d *desk) open(a screen.Address) (*page, *form.Screen) {
	d.t.Helper()
	var p *page
	x, err := form.WithPage(d.host, a, func(s *form.Screen) form.Page {
		p = newPage(s)
		return p
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(x.Close)
	d.host.Show(x)
	return p, x.(*form.Screen)
}

func (d *desk) fromDeal() (*page, *form.Screen) {
	return d.open(screen.ToNew("proposal", map[string]any{"deal": d.deal.Ref()}))
}

func (d *desk) stored(id int64) *proposal.Proposal {
	d.t.Helper()
	rec, err := d.s.Get(d.ctx, "proposal", id)
	if err != nil {
		d.t.Fatal(err)
	}
	return rec.(*proposal.Proposal)
}

// kept saves the card and reads the proposal from the base.
func (d *desk) kept(s *form.Screen) *proposal.Proposal {
	d.t.Helper()
	ok := false
	s.Save(func(saved bool) { ok = saved })
	if !ok {
		d.t.Fatal("it was not saved: ", d.host.Said)
	}
	if s.Unsaved() {
		d.t.Error("saved, and still marked")
	}
	return d.stored(s.Address().ID)
}

func (p *page) press(k fyne.KeyName) { p.host.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}) }

// typed types into what has the keyboard.
func (p *page) typed(text string) {
	for _, r := range text {
		p.host.Canvas().Focused().TypedRune(r)
	}
}

// cell puts the cursor into a cell by the key of its column.
func (p *page) cell(row int, column string) {
	for i, c := range p.sheet.Columns() {
		if c.Key == column {
			p.grid.GoTo(row, i)
		}
	}
	p.host.Canvas().Focus(p.grid)
}

func (p *page) shows(row int, column string) string {
	for i, c := range p.sheet.Columns() {
		if c.Key == column {
			return p.sheet.Cell(row, i).Text
		}
	}
	return "no such column"
}

func (p *page) sums() string {
	var out []string
	for _, s := range append(append([]sum{}, p.totals.left...), p.totals.main...) {
		out = append(out, s.label+" "+s.figure)
	}
	return strings.ReplaceAll(strings.Join(out, "; "), "\u00a0", " ")
}

func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
