// Package where lets a person say which records are wanted: fields in a tree
// of related records, conditions with the operators of their type, nested
// groups, and the same as text.
package where

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/locale"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/store"
	"ugoda/ui/input"
)

// Tree offers the fields of a kind and of the records that it refers to; where
// Rows is set, those of the rows of its parts too.
type Tree struct {
	Content fyne.CanvasObject
	Rows    bool

	session *store.Session
	words   *locale.Printer
	kind    *model.Kind
	search  *input.Entry
	choose  func(path string)
	tree    *widget.Tree
	typed   string
}

// deepest is how many links a path may go through.
const deepest = 3

// NewTree makes the tree; choose is called with the path of a field.
func NewTree(s *store.Session, words *locale.Printer, kind *model.Kind, choose func(path string)) *Tree {
	t := &Tree{session: s, words: words, kind: kind, search: input.NewEntry(), choose: choose}
	t.search.SetPlaceHolder(words.T("list.columns_search"))
	t.tree = widget.NewTree(t.children, t.branch,
		func(bool) fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TreeNodeID, _ bool, o fyne.CanvasObject) { o.(*widget.Label).SetText(t.label(id)) })
	t.tree.OnSelected = func(id widget.TreeNodeID) {
		t.tree.UnselectAll()
		if kind.PartsAt(id) != nil { // it has no value of its own
			t.tree.ToggleBranch(id)
			return
		}
		choose(id)
	}
	t.search.OnChanged = func(s string) {
		t.typed = text.Fold(s)
		t.tree.Refresh()
	}
	t.Content = container.NewBorder(t.search, nil, nil, nil, t.tree)
	return t
}

// Typed takes Enter, which chooses the first field of those found: for the
// dialog around the tree.
func (t *Tree) Typed(k *fyne.KeyEvent) bool {
	list := t.children("")
	if k.Name != fyne.KeyReturn && k.Name != fyne.KeyEnter || t.typed == "" || len(list) == 0 {
		return false
	}
	t.choose(list[0])
	return true
}

// Focus is what takes the keyboard.
func (t *Tree) Focus() fyne.Focusable { return t.search }

// kindAt is the kind whose fields stand under a path; nil when none do.
func (t *Tree) kindAt(path string) *model.Kind {
	if path == "" {
		return t.kind
	}
	if parts := t.kind.PartsAt(path); parts != nil {
		return parts[len(parts)-1].Kind
	}
	_, _, last := Resolve(t.session.Registry(), t.kind, path)
	if last == nil || last.Type != model.Link {
		return nil
	}
	return t.session.Registry().Kind(last.To)
}

func (t *Tree) branch(id widget.TreeNodeID) bool {
	return id == "" || t.typed == "" && strings.Count(id, ".") < deepest && t.kindAt(id) != nil
}

// children are the fields under a path; with something typed, a flat list of
// those whose label holds it, also of related records one link away.
func (t *Tree) children(id widget.TreeNodeID) []widget.TreeNodeID {
	k := t.kindAt(id)
	if k == nil {
		return nil
	}
	if t.typed == "" {
		return append(t.fields(id, k), t.rows(id, k)...)
	}
	if id != "" {
		return nil
	}
	var out []widget.TreeNodeID
	own := t.fields("", k)
	all := slices.Clone(own)
	for _, p := range own {
		if sub := t.kindAt(p); sub != nil {
			all = append(all, t.fields(p, sub)...)
		}
	}
	for below := t.rows("", k); len(below) > 0; below = below[1:] {
		all = append(all, t.fields(below[0], t.kindAt(below[0]))...)
		below = append(below, t.rows(below[0], t.kindAt(below[0]))...)
	}
	ranks := map[string]int{}
	for _, p := range all {
		if r := t.rank(p); r > 0 {
			ranks[p] = r
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return ranks[b] - ranks[a] })
	return out
}

// rank tells how well a field suits what is typed, by its label or its name in
// the text form: own fields before related ones, beginnings before the rest; 0
// is not at all.
func (t *Tree) rank(path string) int {
	label := text.Fold(t.full(path))
	_, last, related := strings.Cut(label, "› ")
	if !related {
		last = label
	}
	r := 0
	switch {
	case strings.HasPrefix(last, t.typed):
		r = 6
	case strings.Contains(last, " "+t.typed):
		r = 4
	case strings.Contains(label, t.typed), strings.Contains(path, t.typed):
		r = 2
	}
	if r > 0 && !related {
		r++
	}
	return r
}

func (t *Tree) fields(prefix string, k *model.Kind) []string {
	var out []string
	for _, f := range k.Fields {
		if f.Hidden || f.Type == model.Bytes || !f.SeenBy(t.session.Role) {
			continue
		}
		if prefix == "" {
			out = append(out, f.Name)
		} else {
			out = append(out, prefix+"."+f.Name)
		}
	}
	return out
}

// rows are the parts of a kind, whose rows have fields of their own.
func (t *Tree) rows(prefix string, k *model.Kind) []string {
	if !t.Rows || prefix != "" && t.kind.PartsAt(prefix) == nil {
		return nil
	}
	var out []string
	for _, p := range k.Parts {
		out = append(out, strings.TrimPrefix(prefix+"."+p.Name, "."))
	}
	return out
}

// label is the field's own label, or with something typed the whole way to it.
func (t *Tree) label(path string) string {
	if t.typed != "" {
		return t.full(path)
	}
	_, owner, f := Resolve(t.session.Registry(), t.kind, path)
	if f == nil {
		return t.full(path)
	}
	return t.words.Field(owner, f.Name)
}

func (t *Tree) full(path string) string {
	return t.words.Path(t.session.Registry(), t.kind.Name, path)
}

// Resolve finds the field at the end of a path and the kind that owns it.
func Resolve(reg *model.Registry, kind *model.Kind, path string) (fields []*model.Field, owner string, last *model.Field) {
	route, err := reg.Route(kind, path)
	if err != nil {
		return nil, "", nil
	}
	return route.Fields, route.Owner.Name, route.Field()
}
