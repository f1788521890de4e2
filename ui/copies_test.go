package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ugoda/model"
	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/service/copies"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/restore"
)

// clients counts the clients of the base that is open.
func (w *Window) clients(t *testing.T) int64 {
	t.Helper()
	n, err := w.session.Totals(t.Context(), store.Query{Kind: "client"})
	if err != nil {
		t.Fatal(err)
	}
	return n.Count
}

func (w *Window) addClient(t *testing.T, name string) error {
	t.Helper()
	return w.session.Save(t.Context(), "client", &client.Client{Name: name, Form: client.Legal})
}

// The daily copy is made and told of; it is looked at without being changed,
// and comes back over the base, which is kept.
func TestCopies(t *testing.T) {
	p := begin(t)
	o, words := p.opening, p.words.T
	path := filepath.Join(t.TempDir(), "own.ugoda")
	o.own()
	o.fill(t, words("opening.firm_name"), "ТОВ «Мрія»")
	o.fill(t, words("opening.where"), path)
	o.press(t, words("ui.own.create"))
	w := p.frame
	if err := w.addClient(t, "Перший"); err != nil {
		t.Fatal(err)
	}
	if note := w.status.Note(); note != "" {
		t.Errorf("before any copy the status bar says %q", note)
	}
	w.copyToday()
	if note := w.status.Note(); !strings.HasPrefix(note, words("status.copied", "moment", "")) {
		t.Errorf("after the copy the status bar says %q", note)
	}
	if err := w.addClient(t, "Другий"); err != nil {
		t.Fatal(err)
	}
	w.Open(screen.Address{Screen: restore.Name})
	if got := said(w.canvas); !strings.Contains(got, filepath.Join(filepath.Dir(path), "copies")) {
		t.Errorf("the screen of copies does not say where they are: %s", got)
	}
	list, err := copies.List(path, w.folder())
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}

	w.LookAt(list[0])
	w = p.frame
	if w.copied == nil || w.clients(t) != 1 {
		t.Fatalf("the copy is not what the window shows: %v, %d clients", w.copied, w.clients(t))
	}
	moment := p.words.Moment(list[0].At)
	if !strings.Contains(p.win.Title(), moment) || !strings.Contains(said(w.canvas), words("copies.band", "moment", list[0].At)) {
		t.Errorf("neither title %q nor band say that it is a copy", p.win.Title())
	}
	if err := w.addClient(t, "Третій"); !errors.As(err, new(*store.ReadOnly)) {
		t.Errorf("a copy was written: %v", err)
	}
	w.SetCopies("")
	if d := w.dialog(); d == nil {
		t.Error("choosing a folder within a copy is not refused")
	} else {
		d.Close()
	}
	if r := loadChoices(p.app).recent; len(r) != 1 || r[0].Address != path {
		t.Errorf("the copy is among the recent bases: %v", r)
	}
	p.backToBase()
	w = p.frame
	if w == nil || w.copied != nil || w.clients(t) != 2 {
		t.Fatal("back is not the base")
	}

	w.Replace(list[0])
	d := w.dialog()
	if d == nil {
		t.Fatal("a copy takes the place of the base without asking")
	}
	d.Enter()
	w = p.frame
	if w == nil || w.clients(t) != 1 {
		t.Fatalf("the copy did not come back:\n%s", said(p.win.Canvas()))
	}
	list, err = copies.List(path, w.folder())
	kept := slices.ContainsFunc(list, func(c copies.Copy) bool { return c.Why == copies.Replaced })
	if err != nil || len(list) != 2 || !kept {
		t.Errorf("the base that was there is not kept: %+v, %v", list, err)
	}
}

// A copy that cannot be made is told, and off is said to be off.
func TestCopiesThatFail(t *testing.T) {
	p := begin(t)
	path := people(t, [2]string{"Олена", ""})
	p.opening.open(door{address: path})
	w := p.frame
	taken := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w.SetCopies(filepath.Join(taken, "copies"))
	if note := w.status.Note(); note != w.words.T("status.copy_failed") {
		t.Errorf("a copy that failed is told as %q", note)
	}
	w.Open(screen.Address{Screen: restore.Name})
	if got := said(w.canvas); !strings.Contains(got, w.words.T("copies.failed", "why", "")) {
		t.Errorf("the screen of copies does not say why: %s", got)
	}
	w.SetCopies(copies.Off)
	if note := w.status.Note(); note != "" {
		t.Errorf("while nothing is copied the status bar says %q", note)
	}
	w.CopyNow(func() {})
	if got := w.status.Message(); got != w.words.T("copies.choose_first") {
		t.Errorf("a copy without a folder: %q", got)
	}
	w.SetCopies(t.TempDir())
	if w.Copies().Last.IsZero() {
		t.Error("a good folder does not mend it")
	}
}

// Only an administrator puts a copy in the place of the base.
func TestReplaceIsForAdministrators(t *testing.T) {
	p := begin(t)
	path := people(t, [2]string{"Олена", ""})
	b, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.System().Save(t.Context(), "user", &firm.User{Name: "Іван", Role: string(model.RoleHead), Active: true}); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	p.opening.open(door{address: path, user: "Іван"})
	w := p.frame
	w.Replace(copies.Copy{Path: path})
	if d := w.dialog(); d == nil || !strings.Contains(said(w.canvas), w.words.Error(model.Refused("", "restore_admin"))) {
		t.Error("a head may replace the base")
	}
}

// A base that is damaged comes back from its copies in the opening window.
func TestDamagedBase(t *testing.T) {
	p := begin(t)
	words := p.words.T
	path := people(t, [2]string{"Олена", ""})
	b, err := store.Open(t.Context(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Backup(t.Context(), copies.Folder(path, "")); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(data); i++ {
		data[i] = byte(i)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	p.opening.open(door{address: path})
	if p.frame != nil || !strings.Contains(said(p.win.Canvas()), words("problem.base_damaged")) {
		t.Fatalf("a damaged base: %s", said(p.win.Canvas()))
	}
	p.opening.press(t, words("copies.restore"))
	p.opening.press(t, words("copies.restore_yes"))
	if p.frame == nil || p.frame.userName() != "Олена" {
		t.Errorf("the copy did not come back:\n%s", said(p.win.Canvas()))
	}
}
