// Package files asks for a file or a folder of this computer: a list of what
// stands in a folder, the places where people keep files, and a line in which a
// name or a whole path is typed.
package files

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/model/text"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Desk is what the question stands on: every screen.Host is one.
type Desk interface {
	Words() *locale.Printer
	Dialog(d *screen.Dialog)
	Background(ctx context.Context, work func(ctx context.Context) error, show func(err error))
}

// Purpose is what is asked for.
type Purpose int

// The purposes.
const (
	Open   Purpose = iota // a file that exists
	Save                  // a file to write; one that exists is replaced only after a question
	Folder                // a folder that exists
)

// Ask is one question.
type Ask struct {
	Purpose    Purpose
	Name       string   // Save: the name that is offered; with a folder before it, that is where one begins
	Dir        string   // where one begins; empty: where the last question ended
	Extensions []string // Open: files of these endings alone, as ".xlsx"; none: all
}

// last is the folder in which the last question ended.
var last string

// Choose asks, and calls then with the path that was chosen.
func Choose(d Desk, a Ask, then func(path string)) { choose(d, a, then) }

func choose(d Desk, a Ask, then func(path string)) *chooser {
	c := &chooser{desk: d, ask: a, then: then}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.build()
	dir := a.Dir
	if at := filepath.Dir(a.Name); dir == "" && at != "." {
		dir = at
	}
	if dir == "" || !isFolder(dir) {
		dir = last
	}
	if dir == "" || !isFolder(dir) {
		dir = home()
	}
	d.Dialog(c.dialog)
	c.enter(dir, "")
	return c
}

// chooser is the open question.
type chooser struct {
	desk   Desk
	ask    Ask
	then   func(path string)
	ctx    context.Context
	cancel context.CancelFunc

	dialog *screen.Dialog
	where  *widget.Label
	entry  *input.Entry
	grid   *list.Grid
	dir    string
	all    []item // of the folder
	shown  []item // those that agree with what was typed
	asked  int
}

func (c *chooser) build() {
	t := c.desk.Words().T
	c.where = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	c.where.Truncation = fyne.TextTruncateEllipsis
	up := input.NewIconButton(fynetheme.MoveUpIcon(), "", func() { c.up() }).Framed()
	more := container.NewHBox()
	if c.ask.Purpose != Open {
		more.Add(input.NewIconButton(fynetheme.FolderNewIcon(), t("ui.file.new_folder"), c.newFolder).Framed())
	}
	c.entry = input.NewEntry()
	hint := "ui.file.find"
	if c.ask.Purpose == Save {
		hint = "ui.file.enter_name"
	}
	c.entry.SetPlaceHolder(t(hint))
	if c.ask.Purpose == Save {
		c.entry.SetText(filepath.Base(c.ask.Name))
	}
	c.entry.OnChanged = func(string) { c.filter() }
	c.entry.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool {
		if mod != 0 {
			return false
		}
		switch k {
		case fyne.KeyF7:
			c.newFolder()
			return true
		case fyne.KeyDown, fyne.KeyUp:
			if len(c.shown) > 0 {
				c.mark(max(c.grid.FocusRow(), 0))
				c.focus(c.grid)
			}
			return true
		}
		return c.dialog.Typed(&fyne.KeyEvent{Name: k})
	})
	columns := []list.Column{
		{Key: "name", Title: t("ui.file.name"), Width: 320, Grow: true, NoSort: true},
		{Key: "size", Title: t("ui.file.size"), Width: 90, Align: list.Right, NoSort: true},
		{Key: "changed", Title: t("ui.file.changed"), Width: 130, NoSort: true},
	}
	c.grid = list.NewGrid(columns, c)
	c.grid.SetEmpty(&list.Empty{Title: t("ui.file.none")})
	c.grid.OnOpen = c.open
	c.grid.OnSelect = c.name
	c.grid.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool {
		if mod == 0 {
			switch k.Name {
			case fyne.KeyBackspace:
				c.up()
				return true
			case fyne.KeyF7:
				c.newFolder()
				return true
			}
		}
		return mod == 0 && c.dialog.Typed(k)
	}
	c.grid.OnRune = func(r rune) { // typing goes on in the line
		c.entry.SetText(string(r))
		c.entry.CursorColumn = 1
		c.focus(c.entry)
	}
	places := container.New(layout.NewCustomPaddedVBoxLayout(1))
	for _, p := range placesOf() {
		b := input.NewIconButton(p.icon, t("ui.file.place."+p.name), func() { c.enter(p.path, "") })
		places.Add(container.NewHBox(b))
	}
	list := container.NewBorder(container.NewBorder(nil, nil, up, more, c.where), container.New(layout.NewCustomPaddedLayout(theme.Padding(), 0, 0, 0), c.entry), nil, nil, c.grid)
	do := map[Purpose]string{Open: "button.open", Save: "button.save", Folder: "button.choose"}[c.ask.Purpose]
	title := map[Purpose]string{Open: "ui.file.title.open", Save: "ui.file.title.save", Folder: "ui.file.title.folder"}[c.ask.Purpose]
	c.dialog = &screen.Dialog{
		Title: t(title), Size: fyne.NewSize(760, 500), Focus: c.entry, OwnKeys: true, Closed: c.cancel,
		Content: container.NewBorder(nil, nil, container.NewBorder(nil, nil, nil, widget.NewSeparator(), places), nil, list),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t(do), Primary: true, Stays: true, Do: c.done}},
	}
}

