package listing

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/model/table"
	"ugoda/service/imports"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/act"
	"ugoda/ui/screen/merge"
	"ugoda/ui/screen/quick"
)

// rowMenu offers what the toolbar does, and filtering by the value under the pointer.
func (s *Screen) rowMenu(row int, path string, at fyne.Position) {
	if row < 0 || s.source.id(row) == 0 {
		s.host.Menu(s.moreMenu(nil), at)
		return
	}
	s.recordMenu(s.source.id(row), path, at)
}

// recordMenu offers what can be done with a record; path is the column under
// the pointer, if any.
func (s *Screen) recordMenu(id int64, path string, at fyne.Position) {
	session, q := s.host.Session(), s.query()
	if path != "" {
		q.Columns = []string{path}
	}
	// The value itself is asked for: the cell holds only its words.
	type asked struct {
		rows   []store.Row
		states []store.ActionState
	}
	may := s.may()
	screen.Read(s.ctx, s.host, func(ctx context.Context) (a asked, err error) {
		if a.states, err = may(ctx); err != nil {
			return a, err
		}
		if path != "" {
			a.rows, err = session.Rows(ctx, q, []int64{id})
		}
		return a, err
	}, func(a asked) {
		rows := a.rows
		m := fyne.NewMenu("")
		if s.bin {
			m.Items = append(m.Items, fyne.NewMenuItem(s.words.T("button.restore"), s.restore))
			s.host.Menu(m, at)
			return
		}
		m.Items = append(m.Items, fyne.NewMenuItem(s.words.T("button.open"), s.openCurrent))
		if len(rows) == 1 && len(rows[0].Cells) == 1 {
			m.Items = append(m.Items, s.valueItems(path, rows[0].Cells[0])...)
		}
		m.Items = append(m.Items, fyne.NewMenuItemSeparator())
		if quick.Tied(s.kind.Name) && s.host.Session().Registry().Kind("activity") != nil {
			m.Items = append(m.Items, fyne.NewMenuItem("+ "+s.words.Kind("activity"), func() { quick.ActivityFor(s.host, s.kind.Name, id) }))
		}
		m.Items = append(m.Items, s.moreMenu(a.states).Items...)
		s.host.Menu(m, at)
	})
}

// may asks what may be done with the only record that is chosen.
func (s *Screen) may() func(ctx context.Context) ([]store.ActionState, error) {
	session, chosen := s.host.Session(), s.chosen()
	return func(ctx context.Context) ([]store.ActionState, error) {
		if len(chosen) != 1 || s.bin || len(s.kind.Actions) == 0 {
			return nil, nil
		}
		rec, err := session.Get(ctx, s.kind.Name, chosen[0])
		if err != nil {
			return nil, err
		}
		return session.May(ctx, s.kind.Name, rec)
	}
}

// showMore drops the menu of what can be done beyond the buttons.
func (s *Screen) showMore(at fyne.Position) {
	screen.Read(s.ctx, s.host, s.may(), func(states []store.ActionState) { s.host.Menu(s.moreMenu(states), at) })
}

// valueItems filter by a value, or leave it out, and open the record that it
// refers to.
func (s *Screen) valueItems(path string, v any) []*fyne.MenuItem {
	cols := resolve(s.host.Session().Registry(), s.kind, s.host.Session().Role, s.words, []string{path})
	if len(cols) == 0 {
		return nil
	}
	c := cols[0]
	var out []*fyne.MenuItem
	if ref, ok := v.(model.Ref); ok && ref.ID != 0 {
		out = append(out, fyne.NewMenuItem(s.words.Kind(c.field.To)+": "+screen.RefText(ref), func() {
			s.host.Open(screen.ToCard(c.field.To, ref.ID))
		}))
	}
	shown := s.source.painter.text(c, v)
	if shown == "" {
		shown = s.words.T("word.empty")
	}
	if r := []rune(shown); len(r) > 40 {
		shown = string(r[:40]) + "…"
	}
	if whole := s.source.painter.text(c, v); whole != "" {
		out = append(out, fyne.NewMenuItem(s.words.T("list.copy_value"), func() {
			fyne.CurrentApp().Clipboard().SetContent(whole)
			s.host.Say(s.words.T("ui.copied"))
		}))
	}
	if c.field.Computed && c.field.Type == model.LongText {
		return out
	}
	cond := equals(path, v)
	return append(out,
		fyne.NewMenuItem(s.words.T("list.filter_by_value")+": "+shown, func() { s.setWhere(and(s.state.where, cond)) }),
		fyne.NewMenuItem(s.words.T("list.exclude_value"), func() { s.setWhere(and(s.state.where, filter.Not{Node: cond})) }),
	)
}

