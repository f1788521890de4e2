package ui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/locale"
	"ugoda/model/deal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
)

// focused is where the keyboard is.
func focused(t *testing.T, w *Window) fyne.CanvasObject {
	t.Helper()
	o, ok := w.canvas.Focused().(fyne.CanvasObject)
	if !ok {
		t.Fatalf("the keyboard is with %T", w.canvas.Focused())
	}
	return o
}

// typed gives keys to whatever has the keyboard.
func typed(t *testing.T, w *Window, keys ...fyne.KeyName) {
	t.Helper()
	for _, k := range keys {
		focused(t, w)
		w.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// letters are typed into whatever has the keyboard.
func letters(w *Window, text string) {
	for _, r := range text {
		w.canvas.Focused().TypedRune(r)
	}
}

// Tab goes through the form of every kind as the eye does: down a column, then
// on to the next one, never up and back at once.
func TestTabOrderIsVisualOrder(t *testing.T) {
	world := newWorld(t)
	place := func(o fyne.CanvasObject) fyne.Position {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	}
	for _, k := range world.session.Registry().Kinds() {
		if !world.session.MayWrite(k.Name) || slices.Contains([]string{"letter", "template", "template-version", "revision", "approval"}, k.Name) {
			continue // those come of actions, not of a form
		}
		w := world.show(t, locale.Ukrainian)
		w.Open(screen.ToNew(k.Name, nil))
		if _, ok := w.current().(*form.Screen); !ok {
			continue
		}
		if w.canvas.Focused() == nil {
			t.Errorf("%s: nothing has the keyboard in a new form", k.Name)
			continue
		}
		var before fyne.CanvasObject
		seen := map[fyne.Focusable]bool{}
		for range 40 {
			o := focused(t, w)
			if seen[w.canvas.Focused()] {
				break
			}
			seen[w.canvas.Focused()] = true
			if before != nil {
				a, b := place(before), place(o)
				inForm := b.X > w.side.Size().Width
				if inForm && b.Y+o.Size().Height <= a.Y && b.X <= a.X {
					t.Errorf("%s: Tab goes from %v up to %v", k.Name, a, b)
				}
				if !inForm || b.Y < 100 { // it went round: out of the form
					break
				}
			}
			before = o
			w.canvas.FocusNext()
		}
		if len(seen) < 2 {
			t.Errorf("%s: Tab goes through %d fields", k.Name, len(seen))
		}
	}
}

// A field that Tab leads to is never out of sight.
func TestFocusedFieldComesIntoSight(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.win.Resize(fyne.NewSize(1280, 400))
	w.Open(screen.ToCard("client", world.clients[0].ID))
	far := false
	for range 18 {
		o := focused(t, w)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if at.Y < 0 || at.Y+o.Size().Height > 400 {
			t.Errorf("%T is at %v, %v high", o, at, o.Size().Height)
		}
		far = far || at.Y > 250
		w.canvas.FocusNext()
	}
	if !far {
		t.Error("the form is not longer than the window: nothing was tried")
	}
}

// Insert in a reference creates the record in place, and comes back with it.
func TestInsertCreatesWhatAFieldRefersTo(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToNew("deal", nil))
	letters(w, "Новий дах")
	typed(t, w, fyne.KeyReturn) // to the client
	here := w.canvas.Focused()
	if _, ok := here.(*input.Reference); !ok {
		t.Fatalf("Enter leads to %T", here)
	}
	typed(t, w, fyne.KeyInsert)
	if w.dialog() == nil {
		t.Fatal("Insert opens no form")
	}
	letters(w, "ТОВ «Створене»")
	press(t, w, ctrl, fyne.KeyReturn)
	if w.dialog() != nil || w.canvas.Focused() != here {
		t.Fatalf("the small form is open: %v; the keyboard is with %T", w.dialog() != nil, w.canvas.Focused())
	}
	press(t, w, ctrl, fyne.KeyS)
	f := w.current().(*form.Screen)
	rec, err := world.session.Get(context.Background(), "deal", f.Address().ID)
	if err != nil {
		t.Fatal(err)
	}
	if d := rec.(*deal.Deal); d.Client.Name != "ТОВ «Створене»" || d.Subject != "Новий дах" {
		t.Errorf("the deal is %q of %q", d.Subject, d.Client.Name)
	}
}

// Esc leaves the innermost first: the list of a field, then the form, which
// asks about what is not saved.
func TestEscapeLeavesTheInnermost(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToNew("deal", nil))
	f := w.current()
	letters(w, "Дах")
	typed(t, w, fyne.KeyReturn)
	letters(w, "карп")
	if w.canvas.Overlays().Top() == nil {
		t.Fatal("nothing completes")
	}
	typed(t, w, fyne.KeyEscape)
	if w.canvas.Overlays().Top() != nil || w.dialog() != nil || w.tabOf(f) < 0 {
		t.Fatal("the first Esc left more than the list")
	}
	typed(t, w, fyne.KeyEscape)
	if w.dialog() == nil || w.tabOf(f) < 0 {
		t.Fatal("the second Esc does not ask about what is not saved")
	}
	w.dialog().Typed(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.dialog() != nil || w.tabOf(f) < 0 || w.current() != f {
		t.Error("Esc in the question did not go back to the form")
	}
}

// Two versions are chosen between field by field, by keys.
func TestConflictByKeys(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []fyne.KeyName
		want string
	}{
		{"mine", []fyne.KeyName{fyne.KeyReturn}, "моя"},
		{"theirs", []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "чужа"},
		{"mine again", []fyne.KeyName{fyne.KeySpace, fyne.KeyUp, fyne.KeyReturn}, "моя"},
		{"neither yet", []fyne.KeyName{fyne.KeyDown, fyne.KeyEscape}, "чужа"},
	} {
		t.Run(c.name, func(t *testing.T) {
			world := newWorld(t)
			w := world.show(t, locale.Ukrainian)
			id := world.clients[0].ID
			w.Open(screen.ToCard("client", id))
			f := w.current().(*form.Screen)
			f.Set("note", "моя")
			rec, err := world.session.Get(context.Background(), "client", id)
			if err != nil {
				t.Fatal(err)
			}
			set(t, world, "client", rec, "note", "чужа")
			if err := world.session.Save(context.Background(), "client", rec); err != nil {
				t.Fatal(err)
			}
			press(t, w, ctrl, fyne.KeyS)
			if _, ok := w.canvas.Focused().(*input.Pick); !ok {
				t.Fatalf("the keyboard is with %T", w.canvas.Focused())
			}
			typed(t, w, c.keys...)
			if w.dialog() != nil {
				t.Fatal("the question is still open")
			}
			if rec, err = world.session.Get(context.Background(), "client", id); err != nil {
				t.Fatal(err)
			}
			if got := world.session.Registry().Kind("client").Field("note").Value(rec); got != c.want {
				t.Errorf("kept %q", got)
			}
			if f.Unsaved() != (c.name == "neither yet") {
				t.Errorf("unsaved: %v", f.Unsaved())
			}
		})
	}
}