func (c *chooser) focus(o fyne.Focusable) {
	if x := fyne.CurrentApp().Driver().CanvasForObject(o.(fyne.CanvasObject)); x != nil {
		x.Focus(o)
	}
}

// enter reads a folder and shows it; marked is the name of what is marked.
func (c *chooser) enter(dir, marked string) {
	c.asked++
	asked := c.asked
	var items []item
	c.desk.Background(c.ctx, func(context.Context) (err error) {
		items, err = read(dir, c.ask)
		return err
	}, func(err error) {
		if asked != c.asked || c.ctx.Err() != nil {
			return
		}
		if err != nil {
			c.entry.SetProblem(c.desk.Words().Error(err))
			c.where.SetText(dir + " — " + c.desk.Words().T("ui.file.unreadable"))
			return
		}
		c.dir, c.all = dir, items
		c.where.SetText(dir)
		if c.ask.Purpose != Save {
			c.entry.SetText("")
		}
		c.filter()
		if at := slices.IndexFunc(c.shown, func(x item) bool { return x.name == marked }); at >= 0 {
			c.mark(at)
			c.grid.ScrollTo(at)
		}
	})
}

// up goes to the folder above.
func (c *chooser) up() {
	if above := filepath.Dir(c.dir); above != c.dir {
		c.enter(above, filepath.Base(c.dir))
	}
}

// newFolder asks for a name, makes the folder and goes into it.
func (c *chooser) newFolder() {
	if c.ask.Purpose == Open || c.dir == "" {
		return
	}
	t, dir, name := c.desk.Words(), c.dir, input.NewEntry()
	var d *screen.Dialog
	create := func() {
		path := filepath.Join(dir, outfile.Name(name.Text))
		if strings.TrimSpace(name.Text) == "" {
			name.SetProblem(t.T("ui.file.folder_nameless"))
			return
		}
		c.desk.Background(c.ctx, func(context.Context) error { return os.Mkdir(path, 0o777) }, func(err error) {
			if err != nil {
				name.SetProblem(t.Error(err))
				return
			}
			d.Close()
			c.enter(path, "")
			c.focus(c.entry)
		})
	}
	d = &screen.Dialog{
		Title: t.T("ui.file.new_folder"), Size: fyne.NewSize(440, 0), Focus: name, Content: name,
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("ui.file.make_folder"), Primary: true, Stays: true, Do: create}},
	}
	c.desk.Dialog(d)
}

// filter shows what agrees with what was typed: for a file to open, all that
// has those letters in its name.
func (c *chooser) filter() {
	wanted := text.Fold(strings.TrimSpace(c.entry.Text))
	c.shown = c.shown[:0]
	for _, x := range c.all {
		if c.ask.Purpose == Save || strings.ContainsRune(wanted, filepath.Separator) || strings.Contains(text.Fold(x.name), wanted) {
			c.shown = append(c.shown, x)
		}
	}
	c.grid.Reset()
}

