package ui

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/store"
	"ugoda/ui/frame"
	"ugoda/ui/icon"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// opening is what the window shows before a base is open: two large cards, an
// example and one's own, and below them other ways in.
type opening struct {
	p       *program
	busy    *widget.Label
	gauge   *fyne.Container
	body    *fyne.Container
	dialog  *screen.Dialog
	cancel  context.CancelFunc
	working bool
}

func newOpening(p *program) *opening { return &opening{p: p} }

func (o *opening) build() fyne.CanvasObject {
	t := o.p.words.T
	name := canvas.NewText("Ugoda", fynetheme.Color(fynetheme.ColorNamePrimary))
	name.TextSize, name.TextStyle, name.Alignment = theme.Text()*2.4, fyne.TextStyle{Bold: true}, fyne.TextAlignCenter
	motto := widget.NewLabelWithStyle(t("ui.opening.motto"), fyne.TextAlignCenter, fyne.TextStyle{})
	o.busy = widget.NewLabelWithStyle("", fyne.TextAlignCenter, fyne.TextStyle{})
	o.gauge = container.NewCenter()

	cards := container.New(layout.NewGridLayoutWithColumns(2))
	if o.p.deps.Services.CreateDemo != nil {
		cards.Add(newChoice(icon.Funnel, t("opening.example"), t("opening.example_hint"), o.example))
	}
	cards.Add(newChoice(icon.Firm, t("opening.own"), t("opening.own_hint"), o.ask))
	row := container.NewHBox(
		widget.NewButtonWithIcon(t("opening.open_file"), fynetheme.FolderOpenIcon(), o.chooseFile),
		widget.NewButtonWithIcon(t("opening.connect"), fynetheme.ComputerIcon(), o.askServer),
	)
	recent := container.New(layout.NewCustomPaddedVBoxLayout(0))
	if len(o.p.chosen.recent) > 0 {
		head := widget.NewLabelWithStyle(t("opening.recent"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		recent.Add(head)
	}
	for _, b := range o.p.chosen.recent {
		open := widget.NewButton(baseName(b.Address)+recentPlace(b.Address), func() { o.open(b.Address, b.User, "") })
		open.Alignment, open.Importance = widget.ButtonAlignLeading, widget.LowImportance
		forget := widget.NewButton("×", func() {
			o.p.chosen.forget(b.Address)
			o.p.chosen.save(o.p.app)
			o.p.showOpening()
		})
		forget.Importance = widget.LowImportance
		recent.Add(container.NewBorder(nil, nil, nil, forget, open))
	}
	language := container.NewHBox(layout.NewSpacer())
	for _, l := range locale.Languages {
		b := widget.NewButton(locale.New(l).T("language"), func() {
			o.p.chosen.language = l
			o.p.chosen.save(o.p.app)
			o.p.words = locale.New(l)
			overrideFyne(o.p.words)
			o.p.showOpening()
		})
		b.Importance = widget.LowImportance
		if l == o.p.words.Language() {
			b.Importance = widget.MediumImportance
		}
		language.Add(b)
	}
	column := container.NewVBox(name, motto, container.New(layout.NewCustomPaddedLayout(14, 14, 0, 0), cards),
		container.NewCenter(row), o.busy, o.gauge, recent)
	o.body = container.New(&middle{width: 720}, column)
	return container.NewBorder(container.NewPadded(language), nil, nil, nil, container.NewVScroll(o.body))
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

// recentPlace is the folder of a file base, shortened.
func recentPlace(address string) string {
	if strings.Contains(address, "://") {
		return ""
	}
	dir := filepath.Dir(address)
	if home, err := os.UserHomeDir(); err == nil {
		if rest, ok := strings.CutPrefix(dir, home); ok {
			dir = "~" + rest
		}
	}
	return "   " + dir
}

// typedKey gets the keys that no widget took.
func (o *opening) typedKey(e *fyne.KeyEvent) {
	if o.dialog != nil && o.dialog.Open() {
		o.dialog.Typed(e)
	}
}

func (o *opening) show(d *screen.Dialog) {
	o.dialog = d
	d.Show(o.p.win.Canvas())
}

// say shows what is being done; nothing ends it.
func (o *opening) say(text string, part float64) {
	o.busy.SetText(text)
	o.gauge.RemoveAll()
	if part >= 0 {
		o.gauge.Add(frame.NewGauge(part))
	}
	o.gauge.Refresh()
}

// opened is what opening a base in the background gives.
type opened struct {
	base    *store.Base
	session *store.Session
	err     error
}

// open opens a base and enters it, asking for a password where there is one.
func (o *opening) open(address, user, password string) {
	if o.working {
		return
	}
	o.working = true
	o.say(o.p.words.T("ui.opening.opening", "name", baseName(address)), -1)
	ctx := context.Background()
	o.p.runner.Go(ctx, func(ctx context.Context) func() {
		r := o.try(ctx, address, user, password)
		return func() {
			o.working = false
			o.say("", -1)
			if r.err == nil {
				o.p.enter(r.base, r.session, address, user)
				return
			}
			o.fail(r.err, address, user, password != "")
		}
	})
}

func (o *opening) try(ctx context.Context, address, user, password string) opened {
	b, err := store.Open(ctx, address, o.p.deps.options())
	if err != nil {
		return opened{err: err}
	}
	s, err := b.Session(ctx, user, password)
	if err != nil {
		if closed := b.Close(); closed != nil {
			logQuietly("close the base", closed)
		}
		return opened{err: err}
	}
	return opened{base: b, session: s}
}

// fail says why a base did not open, with the way out.
func (o *opening) fail(err error, address, user string, tried bool) {
	t := o.p.words
	var login *store.BadLogin
	var older *store.NeedsMigration
	var share *store.NetworkShare
	switch {
	case errors.As(err, &login):
		o.askLogin(address, user, tried)
		return
	case errors.As(err, &older):
		o.show(&screen.Dialog{
			Title: baseName(address), Size: fyne.NewSize(460, 0),
			Content: wrapped(t.Error(err) + "\n\n" + t.T("ui.opening.migrate_hint")),
			Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("ui.opening.migrate"), Primary: true, Do: func() { o.migrate(address, user) }}},
		})
		return
	}
	d := &screen.Dialog{
		Title: baseName(address), Content: wrapped(t.Error(err)), Size: fyne.NewSize(460, 0),
		Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
	}
	if errors.As(err, &share) {
		d.Buttons = []screen.Button{{Label: t.T("button.close")}, {Label: t.T("opening.connect"), Primary: true, Do: o.askServer}}
	}
	o.show(d)
}

func (o *opening) migrate(address, user string) {
	o.say(o.p.words.T("ui.opening.migrating"), -1)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		err := store.Migrate(ctx, address, o.p.deps.options())
		return func() {
			o.say("", -1)
			if err != nil {
				o.fail(err, address, user, false)
				return
			}
			o.open(address, user, "")
		}
	})
}

