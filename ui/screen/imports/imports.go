// Package imports is the screen that brings a file into the base: the file and
// what its columns mean, a trial that shows every problem and asks what it
// does not know once, and what came of it; and the journal of imports.
package imports

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/spreadsheet"
	"ugoda/locale"
	"ugoda/model"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Name and JournalName are the screens of this package.
const (
	Name        = "import"
	JournalName = "imports"
)

// textFill is the key of Address.Fill under which rows of text come.
const textFill = "text"

// Open opens the import of a file, or of the rows in the clipboard, into a
// kind; without a path a person chooses the file there.
func Open(h screen.Host, kind, path string) {
	if path == screen.Clipboard {
		a := screen.Address{Screen: Name, Kind: kind, Fill: map[string]any{textFill: fyne.CurrentApp().Clipboard().Content()}}
		h.Open(a.With(screen.ArgFile, path+time.Now().Format("150405.000")))
		return
	}
	a := screen.Address{Screen: Name, Kind: kind}
	if path != "" {
		a = a.With(screen.ArgFile, path)
	}
	h.Open(a)
}

// step is where the work stands.
type step int

const (
	mapping step = iota
	checking
	finished
)

// Screen is an import.
type Screen struct {
	host    screen.Host
	session *store.Session
	kind    *model.Kind
	address screen.Address
	words   *locale.Printer
	ctx     context.Context
	cancel  context.CancelFunc
	trials  *run.Latest

	content *fyne.Container
	top     *fyne.Container
	body    *fyne.Container
	step    step
	source  *source
	columns *columns
	rules   *rules
	preview *preview
	check   *check

	file   string // as the journal calls it
	path   string
	data   []byte
	book   *spreadsheet.Book
	plan   *imports.Plan
	result *imports.Result // of the last trial, or of the import
	tried  *imports.Plan   // the plan of the last trial
	took   time.Duration   // the last trial
	busy   bool            // an import runs

	toRecords *input.Button // of the last step
}

// New makes the screen for the kind that the address names.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	kind := h.Session().Registry().Kind(a.Kind)
	if kind == nil || !imports.Can(h.Session(), a.Kind) {
		return nil, fmt.Errorf("import: %w", &store.Forbidden{Kind: a.Kind, Role: h.Session().Role})
	}
	s := &Screen{host: h, session: h.Session(), kind: kind, address: a, words: h.Words(), trials: run.NewLatest(field.Runner{Host: h})}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.top, s.body = container.NewStack(), container.NewStack()
	s.content = container.NewBorder(s.top, nil, nil, nil, s.body)
	s.source = newSource(s)
	s.columns, s.rules, s.preview, s.check = newColumns(s), newRules(s), newPreview(s), newCheck(s)
	s.show(mapping)
	if text, ok := a.Fill[textFill].(string); ok {
		s.take("", []byte(text), s.words.T("import.clipboard"))
	} else if path := a.Arg(screen.ArgFile); path != "" && !isClipboard(path) {
		s.open(path)
	}
	return s, nil
}

func isClipboard(path string) bool {
	return len(path) >= len(screen.Clipboard) && path[:len(screen.Clipboard)] == screen.Clipboard
}

// Title implements screen.Screen.
func (s *Screen) Title() string {
	if s.file != "" {
		return s.words.Kinds(s.kind.Name) + " ← " + s.file
	}
	return s.words.T("import.title", "kind", s.words.Kinds(s.kind.Name))
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address {
	a := s.address
	if s.path != "" {
		a = a.With(screen.ArgFile, s.path)
	}
	return a
}

// Unsaved implements screen.Screen: a file can be opened again.
func (s *Screen) Unsaved() bool { return false }

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.trials.Cancel()
	s.cancel()
}

