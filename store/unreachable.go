package store

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// reachedWithin is how long a server may take to answer, unless the address
// says otherwise.
const reachedWithin = 10 * time.Second

// Unreachable says that no PostgreSQL server answers at an address, or that
// the connection to it was lost.
type Unreachable struct {
	Host    string
	Unknown bool // there is no computer of that name
	Err     error
}

func (e *Unreachable) Error() string { return "no server answers at " + e.Host }

// Unwrap gives the network's error.
func (e *Unreachable) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *Unreachable) Message() (string, map[string]any) {
	if e.Unknown {
		return "server_unknown", map[string]any{"host": e.Host}
	}
	return "server_unreachable", map[string]any{"host": e.Host}
}

// ServerLogin says that the server does not know the role, or that its
// password is wrong or missing.
type ServerLogin struct{ User string }

func (e *ServerLogin) Error() string { return "the server refuses the role or its password" }

// Message says it to a person.
func (e *ServerLogin) Message() (string, map[string]any) {
	return "server_login", map[string]any{"user": e.User}
}

// ServerShut says that the server lets nobody in from this computer, or not to
// this database, by its own rules (pg_hba.conf, CONNECT).
type ServerShut struct{ User, Name string }

func (e *ServerShut) Error() string { return "the server does not let " + e.User + " in" }

// Message says it to a person.
func (e *ServerShut) Message() (string, map[string]any) {
	return "server_shut", map[string]any{"user": e.User, "name": e.Name}
}

// NoDatabase says that the server has no database of that name.
type NoDatabase struct{ Name string }

func (e *NoDatabase) Error() string { return "the server has no database " + e.Name }

// Message says it to a person.
func (e *NoDatabase) Message() (string, map[string]any) {
	return "no_database", map[string]any{"name": e.Name}
}

// ServerTLS says that an encrypted connection could not be agreed on.
type ServerTLS struct {
	Host        string
	Certificate bool // the server's certificate is not trusted; otherwise it has none
	Err         error
}

func (e *ServerTLS) Error() string { return "no encrypted connection to " + e.Host }

// Unwrap gives the error of the connection.
func (e *ServerTLS) Unwrap() error { return e.Err }

// Message says it to a person.
func (e *ServerTLS) Message() (string, map[string]any) {
	if e.Certificate {
		return "server_certificate", map[string]any{"host": e.Host}
	}
	return "server_no_tls", map[string]any{"host": e.Host}
}

// ServerFull says that the server has no place for one more connection.
type ServerFull struct{}

func (e *ServerFull) Error() string { return "the server has too many connections" }

// Message says it to a person.
func (e *ServerFull) Message() (string, map[string]any) { return "server_full", nil }

// EmptyBase says that a database has nothing in it yet: a base may be made there.
type EmptyBase struct{ Name string } // server and database

func (e *EmptyBase) Error() string { return "the database is empty: " + e.Name }

// Message says it to a person.
func (e *EmptyBase) Message() (string, map[string]any) {
	return "base_empty", map[string]any{"name": e.Name}
}

// explainConnect gives an error of connecting the type that a person can be told.
func explainConnect(err error, c *pgx.ConnConfig) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	host := c.Host
	if c.Port != 5432 {
		host = net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
	}
	var pg *pgconn.PgError
	var dns *net.DNSError
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &pg):
		switch pg.Code {
		case "28P01":
			return &ServerLogin{c.User}
		case "28000":
			if strings.Contains(pg.Message, "pg_hba") || strings.Contains(pg.Message, "not permitted") {
				return &ServerShut{c.User, c.Database}
			}
			return &ServerLogin{c.User}
		case "3D000":
			return &NoDatabase{c.Database}
		case "42501":
			return &ServerShut{c.User, c.Database}
		case "53300":
			return &ServerFull{}
		case "57P03", "57P01", "57P02":
			return &Unreachable{Host: host, Err: err}
		}
		return err
	case errors.As(err, &authority), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &verify):
		return &ServerTLS{host, true, err}
	case errors.As(err, &record), strings.Contains(err.Error(), "refused TLS"):
		return &ServerTLS{host, false, err}
	case errors.As(err, &dns):
		return &Unreachable{Host: host, Unknown: dns.IsNotFound, Err: err}
	case lost(err), errors.Is(err, context.DeadlineExceeded):
		return &Unreachable{Host: host, Err: err}
	}
	return err
}

// lost reports a connection that is no more, or never was.
func lost(err error) bool {
	var network *net.OpError
	var connect *pgconn.ConnectError
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03"
	}
	return errors.As(err, &network) || errors.As(err, &connect) || errors.Is(err, driver.ErrBadConn) || strings.Contains(err.Error(), "conn closed") ||
		strings.Contains(err.Error(), "unexpected EOF")
}
