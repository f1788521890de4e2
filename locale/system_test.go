package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What the operating system refuses is said in the person's words, with the
// path that it is about.
func TestRefusalsOfTheSystem(t *testing.T) {
	if _, err := os.Open(filepath.Join(t.TempDir(), "нема.csv")); err == nil || strings.Contains(New(Ukrainian).Error(err), "no such") {
		t.Errorf("%v is said as %q", err, New(Ukrainian).Error(err))
	}
	for _, l := range []Language{Ukrainian, English} {
		p := New(l)
		for _, r := range refusals {
			for _, is := range r.errors {
				err := fmt.Errorf("write the file: %w", &fs.PathError{Op: "write", Path: "/тека/рахунок.pdf", Err: is})
				want := p.T("problem."+r.key, "path", "/тека/рахунок.pdf")
				if got := p.Error(err); got != want {
					t.Errorf("%s: %v is said as %q, want %q", l, is, got, want)
				}
				link := &os.LinkError{Op: "rename", Old: "/тека/.x", New: "/тека/рахунок.pdf", Err: is}
				if got := p.Error(link); got != want {
					t.Errorf("%s: %v of a link is said as %q, want %q", l, is, got, want)
				}
			}
		}
	}
	strange := &fs.PathError{Op: "read", Path: "x", Err: syscall.EXDEV}
	if got := New(Ukrainian).Error(strange); got != New(Ukrainian).T("problem.unforeseen", "error", strange.Error()) {
		t.Errorf("%v is said as %q", strange, got)
	}
	if text, ok := New(Ukrainian).system(errors.New("x")); ok {
		t.Errorf("an error of another sort is said as %q", text)
	}
}
