package running

import (
	"net/url"
	"path/filepath"
	"strings"
)

// identity is one spelling for all addresses of a base: the true path of a
// file, or server, port and name of a database. It has no user and no
// password.
func identity(address string) string {
	if address == "" {
		return ""
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		u, err := url.Parse(address)
		if err != nil {
			return "postgres://?"
		}
		host, port := strings.ToLower(u.Hostname()), u.Port()
		if host == "" {
			host = u.Query().Get("host")
		}
		if port == "" {
			port = "5432"
		}
		if host == "127.0.0.1" || host == "::1" {
			host = "localhost"
		}
		return "postgres://" + host + ":" + port + "/" + strings.Trim(u.Path, "/")
	}
	path, err := filepath.Abs(address)
	if err != nil {
		return address
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return path
}

// Same reports whether two addresses lead to one base.
func Same(a, b string) bool { return identity(a) == identity(b) }
