// Package smtptest is a real mail server on this machine's loopback for tests
// and journeys: it keeps what it accepted, and misbehaves on demand.
package smtptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// Letter is what the server took responsibility for.
type Letter struct {
	From string
	To   []string
	Data []byte
}

// Script says how the server behaves. Its functions may be nil and are called
// from several goroutines. A *gosmtp.SMTPError is the reply; ErrCut closes the
// connection instead of replying.
type Script struct {
	TLS         bool // from the first byte
	StartTLS    bool // offered
	MaxSize     int64
	Mechanisms  []string                                   // offered; with none, nobody has to log in
	Log         func(mechanism, user, secret string) error // nil: everybody is let in
	Mail        func(from string) error
	Rcpt        func(to string) error
	DuringData  func(so int) error // called while the letter comes in, with the count of its bytes so far
	AfterData   func(l Letter) error
	AfterAccept func(l Letter) error // the letter is kept; an error here loses the answer
}

// ErrCut makes the server close the connection without a reply.
var ErrCut = errors.New("cut the connection")

// Server is a running server. Close it.
type Server struct {
	Host  string
	Port  int
	Roots *x509.CertPool // trust these to trust the server

	script   Script
	server   *gosmtp.Server
	listener net.Listener
	done     chan struct{}
	mu       sync.Mutex
	received []Letter
	sessions int
}

// Start runs a server on a free port of 127.0.0.1.
func Start(s Script) (*Server, error) {
	certificate, roots, err := selfSigned()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	x := &Server{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Roots: roots, script: s, done: make(chan struct{})}
	x.server = gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) {
		x.mu.Lock()
		x.sessions++
		x.mu.Unlock()
		return &session{server: x, conn: c}, nil
	}))
	x.server.Domain = "server.example"
	x.server.AllowInsecureAuth = true
	x.server.MaxMessageBytes = s.MaxSize
	x.server.ErrorLog = log.New(io.Discard, "", 0)
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	if s.StartTLS {
		x.server.TLSConfig = config
	}
	if s.TLS {
		l = tls.NewListener(l, config)
	}
	x.listener = l
	go func() {
		defer close(x.done)
		_ = x.server.Serve(l)
	}()
	return x, nil
}

// Close stops the server and its connections.
func (s *Server) Close() {
	_ = s.server.Close()
	_ = s.listener.Close() // the server knows it only once it has begun to serve
	<-s.done
}

// Received returns the letters that the server took responsibility for.
func (s *Server) Received() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.received...)
}

// Sessions returns how many conversations there were.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions
}

type session struct {
	server *Server
	conn   *gosmtp.Conn
	in     bool
	letter Letter
}

func (s *session) AuthMechanisms() []string { return s.server.script.Mechanisms }

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	enter := func(user, secret string) error {
		if log := s.server.script.Log; log != nil {
			if err := s.answer(log(mechanism, user, secret)); err != nil {
				return err
			}
		}
		s.in = true
		return nil
	}
	switch mechanism {
	case "PLAIN":
		return sasl.NewPlainServer(func(_, user, secret string) error { return enter(user, secret) }), nil
	case "LOGIN":
		return &login{enter: enter}, nil
	case "XOAUTH2":
		return &xoauth2{enter: enter}, nil
	}
	return nil, gosmtp.ErrAuthUnknownMechanism
}

// answer cuts the connection when the script says so.
func (s *session) answer(err error) error {
	if errors.Is(err, ErrCut) {
		_ = s.conn.Conn().Close()
	}
	return err
}

func (s *session) Mail(from string, _ *gosmtp.MailOptions) error {
	if len(s.server.script.Mechanisms) > 0 && !s.in {
		return &gosmtp.SMTPError{Code: 530, EnhancedCode: gosmtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	if f := s.server.script.Mail; f != nil {
		if err := s.answer(f(from)); err != nil {
			return err
		}
	}
	s.letter = Letter{From: from}
	return nil
}

func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if f := s.server.script.Rcpt; f != nil {
		if err := s.answer(f(to)); err != nil {
			return err
		}
	}
	s.letter.To = append(s.letter.To, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	piece := make([]byte, 1024)
	for {
		n, err := r.Read(piece)
		s.letter.Data = append(s.letter.Data, piece[:n]...)
		if f := s.server.script.DuringData; f != nil && n > 0 {
			if err := s.answer(f(len(s.letter.Data))); err != nil {
				return err
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err //nolint:wrapcheck // go-smtp turns its own errors into replies
		}
	}
	if f := s.server.script.AfterData; f != nil {
		if err := s.answer(f(s.letter)); err != nil {
			return err
		}
	}
	s.server.mu.Lock()
	s.server.received = append(s.server.received, s.letter)
	s.server.mu.Unlock()
	if f := s.server.script.AfterAccept; f != nil {
		return s.answer(f(s.letter))
	}
	return nil
}

func (s *session) Reset()        { s.letter = Letter{} }
func (s *session) Logout() error { return nil }

// login is the server's side of LOGIN, in the wording of Microsoft's servers.
type login struct {
	enter func(user, secret string) error
	step  int
	user  string
}

func (l *login) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("User Name\x00"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password\x00"), false, nil
	}
	return nil, true, l.enter(l.user, string(response))
}

// xoauth2 is the server's side of XOAUTH2: a refusal is first explained.
type xoauth2 struct {
	enter   func(user, secret string) error
	refused error
}

func (x *xoauth2) Next(response []byte) ([]byte, bool, error) {
	if x.refused != nil {
		return nil, false, x.refused
	}
	var user, token string
	for _, part := range strings.Split(string(response), "\x01") {
		if len(part) > 5 && part[:5] == "user=" {
			user = part[5:]
		}
		if len(part) > 12 && part[:12] == "auth=Bearer " {
			token = part[12:]
		}
	}
	if err := x.enter(user, token); err != nil {
		x.refused = err
		return []byte(`{"status":"401"}`), false, nil
	}
	return nil, true, nil
}

func selfSigned() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make a key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "server.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"server.example"},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make a certificate: %w", err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("read the certificate: %w", err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots, nil
}
