// Package board is the board of deals: a column for each open stage of a
// process, zones for those that leave it.
package board

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/reports"
	"ugoda/ui/board"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/where"
	"ugoda/ui/theme"
)

// Arguments of the address of a board, beside those of any screen.
const (
	argProcess = "process"
	argScope   = "scope"
	argManager = "manager"
)

// preference is the key under which what is looked at is remembered.
const preference = "board"

// Screen is the board of one process.
type Screen struct {
	screen.Base
	board   *board.Board
	source  *source
	process *input.Choice
	search  *input.Entry
	total   *widget.Label
	scope   reports.Scope
	whose   *input.Choice
	manager *field.Editor // one salesperson alone; goes before the scope
	asked   int
	begun   bool
	moved   int64 // the deal that was moved last, until the board shows it
}

// New makes the board.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	if h.Session().Registry().Kind("deal") == nil {
		return nil, fmt.Errorf("board: there are no deals")
	}
	s := &Screen{Base: screen.Begin(h, a), scope: reports.Scope(a.Arg(argScope)), total: widget.NewLabel("")}
	if s.scope == "" {
		s.scope = reports.ScopeFirm
		if h.Session().Role == model.RoleManager {
			s.scope = reports.ScopeMe
		}
	}
	t := h.Words()
	s.source = &source{screen: s, state: map[string][]int64{}}
	s.board = board.New(s.source)
	s.source.board = s.board
	s.board.SetEmpty(t.T("board.empty"))
	s.board.SetZones([]board.Zone{
		{Key: deal.Won, Title: t.Action("deal", "win"), Tone: theme.Green},
		{Key: deal.Lost, Title: t.Action("deal", "lose"), Tone: theme.Red},
		{Key: deal.Hold, Title: t.Action("deal", "hold"), Tone: theme.Violet},
	})
	s.board.OnOpen = func(id int64) { h.Open(screen.ToCard("deal", id)) }
	s.board.OnMove = s.move
	s.board.OnMenu = s.menu
	s.board.OnHead = func(column string) { h.Preview(screen.ToList("deal", s.columnWhere(column))) }
	s.process = input.NewChoice(nil)
	s.process.OnChange = func() {
		s.At = s.At.With(argProcess, s.process.Value())
		s.board.Reset()
		s.changed()
	}
	whose := input.NewChoice([]input.Option{
		{Key: string(reports.ScopeMe), Text: t.T("start.scope.me")},
		{Key: string(reports.ScopeDepartment), Text: t.T("start.scope.department")},
		{Key: string(reports.ScopeFirm), Text: t.T("start.scope.firm")},
	})
	whose.Set(string(s.scope))
	whose.OnChange = func() {
		s.scope = reports.Scope(whose.Value())
		s.At = s.At.With(argScope, whose.Value()).With(argManager, "")
		s.manager.Set(model.Ref{})
		s.changed()
	}
	s.whose = whose
	s.manager = field.New(h, "deal", h.Session().Registry().Kind("deal").Field("manager"))
	if e, ok := s.manager.Focus.(interface{ SetPlaceHolder(string) }); ok {
		e.SetPlaceHolder(t.Field("deal", "manager"))
	}
	s.manager.OnChange = func() {
		who, _ := s.manager.Value().(model.Ref)
		id := ""
		if who.ID != 0 {
			id = strconv.FormatInt(who.ID, 10)
		}
		s.At = s.At.With(argManager, id)
		s.changed()
	}
	s.search = input.NewEntry()
	s.search.SetPlaceHolder(t.T("list.search"))
	s.search.OnChanged = func(string) { s.read() }
	sized := func(o fyne.CanvasObject, w float32) input.Piece {
		return input.Piece{Object: o, Wants: w, Least: w * 0.7}
	}
	table := input.NewButton(t.T("list.as_table"), func() { h.Open(screen.ToList("deal", s.where())) }).Framed()
	var filtered *input.Button
	filtered = input.NewButton(t.T("filter.title")+" ×", func() {
		s.At.Args = maps.Clone(s.At.Args)
		delete(s.At.Args, screen.ArgWhere)
		filtered.Hide()
		h.Retitle(s)
		s.read()
	}).Framed()
	if a.Arg(screen.ArgWhere) == "" {
		filtered.Hide()
	}
	fresh := input.NewButton("+ "+t.Kind("deal"), func() { s.Do(screen.New) }).Framed()
	bar := input.NewLine(input.Whole(fresh), sized(s.process, 140), sized(whose, 126), sized(s.manager.Object, 150), sized(s.search, 130), input.Whole(filtered), input.Whole(table), input.Giving(s.total))
	s.total.Truncation = fyne.TextTruncateEllipsis
	top := container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), bar)
	s.Body, s.First = container.NewBorder(container.NewVBox(top, widget.NewSeparator()), nil, nil, nil, s.board), s.board
	s.begin()
	return s, nil
}

// begin takes what was looked at last, unless the address says it, and reads.
func (s *Screen) begin() {
	session := s.Host.Session()
	if s.At.Arg(argProcess) != "" || s.At.Arg(argScope) != "" || s.At.Arg(argManager) != "" || s.At.Arg(screen.ArgWhere) != "" {
		s.start(s.At.Arg(argManager))
		return
	}
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (string, error) { return session.Preference(ctx, preference) }, func(text string) {
		if last, err := screen.ParseAddress(text); text != "" && err == nil && last.Screen == s.At.Screen {
			s.At = last
			if scope := reports.Scope(last.Arg(argScope)); scope != "" {
				s.scope = scope
				s.whose.Set(string(scope))
			}
		}
		s.start(s.At.Arg(argManager))
	})
}

