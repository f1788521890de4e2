package form_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model/filter"
	"ugoda/model/records"
	"ugoda/service/found"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

// The whole list behind a reference offers what belongs to the record, as typing
// in it does: stages of this process, contacts of this client.
func TestTheWholeListIsOfItsOwn(t *testing.T) {
	ctx := context.Background()
	b, err := found.Base(ctx, storetest.SQLite(t), found.Firm{Name: "ТОВ «Ми»", Language: locale.Ukrainian}, store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	s := b.System()
	ids, err := s.IDs(ctx, store.Query{Kind: "process", Sort: []store.Order{{Path: "id"}}})
	if err != nil || len(ids) < 1 {
		t.Fatal(ids, err)
	}
	h := screentest.New(t, s)
	x, err := form.New(h, screen.ToCard("process", ids[0]))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	h.Show(x)
	for _, name := range []string{"sent_stage", "accepted_stage"} {
		h.Among = nil
		e := x.(*form.Screen).Editor(name)
		h.Canvas().Focus(e.Focus)
		e.Focus.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF4})
		if len(h.Among) != 1 {
			t.Fatalf("%s: F4 opened %d lists", name, len(h.Among))
		}
		of, _ := h.Among[0].(filter.And)
		if len(of) != 1 || of[0].(filter.Cond).Path != "process" || of[0].(filter.Cond).Values[0] != filter.Value(filter.ID(ids[0])) {
			t.Errorf("%s offers %v", name, h.Among[0])
		}
		if n, err := s.Count(ctx, store.Query{Kind: "stage", Where: h.Among[0]}); err != nil || n == 0 {
			t.Errorf("%s offers %d stages, %v", name, n, err)
		}
	}
}
