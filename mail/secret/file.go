package secret

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"ugoda/mail"
)

// Costs of argon2id: the second recommendation of RFC 9106, section 4.
const (
	rounds   = 3
	memory   = 64 << 10 // KiB
	lanes    = 4
	saltSize = 16
	maxFile  = 1 << 20
)

// Key gives what the sealed file's key is derived from.
type Key func() ([]byte, error)

// Passphrase is a key that a person knows.
func Passphrase(p string) Key { return func() ([]byte, error) { return []byte(p), nil } }

// KeyFile is a key of 32 random bytes kept in a file, which is made when it is
// not there.
func KeyFile(path string) Key {
	return func() ([]byte, error) {
		data, err := readPrivate(path)
		if errors.Is(err, fs.ErrNotExist) {
			var b [32]byte
			_, _ = rand.Read(b[:])
			data = []byte(base64.StdEncoding.EncodeToString(b[:]) + "\n")
			// Never over one that somebody else has just made.
			err = create(path, data)
			if errors.Is(err, fs.ErrExist) {
				data, err = readPrivate(path)
			}
		}
		if err != nil {
			return nil, err
		}
		key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(data)))
		if err != nil || len(key) != 32 {
			return nil, mail.Fail("mail.failure.secrets_broken").Because(fmt.Errorf("the key file %s is damaged", path))
		}
		return key, nil
	}
}

// File is a Store in one sealed file. Several programs may use it at once.
type File struct {
	path string
	key  Key

	mu      sync.Mutex
	salt    []byte // of the derived key
	derived []byte
}

// NewFile returns the store in a file, which is made with the first secret.
func NewFile(path string, key Key) *File { return &File{path: path, key: key} }

// sealed is the file's form, as JSON.
type sealed struct {
	Version int    `json:"version"`
	KDF     string `json:"kdf"`
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory"` // KiB
	Lanes   uint8  `json:"lanes"`
	Salt    []byte `json:"salt"`
	Nonce   []byte `json:"nonce"`
	Data    []byte `json:"data"` // a JSON object of names and secrets, sealed
}

// Get implements Store.
func (f *File) Get(_ context.Context, name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	return all[name], err
}

// Set implements Store.
func (f *File) Set(ctx context.Context, name, value string) error {
	return f.change(ctx, func(all map[string]string) bool {
		if old, ok := all[name]; ok && old == value {
			return false
		}
		all[name] = value
		return true
	})
}

// Delete implements Store.
func (f *File) Delete(ctx context.Context, name string) error {
	f.mu.Lock()
	_, err := os.Stat(f.path)
	f.mu.Unlock()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return f.change(ctx, func(all map[string]string) bool {
		_, ok := all[name]
		delete(all, name)
		return ok
	})
}

func (f *File) change(ctx context.Context, edit func(map[string]string) bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("keep a secret: %w", err)
	}
	unlock, err := lock(ctx, f.path+".lock")
	if err != nil {
		return err
	}
	defer unlock()
	all, err := f.read()
	if err != nil {
		return err
	}
	if !edit(all) {
		return nil
	}
	return f.write(all)
}

func (f *File) read() (map[string]string, error) {
	all := map[string]string{}
	data, err := readPrivate(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	broken := func(err error) error {
		return mail.Fail("mail.failure.secrets_broken").Because(fmt.Errorf("open the sealed file: %w", err))
	}
	var s sealed
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, broken(err)
	}
	// What the file says about costs is not trusted: it could ask for all memory.
	if s.Version != 1 || s.KDF != "argon2id" || s.Time != rounds || s.Memory != memory || s.Lanes != lanes ||
		len(s.Salt) != saltSize || len(s.Nonce) != chacha20poly1305.NonceSizeX {
		return nil, broken(errors.New("not a form that this program knows"))
	}
	box, err := f.box(s.Salt)
	if err != nil {
		return nil, err
	}
	plain, err := chacha(box).open(s.Nonce, s.Data)
	if err != nil {
		return nil, broken(err)
	}
	if err := json.Unmarshal(plain, &all); err != nil {
		return nil, broken(err)
	}
	return all, nil
}

