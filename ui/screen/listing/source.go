package listing

import (
	"context"
	"slices"
	"sort"

	"fyne.io/fyne/v2"

	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/run"
)

// firstPage is how many rows are read at once, before the ids of the whole
// list are known.
const firstPage = 100

// source feeds the grid: ids of all rows are read in the background, eight
// bytes each; of the rows themselves only those around what is visible.
type source struct {
	s       *Screen
	columns []column // that are shown
	asked   []column // those, and the ones that tell whether a record is finished
	mutes   bool     // finished records stand back: activities that are done
	painter painter

	parts  []part // one without a head, or one for each group
	starts []int  // row at which each part begins
	length int
	loaded bool // ids are there; until then the first page stands
	page   []store.Row
	rows   *run.Latest
	want   [2]int
}

// part is a run of rows: all of them, or those of one group.
type part struct {
	group *store.Group
	title string
	ids   []int64 // of an open group
	open  bool
}

func newSource(s *Screen) *source { return &source{s: s, rows: run.NewLatest(hostRunner{s.host})} }

// Len implements list.Source.
func (r *source) Len() int { return r.length }

// place counts the rows of the parts.
func (r *source) place() {
	r.starts = make([]int, len(r.parts))
	r.length = 0
	for i, p := range r.parts {
		r.starts[i] = r.length
		if p.group != nil {
			r.length++
		}
		r.length += len(p.ids)
	}
}

// locate finds the part of a row; index is -1 for the head of a group.
func (r *source) locate(row int) (p *part, index int) {
	i := sort.Search(len(r.starts), func(i int) bool { return r.starts[i] > row }) - 1
	if i < 0 {
		return nil, -1
	}
	p = &r.parts[i]
	index = row - r.starts[i]
	if p.group != nil {
		index--
	}
	return p, index
}

// id is the record of a row, 0 for the head of a group.
func (r *source) id(row int) int64 {
	if p, i := r.locate(row); p != nil && i >= 0 && i < len(p.ids) {
		return p.ids[i]
	}
	return 0
}

// all lists the ids of every row, in their order.
func (r *source) all() []int64 {
	if len(r.parts) == 1 && r.parts[0].group == nil {
		return r.parts[0].ids
	}
	var out []int64
	for _, p := range r.parts {
		out = append(out, p.ids...)
	}
	return out
}

// load reads the list: the first page at once, the ids of all in the
// background. Without top, place and selection stay.
func (r *source) load(top bool) {
	s := r.s
	if top {
		r.rows.Cancel()
		r.parts, r.page, r.loaded = nil, nil, false
		r.place()
		s.grid.Reset()
		s.grid.SetBusy(true)
	}
	if s.state.group != "" {
		r.loadGroups(top)
		return
	}
	session, q, rowQuery := s.host.Session(), s.query(), s.rowQuery()
	s.latest.Go(s.ctx, func(ctx context.Context) func() {
		if top {
			// The ids first: computed columns must not be computed for every row that
			// is sorted.
			first := q
			first.Limit = firstPage
			ids, err := session.IDs(ctx, first)
			if err != nil {
				return func() { r.failed(err) }
			}
			page, err := session.Rows(ctx, rowQuery, ids)
			if err != nil {
				return func() { r.failed(err) }
			}
			if len(page) < firstPage {
				return func() { r.setPage(page, true) }
			}
			// Show the page, then go on to the ids.
			return func() {
				r.setPage(page, false)
				r.loadIDs(q)
			}
		}
		ids, err := session.IDs(ctx, q)
		return func() {
			if err != nil {
				r.failed(err)
				return
			}
			r.setIDs(ids)
		}
	})
}

func (r *source) loadIDs(q store.Query) {
	session := r.s.host.Session()
	r.s.latest.Go(r.s.ctx, func(ctx context.Context) func() {
		ids, err := session.IDs(ctx, q)
		return func() {
			if err != nil {
				r.failed(err)
				return
			}
			r.setIDs(ids)
		}
	})
}

func (r *source) failed(err error) {
	r.s.grid.SetBusy(false)
	r.s.host.Fail(err)
}

// setPage shows the first rows of a list.
func (r *source) setPage(page []store.Row, complete bool) {
	ids := make([]int64, len(page))
	for i, row := range page {
		ids[i] = row.ID
	}
	r.parts, r.page, r.loaded = []part{{ids: ids}}, page, complete
	r.place()
	r.s.grid.SetBusy(false)
	r.s.showEmpty()
	r.s.grid.SetRows(0, r.paint(page))
	r.s.grid.Refresh()
}

