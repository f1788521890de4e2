// Package outfile writes files that appear whole or not at all: what stood
// there before stays until the new file is complete and on the disk.
package outfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// Write writes data to a file.
func Write(path string, data []byte) error {
	return Create(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Create writes to a file what fill writes. A file that is replaced keeps its
// mode, a link stays a link; a device or a pipe is written into and stays what
// it is. Errors of the file system name the path, not a file that was in
// between: they are *fs.PathError.
func Create(path string, fill func(w io.Writer) error) error {
	old, err := os.Stat(path)
	switch {
	case err == nil && old.IsDir():
		return &fs.PathError{Op: "write", Path: path, Err: syscall.EISDIR}
	case err == nil && !old.Mode().IsRegular():
		return into(path, fill)
	case err == nil:
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
		}
	}
	f, err := beside(path)
	if err != nil {
		return err
	}
	err = written(f, fill)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil && old != nil {
		err = os.Chmod(f.Name(), old.Mode().Perm())
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(named(err, f.Name(), path), os.Remove(f.Name()))
	}
	return nil
}

// into writes into what is there already.
func into(path string, fill func(w io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = written(f, fill)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func written(f *os.File, fill func(w io.Writer) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	if err := fill(w); err != nil {
		return err
	}
	return w.Flush()
}

// beside makes a hidden file in the folder of another, on the same disk. It has
// the mode of any new file, which os.CreateTemp's has not.
func beside(path string) (*os.File, error) {
	dir := filepath.Dir(path)
	for range 100 {
		name := filepath.Join(dir, ".ugoda-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
		switch {
		case err == nil:
			return f, nil
		case errors.Is(err, fs.ErrExist):
		case errors.Is(err, fs.ErrNotExist):
			return nil, named(err, name, dir) // it is the folder that is missing
		default:
			return nil, named(err, name, path)
		}
	}
	return nil, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
}

// named tells an error of a file between as one of the file that it is for.
func named(err error, between, path string) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p) && p.Path == between:
		return fmt.Errorf("save a file: %w", &fs.PathError{Op: "write", Path: path, Err: p.Err})
	case errors.As(err, &l) && l.Old == between:
		return fmt.Errorf("save a file: %w", &fs.PathError{Op: "write", Path: path, Err: l.Err})
	}
	return err
}
