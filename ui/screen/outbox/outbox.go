// Package outbox shows the letters of a base: those that wait, that failed,
// that are in doubt and that were sent, each with what the server said, and
// what a person can do about it.
package outbox

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/letter"
	"ugoda/service/post"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/screen/mailbox"
	"ugoda/ui/screen/preview"
	"ugoda/ui/theme"
)

// Name is the screen's name in addresses.
const Name = "outbox"

// Keys of the address.
const (
	argTab  = "tab"
	argMine = "mine" // "no": everybody's letters
)

// tab is a group of states that stands above the list.
type tab struct {
	name   string   // message key: "outbox.tab." and the name
	states []string // nil: all
}

var tabs = []tab{
	{"all", nil},
	{"waiting", []string{letter.Queued, letter.Sending, letter.Retry, letter.Held}},
	{"failed", []string{letter.Failed, letter.Partly}},
	{"unconfirmed", []string{letter.Unconfirmed}},
	{"sent", []string{letter.Sent}},
}

// Tone is the colour of a letter's state.
func Tone(state string) fyne.ThemeColorName {
	switch state {
	case letter.Sent:
		return theme.Green
	case letter.Failed:
		return theme.Red
	case letter.Partly, letter.Held, letter.Unconfirmed, letter.Retry:
		return theme.Amber
	case letter.Cancelled:
		return theme.Muted
	}
	return theme.Blue
}

// Screen is the outbox.
type Screen struct {
	screen.Base
	grid    *list.Grid
	view    *view
	latest  *run.Latest // what the list holds
	rows    *run.Latest
	counted *run.Latest
	ids     []int64
	counts  map[string]int64 // by state
	bar     *fyne.Container
	banner  *fyne.Container
	office  *post.Office
}

// New makes the outbox.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	runner := field.Runner{Host: h}
	s := &Screen{Base: screen.Begin(h, a), latest: run.NewLatest(runner), rows: run.NewLatest(runner), counted: run.NewLatest(runner)}
	s.build()
	s.begin()
	return s, nil
}

// columns are what the list shows, how wide, and how narrow it may become.
var columns = []struct {
	name         string
	width, least float32
	grow         bool
}{{"state", 158, 0, false}, {"subject", 240, 110, true}, {"addressees", 200, 100, true}, {"queued", 92, 0, false}}

func (s *Screen) build() {
	t := s.Host.Words()
	var cols []list.Column
	for _, c := range columns {
		cols = append(cols, list.Column{Key: c.name, Title: t.Field("letter", c.name), Width: c.width, Least: c.least, Grow: c.grow, NoSort: true})
	}
	cols[len(cols)-1].Title = t.T("outbox.when")
	s.grid = list.NewGrid(cols, s)
	s.grid.OnSelect = s.follow
	s.grid.OnOpen = func(row int) {
		if row >= 0 && row < len(s.ids) {
			s.Host.Open(screen.ToCard("letter", s.ids[row]))
		}
	}
	s.grid.OnKey = func(k *fyne.KeyEvent, mod fyne.KeyModifier) bool { return mod == 0 && s.Key(k) }
	s.grid.OnMenu = s.menu
	s.view = newView(s.Ctx, s.Host, s.reload)
	s.bar, s.banner = container.NewStack(), container.NewStack()
	split := container.NewHSplit(s.grid, s.view.content)
	split.Offset = 0.54
	s.Body, s.First = container.NewBorder(container.NewVBox(container.NewPadded(s.bar), s.banner), nil, nil, nil, split), s.grid
	s.showBar()
}

// begin opens the mail, then reads the list.
func (s *Screen) begin() {
	open, session := s.Host.Services().Office, s.Host.Session()
	if open == nil {
		s.reload()
		return
	}
	screen.Read(s.Ctx, s.Host, func(ctx context.Context) (*post.Office, error) { return open(ctx, session) }, func(o *post.Office) {
		s.office, s.view.office = o, o
		if folder, yes := o.Indoors(); yes {
			s.showIndoors(folder)
		}
		s.showBar()
		s.reload()
	})
}

// showIndoors says that letters of a demo base go to a folder.
func (s *Screen) showIndoors(folder string) {
	t := s.Host.Words().T
	l := widget.NewLabel(t("outbox.indoors", "folder", folder))
	l.Truncation = fyne.TextTruncateEllipsis
	l.Importance = widget.LowImportance
	open := input.NewButton(t("outbox.folder"), func() { s.Host.Fail(preview.OpenPath(folder)) }).Framed()
	s.banner.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, widget.NewIcon(fynetheme.NewColoredResource(fynetheme.InfoIcon(), theme.Muted)), open, l)}
	s.banner.Refresh()
}

func (s *Screen) tab() tab {
	for _, x := range tabs {
		if x.name == s.At.Arg(argTab) {
			return x
		}
	}
	return tabs[0]
}

