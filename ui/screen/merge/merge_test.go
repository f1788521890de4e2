package merge

import (
	"context"
	"testing"

	"ugoda/model/client"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen/screentest"
)

// The one that is chosen stays, with what it lacked and the records of the
// other; undone, both are there again.
func TestMerge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		b, err := store.Create(ctx, dsn, store.Options{Registry: records.New()})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		s := b.System()
		first := &client.Client{Name: "ТОВ «Карпати»", Form: client.Legal, Language: "uk"}
		second := &client.Client{Name: "Карпати", Form: client.Legal, Language: "uk", Website: "karpaty.example", Phone: "(044) 123-45-67"}
		for _, c := range []*client.Client{first, second} {
			if err := s.Save(ctx, "client", c); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Save(ctx, "contact", &client.Contact{Name: "Олена", Client: second.Ref()}); err != nil {
			t.Fatal(err)
		}
		h := screentest.New(t, s)
		kept := int64(0)
		Ask(ctx, h, second.ID, first.ID, func(id int64, _ store.Batch) { kept = id })
		if len(h.Dialogs) != 1 {
			t.Fatal("nothing is asked")
		}
		h.Dialogs[0].Enter()
		if kept != second.ID {
			t.Fatalf("%d stays", kept)
		}
		got, err := s.Get(ctx, "client", second.ID)
		if err != nil || got.(*client.Client).Website != "karpaty.example" {
			t.Fatalf("%+v, %v", got, err)
		}
		gone, err := s.Get(ctx, "client", first.ID)
		if err != nil || !gone.Base().Marked {
			t.Fatalf("the other is not in the bin: %v", err)
		}
		batches, err := s.Batches(ctx, "", 1)
		if err != nil || len(batches) != 1 {
			t.Fatal(err)
		}
		h.Undo(batches[0])
		if back, err := s.Get(ctx, "client", first.ID); err != nil || back.Base().Marked {
			t.Errorf("it did not come back: %v", err)
		}
	})
}
