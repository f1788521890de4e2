package listing

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// previewed is how many records a change shows before it is made.
const previewed = 8

// changeField asks a field and a value for all the selected, shows what will
// change, and changes it; all is undone as one.
func (s *Screen) changeField() {
	t := s.words.T
	ids := s.chosen()
	if len(ids) == 0 || !s.mayWrite() {
		return
	}
	fields := s.changeable()
	labels := make([]string, len(fields))
	for i, f := range fields {
		labels[i] = s.words.Field(s.kind.Name, f.Name)
	}
	place := container.NewStack()
	preview := widget.NewLabel("")
	preview.Wrapping = fyne.TextWrapWord
	var editor *field.Editor
	var chosen *model.Field
	choose := widget.NewSelect(labels, nil)
	d := &screen.Dialog{Title: t("list.change_field_of") + " · " + s.words.N("list.selected", int64(len(ids))), Size: fyne.NewSize(480, 320), Focus: choose}
	choose.OnChanged = func(string) {
		chosen = fields[choose.SelectedIndex()]
		editor = field.New(s.host, s.kind.Name, chosen)
		place.Objects = []fyne.CanvasObject{editor.Object}
		place.Refresh()
		s.previewChange(ids, chosen, preview)
		s.host.Canvas().Focus(editor.Focus)
	}
	d.Content = container.NewVBox(choose, place, preview)
	d.Buttons = []screen.Button{{Label: t("button.cancel")}, {Label: t("button.apply"), Primary: true, Stays: true, Do: func() {
		if editor == nil || !editor.Commit() {
			return
		}
		f, value := chosen, editor.Value()
		d.Close()
		s.bulk(t("list.change_field_of"), func(ctx context.Context, session *store.Session) (store.Batch, []store.Failure, error) {
			return session.SetField(ctx, s.kind.Name, ids, f.Name, value)
		})
	}}}
	s.host.Dialog(d)
}

// previewChange shows what the first of the records have in the field now.
func (s *Screen) previewChange(ids []int64, f *model.Field, to *widget.Label) {
	session, q := s.host.Session(), s.query()
	title := s.kind.Title
	q.Columns = append(append([]string{}, title...), f.Name)
	first := ids[:min(len(ids), previewed)]
	screen.Read(s.ctx, s.host, func(ctx context.Context) ([]store.Row, error) {
		return session.Rows(ctx, q, first)
	}, func(rows []store.Row) {
		text := ""
		now := column{path: f.Name, owner: s.kind.Name, field: f}
		for _, r := range rows {
			name := ""
			for i, n := range title {
				name += s.source.painter.text(column{path: n, owner: s.kind.Name, field: s.kind.Field(n)}, r.Cells[i]) + " "
			}
			value := s.source.painter.text(now, r.Cells[len(title)])
			if value == "" {
				value = s.words.T("word.empty")
			}
			text += name + "· " + value + "\n"
		}
		if len(ids) > len(rows) {
			text += "…"
		}
		to.SetText(text)
	})
}
