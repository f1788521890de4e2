package paper

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ugoda/exchange/outfile"
	"ugoda/printing/docx"
	"ugoda/store"
)

// WorkingCopy is a template's file while a person edits it in Word or
// LibreOffice. It survives the program: what was edited and not taken back is
// found again.
type WorkingCopy struct {
	Path string
	mark string // the file that keeps the sum of what was taken or given last
}

// CopyOf is the working copy of a template of a base, in the user's own
// folder; it may not be there yet. One that was given out under an earlier name
// keeps that name: another program may have it open.
func CopyOf(s *store.Session, id int64, name string) (WorkingCopy, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return WorkingCopy{}, fmt.Errorf("find a folder for working copies: %w", err)
	}
	sum := sha256.Sum256([]byte(s.Base().Address()))
	dir = filepath.Join(dir, "ugoda", "templates", hex.EncodeToString(sum[:6])+"-"+fmt.Sprint(id))
	c := WorkingCopy{Path: filepath.Join(dir, outfile.Name(name)+".docx"), mark: filepath.Join(dir, "taken")}
	if _, err := os.Stat(c.Path); errors.Is(err, fs.ErrNotExist) {
		if before := givenAs(dir); before != "" {
			c.Path = before
		}
	}
	return c, nil
}

// givenAs is the document that lies in the folder of a working copy, the one
// saved last; empty: none does.
func givenAs(dir string) string {
	found, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	path, last := "", time.Time{}
	for _, e := range found {
		// Word and LibreOffice put files of their own beside what they have open.
		if name := e.Name(); filepath.Ext(name) != ".docx" || strings.HasPrefix(name, "~") || strings.HasPrefix(name, ".") {
			continue
		}
		if info, err := e.Info(); err == nil && (path == "" || info.ModTime().After(last)) {
			path, last = filepath.Join(dir, e.Name()), info.ModTime()
		}
	}
	return path
}

// Give writes the template's file for editing, unless something that was
// edited lies there.
func (c WorkingCopy) Give(file []byte) error {
	edited, err := c.Edited()
	if u := (*Unreadable)(nil); errors.As(err, &u) {
		err = nil // nothing in it can be kept
	}
	if err != nil || edited != nil {
		return err
	}
	if lies, err := os.ReadFile(c.Path); err == nil && bytes.Equal(lies, file) {
		return c.Taken(file) // it may be open: it is not written under the other program's hands
	}
	if err := os.MkdirAll(filepath.Dir(c.Path), 0o700); err != nil {
		return fmt.Errorf("give a template out: %w", err)
	}
	if err := outfile.Write(c.Path, file); err != nil {
		return err
	}
	return c.Taken(file)
}

// Unreadable says that the working copy is no Word document as it was saved:
// half of it may be written, and the rest may come.
type Unreadable struct {
	Sum string // of what it holds: it changes while somebody writes
	Err error  // why
}

func (e *Unreadable) Error() string { return "the working copy cannot be read: " + e.Err.Error() }

// Unwrap is why.
func (e *Unreadable) Unwrap() error { return e.Err }

// ChangedMeanwhile says that a template is no longer what was given out: a
// colleague has changed it, or it was renewed.
type ChangedMeanwhile struct{ Name string }

func (e *ChangedMeanwhile) Error() string { return "template " + e.Name + " was changed meanwhile" }

// Message says it to a person.
func (e *ChangedMeanwhile) Message() (string, map[string]any) {
	return "template_changed_meanwhile", map[string]any{"name": e.Name}
}

// Take puts what was edited in the place of the template's file, checks it in
// and notes that; false when nothing was edited. What a colleague changed
// meanwhile is not written over, unless the user insists: then it is an earlier
// version. Errors: *Unreadable, *ChangedMeanwhile.
func (c WorkingCopy) Take(ctx context.Context, s *store.Session, id int64, insist bool) (bool, error) {
	data, err := c.Edited()
	if err != nil || data == nil {
		return false, err
	}
	t, err := templateOf(ctx, s, id)
	if err != nil {
		return false, err
	}
	if given, err := os.ReadFile(c.mark); err == nil && !insist && len(t.File) > 0 && string(given) != sumOf(t.File) && !bytes.Equal(t.File, data) {
		return false, &ChangedMeanwhile{t.Name}
	}
	if err := EditedTemplate(ctx, s, id, data); err != nil {
		return false, err
	}
	return true, c.Taken(data)
}

// Edited gives what was edited since the file was given or taken; nil when
// nothing was, or while another program holds it. Error: *Unreadable.
func (c WorkingCopy) Edited() ([]byte, error) {
	info, err := os.Stat(c.Path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() > maxTemplate {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the working copy: %w", err)
	}
	data, err := os.ReadFile(c.Path)
	if err != nil {
		return nil, nil //nolint:nilerr // Word holds it just now
	}
	mark, err := os.ReadFile(c.mark)
	if err == nil && string(mark) == sumOf(data) {
		return nil, nil
	}
	if _, err := docx.Open(data); err != nil {
		return nil, &Unreadable{sumOf(data), err}
	}
	return data, nil
}

// Taken notes that a file was taken back.
func (c WorkingCopy) Taken(file []byte) error {
	if err := os.WriteFile(c.mark, []byte(sumOf(file)), 0o600); err != nil {
		return fmt.Errorf("note what was taken: %w", err)
	}
	return nil
}

// Drop forgets the working copy with what was edited in it.
func (c WorkingCopy) Drop() error {
	if err := os.RemoveAll(filepath.Dir(c.Path)); err != nil {
		return fmt.Errorf("drop the working copy: %w", err)
	}
	return nil
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
