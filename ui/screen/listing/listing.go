// Package listing is the list of any kind of record, made from its
// description: saved filters as tabs, conditions, quick search, a grid over
// millions of rows, totals, what can be done with the selected.
package listing

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// Screen is the list of a kind.
type Screen struct {
	host    screen.Host
	kind    *model.Kind
	address screen.Address
	words   *locale.Printer
	ctx     context.Context
	cancel  context.CancelFunc

	grid    *list.Grid
	source  *source
	content *fyne.Container
	tabs    *viewTabs
	bar     *conditions
	tools   *toolbar
	totals  *widget.Label
	pane    *pane
	days    *days // the list as a calendar; nil: its kind has none
	split   *fyne.Container
	views   *fyne.Container // the line of saved filters, with the search
	works   *fyne.Container // the line of buttons and conditions

	state  state
	view   *store.View // the saved filter in use, nil for all
	search string
	bin    bool
	batch  int64  // shows what this batch made or changed; 0: all
	base   string // base currency
	latest *run.Latest
	sums   *run.Latest
	picked *run.Latest
	total  store.Totals
	ready  bool // preferences are read, the first reading has begun
	undo   []store.Batch
	clock  *time.Timer
}

// New makes the list of the kind that the address names.
func New(h screen.Host, a screen.Address) (screen.Screen, error) {
	kind := h.Session().Registry().Kind(a.Kind)
	if kind == nil {
		return nil, fmt.Errorf("list: there is no kind %q", a.Kind)
	}
	s := &Screen{host: h, kind: kind, address: a, words: h.Words(), base: h.Session().BaseCurrency()}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	runner := hostRunner{h}
	s.latest, s.sums, s.picked = run.NewLatest(runner), run.NewLatest(runner), run.NewLatest(runner)
	s.bin = a.Arg(screen.ArgBin) != ""
	s.batch, _ = strconv.ParseInt(a.Arg(screen.ArgBatch), 10, 64) // no number: no batch
	s.source = newSource(s)
	s.build()
	s.begin()
	return s, nil
}

// ToBin is the address of the list of what lies in the bin of a kind.
func ToBin(kind string) screen.Address {
	return screen.Address{Screen: screen.List, Kind: kind, Args: map[string]string{screen.ArgBin: "1"}}
}

// hostRunner runs work through the host.
type hostRunner struct{ h screen.Host }

// Go implements run.Runner.
func (r hostRunner) Go(ctx context.Context, work func(context.Context) func()) {
	var apply func()
	r.h.Background(ctx, func(ctx context.Context) error {
		apply = work(ctx)
		return nil
	}, func(error) {
		if apply != nil {
			apply()
		}
	})
}

// Title implements screen.Screen.
func (s *Screen) Title() string {
	name := s.words.Kinds(s.kind.Name)
	if s.bin {
		return s.words.T("section.bin") + ": " + name
	}
	if s.batch != 0 {
		return s.words.T("import.records", "kind", name)
	}
	if s.view != nil {
		return name + ": " + s.view.Name
	}
	return name
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Address implements screen.Screen.
func (s *Screen) Address() screen.Address {
	a := s.address
	where := filter.Text(s.state.where)
	switch {
	case s.view != nil:
		a = a.With(screen.ArgView, strconv.FormatInt(s.view.ID, 10))
	case where != "":
		a = a.With(screen.ArgWhere, where)
	}
	return a
}

// Unsaved implements screen.Screen: a list loses nothing.
func (s *Screen) Unsaved() bool { return false }

// Close implements screen.Screen.
func (s *Screen) Close() {
	s.cancel()
	for _, t := range []*time.Timer{s.clock, s.tabs.timer} {
		if t != nil {
			t.Stop()
		}
	}
}

// Shown puts the keyboard into the grid.
func (s *Screen) Shown() {
	if c := s.host.Canvas(); c != nil && s.host.Window() != nil {
		s.focusRows()
	}
}

// Hidden implements screen.Lifecycle.
func (s *Screen) Hidden() {}

// build makes the widgets.
func (s *Screen) build() {
	s.grid = list.NewGrid(nil, s.source)
	s.grid.OnOpen = s.openRow
	s.grid.OnPreview = func(int) { s.togglePane() }
	s.grid.OnMenu = s.rowMenu
	s.grid.OnHeadMenu = s.headMenu
	s.grid.OnSelect = s.selectionChanged
	s.grid.OnSort = s.sorted
	s.grid.OnColumns = s.columnsMoved
	s.grid.OnGroup = func(row int) { s.source.toggle(row) }
	s.grid.OnKey = s.key
	s.grid.OnShortcut = func(sc fyne.Shortcut) bool {
		if _, ok := sc.(*fyne.ShortcutCopy); ok {
			s.copyRows(s.chosen(), s.grid.SelectedCount() > 1)
			return true
		}
		return false
	}
	s.grid.OnRune = func(r rune) { s.bar.begin(r) }
	s.tabs, s.bar, s.tools = newViewTabs(s), newConditions(s), newToolbar(s)
	s.totals = widget.NewLabel("")
	s.totals.Truncation = fyne.TextTruncateEllipsis
	s.pane = newPane(s)
	if len(s.kind.Calendar) > 0 && !s.bin && s.batch == 0 {
		s.days = newDays(s)
	}
	s.split = container.NewStack(s.grid)
	s.views, s.works = input.NewToolbar(), input.NewToolbar()
	s.content = container.New(&frame{lines: []*fyne.Container{s.views, s.works}, grid: s.split, totals: s.totals}, s.views, s.works, s.split, s.totals)
	s.showHead()
}

// begin reads what the user chose for this list, then the list.
func (s *Screen) begin() {
	session, kind := s.host.Session(), s.kind.Name
	type begun struct {
		kept  kept
		views []store.View
		order string
		look  string
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) (begun, error) {
		var b begun
		text, err := session.Preference(ctx, preference(kind))
		if err != nil {
			return b, err
		}
		b.kept = parseKept(text)
		if b.order, err = session.Preference(ctx, orderOfViews(kind)); err != nil {
			return b, err
		}
		if b.look, err = session.Preference(ctx, preferredLook(kind)); err != nil {
			return b, err
		}
		b.views, err = session.Views(ctx, kind)
		return b, err
	}, func(b begun) {
		s.tabs.take(b.views, b.order)
		s.state = s.ordinaryState(b.kept)
		s.days.begin(b.look, s.address)
		s.ready = true
		if !s.chooseView(s.tabs.views) {
			s.apply()
		}
		s.tabs.count()
	})
}