// askLogin asks who works and the password.
func (o *opening) askLogin(address, user string, wrong bool) {
	t := o.p.words.T
	name, password := widget.NewEntry(), widget.NewPasswordEntry()
	name.SetText(user)
	note := widget.NewLabel("")
	if wrong {
		note.SetText(o.p.words.Error(&store.BadLogin{}))
		note.Importance = widget.DangerImportance
	}
	d := &screen.Dialog{Title: baseName(address), Size: fyne.NewSize(380, 0), Focus: name}
	if user != "" {
		d.Focus = password
	}
	enter := func() { o.open(address, strings.TrimSpace(name.Text), password.Text) }
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.sign_in"), Primary: true, Do: enter}}
	name.OnSubmitted = func(string) { o.p.win.Canvas().Focus(password) }
	password.OnSubmitted = func(string) { d.Enter() }
	d.Content = container.NewVBox(note, container.New(layout.NewFormLayout(),
		widget.NewLabel(t("opening.user")), name, widget.NewLabel(t("opening.password")), password))
	o.show(d)
}

// example opens the demo base, making it first where there is none yet.
func (o *opening) example() {
	if o.working {
		return
	}
	o.working = true
	t := o.p.words.T
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel = cancel
	o.say(t("ui.opening.making_example"), 0)
	o.p.runner.Go(ctx, func(ctx context.Context) func() {
		address, err := o.p.deps.Services.CreateDemo(ctx, func(done, total int64) {
			if total > 0 {
				fyne.Do(func() { o.say(t("ui.opening.making_example"), float64(done)/float64(total)) })
			}
		})
		return func() {
			cancel()
			o.working = false
			o.say("", -1)
			if err != nil {
				o.fail(err, t("opening.example"), "", false)
				return
			}
			o.open(address, "", "")
		}
	})
}

// chooseFile opens a base from a file.
func (o *opening) chooseFile() {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil || err != nil {
			return
		}
		path := f.URI().Path()
		if err := f.Close(); err != nil {
			logQuietly("close the chosen file", err)
		}
		o.open(path, "", "")
	}, o.p.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".ugoda"}))
	d.Resize(fyne.NewSize(760, 520))
	d.Show()
}

// askServer asks where the office's base is.
func (o *opening) askServer() {
	t := o.p.words.T
	field := func(text string) *widget.Entry {
		e := widget.NewEntry()
		e.SetText(text)
		return e
	}
	host, port, base, user, password := field("localhost"), field("5432"), field("ugoda"), field(""), widget.NewPasswordEntry()
	d := &screen.Dialog{Title: t("opening.connect"), Size: fyne.NewSize(420, 0), Focus: host}
	d.Content = container.New(layout.NewFormLayout(),
		widget.NewLabel(t("ui.server.host")), host, widget.NewLabel(t("ui.server.port")), port,
		widget.NewLabel(t("ui.server.base")), base, widget.NewLabel(t("opening.user")), user,
		widget.NewLabel(t("opening.password")), password)
	password.OnSubmitted = func(string) { d.Enter() }
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.open"), Primary: true, Do: func() {
		o.open(serverAddress(host.Text, port.Text, base.Text, user.Text, password.Text), "", "")
	}}}
	o.show(d)
}

