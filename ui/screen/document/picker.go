package document

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// picker is the window of products that stays open while lines are added:
// groups at the left, a search above the products, how many at the bottom.
type picker struct {
	p      *Desk
	dialog *screen.Dialog
	ctx    context.Context
	cancel context.CancelFunc

	groups   map[int64][]group // by parent; 0: the top
	tree     *widget.Tree
	group    int64 // 0: all
	find     *input.Entry
	grid     *list.Grid
	quantity *input.Number
	said     *widget.Label

	ids    []int64
	rows   *run.Latest
	lists  *run.Latest
	at     int // where the next line goes
	picked int // how many were added
	sort   []store.Order
}

// group is a group of products.
type group struct {
	id   int64
	name string
}

// pick opens the picker, searching for a text.
func (p *Desk) pick(text string) {
	p.grid.Cancel()
	if p.Locked() {
		return
	}
	t := p.words.T
	k := &picker{p: p, groups: map[int64][]group{}, find: input.NewEntry(), said: widget.NewLabel(""), at: p.insertAt()}
	k.ctx, k.cancel = context.WithCancel(p.form.Context())
	k.rows, k.lists = run.NewLatest(field.Runner{Host: p.host}), run.NewLatest(field.Runner{Host: p.host})
	k.find.SetPlaceHolder(t("proposal.pick_search"))
	k.find.SetText(text)
	k.find.OnChanged = func(string) { k.read() }
	k.find.SetKeys(k.findKey)
	k.quantity = input.NewNumber(func(s string) (int64, error) { q, err := p.words.ParseQty(s); return negative(int64(q), err) }, func(v int64) string { return p.words.Qty(model.Qty(v)) }, p.words.Error)
	k.quantity.Set(1000)
	k.quantity.SetKeys(k.quantityKey)
	k.grid = list.NewGrid(k.columns(), k)
	k.grid.SetEmpty(&list.Empty{Title: t("proposal.pick_none")})
	k.grid.OnOpen = k.add
	k.grid.OnKey = k.gridKey
	k.grid.OnRune = k.gridRune
	k.grid.OnSort = func(order []list.SortKey) {
		k.sort = nil
		for _, o := range order {
			k.sort = append(k.sort, store.Order{Path: o.Key, Desc: o.Desc})
		}
		k.read()
	}
	k.makeTree()
	split := container.NewHSplit(k.tree, container.NewBorder(k.find, nil, nil, nil, k.grid))
	split.Offset = 0.22
	foot := container.NewBorder(nil, nil, container.NewHBox(widget.NewLabel(t("proposal.pick_quantity")), container.NewGridWrap(fyne.NewSize(theme.Scaled(90), theme.Row()), k.quantity)), nil, k.said)
	k.dialog = &screen.Dialog{
		Title: t("proposal.pick"), Size: fyne.NewSize(1000, 560), Focus: k.find, OwnKeys: true,
		Content: container.NewBorder(nil, foot, nil, nil, split),
		Buttons: []screen.Button{
			{Label: t("button.close")},
			{Label: t("proposal.pick_add"), Primary: true, Stays: true, Do: func() { k.add(k.grid.FocusRow()) }},
		},
		Closed: func() {
			k.cancel()
			p.host.Canvas().Focus(p.grid)
		},
	}
	k.say()
	p.host.Dialog(k.dialog)
	k.readGroups()
	k.read()
}

// insertAt is where picked lines go: behind the line with the cursor.
func (p *Desk) insertAt() int {
	n, row := len(p.variant().Lines), p.grid.Row()
	if line := p.line(); line < n && p.variant().Lines[line].Empty() {
		return line
	} else if line < n {
		return p.sheet.before(row + 1)
	}
	return n
}

func (k *picker) columns() []list.Column {
	t := k.p.words.T
	return []list.Column{
		{Key: "article", Title: t("proposal.col.article"), Width: 90},
		{Key: "name", Title: t("proposal.col.product"), Width: 260, Grow: true},
		{Key: "unit", Title: t("proposal.col.unit"), Width: 56, NoSort: true},
		{Key: "price", Title: t("proposal.col.price"), Width: 120, Align: list.Right},
		{Key: "here", Title: t("proposal.pick_here"), Width: 96, Align: list.Right, NoSort: true},
	}
}