// chooseView takes the saved filter that the address names, or the user's
// default one when the address asks for nothing.
func (s *Screen) chooseView(views []store.View) bool {
	asked, where := s.address.Arg(screen.ArgView), s.address.Arg(screen.ArgWhere)
	if where != "" {
		n, err := filter.Parse(s.host.Session().Registry(), s.kind.Name, where)
		if err != nil {
			s.host.Fail(err)
			return false
		}
		s.state.where = n
		return false
	}
	for i := range views {
		if strconv.FormatInt(views[i].ID, 10) == asked || asked == "" && views[i].Default && !s.bin && s.batch == 0 {
			s.useView(&views[i])
			return true
		}
	}
	return false
}

// query is what the list asks the base for.
func (s *Screen) query() store.Query {
	return store.Query{
		Kind: s.kind.Name, Where: s.state.where, Search: s.search, Columns: s.state.columns,
		Sort: s.state.sort, Bin: s.bin, Batch: s.batch,
	}
}

// rowQuery asks for rows with what tells whether a record is finished.
func (s *Screen) rowQuery() store.Query {
	q := s.query()
	q.Columns = nil
	for _, c := range s.source.asked {
		q.Columns = append(q.Columns, c.path)
	}
	return q
}

// setShown takes the columns that the grid shows.
func (s *Screen) setShown(cols []column) {
	s.source.columns, s.source.asked = cols, slices.Clone(cols)
	for _, name := range telling {
		if f := s.kind.Field(name); f != nil && f.SeenBy(s.host.Session().Role) && !slices.Contains(s.state.columns, name) {
			s.source.asked = append(s.source.asked, column{path: name, owner: s.kind.Name, field: f})
		}
	}
	s.source.mutes = s.kind.Field("done") != nil
}

// apply shows the state: columns, conditions, rows from the top.
func (s *Screen) apply() {
	cols := resolve(s.host.Session().Registry(), s.kind, s.host.Session().Role, s.words, s.state.columns)
	s.state.columns = s.state.columns[:0:0]
	for _, c := range cols {
		s.state.columns = append(s.state.columns, c.path)
	}
	s.setShown(cols)
	s.source.painter = painter{words: s.words, base: s.base, today: s.host.Session().Today()}
	s.grid.SetColumns(gridColumns(s.words, cols, s.state.widths))
	s.showSort()
	s.showHead()
	s.reload(true)
	s.host.Retitle(s)
}

// reload reads the list: from its top, or keeping place and selection.
func (s *Screen) reload(top bool) {
	if !s.ready {
		return
	}
	if s.asDays() {
		s.days.load(top)
	} else {
		s.source.load(top)
	}
	s.readTotals()
}

// readTotals counts and sums the list.
func (s *Screen) readTotals() {
	session, q := s.host.Session(), s.query()
	s.sums.Go(s.ctx, func(ctx context.Context) func() {
		t, err := session.Totals(ctx, q)
		return func() {
			if err != nil {
				s.host.Fail(err)
				return
			}
			s.total = t
			s.selectionChanged()
			s.tabs.setCurrent(t.Count)
		}
	})
}

// Changed implements screen.Refresher: another save touched this kind, or one
// that its columns show.
func (s *Screen) Changed(kinds map[string][]int64) {
	if len(kinds) > 0 && !s.shows(kinds) {
		return
	}
	s.reload(false)
	s.tabs.countSoon()
	s.pane.refresh()
}

func (s *Screen) shows(kinds map[string][]int64) bool {
	if kinds[s.kind.Name] != nil {
		return true
	}
	for _, c := range s.source.columns {
		if kinds[c.owner] != nil || c.field.Type == model.Link && kinds[c.field.To] != nil {
			return true
		}
		if c.field.Computed { // what it is made of is known to the base only
			return true
		}
	}
	return false
}

// readViews reads the saved filters anew.
func (s *Screen) readViews(then func()) {
	session, kind := s.host.Session(), s.kind.Name
	type read struct {
		views []store.View
		order string
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) (r read, err error) {
		if r.order, err = session.Preference(ctx, orderOfViews(kind)); err != nil {
			return r, err
		}
		r.views, err = session.Views(ctx, kind)
		return r, err
	}, func(r read) {
		s.tabs.take(r.views, r.order)
		views := s.tabs.views
		if s.view != nil {
			id := s.view.ID
			s.view = nil
			for i := range views {
				if views[i].ID == id {
					s.view = &views[i]
				}
			}
		}
		s.showHead()
		s.tabs.count()
		if then != nil {
			then()
		}
	})
}
