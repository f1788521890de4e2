package running

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/model"
)

func listen(t *testing.T, dir, base string, handle func(Ask) error) *Window {
	t.Helper()
	w, err := Listen(dir, handle)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := w.SetBase(base); err != nil {
		t.Fatal(err)
	}
	return w
}

// What is asked comes to the window on that base, and its answer comes back.
func TestPut(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	var north, south []Ask
	listen(t, dir, "/tmp/north.ugoda", func(a Ask) error {
		north = append(north, a)
		if a.Name == "404" {
			return model.Refused("", "not_found", "kind", a.Kind, "name", a.Name)
		}
		if a.Name == "broken" {
			return errors.New("secret detail")
		}
		return nil
	})
	time.Sleep(10 * time.Millisecond) // notes are told apart by their age
	listen(t, dir, "postgres://olha:pw@Server/sales?sslmode=require", func(a Ask) error { south = append(south, a); return nil })

	if err := Put(ctx, dir, "/tmp/../tmp/north.ugoda", Ask{"deal", "00012"}); err != nil {
		t.Fatal(err)
	}
	if err := Put(ctx, dir, "postgresql://other@server:5432/sales", Ask{}); err != nil {
		t.Fatal(err)
	}
	if err := Put(ctx, dir, "", Ask{Phone, "0501234567"}); err != nil { // the newest
		t.Fatal(err)
	}
	if len(north) != 1 || north[0] != (Ask{"deal", "00012"}) || len(south) != 2 || south[1] != (Ask{Phone, "0501234567"}) {
		t.Errorf("asked %v and %v", north, south)
	}
	var none *NoWindow
	if err := Put(ctx, dir, "/tmp/third.ugoda", Ask{}); !errors.As(err, &none) {
		t.Errorf("a base that nobody shows: %v", err)
	}
	var why *Refusal
	if err := Put(ctx, dir, "/tmp/north.ugoda", Ask{"deal", "404"}); !errors.As(err, &why) || why.Key != "not_found" || why.Args["name"] != "404" {
		t.Errorf("a refusal came as %v", err)
	}
	if err := Put(ctx, dir, "/tmp/north.ugoda", Ask{"deal", "broken"}); !errors.As(err, &why) || why.Key != "window_failed" || strings.Contains(err.Error(), "secret") {
		t.Errorf("a fault came as %v", err)
	}
}

// A window that ended without goodbye does not stand in the way.
func TestAfterACrash(t *testing.T) {
	dir := t.TempDir()
	gone, err := Listen(dir, func(Ask) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.SetBase("/tmp/base.ugoda"); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadFile(gone.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := gone.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(gone.path, left, 0o600); err != nil {
		t.Fatal(err)
	}
	var none *NoWindow
	if err := Put(context.Background(), dir, "/tmp/base.ugoda", Ask{}); !errors.As(err, &none) {
		t.Fatalf("a dead window answered: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("its note stays: %v, %v", left, err)
	}
	called := false
	listen(t, dir, "/tmp/base.ugoda", func(Ask) error { called = true; return nil })
	if err := Put(context.Background(), dir, "/tmp/base.ugoda", Ask{}); err != nil || !called {
		t.Errorf("the new window: asked %v, %v", called, err)
	}
}

// Strangers, noise and too much of it do not reach the window.
func TestStrangers(t *testing.T) {
	dir := t.TempDir()
	w := listen(t, dir, "/tmp/base.ugoda", func(a Ask) error { t.Errorf("a stranger asked %v", a); return nil })
	long := strings.Repeat("9", maxWord+1)
	noise := []string{
		"", "\n", "GET / HTTP/1.1\r\n\r\n", `{"token":"","kind":"deal","name":"1"}` + "\n", `{"token":"guess"}` + "\n",
		`{"token":"` + w.note.Token + `","kind":"deal","name":"` + long + `"}` + "\n",
		`{"token":"` + w.note.Token + `","kind":"deal","name":"1\u0000"}` + "\n",
		strings.Repeat("x", 3*maxAsk) + "\n",
	}
	for _, s := range noise {
		c, err := net.Dial(w.note.Network, w.note.Address)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
			t.Fatal(err)
		}
		_, _ = c.Write([]byte(s))
		if u, ok := c.(interface{ CloseWrite() error }); ok {
			_ = u.CloseWrite()
		}
		buffer := make([]byte, 64)
		if n, err := c.Read(buffer); n > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%.40q was answered %q, %v", s, buffer[:n], err)
		}
		c.Close()
	}
	if err := Put(context.Background(), dir, "/tmp/base.ugoda", Ask{Name: "a\nb"}); err == nil {
		t.Error("a broken word was sent")
	}
}

// Nobody but the user reaches the note, and a note that leads elsewhere is not followed.
func TestNotes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "running")
	w := listen(t, dir, "/tmp/base.ugoda", func(Ask) error { return nil })
	for path, mode := range map[string]os.FileMode{dir: 0o700, w.path: 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode().Perm(), err)
		}
	}
	data, err := json.Marshal(note{Network: "tcp", Address: "192.0.2.1:80", Token: "x", Base: identity("/tmp/other.ugoda")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "planted.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if n := notes(dir); len(n) != 1 {
		t.Errorf("%d notes are followed, want the one of the window", len(n))
	}
}

// A folder too deep for a socket still has a window that can be asked.
func TestDeepFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 120))
	asked := false
	w := listen(t, dir, "/tmp/base.ugoda", func(Ask) error { asked = true; return nil })
	if w.note.Network != "tcp" || !strings.HasPrefix(w.note.Address, "127.0.0.1:") {
		t.Errorf("it listens on %s %s", w.note.Network, w.note.Address)
	}
	if err := Put(context.Background(), dir, "/tmp/base.ugoda", Ask{}); err != nil || !asked {
		t.Errorf("asked: %v, %v", asked, err)
	}
}

func TestSame(t *testing.T) {
	dir := t.TempDir()
	base := filepath.Join(dir, "base.ugoda")
	if err := os.WriteFile(base, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.ugoda")
	if err := os.Symlink(base, link); err != nil {
		t.Skip(err)
	}
	cases := []struct {
		a, b string
		same bool
	}{
		{base, link, true},
		{base, filepath.Join(dir, ".", "base.ugoda"), true},
		{base, base + "2", false},
		{"postgres://u:p@localhost/sales", "postgresql://127.0.0.1:5432/sales?sslmode=disable", true},
		{"postgres://host/sales", "postgres://host/other", false},
		{"postgres://host:5433/sales", "postgres://host/sales", false},
	}
	for _, c := range cases {
		if got := Same(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: same is %v", c.a, c.b, got)
		}
	}
}