// makeTree shows the groups; choosing one narrows the products to it and all
// below it.
func (k *picker) makeTree() {
	name := func(id int64) string {
		for _, of := range k.groups {
			for _, g := range of {
				if g.id == id {
					return g.name
				}
			}
		}
		return k.p.words.T("proposal.pick_all_groups")
	}
	number := func(id widget.TreeNodeID) int64 {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return 0
		}
		return n
	}
	k.tree = widget.NewTree(func(id widget.TreeNodeID) []widget.TreeNodeID {
		var out []widget.TreeNodeID
		if id == "" {
			out = append(out, "0")
		}
		if id == "0" {
			return nil
		}
		for _, g := range k.groups[number(id)] {
			out = append(out, fmt.Sprint(g.id))
		}
		return out
	}, func(id widget.TreeNodeID) bool { return id == "" || id != "0" && len(k.groups[number(id)]) > 0 },
		func(bool) fyne.CanvasObject {
			l := widget.NewLabel("")
			l.Truncation = fyne.TextTruncateEllipsis
			return l
		},
		func(id widget.TreeNodeID, _ bool, o fyne.CanvasObject) { o.(*widget.Label).SetText(name(number(id))) })
	k.tree.OnSelected = func(id widget.TreeNodeID) {
		if g := number(id); g != k.group {
			k.group = g
			k.read()
		}
	}
}

func (k *picker) readGroups() {
	session := k.p.host.Session()
	screen.Read(k.ctx, k.p.host, func(ctx context.Context) (map[int64][]group, error) {
		rows, err := session.Page(ctx, store.Query{Kind: "product-group", Columns: []string{"name", "parent"}, Sort: []store.Order{{Path: "name"}}})
		out := map[int64][]group{}
		for _, r := range rows {
			name, _ := r.Cells[0].(string)
			parent, _ := r.Cells[1].(model.Ref)
			out[parent.ID] = append(out[parent.ID], group{r.ID, name})
		}
		return out, err
	}, func(groups map[int64][]group) {
		k.groups = groups
		k.tree.OpenAllBranches()
		k.tree.Refresh()
	})
}

func (k *picker) query() store.Query {
	where := filter.And{filter.Cond{Path: "active", Op: filter.Eq, Values: []filter.Value{filter.Bool(true)}}}
	if k.group != 0 {
		where = append(where, filter.Cond{Path: "group", Op: filter.Under, Values: []filter.Value{filter.ID(k.group)}})
	}
	return store.Query{Kind: "product", Where: where, Search: k.find.Text, Columns: []string{"article", "name", "unit", "price", "number"}, Sort: k.sort}
}

// read finds the products that are wanted now.
func (k *picker) read() {
	session, q := k.p.host.Session(), k.query()
	k.lists.Go(k.ctx, func(ctx context.Context) func() {
		ids, err := session.IDs(ctx, q)
		return func() {
			if err != nil {
				k.p.host.Fail(err)
				return
			}
			k.ids = ids
			k.grid.Reset()
			if len(ids) > 0 {
				k.grid.Select(0, list.Range{From: 0, To: 1})
			}
		}
	})
}

// Len implements list.Source.
func (k *picker) Len() int { return len(k.ids) }

// Window implements list.Source.
func (k *picker) Window(from, to int) {
	to = min(to, len(k.ids))
	if from >= to {
		return
	}
	ids := slices.Clone(k.ids[from:to])
	session, q := k.p.host.Session(), k.query()
	k.rows.Go(k.ctx, func(ctx context.Context) func() {
		read, err := session.Rows(ctx, q, ids)
		return func() {
			if err != nil {
				k.p.host.Fail(err)
				return
			}
			rows := make([]list.Row, len(read))
			for i, r := range read {
				rows[i] = k.paint(r)
			}
			k.grid.SetRows(from, rows)
		}
	})
}

