package listing

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ugoda/service/imports"
	"ugoda/ui/calendar"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	uitheme "ugoda/ui/theme"
)

// toolbar are the buttons above the grid.
type toolbar struct {
	s    *Screen
	row  []fyne.CanvasObject
	more *input.Button
}

func newToolbar(s *Screen) *toolbar {
	t := &toolbar{s: s}
	w := s.words.T
	if s.bin {
		t.row = []fyne.CanvasObject{
			input.NewIconButton(theme.ContentUndoIcon(), w("button.restore"), s.restore).Framed(),
			input.NewButton(w("button.close"), func() { s.host.Close(s) }).Framed(),
		}
		return t
	}
	t.more = input.NewButton(w("button.more")+" ▾", func() { s.showMore(under(t.more)) }).Framed()
	t.row = []fyne.CanvasObject{
		input.NewIconButton(theme.ContentAddIcon(), w("button.new"), s.create).Framed(),
		input.NewButton(w("button.open"), s.openCurrent).Framed(),
	}
	if s.canPrint() {
		t.row = append(t.row, input.NewIconButton(theme.DocumentPrintIcon(), w("button.print"), s.print).Framed())
	}
	if s.Can(screen.Mail) {
		t.row = append(t.row, input.NewIconButton(theme.MailSendIcon(), w("button.send"), func() { s.Do(screen.Mail) }).Framed())
	}
	if s.Can(screen.Import) {
		t.row = append(t.row, input.NewIconButton(theme.DownloadIcon(), w("import.from_file"), func() { s.Do(screen.Import) }).Framed())
	}
	t.row = append(t.row, t.more)
	return t
}

// objects are the buttons, apart from what stands after them.
func (t *toolbar) objects() []fyne.CanvasObject {
	return append(slices.Clone(t.row), container.NewGridWrap(fyne.NewSize(uitheme.Scaled(6), uitheme.Row())))
}

// chosen are the records that a command is about: the selected, or the one
// with the keyboard.
func (s *Screen) chosen() []int64 {
	var ids []int64
	if s.asDays() {
		if id := s.current(); id != 0 {
			ids = append(ids, id)
		}
		return ids
	}
	sel := s.grid.Selected()
	for row := range sel.All() {
		if id := s.source.id(row); id != 0 {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		if id := s.current(); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.New, screen.Copy, screen.Open, screen.Delete, screen.Columns, screen.Bin:
		return !s.bin
	case screen.Find, screen.Refresh, screen.Filter, screen.Preview, screen.SelectAll:
		return true
	case screen.Save: // the filter that is shown
		return !s.bin && (s.altered() || s.view == nil && s.state.where != nil)
	case screen.Undo:
		return len(s.undo) > 0
	case screen.Change:
		return !s.bin && s.mayWrite()
	case screen.Export:
		return true
	case screen.Import, screen.PasteRows:
		return !s.bin && s.host.Services().Import != nil && imports.Can(s.host.Session(), s.kind.Name)
	case screen.Print:
		return s.canPrint()
	case screen.Mail:
		return !s.bin && s.host.Services().Mail != nil && len(s.kind.Prints) > 0
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.New:
		s.create()
	case screen.Copy:
		s.copyRecord()
	case screen.Open:
		s.openCurrent()
	case screen.Delete:
		s.remove()
	case screen.Columns:
		s.chooseColumns()
	case screen.Save:
		if s.altered() && s.tabs.mine(s.view) {
			s.tabs.overwrite()
		} else {
			s.tabs.saveAs()
		}
	case screen.Bin:
		s.host.Open(ToBin(s.kind.Name))
	case screen.Find:
		s.host.Canvas().Focus(s.bar.find)
	case screen.Refresh:
		s.reload(false)
	case screen.Filter:
		s.bar.build()
	case screen.Preview:
		s.togglePane()
	case screen.SelectAll:
		s.asTable()
		s.grid.SelectAll()
	case screen.Undo:
		s.undoLast()
	case screen.Change:
		s.changeField()
	case screen.Export:
		s.export()
	case screen.Import:
		s.host.Services().Import(s.host, s.kind.Name, "")
	case screen.PasteRows:
		s.host.Services().Import(s.host, s.kind.Name, screen.Clipboard)
	case screen.Print:
		s.print()
	case screen.Mail:
		if ids := s.chosen(); len(ids) > 0 {
			s.host.Services().Mail(s.host, s.kind.Name, ids)
		}
	}
}

// key gets the keys that the grid has no use for.
func (s *Screen) key(k *fyne.KeyEvent, mod fyne.KeyModifier) bool {
	if mod != 0 {
		return false
	}
	return s.Key(k)
}

// Key implements screen.Keyed: with the keyboard nowhere, the keys of a list go
// to its grid.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if c := s.host.Canvas(); c.Focused() == nil {
			s.focusRows()
			if s.asDays() {
				s.days.cal.TypedKey(k)
				return true
			}
			s.grid.TypedKey(k)
			return true
		}
	}
	c := map[fyne.KeyName]screen.Command{
		fyne.KeyInsert: screen.New, fyne.KeyF9: screen.Copy, fyne.KeyDelete: screen.Delete, fyne.KeyF5: screen.Refresh,
	}[k.Name]
	if c == "" || !s.Can(c) {
		if k.Name == fyne.KeyEscape && s.pane.shown {
			s.togglePane()
			return true
		}
		return false
	}
	s.Do(c)
	return true
}

