package templates

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/model/firm"
	"ugoda/service/paper"
	"ugoda/store"
)

// given gives the template in front out for editing.
func given(t *testing.T, p *Screen, s *store.Session) (item, paper.WorkingCopy) {
	t.Helper()
	x := *p.current()
	p.edit()
	c, err := paper.CopyOf(s, x.ID, x.Name)
	if err != nil {
		t.Fatal(err)
	}
	return x, c
}

// A file that another program is writing is waited for; one that stays broken
// is told, and what is saved rightly after it is taken.
func TestSavedBroken(t *testing.T) {
	h, p, s := opened(t)
	x, c := given(t, p, s)
	whole, err := os.ReadFile(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(data []byte) {
		t.Helper()
		if err := os.WriteFile(c.Path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n := range patience + 2 { // it grows: somebody writes
		write(whole[:100+n])
		p.look()
	}
	broken := h.Words().T("templates.copy_unreadable", "name", x.Name)
	if strings.Contains(strings.Join(h.Said, "\n"), broken) {
		t.Error("told while it was being written")
	}
	for range patience + 3 {
		p.look()
	}
	if n := strings.Count(strings.Join(h.Said, "\n"), broken); n != 1 {
		t.Errorf("told %d times", n)
	}
	if text := texts(p.body); !strings.Contains(text, broken) || !strings.Contains(text, h.Words().Text("problem.template_cut_short", nil)) {
		t.Errorf("the card does not say it: %s", text)
	}
	if !bytes.Equal(p.current().File, x.File) {
		t.Error("a broken file was taken")
	}
	document(t, c.Path, "Комерційна", "Найкраща")
	p.look()
	if bytes.Equal(p.current().File, x.File) || strings.Contains(texts(p.body), broken) {
		t.Error("what was saved rightly was not taken")
	}
	document(t, c.Path, "Комерційна", "Ще краща") // saved twice
	p.look()
	if versions, err := paper.Versions(context.Background(), s, x.ID); err != nil || len(versions) != 3 {
		t.Errorf("%v %v", versions, err)
	}
}

// Two edit one template: the second to save is told, and nothing of the first
// is written over until he says so; then it is an earlier version.
func TestTwoEditAtOnce(t *testing.T) {
	h, p, s := opened(t)
	x, c := given(t, p, s)
	theirs, err := os.ReadFile(document(t, filepath.Join(t.TempDir(), "t.docx"), "Комерційна", "Чужа"))
	if err != nil {
		t.Fatal(err)
	}
	if err := paper.EditedTemplate(context.Background(), s, x.ID, theirs); err != nil {
		t.Fatal(err)
	}
	document(t, c.Path, "Комерційна", "Моя")
	mine, err := os.ReadFile(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	p.look()
	p.look()
	if !bytes.Equal(p.current().File, theirs) {
		t.Fatal("a colleague's template is written over")
	}
	if text := texts(p.body); !strings.Contains(text, h.Words().T("templates.waits")) {
		t.Errorf("nothing waits: %s", text)
	}
	press(t, p.body, h.Words().T("templates.take"))
	if !bytes.Equal(p.current().File, mine) {
		t.Error("not taken")
	}
	before, err := paper.VersionFile(context.Background(), s, x.ID, 2)
	if err != nil || !bytes.Equal(before, theirs) {
		t.Errorf("the colleague's version is lost: %v", err)
	}
}

// A template that is renamed while it is out keeps its copy: what is saved
// there is taken, and giving it out again opens the same file.
func TestRenamedWhileItIsOut(t *testing.T) {
	h, p, s := opened(t)
	x, c := given(t, p, s)
	if err := os.WriteFile(filepath.Join(filepath.Dir(c.Path), "~$"+filepath.Base(c.Path)), []byte("Олена"), 0o600); err != nil {
		t.Fatal(err) // Word has it open
	}
	rec, err := s.Get(t.Context(), "template", x.ID)
	if err != nil {
		t.Fatal(err)
	}
	rec.(*firm.Template).Name = "Нова назва"
	if err := s.Save(t.Context(), "template", rec); err != nil {
		t.Fatal(err)
	}
	p.Changed(nil)
	again, err := paper.CopyOf(s, x.ID, "Нова назва")
	if err != nil || again.Path != c.Path {
		t.Fatalf("%v: another copy, %s", err, again.Path)
	}
	document(t, c.Path, "Комерційна", "Найкраща")
	saved, err := os.ReadFile(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	p.look()
	if x := p.current(); x.Name != "Нова назва" || !bytes.Equal(x.File, saved) {
		t.Errorf("what was saved in the copy of %q is not taken", x.Name)
	}
	if text := strings.Join(h.Said, "\n"); !strings.Contains(text, h.Words().T("templates.taken_back", "name", "Нова назва")) {
		t.Errorf("it is not told: %s", text)
	}
	// Forgotten, it is given out under its new name.
	p.drop(x.ID, "Нова назва")
	if again, err = paper.CopyOf(s, x.ID, "Нова назва"); err != nil || filepath.Base(again.Path) != "Нова назва.docx" {
		t.Errorf("%v: %s", err, again.Path)
	}
}

// While the other program has the copy locked nothing is taken, told or lost;
// closed without saving, it leaves no version, and is watched on.
func TestLockedAndClosedUnsaved(t *testing.T) {
	h, p, s := opened(t)
	x, c := given(t, p, s)
	first, err := os.Stat(c.Path)
	if err != nil {
		t.Fatal(err)
	}
	p.edit() // once more, while it is open: the file is not written anew
	if again, err := os.Stat(c.Path); err != nil || !os.SameFile(first, again) {
		t.Errorf("the copy is replaced beneath the program that has it open: %v", err)
	}
	said := len(h.Said)
	aside := c.Path + ".aside"
	if err := errors.Join(os.Rename(c.Path, aside), os.Mkdir(c.Path, 0o700)); err != nil { // it cannot be read
		t.Fatal(err)
	}
	for range patience + 2 {
		p.look()
	}
	if len(h.Said) != said { // and the host fails on any error shown
		t.Errorf("a locked file is complained of: %v", h.Said)
	}
	if err := errors.Join(os.Remove(c.Path), os.Rename(aside, c.Path), os.Chtimes(c.Path, time.Time{}, first.ModTime().Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	p.look() // closed without saving: touched, and the same
	if versions, err := paper.Versions(t.Context(), s, x.ID); err != nil || len(versions) > 1 {
		t.Errorf("%v: %v", err, versions)
	}
	if text := texts(p.body); !p.watched[x.ID] || !strings.Contains(text, h.Words().T("templates.watching")) {
		t.Errorf("it is not watched any more: %s", text)
	}
	document(t, c.Path, "Комерційна", "Найкраща")
	p.look()
	if bytes.Equal(p.current().File, x.File) {
		t.Error("what was saved after it is not taken")
	}
}
