package secret

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// inService says, in the environment, that the test runs beside a real Secret
// Service.
const inService = "UGODA_SECRET_SERVICE"

// A real keyring on a bus of its own keeps, gives and forgets secrets; the
// sealed file stays empty, and another program that knows the service finds
// the secret there.
func TestSecretService(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this system has a keyring of its own")
	}
	if os.Getenv(inService) == "" {
		beside(t)
		return
	}
	dir := t.TempDir()
	s := Open(dir)
	if _, ok := s.(*both); !ok {
		t.Fatalf("%T beside a bus", s)
	}
	const name, value = "mail olena@firma.example smtp.firma.example:465", "пароль з пробілом і ґ"
	got, err := s.Get(ctx, name)
	for begun := time.Now(); err != nil && time.Since(begun) < 90*time.Second; got, err = s.Get(ctx, name) {
		time.Sleep(100 * time.Millisecond) // the service is on its way
	}
	if got != "" || err != nil {
		t.Fatalf("a secret before there is one: %q %v", got, err)
	}
	for _, v := range []string{"перший", value} {
		if err := s.Set(ctx, name, v); err != nil {
			t.Fatal(err)
		}
		if got, err := Open(dir).Get(ctx, name); got != v || err != nil {
			t.Errorf("%q %v", got, err)
		}
	}
	if got, err := keyring.Get(service, name); got != value || err != nil {
		t.Errorf("in the service itself: %q %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "secrets.sealed")); !os.IsNotExist(err) {
		t.Errorf("the secret lies in a file, too: %v", err)
	}
	if err := s.Delete(ctx, name); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(ctx, name); got != "" || err != nil {
		t.Errorf("forgotten: %q %v", got, err)
	}
	if _, err := keyring.Get(service, name); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the service still has it: %v", err)
	}
}

// beside starts a bus and a keyring on it, and runs the test there in a
// process of its own: the library keeps its connection to the bus for ever.
func beside(t *testing.T) {
	t.Helper()
	for _, tool := range []string{"dbus-daemon", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: no real Secret Service is tried", tool)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	dir := t.TempDir()
	var env []string
	for _, e := range os.Environ() { // nothing of the user's own session
		if !strings.HasPrefix(e, "DBUS_") && !strings.HasPrefix(e, "XDG_") && !strings.HasPrefix(e, "HOME=") && !strings.HasPrefix(e, "GNOME_") && !strings.HasPrefix(e, "DISPLAY=") && !strings.HasPrefix(e, "WAYLAND_") {
			env = append(env, e)
		}
	}
	env = append(env, "HOME="+dir, "XDG_RUNTIME_DIR="+dir, "XDG_DATA_HOME="+filepath.Join(dir, "data"), inService+"=1")
	run := func(stdin string, name string, args ...string) *exec.Cmd {
		c := exec.CommandContext(ctx, name, args...)
		c.Env, c.Stdin = env, strings.NewReader(stdin)
		return c
	}
	bus := run("", "dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path="+filepath.Join(dir, "bus"), "--print-address=1")
	out, err := bus.StdoutPipe()
	if err == nil {
		err = bus.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer stop(bus)
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Skipf("no bus could be started: %v", err)
	}
	env = append(env, "DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(address))
	if err := os.MkdirAll(filepath.Join(dir, "data", "keyrings"), 0o700); err != nil {
		t.Fatal(err)
	}
	ring := run("unlocked", "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
	if err := ring.Start(); err != nil {
		t.Fatal(err)
	}
	defer stop(ring)
	test := run("", os.Args[0], "-test.run=^TestSecretService$", "-test.v")
	said, err := test.CombinedOutput()
	if err != nil {
		t.Fatalf("beside a Secret Service: %v\n%s", err, said)
	}
	if !strings.Contains(string(said), "--- PASS: TestSecretService") {
		t.Errorf("the test did not run:\n%s", said)
	}
}

func stop(c *exec.Cmd) {
	_ = c.Process.Kill()
	_ = c.Wait() // it was killed
}