// moreMenu is what can be done beyond the buttons; states are those of the
// actions of the only record that is chosen, where they are known.
func (s *Screen) moreMenu(states []store.ActionState) *fyne.Menu {
	t := s.words.T
	m := fyne.NewMenu("")
	add := func(key string, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(t(key), do)
		m.Items = append(m.Items, i)
		return i
	}
	any := len(s.chosen()) > 0
	var refused []*fyne.MenuItem
	for _, a := range s.kind.Actions {
		i := fyne.NewMenuItem(s.words.Action(s.kind.Name, a.Name), func() { s.run(a) })
		i.Disabled = !any || len(s.chosen()) > 1 && !a.Bulk
		if why := refusal(states, a); len(why) > 0 {
			i.Label = screen.Refused(i.Label, s.words.Problem(why[0]))
			refused = append(refused, i)
			continue
		}
		m.Items = append(m.Items, i)
	}
	m.Items = screen.WithRefused(m.Items, refused, t("ui.menu.why_not"))
	if len(s.kind.Actions) > 0 {
		m.Items = append(m.Items, fyne.NewMenuItemSeparator())
	}
	if s.mayWrite() {
		if s.kind.Name == "client" {
			add("client.from_requisites", func() { s.host.Open(screen.ToNew("client", nil).With(screen.ArgPaste, "1")) })
			add("merge.menu", func() {
				if two := s.chosen(); len(two) == 2 {
					merge.Ask(s.ctx, s.host, two[0], two[1], func(_ int64, b store.Batch) {
						s.undo = append(s.undo, b)
						s.reload(false)
					})
				}
			}).Disabled = len(s.chosen()) != 2
		}
		add("list.change_field", s.changeField).Disabled = !any
		add("ui.menu.copy_record", s.copyRecord).Disabled = !any
		add("button.delete", s.remove).Disabled = !any
		m.Items = append(m.Items, fyne.NewMenuItemSeparator())
	}
	group := fyne.NewMenuItem(t("list.group_by"), nil)
	group.ChildMenu = fyne.NewMenu("")
	none := fyne.NewMenuItem(t("list.no_grouping"), func() { s.setGroup("") })
	none.Checked = s.state.group == ""
	group.ChildMenu.Items = append(group.ChildMenu.Items, none)
	for _, c := range s.source.columns {
		switch c.field.Type {
		case model.Link, model.Choice, model.Bool, model.Days, model.Moment:
			i := fyne.NewMenuItem(c.label, func() { s.setGroup(c.path) })
			i.Checked = s.state.group == c.path
			group.ChildMenu.Items = append(group.ChildMenu.Items, i)
			if dated(c.field) {
				group.ChildMenu.Items = append(group.ChildMenu.Items, s.unitItems(c)...)
			}
		}
	}
	m.Items = append(m.Items, group)
	if s.state.group != "" && !s.asDays() {
		add("list.open_groups", s.source.openAll)
		add("list.close_groups", s.source.closeAll)
	}
	add("list.columns", s.chooseColumns)
	add("list.preview_pane", s.togglePane).Checked = s.pane.shown
	add("command.copy_table", s.copyTable)
	add("command.export", s.export)
	if s.Can(screen.Import) {
		add("command.import", func() { s.Do(screen.Import) })
		add("command.paste_rows", func() { s.Do(screen.PasteRows) })
	}
	add("section.bin", func() { s.Do(screen.Bin) })
	return m
}

// unitItems group the list by the months, quarters or years of a day.
func (s *Screen) unitItems(c column) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, u := range span.Units() {
		by := span.By(c.path, u)
		i := fyne.NewMenuItem(c.label+" · "+s.words.T("list.by."+string(u)), func() { s.setGroup(by) })
		i.Checked = s.state.group == by
		out = append(out, i)
	}
	return out
}

// refusal is why an action is refused, as far as it is known.
func refusal(states []store.ActionState, a *model.Action) []model.Problem {
	for _, x := range states {
		if x.Action == a {
			return x.Problems
		}
	}
	return nil
}

