// Package start is what opens first: the state of sales in one look, for a
// salesperson and for a head.
package start

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/reports"
	picture "ugoda/reports/chart"
	"ugoda/ui/chart"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/day"
	"ugoda/ui/screen/handout"
	"ugoda/ui/screen/report"
	"ugoda/ui/theme"
)

// Arguments of the address.
const (
	argScope = "scope" // whose work is shown
	argSince = "since" // days back from today that changes are counted from
)

// Screen is the start screen.
type Screen struct {
	host    screen.Host
	address screen.Address
	ctx     context.Context
	cancel  context.CancelFunc
	content fyne.CanvasObject

	scope   reports.Scope
	since   model.Day
	tiles   map[string]*input.Tile
	changes map[string]*input.Tile
	week    *input.Tile
	figures map[string]reports.Figure
	funnel  *chart.View
	shown   *reports.Funnel
	team    *team
	mine    *day.Panel
	waiting *waiting
	asked   int
}

// New makes the start screen.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	if h.Session().Registry().Kind("deal") == nil {
		return nil, fmt.Errorf("start: there are no deals")
	}
	s := &Screen{host: h, address: a, tiles: map[string]*input.Tile{}, changes: map[string]*input.Tile{}, figures: map[string]reports.Figure{}}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.scope, s.since = reports.Scope(a.Arg(argScope)), h.Session().Today()-1
	if n, err := strconv.Atoi(a.Arg(argSince)); err == nil && n > 0 {
		s.since = h.Session().Today() - model.Day(n)
	}
	if s.scope == "" {
		s.scope = defaultScope(h)
	}
	s.funnel = chart.NewView(s.ctx, h)
	s.funnel.OnOpen = s.openStage
	s.content = s.build()
	s.read()
	return s, nil
}

// defaultScope is what a role looks after.
func defaultScope(h screen.Host) reports.Scope {
	switch {
	case h.Session().Role == model.RoleManager:
		return reports.ScopeMe
	case h.Session().Role == model.RoleHead && !h.Session().Department.IsZero():
		return reports.ScopeDepartment
	}
	return reports.ScopeFirm
}

func (s *Screen) build() fyne.CanvasObject {
	t := s.host.Words()
	title := widget.NewLabelWithStyle(t.DayInWeek(s.host.Session().Today()), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	whose := input.NewChoice([]input.Option{
		{Key: string(reports.ScopeMe), Text: t.T("start.scope.me")},
		{Key: string(reports.ScopeDepartment), Text: t.T("start.scope.department")},
		{Key: string(reports.ScopeFirm), Text: t.T("start.scope.firm")},
	})
	whose.Set(string(s.scope))
	whose.OnChange = func() {
		s.scope = reports.Scope(whose.Value())
		s.address = s.address.With(argScope, whose.Value())
		s.host.Retitle(s)
		s.read()
	}
	since := input.NewChoice([]input.Option{{Key: "1", Text: t.T("start.since_yesterday")}, {Key: "7", Text: t.T("start.since_week")}, {Key: "30", Text: t.T("start.since_month")}})
	since.Set(strconv.FormatInt(int64(s.host.Session().Today()-s.since), 10))
	since.OnChange = func() {
		days, err := strconv.Atoi(since.Value())
		if err != nil {
			return
		}
		s.since = s.host.Session().Today() - model.Day(days)
		s.address = s.address.With(argSince, since.Value())
		s.host.Retitle(s)
		s.read()
	}
	sized := func(o fyne.CanvasObject, w float32) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(theme.Scaled(w), o.MinSize().Height), o)
	}
	bar := input.NewToolbar(append([]fyne.CanvasObject{title, sized(whose, 170), nil}, s.sheet().Buttons()...)...)
	tiles := container.NewGridWithColumns(len(reports.TileNames) + 1)
	for _, name := range reports.TileNames {
		tiles.Add(s.tile(s.tiles, "tile.", name))
	}
	s.week = input.NewTile(t.T("start.tile.week"), func() {
		s.host.Preview(screen.Address{Screen: reports.InquiriesReport, Args: map[string]string{reports.SetPeriod: "last 90 days", screen.ArgTrail: s.Title()}})
	})
	tiles.Add(s.week)
	changes := container.NewGridWithColumns(len(reports.ChangeNames))
	for _, name := range reports.ChangeNames {
		changes.Add(s.tile(s.changes, "change.", name))
	}
	s.waiting = newWaiting(s)
	left := titled(t.T("start.funnel"), s.funnel)
	var right fyne.CanvasObject
	share := float32(0.36)
	if s.host.Session().Role == model.RoleManager {
		s.mine = day.NewPanel(s.host, s.host.Session().Employee)
		s.mine.Narrow()
		share = 0.5
		right = left
		left = titled(t.T("section.my_day"), s.mine.Content)
	} else {
		s.team = newTeam(s)
		right = titled(t.T("start.team"), s.team.grid)
	}
	middle := container.New(&halves{left: share}, left, right)
	head := []fyne.CanvasObject{widget.NewLabelWithStyle(t.T("start.changed"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), sized(since, 150)}
	var changed fyne.CanvasObject
	if theme.Scaled(100) <= roomy { // beside its figures: in a low window there is no line to spare
		changed = container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedVBoxLayout(0), head...), nil, changes)
	} else {
		changed = container.NewBorder(container.NewHBox(head...), nil, nil, nil, changes)
	}
	return container.New(layout.NewCustomPaddedLayout(6, 8, 10, 10), container.NewBorder(container.NewVBox(bar, tiles), container.NewVBox(s.waiting.content, changed), nil, nil, middle))
}

