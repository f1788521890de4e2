package compose

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ugoda/mail"
	"ugoda/mail/message"
	"ugoda/ui/screen"
	"ugoda/ui/screen/files"
)

// addFile asks for a file that goes along.
func (s *Screen) addFile() {
	files.Choose(s.Host, files.Ask{}, func(path string) { s.attach([]string{path}) })
}

// Dropped takes files that were dropped on the window.
func (s *Screen) Dropped(paths []string) {
	if s.ready && !s.sending {
		s.attach(paths)
	}
}

// attach reads files in the background and adds them.
func (s *Screen) attach(paths []string) {
	taken := 0
	for _, f := range s.files {
		taken += len(f.Data)
	}
	screen.Read(s.Ctx, s.Host, func(context.Context) ([]message.Attachment, error) { return readFiles(paths, taken) }, func(files []message.Attachment) {
		s.files = append(s.files, files...)
		s.changed()
		s.showFiles()
	})
}

// readFiles reads files that together with what is there are no larger than a
// letter may be.
func readFiles(paths []string, taken int) ([]message.Attachment, error) {
	var out []message.Attachment
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("attach %s: %w", filepath.Base(path), err)
		}
		data, err := io.ReadAll(io.LimitReader(f, int64(message.MaxSize-taken+1)))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("attach %s: %w", filepath.Base(path), err)
		}
		if taken += len(data); taken > message.MaxSize {
			return nil, mail.Fail("mail.message.size", "megabytes", fmt.Sprint(taken>>20), "limit", fmt.Sprint(message.MaxSize>>20))
		}
		out = append(out, message.Attachment{Name: filepath.Base(path), Data: data})
	}
	return out, nil
}
