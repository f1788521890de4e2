package ui

import (
	"context"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/bin"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/listing"
)

// What was typed survives a crash: the draft comes back, and says so.
func TestDraftSurvivesACrash(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToCard("client", world.clients[1].ID))
	f := w.current().(*form.Screen)
	f.Set("note", "дзвонити після обіду")
	f.Draft() // what the clock does after a pause in typing
	// The program dies here: nothing is closed, nothing is saved.
	again := world.show(t, locale.Ukrainian)
	again.Open(screen.ToCard("client", world.clients[1].ID))
	g := again.current().(*form.Screen)
	if got := g.Get("note"); got != "дзвонити після обіду" || !g.Unsaved() {
		t.Fatalf("the note is %q, unsaved %v", got, g.Unsaved())
	}
	saved := false
	g.Save(func(ok bool) { saved = ok })
	if !saved {
		t.Fatal("the restored draft does not save")
	}
	third := world.show(t, locale.Ukrainian)
	third.Open(screen.ToCard("client", world.clients[1].ID))
	if third.current().Unsaved() {
		t.Error("a saved draft comes back again")
	}
}

// A record is created in place over the window, and its problems stand there.
func TestEditInPlace(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	var got model.Ref
	w.Edit("client", 0, map[string]any{"name": "ТОВ «Новий»", "code": "123"}, func(r model.Ref) { got = r })
	d := w.dialog()
	if d == nil {
		t.Fatal("no small form")
	}
	d.Enter()
	if got.ID != 0 || w.dialog() != d {
		t.Fatal("a wrong code was saved")
	}
	d.Close()
	w.Edit("client", 0, map[string]any{"name": "ТОВ «Новий»"}, func(r model.Ref) { got = r })
	w.dialog().Enter()
	if got.ID == 0 || got.Name != "ТОВ «Новий»" || w.dialog() != nil {
		t.Fatalf("created %+v", got)
	}
	rec, err := world.session.Get(context.Background(), "client", got.ID)
	if err != nil || rec.(*client.Client).Name != "ТОВ «Новий»" {
		t.Errorf("%+v, %v", rec, err)
	}
}

// The neighbours of the list that a record was opened from are one key away.
func TestNeighbours(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "client", "")
	s.Grid().Select(0, list.Range{From: 0, To: 1})
	s.Grid().OnOpen(0)
	f := w.current().(*form.Screen)
	first := f.Title()
	w.command(screen.Next)
	second := f.Title()
	w.command(screen.Previous)
	if f.Title() != first || second == first {
		t.Errorf("from %q to %q and back to %q", first, second, f.Title())
	}
}

// The bin lists what was deleted and gives it back.
func TestBin(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	if _, _, err := world.session.MarkAll(context.Background(), "deal", world.deals[:2], true); err != nil {
		t.Fatal(err)
	}
	w.Open(screen.Address{Screen: "bin"})
	if _, ok := w.current().(*bin.Screen); !ok {
		t.Fatalf("%T is in front", w.current())
	}
	w.Open(listing.ToBin("deal"))
	s := w.current().(*listing.Screen)
	if got := s.TotalsText(); !strings.HasPrefix(got, "2 записи") {
		t.Fatalf("the bin of deals: %q", got)
	}
	s.Grid().SelectAll()
	s.Restore()
	if got := s.TotalsText(); !strings.HasPrefix(got, "0 записів") {
		t.Errorf("after restoring: %q", got)
	}
	if got := openList(t, w, "deal", "").TotalsText(); !strings.HasPrefix(got, "12 записів") {
		t.Errorf("the list of deals: %q", got)
	}
}
