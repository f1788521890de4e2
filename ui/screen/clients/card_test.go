package clients

import (
	"context"
	"testing"

	"ugoda/model/client"
	"ugoda/model/records"
	"ugoda/store"
	"ugoda/store/storetest"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/screentest"
)

// Pasted requisites fill what is empty, and leave what was typed.
func TestPasteFillsEmptyFields(t *testing.T) {
	ctx := context.Background()
	b, err := store.Create(ctx, storetest.SQLite(t), store.Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	s := b.System()
	rec, err := s.New(ctx, "client")
	if err != nil {
		t.Fatal(err)
	}
	rec.(*client.Client).Name = "Карпати"
	if err := s.Save(ctx, "client", rec); err != nil {
		t.Fatal(err)
	}
	h := screentest.New(t, s)
	var c *card
	x, err := form.With(h, screen.ToCard("client", rec.Base().ID), func(f *form.Screen) form.Beside {
		c = newCard(f)
		return c
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Show(x)
	c.Fill("ТОВ «Карпати-Буд», ЄДРПОУ 14360570, тел. (044) 123-45-67, office@karpaty.example")
	if !x.Unsaved() {
		t.Fatal("nothing was filled")
	}
	saved := false
	x.(screen.Saver).Save(func(ok bool) { saved = ok })
	if !saved {
		t.Fatal("what was filled could not be saved")
	}
	got, err := s.Get(ctx, "client", rec.Base().ID)
	if err != nil {
		t.Fatal(err)
	}
	k := got.(*client.Client)
	if k.Name != "Карпати" || k.Code != "14360570" || k.Email != "office@karpaty.example" || k.PhoneE164 != "+380441234567" {
		t.Errorf("the client is %q, code %q, mail %q, phone %q", k.Name, k.Code, k.Email, k.PhoneE164)
	}
}
