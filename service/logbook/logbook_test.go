package logbook

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	cases := map[string]string{
		`save client "Karpaty LLC": no room`:                           `save client …: no room`,
		`save client ТОВ Карпати-Буд: no room`:                         `save client …: no room`,
		`find client «Їжак» by 38765439`:                               `find client … by …`,
		`call +38 (050) 123-45-67 failed`:                              `call … failed`,
		`send to olha.koval@karpaty.example: 550`:                      `send to …: 550`,
		`UNIQUE constraint failed: client.number`:                      `UNIQUE constraint failed: client.number`,
		`Key (name)=(Karpaty) already exists (SQLSTATE 23505)`:         `Key (name)=(…) already exists (SQLSTATE 23505)`,
		`connect to postgres://olha:secret@db.example:5432/sales: off`: `connect to postgres://olha:…:5432/sales: off`,
		`took 1234ms of 5432`:                                          `took 1234ms of 5432`,
		`2026-11-25T10:11:12.345+02:00 level=INFO`:                     `2026-11-25T10:11:12.345+02:00 level=INFO`,
		`iban UA213223130000026007233566001 refused`:                   `iban UA… refused`,
	}
	for in, want := range cases {
		if got := Clean(in); got != want {
			t.Errorf("%q is written as %q, want %q", in, got, want)
		}
	}
}

// Nothing of a client reaches the file, whichever way it is said.
func TestNothingOfAClientIsWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(b.Handler())
	secrets := []string{"Карпати", "Karpaty", "0501234567", "olha@karpaty.example"}
	err = errors.New(`the client "Karpaty", Карпати, 0501234567, olha@karpaty.example is off`)
	log.Error("save the client «Карпати»", "error", fmt.Errorf("save: %w", err))
	log.Info("opened", "engine", "sqlite", "took_ms", 12)
	log.With("who", `"Karpaty"`).WithGroup("mail").Warn("letter", "to", "olha@karpaty.example", "phone", "0501234567")
	data, err := os.ReadFile(filepath.Join(dir, logName))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if strings.Contains(string(data), s) {
			t.Errorf("%q is in the log:\n%s", s, data)
		}
	}
	if n := strings.Count(string(data), "\n"); n != 3 {
		t.Errorf("%d lines for 3 events:\n%s", n, data)
	}
	if last := b.Tail(1); !strings.Contains(last, "letter") || strings.Contains(last, "opened") {
		t.Errorf("the last line is %q", last)
	}
	if said := b.Tail(3); !strings.Contains(said, "is off") {
		t.Errorf("what happened is not told any more: %q", said)
	}
	if all := b.Tail(50); !strings.Contains(all, "engine=sqlite took_ms=12") {
		t.Errorf("the tail has lost an event: %q", all)
	}
	if info, err := os.Stat(filepath.Join(dir, logName)); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the log is open to others: %v, %v", info.Mode(), err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
