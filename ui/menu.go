package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ugoda/locale"
	"ugoda/ui/screen"
	"ugoda/ui/screen/quick"
	"ugoda/ui/screen/restore"
	"ugoda/ui/screen/settings"
	"ugoda/ui/theme"
)

// keys is a shortcut as the menus show it and the window hears it.
func keys(mod fyne.KeyModifier, key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: mod}
}

const (
	ctrl  = fyne.KeyModifierShortcutDefault
	shift = fyne.KeyModifierShift
	alt   = fyne.KeyModifierAlt
)

// entry is one item of the menus: what the sheet of keys lists, too.
type entry struct {
	label    string
	keys     fyne.Shortcut
	do       func()
	disabled bool
	checked  bool
	children []entry
	line     bool
}

func (e entry) item() *fyne.MenuItem {
	if e.line {
		return fyne.NewMenuItemSeparator()
	}
	i := fyne.NewMenuItem(e.label, e.do)
	i.Shortcut, i.Disabled, i.Checked = e.keys, e.disabled, e.checked
	if len(e.children) > 0 {
		i.ChildMenu = fyne.NewMenu("")
		for _, c := range e.children {
			i.ChildMenu.Items = append(i.ChildMenu.Items, c.item())
		}
	}
	return i
}

// menu is one menu of the bar.
type menu struct {
	label   string
	entries []entry
}

// command asks the dialog on top, or else the screen in front.
func (w *Window) command(c screen.Command) {
	if d := w.dialog(); d != nil {
		if c == screen.SaveClose && d.Command == nil {
			d.Enter()
		} else if d.Command != nil {
			d.Command(c)
		}
		return
	}
	s := w.current()
	if s, ok := s.(screen.Commander); ok && s.Can(c) {
		s.Do(c)
		return
	}
	if c == screen.Refresh {
		if r, ok := s.(screen.Refresher); ok {
			r.Changed(nil)
			w.countSections()
		}
	}
}

// free runs something of the window itself, unless a dialog is open.
func (w *Window) free(do func()) func() {
	return func() {
		if w.dialog() == nil {
			do()
		}
	}
}

// menus are all menus of the window; every shortcut hangs on one of them.
func (w *Window) menus() []menu {
	t := w.words.T
	line := entry{line: true}
	ask := func(key string, sc fyne.Shortcut, c screen.Command) entry {
		e := entry{label: t(key), keys: sc, do: func() { w.command(c) }}
		if s, ok := w.current().(screen.Commander); c != screen.Refresh && (!ok || !s.Can(c)) {
			e.disabled = true
		}
		return e
	}
	own := func(key string, sc fyne.Shortcut, do func()) entry {
		return entry{label: t(key), keys: sc, do: w.free(do)}
	}
	edit := func(key string, sc fyne.Shortcut) entry {
		return entry{label: t(key), keys: sc, do: func() { w.toFocused(sc) }}
	}
	file := []entry{ask("command.new", keys(ctrl, fyne.KeyN), screen.New)}
	if w.session.Registry().Kind("inquiry") != nil {
		file = append(file, own("command.inquiry", keys(ctrl|shift, fyne.KeyI), func() { w.create("inquiry") }))
	}
	if w.session.Registry().Kind("activity") != nil {
		file = append(file, own("command.activity", keys(ctrl|shift, fyne.KeyA), func() { w.create("activity") }))
	}
	file = append(file, line,
		ask("button.save", keys(ctrl, fyne.KeyS), screen.Save),
		ask("button.save_close", keys(ctrl, fyne.KeyReturn), screen.SaveClose),
		line,
		ask("button.print", keys(ctrl, fyne.KeyP), screen.Print),
		ask("button.send", keys(ctrl, fyne.KeyM), screen.Mail),
		ask("command.export", nil, screen.Export),
		ask("command.import", nil, screen.Import),
		ask("command.paste_rows", keys(ctrl|shift, fyne.KeyV), screen.PasteRows),
		own("import.journal", nil, func() { w.Open(screen.Address{Screen: "imports"}) }),
		line,
		own("command.close_tab", keys(ctrl, fyne.KeyW), func() { w.closeTab(w.active) }),
		w.newWindow(),
		own("copies.title", nil, func() { w.Open(screen.Address{Screen: restore.Name}) }),
		own("ui.menu.other_base", nil, w.toOpening),
		own("command.quit", keys(ctrl, fyne.KeyQ), w.quit),
	)
	view := []entry{
		ask("command.refresh", keys(0, fyne.KeyF5), screen.Refresh),
		ask("list.columns", nil, screen.Columns),
		ask("list.preview_pane", nil, screen.Preview),
		ask("section.bin", nil, screen.Bin),
		ask("form.history", nil, screen.History),
		line,
		own("command.fold_sidebar", keys(ctrl, fyne.KeyB), w.toggleSidebar),
		own("command.zoom_in", keys(ctrl, fyne.KeyEqual), func() { w.setZoom(w.chosen.zoom + theme.ZoomStep) }),
		own("command.zoom_out", keys(ctrl, fyne.KeyMinus), func() { w.setZoom(w.chosen.zoom - theme.ZoomStep) }),
		own("command.zoom_reset", keys(ctrl, fyne.Key0), func() { w.setZoom(100) }),
		{label: t("ui.menu.look"), children: w.lookEntries()},
		{label: t("command.language"), children: w.languageEntries()},
	}
	goes := []entry{
		own("command.find_anything", keys(ctrl, fyne.KeyK), w.openPalette),
		own("command.back", keys(alt, fyne.KeyLeft), w.back),
		ask("form.previous", keys(ctrl, fyne.KeyPageUp), screen.Previous),
		ask("form.next", keys(ctrl, fyne.KeyPageDown), screen.Next),
		own("command.next_tab", keys(ctrl, fyne.KeyTab), func() { w.nextTab(1) }),
		own("ui.menu.previous_tab", keys(ctrl|shift, fyne.KeyTab), func() { w.nextTab(-1) }),
		line,
	}
	for _, s := range w.sections() {
		goes = append(goes, entry{label: w.sectionName(s.ID), do: w.free(func() { w.Open(s.Address) })})
	}
	undo := &fyne.ShortcutUndo{}
	return []menu{
		{t("menu.file"), file},
		{t("menu.edit"), []entry{
			{label: t("command.undo"), keys: undo, do: w.undoKey},
			line,
			edit("command.cut", &fyne.ShortcutCut{}),
			edit("command.copy", &fyne.ShortcutCopy{}),
			edit("command.paste", &fyne.ShortcutPaste{}),
			{label: t("command.select_all"), keys: &fyne.ShortcutSelectAll{}, do: w.selectAllKey},
			line,
			ask("command.find", keys(ctrl, fyne.KeyF), screen.Find),
			ask("filter.title", nil, screen.Filter),
			line,
			ask("list.change_field", keys(ctrl, fyne.KeyE), screen.Change),
			ask("ui.menu.copy_record", keys(0, fyne.KeyF9), screen.Copy),
			ask("button.delete", nil, screen.Delete),
		}},
		{t("menu.view"), view},
		{t("menu.go"), goes},
		{t("menu.actions"), w.actionEntries()},
		{t("menu.help"), []entry{
			own("command.keys", keys(ctrl, fyne.KeySlash), w.showKeys),
			own("command.about", keys(0, fyne.KeyF1), w.showAbout),
		}},
	}
}

