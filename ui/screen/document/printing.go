package document

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/service/paper"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Printing implements form.Page: what a print would leave blank is asked in
// place, and kept where it belongs.
func (p *Desk) Printing(then func()) {
	session, job := p.host.Session(), paper.Job{Kind: p.kind, ID: p.id()}
	screen.Read(p.form.Context(), p.host, func(ctx context.Context) ([]paper.Blank, error) {
		return paper.Blanks(ctx, session, job)
	}, func(list []paper.Blank) {
		var mine []paper.Blank
		for _, b := range list {
			if session.MayWrite(b.Kind) && session.Registry().Kind(b.Kind).Field(b.Field) != nil {
				mine = append(mine, b)
			}
		}
		if len(mine) == 0 { // nothing, or for somebody else to fill in
			then()
			return
		}
		a := &asking{p: p, then: then}
		a.ask(mine)
	})
}

// asking is the box that asks what a print lacks.
type asking struct {
	p      *Desk
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
	p, t := a.p, a.p.words
	intro := widget.NewLabel(t.T("proposal.missing"))
	intro.Wrapping = fyne.TextWrapWord
	box := container.NewVBox(intro)
	var of model.Ref
	for _, b := range list {
		f := p.host.Session().Registry().Kind(b.Kind).Field(b.Field)
		e := field.New(p.host, b.Kind, f)
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
	p.host.Dialog(a.dialog)
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
	p, session := a.p, a.p.host.Session()
	p.host.Background(p.form.Context(), func(ctx context.Context) error {
		_, err := session.InBatch(ctx, p.words.T("proposal.missing_title"), func(ctx context.Context, b *store.Batcher) error {
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
			p.host.Fail(err)
			return
		}
		a.dialog.Close()
		for _, k := range order {
			p.host.Saved(k.kind, k.id)
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
				x.editor.SetProblem(a.p.words.Problem(r))
				shown = true
			}
		}
	}
	return shown
}
