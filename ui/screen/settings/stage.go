package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ugoda/model"
	"ugoda/model/deal"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// stageFields are what is asked of a stage here; its process and its place are
// known.
var stageFields = []string{"name", "kind", "probability", "expected_days", "colour", "advice", "funnel_row"}

// stageForm is the form of a stage.
type stageForm struct {
	p       *processes
	stage   *deal.Stage
	editors map[string]*field.Editor
	dialog  *screen.Dialog
}

const stageLabels = 150

// openStage shows the form of a stage, which need not be saved yet.
func (p *processes) openStage(x *deal.Stage) {
	h := p.s.Host
	t, k := h.Words(), h.Session().Registry().Kind("stage")
	f := &stageForm{p: p, stage: x, editors: map[string]*field.Editor{}}
	box := container.NewVBox()
	for _, name := range stageFields {
		d := k.Field(name)
		e := field.New(h, "stage", d)
		e.Set(d.Value(x))
		f.editors[name] = e
		box.Add(input.NewLabelledAround(t.Field("stage", name), e.Widget(), e.Object, d.Required, stageLabels))
		if name == "funnel_row" {
			box.Add(hint(t.T("settings.funnel_row_hint")))
		}
	}
	p.form = f
	f.editors["kind"].OnChange = f.follow
	title := t.Kind("stage")
	if x.ID != 0 {
		title = x.Name
	}
	f.dialog = &screen.Dialog{Title: title, Size: fyne.NewSize(600, 0), Focus: f.editors["name"].Focus, Content: box}
	f.dialog.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: t.T("button.save"), Primary: true, Stays: true, Do: f.save}}
	for _, e := range f.editors {
		e.SetKeys(f.dialog.Typed)
	}
	f.follow()
	h.Dialog(f.dialog)
}

// follow asks a probability and days only where they mean something: a won deal
// is certain, a lost one is not coming.
func (f *stageForm) follow() {
	kind, _ := f.editors["kind"].Value().(string)
	closed := kind == deal.Won || kind == deal.Lost
	f.editors["probability"].SetReadOnly(closed)
	f.editors["expected_days"].SetReadOnly(closed)
}

func (f *stageForm) save() {
	h := f.p.s.Host
	k := h.Session().Registry().Kind("stage")
	rec := *f.stage
	for _, name := range stageFields {
		e := f.editors[name]
		if !e.Commit() {
			h.Canvas().Focus(e.Focus)
			return
		}
		if err := model.Assign(k.Field(name).Ptr(&rec), e.Value()); err != nil {
			h.Fail(err)
			return
		}
	}
	session := h.Session()
	f.dialog.Enable(1, false)
	h.Background(f.p.s.Ctx, func(ctx context.Context) error { return session.Save(ctx, "stage", &rec) }, func(err error) {
		f.dialog.Enable(1, true)
		var problems model.Problems
		if errors.As(err, &problems) {
			shown := false
			for _, p := range problems {
				if e := f.editors[p.Field]; e != nil {
					e.SetProblem(h.Words().Problem(p))
					shown = true
				}
			}
			if shown {
				return
			}
		}
		if err != nil {
			h.Fail(err)
			return
		}
		f.dialog.Close()
		f.p.keep = rec.ID
		h.Saved("stage", rec.ID)
		f.p.read()
	})
}
