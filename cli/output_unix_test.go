//go:build unix

package cli

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// An answer that is sent into a pipe or a device arrives there, and leaves it
// what it is: /dev/null must never become a file.
func TestAnswerIntoAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string, 1)
	go func() {
		f, err := os.Open(pipe)
		if err != nil {
			got <- err.Error()
			return
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		if err != nil {
			got <- err.Error()
			return
		}
		got <- string(data)
	}()
	o := output{file: pipe}
	err := o.write(io.Discard, func(w io.Writer) error {
		_, err := io.WriteString(w, "відповідь")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := <-got; s != "відповідь" {
		t.Errorf("arrived: %q", s)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is now %v, %v", info.Mode(), err)
	}
}