func (k *picker) paint(r store.Row) list.Row {
	w := k.p.words
	article, _ := r.Cells[0].(string)
	name, _ := r.Cells[1].(string)
	unit, _ := r.Cells[2].(model.Ref)
	price, _ := r.Cells[3].(model.Money)
	number, _ := r.Cells[4].(string)
	here := list.Cell{}
	if q := k.here(r.ID); q != 0 {
		here = list.Cell{Text: w.Qty(q), Bold: true, Tone: theme.Green}
	}
	return list.Row{ID: r.ID, Cells: []list.Cell{{Text: orElse(article, number), Tone: theme.Muted}, {Text: name}, {Text: unit.Name}, {Text: w.Money(price)}, here}}
}

// here is how much of a product stands in the variant.
func (k *picker) here(product int64) model.Qty {
	var q model.Qty
	for _, l := range k.p.variant().Lines {
		if l.Product.ID == product {
			q += l.Quantity
		}
	}
	return q
}

// add puts the product of a row into the lines: more of it, where the picker
// put it there before.
func (k *picker) add(row int) {
	if row < 0 || row >= len(k.ids) || !k.quantity.Commit() {
		return
	}
	shown := k.grid.Row(row)
	if shown == nil {
		return
	}
	q, some := k.quantity.Value()
	if !some || q == 0 {
		q = 1000
	}
	id, name := k.ids[row], shown.Cells[1].Text
	p := k.p
	if i := k.mine(id); i >= 0 {
		p.Edit(func() { p.variant().Lines[i].Quantity += model.Qty(q) })
	} else {
		n := len(p.variant().Lines)
		p.addProducts(k.at, []added{{model.Ref{ID: id, Name: name}, model.Qty(q)}})
		if len(p.variant().Lines) > n || k.at < n {
			k.at++
		}
		k.picked++
	}
	k.quantity.Set(1000)
	k.say()
	k.grid.Invalidate()
	if k.p.host.Canvas().Focused() == fyne.Focusable(k.find) {
		k.find.SelectAllText()
	}
}

// mine finds the line of a product among those that the picker added last.
func (k *picker) mine(product int64) int {
	all := k.p.variant().Lines
	for i := max(k.at-k.picked, 0); i < min(k.at, len(all)); i++ {
		if all[i].Product.ID == product {
			return i
		}
	}
	return -1
}

// say tells what the variant has come to.
func (k *picker) say() {
	p := k.p
	lines := 0
	for _, l := range p.variant().Lines {
		if l.Priced() && !l.Empty() {
			lines++
		}
	}
	k.said.Alignment = fyne.TextAlignTrailing
	k.said.SetText(p.words.T("proposal.pick_said", "lines", p.words.N("proposal.lines", int64(lines)), "total", p.Money(p.variant().Total)))
}

// findKey lets one add without leaving the search.
func (k *picker) findKey(key fyne.KeyName, mod fyne.KeyModifier) bool {
	switch {
	case mod != 0:
		return false
	case key == fyne.KeyDown:
		k.p.host.Canvas().Focus(k.grid)
	case key == fyne.KeyReturn, key == fyne.KeyEnter:
		k.add(max(k.grid.FocusRow(), 0))
	default:
		return k.dialog.Typed(&fyne.KeyEvent{Name: key})
	}
	return true
}

func (k *picker) gridKey(e *fyne.KeyEvent, mod fyne.KeyModifier) bool {
	if mod == 0 && e.Name == fyne.KeyUp && k.grid.FocusRow() <= 0 {
		k.p.host.Canvas().Focus(k.find)
		return true
	}
	return mod == 0 && k.dialog.Typed(e)
}

// gridRune takes a digit for the quantity, a letter for the search.
func (k *picker) gridRune(r rune) {
	to := fyne.Focusable(k.find)
	if r >= '0' && r <= '9' {
		to = k.quantity
	}
	k.p.host.Canvas().Focus(to)
	to.TypedRune(r)
}

// quantityKey adds with the quantity that was typed.
func (k *picker) quantityKey(key fyne.KeyName, mod fyne.KeyModifier) bool {
	switch {
	case mod != 0:
		return false
	case key == fyne.KeyReturn, key == fyne.KeyEnter:
		k.add(max(k.grid.FocusRow(), 0))
		k.p.host.Canvas().Focus(k.grid)
	default:
		return k.dialog.Typed(&fyne.KeyEvent{Name: key})
	}
	return true
}
