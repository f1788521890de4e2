package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/ui/screen"
	"ugoda/ui/screen/form"
	"ugoda/ui/screen/listing"
	"ugoda/ui/theme"
)

func titles(w *Window) []string {
	tabs, _ := w.strip.Tabs()
	var out []string
	for _, t := range tabs {
		out = append(out, t.Title)
	}
	return out
}

// Tabs open once, go round, close back to the one before, and survive a restart.
func TestTabs(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToList("deal", ""))
	w.Open(screen.ToList("client", ""))
	w.Open(screen.ToCard("deal", world.deals[0]))
	w.Open(screen.ToList("deal", ""))
	if _, ok := w.current().(*listing.Screen); !ok {
		t.Fatalf("the list of deals is not in front: %T", w.current())
	}
	want := []string{"Головна", "Угоди", "Клієнти", "00001 Дах 1"}
	if got := titles(w); !slices.Equal(got, want) {
		t.Errorf("tabs %q, want %q", got, want)
	}
	w.nextTab(1)
	if got := w.current().Title(); got != "Клієнти" {
		t.Errorf("the next tab is %q", got)
	}
	w.closeTab(w.active)
	if got := w.current().Title(); got != "Угоди" {
		t.Errorf("after closing, %q is in front, not the tab from before", got)
	}
	w.closeTab(0) // the first one cannot be closed

	again := world.show(t, locale.English)
	if got, want := titles(again), []string{"Start", "Deals", "00001 Дах 1"}; !slices.Equal(got, want) {
		t.Errorf("after a restart the tabs are %q, want %q", got, want)
	}
	if got := again.current().Title(); got != "Deals" {
		t.Errorf("after a restart %q is in front", got)
	}
}

// A preview reuses one tab, goes back along its trail, and is pinned by editing.
func TestPreview(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	before := len(w.tabs)
	w.Preview(screen.ToList("deal", `stage.kind = "open"`).With(screen.ArgTrail, "Воронка"))
	w.Preview(screen.ToCard("deal", world.deals[2]))
	if len(w.tabs) != before+1 {
		t.Fatalf("%d tabs, want one preview beside the %d", len(w.tabs), before)
	}
	w.back()
	if got := w.strip; got == nil || title(w.current()) != "Воронка › Угоди" {
		t.Errorf("back leads to %q", title(w.current()))
	}
	w.Preview(screen.ToCard("deal", world.deals[2]))
	w.tabs[w.active].screen.(*form.Screen).Edited()
	if w.tabs[w.active].preview {
		t.Error("an edited preview is not pinned")
	}
}

// Every command that has keys hangs on a menu item, and no two share keys.
func TestShortcuts(t *testing.T) {
	w := newWorld(t).show(t, locale.English)
	seen := map[string]string{}
	for _, m := range w.menus() {
		for _, e := range m.entries {
			if e.keys == nil {
				continue
			}
			name := keyText(e.keys)
			if other := seen[name]; other != "" {
				t.Errorf("%s does both %q and %q", name, other, e.label)
			}
			seen[name] = e.label
		}
	}
	for _, want := range strings.Fields("Ctrl+K Ctrl+N Ctrl+S Ctrl+Enter Ctrl+Shift+Enter Ctrl+W Ctrl+Tab Ctrl+Shift+Tab Alt+← Ctrl+F F5 Ctrl+P Ctrl+M Ctrl+PgUp Ctrl+PgDn Ctrl+Shift+I Ctrl+Shift+A Ctrl+/ Ctrl+Z") {
		if seen[want] == "" {
			t.Errorf("no menu item has %s", want)
		}
	}
}

// press does what a menu's keys do.
func press(t *testing.T, w *Window, mod fyne.KeyModifier, key fyne.KeyName) {
	t.Helper()
	name := (&desktop.CustomShortcut{KeyName: key, Modifier: mod}).ShortcutName()
	for _, m := range w.win.MainMenu().Items {
		for _, i := range m.Items {
			if i.Shortcut != nil && i.Shortcut.ShortcutName() == name {
				i.Action()
				return
			}
		}
	}
	t.Fatalf("no menu item has %s", name)
}

// A command goes to the dialog on top, not to the screen under it.
func TestDialogGuardsShortcuts(t *testing.T) {
	w := newWorld(t).show(t, locale.Ukrainian)
	n := len(w.tabs)
	said := false
	w.Confirm("?", "?", "yes", func() { said = true })
	press(t, w, ctrl, fyne.KeyN)
	press(t, w, ctrl, fyne.KeyW)
	if len(w.tabs) != n {
		t.Error("a command went past the open dialog")
	}
	press(t, w, ctrl, fyne.KeyReturn)
	if !said || w.dialog() != nil {
		t.Error("Ctrl+Enter did not do what the dialog's main button does")
	}
	w.Confirm("?", "?", "yes", nil)
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.dialog() != nil {
		t.Error("Escape did not close the dialog")
	}
}

// Ctrl+K finds records by what is typed and commands by their words.
func TestPalette(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.openPalette()
	p := w.palette
	p.Type("їжак")
	if f := p.Found(); len(f) == 0 || !strings.Contains(f[0].Label, "Їжак") {
		t.Fatalf("the client is not found: %+v", f)
	}
	p.Found()[0].Do()
	if a := w.current().Address(); a.Kind != "client" || a.ID != world.clients[1].ID {
		t.Errorf("it opened %+v", a)
	}
	w.openPalette()
	w.palette.Type("темна")
	if f := w.palette.Found(); len(f) == 0 {
		t.Error("the command of the dark theme is not found")
	}
}

