package document

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/form"
)

var monday = desktest.Monday

// desk is a base with what documents need.
type desk struct{ *desktest.Base }

func newDesk(t testing.TB) *desk { return &desk{desktest.New(t)} }

// page is the least page around a desk: a proposal with nothing but its lines and
// how they are reckoned.
type page struct {
	*Desk
	desktest.Hands
	form *form.Screen
}

func (d *desk) open(a screen.Address) (*page, *form.Screen) {
	d.T.Helper()
	var p *page
	s := d.Open(a, func(s *form.Screen) form.Page {
		p = &page{form: s}
		p.Desk = New(s, p)
		box := &fyne.Container{}
		for _, name := range []string{"date", "vat_mode", "currency", "client", "organization", "deal"} {
			box.Objects = append(box.Objects, s.Place(name, 0))
		}
		p.Lay(box, &fyne.Container{})
		p.Hands = desktest.Hands{Host: d.Host, Over: p.grid, Of: p.sheet}
		return p
	})
	return p, s
}

func (d *desk) fromDeal() (*page, *form.Screen) { return d.open(d.FromDeal("proposal")) }

func (p *page) rec() *proposal.Proposal               { return p.form.Record().(*proposal.Proposal) }
func (p *page) Fixed() bool                           { return p.rec().Fixed() }
func (p *page) WhyFixed() string                      { return "fixed" }
func (p *page) Options() bool                         { return true }
func (p *page) Most(*proposal.Line) (model.Qty, bool) { return 0, false }
func (p *page) Turned()                               {}
func (p *page) Count(doc *proposal.Proposal) error    { return doc.Count() }
func (p *page) Counted()                              {}
func (p *page) Head() fyne.CanvasObject               { return &fyne.Container{} }
func (p *page) Title() string                         { return "" }
func (p *page) Main() *screen.Action                  { return nil }
func (p *page) Buttons() []string                     { return nil }
func (p *page) Act(string) bool                       { return false }
func (p *page) Edited(field string)                   { p.Reckon(field) }
func (p *page) Say(string, model.Keeper) string       { return "" }
func (p *page) Changed(map[string][]int64)            {}
func (p *page) Close()                                {}
func (p *page) Gather() {
	if p.Counts() {
		p.rec().Variants = proposal.CopyVariants(p.doc.Variants)
	}
}

func (p *page) Show() {
	r := p.rec()
	p.Put(r.ID, &proposal.Proposal{Record: r.Record, VATMode: r.VATMode, Currency: r.Currency, Rate: r.Rate, Language: r.Language, Variants: proposal.CopyVariants(r.Variants)})
}

func (p *page) sums() string {
	var out []string
	for _, s := range append(append([]sum{}, p.totals.left...), p.totals.main...) {
		out = append(out, s.label+" "+s.figure)
	}
	return plain(strings.Join(out, "; "))
}

func plain(s string) string { return desktest.Plain(s) }
