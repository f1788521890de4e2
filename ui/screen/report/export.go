package report

import (
	"context"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ugoda/printing/sheet"
	"ugoda/reports/chart"
)

// exports lists the formats that the report is saved in.
func (v *view) exports() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, format := range []string{"xlsx", "pdf", "html", "csv", "png"} {
		items = append(items, fyne.NewMenuItem(format, func() { v.export(format) }))
	}
	return items
}

// Size of a saved picture, in pixels.
const pictureWidth, pictureHeight = 1600, 900

func (v *view) export(format string) {
	a := v.shown
	if a == nil || v.h.Window() == nil {
		return
	}
	words := v.h.Words()
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil || w == nil {
			v.h.Fail(err)
			return
		}
		v.h.Job(words.T("command.export"), func(ctx context.Context, _ func(done, total int64)) error {
			return errors.Join(write(ctx, w, a, format, sheet.Options{Formatter: words}), w.Close())
		}, v.h.Fail)
	}, v.h.Window())
	d.SetFileName(v.Title() + "." + format)
	d.Resize(fyne.NewSize(760, 520))
	d.Show()
}

func write(ctx context.Context, w io.Writer, a *answer, format string, o sheet.Options) error {
	if format != "png" {
		return sheet.Write(ctx, w, format, a.table, o)
	}
	p, err := a.draw(pictureWidth, pictureHeight, 1.4, chart.Light)
	if err != nil {
		return err
	}
	_, err = w.Write(p.Data)
	return err
}
