package store_test

import (
	"context"
	"errors"
	"testing"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/store"
)

// What a batch was stays known; its records are a list of their own; an undo
// keeps what was edited since, tells it before and after, and takes it back
// when a person insists.
func TestBatchIsKnownAndUndoneInTwoSteps(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		old := f.client("Стара назва")
		var made []int64
		batch, err := f.s.InBatch(f.ctx, "clients.csv", func(ctx context.Context, b *store.Batcher) error {
			b.Describe("import", `{"kind":"client"}`)
			for _, name := range []string{"Перший", "Другий"} {
				c := &client.Client{Name: name, Form: client.Legal}
				if err := b.Save(ctx, "client", c); err != nil {
					return err
				}
				made = append(made, c.ID)
			}
			c := f.get("client", old.ID).(*client.Client)
			c.Name = "Нова назва"
			return b.Save(ctx, "client", c)
		})
		if err != nil {
			t.Fatal(err)
		}
		f.client("Без пакета")
		if _, failures, err := f.s.SetField(f.ctx, "client", made[:1], "note", "інше"); err != nil || len(failures) > 0 {
			t.Fatal(failures, err)
		}
		list, err := f.s.Batches(f.ctx, "import", 10)
		if err != nil || len(list) != 1 || list[0].ID != batch.ID || list[0].Label != "clients.csv" || list[0].Details != `{"kind":"client"}` || list[0].Undone || list[0].Records != 3 {
			t.Fatalf("%+v %v", list, err)
		}
		count := func() int64 {
			totals, err := f.s.Totals(f.ctx, store.Query{Kind: "client", Batch: batch.ID})
			if err != nil {
				t.Fatal(err)
			}
			return totals.Count
		}
		if n := count(); n != 3 {
			t.Errorf("the batch has %d clients", n)
		}
		preview, err := f.s.UndoPreview(f.ctx, batch.ID)
		if err != nil || preview.Undone != 2 || len(preview.Kept) != 1 || preview.Kept[0].Ref.Name != "Перший" {
			t.Fatalf("before: %+v %v", preview, err)
		}
		first, err := f.s.Undo(f.ctx, batch.ID, false)
		if err != nil || first.Undone != 2 || len(first.Kept) != 1 {
			t.Fatalf("%+v %v", first, err)
		}
		if c := f.get("client", old.ID).(*client.Client); c.Name != "Стара назва" {
			t.Errorf("the change was not taken back: %s", c.Name)
		}
		if n := count(); n != 2 { // the one that was kept, and the old one
			t.Errorf("after the undo the batch has %d clients", n)
		}
		if b, err := f.s.Batch(f.ctx, batch.ID); err != nil || !b.Undone || b.Kept != 1 {
			t.Errorf("%+v %v", b, err)
		}
		var refused model.Problems
		if _, err := f.s.Undo(f.ctx, batch.ID, false); !errors.As(err, &refused) {
			t.Errorf("a second undo without insisting: %v", err)
		}
		second, err := f.s.Undo(f.ctx, batch.ID, true)
		if err != nil || second.Undone != 1 || len(second.Kept) != 0 {
			t.Fatalf("%+v %v", second, err)
		}
		if c := f.get("client", made[0]).(*client.Client); !c.Marked {
			t.Error("the client that was kept at first is still there")
		}
		if _, err := f.s.Undo(f.ctx, batch.ID, true); !errors.As(err, &refused) {
			t.Errorf("an undo of nothing: %v", err)
		}
		f.sound()
	})
}

// Changes of one record that were made one after another are taken back one
// after another; what somebody edited in between is kept.
func TestChangesAreUndoneOneAfterAnother(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		c := f.client("Карпати")
		note := func(text string) store.Batch {
			t.Helper()
			b, failures, err := f.s.SetField(f.ctx, "client", []int64{c.ID}, "note", text)
			if err != nil || len(failures) > 0 {
				t.Fatal(failures, err)
			}
			return b
		}
		undo := func(b store.Batch, kept int, left string) {
			t.Helper()
			got, err := f.s.Undo(f.ctx, b.ID, false)
			if err != nil || len(got.Kept) != kept {
				t.Fatalf("%+v %v", got, err)
			}
			if now := f.get("client", c.ID).(*client.Client); now.Note != left {
				t.Errorf("the note says %q, wanted %q", now.Note, left)
			}
		}
		first, second, third := note("один"), note("два"), note("три")
		undo(third, 0, "два")
		undo(second, 0, "один")
		undo(first, 0, "")
		first = note("один")
		by := f.get("client", c.ID).(*client.Client)
		by.Note = "від руки"
		if err := f.s.Save(f.ctx, "client", by); err != nil {
			t.Fatal(err)
		}
		second = note("два")
		undo(second, 0, "від руки")
		undo(first, 1, "від руки")
	})
}
