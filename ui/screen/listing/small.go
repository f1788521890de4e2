package listing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/model/table"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
)

// Small is a plain list of records inside another screen: the deals of a
// client on its card. Enter opens a row.
type Small struct {
	Content fyne.CanvasObject

	host     screen.Host
	kind     *model.Kind
	grid     *list.Grid
	query    store.Query
	cols     []column
	paint    painter
	ids      []int64
	rows     *run.Latest
	ctx      context.Context
	cancel   context.CancelFunc
	onChoose func(row int, id int64)
}

// NewSmall lists the records of a kind that meet a condition. Columns that say
// the same in each row can be left out.
func NewSmall(h screen.Host, kind *model.Kind, where filter.Node, without ...string) *Small {
	s := &Small{host: h, kind: kind, rows: run.NewLatest(hostRunner{h})}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	session := h.Session()
	s.cols = resolve(session.Registry(), kind, session.Role, h.Words(), slices.DeleteFunc(ordinary(kind), func(name string) bool { return slices.Contains(without, name) }))
	s.query = store.Query{Kind: kind.Name, Where: where}
	for _, c := range s.cols {
		s.query.Columns = append(s.query.Columns, c.path)
	}
	s.paint = painter{words: h.Words(), base: session.BaseCurrency(), today: session.Today()}
	s.grid = list.NewGrid(gridColumns(h.Words(), s.cols, nil), s)
	s.grid.SetEmpty(&list.Empty{Title: h.Words().T("list.empty")})
	s.grid.OnOpen = func(row int) {
		if row < 0 || row >= len(s.ids) {
			return
		}
		if s.onChoose != nil {
			s.onChoose(row, s.ids[row])
			return
		}
		key := "small." + kind.Name
		h.Neighbours(key, s.ids)
		h.Open(screen.ToCard(kind.Name, s.ids[row]).With(screen.ArgFrom, key))
	}
	s.grid.OnSort = func(order []list.SortKey) {
		s.query.Sort = nil
		for _, k := range order {
			s.query.Sort = append(s.query.Sort, store.Order{Path: k.Key, Desc: k.Desc})
		}
		s.read()
	}
	s.Content = s.grid
	s.read()
	return s
}

// Search narrows the list by a quick search.
func (s *Small) Search(text string) {
	s.query.Search = text
	s.read()
}

// Grid is the widget itself.
func (s *Small) Grid() *list.Grid { return s.grid }

// OnChoose takes Enter and double click instead of opening the record.
func (s *Small) OnChoose(f func(id int64)) {
	s.onChoose = func(_ int, id int64) { f(id) }
}

// Close drops what is being read.
func (s *Small) Close() { s.cancel() }

func (s *Small) read() {
	session, q := s.host.Session(), s.query
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]int64, error) { return session.IDs(ctx, q) }, func(ids []int64) {
		s.ids = ids
		s.grid.Reset()
		if len(ids) > 0 {
			s.grid.Select(0, list.Range{From: 0, To: 1})
		}
	})
}

// Len implements list.Source.
func (s *Small) Len() int { return len(s.ids) }

// Window implements list.Source.
func (s *Small) Window(from, to int) {
	to = min(to, len(s.ids))
	if from >= to {
		return
	}
	ids := s.ids[from:to]
	session, q := s.host.Session(), s.query
	s.rows.Go(s.ctx, func(ctx context.Context) func() {
		read, err := session.Rows(ctx, q, ids)
		return func() {
			if err != nil {
				s.host.Fail(err)
				return
			}
			r := source{columns: s.cols, asked: s.cols, painter: s.paint}
			rows := r.paint(read)
			s.makeRoom(rows)
			s.grid.SetRows(from, rows)
		}
	})
}

// makeRoom widens the columns of sums for the longest that are shown: what
// stands beside other things has little room, and figures are never cut.
func (s *Small) makeRoom(rows []list.Row) {
	for i, c := range s.cols {
		if !table.Number(c.field.Type) {
			continue
		}
		var wide float32
		for _, r := range rows {
			wide = max(wide, written(r.Cells[i].Text))
		}
		s.grid.Widen(c.path, wide)
	}
}

// Choose opens a list over the window to choose one record of a kind, of those
// that meet a condition; nil: of all.
func Choose(h screen.Host, kind *model.Kind, of filter.Node, then func(ref model.Ref)) {
	t := h.Words()
	small := NewSmall(h, kind, of)
	find := newFind(small, t.T("list.search"))
	var d *screen.Dialog
	take := func(id int64) {
		session := h.Session()
		screen.Read(small.ctx, h, func(ctx context.Context) (model.Keeper, error) { return session.Get(ctx, kind.Name, id) }, func(rec model.Keeper) {
			d.Close()
			then(model.Ref{ID: id, Code: rec.Base().Number, Name: kind.TitleOf(rec)})
		})
	}
	small.OnChoose(take)
	d = &screen.Dialog{
		OwnKeys: true,
		Title:   t.Kinds(kind.Name), Size: fyne.NewSize(860, 540), Focus: find,
		Content: finding(find, small.Content),
		Closed:  small.Close,
		Buttons: []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("button.choose"), Primary: true, Stays: true, Do: func() {
			if row := small.grid.FocusRow(); row >= 0 && row < len(small.ids) {
				take(small.ids[row])
			}
		}}},
	}
	find.SetKeys(func(k fyne.KeyName, _ fyne.KeyModifier) bool {
		switch k {
		case fyne.KeyDown:
			h.Canvas().Focus(small.grid)
			return true
		case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyEscape:
			return d.Typed(&fyne.KeyEvent{Name: k})
		}
		return false
	})
	small.grid.OnKey = func(k *fyne.KeyEvent, _ fyne.KeyModifier) bool { return d.Typed(k) }
	h.Dialog(d)
}
