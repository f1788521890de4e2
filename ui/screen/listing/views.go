package listing

import (
	"context"
	"slices"

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
	row    []fyne.CanvasObject
	latest *run.Latest
}

func newViewTabs(s *Screen) *viewTabs {
	return &viewTabs{s: s, counts: map[int64]int64{}, latest: run.NewLatest(hostRunner{s.host})}
}

// shownViews is how many shared filters stand as tabs; the others are in a menu.
const shownViews = 12

// line are the tabs, and at the right the looks of the list and the search.
func (v *viewTabs) line(search fyne.CanvasObject) []fyne.CanvasObject {
	s := v.s
	v.row = nil
	if s.bin {
		return []fyne.CanvasObject{nil, search}
	}
	add := func(id int64, label string, current bool, do func()) {
		if n, ok := v.counts[id]; ok {
			label += "  " + s.words.Int(n)
		}
		b := input.NewButton(label, do)
		if current {
			b.Chosen()
		}
		v.add(b)
	}
	add(0, s.words.T("view.all"), s.view == nil && s.state.where == nil, func() { s.useAll() })
	var more []store.View
	for i := range v.views {
		view := &v.views[i]
		if i >= shownViews || view.Shared && view.Owner.ID != s.host.Session().User.ID && len(v.views) > shownViews/2 {
			more = append(more, *view)
			if s.view == nil || s.view.ID != view.ID {
				continue
			}
		}
		label := view.Name
		if view.Default {
			label = "★ " + label
		}
		current := s.view != nil && s.view.ID == view.ID
		add(view.ID, label, current, func() { s.useView(view) })
		if current {
			v.add(v.menuButton("⋯", func(at fyne.Position) { v.viewMenu(at) }))
		}
	}
	if len(more) > 0 {
		v.add(v.menuButton(s.words.T("view.shared_menu")+" ▾", func(at fyne.Position) {
			m := fyne.NewMenu("")
			for i := range more {
				m.Items = append(m.Items, fyne.NewMenuItem(more[i].Name, func() { s.useView(&more[i]) }))
			}
			s.host.Menu(m, at)
		}))
	}
	if s.altered() {
		v.add(input.NewButton(s.words.T("view.save"), v.overwrite).Framed())
	}
	v.add(input.NewButton("+", v.saveAs))
	v.row = append(v.row, nil)
	if len(v.views) >= shownViews/2 {
		v.add(v.menuButton("▾", v.allMenu))
	}
	for _, o := range s.looks() {
		v.add(o)
	}
	return append(v.row, search)
}

func (v *viewTabs) add(o fyne.CanvasObject) { v.row = append(v.row, o) }

// allMenu lists every saved filter, also those that find no room as tabs.
func (v *viewTabs) allMenu(at fyne.Position) {
	m := fyne.NewMenu("")
	for i := range v.views {
		item := fyne.NewMenuItem(v.views[i].Name, func() { v.s.useView(&v.views[i]) })
		item.Checked = v.s.view != nil && v.s.view.ID == v.views[i].ID
		m.Items = append(m.Items, item)
	}
	v.s.host.Menu(m, at)
}

