package files

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ugoda/ui/input"
	"ugoda/ui/screen/screentest"
)

// folder makes files and folders; names that end in a slash are folders.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		var err error
		if name[len(name)-1] == '/' {
			err = os.Mkdir(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte("x"), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// asked puts a question, and gives what it shows and what was chosen.
func asked(t *testing.T, a Ask) (*screentest.Host, *chooser, *string) {
	t.Helper()
	h := screentest.New(t, nil)
	var chosen string
	c := choose(h, a, func(path string) { chosen = path })
	if len(h.Dialogs) != 1 {
		t.Fatalf("%d dialogs", len(h.Dialogs))
	}
	return h, c, &chosen
}

func (c *chooser) names() []string {
	var out []string
	for _, x := range c.shown {
		out = append(out, x.name)
	}
	return out
}

// A file is found by a part of its name, from the keyboard alone: folders come
// first, what cannot be opened and what is hidden stays out.
func TestOpenByAPartOfTheName(t *testing.T) {
	dir := folder(t, "Прайс.xlsx", "прайс старий.XLSX", "лист.docx", "Архів/", ".hidden.xlsx")
	_, c, chosen := asked(t, Ask{Dir: dir, Extensions: []string{".xlsx"}})
	if got, want := c.names(), []string{"Архів", "прайс старий.XLSX", "Прайс.xlsx"}; !slices.Equal(got, want) {
		t.Fatalf("shows %q, want %q", got, want)
	}
	for _, r := range "СТАР" {
		c.entry.TypedRune(r)
	}
	if got := c.names(); !slices.Equal(got, []string{"прайс старий.XLSX"}) {
		t.Fatalf("after typing: %q", got)
	}
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if *chosen != filepath.Join(dir, "прайс старий.XLSX") || c.dialog.Open() {
		t.Errorf("chose %q", *chosen)
	}
}

// A folder is entered and left by Enter and Backspace; a whole path may be typed.
func TestWalkingThroughFolders(t *testing.T) {
	dir := folder(t, "Архів/", "лист.docx")
	inner := filepath.Join(dir, "Архів")
	_, c, chosen := asked(t, Ask{Dir: dir})
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if c.dir != inner {
		t.Fatalf("is in %s", c.dir)
	}
	c.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if m := c.marked(); c.dir != dir || m == nil || m.name != "Архів" {
		t.Fatalf("is in %s at %v", c.dir, m)
	}
	c.entry.SetText(filepath.Join(dir, "нема.docx"))
	c.dialog.Enter()
	if *chosen != "" || c.entry.Problem() == "" {
		t.Errorf("chose %q, problem %q", *chosen, c.entry.Problem())
	}
	c.entry.SetText(filepath.Join(dir, "лист.docx"))
	c.dialog.Enter()
	if *chosen != filepath.Join(dir, "лист.docx") {
		t.Errorf("chose %q", *chosen)
	}
}

// A file that exists is replaced only after a question; the next question
// begins where this one ended.
func TestSaveAsksBeforeItReplaces(t *testing.T) {
	dir := folder(t, "звіт.xlsx")
	h, c, chosen := asked(t, Ask{Purpose: Save, Name: "звіт.xlsx", Dir: dir})
	c.dialog.Enter()
	if *chosen != "" || len(h.Dialogs) != 2 {
		t.Fatalf("chose %q, %d dialogs", *chosen, len(h.Dialogs))
	}
	h.Dialogs[1].Close()
	c.entry.SetText("новий.xlsx")
	c.dialog.Enter()
	if *chosen != filepath.Join(dir, "новий.xlsx") {
		t.Fatalf("chose %q", *chosen)
	}
	_, c, chosen = asked(t, Ask{Purpose: Save, Name: "звіт.xlsx"})
	if c.dir != dir {
		t.Fatalf("begins in %s", c.dir)
	}
	c.dialog.Enter()
	h = c.desk.(*screentest.Host)
	h.Dialogs[len(h.Dialogs)-1].Enter()
	if *chosen != filepath.Join(dir, "звіт.xlsx") {
		t.Errorf("chose %q", *chosen)
	}
}

// Of folders the one that is open is taken, or the marked one.
func TestFolder(t *testing.T) {
	dir := folder(t, "Копії/", "лист.docx")
	_, c, chosen := asked(t, Ask{Purpose: Folder, Dir: dir})
	if got := c.names(); !slices.Equal(got, []string{"Копії"}) {
		t.Fatalf("shows %q", got)
	}
	c.dialog.Enter()
	if *chosen != dir {
		t.Fatalf("chose %q", *chosen)
	}
	_, c, chosen = asked(t, Ask{Purpose: Folder, Dir: dir})
	c.mark(0)
	c.dialog.Enter()
	if *chosen != filepath.Join(dir, "Копії") {
		t.Errorf("chose %q", *chosen)
	}
}

// A folder that is missing is made where one stands, from the keyboard; what
// cannot be made is said beside its name.
func TestNewFolder(t *testing.T) {
	dir := folder(t, "Копії/")
	h, c, chosen := asked(t, Ask{Purpose: Folder, Dir: dir})
	ask := func(name string) {
		c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF7})
		d := h.Dialogs[len(h.Dialogs)-1]
		d.Focus.(*input.Entry).SetText(name)
		d.Enter()
	}
	ask("Копії")
	d := h.Dialogs[len(h.Dialogs)-1]
	if got := d.Focus.(*input.Entry).Problem(); got == "" || !d.Open() {
		t.Errorf("a folder that exists: %q", got)
	}
	d.Close()
	ask(" ")
	if d = h.Dialogs[len(h.Dialogs)-1]; d.Focus.(*input.Entry).Problem() == "" {
		t.Error("a folder without a name was made")
	}
	d.Close()
	ask("Рахунки: 2026")
	want := filepath.Join(dir, "Рахунки_ 2026")
	if c.dir != want || !isFolder(want) {
		t.Fatalf("is in %s", c.dir)
	}
	c.dialog.Enter()
	if *chosen != want {
		t.Errorf("chose %q", *chosen)
	}
	if h, c, _ = asked(t, Ask{Purpose: Open, Dir: dir}); c != nil {
		c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF7})
	}
	if len(h.Dialogs) != 1 {
		t.Error("a folder is made where a file is to be opened")
	}
}
