package store_test

import (
	"context"
	"testing"

	"ugoda/store"
	"ugoda/store/storetest"
)

// A list opens with the view of the base for everybody until one chooses
// another, or none; a condition is kept in its one form.
func TestUsualView(t *testing.T) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		ctx := context.Background()
		b := create(t, dsn)
		s := b.System()
		open := store.View{Kind: "activity", Name: "Відкриті", Where: "done=no", Shared: true}
		all := store.View{Kind: "activity", Name: "Виконані", Where: "done = yes", Shared: true}
		for _, v := range []*store.View{&open, &all} {
			if err := s.SaveView(ctx, v); err != nil {
				t.Fatal(err)
			}
		}
		if open.Where != "done = false" {
			t.Errorf("kept as %q", open.Where)
		}
		chosen := func() string {
			t.Helper()
			views, err := s.Views(ctx, "activity")
			if err != nil {
				t.Fatal(err)
			}
			name := ""
			for _, v := range views {
				if v.Default {
					name += v.Name
				}
			}
			return name
		}
		if got := chosen(); got != "" {
			t.Errorf("the list opens with %q before anybody chose", got)
		}
		if err := b.SetUsualView(ctx, &open); err != nil {
			t.Fatal(err)
		}
		if got := chosen(); got != open.Name {
			t.Errorf("the list opens with %q, not that of the base", got)
		}
		for _, x := range []struct {
			view *store.View
			on   bool
			want string
		}{{&open, false, ""}, {&all, true, all.Name}, {&all, false, ""}, {&open, true, open.Name}} {
			if err := s.SetDefaultView(ctx, x.view, x.on); err != nil {
				t.Fatal(err)
			}
			if got := chosen(); got != x.want {
				t.Errorf("after %s %v the list opens with %q, not %q", x.view.Name, x.on, got, x.want)
			}
		}
	})
}
