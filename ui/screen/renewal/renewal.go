// Package renewal offers the newer text that the program ships for a template:
// it is never taken silently, and can be taken back.
package renewal

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ugoda/model/firm"
	"ugoda/printing/docx"
	"ugoda/service/paper"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/theme"
)

// Offer is a template that may be renewed.
type Offer struct {
	ID    int64
	Name  string
	State firm.Renewal
}

// Of is the offer for a template; nothing for one of no base, and where the
// user may not change templates.
func Of(ctx context.Context, h screen.Host, id int64, name string) (Offer, error) {
	o := Offer{ID: id, Name: name}
	if id == 0 || !h.Session().MayWrite("template") {
		return o, nil
	}
	var err error
	o.State, err = paper.RenewalOf(ctx, h.Session(), id)
	return o, err
}

// Notice is a quiet line that says it, with what can be done; nil when there
// is nothing newer. An untouched template is renewed at once, a changed one
// after a look at what is new.
func Notice(ctx context.Context, h screen.Host, o Offer) fyne.CanvasObject {
	t := h.Words()
	said := "templates.renewal.changed"
	row := []fyne.CanvasObject{}
	switch o.State {
	case firm.RenewalNone:
		return nil
	case firm.RenewalReady:
		said = "templates.renewal.ready"
		row = append(row, input.NewButton(t.T("templates.renewal.take"), func() { take(ctx, h, o) }).Primary())
	}
	row = append(row,
		input.NewButton(t.T("templates.renewal.see"), func() { see(ctx, h, o) }).Framed(),
		input.NewButton(t.T("templates.renewal.keep"), func() { keep(ctx, h, o) }).Framed())
	text := widget.NewLabel(t.T(said, "name", o.Name))
	text.Wrapping = fyne.TextWrapWord
	icon := widget.NewIcon(fynetheme.NewColoredResource(fynetheme.InfoIcon(), theme.Muted))
	return container.NewBorder(nil, container.NewPadded(input.NewToolbar(row...)), container.NewPadded(icon), nil, text)
}

// take renews the template, and offers the way back.
func take(ctx context.Context, h screen.Host, o Offer) {
	session, t := h.Session(), h.Words()
	screen.Read(ctx, h, func(ctx context.Context) (int64, error) { return paper.Renew(ctx, session, o.ID) }, func(before int64) {
		h.Saved("template", o.ID)
		h.Offer(t.T("templates.renewal.done", "name", o.Name), t.T("templates.renewal.back"), func() {
			h.Background(ctx, func(ctx context.Context) error { return paper.TakeBack(ctx, session, o.ID, before) }, func(err error) {
				h.Fail(err)
				h.Saved("template", o.ID)
			})
		})
	})
}

// keep leaves the user's text until something newer comes.
func keep(ctx context.Context, h screen.Host, o Offer) {
	session := h.Session()
	h.Background(ctx, func(ctx context.Context) error { return paper.KeepOwn(ctx, session, o.ID) }, func(err error) {
		h.Fail(err)
		h.Saved("template", o.ID)
	})
}

// see shows which paragraphs would come and go.
func see(ctx context.Context, h screen.Host, o Offer) {
	session := h.Session()
	screen.Read(ctx, h, func(ctx context.Context) ([]docx.Change, error) { return paper.WhatIsNew(ctx, session, o.ID) }, func(changes []docx.Change) {
		t := h.Words()
		hint := widget.NewLabel(t.T("templates.renewal.hint"))
		hint.Wrapping = fyne.TextWrapWord
		hint.Importance = widget.LowImportance
		h.Dialog(&screen.Dialog{
			Title: t.T("templates.renewal.title", "name", o.Name), Size: fyne.NewSize(720, 480),
			Content: container.NewBorder(hint, nil, nil, nil, container.NewVScroll(Changes(h, changes))),
			Buttons: []screen.Button{
				{Label: t.T("button.cancel")},
				{Label: t.T("templates.renewal.keep"), Do: func() { keep(ctx, h, o) }},
				{Label: t.T("templates.renewal.take"), Primary: true, Do: func() { take(ctx, h, o) }},
			},
		})
	})
}

// most is how many paragraphs are listed at once.
const most = 60

// Changes lists the paragraphs that come and go between two files.
func Changes(h screen.Host, changes []docx.Change) *fyne.Container {
	box := container.NewVBox()
	line := func(text string, i widget.Importance) {
		l := widget.NewLabel(text)
		l.Importance, l.Wrapping, l.Selectable = i, fyne.TextWrapWord, true
		box.Add(l)
	}
	if len(changes) == 0 {
		line(h.Words().T("templates.versions.same"), widget.LowImportance)
	}
	for i, c := range changes {
		switch {
		case i == most:
			line("…", widget.LowImportance)
			return box
		case c.Added:
			line("+ "+c.Text, widget.SuccessImportance)
		default:
			line("− "+c.Text, widget.DangerImportance)
		}
	}
	return box
}
