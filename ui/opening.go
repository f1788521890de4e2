package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/ui/frame"
	"ugoda/ui/icon"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
	"ugoda/ui/theme"
)

// opening is what the window shows before a base is open: two large cards, an
// example and one's own, and below them other ways in.
type opening struct {
	p       *program
	busy    *widget.Label
	gauge   *fyne.Container
	recent  *recentBases
	first   *choice // has the keyboard when the window opens
	dialog  *screen.Dialog
	cancel  context.CancelFunc // of the work under way; nil: it cannot be stopped
	working bool
}

func newOpening(p *program) *opening { return &opening{p: p} }

// Room of the column in the middle, at zoom 100.
const openingWidth = 760

func (o *opening) build() fyne.CanvasObject {
	t := o.p.words.T
	name := canvas.NewText("Ugoda", fynetheme.Color(fynetheme.ColorNamePrimary))
	name.TextSize, name.TextStyle, name.Alignment = theme.Text()*2.4, fyne.TextStyle{Bold: true}, fyne.TextAlignCenter
	motto := widget.NewLabelWithStyle(t("ui.opening.motto"), fyne.TextAlignCenter, fyne.TextStyle{})
	o.busy = widget.NewLabelWithStyle("", fyne.TextAlignCenter, fyne.TextStyle{})
	o.busy.Hide()
	o.gauge = container.NewCenter()

	cards := container.New(layout.NewGridLayoutWithColumns(2))
	own := newChoice(icon.Firm, t("opening.own"), t("ui.opening.own_text"), o.own)
	o.first = own
	if o.p.deps.Services.CreateDemo != nil {
		o.first = newChoice(icon.Funnel, t("opening.example"), t("ui.opening.example_text"), o.example)
		cards.Add(o.first)
	}
	cards.Add(own)
	own.pass, o.first.pass = o.typedKey, o.typedKey
	row := container.NewHBox(
		input.NewIconButton(fynetheme.FolderOpenIcon(), t("opening.open_file")+"…", o.chooseFile).Framed(),
		input.NewIconButton(fynetheme.ComputerIcon(), t("opening.connect")+"…", o.connect).Framed(),
	)
	o.recent = newRecentBases(o)
	column := container.NewVBox(name, motto,
		container.New(layout.NewCustomPaddedLayout(theme.Scaled(14), theme.Scaled(12), 0, 0), cards),
		container.NewCenter(row), o.busy, o.gauge,
		container.New(layout.NewCustomPaddedLayout(theme.Scaled(10), 0, 0, 0), o.recent.content))
	body := container.New(&middle{width: openingWidth}, column)
	return container.NewBorder(container.NewPadded(o.languages()), nil, nil, nil, container.NewVScroll(body))
}

// languages are the buttons at the top right.
func (o *opening) languages() fyne.CanvasObject {
	row := container.NewHBox(layout.NewSpacer())
	for _, l := range locale.Languages {
		b := input.NewButton(locale.New(l).T("language"), func() {
			o.p.chosen.language = l
			o.p.chosen.save(o.p.app)
			o.p.words = locale.New(l)
			overrideFyne(o.p.words)
			o.p.showOpening()
		})
		if l == o.p.words.Language() {
			b.Chosen()
		}
		row.Add(b)
	}
	return row
}

// menu is the menu bar of the opening window.
func (o *opening) menu() *fyne.MainMenu {
	t := o.p.words.T
	free := func(do func()) func() {
		return func() {
			if !o.working && (o.dialog == nil || !o.dialog.Open()) {
				do()
			}
		}
	}
	item := func(label string, sc fyne.Shortcut, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Shortcut = sc
		return i
	}
	enter := item(t("button.ok"), keys(ctrl, fyne.KeyReturn), func() {
		if o.dialog != nil && o.dialog.Open() {
			o.dialog.Enter()
		}
	})
	quit := item(t("command.quit"), keys(ctrl, fyne.KeyQ), o.p.app.Quit)
	quit.IsQuit = true
	file := fyne.NewMenu(t("menu.file"),
		item(t("opening.own")+"…", keys(ctrl, fyne.KeyN), free(o.own)),
		item(t("opening.open_file")+"…", keys(ctrl, fyne.KeyO), free(o.chooseFile)),
		item(t("opening.connect")+"…", nil, free(o.connect)),
		fyne.NewMenuItemSeparator(), enter, fyne.NewMenuItemSeparator(), quit)
	help := fyne.NewMenu(t("menu.help"), item(t("command.about"), keys(0, fyne.KeyF1), free(o.about)))
	return fyne.NewMainMenu(file, help)
}

