package where

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/filter"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// group is a group of conditions being edited.
type group struct {
	mode  string // "all", "any", "none"
	items []any  // *group or *condition
}

// builder is the dialog that edits a whole filter.
type builder struct {
	host   screen.Host
	kind   *model.Kind
	root   *group
	rows   *fyne.Container
	text   *input.Completing
	count  *widget.Label
	latest *run.Latest
	ctx    context.Context
	typing bool
	wrong  error // why the text cannot be read, nil when it can
	timer  *time.Timer
	dialog *screen.Dialog
}

// Build opens the dialog with a filter, and hands the new one over; nil is all.
func Build(h screen.Host, kind *model.Kind, n filter.Node, then func(filter.Node)) {
	t := h.Words().T
	b := newBuilder(h, kind, n)
	ctx, cancel := context.WithCancel(context.Background())
	b.ctx = ctx
	b.show()
	below := container.NewVBox(input.NewLabelled(t("filter.as_text"), b.text, false, 0), b.count)
	b.dialog = &screen.Dialog{
		OwnKeys: true, // Enter is a letter in the text form
		Title:   t("filter.title"), Size: fyne.NewSize(900, 540), Closed: cancel,
		Content: container.NewBorder(nil, below, nil, nil, input.NewScroll(b.rows)),
	}
	b.dialog.Buttons = []screen.Button{
		{Label: t("button.cancel")},
		{Label: t("list.clear_filter"), Do: func() { then(nil) }},
		{Label: t("button.apply"), Primary: true, Stays: true, Do: func() { b.apply(then) }},
	}
	if x := b.firstCondition(); x != nil {
		b.dialog.Focus = x.first
	}
	h.Dialog(b.dialog)
}

func newBuilder(h screen.Host, kind *model.Kind, n filter.Node) *builder {
	b := &builder{host: h, kind: kind, rows: container.New(layout.NewCustomPaddedVBoxLayout(2)), count: widget.NewLabel(""), ctx: context.Background()}
	b.latest = run.NewLatest(field.Runner{Host: h})
	b.text = input.NewCompleting(3, b.offer)
	b.text.SetPlaceHolder(h.Words().T("filter.text_hint"))
	b.text.OnTyped = b.typed
	b.text.OnEnter = func() { b.typing = true }
	leave := b.text.OnLeave
	b.text.OnLeave = func() {
		b.typing = false
		leave()
	}
	b.root = b.groupOf(n)
	if len(b.root.items) == 0 {
		b.root.items = []any{newCondition(h, kind, filter.Cond{})}
	}
	return b
}

// apply hands the filter over, unless it cannot be read: then the text says
// where, or a field of the rows what.
func (b *builder) apply(then func(filter.Node)) {
	if b.wrong != nil {
		b.complain()
		b.host.Canvas().Focus(b.text)
		return
	}
	n, err := b.node()
	if err != nil {
		b.host.Say(b.host.Words().Error(err))
		return
	}
	b.dialog.Close()
	then(n)
}

// offer are the ways in which the text may go on, with labels.
func (b *builder) offer(text string) (int, []input.Offer) {
	reg, words := b.host.Session().Registry(), b.host.Words()
	from, list := filter.Complete(reg, b.kind.Name, text)
	var out []input.Offer
	for _, s := range list {
		o := input.Offer{Text: s.Text}
		switch {
		case s.Path != "":
			_, owner, f := Resolve(reg, b.kind, s.Path)
			if f == nil || !f.SeenBy(b.host.Session().Role) {
				continue
			}
			o.Detail = words.Field(owner, f.Name)
			if f.Type == model.Link {
				o.Detail += " ›"
			}
		case s.Of != "":
			o.Detail = words.Choice(s.Kind, s.Of, strings.Trim(s.Text, `"`))
		}
		out = append(out, o)
	}
	return from, out
}

// firstCondition is the first row that edits a condition.
func (b *builder) firstCondition() *condition {
	for g := b.root; g != nil && len(g.items) > 0; {
		switch x := g.items[0].(type) {
		case *condition:
			return x
		case *group:
			g = x
		}
	}
	return nil
}

// tell counts what the filter finds.
func (b *builder) tell(n filter.Node) {
	session, kind := b.host.Session(), b.kind.Name
	b.latest.Go(b.ctx, func(ctx context.Context) func() {
		count, err := session.Count(ctx, store.Query{Kind: kind, Where: n})
		return func() {
			if err == nil {
				b.count.SetText(b.host.Words().N("filter.finds", count))
			}
		}
	})
}

