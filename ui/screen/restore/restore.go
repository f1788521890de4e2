// Package restore is the screen of the copies of a base: which there are,
// whether each is whole and what it holds, and the ways to look at one or to
// put it in the place of the base.
package restore

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/service/copies"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
	"ugoda/ui/theme"
)

// Name is the screen's name in addresses.
const Name = "copies"

// Keeper is a window that keeps copies of its base. Its methods are called on
// the UI goroutine.
type Keeper interface {
	// CopiesOf is the address of the base whose copies they are.
	CopiesOf() string
	// Copies is how it stands with the daily copies.
	Copies() copies.State
	// SetCopies chooses their folder: empty is the usual one, copies.Off none.
	SetCopies(folder string)
	// CopyNow makes a copy, and tells when it is done.
	CopyNow(then func())
	// LookAt shows a copy in the window, for reading only.
	LookAt(c copies.Copy)
	// Replace puts a copy in the place of the base, after asking.
	Replace(c copies.Copy)
}

// Screen is the list of copies.
type Screen struct {
	screen.Base
	keeper  Keeper
	folder  *widget.Label
	last    *widget.Label
	daily   *input.Check
	grid    *list.Grid
	actions []*input.Button
	rows    []row
	front   bool
	read    int // how often the list was read: answers of earlier readings are dropped
}

// row is a copy with what became of checking it.
type row struct {
	copies.Copy
	checking bool
	checked  bool
	holds    copies.Holds
	wrong    error
}

// New makes the screen.
func New(h screen.Host, _ screen.Address) (screen.Screen, error) {
	s := &Screen{Base: screen.Begin(h, screen.Address{Screen: Name})}
	s.keeper, _ = h.(Keeper)
	s.build()
	s.list()
	return s, nil
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("copies.title") }

