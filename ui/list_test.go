package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model/filter"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/listing"
)

func openList(t *testing.T, w *Window, kind, where string) *listing.Screen {
	t.Helper()
	w.Open(screen.ToList(kind, where))
	s, ok := w.current().(*listing.Screen)
	if !ok {
		t.Fatalf("%T is in front, not a list", w.current())
	}
	return s
}

// A list counts and sums what its filter leaves, and grows with the base.
func TestListFilters(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "deal", "")
	if got := plain(s.TotalsText()); got != "12 записів · Σ 7 800,00" {
		t.Errorf("the line of totals is %q", got)
	}
	s.SetWhere(mustParse(t, world, "amount > 1000"))
	if got := plain(s.TotalsText()); got != "2 записи · Σ 2 300,00" {
		t.Errorf("filtered, the line of totals is %q", got)
	}
	if got := s.Address().Arg(screen.ArgWhere); got != "amount > 1000" {
		t.Errorf("the tab would come back with %q", got)
	}
	s.SetWhere(nil)
	s.Search("дах 7")
	if got := s.TotalsText(); !strings.HasPrefix(got, "1 запис ") {
		t.Errorf("searched, the line of totals is %q", got)
	}
}

// plain writes the spaces inside figures as ordinary ones.
func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func mustParse(t *testing.T, w *world, where string) filter.Node {
	t.Helper()
	n, err := filter.Parse(w.session.Registry(), "deal", where)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Many records go to the bin and come back as one; position and selection stay.
func TestListBinAndUndo(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "deal", "")
	s.Grid().Select(2, list.Range{From: 1, To: 4})
	w.command(screen.Delete)
	if got := s.TotalsText(); !strings.HasPrefix(got, "9 записів") {
		t.Fatalf("after the bin: %q", got)
	}
	if w.status.Message() == "" {
		t.Error("nothing tells that it can be undone")
	}
	w.command(screen.Undo)
	if got := s.TotalsText(); !strings.HasPrefix(got, "12 записів") {
		t.Errorf("after undoing: %q", got)
	}
}

// What a colleague saves shows itself, and the selection stays on its records.
func TestListFollowsOthers(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.watchOnce(t)
	s := openList(t, w, "deal", "")
	s.Grid().Select(5, list.Range{From: 5, To: 6})
	id := s.Chosen()[0]
	ctx := context.Background()
	rec, err := world.session.New(ctx, "deal")
	if err != nil {
		t.Fatal(err)
	}
	rec.Base() // a new deal stands on top of the list
	set(t, world, "deal", rec, "subject", "Новий дах")
	set(t, world, "deal", rec, "client", world.clients[0])
	if err := world.session.Save(ctx, "deal", rec); err != nil {
		t.Fatal(err)
	}
	w.poll()
	if got := s.TotalsText(); !strings.HasPrefix(got, "13 записів") {
		t.Errorf("the list shows %q", got)
	}
	if got := s.Chosen(); len(got) != 1 || got[0] != id {
		t.Errorf("record %d was selected, now %v", id, got)
	}
}

// A saved filter keeps conditions, columns and sort, and is a tab with a count.
func TestSavedFilters(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "deal", `manager = me and amount >= 500`)
	s.SaveAs("Мої великі")
	if got := s.Title(); got != "Угоди: Мої великі" {
		t.Fatalf("the tab says %q", got)
	}
	views, err := world.session.Views(context.Background(), "deal")
	if err != nil || len(views) != 1 {
		t.Fatalf("%d saved filters, %v", len(views), err)
	}
	if views[0].Where != `manager = me and amount >= 500` {
		t.Errorf("it keeps %q", views[0].Where)
	}
	if n := s.CountOf(views[0].ID); n != 4 {
		t.Errorf("its tab counts %d", n)
	}
}

// Groups show their counts, open and close.
func TestGroups(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "deal", "")
	s.GroupBy("client")
	if got := s.Grid().Len(); got != 3 {
		t.Fatalf("%d rows for three clients", got)
	}
	s.Grid().OnGroup(0)
	if got := s.Grid().Len(); got != 3+4 {
		t.Errorf("%d rows with one client open", got)
	}
	s.Grid().OnGroup(0)
	if got := s.Grid().Len(); got != 3 {
		t.Errorf("%d rows with all closed again", got)
	}
}

// An export leaves a whole file, or none.
func TestExport(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	s := openList(t, w, "deal", "amount > 1000")
	path := filepath.Join(t.TempDir(), "deals.csv")
	s.ExportTo(path, nil)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(strings.TrimSpace(string(data)), "\n"); lines != 2 {
		t.Errorf("%d lines under the head, want 2:\n%s", lines, data)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".export-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
