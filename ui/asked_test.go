package ui

import (
	"context"
	"errors"
	"testing"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/client"
	"ugoda/service/running"
	"ugoda/store"
)

// Another program's question opens the card, and what cannot be found is told.
func TestAskedForARecord(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	ask := func(kind, name string) (err error) {
		w.asked(running.Ask{Kind: kind, Name: name}, func(e error) { err = e })
		return err
	}
	if err := ask("deal", "00003"); err != nil {
		t.Fatal(err)
	}
	if a := w.current().Address(); a.Kind != "deal" || a.ID != world.deals[2] {
		t.Errorf("in front is %v", a)
	}
	var missing *store.NotFound
	if err := ask("deal", "99999"); !errors.As(err, &missing) {
		t.Errorf("a deal that is not there: %v", err)
	}
	var unknown *store.UnknownKind
	if err := ask("spell", "1"); !errors.As(err, &unknown) {
		t.Errorf("a kind that is not there: %v", err)
	}
}

// A phone leads to its client, to a choice of several, or to the form of an
// inquiry with the phone in it.
func TestAskedForAPhone(t *testing.T) {
	world := newWorld(t)
	ctx := context.Background()
	give := func(kind string, id int64, fill func(rec model.Keeper)) {
		t.Helper()
		var rec model.Keeper
		var err error
		if id == 0 {
			rec, err = world.session.New(ctx, kind)
		} else {
			rec, err = world.session.Get(ctx, kind, id)
		}
		if err == nil {
			fill(rec)
			err = world.session.Save(ctx, kind, rec)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	give("client", world.clients[0].ID, func(r model.Keeper) { r.(*client.Client).Phone = "(010) 111-22-33" })
	give("client", world.clients[1].ID, func(r model.Keeper) { r.(*client.Client).Phone = "(010) 111-22-44" })
	give("contact", 0, func(r model.Keeper) {
		c := r.(*client.Contact)
		c.Name, c.Client, c.Phone = "Ганна", world.clients[2], "(010) 555-66-77"
	})
	w := world.show(t, locale.Ukrainian)
	ask := func(digits string) {
		t.Helper()
		w.asked(running.Ask{Kind: running.Phone, Name: digits}, func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	ask("0101112233")
	if a := w.current().Address(); a.Kind != "client" || a.ID != world.clients[0].ID {
		t.Errorf("a client's phone shows %v", a)
	}
	ask("0105556677")
	if a := w.current().Address(); a.Kind != "client" || a.ID != world.clients[2].ID {
		t.Errorf("a contact's phone shows %v", a)
	}
	ask("010111")
	if w.palette == nil || !w.palette.IsOpen() || len(w.palette.Found()) != 2 {
		t.Error("two clients with such a phone are not offered")
	} else {
		w.palette.Close()
	}
	ask("0109998877")
	if d := w.dialog(); d == nil || d.Title != w.words.T("command.inquiry") {
		t.Fatal("a stranger's call does not open the form of an inquiry")
	}
}
