package listing

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// viewTabs are the saved filters above the list, with live counts.
type viewTabs struct {
	s      *Screen
	views  []store.View
	counts map[int64]int64 // by id of the view; 0 is all
	tabs   map[int64]*input.Button
	latest *run.Latest
	timer  *time.Timer
}

func newViewTabs(s *Screen) *viewTabs {
	return &viewTabs{s: s, counts: map[int64]int64{}, tabs: map[int64]*input.Button{}, latest: run.NewLatest(hostRunner{s.host})}
}

// orderOfViews is the preference that keeps in which order a user has the
// saved filters of a kind.
func orderOfViews(kind string) string { return "view.order." + kind }

// take takes the saved filters in the user's order; new ones come last.
func (v *viewTabs) take(views []store.View, order string) {
	var ids []int64
	if order != "" {
		if err := json.Unmarshal([]byte(order), &ids); err != nil {
			slog.Warn("read the order of saved filters", "error", err)
		}
	}
	place := func(x store.View) int {
		if i := slices.Index(ids, x.ID); i >= 0 {
			return i
		}
		return len(ids)
	}
	slices.SortStableFunc(views, func(a, b store.View) int { return place(a) - place(b) })
	v.views = views
}

// shownViews is how many saved filters stand as tabs; the others are in a menu.
const shownViews = 12

// mine reports that the user may change a saved filter.
func (v *viewTabs) mine(x *store.View) bool {
	return x.Owner.ID == v.s.host.Session().User.ID || x.Owner.ID == 0
}

// line are the tabs, and at the right the looks of the list and the search.
func (v *viewTabs) line(search fyne.CanvasObject) []fyne.CanvasObject {
	s, t := v.s, v.s.words.T
	if s.bin {
		return []fyne.CanvasObject{nil, search}
	}
	row := []fyne.CanvasObject{v.tab(0, t("view.all"), s.view == nil && s.state.where == nil, s.useAll)}
	var more []*store.View
	for i := range v.views {
		view := &v.views[i]
		current := s.view != nil && s.view.ID == view.ID
		crowded := i >= shownViews || view.Shared && !v.mine(view) && len(v.views) > shownViews/2
		if crowded {
			more = append(more, view)
			if !current {
				continue
			}
		}
		label := view.Name
		if view.Default {
			label = "★ " + label
		}
		b := v.tab(view.ID, label, current, func() { s.useView(view) })
		b.OnMenu = func(at fyne.Position) { v.viewMenu(view, at) }
		row = append(row, b)
		if current {
			var dots *input.Button
			dots = input.NewButton("⋯", func() { v.viewMenu(view, under(dots)) })
			row = append(row, dots)
		}
	}
	if len(more) > 0 {
		var b *input.Button
		b = input.NewButton(t("view.shared_menu")+" ▾", func() { v.choose(more, under(b)) })
		row = append(row, b)
	}
	switch {
	case s.altered():
		if v.mine(s.view) {
			row = append(row, input.NewButton(t("view.save"), v.overwrite).Framed())
		}
		row = append(row, input.NewButton(t("view.save_as"), v.saveAs))
	case s.view == nil && s.state.where != nil:
		row = append(row, input.NewButton("+ "+t("view.save_as"), v.saveAs))
	default:
		row = append(row, input.NewButton("+", v.saveAs))
	}
	return append(append(append(row, nil), s.looks()...), search)
}

// tab is the button of a saved filter; the same one as long as it is there, so
// that it keeps the keyboard.
func (v *viewTabs) tab(id int64, label string, current bool, do func()) *input.Button {
	if n, ok := v.counts[id]; ok {
		label += "  " + v.s.words.Int(n)
	}
	b := v.tabs[id]
	if b == nil {
		b = input.NewButton("", nil)
		v.tabs[id] = b
	}
	b.OnTapped = do
	b.SetChosen(current)
	b.SetText(label)
	return b
}

// choose offers saved filters in a menu.
func (v *viewTabs) choose(views []*store.View, at fyne.Position) {
	m := fyne.NewMenu("")
	for _, view := range views {
		item := fyne.NewMenuItem(view.Name, func() { v.s.useView(view) })
		if n, ok := v.counts[view.ID]; ok {
			item.Label += "  " + v.s.words.Int(n)
		}
		item.Checked = v.s.view != nil && v.s.view.ID == view.ID
		m.Items = append(m.Items, item)
	}
	v.s.host.Menu(m, at)
}

// under is the place right below a widget.
func under(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
}

// setCurrent takes the count of the filter in use from the list's own totals.
func (v *viewTabs) setCurrent(n int64) {
	s := v.s
	if s.altered() || s.search != "" {
		return
	}
	id := int64(0)
	switch {
	case s.view != nil:
		id = s.view.ID
	case s.state.where != nil:
		return
	}
	if was, ok := v.counts[id]; !ok || was != n {
		v.counts[id] = n
		s.showHead()
	}
}

// countPause is how long the figures of the saved filters wait after a change:
// a colleague's import makes many.
const countPause = 1500 * time.Millisecond

// countSoon counts again after a pause.
func (v *viewTabs) countSoon() {
	if v.s.host.Window() == nil {
		v.count()
		return
	}
	if v.timer != nil {
		v.timer.Stop()
	}
	v.timer = time.AfterFunc(countPause, func() {
		fyne.Do(func() {
			if v.s.ctx.Err() == nil {
				v.count()
			}
		})
	})
}

// count counts every saved filter in the background.
func (v *viewTabs) count() {
	s := v.s
	if s.bin {
		return
	}
	session, kind, views := s.host.Session(), s.kind.Name, slices.Clone(v.views)
	v.latest.Go(s.ctx, func(ctx context.Context) func() {
		counts := map[int64]int64{}
		n, err := session.Count(ctx, store.Query{Kind: kind})
		counts[0] = n
		for _, view := range views {
			if err != nil {
				break
			}
			where, bad := parseWhere(session.Registry(), kind, view.Where)
			if bad != nil {
				continue // a filter over a field that is gone shows no figure
			}
			counts[view.ID], err = session.Count(ctx, store.Query{Kind: kind, Where: where})
		}
		return func() {
			if err != nil {
				s.host.Fail(err)
				return
			}
			v.counts = counts
			s.showHead()
		}
	})
}

// looks are the ways in which the list may be looked at, where there are several.
func (s *Screen) looks() []fyne.CanvasObject {
	t := s.words.T
	var row []fyne.CanvasObject
	if s.kind.Name == "deal" {
		row = append(row, input.NewButton(t("list.as_board"), func() {
			a := screen.Address{Screen: "board"}
			if s.state.where != nil {
				a = a.With(screen.ArgWhere, filter.Text(s.state.where))
			}
			s.host.Open(a)
		}).Framed())
	}
	if s.days != nil {
		days := input.NewButton(t("list.as_calendar"), s.asCalendar).Framed()
		days.SetChosen(s.asDays())
		row = append(row, days)
	}
	if len(row) == 0 {
		return nil
	}
	table := input.NewButton(t("list.as_table"), func() {
		s.asTable()
		s.focusRows()
	}).Framed()
	table.SetChosen(!s.asDays())
	return []fyne.CanvasObject{container.New(tightRow{}, append([]fyne.CanvasObject{table}, row...)...)}
}
