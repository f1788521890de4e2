package imports

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/spreadsheet"
	"ugoda/model"
	"ugoda/model/text"
	"ugoda/service/imports"
	"ugoda/ui/input"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// columns joins the columns of the file to fields, one line for each.
type columns struct {
	s       *Screen
	targets []imports.Target
	labels  []string
	list    *fyne.Container
	content fyne.CanvasObject
	fields  []*input.Reference
}

func newColumns(s *Screen) *columns {
	c := &columns{s: s, targets: imports.Targets(s.session.Registry(), s.kind, s.session.Role)}
	for _, t := range c.targets {
		c.labels = append(c.labels, imports.Label(s.words, s.kind, t))
	}
	c.list = container.New(layout.NewCustomPaddedVBoxLayout(1))
	head := container.New(&lineLayout{}, caption(s.words.T("import.column")), caption(s.words.T("import.values")), caption(s.words.T("import.field")))
	c.content = container.NewBorder(head, nil, nil, nil, input.NewScroll(c.list))
	return c
}

// lineLayout puts the heading, values and field of a column side by side.
type lineLayout struct{}

// MinSize is the height of a field.
func (lineLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, x := range o {
		high = max(high, x.MinSize().Height)
	}
	return fyne.NewSize(theme.Scaled(360), high)
}

// Layout gives the parts their shares.
func (lineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, share := range []float32{0.27, 0.35, 0.38} {
		w := size.Width * share
		h := min(o[i].MinSize().Height, size.Height)
		o[i].Move(fyne.NewPos(x, (size.Height-h)/2))
		o[i].Resize(fyne.NewSize(w-theme.Scaled(6), h))
		x += w
	}
}

// first is the first field, for the keyboard.
func (c *columns) first() fyne.Focusable {
	for _, f := range c.fields {
		if f.Text == "" {
			return f
		}
	}
	if len(c.fields) > 0 {
		return c.fields[0]
	}
	return nil
}

// fill shows the columns of the plan.
func (c *columns) fill() {
	s := c.s
	c.list.RemoveAll()
	c.fields = nil
	for i := range s.plan.Columns {
		x := &s.plan.Columns[i]
		name := widget.NewLabel(x.Heading)
		name.Truncation = fyne.TextTruncateEllipsis
		values := caption(strings.Join(examples(s.sheet(), x.Index, s.plan.Header+1, 3), "  ·  "))
		values.Truncation = fyne.TextTruncateEllipsis
		ref := c.field(i)
		c.fields = append(c.fields, ref)
		c.list.Add(container.New(&lineLayout{}, name, values, ref))
	}
	c.list.Refresh()
	c.follow()
}

// field chooses what a column brings.
func (c *columns) field(at int) *input.Reference {
	s, t := c.s, c.s.words.T
	ref := input.NewReference(input.ProviderFunc(c.complete), field.Runner{Host: s.host}, input.ReferenceWords{
		NotFound: func(text string) string { return t("import.no_field", "name", text) },
		Failed:   s.words.Error,
	})
	ref.PlaceHolder = t("import.not_used")
	ref.Set(c.item(s.plan.Columns[at].Field))
	ref.OnChange = func() {
		path := ""
		if i := ref.Value().ID - 1; i >= 0 && int(i) < len(c.targets) {
			path = c.targets[i].Path
		}
		s.plan.Columns[at].Field = path
		c.follow()
		s.changed()
	}
	return ref
}

func (c *columns) item(path string) input.Item {
	for i, t := range c.targets {
		if t.Path == path {
			return input.Item{ID: int64(i + 1), Text: c.labels[i]}
		}
	}
	return input.Item{}
}

// complete offers the fields whose labels have what was typed.
func (c *columns) complete(_ context.Context, typed string) ([]input.Item, error) {
	typed = text.Fold(typed)
	var begin, rest []input.Item
	for i, label := range c.labels {
		x := input.Item{ID: int64(i + 1), Text: label}
		switch folded := text.Fold(label); {
		case strings.HasPrefix(folded, typed):
			begin = append(begin, x)
		case strings.Contains(folded, typed):
			rest = append(rest, x)
		}
	}
	return append(begin, rest...), nil
}