// sheet is what the start screen hands out: all of it on one page.
func (s *Screen) sheet() *handout.Handout {
	words := s.host.Words()
	title := func() string { return s.Title() + " " + words.DayShort(s.host.Session().Today()) }
	return &handout.Handout{Host: s.host, Title: title, Ask: func() handout.Asker {
		session, scope, since := s.host.Session(), s.scope, s.since
		return func(ctx context.Context) (handout.Sheet, error) {
			x, err := reports.NewStart(ctx, session, scope, since)
			if err != nil {
				return handout.Sheet{}, err
			}
			return handout.Sheet{Table: x.Table(words), Least: picture.StartHeight, Upright: true, Draw: func(format picture.Format, w, h int, scale float64) (*picture.Picture, error) {
				return picture.Start(x, words, format, w, h, scale, picture.Light)
			}}, nil
		}
	}}
}

// openStage opens what is behind a stage of the funnel.
func (s *Screen) openStage(r picture.Region) {
	f := s.shown
	if f == nil {
		return
	}
	name, stages := s.host.Words().T("report.funnel.total.now"), []int64(nil)
	if r.Row >= 0 && r.Row < len(f.Rows) {
		name, stages = f.Rows[r.Row].Name, f.Rows[r.Row].Stages
	}
	if r.Part != "" {
		name += " · " + s.host.Words().T("report.part."+r.Part)
	}
	s.host.Preview(report.Behind(reports.FunnelReport, reports.StartSettings(s.scope), report.BehindRow(stages, reports.Part(r.Part)), name, s.Title()+" › "+s.host.Words().T("report.funnel")))
}

// titled puts a heading above something.
func titled(text string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}), nil, nil, nil, o)
}

// tile opens the list behind its figure.
func (s *Screen) tile(in map[string]*input.Tile, prefix, name string) *input.Tile {
	t := s.host.Words()
	in[name] = input.NewTile(t.T("start."+prefix+name), func() { s.open(s.figures[prefix+name], t.T("start."+prefix+name)) })
	return in[name]
}

// open shows the list that a figure counts.
func (s *Screen) open(f reports.Figure, title string) {
	if f.Kind == "" {
		return
	}
	s.host.Preview(screen.ToList(f.Kind, f.Where).With(screen.ArgTitle, title).With(screen.ArgTrail, s.Title()+" › "+title))
}

