package field

import (
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ugoda/ui/screen"
)

// chooseFile asks for a file and reads it.
func chooseFile(h screen.Host, then func(data []byte)) {
	if h.Window() == nil {
		return
	}
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil || err != nil {
			h.Fail(err)
			return
		}
		data, err := io.ReadAll(io.LimitReader(f, tooLarge+1))
		err = errors.Join(err, f.Close())
		if err == nil && len(data) > tooLarge {
			err = &fileTooLarge{int64(len(data))}
		}
		if err != nil {
			h.Fail(err)
			return
		}
		then(data)
	}, h.Window())
	d.Show()
	d.Resize(fyne.NewSize(760, 520))
}
