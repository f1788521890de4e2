package listing

import (
	"context"
	"strconv"
	"time"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/span"
	"ugoda/store"
	"ugoda/ui/list"
)

// loadGroups reads the groups of a list; those that were open stay open.
func (r *source) loadGroups(top bool) {
	s := r.s
	session, q, by := s.host.Session(), s.query(), s.state.group
	open := map[string]bool{}
	if !top {
		for _, p := range r.parts {
			if p.open {
				open[p.title] = true
			}
		}
	}
	path, unit := span.CutBy(by)
	cols := resolve(session.Registry(), s.kind, session.Role, s.words, []string{path})
	if len(cols) == 0 || unit != span.OfDays && !dated(cols[0].field) {
		s.state.group = ""
		r.load(top)
		return
	}
	s.latest.Go(s.ctx, func(ctx context.Context) func() {
		groups, err := session.Groups(ctx, q, by)
		if err != nil {
			return func() { r.failed(err) }
		}
		parts := make([]part, len(groups))
		for i := range groups {
			title := r.groupTitle(cols[0], &groups[i], unit)
			if title == "" {
				title = s.words.T("word.empty")
			}
			parts[i] = part{group: &groups[i], title: title, open: open[title]}
			if parts[i].open {
				in := q
				in.Where = and(q.Where, inGroup(path, &groups[i]))
				if parts[i].ids, err = session.IDs(ctx, in); err != nil {
					return func() { r.failed(err) }
				}
			}
		}
		return func() {
			again := r.keepSelection(r.all())
			r.parts, r.page, r.loaded = parts, nil, true
			r.place()
			s.grid.SetBusy(false)
			s.showEmpty()
			s.grid.Invalidate()
			again()
		}
	})
}

// toggle opens or closes the group whose head stands in a row.
func (r *source) toggle(row int) {
	p, index := r.locate(row)
	if p == nil || index >= 0 {
		return
	}
	if p.open {
		p.open, p.ids = false, nil
		r.place()
		r.s.grid.Invalidate()
		return
	}
	session, q, title := r.s.host.Session(), r.s.query(), p.title
	path, _ := span.CutBy(r.s.state.group)
	q.Where = and(q.Where, inGroup(path, p.group))
	r.s.latest.Go(r.s.ctx, func(ctx context.Context) func() {
		ids, err := session.IDs(ctx, q)
		return func() {
			if err != nil {
				r.failed(err)
				return
			}
			for i := range r.parts {
				if r.parts[i].title == title {
					r.parts[i].open, r.parts[i].ids = true, ids
				}
			}
			r.place()
			r.s.grid.Invalidate()
		}
	})
}

// head is the row of a group: its value, how many, and its sums.
func (r *source) head(p *part) list.Row {
	row := list.Row{
		Cells: make([]list.Cell, len(r.columns)),
		Group: &list.Group{Title: p.title, Count: r.s.words.Int(p.group.Count), Closed: !p.open},
	}
	for i, c := range r.columns {
		if v, ok := p.group.Sums[c.path]; ok {
			row.Cells[i] = list.Cell{Text: r.painter.text(c, v), Bold: true}
		}
	}
	return row
}

// dated reports that a field has days, or moments, which are of a day.
func dated(f *model.Field) bool { return f.Type == model.Days || f.Type == model.Moment }

// inGroup is the condition on the records of a group.
func inGroup(path string, g *store.Group) filter.Node {
	if g.Days.From == 0 {
		return equals(path, g.Value)
	}
	return filter.Cond{Path: path, Op: filter.Between, Values: []filter.Value{filter.Date(g.Days.From), filter.Date(g.Days.To)}}
}

// groupTitle is what stands in the head of a group.
func (r *source) groupTitle(c column, g *store.Group, unit span.Unit) string {
	if g.Days.From != 0 {
		return unitTitle(r.s.words, g.Days.From, unit)
	}
	return r.painter.text(c, g.Value)
}

// unitTitle names a day, a month, a quarter or a year.
func unitTitle(t *locale.Printer, d model.Day, unit span.Unit) string {
	year := d.Time().Format("2006")
	switch unit {
	case span.OfDays:
		return t.Day(d)
	case span.OfQuarters:
		n := (int(d.Time().Month())-1)/3 + 1
		return t.T("list.quarter."+strconv.Itoa(n), "year", year)
	case span.OfYears:
		return year
	}
	return upperFirst(t.MonthOfYear(d))
}

// valueKey is a value of a group by which a map finds it.
func valueKey(v any, unit span.Unit) any {
	switch v := v.(type) {
	case model.Ref:
		return v.ID
	case time.Time:
		return unit.Of(model.DayOf(v.Local())).From
	case model.Day:
		return unit.Of(v).From
	case string, int64, bool, model.Money, model.Qty, model.Percent, model.Rate:
		return v
	}
	return nil
}

// openAll opens every group: one question gives the records of all.
func (r *source) openAll() {
	s := r.s
	if s.state.group == "" || !r.loaded {
		return
	}
	path, unit := span.CutBy(s.state.group)
	session, q := s.host.Session(), s.query()
	q.Columns = []string{path}
	s.grid.SetBusy(true)
	s.latest.Go(s.ctx, func(ctx context.Context) func() {
		ids := map[any][]int64{}
		err := session.Each(ctx, q, func(row store.Row) error {
			key := valueKey(row.Cells[0], unit)
			ids[key] = append(ids[key], row.ID)
			return nil
		})
		return func() {
			s.grid.SetBusy(false)
			if err != nil {
				r.failed(err)
				return
			}
			again := r.keepSelection(r.all())
			for i := range r.parts {
				if p := &r.parts[i]; p.group != nil {
					p.ids, p.open = ids[valueKey(p.group.Value, unit)], true
				}
			}
			r.place()
			s.grid.Invalidate()
			again()
		}
	})
}

// closeAll leaves only the heads.
func (r *source) closeAll() {
	for i := range r.parts {
		if p := &r.parts[i]; p.group != nil {
			p.open, p.ids = false, nil
		}
	}
	r.place()
	r.s.grid.Reset()
	r.s.grid.Invalidate()
}
