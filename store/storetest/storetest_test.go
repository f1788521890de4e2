package storetest_test

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ugoda/store/storetest"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestEachDatabaseIsFreshAndItsOwnersToChange(t *testing.T) {
	one, two := open(t, storetest.PostgreSQL(t)), open(t, storetest.PostgreSQL(t))
	if _, err := one.Exec(`CREATE TABLE client (id BIGINT, name TEXT)`); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Exec(`CREATE EXTENSION pg_trgm`); err != nil {
		t.Fatalf("an ordinary role may install the trigram index: %v", err)
	}
	if _, err := two.Exec(`SELECT * FROM client`); err == nil {
		t.Error("a table of one database is seen in another")
	}
	var super bool
	if err := one.QueryRow(`SELECT usesuper FROM pg_user WHERE usename = current_user`).Scan(&super); err != nil {
		t.Fatal(err)
	}
	if super {
		t.Error("tests run as a superuser, which hides missing rights")
	}
}

func TestSQLitePathIsNew(t *testing.T) {
	if _, err := os.Stat(storetest.SQLite(t)); !os.IsNotExist(err) {
		t.Errorf("there is a file already: %v", err)
	}
}

// TestServerEndsWithItsProcess runs this test binary again, lets that one die
// by a panic while its server runs, and expects the server's folder to go.
func TestServerEndsWithItsProcess(t *testing.T) {
	storetest.PostgreSQL(t) // skips where there is none
	const variable = "STORETEST_PANICS"
	if os.Getenv(variable) != "" {
		panic("as asked")
	}
	dir, err := os.MkdirTemp("/tmp", "storetest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self, "-test.run", "^TestServerEndsWithItsProcess$")
	child.Env = append(os.Environ(), variable+"=1", "TMPDIR="+dir)
	out, err := child.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "as asked") {
		t.Fatalf("the child did not die as asked: %v\n%s", err, out)
	}
	var left []string
	for range 100 {
		if left, err = filepath.Glob(filepath.Join(dir, "ugoda-postgresql-*")); err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("the server's folder stays: %v", left)
}

func BenchmarkDatabase(b *testing.B) {
	for b.Loop() {
		storetest.PostgreSQL(b)
	}
}
