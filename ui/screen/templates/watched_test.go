package templates

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ugoda/service/paper"
)

// A file that another program is writing is waited for; one that stays broken
// is told, and what is saved rightly after it is taken.
func TestSavedBroken(t *testing.T) {
	h, p, s := opened(t)
	x := *p.current()
	p.edit()
	c, err := paper.CopyOf(s, x.ID, x.Name)
	if err != nil {
		t.Fatal(err)
	}
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
	x := *p.current()
	p.edit()
	c, err := paper.CopyOf(s, x.ID, x.Name)
	if err != nil {
		t.Fatal(err)
	}
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
