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
	"ugoda/ui/screen"
)

// gridKeys are the keys that hang on no menu, as the sheet of keys lists them:
// the keys, and what they do.
var gridKeys = []struct {
	group string
	keys  [][2]string
}{
	{"key.list", [][2]string{
		{"Enter", "button.open"},
		{"Space", "list.preview_pane"},
		{"Insert", "button.new"},
		{"F9", "ui.menu.copy_record"},
		{"Delete", "button.delete"},
		{"F5", "command.refresh"},
	}},
	{"key.reference", [][2]string{
		{"F4, Alt+↓", "button.choose"}, {"F2", "button.open"}, {"Shift+F4", "button.clear"},
	}},
	{"key.grid", [][2]string{
		{"Ctrl+D", "ui.keys.fill_down"}, {"Ctrl+Shift+↑ ↓", "ui.keys.move_line"}, {"Ctrl+Delete", "form.remove_row"},
	}},
}

// showKeys shows the sheet of all keys.
func (w *Window) showKeys() {
	t := w.words.T
	column := func(title string, rows [][2]string) fyne.CanvasObject {
		form := container.New(layout.NewFormLayout())
		for _, r := range rows {
			form.Add(widget.NewLabelWithStyle(r[0], fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
			form.Add(widget.NewLabel(r[1]))
		}
		return container.NewVBox(widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), form)
	}
	columns := container.NewHBox()
	stack := container.NewVBox()
	for i, m := range w.menus() {
		var rows [][2]string
		for _, e := range m.entries {
			if k := keyText(e.keys); k != "" {
				rows = append(rows, [2]string{k, e.label})
			}
		}
		if len(rows) > 0 {
			stack.Add(column(m.label, rows))
		}
		if i == 1 || i == 3 {
			columns.Add(stack)
			stack = container.NewVBox()
		}
	}
	for _, g := range gridKeys {
		var rows [][2]string
		for _, k := range g.keys {
			rows = append(rows, [2]string{k[0], t(k[1])})
		}
		stack.Add(column(t(g.group), rows))
	}
	columns.Add(stack)
	w.Dialog(&screen.Dialog{
		Title: t("command.keys"), Content: container.NewScroll(columns), Size: fyne.NewSize(980, 600),
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
