package listing

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ugoda/exchange/outfile"
	"ugoda/locale"
	"ugoda/printing/sheet"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// export asks where to and writes the list, or the selected, with progress.
func (s *Screen) export() {
	t := s.words.T
	path := widget.NewEntry()
	folder, err := os.UserHomeDir()
	if err != nil {
		folder = "."
	}
	path.SetText(filepath.Join(folder, outfile.Name(s.Title())+".xlsx"))
	format := widget.NewRadioGroup([]string{"XLSX", "CSV"}, func(f string) {
		path.SetText(strings.TrimSuffix(path.Text, filepath.Ext(path.Text)) + "." + strings.ToLower(f))
	})
	format.Horizontal = true
	format.SetSelected("XLSX")
	only := widget.NewCheck(s.words.N("list.selected", int64(s.grid.SelectedCount())), nil)
	if s.grid.SelectedCount() < 2 {
		only.Hide()
	}
	all := widget.NewCheck(s.words.T("list.export_whole"), nil)
	choose := widget.NewButton("…", func() {
		files.Choose(s.host, files.Ask{Purpose: files.Save, Name: path.Text}, path.SetText)
	})
	d := &screen.Dialog{
		Title: t("command.export"), Size: fyne.NewSize(520, 0),
		Content: container.NewVBox(format, container.NewBorder(nil, nil, nil, choose, path), only, all),
		Buttons: []screen.Button{{Label: t("button.cancel")}, {Label: t("button.export"), Primary: true, Do: func() {
			var ids []int64
			if only.Visible() && only.Checked {
				ids = s.chosen()
			}
			s.exportTo(path.Text, ids, all.Checked)
		}}},
	}
	s.host.Dialog(d)
}

// exportTo writes the list to a file in the background.
func (s *Screen) exportTo(path string, only []int64, whole bool) {
	tab, words := s.tableOf(only, whole), s.words
	s.host.Job(words.T("list.exporting", "name", s.Title()), func(ctx context.Context, report func(done, total int64)) error {
		format := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
		o := sheet.Options{Formatter: words, Progress: report}
		if words.Language() == locale.English { // as spreadsheets of the language open it
			o.Comma, o.Point = ',', '.'
		}
		return outfile.Create(path, func(w io.Writer) error { return sheet.Write(ctx, w, format, tab, o) })
	}, func(err error) {
		if err != nil {
			s.host.Fail(err)
			return
		}
		s.host.Say(words.T("list.exported", "path", path))
	})
}
