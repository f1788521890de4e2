// Package handout lets a report leave the window: printed on a page, mailed,
// saved as a file, copied as a table.
package handout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"ugoda/exchange/outfile"
	"ugoda/model"
	"ugoda/model/table"
	"ugoda/printing/sheet"
	"ugoda/reports/chart"
	"ugoda/ui/input"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// Handout hands out what a screen shows.
type Handout struct {
	Host  screen.Host
	Title func() string
	// Ask is called on the UI goroutine; what it gives reads off it.
	Ask   func() Asker
	Plain bool // there is no picture
}

// Asker reads what is handed out.
type Asker func(ctx context.Context) (Sheet, error)

// Sheet is a table with its picture.
type Sheet struct {
	Table *table.Table
	Draw  sheet.Drawer // nil: there is none
	// Least and Upright are those of sheet.Options.
	Least   float64
	Upright bool
}

// Formats are the formats that a report is saved in; the last two need a
// picture.
var Formats = []string{"xlsx", "pdf", "html", "csv", "png", "svg"}

// Size of a saved picture, in pixels.
const pictureWidth, pictureHeight = 1600, 900

// CanMail reports whether there is mail at all.
func (o *Handout) CanMail() bool { return o.Host.Services().Office != nil }

// Buttons are print, mail and export.
func (o *Handout) Buttons() []fyne.CanvasObject {
	t := o.Host.Words().T
	out := []fyne.CanvasObject{input.NewIconButton(fynetheme.DocumentPrintIcon(), t("button.print"), o.Print)}
	if o.CanMail() {
		out = append(out, input.NewIconButton(fynetheme.MailSendIcon(), t("handout.mail"), o.Mail))
	}
	return append(out, input.NewMenuButton(t("handout.export"), o.items))
}

func (o *Handout) items() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, format := range Formats {
		if (format == "png" || format == "svg") && o.Plain {
			continue
		}
		items = append(items, fyne.NewMenuItem(strings.ToUpper(format)+"…", func() { o.Export(format) }))
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(o.Host.Words().T("handout.copy"), o.Copy))
}

// Write writes what an asker reads in one of the formats.
func (o *Handout) Write(ctx context.Context, w io.Writer, ask Asker, format string) error {
	x, err := ask(ctx)
	if err != nil {
		return err
	}
	if format != "png" && format != "svg" {
		return sheet.Write(ctx, w, format, x.Table, sheet.Options{Formatter: o.Host.Words(), Draw: x.Draw, Least: x.Least, Upright: x.Upright})
	}
	p, err := x.Draw(chart.Format(format), pictureWidth, pictureHeight, 1.6)
	if err != nil {
		return err
	}
	_, err = w.Write(p.Data)
	return err
}

// Print makes a PDF and opens it in the program that the system has for it,
// which prints.
func (o *Handout) Print() {
	var path string
	ask, title := o.Ask(), o.Title()
	o.Host.Job(title, func(ctx context.Context, _ func(done, total int64)) error {
		dir, err := os.MkdirTemp("", "ugoda-print-")
		if err != nil {
			return fmt.Errorf("print a report: %w", err)
		}
		path = filepath.Join(dir, outfile.Name(title)+".pdf")
		if err := o.save(ctx, path, ask, "pdf"); err != nil {
			return errors.Join(err, os.RemoveAll(dir))
		}
		return nil
	}, func(err error) {
		if err == nil {
			err = fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
		}
		o.Host.Fail(err)
	})
}

func (o *Handout) save(ctx context.Context, path string, ask Asker, format string) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("save a report: %w", err)
	}
	err = o.Write(ctx, f, ask, format)
	return errors.Join(err, f.Close())
}

// Export asks where to, and writes there.
func (o *Handout) Export(format string) {
	words := o.Host.Words()
	ask, title := o.Ask(), o.Title()
	files.Choose(o.Host, files.Ask{Purpose: files.Save, Name: outfile.Name(title) + "." + format}, func(path string) {
		o.Host.Job(words.T("list.exporting", "name", title), func(ctx context.Context, _ func(done, total int64)) error {
			return outfile.Create(path, func(w io.Writer) error { return o.Write(ctx, w, ask, format) })
		}, func(err error) {
			if err != nil {
				o.Host.Fail(err)
				return
			}
			o.Host.Say(words.T("list.exported", "path", path))
		})
	})
}

// leaving reads what is about to leave without a page that could be marked: a
// document that may not is refused.
func leaving(ctx context.Context, ask Asker) (Sheet, error) {
	x, err := ask(ctx)
	if err == nil && x.Table != nil && len(x.Table.Held) > 0 {
		err = model.Problems(x.Table.Held)
	}
	return x, err
}

// Copy puts the table on the clipboard: columns by tabs, as spreadsheets take
// them.
func (o *Handout) Copy() {
	words := o.Host.Words()
	ask, title := o.Ask(), o.Title()
	var text string
	var rows int64
	o.Host.Job(title, func(ctx context.Context, _ func(done, total int64)) error {
		x, err := leaving(ctx, ask)
		if err != nil {
			return err
		}
		text, rows, err = Text(ctx, x.Table, words)
		return err
	}, func(err error) {
		if err != nil {
			o.Host.Fail(err)
			return
		}
		fyne.CurrentApp().Clipboard().SetContent(text)
		o.Host.Say(words.N("handout.copied", rows))
	})
}

// Text is a table with tabs between its columns, and how many rows it has. Sums
// stand without spaces, so that a spreadsheet takes them for numbers.
func Text(ctx context.Context, t *table.Table, f table.Formatter) (text string, rows int64, err error) {
	var b strings.Builder
	line := func(cells []any) {
		for i := range t.Columns {
			if i > 0 {
				b.WriteByte('\t')
			}
			if i >= len(cells) {
				continue
			}
			s := t.Columns[i].Text(cells[i], f)
			if table.Number(t.Columns[i].Type) {
				s = strings.Map(func(r rune) rune {
					if r == ' ' || r == '\u00a0' || r == '\u202f' {
						return -1
					}
					return r
				}, s)
			}
			b.WriteString(strings.NewReplacer("\t", " ", "\n", " ", "\r", "").Replace(s))
		}
		b.WriteByte('\n')
	}
	head := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Label
	}
	line(head)
	err = t.Rows(ctx, func(r table.Row) error {
		rows++
		line(r.Cells)
		return nil
	})
	if err == nil && t.Total != nil {
		line(t.Total)
	}
	return b.String(), rows, err
}
