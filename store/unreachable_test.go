package store_test

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ugoda/model"
	"ugoda/model/firm"
	"ugoda/store"
	"ugoda/store/storetest"
)

// Why a server's base does not open is told apart, for the way out differs.
func TestWhyAServerRefuses(t *testing.T) {
	dsn := storetest.PostgreSQL(t)
	with := func(change func(u *url.URL)) string {
		u, err := url.Parse(dsn)
		if err != nil {
			t.Fatal(err)
		}
		change(u)
		return u.String()
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, address string
		key           string
	}{
		{"wrong password", with(func(u *url.URL) { u.User = url.UserPassword(u.User.Username(), "wrong") }), "server_login"},
		{"no such role", with(func(u *url.URL) { u.User = url.UserPassword("nobody", "x") }), "server_login"},
		{"no such database", with(func(u *url.URL) { u.Path = "/nowhere" }), "no_database"},
		{"nobody listens", with(func(u *url.URL) { u.Host = closed }), "server_unreachable"},
		{"no such computer", with(func(u *url.URL) { u.Host = "server.invalid:5432" }), "server_unknown"},
		{"no encryption there", with(func(u *url.URL) {
			q := u.Query()
			q.Set("sslmode", "require")
			u.RawQuery = q.Encode()
		}), "server_no_tls"},
		{"an empty database", dsn, "base_empty"},
	}
	for _, c := range cases {
		_, err := store.Open(t.Context(), c.address, options())
		var said store.Message
		if !errors.As(err, &said) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if key, _ := said.Message(); key != c.key && !(c.key == "server_unknown" && key == "server_unreachable") {
			t.Errorf("%s: told as %s, want %s", c.name, key, c.key)
		}
	}
	b, err := store.Create(t.Context(), dsn, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

// Who may come in is listed by name, with whether a password is asked.
func TestLogins(t *testing.T) {
	each(t, func(t *testing.T, f *firmOf) {
		s := f.base.System()
		for _, name := range []string{"Ярема", "Ганна", "Їжак"} {
			u := &firm.User{Name: name, Role: string(model.RoleManager), Active: name != "Їжак"}
			f.save("user", u)
			if name == "Ярема" {
				if err := s.SetPassword(f.ctx, u.ID, "слово"); err != nil {
					t.Fatal(err)
				}
			}
		}
		all, err := f.base.Logins(f.ctx)
		if err != nil {
			t.Fatal(err)
		}
		at := func(name string) int {
			return slices.IndexFunc(all, func(l store.Login) bool { return l.Name == name })
		}
		if at("Їжак") >= 0 || at("Ганна") < 0 || at("Ярема") < at("Ганна") {
			t.Errorf("logins %v", all)
		}
		if all[at("Ганна")].Asked || !all[at("Ярема")].Asked {
			t.Errorf("who is asked for a password: %v", all)
		}
	})
}

// What was put aside of a file base is listed, nothing else beside it is.
func TestSetAside(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"sales.ugoda", "sales.before-20260102-101112.ugoda", "sales.3.ugoda", "sales.3-2.ugoda",
		"sales.before-yesterday.ugoda", "sales.old.ugoda", "sales-20260102-101112.ugoda", "other.3.ugoda", "sales.ugoda-wal",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := store.SetAside(filepath.Join(dir, "sales.ugoda"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range got {
		names = append(names, filepath.Base(s.Path))
		if filepath.Base(s.Path) == "sales.before-20260102-101112.ugoda" && s.At != time.Date(2026, 1, 2, 10, 11, 12, 0, time.Local) {
			t.Errorf("put aside at %v", s.At)
		}
	}
	slices.Sort(names)
	if want := []string{"sales.3-2.ugoda", "sales.3.ugoda", "sales.before-20260102-101112.ugoda"}; !slices.Equal(names, want) {
		t.Errorf("set aside %v, want %v", names, want)
	}
}
