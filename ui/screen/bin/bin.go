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
	host    screen.Host
	ctx     context.Context
	cancel  context.CancelFunc
	content *fyne.Container
	rows    *fyne.Container
}

// New makes the screen.
func New(h screen.Host, _ screen.Address) (screen.Screen, error) {
	s := &Screen{host: h, rows: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.content = container.NewStack(container.NewVScroll(container.NewPadded(s.rows)))
	s.read()
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.host.Words().T("section.bin") }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return screen.Address{Screen: "bin"} }

// Unsaved implements screen.Screen.
func (s *Screen) Unsaved() bool { return false }

// Close implements screen.Screen.
func (s *Screen) Close() { s.cancel() }

// Changed implements screen.Refresher.
func (s *Screen) Changed(map[string][]int64) { s.read() }

// read counts what lies in the bin, kind by kind.
func (s *Screen) read() {
	session := s.host.Session()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (map[string]int64, error) {
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
	t := s.host.Words()
	s.rows.RemoveAll()
	for _, k := range s.host.Session().Registry().Kinds() {
		if n := counts[k.Name]; n > 0 {
			s.rows.Add(container.NewHBox(input.NewButton(t.Kinds(k.Name)+"  "+t.Int(n), func() { s.host.Open(listing.ToBin(k.Name)) })))
		}
	}
	if len(s.rows.Objects) == 0 {
		s.rows.Add(widget.NewLabel(t.T("ui.list.bin_empty")))
	}
	s.rows.Refresh()
}
