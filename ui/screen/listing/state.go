package listing

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/list"
	"ugoda/ui/screen"
)

// state is what a list shows and how: the part of it that a saved filter keeps.
type state struct {
	where   filter.Node
	columns []string
	widths  map[string]float32
	sort    []store.Order
	group   string
}

// kept is what is remembered of a list for its user, without any saved filter.
type kept struct {
	Columns []string           `json:"columns,omitempty"`
	Widths  map[string]float32 `json:"widths,omitempty"`
	Sort    []store.Order      `json:"sort,omitempty"`
	Group   string             `json:"group,omitempty"`
	Pane    bool               `json:"pane,omitempty"`
}

func preference(kind string) string { return "list." + kind }

func parseKept(text string) kept {
	var k kept
	if text == "" {
		return k
	}
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		slog.Warn("read the kept look of a list", "error", err)
	}
	return k
}

// ordinaryState is the list without a saved filter, as its user left it.
func (s *Screen) ordinaryState(k kept) state {
	st := state{columns: k.Columns, widths: k.Widths, sort: k.Sort, group: k.Group}
	if len(st.columns) == 0 {
		st.columns = ordinary(s.kind)
	}
	if st.widths == nil {
		st.widths = map[string]float32{}
	}
	if k.Pane != s.pane.shown {
		s.pane.shown = k.Pane
		s.placePane()
	}
	return st
}

// keepState remembers columns, widths, sort and grouping, a little later: a
// person who drags a column changes it many times.
func (s *Screen) keepState() {
	if s.view != nil || s.bin {
		s.showHead() // a saved filter is saved by its button only
		return
	}
	if s.clock != nil {
		s.clock.Stop()
	}
	if s.host.Window() == nil {
		s.writeState()
		return
	}
	s.clock = time.AfterFunc(700*time.Millisecond, func() { fyne.Do(s.writeState) })
}

func (s *Screen) writeState() {
	k := kept{Columns: s.state.columns, Widths: s.state.widths, Sort: s.state.sort, Group: s.state.group, Pane: s.pane.shown}
	text, err := json.Marshal(k)
	if err != nil {
		s.host.Fail(err)
		return
	}
	session, key := s.host.Session(), preference(s.kind.Name)
	s.host.Background(s.ctx, func(ctx context.Context) error {
		return session.SetPreference(ctx, key, string(text))
	}, s.host.Fail)
}

// useView shows a saved filter.
func (s *Screen) useView(v *store.View) {
	n, err := parseWhere(s.host.Session().Registry(), s.kind.Name, v.Where)
	if err != nil {
		s.host.Fail(err)
		return
	}
	s.view = v
	s.state = viewState(v, n, s.kind)
	s.apply()
}

func viewState(v *store.View, where filter.Node, kind *model.Kind) state {
	st := state{where: where, columns: slices.Clone(v.Columns), widths: map[string]float32{}, sort: slices.Clone(v.Sort), group: v.GroupBy}
	for k, w := range v.Widths {
		st.widths[k] = w
	}
	if len(st.columns) == 0 {
		st.columns = ordinary(kind)
	}
	return st
}

func parseWhere(reg *model.Registry, kind, text string) (filter.Node, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	return filter.Parse(reg, kind, text)
}

// useAll shows the list without a saved filter.
func (s *Screen) useAll() {
	session, kind := s.host.Session(), s.kind.Name
	screen.Read(s.ctx, s.host, func(ctx context.Context) (string, error) {
		return session.Preference(ctx, preference(kind))
	}, func(text string) {
		s.view = nil
		s.address = screen.Address{Screen: s.address.Screen, Kind: s.address.Kind}
		s.state = s.ordinaryState(parseKept(text))
		s.apply()
	})
}

// altered reports that the list no longer shows what its saved filter keeps.
func (s *Screen) altered() bool {
	if s.view == nil {
		return false
	}
	columns := s.view.Columns
	if len(columns) == 0 {
		columns = ordinary(s.kind)
	}
	return filter.Text(s.state.where) != s.view.Where || !slices.Equal(s.state.columns, columns) ||
		!slices.Equal(s.state.sort, s.view.Sort) || s.state.group != s.view.GroupBy
}

// setWhere puts another filter on the list.
func (s *Screen) setWhere(n filter.Node) {
	s.state.where = n
	s.showHead()
	s.reload(true)
	s.host.Retitle(s)
}

// sorted takes the order that a person clicked.
func (s *Screen) sorted(order []list.SortKey) {
	s.state.sort = nil
	for _, k := range order {
		s.state.sort = append(s.state.sort, store.Order{Path: k.Key, Desc: k.Desc})
	}
	s.keepState()
	s.reload(true)
}

// showSort marks the order in the heads.
func (s *Screen) showSort() {
	order := s.state.sort
	if len(order) == 0 && s.kind.Sort != "" {
		path, desc := strings.CutPrefix(s.kind.Sort, "-")
		order = []store.Order{{Path: path, Desc: desc}}
	}
	var keys []list.SortKey
	for _, o := range order {
		keys = append(keys, list.SortKey{Key: o.Path, Desc: o.Desc})
	}
	s.grid.SetSort(keys)
}

// columnsMoved takes order and widths that a person dragged.
func (s *Screen) columnsMoved(cols []list.Column) {
	order := make([]string, 0, len(cols))
	for _, c := range cols {
		order = append(order, c.Key)
		if c.ByHand {
			s.state.widths[c.Key] = c.Width
		}
	}
	if !slices.Equal(order, s.state.columns) {
		// The cells of rows keep the order that the columns were set in; the base
		// is asked in the new one from now on.
		s.state.columns = order
		s.setShown(resolve(s.host.Session().Registry(), s.kind, s.host.Session().Role, s.words, order))
		s.grid.SetColumns(gridColumns(s.words, s.source.columns, s.state.widths))
		s.source.again()
	}
	s.keepState()
}

// setColumns shows other columns.
func (s *Screen) setColumns(paths []string) {
	s.state.columns = paths
	s.keepState()
	s.apply()
}

// setGroup groups the list by a column, or not at all.
func (s *Screen) setGroup(path string) {
	s.state.group = path
	s.keepState()
	s.reload(true)
}
