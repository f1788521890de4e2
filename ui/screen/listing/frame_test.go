package listing

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model/client"
	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// session is a base of its own with some clients.
func session(t *testing.T, clients int) *store.Session {
	t.Helper()
	ctx := context.Background()
	b, err := store.Create(ctx, storetest.SQLite(t), store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	s := b.System()
	for i := range clients {
		rec, err := s.New(ctx, "client")
		if err != nil {
			t.Fatal(err)
		}
		rec.(*client.Client).Name = fmt.Sprintf("Клієнт %03d", i)
		if err := s.Save(ctx, "client", rec); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func open(t *testing.T, s *store.Session, kind string) (*Screen, *screentest.Host) {
	t.Helper()
	h := screentest.New(t, s)
	x, err := New(h, screen.ToList(kind, ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	return x.(*Screen), h
}

// However many saved filters and conditions there are, nothing lies over the
// heads of the columns: they go to more lines, and the grid gives way.
func TestLinesNeverCoverTheGrid(t *testing.T) {
	base := session(t, 3)
	s, _ := open(t, base, "client")
	check := func(when string) {
		t.Helper()
		works, grid := s.works, s.split
		if bottom := works.Position().Y + works.Size().Height; bottom > grid.Position().Y {
			t.Errorf("%s: the buttons end at %.0f and the grid begins at %.0f", when, bottom, grid.Position().Y)
		}
		for _, line := range []*fyne.Container{s.views, s.works} {
			for _, o := range line.Objects {
				if end := o.Position().Y + o.Size().Height; end > line.Size().Height+0.5 {
					t.Errorf("%s: something ends at %.0f in a line of %.0f", when, end, line.Size().Height)
				}
				if end := o.Position().X + o.Size().Width; end > line.Size().Width+0.5 {
					t.Errorf("%s: something ends at %.0f in a line %.0f wide", when, end, line.Size().Width)
				}
			}
		}
		if s.split.Size().Height < 300 {
			t.Errorf("%s: the grid has %.0f", when, s.split.Size().Height)
		}
	}
	check("opened")
	two := s.split.Position().Y
	if two > 70 {
		t.Errorf("the grid begins at %.0f: that is more than two lines", two)
	}
	for i := range 9 {
		s.SaveAs(fmt.Sprintf("Збережений відбір номер %d", i))
	}
	check("many saved filters")
	var all filter.And
	for i := range 8 {
		all = append(all, filter.Cond{Path: "name", Op: filter.NotContains, Values: []filter.Value{filter.String(fmt.Sprintf("довге слово %d", i))}})
	}
	s.SetWhere(all)
	check("many conditions")
	if s.split.Position().Y <= two {
		t.Error("the grid did not give way")
	}
	s.SetWhere(nil)
	check("no conditions")
}

// Whoever opens a list goes on with the keys: the first row has the keyboard
// once the rows are there.
func TestKeysWorkAtOnce(t *testing.T) {
	s, h := open(t, session(t, 3), "client")
	s.grid.FocusLost()
	s.reload(true)
	h.Canvas().Focus(s.grid)
	s.reload(true)
	s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n := len(h.Opened); n != 1 || h.Opened[0].Kind != "client" || h.Opened[0].ID == 0 {
		t.Errorf("Enter opened %+v", h.Opened)
	}
}