// Shown puts the keyboard where the work goes on.
func (s *Screen) Shown() {
	if s.host.Window() == nil {
		return
	}
	if f := s.focus(); f != nil {
		s.host.Canvas().Focus(f)
	}
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() {}

func (s *Screen) focus() fyne.Focusable {
	switch {
	case s.step == mapping && s.book == nil:
		return s.source.choose
	case s.step == mapping:
		return s.columns.first()
	case s.step == checking:
		return s.check.focus()
	case s.toRecords != nil:
		return s.toRecords
	}
	return nil
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.MainAction, screen.SaveClose:
		return s.book != nil && s.step != finished && !s.busy
	case screen.Import, screen.PasteRows:
		return !s.busy
	case screen.Export:
		return s.step == checking && s.result != nil && len(s.result.Problems) > 0
	case screen.Find:
		return s.step == checking
	case screen.Undo:
		return s.step == finished && s.result != nil && s.result.Batch.ID != 0
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.MainAction, screen.SaveClose:
		if s.step == mapping {
			s.try()
		} else {
			s.check.main()
		}
	case screen.Import:
		s.source.ask()
	case screen.PasteRows:
		s.paste()
	case screen.Export:
		s.check.export()
	case screen.Find:
		s.host.Canvas().Focus(s.check.find)
	case screen.Undo:
		undo(s.ctx, s.host, s.result.Batch, func() { s.host.Close(s) })
	}
}

// Actions implements screen.Actor.
func (s *Screen) Actions() []screen.Action {
	if s.book == nil || s.step == finished || s.busy {
		return nil
	}
	label := s.words.T("import.try")
	if s.step == checking && s.check.ready() {
		label = s.words.T("import.run")
	}
	return []screen.Action{{Label: label, Main: true, Do: func() { s.Do(screen.MainAction) }}}
}

// Dropped takes the first of the files dropped on the window.
func (s *Screen) Dropped(paths []string) {
	if !s.busy {
		s.open(paths[0])
	}
	for _, p := range paths[1:] {
		Open(s.host, s.kind.Name, p)
	}
}

// Key implements screen.Keyed: Escape goes a step back.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyEscape && s.step == checking && !s.busy {
		s.show(mapping)
		return true
	}
	return false
}

func (s *Screen) paste() {
	text := fyne.CurrentApp().Clipboard().Content()
	s.take("", []byte(text), s.words.T("import.clipboard"))
}

// show shows a step.
func (s *Screen) show(at step) {
	s.step = at
	s.top.Objects = []fyne.CanvasObject{s.steps()}
	switch at {
	case mapping:
		if s.plan != nil { // answers may have brought constants
			s.rules.fill()
		}
		s.body.Objects = []fyne.CanvasObject{s.mapping()}
	case checking:
		s.body.Objects = []fyne.CanvasObject{s.check.content}
	case finished:
		s.body.Objects = []fyne.CanvasObject{s.finish()}
	}
	s.content.Refresh()
	s.host.Retitle(s)
	s.Shown()
}

// open reads a file.
func (s *Screen) open(path string) {
	s.source.reading(filepath.Base(path))
	var data []byte
	s.host.Background(s.ctx, func(context.Context) (err error) {
		data, err = readFile(path)
		return err
	}, func(err error) {
		if err != nil {
			s.source.failed(err)
			return
		}
		s.take(path, data, filepath.Base(path))
	})
}

// opened is what was learned of a file.
type opened struct {
	book     *spreadsheet.Book
	plan     *imports.Plan
	profiles []string
	last     bool // the plan is that of the last file with these headings
}

// take looks at a file, or at rows of text, and suggests what its columns mean.
func (s *Screen) take(path string, data []byte, name string) {
	s.look(path, data, name, spreadsheet.Options{})
}

func (s *Screen) look(path string, data []byte, name string, how spreadsheet.Options) {
	session, kind := s.session, s.kind
	s.source.reading(name)
	var o opened
	s.host.Background(s.ctx, func(ctx context.Context) (err error) {
		o, err = look(ctx, session, kind, path, data, how)
		return err
	}, func(err error) {
		if err != nil {
			s.source.failed(err)
			return
		}
		s.path, s.data, s.file = path, data, name
		s.book, s.plan = o.book, o.plan
		s.result, s.tried = nil, nil
		s.source.profiles, s.source.last = o.profiles, o.last
		s.source.profile = ""
		s.source.fill()
		s.columns.fill()
		s.preview.fill()
		s.show(mapping)
	})
}

