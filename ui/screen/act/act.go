// Package act carries out the actions of records from the window: it asks what
// an action asks, and follows up what comes of it.
package act

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/store"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// Ask asks what an action asks in a small box, filled with what is known, and
// hands over the answers. An action that asks nothing goes on at once.
func Ask(h screen.Host, kind string, a *model.Action, known model.Answers, then func(model.Answers)) {
	if len(a.Asks) == 0 {
		then(model.Answers{})
		return
	}
	t := h.Words()
	editors := make([]*field.Editor, len(a.Asks))
	for i, ask := range a.Asks {
		f := asked(h, kind, ask)
		editors[i] = field.New(h, kind, f)
		if v, ok := known[ask.Name]; ok {
			editors[i].Set(v)
		}
	}
	note := widget.NewLabel("")
	note.Importance, note.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	note.Hide()
	d := &screen.Dialog{Title: t.Action(kind, a.Name), Content: container.NewVBox(lay(t, kind, a, editors), note), Size: fyne.NewSize(460, 0), Focus: editors[0].Focus, OwnKeys: true}
	yes := t.Action(kind, a.Name)
	if a.Name == "follow" { // what it does has been done
		yes = t.T("button.save")
	}
	d.Buttons = []screen.Button{{Label: t.T("button.cancel")}, {Label: yes, Primary: true, Stays: true, Do: func() {
		answers := model.Answers{}
		for i, ask := range a.Asks {
			if !editors[i].Commit() {
				return
			}
			v := editors[i].Value()
			if ask.Required && field.Empty(v) {
				editors[i].SetProblem(t.T("form.required"))
				h.Canvas().Focus(editors[i].Focus)
				return
			}
			if !field.Empty(v) {
				answers[ask.Name] = v
			}
		}
		d.Close()
		then(answers)
	}}}
	for _, e := range editors {
		e.SetKeys(d.Typed)
	}
	h.Dialog(d)
}

// asked is a question as a field: the kind's own one of the same name, or one
// made from what the question says.
func asked(h screen.Host, kind string, a model.Ask) *model.Field {
	f := &model.Field{Name: a.Name, Type: a.Type, To: a.To, Values: a.Values, Required: a.Required}
	if k := h.Session().Registry().Kind(kind); k != nil {
		if own := k.Field(a.Name); own != nil && own.Type == a.Type {
			f.Format = own.Format
			if len(f.Values) == 0 {
				f.Values = own.Values
			}
		}
	}
	return f
}

// Follow opens what an action leads to.
func Follow(h screen.Host, e model.Effects) {
	if e.OpenKind == "" {
		return
	}
	if e.Open.ID != 0 {
		h.Open(screen.ToCard(e.OpenKind, e.Open.ID))
		return
	}
	for _, c := range e.Create {
		if c.Kind == e.OpenKind && c.Record != nil {
			h.Open(screen.ToCard(c.Kind, c.Record.Base().ID))
			return
		}
	}
	h.Open(screen.ToNew(e.OpenKind, e.Prefill))
}

// Refusals lists the records that a bulk change left alone, and why.
func Refusals(h screen.Host, kind string, failures []store.Failure) {
	if len(failures) == 0 {
		return
	}
	t := h.Words()
	list := widget.NewList(func() int { return len(failures) }, func() fyne.CanvasObject { return widget.NewLabel("") }, func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*widget.Label).SetText(screen.RefText(failures[i].Ref) + " · " + t.Error(failures[i].Err))
	})
	list.OnSelected = func(i int) { h.Open(screen.ToCard(kind, failures[i].ID)) }
	h.Dialog(&screen.Dialog{
		Title: t.N("list.refused", int64(len(failures))), Content: list, Size: fyne.NewSize(620, 380),
		Buttons: []screen.Button{{Label: t.T("button.close"), Primary: true}},
	})
}
