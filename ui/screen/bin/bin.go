// Package bin is the screen of what was deleted: how many records of each kind
// lie in the bin, and the list of each to restore from.
package bin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/listing"
)

// Screen is the bin.
type Screen struct {
	screen.Base
	rows *fyne.Container
}

// New makes the screen.
func New(h screen.Host, _ screen.Address) (screen.Screen, error) {
	s := &Screen{Base: screen.Begin(h, screen.Address{Screen: "bin"}), rows: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	s.Body = container.NewStack(container.NewVScroll(container.NewPadded(s.rows)))
	s.read()
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("section.bin") }

// Changed implements screen.Refresher.
func (s *Screen) Changed(map[string][]int64) { s.read() }

// read counts what lies in the bin, kind by kind.
func (s *Screen) read() {
	session := s.Host.Session()
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (map[string]int64, error) {
		counts := map[string]int64{}
		for _, k := range session.Registry().Kinds() {
			t, err := session.Totals(ctx, store.Query{Kind: k.Name, Bin: true})
			if err != nil {
				return nil, err
			}
			counts[k.Name] = t.Count
		}
		return counts, nil
	}, s.show)
}

func (s *Screen) show(counts map[string]int64) {
	t := s.Host.Words()
	s.rows.RemoveAll()
	for _, k := range s.Host.Session().Registry().Kinds() {
		if n := counts[k.Name]; n > 0 {
			s.rows.Add(container.NewHBox(input.NewButton(t.Kinds(k.Name)+"  "+t.Int(n), func() { s.Host.Open(listing.ToBin(k.Name)) })))
		}
	}
	if len(s.rows.Objects) == 0 {
		s.rows.Add(widget.NewLabel(t.T("ui.list.bin_empty")))
	}
	s.rows.Refresh()
}
