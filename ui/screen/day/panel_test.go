package day

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/service/demo/demotest"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/screentest"
)

// The day shows every open activity up to a week ahead, in its section, and
// finishing asks for the result.
func TestDayListsOpenActivities(t *testing.T) {
	ctx := context.Background()
	b := demotest.Small(t, storetest.SQLite(t), 5, 0)
	s := b.System()
	want := map[string]int{}
	ids, err := s.IDs(ctx, store.Query{Kind: "activity"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		rec, err := s.Get(ctx, "activity", id)
		if err != nil {
			t.Fatal(err)
		}
		switch a := rec.(*deal.Activity); {
		case a.Done || a.Due > s.Today()+ahead:
		case a.Due < s.Today():
			want["overdue"]++
		case a.Due == s.Today():
			want["today"]++
		default:
			want["next"]++
		}
	}
	h := screentest.New(t, s)
	x, err := New(h, screen.Address{Screen: "day"})
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	p := x.(*Screen).panel
	p.Of(model.Ref{})
	got := map[string]int{}
	for _, r := range p.recs {
		if r.ID != 0 {
			got[section(r, s.Today())]++
		}
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("%s: %d rows, %d activities", name, got[name], n)
		}
	}
	if len(want) == 0 {
		t.Fatal("the demo base has nothing to do")
	}
	x.(screen.Commander).Do(screen.MainAction)
	if len(h.Dialogs) != 1 {
		t.Fatalf("finishing opened %d boxes", len(h.Dialogs))
	}
	for i, key := range []func(){
		func() { p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) },
		func() { p.grid.TypedRune('+') },
	} {
		h.Dialogs[len(h.Dialogs)-1].Close()
		key()
		if want := []string{"finish", "postpone"}[i]; len(h.Dialogs) != i+2 || h.Dialogs[i+1].Title != h.Words().Action("activity", want) {
			t.Errorf("a key for %s opened %d boxes", want, len(h.Dialogs))
		}
	}
	h.Dialogs[len(h.Dialogs)-1].Close()
	said := len(h.Said)
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF8})
	if len(h.Said) != said+1 {
		t.Error("F8 did not call")
	}
}
