package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"ugoda/model/client"
	"ugoda/model/firm"
	"ugoda/model/records"
	"ugoda/store/storetest"
)

// When the disk of the server is full a save says so, by the name of the
// server, and changes nothing; the base is sound, and goes on as soon as there
// is room. The server's process is not let grow a file, as a full disk does
// not.
func TestServerDiskFull(t *testing.T) {
	ctx := context.Background()
	b, err := Create(ctx, storetest.PostgreSQL(t), Options{Registry: records.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	s := b.System()
	uah := &firm.Currency{Name: "Гривня", IsBase: true}
	uah.Number = "UAH"
	if err := s.Save(ctx, "currency", uah); err != nil {
		t.Fatal(err)
	}
	b.write.SetMaxOpenConns(1)
	var pid int
	if err := b.write.QueryRowContext(ctx, `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	// The journal's files have 16 MB already: only the base's own grow beyond.
	const room = 17<<20 + 4096
	if err := growth(pid, strconv.Itoa(room)); err != nil {
		t.Skipf("the server is not ours to limit: %v", err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	big := func(name string) *client.Client {
		var noise bytes.Buffer // that cannot be pressed
		for range 32_000 {
			noise.WriteByte(byte(r.Uint32()))
		}
		return &client.Client{Name: name, Form: client.Legal, Language: "uk", Note: base64.StdEncoding.EncodeToString(noise.Bytes())[:40_000]}
	}
	saved := int64(0)
	for range 1_000 {
		c := big("ТОВ «Повний диск»")
		if err = s.Save(ctx, "client", c); err != nil {
			if c.ID != 0 {
				t.Errorf("a client that was not saved has the id %d", c.ID)
			}
			if c.Name == "" || c.Note == "" {
				t.Error("what was typed is gone")
			}
			break
		}
		saved++
	}
	var full *DiskFull
	if !errors.As(err, &full) {
		t.Fatalf("after %d saves: %v", saved, err)
	}
	if key, args := full.Message(); key != "disk_full_server" || args["host"] != "127.0.0.1" {
		t.Errorf("it is said as %s, %v", key, args)
	}
	sound := func(want int64) {
		t.Helper()
		if faults, err := b.Check(ctx); err != nil || len(faults) > 0 {
			t.Errorf("%v, %v", faults, err)
		}
		if got, err := s.Totals(ctx, Query{Kind: "client"}); err != nil || got.Count != want {
			t.Errorf("%d clients, want %d, %v", got.Count, want, err)
		}
	}
	sound(saved)
	if err := growth(pid, "unlimited"); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(ctx, "client", big("ПП «Є місце»")); err != nil {
		t.Fatal(err)
	}
	sound(saved + 1)
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
