package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
)

// When there is no room to save, the window says so in the user's words, the
// form keeps all that was typed, and saves it once there is room.
func TestFormOutlivesAFullDisk(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToCard("client", world.clients[1].ID))
	f := w.current().(*form.Screen)
	grow := func(pages string) {
		t.Helper()
		err := w.Session().Base().Write(context.Background(), func(tx *store.Tx) error {
			rows, err := tx.Query(context.Background(), "PRAGMA max_page_count = "+pages)
			if err != nil {
				return err
			}
			for rows.Next() {
			}
			return rows.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	grow("1") // the file is as large as it may be
	note := strings.Repeat("дзвонити після обіду ", 600)
	f.Set("note", note)
	saved := true
	f.Save(func(ok bool) { saved = ok })
	if saved {
		t.Fatal("saved on a full disk")
	}
	d := w.dialog()
	if d == nil {
		t.Fatal("nothing is said")
	}
	said := ""
	var read func(o fyne.CanvasObject)
	read = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			said += o.Text
		case *fyne.Container:
			for _, x := range o.Objects {
				read(x)
			}
		}
	}
	read(d.Content)
	if want := locale.New(locale.Ukrainian).T("problem.disk_full"); !strings.Contains(said, want) {
		t.Errorf("it says %q, want %q", said, want)
	}
	d.Close()
	if kept, _ := f.Get("note").(string); strings.TrimSpace(kept) != strings.TrimSpace(note) || !f.Unsaved() {
		t.Errorf("the form lost what was typed: %d signs of %d, unsaved %v", len(kept), len(note), f.Unsaved())
	}
	grow("1000000")
	f.Save(func(ok bool) { saved = ok })
	if !saved || f.Unsaved() {
		t.Errorf("with room again: saved %v, unsaved %v", saved, f.Unsaved())
	}
}
