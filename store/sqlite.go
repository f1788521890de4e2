package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/mattn/go-sqlite3"
)

const driverSQLite = "ugoda-sqlite3"

// applicationID marks our files ("UGOD"), so that no other SQLite base is
// taken for one.
const applicationID = 0x55474f44

func init() {
	sql.Register(driverSQLite, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		// 8 MB of pages for each connection, and the beginning of the file mapped:
		// all of a large one would count as the program's memory.
		_, err := c.Exec(`PRAGMA cache_size = -8192; PRAGMA mmap_size = 33554432; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`, nil)
		return err
	}})
}

// fileURI is the address of a SQLite file for the driver. Every sign that
// means something in a URI is escaped.
func fileURI(path string, parameters string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	abs = filepath.ToSlash(abs)
	if runtime.GOOS == "windows" {
		abs = "/" + abs
	}
	return (&url.URL{Scheme: "file", Path: abs}).String() + "?" + parameters, nil
}

// Each connection keeps the statements that it ran last: preparing the reading
// of a wide record takes longer than reading it.
const (
	forWriting = "_txlock=immediate&_foreign_keys=on&_busy_timeout=10000&_synchronous=normal&_stmt_cache_size=80"
	forReading = "_query_only=true&_foreign_keys=on&_busy_timeout=10000&_stmt_cache_size=40"
)

// widely is for work that goes through all of a large file in no order, as
// filling and checking it do: its pages would be read many times over.
const widely = `PRAGMA cache_size = -262144`

// idleReading is for how long a connection that reads keeps its pages without
// being used; a new one is there in a thousandth of a second.
const idleReading = time.Minute

// openFile opens a SQLite file: one connection that writes, several that read.
func (b *Base) openFile(ctx context.Context, create bool) error {
	path := b.address
	if share, err := onNetworkShare(filepath.Dir(path)); err != nil {
		return fmt.Errorf("look where %s lies: %w", path, err)
	} else if share {
		return &NetworkShare{path}
	}
	mode := "mode=rw&"
	if create {
		mode = "mode=rwc&_journal_mode=WAL&"
	} else if err := looksLikeFile(path); err != nil {
		return err
	}
	if b.readOnly {
		mode = "mode=ro&"
	}
	err := b.openPools(ctx, path, mode)
	if err != nil && b.readOnly { // a copy in a folder where SQLite may not keep its log
		err = b.openPools(ctx, path, mode+"immutable=1&")
	}
	if err != nil {
		return err
	}
	if create {
		_, err := b.write.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
		if err != nil {
			b.Close()
			return fmt.Errorf("mark %s as a base: %w", path, b.explain(err))
		}
		return nil
	}
	var id int64
	if err := b.read.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		b.Close()
		return fmt.Errorf("open %s: %w", path, b.explain(err))
	}
	if id != applicationID {
		b.Close()
		return &NotABase{path}
	}
	return nil
}

// openPools opens one connection that writes and several that read.
func (b *Base) openPools(ctx context.Context, path, mode string) error {
	reading, err := fileURI(path, mode+forReading)
	if err != nil {
		return err
	}
	writing, err := fileURI(path, mode+forWriting)
	if err != nil {
		return err
	}
	if b.write, err = sqlx.Open(driverSQLite, writing); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	b.write.SetMaxOpenConns(1)
	if b.filling {
		if _, err := b.write.ExecContext(ctx, widely); err != nil {
			b.Close()
			return fmt.Errorf("open %s: %w", path, b.explain(err))
		}
	}
	if b.read, err = sqlx.Open(driverSQLite, reading); err != nil {
		b.Close()
		return fmt.Errorf("open %s: %w", path, err)
	}
	b.read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	b.read.SetMaxIdleConns(4)
	b.read.SetConnMaxIdleTime(idleReading)
	if err := b.read.PingContext(ctx); err != nil {
		b.Close()
		return fmt.Errorf("open %s: %w", path, b.explain(err))
	}
	var n int64
	if err := b.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&n); err != nil {
		b.Close()
		return fmt.Errorf("open %s: %w", path, b.explain(err))
	}
	return nil
}

// looksLikeFile refuses what is not a SQLite file before SQLite touches it.
func looksLikeFile(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &NotABase{path}
	}
	if err != nil {
		return fmt.Errorf("open the base: %w", err)
	}
	defer f.Close()
	magic := []byte("SQLite format 3\x00")
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, magic) {
		return &NotABase{path}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// redacted is an address that may be shown and logged.
func redacted(address string) string {
	if EngineOf(address) == SQLite {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return strings.SplitN(address, "://", 2)[0] + "://…"
	}
	return u.Redacted()
}
