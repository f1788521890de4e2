package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"ugoda/store/storetest"
)

// When the disk of the server is full a save says so, by the name of the
// server, and changes nothing; the base is sound, and goes on as soon as there
// is room. The server's process is not let grow a file, as a full disk does
// not.
func TestServerDiskFull(t *testing.T) {
	b := emptyBase(t, storetest.PostgreSQL(t))
	b.write.SetMaxOpenConns(1)
	var pid int
	if err := b.write.QueryRowContext(context.Background(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	// The journal's files have 16 MB already: only the base's own grow beyond.
	const room = 17<<20 + 4096
	if err := growth(pid, strconv.Itoa(room)); err != nil {
		t.Skipf("the server is not ours to limit: %v", err)
	}
	full := fillUp(t, b, func() {
		if err := growth(pid, "unlimited"); err != nil {
			t.Fatal(err)
		}
	})
	if key, args := full.Message(); key != "disk_full_server" || args["host"] != "127.0.0.1" {
		t.Errorf("it is said as %s, %v", key, args)
	}
}

// growth limits how far a process may let its files grow, in the name of the
// user whose process it is: another may not, not even root in a container.
func growth(pid int, most string) error {
	info, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
	if err != nil {
		return err
	}
	run := exec.Command("prlimit", "--pid", strconv.Itoa(pid), "--fsize="+most+":")
	run.Dir = "/"
	if who := info.Sys().(*syscall.Stat_t); int(who.Uid) != os.Geteuid() {
		run.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: who.Uid, Gid: who.Gid}}
	}
	if out, err := run.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}
