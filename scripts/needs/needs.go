// Package needs says what happens to a test whose outside program is not on
// the machine: on a developer's machine it is skipped and says so; where CI is
// set in the environment it fails, so that nothing is left out in silence.
package needs

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Strict reports whether a missing program is a failure: the environment
// variable CI is set to something other than 0 or false.
func Strict() bool {
	switch strings.ToLower(os.Getenv("CI")) {
	case "", "0", "false", "no":
		return false
	}
	return true
}

// Missing ends the test: skipped, or failed where Strict.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if Strict() {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// Program returns the path of the first of the named programs that is
// installed. Without any of them the test ends as Missing says.
func Program(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Missing(t, "%s is not installed here; `make needs-test` installs it", strings.Join(names, " or "))
	return ""
}
