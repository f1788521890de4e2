// Package templates keeps the Word templates that documents are printed
// through: one adds one's own, sees at once what is wrong with its tags, and
// edits it in Word or LibreOffice while the program takes it back.
package templates

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model/filter"
	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/renewal"
	"ugoda/ui/theme"
)

// kind of record that the templates here print.
const kind = "proposal"

// Screen is the list of templates with the one in front beside it.
type Screen struct {
	h       screen.Host
	address screen.Address
	ctx     context.Context
	cancel  context.CancelFunc
	latest  *run.Latest
	grid    *list.Grid
	items   []item
	body    *fyne.Container // of the template in front
	content fyne.CanvasObject
	shown   int64 // the template in front
	taken   map[int64]time.Time
	watched map[int64]bool // given out for editing
	halves  map[int64]halfFile
	ticker  *time.Ticker
	want    int64 // to be put in front once it is read

	document *input.Reference // that templates are shown with
	sheet    *fyne.Container  // a page of it through the template in front
	paged    paged
	drawn    *run.Latest
	counted  *run.Latest // how many documents meet the condition of the one in front
}

// halfFile is a working copy that could not be read, and how often.
type halfFile struct {
	sum   string
	looks int
}

// item is a template as the list shows it.
type item struct {
	firm.Template
	problems []docx.Problem
	left     []paper.Note // what no document made of it holds
	broken   error        // no Word document at all
	edited   bool         // something edited outside was not taken back yet
	unread   error        // why the working copy cannot be read as it was saved
	when     string       // its condition, in words
	newer    renewal.Offer
}

// New makes the screen; an address of a card puts that template in front.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	s := &Screen{h: h, address: a, latest: run.NewLatest(field.Runner{Host: h}), drawn: run.NewLatest(field.Runner{Host: h}), counted: run.NewLatest(field.Runner{Host: h}), taken: map[int64]time.Time{}, watched: map[int64]bool{}, halves: map[int64]halfFile{}, want: a.ID}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.build()
	s.reload()
	if h.Window() != nil {
		s.watch()
	}
	return s, nil
}

func (s *Screen) build() {
	t := s.h.Words()
	s.grid = list.NewGrid([]list.Column{
		{Key: "name", Title: t.Field("template", "name"), Width: 200, Least: 170, Grow: true, NoSort: true},
		{Key: "used", Title: t.T("templates.used"), Width: 108, Least: 76, NoSort: true},
		{Key: "language", Title: t.Field("template", "language"), Width: 88, NoSort: true},
		{Key: "state", Title: t.T("templates.state"), Width: 92, NoSort: true},
	}, s)
	s.grid.OnSelect = s.follow
	s.grid.OnOpen = func(int) { s.edit() }
	s.grid.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool { return mod == 0 && s.Key(k) }
	add := input.NewIconButton(fynetheme.ContentAddIcon(), t.T("templates.add"), s.choose).Primary()
	samples := input.NewMenuButton(t.T("templates.sample"), s.samples).Framed()
	head := input.NewButton(t.T("templates.letterhead"), func() { s.askFile(s.letterhead) }).Framed()
	tags := input.NewButton(t.T("templates.tags"), s.showTags).Framed()
	s.document = s.chooseDocument()
	s.sheet = container.NewStack()
	hint := widget.NewLabel(t.T("templates.drop_hint"))
	hint.Importance = widget.LowImportance
	hint.Truncation = fyne.TextTruncateEllipsis
	s.body = container.NewVBox()
	split := container.NewHSplit(container.NewBorder(nil, hint, nil, nil, s.grid), input.NewScroll(container.NewPadded(s.body)))
	split.Offset = 0.48
	s.content = container.NewBorder(container.NewPadded(input.NewToolbar(add, head, samples, tags, nil, container.NewCenter(widget.NewLabel(t.T("templates.show_with"))), container.NewGridWrap(fyne.NewSize(theme.Scaled(250), theme.Row()), s.document))), nil, nil, nil, split)
}

// reload reads the templates and checks each.
func (s *Screen) reload() {
	session, words := s.h.Session(), s.h.Words()
	s.latest.Go(s.ctx, func(ctx context.Context) func() {
		items, err := readItems(ctx, session, words)
		return func() {
			if err != nil {
				s.h.Fail(err)
				return
			}
			s.show(items)
		}
	})
}

