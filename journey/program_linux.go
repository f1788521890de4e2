package journey

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// tags are those of every go command of the project.
const tags = "sqlite_fts5,migrated_fynedo"

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "ugoda-journey-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "ugoda")
	out, err := exec.Command("go", "build", "-tags", tags, "-o", program, "ugoda").CombinedOutput()
	if err != nil {
		os.RemoveAll(dir)
		return "", &buildError{err, out}
	}
	built = dir
	return program, nil
})

type buildError struct {
	err error
	out []byte
}

func (e *buildError) Error() string { return e.err.Error() + "\n" + string(e.out) }
func (e *buildError) Unwrap() error { return e.err }

// Program builds the program once in a test process and returns its path.
func Program(t testing.TB) string {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatalf("build the program: %v", err)
	}
	return program
}

// built is the folder of the program that was built; empty before that.
var built string

// removeProgram takes away what Program built.
func removeProgram() {
	if built != "" {
		os.RemoveAll(built)
	}
}

// Command runs a command of the program, with no display, and returns its
// answer; a refusal ends the test.
func (d *Desktop) Command(arguments ...string) string {
	d.t.Helper()
	run := exec.Command(Program(d.t), arguments...)
	for _, pair := range d.environment {
		if !strings.HasPrefix(pair, "DISPLAY=") {
			run.Env = append(run.Env, pair)
		}
	}
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	if err := run.Run(); err != nil {
		d.t.Fatalf("ugoda %s: %v\n%s", strings.Join(arguments, " "), err, errs.String())
	}
	return out.String()
}
