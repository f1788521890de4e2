package form

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/ui/screen"
)

// Edit opens a small form over the window: a new record when id is 0. It calls
// then, if not nil, with the saved record.
func Edit(h screen.Host, kind string, id int64, fill map[string]any, then func(ref model.Ref)) {
	k := h.Session().Registry().Kind(kind)
	if k == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	screen.Read(ctx, h, func(ctx context.Context) (model.Keeper, error) {
		return load(ctx, h, k, id, fill, 0, false)
	}, func(rec model.Keeper) {
		show(ctx, cancel, h, k, rec, then)
	})
}

func show(ctx context.Context, cancel func(), h screen.Host, k *model.Kind, rec model.Keeper, then func(ref model.Ref)) {
	t := h.Words()
	session := h.Session()
	b := newBody(h, k, rec, true)
	title := t.Kind(k.Name)
	if rec.Base().ID == 0 {
		title = t.T("button.new") + ": " + title
	}
	d := &screen.Dialog{Title: title, Size: fyne.NewSize(680, 0), Content: container.NewVBox(b.content), Focus: b.first(true), Closed: cancel, OwnKeys: true}
	dup := newDuplicates(h, k, b)
	if dup != nil {
		d.Content = container.NewVBox(b.content, dup.content)
		b.changed = func(string) { dup.look() }
	}
	save := func(after func(ref model.Ref)) {
		if !b.collect() {
			return
		}
		h.Background(ctx, func(ctx context.Context) error { return session.Save(ctx, k.Name, rec) }, func(err error) {
			var problems model.Problems
			switch {
			case errors.As(err, &problems):
				b.problems(problems)
			case err != nil:
				h.Fail(err)
			default:
				d.Close()
				ref := model.Ref{ID: rec.Base().ID, Code: rec.Base().Number, Name: k.TitleOf(rec)}
				h.Saved(k.Name, ref.ID)
				h.Say(t.T("form.saved"))
				if after != nil {
					after(ref)
				}
			}
		})
	}
	d.Buttons = []screen.Button{
		{Label: t.T("button.cancel")},
		{Label: t.T("ui.form.open_whole"), Stays: true, Do: func() {
			save(func(ref model.Ref) {
				if then != nil {
					then(ref)
				}
				h.Open(screen.ToCard(k.Name, ref.ID))
			})
		}},
		{Label: t.T("button.save"), Primary: true, Stays: true, Do: func() { save(then) }},
	}
	if k.Name == "client" {
		d.Buttons = append([]screen.Button{{Label: t.T("command.paste_requisites"), Stays: true, Do: func() { pasteInto(h, b) }}}, d.Buttons...)
	}
	d.Command = func(c screen.Command) bool {
		if c == screen.Save || c == screen.SaveClose {
			save(then)
			return true
		}
		return false
	}
	b.keys = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyEscape {
			d.Close()
			return true
		}
		return false
	}
	h.Dialog(d)
}