func readItems(ctx context.Context, session *store.Session, words *locale.Printer) ([]item, error) {
	all, err := paper.Templates(ctx, session, kind)
	if err != nil {
		return nil, err
	}
	var items []item
	for _, t := range all {
		rec, err := session.Get(ctx, "template", t.ID)
		if err != nil {
			return nil, err
		}
		x := item{Template: *rec.(*firm.Template), when: paper.ConditionInWords(ctx, session, t.When, kind, words)}
		if x.Form == "" {
			x.Form = t.Form
		}
		if len(x.File) == 0 { // it stands for the one that the program ships with
			x.File, x.broken = paper.Sample(x.Form, locale.Language(x.Language))
		}
		if x.broken == nil {
			x.problems, x.broken = paper.CheckTemplate(kind, x.File, words)
		}
		if x.broken == nil {
			x.left, x.broken = paper.StaysBehind(x.File)
		}
		if session.MayWrite("template") {
			x.newer = renewal.Offer{ID: x.ID, Name: x.Name}
			if x.newer.State, err = paper.Renewal(ctx, session, rec.(*firm.Template)); err != nil {
				return nil, err
			}
		}
		if c, err := paper.CopyOf(session, x.ID, x.Name); err == nil {
			edited, err := c.Edited()
			x.edited = err == nil && edited != nil
			if u := (*paper.Unreadable)(nil); errors.As(err, &u) {
				x.unread = u
			}
		}
		items = append(items, x)
	}
	return items, nil
}

func (s *Screen) show(items []item) {
	at := s.shown
	if s.want != 0 {
		at, s.want = s.want, 0
	}
	s.items = items
	t := s.h.Words().T
	s.grid.SetEmpty(&list.Empty{Title: t("templates.empty"), Hint: t("templates.drop_hint"), Action: t("templates.add"), Do: s.choose})
	s.grid.Invalidate()
	row := slices.IndexFunc(items, func(x item) bool { return x.ID == at })
	if row < 0 && len(items) > 0 {
		row = 0
	}
	s.shown = 0
	if row >= 0 {
		s.grid.Select(row, list.Range{From: row, To: row + 1})
	}
	s.grid.Refresh()
	s.follow()
}

// Len implements list.Source.
func (s *Screen) Len() int { return len(s.items) }

// Window implements list.Source: all rows are in memory.
func (s *Screen) Window(from, to int) {
	t := s.h.Words()
	var out []list.Row
	for i := from; i < min(to, len(s.items)); i++ {
		x := &s.items[i]
		row := list.Row{ID: x.ID, Cells: []list.Cell{{Text: x.Name, Bold: x.Default}, {}, {Text: t.Choice("template", "language", x.Language)}, {}}}
		switch {
		case x.when != "":
			row.Cells[1].Text = x.when
		case x.Default:
			row.Cells[1].Text = t.T("templates.is_default")
		}
		switch {
		case x.broken != nil:
			row.Cells[3] = list.Cell{Text: t.T("templates.broken"), Tone: theme.Red, Pill: true}
		case len(x.problems) > 0:
			row.Cells[3] = list.Cell{Text: t.N("templates.faults", int64(len(x.problems))), Tone: theme.Red, Pill: true}
		case x.edited:
			row.Cells[3] = list.Cell{Text: t.T("templates.edited"), Tone: theme.Amber, Pill: true}
		case x.newer.State != firm.RenewalNone:
			row.Cells[3] = list.Cell{Text: t.T("templates.renewal.newer"), Tone: theme.Blue, Pill: true}
		default:
			row.Cells[3] = list.Cell{Text: t.T("templates.sound"), Tone: theme.Green, Pill: true}
		}
		out = append(out, row)
	}
	s.grid.SetRows(from, out)
}

// current is the template in front; nil when there is none.
func (s *Screen) current() *item {
	if row := s.grid.FocusRow(); row >= 0 && row < len(s.items) {
		return &s.items[row]
	}
	return nil
}

// follow shows the template of the row with the keyboard.
func (s *Screen) follow() {
	x := s.current()
	if x == nil {
		s.shown = 0
		s.body.RemoveAll()
		s.body.Refresh()
		return
	}
	if s.shown != x.ID {
		s.shown = x.ID
		s.draw(x)
	}
}

