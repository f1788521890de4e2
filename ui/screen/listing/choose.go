package listing

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/model/text"
	"ugoda/ui/screen"
	"ugoda/ui/screen/where"
)

// chooseColumns asks which columns the list shows: a tree of fields at the
// left, the chosen ones in their order at the right.
func (s *Screen) chooseColumns() {
	t := s.words.T
	chosen := slices.Clone(s.state.columns)
	reg, session := s.host.Session().Registry(), s.host.Session()
	var right *widget.List
	selected := -1
	right = widget.NewList(func() int { return len(chosen) }, func() fyne.CanvasObject {
		l := widget.NewLabel("")
		l.Truncation = fyne.TextTruncateEllipsis
		return l
	}, func(i widget.ListItemID, o fyne.CanvasObject) {
		label := chosen[i]
		if c := resolve(reg, s.kind, session.Role, s.words, []string{chosen[i]}); len(c) > 0 {
			label = c[0].label
		}
		o.(*widget.Label).SetText(label)
	})
	right.OnSelected = func(i int) { selected = i }
	move := func(by int) func() {
		return func() {
			to := selected + by
			if selected < 0 || to < 0 || to >= len(chosen) {
				return
			}
			chosen[selected], chosen[to] = chosen[to], chosen[selected]
			right.Refresh()
			right.Select(to)
		}
	}
	tree := where.NewTree(session, s.words, s.kind, func(path string) {
		if !slices.Contains(chosen, path) {
			chosen = append(chosen, path)
			right.Refresh()
			right.Select(len(chosen) - 1)
		}
	})
	buttons := container.NewVBox(
		widget.NewButton("↑", move(-1)), widget.NewButton("↓", move(1)),
		widget.NewButton("×", func() {
			if selected >= 0 && selected < len(chosen) && len(chosen) > 1 {
				chosen = slices.Delete(chosen, selected, selected+1)
				right.UnselectAll()
				selected = -1
				right.Refresh()
			}
		}),
		widget.NewButton(t("button.reset"), func() {
			chosen = ordinary(s.kind)
			right.Refresh()
		}))
	split := container.NewHSplit(tree.Content, container.NewBorder(nil, nil, nil, buttons, right))
	s.host.Dialog(&screen.Dialog{
		Title: t("list.columns"), Content: split, Size: fyne.NewSize(720, 520), Focus: tree.Focus(), Key: tree.Typed,
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Do: func() { s.setColumns(chosen) }}},
	})
}

// changeable are the fields that may be changed in many records at once.
func (s *Screen) changeable() []*model.Field {
	var out []*model.Field
	for _, f := range s.kind.Fields {
		if !f.ReadOnly && !f.Computed && !f.Hidden && !f.Unique && f.Type != model.Bytes && f.SeenBy(s.host.Session().Role) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b *model.Field) int {
		return strings.Compare(text.Fold(s.words.Field(s.kind.Name, a.Name)), text.Fold(s.words.Field(s.kind.Name, b.Name)))
	})
	return out
}
