package secret

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/zalando/go-keyring"

	"ugoda/mail"
)

// service names the program in the system's keyring.
const service = "Ugoda"

// Keyring is the system's keyring. A keyring may ask the user to unlock it, so
// a call may take as long as a person does; one that never answers is given up
// after Patience, and asked no more by this program.
type Keyring struct {
	Patience time.Duration // 30 s

	get    func(service, name string) (string, error)
	set    func(service, name, value string) error
	remove func(service, name string) error
	dead   atomic.Bool
}

// NewKeyring returns the keyring of the system.
func NewKeyring() *Keyring {
	return &Keyring{Patience: 30 * time.Second, get: keyring.Get, set: keyring.Set, remove: keyring.Delete}
}

// Present reports whether there can be a keyring here at all. On Linux it
// lives on the session's bus; without one the library would start a bus of its
// own, with nobody on it.
func (k *Keyring) Present() bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); err == nil {
			return true
		}
	}
	return false
}

// Get implements Store.
func (k *Keyring) Get(ctx context.Context, name string) (string, error) {
	var value string
	got := make(chan string, 1)
	err := k.call(ctx, "read from", func() error {
		v, err := k.get(service, name)
		got <- v
		return err
	})
	if err == nil {
		value = <-got
	}
	return value, err
}

// Set implements Store.
func (k *Keyring) Set(ctx context.Context, name, value string) error {
	return k.call(ctx, "write to", func() error { return k.set(service, name, value) })
}

// Delete implements Store.
func (k *Keyring) Delete(ctx context.Context, name string) error {
	return k.call(ctx, "delete from", func() error { return k.remove(service, name) })
}

// call runs f, which knows no context, and leaves it behind when it hangs.
func (k *Keyring) call(ctx context.Context, what string, f func() error) error {
	if k.dead.Load() {
		return mail.Fail("mail.failure.keyring")
	}
	done := make(chan error, 1)
	go func() { done <- f() }()
	patience := time.NewTimer(k.Patience)
	defer patience.Stop()
	select {
	case err := <-done:
		if err == nil || errors.Is(err, keyring.ErrNotFound) {
			return nil
		}
		return mail.Fail("mail.failure.keyring").Because(fmt.Errorf("%s the keyring: %w", what, err))
	case <-patience.C:
		k.dead.Store(true)
		return mail.Fail("mail.failure.keyring").Because(fmt.Errorf("%s the keyring: no answer in %v", what, k.Patience))
	case <-ctx.Done():
		return fmt.Errorf("%s the keyring: %w", what, ctx.Err())
	}
}