// draw shows a template: what it is for, what can be done, what is wrong.
func (s *Screen) draw(x *item) {
	t := s.h.Words()
	s.body.RemoveAll()
	title := widget.NewLabelWithStyle(x.Name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Wrapping = fyne.TextWrapWord
	s.body.Add(title)
	about := []string{t.Choice("template", "form", x.Form), t.Choice("template", "language", x.Language), t.Size(int64(len(x.File)))}
	if x.Default {
		about = append(about, t.T("templates.is_default"))
	}
	s.body.Add(quiet(strings.Join(about, " · ")))
	if x.when != "" {
		l := quiet(t.T("templates.when", "when", x.when))
		s.body.Add(l)
		if n, err := filter.Parse(s.h.Session().Registry(), kind, x.When); err == nil {
			field.Tally(s.h, s.counted, kind, n, l.Text, l.SetText)
		}
	}
	row := []fyne.CanvasObject{input.NewIconButton(fynetheme.DocumentCreateIcon(), t.T("templates.edit"), s.edit).Primary()}
	if x.broken == nil {
		row = append(row, input.NewIconButton(fynetheme.VisibilityIcon(), t.T("templates.preview"), s.preview).Framed())
	}
	if !x.Default && x.broken == nil && len(x.problems) == 0 {
		row = append(row, input.NewButton(t.T("templates.make_default"), s.makeDefault).Framed())
	}
	row = append(row,
		input.NewButton(t.T("templates.choose_when"), s.chooseWhen).Framed(),
		input.NewButton(t.T("templates.versions"), s.versions).Framed(),
		input.NewMenuButton(t.T("button.more"), s.more).Framed())
	s.body.Add(input.NewToolbar(row...))
	s.body.Add(widget.NewSeparator())
	if n := renewal.Notice(s.ctx, s.h, x.newer); n != nil && !x.edited {
		s.body.Add(n)
	}
	if x.unread != nil {
		s.body.Add(said(t.T("templates.copy_unreadable", "name", x.Name)+"\n"+t.Error(errors.Unwrap(x.unread)), widget.DangerImportance))
		s.body.Add(input.NewToolbar(input.NewButton(t.T("templates.drop"), func() { s.drop(x.ID, x.Name) }).Framed()))
	}
	if x.edited {
		l := said(t.T("templates.waits"), widget.WarningImportance)
		s.body.Add(l)
		s.body.Add(input.NewToolbar(input.NewButton(t.T("templates.take"), func() { s.take(x.ID, x.Name, true) }).Primary(), input.NewButton(t.T("templates.drop"), func() { s.drop(x.ID, x.Name) }).Framed()))
	} else if s.watched[x.ID] {
		text := t.T("templates.watching")
		if at := s.taken[x.ID]; !at.IsZero() {
			text = t.T("templates.taken", "when", t.Time(at))
		}
		s.body.Add(quiet(text))
	}
	switch {
	case x.broken != nil:
		s.body.Add(said(t.Error(x.broken), widget.DangerImportance))
	case len(x.problems) == 0:
		s.body.Add(said(t.T("templates.all_sound"), widget.SuccessImportance))
	default:
		head := widget.NewLabelWithStyle(t.N("templates.faults", int64(len(x.problems))), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		s.body.Add(head)
		for i, p := range x.problems {
			if i == mostShown {
				s.body.Add(quiet("…"))
				break
			}
			s.body.Add(said("• "+t.Error(p), widget.DangerImportance))
		}
	}
	for _, n := range x.left {
		s.body.Add(said(n.Say(t), widget.WarningImportance))
	}
	s.sheet.RemoveAll()
	s.paged.laid = nil
	if s.paged.of != x.ID {
		s.paged = paged{of: x.ID}
	}
	s.body.Add(s.sheet)
	if x.broken == nil && len(x.problems) == 0 {
		s.drawSheet(x.Name)
	}
	s.body.Refresh()
}

// more is what is done seldom.
func (s *Screen) more() []*fyne.MenuItem {
	t := s.h.Words().T
	return []*fyne.MenuItem{
		fyne.NewMenuItem(t("templates.rename"), s.rename),
		fyne.NewMenuItem(t("print.save_as"), s.save),
		fyne.NewMenuItem(t("templates.replace"), s.replace),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(t("button.delete"), s.remove),
	}
}

// mostShown is how many faults are listed at once.
const mostShown = 60

func quiet(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Importance = widget.LowImportance
	l.Wrapping = fyne.TextWrapWord
	return l
}

func said(text string, importance widget.Importance) *widget.Label {
	l := widget.NewLabel(text)
	l.Importance = importance
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	return l
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.h.Words().Kinds("template") }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return s.address }

// Unsaved implements screen.Screen.
func (s *Screen) Unsaved() bool { return false }

// Close ends the watching; what is edited meanwhile is found the next time.
func (s *Screen) Close() {
	if s.ticker != nil {
		s.ticker.Stop()
	}
	s.cancel()
}

// Shown gives the keyboard to the list.
func (s *Screen) Shown() {
	if s.h.Window() != nil {
		s.h.Canvas().Focus(s.grid)
	}
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() {}

// Changed reads anew when templates were saved.
func (s *Screen) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["template"] != nil {
		s.reload()
	}
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.New, screen.Refresh:
		return true
	case screen.Open, screen.Delete, screen.Print, screen.Save, screen.MainAction:
		return s.current() != nil
	case screen.Previous:
		return s.canTurn(-1)
	case screen.Next:
		return s.canTurn(1)
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.New:
		s.choose()
	case screen.Refresh:
		s.reload()
	case screen.Open, screen.MainAction:
		s.edit()
	case screen.Delete:
		s.remove()
	case screen.Print:
		s.preview()
	case screen.Save:
		s.save()
	case screen.Previous:
		s.turn(-1)
	case screen.Next:
		s.turn(1)
	}
}

// Key implements screen.Keyed.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	c := map[fyne.KeyName]screen.Command{fyne.KeyInsert: screen.New, fyne.KeyDelete: screen.Delete, fyne.KeyF5: screen.Refresh}[k.Name]
	if c == "" || !s.Can(c) {
		return false
	}
	s.Do(c)
	return true
}