// read reads all figures of the scope.
func (s *Screen) read() {
	s.asked++
	asked, session, scope, since := s.asked, s.host.Session(), s.scope, s.since
	t := s.host.Words()
	show := func(tiles map[string]*input.Tile, prefix string, figures []reports.Figure) {
		for _, f := range figures {
			s.figures[prefix+f.Name] = f
			detail := ""
			if f.Amount != 0 {
				detail = t.Whole(f.Amount)
			}
			tiles[f.Name].Set(t.Int(f.Count), detail, tone(f))
		}
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]reports.Figure, error) { return reports.Tiles(ctx, session, scope) }, func(f []reports.Figure) {
		if asked == s.asked {
			show(s.tiles, "tile.", f)
		}
	})
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]reports.Figure, error) {
		return reports.Changes(ctx, session, scope, since)
	}, func(f []reports.Figure) {
		if asked == s.asked {
			show(s.changes, "change.", f)
		}
	})
	screen.Read(s.ctx, s.host, func(ctx context.Context) (*reports.Funnel, error) { return reports.StartFunnel(ctx, session, scope) }, func(f *reports.Funnel) {
		if asked != s.asked {
			return
		}
		s.shown = f
		s.funnel.Draw(func(w, h int, scale float64, colours picture.Palette) (*picture.Picture, error) {
			return picture.Funnel(f, t, picture.PNG, w, h, scale, colours)
		})
	})
	screen.Read(s.ctx, s.host, func(ctx context.Context) (*reports.InquiryWeek, error) { return reports.RunningWeek(ctx, session) }, func(w *reports.InquiryWeek) {
		if asked == s.asked && w != nil {
			s.showWeek(w)
		}
	})
	s.waiting.read()
	if s.team != nil {
		screen.Read(s.ctx, s.host, func(ctx context.Context) ([]reports.TeamRow, error) { return reports.Team(ctx, session, scope) }, func(rows []reports.TeamRow) {
			if asked == s.asked {
				s.team.show(rows)
			}
		})
	}
}

// showWeek tells the running week of inquiries, in amber where it is falling.
func (s *Screen) showWeek(w *reports.InquiryWeek) {
	t := s.host.Words()
	tone, detail := theme.Blue, ""
	if w.Usual >= 0 {
		detail = t.T("start.usual", "n", t.Int(w.Usual))
	}
	if w.Percent >= 0 {
		detail += " · " + t.Percent(model.Percent((w.Percent+50)/100*100))
	}
	if w.Low() {
		tone = theme.Amber
	}
	s.week.Set(t.Int(w.Count), detail, tone)
}

// tone of a figure: what is bad is coloured only when there is any.
func tone(f reports.Figure) fyne.ThemeColorName {
	if f.Count == 0 {
		return theme.Muted
	}
	switch f.Name {
	case "stuck", "lost", "critical":
		return theme.Red
	case "overdue", "no_step", "proposals", "back", "date_moved", "waiting":
		return theme.Amber
	case "won", "advanced":
		return theme.Green
	}
	return theme.Blue
}

// roomy is up to which zoom the figures of what has changed, and their head,
// stand beside one another in the narrowest window.
const roomy = 125

// halves stands two things side by side; left is the share of the left one.
type halves struct{ left float32 }

// MinSize is what a funnel of five stages can be read in; the table beside it
// scrolls.
func (*halves) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.Scaled(400), theme.Scaled(194))
}

// Layout shares the width.
func (h *halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Scaled(14)
	left := (size.Width - gap) * h.left
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[1].Move(fyne.NewPos(left+gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-left-gap, size.Height))
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.host.Words().T("section.start") }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address { return s.address }

// Unsaved implements screen.Screen.
func (s *Screen) Unsaved() bool { return false }

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.cancel()
	if s.mine != nil {
		s.mine.Close()
	}
}

// Changed implements screen.Refresher.
func (s *Screen) Changed(kinds map[string][]int64) {
	for _, k := range []string{"deal", "activity", "inquiry", "proposal", "approval"} {
		if len(kinds) == 0 || kinds[k] != nil {
			s.read()
			if s.mine != nil {
				s.mine.Read()
			}
			return
		}
	}
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.Refresh, screen.Print, screen.Export:
		return true
	case screen.Mail:
		return s.sheet().CanMail()
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.Refresh:
		s.Changed(nil)
	case screen.Print:
		s.sheet().Print()
	case screen.Mail:
		s.sheet().Mail()
	case screen.Export:
		s.sheet().Export("xlsx")
	}
}

// Actions implements screen.Actor: the keyboard goes to what waits for an
// answer at once, past all figures before it.
func (s *Screen) Actions() []screen.Action {
	return []screen.Action{{
		Label: s.host.Words().T("approvals.go"), Do: s.waiting.focus,
		Keys: &desktop.CustomShortcut{KeyName: fyne.KeyG, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift},
	}}
}
