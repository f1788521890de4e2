// Package doors knows the ways into bases on a server: their addresses, and
// the passwords that a person let the computer remember. Those are kept in the
// system's keyring, and for want of one in a sealed file.
package doors

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ugoda/mail/secret"
)

// How much the connection to a server is guarded: libpq's sslmode.
const (
	Prefer = ""            // encrypted where the server can
	Always = "require"     // encrypted
	Verify = "verify-full" // encrypted, and the server shows a trusted certificate
	Never  = "disable"
)

// Guards are the modes in the order in which they are offered.
var Guards = []string{Prefer, Always, Verify, Never}

// usual is the port that PostgreSQL listens on unless it is told otherwise.
const usual = "5432"

// Server is where an office's base is.
type Server struct {
	Host, Port, Base string
	User, Password   string // of the server
	TLS              string
	rest             url.Values // other parameters of the address
}

// ParseServer reads an address, postgres://… or postgresql://….
func ParseServer(text string) (Server, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Hostname() == "" {
		return Server{}, false
	}
	s := Server{Host: u.Hostname(), Port: u.Port(), Base: strings.Trim(u.Path, "/"), User: u.User.Username(), rest: u.Query()}
	s.Password, _ = u.User.Password()
	if s.Port == "" {
		s.Port = usual
	}
	if mode := s.rest.Get("sslmode"); slices.Contains(Guards, mode) {
		s.TLS = mode
		s.rest.Del("sslmode")
	}
	return s, true
}

// URL is the address.
func (s Server) URL() string {
	u := url.URL{Scheme: "postgres", Host: strings.TrimSpace(s.Host), Path: "/" + strings.TrimSpace(s.Base)}
	if p := strings.TrimSpace(s.Port); p != "" {
		u.Host = net.JoinHostPort(u.Host, p)
	}
	if user := strings.TrimSpace(s.User); user != "" {
		u.User = url.User(user)
		if s.Password != "" {
			u.User = url.UserPassword(user, s.Password)
		}
	}
	q := url.Values{}
	for k, v := range s.rest {
		q[k] = v
	}
	if s.TLS != Prefer {
		q.Set("sslmode", s.TLS)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// PortIsRight reports whether a text is a port.
func PortIsRight(text string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	return err == nil && n > 0 && n < 1<<16
}

// Name is what the base at an address is called: the name of its file, or the
// server and the name of the database.
func Name(address string) string {
	if s, ok := ParseServer(address); ok {
		host := s.Host
		if s.Port != usual {
			host = net.JoinHostPort(s.Host, s.Port)
		}
		return host + "/" + s.Base
	}
	if i := strings.LastIndexAny(address, `/\`); i >= 0 {
		return address[i+1:]
	}
	return address
}

// WithoutPassword is an address that may be shown and remembered.
func WithoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil || u.Scheme == "" {
		return address
	}
	u.User = url.User(u.User.Username())
	return u.String()
}

// Keys are remembered passwords.
type Keys struct{ store secret.Store }

// OpenKeys opens the passwords of this user of this computer.
func OpenKeys() (*Keys, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("find the folder of secrets: %w", err)
	}
	dir = filepath.Join(dir, "ugoda")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of secrets: %w", err)
	}
	return &Keys{secret.Open(dir)}, nil
}

// KeysIn keeps passwords in a store.
func KeysIn(s secret.Store) *Keys { return &Keys{s} }

// serverKey is the name of the password of a server's role.
func serverKey(s Server) string { return "server " + s.place() }

// place is one spelling of where a server's base is and of the role.
func (s Server) place() string {
	return s.User + "@" + net.JoinHostPort(strings.ToLower(s.Host), s.Port) + "/" + s.Base
}

// loginKey is the name of the password of a user of a base.
func loginKey(address, user string) string {
	if s, ok := ParseServer(address); ok {
		return "login " + user + " " + s.place()
	}
	if whole, err := filepath.Abs(address); err == nil {
		address = whole
	}
	return "login " + user + " " + address
}

// Complete puts the remembered password into an address that has none.
func (k *Keys) Complete(ctx context.Context, address string) (string, error) {
	s, ok := ParseServer(address)
	if !ok || s.Password != "" {
		return address, nil
	}
	var err error
	s.Password, err = k.store.Get(ctx, serverKey(s))
	if err != nil || s.Password == "" {
		return address, err
	}
	return s.URL(), nil
}

// Keep remembers the password in an address, or forgets it.
func (k *Keys) Keep(ctx context.Context, address string, remember bool) error {
	s, ok := ParseServer(address)
	switch {
	case !ok:
		return nil
	case remember && s.Password != "":
		return k.store.Set(ctx, serverKey(s), s.Password)
	}
	return k.store.Delete(ctx, serverKey(s))
}

// Login is the remembered password of a user of a base; empty when there is none.
func (k *Keys) Login(ctx context.Context, address, user string) (string, error) {
	return k.store.Get(ctx, loginKey(address, user))
}

// KeepLogin remembers the password of a user of a base; an empty one is forgotten.
func (k *Keys) KeepLogin(ctx context.Context, address, user, password string) error {
	if password == "" {
		return k.store.Delete(ctx, loginKey(address, user))
	}
	return k.store.Set(ctx, loginKey(address, user), password)
}
