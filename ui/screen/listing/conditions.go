package listing

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/where"
	uitheme "ugoda/ui/theme"
)

// conditions are the conditions of the list as chips, and the quick search.
type conditions struct {
	s         *Screen
	find      *input.Entry
	searchBox fyne.CanvasObject
	names     map[filter.ID]string
	timer     *time.Timer
	row       []fyne.CanvasObject // as last made, so that a chip keeps the keyboard
	rowFor    string
}

func newConditions(s *Screen) *conditions {
	c := &conditions{s: s, find: input.NewEntry(), names: map[filter.ID]string{}}
	c.find.SetPlaceHolder(s.words.T("list.search"))
	c.find.OnChanged = func(string) { c.searchSoon() }
	c.find.SetKeys(func(k fyne.KeyName, mod fyne.KeyModifier) bool {
		switch {
		case k == fyne.KeyEscape:
			if c.find.Text != "" {
				c.find.SetText("")
			}
			s.focusRows()
		case k == fyne.KeyReturn || k == fyne.KeyEnter || k == fyne.KeyDown:
			c.search()
			s.focusRows()
		default:
			return mod == 0 && s.Key(&fyne.KeyEvent{Name: k})
		}
		return true
	})
	c.searchBox = container.NewGridWrap(fyne.NewSize(uitheme.Scaled(220), uitheme.Row()), c.find)
	return c
}

// searchPause is how long the list waits for the next letter.
const searchPause = 220 * time.Millisecond

func (c *conditions) searchSoon() {
	if c.timer != nil {
		c.timer.Stop()
	}
	if c.s.host.Window() == nil {
		c.search()
		return
	}
	c.timer = time.AfterFunc(searchPause, func() { fyne.Do(c.search) })
}

func (c *conditions) search() {
	if c.timer != nil {
		c.timer.Stop()
	}
	if c.s.ctx.Err() == nil && c.find.Text != c.s.search {
		c.s.search = c.find.Text
		c.s.reload(true)
	}
}

// begin starts a quick search with a letter typed in the grid.
func (c *conditions) begin(r rune) {
	c.s.host.Canvas().Focus(c.find)
	c.find.SetText(string(r))
	c.find.CursorColumn = 1
	c.find.Refresh()
}

// parts are the conditions that stand as chips.
func parts(n filter.Node) []filter.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case filter.And:
		return n
	}
	return []filter.Node{n}
}

// join makes one filter of chips again.
func join(list []filter.Node) filter.Node {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return filter.And(list)
}

// objects are the chips, what adds one, and at the right what opens the whole filter.
func (c *conditions) objects() []fyne.CanvasObject {
	s := c.s
	if s.bin {
		return nil
	}
	made := filter.Text(s.state.where)
	for _, name := range c.names {
		if name != "" {
			made += "\x00" // a name has come
		}
	}
	if c.row != nil && made == c.rowFor {
		return c.row
	}
	var row []fyne.CanvasObject
	list := parts(s.state.where)
	for i, n := range list {
		edit := input.NewButton(shorten(s.words.Condition(s.host.Session().Registry(), s.kind.Name, n, c.name)), func() { c.edit(i) }).Framed()
		drop := input.NewIconButton(theme.CancelIcon(), "", func() {
			s.setWhere(join(slices.Delete(slices.Clone(list), i, i+1)))
		})
		row = append(row, container.New(tightRow{}, edit, drop))
	}
	row = append(row, input.NewButton("+ "+s.words.T("list.add_condition"), c.add))
	// At the right, so that the whole filter can be reached when chips find no room.
	row = append(row, nil, input.NewButton(s.words.T("filter.title")+"…", c.build))
	c.row, c.rowFor = row, made
	return row
}

// tightRow stands objects side by side without a gap.
type tightRow struct{}

// MinSize is the sum of the widths.
func (tightRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, x := range o {
		m := x.MinSize()
		out = fyne.NewSize(out.Width+m.Width, max(out.Height, m.Height))
	}
	return out
}

// Layout gives each its least width.
func (tightRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, ob := range o {
		m := ob.MinSize()
		ob.Resize(fyne.NewSize(m.Width, size.Height))
		ob.Move(fyne.NewPos(x, 0))
		x += m.Width
	}
}

// name is the name of a record that a condition names by its id; it is read in
// the background and the chips are drawn again.
func (c *conditions) name(kind string, id int64) string {
	key := filter.ID(id)
	if n, ok := c.names[key]; ok {
		return n
	}
	c.names[key] = ""
	where.ReadName(c.s.host, kind, id, func(name string) {
		c.names[key] = name
		c.s.showHead()
	})
	return c.names[key]
}

// edit opens one chip: a condition in a small box, a group in the builder.
func (c *conditions) edit(i int) {
	s := c.s
	list := slices.Clone(parts(s.state.where))
	if cond, ok := list[i].(filter.Cond); ok {
		where.Edit(s.host, s.kind, cond, func(n filter.Cond) {
			list[i] = n
			s.setWhere(join(list))
		})
		return
	}
	c.build()
}

// add asks a field and adds a condition on it.
func (c *conditions) add() {
	s := c.s
	where.ChooseField(s.host, s.kind, func(path string) {
		where.Edit(s.host, s.kind, filter.Cond{Path: path}, func(n filter.Cond) {
			s.setWhere(and(s.state.where, n))
		})
	})
}

// build opens the whole filter.
func (c *conditions) build() {
	where.Build(c.s.host, c.s.kind, c.s.state.where, c.s.setWhere)
}

// fill are the values that a new record takes from the plain conditions of the
// list: one created under "client = Карпати-Буд" is of that client.
func (c *conditions) fill() map[string]any {
	out := map[string]any{}
	for _, n := range parts(c.s.state.where) {
		cond, ok := n.(filter.Cond)
		if !ok || cond.Op != filter.Eq || len(cond.Values) != 1 {
			continue
		}
		f := c.s.kind.Field(cond.Path)
		if f == nil || f.ReadOnly || f.Computed {
			continue
		}
		switch v := cond.Values[0].(type) {
		case filter.ID:
			if f.Type == model.Link {
				out[f.Name] = model.Ref{ID: int64(v), Name: c.names[v]}
			}
		case filter.String:
			if f.Type == model.Choice || f.Type == model.Text {
				out[f.Name] = string(v)
			}
		case filter.Bool:
			out[f.Name] = bool(v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

var _ screen.Screen = (*Screen)(nil)

// longestChip is how many letters of a condition a chip shows: one that lists
// many records would push everything else away.
const longestChip = 70

func shorten(s string) string {
	r := []rune(s)
	if len(r) <= longestChip {
		return s
	}
	return string(r[:longestChip-1]) + "…"
}
