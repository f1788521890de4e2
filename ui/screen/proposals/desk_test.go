package proposals

import (
	"testing"

	"ugoda/model/proposal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/document/desktest"
	"ugoda/ui/screen/form"
)

var monday = desktest.Monday

// desk is a base with what documents need.
type desk struct{ *desktest.Base }

func newDesk(t testing.TB) *desk { return &desk{desktest.New(t)} }

// hands are a page and a person's hands on its lines.
type hands struct {
	*page
	desktest.Hands
}

// open shows the card of an address.
func (d *desk) open(a screen.Address) (hands, *form.Screen) {
	d.T.Helper()
	var p *page
	s := d.Open(a, func(s *form.Screen) form.Page {
		p = newPage(s)
		return p
	})
	return hands{p, desktest.Hands{Host: d.Host, Over: p.Grid(), Of: p.Lines()}}, s
}

func (d *desk) fromDeal() (hands, *form.Screen)        { return d.open(d.FromDeal("proposal")) }
func (d *desk) stored(id int64) *proposal.Proposal     { return d.Proposal(id) }
func (d *desk) kept(s *form.Screen) *proposal.Proposal { return d.KeptProposal(s) }

func plain(s string) string { return desktest.Plain(s) }