// showBar shows the tabs with their counts, and what can be done with all.
func (s *Screen) showBar() {
	t := s.Host.Words()
	var left []fyne.CanvasObject
	for _, x := range tabs {
		label := t.T("outbox.tab." + x.name)
		if n := s.count(x); n > 0 {
			label += "  " + t.Int(n)
		}
		b := input.NewButton(label, func() { s.choose(x.name) })
		if x.name == s.tab().name {
			b.Primary()
		}
		left = append(left, b)
	}
	row := append(left, nil)
	if s.Host.Session().User.ID != 0 {
		mine := input.NewCheck(t.T("outbox.mine"), func(yes bool) {
			s.At = s.At.With(argMine, map[bool]string{true: "", false: "no"}[yes])
			s.reload()
		})
		mine.Set(s.At.Arg(argMine) != "no")
		row = append(row, mine)
	}
	if s.office != nil {
		row = append(row, input.NewIconButton(fynetheme.MailSendIcon(), t.T("outbox.deliver"), s.deliver).Framed(),
			input.NewIconButton(mailbox.Icon(), t.T("mailbox.title"), func() { mailbox.Edit(s.Host, nil) }))
	}
	s.bar.Objects = []fyne.CanvasObject{input.NewToolbar(row...)}
	s.bar.Refresh()
}

func (s *Screen) count(x tab) int64 {
	n := int64(0)
	for state, c := range s.counts {
		if x.states == nil || slices.Contains(x.states, state) {
			n += c
		}
	}
	return n
}

func (s *Screen) choose(name string) {
	s.At = s.At.With(argTab, name)
	s.Host.Retitle(s)
	s.grid.Reset()
	s.ids = nil
	s.view.show(0)
	s.showBar()
	s.reload()
}

// whose is the condition on whose letters are listed.
func (s *Screen) whose() filter.And {
	var out filter.And
	if user := s.Host.Session().User.ID; user != 0 && s.At.Arg(argMine) != "no" {
		out = append(out, filter.Cond{Path: "user", Op: filter.Eq, Values: []filter.Value{filter.ID(user)}})
	}
	return out
}

// query is what is listed.
func (s *Screen) query() store.Query {
	where := s.whose()
	if states := s.tab().states; states != nil {
		c := filter.Cond{Path: "state", Op: filter.In}
		for _, x := range states {
			c.Values = append(c.Values, filter.String(x))
		}
		where = append(where, c)
	}
	q := store.Query{Kind: "letter", Sort: []store.Order{{Path: "id", Desc: true}}}
	for _, c := range columns {
		q.Columns = append(q.Columns, c.name)
	}
	if len(where) > 0 {
		q.Where = where
	}
	return q
}

// reload reads the list and the counts anew; place and selection stay.
func (s *Screen) reload() {
	session, q := s.Host.Session(), s.query()
	s.latest.Go(s.Ctx, func(ctx context.Context) func() {
		ids, err := session.IDs(ctx, q)
		return func() {
			if err != nil {
				s.Host.Fail(err)
				return
			}
			s.setIDs(ids)
		}
	})
	all := store.Query{Kind: "letter"}
	if w := s.whose(); len(w) > 0 {
		all.Where = w
	}
	s.counted.Go(s.Ctx, func(ctx context.Context) func() {
		groups, err := session.Groups(ctx, all, "state")
		return func() {
			if err != nil {
				s.Host.Fail(err)
				return
			}
			s.counts = map[string]int64{}
			for _, g := range groups {
				if state, ok := g.Value.(string); ok {
					s.counts[state] = g.Count
				}
			}
			s.showBar()
		}
	})
	s.view.refresh()
}

func (s *Screen) setIDs(ids []int64) {
	at := int64(0)
	if row := s.grid.FocusRow(); row >= 0 && row < len(s.ids) {
		at = s.ids[row]
	}
	s.ids = ids
	t := s.Host.Words().T
	s.grid.SetEmpty(&list.Empty{Title: t("outbox.empty." + s.tab().name)})
	s.grid.Invalidate()
	row := max(slices.Index(ids, at), 0)
	if len(ids) > 0 && (at == 0 || !slices.Contains(ids, at)) {
		s.grid.Select(row)
	}
	s.grid.Refresh()
	s.follow()
}

// Len implements list.Source.
func (s *Screen) Len() int { return len(s.ids) }

// Window implements list.Source.
func (s *Screen) Window(from, to int) {
	to = min(to, len(s.ids))
	if from >= to {
		return
	}
	session, q, ids := s.Host.Session(), s.query(), slices.Clone(s.ids[from:to])
	s.rows.Go(s.Ctx, func(ctx context.Context) func() {
		read, err := session.Rows(ctx, q, ids)
		return func() {
			if err != nil {
				s.Host.Fail(err)
				return
			}
			s.grid.SetRows(from, s.paint(read, ids))
		}
	})
}

