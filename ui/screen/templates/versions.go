package templates

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/exchange/outfile"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/preview"
	"ugoda/ui/screen/renewal"
	"ugoda/ui/theme"
)

// versionList lists the versions of a template; the one in front is compared
// with what came before it.
type versionList struct {
	s       *Screen
	id      int64
	name    string
	all     []paper.Version
	grid    *list.Grid
	changes *fyne.Container
	d       *screen.Dialog
}

// Len implements list.Source.
func (l *versionList) Len() int { return len(l.all) }

// Window implements list.Source.
func (l *versionList) Window(from, to int) {
	t := l.s.h.Words()
	var rows []list.Row
	for i := from; i < min(to, len(l.all)); i++ {
		v := &l.all[i]
		rows = append(rows, list.Row{ID: v.ID, Cells: []list.Cell{
			{Text: strconv.FormatInt(v.No, 10), Bold: i == 0}, {Text: t.Moment(v.At)}, {Text: v.Author.Name}, {Text: t.Choice("template-version", "reason", v.Reason)}, {Text: t.Size(v.Size)},
		}})
	}
	l.grid.SetRows(from, rows)
}

func (l *versionList) current() *paper.Version {
	if row := l.grid.FocusRow(); row >= 0 && row < len(l.all) {
		return &l.all[row]
	}
	return nil
}

// versions shows what the template was, and takes an earlier version back.
func (s *Screen) versions() {
	x := s.current()
	if x == nil {
		return
	}
	session, id, name := s.h.Session(), x.ID, x.Name
	screen.Read(s.ctx, s.h, func(ctx context.Context) ([]paper.Version, error) { return paper.Versions(ctx, session, id) }, func(all []paper.Version) {
		t := s.h.Words()
		if len(all) == 0 {
			s.h.Say(t.T("templates.versions.none"))
			return
		}
		l := &versionList{s: s, id: id, name: name, all: all, changes: container.NewVBox()}
		l.grid = list.NewGrid([]list.Column{
			{Key: "no", Title: t.Field("template-version", "no"), Width: 44, NoSort: true},
			{Key: "at", Title: t.Field("template-version", "at"), Width: 130, NoSort: true},
			{Key: "author", Title: t.Field("template-version", "author"), Width: 150, Least: 80, Grow: true, NoSort: true},
			{Key: "reason", Title: t.Field("template-version", "reason"), Width: 190, Least: 90, NoSort: true},
			{Key: "size", Title: t.T("templates.size"), Width: 80, NoSort: true},
		}, l)
		l.grid.OnSelect = l.compare
		l.grid.OnOpen = func(int) { l.show() }
		l.grid.OnKey = closes(func() { l.d.Close() })
		bar := input.NewToolbar(input.NewButton(t.T("templates.preview"), l.show).Framed(), input.NewButton(t.T("print.save_as"), l.save).Framed())
		scroll := container.NewVScroll(l.changes)
		scroll.SetMinSize(fyne.NewSize(0, theme.Scaled(170)))
		l.d = &screen.Dialog{
			Title: t.T("templates.versions.of", "name", name), Content: container.NewBorder(bar, scroll, nil, nil, l.grid), Size: fyne.NewSize(760, 520), Focus: l.grid,
			Buttons: []screen.Button{{Label: t.T("button.close")}, {Label: t.T("templates.versions.back"), Primary: true, Stays: true, Do: l.back}},
		}
		s.h.Dialog(l.d)
		l.grid.Select(0, list.Range{From: 0, To: 1})
		l.compare()
	})
}

// closes lets Esc in a grid close its dialog.
func closes(do func()) func(*fyne.KeyEvent, fyne.KeyModifier) bool {
	return func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool {
		if k.Name != fyne.KeyEscape || mod != 0 {
			return false
		}
		do()
		return true
	}
}

// compare tells what the version in front changed against the one before it.
func (l *versionList) compare() {
	v := l.current()
	if v == nil {
		return
	}
	s, no := l.s, v.No
	session := s.h.Session()
	screen.Read(s.ctx, s.h, func(ctx context.Context) ([]docx.Change, error) {
		if no < 2 {
			return nil, nil
		}
		before, err := paper.VersionFile(ctx, session, l.id, no-1)
		if err != nil {
			return nil, err
		}
		after, err := paper.VersionFile(ctx, session, l.id, no)
		if err != nil {
			return nil, err
		}
		return paper.Difference(before, after)
	}, func(changes []docx.Change) {
		if now := l.current(); now == nil || now.No != no {
			return
		}
		t := s.h.Words()
		l.changes.RemoveAll()
		if no < 2 {
			l.changes.Add(quiet(t.T("templates.versions.first")))
		} else {
			l.changes.Add(renewal.Changes(s.h, changes))
		}
		l.changes.Refresh()
	})
}

// show opens the preview of the chosen document through the version in front.
func (l *versionList) show() {
	v := l.current()
	if v == nil {
		return
	}
	s, no := l.s, v.No
	session, chosen := s.h.Session(), s.document.Value().ID
	screen.Read(s.ctx, s.h, func(ctx context.Context) (int64, error) { return shownWith(ctx, session, chosen) }, func(id int64) {
		if id == 0 {
			s.h.Say(s.h.Words().T("templates.nothing_to_show"))
			return
		}
		l.d.Close()
		s.h.Open(preview.ThroughVersion(kind, id, l.name, no))
	})
}

func (l *versionList) save() {
	v := l.current()
	if v == nil {
		return
	}
	s, no := l.s, v.No
	session := s.h.Session()
	screen.Read(s.ctx, s.h, func(ctx context.Context) ([]byte, error) { return paper.VersionFile(ctx, session, l.id, no) }, func(data []byte) {
		preview.SaveFile(s.h, outfile.Name(l.name+" "+strconv.FormatInt(no, 10))+".docx", data)
	})
}

// back makes the version in front the one in use.
func (l *versionList) back() {
	v := l.current()
	s := l.s
	if v == nil || v.No == l.all[0].No {
		s.h.Say(s.h.Words().T("templates.versions.in_use"))
		return
	}
	session, id, no := s.h.Session(), l.id, v.No
	l.d.Close()
	s.h.Background(s.ctx, func(ctx context.Context) error { return paper.TakeBack(ctx, session, id, no) }, func(err error) {
		if err != nil {
			s.h.Fail(err)
			return
		}
		s.want, s.shown = id, 0
		s.h.Saved("template", id)
		s.reload()
		s.h.Say(s.h.Words().T("templates.versions.done", "no", no))
	})
}
