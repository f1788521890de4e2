package mail

import (
	"net"
	"strconv"
	"strings"
)

// Security is how the connection to the server is protected.
type Security string

// The ways of protection. Values are kept in the base.
const (
	StartTLS  Security = "starttls" // the connection turns into TLS before anything is said; a server that cannot is refused
	TLS       Security = "tls"      // TLS from the first byte, usually port 465
	Plaintext Security = "none"     // no protection: this machine only, or when Account.Exposed says so
)

// Auth is how one proves to the server who one is.
type Auth string

// The ways of proof. Values are kept in the base.
const (
	Auto    Auth = "auto"    // PLAIN, else LOGIN, as the server offers
	Plain   Auth = "plain"   // RFC 4616
	Login   Auth = "login"   // older than the RFCs; some servers offer nothing else
	XOAuth2 Auth = "xoauth2" // a token in place of a password: Microsoft 365 wants it
	NoAuth  Auth = "none"    // a server inside the office that takes letters from its own network
)

// Account is from whom and through which server letters go. The secret
// (password, app password or refresh token) is not here but in a secret.Store
// under SecretName.
type Account struct {
	ID       int64
	Owner    int64 // the user whose it is
	Address  string
	Name     string // stands before the address in From
	Host     string
	Port     int
	Security Security
	Auth     Auth
	User     string // as the server knows one; empty: the address
	ClientID string // XOAuth2: the id under which the program is registered with the provider
	Exposed  bool   // Plaintext to another machine was asked for in so many words
	Version  int64
}

// From returns the address that letters of the account come from.
func (a Account) From() Address { return Address{Name: a.Name, Mailbox: a.Address} }

// Login returns the name to log in with.
func (a Account) Login() string {
	if a.User != "" {
		return a.User
	}
	return a.Address
}

// SecretName returns the name under which the account's secret is kept. It
// follows the login and the server, so that a changed address never sends an
// old password elsewhere.
func (a Account) SecretName() string {
	return "mail " + a.Login() + " " + net.JoinHostPort(a.Host, strconv.Itoa(a.Port))
}

// Loopback reports that the server is on this machine.
func (a Account) Loopback() bool {
	if strings.EqualFold(a.Host, "localhost") {
		return true
	}
	ip := net.ParseIP(a.Host)
	return ip != nil && ip.IsLoopback()
}

// Check returns what is wrong with the account, field by field: a map from
// "address", "name", "host", "port", "security", "auth" to the failure; empty
// when it can be used.
func (a Account) Check() map[string]*Failure {
	wrong := map[string]*Failure{}
	if _, err := Mailbox(a.Address); err != nil {
		wrong["address"] = FailureOf(err)
	}
	if control(a.Name) || len([]rune(a.Name)) > maxName {
		wrong["name"] = Fail("mail.account.name")
	}
	if !host(a.Host) {
		wrong["host"] = Fail("mail.account.host", "host", printable(a.Host))
	}
	if a.Port < 1 || a.Port > 65535 {
		wrong["port"] = Fail("mail.account.port", "port", strconv.Itoa(a.Port))
	}
	switch a.Security {
	case StartTLS, TLS:
	case Plaintext:
		if !a.Loopback() && !a.Exposed {
			wrong["security"] = Fail("mail.account.exposed", "host", printable(a.Host))
		}
	default:
		wrong["security"] = Fail("mail.account.security")
	}
	switch a.Auth {
	case Auto, Plain, Login, NoAuth:
	case XOAuth2:
		if a.ClientID == "" {
			wrong["client_id"] = Fail("mail.account.client_id")
		}
	default:
		wrong["auth"] = Fail("mail.account.auth")
	}
	if control(a.User) {
		wrong["user"] = Fail("mail.account.user")
	}
	return wrong
}

// host accepts an IP address, a domain name, or one label (a server of the
// office's own network).
func host(s string) bool {
	if net.ParseIP(s) != nil {
		return true
	}
	return s != "" && (domainName(s) || domainName(s+".local"))
}

// ErrNoAccount says that there is no account to send through yet.
var ErrNoAccount error = Fail("mail.account.missing")
