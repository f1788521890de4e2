// Package blanks asks in place what a print would leave blank, and keeps it
// where it belongs: with the client, with our firm, with who signs.
package blanks

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Mine are the blanks that the user may fill in.
func Mine(s *store.Session, list []paper.Blank) []paper.Blank {
	var mine []paper.Blank
	for _, b := range list {
		if s.MayWrite(b.Kind) && s.Registry().Kind(b.Kind).Field(b.Field) != nil {
			mine = append(mine, b)
		}
	}
	return mine
}

// Ask asks for blanks, of which there is at least one, and goes on when they
// are filled in; at once where that is wished without.
func Ask(ctx context.Context, h screen.Host, list []paper.Blank, then func()) {
	a := &asking{ctx: ctx, h: h, then: then}
	a.ask(list)
}

// asking is the box that asks what a print lacks.
type asking struct {
	ctx    context.Context
	h      screen.Host
	then   func()
	dialog *screen.Dialog
	asked  []askedField
}

type askedField struct {
	paper.Blank
	field  *model.Field
	editor *field.Editor
}

func (a *asking) ask(list []paper.Blank) {
	h, t := a.h, a.h.Words()
	intro := widget.NewLabel(t.T("proposal.missing"))
	intro.Wrapping = fyne.TextWrapWord
	box := container.NewVBox(intro)
	var of model.Ref
	for _, b := range list {
		f := h.Session().Registry().Kind(b.Kind).Field(b.Field)
		e := field.New(h, b.Kind, f)
		if of != b.Ref {
			of = b.Ref
			box.Add(widget.NewLabelWithStyle(t.Kind(b.Kind)+": "+b.Ref.Name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		}
		box.Add(labelled(t.Field(b.Kind, b.Field), e))
		a.asked = append(a.asked, askedField{b, f, e})
	}
	a.dialog = &screen.Dialog{
		Title: t.T("proposal.missing_title"), Size: fyne.NewSize(520, 0), Content: box, Focus: a.asked[0].editor.Focus, OwnKeys: true,
		Buttons: []screen.Button{
			{Label: t.T("button.cancel")},
			{Label: t.T("proposal.missing_without"), Do: a.then},
			{Label: t.T("proposal.missing_fill"), Primary: true, Stays: true, Do: a.save},
		},
	}
	for _, x := range a.asked {
		x.editor.SetKeys(a.dialog.Typed)
	}
	h.Dialog(a.dialog)
}

// save keeps what was filled in with the records that it belongs to, all of it
// or nothing, and goes on.
func (a *asking) save() {
	type key struct {
		kind string
		id   int64
	}
	values := map[key]map[string]any{}
	var order []key
	for _, x := range a.asked {
		if !x.editor.Commit() {
			return
		}
		if field.Empty(x.editor.Value()) {
			continue
		}
		k := key{x.Kind, x.Ref.ID}
		if values[k] == nil {
			values[k] = map[string]any{}
			order = append(order, k)
		}
		values[k][x.Field] = x.editor.Value()
	}
	h, session := a.h, a.h.Session()
	h.Background(a.ctx, func(ctx context.Context) error {
		_, err := session.InBatch(ctx, h.Words().T("proposal.missing_title"), func(ctx context.Context, b *store.Batcher) error {
			for _, k := range order {
				rec, err := b.Get(ctx, k.kind, k.id)
				if err != nil {
					return err
				}
				for name, v := range values[k] {
					if err := model.Assign(session.Registry().Kind(k.kind).Field(name).Ptr(rec), v); err != nil {
						return err
					}
				}
				if err := b.Save(ctx, k.kind, rec); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	}, func(err error) {
		var refused model.Problems
		if errors.As(err, &refused) && a.show(refused) {
			return
		}
		if err != nil {
			h.Fail(err)
			return
		}
		a.dialog.Close()
		for _, k := range order {
			h.Saved(k.kind, k.id)
		}
		a.then()
	})
}

// show puts what rules refused beside the fields; false when none is here.
func (a *asking) show(refused model.Problems) bool {
	shown := false
	for _, x := range a.asked {
		for _, r := range refused {
			if r.Field == x.Field {
				x.editor.SetProblem(a.h.Words().Problem(r))
				shown = true
			}
		}
	}
	return shown
}

// labelled puts a label before the editor of a field.
func labelled(label string, e *field.Editor) fyne.CanvasObject {
	if e.Object == fyne.CanvasObject(e.Widget()) {
		return input.NewLabelled(label, e.Widget(), false, 150)
	}
	return container.NewBorder(nil, nil, widget.NewLabel(label), nil, e.Object)
}
