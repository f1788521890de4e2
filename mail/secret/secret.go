// Package secret keeps passwords and tokens out of the base and out of plain
// files.
//
// Where the system has a keyring (Secret Service on Linux, Keychain on macOS,
// Credential Manager on Windows), secrets live there, and the system guards
// them as it guards its own. Where there is none, they live in a sealed file.
//
// # What the sealed file is good for
//
// The file is encrypted (XChaCha20-Poly1305) under a key that argon2id derives
// from a passphrase, or from 32 random bytes in a key file beside it.
//
//   - With a passphrase, who gets the file has to guess the passphrase, at some
//     64 MB of memory and a tenth of a second for each guess.
//   - With a key file, the file alone (a backup, a synchronised folder, a file
//     sent to support) tells nothing. Who can read both files as the user, or
//     as the administrator of the machine, has the secrets: this protects
//     against mishaps, not against somebody who is at the user's account.
//   - Both files are readable by the user alone, and are refused when others
//     could read them.
//   - While the program runs, secrets are in its memory, as they must be.
//
// The names of secrets are inside the seal too.
package secret

import (
	"context"
	"errors"
	"path/filepath"
)

// Store keeps secrets by name. Stores are safe for concurrent use. An error
// that a person can do something about is a *mail.Failure.
type Store interface {
	// Get returns a secret, "" when there is none of that name.
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
	// Delete forgets a secret; one that is not there is no error.
	Delete(ctx context.Context, name string) error
}

// Open returns the store of this user on this machine: the system's keyring,
// and for want of one a sealed file in the folder dir with its key file.
func Open(dir string) Store {
	file := NewFile(filepath.Join(dir, "secrets.sealed"), KeyFile(filepath.Join(dir, "secrets.key")))
	ring := NewKeyring()
	if !ring.Present() {
		return file
	}
	return &both{ring: ring, file: file}
}

// both prefers the keyring and makes do with the file. A secret that was put
// into the file while the keyring was out of reach is found there later.
type both struct{ ring, file Store }

func (b *both) Get(ctx context.Context, name string) (string, error) {
	value, err := b.ring.Get(ctx, name)
	if err == nil && value != "" {
		return value, nil
	}
	if ctx.Err() != nil {
		return "", err
	}
	kept, failed := b.file.Get(ctx, name)
	if kept != "" || failed != nil {
		return kept, failed
	}
	return "", err // a keyring that is locked is not the same as no secret
}

func (b *both) Set(ctx context.Context, name, value string) error {
	if err := b.ring.Set(ctx, name, value); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return b.file.Set(ctx, name, value)
	}
	return b.file.Delete(ctx, name)
}

func (b *both) Delete(ctx context.Context, name string) error {
	return errors.Join(b.ring.Delete(ctx, name), b.file.Delete(ctx, name))
}
