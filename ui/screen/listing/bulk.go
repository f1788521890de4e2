package listing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/list"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
	"ugoda/ui/theme"
)

// previewed is how many records a change shows before it is made.
const previewed = 30

// change is the dialog that gives a field of all selected records one value.
type change struct {
	s       *Screen
	ids     []int64
	fields  []*model.Field
	choose  *input.Choice
	place   *fyne.Container
	field   *model.Field
	editor  *field.Editor
	touched bool // a value was given: nothing is emptied by an Enter too many
	empty   *input.Check
	preview *list.Grid
	rows    []store.Row // the first of the records: their names and what they have now
	dialog  *screen.Dialog
}

// changeField asks a field and a value for all the selected, shows what will
// change, and changes it; all is undone as one.
func (s *Screen) changeField() {
	ids := s.chosen()
	if len(ids) == 0 || !s.mayWrite() {
		return
	}
	c := newChange(s, ids)
	s.host.Dialog(c.dialog)
}

func newChange(s *Screen, ids []int64) *change {
	t := s.words.T
	c := &change{s: s, ids: ids, fields: s.changeable(), place: container.NewStack()}
	options := make([]input.Option, len(c.fields))
	for i, f := range c.fields {
		options[i] = input.Option{Key: f.Name, Text: s.words.Field(s.kind.Name, f.Name)}
	}
	c.choose = input.NewChoice(options)
	c.choose.OnChange = c.take
	c.preview = list.NewGrid([]list.Column{
		{Key: "record", Title: s.words.Kind(s.kind.Name), Width: 250, Grow: true, NoSort: true},
		{Key: "now", Title: t("list.change_now"), Width: 150, Grow: true, NoSort: true},
		{Key: "then", Title: t("list.change_then"), Width: 150, Grow: true, NoSort: true},
	}, c)
	c.empty = input.NewCheck(t("list.change_empty"), func(yes bool) {
		c.editor.SetReadOnly(yes)
		c.show()
	})
	fields := container.NewVBox(input.NewLabelled(t("filter.field"), c.choose, false, bulkLabels), c.place)
	c.dialog = &screen.Dialog{
		Title: t("list.change_field_of") + " · " + s.words.N("list.selected", int64(len(ids))), Size: fyne.NewSize(640, 460), Focus: c.choose,
		Content: container.NewBorder(fields, nil, nil, nil, c.preview),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: c.apply}},
	}
	if len(c.fields) > 0 {
		c.choose.Set(c.fields[0].Name)
		c.take()
	}
	return c
}

// bulkLabels is the width of the labels at zoom 100.
const bulkLabels = 90

// take takes the field that is chosen.
func (c *change) take() {
	for _, f := range c.fields {
		if f.Name != c.choose.Value() {
			continue
		}
		c.field, c.touched = f, false
		c.editor = field.New(c.s.host, c.s.kind.Name, f)
		c.editor.OnChange = func() {
			c.touched = true
			c.show()
		}
		c.empty.Set(false)
		value := c.editor.Object
		if f.Type != model.Bool && !f.Required {
			value = container.NewBorder(nil, nil, nil, c.empty, value)
		}
		c.place.Objects = []fyne.CanvasObject{input.NewLabelledAround(c.s.words.T("list.change_value"), c.editor.Widget(), value, f.Required, bulkLabels)}
		c.place.Refresh()
		screen.Catch(c.place, c.dialog.Typed)
		c.read()
	}
}

// read reads what the first of the records have in the field now.
func (c *change) read() {
	s, f := c.s, c.field
	session, q := s.host.Session(), s.query()
	q.Columns = append(append([]string{}, s.kind.Title...), f.Name)
	if s.kind.Series != "" {
		q.Columns = append([]string{"number"}, q.Columns...)
	}
	first := c.ids[:min(len(c.ids), previewed)]
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]store.Row, error) {
		return session.Rows(ctx, q, first)
	}, func(rows []store.Row) {
		if f == c.field {
			c.rows = rows
			c.show()
		}
	})
}

// show shows what each record has, and what it will have.
func (c *change) show() { c.preview.Invalidate() }

// Len implements list.Source.
func (c *change) Len() int { return len(c.rows) }

// Window implements list.Source.
func (c *change) Window(from, to int) {
	s := c.s
	words := func(v any) string {
		if text := field.Text(s.host, s.kind.Name, c.field, v); text != "" && !field.Empty(v) {
			return text
		}
		return s.words.T("word.empty")
	}
	then := words(c.value())
	out := make([]list.Row, 0, to-from)
	for _, r := range c.rows[from:min(to, len(c.rows))] {
		name, last := "", len(r.Cells)-1
		for _, v := range r.Cells[:last] {
			if text, _ := v.(string); text != "" {
				name += text + " "
			}
		}
		next := list.Cell{Text: then, Tone: theme.Green, Bold: true}
		now := list.Cell{Text: words(r.Cells[last])}
		switch {
		case !c.touched && !c.empty.Value() && c.field.Type != model.Bool:
			next = list.Cell{}
		case now.Text == then:
			next = list.Cell{Text: then, Tone: theme.Muted} // stays as it is
		}
		out = append(out, list.Row{ID: r.ID, Cells: []list.Cell{{Text: name}, now, next}})
	}
	c.preview.SetRows(from, out)
}

// value is what all records will have.
func (c *change) value() any {
	if c.empty.Value() {
		return nil
	}
	return c.editor.Value()
}

// apply makes the change.
func (c *change) apply() {
	if c.editor == nil {
		return
	}
	if !c.empty.Value() && (!c.editor.Commit() || !c.touched && c.field.Type != model.Bool) {
		c.s.host.Canvas().Focus(c.editor.Focus)
		return
	}
	s, ids, name, value := c.s, c.ids, c.field.Name, c.value()
	c.dialog.Close()
	s.bulk(s.words.T("list.change_field_of"), "list.changed", func(ctx context.Context, session *store.Session) (store.Batch, []store.Failure, error) {
		return session.SetField(ctx, s.kind.Name, ids, name, value)
	})
}
