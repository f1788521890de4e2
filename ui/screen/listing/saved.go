package listing

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
)

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
	v.save(&view, true)
}

// save writes a filter, and shows it when it is to be used.
func (v *viewTabs) save(view *store.View, use bool) {
	s := v.s
	session := s.host.Session()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (int64, error) {
		err := session.SaveView(ctx, view)
		return view.ID, err
	}, func(id int64) { s.readViews(func() { v.use(id, use) }) })
}

// use shows the filter with an id, if it is wanted.
func (v *viewTabs) use(id int64, wanted bool) {
	for i := range v.views {
		if wanted && v.views[i].ID == id {
			v.s.useView(&v.views[i])
		}
	}
}

// saveAs asks a name and saves the state as a new filter.
func (v *viewTabs) saveAs() {
	v.ask(v.s.words.T("view.save_as"), &store.View{Name: v.suggested()}, func(view *store.View) {
		v.current(view)
		v.save(view, true)
	})
}

// suggested is a name for what the list shows now: its conditions in words.
func (v *viewTabs) suggested() string {
	s := v.s
	name := ""
	for _, n := range parts(s.state.where) {
		if name != "" {
			name += ", "
		}
		name += s.words.Condition(s.host.Session().Registry(), s.kind.Name, n, s.bar.name)
	}
	const longest = 60
	if r := []rune(name); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return name
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
	d := &screen.Dialog{Title: title, Content: container.NewVBox(name, shared, byDefault), Size: fyne.NewSize(460, 0), Focus: name}
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

// viewMenu offers what can be done with a saved filter.
func (v *viewTabs) viewMenu(x *store.View, at fyne.Position) {
	s, t := v.s, v.s.words.T
	view, mine := *x, v.mine(x)
	own := func(i *fyne.MenuItem) *fyne.MenuItem {
		i.Disabled = !mine
		return i
	}
	edit := own(fyne.NewMenuItem(t("view.edit"), func() {
		s.useView(x)
		s.bar.build()
	}))
	rename := own(fyne.NewMenuItem(t("view.rename"), func() {
		v.ask(t("view.rename"), &view, func(view *store.View) { v.save(view, false) })
	}))
	shared := own(fyne.NewMenuItem(t("view.shared"), func() {
		view.Shared = !view.Shared
		v.save(&view, false)
	}))
	shared.Checked = view.Shared
	byDefault := fyne.NewMenuItem(t("view.make_default"), func() { v.makeDefault(&view, !view.Default) })
	byDefault.Checked = view.Default
	i := slices.IndexFunc(v.views, func(y store.View) bool { return y.ID == view.ID })
	left := fyne.NewMenuItem(t("view.left"), func() { v.move(view.ID, -1) })
	right := fyne.NewMenuItem(t("view.right"), func() { v.move(view.ID, 1) })
	left.Disabled, right.Disabled = i <= 0, i == len(v.views)-1
	remove := own(fyne.NewMenuItem(t("view.delete"), func() { v.remove(view) }))
	s.host.Menu(fyne.NewMenu("",
		edit, rename, shared, byDefault, fyne.NewMenuItemSeparator(), left, right, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(t("view.save_as"), v.saveAs), remove), at)
}

// makeDefault makes the list open with a filter, somebody else's included.
func (v *viewTabs) makeDefault(view *store.View, on bool) {
	s := v.s
	session := s.host.Session()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (bool, error) {
		return on, session.SetDefaultView(ctx, view, on)
	}, func(bool) { s.readViews(nil) })
}

// move puts a filter one place to the left or to the right, for this user.
func (v *viewTabs) move(id int64, by int) {
	ids := make([]int64, len(v.views))
	at := -1
	for i, x := range v.views {
		ids[i] = x.ID
		if x.ID == id {
			at = i
		}
	}
	to := at + by
	if at < 0 || to < 0 || to >= len(ids) {
		return
	}
	ids[at], ids[to] = ids[to], ids[at]
	s := v.s
	session := s.host.Session()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (bool, error) {
		return true, v.keepOrder(ctx, session, ids)
	}, func(bool) { s.readViews(nil) })
}

// keepOrder remembers in which order the user has the filters.
func (v *viewTabs) keepOrder(ctx context.Context, session *store.Session, ids []int64) error {
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return session.SetPreference(ctx, orderOfViews(v.s.kind.Name), string(text))
}

// remove deletes a filter. It can be had back, so it does not ask.
func (v *viewTabs) remove(view store.View) {
	s := v.s
	session := s.host.Session()
	used := s.view != nil && s.view.ID == view.ID
	var order []int64
	for _, x := range v.views {
		order = append(order, x.ID)
	}
	screen.Read(s.ctx, s.host, func(ctx context.Context) (bool, error) {
		return true, session.DeleteView(ctx, view.ID)
	}, func(bool) {
		after := func() {
			if used {
				s.useAll()
			}
		}
		s.readViews(after)
		s.host.Offer(s.words.T("view.deleted", "name", view.Name), s.words.T("button.undo"), func() {
			again := view
			again.ID = 0
			screen.Read(s.ctx, s.host, func(ctx context.Context) (int64, error) {
				if err := session.SaveView(ctx, &again); err != nil {
					return 0, err
				}
				order[slices.Index(order, view.ID)] = again.ID
				return again.ID, v.keepOrder(ctx, session, order)
			}, func(id int64) { s.readViews(func() { v.use(id, used) }) })
		})
	})
}