// middle keeps its content at a width in the middle.
type middle struct{ width float32 }

func (m *middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(min(theme.Scaled(m.width), o[0].MinSize().Width), o[0].MinSize().Height+30)
}

func (m *middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	w := min(size.Width-24, max(theme.Scaled(m.width), o[0].MinSize().Width))
	o[0].Resize(fyne.NewSize(w, h))
	o[0].Move(fyne.NewPos((size.Width-w)/2, max(12, (size.Height-h)*0.35)))
}

// typedKey gets the keys that no widget took.
func (o *opening) typedKey(e *fyne.KeyEvent) {
	switch {
	case o.dialog != nil && o.dialog.Open():
		o.dialog.Typed(e)
	case e.Name == fyne.KeyEscape && o.cancel != nil:
		o.cancel()
	case e.Name == fyne.KeyF1 && !o.working:
		o.about()
	}
}

func (o *opening) show(d *screen.Dialog) {
	if o.dialog != nil && o.dialog != d && o.dialog.Open() {
		o.dialog.Close()
	}
	o.dialog = d
	d.Show(o.p.win.Canvas())
}

// Words implements files.Desk.
func (o *opening) Words() *locale.Printer { return o.p.words }

// Dialog implements files.Desk: over the dialog that is open, which comes back.
func (o *opening) Dialog(d *screen.Dialog) {
	below, closed := o.dialog, d.Closed
	d.Closed = func() {
		if o.dialog == d {
			o.dialog = below
		}
		if closed != nil {
			closed()
		}
	}
	o.dialog = d
	d.Show(o.p.win.Canvas())
}

// Background implements files.Desk.
func (o *opening) Background(ctx context.Context, work func(ctx context.Context) error, show func(err error)) {
	o.p.runner.Go(ctx, func(ctx context.Context) func() {
		err := work(ctx)
		return func() { show(err) }
	})
}

// say shows what is being done; nothing ends it. A part below 0 is not known.
func (o *opening) say(text string, part float64) {
	o.busy.SetText(text)
	o.gauge.RemoveAll()
	if text == "" {
		o.busy.Hide()
		o.gauge.Refresh()
		return
	}
	o.busy.Show()
	if part >= 0 {
		row := container.NewHBox(container.NewCenter(frame.NewGauge(part)))
		if o.cancel != nil {
			row.Add(input.NewButton(o.p.words.T("button.stop"), o.cancel))
		}
		o.gauge.Add(row)
	}
	o.gauge.Refresh()
}

// example opens the demo base, making it first where there is none of today.
func (o *opening) example() {
	if o.working {
		return
	}
	o.working = true
	t := o.p.words.T
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel = cancel
	o.say(t("ui.opening.making_example"), 0)
	o.p.runner.Go(context.Background(), func(context.Context) func() {
		address, err := o.p.deps.Services.CreateDemo(ctx, o.p.words.Language(), func(done, total int64) {
			if total > 0 {
				fyne.Do(func() {
					if o.cancel != nil {
						o.say(t("ui.opening.making_example"), float64(done)/float64(total))
					}
				})
			}
		})
		return func() {
			stopped := ctx.Err() != nil
			cancel()
			o.cancel, o.working = nil, false
			o.say("", -1)
			switch {
			case stopped:
			case err != nil:
				o.fail(err, door{address: t("opening.example")})
			default:
				o.open(door{address: address})
			}
		}
	})
}

// chooseFile opens a base from a file.
func (o *opening) chooseFile() {
	files.Choose(o, files.Ask{Extensions: []string{".ugoda"}}, func(path string) { o.open(door{address: path}) })
}

// dropped opens a base file that was dropped on the window.
func (o *opening) dropped(_ fyne.Position, uris []fyne.URI) {
	for _, u := range uris {
		if u.Scheme() == "file" && strings.EqualFold(u.Extension(), ".ugoda") {
			o.open(door{address: u.Path()})
			return
		}
	}
}

// shortPath is a folder with the user's own folder as ~.
func shortPath(dir string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(dir, home); ok && (rest == "" || rest[0] == filepath.Separator) {
			return "~" + rest
		}
	}
	return dir
}
