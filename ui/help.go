package ui

import (
	"fmt"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/service/doors"
	"ugoda/ui/frame"
	"ugoda/ui/screen"
)

// otherKeys are the keys that hang on no menu, as the sheet of keys lists them:
// the keys, and the key of what they do.
var otherKeys = []struct {
	group string
	keys  [][2]string
}{
	{"key.list", [][2]string{
		{"Enter", "button.open"},
		{"Space", "list.preview_pane"},
		{"Insert", "button.new"},
		{"Delete", "button.delete"},
		{"Shift+↑ ↓", "ui.keys.select"},
		{"Ctrl+Space", "ui.keys.pick"},
		{"Home, End", "ui.keys.ends"},
		{"Shift+F10", "ui.keys.menu"},
	}},
	{"section.board", [][2]string{
		{"← → ↑ ↓", "ui.keys.card"},
		{"Ctrl+← →", "ui.keys.move_card"},
		{"Enter", "button.open"},
	}},
	{"list.as_calendar", [][2]string{
		{"← → ↑ ↓", "ui.keys.day_item"},
		{"Ctrl+← → ↑ ↓", "ui.keys.move_item"},
		{"PgUp, PgDn", "ui.keys.page"},
		{"T", "calendar.today"},
		{"D, W, M", "ui.keys.span"},
	}},
	{"key.form", [][2]string{
		{"Tab", "ui.keys.next_field"},
		{"Esc", "ui.keys.leave"},
	}},
	{"key.reference", [][2]string{
		{"F4, Alt+↓", "button.choose"},
		{"F2", "button.open"},
		{"Insert", "button.new"},
		{"Shift+F4", "button.clear"},
	}},
	{"key.grid", [][2]string{
		{"Enter, Tab", "ui.keys.next_cell"},
		{"F2", "ui.keys.edit_cell"},
		{"F4", "button.choose"},
		{"Insert", "form.add_row"},
		{"Ctrl+D", "ui.keys.fill_down"},
		{"Ctrl+Shift+↑ ↓", "ui.keys.move_line"},
		{"Ctrl+Delete", "form.remove_row"},
		{"Ctrl+V", "ui.keys.paste_rows"},
	}},
	{"key.typed", [][2]string{
		{"27 · 27.11 · +3", "ui.keys.day"},
		{"=12*350", "ui.keys.count"},
	}},
}

// keyGroups are all keys: those of the menus and the others.
func (w *Window) keyGroups() []frame.SheetGroup {
	var out []frame.SheetGroup
	for _, m := range w.menus() {
		g := frame.SheetGroup{Title: m.label}
		for _, e := range m.entries {
			if k := keyText(e.keys); k != "" {
				g.Rows = append(g.Rows, [2]string{k, e.label})
			}
		}
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	for _, o := range otherKeys {
		g := frame.SheetGroup{Title: w.words.T(o.group)}
		for _, k := range o.keys {
			g.Rows = append(g.Rows, [2]string{k[0], w.words.T(k[1])})
		}
		out = append(out, g)
	}
	return out
}

// showKeys shows the sheet of all keys.
func (w *Window) showKeys() {
	t := w.words.T
	w.Dialog(&screen.Dialog{
		Title: t("command.keys"), Content: container.NewVScroll(frame.NewSheet(w.keyGroups())), Size: fyne.NewSize(1080, 660),
		Buttons: []screen.Button{{Label: t("button.close"), Primary: true}},
	})
}

// diagnostics is what a person sends along with a question: versions, the
// system, the kind of base and the last lines of the log. No client's data.
func (d Deps) diagnostics(app fyne.App, more string) string {
	text := fmt.Sprintf("Ugoda %s\n%s %s/%s\nFyne driver %T\n%s", d.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, app.Driver(), more)
	if d.Log != nil {
		text += "\n" + d.Log()
	}
	return text
}

func (w *Window) diagnostics() string {
	return w.deps.diagnostics(w.app, fmt.Sprintf("base %s, %s\nlanguage %s, look %s, zoom %d, scale %g\n",
		w.session.Base().Engine(), w.session.Role, w.words.Language(), w.chosen.look, w.chosen.zoom, w.canvas.Scale()))
}

// aboutBox tells about the program, with what a person asks help with.
func aboutBox(t *locale.Printer, version string, rows [][2]string, copyAll func()) *screen.Dialog {
	lines := container.New(layout.NewFormLayout())
	for _, r := range append([][2]string{{t.T("word.version"), version}}, append(rows, [2]string{t.T("ui.about.system"), runtime.GOOS + "/" + runtime.GOARCH})...) {
		lines.Add(widget.NewLabel(r[0]))
		lines.Add(widget.NewLabel(r[1]))
	}
	return &screen.Dialog{
		Title: "Ugoda", Size: fyne.NewSize(480, 0),
		Content: container.NewVBox(wrapped(t.T("ui.opening.motto")), lines, wrapped(t.T("ui.about.licence"))),
		Buttons: []screen.Button{{Label: t.T("command.copy_diagnostics"), Stays: true, Do: copyAll}, {Label: t.T("button.close"), Primary: true}},
	}
}

func (w *Window) showAbout() {
	t := w.words
	w.Dialog(aboutBox(t, w.deps.Version, [][2]string{
		{t.T("ui.about.base"), doors.Name(w.address) + " · " + t.T("ui.about.engine."+string(w.session.Base().Engine()))},
		{t.T("ui.about.user"), w.userName() + " · " + t.Role(w.session.Role)},
	}, func() {
		w.app.Clipboard().SetContent(w.diagnostics())
		w.Say(t.T("ui.copied"))
	}))
}

func (o *opening) about() {
	t := o.p.words
	o.show(aboutBox(t, o.p.deps.Version, nil, func() {
		o.p.app.Clipboard().SetContent(o.p.deps.diagnostics(o.p.app, ""))
	}))
}