// create opens a new record that already meets the plain conditions of the filter.
func (s *Screen) create() {
	if s.asDays() {
		s.days.add(s.days.cal.Current(), calendar.NoHour)
		return
	}
	s.host.Open(screen.ToNew(s.kind.Name, s.bar.fill()))
}

func (s *Screen) copyRecord() {
	if id := s.current(); id != 0 {
		s.host.Open(screen.ToNew(s.kind.Name, nil).With(screen.ArgCopy, idText(id)))
	}
}

// openRow opens the record of a row; the list gives its order to the form, so
// that the form knows the neighbours.
func (s *Screen) openRow(row int) { s.open(s.source.id(row), s.source.all()) }

// openCurrent opens the record with the keyboard.
func (s *Screen) openCurrent() {
	if s.asDays() {
		s.open(s.current(), s.days.cal.IDs())
		return
	}
	s.openRow(s.grid.FocusRow())
}

func (s *Screen) open(id int64, order []int64) {
	if id == 0 || s.bin {
		return
	}
	key := "list." + s.kind.Name
	s.host.Neighbours(key, order)
	s.host.Open(screen.ToCard(s.kind.Name, id).With(screen.ArgFrom, key))
}

// showEmpty says what belongs into an empty list.
func (s *Screen) showEmpty() {
	t := s.words.T
	switch {
	case s.bin:
		s.grid.SetEmpty(&list.Empty{Title: t("ui.list.bin_empty")})
	case s.state.where != nil || s.search != "":
		s.grid.SetEmpty(&list.Empty{Title: t("list.empty_filter"), Action: t("list.clear_filter"), Do: func() {
			s.search = ""
			s.bar.find.SetText("")
			s.setWhere(nil)
		}})
	default:
		s.grid.SetEmpty(&list.Empty{Title: t("list.empty"), Hint: s.belongs(), Action: t("button.new"), Do: s.create})
	}
}

func (s *Screen) canPrint() bool { return !s.bin && act.CanPrint(s.host, s.kind.Name) }

// print shows the record with the keyboard as it will print.
func (s *Screen) print() {
	if id := s.current(); id != 0 {
		act.Print(s.host, s.kind.Name, id)
	}
}

// Dropped takes files dropped on the list: each is brought in in a tab of its
// own.
func (s *Screen) Dropped(paths []string) {
	if !s.Can(screen.Import) {
		return
	}
	for _, path := range paths {
		s.host.Services().Import(s.host, s.kind.Name, path)
	}
}

// belongs says what belongs into an empty list of the kind, and the first step.
func (s *Screen) belongs() string {
	t := s.host.Words()
	if key := "list.belongs." + s.kind.Name; t.Has(key) {
		return t.T(key)
	}
	return t.T("list.empty_first")
}