// paint turns what was read into rows; one that vanished meanwhile is empty.
func (s *Screen) paint(read []store.Row, ids []int64) []list.Row {
	t, today := s.Host.Words(), s.Host.Session().Today()
	byID := map[int64]store.Row{}
	for _, r := range read {
		byID[r.ID] = r
	}
	out := make([]list.Row, len(ids))
	for i, id := range ids {
		out[i] = list.Row{ID: id, Cells: make([]list.Cell, len(columns))}
		r, ok := byID[id]
		if !ok {
			continue
		}
		state, _ := r.Cells[0].(string)
		out[i].Muted = state == letter.Cancelled
		for j := range columns {
			switch v := r.Cells[j].(type) {
			case string:
				out[i].Cells[j].Text = v
			case time.Time:
				out[i].Cells[j].Text = t.MomentShort(v, today)
			}
		}
		out[i].Cells[0] = list.Cell{Text: t.Choice("letter", "state", state), Tone: Tone(state), Pill: true}
	}
	return out
}

// follow shows the letter with the keyboard at the right.
func (s *Screen) follow() {
	if row := s.grid.FocusRow(); row >= 0 && row < len(s.ids) {
		s.view.show(s.ids[row])
		return
	}
	s.view.show(0)
}

// chosen are the selected letters, or the one with the keyboard.
func (s *Screen) chosen() []int64 {
	var out []int64
	sel := s.grid.Selected()
	for row := range sel.All() {
		if row < len(s.ids) {
			out = append(out, s.ids[row])
		}
	}
	if row := s.grid.FocusRow(); len(out) == 0 && row >= 0 && row < len(s.ids) {
		out = append(out, s.ids[row])
	}
	return out
}

// menu offers what can be done with the chosen letters.
func (s *Screen) menu(row int, _ string, at fyne.Position) {
	ids := s.chosen()
	if row < 0 || len(ids) == 0 {
		return
	}
	t := s.Host.Words()
	m := fyne.NewMenu("", fyne.NewMenuItem(t.T("button.open"), func() { s.grid.OnOpen(row) }))
	for _, a := range []string{"send_now", "cancel"} {
		m.Items = append(m.Items, fyne.NewMenuItem(t.Action("letter", a), func() { s.doAll(ids, a) }))
	}
	s.Host.Menu(m, at)
}

// doAll does an action with several letters and says which refused it.
func (s *Screen) doAll(ids []int64, action string) {
	session, t := s.Host.Session(), s.Host.Words()
	var failures []store.Failure
	var batch store.Batch
	s.Host.Job(t.Action("letter", action), func(ctx context.Context, _ func(done, total int64)) (err error) {
		batch, failures, err = session.DoAll(ctx, "letter", ids, action, nil)
		return err
	}, func(err error) {
		if err != nil {
			s.Host.Fail(err)
			return
		}
		s.Host.Saved("letter", ids...)
		s.reload()
		if len(failures) > 0 {
			s.Host.Say(t.N("list.refused", int64(len(failures))) + ": " + t.Error(failures[0].Err))
			return
		}
		s.Host.Say(t.Action("letter", action) + ": " + t.Int(int64(batch.Records)))
	})
}

// deliver sends everything that waits, now.
func (s *Screen) deliver() {
	session, office, t := s.Host.Session(), s.office, s.Host.Words()
	n := 0
	s.Host.Job(t.T("outbox.delivering"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		n, err = office.DeliverAll(ctx, session)
		return err
	}, func(err error) {
		if err != nil {
			s.Host.Fail(err)
			return
		}
		s.Host.Saved("letter")
		s.reload()
		s.Host.Say(t.N("cli.outbox.delivered", int64(n)))
	})
}

// Title implements screen.Screen.
func (s *Screen) Title() string { return s.Host.Words().T("section.outbox") }

// Changed reads anew when letters were written.
func (s *Screen) Changed(kinds map[string][]int64) {
	if len(kinds) == 0 || kinds["letter"] != nil {
		s.reload()
	}
}

// Can implements screen.Commander.
func (s *Screen) Can(c screen.Command) bool {
	switch c {
	case screen.Refresh, screen.SelectAll:
		return true
	case screen.Open, screen.MainAction:
		return s.view.id != 0
	}
	return false
}

// Do implements screen.Commander.
func (s *Screen) Do(c screen.Command) {
	switch c {
	case screen.Refresh:
		s.reload()
	case screen.SelectAll:
		s.grid.SelectAll()
	case screen.Open:
		s.grid.OnOpen(s.grid.FocusRow())
	case screen.MainAction:
		s.view.main()
	}
}

// Actions implements screen.Actor: what can be done with the letter in sight.
func (s *Screen) Actions() []screen.Action { return s.view.actions() }

// Key implements screen.Keyed.
func (s *Screen) Key(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyF5 {
		s.reload()
		return true
	}
	return false
}

// describe says what a refusal is about, for people.
func describe(t interface{ Problem(model.Problem) string }, problems []model.Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, t.Problem(p))
	}
	return strings.Join(out, "\n")
}