// follow says where two columns bring the same.
func (c *columns) follow() {
	s := c.s
	for i, x := range s.plan.Columns {
		said := ""
		again := slices.IndexFunc(s.plan.Columns, func(y imports.Column) bool { return y.Field == x.Field })
		if x.Field != "" && again < i {
			if t := c.target(x.Field); t != nil && t.Part == nil && t.Field.Type != model.LongText {
				said = s.words.T("import.field_twice", "column", s.plan.Columns[again].Heading)
			}
		}
		c.fields[i].SetProblem(said)
	}
}

func (c *columns) target(path string) *imports.Target {
	for i := range c.targets {
		if c.targets[i].Path == path {
			return &c.targets[i]
		}
	}
	return nil
}

// commit reports whether the columns can be used as they stand.
func (c *columns) commit() bool {
	for _, f := range c.fields {
		if f.Problem() != "" {
			c.s.host.Say(f.Problem())
			c.s.host.Canvas().Focus(f)
			return false
		}
	}
	return true
}

// examples are the first values of a column that differ.
func examples(s *spreadsheet.Sheet, column, from, most int) []string {
	var out []string
	for row := from; row < min(len(s.Rows), from+200) && len(out) < most; row++ {
		t := strings.Join(strings.Fields(s.Cell(row, column).Shows()), " ")
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// mapping is the first step: the file, its columns and the rules at the right,
// its first rows below.
func (s *Screen) mapping() fyne.CanvasObject {
	if s.book == nil {
		return s.source.empty()
	}
	t := s.words.T
	s.source.note.Alignment = fyne.TextAlignLeading
	s.source.choose.SetPrimary(false)
	file := container.NewBorder(nil, nil, nil, container.NewHBox(s.source.choose), s.source.note)
	head := container.New(layout.NewCustomPaddedVBoxLayout(2), file, s.source.line)
	try := input.NewButton(t("import.try")+"  ▸", s.try).Primary()
	foot := input.NewToolbar(s.source.remembered(), nil, try)
	middle := container.New(&sides{right: 330}, boxed(s.columns.content), boxed(s.rules.content))
	body := container.New(&stack{share: 0.62}, middle, boxed(s.preview.grid))
	return container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), container.NewBorder(head, foot, nil, nil, body))
}

// remembered says that the columns are as they were the last time.
func (x *source) remembered() fyne.CanvasObject {
	if !x.last {
		return caption("")
	}
	return caption(x.s.words.T("import.remembered"))
}

// boxed puts content on a surface with an edge.
func boxed(o fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(theme.Color(theme.Surface))
	back.StrokeColor, back.StrokeWidth = theme.Color(theme.Line), 1
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(2, 2, 4, 2), o))
}

// sides gives the second of two objects a width at the right, the first the rest.
type sides struct{ right float32 }

// MinSize is for Fyne.
func (l *sides) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+theme.Scaled(l.right), max(o[0].MinSize().Height, theme.Scaled(120)))
}

// Layout is for Fyne.
func (l *sides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Scaled(6)
	w := min(theme.Scaled(l.right), size.Width*0.45)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width-w-gap, size.Height))
	o[1].Move(fyne.NewPos(size.Width-w, 0))
	o[1].Resize(fyne.NewSize(w, size.Height))
}

// stack gives the first of two objects a share of the height, the second the rest.
type stack struct{ share float32 }

// MinSize is for Fyne.
func (l *stack) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(o[0].MinSize().Width, o[1].MinSize().Width), theme.Scaled(240))
}

// Layout is for Fyne.
func (l *stack) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Scaled(6)
	high := (size.Height - gap) * l.share
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, high))
	o[1].Move(fyne.NewPos(0, high+gap))
	o[1].Resize(fyne.NewSize(size.Width, size.Height-high-gap))
}