func (v *viewTabs) menuButton(label string, show func(at fyne.Position)) fyne.CanvasObject {
	var b *input.Button
	b = input.NewButton(label, func() { show(under(b)) })
	return b
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
	switch {
	case s.view != nil:
		v.counts[s.view.ID] = n
	case s.state.where == nil:
		v.counts[0] = n
	default:
		return
	}
	s.showHead()
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
		one := func(id int64, where filter.Node) error {
			t, err := session.Totals(ctx, store.Query{Kind: kind, Where: where})
			counts[id] = t.Count
			return err
		}
		err := one(0, nil)
		for _, view := range views {
			if err != nil {
				break
			}
			where, bad := parseWhere(session.Registry(), kind, view.Where)
			if bad != nil {
				continue // a filter over a field that is gone shows no figure
			}
			err = one(view.ID, where)
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

// current is the state as a saved filter keeps it.
func (v *viewTabs) current(view *store.View) {
	s := v.s
	view.Kind, view.Where = s.kind.Name, filter.Text(s.state.where)
	view.Columns, view.Sort, view.GroupBy = slices.Clone(s.state.columns), slices.Clone(s.state.sort), s.state.group
	view.Widths = map[string]float32{}
	for k, w := range s.state.widths {
		view.Widths[k] = w
	}
	if view.Layout == "" {
		view.Layout = "table"
	}
}

// overwrite saves the state into the filter in use.
func (v *viewTabs) overwrite() {
	view := *v.s.view
	v.current(&view)
	v.save(&view)
}

// save writes a filter and shows it.
func (v *viewTabs) save(view *store.View) {
	s := v.s
	session := s.host.Session()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (int64, error) {
		err := session.SaveView(ctx, view)
		return view.ID, err
	}, func(id int64) {
		s.readViews(func() {
			for i := range v.views {
				if v.views[i].ID == id {
					s.useView(&v.views[i])
				}
			}
		})
	})
}

// saveAs asks a name and saves the state as a new filter.
func (v *viewTabs) saveAs() {
	v.ask(v.s.words.T("view.save_as"), &store.View{}, func(view *store.View) {
		v.current(view)
		v.save(view)
	})
}

// ask asks the name of a filter, who sees it, and whether the list opens with it.
func (v *viewTabs) ask(title string, view *store.View, then func(view *store.View)) {
	s, t := v.s, v.s.words.T
	name := input.NewEntry()
	name.SetText(view.Name)
	name.SetPlaceHolder(t("view.name"))
	shared := input.NewCheck(t("view.shared"), nil)
	shared.Set(view.Shared)
	byDefault := input.NewCheck(t("view.default"), nil)
	byDefault.Set(view.Default)
	d := &screen.Dialog{Title: title, Content: container.NewVBox(name, shared, byDefault), Size: fyne.NewSize(420, 0), Focus: name}
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.save"), Primary: true, Stays: true, Do: func() {
		if name.Text == "" {
			s.host.Canvas().Focus(name)
			return
		}
		d.Close()
		copied := *view
		copied.Name, copied.Shared, copied.Default = name.Text, shared.Value(), byDefault.Value()
		then(&copied)
	}}}
	s.host.Dialog(d)
}

// viewMenu offers what can be done with the filter in use.
func (v *viewTabs) viewMenu(at fyne.Position) {
	s, t := v.s, v.s.words.T
	view := *s.view
	own := view.Owner.ID == s.host.Session().User.ID || view.Owner.ID == 0
	rename := fyne.NewMenuItem(t("view.rename"), func() { v.ask(t("view.rename"), &view, v.save) })
	byDefault := fyne.NewMenuItem(t("view.make_default"), func() {
		view.Default = !view.Default
		v.save(&view)
	})
	byDefault.Checked = view.Default
	remove := fyne.NewMenuItem(t("view.delete"), func() {
		s.host.Confirm(t("view.delete"), view.Name, t("view.delete"), func() {
			session := s.host.Session()
			s.host.Background(s.ctx, func(ctx context.Context) error { return session.DeleteView(ctx, view.ID) }, func(err error) {
				if err != nil {
					s.host.Fail(err)
					return
				}
				s.readViews(s.useAll)
			})
		})
	})
	rename.Disabled, remove.Disabled = !own, !own
	s.host.Menu(fyne.NewMenu("", rename, byDefault, fyne.NewMenuItem(t("view.save_as"), v.saveAs), fyne.NewMenuItemSeparator(), remove), at)
}

// looks are the ways in which the list may be looked at, where there are several.
func (s *Screen) looks() []fyne.CanvasObject {
	if s.kind.Name != "deal" {
		return nil
	}
	t := s.words.T
	table := input.NewButton(t("list.as_table"), func() { s.host.Canvas().Focus(s.grid) }).Chosen()
	board := input.NewButton(t("list.as_board"), func() {
		s.host.Open(screen.Address{Screen: "board"}.With(screen.ArgWhere, filter.Text(s.state.where)))
	})
	return []fyne.CanvasObject{container.New(tightRow{}, table.Framed(), board.Framed())}
}
