package doors

import (
	"context"
	"path/filepath"
	"testing"

	"ugoda/mail/secret"
)

func TestParseServer(t *testing.T) {
	cases := []struct {
		text string
		want Server
		url  string
	}{
		{"postgres://olha:p%40ss@db.firm.example/sales", Server{Host: "db.firm.example", Port: "5432", Base: "sales", User: "olha", Password: "p@ss"}, "postgres://olha:p%40ss@db.firm.example:5432/sales"},
		{" postgresql://db:5433/sales?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem\n", Server{Host: "db", Port: "5433", Base: "sales", TLS: Verify}, "postgres://db:5433/sales?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"},
		{"postgres://[::1]/продажі", Server{Host: "::1", Port: "5432", Base: "продажі"}, "postgres://[::1]:5432/%D0%BF%D1%80%D0%BE%D0%B4%D0%B0%D0%B6%D1%96"},
		{"postgres://db/sales?sslmode=allow", Server{Host: "db", Port: "5432", Base: "sales"}, "postgres://db:5432/sales?sslmode=allow"},
	}
	for _, c := range cases {
		got, ok := ParseServer(c.text)
		rest := got.rest
		got.rest = nil
		if !ok || got.Host != c.want.Host || got.Port != c.want.Port || got.Base != c.want.Base || got.User != c.want.User || got.Password != c.want.Password || got.TLS != c.want.TLS {
			t.Errorf("%s is read as %+v, want %+v", c.text, got, c.want)
		}
		got.rest = rest
		if got.URL() != c.url {
			t.Errorf("%s is written as %s, want %s", c.text, got.URL(), c.url)
		}
	}
	for _, text := range []string{"", "sales.ugoda", "db.firm.example", "https://db/sales", "postgres:///sales", "postgres://%zz/"} {
		if s, ok := ParseServer(text); ok {
			t.Errorf("%q is read as %+v", text, s)
		}
	}
}

func TestName(t *testing.T) {
	for address, want := range map[string]string{
		"/home/olha/продажі.ugoda":            "продажі.ugoda",
		`C:\Users\olha\sales.ugoda`:           "sales.ugoda",
		"postgres://u:p@db:5432/sales?x=y":    "db/sales",
		"postgres://u:p@db:5433/sales":        "db:5433/sales",
		"postgresql://db.firm.example/склад#": "db.firm.example/склад",
	} {
		if got := Name(address); got != want {
			t.Errorf("%s is called %s, want %s", address, got, want)
		}
	}
	if got := WithoutPassword("postgres://u:secret@db/sales"); got != "postgres://u@db/sales" {
		t.Error(got)
	}
}

// A remembered password comes back for its own server, role and base only, and
// is forgotten when it is not to be remembered any more.
func TestKeys(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	k := KeysIn(secret.NewFile(filepath.Join(dir, "sealed"), secret.Passphrase("слово")))
	full := "postgres://olha:p%40ss@DB:5432/sales"
	if err := k.Keep(ctx, full, true); err != nil {
		t.Fatal(err)
	}
	complete := func(address string) string {
		t.Helper()
		got, err := k.Complete(ctx, address)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := complete("postgres://olha@db/sales?sslmode=require"); got != "postgres://olha:p%40ss@db:5432/sales?sslmode=require" {
		t.Errorf("completed to %s", got)
	}
	for _, other := range []string{"postgres://ihor@db/sales", "postgres://olha@db/other", "postgres://olha@db:5433/sales", "postgres://olha:own@db/sales", "/tmp/sales.ugoda"} {
		if got := complete(other); got != other {
			t.Errorf("%s became %s", other, got)
		}
	}
	if err := k.Keep(ctx, full, false); err != nil {
		t.Fatal(err)
	}
	if got := complete("postgres://olha@db/sales"); got != "postgres://olha@db/sales" {
		t.Errorf("a forgotten password came back: %s", got)
	}
	if err := k.KeepLogin(ctx, full, "Ольга", "мій"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Login(ctx, "postgres://olha@DB:5432/sales", "Ольга"); err != nil || got != "мій" {
		t.Errorf("login %q, %v", got, err)
	}
	if got, err := k.Login(ctx, full, "Ігор"); err != nil || got != "" {
		t.Errorf("somebody else's login %q, %v", got, err)
	}
}