func (s *Screen) mayWrite() bool {
	if len(s.kind.Writers) == 0 {
		return true
	}
	for _, r := range s.kind.Writers {
		if r == s.host.Session().Role {
			return true
		}
	}
	return false
}

// headMenu is the menu of a column's head.
func (s *Screen) headMenu(path string, at fyne.Position) {
	t := s.words.T
	order := func(desc bool) func() {
		return func() {
			keys := []list.SortKey{{Key: path, Desc: desc}}
			s.grid.SetSort(keys)
			s.sorted(keys)
		}
	}
	group := fyne.NewMenuItem(t("list.group_by"), func() { s.setGroup(path) })
	if cols := resolve(s.host.Session().Registry(), s.kind, s.host.Session().Role, s.words, []string{path}); len(cols) == 1 && dated(cols[0].field) {
		group.Action = nil
		day := fyne.NewMenuItem(cols[0].label, func() { s.setGroup(path) })
		day.Checked = s.state.group == path
		group.ChildMenu = fyne.NewMenu("", append([]*fyne.MenuItem{day}, s.unitItems(cols[0])...)...)
	}
	s.host.Menu(fyne.NewMenu("",
		fyne.NewMenuItem(t("list.sort_ascending"), order(false)),
		fyne.NewMenuItem(t("list.sort_descending"), order(true)),
		group,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(t("list.hide_column"), func() {
			var left []string
			for _, p := range s.state.columns {
				if p != path {
					left = append(left, p)
				}
			}
			if len(left) > 0 {
				s.setColumns(left)
			}
		}),
		fyne.NewMenuItem(t("list.columns"), s.chooseColumns),
	), at)
}

// Actions implements screen.Actor: what can be done with the selected.
func (s *Screen) Actions() []screen.Action {
	if s.bin || len(s.chosen()) == 0 {
		return nil
	}
	var out []screen.Action
	for _, a := range s.kind.Actions {
		if a.Bulk || len(s.chosen()) == 1 {
			out = append(out, screen.Action{Label: s.words.Action(s.kind.Name, a.Name), Do: func() { s.run(a) }})
		}
	}
	return out
}

// run does an action with the selected records, after asking what it asks.
func (s *Screen) run(a *model.Action) {
	ids := s.chosen()
	if len(ids) == 0 {
		return
	}
	if len(ids) == 1 {
		if own := s.ownWay(a); own != nil {
			own(s.ctx, s.host, ids[0], func() { s.reload(false) })
			return
		}
		act.AskAndRun(s.ctx, s.host, s.kind.Name, ids[0], a.Name, nil, func() { s.reload(false) })
		return
	}
	act.Ask(s.host, s.kind.Name, a, nil, func(answers model.Answers) {
		s.bulk(s.words.Action(s.kind.Name, a.Name), "list.changed", func(ctx context.Context, session *store.Session) (store.Batch, []store.Failure, error) {
			return session.DoAll(ctx, s.kind.Name, ids, a.Name, answers)
		})
	})
}

// ownWay is how an action of a proposal is asked with its figures in sight; nil
// for one that asks its questions and no more.
func (s *Screen) ownWay(a *model.Action) func(ctx context.Context, h screen.Host, id int64, done func()) {
	if s.kind.Name != "proposal" {
		return nil
	}
	switch a.Name {
	case "bill":
		return s.host.Services().Bill
	case "accept":
		return s.host.Services().Accept
	}
	return nil
}

// bulk does something with many records in the status bar, tells how many were
// changed and what was refused, and lets it be undone as one.
func (s *Screen) bulk(label, say string, work func(ctx context.Context, session *store.Session) (store.Batch, []store.Failure, error)) {
	session := s.host.Session()
	var batch store.Batch
	var failures []store.Failure
	s.host.Job(label, func(ctx context.Context, report func(done, total int64)) (err error) {
		batch, failures, err = work(store.WithProgress(ctx, report), session)
		return err
	}, func(err error) {
		if err != nil {
			s.host.Fail(err)
			return
		}
		if batch.ID != 0 {
			s.undo = append(s.undo, batch)
		}
		if batch.Records > 0 || len(failures) == 0 {
			s.host.Done(s.words.N(say, int64(batch.Records)), batch)
		}
		s.host.Saved(s.kind.Name)
		s.reload(false)
		act.Refusals(s.host, s.kind.Name, failures)
	})
}

