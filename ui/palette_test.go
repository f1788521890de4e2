package ui

import (
	"strings"
	"testing"

	"ugoda/locale"
	"ugoda/model/client"
	"ugoda/ui/screen"
)

// Ctrl+K finds by whatever a person remembers, and commands in either language
// and through the wrong layout of the keyboard.
func TestPaletteFinds(t *testing.T) {
	world := newWorld(t)
	ctx := t.Context()
	rec, err := world.session.Get(ctx, "client", world.clients[1].ID)
	if err != nil {
		t.Fatal(err)
	}
	c := rec.(*client.Client)
	c.Code, c.Phone, c.Email = "38765439", "(010) 222-33-44", "office@yizhak.example"
	c.Accounts = []client.Account{{IBAN: "UA213223130000026007233566001"}}
	if err := world.session.Save(ctx, "client", c); err != nil {
		t.Fatal(err)
	}
	if err := world.session.Save(ctx, "contact", &client.Contact{Name: "Ганна Сова", Client: world.clients[1], Phone: "(010) 777-88-99"}); err != nil {
		t.Fatal(err)
	}
	w := world.show(t, locale.Ukrainian)
	records := []struct{ typed, label string }{
		{"їжак", "Їжак"},
		{"];fr", "Їжак"}, // the same keys in the Latin layout
		{"00003", "00003"},
		{"2223344", "Їжак"},
		{"010 222 33", "Їжак"},
		{"38765439", "Їжак"},
		{"office@yizhak", "Їжак"},
		{"UA2132231300000260", "Їжак"},
		{"26007233566001", "Їжак"},
		{"сова", "Ганна Сова · ТОВ «Їжак»"},
	}
	for _, c := range records {
		w.openPalette()
		w.palette.Type(c.typed)
		if f := w.palette.Found(); len(f) == 0 || !strings.Contains(f[0].Label, c.label) {
			t.Errorf("%q finds %+v, want %s first", c.typed, f, c.label)
		}
		w.palette.Close()
	}
	commands := []struct{ typed, label string }{
		{"угоди", "Угоди"},
		{"deals", "Угоди"},
		{"вуфды", "Угоди"}, // deals
		{"вуфд", "Угода"},  // deal
		{"eujlb", "Угоди"}, // угоди
		{"dark", "Темна"},  // the theme
		{"темна", "Темна"}, //
		{"zoom", "Збільшити масштаб"},
		{"colleagues", ""},       // nothing by an identifier
		{"people", "Люди"},       // a section of the settings
		{"люди й", "Люди"},       //
		{"excha", "Курси валют"}, // a catalogue
		{"about", "Про Ugoda"},
	}
	for _, c := range commands {
		w.openPalette()
		w.palette.Type(c.typed)
		found := false
		for _, f := range w.palette.Found() {
			found = found || c.label != "" && strings.Contains(f.Label, c.label)
		}
		if found != (c.label != "") {
			t.Errorf("%q finds %+v, want %q", c.typed, w.palette.Found(), c.label)
		}
		w.palette.Close()
	}
	// What begins with it stands first.
	w.openPalette()
	w.palette.Type("клієнти")
	w.palette.Found()[0].Do()
	if a := w.current().Address(); !a.Same(screen.ToList("client", "")) {
		t.Errorf("the first of “клієнти” opens %v", a)
	}
}