// The language, the theme and the zoom change without a restart, and what was
// typed stays.
func TestLanguageKeepsWhatWasTyped(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToCard("deal", world.deals[0]))
	f := w.current().(*form.Screen)
	f.Set("subject", "Дах по-новому")
	if !f.Unsaved() {
		t.Fatal("the form does not know that it was changed")
	}
	w.setLanguage(locale.English)
	w.setLook(theme.Dark)
	w.setZoom(130)
	now, ok := w.current().(*form.Screen)
	if !ok || now == f {
		t.Fatalf("the tab was not built anew: %T", w.current())
	}
	if got := now.Get("subject"); got != "Дах по-новому" || !now.Unsaved() {
		t.Errorf("the subject is %q, unsaved %v", got, now.Unsaved())
	}
	if got := w.win.MainMenu().Items[0].Label; got != locale.New(locale.English).T("menu.file") {
		t.Errorf("the first menu is %q", got)
	}
}

// A form saves, shows problems beside its fields, and meets a colleague's save
// with both versions.
func TestFormSaves(t *testing.T) {
	world := newWorld(t)
	ctx := context.Background()
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToCard("deal", world.deals[3]))
	f := w.current().(*form.Screen)

	f.Set("subject", "")
	press(t, w, ctrl, fyne.KeyS)
	if f.ProblemOf("subject") == "" {
		t.Error("an empty subject was not refused beside its field")
	}
	f.Set("subject", "Дах і вікна")
	press(t, w, ctrl, fyne.KeyS)
	rec, err := world.session.Get(ctx, "deal", world.deals[3])
	if err != nil {
		t.Fatal(err)
	}
	if got := rec.(*deal.Deal).Subject; got != "Дах і вікна" || f.Unsaved() {
		t.Fatalf("saved %q, unsaved %v", got, f.Unsaved())
	}

	f.Set("note", "моя примітка")
	rec.(*deal.Deal).Subject = "Чужа тема"
	if err := world.session.Save(ctx, "deal", rec); err != nil {
		t.Fatal(err)
	}
	press(t, w, ctrl, fyne.KeyS)
	d := w.dialog()
	if d == nil || d.Title != w.words.T("form.conflict_title") {
		t.Fatal("a stale save did not show both versions")
	}
	d.Enter() // takes what each of the two changed
	rec, err = world.session.Get(ctx, "deal", world.deals[3])
	if err != nil {
		t.Fatal(err)
	}
	if got := rec.(*deal.Deal); got.Note != "моя примітка" || got.Subject != "Чужа тема" {
		t.Errorf("after choosing, subject %q and note %q", got.Subject, got.Note)
	}
}

// An unsaved tab asks before it closes, and saves when told to.
func TestCloseAsks(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	w.Open(screen.ToCard("client", world.clients[0].ID))
	f := w.current().(*form.Screen)
	f.Set("note", "постійний")
	tabs, active := w.strip.Tabs()
	if !tabs[active].Unsaved {
		t.Error("the tab has no mark of what is not saved")
	}
	press(t, w, ctrl, fyne.KeyW)
	if w.dialog() == nil || w.tabOf(f) < 0 {
		t.Fatal("it closed without asking")
	}
	w.dialog().Enter()
	if w.tabOf(f) >= 0 {
		t.Error("it is still open")
	}
	rec, err := world.session.Get(context.Background(), "client", world.clients[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := model.Deref(world.session.Registry().Kind("client").Field("note").Ptr(rec)); got != "постійний" {
		t.Errorf("the note is %q", got)
	}
}

// The sheet of keys has every key of the menus and those that hang on none.
func TestKeySheet(t *testing.T) {
	w := newWorld(t).show(t, locale.English)
	seen := map[string]bool{}
	for _, g := range w.keyGroups() {
		for _, r := range g.Rows {
			if r[1] == "" || strings.HasPrefix(r[1], "ui.") {
				t.Errorf("%s does %q", r[0], r[1])
			}
			seen[r[0]] = true
		}
	}
	for _, m := range w.menus() {
		for _, e := range m.entries {
			if k := keyText(e.keys); k != "" && !seen[k] {
				t.Errorf("the sheet lacks %s", k)
			}
		}
	}
	for _, want := range []string{"Ctrl+K", "F1", "Insert", "F4, Alt+↓", "Ctrl+D", "Ctrl+Shift+↑ ↓", "Esc", "Ctrl+← →", "Shift+↑ ↓"} {
		if !seen[want] {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	w.showKeys()
	if d := w.dialog(); d == nil {
		t.Error("the sheet does not open")
	} else {
		d.Close()
	}
}

// A message about what may be mended elsewhere goes once it is; one that was
// said after it stays.
func TestAReminderGoesWithItsCause(t *testing.T) {
	world := newWorld(t)
	w := world.show(t, locale.Ukrainian)
	holds := true
	ask := func(context.Context) (bool, error) { return holds, nil }
	w.Remind("не перейшла", "Перевести", func() {}, ask)
	w.tell(map[string][]int64{"deal": {world.deals[0]}})
	if got := w.status.Message(); got != "не перейшла" {
		t.Fatalf("while it holds the bar says %q", got)
	}
	holds = false
	w.tell(map[string][]int64{"deal": {world.deals[0]}})
	if got := w.status.Message(); got != "" {
		t.Errorf("mended, the bar says %q", got)
	}
	w.Remind("не перейшла", "", nil, ask)
	w.Say("збережено")
	w.tell(map[string][]int64{"deal": {world.deals[0]}})
	if got := w.status.Message(); got != "збережено" {
		t.Errorf("what was said later is taken away: %q", got)
	}
}
