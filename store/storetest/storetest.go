// Package storetest gives tests real bases to work on: a temporary SQLite
// file, and a fresh database on a throw-away PostgreSQL server that is started
// once in a test process and ends with it.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"ugoda/scripts/needs"
)

// ServerVariable names the environment variable with the address of a
// PostgreSQL server to use instead of a throw-away one: postgres://… of a role
// that may create databases. It is for systems where none can be started.
const ServerVariable = "UGODA_TEST_POSTGRESQL"

// SQLite returns the path of a SQLite base that does not exist yet, in a
// folder that goes away with the test.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "base.ugoda")
}

// Each runs f as a subtest on both engines, with the address of a base that
// does not exist yet (SQLite) or is empty (PostgreSQL).
func Each(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, SQLite(t)) })
	t.Run("postgresql", func(t *testing.T) { f(t, PostgreSQL(t)) })
}

// EachB is Each for benchmarks.
func EachB(b *testing.B, f func(b *testing.B, dsn string)) {
	b.Helper()
	b.Run("sqlite", func(b *testing.B) { f(b, SQLite(b)) })
	b.Run("postgresql", func(b *testing.B) { f(b, PostgreSQL(b)) })
}

// PostgreSQL returns the address (postgres://…) of a fresh, empty database
// that is dropped when the test ends. Its owner is an ordinary role, as it
// would be in an office, not a superuser. The server's texts sort by ICU's
// Ukrainian collation where it has one and its time zone is Kyiv's, so that a
// statement that leans on byte order or on UTC shows itself. Where no
// PostgreSQL is installed the test is skipped, or fails where CI is set.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	s := theServer()
	if s.missing != "" {
		needs.Missing(t, "no PostgreSQL for this test: %s", s.missing)
	}
	if s.err != nil {
		t.Fatalf("start a PostgreSQL server for the test: %v", s.err)
	}
	dsn, name, err := s.create()
	if err != nil {
		t.Fatalf("create a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := s.drop(name); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return dsn
}

// server is a running PostgreSQL: its own, or one named by ServerVariable.
type server struct {
	address *url.URL // of a role that may create databases
	role    *url.Userinfo
	admin   *sql.DB
	missing string // why there is none
	err     error  // why it did not start
}

var (
	theServer = sync.OnceValue(startServer)
	created   atomic.Int64
)

func startServer() *server {
	if named := os.Getenv(ServerVariable); named != "" {
		address, err := url.Parse(named)
		if err != nil {
			return &server{err: fmt.Errorf("read %s: %w", ServerVariable, err)}
		}
		s := &server{address: address, role: address.User}
		s.err = s.connect(10 * time.Second)
		return s
	}
	s := launch()
	if s.missing == "" && s.err == nil {
		s.err = s.addRole()
	}
	return s
}

// connect waits until the server answers.
func (s *server) connect(patience time.Duration) error {
	db, err := sql.Open("pgx", s.address.String())
	if err != nil {
		return fmt.Errorf("open %s: %w", s.address.Redacted(), err)
	}
	db.SetMaxOpenConns(2)
	until := time.Now().Add(patience)
	for {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		err = db.PingContext(ctx)
		cancel()
		if err == nil {
			s.admin = db
			return nil
		}
		if time.Now().After(until) {
			db.Close()
			return fmt.Errorf("connect to %s: %w", s.address.Redacted(), err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// addRole makes the ordinary role that owns the tests' databases.
func (s *server) addRole() error {
	secret := randomText()
	if _, err := s.admin.Exec(`CREATE ROLE ugoda LOGIN PASSWORD '` + secret + `'`); err != nil {
		return fmt.Errorf("create the tests' role: %w", err)
	}
	s.role = url.UserPassword("ugoda", secret)
	return nil
}

func (s *server) create() (dsn, name string, err error) {
	name = fmt.Sprintf("ugoda_test_%d_%d", os.Getpid(), created.Add(1))
	statement := `CREATE DATABASE ` + name + ` TEMPLATE template0`
	if s.role.Username() != s.address.User.Username() {
		statement += ` OWNER ` + s.role.Username()
	}
	if _, err := s.admin.Exec(statement); err != nil {
		return "", "", fmt.Errorf("%s: %w", statement, err)
	}
	address := *s.address
	address.User = s.role
	address.Path = "/" + name
	return address.String(), name, nil
}

// drop removes a database even if the test left connections to it open.
func (s *server) drop(name string) error {
	_, err := s.admin.Exec(`DROP DATABASE IF EXISTS ` + name + ` WITH (FORCE)`)
	return err
}

func randomText() string {
	raw := make([]byte, 16)
	rand.Read(raw) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(raw)
}