// serverAddress is the address of a base on a PostgreSQL server.
func serverAddress(host, port, base, user, password string) string {
	u := url.URL{Scheme: "postgres", Host: strings.TrimSpace(host), Path: "/" + strings.TrimSpace(base)}
	if p := strings.TrimSpace(port); p != "" {
		u.Host += ":" + p
	}
	if user = strings.TrimSpace(user); user != "" {
		u.User = url.User(user)
		if password != "" {
			u.User = url.UserPassword(user, password)
		}
	}
	return u.String()
}

// withoutPassword is an address that may be remembered.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil || u.Scheme == "" {
		return address
	}
	u.User = url.User(u.User.Username())
	return u.String()
}

// ask asks what a base of one's own needs: the firm, its code, its taxes, and
// where the file goes.
func (o *opening) ask() {
	t := o.p.words.T
	name, code := widget.NewEntry(), widget.NewEntry()
	name.SetPlaceHolder(t("ui.own.name_example"))
	tax := widget.NewRadioGroup([]string{t("opening.vat_payer"), t("ui.own.single_tax")}, nil)
	tax.Horizontal = true
	tax.SetSelected(t("opening.vat_payer"))
	where := widget.NewEntry()
	where.SetText(suggestedFile(o.p.words.T("ui.own.file")))
	note := widget.NewLabel("")
	note.Wrapping = fyne.TextWrapWord
	note.Importance = widget.DangerImportance
	d := &screen.Dialog{Title: t("opening.own"), Size: fyne.NewSize(520, 0), Focus: name}
	choose := widget.NewButton("…", func() {
		f := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
			if f == nil || err != nil {
				return
			}
			path := f.URI().Path()
			if err := f.Close(); err != nil {
				logQuietly("close the chosen file", err)
			}
			// The dialog makes an empty file: a base is made where there is nothing.
			if err := removeEmpty(path); err != nil {
				logQuietly("clear the place of the base", err)
			}
			where.SetText(path)
		}, o.p.win)
		f.SetFileName(filepath.Base(where.Text))
		f.Resize(fyne.NewSize(760, 520))
		f.Show()
	})
	create := func() {
		n := screen.NewBase{Name: strings.TrimSpace(name.Text), Code: strings.TrimSpace(code.Text), VAT: tax.Selected == t("opening.vat_payer"), Language: string(o.p.words.Language())}
		if p := checkNewBase(n); p != nil {
			note.SetText(o.p.words.Error(p))
			return
		}
		d.Close()
		o.create(strings.TrimSpace(where.Text), n)
	}
	d.Content = container.NewVBox(wrapped(t("opening.own_hint")), container.New(layout.NewFormLayout(),
		widget.NewLabel(t("opening.firm_name")), name,
		widget.NewLabel(t("opening.firm_code")), code,
		widget.NewLabel(t("ui.own.taxes")), tax,
		widget.NewLabel(t("opening.where")), container.NewBorder(nil, nil, nil, choose, where)), note)
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.new"), Primary: true, Stays: true, Do: create}}
	name.OnSubmitted = func(string) { o.p.win.Canvas().Focus(code) }
	code.OnSubmitted = func(string) { d.Enter() }
	o.show(d)
}

// create makes the base of one's own and enters it.
func (o *opening) create(address string, n screen.NewBase) {
	o.working = true
	o.say(o.p.words.T("ui.opening.making_own"), -1)
	o.p.runner.Go(context.Background(), func(ctx context.Context) func() {
		err := o.make(ctx, address, n)
		return func() {
			o.working = false
			o.say("", -1)
			if err != nil {
				o.fail(err, address, "", false)
				return
			}
			o.open(address, "", "")
		}
	})
}

func (o *opening) make(ctx context.Context, address string, n screen.NewBase) error {
	if f := o.p.deps.Services.CreateBase; f != nil {
		return f(ctx, address, n)
	}
	b, err := store.Create(ctx, address, o.p.deps.options())
	if err != nil {
		return err
	}
	return b.Close()
}

// suggestedFile is a name for a new base in the documents of the user that is not taken.
func suggestedFile(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "."
	}
	dir := home
	if d := filepath.Join(home, "Documents"); isFolder(d) {
		dir = d
	}
	for i := 1; ; i++ {
		path := filepath.Join(dir, name+".ugoda")
		if i > 1 {
			path = filepath.Join(dir, name+"-"+strconv.Itoa(i)+".ugoda")
		}
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// removeEmpty removes a file that has nothing in it.
func removeEmpty(path string) error {
	if info, err := os.Stat(path); err == nil && info.Size() == 0 {
		return os.Remove(path)
	}
	return nil
}
