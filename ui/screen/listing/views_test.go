package listing

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/list"
)

func (s *Screen) viewNames() string {
	var names []string
	for _, v := range s.tabs.views {
		name := v.Name
		if v.Default {
			name = "★" + name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// Saved filters are put in order, made the default, deleted and had back.
func TestSavedFiltersInOrder(t *testing.T) {
	base := session(t, 30)
	s, h := open(t, base, "client")
	for _, name := range []string{"Перший", "Другий", "Третій"} {
		s.SetWhere(filter.Cond{Path: "name", Op: filter.Contains, Values: []filter.Value{filter.String("01")}})
		s.SaveAs(name)
	}
	if got := s.viewNames(); got != "Перший, Другий, Третій" {
		t.Fatalf("the tabs are %s", got)
	}
	third := s.tabs.views[2]
	s.tabs.move(third.ID, -1)
	s.tabs.move(third.ID, -1)
	s.tabs.move(third.ID, -1) // it is the first already
	if got := s.viewNames(); got != "Третій, Перший, Другий" {
		t.Errorf("moved to the left: %s", got)
	}
	s.tabs.makeDefault(&s.tabs.views[1], true)
	if got := s.viewNames(); got != "Третій, ★Перший, Другий" {
		t.Errorf("with a default: %s", got)
	}
	again, _ := open(t, base, "client")
	if again.viewNames() != s.viewNames() || again.view == nil || again.view.Name != "Перший" {
		t.Errorf("opened anew it has %s, and shows %v", again.viewNames(), again.view)
	}
	n := s.CountOf(third.ID)
	if n != 11 {
		t.Errorf("the tab counts %d", n)
	}
	s.useView(&s.tabs.views[0])
	s.tabs.remove(*s.view)
	if got := s.viewNames(); got != "★Перший, Другий" || s.view != nil {
		t.Errorf("one deleted: %s, %v is shown", got, s.view)
	}
	h.Offered()
	if got := s.viewNames(); got != "Третій, ★Перший, Другий" || s.view == nil || s.view.Name != "Третій" {
		t.Errorf("had back: %s, %v is shown", got, s.view)
	}
}

// A salesperson may open a list with a filter that somebody else shares, and
// not change it.
func TestDefaultOfAnother(t *testing.T) {
	ctx := context.Background()
	base := session(t, 2)
	view := &store.View{Kind: "client", Name: "Спільний", Shared: true}
	if err := base.SaveView(ctx, view); err != nil {
		t.Fatal(err)
	}
	rec, err := base.New(ctx, "user")
	if err != nil {
		t.Fatal(err)
	}
	k := base.Registry().Kind("user")
	for name, v := range map[string]any{"name": "petro", "role": "manager"} {
		if p, ok := k.Field(name).Ptr(rec).(*string); ok {
			*p = v.(string)
		}
	}
	if err := base.Save(ctx, "user", rec); err != nil {
		t.Fatal(err)
	}
	petro, err := base.Base().Session(ctx, "petro", "")
	if err != nil {
		t.Fatal(err)
	}
	s, _ := open(t, petro, "client")
	if len(s.tabs.views) != 1 {
		t.Fatalf("petro sees %d saved filters", len(s.tabs.views))
	}
	s.tabs.makeDefault(&s.tabs.views[0], true)
	again, _ := open(t, petro, "client")
	if again.view == nil || again.view.Name != "Спільний" {
		t.Error("the list does not open with it")
	}
	mine, _ := open(t, base, "client")
	if mine.view != nil {
		t.Error("it became the default of another user")
	}
}

// What is selected is counted, and copied as spreadsheets paste it.
func TestCopySelected(t *testing.T) {
	s, _ := open(t, session(t, 5), "client")
	s.setColumns([]string{"name", "phone"})
	s.grid.Select(1, list.Range{From: 1, To: 3})
	s.grid.TypedShortcut(&fyne.ShortcutCopy{})
	got := fyne.CurrentApp().Clipboard().Content()
	if want := "Клієнт\tТелефон\nКлієнт 001\t\nКлієнт 002\t"; got != want {
		t.Errorf("two rows are copied as %q, want %q", got, want)
	}
	s.grid.Select(4, list.Range{From: 4, To: 5})
	s.grid.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "Клієнт 004\t" {
		t.Errorf("one row is copied as %q", got)
	}
}

// The tabs keep the keyboard while figures come.
func TestTabsKeepTheKeyboard(t *testing.T) {
	s, h := open(t, session(t, 5), "client")
	s.SaveAs("Відбір")
	b := s.tabs.tabs[s.tabs.views[0].ID]
	h.Canvas().Focus(b)
	s.tabs.count()
	s.Changed(nil)
	if h.Canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("%T has the keyboard", h.Canvas().Focused())
	}
	h.Canvas().FocusPrevious()
	if h.Canvas().Focused() == nil {
		t.Error("nothing is before the tab")
	}
}

// A field of all selected records is changed as the dialog shows, and nothing
// is emptied by an Enter too many.
func TestChangeField(t *testing.T) {
	ctx := context.Background()
	base := session(t, 5)
	s, _ := open(t, base, "client")
	s.grid.Select(1, list.Range{From: 1, To: 4})
	c := newChange(s, s.chosen())
	s.host.Dialog(c.dialog)
	c.choose.Set("note")
	c.take()
	if len(c.rows) != 3 {
		t.Fatalf("%d records are shown", len(c.rows))
	}
	c.dialog.Enter()
	if !c.dialog.Open() {
		t.Fatal("Enter changed records to nothing")
	}
	c.editor.Set("дзвонити вранці")
	c.editor.OnChange()
	if got := c.preview.Row(0); got == nil || got.Cells[2].Text != "дзвонити вранці" {
		t.Errorf("the first row will be %+v", got)
	}
	c.dialog.Enter()
	where := filter.Cond{Path: "note", Op: filter.Eq, Values: []filter.Value{filter.String("дзвонити вранці")}}
	if n, err := base.Count(ctx, store.Query{Kind: "client", Where: where}); err != nil || n != 3 {
		t.Fatalf("%d records have it, %v", n, err)
	}
	c = newChange(s, s.chosen())
	s.host.Dialog(c.dialog)
	c.choose.Set("note")
	c.take()
	c.empty.SetChecked(true)
	c.dialog.Enter()
	if n, err := base.Count(ctx, store.Query{Kind: "client", Where: where}); err != nil || n != 0 {
		t.Fatalf("%d records have it after it was emptied, %v", n, err)
	}
	s.undoLast()
	if n, err := base.Count(ctx, store.Query{Kind: "client", Where: where}); err != nil || n != 3 {
		t.Errorf("%d records have it again, %v", n, err)
	}
}
