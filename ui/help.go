package ui

import (
	"fmt"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/ui/screen"
)

// gridKeys are the keys that hang on no menu, as the sheet of keys lists them:
// the keys, and what they do.
var gridKeys = []struct {
	group string
	keys  [][2]string
}{
	{"key.list", [][2]string{
		{"Enter", "button.open"}, {"Space", "list.preview_pane"}, {"Insert", "button.new"}, {"F9", "ui.menu.copy_record"},
		{"Delete", "button.delete"}, {"F5", "command.refresh"},
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
func (w *Window) diagnostics() string {
	text := fmt.Sprintf("Ugoda %s\n%s %s/%s\nFyne driver %T\nbase %s\nlanguage %s zoom %d\n",
		w.deps.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, w.app.Driver(), w.session.Base().Engine(), w.words.Language(), w.chosen.zoom)
	if w.deps.Log != nil {
		text += "\n" + w.deps.Log()
	}
	return text
}

func (w *Window) showAbout() {
	t := w.words.T
	lines := container.New(layout.NewFormLayout(),
		widget.NewLabel(t("word.version")), widget.NewLabel(w.deps.Version),
		widget.NewLabel(t("ui.about.base")), widget.NewLabel(baseName(w.address)+" · "+string(w.session.Base().Engine())),
		widget.NewLabel(t("ui.about.user")), widget.NewLabel(w.userName()+" · "+w.words.Role(w.session.Role)),
		widget.NewLabel(t("ui.about.system")), widget.NewLabel(runtime.GOOS+"/"+runtime.GOARCH),
	)
	w.Dialog(&screen.Dialog{
		Title: "Ugoda", Size: fyne.NewSize(460, 0),
		Content: container.NewVBox(wrapped(t("ui.opening.motto")), lines, wrapped(t("ui.about.licence"))),
		Buttons: []screen.Button{
			{Label: t("command.copy_diagnostics"), Stays: true, Do: func() {
				w.app.Clipboard().SetContent(w.diagnostics())
				w.Say(t("ui.copied"))
			}},
			{Label: t("button.close"), Primary: true},
		},
	})
}
