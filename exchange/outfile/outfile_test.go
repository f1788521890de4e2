package outfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A file that could not be finished leaves the one that stood there, and
// nothing else.
func TestWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "рахунок.pdf")
	if err := Write(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := Create(path, func(w io.Writer) error {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "first" {
		t.Errorf("%q, %v", data, err)
	}
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %q", got)
	}
	if err := Write(path, []byte("second")); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "second" {
		t.Errorf("%q, %v", data, err)
	}
}

// What is wrong is told of the file that was asked for.
func TestErrorsNameThePath(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]struct {
		path string
		err  error
	}{
		filepath.Join(dir, "нема", "x.pdf"): {filepath.Join(dir, "нема"), fs.ErrNotExist},
		dir:                                 {dir, syscall.EISDIR},
	} {
		var got *fs.PathError
		if err := Write(path, []byte("x")); !errors.As(err, &got) || got.Path != want.path || !errors.Is(err, want.err) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("the folder holds %q", got)
	}
}

// Links, modes and devices stay what they are.
func TestKeepsWhatStands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and modes are those of Unix")
	}
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, []byte("x")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
	if info, err = os.Stat(file); err != nil || info.Mode().Perm() != 0o600 || info.Size() != 1 {
		t.Errorf("the file is %v, %v", info, err)
	}
	if err := Write(os.DevNull, []byte("x")); err != nil {
		t.Error(err)
	}
	if err := Write("/dev/full", []byte("x")); runtime.GOOS == "linux" && !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full device: %v", err)
	}
}
