package field

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// chooseFile asks for a file and reads it.
func chooseFile(h screen.Host, then func(data []byte)) {
	files.Choose(h, files.Ask{}, func(path string) {
		var data []byte
		h.Background(context.Background(), func(context.Context) error {
			f, err := os.Open(path)
			if err != nil {
				return fmt.Errorf("open a file: %w", err)
			}
			data, err = io.ReadAll(io.LimitReader(f, tooLarge+1))
			if err = errors.Join(err, f.Close()); err == nil && len(data) > tooLarge {
				err = &fileTooLarge{int64(len(data))}
			}
			return err
		}, func(err error) {
			if err != nil {
				h.Fail(err)
				return
			}
			then(data)
		})
	})
}
