package secret

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"ugoda/mail"
)

var ctx = context.Background()

func key(err error) string {
	if err == nil {
		return ""
	}
	return mail.FailureOf(err).Key
}

// Every store keeps, replaces and forgets.
func TestStores(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	for name, s := range map[string]Store{
		"keyring":    NewKeyring(),
		"key file":   NewFile(filepath.Join(dir, "a"), KeyFile(filepath.Join(dir, "a.key"))),
		"passphrase": NewFile(filepath.Join(dir, "b"), Passphrase("три слова тут")),
		"both":       &both{NewKeyring(), NewFile(filepath.Join(dir, "c"), Passphrase("x"))},
	} {
		for _, step := range []struct {
			do   func() error
			want string
		}{
			{func() error { return nil }, ""},
			{func() error { return s.Delete(ctx, "mail a") }, ""},
			{func() error { return s.Set(ctx, "mail a", "пароль 1") }, "пароль 1"},
			{func() error { return s.Set(ctx, "mail b", "інший") }, "пароль 1"},
			{func() error { return s.Set(ctx, "mail a", "пароль 2") }, "пароль 2"},
			{func() error { return s.Delete(ctx, "mail a") }, ""},
		} {
			if err := step.do(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if got, err := s.Get(ctx, "mail a"); got != step.want || err != nil {
				t.Errorf("%s: %q, %v, want %q", name, got, err, step.want)
			}
		}
		if got, err := s.Get(ctx, "mail b"); got != "інший" || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestFileTellsNothing(t *testing.T) {
	dir := t.TempDir()
	path, keyPath := filepath.Join(dir, "sub", "secrets.sealed"), filepath.Join(dir, "sub", "secrets.key")
	if err := NewFile(path, KeyFile(keyPath)).Set(ctx, "mail olena@firma.example", "hunter2"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte("hunter2")) || bytes.Contains(data, []byte("olena")) {
		t.Error("the file tells")
	}
	if runtime.GOOS != "windows" {
		for _, p := range []string{path, keyPath} {
			if info, err := os.Stat(p); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v %v", p, info.Mode(), err)
			}
		}
	}
	left, _ := filepath.Glob(filepath.Join(dir, "sub", "*"))
	if len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
	// Another program opens it again.
	if got, err := NewFile(path, KeyFile(keyPath)).Get(ctx, "mail olena@firma.example"); got != "hunter2" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if _, err := NewFile(path, Passphrase("guess")).Get(ctx, "x"); key(err) != "mail.failure.secrets_broken" {
		t.Errorf("a wrong passphrase: %v", err)
	}
	// One changed byte anywhere is noticed.
	for _, at := range []int{5, len(data) / 2, len(data) - 10} {
		bad := bytes.Clone(data)
		bad[at] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := NewFile(path, KeyFile(keyPath)).Get(ctx, "x"); key(err) != "mail.failure.secrets_broken" {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	if err := os.Remove(keyPath); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := NewFile(path, KeyFile(keyPath)).Get(ctx, "x"); key(err) != "mail.failure.secrets_broken" {
		t.Errorf("a new key: %v", err)
	}
}

func TestFileOpenToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights elsewhere")
	}
	dir := t.TempDir()
	f := NewFile(filepath.Join(dir, "a"), KeyFile(filepath.Join(dir, "k")))
	if err := f.Set(ctx, "a", "b"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "k"} {
		if err := os.Chmod(filepath.Join(dir, name), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := NewFile(filepath.Join(dir, "a"), KeyFile(filepath.Join(dir, "k"))).Get(ctx, "a"); key(err) != "mail.failure.secrets_open" {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Chmod(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Programs that write at once lose nothing of each other's.
func TestFileTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			f := NewFile(filepath.Join(dir, "a"), KeyFile(filepath.Join(dir, "k")))
			for j := range 3 {
				if err := f.Set(ctx, fmt.Sprint(i, j), "x"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	f := NewFile(filepath.Join(dir, "a"), KeyFile(filepath.Join(dir, "k")))
	for i := range 4 {
		for j := range 3 {
			if got, err := f.Get(ctx, fmt.Sprint(i, j)); got != "x" || err != nil {
				t.Errorf("%d %d: %q %v", i, j, got, err)
			}
		}
	}
}

func TestKeyringThatHangs(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	hang := &Keyring{
		Patience: 50 * time.Millisecond,
		get:      func(string, string) (string, error) { <-release; return "", nil },
		set:      func(string, string, string) error { <-release; return nil },
		remove:   func(string, string) error { <-release; return nil },
	}
	file := NewFile(filepath.Join(t.TempDir(), "a"), Passphrase("x"))
	s := &both{hang, file}
	began := time.Now()
	if err := s.Set(ctx, "a", "b"); err != nil {
		t.Error(err)
	}
	for range 20 {
		if got, err := s.Get(ctx, "a"); got != "b" || err != nil {
			t.Errorf("%q %v", got, err)
		}
	}
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("a keyring that hangs was waited for %v", d)
	}
	if _, err := s.Get(ctx, "other"); key(err) != "mail.failure.keyring" {
		t.Errorf("not known whether there is a secret, and said %v", err)
	}
}

func TestKeyringThatFails(t *testing.T) {
	keyring.MockInitWithError(errors.New("no such name on the bus"))
	t.Cleanup(keyring.MockInit)
	s := &both{NewKeyring(), NewFile(filepath.Join(t.TempDir(), "a"), Passphrase("x"))}
	if err := s.Set(ctx, "a", "b"); err != nil {
		t.Error(err)
	}
	if got, err := s.Get(ctx, "a"); got != "b" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	// The keyring is back: the secret moves there when it is set again.
	keyring.MockInit()
	if got, err := s.Get(ctx, "a"); got != "b" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if err := s.Set(ctx, "a", "c"); err != nil {
		t.Error(err)
	}
	if got, _ := s.file.Get(ctx, "a"); got != "" {
		t.Errorf("left in the file: %q", got)
	}
	if got, _ := s.Get(ctx, "a"); got != "c" {
		t.Errorf("%q", got)
	}
}

func TestOpenWithoutBus(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this system always has a keyring")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	s := Open(t.TempDir())
	if _, ok := s.(*File); !ok {
		t.Fatalf("%T without a bus", s)
	}
	// A bus address that nobody answers on.
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "nobody"))
	s = &both{&Keyring{Patience: 5 * time.Second, get: NewKeyring().get, set: NewKeyring().set, remove: NewKeyring().remove}, s}
	if err := s.Set(ctx, "a", "b"); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(ctx, "a"); got != "b" || err != nil {
		t.Errorf("%q %v", got, err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add([]byte(`{"version":1,"kdf":"argon2id","time":3,"memory":65536,"lanes":4,"salt":"AAAAAAAAAAAAAAAAAAAAAA==","nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","data":""}`))
	f.Add([]byte(`{"version":1,"memory":4294967295}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "a")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if v, err := NewFile(path, Passphrase("x")).Get(ctx, "a"); err == nil || v != "" {
			t.Errorf("%q read as %q", data, v)
		}
	})
}
