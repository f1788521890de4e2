package smtp

import (
	"fmt"
	"net"
	"sync/atomic"
	"time"
)

// guard is a connection that knows whether everything written to it has left,
// and that never waits for ever: go-smtp sets no deadline while a letter's
// bytes go out, and one that is longer than ours before STARTTLS.
type guard struct {
	net.Conn
	patience time.Duration // for one write
	limit    time.Time     // when set, no deadline is later
	broken   atomic.Bool   // the system did not take all bytes of some write
}

func (g *guard) Write(b []byte) (int, error) {
	_ = g.Conn.SetWriteDeadline(g.earlier(time.Now().Add(g.patience)))
	n, err := g.Conn.Write(b)
	if n < len(b) {
		g.broken.Store(true)
	}
	if err != nil {
		return n, fmt.Errorf("write to the server: %w", err)
	}
	return n, nil
}

func (g *guard) SetDeadline(t time.Time) error {
	if err := g.Conn.SetDeadline(g.earlier(t)); err != nil {
		return fmt.Errorf("set the connection's deadline: %w", err)
	}
	return nil
}

func (g *guard) earlier(t time.Time) time.Time {
	if !g.limit.IsZero() && (t.IsZero() || t.After(g.limit)) {
		return g.limit
	}
	return t
}