// start reads the board; manager is the id of the one whose deals it shows.
func (s *Screen) start(manager string) {
	s.begun = true
	if id, err := strconv.ParseInt(manager, 10, 64); err == nil {
		s.manager.Set(model.Ref{ID: id})
		where.ReadName(s.Host, "employee", id, func(name string) { s.manager.Set(model.Ref{ID: id, Name: name}) })
	}
	s.read()
}

// changed remembers what is looked at, and reads.
func (s *Screen) changed() {
	s.Host.Retitle(s)
	session, text := s.Host.Session(), s.At.With(screen.ArgWhere, "").String() // a filter is of this tab alone
	s.Host.Background(s.Ctx, func(ctx context.Context) error { return session.SetPreference(ctx, preference, text) }, s.Host.Fail)
	s.read()
}

// own is the condition on whose deals are shown.
func (s *Screen) own() string {
	if who, _ := s.manager.Value().(model.Ref); who.ID != 0 {
		return "manager = #" + strconv.FormatInt(who.ID, 10)
	}
	return s.scope.Of("manager")
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("section.board") }

// Changed implements screen.Refresher.
func (s *Screen) Changed(kinds map[string][]int64) {
	for _, k := range []string{"deal", "activity", "stage", "process"} {
		if len(kinds) == 0 || kinds[k] != nil {
			s.read()
			return
		}
	}
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.New, screen.Refresh, screen.Find:
		return true
	case screen.Open:
		return s.board.Focus() != 0
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.New:
		fill := map[string]any{}
		if id := s.processID(); id != 0 {
			fill["process"] = model.Ref{ID: id, Name: s.source.name}
		}
		s.Host.Open(screen.ToNew("deal", fill))
	case screen.Refresh:
		s.read()
	case screen.Find:
		s.Host.Canvas().Focus(s.search)
	case screen.Open:
		s.Host.Open(screen.ToCard("deal", s.board.Focus()))
	}
}

func (s *Screen) processID() int64 {
	id, err := strconv.ParseInt(s.process.Value(), 10, 64)
	if err != nil {
		return 0
	}
	return id
}

// where is the text form of the filter of the whole board.
func (s *Screen) where() string {
	text := `state = "` + deal.Open + `"`
	if id := s.processID(); id != 0 {
		text += " and process = #" + strconv.FormatInt(id, 10)
	}
	if own := s.narrow(); own != "" {
		text += " and " + own
	}
	return text
}

// narrow is the condition beyond the process: whose deals, and the filter of the
// list that the board was opened from.
func (s *Screen) narrow() string {
	own, where := s.own(), s.At.Arg(screen.ArgWhere)
	switch {
	case where == "":
		return own
	case own == "":
		return "(" + where + ")"
	}
	return own + " and (" + where + ")"
}

func (s *Screen) columnWhere(column string) string { return s.where() + " and stage = #" + column }

// read reads processes, stages and the ids of their deals.
func (s *Screen) read() {
	if !s.begun {
		return
	}
	s.asked++
	asked := s.asked
	session, search := s.Host.Session(), s.search.Text
	wanted, err := strconv.ParseInt(s.At.Arg(argProcess), 10, 64)
	if err != nil {
		wanted = 0
	}
	scope := s.narrow()
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (*view, error) {
		return readLayout(ctx, session, wanted, scope, search)
	}, func(l *view) {
		if asked != s.asked {
			return
		}
		s.process.SetOptions(l.processes)
		s.process.Set(strconv.FormatInt(l.process, 10))
		s.source.take(l)
		t := s.Host.Words()
		s.total.SetText(t.N("board.total", l.count, "sum", t.Whole(l.amount), "weighted", t.Whole(l.weighted)))
		s.board.Invalidate()
		s.follow()
	})
}

// follow keeps the focus on the card that was moved: the next key is for it.
func (s *Screen) follow() {
	id := s.moved
	s.moved = 0
	if id == 0 {
		return
	}
	for _, c := range s.source.columns {
		if row := slices.Index(s.source.state[c.Key], id); row >= 0 {
			s.board.GoTo(c.Key, row)
			return
		}
	}
}

// stage finds a stage of the process by the key of its column or zone.
func (s *Screen) stage(key string) *deal.Stage {
	i := slices.IndexFunc(s.source.stages, func(x *deal.Stage) bool {
		return strconv.FormatInt(x.ID, 10) == key || x.Kind != deal.Open && x.Kind == key
	})
	if i < 0 {
		return nil
	}
	return s.source.stages[i]
}

// move moves a deal to a column or a zone, with the questions of everywhere.
func (s *Screen) move(id int64, _, to string) {
	x := s.stage(to)
	if x == nil {
		s.Host.Say(s.Host.Words().T("board.no_stage"))
		return
	}
	act.Move(s.Ctx, s.Host, id, x.Ref(), x.Kind, func() {
		s.moved = id
		s.read()
	})
}

// menu offers what can be done with a card.
func (s *Screen) menu(id int64, _ string, at fyne.Position) {
	if id == 0 {
		return
	}
	t := s.Host.Words()
	m := fyne.NewMenu("", fyne.NewMenuItem(t.T("button.open"), func() { s.Host.Open(screen.ToCard("deal", id)) }), fyne.NewMenuItemSeparator())
	for _, name := range []string{"plan", "propose", "move", "win", "lose", "hold", "assign"} {
		m.Items = append(m.Items, fyne.NewMenuItem(t.Action("deal", name), func() {
			act.AskAndRun(s.Ctx, s.Host, "deal", id, name, nil, s.read)
		}))
	}
	s.Host.Menu(m, at)
}
