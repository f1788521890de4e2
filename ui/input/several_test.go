package input

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ugoda/ui/run"
)

func TestSeveral(t *testing.T) {
	people := []Item{{ID: 1, Text: "Олена Коваль <olena@a.example>"}, {ID: 2, Text: `"Ківа, Олег" <oleh@b.example>`}}
	asked := ""
	e := NewSeveral(ProviderFunc(func(_ context.Context, text string) ([]Item, error) {
		asked = text
		var out []Item
		for _, p := range people {
			if strings.Contains(strings.ToLower(p.Text), strings.ToLower(text)) {
				out = append(out, p)
			}
		}
		return out, nil
	}), run.Sync{})
	edits := 0
	e.OnEdit(func() { edits++ })
	w := test.NewTempWindow(t, container.NewVBox(e))
	w.Resize(fyne.NewSize(600, 400))
	w.Canvas().Focus(e)
	typing := func(s string) {
		for _, r := range s {
			e.TypedRune(r)
		}
	}
	typing("о")
	if asked != "" {
		t.Errorf("one letter asks for %q", asked)
	}
	typing("ле")
	if asked != "оле" || e.popup == nil || len(e.found) != 2 {
		t.Fatalf("asked for %q, found %d", asked, len(e.found))
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if want := people[1].Text + ","; e.Text != want || e.popup != nil || e.CursorColumn != len([]rune(want)) {
		t.Errorf("%q, the cursor at %d", e.Text, e.CursorColumn)
	}
	// The comma in the quoted name parts nothing.
	typing("коваль")
	if asked != "коваль" {
		t.Errorf("asked for %q", asked)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if want := people[1].Text + ", " + people[0].Text + ","; e.Text != want {
		t.Errorf("%q", e.Text)
	}
	typing("a@b.example, c@d.example")
	if e.popup != nil {
		t.Error("a list for an address that nobody has")
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if edits == 0 {
		t.Error("nobody was told of the edits")
	}
	before := edits
	e.Set("x@y.example")
	if edits != before || e.Text != "x@y.example" {
		t.Error("set by the program, told as an edit")
	}
}