// remove moves the selected to the bin. It can be undone, so it does not ask.
func (s *Screen) remove() {
	if s.mayWrite() {
		s.mark(true, s.words.T("button.delete"), "list.to_bin")
	}
}

// restore brings the selected back from the bin.
func (s *Screen) restore() { s.mark(false, s.words.T("button.restore"), "list.restored") }

func (s *Screen) mark(marked bool, label, say string) {
	ids := s.chosen()
	if len(ids) == 0 {
		return
	}
	s.bulk(label, say, func(ctx context.Context, session *store.Session) (store.Batch, []store.Failure, error) {
		if len(ids) == 1 { // why not is said at once
			batch, err := session.Mark(ctx, s.kind.Name, ids[0], marked)
			return batch, nil, err
		}
		return session.MarkAll(ctx, s.kind.Name, ids, marked)
	})
}

// undoLast takes back what this list did last.
func (s *Screen) undoLast() {
	n := len(s.undo)
	if n == 0 {
		return
	}
	b := s.undo[n-1]
	s.undo = s.undo[:n-1]
	s.host.Undo(b)
}

// mostCopied is how many rows go to the clipboard at once.
const mostCopied = 20_000

// copyTable copies the selected rows, or all, as a table with its heads.
func (s *Screen) copyTable() {
	ids := s.chosen()
	if s.grid.SelectedCount() <= 1 {
		ids = s.source.all()
	}
	s.copyRows(ids, true)
}

// copyRows copies records as lines with tabs between cells, as spreadsheets
// paste them.
func (s *Screen) copyRows(ids []int64, heads bool) {
	if len(ids) == 0 {
		return
	}
	ids = ids[:min(len(ids), mostCopied)]
	session, q, cols, paint := s.host.Session(), s.query(), s.source.columns, s.source.painter
	screen.Read(s.ctx, s.host, func(ctx context.Context) (string, error) {
		var b strings.Builder
		for i, c := range cols {
			if !heads {
				break
			}
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(c.label)
		}
		for from := 0; from < len(ids); from += 500 {
			rows, err := session.Rows(ctx, q, ids[from:min(from+500, len(ids))])
			if err != nil {
				return "", err
			}
			for _, r := range rows {
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
				for i, c := range cols {
					if i > 0 {
						b.WriteByte('\t')
					}
					b.WriteString(strings.ReplaceAll(paint.text(c, r.Cells[i]), "\t", " ")) // line breaks are spaces already
				}
			}
		}
		return b.String(), nil
	}, func(text string) {
		fyne.CurrentApp().Clipboard().SetContent(text)
		s.host.Say(s.words.N("list.copied", int64(len(ids))))
	})
}

// tableOf is the list as a table for spreadsheets and paper; whole has all
// fields that a file may bring back, in place of the columns that are shown.
func (s *Screen) tableOf(only []int64, whole bool) *table.Table {
	session, q := s.host.Session(), s.query()
	t := &table.Table{Kind: s.kind.Name, Title: s.Title(), Count: s.total.Count}
	columns := s.source.columns
	if whole {
		q.Columns = imports.WholeColumns(s.kind, session.Role)
		columns = resolve(session.Registry(), s.kind, session.Role, s.words, q.Columns)
	}
	for _, c := range columns {
		col := table.Column{Name: c.path, Label: c.label, Type: c.field.Type}
		if c.field.Type == model.Choice {
			col.Words = map[string]string{}
			for _, v := range c.field.Values {
				col.Words[v] = s.words.Choice(c.owner, c.field.Name, v)
			}
		}
		t.Columns = append(t.Columns, col)
	}
	t.Rows = func(ctx context.Context, yield func(table.Row) error) error {
		if only == nil {
			return session.Each(ctx, q, func(r store.Row) error { return yield(table.Row{ID: r.ID, Cells: r.Cells}) })
		}
		for from := 0; from < len(only); from += 500 {
			rows, err := session.Rows(ctx, q, only[from:min(from+500, len(only))])
			if err != nil {
				return err
			}
			for _, r := range rows {
				if err := yield(table.Row{ID: r.ID, Cells: r.Cells}); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if only != nil {
		t.Count = int64(len(only))
	}
	if whole {
		imports.Whole(session, s.words, s.kind, t)
	}
	return t
}