// setIDs takes the ids of the whole list and keeps the selection on the same
// records.
func (r *source) setIDs(ids []int64) {
	old, was := r.all(), r.loaded
	if was || len(old) > 0 {
		defer r.keepSelection(old)()
	}
	same := slices.Equal(old, ids)
	r.parts, r.loaded, r.page = []part{{ids: ids}}, true, nil
	r.place()
	r.s.grid.SetBusy(false)
	r.s.showEmpty()
	if was || !same && len(old) != min(len(ids), firstPage) {
		r.s.grid.Invalidate()
	}
	r.s.grid.Refresh()
}

// keepSelection remembers which records are selected; the function that it
// gives selects them again in the list as it is then.
func (r *source) keepSelection(old []int64) func() {
	g := r.s.grid
	sel := g.Selected()
	focus := r.id(g.FocusRow())
	at := g.FocusRow()
	if sel.Count() == 0 && focus == 0 {
		return func() {}
	}
	everything := sel.Count() == len(old) && len(old) > 1
	chosen := map[int64]bool{}
	if !everything {
		for row := range sel.All() {
			if id := r.id(row); id != 0 {
				chosen[id] = true
			}
		}
	}
	return func() {
		if everything {
			g.Select(g.FocusRow(), list.Range{From: 0, To: r.length})
			return
		}
		var ranges list.Ranges
		row := -1
		for i, p := range r.parts {
			start := r.starts[i]
			if p.group != nil {
				start++
			}
			for j, id := range p.ids {
				if chosen[id] {
					ranges.Add(start+j, start+j+1)
				}
				if id == focus {
					row = start + j
				}
			}
		}
		if row < 0 {
			row = min(at, r.length-1)
		}
		g.Select(row, ranges.List()...)
	}
}

// again reads the visible rows anew.
func (r *source) again() { r.s.grid.Invalidate() }

// Window implements list.Source.
func (r *source) Window(from, to int) {
	to = min(to, r.length)
	if from >= to {
		return
	}
	r.want = [2]int{from, to}
	if r.page != nil && to <= len(r.page) {
		r.s.grid.SetRows(from, r.paint(r.page[from:to]))
		return
	}
	if !r.loaded {
		return // the ids are on their way, and with them the question comes again
	}
	rows := make([]list.Row, to-from)
	var ids []int64
	var places []int
	for i := range rows {
		p, index := r.locate(from + i)
		if p == nil {
			continue
		}
		if index < 0 {
			rows[i] = r.head(p)
			continue
		}
		ids = append(ids, p.ids[index])
		places = append(places, i)
	}
	session, q := r.s.host.Session(), r.s.rowQuery()
	r.rows.Go(r.s.ctx, func(ctx context.Context) func() {
		read, err := session.Rows(ctx, q, ids)
		return func() {
			if err != nil {
				r.failed(err)
				return
			}
			painted := r.paint(read)
			for i, place := range places {
				rows[place] = list.Row{ID: ids[i], Muted: true, Cells: make([]list.Cell, len(r.columns))}
			}
			at := 0
			for _, row := range painted { // rows that vanished meanwhile stay empty until the ids are read anew
				for at < len(ids) && ids[at] != row.ID {
					at++
				}
				if at < len(ids) {
					rows[places[at]] = row
				}
			}
			r.s.grid.SetRows(from, rows)
		}
	})
}

// paint turns what was read into rows of the grid.
func (r *source) paint(rows []store.Row) []list.Row {
	out := make([]list.Row, len(rows))
	for i, row := range rows {
		paint := r.painter
		for j, c := range r.asked {
			paint.over = paint.over || j < len(row.Cells) && finished(c, row.Cells[j])
		}
		var mark fyne.ThemeColorName
		for j, c := range r.asked {
			if j < len(row.Cells) {
				mark = graver(mark, paint.mark(c, row.Cells[j]))
			}
		}
		cells := make([]list.Cell, len(r.columns))
		for j, c := range r.columns {
			if j < len(row.Cells) {
				cells[j] = paint.cell(c, row.Cells[j])
			}
		}
		out[i] = list.Row{ID: row.ID, Cells: cells, Mark: mark, Muted: paint.over && r.mutes}
	}
	return out
}

// and joins conditions.
func and(a, b filter.Node) filter.Node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	if list, ok := a.(filter.And); ok {
		return append(slices.Clone(list), b)
	}
	return filter.And{a, b}
}
