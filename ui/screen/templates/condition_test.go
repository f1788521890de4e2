package templates

import (
	"context"
	"strings"
	"testing"

	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/ui/screen"
)

// The condition of a template is said in words, with how many documents meet it.
func TestConditionIsSaidAndCounted(t *testing.T) {
	h, p, s := opened(t)
	ctx := context.Background()
	count, err := s.Count(ctx, store.Query{Kind: kind, Where: nil})
	if err != nil {
		t.Fatal(err)
	}
	x := p.items[0]
	rec, err := s.Get(ctx, "template", x.ID)
	if err != nil {
		t.Fatal(err)
	}
	f := rec.(*firm.Template)
	f.When = "discount_share >= 0"
	if err := s.Save(ctx, "template", f); err != nil {
		t.Fatal(err)
	}
	made, err := New(h, screen.ToCard("template", x.ID))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	p = made.(*Screen)
	said := texts(p.body)
	if p.current().ID != x.ID || !strings.Contains(said, p.current().when) || !strings.Contains(said, h.Words().N("filter.meets", count)) {
		t.Errorf("of %d documents it says:\n%s", count, said)
	}
}
