// Package convert turns DOCX into PDF by an office suite that is installed on
// this computer: LibreOffice anywhere, Word on Windows.
package convert

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Converter turns a DOCX into a PDF. It is safe for concurrent use: conversions
// run one after another.
type Converter interface {
	// Name is what the suite is called: "LibreOffice", "Word".
	Name() string
	// PDF converts a document. Errors: *Failed, *TimedOut, or the context's.
	PDF(ctx context.Context, docx []byte) ([]byte, error)
}

// Failed is the error of a suite that gave no PDF.
type Failed struct {
	Suite  string
	Output string // what it said, cut short
	Err    error
}

func (e *Failed) Error() string {
	return fmt.Sprintf("%s gave no PDF: %v %s", e.Suite, e.Err, e.Output)
}

func (e *Failed) Unwrap() error { return e.Err }

// Message says the error for people.
func (e *Failed) Message() (string, map[string]any) {
	return "convert.failed", map[string]any{"suite": e.Suite}
}

// TimedOut is the error of a suite that did not answer in time.
type TimedOut struct {
	Suite string
	After time.Duration
}

func (e *TimedOut) Error() string { return fmt.Sprintf("%s did not answer in %s", e.Suite, e.After) }

// Message says the error for people.
func (e *TimedOut) Message() (string, map[string]any) {
	return "convert.timed_out", map[string]any{"suite": e.Suite, "seconds": int64(e.After / time.Second)}
}

// limit is how long a conversion may take.
const limit = 90 * time.Second

// Find lists the converters of this computer, the most faithful first. There
// may be none.
func Find() []Converter {
	var out []Converter
	if c := findWord(); c != nil {
		out = append(out, c)
	}
	if c := findLibreOffice(); c != nil {
		out = append(out, c)
	}
	return out
}

// one lets only one suite run at a time: each takes much memory, and both
// dislike company.
var one = make(chan struct{}, 1)

// run gives a suite a folder with the document in it and reads what it left
// there. work gets the folder.
func run(ctx context.Context, suite string, docx []byte, work func(ctx context.Context, dir string) (output []byte, err error)) ([]byte, error) {
	select {
	case one <- struct{}{}:
		defer func() { <-one }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	dir, err := os.MkdirTemp("", "ugoda-convert-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for %s: %w", suite, err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "document.docx"), docx, 0o600); err != nil {
		return nil, fmt.Errorf("write a document for %s: %w", suite, err)
	}
	late := &TimedOut{Suite: suite, After: limit}
	timed, cancel := context.WithTimeoutCause(ctx, limit, late)
	defer cancel()
	output, err := work(timed, dir)
	if timed.Err() != nil {
		return nil, context.Cause(timed)
	}
	if err == nil {
		var data []byte
		if data, err = os.ReadFile(filepath.Join(dir, "document.pdf")); err == nil {
			return data, nil
		}
	}
	if len(output) > 500 {
		output = output[:500]
	}
	return nil, &Failed{Suite: suite, Output: string(output), Err: err}
}