// groupOf makes a group of a node.
func (b *builder) groupOf(n filter.Node) *group {
	g := &group{mode: "all"}
	var list []filter.Node
	switch n := n.(type) {
	case nil:
		return g
	case filter.And:
		list = n
	case filter.Or:
		g.mode, list = "any", n
	case filter.Not:
		g.mode = "none"
		if or, ok := n.Node.(filter.Or); ok {
			list = or
		} else {
			list = []filter.Node{n.Node}
		}
	default:
		list = []filter.Node{n}
	}
	for _, x := range list {
		if c, ok := x.(filter.Cond); ok {
			g.items = append(g.items, newCondition(b.host, b.kind, c))
			continue
		}
		g.items = append(g.items, b.groupOf(x))
	}
	return g
}

// node is the filter that the rows say.
func (b *builder) node() (filter.Node, error) {
	n, err := b.root.node()
	if err != nil || n == nil {
		return nil, err
	}
	return n, filter.Validate(b.host.Session().Registry(), b.kind.Name, n)
}

func (g *group) node() (filter.Node, error) {
	var list []filter.Node
	for _, x := range g.items {
		var n filter.Node
		var err error
		switch x := x.(type) {
		case *group:
			n, err = x.node()
		case *condition:
			n, err = x.node()
		}
		if err != nil {
			return nil, err
		}
		if n != nil {
			list = append(list, n)
		}
	}
	switch {
	case len(list) == 0:
		return nil, nil
	case g.mode == "any" && len(list) > 1:
		return filter.Or(list), nil
	case g.mode == "none" && len(list) > 1:
		return filter.Not{Node: filter.Or(list)}, nil
	case g.mode == "none":
		return filter.Not{Node: list[0]}, nil
	case len(list) == 1:
		return list[0], nil
	}
	return filter.And(list), nil
}

// show lays the rows out anew.
func (b *builder) show() {
	b.rows.RemoveAll()
	b.add(b.root, nil, 0)
	b.rows.Refresh()
	b.write()
}

// write says the rows as text, unless the person is typing there.
func (b *builder) write() {
	if b.typing {
		return
	}
	n, err := b.node()
	if err != nil {
		return
	}
	b.text.Put(filter.Text(n))
	b.readable()
	b.tell(n)
}

// typed reads the text and shows it as rows.
func (b *builder) typed(text string) {
	n, err := filter.Parse(b.host.Session().Registry(), b.kind.Name, text)
	if err != nil {
		b.wrong = err
		if b.timer != nil {
			b.timer.Stop()
		}
		b.timer = time.AfterFunc(typingPause, func() { fyne.Do(b.complain) })
		return
	}
	b.root = b.groupOf(n)
	b.readable()
	b.rows.RemoveAll()
	b.add(b.root, nil, 0)
	b.rows.Refresh()
	b.tell(n)
}

// typingPause is how long one may think before what is written so far is
// called wrong.
const typingPause = 1200 * time.Millisecond

// complain says what is wrong with the text, and where.
func (b *builder) complain() {
	if b.wrong != nil && b.ctx.Err() == nil {
		b.text.SetProblem(b.host.Words().Error(b.wrong) + excerpt(b.text.Text, b.wrong))
	}
}

// readable takes back what was wrong.
func (b *builder) readable() {
	if b.timer != nil {
		b.timer.Stop()
	}
	b.wrong = nil
	b.text.SetProblem("")
}

// excerpt shows the place in a text where it cannot be read.
func excerpt(text string, err error) string {
	var wrong *filter.SyntaxError
	if !errors.As(err, &wrong) {
		return ""
	}
	const around = 24
	r := []rune(text)
	at := min(wrong.Position, len(r))
	from, to := max(at-around, 0), min(at+around, len(r))
	out := string(r[from:at]) + "▸" + string(r[at:to])
	if from > 0 {
		out = "…" + out
	}
	if to < len(r) {
		out += "…"
	}
	return ":  " + strings.Join(strings.Fields(out), " ")
}

// indent is how far a nested group stands to the right.
const indent = 26

