//go:build unix

package scripts

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRunOpensTheWindowOrDrawsTheTour runs scripts/run beside a stand-in for
// the program that says what it was asked.
func TestRunOpensTheWindowOrDrawsTheTour(t *testing.T) {
	script, err := os.ReadFile("run")
	if err != nil {
		t.Fatal(err)
	}
	top := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write("scripts/run", string(script))
	write("build/ugoda", "#!/bin/sh\necho asked: \"$@\"\n")
	write("bin/uname", "#!/bin/sh\necho \"$KERNEL\"\n")
	cases := []struct {
		name, kernel, display string
		window                bool
	}{
		{"X11", "Linux", "DISPLAY=:0", true},
		{"Wayland", "Linux", "WAYLAND_DISPLAY=wayland-0", true},
		{"macOS", "Darwin", "", true},
		{"no display", "Linux", "", false},
		{"an empty display", "Linux", "DISPLAY=", false},
	}
	for _, c := range cases {
		run := exec.Command(filepath.Join(top, "scripts/run"))
		run.Env = []string{"PATH=" + filepath.Join(top, "bin") + ":/usr/bin:/bin", "KERNEL=" + c.kernel}
		if c.display != "" {
			run.Env = append(run.Env, c.display)
		}
		out, err := run.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", c.name, err, out)
			continue
		}
		said := string(out)
		if c.window != (strings.TrimSpace(said) == "asked:") {
			t.Errorf("%s: it said\n%s", c.name, said)
		}
		if !c.window && (!strings.Contains(said, "no display") || !strings.Contains(said, "asked: tour build/tour")) {
			t.Errorf("%s: it did not say so and draw the tour:\n%s", c.name, said)
		}
	}
}