func (f *File) write(all map[string]string) error {
	plain, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("seal the secrets: %w", err)
	}
	s := sealed{Version: 1, KDF: "argon2id", Time: rounds, Memory: memory, Lanes: lanes, Salt: f.salt, Nonce: make([]byte, chacha20poly1305.NonceSizeX)}
	_, _ = rand.Read(s.Nonce)
	if s.Salt == nil {
		s.Salt = make([]byte, saltSize)
		_, _ = rand.Read(s.Salt)
	}
	key, err := f.box(s.Salt)
	if err != nil {
		return err
	}
	if s.Data, err = chacha(key).seal(s.Nonce, plain); err != nil {
		return err
	}
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("seal the secrets: %w", err)
	}
	return replace(f.path, data)
}

// box derives the key for a salt, once.
func (f *File) box(salt []byte) ([]byte, error) {
	if f.derived != nil && bytes.Equal(f.salt, salt) {
		return f.derived, nil
	}
	key, err := f.key()
	if err != nil {
		return nil, err
	}
	f.salt, f.derived = salt, argon2.IDKey(key, salt, rounds, memory, lanes, chacha20poly1305.KeySize)
	return f.derived, nil
}

type chacha []byte

// purpose is bound to the sealed data, so that no other file of the program
// can be passed off as this one.
var purpose = []byte("ugoda secrets 1")

func (k chacha) seal(nonce, plain []byte) ([]byte, error) {
	c, err := chacha20poly1305.NewX(k)
	if err != nil {
		return nil, fmt.Errorf("seal the secrets: %w", err)
	}
	return c.Seal(nil, nonce, plain, purpose), nil
}

func (k chacha) open(nonce, data []byte) ([]byte, error) {
	c, err := chacha20poly1305.NewX(k)
	if err != nil {
		return nil, fmt.Errorf("open the secrets: %w", err)
	}
	plain, err := c.Open(nil, nonce, data, purpose)
	if err != nil {
		return nil, fmt.Errorf("another key, or a damaged file: %w", err)
	}
	return plain, nil
}

// readPrivate reads a small file that nobody else may read.
func readPrivate(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 { // Windows keeps its rights elsewhere
		return nil, mail.Fail("mail.failure.secrets_open", "file", path)
	}
	if info.Size() > maxFile {
		return nil, mail.Fail("mail.failure.secrets_broken").Because(fmt.Errorf("%s is too large", path))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return data, nil
}

// create makes a file for the user alone; fs.ErrExist when there is one. It
// appears whole or not at all.
func create(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make %s: %w", filepath.Base(path), err)
	}
	draft, err := temporary(path, data)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft) }()
	if err := os.Link(draft, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("make %s: %w", filepath.Base(path), err)
		}
		// A file system without links: the moment between is accepted.
		if err := os.Rename(draft, path); err != nil {
			return fmt.Errorf("make %s: %w", filepath.Base(path), err)
		}
	}
	return nil
}

// replace writes a file for the user alone, whole or not at all.
func replace(path string, data []byte) error {
	draft, err := temporary(path, data)
	if err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		_ = os.Remove(draft)
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

func temporary(path string, data []byte) (string, error) {
	t, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return "", fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	_, err = t.Write(data)
	if err == nil {
		err = t.Sync()
	}
	if closed := t.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(t.Name())
		return "", fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return t.Name(), nil
}

// lock keeps other programs away while the file is read, changed and written.
// A lock that was left behind by a crash is broken after a while.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	const stale = 10 * time.Second
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil {
			_ = f.Close()
			return func() { _ = os.Remove(path) }, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, fmt.Errorf("lock the secrets: %w", err)
		}
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > stale {
			_ = os.Remove(path)
			continue
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("lock the secrets: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