// newWindow opens one more window on the base, for another desk of the same
// person: a second display, say.
func (w *Window) newWindow() entry {
	e := entry{label: w.words.T("ui.menu.new_window"), keys: keys(ctrl|shift, fyne.KeyN), disabled: w.deps.Another == nil || w.copied != nil}
	address := w.address
	e.do = w.free(func() {
		w.Background(w.ctx, func(context.Context) error { return w.deps.Another(address) }, w.Fail)
	})
	return e
}

func (w *Window) lookEntries() []entry {
	var out []entry
	for _, m := range []theme.Mode{theme.System, theme.Light, theme.Dark} {
		out = append(out, entry{label: w.words.T("command.theme_" + string(m)), checked: w.chosen.look == m, do: w.free(func() { w.setLook(m) })})
	}
	return out
}

func (w *Window) languageEntries() []entry {
	var out []entry
	for _, l := range locale.Languages {
		out = append(out, entry{label: locale.New(l).T("language"), checked: w.words.Language() == l, do: w.free(func() { w.setLanguage(l) })})
	}
	return out
}

// actionEntries are what can be done with the record or the selection in front.
func (w *Window) actionEntries() []entry {
	out := []entry{{
		label: w.words.T("ui.menu.main_action"), keys: keys(ctrl|shift, fyne.KeyReturn),
		do: func() { w.command(screen.MainAction) },
	}}
	a, ok := w.current().(screen.Actor)
	if !ok {
		out[0].disabled = true
		return out
	}
	main := false
	var refused []entry
	for i, x := range a.Actions() {
		if i == 0 {
			out = append(out, entry{line: true})
		}
		main = main || x.Main && x.WhyNot == ""
		e := entry{label: x.Label, keys: x.Keys, do: w.free(x.Do)}
		if x.WhyNot != "" {
			e.do = w.free(func() { w.explain(x) })
			e.label = screen.Refused(x.Label, x.WhyNot)
			refused = append(refused, e)
			continue
		}
		out = append(out, e)
	}
	out[0].disabled = !main
	if len(refused) > 1 {
		return append(out, entry{label: w.words.T("ui.menu.why_not"), children: refused})
	}
	return append(out, refused...)
}

// explain says why an action is refused.
func (w *Window) explain(x screen.Action) {
	w.Dialog(&screen.Dialog{
		Title: w.words.T("ui.why_not", "action", x.Label), Content: wrapped(x.WhyNot), Size: fyne.NewSize(440, 0),
		Buttons: []screen.Button{{Label: w.words.T("button.close"), Primary: true}},
	})
}