// name takes the name of the marked file, to write over it.
func (c *chooser) name() {
	if x := c.marked(); x != nil && c.ask.Purpose == Save && !x.folder {
		c.entry.OnChanged = nil
		c.entry.SetText(x.name)
		c.entry.OnChanged = func(string) { c.filter() }
	}
}

func (c *chooser) mark(row int) { c.grid.Select(row, list.Range{From: row, To: row + 1}) }

// marked is what the list marks, or nil.
func (c *chooser) marked() *item {
	if at := c.grid.FocusRow(); at >= 0 && at < len(c.shown) && c.grid.SelectedCount() > 0 {
		return &c.shown[at]
	}
	return nil
}

// open does what Enter and a double click do with a row.
func (c *chooser) open(row int) {
	if row < 0 || row >= len(c.shown) {
		return
	}
	if x := c.shown[row]; x.folder {
		c.enter(filepath.Join(c.dir, x.name), "")
		c.focus(c.grid)
		return
	}
	c.done()
}

// done takes what was typed, or else what is marked.
func (c *chooser) done() {
	typed := strings.TrimSpace(c.entry.Text)
	switch {
	case typed != "" && (c.ask.Purpose == Save || strings.ContainsRune(typed, filepath.Separator) || typed == ".." || strings.HasPrefix(typed, "~")):
		c.take(c.path(typed))
	case c.marked() != nil && (c.ask.Purpose != Folder || c.marked().folder):
		c.take(filepath.Join(c.dir, c.marked().name))
	case len(c.shown) == 1 && typed != "":
		c.take(filepath.Join(c.dir, c.shown[0].name))
	case c.ask.Purpose == Folder && typed == "":
		c.finish(c.dir)
	default:
		c.entry.SetProblem(c.desk.Words().T("ui.file.choose_one"))
		c.where.SetText(c.desk.Words().T("ui.file.choose_one"))
	}
}

// path is a typed name as a path.
func (c *chooser) path(typed string) string {
	if rest, ok := strings.CutPrefix(typed, "~"); ok {
		return filepath.Join(home(), rest)
	}
	if filepath.IsAbs(typed) {
		return filepath.Clean(typed)
	}
	return filepath.Join(c.dir, typed)
}

// take goes into a folder, or takes a file.
func (c *chooser) take(path string) {
	t := c.desk.Words()
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir() && c.ask.Purpose == Folder && c.marked() != nil:
		c.finish(path)
	case err == nil && info.IsDir():
		c.enter(path, "")
	case c.ask.Purpose == Save && err == nil:
		c.desk.Dialog(&screen.Dialog{
			Title: t.T("ui.file.replace"), Content: widget.NewLabel(t.T("ui.file.replace_text", "name", filepath.Base(path))), Size: fyne.NewSize(440, 0),
			Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("ui.file.replace_do"), Primary: true, Do: func() { c.finish(path) }}},
		})
	case c.ask.Purpose == Save && isFolder(filepath.Dir(path)):
		c.finish(path)
	case err == nil && c.ask.Purpose == Open:
		c.finish(path)
	default:
		c.entry.SetProblem(t.T("ui.file.not_there"))
		c.where.SetText(t.T("ui.file.not_there"))
	}
}

func (c *chooser) finish(path string) {
	last = path
	if c.ask.Purpose != Folder {
		last = filepath.Dir(path)
	}
	c.dialog.Close()
	c.then(path)
}

// Len implements list.Source.
func (c *chooser) Len() int { return len(c.shown) }

// Window implements list.Source.
func (c *chooser) Window(from, to int) {
	t := c.desk.Words()
	rows := make([]list.Row, 0, to-from)
	for _, x := range c.shown[from:min(to, len(c.shown))] {
		size, tone := t.Int((x.size+1023)/1024)+" "+t.T("ui.file.kb"), theme.Foreground
		if x.folder {
			size, tone = t.T("ui.file.folder"), theme.Blue
		}
		rows = append(rows, list.Row{Cells: []list.Cell{{Text: x.name, Tone: tone, Bold: x.folder}, {Text: size, Tone: theme.Muted}, {Text: t.Moment(x.changed), Tone: theme.Muted}}})
	}
	c.grid.SetRows(from, rows)
}
