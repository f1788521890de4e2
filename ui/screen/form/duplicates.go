package form

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/model"
	"ugoda/ui/input"
	"ugoda/ui/run"
	"ugoda/ui/screen"
	"ugoda/ui/screen/field"
)

// duplicates shows, while one types, records that may be the same.
type duplicates struct {
	host    screen.Host
	kind    *model.Kind
	body    *body
	content *fyne.Container
	latest  *run.Latest
	merge   func(other int64) // joins the record of the form with another; nil: cannot be
}

// newDuplicates is nil where nobody looks for duplicates of the kind.
func newDuplicates(h screen.Host, k *model.Kind, b *body) *duplicates {
	if h.Services().Duplicates == nil || k.Name != "client" && k.Name != "contact" {
		return nil
	}
	d := &duplicates{host: h, kind: k, body: b, content: container.NewVBox(), latest: run.NewLatest(field.Runner{Host: h})}
	d.content.Hide()
	return d
}

// look asks for duplicates of what stands in the form now.
func (d *duplicates) look() {
	d.body.gather()
	text, err := packDraft(d.kind.Name, d.body.rec, d.host.Session().Today().Time())
	if err != nil {
		return
	}
	// A copy goes to the background: the person types on.
	rec, _, err := unpackDraft(d.kind, text)
	if err != nil {
		return
	}
	session, find := d.host.Session(), d.host.Services().Duplicates
	d.latest.Go(context.Background(), func(ctx context.Context) func() {
		found, err := find(ctx, session, d.kind.Name, rec)
		return func() {
			if err == nil {
				d.show(found)
			}
		}
	})
}

func (d *duplicates) show(found []screen.Duplicate) {
	t := d.host.Words().T
	d.content.RemoveAll()
	if len(found) == 0 {
		d.content.Hide()
		return
	}
	d.content.Add(widget.NewLabelWithStyle(t("form.duplicates"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	for i, x := range found {
		if i == 5 {
			break
		}
		row := container.NewHBox(
			widget.NewLabel(screen.RefText(x.Ref)+" · "+t("form.duplicate_by_"+x.Why)),
			input.NewButton(t("button.open"), func() { d.host.Open(screen.ToCard(d.kind.Name, x.Ref.ID)) }).Framed())
		if own := d.body.rec.Base().ID; own != 0 && d.kind.Name == "client" && d.merge != nil {
			row.Add(input.NewButton(t("merge.do")+"…", func() { d.merge(x.Ref.ID) }).Framed())
		}
		d.content.Add(row)
	}
	d.content.Show()
	d.content.Refresh()
}