// showMenu builds the menu bar anew: what is offered depends on the screen in front.
func (w *Window) showMenu() {
	if w.win != nil {
		w.win.SetMainMenu(w.mainMenu())
	}
}

// mainMenu is the bar with all that the menus offer now.
func (w *Window) mainMenu() *fyne.MainMenu {
	bar := fyne.NewMainMenu()
	for _, m := range w.menus() {
		f := fyne.NewMenu(m.label)
		for _, e := range m.entries {
			f.Items = append(f.Items, e.item())
		}
		bar.Items = append(bar.Items, f)
	}
	// Fyne adds its own, untranslated Quit unless an item says that it quits.
	for _, i := range bar.Items[0].Items {
		if i.Label == w.words.T("command.quit") {
			i.IsQuit = true
		}
	}
	return bar
}

// toFocused gives a key of the clipboard to the focused widget.
func (w *Window) toFocused(sc fyne.Shortcut) {
	clip := w.app.Clipboard()
	switch sc.(type) {
	case *fyne.ShortcutCut:
		sc = &fyne.ShortcutCut{Clipboard: clip}
	case *fyne.ShortcutCopy:
		sc = &fyne.ShortcutCopy{Clipboard: clip}
	case *fyne.ShortcutPaste:
		sc = &fyne.ShortcutPaste{Clipboard: clip}
	}
	if f, ok := w.canvas.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(sc)
	}
}

// undoKey undoes in the field that is being typed in, or else the last batch
// of the screen.
func (w *Window) undoKey() {
	if f, ok := w.canvas.Focused().(fyne.Shortcutable); ok {
		if _, typing := w.canvas.Focused().(interface{ SelectedText() string }); typing {
			f.TypedShortcut(&fyne.ShortcutUndo{})
			return
		}
	}
	w.command(screen.Undo)
}

func (w *Window) selectAllKey() {
	if f, ok := w.canvas.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(&fyne.ShortcutSelectAll{})
		return
	}
	w.command(screen.SelectAll)
}

// typedKey gets the plain keys that no widget took.
func (w *Window) typedKey(e *fyne.KeyEvent) {
	if d := w.dialog(); d != nil {
		d.Typed(e)
		return
	}
	if k, ok := w.current().(screen.Keyed); ok && k.Key(e) {
		return
	}
	switch e.Name {
	case fyne.KeyF1:
		w.showAbout()
	case fyne.KeyF5:
		w.command(screen.Refresh)
	case fyne.KeyF9:
		w.command(screen.Copy)
	case fyne.KeyInsert:
		w.command(screen.New)
	case fyne.KeyDelete:
		w.command(screen.Delete)
	}
}

// create opens a new record: a small one in a dialog, others in a tab.
func (w *Window) create(kind string) {
	switch kind {
	case "inquiry":
		quick.Inquiry(w)
		return
	case "activity":
		quick.Activity(w, w.current())
		return
	}
	w.Open(screen.ToNew(kind, nil))
}

// createMenu offers what can be created.
func (w *Window) createMenu(at fyne.Position) {
	m := fyne.NewMenu("")
	for _, kind := range []string{"inquiry", "activity", "deal", "proposal", "invoice", "payment", "shipment", "client", "contact", "product"} {
		if w.session.Registry().Kind(kind) != nil {
			m.Items = append(m.Items, fyne.NewMenuItem(w.words.Kind(kind), func() { w.create(kind) }))
		}
	}
	w.Menu(m, at)
}

func (w *Window) userMenu(at fyne.Position) {
	t := w.words.T
	who := fyne.NewMenuItem(w.userName()+" · "+w.words.Role(w.session.Role), nil)
	who.Disabled = true
	look := fyne.NewMenuItem(t("ui.menu.look"), nil)
	look.ChildMenu = fyne.NewMenu("")
	for _, e := range w.lookEntries() {
		look.ChildMenu.Items = append(look.ChildMenu.Items, e.item())
	}
	language := fyne.NewMenuItem(t("command.language"), nil)
	language.ChildMenu = fyne.NewMenu("")
	for _, e := range w.languageEntries() {
		language.ChildMenu.Items = append(language.ChildMenu.Items, e.item())
	}
	m := fyne.NewMenu("", who, fyne.NewMenuItemSeparator(), look, language,
		fyne.NewMenuItem(t("section.settings"), func() { w.Open(screen.Address{Screen: "settings"}) }),
		fyne.NewMenuItem(t("ui.menu.other_base"), w.toOpening))
	if w.session.User.ID != 0 && w.copied == nil {
		m.Items = append(m.Items, fyne.NewMenuItem(t("ui.settings.password")+"…", func() { settings.ChangePassword(w) }))
	}
	if w.signInAs != nil {
		m.Items = append(m.Items, fyne.NewMenuItem(t("ui.menu.other_user")+"…", func() { w.leave(w.signInAs) }))
	}
	w.Menu(m, at)
}