// Shown implements screen.Lifecycle: the keyboard goes to the copies.
func (s *Screen) Shown() {
	s.front = true
	s.Follow()
	s.focus()
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() { s.front = false }

// focus gives the keyboard to the copies.
func (s *Screen) focus() {
	if s.front && s.Host.Window() != nil {
		s.Host.Canvas().Focus(s.grid)
	}
}

// Follow shows how it stands now, and the list again when there is another copy.
func (s *Screen) Follow() {
	if s.keeper == nil {
		return
	}
	state := s.keeper.Copies()
	another := len(s.rows) > 0 && state.Last.After(s.newest()) || len(s.rows) == 0 && !state.Last.IsZero()
	s.showState(state)
	if another {
		s.list()
	}
}

// newest is when the newest of the daily copies that are shown was made.
func (s *Screen) newest() (at time.Time) {
	for _, r := range s.rows {
		if r.Why == copies.Daily && r.At.After(at) {
			at = r.At
		}
	}
	return at
}

func (s *Screen) build() {
	t := s.Host.Words().T
	s.folder, s.last = widget.NewLabel(""), widget.NewLabel("")
	s.folder.Truncation, s.last.Wrapping = fyne.TextTruncateEllipsis, fyne.TextWrapWord
	s.daily = input.NewCheck(t("copies.each_day"), func(yes bool) {
		folder := ""
		if !yes {
			folder = copies.Off
		}
		s.keeper.SetCopies(folder)
		s.list()
	})
	change := input.NewButton(t("copies.change_folder"), s.chooseFolder).Framed()
	top := container.NewBorder(nil, nil, container.NewHBox(s.daily), change, s.folder)

	s.grid = list.NewGrid([]list.Column{
		{Key: "at", Title: t("copies.made"), Width: 150, NoSort: true},
		{Key: "why", Title: t("copies.why"), Width: 140, Grow: true, NoSort: true},
		{Key: "size", Title: t("copies.size"), Width: 90, Align: list.Right, NoSort: true},
		{Key: "clients", Title: s.Host.Words().Kinds("client"), Width: 76, Align: list.Right, NoSort: true},
		{Key: "deals", Title: s.Host.Words().Kinds("deal"), Width: 76, Align: list.Right, NoSort: true},
		{Key: "state", Title: t("copies.state"), Width: 150, NoSort: true, Grow: true},
		{Key: "path", Title: t("copies.file"), Width: 190, NoSort: true, Grow: true},
	}, s)
	s.grid.SetEmpty(&list.Empty{Title: t("copies.none"), Hint: t("copies.none_hint"), Action: t("copies.now"), Do: s.copyNow})
	s.grid.OnOpen = func(int) { s.look() }
	s.grid.OnSelect = s.enable
	s.grid.OnMenu = func(_ int, _ string, at fyne.Position) {
		m := fyne.NewMenu("")
		for _, a := range s.offered() {
			i := fyne.NewMenuItem(a.label, a.do)
			i.Disabled = s.chosen() == nil
			m.Items = append(m.Items, i)
		}
		s.Host.Menu(m, at)
	}
	bar := container.NewHBox(input.NewButton(t("copies.now"), s.copyNow).Primary())
	for _, a := range s.offered() {
		b := input.NewButton(a.label, a.do).Framed()
		s.actions = append(s.actions, b)
		bar.Add(b)
	}
	head := container.NewVBox(top, s.last, bar)
	s.Body = container.New(layout.NewCustomPaddedLayout(theme.Scaled(6), theme.Scaled(6), theme.Scaled(10), theme.Scaled(10)),
		container.NewBorder(head, nil, nil, nil, s.grid))
}

type offer struct {
	label string
	do    func()
}

// offered is what can be done with the chosen copy.
func (s *Screen) offered() []offer {
	t := s.Host.Words().T
	return []offer{{t("copies.look"), s.look}, {t("copies.restore"), s.restore}, {t("copies.check"), s.check}}
}

func (s *Screen) enable() {
	for _, b := range s.actions {
		if s.chosen() == nil {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// chosen is the copy with the keyboard.
func (s *Screen) chosen() *row {
	if i := s.grid.FocusRow(); i >= 0 && i < len(s.rows) {
		return &s.rows[i]
	}
	return nil
}

func (s *Screen) chooseFolder() {
	files.Choose(s.Host, files.Ask{Purpose: files.Folder}, func(path string) {
		s.keeper.SetCopies(path)
		s.list()
	})
}

func (s *Screen) copyNow() { s.keeper.CopyNow(s.list) }

func (s *Screen) look() {
	if r := s.chosen(); r != nil {
		s.keeper.LookAt(r.Copy)
	}
}

func (s *Screen) restore() {
	if r := s.chosen(); r != nil {
		s.keeper.Replace(r.Copy)
	}
}

func (s *Screen) check() {
	if i := s.grid.FocusRow(); i >= 0 && i < len(s.rows) {
		s.inspect(i, func() {})
	}
}

// list reads which copies there are, and then checks them one after another.
func (s *Screen) list() {
	if s.keeper == nil {
		return
	}
	s.read++
	read, state, address := s.read, s.keeper.Copies(), s.keeper.CopiesOf()
	s.showState(state)
	screen.Read(s.Ctx, s.Host, func(context.Context) ([]copies.Copy, error) {
		return copies.List(address, state.Folder)
	}, func(all []copies.Copy) {
		if read != s.read {
			return
		}
		s.rows = make([]row, len(all))
		for i, c := range all {
			s.rows[i].Copy = c
		}
		s.grid.Reset()
		if len(all) > 0 {
			s.grid.Select(0, list.Range{From: 0, To: 1})
		}
		s.focus()
		s.enable()
		s.inspectFrom(0, read)
	})
}

// inspectFrom checks a copy and then the next.
func (s *Screen) inspectFrom(i, read int) {
	if i < len(s.rows) && read == s.read {
		s.inspect(i, func() { s.inspectFrom(i+1, read) })
	}
}

// inspect checks a copy whole, in the background.
func (s *Screen) inspect(i int, then func()) {
	read, path := s.read, s.rows[i].Path
	s.rows[i].checking = true
	s.grid.Invalidate()
	o := store.Options{Registry: s.Host.Session().Registry()}
	var h copies.Holds
	s.Host.Background(s.Ctx, func(ctx context.Context) (err error) {
		h, err = copies.Inspect(ctx, path, o)
		return err
	}, func(err error) {
		if read != s.read {
			return
		}
		r := &s.rows[i]
		r.checking, r.checked, r.holds, r.wrong = false, true, h, err
		s.grid.Invalidate()
		then()
	})
}

func (s *Screen) showState(state copies.State) {
	t := s.Host.Words()
	s.daily.Set(state.Folder != "")
	s.folder.SetText(state.Folder)
	s.last.Importance = widget.MediumImportance
	switch {
	case state.Folder == "":
		s.last.Importance = widget.WarningImportance
		s.last.SetText(t.T("copies.off"))
	case state.Failed != nil:
		s.last.Importance = widget.DangerImportance
		s.last.SetText(t.T("copies.failed", "why", t.Error(state.Failed)))
	case state.Last.IsZero():
		s.last.SetText(t.T("copies.none_yet"))
	default:
		s.last.SetText(t.T("copies.last", "moment", state.Last))
	}
}

// Len implements list.Source.
func (s *Screen) Len() int { return len(s.rows) }

// Window implements list.Source: all rows are here.
func (s *Screen) Window(from, to int) {
	t := s.Host.Words()
	var out []list.Row
	for i := from; i < min(to, len(s.rows)); i++ {
		r := s.rows[i]
		count := func(n int64) list.Cell {
			if !r.checked || r.wrong != nil || r.holds.Older {
				return list.Cell{Text: "–", Tone: theme.Muted}
			}
			return list.Cell{Text: t.Int(n)}
		}
		state := list.Cell{Text: t.T("copies.unchecked"), Tone: theme.Muted}
		switch {
		case r.checking:
			state.Text = t.T("copies.checking")
		case r.wrong != nil:
			state = list.Cell{Text: t.T("copies.damaged"), Tone: theme.Red, Tip: t.Error(r.wrong)}
		case r.checked && r.holds.Older:
			state = list.Cell{Text: t.T("copies.whole_older"), Tone: theme.Green}
		case r.checked:
			state = list.Cell{Text: t.T("copies.whole"), Tone: theme.Green}
		}
		out = append(out, list.Row{ID: int64(i + 1), Cells: []list.Cell{
			{Text: t.Moment(r.At)},
			{Text: t.T("copies.why." + string(r.Why))},
			{Text: t.Size(r.Bytes)},
			count(r.holds.Clients), count(r.holds.Deals), state,
			{Text: r.Path, Tone: theme.Muted},
		}})
	}
	s.grid.SetRows(from, out)
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool { return c == screen.Refresh }

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	if c == screen.Refresh {
		s.list()
	}
}