// A dialog is answered from the keyboard wherever in it the keyboard is.
func TestDialogButtonsTakeKeys(t *testing.T) {
	w := newWorld(t).show(t, locale.Ukrainian)
	said := 0
	ask := func() { w.Confirm("?", "?", "так", func() { said++ }) }
	ask()
	w.canvas.FocusNext() // the first button closes
	typed(t, w, fyne.KeyReturn)
	if said != 0 || w.dialog() != nil {
		t.Errorf("Enter on the button that closes: %d, open %v", said, w.dialog() != nil)
	}
	ask()
	w.canvas.FocusNext()
	w.canvas.FocusNext()
	typed(t, w, fyne.KeyReturn)
	if said != 1 || w.dialog() != nil {
		t.Errorf("Enter on the other: %d, open %v", said, w.dialog() != nil)
	}
	ask()
	w.canvas.FocusNext()
	w.canvas.FocusNext()
	typed(t, w, fyne.KeyEscape)
	if said != 1 || w.dialog() != nil {
		t.Errorf("Esc: %d, open %v", said, w.dialog() != nil)
	}
}

// Actions that are refused now stand under one question, those that are allowed
// before it.
func TestRefusedActionsFold(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	if _, err := world.session.Do(context.Background(), "deal", world.deals[0], "win", nil); err != nil {
		t.Fatal(err)
	}
	w.Open(screen.ToCard("deal", world.deals[0]))
	actions := w.current().(screen.Actor).Actions()
	var refused []string
	for _, a := range actions {
		if a.WhyNot != "" {
			refused = append(refused, a.Label)
		}
	}
	if len(refused) < 2 || len(refused) == len(actions) {
		t.Fatalf("%d of %d actions are refused", len(refused), len(actions))
	}
	entries := w.actionEntries()
	last := entries[len(entries)-1]
	if last.label != w.words.T("ui.menu.why_not") || len(last.children) != len(refused) {
		t.Fatalf("the last is %q with %d under it, refused are %q", last.label, len(last.children), refused)
	}
	if at := slices.IndexFunc(entries, func(e entry) bool { return slices.Contains(refused, e.label) }); at >= 0 {
		t.Errorf("%q stands among those that are allowed", entries[at].label)
	}
	last.children[0].do()
	if w.dialog() == nil || w.dialog().Title != w.words.T("ui.why_not", "action", refused[0]) {
		t.Error("a refused action does not say why")
	}
}