func look(ctx context.Context, s *store.Session, k *model.Kind, path string, data []byte, how spreadsheet.Options) (o opened, err error) {
	if o.book, err = spreadsheet.ReadWith(path, data, how); err != nil {
		return o, err
	}
	o.plan = imports.Suggest(s, k, o.book)
	if len(o.plan.Columns) == 0 {
		return o, &spreadsheet.Unreadable{Name: filepath.Base(path), Why: "file_empty"}
	}
	last, err := imports.Last(ctx, s, o.plan)
	if err != nil {
		return o, err
	}
	if last != nil {
		last.Fit(o.plan)
		o.plan, o.last = last, true
	}
	if err := imports.Remembered(ctx, s, o.plan); err != nil {
		return o, err
	}
	if err := o.plan.Settle(ctx, s, o.book); err != nil {
		return o, err
	}
	o.profiles, err = imports.Profiles(ctx, s, k.Name)
	return o, err
}

// fill shows the plan in all parts of the first step.
func (s *Screen) fill() {
	s.source.fill()
	s.columns.fill()
	s.rules.fill()
	s.preview.fill()
}

// changed takes notice that the plan is another one than was tried.
func (s *Screen) changed() {
	if !s.rules.chosen {
		s.plan.Rekey(s.kind, s.book)
	}
	s.rules.follow()
	s.preview.heads()
}

// sheet is the sheet of the plan.
func (s *Screen) sheet() *spreadsheet.Sheet { return &s.book.Sheets[s.plan.Sheet] }

// try runs the import without writing and shows what it would do.
func (s *Screen) try() {
	if s.book == nil || s.busy || !s.rules.commit() {
		return
	}
	plan := s.plan.Clone()
	session, book, words, file := s.session, s.book, s.words, s.file
	s.check.begin()
	s.show(checking)
	began := time.Now()
	s.trials.Go(s.ctx, func(ctx context.Context) func() {
		r, err := imports.Run(ctx, session, book, plan, imports.Options{File: file, Dry: true, Words: words, Progress: s.check.progress(ctx)})
		return func() {
			s.took = time.Since(began)
			if err != nil {
				s.check.stop()
				s.show(mapping)
				s.host.Fail(err)
				return
			}
			s.result, s.tried = r, plan
			s.check.fill()
			s.show(checking)
		}
	})
}

// run does the import in one transaction, with progress in the status bar.
func (s *Screen) run() {
	plan := s.plan.Clone()
	plan.LeaveBad = s.check.leave.Checked
	session, book, words, file := s.session, s.book, s.words, s.file
	s.busy = true
	s.check.running(true)
	var r *imports.Result
	label := words.T("import.running", "file", file)
	s.host.Job(label, func(ctx context.Context, report func(done, total int64)) (err error) {
		r, err = imports.Run(ctx, session, book, plan, imports.Options{File: file, Words: words, Progress: func(done, all int) { report(int64(done), int64(all)) }})
		return err
	}, func(err error) {
		s.busy = false
		s.check.running(false)
		if err != nil {
			s.host.Fail(err)
			return
		}
		s.result, s.tried = r, plan
		if r.Batch.ID == 0 { // something in the base changed since the trial
			s.check.fill()
			s.show(checking)
			return
		}
		s.path = "" // done: after a restart the tab begins anew
		s.host.Saved(s.kind.Name)
		s.host.Done(words.N("import.done", int64(r.Created+r.Updated)), r.Batch)
		s.show(finished)
	})
}

// caption is a label of less importance.
func caption(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Importance = widget.LowImportance
	return l
}

// heading is a label in bold.
func heading(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.TextStyle.Bold = true
	return l
}