func (b *builder) add(g *group, parent *group, level int) {
	t := b.host.Words().T
	mode := input.NewChoice([]input.Option{
		{Key: "all", Text: t("filter.all_of")}, {Key: "any", Text: t("filter.any_of")}, {Key: "none", Text: t("filter.none_of")},
	})
	mode.Set(g.mode)
	mode.OnChange = func() {
		g.mode = mode.Value()
		b.write()
	}
	plus := input.NewButton("+ "+t("filter.add"), func() {
		g.items = append(g.items, newCondition(b.host, b.kind, filter.Cond{}))
		b.show()
	})
	nest := input.NewButton("+ "+t("filter.add_group"), func() {
		g.items = append(g.items, &group{mode: "any", items: []any{newCondition(b.host, b.kind, filter.Cond{})}})
		b.show()
	})
	head := container.NewHBox(mode, plus, nest)
	if parent != nil {
		head.Add(b.cross(parent, g))
	}
	b.row(level, head)
	for _, x := range g.items {
		switch x := x.(type) {
		case *group:
			b.add(x, g, level+1)
		case *condition:
			x.changed = b.write
			x.hook(b.key)
			b.row(level+1, container.NewBorder(nil, nil, nil, b.cross(g, x), x.object()))
		}
	}
}

// key takes the keys that the fields of the rows have no use for.
func (b *builder) key(k *fyne.KeyEvent) bool { return b.dialog != nil && b.dialog.Typed(k) }

// cross is the button that takes an item out of its group.
func (b *builder) cross(g *group, item any) fyne.CanvasObject {
	return input.NewIconButton(theme.CancelIcon(), "", func() {
		for i, x := range g.items {
			if x == item {
				g.items = append(g.items[:i], g.items[i+1:]...)
				break
			}
		}
		b.show()
	})
}

func (b *builder) row(level int, o fyne.CanvasObject) {
	b.rows.Add(container.New(layout.NewCustomPaddedLayout(0, 0, float32(level)*indent, 0), o))
}

// ChooseField asks for a field by the tree.
func ChooseField(h screen.Host, kind *model.Kind, then func(path string)) {
	var d *screen.Dialog
	tree := NewTree(h.Session(), h.Words(), kind, func(path string) {
		d.Close()
		then(path)
	})
	tree.Rows = true
	d = &screen.Dialog{
		Title: h.Words().T("filter.field"), Content: tree.Content, Size: fyne.NewSize(420, 520), Focus: tree.Focus(), Key: tree.Typed,
		Buttons: []screen.Button{{Label: h.Words().T("button.cancel")}},
	}
	h.Dialog(d)
}

// Edit opens one condition in a small box.
func Edit(h screen.Host, kind *model.Kind, c filter.Cond, then func(filter.Cond)) {
	t := h.Words().T
	x := newCondition(h, kind, c)
	d := &screen.Dialog{Title: h.Words().Path(h.Session().Registry(), kind.Name, c.Path), Size: fyne.NewSize(640, 0)}
	d.Content = container.NewVBox(x.object())
	d.OwnKeys = true
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: func() {
		n, err := x.node()
		if err != nil {
			h.Fail(err)
			return
		}
		if got, ok := n.(filter.Cond); ok {
			d.Close()
			then(got)
		}
	}}}
	x.hook(d.Typed)
	h.Dialog(d)
	x.focus()
}

// names reads the names of the records that a filter names by id.
func names(ctx context.Context, h screen.Host, kind string, id int64) (model.Ref, error) {
	rec, err := h.Session().Get(ctx, kind, id)
	if err != nil {
		return model.Ref{}, err
	}
	k := h.Session().Registry().Kind(kind)
	return model.Ref{ID: id, Code: rec.Base().Number, Name: k.TitleOf(rec)}, nil
}

// readRef reads what a record is called; one that is gone shows nothing.
func readRef(h screen.Host, kind string, id int64, show func(r model.Ref)) {
	var ref model.Ref
	h.Background(context.Background(), func(ctx context.Context) (err error) {
		ref, err = names(ctx, h, kind, id)
		return err
	}, func(err error) {
		if err == nil {
			show(ref)
		}
	})
}

// ReadName reads the name of a record for a chip; one that is gone has none.
func ReadName(h screen.Host, kind string, id int64, show func(name string)) {
	readRef(h, kind, id, func(r model.Ref) { show(screen.RefText(r)) })
}
